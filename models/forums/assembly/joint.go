package assembly

import (
	"slices"

	"splinternet/models/forums/regime"
	"splinternet/models/forums/texts"
	"splinternet/models/world"
	"splinternet/sim"
)

// settle lets both sides act as one when they back the same forum, as Russia and the
// United States did in 2021, or when the forums that they back have come so close that
// they can be folded together. A text is tabled only if a mandate has to be renewed or a
// forum folded in. It tells whether they are one.
func (m *Agenda) settle(now *sim.Tick, w *world.World, k int, leaders [2]int) bool {
	one, other := leaders[0], leaders[1]
	into, from := m.Regime.Favourite(w, w.Forums[k].Line, one), m.Regime.Favourite(w, w.Forums[k].Line, other)
	if into < 0 || from < 0 || into != from && !m.Regime.Compatible(w, into, from) {
		return false
	}
	if w.Forums[from].Size() > w.Forums[into].Size() {
		into, from = from, into
	}
	if from == into && !regime.Due(now, &w.Forums[into]) {
		return true
	}
	authors := leaders[:]
	if !m.onTerms(w, one, other) {
		between := m.facilitator(now, w, k, one, other)
		if between < 0 {
			return false
		}
		authors = []int{between}
	}
	return m.tableForAll(now, w, k, into, from, authors)
}

// tableForAll tables a text that both sides can live with: it renews the forum into,
// and folds the forum from into it, where that is another. It tells whether all authors
// are ready to.
func (m *Agenda) tableForAll(now *sim.Tick, w *world.World, k, into, from int, authors []int) bool {
	backed := &w.Forums[into]
	draft := world.Draft{Kind: world.Support, Position: backed.Position, Depth: m.Depths.Support}
	for _, i := range authors {
		if w.AskPropose(i, k, &draft) == nil {
			return false
		}
	}
	id, title := joint(now, w, k, into, authors)
	text := world.Text{
		ID: id, Title: title, Line: w.Forums[k].Line, Kind: world.Support,
		Forum: k, Sponsors: authors, Position: slices.Clone(backed.Position), Depth: m.Depths.Support,
		Serves: backed.ID, Joint: true, Stack: -1,
	}
	text.Mandate, text.Lasting = m.Regime.Renewal(now, backed)
	if from != into {
		text.Merges = w.Forums[from].ID
	}
	texts.Table(w, text)
	return true
}

// onTerms tells whether two states are on such terms that they table a text together:
// neither punishes the other, and they trust each other no less than usual.
func (m *Agenda) onTerms(w *world.World, i, j int) bool {
	d, there, back := &w.Dyads, i*w.States.N+j, j*w.States.N+i
	return max(d.Ladder[there], d.Ladder[back]) <= world.Protest &&
		d.Trust[there]+d.Trust[back] >= m.UsualTrust*(d.TrustStart[there]+d.TrustStart[back])-world.Tie
}

// facilitator is a state between two that are not on terms, which tables what all
// sides can live with, as Singapore did in 2024: it is drawn from those of some stature,
// in proportion to the square of the trust that both have in it, times its diplomatic
// capacity, times how near it stands to the middle between them. -1 if there is none.
func (m *Agenda) facilitator(now *sim.Tick, w *world.World, k, one, other int) int {
	s, d := &w.States, &w.Dyads
	place := func(i int) float64 { return world.Openness(w.Position(i)) }
	low, high := place(one), place(other)
	least := m.Stature * min(s.Diplomacy[one], s.Diplomacy[other])
	weights := make([]float64, s.N)
	for i := range weights {
		middle := min(place(i)-low, high-place(i))
		if w.Forums[k].Members[i] && middle > 0 && s.Diplomacy[i] >= least-world.Tie {
			weight := min(d.Trust[one*s.N+i], d.Trust[other*s.N+i]) * s.Diplomacy[i] * middle
			weights[i] = weight * weight
		}
	}
	return now.Stream.Race(sim.Key("facilitator of "+w.Forums[k].ID)).Pick(s.Key, weights)
}
