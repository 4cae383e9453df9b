package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"splinternet/output"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

// runOptions are the flags of run.
type runOptions struct {
	scenario             string
	seed                 uint64
	runs, workers, ticks int
	ticksGiven           bool // --ticks 0 is a mistake, no --ticks is not
	set, without         []string
	out, detail          string
	json, quiet, force   bool
	stable               untilStable
	plot                 bool // draw the figures, too
}

// run plays a scenario and writes its results folder.
func run(ctx context.Context, c *console, o runOptions) error {
	detail, err := o.check()
	if err != nil {
		return err
	}
	s, err := load(c, o.scenario, scenarios.Options{Set: o.set, Without: o.without, Ticks: o.ticks})
	if err != nil {
		return misuse(err)
	}
	dir := o.out
	if dir == "" {
		dir = defaultOut(o)
	}
	plan := studies.EnsemblePlan{Scenario: s, Size: o.size()}
	recording, err := study.Record(plan, studies.ScenarioName(o.scenario), s.Text, detail, dir, o.force)
	if err != nil {
		return refusal(err)
	}
	found, playing := recording.Play(ctx, newProgress(c))
	if found != nil {
		o.stable.notStable(c, found.Unstable)
	}
	if err := closeRun(c, recording, found, playing, o.json, ""); err != nil {
		return err
	}
	if o.force {
		if err := forgetFigures(c, dir); err != nil {
			return err
		}
	}
	if !o.plot {
		return nil
	}
	return plotFolder(ctx, c, dir)
}

// size is how many runs are played, and how.
func (o *runOptions) size() studies.Size {
	return o.stable.of(studies.Size{Seed: o.seed, Runs: o.runs, Workers: o.workers})
}

// check refuses options that make no sense and returns the runs in detail.
func (o *runOptions) check() (output.Detail, error) {
	size := o.size()
	if err := size.Check(1); err != nil {
		return output.Detail{}, refused(err)
	}
	if o.ticks < 0 || o.ticks == 0 && o.ticksGiven {
		return output.Detail{}, misuse(fmt.Errorf("--ticks %d: at least 1", o.ticks))
	}
	if o.detail == "all" {
		return output.Detail{All: true}, nil
	}
	var d output.Detail
	for word := range strings.SplitSeq(o.detail, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 0 || n >= size.Runs {
			hint := fmt.Sprintf("allowed: all, or runs from 0 to %d, as in --detail 0,%d", size.Runs-1, size.Runs-1)
			if size.Runs == 1 {
				hint = "one run is played, and it is run 0; --runs N plays more"
			}
			return d, misuse(fmt.Errorf("--detail %q: %q is no run", o.detail, word), hint)
		}
		d.Runs = append(d.Runs, n)
	}
	slices.Sort(d.Runs)
	d.Runs = slices.Compact(d.Runs)
	return d, nil
}

// defaultOut names the folder by what makes the tables differ most often.
func defaultOut(o runOptions) string {
	name := fmt.Sprintf("%s-seed%d", studies.ScenarioName(o.scenario), o.seed)
	switch {
	case o.stable.on:
		name += "-stable"
	case o.runs > 1:
		name += fmt.Sprintf("-runs%d", o.runs)
	}
	return filepath.Join("results", name)
}

// refusal adds to an error of the results folder what can be done about it.
func refusal(err error) error {
	var taken *output.TakenError
	var scenario *study.ScenarioError
	switch {
	case errors.As(err, &scenario):
		return misuse(err)
	case !errors.As(err, &taken):
		return failed(err, "--out DIR writes elsewhere")
	case taken.Replaceable:
		return misuse(err, "--force replaces them, --out DIR writes elsewhere")
	}
	return misuse(err, "--out DIR writes elsewhere")
}

// closeRun prints the closing screen of an ensemble, and says what went wrong if
// something did; again is how a run that failed is repeated, "" for what run has.
func closeRun(c *console, r *study.Recording, found *studies.Ensemble, playing error, asJSON bool, again string) error {
	var broken *experiment.Failure
	switch {
	case found == nil && (errors.Is(playing, context.Canceled) || errors.As(playing, &broken)):
		return incomplete(r, playing, "no run was finished, and nothing was written", again)
	case found == nil:
		return failed(playing, "nothing half-written was left behind; --out DIR writes elsewhere")
	}
	var err error
	if asJSON {
		err = r.Summary.WriteJSON(c.out)
	} else {
		err = r.Summary.WriteScreen(c.out, output.Look{Width: columns(c.out), Bold: canBold(c.out)})
	}
	if err != nil {
		return failed(err)
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
		return failed(errors.New("interrupted: " + left))
	}
	if again == "" {
		again = fmt.Sprintf("the same command with --seed %d --runs 1 repeats the run that failed",
			sim.ReplicateSeed(r.Manifest.Seed, broken.Index))
	}
	return &failure{
		err: fmt.Errorf("%w; %s", broken, left), hints: []string{again}, status: exitFailed, trace: broken.Stack,
	}
}
