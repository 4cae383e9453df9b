package analysis

import (
	"math"
	"testing"

	"splinternet/sim"
)

func normals(n int, mean, sd float64, seed uint64) []float64 {
	rng := sim.NewStream(seed, "test", 0).Whole()
	x := make([]float64, n)
	for i := range x {
		x[i] = mean + sd*rng.NormFloat64()
	}
	return x
}

func TestRunningCV(t *testing.T) {
	cv := Converge([]float64{2, 4, nan, 6}, .05).CV
	// 2, 4: sd sqrt 2, mean 3. 2, 4, 6: sd 2, mean 4.
	for k, want := range []float64{0, math.Sqrt2 / 3, .5} {
		near(t, "cv", cv[k], want, 1e-12)
	}
}

// The definition, read word for word, gives the same number of runs.
func TestConvergeIsItsDefinition(t *testing.T) {
	for seed := range uint64(20) {
		x := normals(300, 1, .5, seed)
		for _, epsilon := range []float64{.01, .05} {
			c := Converge(x, epsilon)
			want := 0
		search:
			for n := leastRuns; 2*n <= len(x); n++ {
				for m := n + 1; m <= len(x); m++ {
					if math.Abs(c.CV[m-1]-c.CV[n-1]) >= epsilon {
						continue search
					}
				}
				want = n
				break
			}
			if c.Stable != want {
				t.Fatalf("seed %d, epsilon %g: stable from %d, the definition says %d", seed, epsilon, c.Stable, want)
			}
		}
	}
}

// More spread needs more runs, and a stricter criterion does; what never varies
// needs few; a mean of zero is never settled.
func TestConverge(t *testing.T) {
	quiet, wild := Converge(normals(2000, 1, .05, 3), .01).Stable, Converge(normals(2000, 1, .5, 3), .01).Stable
	if quiet == 0 || wild <= quiet {
		t.Errorf("sd .05 needs %d runs, sd .5 needs %d", quiet, wild)
	}
	if loose := Converge(normals(2000, 1, .5, 3), .05).Stable; loose == 0 || loose >= wild {
		t.Errorf("epsilon .05 needs %d runs, .01 needs %d", loose, wild)
	}
	if n := Converge(make([]float64, 20), .01).Stable; n != leastRuns {
		t.Errorf("a constant needs %d runs", n)
	}
	if n := Converge(make([]float64, 19), .01).Stable; n != 0 {
		t.Errorf("19 runs are called enough, from %d on", n)
	}
	alternating := make([]float64, 400)
	for i := range alternating {
		alternating[i] = float64(1 - 2*(i%2))
	}
	if n := Converge(alternating, .05).Stable; n != 0 {
		t.Errorf("a mean of zero is called settled after %d runs", n)
	}
}
