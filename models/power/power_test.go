package power_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/power"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

func with(tb testing.TB, changes map[string]float64) *power.Power {
	tb.Helper()
	set := new(sim.Parameters)
	m := power.New(set)
	modeltest.Set(tb, set, changes)
	return m
}

// rounding is what shares may be off by after some hundred renormalisations.
const rounding = 1e-12

// TestEqualGrowth: economies that grow alike keep their shares, whatever the
// growth.
func TestEqualGrowth(t *testing.T) {
	w := modeltest.World(4)
	s := &w.States
	copy(s.Economy, []float64{.5, .3, .15, .05})
	copy(s.Capability, []float64{.1, .2, .3, .4})
	for i := range s.Growth {
		s.Growth[i] = .08
	}
	economy, capability := slices.Clone(s.Economy), slices.Clone(s.Capability)
	m := with(t, nil)
	power.Derive(w, m.Weights)
	before := slices.Clone(s.Power)
	modeltest.Play(t, w, 1, 90, m)
	for i := range before {
		modeltest.Near(t, "economy", s.Economy[i], economy[i], rounding)
		modeltest.Near(t, "capability", s.Capability[i], capability[i], rounding)
		modeltest.Near(t, "power", s.Power[i], before[i], rounding)
	}
}

// TestOwnerOfEverything: a state that owns all material capability has all of it,
// for good, and with nothing else counting it has all power.
func TestOwnerOfEverything(t *testing.T) {
	w := modeltest.World(3)
	copy(w.States.Capability, []float64{0, 1, 0})
	m := with(t, map[string]float64{"power.economy": 0, "power.structure": 0})
	w.States.Growth[0] = .3
	modeltest.Play(t, w, 1, 40, m)
	if c := w.States.Capability; c[0] != 0 || c[1] != 1 || c[2] != 0 {
		t.Errorf("capabilities are %v", c)
	}
	if p := w.States.Power; p[0] != 0 || p[1] != 1 || p[2] != 0 {
		t.Errorf("powers are %v", p)
	}
}

// TestConvergence: the spread of growth rates decays at the declared rate, so that
// the yearly change of the log ratio of two economies does, and sd(ln E) ends up
// short of the undamped one by a known factor.
func TestConvergence(t *testing.T) {
	const decay, rich, poor = .07, .01, .07
	for _, length := range []sim.TickLength{sim.Month, sim.Quarter, sim.Year} {
		w := modeltest.World(2)
		w.States.Growth[0], w.States.Growth[1] = rich, poor
		w.Calendar.Tick = length
		m := with(t, map[string]float64{"power.growth-decay": decay})
		modeltest.Begin(w, 1, m)
		ratio := func() float64 { return math.Log(w.States.Economy[1] / w.States.Economy[0]) }
		years := []float64{0}
		modeltest.Begin(w, 1, m)
		for year := range 30 {
			for k := range w.Calendar.PerYear() {
				m.Step(modeltest.At(w, 1, m.Name(), year*w.Calendar.PerYear()+k), w)
			}
			years = append(years, ratio())
		}
		for k := 2; k < len(years); k++ {
			modeltest.Near(t, "growth of the gap over that of the year before",
				(years[k]-years[k-1])/(years[k-1]-years[k-2]), 1-decay, 1e-9)
		}
		// The integral of (1-decay)^t over 30 years.
		want := (poor - rich) * (1 - math.Pow(1-decay, 30)) / -math.Log(1-decay)
		modeltest.Near(t, "log ratio after 30 years of "+length.String()+"s", years[30], want, 1e-9)
		// Material capability follows the economy.
		modeltest.Near(t, "share of capability", w.States.Capability[0], w.States.Economy[0], rounding)
		sd := math.Abs(ratio()) / 2 // of two values
		if undamped := 30 * (poor - rich) / 2; sd > .5*undamped {
			t.Errorf("sd(ln E) is %g; without decay it were %g", sd, undamped)
		}
	}
	// Without spread, and without decay.
	w := modeltest.World(2)
	w.States.Growth[0], w.States.Growth[1] = rich, poor
	modeltest.Play(t, w, 1, 40, with(t, map[string]float64{"power.growth": 0}))
	modeltest.Near(t, "share without spread", w.States.Economy[0], .5, rounding)
	modeltest.Play(t, w, 1, 40, with(t, map[string]float64{"power.growth-decay": 0}))
	modeltest.Near(t, "log ratio without decay", math.Log(w.States.Economy[1]/w.States.Economy[0]), 10*(poor-rich), rounding)
	// Decay at once leaves no spread.
	w = modeltest.World(2)
	w.States.Growth[0], w.States.Growth[1] = rich, poor
	modeltest.Play(t, w, 1, 40, with(t, map[string]float64{"power.growth-decay": 1}))
	modeltest.Near(t, "log ratio with decay at once", math.Log(w.States.Economy[1]/w.States.Economy[0]), 0, rounding)
}

