package interconnection_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/interconnection"
	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// with makes the mechanism without filters and gateways, but for the values given.
func with(tb testing.TB, changes map[string]float64) *interconnection.Interconnection {
	tb.Helper()
	set := new(sim.Parameters)
	m := interconnection.New(set)
	modeltest.Set(tb, set, map[string]float64{
		"interconnection.filter-base": 0, "interconnection.filter": 0, "interconnection.gateway": 0,
	})
	modeltest.Set(tb, set, changes)
	return m
}

// exact is what sums over the pairs of a small world may be off by.
const exact = 1e-12

// TestBlocs: between g equal blocs whose links have the quality x, reachability is
// (1+(g-1)x)/g, whatever it is that stands between them, and all of the loss is
// put down to that.
func TestBlocs(t *testing.T) {
	const size = 5
	across := func(w *world.World, change func(i, j int)) {
		for i := range w.States.N {
			for j := range w.States.N {
				if i/size != j/size {
					change(i, j)
				}
			}
		}
	}
	for name, c := range map[string]struct {
		parameters func(x float64) map[string]float64
		lay        func(w *world.World, x float64)
		cause      func(world.Network) float64
	}{
		"sanctions": {
			parameters: func(x float64) map[string]float64 { return map[string]float64{"interconnection.sanction": (1 - x) / 3} },
			lay: func(w *world.World, _ float64) {
				across(w, func(i, j int) { w.Dyads.Ladder[i*w.States.N+j] = world.CrossDomain })
			},
			cause: func(n world.Network) float64 { return n.Governmental },
		},
		"filters": {
			parameters: func(x float64) map[string]float64 { return map[string]float64{"interconnection.filter": 2 * (1 - x)} },
			lay: func(w *world.World, _ float64) { // blocs half the line apart, without trust
				across(w, func(i, j int) {
					w.Dyads.Trust[i*w.States.N+j] = 0
					w.States.Position[i] = .25 + .5*float64(i/size%2)
				})
			},
			cause: func(n world.Network) float64 { return n.Governmental },
		},
		"bans": {
			// Every bloc buys from a firm of its own, and bans those of the others
			// with the strength that is missing.
			lay: func(w *world.World, x float64) {
				n := w.States.N
				for bloc := range n / size {
					firm := modeltest.AddFirm(w, fmt.Sprint(bloc), bloc*size, 0, 0)
					for i := range n {
						if i/size == bloc {
							w.Firms.Share[firm*n+i] = 1
						} else {
							w.Firms.Ban[firm*n+i] = 1 - x
						}
					}
				}
				interconnection.DeriveExclusion(w)
			},
			cause: func(n world.Network) float64 { return n.Commercial },
		},
		"stacks": {
			// Every bloc has x of its network on the common stack, the rest on its own.
			lay: func(w *world.World, x float64) {
				n, k := w.States.N, w.States.N/size+1
				for bloc := range n / size {
					modeltest.AddStack(w, fmt.Sprint(bloc), .5)
				}
				for i := range n {
					w.States.Stack[i*k], w.States.Stack[i*k+1+i/size] = x, 1-x
				}
			},
			cause: func(n world.Network) float64 { return n.Technical },
		},
	} {
		for blocs := 2; blocs <= 3; blocs++ {
			if name == "filters" && blocs > 2 {
				continue // three blocs are not equally far apart on a line
			}
			for _, x := range []float64{0, .3, .9, 1} {
				w := modeltest.World(blocs * size)
				var parameters map[string]float64
				if c.parameters != nil {
					parameters = c.parameters(x)
				}
				c.lay(w, x)
				w.Dyads.MarkAll(w.States.N)
				with(t, parameters).Derive(w)
				what := fmt.Sprintf("%s, %d blocs, %g across: ", name, blocs, x)
				g := float64(blocs)
				want := (1 + (g-1)*x) / g
				modeltest.Near(t, what+"native reachability", w.Network.Native, want, exact)
				modeltest.Near(t, what+"effective reachability", w.Network.Effective, want, exact)
				modeltest.Near(t, what+"loss by its cause", c.cause(w.Network), 1-want, exact)
				modeltest.Near(t, what+"link within", w.Dyads.Link[1], 1, exact)
				modeltest.Near(t, what+"link across", w.Dyads.Link[blocs*size-1], x, exact)
			}
		}
	}
}

