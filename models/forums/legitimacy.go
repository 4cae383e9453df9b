package forums

import (
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

// moveLegitimacy lets the legitimacy of every living forum follow its input and
// output (E6, Scharpf 1999; Tallberg and Zuern 2019),
//
//	L' = L + lambda (omega In + (1-omega) Out - L)
func (m *Forums) moveLegitimacy(now *sim.Tick, w *world.World) {
	rate := sim.PerTick(m.LegitimacyRate, now.Years)
	m.forget(now, w)
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive {
			continue
		}
		if f.Input == 0 || now.Index%now.PerYear == 0 {
			f.Input = Input(w, f)
		}
		aim := m.LegitimacyInput*f.Input + (1-m.LegitimacyInput)*f.Output
		f.Legitimacy = clip(f.Legitimacy + rate*(aim-f.Legitimacy)) // shares sum to 1 only up to rounding
	}
}

// forget lets the memory of what forums have achieved fade, with a half-life
// counted in sessions so that a forum does not starve between two of them.
func (m *Forums) forget(now *sim.Tick, w *world.World) {
	for k := range w.Forums {
		f := &w.Forums[k]
		f.Output *= math.Exp2(-now.Years / (m.Memory * max(1, f.Cycle)))
	}
}

// Input is the input legitimacy of a forum: half the share of states that are
// members, half the share of world users whom they represent. A forum of
// engineers speaks for the users of the stack that it keeps, a forum of firms
// for the users whom its firms serve.
func Input(w *world.World, f *world.Forum) float64 {
	switch f.Access {
	case world.AccessMultistakeholder:
		return onStack(w, 0)
	case world.AccessIndustry:
		return w.Serves(f)
	}
	members, users := 0.0, 0.0
	for i, in := range f.Members {
		if in {
			members++
			users += w.States.Users[i]
		}
	}
	return (members/float64(w.States.N) + users) / 2
}

// onStack is the share of world users on a stack.
func onStack(w *world.World, stack int) float64 {
	sum := 0.0
	for i, u := range w.States.Users {
		sum += u * w.States.Stack[i*len(w.Stacks)+stack]
	}
	return sum
}
