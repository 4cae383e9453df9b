package measures

import (
	"math"
	"math/rand/v2"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"

	"pgregory.net/rapid"
)

// exact is what sums of a few hundred terms may be off by.
const exact = 1e-9

// read takes one measure of a world that has just begun.
func read(t *testing.T, w *world.World, name string) float64 {
	t.Helper()
	k := Find(name)
	if k < 0 {
		t.Fatalf("no measure %s", name)
	}
	o := Observer{Stride: 1}
	o.Begin(w)
	o.Observe(0, w)
	return o.Series.Values[k][0]
}

// Values of the formula of Esteban and Ray (1994), worked out apart from the program: to
// two digits on our scale, and to six with its K = 1, of distributions on 1 to 10 too.
func TestEstebanRay(t *testing.T) {
	uniform, places := make([]float64, 11), make([]float64, 11)
	for k := range uniform {
		uniform[k], places[k] = 1./11, float64(k)/10
	}
	for _, c := range []struct {
		what      string
		share, at []float64
		alpha     float64
		want      float64
	}{
		{"two equal poles", []float64{.5, .5}, []float64{0, 1}, 1.3, 1},
		{"three equal poles", []float64{1. / 3, 1. / 3, 1. / 3}, []float64{0, .5, 1}, 1.3, .52},
		{"25/50/25", []float64{.25, .5, .25}, []float64{0, .5, 1}, 1.3, .45},
		{"90/10", []float64{.9, .1}, []float64{0, 1}, 1.3, .41},
		{"uniform", uniform, places, 1.3, .08},
		{"two equal poles", []float64{.5, .5}, []float64{0, 1}, 1, 1},
		{"three equal poles", []float64{1. / 3, 1. / 3, 1. / 3}, []float64{0, .5, 1}, 1, .59},
		{"25/50/25", []float64{.25, .5, .25}, []float64{0, .5, 1}, 1, .50},
		{"90/10", []float64{.9, .1}, []float64{0, 1}, 1, .36},
		{"uniform", uniform, places, 1, .13},
		{"one pole", []float64{1, 0}, []float64{0, 1}, 1.3, 0},
	} {
		const twoDigits = .005
		modeltest.Near(t, c.what, EstebanRay(c.share, c.at, c.alpha), c.want, twoDigits)
	}

	ten, tenAt := make([]float64, 10), make([]float64, 10)
	for k := range ten {
		ten[k], tenAt[k] = .1, float64(k)/9 // 1..10, rescaled to [0, 1]
	}
	for _, c := range []struct {
		what      string
		share, at []float64
		range9    float64 // the published scale of places over ours
		alpha     float64
		want      float64
	}{
		{"two spikes", []float64{.5, .5}, []float64{0, 1}, 1, 0, .5},
		{"two spikes", []float64{.5, .5}, []float64{0, 1}, 1, 1, .25},
		{"two spikes", []float64{.5, .5}, []float64{0, 1}, 1, 1.6, .164938},
		{"ten points", ten, tenAt, 9, 0, 3.3},
		{"ten points", ten, tenAt, 9, 1, .33},
		{"ten points", ten, tenAt, 9, 1.6, .082892},
		{"spikes at 3 and 8", []float64{.5, .5}, []float64{2. / 9, 7. / 9}, 9, 0, 2.5},
		{"spikes at 3 and 8", []float64{.5, .5}, []float64{2. / 9, 7. / 9}, 9, 1, 1.25},
		{"spikes at 3 and 8", []float64{.5, .5}, []float64{2. / 9, 7. / 9}, 9, 1.6, .824692},
	} {
		const sixDigits = 5e-7
		plain := EstebanRay(c.share, c.at, c.alpha) / math.Pow(2, 1+c.alpha) * c.range9
		modeltest.Near(t, c.what, plain, c.want, sixDigits)
	}
}

