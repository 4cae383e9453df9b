package studies

import (
	"context"
	"errors"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

// EnsemblePlan asks how the runs of a scenario end.
type EnsemblePlan struct {
	Scenario *scenarios.Scenario
	Size     Size
	// From is the world at the end of a tick, from which every run goes on; nil for runs
	// that begin at the start. The first run goes on with the seed as it is, the others
	// branch off with seeds of their own.
	From *world.World
}

// calendar is that of the ticks that are played.
func (p *EnsemblePlan) calendar() sim.Calendar {
	c := p.Scenario.Calendar
	if p.From != nil {
		played := p.From.Tick + 1
		c.Start, c.Ticks = c.Date(played), c.Ticks-played
	}
	return c
}

// Encoder makes of each run of one worker what is kept of it, so that keeping it does
// not hold the others up.
type Encoder[T any] interface {
	Begin(run int, seed uint64) models.Recording
	End(*models.Result) T
}

// Keeper takes in the runs of an ensemble.
type Keeper[T any] interface {
	// Encoder makes the encoder of one worker, whose simulation has the parameters.
	Encoder(*sim.Parameters) Encoder[T]
	// Keep takes in the next run, in the order of runs. Its error ends the ensemble.
	Keep(result *models.Result, kept T) error
}

// Ensemble is the finding of Play.
type Ensemble struct {
	Runs     int        // that were asked for; those that were enough, where it stopped because it was stable
	Finished int        // that the keeper has taken in
	Unstable []Quantity // what was not stable when the most runs were played
}

// played is one run as a worker hands it on.
type played[T any] struct {
	result *models.Result
	kept   T
}

// Play plays the runs of a scenario in order. The first run that fails ends it, with
// an *experiment.Failure; other errors are those of the context and of the keeper, and a
// *LimitError. What was kept before an error stays kept, and the finding says how much.
func Play[T any](ctx context.Context, plan EnsemblePlan, keep Keeper[T], watch Watcher) (*Ensemble, error) {
	size := &plan.Size
	e := &Ensemble{Runs: size.Runs}
	if err := size.Check(1); err != nil {
		return e, err
	}
	var steady *Steady
	if size.UntilStable > 0 {
		steady = NewSteady(size.UntilStable)
	}
	watch.Begin(size.Runs, plan.calendar())
	defer watch.End()
	var err error
	e.Finished, err = experiment.Ordered(ctx, 0, size.Runs, size.Workers, func() (experiment.Job[played[T]], error) {
		return playing(&plan, keep, watch)
	}, func(i int, p played[T], failure *experiment.Failure) error {
		if failure != nil {
			return failure
		}
		if err := keep.Keep(p.result, p.kept); err != nil {
			return err
		}
		watch.Finished(i + 1)
		if steady != nil {
			reading := Read(p.result, plan.Scenario.Calendar)
			if steady.Add(&reading); steady.Enough() {
				e.Runs = i + 1 // it is the ensemble of this size
				return errEnough
			}
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		e.Finished, err = e.Runs, nil
	}
	if steady != nil && e.Finished == size.Runs {
		e.Unstable = steady.Wanting()
	}
	return e, err
}

// playing makes the job of one worker: a simulation and an encoder of its own.
func playing[T any](plan *EnsemblePlan, keep Keeper[T], watch Watcher) (experiment.Job[played[T]], error) {
	simulation, err := plan.Scenario.Simulation()
	if err != nil {
		return nil, err
	}
	encoder := keep.Encoder(simulation.Parameters())
	return func(ctx context.Context, i int) (played[T], error) {
		seed := sim.ReplicateSeed(plan.Size.Seed, i)
		recording := encoder.Begin(i, seed)
		observe := recording.Each
		recording.Each = func(now *sim.Tick, w *world.World) error {
			watch.Tick()
			if observe == nil {
				return nil
			}
			return observe(now, w)
		}
		var result *models.Result
		if plan.From == nil {
			result, err = simulation.Run(ctx, seed, recording)
		} else {
			result, err = simulation.Continue(ctx, plan.From, seed, recording)
		}
		if err != nil {
			return played[T]{}, err
		}
		return played[T]{result, encoder.End(result)}, nil
	}, nil
}
