package build

import (
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/scenarios/data"
	"splinternet/scenarios/spec"
	"splinternet/sim"
)

// A small world is one whose agents the scenario lists or generates. Whatever it
// does not say is assumed:
//
//	state   position .5 · anchor: its position · economy 1, users 1 (they become
//	        shares) · capability: its economy · growth .025 · democracy: its position
//	        · penetration .6 · offence: its capability · diplomacy: the root of its
//	        economy against the largest · control .1(1-democracy)(1-position)
//	        · attendance 1 · all of its network on the first stack
//	trust   .5 + .4 (same bloc) - .6 |distance|, from .02 to .98
//	allies  states of one bloc
//	rivals  states of two blocs, if one of them leads its bloc by its economy
//	firm    size 1 · position: its home's · stack: the first · tie .5 · diplomacy 0
//	markets as in the data: root of size x exp(1.5 at home + 2 trust in the home)
//	forum   line ict_security · rule consensus · access states · position: mean of
//	        its members · depth .3 · legitimacy .5 · a permanent mandate
//	        · a session every 2 years
//	stack   the internet at position .75, recognised by all
//	west    the bloc with the highest mean position
const (
	usualDepth = .3
	usualCycle = 2
)

// small lays out a small world.
func (b *builder) small() {
	s := &b.spec.World
	var states []spec.State
	if s.Generate != nil {
		states = generate(s.Generate, s.Dim)
	}
	states = append(states, s.States...)
	if s.Generate != nil && !b.distinct(states) {
		return
	}
	w := &world.World{Calendar: b.spec.Calendar, Tick: -1, Dim: s.Dim, Stacks: stacks(s.Stacks, s.Dim)}
	b.world = w
	layStates(w, states)
	b.ids = map[string][]string{"state": w.States.ID, "stack": stackIDs(w)}
	b.blocs(states)
	b.ids["group"] = groupIDs(w)
	b.relate(states)
	b.firms()
	b.ids["firm"] = w.Firms.ID
	n := len(w.Stacks)
	w.States.Stack = make([]float64, w.States.N*n)
	for i := range states {
		b.mix(states[i].Stacks, b.ids["stack"], w.States.Stack[i*n:(i+1)*n])
	}
	b.forums()
}

// distinct reports a listed state that has the name of a generated one.
func (b *builder) distinct(states []spec.State) bool {
	seen := map[string]bool{}
	for k := range states {
		id := states[k].ID
		if seen[id] {
			b.problems.At(b.spec.World.Generate.Place,
				"state %q is generated and listed; names must differ: give [world.generate] another prefix", id)
			return false
		}
		seen[id] = true
	}
	return true
}

// layStates lays out the states with their defaults.
func layStates(w *world.World, states []spec.State) {
	s, most := &w.States, 0.0
	for k := range states {
		most = max(most, states[k].Economy)
	}
	for k := range states {
		state := &states[k]
		if state.Position == nil {
			state.Position = slices.Repeat([]float64{.5}, w.Dim)
		}
		if state.Anchor == nil {
			state.Anchor = state.Position
		}
		x := mean(state.Position)
		democracy, capability := or(state.Democracy, x), or(state.Capability, state.Economy)
		s.N++
		s.ID, s.Name, s.Key = append(s.ID, state.ID), append(s.Name, otherwise(state.Name, state.ID)), append(s.Key, sim.Key(state.ID))
		s.Position, s.Anchor = append(s.Position, state.Position...), append(s.Anchor, state.Anchor...)
		s.Uncertainty = append(s.Uncertainty, make([]float64, w.Dim)...)
		s.Stubbornness, s.Salience = append(s.Stubbornness, state.Stubbornness), append(s.Salience, state.Salience)
		s.Economy, s.Growth = append(s.Economy, state.Economy), append(s.Growth, state.Growth)
		s.Capability, s.Offence = append(s.Capability, capability), append(s.Offence, or(state.Offence, capability))
		s.Users, s.Penetration = append(s.Users, state.Users), append(s.Penetration, state.Penetration)
		s.Democracy = append(s.Democracy, democracy)
		s.Diplomacy = append(s.Diplomacy, or(state.Diplomacy, math.Sqrt(state.Economy/max(most, 1e-300))))
		s.Office = append(s.Office, world.NoOffice)
		s.Attendance, s.Threat, s.Blame = append(s.Attendance, state.Attendance), append(s.Threat, 0), append(s.Blame, 0)
		s.Control = append(s.Control, or(state.Control, data.UsualControl(democracy, x)))
	}
	for _, shares := range [][]float64{s.Economy, s.Capability, s.Users, s.Offence} {
		world.Normalise(shares)
	}
	const online = 1e9 // persons; only the shares matter
	s.Population, s.Wealth = make([]float64, s.N), make([]float64, s.N)
	for i := range s.N {
		s.Population[i] = online * s.Users[i] / s.Penetration[i]
	}
}

