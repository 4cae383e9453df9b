package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"text/tabwriter"
	"time"

	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
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
	plan, target, err := o.prepare(c)
	if err != nil {
		return err
	}
	watch := &rounds{c: c, plan: plan, began: time.Now(), told: time.Now()}
	found, playing := studies.Calibrate(ctx, *plan, watch)
	if found == nil {
		if errors.Is(playing, context.Canceled) {
			return interrupted(playing, 0, 0, "round")
		}
		return failed(playing, "--ticks, --vary and the target decide what can be played")
	}
	f := study.CalibrationOf(found, study.Text{Name: filepath.Base(o.target), Content: target}, playing == nil)
	if err := o.deliver(c, f, (&calibration{found, o}).tell, began); err != nil {
		return err
	}
	return interrupted(playing, len(found.Posterior.Rounds), 1+o.rounds, "round")
}

// prepare checks the options and reads the scenario, the targets and what varies.
func (o *calibrateOptions) prepare(c *console) (plan *studies.CalibrationPlan, target string, err error) {
	if err := o.playOptions.check(kind.Calibration, 1); err != nil {
		return nil, "", err
	}
	plan = &studies.CalibrationPlan{
		Size: o.size(), Draws: o.draws, Particles: o.particles, Rounds: o.rounds, Checked: o.predicted,
	}
	if err := plan.Check(); err != nil {
		return nil, "", refused(err)
	}
	if o.target == "" {
		return nil, "", misuse(errors.New("there is nothing to calibrate to"), `--target FILE names what is wanted; "splinternet calibrate --help" shows how`)
	}
	sides, err := loadSides(c, []string{o.scenario}, o.overrides())
	if err != nil {
		return nil, "", err
	}
	plan.Side = sides[0]
	s := plan.Side.Scenario
	vary := scenarios.VaryFlags(o.vary)
	if len(vary) == 0 && s.Sweep != nil {
		vary = s.Sweep.Vary
	}
	if len(vary) == 0 {
		return nil, "", misuse(errors.New("there is nothing to vary"),
			"--vary influence.bound=0.2:0.8 varies a parameter, --vary influence.bound over its plausible range",
			"or give the scenario a table [sweep] with vary")
	}
	if plan.Factors, err = s.Factors(vary); err != nil {
		return nil, "", misuse(err)
	}
	warnIdle(c, s, plan.Factors)
	if plan.Targets, err = scenarios.ReadTargets(o.target, s); err != nil {
		return nil, "", misuse(err)
	}
	text, err := os.ReadFile(o.target)
	return plan, string(text), failedIf(err)
}

// rounds tells how far a calibration is.
type rounds struct {
	c           *console
	plan        *studies.CalibrationPlan
	began, told time.Time
}

// Simulated tells of it now and then.
func (r *rounds) Simulated(simulations int) {
	if now := time.Now(); now.Sub(r.told) >= logPause {
		r.told = now
		r.c.say("%d simulations, %.1f a second", simulations, float64(simulations)/now.Sub(r.began).Seconds())
	}
}

// Round tells of it.
func (r *rounds) Round(round *analysis.Round, simulations int) {
	r.c.say("%d simulations of %d ticks in %s: distance up to %.3g", simulations*r.plan.Size.Runs, r.plan.Side.Scenario.Calendar.Ticks,
		time.Since(r.began).Round(time.Millisecond), round.Tolerance)
}

// calibration tells people of a calibration.
type calibration struct {
	*studies.Calibration
	options calibrateOptions
}

// tell prints the rounds, the posterior and the check.
func (cal *calibration) tell(w io.Writer) {
	fmt.Fprintf(w, "%s calibrated to %s: %s, %s\n\n", cal.Side.Name, cal.options.target,
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
