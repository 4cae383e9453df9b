// Package run is the verb that plays a scenario.
package run

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/figures"
	"splinternet/cmd/splinternet/internal/play"
	"splinternet/output"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

const help = `Play a scenario once, or many times with --runs, and say how cyberspace ends.

The folder results/SCENARIO-seedN (results/SCENARIO-seedN-runsK for more than one
run) takes the tables; --out names another. Files appear there only when they are
whole. When it is interrupted, the runs that are finished are kept.

Every row of every table carries the run's own seed. "run --seed OWN" with that seed
and the same scenario and flags gives the same rows again, as run 0.

--save-at DATE saves the world as it is when the date begins, into the folder; --from
FILE goes on from it, by the file's scenario and seed unless others are given. What is
changed makes a branch: parameters, events, the seed, --runs N for many of them.`

const examples = `  splinternet run
  splinternet run two-blocs --runs 100 --out results/blocs
  splinternet run mine.toml --set influence.bound=0.3 --without security
  splinternet run --save-at 2025-01-01 --out results/base
  splinternet run --from results/base/run0-2025-01-01.world --set influence.bound=0.3
  splinternet run --json --quiet | jq .verdict.share`

// options are the flags.
type options struct {
	scenario    string // "" when none is named
	changes     scenarios.Options
	from        string   // file of a saved world
	saveAt      []string // dates
	seedGiven   bool
	size        studies.Size
	stable      play.Stable
	out, detail string
	json, force bool
	plot        bool // draw the figures, too
}

// Command plays a scenario and writes its results folder.
func Command(c *console.Console) *cobra.Command {
	o := options{}
	cmd := &cobra.Command{
		Use: "run [SCENARIO]", Short: "Play a scenario and say how cyberspace ends", Long: help, Example: examples,
		Args:              console.Arguments(0, 1),
		ValidArgsFunction: console.Scenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.seedGiven = cmd.Flags().Changed("seed")
			if len(args) == 1 {
				o.scenario = args[0]
			}
			if err := o.stable.Check(cmd.Flags().Changed); err != nil {
				return err
			}
			return run(cmd.Context(), c, &o)
		},
	}
	f := console.Flags(cmd)
	f.Uint64Var(&o.size.Seed, "seed", 1, "seed of all randomness")
	f.IntVar(&o.size.Runs, "runs", 1, "number of runs, each with a seed of its own")
	o.stable.Bind(cmd)
	console.BindWorkers(f, &o.size.Workers)
	console.BindScenario(cmd, &o.changes)
	f.StringVar(&o.out, "out", "", "results folder (default: results/SCENARIO-seedN)")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the closing screen")
	c.BindQuiet(f)
	f.StringVar(&o.detail, "detail", "0", "`runs` with votes, agents and links: all or N[,N]")
	f.StringArrayVar(&o.saveAt, "save-at", nil, "save the world of the runs in detail as it is when this `date` begins; repeatable")
	f.StringVar(&o.from, "from", "", "go on from a saved world, a `file` of --save-at")
	f.BoolVar(&o.force, "force", false, "replace the results in the folder")
	f.BoolVar(&o.plot, "plot", false, "draw the figures into the folder, too")
	return cmd
}

// run plays a scenario and writes its results folder.
func run(ctx context.Context, c *console.Console, o *options) error {
	size := o.stable.Of(o.size)
	if err := size.Check(1); err != nil {
		return play.Refused(err)
	}
	r, err := o.record(c, size)
	if err != nil {
		return err
	}
	dir := o.out
	if dir == "" {
		dir = o.usualFolder(&r)
	}
	recording, err := r.Into(dir, o.force)
	if err != nil {
		return console.Refused(err)
	}
	found, playing := recording.Play(ctx, console.NewProgress(c))
	if found != nil {
		o.stable.Tell(c, found.Unstable)
	}
	if err := Close(c, recording, found, playing, o.json, ""); err != nil {
		return err
	}
	if o.force {
		if err := figures.Forget(c, dir); err != nil {
			return err
		}
	}
	if !o.plot {
		return nil
	}
	return figures.Folder(ctx, c, dir)
}

