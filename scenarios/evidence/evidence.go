// Package evidence answers why anyone should believe the model, with the program itself:
// the model's own code set to the limits in which published results are known
// (verification), recorded votes predicted (hindcast), stylised facts against simulated
// runs (patterns), other published models reproduced (docking), and the hypotheses behind the
// model tested on pairs of scenarios.
//
// A verification that fails is an error of the program. A pattern that is missed or
// a hypothesis that is not supported is a finding: no parameter is set to please it.
package evidence

import (
	"context"
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

// Check is one number that the program has to reproduce.
type Check struct {
	Group     string  // what is verified: "Hegselmann and Krause"
	Name      string  // the case
	Source    string  // where the number comes from
	Expected  float64 // by that source
	Tolerance float64 // how far the program may be off, 0 for a count
	Measured  float64 // by the program
}

// Passed tells whether the number is reproduced.
func (c Check) Passed() bool { return math.Abs(c.Measured-c.Expected) <= c.Tolerance }

// checks collects them.
type checks struct {
	group, source string
	list          []Check
}

func (c *checks) begin(group, source string) { c.group, c.source = group, source }

func (c *checks) add(name string, measured, expected, tolerance float64) {
	c.list = append(c.list, Check{c.group, name, c.source, expected, tolerance, measured})
}

// holds adds a check of a yes or no, as 1 or 0.
func (c *checks) holds(name string, measured, expected bool) {
	c.add(name, number(measured), number(expected), 0)
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// rounding is what a handful of operations may be off by.
const rounding = 1e-9

// set makes a mechanism with the parameters given, which lie in their domains or else the
// program is wrong.
func set[M any](declare func(*sim.Parameters) M, values ...pair) M {
	parameters := new(sim.Parameters)
	m := declare(parameters)
	for _, v := range values {
		if err := parameters.Set(v.name, v.value); err != nil {
			panic(err)
		}
	}
	return m
}

// pair is a parameter's name and value.
type pair struct {
	name  string
	value float64
}

// play runs mechanisms on a world for a number of ticks, through the engine itself.
func play(w *world.World, seed uint64, ticks int, mechanisms ...sim.Mechanism[*world.World]) {
	calendar := w.Calendar
	calendar.Ticks = ticks
	model := sim.Model[*world.World]{
		Calendar: calendar, World: w, Mechanisms: mechanisms, Open: world.Open,
	}
	// The context has no end and nobody who looks on objects.
	_ = model.Run(context.Background(), seed, func(*sim.Tick, *world.World) error { return nil })
}

// begin begins a run of one mechanism on a world, as the engine does.
func begin(w *world.World, seed uint64, m sim.Mechanism[*world.World]) {
	m.Prepare(w)
	m.Begin(at(w, seed, m.Name(), -1), w)
}

// at is tick t of a world as a mechanism sees it; -1 is its start.
func at(w *world.World, seed uint64, mechanism string, t int) *sim.Tick {
	return sim.Alone(w.Calendar, seed, mechanism, t)
}
