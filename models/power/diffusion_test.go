package power_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/power"
	"splinternet/models/world"
	"splinternet/sim"
)

// bass are the parameters under which offices spread by the model of Bass alone.
var bass = map[string]float64{
	"power.office-innovation": .01, "power.office-imitation": .4,
	"power.office-threat": 0, "power.office-wealth": 0, "power.office-experience": 0, "power.office-size": 0,
}

// Closed form of Bass (1969) for p = .01, q = .4.
const (
	bassPeak  = 8.997 // years: ln(q/p)/(p+q)
	bassShare = .4875 // 1/2 - p/(2q)
)

// TestBassMeanField integrates the hazard of the code, F' = h(F) (1-F).
func TestBassMeanField(t *testing.T) {
	m := with(t, bass)
	const step = 1e-3
	slope := func(share float64) float64 { return m.Office.Hazard(share, 0, 1, 0) * (1 - share) }
	share, peak, at, year := 0.0, 0.0, 0.0, 0.0
	for k := range 30000 {
		half := share + step/2*slope(share)
		if s := slope(share); s > peak {
			peak, at, year = s, share, float64(k)*step
		}
		share += step * slope(half)
	}
	modeltest.Near(t, "year of the peak", year, bassPeak, .01)
	modeltest.Near(t, "share at the peak", at, bassShare, 1e-3)
}

// TestBassWorld plays the mechanism on a world of states that are alike: their
// mean follows the closed form at every length of tick.
func TestBassWorld(t *testing.T) {
	const p, q, states, runs = .01, .4, 300, 40
	for _, length := range []sim.TickLength{sim.Month, sim.Quarter} {
		w := modeltest.World(states)
		w.Calendar.Tick = length
		perYear := w.Calendar.PerYear()
		open := make([]float64, 20*perYear)
		for seed := range runs {
			c, m := w.Clone(), with(t, bass)
			modeltest.Begin(c, 1, m)
			for k := range open {
				m.Step(modeltest.At(c, uint64(seed), m.Name(), k), c)
				open[k] += offices(c) / states / runs
			}
		}
		for _, year := range []float64{5, 9, 13, 18} {
			e := math.Exp(-(p + q) * year)
			// Early adopters move everybody: one standard deviation is about .015. A tick of a
			// quarter sees them half a quarter late.
			modeltest.Near(t, "share with an office in ticks of a "+length.String(), open[int(year)*perYear-1], (1-e)/(1+q/p*e), .05)
		}
	}
}

func offices(w *world.World) (n float64) {
	for _, since := range w.States.Office {
		if since != world.NoOffice {
			n++
		}
	}
	return n
}

func TestOfficeHazard(t *testing.T) {
	h := with(t, nil).Office.Hazard
	base := h(0, 0, 1, 0)
	for what, more := range map[string]float64{
		"peers": h(.5, 0, 1, 0), "threat": h(0, 1, 1, 0), "wealth": h(0, 0, 3, 0), "experience": h(0, 0, 1, .5),
	} {
		if more <= base {
			t.Errorf("%s leave the hazard at %g, no more than %g", what, more, base)
		}
	}
	if poor := h(0, 0, .05, 0); poor != 0 {
		t.Errorf("a poor state alone has hazard %g; want 0", poor)
	}
}

// TestOfficesRichFirst: rich states open offices first, an office raises capacity
// but never lowers it, and nobody opens a second one.
func TestOfficesRichFirst(t *testing.T) {
	w := modeltest.World(100)
	for i := range w.States.N {
		w.States.Diplomacy[i], w.States.Wealth[i] = .1, .2
		if i < 50 {
			w.States.Wealth[i] = 4
		}
	}
	w.States.Diplomacy[0] = 1
	modeltest.Play(t, w, 3, 40, with(t, nil))
	rich, poor := 0, 0
	for i, since := range w.States.Office {
		had := .1
		if i == 0 {
			had = 1
		}
		switch d := w.States.Diplomacy[i]; {
		case since == world.NoOffice && d != had, d < had, d > 1:
			t.Errorf("state %d opened its office in tick %d and has capacity %g; it had %g", i, since, d, had)
		case since != world.NoOffice && i < 50:
			rich++
		case since != world.NoOffice:
			poor++
		}
	}
	if rich < 20 || poor >= rich/2 {
		t.Errorf("%d rich and %d poor states have offices after ten years", rich, poor)
	}
}

// TestPeers: states whose trusted peers have offices open one sooner.
func TestPeers(t *testing.T) {
	w := modeltest.World(60)
	n := w.States.N
	for i := range n {
		for j := range n {
			if i != j && i%2 != j%2 {
				w.Dyads.Trust[i*n+j] = 0
			}
		}
		w.States.Office[i] = world.NoOffice
		if i < 20 && i%2 == 0 {
			w.States.Office[i] = -4
		}
	}
	modeltest.Play(t, w, 5, 20, with(t, map[string]float64{"power.office-innovation": 0, "power.office-experience": 0}))
	for i, since := range w.States.Office {
		if i%2 == 1 && since != world.NoOffice {
			t.Errorf("state %d opened an office although nobody it trusts has one", i)
		}
	}
	if got := offices(w); got < 12 {
		t.Errorf("%g offices; the peers of those with an office should have followed", got)
	}
}

