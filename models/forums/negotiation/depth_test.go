package negotiation

import (
	"math"
	"slices"
	"testing"

	"splinternet/models/modeltest"

	"pgregory.net/rapid"
)

// exact is the rounding of a handful of operations.
const exact = 1e-12

func TestDepthFormula(t *testing.T) {
	// Loss of the state at 0 from .2 to .6 is .36-.04 = .32.
	for _, c := range []struct {
		what                string
		positions           []float64
		q, sq, kappa, depth float64
	}{
		{"d* = kappa/loss", []float64{0, .5, 1}, .6, .2, .16, .5},
		{"the dearest loss decides", []float64{0, .1, 1}, .6, .2, .08, .25},
		{"cap", []float64{0, .5, 1}, .6, .2, .4, 1},
		{"nobody loses", []float64{.5, .6, .7}, .6, .2, .01, 1},
		{"no member", nil, .6, .2, .01, 1},
		{"no change, no loss", []float64{0, 1}, .5, .5, 0, 1},
		{"isolation costs nothing", []float64{0, 1}, .6, .2, 0, 0},
	} {
		kappa := make([]float64, len(c.positions))
		for i := range kappa {
			kappa[i] = c.kappa
		}
		modeltest.Near(t, c.what, Depth(c.positions, []float64{c.q}, []float64{c.sq}, kappa), c.depth, exact)
	}
	// Two dimensions: the mean over them, and each member its own cost.
	got := Depth([]float64{0, 0, 1, 1}, []float64{.5, .5}, []float64{0, 0}, []float64{.1, 9})
	modeltest.Near(t, "two dimensions", got, .1/.25, exact)
}

// Deeper texts for fewer members, and for those whom it costs more to stand alone
// (Downs, Rocke and Barsoom 1996).
func TestDepthStatics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Sixty-fourths: squares and differences of them are exact, so that no
		// comparison below is decided by rounding.
		unit := rapid.Map(rapid.IntRange(0, 64), func(k int) float64 { return float64(k) / 64 })
		positions := rapid.SliceOfN(unit, 1, 12).Draw(t, "positions")
		q, sq := unit.Draw(t, "q"), unit.Draw(t, "sq")
		price := rapid.Float64Range(0, .5).Draw(t, "kappa")
		depth := func(positions []float64, price float64) float64 {
			kappa := make([]float64, len(positions))
			for i := range kappa {
				kappa[i] = price
			}
			return Depth(positions, []float64{q}, []float64{sq}, kappa)
		}
		d := depth(positions, price)
		if d < 0 || d > 1 {
			t.Fatalf("depth %g", d)
		}
		if more := depth(append(slices.Clone(positions), unit.Draw(t, "newcomer")), price); more > d {
			t.Errorf("a member more deepens %g to %g", d, more)
		}
		if dearer := depth(positions, price*1.5); dearer < d {
			t.Errorf("dearer isolation makes %g shallower: %g", d, dearer)
		}
		// Move the member farthest from the text on the side that loses farther away.
		extreme, away := 0.0, 1.0
		if q > sq {
			extreme, away = 1, -1
		}
		k := 0
		for i, x := range positions {
			if away < 0 && x < extreme || away > 0 && x > extreme {
				k, extreme = i, x
			}
		}
		farther := slices.Clone(positions)
		farther[k] = min(1, max(0, extreme+away*unit.Draw(t, "step")))
		if moved := depth(farther, price); moved > d+exact {
			t.Errorf("the extreme member moves from %g to %g and depth rises from %g to %g", extreme, farther[k], d, moved)
		}
	})
}

// What it is to be bound at all grows with the square of depth; without it the rule is
// the plain one.
func TestObligation(t *testing.T) {
	m := Parameters{Obligation: .05}
	for _, cost := range []float64{.001, .02, .3} {
		for _, loss := range []float64{0, .01, .4} {
			d := m.deepest(cost, loss)
			modeltest.Near(t, "what it costs at the deepest", d*loss+.05*d*d, cost, 1e-12)
			if plain := deepest(cost, loss); d >= plain {
				t.Errorf("obligation makes texts deeper: %g against %g", d, plain)
			}
		}
	}
	if d := m.deepest(0, 0); d != 0 {
		t.Errorf("who bears no cost and loses nothing is bound up to a depth of %g", d)
	}
	m.Obligation = 0
	if m.deepest(.1, .2) != .5 || !math.IsInf(m.deepest(.1, 0), 1) {
		t.Error("without obligation the rule is not the plain one")
	}
}
