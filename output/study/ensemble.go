package study

import (
	"context"
	"errors"

	"splinternet/models"
	"splinternet/output"
	"splinternet/scenarios/studies"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

// Recording plays an ensemble into a run folder.
type Recording struct {
	Manifest *output.Manifest
	Summary  *output.Summary

	plan   studies.EnsemblePlan
	folder *output.Folder
}

// ScenarioError says that a scenario cannot be played.
type ScenarioError struct{ Err error }

func (e *ScenarioError) Error() string { return e.Err.Error() }

// Unwrap returns why.
func (e *ScenarioError) Unwrap() error { return e.Err }

// Record prepares the folder dir for the runs of a plan. Name is what the manifest calls
// the scenario, text what repeats it; detail names the runs with votes, agents and
// links. The error of a folder that is taken is an *output.TakenError, which force
// prevents where it holds results; that of a scenario that cannot be played a
// *ScenarioError.
func Record(plan studies.EnsemblePlan, name, text string, detail output.Detail, dir string, force bool) (*Recording, error) {
	s := plan.Scenario
	simulation, err := s.Simulation()
	if err != nil {
		return nil, &ScenarioError{err}
	}
	m := output.NewManifest(s.Calendar, simulation.Parameters(), s.Settings.Off)
	m.Scenario = output.Scenario{Name: name, Title: s.Title, Hash: s.Hash, Text: text}
	m.Seed, m.Runs, m.Detail, m.Measures = plan.Size.Seed, plan.Size.Runs, detail, output.Keep(s.Measures)
	if s.StrideYears > 0 {
		m.Stride = s.Calendar.Span(s.StrideYears)
	}
	folder, err := output.Create(dir, m, force)
	if err != nil {
		return nil, err
	}
	return &Recording{Manifest: m, Summary: output.NewSummary(m, s.Calendar, dir), plan: plan, folder: folder}, nil
}

// Play plays the runs and completes the folder. The errors are those of studies.Play and
// of writing. After an interruption, or a run that failed, the folder holds the runs
// before it, and the finding says how many; it is nil where nothing is left of the
// folder.
func (r *Recording) Play(ctx context.Context, watch studies.Watcher) (*studies.Ensemble, error) {
	found, playing := studies.Play[*output.Rows](ctx, r.plan, r, watch)
	var failed *experiment.Failure
	kept := playing == nil || errors.Is(playing, context.Canceled) || errors.As(playing, &failed)
	if !kept || found.Finished == 0 {
		r.folder.Abort()
		return nil, playing
	}
	r.Manifest.Runs = found.Runs
	if err := r.folder.Commit(min(r.plan.Size.Workers, r.plan.Size.Runs)); err != nil {
		return nil, err
	}
	return found, playing
}

// Encoder makes the rows of one worker's runs.
func (r *Recording) Encoder(parameters *sim.Parameters) studies.Encoder[*output.Rows] {
	s := r.plan.Scenario
	return output.NewEncoder(r.Manifest, s.Calendar, s.World.States.ID, parameters)
}

// Keep takes in the next run.
func (r *Recording) Keep(result *models.Result, rows *output.Rows) error {
	if err := r.folder.Append(rows); err != nil {
		return err
	}
	r.Summary.Add(result, r.plan.Scenario.World.States.ID)
	return nil
}