// TestGateways: with perfect gateways and no filters everybody reaches everybody,
// whatever networks run on; native reachability does not know of them.
func TestGateways(t *testing.T) {
	for stacks := 1; stacks <= 3; stacks++ {
		w := modeltest.Random(rand.New(rand.NewPCG(uint64(stacks), 1)), 9, 1, stacks, 0, false)
		clear(w.States.Control)
		m := with(t, map[string]float64{"interconnection.gateway": 1})
		m.Derive(w)
		modeltest.Near(t, "effective reachability", w.Network.Effective, 1, exact)
		if stacks > 1 && w.Network.Native > .99 {
			t.Errorf("native reachability is %g although networks differ", w.Network.Native)
		}
		native := w.Network.Native
		modeltest.Near(t, "technical loss", w.Network.Technical, 1-native, exact)
		// Half a gateway carries half of the rest.
		with(t, map[string]float64{"interconnection.gateway": .5}).Derive(w)
		modeltest.Near(t, "native reachability with worse gateways", w.Network.Native, native, exact)
		modeltest.Near(t, "effective reachability with half gateways", w.Network.Effective, (1+native)/2, exact)
	}
}

// TestHalfAndHalf: networks that all run half on each stack are compatible.
func TestHalfAndHalf(t *testing.T) {
	w := modeltest.World(4)
	modeltest.AddStack(w, "other", .2)
	for k := range w.States.Stack {
		w.States.Stack[k] = .5
	}
	with(t, nil).Derive(w)
	modeltest.Near(t, "native reachability", w.Network.Native, 1, exact)
	// One state wholly on the first stack shares half with the others.
	w.States.Stack[0], w.States.Stack[1] = 1, 0
	with(t, nil).Derive(w)
	modeltest.Near(t, "link of unlike networks", w.Dyads.Link[1], .5, exact)
	modeltest.Near(t, "native reachability with one unlike the others", w.Network.Native, 1-2*3*.5/16, exact)
}

// TestDistancePolicy is the alignment of networks with jurisdictions: without any
// split of technology, distance and mistrust cost reachability.
func TestDistancePolicy(t *testing.T) {
	w := modeltest.World(2, 0, 1)
	w.Dyads.Trust[1], w.Dyads.Trust[2] = .2, .6 // a mean mistrust of .6
	m := with(t, map[string]float64{"interconnection.filter": .5, "interconnection.filter-base": .1})
	m.Derive(w)
	modeltest.Near(t, "link", w.Dyads.Link[1], 1-.1-.5*.6, exact)
	w.States.Control[0], w.States.Control[1] = .5, .2
	m.Derive(w)
	modeltest.Near(t, "link behind walls", w.Dyads.Link[1], .5*.8*(1-.1-.5*.6), exact)
	modeltest.Near(t, "technical loss", w.Network.Technical, 0, exact)
	// Filters can close a link, but not more.
	with(t, map[string]float64{"interconnection.filter": 5}).Derive(w)
	modeltest.Near(t, "filtered link", w.Dyads.Link[1], 0, 0)
}

// TestLadder: every rung above protest that either side has climbed takes its
// share of the link.
func TestLadder(t *testing.T) {
	for rung, want := range []float64{1, 1, .9, .8, .7} {
		for there := range 2 {
			w := modeltest.World(2)
			w.Dyads.Ladder[1+there] = uint8(rung)
			w.Dyads.Ladder[2-there] = uint8(min(rung, 1))
			w.Dyads.MarkAll(2)
			m := with(t, map[string]float64{"interconnection.sanction": .1})
			m.Derive(w)
			modeltest.Near(t, "link after "+world.Rungs[rung], w.Dyads.Link[1], want, exact)
			modeltest.Near(t, "native link after "+world.Rungs[rung], m.Native(w, 0, 1), want, exact)
		}
	}
}

