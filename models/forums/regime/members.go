package regime

import (
	"cmp"
	"math"
	"slices"

	"splinternet/models/forums/texts"
	"splinternet/models/world"
	"splinternet/sim"
)

// Leave lets members go whom the text of a forum does not cover and to whom the
// forum is worth less than nothing (exit, where voice has failed; Hirschman 1970).
// Nobody leaves a forum of all states, where one merely disowns what is decided.
func (m *Regime) Leave(w *world.World) {
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive || f.Universal || f.Access != world.AccessClosed && f.Access != world.AccessInvited {
			continue
		}
		var leave []int
		for i, in := range f.Members {
			if !in {
				continue
			}
			model := f.Text >= 0 && !w.Texts[f.Text].Binding && w.Texts[f.Text].Adherence[i] == world.Outside && m.Worth(w, k, i) < -m.Exit-world.Tie
			if w.AskLeave(i, k, model) {
				leave = append(leave, i)
			}
		}
		Exit(w, k, leave, false)
	}
}

// Close sends forums of states to sleep that fewer than two of them belong to: there is
// nobody to talk to.
func (m *Regime) Close(w *world.World) {
	for k := range w.Forums {
		if f := &w.Forums[k]; f.Status == world.Alive && Alone(f) {
			m.retire(w, k, Deserted)
		}
	}
}

// Alone tells whether no two states belong to a forum of states.
func Alone(f *world.Forum) bool {
	return f.Access != world.AccessMultistakeholder && f.Access != world.AccessIndustry && f.Size() <= 1
}

// Exit ends the membership of states in a forum; blocking says that they go because they
// have blocked its text time and again.
func Exit(w *world.World, k int, states []int, blocking bool) {
	for _, i := range states {
		w.Exit(k, i)
	}
	if w.Chronicle.On && len(states) > 0 {
		w.Tell(Left{k, states, blocking})
	}
}

// Enlarge lets dissatisfied states join a forum by invitation on a line that would
// serve them (regime shifting), in rounds: the members take in a few at a time, the
// weightiest first, once they have settled in the last. Joining is cheaper than
// founding; who joined in founding a forum elsewhere may come, too.
func (m *Regime) Enlarge(now *sim.Tick, w *world.World, line world.Line) {
	options := outsideOptions(w, line)
	for _, k := range options {
		f := &w.Forums[k]
		if !invites(w, f) {
			continue
		}
		var join []int
		if m.ready(now, w, k) {
			join = m.invited(now, w, k, options)
			if len(join) > 0 {
				m.forum(k)
				m.Enlarged[k] = now.Index
			}
		}
		if w.Rules.State != nil {
			join = answered(w, k, join)
		}
		for _, i := range join {
			w.Enter(k, i)
		}
		if w.Chronicle.On && len(join) > 0 {
			w.Tell(Joined{k, join})
		}
	}
}

// invites tells whether states can be invited to a forum at all. Alliances stay
// among themselves; to a convention one accedes by ratifying it.
func invites(w *world.World, f *world.Forum) bool {
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
func (m *Regime) ready(now *sim.Tick, w *world.World, k int) bool {
	return m.sinceRound(now, w, k) >= m.Settling-world.Tie &&
		now.Stream.Pair(w.Forums[k].Key, sim.Key("enlargement")).Float64() < m.Enlargement
}

// sinceRound is the time in years since the last round, or since the forum or the run
// began.
func (m *Regime) sinceRound(now *sim.Tick, w *world.World, k int) float64 {
	m.forum(k)
	return float64(now.Index-max(0, w.Forums[k].Founded, m.Enlarged[k])) * now.Years
}

// invited lists those whom a round takes in: of the dissatisfied who have
// come to seek entry since the last round, the weightiest diplomats whom the members
// want.
func (m *Regime) invited(now *sim.Tick, w *world.World, k int, options []int) (list []int) {
	f := &w.Forums[k]
	statusQuo := texts.StatusQuo(w, f.Line)
	least := m.LeastWeight * medianWeight(w, f)
	years, usual := m.sinceRound(now, w, k), sum(w.States.Diplomacy)/float64(w.States.N)
	race := now.Stream.Race(f.Key + 1)
	for i := range w.States.N {
		if f.Members[i] || f.Region != nil && !f.Region[i] || w.Weight(i) < least-world.Tie {
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
		if m.leastLoss(w, options, i, statusQuo) > m.Grievance+world.Tie && m.loss(w, k, w.Position(i)) <= m.Grievance+world.Tie && m.welcome(w, f, i) {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(standing(w, b), standing(w, a)) })
	list = list[:min(m.roundSize(now, f), len(list))]
	slices.Sort(list)
	return list
}

// roundSize is how many a round takes in at most: the lesser of two throws, as small rounds
// are more frequent.
func (m *Regime) roundSize(now *sim.Tick, f *world.Forum) int {
	rng := now.Stream.Pair(f.Key, sim.Key("size of the round"))
	return 1 + min(rng.IntN(m.RoundSize), rng.IntN(m.RoundSize))
}

// answered lists, of all states that are no members, those who join when they are asked.
func answered(w *world.World, k int, invited []int) (join []int) {
	for i := range w.States.N {
		if !w.Forums[k].Members[i] && w.AskJoin(i, k, slices.Contains(invited, i)) {
			join = append(join, i)
		}
	}
	return join
}

// couldJoin tells whether state i could find what it wants by joining a forum by
// invitation that would serve it and whose members want it.
func (m *Regime) couldJoin(w *world.World, options []int, i int) bool {
	return slices.ContainsFunc(options, func(k int) bool {
		f := &w.Forums[k]
		return f.Status == world.Alive && f.Access == world.AccessInvited && f.Rule != world.NoDecision && !f.Members[i] &&
			m.loss(w, k, w.Position(i)) <= m.Grievance+world.Tie && invites(w, f) && m.welcome(w, f, i)
	})
}

// welcome tells whether the members of a forum trust a state rather than not, on
// average over their power. Where they decide by consensus nobody may mistrust it, or
// be its rival.
func (m *Regime) welcome(w *world.World, f *world.Forum, i int) bool {
	trust, total, n := 0.0, 0.0, w.States.N
	for j, in := range f.Members {
		if !in {
			continue
		}
		if f.Rule == world.Consensus && (w.Dyads.Rival[j*n+i] || w.Dyads.Trust[j*n+i] < m.Mistrust-world.Tie) {
			return false
		}
		trust += w.States.Power[j] * w.Dyads.Trust[j*n+i]
		total += w.States.Power[j]
	}
	return total > 0 && trust >= total/2-world.Tie
}

func sum(values []float64) (total float64) {
	for _, x := range values {
		total += x
	}
	return total
}

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
