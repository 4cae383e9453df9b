package forums_test

import (
	"slices"
	"testing"

	"splinternet/models/forums"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// Fixed numbers of the mechanism.
const (
	mistrust  = .35
	settling  = 4
	roundSize = 4
)

// club is a world of a club of three sovereign states by invitation, two candidates
// that it would serve (3 and 4), and a council of all in which all of them lose.
func club() (*world.World, *world.Forum) {
	w := modeltest.World(8, .1, .1, .1, .1, .1, .9, .9, .9)
	council(w, .6, .9)
	f := modeltest.AddForum(w, "club", 0, 1, 2)
	f.Access, f.Position[0], f.Legitimacy = world.AccessInvited, .1, .5
	return w, f
}

// years plays the mechanism for some years from the start, without starting anew.
func years(m *forums.Forums, w *world.World, number int) {
	modeltest.Begin(w, 1, m)
	for k := range number * w.Calendar.PerYear() {
		w.Tick, w.Activity = k, world.Activity{}
		m.Step(modeltest.At(w, 1, m.Name(), k), w)
	}
}

// eager makes every candidate seek entry, and members take in as often as they can.
func eager(t *testing.T, changes map[string]float64) *forums.Forums {
	values := map[string]float64{"grievance": .01, "accession": 1, "enlargement": 1, "mergers": 0}
	for name, value := range changes {
		values[name] = value
	}
	return plain(t, values)
}

// A club takes in those whom all of its members want, who bring something and are of
// its region; a wider circle would let in who is trusted on average.
func TestInvited(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(w *world.World, f *world.Forum)
		want    []int
	}{
		{"nobody is against them", func(*world.World, *world.Forum) {}, []int{3, 4}},
		{"one member mistrusts the first", func(w *world.World, _ *world.Forum) { w.Dyads.Trust[0*8+3] = mistrust - .01 }, []int{4}},
		{"one member is its rival", func(w *world.World, _ *world.Forum) { w.Dyads.Rival[1*8+3] = true }, []int{4}},
		{"a majority decides", func(w *world.World, f *world.Forum) {
			f.Rule, w.Dyads.Trust[0*8+3] = world.TwoThirds, mistrust-.01
		}, []int{3, 4}},
		{"the second is too small", func(w *world.World, _ *world.Forum) {
			w.States.Power[4], w.States.Users[4] = .01/8, .01/8
		}, []int{3}},
		{"the first is of another region", func(w *world.World, f *world.Forum) {
			f.Region = slices.Repeat([]bool{true}, 8)
			f.Region[3] = false
		}, []int{4}},
		{"they are allies", func(w *world.World, f *world.Forum) {
			for _, pair := range [][2]int{{0, 1}, {0, 2}, {1, 2}} {
				w.Dyads.Ally[pair[0]*8+pair[1]], w.Dyads.Ally[pair[1]*8+pair[0]] = true, true
			}
		}, nil},
	} {
		w, f := club()
		c.prepare(w, f)
		years(eager(t, nil), w, settling+2)
		var joined []int
		for i, in := range w.Forums[1].Members {
			if in && i > 2 {
				joined = append(joined, i)
			}
		}
		if !slices.Equal(joined, c.want) {
			t.Errorf("%s: %v join; want %v", c.name, joined, c.want)
		}
	}
}

// Enlargement comes in rounds: not before the club has settled, one to so many at a time,
// and the weightiest first.
func TestRounds(t *testing.T) {
	const n = 3 + 4*roundSize
	x := slices.Repeat([]float64{.1}, n)
	w := modeltest.World(n+3, append(x, .9, .9, .9)...)
	council(w, .6, .9)
	f := modeltest.AddForum(w, "club", 0, 1, 2)
	f.Access, f.Position[0], f.Legitimacy = world.AccessInvited, .1, .5
	w.States.Diplomacy[n-1] = 3
	m := eager(t, nil)
	modeltest.Begin(w, 1, m)
	before, last := 3, -1
	sizes := map[int]int{}
	for k := range 16 * 4 {
		w.Tick, w.Activity = k, world.Activity{}
		m.Step(modeltest.At(w, 1, m.Name(), k), w)
		joined := w.Forums[1].Size() - before
		if joined == 0 {
			continue
		}
		if k-max(0, last) < settling*4 {
			t.Errorf("a round in tick %d after one in %d", k, last)
		}
		if last < 0 && !w.Forums[1].Members[n-1] {
			t.Error("the first round passes over who brings most")
		}
		sizes[joined]++
		before, last = before+joined, k
	}
	for joined := range sizes {
		if joined < 1 || joined > roundSize {
			t.Errorf("a round takes in %d", joined)
		}
	}
	if len(sizes) < 2 {
		t.Errorf("all rounds are alike: %v", sizes)
	}
}

// Isolated states come late: who has few diplomats seeks entry less often.
func TestIsolatedComeLate(t *testing.T) {
	late := 0
	for seed := range 40 {
		w, _ := club()
		w.States.Diplomacy[4] = .02 * w.States.Diplomacy[3]
		m := eager(t, map[string]float64{"accession": .3})
		modeltest.Begin(w, uint64(seed), m)
		for k := range 4 * (settling + 2) {
			w.Tick, w.Activity = k, world.Activity{}
			m.Step(modeltest.At(w, uint64(seed), m.Name(), k), w)
		}
		if w.Forums[1].Members[3] {
			late++
		}
		if w.Forums[1].Members[4] {
			late--
		}
	}
	if late < 15 {
		t.Errorf("the state with diplomats joins only %d times more often", late)
	}
}

