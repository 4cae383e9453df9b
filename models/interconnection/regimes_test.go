package interconnection_test

import (
	"math"
	"testing"

	"splinternet/models/interconnection"
	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// january is a tick of the usual calendar in which what is yearly happens.
const january = 2

// addText adds a binding text in force of a new forum of everybody, with the compliance
// of each of its parties; who complies with 0 is none.
func addText(w *world.World, line world.Line, depth float64, compliance ...float64) *world.Text {
	modeltest.AddForum(w, string(line))
	text := world.Text{
		Line: line, Binding: true, Depth: depth, Forum: len(w.Forums) - 1, Status: world.InForce,
		Adherence: make([]uint8, w.States.N), Compliance: compliance,
	}
	for i, c := range compliance {
		if c > 0 {
			text.Adherence[i] = world.Party
		}
	}
	w.Texts = append(w.Texts, text)
	return &w.Texts[len(w.Texts)-1]
}

// TestDistances: by hand, what two states hold to in common over what either holds to.
// A text on cybercrime counts twice; what engineers agree on and what is not in force do
// not count.
func TestDistances(t *testing.T) {
	w := modeltest.World(4)
	addText(w, world.ICTSecurity, .4, 1, .5, 0, 0)  // holds by .4, .2
	addText(w, world.Cybercrime, .5, 0, 1, .6, 0)   // holds by .5, .3: counts 1, .6
	addText(w, world.Confidence, .9, 1, 1, 1, 1)    // is only on the table
	addText(w, world.Standards, .6, .1, .9, .1, .5) // is the engineers'
	w.Texts[2].Status = world.Tabled
	w.Forums[3].Access = world.AccessMultistakeholder
	got := make([]float64, 16)
	m := with(t, map[string]float64{"interconnection.evidence": 2})
	m.Distances(w, got)
	for pair, want := range map[[2]int]float64{
		{0, 1}: 1 - .2/(.4+1), // .2 in common, .4 and 1 at most
		{0, 2}: 1,             // nothing in common
		{1, 2}: 1 - .6/(.2+1),
		{0, 3}: 1, // one holds to nothing
		{3, 3}: 0,
	} {
		modeltest.Near(t, "regime distance", got[pair[0]*4+pair[1]], want, exact)
	}
	w.Texts = nil
	clear(got)
	m.Distances(w, got)
	modeltest.Near(t, "regime distance without any texts", got[1], 0, 0)
}

// TestRegimesMoveLinks: in January, what has come together since the start opens the link
// of a pair, what has come apart closes it, up to a whole link, bridges and rungs on top.
func TestRegimesMoveLinks(t *testing.T) {
	const kappa = .5
	w := modeltest.World(3)
	addText(w, world.ICTSecurity, .4, 1, .5, 0)
	addText(w, world.Cybercrime, .5, 0, 1, .6)
	w.States.Control = []float64{0, .3, 0}
	w.Dyads.Ladder[1*3+2] = world.Sanctions
	w.Dyads.MarkAll(3)
	m := with(t, map[string]float64{
		"interconnection.regimes": kappa, "interconnection.evidence": 2, "interconnection.adjustment": 0, "interconnection.sanction": .1,
	})
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), 0), w)
	modeltest.Near(t, "link at the start", w.Dyads.Link[1], .7, exact)
	modeltest.Near(t, "link of those with rungs at the start", w.Dyads.Link[5], .7*.9, exact)

	// The first state joins the second text, the third leaves it.
	w.Texts[1].Adherence, w.Texts[1].Compliance = []uint8{world.Party, world.Party, 0}, []float64{.8, 1, 0}
	m.Step(modeltest.At(w, 1, m.Name(), 1), w)
	modeltest.Near(t, "link before January", w.Dyads.Link[1], .7, exact)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	nearer := (1 - .2/1.4) - (1 - (.2+.8)/(.4+1))
	modeltest.Near(t, "link of those who share more", w.Dyads.Link[1], .7*(1+kappa*nearer), exact)
	modeltest.Near(t, "link of those who share nothing any more", w.Dyads.Link[5], .7*(1-kappa*.5)*.9, exact)
	modeltest.Near(t, "native link of these", m.Native(w, 2, 1), .7*(1-kappa*.5)*.9, exact)
	modeltest.Near(t, "link of those who shared nothing before", w.Dyads.Link[2], 1, exact)

	// Without walls there is nothing to open.
	w.States.Control[1] = 0
	m.Derive(w)
	modeltest.Near(t, "link that policies leave open", w.Dyads.Link[1], 1, 0)
}

