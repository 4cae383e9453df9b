package voting

import (
	"math"
	"testing"
)

func TestOdds(t *testing.T) {
	for _, c := range [][3]float64{{0, -1, 1}, {3, -2, 5}, {-40, -1, 1}, {40, -1, 1}, {0, -700, 700}, {1, 2, 2}, {800, 0, 1}} {
		o := Cuts{c[1], c[2]}.Odds(c[0])
		if s := o[No] + o[Abstain] + o[Yes]; math.Abs(s-1) > 1e-12 || o[No] < 0 || o[Abstain] < 0 || o[Yes] < 0 {
			t.Errorf("%v: %v sums to %g", c, o, s)
		}
	}
	quartiles := Cuts{-math.Log(3), math.Log(3)}.Odds(0)
	for vote, want := range (Odds{.25, .5, .25}) {
		if off := quartiles[vote] - want; math.Abs(off) > 1e-15 {
			t.Errorf("quartiles: the probability of %s is off by %g", Vote(vote), off)
		}
	}
	// Far out the difference of two probabilities near 1 would be lost.
	if abstain := (Cuts{0, 1}).Odds(50)[Abstain]; !(abstain > 1e-22) {
		t.Errorf("abstention in the tail is %g", abstain)
	}
}
