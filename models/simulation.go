package models

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"splinternet/models/events"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/sim"
)

// Settings is what a scenario decides about a run, beside its world.
type Settings struct {
	Parameters map[string]float64 // by name; those left out keep their defaults
	Off        map[string]bool    // mechanisms that are switched off
	Events     []events.Event
	Decisions  []events.Decision
}

// Recording is what to keep of a run beside its measures and verdict.
type Recording struct {
	Chronicle bool   // what happened, in sentences
	Ballots   bool   // how each state voted, with each term of its utility
	Keep      []bool // by measure; nil keeps all; those the verdict needs are always kept
	Stride    int    // ticks between costly structural measures; 0 leaves them out
	// Each is called after every tick, for detail tables; nil for none. It must
	// not change the world.
	Each func(now *sim.Tick, w *world.World) error
}

// Result is what is kept of a run.
type Result struct {
	Seed    uint64 // the run's own seed: running it once with this seed repeats it
	Series  measures.Series
	Verdict verdict.Verdict
	Entries []world.Entry
	Ballots []world.Ballot
}

// Simulation plays replicates of one scenario, one after another. It is not safe
// for concurrent use: make one for each worker.
type Simulation struct {
	initial    *world.World
	world      *world.World
	parameters *sim.Parameters
	values     []float64 // of the scenario, restored before each run
	model      sim.Model[*world.World]
	mechanisms *mechanisms
}

// New prepares the simulation of a scenario. The initial world is not changed.
func New(initial *world.World, s Settings) (*Simulation, error) {
	m := newMechanisms()
	for _, p := range m.parameters.All() {
		if value, ok := s.Parameters[p.Name]; ok {
			if err := m.parameters.Set(p.Name, value); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Parameters)) {
		if m.parameters.Find(name) == nil {
			return nil, fmt.Errorf("there is no parameter %q", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Off)) {
		if Find(name) == nil {
			return nil, fmt.Errorf("there is no mechanism %q", name)
		}
	}
	rules, err := events.Rules(initial, s.Decisions)
	if err != nil {
		return nil, err
	}
	if !s.Off["events"] {
		m.events.Events = s.Events
	}
	laid := initial.Clone()
	laid.Rules = rules
	complete(laid)
	run := laid.Clone()
	return &Simulation{
		initial: laid, world: run, mechanisms: m, parameters: m.parameters, values: m.parameters.Values(),
		model: sim.Model[*world.World]{Calendar: laid.Calendar, World: run, Mechanisms: m.on(s.Off)},
	}, nil
}

// Parameters are the parameters with the scenario's values.
func (s *Simulation) Parameters() *sim.Parameters { return s.parameters }

// Run plays one replicate with the given seed.
func (s *Simulation) Run(ctx context.Context, seed uint64, r Recording) (*Result, error) {
	s.parameters.Restore(s.values)
	w := s.world
	w.CopyFrom(s.initial)
	w.Chronicle.On, w.Chronicle.Ballots = r.Chronicle, r.Ballots
	s.mechanisms.layOut(seed, w)

	observer := measures.Observer{Keep: keepAtLeast(r.Keep), Stride: r.Stride}
	observer.Begin(w)
	judge := verdict.NewJudge(s.mechanisms.thresholds, w.Calendar)
	err := s.model.Run(ctx, seed, func(now *sim.Tick, w *world.World) error {
		observer.Observe(now.Index, w)
		if label, before, changed := judge.Observe(now.Index, &observer.Series); changed {
			tellLabel(w, before, label)
		}
		if r.Each != nil {
			return r.Each(now, w)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &Result{
		Seed: seed, Series: observer.Series, Verdict: judge.Verdict(&observer.Series),
		Entries: w.Chronicle.Entries, Ballots: w.Chronicle.Votes,
	}, nil
}

// tellLabel notes in the chronicle that the world has come to another end state.
func tellLabel(w *world.World, before, now verdict.Label) {
	if w.Chronicle.On {
		w.Add(world.Entry{
			Kind: "label", Name: string(now), Weight: 1,
			Text: fmt.Sprintf("For two years the world has been in %s, no longer in %s: %s.", now.Words(), before.Words(), now.Meaning()),
		})
	}
}
