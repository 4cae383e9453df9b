package regime

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"splinternet/models/forums/texts"
	"splinternet/models/world"
	"splinternet/sim"
)

// Coalition is a set of dissatisfied states that founds a forum of its own.
type Coalition struct {
	Line    world.Line
	Lead    int
	Members []int // ascending, its leader among them
}

// Others are its members beside its leader.
func (c *Coalition) Others() []int {
	return slices.DeleteFunc(slices.Clone(c.Members), func(i int) bool { return i == c.Lead })
}

// Rival is the coalition on one side of a line that founds a forum of its own this year:
// it is strong enough, and of those whom enough follow the member that brings most to the
// table leads it. It tells whether there is one, and then remembers that it founds a forum.
func (m *Regime) Rival(now *sim.Tick, w *world.World, line world.Line, side Side) (c Coalition, founds bool) {
	founded := &m.Founded[slices.Index(world.Lines, line)]
	if !m.Rivals || now.Index-*founded < m.FoundingInterval*now.PerYear {
		return c, false
	}
	willing := m.dissatisfied(w, line, side)
	if len(willing) < m.least() {
		return c, false
	}
	centre := middle(w, willing)
	candidates := append([]int(nil), willing...)
	slices.SortStableFunc(candidates, func(a, b int) int { return cmp.Compare(standing(w, b), standing(w, a)) })
	for _, lead := range candidates {
		if !m.credible(w, lead) || world.Distance(w.Position(lead), centre) > m.LeaderDistance {
			continue
		}
		if c.Members = m.followers(w, willing, lead); !m.strong(w, c.Members) {
			continue
		}
		c.Line, c.Lead = line, lead
		if founds = m.resolved(now, line, side, m.occasion(now, w, line, lead)); founds {
			*founded = now.Index
		}
		return c, founds
	}
	return c, false
}

// least is the number of states that a coalition needs.
func (m *Regime) least() int { return max(1, m.RivalMembers) }

// dissatisfied lists the states on one side of the line's texts whom even the best of its
// forums fails by more than the grievance, who have not chosen one on the other side,
// could not join another that would serve them, and whom a forum at their common centre
// would fail less.
func (m *Regime) dissatisfied(w *world.World, line world.Line, side Side) []int {
	refuges, statusQuo := refuges(w, line), texts.StatusQuo(w, line)
	var list []int
	var losses []float64
	for i := range w.States.N {
		if side.Gap(w.Position(i), statusQuo) <= 0 {
			continue
		}
		loss := m.leastLoss(w, refuges, i, statusQuo)
		model := loss > m.Grievance && !committed(w, refuges, i, side, statusQuo) && !m.couldJoin(w, refuges, i)
		if w.AskFound(i, line, model) {
			list, losses = append(list, i), append(losses, loss)
		}
	}
	// Those whom the centre does not serve leave, which moves the centre: once
	// more is enough for the coalitions of the data.
	for range 2 {
		list, losses = m.agreeOnCentre(w, list, losses)
	}
	return list
}

// committed tells whether a state belongs to a forum on the other side of the line's
// texts that it has joined by choice.
func committed(w *world.World, refuges []int, i int, side Side, statusQuo []float64) bool {
	return slices.ContainsFunc(refuges, func(k int) bool {
		f := &w.Forums[k]
		return f.Access == world.AccessInvited && f.Members[i] && side.Gap(f.Position, statusQuo) < 0
	})
}

// agreeOnCentre drops from a coalition whom a forum at its centre would serve no
// better than what there is, with their losses under that.
func (m *Regime) agreeOnCentre(w *world.World, states []int, losses []float64) ([]int, []float64) {
	if len(states) == 0 {
		return states, losses
	}
	centre := middle(w, states)
	stay := 0
	for c, i := range states {
		if m.Depths.Norm*world.SquaredDistance(w.Position(i), centre) < min(losses[c], m.Grievance) {
			states[stay], losses[stay] = i, losses[c]
			stay++
		}
	}
	return states[:stay], losses[:stay]
}

// middle is the centre of some states by power.
func middle(w *world.World, states []int) []float64 {
	position, total := make([]float64, w.Dim), 0.0
	for _, i := range states {
		total += w.States.Power[i]
		for d, x := range w.Position(i) {
			position[d] += w.States.Power[i] * x
		}
	}
	for d := range position {
		position[d] /= total
	}
	return position
}