// TestBridge: a bridge carries what neither gateways nor policies let through, and
// leaves native quality alone.
func TestBridge(t *testing.T) {
	for _, beta := range []float64{0, .4, 1} {
		w := modeltest.World(3, 0, 1, .5)
		modeltest.AddStack(w, "other", .2)
		copy(w.States.Stack, []float64{1, 0, .25, .75, 1, 0})
		modeltest.Both(w, w.Dyads.Trust, 0, 1, .5)
		m := with(t, map[string]float64{"interconnection.filter": .6, "interconnection.gateway": .2})
		m.Derive(w)
		before := w.Network
		modeltest.Both(w, w.Dyads.Bridge, 0, 1, beta)
		w.Dyads.Mark(3, 1, 0)
		m.Derive(w)
		const c, g = .25, 1 - .6*.5
		gateway := .2 + .8*beta
		modeltest.Near(t, "bridged link", w.Dyads.Link[1], (c+gateway*(1-c))*(1-(1-g)*(1-beta/2)), exact)
		modeltest.Near(t, "native link", m.Native(w, 0, 1), c*g, exact)
		modeltest.Near(t, "native reachability", w.Network.Native, before.Native, exact)
		modeltest.Near(t, "technical loss", w.Network.Technical, before.Technical, exact)
		gain := 2. / 9 * (w.Dyads.Link[1] - (c+.2*(1-c))*g)
		modeltest.Near(t, "effective reachability", w.Network.Effective, before.Effective+gain, exact)
		if beta > 0 && gain <= 0 {
			t.Errorf("a bridge of %g gains %g", beta, gain)
		}
	}
}

// openings are the three openings of a link in the words of the package comment.
func openings(m *interconnection.Interconnection, w *world.World, i, j int) (c, g, e float64) {
	s, d, n, k := &w.States, &w.Dyads, w.States.N, len(w.Stacks)
	for stack := range k {
		c += min(s.Stack[i*k+stack], s.Stack[j*k+stack])
	}
	if k == 1 {
		c = 1
	}
	distance := 0.0
	for a := range w.Dim {
		distance += math.Abs(s.Position[i*w.Dim+a]-s.Position[j*w.Dim+a]) / float64(w.Dim)
	}
	trust := (d.Trust[i*n+j] + d.Trust[j*n+i]) / 2
	filter := min(1, m.FilterBase+m.Filter*(1-trust)*distance)
	g = (1 - s.Control[i]) * (1 - s.Control[j]) * (1 - filter)
	switch max(d.Ladder[i*n+j], d.Ladder[j*n+i]) {
	case world.Sanctions:
		g *= 1 - m.Sanction
	case world.CounterOperation:
		g *= 1 - 2*m.Sanction
	case world.CrossDomain:
		g *= 1 - 3*m.Sanction
	}
	e = 1
	for f := range w.Firms.N {
		share, ban := w.Firms.Share[f*n:f*n+n], w.Firms.Ban[f*n:f*n+n]
		e -= (share[i]*ban[j] + share[j]*ban[i]) / 2
	}
	return c, g, e
}

// shapley splits 1-cge between its factors by the mean over the six orders in
// which they can close.
func shapley(c, g, e float64) (technical, governmental, commercial float64) {
	factors := [3]float64{c, g, e}
	var loss [3]float64
	for _, order := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		open := 1.0
		for _, k := range order {
			loss[k] += open * (1 - factors[k]) / 6
			open *= factors[k]
		}
	}
	return loss[0], loss[1], loss[2]
}

// reference is the network of the tick summed pair by pair.
func reference(m *interconnection.Interconnection, w *world.World) (network world.Network, link []float64) {
	n, u := w.States.N, w.States.Users
	link = make([]float64, n*n)
	for i := range n {
		for j := range n {
			weight := u[i] * u[j]
			if i == j {
				network.Native += weight
				network.Effective += weight
				continue
			}
			c, g, e := openings(m, w, i, j)
			beta := w.Dyads.Bridge[i*n+j]
			gateway := m.Gateway + (1-m.Gateway)*beta
			link[i*n+j] = (c + gateway*(1-c)) * (1 - (1-g)*(1-beta/2)) * e
			technical, governmental, commercial := shapley(c, g, e)
			network.Native += weight * c * g * e
			network.Effective += weight * link[i*n+j]
			network.Technical += weight * technical
			network.Governmental += weight * governmental
			network.Commercial += weight * commercial
		}
	}
	return network, link
}