// The measure groups power, not heads, and puts its bins where the poles are.
func TestPolarisationCountsPower(t *testing.T) {
	w := modeltest.World(4, 0, .02, 1, .98)
	modeltest.Near(t, "two poles", read(t, w, "polarisation"), 1, exact)
	w.States.Power = []float64{.45, .45, .05, .05}
	modeltest.Near(t, "90/10 by power", read(t, w, "polarisation"), EstebanRay([]float64{.9, .1}, []float64{0, 1}, polarisationAlpha), exact)
	modeltest.Near(t, "one place", read(t, modeltest.World(5), "polarisation"), 0, exact)
}

func TestDispersionAndConvergence(t *testing.T) {
	w := modeltest.World(2, 0, 1)
	modeltest.Near(t, "dispersion of the poles", read(t, w, "dispersion"), 1, exact)
	w = modeltest.World(4, 0, 0, .5, .5) // 4 x .0625
	modeltest.Near(t, "dispersion", read(t, w, "dispersion"), .25, exact)

	w = modeltest.World(5, .1, .3, .5, .7, .9)
	o := Observer{}
	o.Begin(w)
	for i, x := range []float64{.1, .3, .5, .7, .9} {
		w.States.Position[i] = .5 + .5*(x-.5) // half way to the mean
	}
	o.Observe(0, w)
	modeltest.Near(t, "sigma", o.Series.Of("sigma_convergence")[0], .5, exact)
	modeltest.Near(t, "beta", o.Series.Of("beta_convergence")[0], -.5, exact)
	for i := range w.States.Position {
		w.States.Position[i] = .2*float64(i) + .1 + .05 // all shift alike
	}
	o.Observe(1, w)
	modeltest.Near(t, "sigma of a shift", o.Series.Of("sigma_convergence")[1], 1, exact)
	modeltest.Near(t, "beta of a shift", o.Series.Of("beta_convergence")[1], 0, exact)

	w = modeltest.World(3) // without any spread there is nothing to converge
	modeltest.Near(t, "sigma of one place", read(t, w, "sigma_convergence"), 1, exact)
	modeltest.Near(t, "beta of one place", read(t, w, "beta_convergence"), 0, exact)
}

// blocsOf makes g blocs of size m: links 1 within, cross between.
func blocsOf(g, m int, cross float64) *world.World {
	w := modeltest.World(g * m)
	for i := range g * m {
		for j := range g * m {
			if i < j && i/m != j/m {
				w.Dyads.Link[i*g*m+j] = cross
			}
		}
	}
	return w
}

// g equal blocs without links between them: Q = 1 - 1/g (Newman 2006), and g
// effective blocs.
func TestDisconnectedBlocs(t *testing.T) {
	for g := 2; g <= 6; g++ {
		w := blocsOf(g, 7, 0)
		modeltest.Near(t, "modularity", read(t, w, "modularity"), 1-1/float64(g), exact)
		modeltest.Near(t, "effective blocs", read(t, w, "effective_blocs"), float64(g), exact)
		modeltest.Near(t, "algebraic connectivity", read(t, w, "algebraic_connectivity"), 0, exact)
		modeltest.Near(t, "cross-bloc links", read(t, w, "cross_bloc_links"), 0, exact)
	}
}

// Two equal blocs with cross-weight c: lambda2/n = c, modularity
// (1-c)/(1+c)/2 in the limit of many states.
func TestTwoBlocs(t *testing.T) {
	const m = 30
	for _, cross := range []float64{.05, .2, .5, .8} {
		w := blocsOf(2, m, cross)
		modeltest.Near(t, "lambda2/n", read(t, w, "algebraic_connectivity"), cross, 1e-9)
		modeltest.Near(t, "cross-bloc links", read(t, w, "cross_bloc_links"), cross, exact)
		// Exact for finite m: nobody links to itself, so a bloc has m-1 links a member.
		inside := float64(m-1) / (float64(m-1) + m*cross)
		modeltest.Near(t, "modularity", read(t, w, "modularity"), inside-.5, exact)
		const finite = .01 // what 60 states are off the limit by
		modeltest.Near(t, "modularity in the limit", read(t, w, "modularity"), (1-cross)/(1+cross)/2, finite)
	}
	whole := blocsOf(1, 12, 0)
	modeltest.Near(t, "lambda2/n of a clique", read(t, whole, "algebraic_connectivity"), 1, exact)
	modeltest.Near(t, "blocs of a clique", read(t, whole, "effective_blocs"), 1, exact)
}