// refuges lists the forums on a line that negotiate, and those of all states that have
// done their work and left a text.
func refuges(w *world.World, line world.Line) (list []int) {
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Line != line || f.Votes() {
			continue
		}
		left := f.Status == world.Dormant && f.Universal && f.Text >= 0 && w.Texts[f.Text].Status == world.InForce
		if f.Status == world.Alive || left {
			list = append(list, k)
		}
	}
	return list
}

// leastLoss is the loss of a state under the one of the line's forums that suits it best
// among those open to it; a line without such a forum leaves it with the status
// quo.
func (m *Regime) leastLoss(w *world.World, refuges []int, i int, statusQuo []float64) float64 {
	least, found := math.Inf(1), false
	for _, k := range refuges {
		if f := &w.Forums[k]; f.Members[i] || f.Access == world.AccessMultistakeholder {
			least, found = min(least, m.loss(w, k, w.Position(i))), true
		}
	}
	if !found {
		return m.Talks.MinDepth * world.SquaredDistance(w.Position(i), statusQuo)
	}
	return least
}

// followers are those of the willing who follow a leader: nobody a rival of its, or one
// that mistrusts it.
func (m *Regime) followers(w *world.World, willing []int, lead int) (list []int) {
	n := w.States.N
	for _, i := range willing {
		if i == lead || !w.Dyads.Rival[i*n+lead] && w.Dyads.Trust[i*n+lead] >= m.Mistrust {
			list = append(list, i)
		}
	}
	return list
}

// strong tells whether states suffice to found a forum, in number and in power. Effort
// spent on coalitions lowers what it takes.
func (m *Regime) strong(w *world.World, states []int) bool {
	among, power := make([]bool, w.States.N), 0.0
	for _, i := range states {
		among[i] = true
		power += w.States.Power[i]
	}
	return len(states) >= m.least() && power > m.RivalCost*(2-m.Talks.Effort(w, among, world.Coalition))
}

// credible tells whether a state can lead the founding of a forum: it is among those
// with the most diplomatic capacity, and among those who bring the most to a table.
func (m *Regime) credible(w *world.World, lead int) bool {
	abler, weightier := 0, 0
	for i, d := range w.States.Diplomacy {
		if d > w.States.Diplomacy[lead] {
			abler++
		}
		if standing(w, i) > standing(w, lead) {
			weightier++
		}
	}
	return abler < m.Leaders && weightier < m.Leaders
}

// standing is what a state brings to a table: its power and users, and the diplomats
// to make something of them.
func standing(w *world.World, i int) float64 { return w.Weight(i) * w.States.Diplomacy[i] }

// resolved tells whether a coalition that could found a forum makes up its mind to
// do so this year.
func (m *Regime) resolved(now *sim.Tick, line world.Line, side Side, occasion bool) bool {
	probability := m.Founding
	if !occasion {
		probability *= m.Unprovoked
	}
	return now.Stream.Pair(sim.Key(string(line)), sim.Key(fmt.Sprint("founding", side))).Float64() < probability
}

// occasion tells whether a forum on the line has failed a state within the last
// years: it belongs to one that found no consensus or lost its mandate, had to disown
// a text that it had joined in before, saw its own text rejected, or rules adopted
// against it.
func (m *Regime) occasion(now *sim.Tick, w *world.World, line world.Line, lead int) bool {
	since := now.Index - m.FailureMemory*now.PerYear
	if m.Disowned[slices.Index(world.Lines, line)*w.States.N+lead] >= since {
		return true
	}
	for k, last := range m.Failed {
		if f := &w.Forums[k]; last >= since && f.Line == line && f.Members[lead] {
			return true
		}
	}
	for t := range w.Texts {
		if text := &w.Texts[t]; text.Line == line && w.Forums[text.Forum].Members[lead] && lost(text, lead, since) {
			return true
		}
	}
	return false
}

// lost tells whether a state has lost a vote on a text since a tick: its own text was
// rejected, or rules were adopted without it.
func lost(text *world.Text, state, since int) bool {
	switch text.Status {
	case world.Rejected:
		return text.Tabled >= since && len(text.Sponsors) > 0 && text.Sponsors[0] == state
	case world.InForce:
		return text.Adopted >= since && text.Kind == world.Norm && text.Tabled == text.Adopted && text.Adherence[state] == world.Outside
	}
	return false
}
