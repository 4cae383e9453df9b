package forums_test

import (
	"testing"

	"splinternet/models/forums/negotiation"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// seasons holds a session a year of a council of all states without a text, with an office for
// as many of them as given, and counts the deadlocks by cause, and how deep the texts are
// that it agrees on in the mean.
func seasons(t *testing.T, changes map[string]float64, sessions, offices int) (deadlocks map[negotiation.Cause]int, depth float64) {
	t.Helper()
	values := map[string]float64{"isolation": .05, "commitment": .3, "obligation": .1, "dissociation": .65, "temper": .3, "compromise": 0, "reopening": .2}
	for name, value := range changes {
		values[name] = value
	}
	deadlocks = map[negotiation.Cause]int{}
	agreed := 0.0
	for k := range sessions {
		w := modeltest.World(12, 0, .1, .2, .3, .4, .5, .5, .6, .7, .8, .9, 1)
		for i := range offices {
			w.States.Office[i] = 0
		}
		f := modeltest.AddForum(w, "council")
		f.Key = uint64(k) // other moods
		f.Cycle, f.Position, f.Legitimacy = 1, []float64{.5}, .5
		heard := new(modeltest.Facts)
		w.Chronicle.On, w.Chronicle.Teller = true, heard
		years(plain(t, values), w, 1)
		for _, fact := range heard.List {
			switch fact := fact.(type) {
			case negotiation.Deadlocked:
				deadlocks[fact.Cause]++
			case negotiation.Agreed:
				depth += w.Texts[fact.Text].Depth
				agreed++
			}
		}
	}
	return deadlocks, depth / max(1, agreed)
}

// The more ambitious a chair that does not see moods, the deeper the texts and the more
// often a member blocks of which it did not expect that. Offices tell it more: it fails
// less. Without moods nothing fails.
func TestAmbitionFails(t *testing.T) {
	const sessions = 200
	failed, depth := -1, -1.0
	for _, ambition := range []float64{0, .8, 1} {
		deadlocks, agreed := seasons(t, map[string]float64{"ambition": ambition}, sessions, 0)
		if deadlocks[negotiation.Blocked] > 0 || deadlocks[negotiation.Misjudged] <= failed || agreed <= depth {
			t.Errorf("ambition %g: deadlocks %v and depth %.3f, after %d and %.3f", ambition, deadlocks, agreed, failed, depth)
		}
		failed, depth = deadlocks[negotiation.Misjudged], agreed
	}
	few, _ := seasons(t, map[string]float64{"ambition": 1, "offices": .6}, sessions, 6)
	all, _ := seasons(t, map[string]float64{"ambition": 1, "offices": .6}, sessions, 12)
	if !(all[negotiation.Misjudged] < few[negotiation.Misjudged] && few[negotiation.Misjudged] < failed) {
		t.Errorf("%d deadlocks without offices, %v with half, %v with all", failed, few, all)
	}
	if none, _ := seasons(t, map[string]float64{"ambition": 1, "temper": 0}, 5, 0); len(none) > 0 {
		t.Errorf("without moods deadlocks %v", none)
	}
}

// What says much less than the text in force is not worth a signature to a body with
// regular work; a summit signs it, and so does anybody where no text is too shallow.
func TestWorthwhile(t *testing.T) {
	for _, c := range []struct {
		what       string
		worthwhile float64
		structured bool
		stands     bool
	}{
		{"a body", .9, true, true},
		{"a summit", .9, false, false},
		{"any text will do", 0, true, false},
	} {
		w := modeltest.World(3, .1, .5, .9)
		f := council(w, .5, .6)
		f.Structured = c.structured
		heard := new(modeltest.Facts)
		w.Chronicle.On, w.Chronicle.Teller = true, heard
		years(plain(t, map[string]float64{"worthwhile": c.worthwhile, "isolation": .01, "obligation": .1, "commitment": .3}), w, 1)
		if got := w.Texts[0].Depth == .6; got != c.stands {
			t.Errorf("%s: the text is of depth %.2f", c.what, w.Texts[0].Depth)
		}
		for _, fact := range heard.List {
			if d, ok := fact.(negotiation.Deadlocked); ok && (d.Cause != negotiation.TooShallow || len(d.Blockers) > 0 || !c.stands) {
				t.Errorf("%s: %+v", c.what, d)
			}
		}
	}
}

// Trust carries depth; rival stacks cost it.
func TestGroundOfConsensus(t *testing.T) {
	depth := func(exponent, trust, stacks, rival float64) float64 {
		w := modeltest.World(3, .3, .5, .7)
		w.TrustAll(.4)
		f := council(w, .5, .1)
		modeltest.AddStack(w, "rival", .2)
		copy(w.StackMix(0), []float64{1 - rival, rival})
		m := plain(t, map[string]float64{"trust": exponent, "stacks": stacks, "isolation": .02, "obligation": .1, "commitment": .3})
		modeltest.Begin(w, 1, m)
		w.TrustAll(trust)
		for k := range w.Calendar.PerYear() {
			w.Tick = k
			m.Step(modeltest.At(w, 1, m.Name(), k), w)
		}
		return w.Texts[f.Text].Depth
	}
	plainly := depth(0, .4, 0, 0)
	if depth(0, .2, 0, 0) != plainly || depth(1, .4, 0, 0) != plainly || depth(0, .4, 0, 1) != plainly || depth(0, .4, 1, 0) != plainly {
		t.Error("what is off or does not change moves depth")
	}
	if !(depth(2, .2, 0, 0) < depth(1, .2, 0, 0) && depth(1, .2, 0, 0) < plainly && plainly < depth(1, .6, 0, 0)) {
		t.Error("depth does not go with trust")
	}
	if !(depth(0, .4, 2, 1) < depth(0, .4, 1, 1) && depth(0, .4, 1, 1) < depth(0, .4, 1, .5) && depth(0, .4, 1, .5) < plainly) {
		t.Error("rival stacks do not cost depth")
	}
}

// Sessions of bodies of all states are counted, and those that fail.
func TestSessionsAreCounted(t *testing.T) {
	for _, universal := range []bool{false, true} {
		w := modeltest.World(3, .1, .5, .9)
		f := council(w, .5, .6)
		f.Structured, f.Universal = true, universal
		m := plain(t, map[string]float64{"worthwhile": 1, "isolation": .01, "obligation": .1})
		modeltest.Begin(w, 1, m)
		var sum world.Activity
		for k := range w.Calendar.PerYear() {
			w.Tick, w.Activity = k, world.Activity{}
			m.Step(modeltest.At(w, 1, m.Name(), k), w)
			sum.Sessions += w.Activity.Sessions
			sum.Failed += w.Activity.Failed
		}
		want := 0
		if universal {
			want = 1
		}
		if sum.Sessions != want || sum.Failed != want {
			t.Errorf("universal %t: %d sessions, %d failed", universal, sum.Sessions, sum.Failed)
		}
	}
}
