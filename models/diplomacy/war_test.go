package diplomacy_test

import (
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// Those on opposite sides of a war come to no agreement, nor for some years after; others
// do, and so do they once the time has passed.
func TestNoAgreementInWar(t *testing.T) {
	for until, want := range map[int]bool{-1: true, 6: false, world.NoEnd: false} {
		w := blocs()
		rivals(w, 0, 5)
		w.Dyads.Shared[0*12+5], w.Dyads.Shared[5*12+0] = 1, 1
		w.Dyads.Trust[0*12+5], w.Dyads.Trust[5*12+0] = .5, .5
		m := with(t, map[string]float64{"diplomacy.agreement": 50, "diplomacy.after-war": 2, "diplomacy.lapse": 0})
		if until >= 0 {
			w.Dyads.Wars = []world.War{{I: 0, J: 5, Until: until}}
		}
		modeltest.Begin(w, 1, m)
		for tick := range 13 { // peace since tick 7, and two years: to tick 14
			w.Tick = tick
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		}
		if got := w.Dyads.Agreement(0, 5) >= 0; got != want {
			t.Errorf("until %d: agreed %v, want %v", until, got, want)
		}
	}
}

// Offices on both sides make up for a share of what a line lacks; an office on one side,
// or a pair without a line, gets nothing, and nothing comes of it at 0.
func TestOfficesStaffLines(t *testing.T) {
	for _, share := range []float64{0, .5} {
		w := blocs()
		n := w.States.N
		for _, i := range []int{0, 5, 6} {
			w.States.Office[i] = 0
		}
		for _, pair := range [][2]int{{0, 5}, {0, 7}, {1, 2}} {
			w.Dyads.Inherit(n, pair[0], pair[1], .4)
		}
		m := with(t, map[string]float64{"diplomacy.offices": share, "diplomacy.lapse": 0, "diplomacy.agreement": -50})
		modeltest.Begin(w, 1, m)
		contact := w.Dyads.Contact[0*n+5]
		for tick := range 5 {
			for what, c := range map[string]struct{ got, want float64 }{
				"offices on both sides": {w.Dyads.Channel[0*n+5], .4 + share*.6}, "the other way": {w.Dyads.Channel[5*n+0], .4 + share*.6},
				"on one side": {w.Dyads.Channel[0*n+7], .4}, "on none": {w.Dyads.Channel[1*n+2], .4}, "without a line": {w.Dyads.Channel[5*n+6], 0},
			} {
				modeltest.Near(t, what, c.got, c.want, 1e-12)
			}
			w.Tick = tick
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		}
		modeltest.Near(t, "what the pair is used to", w.Dyads.Contact[0*n+5], contact, 1e-12)
	}
}
