// Package events is the first mechanism of a tick: what a scenario schedules
// happens here, before anybody acts. It also holds the decisions that a scenario
// scripts.
package events

import (
	"fmt"
	"slices"
	"strings"

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
	// effect words one.
	Why    string
	Effect Effect
}

// Effect is what an event does. Agents are named by identifier, because forums
// and texts may be born during the run; an identifier that does not exist (any
// more) when the event is due makes the event pass without effect, and the
// chronicle says so.
type Effect interface {
	// Apply changes the world and returns a sentence for the chronicle and how
	// consequential the change is, [0, 1].
	Apply(now *sim.Tick, w *world.World, m *Mechanism) (sentence string, weight float64, err error)
}

// Mechanism applies the events of a scenario. It holds what effects reach for
// beyond the world.
type Mechanism struct {
	Events     []Event // in order of tick, then of the scenario
	Parameters *sim.Parameters
	Security   *security.Security
}

// New makes the mechanism for a model with the given parameters, which events can
// change. It declares none of its own.
func New(set *sim.Parameters) *Mechanism { return &Mechanism{Parameters: set} }

// Name is "events".
func (*Mechanism) Name() string { return "events" }

// Declare says all that the rest of the program knows of the mechanism.
func (*Mechanism) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "What the scenario schedules: shocks, proposals, bans, forums, crises, agreements.",
		Reference: "",
	}
}

// Prepare does nothing yet.
func (*Mechanism) Prepare(*world.World) {}

// Begin does nothing: events hold no state.
func (*Mechanism) Begin(*sim.Tick, *world.World) {}

// Step applies the events of the tick in the order of the scenario.
func (m *Mechanism) Step(now *sim.Tick, w *world.World) {
	for k := range m.Events {
		e := &m.Events[k]
		if e.Tick != now.Index {
			continue
		}
		before := len(w.Chronicle.Entries)
		sentence, weight, err := e.Effect.Apply(now, w, m)
		if err != nil {
			sentence, weight = fmt.Sprintf("%s could not happen: %v.", e.Name, err), 0
		} else if e.Why != "" {
			sentence = e.Why
		}
		if sentence != "" {
			w.Add(world.Entry{Kind: e.Kind, Name: e.Name, Text: sentence, Weight: weight, By: "scenario"})
		}
		if _, founds := e.Effect.(*Found); founds && err == nil && e.Why != "" {
			lead(&w.Chronicle, before)
		}
	}
}

// lead puts the last entry, in which a scenario says what happens, before those from a place
// on that say what comes of it. One that says no more than that a forum is set up is left
// out.
func lead(c *world.Chronicle, from int) {
	last := len(c.Entries) - 1
	if last <= from {
		return
	}
	said := c.Entries[last]
	rest := slices.DeleteFunc(c.Entries[from:last], func(e world.Entry) bool {
		return e.Kind == "forum" && strings.HasSuffix(e.Text, " is set up.")
	})
	c.Entries = slices.Insert(c.Entries[:from+len(rest)], from, said)
}
