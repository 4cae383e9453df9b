package analysis

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"splinternet/sim"
)

// normalMean is the textbook case: ten observations of a normal variate with sd
// 1 and mean theta; the summary is their mean. A second parameter moves nothing.
func normalMean(target float64) *ABC {
	return &ABC{
		Priors:    []Prior{{Name: "theta", Low: -5, High: 5}, {Name: "idle", Low: 0, High: 1}},
		Target:    []float64{target},
		Draws:     4000,
		Particles: 400,
		Rounds:    4,
		Batch:     500,
		Seed:      1,
		Simulate: func(rows [][]float64, first int) ([][]float64, error) {
			out := make([][]float64, len(rows))
			for i, p := range rows {
				rng := sim.NewStream(uint64(first+i), "test", 0).Whole()
				out[i] = []float64{p[0] + rng.NormFloat64()/math.Sqrt(10)}
			}
			return out, nil
		},
	}
}

// With a flat prior the posterior of the mean is normal about the observed mean
// with sd 1/sqrt(10). Of the idle parameter it is the prior.
func TestABCNormalMean(t *testing.T) {
	a := normalMean(1.2)
	p, err := a.Run()
	if err != nil || p.GivenUp || len(p.Rounds) != 5 {
		t.Fatalf("%v, %d rounds, given up %t", err, len(p.Rounds), p.GivenUp)
	}
	for k := 1; k < len(p.Rounds); k++ {
		if p.Rounds[k].Tolerance > p.Rounds[k-1].Tolerance {
			t.Errorf("round %d: tolerance rises from %g to %g", k, p.Rounds[k-1].Tolerance, p.Rounds[k].Tolerance)
		}
	}
	last := p.Last()
	theta, idle := last.Marginal(a.Priors, 0), last.Marginal(a.Priors, 1)
	_, sd := weighted(last.Particles, 0)
	near(t, "posterior mean", theta.Mean, 1.2, .06) // three Monte Carlo errors
	near(t, "posterior sd", sd, 1/math.Sqrt(10), .04)
	near(t, "low", theta.Low, 1.2-1.96/math.Sqrt(10), .15)
	near(t, "high", theta.High, 1.2+1.96/math.Sqrt(10), .15)
	near(t, "shrinkage", theta.Shrinkage, 1-.1/(100./12), .005)
	near(t, "mean of the idle parameter", idle.Mean, .5, .06)
	near(t, "shrinkage of the idle parameter", idle.Shrinkage, 0, .12)
	if !theta.Identified || idle.Identified {
		t.Errorf("identified: theta %t, idle %t", theta.Identified, idle.Identified)
	}
	if last.Effective < 100 || last.Effective > 400 {
		t.Errorf("effective size %g of 400", last.Effective)
	}
}

// Weights undo that later rounds propose near the particles. With a tolerance that
// lets everything through the posterior stays the prior, and its edges with it.
func TestABCWeightsKeepThePrior(t *testing.T) {
	a := normalMean(0)
	a.Tolerances, a.Rounds, a.Particles = []float64{1e9, 1e9, 1e9}, 3, 1500
	p, err := a.Run()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "mean", p.Last().Marginal(a.Priors, 0).Mean, 0, .35)
	_, sd := weighted(p.Last().Particles, 0)
	near(t, "sd of the prior", sd, 10/math.Sqrt(12), .15)
}

// Plain rejection keeps the nearest draws and weights them alike.
func TestABCRejection(t *testing.T) {
	a := normalMean(1.2)
	a.Rounds = 0
	p, err := a.Run()
	if err != nil || len(p.Rounds) != 1 {
		t.Fatal(err)
	}
	for k, particle := range p.Last().Particles {
		if particle.Weight != 1./400 || k > 0 && particle.Distance < p.Last().Particles[k-1].Distance {
			t.Fatalf("particle %d: %+v", k, particle)
		}
	}
	near(t, "mean", p.Last().Marginal(a.Priors, 0).Mean, 1.2, .1)
}

func TestABCRepeats(t *testing.T) {
	a, b := normalMean(1), normalMean(1)
	p, _ := a.Run()
	q, _ := b.Run()
	if !reflect.DeepEqual(p, q) {
		t.Error("one seed gave two posteriors")
	}
	b.Seed = 2
	if q, _ = b.Run(); reflect.DeepEqual(p, q) {
		t.Error("two seeds gave one posterior")
	}
}