// TestWeights: composite power is the weighted mean of the three shares, and only
// the proportions of the weights count.
func TestWeights(t *testing.T) {
	w := modeltest.World(3)
	copy(w.States.Economy, []float64{.7, .2, .1})
	copy(w.States.Capability, []float64{.1, .6, .3})
	modeltest.AddFirm(w, "a", 2, 0, .8)
	modeltest.AddFirm(w, "b", 1, 0, .2)
	for _, scale := range []float64{1, .5, .01} {
		m := with(t, map[string]float64{"power.economy": .6 * scale, "power.capability": .3 * scale, "power.structure": .1 * scale})
		power.Derive(w, m.Weights)
		for i, want := range []float64{.6*.7 + .3*.1, .6*.2 + .3*.6 + .1*.2, .6*.1 + .3*.3 + .1*.8} {
			modeltest.Near(t, "power", w.States.Power[i], want, rounding)
		}
	}
	// No weight at all leaves nobody ahead.
	m := with(t, map[string]float64{"power.economy": 0, "power.capability": 0, "power.structure": 0})
	power.Derive(w, m.Weights)
	for _, p := range w.States.Power {
		modeltest.Near(t, "power without weights", p, 1./3, rounding)
	}
}

// TestStructure: the structural share is that of the users whom home firms serve.
// Firms from outside the world serve users but give nobody power.
func TestStructure(t *testing.T) {
	w := modeltest.World(4)
	s := &w.States
	copy(s.Population, []float64{100, 200, 300, 400})
	for i := range s.Penetration {
		s.Penetration[i] = .5
	}
	m := with(t, nil)
	power.Derive(w, m.Weights)
	for i, u := range s.Users {
		modeltest.Near(t, "users", u, float64(i+1)/10, rounding)
		modeltest.Near(t, "structure without firms", s.Structure[i], u, rounding)
	}
	modeltest.AddFirm(w, "abroad", world.Abroad, 0, 1)
	power.Derive(w, m.Weights)
	if !slices.Equal(s.Structure, s.Users) {
		t.Errorf("structure is %v when no firm is at home; want the users, %v", s.Structure, s.Users)
	}
	// The firm from abroad keeps half of every market; two of state 0 and one of
	// state 3 share the rest.
	a, b, c := modeltest.AddFirm(w, "a", 0, 0, 0), modeltest.AddFirm(w, "b", 0, 0, 0), modeltest.AddFirm(w, "c", 3, 0, 0)
	share := w.Firms.Share
	for i := range 4 {
		share[i] = .5
		share[a*4+i], share[b*4+i] = .1, .1
		share[c*4+i] = .3
	}
	share[b*4+3], share[c*4+3] = 0, .4 // at home c has the market of b, too
	power.Derive(w, m.Weights)
	served := []float64{.5, .1, .1 * .6, .3*.6 + .4*.4}
	for k, want := range served {
		modeltest.Near(t, "users served by firm "+w.Firms.ID[k], w.Firms.Served[k], want, rounding)
	}
	home := served[1] + served[2] + served[3]
	for i, want := range []float64{(served[1] + served[2]) / home, 0, 0, served[3] / home} {
		modeltest.Near(t, "structure", s.Structure[i], want, rounding)
	}
}

// TestStructureYearly: what firms serve is counted in the first tick of a year.
func TestStructureYearly(t *testing.T) {
	w := modeltest.World(2)
	modeltest.AddFirm(w, "a", 0, 0, 1)
	modeltest.AddFirm(w, "b", 1, 0, 0)
	m := with(t, nil)
	modeltest.Begin(w, 1, m)
	for tick, want := range []float64{0, 0, 0, 0, 1} {
		m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		modeltest.Near(t, fmt.Sprintf("structure in tick %d", tick), w.States.Structure[1], want, 0)
		copy(w.Firms.Share, []float64{0, 0, 1, 1}) // the market changes hands after the first
	}
}

