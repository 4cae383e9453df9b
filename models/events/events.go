// Package events is the first mechanism of a tick: what a scenario schedules
// happens here, before anybody acts. It also holds the decisions that a scenario
// scripts.
package events

import (
	"fmt"

	"splinternet/models/mechanism"
	"splinternet/models/security"
	"splinternet/models/world"
	"splinternet/sim"
)

// Event is one scheduled event.
type Event struct {
	Name string // unique in the scenario
	Tick int
	Kind string // the word in the scenario file: shock, proposal, ban, ...
	// Why is the scenario's own sentence for the chronicle; when empty, the
	// chronicle words one.
	Why    string
	Effect Effect
}

// Effect is what an event does. Agents are named by identifier, because forums
// and texts may be born during the run; an identifier that does not exist (any
// more) when the event is due makes the event pass without effect, and the
// chronicle says so.
type Effect interface {
	// Apply changes the world, and reports as the deed of the event what it has changed,
	// or is about to change where more is told of it.
	Apply(now *sim.Tick, w *world.World, m *Mechanism, event *Event) error
}

// Mechanism applies the events of a scenario. It holds what effects reach for
// beyond the world.
type Mechanism struct {
	Parameters
	*State // in the world of the run

	Events   []Event // in order of tick, then of the scenario
	Declared *sim.Parameters
	Security *security.Security
}

// State is what the mechanism remembers.
type State struct {
	Settings []Setting `doc:"parameters that events have changed in the run, in the order in which they did"`
}

// Setting is a parameter that an event has changed.
type Setting struct {
	Parameter string
	Value     float64
}

// New makes the mechanism for a model with the given parameters, which events can
// change.
func New(set *sim.Parameters) *Mechanism { return mechanism.Parameters(set, &Mechanism{Declared: set}) }

// Prepare sets the parameters that events of the run have changed so far, and what
// incidents need.
func (m *Mechanism) Prepare(w *world.World) {
	m.State = world.Slot[State](w, m.Name())
	for _, s := range m.Settings {
		if err := m.Declared.Set(s.Parameter, s.Value); err != nil {
			panic(fmt.Sprintf("events: %v", err)) // it was set before
		}
	}
	m.Security.Prepare(w)
}

// Begin has changed no parameter, and lays out what incidents need, whether the
// mechanism that plays them is on or off.
func (m *Mechanism) Begin(_ *sim.Tick, w *world.World) {
	m.Settings = m.Settings[:0]
	m.Security.Derive(w)
}

// Step applies the events of the tick in the order of the scenario.
func (m *Mechanism) Step(now *sim.Tick, w *world.World) {
	for k := range m.Events {
		e := &m.Events[k]
		if e.Tick != now.Index {
			continue
		}
		if err := e.Effect.Apply(now, w, m, e); err != nil && w.Chronicle.On {
			w.Tell(Failed{Event: e, Reason: err})
		}
	}
}

// did reports what an event has done.
func (e *Event) did(w *world.World, deed Deed) {
	if w.Chronicle.On {
		w.Tell(Happened{Event: e, Did: deed})
	}
}
