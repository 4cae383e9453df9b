package models

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"splinternet/models/chronicle"
	"splinternet/models/events"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// Settings is what a scenario decides about a run, beside its world.
type Settings struct {
	Parameters map[string]float64 // by name; those left out keep their defaults
	Off        map[string]bool    // mechanisms that take no steps: what they moved stays as it is
	// Abolished are those of Off of which nothing stays (mechanism.Abolisher).
	Abolished map[string]bool
	Events    []events.Event
	Decisions []events.Decision
	// Listen, when set, is given the rules that the decisions make and may put
	// rules of its own before them, such as one that notes what an agent was asked.
	// It is called once for a simulation, with the initial world, which it must not
	// change.
	Listen func(w *world.World, rules *world.Rules)
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
	From    int    // first tick that was played; the series and the history have those before, too
	Series  measures.Series
	Verdict verdict.Verdict
	Entries []world.Entry
	Ballots []voting.Ballot
}

// Simulation plays replicates of one scenario, one after another. It is not safe
// for concurrent use: make one for each worker.
type Simulation struct {
	source     *world.World // as it was given; only compared with what comes next
	initial    *world.World // laid out, and never changed by a run
	world      *world.World // of the run being played
	parameters *sim.Parameters
	values     []float64 // of the scenario, restored before each run
	model      sim.Model[*world.World]
	mechanisms *mechanisms
	observer   measures.Observer
}

// New prepares the simulation of a scenario. The initial world is not changed, and
// must not be by others as long as it is in use.
func New(initial *world.World, s Settings) (*Simulation, error) {
	m := new(Simulation)
	if err := m.Adopt(initial, s); err != nil {
		return nil, err
	}
	return m, nil
}

// Adopt makes the simulation one of another scenario, as if New had made it, but in
// the memory that it has: a worker of a sweep goes from design point to design
// point without allocating. Where the initial world is the very one that it has
// already, because the points differ in Settings alone, the world is not laid out
// anew either: that takes microseconds, and a new simulation of the baseline over a
// millisecond.
//
// The error names a setting that does not exist or is out of its domain, and
// leaves the simulation as it was. Parameters may return another set than before.
func (s *Simulation) Adopt(initial *world.World, settings Settings) error {
	m := s.mechanisms
	if m == nil || shapeOf(initial) != shapeOf(s.initial) {
		m = newMechanisms() // their buffers fit one shape of world
	}
	values, err := settings.values(m.parameters)
	if err != nil {
		return err
	}
	rules, err := events.Rules(initial, settings.Decisions)
	if err != nil {
		return err
	}
	if settings.Listen != nil {
		settings.Listen(initial, &rules)
	}
	m.parameters.Restore(values)
	m.Events.Events = settings.Events
	if initial != s.source {
		s.layOut(initial)
	}
	s.initial.Rules = rules
	s.mechanisms, s.parameters, s.values = m, m.parameters, values
	s.model = sim.Model[*world.World]{Calendar: s.initial.Calendar, World: s.world, Mechanisms: m.on(&settings), Open: world.Open}
	return nil
}

// layOut takes in an initial world and derives what follows from it.
func (s *Simulation) layOut(initial *world.World) {
	if s.initial == nil {
		s.initial, s.world = new(world.World), new(world.World)
	}
	s.source = initial
	s.initial.CopyFrom(initial)
	complete(s.initial)
}