// Blocs count by their users.
func TestEffectiveBlocsCountUsers(t *testing.T) {
	w := blocsOf(2, 2, 0)
	w.States.Users = []float64{.45, .45, .05, .05}
	modeltest.Near(t, "effective blocs", read(t, w, "effective_blocs"), 1/(.81+.01), exact)
}

func TestRecovery(t *testing.T) {
	for _, c := range []struct{ native, effective, want float64 }{
		{.5, .75, .5}, {.5, .5, 0}, {0, 1, 1}, {1, 1, 0}, {.6, .5, 0}, {.9, 1.5, 1},
	} {
		modeltest.Near(t, "recovery", world.Network{Native: c.native, Effective: c.effective}.Recovery(), c.want, exact)
	}
}

// withText gives forum k a text in force that the first states endorse.
func withText(w *world.World, k int, depth float64, binding bool, adherence uint8, compliance float64, covered int) *world.Text {
	n := w.States.N
	t := world.Text{
		ID: "text", Line: w.Forums[k].Line, Forum: k, Depth: depth, Binding: binding, Stack: -1,
		Position: []float64{.5}, Adherence: make([]uint8, n), Compliance: make([]float64, n),
	}
	for i := range covered {
		t.Adherence[i], t.Compliance[i] = adherence, compliance
	}
	w.Texts = append(w.Texts, t)
	w.Forums[k].Text = len(w.Texts) - 1
	return &w.Texts[len(w.Texts)-1]
}

// Depth of cooperation is what texts hold states to, accumulated over the texts of a
// line, and the mean over the governed lines on which there is a forum or a text.
func TestCooperationDepth(t *testing.T) {
	w := modeltest.World(4)
	modeltest.Near(t, "without forums", read(t, w, "cooperation_depth"), 0, exact)
	modeltest.AddForum(w, "a")
	modeltest.Near(t, "without texts", read(t, w, "cooperation_depth"), 0, exact)
	withText(w, 0, .8, false, world.Endorsed, .5, 2) // covers half of the world
	modeltest.Near(t, "one text", read(t, w, "cooperation_depth"), .8*.5*.5, exact)

	withText(w, 0, .3, false, world.Endorsed, 1, 4) // shallower, but everybody keeps to it
	both := .5*(1-.6*.7) + .5*.3                    // half of the world is held by both texts, half by the second
	modeltest.Near(t, "a second text", read(t, w, "cooperation_depth"), both, exact)

	modeltest.AddForum(w, "b").Line = world.Cybercrime
	modeltest.Near(t, "a line without texts", read(t, w, "cooperation_depth"), both/2, exact)

	// Signing a binding text is not joining it.
	binding := withText(w, 1, .5, true, world.Endorsed, 1, 4)
	modeltest.Near(t, "signatories", read(t, w, "cooperation_depth"), both/2, exact)
	for i := range binding.Adherence {
		binding.Adherence[i] = world.Party
	}
	modeltest.Near(t, "parties", read(t, w, "cooperation_depth"), (both+.5)/2, exact)
	w.Texts[2].Status = world.Lapsed
	modeltest.Near(t, "lapsed", read(t, w, "cooperation_depth"), both/2, exact)

	// Weights are the mean of power and users.
	w = modeltest.World(2)
	w.States.Power, w.States.Users = []float64{.9, .1}, []float64{.5, .5}
	modeltest.AddForum(w, "a")
	withText(w, 0, 1, false, world.Endorsed, 1, 1)
	modeltest.Near(t, "weight", read(t, w, "cooperation_depth"), .7, exact)

	// What firms agree on among themselves is on no line that states govern.
	w = modeltest.World(2)
	modeltest.AddFirm(w, "f", 0, 0, .4)
	f := modeltest.AddForum(w, "accord")
	f.Access, f.Legitimacy, f.Line, f.Firms[0] = world.AccessIndustry, .5, world.Industry, true
	withText(w, 0, .5, false, world.Outside, 0, 0)
	modeltest.Near(t, "industry", read(t, w, "cooperation_depth"), 0, exact)
}