// Nobody follows a leader whom it mistrusts or has for a rival, nor founds a forum against
// one that it has joined by choice; and who leads stands near the centre.
func TestWhoFollows(t *testing.T) {
	for _, c := range []struct {
		what    string
		prepare func(w *world.World)
		lead    int
		members int
	}{
		{"all", func(*world.World) {}, 0, 6},
		{"one mistrusts it", func(w *world.World) { w.Dyads.Trust[1*12+0] = mistrust - .01 }, 0, 5},
		{"one is its rival", func(w *world.World) { w.Dyads.Rival[1*12+0] = true }, 0, 5},
		{"one has chosen the other side", func(w *world.World) {
			f := modeltest.AddForum(w, "open club", 1, 6, 7)
			f.Line, f.Access, f.Position[0] = world.Standards, world.AccessInvited, .9
		}, 0, 5},
		{"most mistrust it", func(w *world.World) {
			for i := 1; i < 6; i++ {
				w.Dyads.Trust[i*12+0] = 0
			}
		}, 1, 6},
		{"it stands apart", func(w *world.World) { w.States.Position[0] = .24 }, 1, 6},
	} {
		w := camps()
		w.States.Power[0], w.States.Power[1] = .1, .09
		c.prepare(w)
		n := len(w.Forums)
		years(founder(t, map[string]float64{"grievance": .01}), w, 6)
		if len(w.Forums) != n+1 {
			t.Errorf("%s: %d forums are founded", c.what, len(w.Forums)-n)
			continue
		}
		if f := &w.Forums[n]; f.Sponsor != c.lead || f.Size() != c.members {
			t.Errorf("%s: led by %d with %d members; want %d with %d", c.what, f.Sponsor, f.Size(), c.lead, c.members)
		}
	}
}

// A scripted state joins when it likes; the model's rounds are not disturbed.
func TestScriptedJoin(t *testing.T) {
	w, _ := club()
	ruled(w, 3, answers{join: true})
	years(eager(t, map[string]float64{"enlargement": 0}), w, 1)
	if !w.Forums[1].Members[3] || w.Forums[1].Members[4] {
		t.Errorf("members %v", w.Forums[1].Members)
	}
}

// camps is a world of two camps, on a line without an assembly, whose council stands
// with the open one.
func camps() *world.World {
	w := modeltest.World(12, .1, .1, .1, .1, .1, .1, .9, .9, .9, .9, .9, .9)
	council(w, .8, .9)
	w.Forums[0].Line, w.Texts[0].Line = world.Standards, world.Standards
	return w
}

func founder(t *testing.T, changes map[string]float64) *forums.Forums {
	values := map[string]float64{
		"rivals": 1, "founding": 1, "rival-members": 3, "rival-cost": 0, "grievance": .02, "isolation": 10, "compromise": 0, "accession": 0,
	}
	for name, value := range changes {
		values[name] = value
	}
	return plain(t, values)
}

// The sovereign camp founds a forum of its own, and so does the open one where the
// council stands with the other; the member that brings most leads it.
func TestEitherSideFounds(t *testing.T) {
	for side, lead := range []int{3, 9} {
		w := camps()
		if side == 1 {
			w.Forums[0].Position[0], w.Texts[0].Position[0] = .2, .2
		}
		w.States.Power[lead], w.States.Diplomacy[lead] = .2, .9
		w.States.Diplomacy[(lead+1)%12] = .95 // abler, but of no weight
		years(founder(t, nil), w, 12)
		if len(w.Forums) != 2 || w.Forums[1].Sponsor != lead || !w.Forums[1].Members[lead] || w.Forums[1].Size() != 6 {
			t.Errorf("side %d: %d forums", side, len(w.Forums))
		}
	}
}

// Creation is what comes last: nobody founds a forum who could join one that would
// serve it.
func TestJoiningComesBeforeFounding(t *testing.T) {
	for _, welcome := range []bool{true, false} {
		w := camps()
		f := modeltest.AddForum(w, "club", 0, 1)
		f.Line, f.Access, f.Position[0] = world.Standards, world.AccessInvited, .1
		if !welcome {
			for i := 2; i < 6; i++ {
				w.Dyads.Trust[i] = 0 // of the first member
			}
		}
		years(founder(t, nil), w, 12)
		if founded := len(w.Forums) > 2; founded == welcome {
			t.Errorf("welcome: %t, a forum is founded: %t", welcome, founded)
		}
	}
}

// A forum of states with fewer than two members holds no session, and sleeps from the next
// assembly on; engineers need no states.
func TestForumOfOneSleeps(t *testing.T) {
	for _, c := range []struct {
		members int
		access  world.Access
		want    world.ForumStatus
	}{
		{0, world.AccessClosed, world.Dormant},
		{1, world.AccessInvited, world.Dormant},
		{2, world.AccessInvited, world.Alive},
		{0, world.AccessMultistakeholder, world.Alive},
	} {
		w := modeltest.World(3, .1, .2, .9)
		f := council(w, .5, .3)
		f.Access = c.access
		for i := range f.Members {
			f.Members[i] = i < c.members
		}
		years(plain(t, nil), w, 1)
		if f = &w.Forums[0]; f.Status != c.want || c.members == 1 && w.Texts[0].Depth != .3 {
			t.Errorf("%d members, %s: %s, with a text of depth %.2f", c.members, c.access, f.Status, w.Texts[0].Depth)
		}
	}
}
