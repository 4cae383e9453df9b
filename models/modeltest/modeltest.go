// Package modeltest makes tiny worlds for the tests of mechanisms and plays them.
//
// World lays out states that are alike in everything but their position, so that
// a test changes only what it is about. Whatever a test wants different it sets
// in the world's slices. The package knows the world and the engine alone, so
// that every mechanism can use it in its own tests.
package modeltest

import (
	"context"
	"math"
	"testing"

	"splinternet/models/world"
	"splinternet/sim"
)

// World is world.Plain.
func World(n int, positions ...float64) *world.World { return world.Plain(n, positions...) }

// AddStack is world.AddPlainStack.
func AddStack(w *world.World, id string, position ...float64) *world.Stack {
	return world.AddPlainStack(w, id, position...)
}

// AddFirm is world.AddPlainFirm.
func AddFirm(w *world.World, id string, home, stack int, share float64) int {
	return world.AddPlainFirm(w, id, home, stack, share)
}

// AddForum is world.AddPlainForum.
func AddForum(w *world.World, id string, members ...int) *world.Forum {
	return world.AddPlainForum(w, id, members...)
}

// Both sets element (i, j) and (j, i) of a dyadic matrix.
func Both(w *world.World, matrix []float64, i, j int, value float64) {
	n := w.States.N
	matrix[i*n+j], matrix[j*n+i] = value, value
}

// Begin begins a run of one mechanism on the world, as the engine does.
func Begin(w *world.World, seed uint64, m sim.Mechanism[*world.World]) {
	m.Prepare(w)
	w.Tell(world.Began{})
	m.Begin(Start(w, seed, m.Name()), w)
}

// Start is the tick before the first, as Begin of a mechanism sees it.
func Start(w *world.World, seed uint64, mechanism string) *sim.Tick {
	return sim.Alone(w.Calendar, seed, mechanism, -1)
}

// At is tick t, as Step of a mechanism sees it.
func At(w *world.World, seed uint64, mechanism string, t int) *sim.Tick {
	return sim.Alone(w.Calendar, seed, mechanism, t)
}

// Play runs the mechanisms on the world for a number of ticks from the start of
// its calendar, through the engine itself.
func Play(tb testing.TB, w *world.World, seed uint64, ticks int, mechanisms ...sim.Mechanism[*world.World]) {
	tb.Helper()
	calendar := w.Calendar
	calendar.Ticks = ticks
	model := sim.Model[*world.World]{
		Calendar: calendar, World: w, Mechanisms: mechanisms, Open: world.Open,
	}
	if err := model.Run(context.Background(), seed, func(*sim.Tick, *world.World) error { return nil }); err != nil {
		tb.Fatal(err)
	}
}

// Facts keeps the facts that it hears.
type Facts struct{ List []world.Fact }

// Tell keeps a fact.
func (f *Facts) Tell(_ *world.World, fact world.Fact) { f.List = append(f.List, fact) }

// Set changes parameters through their declarations, so that a test leaves no
// domain by mistake.
func Set(tb testing.TB, parameters *sim.Parameters, values map[string]float64) {
	tb.Helper()
	for name, value := range values {
		if err := parameters.Set(name, value); err != nil {
			tb.Fatal(err)
		}
	}
}

// Near fails the test unless got lies within tolerance of want.
func Near(tb testing.TB, what string, got, want, tolerance float64) {
	tb.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		tb.Errorf("%s is %.12g; want %.12g +- %g", what, got, want, tolerance)
	}
}
