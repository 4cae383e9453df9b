package forums_test

import (
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/forums"
	"splinternet/models/forums/regime"
	"splinternet/models/forums/texts"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// play plays a run of the mechanism, from the first tick on.
func play(m *forums.Forums, w *world.World, ticks int, each func(tick int)) {
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
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
				regime.Entrust(modeltest.At(w, 1, "forums", tick), w, 0, mandate, regime.Renewed)
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
// rarely; that nothing has moved is told once, and only of the first.
func TestReviews(t *testing.T) {
	for _, c := range []struct {
		what             string
		universal, moves bool
		want             int
	}{
		{"of all states", true, false, 1},
		{"of all states that moves", true, true, 4},
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

// A club of the like-minded parts with who blocks its text again and again, but not
// with a pillar; the chronicle tells of the first failure only, and that consensus is
// found again.
func TestClubGoesOn(t *testing.T) {
	for _, pillar := range []bool{false, true} {
		w := modeltest.World(12, .1, .9, .9, .9, .9, .9, .9, .9, .9, .9, .9, .9)
		f := council(w, .85, .2)
		f.Access, f.Universal, f.Structured, f.Legitimacy = world.AccessInvited, false, false, .5
		if pillar {
			w.States.Power[0] = .2
		}
		w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
		years(plain(t, map[string]float64{"isolation": .02, "min-depth": .1, "commitment": .4, "compromise": .5}), w, 5)
		if w.Forums[0].Members[0] != pillar {
			t.Errorf("pillar %t: member %t", pillar, w.Forums[0].Members[0])
		}
		var told []string
		for _, e := range w.Chronicle.Entries {
			told = append(told, e.Text)
		}
		want := 1
		if !pillar {
			want = 3
		}
		if len(told) != want || !strings.Contains(told[0], "finds no consensus on a new text") {
			t.Errorf("told as %q", told)
		}
	}
}

// A text that has lapsed and is agreed on again is revived, not agreed on for the first
// time.
func TestRevival(t *testing.T) {
	w, f := polar()
	f.Product = world.Product{ID: "charter", Title: "Charter"}
	w.Texts[0].Title, w.Texts[0].Status, f.Text = "Charter", world.Lapsed, -1
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	step(plain(t, map[string]float64{"isolation": 10}), w, june)
	if e := w.Chronicle.Entries; len(e) != 1 || !strings.HasPrefix(e[0].Text, "The council revives \"Charter\": ") {
		t.Errorf("told as %+v", e)
	}
}

// Language once agreed is not reopened for the sake of a few: they disown it, and the
// text stands. For the sake of many it is.
func TestReopening(t *testing.T) {
	for _, c := range []struct {
		reopening float64
		depth     float64
		adherence uint8
	}{{.3, .2, world.Outside}, {.2, .148, world.Endorsed}, {0, .105, world.Endorsed}} {
		w := modeltest.World(4, .1, .8, .8, .8)
		f := council(w, .7, .2)
		f.Legitimacy = .5
		m := plain(t, map[string]float64{"isolation": .04, "commitment": .4, "dissociation": .5, "min-depth": .1, "pace": 1, "compromise": .5, "reopening": c.reopening})
		step(m, w, june)
		if w.Texts[0].Depth > c.depth+.01 || w.Texts[0].Depth < c.depth-.01 || w.Texts[0].Adherence[0] != c.adherence {
			t.Errorf("reopening from %g: depth %g, adherence of the odd one out %d", c.reopening, w.Texts[0].Depth, w.Texts[0].Adherence[0])
		}
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
		text := texts.Table(w, world.Text{
			ID: "suite", Line: w.Forums[0].Line, Kind: world.Norm, Position: []float64{.15}, Depth: .3, Sponsors: []int{9}, StatusQuo: []float64{.8}, Stack: -1,
		})
		step(plain(t, map[string]float64{"isolation": .5}), w, june)
		if got := w.Texts[text].Adopted != world.NotAdopted && w.Texts[text].Adopted >= 0; got != c.passes {
			t.Errorf("%d of 10 object: it passes: %v", c.losers, got)
		}
	}
}