// record says what is played and kept: a scenario from the start, or from a saved world.
func (o *options) record(c *console.Console, size studies.Size) (r study.Record, err error) {
	r.Plan.Size = size
	if r.Detail, err = o.detailOf(size.Runs); err != nil {
		return r, err
	}
	s := &r.Plan.Scenario
	if o.from != "" {
		if err := o.goOn(&r); err != nil {
			return r, err
		}
	} else if o.scenario == "" {
		o.scenario = "baseline"
	}
	if *s == nil {
		if *s, err = c.Load(o.scenario, o.changes); err != nil {
			return r, console.Misuse(err)
		}
		r.Name = studies.ScenarioName(o.scenario)
	}
	r.Text = (*s).Text
	r.SaveAt, err = o.ticksToSave((*s).Calendar, r.From)
	return r, err
}

// detailOf reads --detail.
func (o *options) detailOf(runs int) (d output.Detail, err error) {
	if o.detail == "all" {
		return output.Detail{All: true}, nil
	}
	for word := range strings.SplitSeq(o.detail, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 0 || n >= runs {
			hint := fmt.Sprintf("allowed: all, or runs from 0 to %d, as in --detail 0,%d", runs-1, runs-1)
			if runs == 1 {
				hint = "one run is played, and it is run 0; --runs N plays more"
			}
			return d, console.Misuse(fmt.Errorf("--detail %q: %q is no run", o.detail, word), hint)
		}
		d.Runs = append(d.Runs, n)
	}
	slices.Sort(d.Runs)
	d.Runs = slices.Compact(d.Runs)
	return d, nil
}

// usualFolder names the folder by what makes the tables differ most often.
func (o *options) usualFolder(r *study.Record) string {
	name := fmt.Sprintf("%s-seed%d", r.Name, r.Plan.Size.Seed)
	switch {
	case o.stable.On:
		name += "-stable"
	case o.size.Runs > 1:
		name += fmt.Sprintf("-runs%d", o.size.Runs)
	}
	if r.From != nil {
		name += "-from-" + r.From.Date
	}
	return filepath.Join("results", name)
}

// Close prints the closing screen of an ensemble, and says what went wrong if
// something did; again is how a run that failed is repeated, "" for what run has.
func Close(c *console.Console, r *study.Recording, found *studies.Ensemble, playing error, asJSON bool, again string) error {
	var broken *experiment.Failure
	switch {
	case found == nil && (errors.Is(playing, context.Canceled) || errors.As(playing, &broken)):
		return incomplete(r, playing, "no run was finished, and nothing was written", again)
	case found == nil:
		return console.Failed(playing, "nothing half-written was left behind; --out DIR writes elsewhere")
	}
	var err error
	if asJSON {
		err = r.Summary.WriteJSON(c.Out)
	} else {
		err = r.Summary.WriteScreen(c.Out, c.Look())
	}
	if err != nil {
		return console.Failed(err)
	}
	if playing != nil {
		return incomplete(r, playing, fmt.Sprintf("%d of %d runs are finished, and their tables are whole, in %s",
			found.Finished, r.Manifest.Runs, r.Summary.Dir), again)
	}
	return nil
}

// incomplete words the end of an ensemble that was interrupted or whose run
// failed.
func incomplete(r *study.Recording, cause error, left, again string) error {
	var broken *experiment.Failure
	if !errors.As(cause, &broken) {
		return console.Failed(errors.New("interrupted: " + left))
	}
	if again == "" {
		again = fmt.Sprintf("the same command with --seed %d --runs 1 repeats the run that failed",
			sim.ReplicateSeed(r.Manifest.Seed, broken.Index))
	}
	return &console.Failure{
		Err: fmt.Errorf("%w; %s", broken, left), Hints: []string{again}, Status: console.Broken, Trace: broken.Stack,
	}
}
