package crime

import (
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"
)

// exact is the tolerance of what is worked out by hand.
const exact = 1e-12

// made is the mechanism with the given parameters.
func made(t *testing.T, values map[string]float64) *Crime {
	t.Helper()
	set := new(sim.Parameters)
	m := New(set)
	for name, value := range values {
		modeltest.Set(t, set, map[string]float64{"crime." + name: value})
	}
	return m
}

// convene adds a convention on cybercrime of the given depth that all keep to.
func convene(w *world.World, depth float64, parties ...int) *world.Text {
	f := modeltest.AddForum(w, "budapest", parties...)
	n := w.States.N
	w.Texts = append(w.Texts, world.Text{
		ID: "convention", Title: "Convention", Line: world.Cybercrime, Kind: world.Treaty, Forum: len(w.Forums) - 1,
		Position: []float64{.5}, Depth: depth, Binding: true, Stack: -1, Adherence: make([]uint8, n), Compliance: make([]float64, n),
	})
	text := &w.Texts[len(w.Texts)-1]
	f.Text = len(w.Texts) - 1
	for _, i := range parties {
		text.Adherence[i], text.Compliance[i] = world.Party, 1
	}
	return text
}

// began is the world of a run that has begun.
func began(t *testing.T, w *world.World, values map[string]float64) *world.World {
	t.Helper()
	modeltest.Begin(w, 1, made(t, values))
	return w
}

// Without a rate there is no crime, and no trace of it.
func TestOff(t *testing.T) {
	w := modeltest.World(3)
	before := w.Clone()
	modeltest.Play(t, w, 1, 12, made(t, map[string]float64{"rate": 0}))
	if parts := world.Changed(before, w); !slices.Equal(parts, []string{"Tick"}) && len(parts) > 0 {
		t.Errorf("without crime %v change", parts)
	}
	if index(w) != 0 || w.Crime.Pull(1) != 1 {
		t.Errorf("index %g and pull %g in a world without crime", index(w), w.Crime.Pull(1))
	}
}

// Three states of mean wealth, half of whose people are online, without a convention: with
// police 2 x 1/2 and trust .4 groups are broken up at the rate 1 x (1 - .5 x .6) = .7.
func TestBalanceByHand(t *testing.T) {
	w := modeltest.World(3)
	w.TrustAll(.4)
	began(t, w, map[string]float64{"rate": .5, "tolerance": .5, "cooperation": 2})
	modeltest.Near(t, "share that goes free", w.Crime.Share[0*3+1], .5/1.2, exact)
	modeltest.Near(t, "loss", w.Crime.Loss[1], .6*(2./3)*.5/1.2, exact)
	modeltest.Near(t, "index", index(w), 1, exact)

	// Two are parties to a convention of depth .5, and trust each other by .4: 2 x .4 x .5
	// comes on top between them.
	w = modeltest.World(3)
	w.TrustAll(.4)
	convene(w, .5, 0, 1)
	began(t, w, map[string]float64{"rate": .5, "tolerance": .5, "cooperation": 2})
	modeltest.Near(t, "among parties", w.Crime.Share[0*3+1], .5/(.5+.7+.4), exact)
	modeltest.Near(t, "towards the third", w.Crime.Share[0*3+2], .5/1.2, exact)
	found := 2 * .4 * (.5 / 1.6) / (2*.5/1.6 + 4*.5/1.2)
	modeltest.Near(t, "broken up together", w.Crime.Arrests, found, exact)
}

// In balance nothing moves unless its causes do; then it comes nearer to the new balance year
// by year.
func TestMovesWithItsCauses(t *testing.T) {
	w := modeltest.World(3)
	w.TrustAll(.4)
	m := made(t, map[string]float64{"rate": .5, "tolerance": .5, "cooperation": 2, "waves": 0})
	modeltest.Begin(w, 1, m)
	for tick := range 8 {
		m.Step(modeltest.At(w, 1, m.Name(), tick), w)
	}
	modeltest.Near(t, "at rest", w.Crime.Share[1], .5/1.2, exact)
	convene(w, .5, 0, 1)
	x := .5 / 1.2
	for tick := 8; tick < 16; tick++ {
		m.Step(modeltest.At(w, 1, m.Name(), tick), w)
	}
	for range 2 {
		x = (x + .5) / (1 + .5 + .7 + .4)
	}
	modeltest.Near(t, "two years after the convention", w.Crime.Share[1], x, exact)
}

