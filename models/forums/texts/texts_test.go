package texts_test

import (
	"slices"
	"testing"

	"splinternet/models/forums/texts"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// exact is the rounding of a handful of operations.
const exact = 1e-12

// Identifiers stay unique, because ballots and scripts go by them.
func TestTableNumbersDoubles(t *testing.T) {
	w := modeltest.World(2)
	modeltest.AddForum(w, "f")
	for _, want := range []string{"t", "t-2", "t-3"} {
		if k := texts.Table(w, world.Text{ID: "t"}); w.Texts[k].ID != want || w.Texts[k].Adopted != world.NotAdopted {
			t.Errorf("text %s", w.Texts[k].ID)
		}
	}
}

func TestStatusQuo(t *testing.T) {
	w := modeltest.World(4, 0, .2, .6, 1)
	w.States.Power = []float64{.7, .1, .1, .1}
	modeltest.Near(t, "a line without texts", texts.StatusQuo(w, world.ICTSecurity)[0], .02+.06+.1, exact)
	first := texts.Table(w, world.Text{ID: "charter", Line: world.ICTSecurity, Position: []float64{.2}, Depth: .4, Stack: -1})
	w.Texts[first].Status = world.InForce
	w.Texts[first].Adherence = slices.Repeat([]uint8{world.Endorsed}, 4)
	second := texts.Table(w, world.Text{ID: "half", Line: world.ICTSecurity, Position: []float64{.8}, Depth: .2, Stack: -1})
	w.Texts[second].Status = world.InForce
	modeltest.Near(t, "a text without adherents", texts.StatusQuo(w, world.ICTSecurity)[0], .2, exact)
	w.Texts[second].Adherence = []uint8{world.Endorsed, world.Outside, world.Outside, world.Outside} // weight (.7+.25)/2
	modeltest.Near(t, "by depth and coverage", texts.StatusQuo(w, world.ICTSecurity)[0], (.4*.2+.2*.475*.8)/(.4+.2*.475), exact)
	w.Texts[second].Status = world.Lapsed
	modeltest.Near(t, "lapsed", texts.StatusQuo(w, world.ICTSecurity)[0], .2, exact)
	modeltest.Near(t, "another line", texts.StatusQuo(w, world.Rights)[0], .18, exact)
}
