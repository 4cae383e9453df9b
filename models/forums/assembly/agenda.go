// Package assembly is the assemblies of all states that vote: who sets their agenda (E3),
// and how states vote on texts (E4).
//
// On either side of the status quo of a line one state leads and tables a text where it
// wins the share of the members that it wants (Romer and Rosenthal 1978): support for the
// forum that it backs, rules of behaviour, a request for reports, or a new forum. Where
// both sides back one forum, they table one text. States are sincere: they do not log-roll
// across lines, and no amendments are tabled.
package assembly

import (
	"fmt"
	"slices"

	"splinternet/models/forums/regime"
	"splinternet/models/forums/texts"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// Agenda is what states table in assemblies.
type Agenda struct {
	AgendaParameters

	Votes  *Votes
	Regime *regime.Regime // which forums states back, and who founds rivals
	Depths *texts.Depths  // how much resolutions ask for
}

// Set lets the leading state on either side of the status quo of a line table a text in
// the assembly of that line, unless one is tabled already.
func (m *Agenda) Set(now *sim.Tick, w *world.World) {
	taken := map[world.Line]bool{}
	for t := range w.Texts {
		if w.Texts[t].Status == world.Tabled || w.Texts[t].Adopted == now.Index {
			taken[w.Texts[t].Line] = true
		}
	}
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive || !f.Votes() || taken[f.Line] {
			continue
		}
		statusQuo := texts.StatusQuo(w, f.Line)
		var leaders [2]int
		for s, side := range regime.Sides {
			leaders[s] = m.leader(w, k, statusQuo, side)
		}
		settled := leaders[0] >= 0 && leaders[1] >= 0 && m.settle(now, w, k, leaders)
		for s, side := range regime.Sides {
			switch i := leaders[s]; {
			case i < 0:
			case settled:
				// Where to talk is settled, what should hold is not.
				m.tableRules(now, w, k, i, side, statusQuo)
			case !m.tableRival(now, w, k, side):
				m.table(now, w, k, i, side, statusQuo)
			}
		}
	}
}

// tableRules lets the leader of a side table rules of behaviour, every few years. They take
// the place of those that the side had adopted before.
func (m *Agenda) tableRules(now *sim.Tick, w *world.World, k, i int, side regime.Side, statusQuo []float64) {
	if !m.comesBack(now, w, k, side, statusQuo) {
		return
	}
	position := m.optimum(w, k, i, statusQuo, world.Norm)
	if !m.worthwhile(w, i, position, statusQuo) {
		return
	}
	stands := m.latest(w, k, statusQuo, side, func(t *world.Text) bool {
		return t.Kind == world.Norm && t.Status == world.InForce && t.Stack < 0
	})
	if stands >= 0 && world.Distance(position, w.Texts[stands].Position) < m.LeastGain-world.Tie && now.Index-w.Texts[stands].Tabled < m.Affirmation*now.PerYear {
		return // it would say what its own text says already
	}
	draft := w.AskPropose(i, k, &world.Draft{Kind: world.Norm, Position: position, Depth: m.Depths.Norm})
	if draft == nil {
		return
	}
	t := texts.Table(w, resolution(now, w, k, i, draft))
	if stands >= 0 {
		w.Texts[t].Replaces = w.Texts[stands].ID
	}
	m.cosponsor(w, t)
}

// comesBack tells whether a side comes back to a line on which nothing presses: some time
// after its last text there, or, if there is none, after the start of the run.
func (m *Agenda) comesBack(now *sim.Tick, w *world.World, k int, side regime.Side, statusQuo []float64) bool {
	last := 0
	if t := m.latest(w, k, statusQuo, side, anyText); t >= 0 {
		last = w.Texts[t].Tabled
	}
	if now.Index-last < m.Pause*now.PerYear {
		return false
	}
	return now.Stream.Pair(w.Forums[k].Key, sim.Key(fmt.Sprint("stirs", side))).Float64() < m.Initiative
}

// latest is the last text before assembly k that matches and whose author stands on a
// side of the status quo of its line, or -1. Texts for all sides do not count.
func (m *Agenda) latest(w *world.World, k int, statusQuo []float64, side regime.Side, matches func(*world.Text) bool) int {
	for t := len(w.Texts) - 1; t >= 0; t-- {
		text := &w.Texts[t]
		if text.Forum == k && !text.Joint && len(text.Sponsors) > 0 && matches(text) && m.drive(w, k, text.Sponsors[0], statusQuo, side) > 0 {
			return t
		}
	}
	return -1
}

// anyText matches every text.
func anyText(*world.Text) bool { return true }

// worthwhile tells whether a text is worth tabling for state i: it moves something, and
// to the better.
func (m *Agenda) worthwhile(w *world.World, i int, position, statusQuo []float64) bool {
	ideal := w.Position(i)
	return world.Distance(position, statusQuo) >= m.LeastGain-world.Tie &&
		world.SquaredDistance(ideal, position) < world.SquaredDistance(ideal, statusQuo)-world.Tie
}

