package security

import (
	"math"

	"splinternet/models/world"
)

// deriveRestraint works out, for every initiator and target, the factor of the rules in
// force on the hazard,
//
//	exp(-nu (r_ij - r_0)),  r_ij = 1 - prod_t (1 - d_t c_ti)
//
// with r_0 that of the world of the record, over the texts t that bind i towards j, with depth d and compliance c. What states
// agree on for ICT security they owe to everybody; what they agree on for confidence and
// against cybercrime they owe to those whom the text covers too (Finnemore and Hollis
// 2016). Compliance is reviewed once a year, so that this is derived once a year as well.
func (m *Security) deriveRestraint(w *world.World) {
	if m.Restraint == 0 && m.Separation == 0 {
		return
	}
	n := w.States.N
	for i := range n {
		m.own[i] = 1
	}
	for t := range w.Texts {
		if text := &w.Texts[t]; owedToAll(text.Line) {
			for i := range n {
				m.own[i] *= 1 - text.Hold(i)
			}
		}
	}
	m.Left = world.Zeros(m.Left, n*n)
	for i := range n {
		row := m.Left[i*n : i*n+n]
		for j := range row {
			row[j] = m.own[i]
		}
	}
	for t := range w.Texts {
		if text := &w.Texts[t]; owedToCovered(text.Line) && text.Status == world.InForce {
			m.bindEachOther(w, text)
		}
	}
	for i, offence := range w.States.Offence {
		if offence >= m.LeastOffence {
			m.restrain(m.Left[i*n : i*n+n])
			m.loosen(w, i)
		}
	}
}

// loosen raises the factors of an initiator towards those with whom it has lost part of
// the network of the first year: who shares less has less to lose (Farrell and Newman
// 2019).
func (m *Security) loosen(w *world.World, i int) {
	if m.Separation == 0 {
		return
	}
	row := m.Left[i*w.States.N : (i+1)*w.States.N]
	for j := range row {
		if j != i {
			row[j] *= 1 + m.Separation*parted(w, i, j)
		}
	}
}

// bindEachOther multiplies what is free of rules by what a text leaves, between those
// whom it covers.
func (m *Security) bindEachOther(w *world.World, text *world.Text) {
	n := w.States.N
	m.covered = m.covered[:0]
	for i := range n {
		if text.Covers(i) {
			m.covered = append(m.covered, i)
		}
	}
	for _, i := range m.covered {
		left := 1 - text.Hold(i)
		row := m.Left[i*n : i*n+n]
		for _, j := range m.covered {
			row[j] *= left
		}
	}
}

// restrain turns what is free of rules, 1 - r, into the factor on the hazard. Most targets are alike for an initiator, so the last result is kept at hand.
func (m *Security) restrain(row []float64) {
	last, left := 1.0, math.Exp(m.Restraint*m.RestraintStart)
	for j, free := range row {
		if free != last {
			last, left = free, math.Exp(-m.Restraint*(1-free-m.RestraintStart))
		}
		row[j] = left
	}
}

// left is the factor of rules on the hazard of incidents of i on j: 1 as
// long as no restraint was derived, as at the start.
func (s *State) left(n, i, j int) float64 {
	if len(s.Left) == 0 {
		return 1
	}
	return s.Left[i*n+j]
}

// owedToAll says whether rules on a line are owed to every state.
func owedToAll(line world.Line) bool { return line == world.ICTSecurity }

// owedToCovered says whether rules on a line are owed to those whom the text covers too.
func owedToCovered(line world.Line) bool {
	return line == world.Confidence || line == world.Cybercrime
}

// breach is what it costs to be caught: if the victim of an incident publicly names the
// right state, this state's compliance with every rule that it has broken falls, and so
// does the legitimacy of the forum, in proportion to severity and to how firmly the rule
// held the state. A rule that is openly broken is doubted, by who broke it and by the
// others (Axelrod 1986).
func (m *Security) breach(w *world.World, e Incident) {
	if m.Breach == 0 || e.Blamed != e.Initiator {
		return
	}
	for t := range w.Texts {
		text := &w.Texts[t]
		if !owedToAll(text.Line) && !(owedToCovered(text.Line) && text.Covers(e.Target)) {
			continue
		}
		stays := 1 - m.Breach*e.Severity/highest*text.Hold(e.Initiator)
		text.Compliance[e.Initiator] *= stays
		if f := &w.Forums[text.Forum]; f.Status == world.Alive {
			f.Legitimacy *= stays
		}
	}
}
