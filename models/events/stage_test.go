package events

import (
	"slices"

	"splinternet/models/forums"
	"splinternet/models/modeltest"
	"splinternet/models/security"
	"splinternet/models/world"
	"splinternet/sim"
)

// exact is the rounding of a handful of operations.
const exact = 1e-12

// Stage is stage for the tests outside the package, which may know the chronicle.
var Stage = stage

// stage is a world of five states with everything that an event can name.
func stage() (*world.World, *Mechanism) {
	w := modeltest.World(5, .1, .3, .5, .7, .9)
	n := w.States.N
	for k := range w.Dyads.Trust {
		if k/n != k%n {
			w.Dyads.Trust[k] = .5
		}
	}
	w.States.Diplomacy = slices.Repeat([]float64{.5}, n)
	w.States.Stubbornness = slices.Repeat([]float64{.5}, n)
	modeltest.AddStack(w, "new", .2)
	w.Stacks[1].Proposed, w.Stacks[1].Recognition, w.Stacks[1].Recognised = false, 0, make([]bool, n)
	modeltest.AddFirm(w, "maker", 0, 0, .6)
	modeltest.AddFirm(w, "seller", 4, 0, .4)
	modeltest.AddForum(w, "council")
	modeltest.AddForum(w, "club", 0, 1)
	modeltest.AddForum(w, "pact", 3, 4)
	w.Groups = []world.Group{{ID: "east", Members: []int{0, 1}}}
	w.Chronicle.On = true
	set := new(sim.Parameters)
	m := New(set)
	m.Security = security.New(set)
	forums.New(set)
	return w, m
}
