package forums_test

import (
	"slices"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/forums/regime"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// Of its own accord a world tables texts in the Assembly in December, where
// somebody is far enough from the status quo, and not where the switch is off.
func TestAgenda(t *testing.T) {
	pause := plain(t, nil).Agenda.Pause
	later := december + 4*pause
	for _, c := range []struct {
		what      string
		on        float64
		tick      int
		positions []float64
		least     int
	}{
		{"two poles", 1, later, []float64{.05, .1, .5, .9, .95}, 1},
		{"too soon", 1, december, []float64{.05, .1, .5, .9, .95}, 0},
		{"another month", 1, later + 1, []float64{.05, .1, .5, .9, .95}, 0},
		{"all alike", 1, later, []float64{.5, .5, .5, .5, .5}, 0},
		{"switched off", 0, later, []float64{.05, .1, .5, .9, .95}, 0},
	} {
		w := modeltest.World(5, c.positions...)
		assembly(w)
		step(plain(t, map[string]float64{"agenda": c.on, "views": 2}), w, c.tick)
		if got := len(w.Texts); got < c.least || c.least == 0 && got > 0 {
			t.Errorf("%s: %d texts", c.what, got)
		}
		for k := range w.Texts {
			if text := &w.Texts[k]; text.Status == world.Tabled || len(text.Sponsors) == 0 || text.Tabled != c.tick {
				t.Errorf("%s: text %+v", c.what, text)
			}
		}
		if w.Activity.Votes != len(w.Texts) {
			t.Errorf("%s: %d votes on %d texts", c.what, w.Activity.Votes, len(w.Texts))
		}
	}
}

// States may table something else, or nothing.
func TestProposeIsAsked(t *testing.T) {
	w := modeltest.World(5, .05, .1, .5, .9, .95)
	assembly(w)
	for i := range 5 {
		ruled(w, i, answers{propose: func(*world.Draft) *world.Draft { return nil }})
	}
	m := plain(t, map[string]float64{"agenda": 1, "views": 2})
	step(m, w, december+4*m.Agenda.Pause)
	if len(w.Texts) != 0 {
		t.Errorf("%d texts, though nobody tables any", len(w.Texts))
	}
	for i := range 5 {
		ruled(w, i, answers{propose: func(*world.Draft) *world.Draft {
			return &world.Draft{Kind: world.Norm, Position: []float64{.42}, Depth: .37}
		}})
	}
	step(m, w, december+4*m.Agenda.Pause)
	if len(w.Texts) == 0 || w.Texts[0].Kind != world.Norm || w.Texts[0].Position[0] != .42 || w.Texts[0].Depth != .37 {
		t.Errorf("texts %+v", w.Texts)
	}
}

// poled is a world of five with an assembly and an open group that both poles back,
// whose mandate ends soon.
func poled(ends int) (*world.World, *world.Forum) {
	w := modeltest.World(5, .05, .2, .5, .8, .95)
	assembly(w)
	f := council(w, .5, .1)
	f.MandateEnd = ends
	return w, f
}

// tabledIn is what was tabled in a tick.
func tabledIn(w *world.World, tick int) *world.Text {
	for t := range w.Texts {
		if w.Texts[t].Tabled == tick {
			return &w.Texts[t]
		}
	}
	return nil
}

// The leaders of both sides renew together what both back; those who are not on terms
// leave it to a state between them; and where there is none, each acts for itself.
func TestWhoRenews(t *testing.T) {
	soured := func(w *world.World) {
		w.Dyads.TrustStart[0*5+4], w.Dyads.TrustStart[4*5+0] = 1, 1
		w.Dyads.Trust[4] = .2
	}
	punished := func(w *world.World) { w.Dyads.Ladder[4*5+0] = world.Sanctions }
	obscure := func(w *world.World) { punished(w); w.States.Diplomacy = []float64{1, .1, .1, .1, 1} }
	for _, c := range []struct {
		what    string
		change  func(w *world.World)
		joint   bool
		authors int // 0: any one alone
	}{
		{"on terms", func(*world.World) {}, true, 2},
		{"soured", soured, true, 1},
		{"punished", punished, true, 1},
		{"nobody of stature between", obscure, false, 1},
	} {
		w, f := poled(december + 2)
		w.Dyads.Trust = slices.Repeat([]float64{.6}, 25)
		w.Dyads.TrustStart = slices.Clone(w.Dyads.Trust)
		c.change(w)
		step(plain(t, map[string]float64{"agenda": 1}), w, december)
		text := tabledIn(w, december)
		if text == nil {
			t.Errorf("%s: nothing is tabled", c.what)
			continue
		}
		if text.Joint != c.joint || c.joint && len(text.Sponsors) != c.authors || text.Serves != f.ID {
			t.Errorf("%s: joint %v, by %v, serves %q", c.what, text.Joint, text.Sponsors, text.Serves)
		}
		if between := text.Sponsors[0]; c.joint && c.authors == 1 && (between == 0 || between == 4) {
			t.Errorf("%s: the facilitator is a pole", c.what)
		}
		if f = &w.Forums[1]; f.MandateEnd <= december+2 {
			t.Errorf("%s: the mandate is not renewed", c.what)
		}
	}
}

// A forum that has been renewed often enough gets a permanent mandate.
func TestPermanence(t *testing.T) {
	for _, c := range []struct {
		before    int
		permanent bool
	}{{0, false}, {1, false}, {2, true}} {
		w, f := poled(december + 2)
		f.Renewals = c.before
		w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
		step(plain(t, map[string]float64{"agenda": 1, "permanence": 2, "mandate": 5}), w, december)
		f = &w.Forums[1]
		if got := f.MandateEnd == world.NoEnd; got != c.permanent || f.Renewals != c.before+1 {
			t.Errorf("renewed %d times before: permanent %v, %d renewals", c.before, got, f.Renewals)
		}
		if !c.permanent && f.MandateEnd != december+20 {
			t.Errorf("the mandate ends in tick %d", f.MandateEnd)
		}
	}
	// Whoever is convened again begins anew.
	w, f := poled(2)
	f.Status, f.Renewals = world.Dormant, 3
	regime.Entrust(modeltest.At(w, 1, "forums", 8), w, 1, 5, regime.Reconvened)
	if f = &w.Forums[1]; f.Renewals != 0 {
		t.Errorf("%d renewals of a forum that is convened again", f.Renewals)
	}
}

// by tells whether a state leads the sponsors of a text.
func by(text *world.Text, i int) bool { return len(text.Sponsors) > 0 && text.Sponsors[0] == i }

// A side comes to a line after a lull, comes back when its rules are m.Agenda.Affirmation or it has
// something new to say, and its new rules take the place of its old ones.
func TestLull(t *testing.T) {
	w, _ := poled(world.NoEnd)
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	m := plain(t, map[string]float64{"agenda": 1, "norm": 2, "consent": .5})
	var years []int
	for year := range 25 {
		tick := december + 4*year
		step(m, w, tick)
		for k := range w.Texts {
			if text := &w.Texts[k]; text.Tabled == tick && by(text, 4) {
				years = append(years, year)
			}
		}
	}
	for k := 1; k < len(years); k++ {
		if years[k]-years[k-1] < m.Agenda.Affirmation { // positions stand still: it has nothing new to say
			t.Errorf("the open side tables rules in the years %v", years)
		}
	}
	if len(years) < 2 || years[0] < m.Agenda.Pause {
		t.Fatalf("the open side tables rules in the years %v", years)
	}
	// The open side turns: there is something to say.
	w.States.Position[3], w.States.Position[4] = .7, .75
	before := len(w.Texts)
	for year := 25; year < 29; year++ {
		step(m, w, december+4*year)
	}
	fresh := slices.ContainsFunc(w.Texts[before:], func(text world.Text) bool { return by(&text, 4) })
	if last := years[len(years)-1]; !fresh && last < 25 {
		t.Errorf("the open side has turned since the year %d, and says nothing", last)
	}
	inForce := 0
	for k := range w.Texts {
		if text := &w.Texts[k]; by(text, 4) && text.Status == world.InForce {
			inForce++
		}
	}
	if inForce != 1 {
		t.Errorf("%d rules of the open side are in force at once", inForce)
	}
}
