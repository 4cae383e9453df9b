package norms

import (
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// Tips tells whether a state joins when the given share of its peers has. Rounding
// must not keep out whom the share just reaches.
func Tips(share, threshold float64) bool { return share >= threshold-1e-12 }

// Cascade lets those join whom the adherents among their peers tip, round after
// round, until nobody else does, and returns how many have joined. In
// Granovetter's crowd everybody is everybody's peer; in a network like that of
// Watts share looks at neighbours. It is given the adherents of the round before.
func Cascade(joined []bool, thresholds []float64, share func(joined []bool, i int) float64) int {
	before := make([]bool, len(joined))
	for {
		copy(before, joined)
		count, moved := 0, false
		for i, theta := range thresholds {
			if !before[i] && Tips(share(before, i), theta) {
				joined[i], moved = true, true
			}
			if joined[i] {
				count++
			}
		}
		if !moved {
			return count
		}
	}
}

// Vulnerable tells whether one neighbour who joins is enough to tip a state with
// the given number of them (Watts 2002).
func Vulnerable(neighbours int, threshold float64) bool {
	return neighbours > 0 && Tips(1/float64(neighbours), threshold)
}

// resistance is the threshold of state i for a text: its own, and more the farther
// the text.
func (m *Norms) resistance(w *world.World, t, i int) float64 {
	text := &w.Texts[t]
	weight := m.Soft
	if text.Binding {
		weight = 1
	}
	x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	return m.threshold[i] + m.Distance*weight*world.Distance(x, text.Position)
}

// join asks every state outside a text whether it endorses it, or signs it where
// it binds. To a convention that is open one accedes without signing. Whether a
// state takes the question up this year is drawn for every text anew.
func (m *Norms) join(now *sim.Tick, w *world.World, t int) {
	text := &w.Texts[t]
	f := &w.Forums[text.Forum]
	if text.Binding && text.Open {
		return
	}
	adherents := 0
	m.asked = m.asked[:0]
	for j, a := range text.Adherence {
		m.column[j] = 0
		if a != world.Outside {
			m.column[j] = m.voice[j]
			adherents++
		} else if Admits(f, text, j) && !settled(f, t, j) {
			m.asked = append(m.asked, j)
		}
	}
	switch {
	case adherents == len(text.Adherence):
		return
	case adherents == 0:
		clear(m.heard)
	case len(m.asked) > 0:
		m.listen(w)
	}
	m.newly = m.newly[:0]
	desk, share := now.Stream.Race(sim.Key(text.ID)+1), m.Reconsider
	closed := false
	m.committed = m.committed[:0]
	if resolution(f) { // a vote is on record, which has to be worth correcting, too
		share *= m.Reconsider
		closed = now.Index-m.opened[t] < now.PerYear
		m.findCommitted(w, t)
	}
	for i, a := range text.Adherence {
		if a != world.Outside || !Admits(f, text, i) {
			continue
		}
		model := !closed && !settled(f, t, i) && Tips(m.heard[i], m.resistance(w, t, i)) && !opposed(w, t, i) &&
			!distrusted(w, t, i) && !m.declined(text, i) && desk.Uniform(w.States.Key[i]) <= share
		if w.AskAdopt(i, t, model) {
			m.newly = append(m.newly, i)
		}
	}
	for _, i := range m.newly {
		adhere(w, t, i, world.Endorsed)
	}
	if len(m.newly) > 0 {
		m.tellJoined(w, t)
	}
}

// findCommitted lists who has put its name to the other side's text on the line of the
// resolution t.
func (m *Norms) findCommitted(w *world.World, t int) {
	for r := range w.Texts {
		if other := &w.Texts[r]; other.Status == world.InForce && rivals(other, &w.Texts[t]) {
			m.committed = append(m.committed, other.Sponsors...)
		}
	}
}

// rivals tells whether two texts are those of two poles on one line.
func rivals(a, b *world.Text) bool {
	return a.Line == b.Line && world.Distance(a.Position, b.Position) > beyond
}

// declined tells whether state i has said no to the text at hand for good: it voted against
// it, or it is an author of the other side's.
func (m *Norms) declined(text *world.Text, i int) bool {
	return len(text.Against) > 0 && text.Against[i] || slices.Contains(m.committed, i)
}

// resolution tells whether the texts of a forum are resolutions of an assembly, on
// which a vote is on record.
func resolution(f *world.Forum) bool { return f.Universal && f.Rule == world.Majority }

// settled tells whether a state's stance to a text is settled by the sessions of
// its forum: a member that disowns the text of a living forum comes back when a
// session suits it.
func settled(f *world.Forum, t, i int) bool {
	assembly := f.Rule == world.Majority && f.Access == world.AccessStates
	return f.Text == t && f.Status == world.Alive && !assembly && f.Members[i]
}

// opposed tells whether a text is that of the other pole for a state.
func opposed(w *world.World, t, i int) bool {
	return world.Distance(w.States.Position[i*w.Dim:i*w.Dim+w.Dim], w.Texts[t].Position) > beyond
}

// foe is the trust below which a state takes nothing from another: what an adversary
// proposes is worth less for that alone (reactive devaluation; Ross 1995).
const foe = .3

// distrusted tells whether a text is that of a state which state i takes for a foe.
func distrusted(w *world.World, t, i int) bool {
	sponsors := w.Texts[t].Sponsors
	return len(sponsors) > 0 && foes(w, i, sponsors[0])
}

// foes tells whether state i takes j for a foe.
func foes(w *world.World, i, j int) bool { return i != j && w.Dyads.Trust[i*w.States.N+j] < foe }

// adhere makes a state an adherent. A newcomer complies as far as the text is near
// to what it does anyway.
func adhere(w *world.World, t, i int, level uint8) {
	text := &w.Texts[t]
	text.Adherence[i] = level
	if text.Compliance[i] == 0 {
		text.Compliance[i] = world.Compliance(w.States.Position[i*w.Dim:i*w.Dim+w.Dim], text.Position)
	}
}