// TestDerive compares links, reachability and decomposition with the plain sums,
// for worlds with one or more dimensions and stacks, bans, bridges and
// rungs, twice in a row (nothing may be left over from before).
func TestDerive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := new(sim.Parameters)
		m := interconnection.New(set)
		for range 2 {
			w := modeltest.Draw(t, modeltest.Limits{States: 9})
			modeltest.DrawParameters(t, set)
			interconnection.DeriveExclusion(w)
			m.Derive(w)
			want, link := reference(m, w)
			got, n := w.Network, w.States.N
			for _, c := range []struct {
				what      string
				got, want float64
			}{
				{"native reachability", got.Native, want.Native},
				{"effective reachability", got.Effective, want.Effective},
				{"technical loss", got.Technical, want.Technical},
				{"governmental loss", got.Governmental, want.Governmental},
				{"commercial loss", got.Commercial, want.Commercial},
				{"sum of losses", got.Technical + got.Governmental + got.Commercial, 1 - got.Native},
				{"gateway", w.Gateway, m.Gateway},
			} {
				if !(math.Abs(c.got-c.want) <= exact) {
					t.Fatalf("%s is %.15g; want %.15g", c.what, c.got, c.want)
				}
			}
			native := interconnection.NativeLinks(set, w)
			for i := range n {
				for j := i + 1; j < n; j++ {
					if native(i, j) != m.Native(w, i, j) {
						t.Fatalf("native link (%d, %d) for tables is %.15g; want %.15g", i, j, native(i, j), m.Native(w, i, j))
					}
					if !(math.Abs(w.Dyads.Link[i*n+j]-link[i*n+j]) <= exact) {
						t.Fatalf("link (%d, %d) is %.15g; want %.15g", i, j, w.Dyads.Link[i*n+j], link[i*n+j])
					}
					c, g, e := openings(m, w, i, j)
					if !(math.Abs(m.Native(w, i, j)-c*g*e) <= exact) || m.Native(w, i, j) != m.Native(w, j, i) {
						t.Fatalf("native link (%d, %d) is %.15g and %.15g; want %.15g", i, j, m.Native(w, i, j), m.Native(w, j, i), c*g*e)
					}
				}
				if m.Native(w, i, i) != 1 || w.Dyads.Link[i*n+i] != 1 {
					t.Fatalf("state %d does not reach itself", i)
				}
			}
			if wrong := modeltest.Invalid(w); wrong != "" {
				t.Fatal(wrong)
			}
		}
	})
}

// TestDeriveLarge is a world larger than the real one, with few bridges.
func TestDeriveLarge(t *testing.T) {
	w := modeltest.Random(rand.New(rand.NewPCG(5, 5)), 300, 1, 2, 1, false)
	for i := range 40 {
		modeltest.Both(w, w.Dyads.Bridge, i, 299-i, .5)
	}
	w.Dyads.MarkAll(300)
	interconnection.DeriveExclusion(w)
	m := with(t, map[string]float64{"interconnection.filter": .6, "interconnection.gateway": .2})
	m.Derive(w)
	want, link := reference(m, w)
	const many = 1e-11 // the sums have a hundred thousand terms
	modeltest.Near(t, "native reachability", w.Network.Native, want.Native, many)
	modeltest.Near(t, "effective reachability", w.Network.Effective, want.Effective, many)
	modeltest.Near(t, "technical loss", w.Network.Technical, want.Technical, many)
	modeltest.Near(t, "commercial loss", w.Network.Commercial, want.Commercial, many)
	for i := range 300 {
		for j := i + 1; j < 300; j++ {
			if k := i*300 + j; math.Abs(w.Dyads.Link[k]-link[k]) > exact {
				t.Fatalf("link (%d, %d) is %g; want %g", i, j, w.Dyads.Link[k], link[k])
			}
		}
	}
}