func TestHostility(t *testing.T) {
	w := modeltest.World(3)
	modeltest.Near(t, "without rivals", read(t, w, "hostility"), 0, exact)
	for _, pair := range [][2]int{{0, 1}, {1, 2}} {
		i, j := pair[0], pair[1]
		w.Dyads.Rival[i*3+j], w.Dyads.Rival[j*3+i] = true, true
	}
	w.Activity.Severity = 1 // two incidents of severity 5 in a quarter, over two dyads
	modeltest.Near(t, "incidents", read(t, w, "hostility"), 1/(2*.25), exact)
	w.Activity.Severity = 0
	w.Dyads.Ladder[0*3+1] = world.CrossDomain // one of four directed dyads
	w.Dyads.Ladder[0*3+2] = world.CrossDomain // no rivals: does not count
	modeltest.Near(t, "rungs", read(t, w, "hostility"), .25, exact)
}

func TestLiberalOrder(t *testing.T) {
	w := modeltest.World(4, 1, .8, .4, .2)
	w.Groups = []world.Group{{ID: "west", Members: []int{0, 1}}}
	w.States.Power = []float64{.4, .2, .3, .1}
	modeltest.AddForum(w, "western").WesternLed = true
	modeltest.AddForum(w, "other")
	withText(w, 0, .4, false, world.Endorsed, 1, 2)
	withText(w, 1, .4, false, world.Endorsed, 1, 4)
	w.Forums[0].Legitimacy, w.Forums[1].Legitimacy = .5, .25
	power, openness := .6, .4*1+.2*.8+.3*.4+.1*.2
	covered := (.6 + .5) / 2
	institutions := .5 * .4 * covered / (.5*.4*covered + .25*.4)
	modeltest.Near(t, "western power", read(t, w, "western_power"), power, exact)
	modeltest.Near(t, "openness", read(t, w, "openness"), openness, exact)
	modeltest.Near(t, "western institutions", read(t, w, "western_institutions"), institutions, exact)
	modeltest.Near(t, "liberal order", read(t, w, "liberal_order"), math.Cbrt(power*openness*institutions), exact)

	// Whatever else is kept, a measure has one value.
	only := make([]bool, len(All()))
	only[Find("liberal_order")] = true
	o := Observer{Keep: only}
	o.Begin(w)
	o.Observe(0, w)
	modeltest.Near(t, "liberal order alone", o.Series.Of("liberal_order")[0], math.Cbrt(power*openness*institutions), exact)
}