func mean(list []float64) float64 {
	total := 0.0
	for _, x := range list {
		total += x
	}
	return total / float64(len(list))
}

// blocs makes a group of each bloc, whose members look to one another, and the
// founding group.
func (b *builder) blocs(states []spec.State) {
	w := b.world
	for i := range states {
		bloc := states[i].Bloc
		if bloc == "" {
			continue
		}
		k := w.FindGroup(bloc)
		if k < 0 {
			k = len(w.Groups)
			w.Groups = append(w.Groups, world.Group{ID: bloc, Cue: true})
		}
		w.Groups[k].Members = append(w.Groups[k].Members, i)
	}
	highest, liberal := -1.0, -1
	for k := range w.Groups {
		g := &w.Groups[k]
		g.Cohesion = cohesion(w, g.Members)
		total := 0.0
		for _, i := range g.Members {
			total += mean(states[i].Position)
		}
		if x := total / float64(len(g.Members)); x > highest {
			highest, liberal = x, k
		}
	}
	west := b.spec.World.West
	if w.FindGroup(founders) >= 0 {
		if west != nil {
			b.problems.At(west[0].Place, "the bloc %q is the founding group already; leave world.west out", founders)
		}
		return
	}
	group := world.Group{ID: founders}
	if west != nil {
		group.Members = b.members(west)
	} else if liberal >= 0 {
		group.Members = w.Groups[liberal].Members
	}
	group.Cohesion = cohesion(w, group.Members)
	w.Groups = append(w.Groups, group)
}

// founders is the group whose power the measures follow as that of the West.
const founders = "west"

// cohesion is 1 less twice the mean distance of the pairs of members: 1 for
// members that agree, 0 for members strewn over half of the scale or more.
func cohesion(w *world.World, members []int) float64 {
	total, pairs := 0.0, 0.0
	for a, i := range members {
		for _, j := range members[:a] {
			total += world.Distance(w.Position(i), w.Position(j))
			pairs++
		}
	}
	if pairs == 0 {
		return 1
	}
	return max(0, 1-2*total/pairs)
}

// relate sets trust, alliances and rivalries, by blocs and positions and then as
// [[world.pair]] says.
func (b *builder) relate(states []spec.State) {
	w := b.world
	n := w.States.N
	w.Dyads = world.NewDyads(n)
	d := &w.Dyads
	leader := leaders(w, states)
	for i := range n {
		for j := range n {
			if i == j {
				continue
			}
			k, trust := i*n+j, .5-.6*world.Distance(w.Position(i), w.Position(j))
			one, other := states[i].Bloc, states[j].Bloc
			if one != "" && one == other {
				d.Ally[k] = true
				trust += .4
			}
			d.Rival[k] = one != "" && other != "" && one != other && (leader[i] || leader[j])
			d.Trust[k] = min(max(trust, .02), .98)
		}
	}
	for k := range b.spec.World.Pairs {
		b.pair(&b.spec.World.Pairs[k])
	}
	copy(d.TrustStart, d.Trust)
}

// leaders marks the state of each bloc that has the largest economy.
func leaders(w *world.World, states []spec.State) []bool {
	leads := make([]bool, len(states))
	for _, g := range w.Groups {
		best := -1
		for _, i := range g.Members {
			if best < 0 || w.States.Economy[i] > w.States.Economy[best] {
				best = i
			}
		}
		if best >= 0 && states[best].Bloc == g.ID {
			leads[best] = true
		}
	}
	return leads
}

// pair applies one [[world.pair]], in both directions.
func (b *builder) pair(p *spec.Pair) {
	d, n := &b.world.Dyads, b.world.States.N
	members := b.members(p.States)
	for _, i := range members {
		for _, j := range members {
			if i == j {
				continue
			}
			set(&d.Trust[i*n+j], p.Trust)
			if p.Channel != nil {
				d.Inherit(n, i, j, *p.Channel)
			}
			set(&d.Rival[i*n+j], p.Rival)
			set(&d.Ally[i*n+j], p.Ally)
		}
	}
}