// TestExclusion: shares and bans of any kind never cost more than the link, and
// nothing is lost without a ban.
func TestExclusion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{Firms: 6})
		interconnection.DeriveExclusion(w)
		n := w.States.N
		for i := range n {
			for j := range n {
				lost := w.Dyads.Exclusion[i*n+j]
				_, _, e := openings(new(interconnection.Interconnection), w, i, j)
				if i == j {
					e = 1 // a state cannot cut itself off
				}
				if lost < 0 || lost > 1+exact || math.Abs(1-lost-e) > exact {
					t.Fatalf("bans cost the link (%d, %d) %g; want %g", i, j, lost, 1-e)
				}
			}
		}
		clear(w.Firms.Ban)
		interconnection.DeriveExclusion(w)
		if slices.Max(w.Dyads.Exclusion) != 0 {
			t.Fatal("links are lost to firms although nobody bans any")
		}
	})
	// All bans by all: the whole link.
	w := modeltest.World(2)
	modeltest.AddFirm(w, "a", 0, 0, 1)
	w.Firms.Ban[0], w.Firms.Ban[1] = 1, 1
	interconnection.DeriveExclusion(w)
	modeltest.Near(t, "exclusion", w.Dyads.Exclusion[1], 1, exact)
	with(t, nil).Derive(w)
	modeltest.Near(t, "commercial loss", w.Network.Commercial, .5, exact)
}

func TestControls(t *testing.T) {
	m := with(t, map[string]float64{"interconnection.control": .1})
	for _, c := range []struct{ x, democracy, threat, reach, want float64 }{
		{0, 0, 0, 1, .1},     // the autocracy at the sovereign pole that reaches all
		{1, 0, 0, 1, 0},      // the open pole
		{0, 1, 5, .1, 0},     // a perfect democracy
		{.5, .5, 0, 1, .025}, // in between
		{.5, .5, 1, 1, .05},  // under threat
		{.5, .5, 0, .5, .05}, // with half the world out of reach
		{0, 0, 3, .01, 1},    // at most a wall without a door
		{0, 0, 0, 0, 1},      // nothing at stake
		{1, 0, 0, 0, 0},      // nor any wish
	} {
		modeltest.Near(t, fmt.Sprintf("controls at %+v", c), m.Controls(c.x, c.democracy, c.threat, c.reach), c.want, exact)
	}
}

// wall wants its own level of controls.
type wall struct {
	level float64
	model *float64
}

func (r wall) Decide(_ *world.World, asked world.Asked) world.Answer {
	if asked.Question != world.ControlQuestion {
		return asked.Model
	}
	*r.model = asked.Model.Level
	return world.Answer{Level: r.level}
}

// unrest threatens the first state by .75 and moves the second to .3 in the first tick.
type unrest struct{}

func (unrest) Name() string                     { return "unrest" }
func (unrest) Prepare(*world.World)             {}
func (unrest) Begin(*sim.Tick, *world.World)    {}
func (unrest) Step(_ *sim.Tick, w *world.World) { w.States.Threat[0], w.States.Position[1] = .75, .3 }

// TestAdjustment: walls are at rest at the start. In January they move with what politics
// ask for, by the yearly rate whatever the tick, and a rule has the last word.
func TestAdjustment(t *testing.T) {
	for length := range sim.TickLengths {
		w := modeltest.World(3, 0, .5, 1)
		w.Calendar.Tick = sim.TickLength(length)
		w.States.Democracy = []float64{.2, .5, .9}
		w.States.Control = []float64{0, .1, .3}
		model := -1.0
		w.Rules.State = []world.Rule{nil, nil, wall{level: 1, model: &model}}
		m := with(t, map[string]float64{"interconnection.control": .5, "interconnection.adjustment": .2})
		m.Derive(w)
		modeltest.Play(t, w, 1, w.Calendar.PerYear(), unrest{}, m)
		// Without filters only walls stand between the states, so that behind
		// them every state reaches everybody. The first is threatened since the start,
		// the second has come to stand at .3; the third wants a wall.
		for i, target := range []float64{.5 * 1 * .8 * .75, .1 + .5*.5*.2, 1} {
			before := []float64{0, .1, .3}[i]
			modeltest.Near(t, "controls after a year of "+w.Calendar.Tick.String()+"s", w.States.Control[i], before+.2*(target-before), 1e-9)
		}
		modeltest.Near(t, "what the model asks of the rule", model, .3, exact)
		modeltest.Near(t, "link behind the new walls", w.Dyads.Link[1], (1-w.States.Control[0])*(1-w.States.Control[1]), exact)
	}
	// A network that shrinks makes walls cheap.
	w := modeltest.World(2, 0, 0)
	copy(w.States.Democracy, []float64{0, 0})
	copy(w.States.Control, []float64{.3, 0})
	m := with(t, map[string]float64{"interconnection.control": .1, "interconnection.adjustment": 1, "interconnection.sanction": 1. / 3})
	m.Derive(w)
	modeltest.Begin(w, 1, m)
	w.Dyads.Ladder[1] = world.CrossDomain
	w.Dyads.MarkAll(2)
	m.Derive(w)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	modeltest.Near(t, "controls where half of the world has come to be cut off", w.States.Control[0], .3+.2-.1, 1e-9)
	// A total wall must not divide by nothing.
	w.States.Control[0] = 1
	m.Derive(w)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	if wrong := modeltest.Invalid(w); wrong != "" {
		t.Error(wrong)
	}
}

