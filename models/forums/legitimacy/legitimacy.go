// Package legitimacy is how legitimate states take a forum to be (E6): its legitimacy
// follows who takes part and what is achieved (Scharpf 1999; Tallberg and Zuern 2019),
//
//	L' = L + lambda (omega In + (1-omega) Out - L)
//
// Audiences do not differ: all states see a forum alike.
package legitimacy

import (
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

// Parameters are the numbers of the room.
type Parameters struct {
	Moves  bool
	Rate   float64
	Input  float64
	Memory float64
}

// Swept declares the parameters that are worth sweeping.
func (p *Parameters) Swept() []sim.Parameter {
	return []sim.Parameter{
		sim.SwitchAt(&p.Moves, sim.Parameter{
			Name: "legitimacy", Default: 1, Source: sim.Assumption,
			Doc: "Whether legitimacy moves; if not, forums keep what they start with.",
		}),
		sim.NumberAt(&p.Rate, sim.Parameter{
			Name: "legitimacy-rate", Default: .34, Plausible: sim.Range{Min: .18, Max: .6}, Unit: "per year", Source: sim.Assumption,
			Doc: "Rate at which legitimacy follows input and output.", Reference: "Tallberg and Zuern 2019",
		}),
		sim.NumberAt(&p.Input, sim.Parameter{
			Name: "legitimacy-input", Default: .5, Unit: "share", Source: sim.Assumption,
			Doc: "Weight of input legitimacy (who takes part) against output (what is achieved).", Reference: "Scharpf 1999",
		}),
		sim.NumberAt(&p.Memory, sim.Parameter{
			Name: "memory", Default: 2, Domain: sim.Range{Min: .1, Max: 50}, Plausible: sim.Range{Min: 1, Max: 4}, Unit: "sessions", Source: sim.Assumption,
			Doc: "Half-life of what a forum has achieved in the eyes of states.",
		}),
	}
}

// Step lets what forums have achieved fade from memory, and legitimacy move.
func (p *Parameters) Step(now *sim.Tick, w *world.World) {
	for k := range w.Forums {
		f := &w.Forums[k]
		// The half-life is counted in sessions, so that a forum does not starve between two.
		f.Output *= math.Exp2(-now.Years / (p.Memory * max(1, f.Cycle)))
	}
	if !p.Moves {
		return
	}
	rate := sim.PerTick(p.Rate, now.Years)
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive {
			continue
		}
		if f.Input == 0 || now.Index%now.PerYear == 0 {
			f.Input = Input(w, f)
		}
		aim := p.Input*f.Input + (1-p.Input)*f.Output
		f.Legitimacy = min(1, max(0, f.Legitimacy+rate*(aim-f.Legitimacy))) // shares sum to 1 only up to rounding
	}
}

// Input is the input legitimacy of a forum, in [0, 1]: half the share of states that are
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

// Output is what a text achieves, in [0, 1]: its depth times the mean compliance of those
// who adhere, as a share of full output.
func Output(w *world.World, t int) float64 {
	text := &w.Texts[t]
	sum, n := 0.0, 0.0
	for i := range w.States.N {
		if text.Covers(i) || text.Adherence[i] == world.Endorsed {
			sum += text.Compliance[i]
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return min(1, text.Depth*sum/n/world.FullOutput)
}
