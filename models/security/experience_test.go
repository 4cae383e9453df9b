package security

import (
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// The level that trust returns to moves by a share of the way to the trust of the pair,
// once a year; at 0 it is that of the start, and the start itself never changes.
func TestExperienceStays(t *testing.T) {
	for _, eta := range []float64{0, .1, .5} {
		w := wary(3)
		w.Dyads.Trust[0*3+1], w.Dyads.Trust[1*3+0] = .3, .1
		m := plain(t, map[string]float64{"rate": 0, "experience": eta})
		begin(m, w)
		for year := range 2 {
			tick := 2 + 4*year // January of a calendar that begins in July
			if !w.Calendar.Due(tick, 1) {
				tick -= 2
			}
			w.Tick = tick
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		}
		want := .5 - .3*(1-(1-eta)*(1-eta)) // .2 is the trust of the pair
		modeltest.Near(t, "level of the estranged", m.level(w)[0*3+1], want, exact)
		modeltest.Near(t, "level of the others", m.level(w)[0*3+2], .5, exact)
		modeltest.Near(t, "start", w.Dyads.TrustStart[0*3+1], .5, exact)
		if eta == 0 && len(m.Level) > 0 {
			t.Error("a level of its own without experience")
		}
	}
}

// What happened weighs the longer, the more of it stays: after a blow and ten years, trust
// is the lower the higher the rate.
func TestExperienceKeepsTrustDown(t *testing.T) {
	last := 1.
	for _, eta := range []float64{0, .05, .1} {
		w := wary(2)
		w.Dyads.Trust[1], w.Dyads.Trust[2] = .1, .1
		m := plain(t, map[string]float64{"rate": 0, "trust-return": .115, "experience": eta})
		_, after := play(m, w, 1, 40)
		if trust := after.Dyads.Trust[1]; trust >= last {
			t.Errorf("trust is %.3f at a rate of %g, and %.3f at less", trust, eta, last)
		} else {
			last = trust
		}
	}
}

// quarrel makes states 0 and 1 rivals.
func quarrel(w *world.World, m *Security) { m.BecomeRivals(w, 0, 1) }

// Two states at odds that hold enough against each other become rivals, sooner or later;
// those of whom one has no cause, who trust each other, or are allies do not; and a
// rivalry ends where both causes are gone. At 0 nothing of it happens.
func TestRivalriesTurn(t *testing.T) {
	turned := func(turn float64, change func(w *world.World, m *Security)) bool {
		w := wary(4)
		w.TrustAll(.4)
		m := plain(t, map[string]float64{"rate": 0, "grievance": 1, "rivalry-turn": turn})
		begin(m, w)
		m.remember(0, 1, .3)
		m.remember(1, 0, .2)
		change(w, m)
		before := w.Dyads.Rival[1]
		for tick := range 4 {
			w.Tick = tick
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		}
		if w.Dyads.Rival[1] != w.Dyads.Rival[4] || w.Dyads.Rival[1] != m.rivalry[1] {
			t.Error("a rivalry of one side")
		}
		return w.Dyads.Rival[1] != before
	}
	asIs := func(*world.World, *Security) {}
	for what, c := range map[string]struct {
		turn   float64
		change func(w *world.World, m *Security)
		want   bool
	}{
		"grievances":            {1, asIs, true},
		"grievances at rate 0":  {0, asIs, false},
		"grievance of one side": {1, func(_ *world.World, m *Security) { m.Wrongs = m.Wrongs[:1] }, false},
		"little of it":          {1, func(_ *world.World, m *Security) { m.Wrongs[1].Weight = .1 }, false},
		"friends":               {1, func(w *world.World, _ *Security) { w.TrustAll(.6) }, false},
		"allies":                {1, func(w *world.World, _ *Security) { w.Dyads.Ally[1], w.Dyads.Ally[4] = true, true }, false},
		"rivals with wrongs":    {1, func(w *world.World, m *Security) { w.TrustAll(.6); quarrel(w, m) }, false},
		"rivals at odds":        {1, func(w *world.World, m *Security) { m.Wrongs = m.Wrongs[:0]; quarrel(w, m) }, false},
		"rivals without cause":  {1, func(w *world.World, m *Security) { m.Wrongs = m.Wrongs[:0]; w.TrustAll(.6); quarrel(w, m) }, true},
		"the same at war": {1, func(w *world.World, m *Security) {
			m.Wrongs = m.Wrongs[:0]
			w.TrustAll(.6)
			quarrel(w, m)

			w.Dyads.Wars = []world.War{{I: 0, J: 1, Until: world.NoEnd}}
		}, false},
	} {
		if got := turned(c.turn, c.change); got != c.want {
			t.Errorf("%s: turned %v, want %v", what, got, c.want)
		}
	}
}

// The rate is a probability a year: of many pairs about a tenth turn in a year at .1.
func TestRivalriesTakeYears(t *testing.T) {
	const n, runs, rate = 10, 20, .1
	formed := 0
	for seed := range uint64(runs) {
		w := wary(n)
		w.TrustAll(.4)
		m := plain(t, map[string]float64{"rate": 0, "grievance": 1, "rivalry-turn": rate})
		begin(m, w)
		for i := range n {
			for j := range n {
				m.remember(i, j, 1)
			}
		}
		m.turnRivalries(modeltest.At(w, seed, m.Name(), 0), w)
		for i := range n {
			for j := range i {
				if w.Dyads.Rival[i*n+j] {
					formed++
				}
			}
		}
	}
	const pairs = runs * n * (n - 1) / 2
	modeltest.Near(t, "share of pairs that turn", float64(formed)/pairs, rate, sigmas*.3/30)
}