// More cooperation, fewer groups; no convention, more crime; the more tolerance, the more
// crime against those who are not trusted, and none more against friends.
func TestDirections(t *testing.T) {
	mean := func(depth float64, values map[string]float64) float64 {
		w := modeltest.World(4)
		w.TrustAll(.6)
		modeltest.Both(w, w.Dyads.Trust, 0, 3, .1)
		modeltest.Both(w, w.Dyads.Trust, 1, 3, 1)
		if depth > 0 {
			convene(w, depth, 0, 1, 2)
		}
		all := map[string]float64{"rate": .5, "tolerance": .8, "cooperation": 2}
		for name, value := range values {
			all[name] = value
		}
		return began(t, w, all).Crime.Mean
	}
	for _, c := range []struct {
		what       string
		less, more float64
	}{
		{"cooperation", mean(.7, map[string]float64{"cooperation": 3}), mean(.7, nil)},
		{"a convention", mean(.7, nil), mean(0, nil)},
		{"a deep convention", mean(.7, nil), mean(.2, nil)},
		{"a convention without cooperation", mean(.7, map[string]float64{"cooperation": 0}) - exact, mean(0, nil)},
		{"tolerance", mean(.7, map[string]float64{"tolerance": .4}), mean(.7, nil)},
		{"a higher rate", mean(.7, map[string]float64{"rate": .2}), mean(.7, nil)},
	} {
		if c.less >= c.more {
			t.Errorf("%s: crime is %g, and %g", c.what, c.less, c.more)
		}
	}
	at := func(tolerance float64) (rival, friend float64) {
		w := modeltest.World(4)
		modeltest.Both(w, w.Dyads.Trust, 0, 3, .1)
		began(t, w, map[string]float64{"rate": .5, "tolerance": tolerance, "cooperation": 2})
		return w.Crime.Share[0*4+3], w.Crime.Share[0*4+1]
	}
	rival, friend := at(.8)
	less, same := at(.2)
	if rival <= less || friend != same {
		t.Errorf("with tolerance %g against a rival and %g against a friend, without %g and %g", rival, friend, less, same)
	}
}

// An initiative without a treaty helps as far as it goes, what all states say without binding
// themselves does not.
func TestInitiativeHelps(t *testing.T) {
	share := func(change func(w *world.World, text *world.Text)) float64 {
		w := modeltest.World(3)
		change(w, convene(w, .5, 0, 1))
		return began(t, w, map[string]float64{"rate": .5, "tolerance": .5, "cooperation": 2}).Crime.Share[1]
	}
	none := share(func(_ *world.World, text *world.Text) { text.Status = world.Lapsed })
	soft := func(_ *world.World, text *world.Text) {
		text.Binding, text.Kind = false, world.Norm
		text.Adherence[0], text.Adherence[1] = world.Endorsed, world.Endorsed
	}
	initiative := share(soft)
	treaty := share(func(*world.World, *world.Text) {})
	said := share(func(w *world.World, text *world.Text) {
		soft(w, text)
		w.Forums[0].Universal = true
	})
	if initiative != treaty || none <= treaty || said != none {
		t.Errorf("go free: %g without, %g with a treaty, %g with an initiative, %g with a resolution", none, treaty, initiative, said)
	}
}

