package forums

import (
	"slices"
	"strings"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/voting"
	"splinternet/models/world"
)

// A setter that wants half of the voters looks at the median; one that wants more, at
// somebody farther from itself.
func TestPersuaded(t *testing.T) {
	nine := []float64{.9, .1, .2, .3, .4, .5, .6, .7, .8}
	for _, c := range []struct {
		share, ideal, want float64
	}{
		{.5, 1, .5},
		{.5, 0, .5},
		{2. / 3, 1, .4},
		{2. / 3, 0, .6},
		{.75, 1, .3},
		{.75, 0, .7},
		{1, 1, .1},
		{1, 0, .9},
		{0, 1, .9},
	} {
		near(t, "persuaded", Persuaded(slices.Clone(nine), c.share, c.ideal), c.want, exact)
	}
	for _, ideal := range []float64{0, 1} {
		near(t, "the median member", Persuaded(slices.Clone(nine), .5, ideal), Pivot(world.Majority, slices.Clone(nine), ideal), exact)
	}
}

// The more votes a text is to win, the nearer it comes to those who would oppose it:
// the states between the poles decide what it says.
func TestConsentCostsTheSetter(t *testing.T) {
	place := func(consent, swing float64) float64 {
		w := modeltest.World(7, .05, .1, swing, swing, swing, .9, .95)
		assembly(w)
		council(w, .2, .3).Access = world.AccessClosed
		m := plain(t, map[string]float64{"consent": consent, "norm": 0})
		return m.optimum(w, 0, 6, []float64{.2}, world.Norm)[0]
	}
	if half, most := place(.5, .5), place(.8, .5); most >= half {
		t.Errorf("for half of the votes the setter at .95 stops at %.2f, for four fifths at %.2f", half, most)
	}
	if near, far := place(.5, .35), place(.5, .55); near >= far {
		t.Errorf("swing states at .35 let pass %.2f, at .55 %.2f", near, far)
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
		w.Chronicle.On = true
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
	entrust(modeltest.At(w, 1, "forums", 8), w, 1, 5, "is convened again")
	if f = &w.Forums[1]; f.Renewals != 0 {
		t.Errorf("%d renewals of a forum that is convened again", f.Renewals)
	}
}

// by tells whether a state leads the sponsors of a text.
func by(text *world.Text, i int) bool { return len(text.Sponsors) > 0 && text.Sponsors[0] == i }

// A side comes to a line after a lull, comes back when its rules are worn or it has
// something new to say, and its new rules take the place of its old ones.
func TestLull(t *testing.T) {
	w, _ := poled(world.NoEnd)
	w.Chronicle.On = true
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
		if years[k]-years[k-1] < worn { // positions stand still: it has nothing new to say
			t.Errorf("the open side tables rules in the years %v", years)
		}
	}
	if len(years) < 2 || years[0] < lull {
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

// Who has drafted before keeps the pen until another has a much stronger drive.
func TestPenholder(t *testing.T) {
	w := modeltest.World(4, .1, .1, .5, .9)
	assembly(w)
	w.States.Diplomacy = []float64{.5, 1, .2, 1}
	if got := leader(w, 0, []float64{.5}, -1); got != 1 {
		t.Errorf("state %d leads without a penholder", got)
	}
	older, younger := modeltest.AddForum(w, "older"), 0
	older.Sponsor, older.Founded = 1, -9
	younger = len(w.Forums)
	modeltest.AddForum(w, "younger").Sponsor = 0
	if got := leader(w, 0, []float64{.5}, -1); got != 0 {
		t.Errorf("state %d leads, though 0 called the younger forum into being", got)
	}
	w.Forums[younger].Sponsor = 3 // of the other side
	if got := leader(w, 0, []float64{.5}, -1); got != 1 {
		t.Errorf("state %d leads, though 1 called the older forum into being", got)
	}
	k := Table(w, world.Text{ID: "first", Forum: 0, Sponsors: []int{0}, Position: []float64{.2}, Stack: -1})
	w.Texts[k].Status = world.Lapsed
	if got := leader(w, 0, []float64{.5}, -1); got != 0 {
		t.Errorf("state %d leads, though 0 holds the pen", got)
	}
	if got := leader(w, 0, []float64{.5}, 1); got != 3 {
		t.Errorf("state %d leads the open side", got)
	}
	w.States.Diplomacy[0] = .9 * penholder
	if got := leader(w, 0, []float64{.5}, -1); got != 1 {
		t.Errorf("state %d leads, though 1 has a much stronger drive", got)
	}
	// A penholder that has gone over to the other side does not lead this one.
	w.States.Diplomacy[0], w.States.Position[0] = 1, .8
	if got := leader(w, 0, []float64{.5}, -1); got != 1 {
		t.Errorf("state %d leads, though 0 has left the side", got)
	}
}

// The roll names who counts, the author where the title does not, and none of the
// small states.
func TestRoll(t *testing.T) {
	w := modeltest.World(5, .1, .2, .5, .8, .9)
	assembly(w)
	w.States.Power = []float64{.5, .3, .19, .005, .005}
	w.States.Users = slices.Clone(w.States.Power)
	for i := range 5 {
		w.States.Name[i] = string(rune('A' + i))
	}
	k := Table(w, world.Text{ID: "r", Title: "a text", Forum: 0, Sponsors: []int{0}, Position: []float64{.2}, Stack: -1})
	var camps [4][]int
	camps[voting.Yes], camps[voting.Abstain], camps[voting.No] = []int{0, 1}, []int{2}, []int{3, 4}
	m := plain(t, nil)
	if got, want := m.roll(w, k, camps), " For it A and B; abstaining C."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	w.Texts[k].Title = "A's resolution"
	camps[voting.Yes] = []int{0, 1}
	if got := m.roll(w, k, camps); !strings.HasPrefix(got, " For it B;") {
		t.Errorf("%q", got)
	}
}
