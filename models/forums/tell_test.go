package forums

import (
	"strings"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// play plays a run of the mechanism, from the first tick on.
func play(m *Forums, w *world.World, ticks int, each func(tick int)) {
	w.Chronicle.On = true
	modeltest.Begin(w, 1, m)
	for tick := range ticks {
		w.Tick = tick
		each(tick)
		m.Step(modeltest.At(w, 1, m.Name(), tick), w)
	}
}

// told are the ticks of the entries whose sentence holds a phrase.
func told(w *world.World, phrase string) []int {
	var ticks []int
	for _, e := range w.Chronicle.Entries {
		if strings.Contains(e.Text, phrase) {
			ticks = append(ticks, e.Tick)
		}
	}
	return ticks
}

// A mandate that is renewed early runs to its end and reports; the new one then goes on.
func TestReportOfRenewedMandate(t *testing.T) {
	for _, mandate := range []float64{0, 5} {
		w := modeltest.World(3, .4, .5, .6)
		council(w, .5, .3)
		assembly(w)
		f := &w.Forums[0]
		f.MandateEnd = 6
		play(plain(t, nil), w, 10, func(tick int) {
			if tick == 2 {
				entrust(modeltest.At(w, 1, "forums", tick), w, 0, mandate, renewing)
			}
		})
		if got := told(w, "report of its mandate"); len(got) != 1 || got[0] != 6 {
			t.Errorf("a mandate of %g years more: reports in %v, want 6", mandate, got)
		}
		if f = &w.Forums[0]; f.Status != world.Alive || f.MandateEnd <= 10 {
			t.Errorf("a mandate of %g years more: %s until %d", mandate, f.Status, f.MandateEnd)
		}
	}
}

// A forum of all states with a lasting mandate takes stock every few years, any other
// rarely and only where something has moved.
func TestReviews(t *testing.T) {
	for _, c := range []struct {
		what             string
		universal, moves bool
		want             int
	}{
		{"of all states", true, false, 4},
		{"a club at rest", false, false, 0},
		{"a club that moves", false, true, 2},
	} {
		w := modeltest.World(3, .5, .5, .5)
		f := council(w, .5, .3)
		f.Universal, f.Founded, f.AgeAtStart = c.universal, -20, 5
		if !c.universal {
			f.Access = world.AccessClosed
		}
		play(plain(t, map[string]float64{"isolation": 0, "mandate": 5}), w, 84, func(tick int) {
			for i := range w.States.Position {
				if c.moves && tick%4 == 0 {
					w.States.Position[i] -= .01
				}
			}
		})
		if got := told(w, "reviews its work"); len(got) != c.want {
			t.Errorf("%s: told in %v, want %d times", c.what, got, c.want)
		}
	}
}

// Texts that deepen in the same tick share a sentence.
func TestDeeperTexts(t *testing.T) {
	w := modeltest.World(3, .5, .5, .5)
	for range 3 {
		council(w, .5, .1)
	}
	for k, name := range []string{"one", "two", "three"} {
		w.Forums[k].ID, w.Forums[k].Name, w.Forums[k].Key = name, name, uint64(k+1)
	}
	play(plain(t, map[string]float64{"isolation": 10, "pace": .5}), w, 8, func(int) {})
	got := told(w, "ask more of their members")
	if len(got) == 0 || got[0] != june || !strings.Contains(w.Chronicle.Entries[0].Text, "The one, the two and the three ask more") {
		t.Errorf("told in %v: %+v", got, w.Chronicle.Entries)
	}
}

// What costs is to stand alone: one member that loses by a tabled text lets it pass, many
// do not, whose weight is that of a blocking minority.
func TestObjectorsInCompany(t *testing.T) {
	for _, c := range []struct {
		losers int
		passes bool
	}{{1, true}, {2, true}, {5, false}} {
		positions := make([]float64, 10)
		for i := range positions {
			if positions[i] = .1; i < c.losers {
				positions[i] = .9
			}
		}
		w := modeltest.World(10, positions...)
		council(w, .8, .1)
		text := Table(w, world.Text{
			ID: "suite", Line: w.Forums[0].Line, Kind: world.Norm, Position: []float64{.15}, Depth: .3, Sponsors: []int{9}, StatusQuo: []float64{.8}, Stack: -1,
		})
		step(plain(t, map[string]float64{"isolation": .5}), w, june)
		if got := w.Texts[text].Adopted != world.NotAdopted && w.Texts[text].Adopted >= 0; got != c.passes {
			t.Errorf("%d of 10 object: it passes: %v", c.losers, got)
		}
	}
}