func TestStacksAndForums(t *testing.T) {
	w := modeltest.World(2)
	modeltest.Near(t, "one stack", read(t, w, "effective_stacks"), 1, exact)
	modeltest.AddStack(w, "other", .2)
	modeltest.Near(t, "an unused stack", read(t, w, "effective_stacks"), 1, exact)
	w.States.Stack = []float64{1, 0, 0, 1}
	modeltest.Near(t, "half and half", read(t, w, "effective_stacks"), 2, exact)

	w = modeltest.World(4)
	modeltest.AddForum(w, "a", 0, 1, 2)
	modeltest.Near(t, "one forum", read(t, w, "forum_overlap"), 0, exact)
	modeltest.AddForum(w, "b", 1, 2, 3)
	modeltest.Near(t, "overlap", read(t, w, "forum_overlap"), .5, exact)
	modeltest.AddForum(w, "c", 0).Line = world.Rights
	modeltest.Near(t, "another line", read(t, w, "forum_overlap"), .5, exact)
	modeltest.Near(t, "alive", read(t, w, "forums_alive"), 3, exact)
	w.Forums[1].Status = world.Dormant
	modeltest.Near(t, "dormant", read(t, w, "forum_overlap"), 0, exact)
	modeltest.Near(t, "alive", read(t, w, "forums_alive"), 2, exact)
	w.States.Office[2] = 0
	modeltest.Near(t, "offices", read(t, w, "offices"), 1, exact)
}

// Costly measures come at the stride and at the end, blank between.
func TestStride(t *testing.T) {
	w := modeltest.World(3)
	w.Calendar.Ticks = 8
	for _, c := range []struct {
		stride int
		taken  [8]bool
	}{
		{0, [8]bool{}},
		{1, [8]bool{true, true, true, true, true, true, true, true}},
		{3, [8]bool{0: true, 3: true, 6: true, 7: true}},
	} {
		o := Observer{Stride: c.stride}
		o.Begin(w)
		for tick := range 8 {
			o.Observe(tick, w)
		}
		for tick, x := range o.Series.Of("modularity") {
			if math.IsNaN(x) == c.taken[tick] {
				t.Errorf("stride %d, tick %d: %g", c.stride, tick, x)
			}
		}
		for tick, x := range o.Series.Of("openness") {
			if math.IsNaN(x) {
				t.Errorf("a cheap measure is blank in tick %d", tick)
			}
		}
	}
}

func TestNames(t *testing.T) {
	seen := map[string]bool{}
	headline := true
	for k, m := range All() {
		if Find(m.Name) != k || seen[m.Name] || m.Title == "" || m.Doc == "" || m.Min >= m.Max {
			t.Errorf("measure %q is not well declared", m.Name)
		}
		seen[m.Name] = true
		if m.Headline && !headline {
			t.Errorf("%s: headline measures come first", m.Name)
		}
		headline = m.Headline
	}
	if Find("nonsense") != -1 || (&Series{}).Of("nonsense") != nil {
		t.Error("a measure that does not exist is found")
	}
}

// Any world that is valid has measures within what they declare.
func TestWithinBounds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := modeltest.Draw(rt, modeltest.Limits{States: 12})
		n := w.States.N
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "links"), 1))
		for i := range n {
			for j := i + 1; j < n; j++ {
				w.Dyads.Link[i*n+j] = 0
				if rng.IntN(3) > 0 { // links are missing, too
					w.Dyads.Link[i*n+j] = rng.Float64()
				}
			}
		}
		for k := range rng.IntN(4) {
			f := modeltest.AddForum(w, string(rune('a'+k)))
			f.Line, f.WesternLed, f.Legitimacy = world.Lines[rng.IntN(len(world.Lines))], rng.IntN(2) == 0, rng.Float64()
			withText(w, k, rng.Float64(), rng.IntN(2) == 0, uint8(rng.IntN(3)), rng.Float64(), rng.IntN(n+1))
		}
		w.Network = world.Network{Native: .5, Effective: .6, Technical: .2, Governmental: .2, Commercial: .1}
		w.Groups = []world.Group{{ID: "west", Members: []int{0}}}
		o := Observer{Stride: 1}
		o.Begin(w)
		o.Observe(0, w)
		for k, m := range All() {
			if x := o.Series.Values[k][0]; !(x >= m.Min-exact && x <= m.Max+exact) {
				rt.Errorf("%s is %g, outside %g to %g", m.Name, x, m.Min, m.Max)
			}
		}
	})
}
