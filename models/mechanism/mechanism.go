// Package mechanism is what a mechanism of the model declares of itself: what it
// does, on what numbers, what it remembers, what it reads and writes in the world,
// which decisions it asks of agents, and which measures it offers. The command line,
// the scenario language, the tables and the pages of the documentation read it there
// and nowhere else.
package mechanism

import (
	"math"
	"reflect"

	"splinternet/models/world"
	"splinternet/sim"
)

// Mechanism advances the world by a tick, and says what it is.
type Mechanism interface {
	sim.Mechanism[*world.World]
	// Declare says all that the rest of the program knows of the mechanism. It is
	// called once, when a model is put together.
	Declare() Declaration
}

// Abolisher is a mechanism of which something is left where it merely stops: texts that
// bind, bans in force, lines that stand open. Where it is abolished it takes no steps, and
// Abolish takes away what is left: when the run begins and, since others may bring some of
// it back, in each tick in its place. It draws no chance and allocates nothing.
type Abolisher interface {
	Mechanism
	Abolish(w *world.World)
}

// Declaration is all that the rest of the program knows of a mechanism.
type Declaration struct {
	Doc       string // one sentence: what it does
	Reference string // the works that it builds on, by their short form
	Without   string // one sentence: what the world is like where the mechanism is abolished
	// Parameters are bound to the fields that they live in (sim.NumberAt and its
	// like). Those that are fixed are the numbers that the model takes for granted.
	Parameters []sim.Parameter
	// State is a pointer to a struct of the type that the mechanism keeps in the
	// world (world.Slot), nil if it remembers nothing. The tag doc of each field
	// says what it holds.
	State any
	// Reads and Writes name the parts of the world (world.Parts), such as
	// "States.Position". A mechanism may read what it writes. Its own state is not
	// among them.
	Reads, Writes []string
	// Asks names the decisions that it puts to agents, such as "state.vote"
	// (world.Questions).
	Asks     []string
	Measures []Measure // that it offers
}

// Measure is one named, documented observation of the world.
type Measure struct {
	Name     string // column name in tables, name in figures and flags
	Title    string // short human name
	Unit     string // "share", "per rival dyad-year", "count", ...
	Min, Max float64
	Doc      string // one sentence with the formula
	Value    func(w *world.World) float64
}

// Share is a measure that is a share of a whole, in [0, 1].
func Share(name, title, doc string, value func(w *world.World) float64) Measure {
	return Measure{Name: name, Title: title, Unit: "share", Max: 1, Doc: doc, Value: value}
}

// Count is a measure that counts.
func Count(name, title, doc string, value func(w *world.World) float64) Measure {
	return Measure{Name: name, Title: title, Unit: "count", Max: math.Inf(1), Doc: doc, Value: value}
}

// Parameters declares the parameters of a mechanism in a set, each at its default,
// and returns the mechanism.
func Parameters[M Mechanism](set *sim.Parameters, m M) M {
	set.Declare(m.Name(), m.Declare().Parameters...)
	return m
}

// Remembered is one thing that a mechanism keeps in the world from tick to tick.
type Remembered struct {
	Name string `json:"name"`
	Type string `json:"type"` // of Go
	Doc  string `json:"doc"`
}

// Remembers lists what the mechanism keeps in the world.
func (d *Declaration) Remembers() []Remembered {
	if d.State == nil {
		return nil
	}
	var list []Remembered
	t := reflect.TypeOf(d.State).Elem()
	for k := range t.NumField() {
		f := t.Field(k)
		list = append(list, Remembered{Name: f.Name, Type: f.Type.String(), Doc: f.Tag.Get("doc")})
	}
	return list
}
