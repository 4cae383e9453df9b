package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
	"splinternet/sim"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// calibrateOptions are the flags of calibrate.
type calibrateOptions struct {
	playOptions
	scenario                 string
	target                   string
	vary                     []string
	draws, particles, rounds int
	predicted                int // runs of the posterior predictive check
}

// calibrate finds the parameters with which a scenario comes near to a target.
func calibrate(ctx context.Context, c *console, o calibrateOptions) error {
	began := time.Now()
	cal, err := o.prepare(c)
	if err != nil {
		return err
	}
	playing := cal.play(ctx, c)
	if cal.posterior == nil || len(cal.posterior.Rounds) == 0 {
		if errors.Is(playing, context.Canceled) {
			return interrupted(playing, 0, 0, "round")
		}
		return failed(playing, "--ticks, --vary and the target decide what can be played")
	}
	if playing == nil {
		playing = cal.predict(ctx)
	}
	f, err := cal.finding(playing == nil)
	if err != nil {
		return failed(err)
	}
	if err := o.deliver(c, f, began); err != nil {
		return err
	}
	return interrupted(playing, len(cal.posterior.Rounds), 1+o.rounds, "round")
}

// prepare checks the options and reads the scenario, the targets and what varies.
func (o *calibrateOptions) prepare(c *console) (*calibration, error) {
	o.least = 1
	if err := o.playOptions.check(study.Calibration); err != nil {
		return nil, err
	}
	for _, n := range []struct {
		flag         string
		value, least int
	}{{"particles", o.particles, 2}, {"draws", o.draws, o.particles}, {"rounds", o.rounds, 0}, {"check", o.predicted, 0}} {
		if n.value < n.least {
			return nil, misuse(fmt.Errorf("--%s %d: at least %d", n.flag, n.value, n.least))
		}
	}
	switch {
	case o.target == "":
		return nil, misuse(errors.New("there is nothing to calibrate to"), `--target FILE names what is wanted; "splinternet calibrate --help" shows how`)
	}
	sides, err := loadSides(c, []string{o.scenario}, o.overrides())
	if err != nil {
		return nil, err
	}
	cal := &calibration{side: sides[0], options: *o}
	vary := scenarios.VaryFlags(o.vary)
	if proposed := sides[0].Scenario.Sweep; len(vary) == 0 && proposed != nil {
		vary = proposed.Vary
	}
	if len(vary) == 0 {
		return nil, misuse(errors.New("there is nothing to vary"),
			"--vary influence.bound=0.2:0.8 varies a parameter, --vary influence.bound over its plausible range",
			"or give the scenario a table [sweep] with vary")
	}
	if cal.factors, err = sides[0].Scenario.Factors(vary); err != nil {
		return nil, misuse(err)
	}
	warnIdle(c, sides[0].Scenario, cal.factors)
	if cal.targets, err = scenarios.ReadTargets(o.target, sides[0].Scenario); err != nil {
		return nil, misuse(err)
	}
	for k := range cal.factors {
		cal.priors = append(cal.priors, priorOf(&cal.factors[k]))
	}
	return cal, nil
}