// TestRegimesOff: at 0 nothing is remembered, and rules do not touch links.
func TestRegimesOff(t *testing.T) {
	w := modeltest.World(2)
	text := addText(w, world.ICTSecurity, 1, 1, 1)
	m := with(t, map[string]float64{"interconnection.regimes": 0, "interconnection.adjustment": 0})
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), 0), w)
	text.Adherence[1] = world.Outside
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	modeltest.Near(t, "link", w.Dyads.Link[1], 1, 0)
	if len(m.Start) > 0 || len(m.Ease) > 0 {
		t.Error("regimes are remembered though they do not count")
	}
}

// TestRegimesDirection: whatever the world, the more regimes count the lower
// reachability is after rules came apart, and none lower after they came together. The
// fast form of the sums agrees with the plain one.
func TestRegimesDirection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := modeltest.Draw(t, modeltest.Limits{States: 6})
		n := first.States.N
		compliance := make([]float64, n)
		for i := range compliance {
			compliance[i] = rapid.Float64Range(.1, 1).Draw(t, "compliance")
		}
		addText(first, world.ICTSecurity, .5, compliance...)
		leaver := rapid.IntRange(0, n-1).Draw(t, "who leaves or joins")
		apart := rapid.Bool().Draw(t, "apart")
		if !apart {
			first.Texts[0].Adherence[leaver] = world.Outside
		}
		before := 0.0
		for step, kappa := range []float64{0, .3, .9} {
			w := first.Clone()
			m := interconnection.New(new(sim.Parameters))
			m.Regimes, m.Adjustment = kappa, 0
			modeltest.Begin(w, 1, m)
			m.Step(modeltest.At(w, 1, m.Name(), 0), w)
			w.Texts[0].Adherence[leaver] = world.Party - w.Texts[0].Adherence[leaver]
			m.Step(modeltest.At(w, 1, m.Name(), january), w)
			native := 0.0
			for i, u := range w.States.Users {
				for j, v := range w.States.Users {
					native += u * v * m.Native(w, i, j)
				}
			}
			if math.Abs(w.Network.Native-native) > exact {
				t.Errorf("native reachability is %g, pair by pair %g", w.Network.Native, native)
			}
			if step > 0 && (apart && native > before+exact || !apart && native < before-exact) {
				t.Errorf("reachability goes from %g to %g where regimes count %g", before, native, kappa)
			}
			before = native
		}
	})
}

// leaving takes the first state out of the first text in the second year.
type leaving struct{}

func (leaving) Name() string                  { return "leaving" }
func (leaving) Prepare(*world.World)          {}
func (leaving) Begin(*sim.Tick, *world.World) {}
func (leaving) Step(now *sim.Tick, w *world.World) {
	if now.Index == 5 {
		w.Texts[0].Adherence[0] = world.Outside
	}
}

// TestRegimesContinue: what the regimes were at the start goes on in a copy of the world.
func TestRegimesContinue(t *testing.T) {
	w := modeltest.World(4, 0, .3, .6, 1)
	addText(w, world.ICTSecurity, .5, .9, .7, .5, .3)
	w.States.Control = []float64{.2, .1, 0, 0}
	modeltest.Continues(t, w, 1, 16, func() []sim.Mechanism[*world.World] {
		return []sim.Mechanism[*world.World]{leaving{}, with(t, map[string]float64{"interconnection.regimes": .5})}
	})
}