// values are those of all parameters, in the order of their declaration.
func (s *Settings) values(declared *sim.Parameters) ([]float64, error) {
	all := declared.WithFixed()
	values, given := make([]float64, len(all)), 0
	for k, p := range all {
		values[k] = p.Default
		if value, ok := s.Parameters[p.Name]; ok {
			if err := p.Check(value); err != nil {
				return nil, fmt.Errorf("%s: %w", p.Name, err)
			}
			values[k] = value
			given++
		}
	}
	if given < len(s.Parameters) {
		for _, name := range slices.Sorted(maps.Keys(s.Parameters)) {
			if declared.Find(name) == nil {
				if instead := Instead(name); instead != "" {
					return nil, fmt.Errorf("there is no parameter %q: %s", name, instead)
				}
				return nil, fmt.Errorf("there is no parameter %q", name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Off)) {
		if Find(name) == nil {
			return nil, fmt.Errorf("there is no mechanism %q", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Abolished)) {
		if !s.Off[name] {
			return nil, fmt.Errorf("the mechanism %q is abolished and takes steps", name)
		}
	}
	return values, nil
}

// shape is how many there are of everything for which mechanisms keep a buffer.
type shape struct{ dim, states, firms, stacks, groups int }

func shapeOf(w *world.World) shape {
	return shape{w.Dim, w.States.N, w.Firms.N, len(w.Stacks), len(w.Groups)}
}

// Parameters are the parameters with the scenario's values.
func (s *Simulation) Parameters() *sim.Parameters { return s.parameters }

// Run plays one replicate with the given seed.
func (s *Simulation) Run(ctx context.Context, seed uint64, r Recording) (*Result, error) {
	w := s.start(s.initial, r)
	s.mechanisms.layOut(seed, w)
	s.observer.Begin(w)
	return s.play(seed, r, func(observe observer) error { return s.model.Run(ctx, seed, observe) })
}

// Continue plays on from a world as it was at the end of a tick of a run, with the
// settings of this simulation: with those of that run and its seed, what follows is what
// followed there. The world is not changed. It has to be one of a run of the same
// initial world (Same).
func (s *Simulation) Continue(ctx context.Context, from *world.World, seed uint64, r Recording) (*Result, error) {
	if err := s.Same(from); err != nil {
		return nil, err
	}
	w := s.start(from, r)
	w.Calendar, w.Rules = s.initial.Calendar, s.initial.Rules
	s.observer.Continue(w)
	result, err := s.play(seed, r, func(observe observer) error { return s.model.Continue(ctx, seed, from.Tick+1, observe) })
	if err == nil {
		result.From = from.Tick + 1
	}
	return result, err
}

// observer is called after every tick.
type observer = func(now *sim.Tick, w *world.World) error

// start makes the world of the run a copy of another.
func (s *Simulation) start(from *world.World, r Recording) *world.World {
	s.parameters.Restore(s.values)
	w := s.world
	w.CopyFrom(from)
	w.Chronicle = world.Chronicle{On: r.Chronicle, Ballots: r.Ballots, Teller: chronicle.Chronicle{}}
	s.observer.Keep, s.observer.Stride = keepAtLeast(r.Keep), r.Stride
	return w
}

// play runs the model on the world of the run and collects what is kept.
func (s *Simulation) play(seed uint64, r Recording, run func(observer) error) (*Result, error) {
	w := s.world
	judge := verdict.NewJudge(s.mechanisms.thresholds, w)
	err := run(func(now *sim.Tick, w *world.World) error {
		s.observer.Observe(now.Index, w)
		if label, before, changed := judge.Observe(now.Index, &s.observer.Series); changed {
			w.Tell(verdict.Passed{From: before, To: label})
		}
		if r.Each != nil {
			return r.Each(now, w)
		}
		return nil
	})
	series := s.observer.End()
	if err != nil {
		return nil, err
	}
	return &Result{
		Seed: seed, Series: series, Verdict: judge.Verdict(&series),
		Entries: w.Chronicle.Entries, Ballots: w.Chronicle.Votes,
	}, nil
}

// Same returns an error unless a run of this simulation can go on from a world: its
// states, firms, stacks, groups, dimensions and calendar are those of the initial world.
func (s *Simulation) Same(from *world.World) error {
	a, b := s.initial, from
	switch {
	case a.Dim != b.Dim:
		return fmt.Errorf("it has %d preference dimensions, the scenario %d", b.Dim, a.Dim)
	case !a.Calendar.Start.Equal(b.Calendar.Start) || a.Calendar.Tick != b.Calendar.Tick:
		return fmt.Errorf("it counts in %ss from %s on, the scenario in %ss from %s on", b.Calendar.Tick, b.Calendar.Start.Format(time.DateOnly),
			a.Calendar.Tick, a.Calendar.Start.Format(time.DateOnly))
	case from.Tick < 0 || from.Tick >= a.Calendar.Ticks-1:
		return fmt.Errorf("it is of %s, the scenario ends on %s", b.Calendar.Date(from.Tick+1).Format(time.DateOnly), a.Calendar.Date(a.Calendar.Ticks).Format(time.DateOnly))
	}
	for _, kind := range []struct {
		name string
		a, b []string
	}{
		{"states", a.States.ID, b.States.ID}, {"firms", a.Firms.ID, b.Firms.ID}, {"stacks", stackIDs(a), stackIDs(b)}, {"groups", groupIDs(a), groupIDs(b)},
	} {
		if !slices.Equal(kind.a, kind.b) {
			return fmt.Errorf("its %s are not those of the scenario: %s", kind.name, firstDifference(kind.a, kind.b))
		}
	}
	return nil
}

func stackIDs(w *world.World) (list []string) {
	for k := range w.Stacks {
		list = append(list, w.Stacks[k].ID)
	}
	return list
}

func groupIDs(w *world.World) (list []string) {
	for k := range w.Groups {
		list = append(list, w.Groups[k].ID)
	}
	return list
}

// firstDifference says what the one list has that the other has not.
func firstDifference(scenario, saved []string) string {
	for _, id := range scenario {
		if !slices.Contains(saved, id) {
			return "it lacks " + id
		}
	}
	for _, id := range saved {
		if !slices.Contains(scenario, id) {
			return "it has " + id + ", which the scenario has not"
		}
	}
	return "they are in another order"
}
