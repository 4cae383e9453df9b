package forums

import (
	"slices"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/voting"
	"splinternet/models/world"
)

// adopted is a world in which a text of the given kind has just been voted through
// by the first two of four states.
func adopted(t *testing.T, change func(w *world.World, text *world.Text)) (*world.World, *world.Text) {
	t.Helper()
	w, k := cast(voting.Yes, voting.Yes, voting.No, voting.Absent)
	change(w, &w.Texts[k])
	m := plain(t, nil)
	w.Chronicle.On = true
	modeltest.Begin(w, 1, m)
	w.Tick = 4
	m.decideByVote(modeltest.At(w, 1, m.Name(), 4), w, k)
	return w, &w.Texts[k]
}

// A text that creates a forum founds it from the catalogue, with its mandate.
func TestAdoptionFounds(t *testing.T) {
	seed := world.Forum{
		ID: "oewg", Name: "OEWG", Line: world.ICTSecurity, Rule: world.Consensus, Access: world.AccessClosed,
		Structured: true, Members: []bool{true, true, false, false}, Firms: nil, Position: []float64{.2}, Legitimacy: .6, Text: 7, Cycle: 1, Sponsor: -1,
	}
	found := func(w *world.World, text *world.Text) {
		w.Catalogue = []world.Forum{{ID: "other"}, seed}
		text.Serves, text.Mandate, text.Sponsors = "oewg", 2.25, []int{1}
	}
	w, text := adopted(t, found)
	k := w.FindForum("oewg")
	if k < 0 {
		t.Fatal("the forum is not founded")
	}
	f := &w.Forums[k]
	if f.Status != world.Alive || f.Founded != 4 || f.MandateEnd != 4+9 || f.Sponsor != 1 || f.Text != -1 || f.Legitimacy != .6 {
		t.Errorf("founded as %+v", f)
	}
	if text.Status != world.Lapsed || text.Adopted != 4 || w.Activity.Adopted != 1 {
		t.Errorf("text %s of tick %d", text.Status, text.Adopted)
	}
	if w.Dyads.Shared[0*4+1] != 1 {
		t.Error("members of the new forum share none")
	}
	// What happens to the forum must not reach the catalogue, which replicates share.
	f.Members[3], f.Position[0] = true, .9
	if w.Catalogue[1].Members[3] || w.Catalogue[1].Position[0] != .2 {
		t.Error("the forum shares memory with the catalogue")
	}

	// A permanent mandate, and a forum that is convened again.
	w, _ = adopted(t, func(w *world.World, text *world.Text) {
		found(w, text)
		text.Mandate = 0
		f := modeltest.AddForum(w, "oewg", 0, 1)
		f.Status, f.MandateEnd, f.Legitimacy = world.Dormant, -4, .33
	})
	if k := w.FindForum("oewg"); len(w.Forums) != 2 || w.Forums[k].Status != world.Alive || w.Forums[k].MandateEnd != world.NoEnd || w.Forums[k].Legitimacy != .33 {
		t.Errorf("convened again as %+v", w.Forums[k])
	}
	told := slices.ContainsFunc(w.Chronicle.Entries, func(e world.Entry) bool {
		return e.Text == "The "+w.Forums[1].Name+" is convened again, with a permanent mandate."
	})
	if !told {
		t.Errorf("the chronicle is silent: %+v", w.Chronicle.Entries)
	}

	// A forum that nobody knows: nothing is founded, and nothing breaks.
	w, text = adopted(t, func(_ *world.World, text *world.Text) { text.Serves = "nowhere" })
	if len(w.Forums) != 1 || text.Status != world.Lapsed {
		t.Errorf("%d forums, text %s", len(w.Forums), text.Status)
	}
}

// Support strengthens by the share of states that voted for it.
func TestAdoptionSupports(t *testing.T) {
	w, text := adopted(t, func(w *world.World, text *world.Text) {
		modeltest.AddForum(w, "gge").Legitimacy = .5
		text.Kind, text.Serves = world.Support, "gge"
	})
	near(t, "legitimacy", w.Forums[1].Legitimacy, .5+.05*.5*.5, exact)
	if text.Status != world.Lapsed {
		t.Errorf("text %s", text.Status)
	}
}

