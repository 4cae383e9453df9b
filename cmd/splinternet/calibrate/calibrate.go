// Package calibrate is the verb that fits a scenario to a target.
package calibrate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/play"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/sim/analysis"
)

// options are the flags.
type options struct {
	play.Options
	plan   studies.CalibrationPlan // but for its side, its size and what it reads
	target string
	vary   []string
}

// Command finds the parameters with which a scenario comes near to a target.
func Command(c *console.Console) *cobra.Command {
	o := options{Options: play.Options{Console: c}}
	cmd := &cobra.Command{
		Use: "calibrate SCENARIO --target FILE --vary KEY=RANGE", Short: "Find the parameters with which a scenario comes near to a target",
		Long: help, Example: examples,
		Args:              console.Arguments(1, 1),
		ValidArgsFunction: console.Scenarios(1),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.calibrate(cmd.Context(), args[0]) },
	}
	o.Bind(cmd, 1, "number of runs of each simulation, whose mean is compared with the target")
	f := cmd.Flags()
	f.StringVar(&o.target, "target", "", "what is wanted: a TOML `file` with a table [[target]] for each thing")
	f.StringArrayVar(&o.vary, "vary", nil, "vary `key=range`, as in sweep, or a parameter over its plausible range; repeatable")
	f.IntVar(&o.plan.Draws, "draws", 500, "simulations of the first round, drawn from the ranges")
	f.IntVar(&o.plan.Particles, "particles", 100, "simulations that each round keeps, the nearest")
	f.IntVar(&o.plan.Rounds, "rounds", 2, "rounds after the first, each nearer; 0 is plain rejection")
	f.IntVar(&o.plan.Checked, "check", 100, "simulations of the check of the result; 0 for none")
	console.Complete(cmd, "vary", console.Parameters)
	return cmd
}

func (o *options) calibrate(ctx context.Context, scenario string) error {
	target, err := o.prepare(scenario)
	if err != nil {
		return err
	}
	watch := &rounds{c: o.Console, plan: &o.plan, began: time.Now(), told: time.Now()}
	found, playing := studies.Calibrate(ctx, o.plan, watch)
	if found == nil {
		if errors.Is(playing, context.Canceled) {
			return play.Interrupted(playing, 0, 0, "round")
		}
		return console.Failed(playing, "--ticks, --vary and the target decide what can be played")
	}
	f := study.CalibrationOf(found, study.Text{Name: filepath.Base(o.target), Content: target}, playing == nil)
	if err := o.Deliver(f); err != nil {
		return err
	}
	if o.Out != "" && found.After != nil && !o.JSON {
		fmt.Fprintf(o.Console.Out, "Next: splinternet run %s\n", filepath.Join(o.Out, "best.toml"))
	}
	return play.Interrupted(playing, len(found.Posterior.Rounds), 1+o.plan.Rounds, "round")
}

// prepare checks the options, completes the plan, and reads the file of the target.
func (o *options) prepare(scenario string) (target string, err error) {
	if err := o.Check(kind.Calibration, 1); err != nil {
		return "", err
	}
	o.plan.Size = o.Size
	if err := o.plan.Check(); err != nil {
		return "", play.Refused(err)
	}
	if o.target == "" {
		return "", console.Misuse(errors.New("there is nothing to calibrate to"), `--target FILE names what is wanted; "splinternet calibrate --help" shows how`)
	}
	if o.plan.Side, err = o.Side(scenario); err != nil {
		return "", err
	}
	s := o.plan.Side.Scenario
	switch err := o.plan.Vary(scenarios.VaryFlags(o.vary)); {
	case errors.Is(err, studies.ErrNothing):
		return "", console.Misuse(err,
			"--vary influence.bound=0.2:0.8 varies a parameter, --vary influence.bound over its plausible range",
			"or give the scenario a table [sweep] with vary")
	case err != nil:
		return "", console.Misuse(err)
	}
	play.WarnIdle(o.Console, s, o.plan.Factors)
	if o.plan.Targets, err = scenarios.ReadTargets(o.target, s); err != nil {
		return "", console.Misuse(err)
	}
	text, err := os.ReadFile(o.target)
	return string(text), console.FailedIf(err)
}

// rounds tells how far a calibration is.
type rounds struct {
	c           *console.Console
	plan        *studies.CalibrationPlan
	began, told time.Time
}

// Simulated tells of it now and then.
func (r *rounds) Simulated(simulations int) {
	if now := time.Now(); now.Sub(r.told) >= console.LogPause {
		r.told = now
		r.c.Say("%d simulations, %.1f a second", simulations, float64(simulations)/now.Sub(r.began).Seconds())
	}
}

// Round tells of it.
func (r *rounds) Round(round *analysis.Round, simulations int) {
	r.c.Say("%d simulations of %d ticks in %s: distance up to %.3g", simulations*r.plan.Size.Runs, r.plan.Side.Scenario.Calendar.Ticks,
		time.Since(r.began).Round(time.Millisecond), round.Tolerance)
}

const help = `Find the parameters with which a scenario comes near to a target, by approximate Bayesian
computation: of many draws from the ranges of --vary the nearest are kept (rejection),
and each further round draws near those that were kept and keeps what comes nearer
still (population Monte Carlo; Beaumont et al. 2009). What is kept is a sample of the
parameters that the target allows. Where it is as wide as the range, the target does not
identify the parameter, and that is said.

The target is a TOML file. A target is a measure, at a date or over some time, the tally
of a vote, or an end state; it has a value, or bounds, and a tolerance:

  [[target]]
  measure   = "native_reachability"
  at        = 2024-12-31             # or "first", "last", "end"; or from and until
  value     = 0.75                   # or at-least, at-most
  tolerance = 0.02                   # what counts as a distance of 1

The distance of a simulation is the root of the sum of squares over targets, in
tolerances. Results are checked with fresh chance, beside those of the scenario as it
is. --out DIR takes the tables and two scenarios ready to run: best.toml, the nearest,
and middle.toml, the middle of what was kept.`

const examples = `  splinternet calibrate baseline --target record.toml --vary security.rate --vary influence.bound=0.2:0.8
  splinternet calibrate mine.toml --target record.toml --vary 'norms.*' --draws 5000 --rounds 4 --out results/fit`
