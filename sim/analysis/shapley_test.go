package analysis

import (
	"errors"
	"math/bits"
	"strings"
	"testing"

	"splinternet/sim"
)

// Shapley's own kind of example, the glove game: players 0 and 1 own a left
// glove, player 2 a right one, and a pair is worth 1. Shares 1/6, 1/6, 2/3.
func gloves(set uint64) ([]float64, error) {
	if set&4 != 0 && set&3 != 0 {
		return []float64{1, 1}, nil
	}
	return []float64{0, 0}, nil
}

func TestShapleyGloves(t *testing.T) {
	a, err := Shapley(3, 0, 1, gloves)
	if err != nil || !a.Exact || a.Sets != 8 {
		t.Fatalf("%+v, %v", a, err)
	}
	for i, want := range []float64{1. / 6, 1. / 6, 2. / 3} {
		near(t, "share", a.Players[i].Value, want, 1e-12)
	}
}

// noisy is a game of six players with interactions and chance: what coalition i
// is worth in run j.
func noisy(runs int, sd float64, seed uint64) Game {
	return func(set uint64) ([]float64, error) {
		values := make([]float64, runs)
		for j := range values {
			v := 0.0
			for i := range 6 {
				if set>>i&1 == 1 {
					v += float64(i)
				}
			}
			if set&0b11 == 0b11 {
				v += 3 // players 0 and 1 are worth more together: 1.5 each
			}
			if set&0b110000 == 0b110000 {
				v -= 2 // 4 and 5 are in each other's way: 1 less each
			}
			shock := sim.NewStream(seed, "test", j).For(set).NormFloat64()
			values[j] = v + sd*shock
		}
		return values, nil
	}
}

var noisyShares = []float64{1.5, 2.5, 2, 3, 3, 4}

func TestShapleyEfficiency(t *testing.T) {
	for _, permutations := range []int{0, 5, 40} {
		a, err := Shapley(6, permutations, 3, noisy(12, .3, 1))
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, p := range a.Players {
			sum += p.Value
		}
		near(t, "sum of shares", sum, a.Total.Value, 1e-9)
		if a.Exact != (permutations == 0) {
			t.Errorf("%d permutations: exact %t", permutations, a.Exact)
		}
		if permutations > 0 && a.Sets > 2*6*permutations {
			t.Errorf("%d permutations evaluated %d coalitions", permutations, a.Sets)
		}
	}
}

// Sampling comes near to the exact shares, and its intervals hold them about as
// often as they say.
func TestShapleySampling(t *testing.T) {
	exact, err := Shapley(6, 0, 1, noisy(1, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range noisyShares {
		near(t, "exact share", exact.Players[i].Value, want, 1e-12)
	}
	inside, all := 0, 0
	for seed := range uint64(60) {
		a, err := Shapley(6, 8, seed, noisy(10, .5, seed))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range noisyShares {
			all++
			if p := a.Players[i]; p.Low <= want && want <= p.High {
				inside++
			}
		}
	}
	if share := float64(inside) / float64(all); share < .9 {
		t.Errorf("intervals hold the share in %.0f %% of cases", 100*share)
	}
	a, _ := Shapley(6, 8, 4, noisy(10, .5, 1))
	b, _ := Shapley(6, 8, 4, noisy(10, .5, 1))
	for i := range a.Players {
		if a.Players[i] != b.Players[i] {
			t.Error("one seed gave two attributions")
		}
	}
}

// A player that changes nothing is worth nothing in every run, and two that can
// stand for each other are worth the same.
func TestShapleyNullAndSymmetry(t *testing.T) {
	game := func(set uint64) ([]float64, error) {
		k := float64(bits.OnesCount64(set &^ 1))
		return []float64{k * k, 2 * k}, nil
	}
	for _, permutations := range []int{0, 10} {
		a, err := Shapley(4, permutations, 1, game)
		if err != nil {
			t.Fatal(err)
		}
		if p := a.Players[0]; p.Value != 0 {
			t.Errorf("%d permutations: the player without effect is worth %+v", permutations, p)
		}
		if permutations == 0 && a.Players[1] != a.Players[2] {
			t.Errorf("equals are worth %+v and %+v", a.Players[1], a.Players[2])
		}
	}
}

func TestShapleyFailedRuns(t *testing.T) {
	a, err := Shapley(3, 0, 1, func(set uint64) ([]float64, error) {
		values, _ := gloves(set)
		values = append(values, 1, 1)
		if set == 5 {
			values[3] = nan
		}
		return values, nil
	})
	if err != nil || a.Players[2].N != 3 || a.Total.N != 3 {
		t.Fatalf("%+v, %v: the run that failed once must be left out everywhere", a, err)
	}
}

func TestShapleyErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct {
		n, permutations int
		game            Game
		want            string
	}{
		{0, 0, gloves, "0 players"},
		{65, 1, gloves, "65 players"},
		{9, 0, gloves, "name a number of permutations"},
		{3, -1, gloves, "-1 permutations"},
		{3, 0, func(uint64) ([]float64, error) { return nil, broken }, "broken"},
		{3, 2, func(uint64) ([]float64, error) { return nil, broken }, "broken"},
		{3, 0, func(set uint64) ([]float64, error) { return make([]float64, 1+set%2), nil }, "has 2 observations, others have 1"},
	} {
		if _, err := Shapley(c.n, c.permutations, 1, c.game); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d players, %d permutations: %v, want %q", c.n, c.permutations, err, c.want)
		}
	}
}
