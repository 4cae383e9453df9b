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

	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/fitting"
	"splinternet/sim/analysis"
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
	if cal.Posterior == nil || len(cal.Posterior.Rounds) == 0 {
		if errors.Is(playing, context.Canceled) {
			return interrupted(playing, 0, 0, "round")
		}
		return failed(playing, "--ticks, --vary and the target decide what can be played")
	}
	if playing == nil {
		playing = cal.Predict(ctx)
	}
	f, err := cal.finding(playing == nil)
	if err != nil {
		return failed(err)
	}
	if err := o.deliver(c, f, began); err != nil {
		return err
	}
	return interrupted(playing, len(cal.Posterior.Rounds), 1+o.rounds, "round")
}

// prepare checks the options and reads the scenario, the targets and what varies.
func (o *calibrateOptions) prepare(c *console) (*calibration, error) {
	o.least = 1
	if err := o.playOptions.check(kind.Calibration); err != nil {
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
	vary := scenarios.VaryFlags(o.vary)
	if proposed := sides[0].Scenario.Sweep; len(vary) == 0 && proposed != nil {
		vary = proposed.Vary
	}
	if len(vary) == 0 {
		return nil, misuse(errors.New("there is nothing to vary"),
			"--vary influence.bound=0.2:0.8 varies a parameter, --vary influence.bound over its plausible range",
			"or give the scenario a table [sweep] with vary")
	}
	factors, err := sides[0].Scenario.Factors(vary)
	if err != nil {
		return nil, misuse(err)
	}
	warnIdle(c, sides[0].Scenario, factors)
	targets, err := scenarios.ReadTargets(o.target, sides[0].Scenario)
	if err != nil {
		return nil, misuse(err)
	}
	f := fitting.New(sides[0].Scenario, factors, targets)
	f.Draws, f.Particles, f.Rounds, f.Runs, f.Checked = o.draws, o.particles, o.rounds, o.runs, o.predicted
	f.Workers, f.Seed = o.workers, o.seed
	return &calibration{f, sides[0], *o}, nil
}

// calibration is a scenario that is being fitted to targets, and how that is told.
type calibration struct {
	*fitting.Fit
	side    side
	options calibrateOptions
}

// play runs the rounds and tells how far they are.
func (cal *calibration) play(ctx context.Context, c *console) error {
	began, calendar := time.Now(), cal.Scenario.Calendar
	told := began
	cal.Simulated = func() {
		if now := time.Now(); now.Sub(told) >= logPause {
			told = now
			c.say("%d simulations, %.1f a second", cal.Played, float64(cal.Played)/now.Sub(began).Seconds())
		}
	}
	cal.Report = func(r analysis.Round) {
		c.say("%d simulations of %d ticks in %s: distance up to %.3g", cal.Played*cal.Runs, calendar.Ticks,
			time.Since(began).Round(time.Millisecond), r.Tolerance)
	}
	return cal.Play(ctx)
}

func (cal *calibration) finding(whole bool) (*finding, error) {
	m := study.New(kind.Calibration)
	o := &cal.options
	s := cal.Scenario
	m.Scenarios = []output.Scenario{{Name: cal.side.Name, Title: s.Title, Hash: s.Hash, Text: s.Text}}
	m.Seed, m.Runs, m.Finished, m.Complete = o.seed, cal.Played*o.runs, cal.Played*o.runs, whole
	target, err := os.ReadFile(o.target)
	if err != nil {
		return nil, err
	}
	var vary []string
	for k := range cal.Factors {
		vary = append(vary, cal.Factors[k].String())
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
	}{{"best", "the particle nearest to the target", cal.Best().Values}, {"middle", "the middle of the posterior", cal.Middle()}} {
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
	assignments := cal.Assignments(values)
	v, err := cal.Scenario.Variant(append(assignments, "title="+cal.Scenario.Title+" (calibrated)"))
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
	last := cal.Posterior.Last()
	var blind []string
	for k := range cal.Factors {
		if !cal.Marginal(k).Identified {
			blind = append(blind, cal.Factors[k].Name)
		}
	}
	if len(blind) > 0 {
		add("not-identified", strings.Join(blind, " "), "the target does not identify %s: about as many values are possible after it as before", strings.Join(blind, ", "))
	}
	if cal.Posterior.GivenUp {
		add("given-up", "rounds", "round %d was given up, because too few simulations came within its tolerance; the posterior is that of the round before",
			len(cal.Posterior.Rounds)+1)
	}
	if last.Effective < 20 {
		add("too-few-particles", "particles", "the posterior is worth %.0f independent draws: its ends are rough; more --particles, or fewer --rounds", last.Effective)
	}
	failedRuns, all := 0, 0
	for _, r := range cal.Posterior.Rounds {
		failedRuns, all = failedRuns+r.Failed, all+r.Simulations
	}
	if failedRuns > 0 {
		add("failed", "simulations", "%d of %d simulations failed, or had not what a target asks for, and were left out", failedRuns, all)
	}
	for k := range cal.Targets {
		if low, high, ok := cal.Range95(cal.After, k); ok && (cal.Targets[k].Distance(high) < 0 || cal.Targets[k].Distance(low) > 0) {
			add("missed", cal.Targets[k].Name, "%s is %s in the target and %.3g to %.3g after calibration: these parameters cannot reach it, or not together with the rest",
				cal.Targets[k].Name, cal.Targets[k].Wanted(), low, high)
		}
	}
}

func (cal *calibration) marginals() *study.Table {
	t := study.NewTable("calibration", slices.Concat(study.Words("parameter"),
		study.Numbers("prior_low", "prior_high", "mean", "low", "high", "shrinkage"), study.Words("identified", "best"))...)
	for k := range cal.Factors {
		m := cal.Marginal(k)
		t.Row(cal.Factors[k].Name, m.PriorLow, m.PriorHigh, m.Mean, m.Low, m.High, m.Shrinkage, m.Identified, m.Best)
	}
	return t
}

func (cal *calibration) checks() *study.Table {
	t := study.NewTable("predictive_check", slices.Concat(study.Words("target", "wanted"), study.Numbers("tolerance",
		"before", "before_low", "before_high", "after", "after_low", "after_high"))...)
	for k := range cal.Targets {
		cells := []any{cal.Targets[k].Name, cal.Targets[k].Wanted(), cal.Targets[k].Tolerance}
		for _, statistics := range [][][]float64{cal.Before, cal.After} {
			low, high, _ := cal.Range95(statistics, k)
			cells = append(cells, cal.MeanOf(statistics, k), low, high)
		}
		t.Row(cells...)
	}
	return t
}

// particles is the posterior of every round, a row for each particle.
func (cal *calibration) particles() *study.Table {
	columns := slices.Concat(study.Wholes("round"), study.Numbers("weight", "distance"))
	for k := range cal.Factors {
		if cal.worded(k) {
			columns = append(columns, study.Words(cal.Factors[k].Name)...)
		} else {
			columns = append(columns, study.Numbers(cal.Factors[k].Name)...)
		}
	}
	t := study.NewTable("posterior", columns...)
	for round, r := range cal.Posterior.Rounds {
		for _, p := range r.Particles {
			cells := []any{round, p.Weight, p.Distance}
			for k := range cal.Factors {
				if cal.worded(k) {
					cells = append(cells, cal.Value(k, p.Values[k]))
				} else {
					cells = append(cells, cal.Number(k, p.Values[k]))
				}
			}
			t.Row(cells...)
		}
	}
	return t
}

// worded tells whether the values of a factor are words, or dates.
func (cal *calibration) worded(factor int) bool { return math.IsNaN(cal.Number(factor, 0)) }

// tell prints the rounds, the posterior and the check.
func (cal *calibration) tell(w io.Writer) {
	fmt.Fprintf(w, "%s calibrated to %s: %s, %s\n\n", cal.side.Name, cal.options.target,
		output.Count(len(cal.Targets), "target"), output.Count(len(cal.Factors), "parameter"))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "Round\tsimulations\tkept\tdistance up to\tworth\n")
	for k, r := range cal.Posterior.Rounds {
		fmt.Fprintf(t, "%d\t%d\t%d\t%.3f\t%.0f\n", k, r.Simulations, len(r.Particles), r.Tolerance, r.Effective)
	}
	t.Flush()
	fmt.Fprintln(w)
	fmt.Fprintf(t, "Parameter\tprior\tmean\t95 %% interval\tbest\tshrinkage\tidentified\n")
	for k := range cal.Factors {
		m := cal.Marginal(k)
		known := "no"
		if m.Identified {
			known = "yes"
		}
		middle, interval := "-", "-"
		if !math.IsNaN(m.Mean) {
			middle, interval = fmt.Sprintf("%.3g", m.Mean), fmt.Sprintf("%.3g to %.3g", m.Low, m.High)
		}
		best := m.Best
		if x, err := strconv.ParseFloat(best, 64); err == nil {
			best = fmt.Sprintf("%.3g", x)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", cal.Factors[k].Name, cal.Factors[k].Range(), middle, interval, best, output.Percent(m.Shrinkage), known)
	}
	t.Flush()
	if cal.After == nil {
		return
	}
	fmt.Fprintln(w)
	fmt.Fprintf(t, "Target\twanted\ttolerance\tbefore\tafter\t95 %% of draws after\n")
	for k := range cal.Targets {
		low, high, _ := cal.Range95(cal.After, k)
		fmt.Fprintf(t, "%s\t%s\t%g\t%.3g\t%.3g\t%.3g to %.3g\n", cal.Targets[k].Name, cal.Targets[k].Wanted(), cal.Targets[k].Tolerance,
			cal.MeanOf(cal.Before, k), cal.MeanOf(cal.After, k), low, high)
	}
	t.Flush()
	if cal.options.out != "" {
		fmt.Fprintf(w, "\nNext: splinternet run %s\n", filepath.Join(cal.options.out, "best.toml"))
	}
}