// armed plays years with a factor on the spread of offensive capability in a
// world where two states hold it all, and returns the activity of all.
func armed(t *testing.T, factor float64, seed uint64) []float64 {
	t.Helper()
	w := modeltest.World(60)
	for i := range w.States.N {
		w.States.Offence[i] = 0
		if i < 2 {
			w.States.Offence[i] = .5
		}
	}
	modeltest.Play(t, w, seed, 60, with(t, map[string]float64{"power.offence-diffusion": factor}))
	return w.States.Offence
}

func TestOffence(t *testing.T) {
	count := func(list []float64) (n int) {
		for _, x := range list {
			if x > 0 {
				n++
			}
		}
		return n
	}
	none, some, more := armed(t, 0, 1), armed(t, .001, 1), armed(t, .005, 1)
	if count(none) != 2 || slices.Max(none) != .5 {
		t.Errorf("without diffusion activity is %v", none)
	}
	if a, b := count(some), count(more); a <= 2 || b <= a {
		t.Errorf("%d and %d states are capable at factors .001 and .005", a, b)
	}
	if slices.Compare(some[:2], none[:2]) != 0 {
		t.Error("those who were capable change")
	}
	level := with(t, nil).Offence.Level * math.Sqrt(power.Skill(1, 1))
	for i, x := range more[2:] {
		if x > level {
			t.Errorf("state %d reaches %g; the level is %g", i+2, x, level)
		}
		if some[i+2] > x+1e-12 {
			t.Errorf("state %d is more active at the lower factor", i+2)
		}
	}
}

// TestSkill: neither size alone nor wealth alone makes a state likely to become
// capable; a rival or a threat makes it likelier.
func TestSkill(t *testing.T) {
	o := with(t, nil).Offence
	hazard := func(size, wealth, threat, rival float64) float64 {
		return o.Hazard(.1, threat, rival, o.Able(power.Skill(size, wealth)))
	}
	great := hazard(1, 4, 0, 0)
	if tiny, poor := hazard(1e-4, 4, 0, 0), hazard(1, .01, 0, 0); tiny > .02*great || poor > .02*great || power.Skill(1, 1e9) > 1 {
		t.Errorf("hazards are %g (great), %g (tiny and rich), %g (large and poor)", great, tiny, poor)
	}
	if rich := power.Means(1e-4, 4); rich < .7 {
		t.Errorf("a small rich state has the means %g for diplomacy", rich)
	}
	if tiny := o.Able(o.Floor); tiny != 0 {
		t.Errorf("a state at the floor counts %g", tiny)
	}
	modeltest.Near(t, "hazard with a rival", hazard(.1, 1, 0, 1), (1+o.Motive)*hazard(.1, 1, 0, 0), 1e-12)
	modeltest.Near(t, "hazard with a threat", hazard(.1, 1, 1, 0), (1+o.Motive/2)*hazard(.1, 1, 0, 0), 1e-12)
	modeltest.Near(t, "hazard with both", hazard(.1, 1, 1, 1), hazard(.1, 1, 0, 1), 1e-12)
	flat := with(t, map[string]float64{"power.offence-means": 0, "power.offence-motive": 0}).Offence
	modeltest.Near(t, "hazard of Bass", flat.Hazard(.5, 3, 1, flat.Able(.01)), flat.Innovation+.5*flat.Imitation, 1e-12)
}

// TestRivalsArmFirst: among states of like means, those with a rival become capable
// sooner.
func TestRivalsArmFirst(t *testing.T) {
	w := modeltest.World(100)
	for i := range 100 {
		w.States.Offence[i] = 0
		if i < 50 {
			w.Dyads.Rival[i*100+99-i], w.Dyads.Rival[(99-i)*100+i] = i < 25, i < 25
		}
	}
	modeltest.Play(t, w, 4, 12, with(t, map[string]float64{"power.offence-diffusion": .003}))
	rival, other := 0, 0
	for i, x := range w.States.Offence {
		switch {
		case x == 0:
		case i < 25 || i >= 75:
			rival++
		default:
			other++
		}
	}
	if rival < 5 || other*2 > rival {
		t.Errorf("%d states with a rival and %d without are capable", rival, other)
	}
}

// A run goes on from a copy of its world, or from one that was saved, as it would have.
func TestContinues(t *testing.T) {
	w := modeltest.Random(rand.New(rand.NewPCG(4, 1)), 9, 1, 2, 2, true)
	modeltest.Continues(t, w, 1, 10, func() []sim.Mechanism[*world.World] {
		return []sim.Mechanism[*world.World]{with(t, map[string]float64{"power.offence-innovation": 900, "power.office-innovation": .5})}
	})
}