// calibration is a scenario that is being fitted to targets.
type calibration struct {
	side    side
	options calibrateOptions
	factors []scenarios.Factor
	priors  []analysis.Prior // of the coordinates of the factors
	targets []scenarios.Target
	players pairs.Players

	posterior *analysis.Posterior
	played    int         // simulations so far
	before    [][]float64 // statistics, by target, of the scenario as it is
	after     [][]float64 // and of draws from the posterior
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

// value is the word of a factor's coordinate.
func (cal *calibration) value(factor int, x float64) string {
	if n := cal.priors[factor].Levels; n > 0 {
		x = (x + .5) / float64(n)
	}
	return cal.factors[factor].At(x)
}

// number is that word as a number; NaN where it is a word or a date.
func (cal *calibration) number(factor int, x float64) float64 {
	if cal.priors[factor].Categories {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(cal.value(factor, x), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// assignments set all factors to a particle.
func (cal *calibration) assignments(values []float64) []string {
	var list []string
	for k := range cal.factors {
		list = append(list, cal.factors[k].Assignments(cal.value(k, values[k]))...)
	}
	return list
}

// play runs the rounds of approximate Bayesian computation.
func (cal *calibration) play(ctx context.Context, c *console) error {
	o := &cal.options
	began, calendar := time.Now(), cal.side.Scenario.Calendar
	told := began
	a := analysis.ABC{
		Priors: cal.priors, Target: make([]float64, len(cal.targets)), Scale: ones(len(cal.targets)),
		Draws: o.draws, Particles: o.particles, Rounds: o.rounds, Seed: o.seed,
		Simulate: func(parameters [][]float64, first int) ([][]float64, error) {
			distances, _, err := cal.simulate(ctx, parameters, first)
			cal.played = first + len(parameters)
			if now := time.Now(); now.Sub(told) >= logPause {
				told = now
				c.say("%d simulations, %.1f a second", cal.played, float64(cal.played)/now.Sub(began).Seconds())
			}
			return distances, err
		},
		Report: func(r analysis.Round) {
			c.say("%d simulations of %d ticks in %s: distance up to %.3g", cal.played*o.runs, calendar.Ticks,
				time.Since(began).Round(time.Millisecond), r.Tolerance)
		},
	}
	var err error
	cal.posterior, err = a.Run()
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
func (cal *calibration) simulate(ctx context.Context, rows [][]float64, first int) (distances, statistics [][]float64, err error) {
	runs := cal.options.runs
	statistics, distances = make([][]float64, len(rows)), make([][]float64, len(rows))
	sums, failed := make([]float64, len(cal.targets)), false
	next := 0
	_, err = experiment.Ordered(ctx, 0, len(rows)*runs, cal.options.workers, func() (experiment.Job[[]float64], error) {
		next++
		return cal.worker(cal.players.Of(next-1), rows, first), nil
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
				distances[row][k] = cal.targets[k].Distance(sums[k])
			}
		}
		sums, failed = make([]float64, len(cal.targets)), false
		return nil
	})
	return distances, statistics, err
}

// worker plays run i of a batch: of row i divided by the number of runs.
func (cal *calibration) worker(p *pairs.Player, rows [][]float64, first int) experiment.Job[[]float64] {
	recording := models.Recording{Keep: make([]bool, len(measures.All()))}
	for k := range cal.targets {
		cal.targets[k].Record(&recording)
	}
	recording.Each = func(*sim.Tick, *world.World) error { return nil }
	runs := cal.options.runs
	return func(ctx context.Context, i int) ([]float64, error) {
		s, err := cal.side.Scenario.Variant(cal.assignments(rows[i/runs]))
		if err != nil {
			return nil, err
		}
		result, err := p.Run(ctx, s, sim.ReplicateSeed(cal.options.seed, first*runs+i), recording)
		if err != nil {
			return nil, err
		}
		values := make([]float64, len(cal.targets))
		for k := range cal.targets {
			values[k] = cal.targets[k].Of(result)
		}
		return values, nil
	}
}

// predict plays draws from the posterior with chance that the calibration has not
// seen, and the scenario as it is with the same.
func (cal *calibration) predict(ctx context.Context) error {
	n := cal.options.predicted
	if n == 0 {
		return nil
	}
	last := cal.posterior.Last()
	rng := sim.NewStream(cal.options.seed, "calibrate predict", 0).Whole()
	rows := make([][]float64, n)
	for k := range rows {
		u, at := rng.Float64(), 0
		for u -= last.Particles[0].Weight; u > 0 && at+1 < len(last.Particles); u -= last.Particles[at].Weight {
			at++
		}
		rows[k] = last.Particles[at].Values
	}
	var err error
	if _, cal.after, err = cal.simulate(ctx, rows, cal.played); err != nil {
		return err
	}
	plain := *cal
	plain.factors, plain.priors = nil, nil
	_, cal.before, err = plain.simulate(ctx, make([][]float64, n), cal.played)
	cal.players = plain.players
	return err
}

// best is the particle nearest to the target.
func (cal *calibration) best() *analysis.Particle {
	particles := cal.posterior.Last().Particles
	best := &particles[0]
	for k := range particles {
		if particles[k].Distance < best.Distance {
			best = &particles[k]
		}
	}
	return best
}

// middle are the coordinates of the posterior's middle: weighted means, and the
// value with most weight of what is discrete.
func (cal *calibration) middle() []float64 {
	middle := make([]float64, len(cal.factors))
	for k := range cal.factors {
		weight := map[float64]float64{} // only looked up
		most := math.Inf(-1)
		for _, p := range cal.posterior.Last().Particles {
			if cal.priors[k].Levels == 0 {
				middle[k] += p.Weight * p.Values[k]
				continue
			}
			if weight[p.Values[k]] += p.Weight; weight[p.Values[k]] > most {
				middle[k], most = p.Values[k], weight[p.Values[k]]
			}
		}
		if cal.priors[k].Levels == 0 {
			middle[k] = min(1, max(0, middle[k]))
		}
	}
	return middle
}

// marginal is what the last round says of a factor, in its own unit.
type marginal struct {
	analysis.Marginal
	priorLow, priorHigh float64
	best                string
}

func (cal *calibration) marginal(factor int) marginal {
	last := cal.posterior.Last()
	m := marginal{Marginal: last.Marginal(cal.priors, factor), best: cal.value(factor, cal.best().Values[factor])}
	p := cal.priors[factor]
	m.priorLow, m.priorHigh = cal.number(factor, 0), cal.number(factor, max(1, float64(p.Levels-1)))
	if p.Levels == 1 {
		m.priorHigh = m.priorLow
	}
	if p.Categories {
		return m
	}
	m.Low, m.High, m.Mean = cal.number(factor, m.Low), cal.number(factor, m.High), 0
	for _, particle := range last.Particles {
		m.Mean += particle.Weight * cal.number(factor, particle.Values[factor])
	}
	return m
}

func (cal *calibration) finding(whole bool) (*finding, error) {
	m := study.New(study.Calibration)
	o := &cal.options
	s := cal.side.Scenario
	m.Scenarios = []output.Scenario{{Name: cal.side.Name, Title: s.Title, Hash: s.Hash, Text: s.Text}}
	m.Seed, m.Runs, m.Finished, m.Complete = o.seed, cal.played*o.runs, cal.played*o.runs, whole
	target, err := os.ReadFile(o.target)
	if err != nil {
		return nil, err
	}
	var vary []string
	for k := range cal.factors {
		vary = append(vary, cal.factors[k].String())
	}
	m.Options["vary"], m.Options["draws"], m.Options["particles"], m.Options["rounds"] = vary, o.draws, o.particles, o.rounds
	m.Options["runs_a_simulation"], m.Options["check"] = o.runs, o.predicted
	f := &finding{
		manifest: m, tables: []*study.Table{cal.marginals(), cal.checks()}, raw: []*study.Table{cal.particles()},
		texts: []study.Text{{Name: "target.toml", Content: string(target)}}, tell: cal.tell,
	}
	for _, point := range []struct {
		name, what string
		values     []float64
	}{{"best", "the particle nearest to the target", cal.best().Values}, {"middle", "the middle of the posterior", cal.middle()}} {
		text, err := cal.scenarioFile(point.what, point.values)
		if err != nil {
			m.Warnings = append(m.Warnings, study.Warning{Kind: "impossible", Subject: point.name, Text: fmt.Sprintf(
				"%s is no possible scenario, and is not written: %v", point.what, err)})
			continue
		}
		f.texts = append(f.texts, study.Text{Name: point.name + ".toml", Content: text})
	}
	cal.warn(m)
	return f, nil
}

// scenarioFile is the scenario with the factors at a point, ready to run.
func (cal *calibration) scenarioFile(what string, values []float64) (string, error) {
	assignments := cal.assignments(values)
	v, err := cal.side.Scenario.Variant(append(assignments, "title="+cal.side.Scenario.Title+" (calibrated)"))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("# %s calibrated to %s: %s.\n# %s\n\n%s", cal.side.Name, filepath.Base(cal.options.target),
		what, strings.Join(assignments, ", "), v.Text), nil
}

// warn says what the posterior does not.
func (cal *calibration) warn(m *study.Manifest) {
	add := func(kind, subject, format string, values ...any) {
		m.Warnings = append(m.Warnings, study.Warning{Kind: kind, Subject: subject, Text: fmt.Sprintf(format, values...)})
	}
	last := cal.posterior.Last()
	var blind []string
	for k := range cal.factors {
		if !cal.marginal(k).Identified {
			blind = append(blind, cal.factors[k].Name)
		}
	}
	if len(blind) > 0 {
		add("not-identified", strings.Join(blind, " "), "the target does not identify %s: about as many values are possible after it as before", strings.Join(blind, ", "))
	}
	if cal.posterior.GivenUp {
		add("given-up", "rounds", "round %d was given up, because too few simulations came within its tolerance; the posterior is that of the round before",
			len(cal.posterior.Rounds)+1)
	}
	if last.Effective < 20 {
		add("too-few-particles", "particles", "the posterior is worth %.0f independent draws: its ends are rough; more --particles, or fewer --rounds", last.Effective)
	}
	failedRuns, all := 0, 0
	for _, r := range cal.posterior.Rounds {
		failedRuns, all = failedRuns+r.Failed, all+r.Simulations
	}
	if failedRuns > 0 {
		add("failed", "simulations", "%d of %d simulations failed, or had not what a target asks for, and were left out", failedRuns, all)
	}
	for k := range cal.targets {
		if low, high, ok := cal.range95(cal.after, k); ok && (cal.targets[k].Distance(high) < 0 || cal.targets[k].Distance(low) > 0) {
			add("missed", cal.targets[k].Name, "%s is %s in the target and %.3g to %.3g after calibration: these parameters cannot reach it, or not together with the rest",
				cal.targets[k].Name, cal.targets[k].Wanted(), low, high)
		}
	}
}

// range95 holds the central 95 % of a target's statistic.
func (cal *calibration) range95(statistics [][]float64, target int) (low, high float64, ok bool) {
	var values []float64
	for _, row := range statistics {
		if row != nil {
			values = append(values, row[target])
		}
	}
	low, high = analysis.Quantile(values, .025), analysis.Quantile(values, .975)
	return low, high, !math.IsNaN(low)
}

func (cal *calibration) marginals() *study.Table {
	t := study.NewTable("calibration", slices.Concat(study.Words("parameter"),
		study.Numbers("prior_low", "prior_high", "mean", "low", "high", "shrinkage"), study.Words("identified", "best"))...)
	for k := range cal.factors {
		m := cal.marginal(k)
		t.Row(cal.factors[k].Name, m.priorLow, m.priorHigh, m.Mean, m.Low, m.High, m.Shrinkage, m.Identified, m.best)
	}
	return t
}

func (cal *calibration) checks() *study.Table {
	t := study.NewTable("predictive_check", slices.Concat(study.Words("target", "wanted"), study.Numbers("tolerance",
		"before", "before_low", "before_high", "after", "after_low", "after_high"))...)
	for k := range cal.targets {
		cells := []any{cal.targets[k].Name, cal.targets[k].Wanted(), cal.targets[k].Tolerance}
		for _, statistics := range [][][]float64{cal.before, cal.after} {
			low, high, _ := cal.range95(statistics, k)
			cells = append(cells, cal.meanOf(statistics, k), low, high)
		}
		t.Row(cells...)
	}
	return t
}

func (cal *calibration) meanOf(statistics [][]float64, target int) float64 {
	var values []float64
	for _, row := range statistics {
		if row != nil {
			values = append(values, row[target])
		}
	}
	return analysis.Mean(values).Value
}

// particles is the posterior of every round, a row for each particle.
func (cal *calibration) particles() *study.Table {
	columns := slices.Concat(study.Wholes("round"), study.Numbers("weight", "distance"))
	for k := range cal.factors {
		if cal.worded(k) {
			columns = append(columns, study.Words(cal.factors[k].Name)...)
		} else {
			columns = append(columns, study.Numbers(cal.factors[k].Name)...)
		}
	}
	t := study.NewTable("posterior", columns...)
	for round, r := range cal.posterior.Rounds {
		for _, p := range r.Particles {
			cells := []any{round, p.Weight, p.Distance}
			for k := range cal.factors {
				if cal.worded(k) {
					cells = append(cells, cal.value(k, p.Values[k]))
				} else {
					cells = append(cells, cal.number(k, p.Values[k]))
				}
			}
			t.Row(cells...)
		}
	}
	return t
}

// worded tells whether the values of a factor are words, or dates.
func (cal *calibration) worded(factor int) bool { return math.IsNaN(cal.number(factor, 0)) }

// tell prints the rounds, the posterior and the check.
func (cal *calibration) tell(w io.Writer) {
	fmt.Fprintf(w, "%s calibrated to %s: %s, %s\n\n", cal.side.Name, cal.options.target,
		output.Count(len(cal.targets), "target"), output.Count(len(cal.factors), "parameter"))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "Round\tsimulations\tkept\tdistance up to\tworth\n")
	for k, r := range cal.posterior.Rounds {
		fmt.Fprintf(t, "%d\t%d\t%d\t%.3f\t%.0f\n", k, r.Simulations, len(r.Particles), r.Tolerance, r.Effective)
	}
	t.Flush()
	fmt.Fprintln(w)
	fmt.Fprintf(t, "Parameter\tprior\tmean\t95 %% interval\tbest\tshrinkage\tidentified\n")
	for k := range cal.factors {
		m := cal.marginal(k)
		known := "no"
		if m.Identified {
			known = "yes"
		}
		middle, interval := "-", "-"
		if !math.IsNaN(m.Mean) {
			middle, interval = fmt.Sprintf("%.3g", m.Mean), fmt.Sprintf("%.3g to %.3g", m.Low, m.High)
		}
		best := m.best
		if x, err := strconv.ParseFloat(best, 64); err == nil {
			best = fmt.Sprintf("%.3g", x)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", cal.factors[k].Name, cal.factors[k].Range(), middle, interval, best, output.Percent(m.Shrinkage), known)
	}
	t.Flush()
	if cal.after == nil {
		return
	}
	fmt.Fprintln(w)
	fmt.Fprintf(t, "Target\twanted\ttolerance\tbefore\tafter\t95 %% of draws after\n")
	for k := range cal.targets {
		low, high, _ := cal.range95(cal.after, k)
		fmt.Fprintf(t, "%s\t%s\t%g\t%.3g\t%.3g\t%.3g to %.3g\n", cal.targets[k].Name, cal.targets[k].Wanted(), cal.targets[k].Tolerance,
			cal.meanOf(cal.before, k), cal.meanOf(cal.after, k), low, high)
	}
	t.Flush()
	if cal.options.out != "" {
		fmt.Fprintf(w, "\nNext: splinternet run %s\n", filepath.Join(cal.options.out, "best.toml"))
	}
}