// A text about a stack makes it a standard for those who voted for it, beside
// those for whom it was one.
func TestAdoptionRecognises(t *testing.T) {
	w, text := adopted(t, func(w *world.World, text *world.Text) {
		w.States.Power = []float64{.4, .3, .2, .1}
		s := modeltest.AddStack(w, "new-ip", .1)
		s.Proposed, s.Recognition, s.Recognised = false, 0, []bool{false, false, false, true}
		text.Stack = 1
	})
	s := &w.Stacks[1]
	if want := []bool{true, true, false, true}; !slices.Equal(s.Recognised, want) || !s.Proposed || text.Status != world.Lapsed {
		t.Errorf("recognised %v, proposed %v, text %s", s.Recognised, s.Proposed, text.Status)
	}
	near(t, "recognition", s.Recognition, (.8+.75)/2, exact)
}

// A rejected text does nothing of the kind.
func TestRejectionDoesNothing(t *testing.T) {
	w, k := cast(voting.No, voting.No, voting.Yes)
	w.Catalogue = []world.Forum{{ID: "oewg", Members: make([]bool, 3)}}
	w.Texts[k].Serves = "oewg"
	vote(plain(t, nil), w, k)
	if len(w.Forums) != 1 || w.Texts[k].Status != world.Rejected || w.Activity.Adopted != 0 || w.Activity.Votes != 1 {
		t.Errorf("%d forums, text %s, %+v", len(w.Forums), w.Texts[k].Status, w.Activity)
	}
}

// A norm stands as the text of the forum that agrees on it; the Assembly's
// resolutions stand for themselves; requests for views have done their work.
func TestWhatStands(t *testing.T) {
	w, text := adopted(t, func(_ *world.World, text *world.Text) { text.Kind = world.Norm })
	if w.Forums[0].Text != -1 || text.Status != world.InForce {
		t.Errorf("Assembly: text %d, %s", w.Forums[0].Text, text.Status)
	}
	_, text = adopted(t, func(_ *world.World, text *world.Text) { text.Kind = world.Views })
	if text.Status != world.Lapsed {
		t.Errorf("views: %s", text.Status)
	}

	w = modeltest.World(3, .2, .5, .8)
	f := council(w, .5, .3)
	f.Legitimacy = 1
	k := Table(w, world.Text{ID: "norm", Line: f.Line, Kind: world.Norm, Position: []float64{.6}, Depth: .2, Stack: -1})
	f = &w.Forums[0]
	step(plain(t, map[string]float64{"isolation": 10, "compromise": 0}), w, june)
	if f.Text != k || w.Texts[k].Status != world.InForce || f.Position[0] != .6 {
		t.Errorf("council: text %d at %g", f.Text, f.Position[0])
	}
}

// A text tabled in a forum that works by consensus waits for the session, and
// passes unless somebody blocks it.
func TestTabledText(t *testing.T) {
	for _, isolation := range []float64{10, .001} {
		w, _ := polar()
		k := Table(w, world.Text{ID: "norm", Line: world.ICTSecurity, Kind: world.Norm, Position: []float64{.6}, Depth: .2, Stack: -1})
		m := plain(t, map[string]float64{"isolation": isolation})
		step(m, w, june-1)
		if w.Texts[k].Status != world.Tabled {
			t.Errorf("before the session: %s", w.Texts[k].Status)
		}
		step(m, w, june)
		want := world.InForce
		if isolation < 1 {
			want = world.Rejected
		}
		if w.Texts[k].Status != want {
			t.Errorf("isolation %g: %s", isolation, w.Texts[k].Status)
		}
	}
}

// States begin to keep to a text the better the nearer it stands, and hardly at
// all at the other pole.
func TestCompliance(t *testing.T) {
	near(t, "here", world.Compliance([]float64{.3}, []float64{.3}), 1, exact)
	near(t, "near", world.Compliance([]float64{.3}, []float64{.5}), .8, exact)
	near(t, "far", world.Compliance([]float64{0}, []float64{1}), .05, exact)
	near(t, "two dimensions", world.Compliance([]float64{0, .5}, []float64{.4, .5}), .8, exact)
	w, text := adopted(t, func(_ *world.World, text *world.Text) { text.Kind = world.Norm })
	for i := range 4 {
		want := 0.0
		if i < 2 {
			want = world.Compliance(w.States.Position[i:i+1], text.Position)
		}
		near(t, "of state", text.Compliance[i], want, exact)
	}
}

// Identifiers stay unique, because ballots and scripts go by them.
func TestTableNumbersDoubles(t *testing.T) {
	w := modeltest.World(2)
	modeltest.AddForum(w, "f")
	for _, want := range []string{"t", "t-2", "t-3"} {
		if k := Table(w, world.Text{ID: "t"}); w.Texts[k].ID != want || w.Texts[k].Adopted != world.NotAdopted {
			t.Errorf("text %s", w.Texts[k].ID)
		}
	}
}
