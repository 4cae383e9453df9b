package bargaining

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func begin(t interface {
	Helper()
	Fatal(...any)
}, actors []Actor,
) *Challenge {
	t.Helper()
	c, err := NewChallenge(actors)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The figures that the replication publishes for its ten rounds on the introduction of
// emission standards for cars. What its log calls the median is the weighted mean.
func TestCars(t *testing.T) {
	c := begin(t, Cars())
	if m := c.Median(); m != 7 {
		t.Errorf("median %g at the start, published 7", m)
	}
	const sixDigits = 5e-7
	if m := c.Mean(); math.Abs(m-7.389956) > sixDigits {
		t.Errorf("mean %.6f at the start, published 7.389956", m)
	}
	for round, want := range []float64{7.461314, 7.552501, 7.590145, 7.358131, 7.349174, 7.414878, 7.510457, 7.572447, 7.324989, 7.242131} {
		offers := c.Round()
		if m := c.Mean(); math.Abs(m-want) > sixDigits {
			t.Errorf("round %d: %.6f, published %.6f", round+1, m, want)
		}
		if round > 0 {
			continue
		}
		var moves []string
		for _, o := range offers {
			moves = append(moves, fmt.Sprintf("%s: %s with %s, to %.6f", c.Actors[o.Actor].Name, o.Kind, c.Actors[o.By].Name, o.To))
		}
		published := []string{
			"Belgium: compromise with France, to 8.415932",
			"Luxembourg: confrontation with Belgium, to 7.000000",
			"Ireland: confrontation with Luxembourg, to 4.000000",
		}
		if !slices.Equal(moves, published) {
			t.Errorf("moves of the first round: %q", moves)
		}
	}
}

// Positions never leave the range of the start, and no actor moves unasked; the scale and
// the order of actors do not matter where no two are tied.
func TestChallengeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "actors")
		actors := make([]Actor, n)
		for i := range actors {
			actors[i] = Actor{
				fmt.Sprint(i), rapid.Float64Range(.01, 1).Draw(t, "capability"),
				rapid.Float64Range(.01, 1).Draw(t, "salience"), rapid.Float64Range(0, 10).Draw(t, "position"),
			}
		}
		low, high := math.Inf(1), math.Inf(-1)
		for _, a := range actors {
			low, high = min(low, a.Position), max(high, a.Position)
		}
		c := begin(t, actors)
		c.Capitulate = rapid.Bool().Draw(t, "capitulate")
		for range 5 {
			c.Round()
			for _, a := range c.Actors {
				if !(a.Position >= low-1e-9 && a.Position <= high+1e-9) {
					t.Fatalf("%s stands at %g, outside %g to %g", a.Name, a.Position, low, high)
				}
			}
			if m := c.Median(); !(m >= low-1e-9 && m <= high+1e-9) {
				t.Fatalf("median %g", m)
			}
		}
	})
}

// With equal weights the weighted median is the median, and those who agree have nothing to
// challenge.
func TestMedian(t *testing.T) {
	var actors []Actor
	for i, x := range []float64{.9, .1, .4, .2, .8} {
		actors = append(actors, Actor{fmt.Sprint(i), 1, 1, x})
	}
	if m := begin(t, actors).Median(); m != .4 {
		t.Errorf("median %g", m)
	}
	for i := range actors {
		actors[i].Position = .3
	}
	c := begin(t, actors)
	if offers := c.Round(); offers != nil || c.Median() != .3 {
		t.Errorf("they move: %v", offers)
	}
}

func TestChallengeErrors(t *testing.T) {
	for _, actors := range [][]Actor{
		nil, {{"a", 0, 1, .5}}, {{"a", 1, 0, .5}}, {{"a", -1, 1, .5}}, {{"a", 1, 2, .5}}, {{"a", 1, 1, math.NaN()}}, {{"a", math.Inf(1), 1, 1}},
	} {
		if _, err := NewChallenge(actors); err == nil {
			t.Errorf("%v is taken", actors)
		}
	}
}

// Exact values: fractions of the literature, and swings by enumeration.
func TestIndices(t *testing.T) {
	for _, b := range Bodies() {
		swings, err := Swings(b.Quota, b.Weights)
		if err != nil {
			t.Fatal(err)
		}
		banzhaf, _ := Banzhaf(b.Quota, b.Weights)
		shapley, _ := ShapleyShubik(b.Quota, b.Weights)
		for k, i := range b.Voters {
			if b.Swings != nil && swings[i] != b.Swings[k] {
				t.Errorf("%s: voter %d has %d swings, published %d", b.Name, i, swings[i], b.Swings[k])
			}
			const sixDigits = 5e-7
			if math.Abs(banzhaf[i]-b.Banzhaf[k]) > sixDigits || math.Abs(shapley[i]-b.Shapley[k]) > sixDigits {
				t.Errorf("%s: voter %d has %.6f and %.6f, published %.6f and %.6f", b.Name, i, banzhaf[i], shapley[i], b.Banzhaf[k], b.Shapley[k])
			}
		}
		sum := 0.0
		for _, x := range shapley {
			sum += x
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("%s: the indices of Shapley and Shubik sum to %g", b.Name, sum)
		}
	}
	for _, wrong := range [][]int{nil, {-1}, make([]int, mostVoters+1)} {
		if _, err := Banzhaf(1, wrong); err == nil {
			t.Errorf("weights %v are taken", wrong)
		}
	}
	if _, err := ShapleyShubik(0, []int{1}); err == nil {
		t.Error("a quota of 0 is taken")
	}
	if index, err := Banzhaf(5, []int{1, 1}); err != nil || index[0] != 0 {
		t.Errorf("nobody can win: %v, %v", index, err)
	}
}

func BenchmarkRound(b *testing.B) {
	actors := make([]Actor, 193)
	for i := range actors {
		actors[i] = Actor{fmt.Sprint(i), 1 + float64(i%7), .5, float64(i*37%193) / 193}
	}
	for b.Loop() {
		begin(b, actors).Round()
	}
}
