// Package cyberspace is the table of contents of the model: the mechanisms, in the
// order in which they act in a tick.
package cyberspace

import (
	"splinternet/models/crime"
	"splinternet/models/diplomacy"
	"splinternet/models/events"
	"splinternet/models/forums"
	"splinternet/models/influence"
	"splinternet/models/interconnection"
	"splinternet/models/markets"
	"splinternet/models/mechanism"
	"splinternet/models/norms"
	"splinternet/models/power"
	"splinternet/models/security"
	"splinternet/models/standards"
	"splinternet/sim"
)

// Mechanisms is one set of all mechanisms.
type Mechanisms struct {
	InOrder []mechanism.Mechanism

	// What is reached for outside a tick.
	Events          *events.Mechanism
	Power           *power.Power
	Interconnection *interconnection.Interconnection
}

// New makes the mechanisms of a tick and declares their parameters, in the same order.
func New(set *sim.Parameters) *Mechanisms {
	m := new(Mechanisms)
	m.Events = events.New(set)
	m.Power = power.New(set)
	m.InOrder = []mechanism.Mechanism{
		m.Events, m.Power,
		influence.New(set),
		diplomacy.New(set),
		forums.New(set),
		norms.New(set),
		markets.New(set),
		standards.New(set),
	}
	m.Interconnection = interconnection.New(set)
	m.Events.Security = security.New(set)
	m.InOrder = append(m.InOrder, m.Interconnection, crime.New(set), m.Events.Security)
	return m
}

// Declared is what a mechanism declares of itself, by its name.
type Declared struct {
	Name string
	mechanism.Declaration
}

// List is what the mechanisms declare, in order.
func List() []Declared {
	var list []Declared
	for _, m := range New(new(sim.Parameters)).InOrder {
		list = append(list, Declared{m.Name(), m.Declare()})
	}
	return list
}