// Discrete values and words: the summary is 0 for level 2 of 4 and word 1 of 3,
// and off by one for each miss.
func TestABCDiscrete(t *testing.T) {
	a := &ABC{
		Priors: []Prior{
			{Name: "level", Levels: 4},
			{Name: "word", Levels: 3, Categories: true},
			{Name: "idle", Levels: 3, Categories: true},
			{Name: "single", Levels: 1},
		},
		Target: []float64{0, 0}, Draws: 600, Particles: 200, Rounds: 2, Tolerances: []float64{.6, .6}, Seed: 3,
		Simulate: func(rows [][]float64, first int) ([][]float64, error) {
			out := make([][]float64, len(rows))
			for i, p := range rows {
				noise := sim.NewStream(uint64(first+i), "test", 0).Whole()
				out[i] = []float64{math.Abs(p[0]-2) + .1*noise.NormFloat64(), .1 * noise.NormFloat64()}
				if p[1] != 1 {
					out[i][0]++
				}
			}
			return out, nil
		},
		Scale: []float64{1, 1},
	}
	p, err := a.Run()
	if err != nil {
		t.Fatal(err)
	}
	level, word := p.Last().Marginal(a.Priors, 0), p.Last().Marginal(a.Priors, 1)
	if level.Mean != 2 || !level.Identified || !word.Identified || word.Shrinkage < 1-1e-9 || !math.IsNaN(word.Mean) {
		t.Errorf("level %+v, word %+v", level, word)
	}
	if idle, single := p.Last().Marginal(a.Priors, 2), p.Last().Marginal(a.Priors, 3); idle.Identified || idle.Shrinkage > .05 || single.Identified {
		t.Errorf("idle %+v, single %+v", idle, single)
	}
}

// Simulations that fail are left out and counted; the rest goes on.
func TestABCFailedRuns(t *testing.T) {
	a := normalMean(1.2)
	whole := a.Simulate
	a.Simulate = func(rows [][]float64, first int) ([][]float64, error) {
		out, err := whole(rows, first)
		for i := range out {
			switch (first + i) % 10 {
			case 3:
				out[i] = nil
			case 7:
				out[i][0] = nan
			}
		}
		return out, err
	}
	p, err := a.Run()
	if err != nil {
		t.Fatal(err)
	}
	if p.Rounds[0].Failed != 800 || p.Last().Failed == 0 {
		t.Errorf("%d and %d failed, want 800 of the first 4000, and some of the last", p.Rounds[0].Failed, p.Last().Failed)
	}
	near(t, "posterior mean", p.Last().Marginal(a.Priors, 0).Mean, 1.2, .08)
}

// A tolerance that nothing meets ends the calibration with the round before.
func TestABCGivesUp(t *testing.T) {
	a := normalMean(1.2)
	a.Tolerances, a.Most = []float64{0}, 1200
	p, err := a.Run()
	if err != nil || !p.GivenUp || len(p.Rounds) != 1 {
		t.Fatalf("%v, given up %t, %d rounds", err, p.GivenUp, len(p.Rounds))
	}
}

func TestABCErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []struct {
		change func(*ABC)
		want   string
	}{
		{func(a *ABC) { a.Priors = nil }, "at least one parameter"},
		{func(a *ABC) { a.Target = nil }, "at least one target"},
		{func(a *ABC) { a.Weights = []float64{1, 2} }, "as many weights"},
		{func(a *ABC) { a.Particles = 1 }, "at least 2"},
		{func(a *ABC) { a.Draws = 10 }, "10 draws for 400 particles"},
		{func(a *ABC) { a.Rounds = -1 }, "-1 rounds"},
		{func(a *ABC) { a.Priors[1].High = 0 }, "the prior of idle has no width"},
		{func(a *ABC) { a.Simulate = func([][]float64, int) ([][]float64, error) { return nil, broken } }, "broken"},
		{func(a *ABC) { a.Simulate = func([][]float64, int) ([][]float64, error) { return nil, nil } }, "500 simulations gave 0 results"},
		{func(a *ABC) {
			a.Simulate = func(rows [][]float64, _ int) ([][]float64, error) { return make([][]float64, len(rows)), nil }
		}, "only 0 of 4000 simulations"},
	} {
		a := normalMean(1)
		c.change(a)
		if _, err := a.Run(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}
