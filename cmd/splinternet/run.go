package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
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
	first, err := s.Simulation()
	if err != nil {
		return misuse(err)
	}
	m := output.NewManifest(s.Calendar, first.Parameters(), s.Settings.Off)
	m.Scenario = output.Scenario{Name: o.name(), Title: s.Title, Hash: s.Hash, Text: s.Text}
	m.Seed, m.Runs, m.Detail, m.Measures = o.seed, o.runs, detail, output.Keep(s.Measures)
	if s.StrideYears > 0 {
		m.Stride = s.Calendar.Span(s.StrideYears)
	}
	dir := o.out
	if dir == "" {
		dir = defaultOut(o)
	}
	folder, err := output.Create(dir, m, o.force)
	if err != nil {
		return refusal(err)
	}
	e := &ensemble{
		scenario: s, manifest: m, folder: folder, summary: output.NewSummary(m, s.Calendar, dir),
		progress: newProgress(c, o.runs, s.Calendar), workers: min(o.workers, o.runs),
	}
	if o.stable.on {
		e.steady = pairs.NewSteady(o.stable.epsilon)
	}
	playing := e.play(ctx)
	if e.steady != nil && e.folder.Finished() == o.stable.most {
		o.stable.notStable(c, e.steady)
	}
	if err := e.conclude(c, o, playing); err != nil {
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

// check refuses options that make no sense and returns the runs in detail.
func (o *runOptions) check() (output.Detail, error) {
	if o.stable.on {
		o.runs = o.stable.most
	}
	switch {
	case o.runs < 1:
		return output.Detail{}, misuse(fmt.Errorf("--runs %d: at least 1", o.runs))
	case o.workers < 1:
		return output.Detail{}, misuse(fmt.Errorf("--workers %d: at least 1", o.workers))
	case o.ticks < 0 || o.ticks == 0 && o.ticksGiven:
		return output.Detail{}, misuse(fmt.Errorf("--ticks %d: at least 1", o.ticks))
	}
	if o.detail == "all" {
		return output.Detail{All: true}, nil
	}
	var d output.Detail
	for word := range strings.SplitSeq(o.detail, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 0 || n >= o.runs {
			hint := fmt.Sprintf("allowed: all, or runs from 0 to %d, as in --detail 0,%d", o.runs-1, o.runs-1)
			if o.runs == 1 {
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

// name is the scenario's name in the library, or its file's without the ending.
func (o *runOptions) name() string {
	if o.scenario == "-" {
		return "stdin"
	}
	return strings.TrimSuffix(filepath.Base(o.scenario), ".toml")
}

// defaultOut names the folder by what makes the tables differ most often.
func defaultOut(o runOptions) string {
	name := fmt.Sprintf("%s-seed%d", o.name(), o.seed)
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
	switch {
	case !errors.As(err, &taken):
		return failed(err, "--out DIR writes elsewhere")
	case taken.Replaceable:
		return misuse(err, "--force replaces them, --out DIR writes elsewhere")
	}
	return misuse(err, "--out DIR writes elsewhere")
}

// ensemble is a scenario that is being played.
type ensemble struct {
	scenario *scenarios.Scenario
	manifest *output.Manifest
	folder   *output.Folder
	summary  *output.Summary
	progress *progress
	workers  int
	steady   *pairs.Steady // ends it when more runs would change nothing; nil plays all
	again    string        // how to repeat a run that failed; "" for what run has
}

// played is one run as a worker hands it on: its rows are made in the
// worker, so that writing does not hold the others up.
type played struct {
	result *models.Result
	rows   *output.Rows
}

// play plays all runs and takes them in, in their order.
func (e *ensemble) play(ctx context.Context) error {
	e.progress.begin()
	defer e.progress.end()
	states := e.scenario.World.States.ID
	_, err := experiment.Ordered(ctx, 0, e.manifest.Runs, e.workers, e.worker,
		func(i int, p played, failure *experiment.Failure) error {
			if failure != nil {
				return failure
			}
			if err := e.folder.Append(p.rows); err != nil {
				return err
			}
			e.summary.Add(p.result, states)
			e.progress.Finished(i + 1)
			if e.steady != nil {
				reading := pairs.Read(p.result, e.scenario.Calendar)
				if e.steady.Add(&reading); e.steady.Enough() {
					e.manifest.Runs = i + 1 // it is the ensemble of this size
					return pairs.ErrEnough
				}
			}
			return nil
		})
	if errors.Is(err, pairs.ErrEnough) {
		return nil
	}
	return err
}

// worker makes the job of one worker: a simulation and an encoder of its own.
func (e *ensemble) worker() (experiment.Job[played], error) {
	simulation, err := e.scenario.Simulation()
	if err != nil {
		return nil, err
	}
	encoder := output.NewEncoder(e.manifest, e.scenario.Calendar, e.scenario.World.States.ID, simulation.Parameters())
	return func(ctx context.Context, i int) (played, error) {
		seed := sim.ReplicateSeed(e.manifest.Seed, i)
		recording := encoder.Begin(i, seed)
		observe := recording.Each
		recording.Each = func(now *sim.Tick, w *world.World) error {
			e.progress.Tick()
			if observe == nil {
				return nil
			}
			return observe(now, w)
		}
		result, err := simulation.Run(ctx, seed, recording)
		if err != nil {
			return played{}, err
		}
		return played{result, encoder.End(result)}, nil
	}, nil
}

// conclude completes the folder, prints the closing screen, and says what went
// wrong if something did.
func (e *ensemble) conclude(c *console, o runOptions, playing error) error {
	var broken *experiment.Failure
	stopped := errors.Is(playing, context.Canceled)
	writing := playing != nil && !stopped && !errors.As(playing, &broken)
	if writing {
		e.folder.Abort()
		return failed(playing, "nothing half-written was left behind; --out DIR writes elsewhere")
	}
	finished := e.folder.Finished()
	if finished == 0 {
		e.folder.Abort()
		return e.incomplete(playing, "no run was finished, and nothing was written")
	}
	if err := e.folder.Commit(e.workers); err != nil {
		return failed(err)
	}
	if err := e.show(c, o); err != nil {
		return failed(err)
	}
	if playing != nil {
		return e.incomplete(playing, fmt.Sprintf("%d of %d runs are finished, and their tables are whole, in %s",
			finished, e.manifest.Runs, e.summary.Dir))
	}
	return nil
}

func (e *ensemble) show(c *console, o runOptions) error {
	if o.json {
		return e.summary.WriteJSON(c.out)
	}
	return e.summary.WriteScreen(c.out, output.Look{Width: columns(c.out), Bold: canBold(c.out)})
}

// incomplete words the end of an ensemble that was interrupted or whose run
// failed.
func (e *ensemble) incomplete(cause error, left string) error {
	var broken *experiment.Failure
	if !errors.As(cause, &broken) {
		return failed(errors.New("interrupted: " + left))
	}
	hint := fmt.Sprintf("the same command with --seed %d --runs 1 repeats the run that failed",
		sim.ReplicateSeed(e.manifest.Seed, broken.Index))
	if e.again != "" {
		hint = e.again
	}
	return &failure{
		err: fmt.Errorf("%w; %s", broken, left), hints: []string{hint}, status: exitFailed, trace: broken.Stack,
	}
}
