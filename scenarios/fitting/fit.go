// Package fitting fits the parameters of a scenario to targets, by approximate Bayesian
// computation (sim/analysis), and checks the fit with chance that it has not seen.
package fitting

import (
	"context"
	"math"
	"strconv"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
	"splinternet/sim"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// Fit is a scenario that is being fitted to targets.
type Fit struct {
	Scenario *scenarios.Scenario
	Factors  []scenarios.Factor
	Targets  []scenarios.Target

	Draws, Particles, Rounds int // see analysis.ABC
	Runs                     int // of each simulation
	Checked                  int // draws from the posterior that Predict plays
	Workers                  int
	Seed                     uint64
	Simulated                func()               // called after every batch of simulations
	Report                   func(analysis.Round) // called after every round

	Posterior *analysis.Posterior
	Played    int         // simulations so far
	Before    [][]float64 // statistics, by target, of the scenario as it is
	After     [][]float64 // and of draws from the posterior

	priors  []analysis.Prior // of the coordinates of the factors
	players pairs.Players
}

// New is a fit of a scenario to targets by factors; its sizes are still to be set.
func New(s *scenarios.Scenario, factors []scenarios.Factor, targets []scenarios.Target) *Fit {
	f := &Fit{Scenario: s, Factors: factors, Targets: targets, Simulated: func() {}, Report: func(analysis.Round) {}}
	for k := range factors {
		f.priors = append(f.priors, priorOf(&factors[k]))
	}
	return f
}

// priorOf is the prior of a factor: even over its coordinate, so that a factor
// that is spaced by logarithm is even in its logarithm.
func priorOf(f *scenarios.Factor) analysis.Prior {
	p := analysis.Prior{Name: f.Name, Low: 0, High: 1, Levels: f.Values()}
	for _, level := range f.Levels {
		if _, err := strconv.ParseFloat(level, 64); err != nil {
			p.Categories = true
		}
	}
	return p
}

// Value is the word of a factor's coordinate.
func (f *Fit) Value(factor int, x float64) string {
	if n := f.priors[factor].Levels; n > 0 {
		x = (x + .5) / float64(n)
	}
	return f.Factors[factor].At(x)
}

// Number is that word as a number; NaN where it is a word or a date.
func (f *Fit) Number(factor int, x float64) float64 {
	if f.priors[factor].Categories {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(f.Value(factor, x), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// Assignments set all factors to a particle.
func (f *Fit) Assignments(values []float64) []string {
	var list []string
	for k := range f.Factors {
		list = append(list, f.Factors[k].Assignments(f.Value(k, values[k]))...)
	}
	return list
}

// Play runs the rounds of approximate Bayesian computation. What is whole of an
// interrupted play is in Posterior.
func (f *Fit) Play(ctx context.Context) error {
	a := analysis.ABC{
		Priors: f.priors, Target: make([]float64, len(f.Targets)), Scale: ones(len(f.Targets)),
		Draws: f.Draws, Particles: f.Particles, Rounds: f.Rounds, Seed: f.Seed,
		Simulate: func(parameters [][]float64, first int) ([][]float64, error) {
			distances, _, err := f.simulate(ctx, parameters, first)
			f.Played = first + len(parameters)
			f.Simulated()
			return distances, err
		},
		Report: f.Report,
	}
	var err error
	f.Posterior, err = a.Run()
	return err
}

func ones(n int) []float64 {
	list := make([]float64, n)
	for k := range list {
		list[k] = 1
	}
	return list
}

// simulate plays every row of coordinates and returns, by row and target, the
// distance in tolerances and the statistic itself, both of the mean over runs; nil
// for a row that failed. Simulation i has runs i*runs and following of the seed.
func (f *Fit) simulate(ctx context.Context, rows [][]float64, first int) (distances, statistics [][]float64, err error) {
	runs := f.Runs
	statistics, distances = make([][]float64, len(rows)), make([][]float64, len(rows))
	sums, failed := make([]float64, len(f.Targets)), false
	next := 0
	_, err = experiment.Ordered(ctx, 0, len(rows)*runs, f.Workers, func() (experiment.Job[[]float64], error) {
		next++
		return f.worker(f.players.Of(next-1), rows, first), nil
	}, func(i int, values []float64, failure *experiment.Failure) error {
		failed = failed || failure != nil
		for k := range values {
			sums[k] += values[k] / float64(runs)
		}
		if (i+1)%runs > 0 {
			return nil
		}
		if row := i / runs; !failed {
			statistics[row], distances[row] = sums, make([]float64, len(sums))
			for k := range sums {
				distances[row][k] = f.Targets[k].Distance(sums[k])
			}
		}
		sums, failed = make([]float64, len(f.Targets)), false
		return nil
	})
	return distances, statistics, err
}

// worker plays run i of a batch: of row i divided by the number of runs.
func (f *Fit) worker(p *pairs.Player, rows [][]float64, first int) experiment.Job[[]float64] {
	recording := models.Recording{Keep: make([]bool, len(measures.All()))}
	for k := range f.Targets {
		f.Targets[k].Record(&recording)
	}
	recording.Each = func(*sim.Tick, *world.World) error { return nil }
	runs := f.Runs
	return func(ctx context.Context, i int) ([]float64, error) {
		s, err := f.Scenario.Variant(f.Assignments(rows[i/runs]))
		if err != nil {
			return nil, err
		}
		result, err := p.Run(ctx, s, sim.ReplicateSeed(f.Seed, first*runs+i), recording)
		if err != nil {
			return nil, err
		}
		values := make([]float64, len(f.Targets))
		for k := range f.Targets {
			values[k] = f.Targets[k].Of(result)
		}
		return values, nil
	}
}

// Predict plays draws from the posterior with chance that the calibration has not
// seen, and the scenario as it is with the same.
func (f *Fit) Predict(ctx context.Context) error {
	n := f.Checked
	if n == 0 {
		return nil
	}
	last := f.Posterior.Last()
	rng := sim.NewStream(f.Seed, "calibrate predict", 0).Whole()
	rows := make([][]float64, n)
	for k := range rows {
		u, at := rng.Float64(), 0
		for u -= last.Particles[0].Weight; u > 0 && at+1 < len(last.Particles); u -= last.Particles[at].Weight {
			at++
		}
		rows[k] = last.Particles[at].Values
	}
	var err error
	if _, f.After, err = f.simulate(ctx, rows, f.Played); err != nil {
		return err
	}
	plain := *f
	plain.Factors, plain.priors = nil, nil
	_, f.Before, err = plain.simulate(ctx, make([][]float64, n), f.Played)
	f.players = plain.players
	return err
}

// Best is the particle nearest to the target.
func (f *Fit) Best() *analysis.Particle {
	particles := f.Posterior.Last().Particles
	best := &particles[0]
	for k := range particles {
		if particles[k].Distance < best.Distance {
			best = &particles[k]
		}
	}
	return best
}

// Middle are the coordinates of the posterior's middle: weighted means, and the
// value with most weight of what is discrete.
func (f *Fit) Middle() []float64 {
	middle := make([]float64, len(f.Factors))
	for k := range f.Factors {
		weight := map[float64]float64{} // only looked up
		most := math.Inf(-1)
		for _, p := range f.Posterior.Last().Particles {
			if f.priors[k].Levels == 0 {
				middle[k] += p.Weight * p.Values[k]
				continue
			}
			if weight[p.Values[k]] += p.Weight; weight[p.Values[k]] > most {
				middle[k], most = p.Values[k], weight[p.Values[k]]
			}
		}
		if f.priors[k].Levels == 0 {
			middle[k] = min(1, max(0, middle[k]))
		}
	}
	return middle
}

// Marginal is what a round says of a factor.
type Marginal struct {
	analysis.Marginal
	PriorLow, PriorHigh float64
	Best                string
}

// Marginal is what the last round says of a factor, in its own unit.
func (f *Fit) Marginal(factor int) Marginal {
	last := f.Posterior.Last()
	m := Marginal{Marginal: last.Marginal(f.priors, factor), Best: f.Value(factor, f.Best().Values[factor])}
	p := f.priors[factor]
	m.PriorLow, m.PriorHigh = f.Number(factor, 0), f.Number(factor, max(1, float64(p.Levels-1)))
	if p.Levels == 1 {
		m.PriorHigh = m.PriorLow
	}
	if p.Categories {
		return m
	}
	m.Low, m.High, m.Mean = f.Number(factor, m.Low), f.Number(factor, m.High), 0
	for _, particle := range last.Particles {
		m.Mean += particle.Weight * f.Number(factor, particle.Values[factor])
	}
	return m
}

// Range95 holds the central 95 % of a target's statistic.
func (f *Fit) Range95(statistics [][]float64, target int) (low, high float64, ok bool) {
	var values []float64
	for _, row := range statistics {
		if row != nil {
			values = append(values, row[target])
		}
	}
	low, high = analysis.Quantile(values, .025), analysis.Quantile(values, .975)
	return low, high, !math.IsNaN(low)
}

// MeanOf is the mean of a target's statistic.
func (f *Fit) MeanOf(statistics [][]float64, target int) float64 {
	var values []float64
	for _, row := range statistics {
		if row != nil {
			values = append(values, row[target])
		}
	}
	return analysis.Mean(values).Value
}
