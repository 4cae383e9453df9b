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
	f := &founding{Regime: m, now: now, w: w, line: line, side: side}
	c, strong := f.coalition()
	if founds = strong && f.resolved(c.Lead); founds {
		*founded = now.Index
	}
	return c, founds
}

// founding is how states on one side of a line come to found a forum.
type founding struct {
	*Regime
	now  *sim.Tick
	w    *world.World
	line world.Line
	side Side
}

// coalition is the coalition that could found a forum; it tells whether there is one.
func (f *founding) coalition() (c Coalition, strong bool) {
	w, willing := f.w, f.dissatisfied()
	if len(willing) < f.least() {
		return c, false
	}
	centre := middle(w, willing)
	candidates := append([]int(nil), willing...)
	slices.SortStableFunc(candidates, func(a, b int) int { return cmp.Compare(standing(w, b), standing(w, a)) })
	for _, lead := range candidates {
		if !f.credible(lead) || world.Distance(w.Position(lead), centre) > f.LeaderDistance+world.Tie {
			continue
		}
		if followers := f.followers(willing, lead); f.strong(followers) {
			return Coalition{Line: f.line, Lead: lead, Members: followers}, true
		}
	}
	return c, false
}

// least is the number of states that a coalition needs.
func (f *founding) least() int { return max(1, f.RivalMembers) }

// dissatisfied lists the states on the side whom even the best of the line's
// forums fails by more than the grievance, who have not chosen one on the other side,
// could not join another that would serve them, and whom a forum at their common centre
// would fail less.
func (f *founding) dissatisfied() []int {
	w, options, statusQuo := f.w, outsideOptions(f.w, f.line), texts.StatusQuo(f.w, f.line)
	var list []int
	var losses []float64
	for i := range w.States.N {
		if f.side.Gap(w.Position(i), statusQuo) <= world.Tie {
			continue
		}
		loss := f.leastLoss(w, options, i, statusQuo)
		model := loss > f.Grievance+world.Tie && !f.committed(options, i, statusQuo) && !f.couldJoin(w, options, i)
		if w.AskFound(i, f.line, model) {
			list, losses = append(list, i), append(losses, loss)
		}
	}
	// Those whom the centre does not serve leave, which moves the centre: once
	// more is enough for the coalitions of the data.
	for range 2 {
		list, losses = f.agreeOnCentre(list, losses)
	}
	return list
}

// committed tells whether a state belongs to a forum on the other side of the line's
// texts that it has joined by choice.
func (f *founding) committed(options []int, i int, statusQuo []float64) bool {
	return slices.ContainsFunc(options, func(k int) bool {
		other := &f.w.Forums[k]
		return other.Access == world.AccessInvited && other.Members[i] && f.side.Gap(other.Position, statusQuo) < -world.Tie
	})
}

// agreeOnCentre drops from a coalition whom a forum at its centre would serve no
// better than what there is, with their losses under that.
func (f *founding) agreeOnCentre(states []int, losses []float64) ([]int, []float64) {
	if len(states) == 0 {
		return states, losses
	}
	centre := middle(f.w, states)
	stay := 0
	for c, i := range states {
		if f.Depths.Norm*world.SquaredDistance(f.w.Position(i), centre) < min(losses[c], f.Grievance)-world.Tie {
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

// outsideOptions lists the forums on a line that negotiate, and those of all states that have
// done their work and left a text.
func outsideOptions(w *world.World, line world.Line) (list []int) {
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
func (m *Regime) leastLoss(w *world.World, options []int, i int, statusQuo []float64) float64 {
	least, found := math.Inf(1), false
	for _, k := range options {
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
func (f *founding) followers(willing []int, lead int) []int {
	d, n := &f.w.Dyads, f.w.States.N
	list := make([]int, 0, len(willing))
	for _, i := range willing {
		if i == lead || !d.Rival[i*n+lead] && d.Trust[i*n+lead] >= f.Mistrust-world.Tie {
			list = append(list, i)
		}
	}
	return list
}

// strong tells whether states suffice to found a forum, in number and in power. Effort
// spent on coalitions lowers what it takes.
func (f *founding) strong(states []int) bool {
	among, power := make([]bool, f.w.States.N), 0.0
	for _, i := range states {
		among[i] = true
		power += f.w.States.Power[i]
	}
	return len(states) >= f.least() && power > f.RivalCost*(2-f.Talks.Effort(f.w, among, world.Coalition))+world.Tie
}

// credible tells whether a state can lead the founding of a forum: it is among those
// with the most diplomatic capacity, and among those who bring the most to a table.
func (f *founding) credible(lead int) bool {
	w := f.w
	abler, weightier := 0, 0
	for i, d := range w.States.Diplomacy {
		if d > w.States.Diplomacy[lead]+world.Tie {
			abler++
		}
		if standing(w, i) > standing(w, lead)+world.Tie {
			weightier++
		}
	}
	return abler < f.Leaders && weightier < f.Leaders
}

// standing is what a state brings to a table: its power and users, and the diplomats
// to make something of them.
func standing(w *world.World, i int) float64 { return w.Weight(i) * w.States.Diplomacy[i] }

// resolved tells whether a coalition that could found a forum makes up its mind to
// do so this year.
func (f *founding) resolved(lead int) bool {
	probability := f.Founding
	if !f.occasion(f.now, f.w, f.line, lead) {
		probability *= f.Unprovoked
	}
	return f.now.Stream.Pair(sim.Key(string(f.line)), sim.Key(fmt.Sprint("founding", f.side))).Float64() < probability
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
