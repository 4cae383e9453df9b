package studies

import (
	"context"
	"errors"
	"math"
	"strconv"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// CalibrationPlan asks which values of some factors bring a scenario near to targets,
// by approximate Bayesian computation (see analysis.ABC).
type CalibrationPlan struct {
	Side    Side
	Size    Size // Runs are those of each simulation, whose mean is compared with the targets
	Factors []scenarios.Factor
	Targets []scenarios.Target

	Draws     int // simulations of the first round
	Particles int // simulations that each round keeps, the nearest
	Rounds    int // after the first; 0 is plain rejection
	Checked   int // draws from the posterior that are played with fresh chance; 0 for none
}

// ErrNothing says that neither a request nor its scenario varies anything.
var ErrNothing = errors.New("there is nothing to vary")

// Vary settles what the plan varies: what is given, or else what the scenario proposes for
// a sweep. The error is ErrNothing, or says what is wrong with it.
func (p *CalibrationPlan) Vary(given []scenarios.Vary) (err error) {
	s := p.Side.Scenario
	if len(given) == 0 && s.Sweep != nil {
		given = s.Sweep.Vary
	}
	if len(given) == 0 {
		return ErrNothing
	}
	p.Factors, err = s.Factors(given)
	return err
}

// CalibrationWatcher is told how far a calibration is.
type CalibrationWatcher interface {
	Simulated(simulations int)                    // so many, after each batch of them
	Round(round *analysis.Round, simulations int) // a round is done, after so many in all
}

// Calibration is the finding of Calibrate.
type Calibration struct {
	CalibrationPlan

	Posterior *analysis.Posterior
	Played    int         // simulations of the rounds
	Before    [][]float64 // statistics, by draw and target, of the scenario as it is; nil for one that failed
	After     [][]float64 // and of draws from the posterior
	Warnings  []Warning

	priors  []analysis.Prior // of the coordinates of the factors
	players players
}

// Check refuses sizes that make no sense, with a *LimitError.
func (plan *CalibrationPlan) Check() error {
	if err := plan.Size.Check(1); err != nil {
		return err
	}
	for _, n := range []struct {
		name         string
		value, least int
	}{{"particles", plan.Particles, 2}, {"draws", plan.Draws, plan.Particles}, {"rounds", plan.Rounds, 0}, {"check", plan.Checked, 0}} {
		if n.value < n.least {
			return atLeast(n.name, n.value, n.least)
		}
	}
	return nil
}

// Calibrate runs the rounds and checks the result with chance that it has not seen,
// beside the scenario as it is. Its own errors are a *LimitError and what
// analysis.ABC refuses.
func Calibrate(ctx context.Context, plan CalibrationPlan, watch CalibrationWatcher) (*Calibration, error) {
	if err := plan.Check(); err != nil {
		return nil, err
	}
	c := &Calibration{CalibrationPlan: plan}
	for k := range plan.Factors {
		c.priors = append(c.priors, priorOf(&plan.Factors[k]))
	}
	err := c.play(ctx, watch)
	if c.Posterior == nil || len(c.Posterior.Rounds) == 0 {
		return nil, err
	}
	if err == nil {
		err = c.predict(ctx)
	}
	c.caution()
	return c, err
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
func (c *Calibration) Value(factor int, x float64) string {
	if n := c.priors[factor].Levels; n > 0 {
		x = (x + .5) / float64(n)
	}
	return c.Factors[factor].At(x)
}

// Number is that word as a number; NaN where it is a word or a date.
func (c *Calibration) Number(factor int, x float64) float64 {
	if c.priors[factor].Categories {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(c.Value(factor, x), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// Assignments set all factors to a particle.
func (c *Calibration) Assignments(values []float64) []string {
	var list []string
	for k := range c.Factors {
		list = append(list, c.Factors[k].Assignments(c.Value(k, values[k]))...)
	}
	return list
}

// play runs the rounds. What is whole of those that are interrupted is in Posterior.
func (c *Calibration) play(ctx context.Context, watch CalibrationWatcher) error {
	a := analysis.ABC{
		Priors: c.priors, Target: make([]float64, len(c.Targets)), Scale: ones(len(c.Targets)),
		Draws: c.Draws, Particles: c.Particles, Rounds: c.Rounds, Seed: c.Size.Seed,
		Simulate: func(parameters [][]float64, first int) ([][]float64, error) {
			distances, _, err := c.simulate(ctx, parameters, first)
			c.Played = first + len(parameters)
			watch.Simulated(c.Played)
			return distances, err
		},
		Report: func(r analysis.Round) { watch.Round(&r, c.Played) },
	}
	var err error
	c.Posterior, err = a.Run()
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
func (c *Calibration) simulate(ctx context.Context, rows [][]float64, first int) (distances, statistics [][]float64, err error) {
	runs := c.Size.Runs
	statistics, distances = make([][]float64, len(rows)), make([][]float64, len(rows))
	sums, failed := make([]float64, len(c.Targets)), false
	next := 0
	_, err = experiment.Ordered(ctx, 0, len(rows)*runs, c.Size.Workers, func() (experiment.Job[[]float64], error) {
		next++
		return c.worker(c.players.of(next-1), rows, first), nil
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
				distances[row][k] = c.Targets[k].Distance(sums[k])
			}
		}
		sums, failed = make([]float64, len(c.Targets)), false
		return nil
	})
	return distances, statistics, err
}

// worker plays run i of a batch: of row i divided by the number of runs.
func (c *Calibration) worker(p *Player, rows [][]float64, first int) experiment.Job[[]float64] {
	recording := models.Recording{Keep: make([]bool, len(measures.All()))}
	for k := range c.Targets {
		c.Targets[k].Record(&recording)
	}
	recording.Each = func(*sim.Tick, *world.World) error { return nil }
	runs := c.Size.Runs
	return func(ctx context.Context, i int) ([]float64, error) {
		s, err := c.Side.Scenario.Variant(c.Assignments(rows[i/runs]))
		if err != nil {
			return nil, err
		}
		result, err := p.Run(ctx, s, sim.ReplicateSeed(c.Size.Seed, first*runs+i), recording)
		if err != nil {
			return nil, err
		}
		values := make([]float64, len(c.Targets))
		for k := range c.Targets {
			values[k] = c.Targets[k].Of(result)
		}
		return values, nil
	}
}

// predict plays draws from the posterior with chance that the calibration has not
// seen, and the scenario as it is with the same.
func (c *Calibration) predict(ctx context.Context) error {
	n := c.Checked
	if n == 0 {
		return nil
	}
	last := c.Posterior.Last()
	rng := sim.NewStream(c.Size.Seed, "calibrate predict", 0).Whole()
	rows := make([][]float64, n)
	for k := range rows {
		u, at := rng.Float64(), 0
		for u -= last.Particles[0].Weight; u > 0 && at+1 < len(last.Particles); u -= last.Particles[at].Weight {
			at++
		}
		rows[k] = last.Particles[at].Values
	}
	var err error
	if _, c.After, err = c.simulate(ctx, rows, c.Played); err != nil {
		return err
	}
	plain := *c
	plain.Factors, plain.priors = nil, nil
	_, c.Before, err = plain.simulate(ctx, make([][]float64, n), c.Played)
	c.players = plain.players
	return err
}

// Best is the particle nearest to the target.
func (c *Calibration) Best() *analysis.Particle {
	particles := c.Posterior.Last().Particles
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
func (c *Calibration) Middle() []float64 {
	middle := make([]float64, len(c.Factors))
	for k := range c.Factors {
		weight := map[float64]float64{} // only looked up
		most := math.Inf(-1)
		for _, p := range c.Posterior.Last().Particles {
			if c.priors[k].Levels == 0 {
				middle[k] += p.Weight * p.Values[k]
				continue
			}
			if weight[p.Values[k]] += p.Weight; weight[p.Values[k]] > most {
				middle[k], most = p.Values[k], weight[p.Values[k]]
			}
		}
		if c.priors[k].Levels == 0 {
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
func (c *Calibration) Marginal(factor int) Marginal {
	last := c.Posterior.Last()
	m := Marginal{Marginal: last.Marginal(c.priors, factor), Best: c.Value(factor, c.Best().Values[factor])}
	p := c.priors[factor]
	m.PriorLow, m.PriorHigh = c.Number(factor, 0), c.Number(factor, max(1, float64(p.Levels-1)))
	if p.Levels == 1 {
		m.PriorHigh = m.PriorLow
	}
	if p.Categories {
		return m
	}
	m.Low, m.High, m.Mean = c.Number(factor, m.Low), c.Number(factor, m.High), 0
	for _, particle := range last.Particles {
		m.Mean += particle.Weight * c.Number(factor, particle.Values[factor])
	}
	return m
}

// Range95 holds the central 95 % of a target's statistic.
func (c *Calibration) Range95(statistics [][]float64, target int) (low, high float64, ok bool) {
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
func (c *Calibration) MeanOf(statistics [][]float64, target int) float64 {
	var values []float64
	for _, row := range statistics {
		if row != nil {
			values = append(values, row[target])
		}
	}
	return analysis.Mean(values).Value
}

// Worded tells whether the values of a factor are words, or dates.
func (c *Calibration) Worded(factor int) bool { return math.IsNaN(c.Number(factor, 0)) }

// caution gathers the reasons to read the posterior with care.
func (c *Calibration) caution() {
	last := c.Posterior.Last()
	var blind []string
	for k := range c.Factors {
		if !c.Marginal(k).Identified {
			blind = append(blind, c.Factors[k].Name)
		}
	}
	if len(blind) > 0 {
		c.warn(NotIdentified{blind})
	}
	if c.Posterior.GivenUp {
		c.warn(GivenUp{len(c.Posterior.Rounds) + 1})
	}
	if last.Effective < fewDraws {
		c.warn(FewParticles{last.Effective})
	}
	failed, all := 0, 0
	for _, r := range c.Posterior.Rounds {
		failed, all = failed+r.Failed, all+r.Simulations
	}
	if failed > 0 {
		c.warn(FailedSimulations{failed, all})
	}
	for k := range c.Targets {
		t := &c.Targets[k]
		if low, high, ok := c.Range95(c.After, k); ok && (t.Distance(high) < 0 || t.Distance(low) > 0) {
			c.warn(Missed{t.Name, t.Wanted(), low, high})
		}
	}
}

func (c *Calibration) warn(w Warning) { c.Warnings = append(c.Warnings, w) }
