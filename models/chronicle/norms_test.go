package chronicle

import (
	"strings"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/norms"
	"splinternet/models/world"
)

// Where compliance falls because a text has come to ask more, the chronicle says so, and
// of one that asks little it says nothing.
func TestComplianceIsTold(t *testing.T) {
	for _, c := range []struct {
		before, after float64 // depth
		change        float64
		want          string
	}{{.3, .3, .2, "grows: on average the 4 states"}, {.3, .3, -.2, "erodes: on average the 4 states"}, {.3, .5, -.2, "erodes as it comes to ask more: on average the 4 states"}, {.1, .1, -.2, ""}} {
		w := modeltest.World(4)
		w.Chronicle.On, w.Chronicle.Teller = true, Chronicle{}
		w.Texts = append(w.Texts, world.Text{ID: "text", Title: "Text", Depth: c.before, Adherence: []uint8{1, 1, 1, 1}})
		mean := .5 // it comes to rest, which is no news
		for _, move := range []float64{0, .15, 0} {
			mean += move
			w.Tell(norms.Reviewed{Text: 0, Covered: 4, Mean: mean})
		}
		w.Texts[0].Depth = c.after
		w.Tell(norms.Reviewed{Text: 0, Covered: 4, Mean: mean + c.change})
		got := ""
		for _, e := range w.Chronicle.Entries {
			got += e.Text
		}
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("depth %g after %g: %q", c.after, c.before, got)
		}
	}
}

// That two thirds of the world back the resolutions of one side is told of the first only.
func TestBackedOnce(t *testing.T) {
	w := modeltest.World(9)
	for _, position := range []float64{.9, .8, .1} {
		w.Texts = append(w.Texts, world.Text{Line: world.ICTSecurity, Position: []float64{position}})
	}
	if first, second, other := firstBacked(w, 0), firstBacked(w, 1), firstBacked(w, 2); !first || second || !other {
		t.Errorf("told of the first %v, of the next %v, of the other side's %v", first, second, other)
	}
}
