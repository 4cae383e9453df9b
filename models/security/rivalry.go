package security

import (
	"splinternet/models/world"
	"splinternet/sim"
)

// turnRivalries lets rivalries form and end, once a year. Two states at odds whose
// grievances against each other have grown past a threshold become rivals, and two rivals
// who are not at odds and hold nothing against each other cease to be, each with a yearly
// probability, so that it takes years (Diehl and Goertz 2000).
func (m *Security) turnRivalries(now *sim.Tick, w *world.World) {
	if m.Turn == 0 {
		return
	}
	n, d := w.States.N, &w.Dyads
	for _, o := range m.Wrongs {
		if i, j := o.Of, o.By; i < j && !d.Rival[i*n+j] && !m.atPeace(w, i, j) && odds(w.MeanTrust(i, j)) > 0 {
			grievance := min(o.Weight, m.held(j, i))
			if grievance >= m.RivalryGrievance && m.turns(now, w, i, j) {
				m.setRivals(w, i, j, true, grievance)
			}
		}
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			if d.Rival[i*n+j] && m.settled(w, i, j) && m.turns(now, w, i, j) {
				m.setRivals(w, i, j, false, 0)
			}
		}
	}
}

// turns draws whether the rivalry of two states begins or ends this year.
func (m *Security) turns(now *sim.Tick, w *world.World, i, j int) bool {
	a, b := w.States.Key[i], w.States.Key[j]
	return now.Stream.Race(sim.Key("rivalry")+min(a, b)).Uniform(max(a, b)) < m.Turn
}

// settled tells whether nothing keeps up the rivalry of two states: neither remembers a
// wrong of the other, they are not at odds, and not at war.
func (m *Security) settled(w *world.World, i, j int) bool {
	return odds(w.MeanTrust(i, j)) == 0 && m.held(i, j) == 0 && m.held(j, i) == 0 && !w.Dyads.AtWar(i, j, w.Tick)
}

// BecomeRivals makes two states rivals at once, whatever they hold against each other.
func (m *Security) BecomeRivals(w *world.World, i, j int) {
	if !w.Dyads.Rival[i*w.States.N+j] {
		m.setRivals(w, i, j, true, 0)
	}
}

// setRivals makes two states rivals, or no longer, and works out anew whom rivalries move.
func (m *Security) setRivals(w *world.World, i, j int, rivals bool, grievance float64) {
	w.Dyads.SetRival(w.States.N, i, j, rivals)
	m.Rivals = activeRivalries(m.Rivals[:0], w, m.GreatPower)
	m.noteRivalries(w)
	if w.Chronicle.On {
		w.Tell(Rivalled{I: min(i, j), J: max(i, j), Rivals: rivals, Grievance: grievance})
	}
}

// atPeace tells whether two states are allies, or a great power that is the ally of both
// keeps the peace between them (Gelpi 1999).
func (m *Security) atPeace(w *world.World, i, j int) bool {
	return w.Dyads.Ally[i*w.States.N+j] || keptByAlly(w, i, j, m.GreatPower*strongest(w))
}