// TestWallsAtRest: without any change in politics walls stay where the record has them;
// what an event adds stays, and what a rule has asked for goes when the rule goes.
func TestWallsAtRest(t *testing.T) {
	w := modeltest.World(3, 0, .5, 1)
	w.States.Democracy = []float64{0, .5, 1}
	start := []float64{.25, 0, .1}
	copy(w.States.Control, start)
	m := with(t, map[string]float64{"interconnection.control": .3, "interconnection.adjustment": .5, "interconnection.filter": .4})
	m.Derive(w)
	modeltest.Begin(w, 1, m)
	year := func() { m.Step(modeltest.At(w, 1, m.Name(), january), w) }
	year()
	year()
	for i, want := range start {
		modeltest.Near(t, "controls at rest", w.States.Control[i], want, exact)
	}
	w.States.Control[1] += .2 // a law
	m.Derive(w)
	year()
	modeltest.Near(t, "controls after a law", w.States.Control[1], .2, exact)
	model := 0.0
	w.Rules.State = []world.Rule{nil, nil, wall{level: 1, model: &model}}
	year()
	modeltest.Near(t, "controls that a rule raises", w.States.Control[2], .55, 1e-9)
	w.Rules.State = nil
	for range 30 {
		year()
	}
	modeltest.Near(t, "controls long after the rule", w.States.Control[2], .1, 1e-6)
	modeltest.Near(t, "controls long after the law", w.States.Control[1], .2, .01)
}

// TestValid plays any parameters on any world; the order of states does not matter.
func TestValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{})
		set := new(sim.Parameters)
		m := interconnection.New(set)
		modeltest.DrawParameters(t, set)
		interconnection.DeriveExclusion(w)
		m.Derive(w)
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1)).Perm(w.States.N)
		other := modeltest.Permute(w, order)
		for _, each := range []*world.World{other, w} {
			m.Derive(each)
			modeltest.Begin(each, 1, m)
			for i := range each.States.Threat {
				each.States.Threat[i] += .5
			}
			m.Step(modeltest.At(each, 1, m.Name(), january), each)
		}
		for k, i := range order {
			if math.Abs(other.States.Control[k]-w.States.Control[i]) > 1e-9 {
				t.Fatalf("in another order state %d controls %g; want %g", i, other.States.Control[k], w.States.Control[i])
			}
		}
		if math.Abs(other.Network.Native-w.Network.Native) > 1e-9 || math.Abs(other.Network.Effective-w.Network.Effective) > 1e-9 {
			t.Fatalf("in another order reachability is %+v; want %+v", other.Network, w.Network)
		}
		for tick := range 6 {
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		}
		if wrong := modeltest.Invalid(w); wrong != "" {
			t.Fatal(wrong)
		}
	})
}

// TestStepDoesNotAllocate covers January, marks, and both ways to the sums.
func TestStepDoesNotAllocate(t *testing.T) {
	for stacks := 1; stacks <= 3; stacks++ {
		w := modeltest.Random(rand.New(rand.NewPCG(1, 1)), 30, 1, stacks, 3, true)
		m := with(t, nil)
		m.Derive(w)
		modeltest.Begin(w, 1, m)
		for tick := range 4 {
			now := modeltest.At(w, 1, m.Name(), tick)
			m.Step(now, w)
			if n := testing.AllocsPerRun(20, func() { m.Step(now, w) }); n != 0 {
				t.Errorf("%d stacks, tick %d: allocates %g times", stacks, tick, n)
			}
		}
	}
}