// table works out what state i proposes for its side in assembly k, asks its rule, and
// puts the text on the table: support for the process that it backs, or where there is
// none, now and then, a request for reports.
func (m *Agenda) table(now *sim.Tick, w *world.World, k, i int, side regime.Side, statusQuo []float64) {
	line := w.Forums[k].Line
	kind, backed := world.Support, m.Regime.Favourite(w, line, i)
	if backed < 0 {
		kind = world.Views
	}
	presses := backed >= 0 && (regime.Due(now, &w.Forums[backed]) || regime.Contested(w, line))
	if !presses && !m.comesBack(now, w, k, side, statusQuo) {
		return
	}
	position := m.optimum(w, k, i, statusQuo, kind)
	if !m.worthwhile(w, i, position, statusQuo) {
		return
	}
	model := world.Draft{Kind: kind, Position: position, Depth: m.Depths.Of(kind)}
	if kind == world.Views && !m.promising(now, w, resolution(now, w, k, i, &model)) {
		return
	}
	draft := w.AskPropose(i, k, &model)
	if draft == nil {
		return
	}
	text := resolution(now, w, k, i, draft)
	if draft.Kind == world.Support && backed >= 0 {
		text.Serves = w.Forums[backed].ID
		if w.AskRenew(i, backed, true) {
			text.Mandate, text.Lasting = m.Regime.Renewal(now, &w.Forums[backed])
		}
		text.Title = backing(now, w, i, backed)
	}
	m.cosponsor(w, texts.Table(w, text))
}

// promising tells whether a text can expect more votes for it than against it, and than
// abstentions: its author does not table one that would be lost, or leave most cold.
// Where it costs little to oppose a kind of text, it may have no place at which it wins.
func (m *Agenda) promising(now *sim.Tick, w *world.World, text world.Text) bool {
	text.Tabled = now.Index
	var expected voting.Odds // votes
	for i, odds := range m.Votes.Predict(now, w, &text) {
		if w.Forums[text.Forum].Members[i] {
			for vote, p := range odds {
				expected[vote] += p
			}
		}
	}
	return expected[voting.Yes] > max(expected[voting.No], expected[voting.Abstain])+world.Tie
}

// tableRival puts a text before assembly k that sets up a forum for the
// dissatisfied (competitive regime creation). It tells whether it did.
func (m *Agenda) tableRival(now *sim.Tick, w *world.World, k int, side regime.Side) bool {
	c, founds := m.Regime.Rival(now, w, w.Forums[k].Line, side)
	if !founds {
		return false
	}
	f := m.Regime.Charter(now, w, &c, true)
	w.Catalogue = append(slices.Clip(w.Catalogue), f)
	m.cosponsor(w, texts.Table(w, world.Text{
		ID: identifier(now, w, k, c.Lead), Title: founding(now, w, &c), Line: c.Line, Kind: world.Create,
		Forum: k, Sponsors: []int{c.Lead}, Position: slices.Clone(f.Position), Depth: m.Depths.Of(world.Create),
		Serves: f.ID, Mandate: m.Regime.Mandate, Stack: -1,
	}))
	return true
}

// cosponsor asks every member of the assembly whether it puts its name to a text:
// those near to it who trust its author do.
func (m *Agenda) cosponsor(w *world.World, t int) {
	text := &w.Texts[t]
	lead := text.Sponsors[0]
	texts.Cosponsor(w, t, func(i int) bool {
		return w.Dyads.Trust[i*w.States.N+lead] >= .5-world.Tie && world.Distance(w.Position(i), text.Position) <= m.Signing+world.Tie
	})
}

// drive is how much a member has to gain on a side of the status quo, and the means to
// act on it: diplomatic capacity x salience x distance. It is 0 on the other side, and
// too near to the status quo to matter.
func (m *Agenda) drive(w *world.World, k, i int, statusQuo []float64, side regime.Side) float64 {
	gap := side.Gap(w.Position(i), statusQuo)
	if !w.Forums[k].Members[i] || gap < m.LeastGain-world.Tie {
		return 0
	}
	return gap * w.States.Diplomacy[i] * w.States.Salience[i]
}

// leader is the member on one side of the status quo who acts for it: whoever has drafted
// before, or has a much stronger drive; -1 if the side is empty.
func (m *Agenda) leader(w *world.World, k int, statusQuo []float64, side regime.Side) int {
	best, who := 0.0, -1
	for i := range w.States.N {
		if d := m.drive(w, k, i, statusQuo, side); d > best+world.Tie {
			best, who = d, i
		}
	}
	if pen := m.penholder(w, k, statusQuo, side); pen >= 0 && m.drive(w, k, pen, statusQuo, side) >= m.Penholder*best-world.Tie {
		return pen
	}
	return who
}

// penholder is the author of the last text of a side in the assembly, or, before there is
// one, the state of the side that called the youngest forum on the line into being; -1
// if there is neither.
func (m *Agenda) penholder(w *world.World, k int, statusQuo []float64, side regime.Side) int {
	if t := m.latest(w, k, statusQuo, side, anyText); t >= 0 {
		return w.Texts[t].Sponsors[0]
	}
	who, youngest := -1, 0
	for l := range w.Forums {
		f := &w.Forums[l]
		if f.Line == w.Forums[k].Line && f.Sponsor >= 0 && m.drive(w, k, f.Sponsor, statusQuo, side) > 0 && (who < 0 || f.Founded > youngest) {
			who, youngest = f.Sponsor, f.Founded
		}
	}
	return who
}
