package study

import (
	"context"
	"errors"
	"slices"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/saved"
	"splinternet/scenarios/studies"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

// Record says what is played into a run folder, and what is kept of it.
type Record struct {
	Plan   studies.EnsemblePlan
	Name   string        // of the scenario, for the manifest
	Text   string        // that repeats the scenario
	Detail output.Detail // runs with votes, agents, links and saved worlds
	SaveAt []int         // ticks at whose ends the world is saved, of the runs in detail
	From   *output.From  // where the plan's world comes from, if it has one
}

// Recording plays an ensemble into a run folder.
type Recording struct {
	Manifest *output.Manifest
	Summary  *output.Summary

	record Record
	folder *output.Folder
}

// ScenarioError says that a scenario cannot be played.
type ScenarioError struct{ Err error }

func (e *ScenarioError) Error() string { return e.Err.Error() }

// Unwrap returns why.
func (e *ScenarioError) Unwrap() error { return e.Err }

// WorldError says that a scenario cannot go on from a saved world, which is one of another
// world.
type WorldError struct{ Err error }

func (e *WorldError) Error() string { return e.Err.Error() }

// Unwrap returns what differs.
func (e *WorldError) Unwrap() error { return e.Err }

// Into prepares the folder dir for the runs. The error of a folder that is taken is an
// *output.TakenError, which force prevents where it holds results; that of a scenario that
// cannot be played a *ScenarioError, that of one whose world is not the saved one's a
// *WorldError.
func (r Record) Into(dir string, force bool) (*Recording, error) {
	s, size := r.Plan.Scenario, &r.Plan.Size
	simulation, err := s.Simulation()
	if err != nil {
		return nil, &ScenarioError{err}
	}
	if r.Plan.From != nil {
		if err := simulation.Same(r.Plan.From); err != nil {
			return nil, &WorldError{err}
		}
	}
	m := output.NewManifest(s.Calendar, simulation.Parameters(), &s.Settings)
	m.Scenario = output.Scenario{Name: r.Name, Title: s.Title, Hash: s.Hash, Text: r.Text}
	m.Seed, m.Runs, m.Detail, m.Measures, m.From = size.Seed, size.Runs, r.Detail, output.Keep(s.Measures), r.From
	if s.StrideYears > 0 {
		m.Stride = s.Calendar.Span(s.StrideYears)
	}
	folder, err := output.Create(dir, m, force)
	if err != nil {
		return nil, err
	}
	return &Recording{Manifest: m, Summary: output.NewSummary(m, s.Calendar, dir), record: r, folder: folder}, nil
}

// Play plays the runs and completes the folder. The errors are those of studies.Play and
// of writing. After an interruption, or a run that failed, the folder holds the runs
// before it, and the finding says how many; it is nil where nothing is left of the
// folder.
func (r *Recording) Play(ctx context.Context, watch studies.Watcher) (*studies.Ensemble, error) {
	found, playing := studies.Play[*output.Rows](ctx, r.record.Plan, r, watch)
	var failed *experiment.Failure
	kept := playing == nil || errors.Is(playing, context.Canceled) || errors.As(playing, &failed)
	if !kept || found.Finished == 0 {
		r.folder.Abort()
		return nil, playing
	}
	r.Manifest.Runs = found.Runs
	if err := r.folder.Commit(min(r.record.Plan.Size.Workers, r.record.Plan.Size.Runs)); err != nil {
		return nil, err
	}
	return found, playing
}

// Encoder makes the rows of one worker's runs.
func (r *Recording) Encoder(parameters *sim.Parameters) studies.Encoder[*output.Rows] {
	s := r.record.Plan.Scenario
	e := output.NewEncoder(r.Manifest, s.Calendar, s.World.States.ID, parameters)
	if len(r.record.SaveAt) == 0 {
		return e
	}
	return &saver{Encoder: e, recording: r}
}

// saver also saves the worlds of runs in detail.
type saver struct {
	*output.Encoder
	recording *Recording
}

// Begin implements studies.Encoder.
func (s *saver) Begin(run int, seed uint64) models.Recording {
	recording := s.Encoder.Begin(run, seed)
	m := s.recording.Manifest
	if !m.Detail.Has(run) {
		return recording
	}
	observe := recording.Each
	recording.Each = func(now *sim.Tick, w *world.World) error {
		if slices.Contains(s.recording.record.SaveAt, now.Index) {
			content, err := saved.Content(w, m.Scenario, seed, run)
			if err != nil {
				return err
			}
			s.Attach(saved.Name(run, w.Calendar.Date(now.Index+1)), content)
		}
		return observe(now, w)
	}
	return recording
}

// Keep takes in the next run.
func (r *Recording) Keep(result *models.Result, rows *output.Rows) error {
	if err := r.folder.Append(rows); err != nil {
		return err
	}
	r.Summary.Add(result, r.record.Plan.Scenario.World.States.ID)
	return nil
}