// BenchmarkStep is a tick with two stacks, bans and few marks by number of states;
// "plain" is the form for more stacks or dimensions.
func BenchmarkStep(b *testing.B) {
	for _, form := range []struct {
		name        string
		dim, stacks int
	}{{"rows", 1, 2}, {"plain", 2, 2}} {
		for _, n := range []int{50, 193, 500, 1000, 2000} {
			b.Run(fmt.Sprintf("%s/states=%d", form.name, n), func(b *testing.B) {
				w := modeltest.Random(rand.New(rand.NewPCG(1, 1)), n, form.dim, form.stacks, 3, false)
				for i := range n - 1 {
					modeltest.Both(w, w.Dyads.Bridge, i, i+1, .5)
				}
				w.Dyads.MarkAll(n)
				interconnection.DeriveExclusion(w)
				m := interconnection.New(new(sim.Parameters))
				m.Derive(w)
				modeltest.Begin(w, 1, m)
				now := modeltest.At(w, 1, m.Name(), 1)
				for b.Loop() {
					m.Step(now, w)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n*n), "ns/dyad")
			})
		}
	}
}

// TestTelling: the chronicle says once who has raised a wall of a fifth, a third
// ..., and that the network has come apart by a twentieth and why.
func TestTelling(t *testing.T) {
	w := modeltest.World(3, 0, .5, 1)
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	model := 0.0
	w.Rules.State = []world.Rule{wall{level: 1, model: &model}, nil, nil}
	m := with(t, map[string]float64{"interconnection.control": 0, "interconnection.adjustment": .15})
	m.Derive(w)
	modeltest.Begin(w, 1, m)
	modeltest.Play(t, w, 1, 4*10, m)
	var walls, network []string
	for _, e := range w.Chronicle.Entries {
		switch e.Kind {
		case "control":
			walls = append(walls, e.Text)
		case "network":
			network = append(network, e.Text)
		}
	}
	// 1 - .85^n passes .2 in year 2, 1/3 in year 3, .5 in year 5 and .75 in year 9.
	const says = "S0 now filters out %s of what would cross the border of its network."
	var want []string
	for _, share := range []string{"a fifth", "a third", "half", "three quarters"} {
		want = append(want, fmt.Sprintf(says, share))
	}
	if !slices.EqualFunc(walls, want, func(a, b string) bool { return strings.EqualFold(a, b) }) {
		t.Errorf("told of walls: %q", walls)
	}
	if len(network) < 3 || !strings.Contains(network[0], "mostly because of walls, filters and sanctions") {
		t.Errorf("told of the network: %q", network)
	}
}

// TestContinues: walls and links go on in a copy of the world as they would have, and are
// told as they would have been.
func TestContinues(t *testing.T) {
	w := modeltest.Random(rand.New(rand.NewPCG(2, 1)), 12, 1, 2, 3, true)
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	model := 0.0
	w.Rules.State = make([]world.Rule, 12)
	w.Rules.State[0], w.Rules.State[2] = wall{level: 1, model: &model}, wall{level: .6, model: &model}
	modeltest.Continues(t, w, 1, 30, func() []sim.Mechanism[*world.World] {
		return []sim.Mechanism[*world.World]{with(t, map[string]float64{"interconnection.adjustment": .15, "interconnection.filter": .6})}
	})
}

// TestDenialLoss: links of a state lose half of what its networks run on and is denied, on top of
// bans, and no more than all.
func TestDenialLoss(t *testing.T) {
	w := modeltest.World(3)
	modeltest.AddFirm(w, "supplier", 0, 0, .4)
	modeltest.AddFirm(w, "other", world.Abroad, 0, .6)
	w.Dyads.Denial[2], w.Firms.Ban[1] = .5, 1 // the first denies the third; the second bars the supplier
	w.CountBans()
	w.CountDenials()
	interconnection.DeriveExclusion(w)
	for k, want := range []float64{0, .2, .1, .2, 0, .3, .1, .3, 0} {
		modeltest.Near(t, "loss", w.Dyads.Exclusion[k], want, 1e-12)
	}
}
