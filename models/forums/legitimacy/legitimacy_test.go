package legitimacy_test

import (
	"testing"

	"splinternet/models/forums/legitimacy"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// exact is the rounding of a handful of operations.
const exact = 1e-12

func TestInput(t *testing.T) {
	w := modeltest.World(4)
	w.States.Users = []float64{.1, .2, .3, .4}
	modeltest.AddStack(w, "other", .2)
	w.States.Stack = []float64{1, 0, .5, .5, 0, 1, 1, 0}
	modeltest.AddFirm(w, "a", 0, 0, .3)
	modeltest.AddFirm(w, "b", 1, 0, .25)

	club := *modeltest.AddForum(w, "club", 0, 3)
	modeltest.Near(t, "states", legitimacy.Input(w, &club), (.5+.5)/2, exact)
	all := *modeltest.AddForum(w, "all")
	modeltest.Near(t, "everybody", legitimacy.Input(w, &all), 1, exact)
	engineers := world.Forum{Access: world.AccessMultistakeholder, Members: make([]bool, 4)}
	modeltest.Near(t, "users of the stack", legitimacy.Input(w, &engineers), .1+.1+.4, exact)
	accord := world.Forum{Access: world.AccessIndustry, Members: make([]bool, 4), Firms: []bool{true, true}}
	modeltest.Near(t, "users of the firms", legitimacy.Input(w, &accord), .55, exact)
	accord.Firms[1] = false
	modeltest.Near(t, "users of one firm", legitimacy.Input(w, &accord), .3, exact)
}