// Waves are as many as they should be, fall where groups go free and hurt those who are not trusted, and
// cost trust; some are taken for operations.
func TestWaves(t *testing.T) {
	const years = 200
	w := modeltest.World(4)
	w.TrustAll(.5)
	for _, j := range []int{1, 2, 3} {
		w.Dyads.Trust[0*4+j] = .1
	}
	m := made(t, map[string]float64{"rate": .5, "tolerance": .8, "waves": 3, "confusion": .2, "trust-loss": 0})
	modeltest.Begin(w, 1, m)
	all, byFirst, blamed, chance := 0, 0, 0, 0.0
	for tick := range 4 * years {
		m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		for _, wave := range w.Crime.Waves {
			all++
			if wave.Host == 0 {
				byFirst++
			}
			if wave.Blamed {
				blamed++
			}
			chance += .2 * (1 - w.Dyads.Trust[wave.Victim*4+wave.Host])
		}
	}
	modeltest.Near(t, "waves a year", float64(all)/years, 3, .4)
	// Against those whom it trusts by .5 a state leaves 1/2.2 of the groups free, by .1 1/1.56.
	free, freer := 1/2.2, 1/1.56
	distrusted, others := 3*.9*freer*freer, 9*.5*free*free
	modeltest.Near(t, "share of the host that trusts nobody", float64(byFirst)/float64(all), distrusted/(distrusted+others), .05)
	modeltest.Near(t, "waves that are taken for operations", float64(blamed)/chance, 1, .3)
}

// A wave costs the host the trust of the victim, the more the more go free.
func TestWaveCostsTrust(t *testing.T) {
	w := modeltest.World(2)
	w.TrustAll(.5)
	m := made(t, map[string]float64{"rate": .5, "confusion": 0})
	modeltest.Begin(w, 1, m)
	free := w.Crime.Share[0*2+1]
	m.hit(modeltest.At(w, 1, m.Name(), 0), w, 0, 0, 1)
	modeltest.Near(t, "trust of the victim", w.Dyads.Trust[1*2+0], .5*(1-.15*.4*free), exact)
	modeltest.Near(t, "trust of the host", w.Dyads.Trust[0*2+1], .5, exact)
	modeltest.Near(t, "salience of the victim", w.States.Salience[1], 1.4, exact)
}

// What is found out hangs on no order of the states, and a run goes on from a saved world as
// it would have.
func TestOrderAndContinuation(t *testing.T) {
	w := modeltest.Random(rand.New(rand.NewPCG(3, 1)), 7, 1, 2, 2, true)
	convene(w, .6, 0, 1, 2, 3)
	order := []int{3, 6, 0, 2, 5, 1, 4}
	permuted := modeltest.Permute(w, order)
	for _, world := range []*world.World{w, permuted} {
		modeltest.Play(t, world, 1, 20, made(t, map[string]float64{"rate": .5, "waves": 20}))
	}
	for k, i := range order {
		modeltest.Near(t, "loss", permuted.Crime.Loss[k], w.Crime.Loss[i], 1e-9)
		modeltest.Near(t, "salience", permuted.States.Salience[k], w.States.Salience[i], 1e-9)
	}
	modeltest.Continues(t, modeltest.Random(rand.New(rand.NewPCG(4, 1)), 7, 1, 2, 2, true), 1, 12, func() []sim.Mechanism[*world.World] {
		m := New(new(sim.Parameters))
		m.Rate, m.Waves = .5, 20
		return []sim.Mechanism[*world.World]{m}
	})
}

// A tick allocates nothing once it is warm.
func TestStepAllocatesNothing(t *testing.T) {
	w := modeltest.Random(rand.New(rand.NewPCG(4, 1)), 20, 1, 2, 2, true)
	convene(w, .6, 0, 1, 2, 3)
	m := made(t, map[string]float64{"rate": .5, "waves": 20})
	modeltest.Begin(w, 1, m)
	year := make([]*sim.Tick, 40)
	for k := range year {
		year[k] = modeltest.At(w, 1, m.Name(), k)
		m.Step(year[k], w)
	}
	k := 0
	if n := testing.AllocsPerRun(20, func() { m.Step(year[k%40], w); k++ }); n > 0 {
		t.Errorf("%g allocations in a tick", n)
	}
}
