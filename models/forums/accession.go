package forums

import (
	"cmp"
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// This file holds how forums by invitation grow: who seeks entry, when members are
// ready to take anybody in, and whom they want.

const (
	// settling is the time in years that a forum by invitation needs to settle in new
	// members, and new forums or those of the start to settle at all.
	settling = 4
	// round is the most states that one round of enlargement takes in: the BRICS took in
	// one in 2010, four in 2024 and one in 2025, the SCO two in 2017 and one each in 2023
	// and 2024.
	round = 4
	// wary is the trust below which a member keeps a candidate out.
	wary = .35
	// substance is the part of the weight (power and users) of a median member below
	// which a candidate brings too little.
	substance = .1
)

// shift lets dissatisfied states join a forum by invitation on the line that would
// serve them (regime shifting), in rounds: the members take in a few at a time, the
// weightiest first, once they have settled in the last. Joining is cheaper than
// founding; who joined in founding a forum elsewhere may come, too.
func (m *Forums) shift(now *sim.Tick, w *world.World, line world.Line) {
	m.refuges(w, line)
	for _, k := range m.refuge {
		f := &w.Forums[k]
		if !m.enlarges(w, f) {
			continue
		}
		m.newly = m.newly[:0]
		if m.ready(now, f) {
			m.invite(now, w, k)
		}
		invited := len(m.newly)
		if w.Rules.State != nil {
			m.askAll(w, k)
		}
		if invited > 0 {
			m.enlarged[f.Key] = now.Index
		}
		for _, i := range m.newly {
			w.Enter(k, i)
		}
		m.tellMembers(w, k, "joins", "join")
	}
}

// enlarges tells whether states can be invited to a forum at all. Alliances stay
// among themselves; to a convention one accedes by ratifying it.
func (m *Forums) enlarges(w *world.World, f *world.Forum) bool {
	if f.Access != world.AccessInvited || f.Text >= 0 && w.Texts[f.Text].Open {
		return false
	}
	allies, pairs := 0, 0
	for i, in := range f.Members {
		for j := 0; in && j < i; j++ {
			if f.Members[j] {
				pairs++
				if w.Dyads.Ally[i*w.States.N+j] {
					allies++
				}
			}
		}
	}
	return pairs == 0 || 2*allies < pairs
}

// ready tells whether the members of a forum open a round of enlargement this year.
func (m *Forums) ready(now *sim.Tick, f *world.Forum) bool {
	return m.sinceRound(now, f) >= settling &&
		now.Stream.Pair(f.Key, sim.Key("enlargement")).Float64() < m.Enlargement
}

// sinceRound is the time in years since the last round, or since the forum or the run
// began.
func (m *Forums) sinceRound(now *sim.Tick, f *world.Forum) float64 {
	last := max(0, f.Founded, m.enlarged[f.Key])
	return float64(now.Index-last) * now.Years
}

// invite lists in m.newly those whom a round takes in: of the dissatisfied who have
// come to seek entry since the last round, the weightiest diplomats whom the members
// want.
func (m *Forums) invite(now *sim.Tick, w *world.World, k int) {
	f := &w.Forums[k]
	statusQuo := m.StatusQuo(w, f.Line)
	least := substance * medianWeight(w, f)
	years, usual := m.sinceRound(now, f), sum(w.States.Diplomacy)/float64(w.States.N)
	race := now.Stream.Race(f.Key + 1)
	for i := range w.States.N {
		if f.Members[i] || f.Region != nil && !f.Region[i] || w.Weight(i) < least {
			continue
		}
		// Isolated states have few diplomats to look out for forums, and come late.
		seeks := m.Accession
		if d := w.States.Diplomacy[i]; d < usual {
			seeks *= d / usual
		}
		if race.Uniform(w.States.Key[i]) >= 1-math.Pow(1-seeks, years) {
			continue
		}
		x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
		if m.leastLoss(w, i, statusQuo) > m.Grievance && m.loss(w, k, x) <= m.Grievance && welcome(w, f, i) {
			m.newly = append(m.newly, i)
		}
	}
	slices.SortStableFunc(m.newly, func(a, b int) int { return cmp.Compare(standing(w, b), standing(w, a)) })
	m.newly = m.newly[:min(size(now, f), len(m.newly))]
	slices.Sort(m.newly)
}

// size is how many a round takes in at most: the lesser of two throws, as small rounds are
// more frequent.
func size(now *sim.Tick, f *world.Forum) int {
	rng := now.Stream.Pair(f.Key, sim.Key("size of the round"))
	return 1 + min(rng.IntN(round), rng.IntN(round))
}

// askAll asks every state that is no member, and leaves in m.newly those who join.
func (m *Forums) askAll(w *world.World, k int) {
	invited := slices.Clone(m.newly)
	m.newly = m.newly[:0]
	for i := range w.States.N {
		if !w.Forums[k].Members[i] && w.AskJoin(i, k, slices.Contains(invited, i)) {
			m.newly = append(m.newly, i)
		}
	}
}

func sum(values []float64) (total float64) {
	for _, x := range values {
		total += x
	}
	return total
}

// standing is what a state brings to a table: its power and users, and the diplomats
// to make something of them.
func standing(w *world.World, i int) float64 { return w.Weight(i) * w.States.Diplomacy[i] }

// medianWeight is the power and users of the member in the middle.
func medianWeight(w *world.World, f *world.Forum) float64 {
	var weights []float64
	for i, in := range f.Members {
		if in {
			weights = append(weights, w.Weight(i))
		}
	}
	if len(weights) == 0 {
		return 0
	}
	slices.Sort(weights)
	return weights[len(weights)/2]
}

// welcome tells whether the members of a forum trust a state rather than not, on
// average over their power. Where they decide by consensus nobody may mistrust it, or
// be its rival.
func welcome(w *world.World, f *world.Forum, i int) bool {
	trust, total, n := 0.0, 0.0, w.States.N
	for j, in := range f.Members {
		if !in {
			continue
		}
		if f.Rule == world.Consensus && (w.Dyads.Rival[j*n+i] || w.Dyads.Trust[j*n+i] < wary) {
			return false
		}
		trust += w.States.Power[j] * w.Dyads.Trust[j*n+i]
		total += w.States.Power[j]
	}
	return total > 0 && trust >= total/2
}