// TestInternet: use spreads logistically and saturates.
func TestInternet(t *testing.T) {
	const saturation, rate, start = .98, .12, .1
	for _, length := range []sim.TickLength{sim.Month, sim.Quarter, sim.Year} {
		w := modeltest.World(3)
		copy(w.States.Penetration, []float64{start, .97, .995})
		w.Calendar.Tick = length
		m := with(t, map[string]float64{"power.internet": rate})
		modeltest.Begin(w, 1, m)
		before := start
		modeltest.Begin(w, 1, m)
		for year := range 60 {
			for k := range w.Calendar.PerYear() {
				m.Step(modeltest.At(w, 1, m.Name(), year*w.Calendar.PerYear()+k), w)
			}
			p := w.States.Penetration
			if p[0] < before || p[0] > saturation || p[1] > saturation || p[2] != .995 {
				t.Fatalf("after %d years of %ss use is %v, having been %g", year+1, length, p, before)
			}
			before = p[0]
			e := math.Exp(rate * float64(year+1))
			modeltest.Near(t, "use in "+length.String()+"s", p[0], saturation*start*e/(saturation+start*(e-1)), 1e-12)
		}
		if before < .97 {
			t.Errorf("after 60 years of %ss use is %g; want it near saturation", length, before)
		}
	}
}

// TestTickLength: months, quarters and years tell the same story, but for the
// structural share, which follows the users once a year.
func TestTickLength(t *testing.T) {
	var ends [3][]float64
	start := modeltest.Random(rand.New(rand.NewPCG(4, 4)), 20, 1, 1, 3, false)
	power.Derive(start, with(t, nil).Weights)
	moved := 0.0
	for length := range ends {
		w := start.Clone()
		w.Calendar.Tick = sim.TickLength(length)
		modeltest.Play(t, w, 1, 10*w.Calendar.PerYear(), with(t, nil))
		ends[length] = append(w.States.Power, append(w.States.Economy, w.States.Users...)...)
	}
	for i := range start.States.N {
		moved = max(moved, math.Abs(ends[1][i]-start.States.Power[i]))
	}
	if moved < .01 {
		t.Fatalf("in ten years power shifts by %g at most: too little to tell ticks apart", moved)
	}
	for i := range ends[1] {
		tolerance := 1e-12
		if i < start.States.N {
			tolerance = .03 * moved
		}
		modeltest.Near(t, "share after ten years in months", ends[0][i], ends[1][i], tolerance)
		modeltest.Near(t, "share after ten years in years", ends[2][i], ends[1][i], tolerance)
	}
}

// TestValid plays any parameters on any world: shares sum to 1, the same again
// gives the same, and the order of states does not matter.
func TestValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{})
		set := new(sim.Parameters)
		m := power.New(set)
		modeltest.DrawParameters(t, set)
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1)).Perm(w.States.N)
		other := modeltest.Permute(w, order)
		for _, world := range []*world.World{other, w} {
			modeltest.Begin(world, 1, m)
			m.Step(modeltest.At(world, 1, m.Name(), 0), world)
		}
		for k, i := range order {
			if math.Abs(other.States.Power[k]-w.States.Power[i]) > 1e-9 {
				t.Fatalf("in another order state %d has power %g; want %g", i, other.States.Power[k], w.States.Power[i])
			}
		}
		for k := range 20 {
			m.Step(modeltest.At(w, 1, m.Name(), k+1), w)
		}
		if wrong := modeltest.Invalid(w); wrong != "" {
			t.Fatal(wrong)
		}
	})
}

// TestStepDoesNotAllocate plays the tick in which structure is derived, too.
func TestStepDoesNotAllocate(t *testing.T) {
	w := modeltest.World(40)
	modeltest.AddFirm(w, "a", 0, 0, 1)
	m := with(t, nil)
	power.Derive(w, m.Weights)
	modeltest.Begin(w, 1, m)
	for _, k := range []int{0, 1} {
		now := modeltest.At(w, 1, m.Name(), k)
		if n := testing.AllocsPerRun(20, func() { m.Step(now, w) }); n != 0 {
			t.Errorf("tick %d allocates %g times", k, n)
		}
	}
}

// BenchmarkStep is a tick of 193 states and 40 firms, a year's first and another.
func BenchmarkStep(b *testing.B) {
	w := modeltest.Random(rand.New(rand.NewPCG(1, 1)), 193, 1, 2, 40, false)
	m := with(b, map[string]float64{"power.growth": 0}) // else the laggards end up among the slow, subnormal numbers
	modeltest.Begin(w, 1, m)
	modeltest.Begin(w, 1, m)
	for k, name := range []string{"first", "other"} {
		b.Run(name, func(b *testing.B) {
			now := modeltest.At(w, 1, m.Name(), k)
			for b.Loop() {
				m.Step(now, w)
			}
		})
	}
}
