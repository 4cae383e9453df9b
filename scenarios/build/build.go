// Package build turns what a scenario says, and the data, into the world from which a
// run starts and into what happens in it. It finds out whether the agents that the
// scenario names exist, changes those that it changes, and completes the world with the
// model's own formulas.
package build

import (
	"errors"
	"slices"
	"strings"
	"time"

	"splinternet/models/events"
	"splinternet/models/world"
	"splinternet/scenarios/data"
	"splinternet/scenarios/problem"
	"splinternet/scenarios/spec"
)

// Result is what a run of a scenario starts from.
type Result struct {
	World     *world.World // nil where it cannot be built
	Events    []events.Event
	Decisions []events.Decision
	Files     []File // that the scenario brings along
}

// Build builds the world of a scenario and what happens in it, and adds to the problems
// what is wrong. Worlds of the data are taken from what was built lately.
func Build(c *problem.Collector, s *spec.Spec, lately *Worlds) Result {
	b := &builder{&directory{problems: c, calendar: s.Calendar}, s}
	files := b.lay(lately)
	if b.world != nil {
		b.nameAll()
	}
	b.groups()
	if b.world != nil {
		b.changes()
		b.complete()
	}
	b.checkNames()
	return Result{World: b.world, Events: b.events(), Decisions: b.decisions(), Files: files}
}

// builder builds one world.
type builder struct {
	*directory
	spec *spec.Spec
}

// lay lays out the world from data, or from what the scenario alone says of it.
func (b *builder) lay(lately *Worlds) []File {
	s := &b.spec.World
	if s.Broken {
		return nil
	}
	if s.Small {
		b.small()
		return nil
	}
	files, ok := readFiles(b.problems, s.Files)
	if !ok {
		return nil
	}
	o := data.Options{Start: b.spec.Calendar.Start, Cutoff: s.Cutoff, Calendar: b.spec.Calendar, Files: map[string]string{}}
	if o.Cutoff.IsZero() {
		o.Cutoff = time.Date(o.Start.Year(), 12, 31, 0, 0, 0, 0, time.UTC)
	}
	for _, f := range s.Files {
		o.Files[f.Key] = f.Path
	}
	for _, n := range s.West {
		o.West = append(o.West, data.Member{ID: strings.TrimPrefix(n.Word, "state."), Place: n.Place})
	}
	w, err := lately.get(o, files)
	if err != nil {
		var list problem.List
		errors.As(err, &list) // as all errors of the data are
		b.problems.Add(list...)
		return files
	}
	widen(w, s.Dim)
	b.world = w
	return files
}

// complete works out, once and for all that the scenario and the data say, what follows
// from it.
func (b *builder) complete() {
	w := b.world
	if b.spec.World.Small || len(b.spec.Changes.States) > 0 {
		people(&w.States)
		w.DeriveStructure()
		w.States.DerivePower(b.weight("power.economy"), b.weight("power.capability"), b.weight("power.structure"))
	}
	for k := range w.Stacks {
		if s := &w.Stacks[k]; len(s.Recognised) != w.States.N {
			s.Recognised = slices.Repeat([]bool{s.Proposed && s.Recognition >= 1}, w.States.N)
		}
	}
	w.Tick = -1
}

// Weights are the parameters on which the initial world depends: the weights of
// economy, capability and structure in power.
var Weights = []string{"power.economy", "power.capability", "power.structure"}

// weight is the value of a parameter in the scenario.
func (b *builder) weight(name string) float64 {
	if value, given := b.spec.Parameters[name]; given {
		return value
	}
	return spec.Parameters().Find(name).Default
}

// people derives populations from users, and wealth from economies and populations.
func people(s *world.States) {
	online, all := 0.0, 0.0
	for i := range s.N {
		online += s.Population[i] * s.Penetration[i]
	}
	for i := range s.N {
		if s.Penetration[i] > 0 {
			s.Population[i] = online * s.Users[i] / s.Penetration[i]
		}
		all += s.Population[i]
	}
	for i := range s.N {
		s.Wealth[i] = 1
		if s.Population[i] > 0 {
			s.Wealth[i] = s.Economy[i] * all / s.Population[i]
		}
	}
}
