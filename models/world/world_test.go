package world_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/voting"
	"splinternet/models/world"
)

// full is a random world in which no slice is empty.
func full(seed uint64) *world.World {
	w := modeltest.Random(rand.New(rand.NewPCG(seed, 1)), 5, 1, 2, 2, true)
	n := w.States.N
	modeltest.AddForum(w, "council")
	modeltest.AddForum(w, "club", 0, 2)
	for _, id := range []string{"a", "b"} {
		w.Texts = append(w.Texts, world.Text{
			ID: id, Sponsors: []int{1, 2}, Firms: []int{0}, Position: []float64{.5}, StatusQuo: []float64{.4},
			Adherence: make([]uint8, n), Compliance: make([]float64, n), Stack: -1,
		})
	}
	w.Groups = []world.Group{{ID: "g", Members: []int{0, 1}}}
	w.Catalogue = []world.Forum{{ID: "later", Members: make([]bool, n), Position: []float64{.5}}}
	w.Chronicle.Entries = []world.Entry{{Kind: "vote"}}
	return w
}

// constant names the slices that copies share because nothing changes them during
// a run. Everything else must be the copy's own.
var constant = []string{
	"States.ID", "States.Name", "States.Key", "Firms.ID", "Firms.Name", "Firms.Key", "Firms.Home", "Firms.Sector",
	"Dyads.TrustStart", "Dyads.Rival", "Dyads.Ally", "Groups", "Catalogue", "Texts.StatusQuo", "Rules",
}

// scramble changes every element of every slice that is not constant and returns
// the slices that it changed.
func scramble(v reflect.Value, path string) []string {
	if slices.Contains(constant, path) {
		return nil
	}
	var changed []string
	switch v.Kind() {
	case reflect.Pointer:
		return scramble(v.Elem(), path)
	case reflect.Struct:
		for k := range v.NumField() {
			if field := v.Type().Field(k); field.IsExported() {
				changed = append(changed, scramble(v.Field(k), strings.TrimPrefix(path+"."+field.Name, "."))...)
			}
		}
	case reflect.Slice:
		for k := range v.Len() {
			switch e := v.Index(k); e.Kind() {
			case reflect.Struct, reflect.Slice:
				changed = append(changed, scramble(e, path)...)
			case reflect.Float64:
				e.SetFloat(e.Float() + 7)
			case reflect.Int, reflect.Int32:
				e.SetInt(e.Int() + 7)
			case reflect.Uint8:
				e.SetUint(e.Uint() ^ 7)
			case reflect.Bool:
				e.SetBool(!e.Bool())
			case reflect.String:
				e.SetString(e.String() + "x")
			}
		}
		if v.Len() > 0 {
			changed = append(changed, path)
		}
	}
	return changed
}

// A copy is independent of the original: whatever changes in one stays out of the
// other.
func TestCopyIsIndependent(t *testing.T) {
	for _, c := range []struct {
		what string
		copy func(w *world.World) *world.World
	}{
		{"Clone", (*world.World).Clone},
		{"CopyFrom", func(w *world.World) *world.World {
			to := full(99) // of the same size, with memory to reuse
			to.CopyFrom(w)
			return to
		}},
		{"CopyFrom a larger world", func(w *world.World) *world.World {
			to := modeltest.Random(rand.New(rand.NewPCG(5, 1)), 9, 1, 3, 3, true)
			for range 4 {
				modeltest.AddForum(to, "x")
				to.Texts = append(to.Texts, world.Text{Position: []float64{1, 1}, Adherence: make([]uint8, 9)})
			}
			to.CopyFrom(w)
			return to
		}},
		{"CopyFrom a world that grew and was copied again", func(w *world.World) *world.World {
			to := w.Clone()
			for range 3 {
				modeltest.AddForum(to, "born")
				to.Texts = append(to.Texts, world.Text{ID: "tabled", Position: []float64{.1}})
				to.CopyFrom(w)
			}
			return to
		}},
	} {
		original, again := full(1), full(1)
		copied := c.copy(original)
		// A copy keeps no chronicle; all else is equal.
		want := full(1)
		want.Chronicle.Entries = nil
		if !reflect.DeepEqual(copied, want) {
			for _, path := range differ(reflect.ValueOf(copied).Elem(), reflect.ValueOf(want).Elem(), "") {
				t.Errorf("%s: %s differs", c.what, path)
			}
		}
		changed := scramble(reflect.ValueOf(copied), "")
		if len(changed) < 40 {
			t.Fatalf("%s: only %d slices are changed: %v", c.what, len(changed), changed)
		}
		copied.Dyads.Mark(5, 3, 4)
		for _, path := range differ(reflect.ValueOf(original).Elem(), reflect.ValueOf(again).Elem(), "") {
			t.Errorf("%s: %s of the original changes with the copy", c.what, path)
		}
	}
}

// differ lists the exported fields in which two worlds differ.
func differ(a, b reflect.Value, path string) []string {
	var list []string
	for k := range a.NumField() {
		field := a.Type().Field(k)
		name := strings.TrimPrefix(path+"."+field.Name, ".")
		switch {
		case !field.IsExported():
		case field.Type.Kind() == reflect.Struct:
			list = append(list, differ(a.Field(k), b.Field(k), name)...)
		case !reflect.DeepEqual(a.Field(k).Interface(), b.Field(k).Interface()) && a.Field(k).Kind() != reflect.Slice,
			a.Field(k).Kind() == reflect.Slice && a.Field(k).Len()+b.Field(k).Len() > 0 && !reflect.DeepEqual(a.Field(k).Interface(), b.Field(k).Interface()):
			list = append(list, name)
		}
	}
	return list
}

// Marks are a set of unordered pairs, and a copy can mark what the original has not.
func TestMark(t *testing.T) {
	w := modeltest.World(4)
	d := &w.Dyads
	d.Mark(4, 2, 1)
	d.Mark(4, 1, 2)
	d.Mark(4, 3, 3)
	if want := [][2]int32{{1, 2}}; !slices.Equal(d.Marked, want) {
		t.Errorf("marked %v", d.Marked)
	}
	c := w.Clone()
	c.Dyads.Mark(4, 0, 1)
	d.Mark(4, 0, 1)
	if len(d.Marked) != 2 || len(c.Dyads.Marked) != 2 {
		t.Errorf("marked %v and %v", d.Marked, c.Dyads.Marked)
	}
	w = modeltest.World(4)
	modeltest.Both(w, w.Dyads.Bridge, 0, 1, .1)
	w.Dyads.Ladder[2*4+1], w.Dyads.Ladder[3*4+2] = world.Sanctions, world.Protest
	w.Dyads.MarkAll(4)
	if want := [][2]int32{{0, 1}, {1, 2}}; !slices.Equal(w.Dyads.Marked, want) {
		t.Errorf("marked %v", w.Dyads.Marked)
	}
}

func TestCounts(t *testing.T) {
	w := modeltest.World(4)
	modeltest.AddFirm(w, "f", 0, 0, .6)
	modeltest.AddFirm(w, "g", 1, 0, .6)
	w.Firms.Ban[1], w.Firms.Ban[6] = .3, 1
	w.CountBans()
	w.Dyads.SetChannel(4, 3, 1, .5)
	w.CountChannels()
	if w.Standing.Bans != 2 || w.Standing.Channels != 1 {
		t.Errorf("%+v", w.Standing)
	}
	if d := &w.Dyads; d.Channel[1*4+3] != .5 || d.Channel[3*4+1] != .5 || d.Contact[1*4+3] != -.5 {
		t.Errorf("channel %g, contact %g", d.Channel[1*4+3], d.Contact[1*4+3])
	}
	modeltest.AddForum(w, "club", 0, 1, 2)
	modeltest.AddForum(w, "club2", 1, 2)
	modeltest.AddForum(w, "all") // universal: who is in it tells nothing
	if s := w.Dyads.Shared; s[0*4+1] != 1 || s[1*4+2] != 2 || s[2*4+1] != 2 || s[0*4+3] != 0 || s[1*4+1] != 0 || w.Dyads.MostShared != 2 {
		t.Errorf("shared %v", s)
	}
	w.Forums[1].Status = world.Dormant
	w.Forums[0].Structured = false
	if w.CountShared(); w.Dyads.MostShared != 0 {
		t.Errorf("shared %v", w.Dyads.Shared)
	}
	f := &w.Forums[0]
	f.Firms = []bool{true, true}
	modeltest.Near(t, "users served", w.Serves(f), 1, 0) // no more than all
}

func TestFind(t *testing.T) {
	w := full(1)
	for what, found := range map[string]int{
		"state": w.FindState("s3") - 3, "firm": w.FindFirm("firm1") - 1, "forum": w.FindForum("club") - 1,
		"text": w.FindText("b") - 1, "stack": w.FindStack("stack1") - 1, "group": w.FindGroup("g"),
		"no state": w.FindState("x") + 1, "no firm": w.FindFirm("x") + 1, "no forum": w.FindForum("x") + 1,
		"no text": w.FindText("x") + 1, "no stack": w.FindStack("x") + 1, "no group": w.FindGroup("x") + 1,
	} {
		if found != 0 {
			t.Errorf("%s: off by %d", what, found)
		}
	}
	if w.StateID(world.Abroad) != "abroad" || w.StateID(2) != "s2" {
		t.Error("names of states")
	}
}

func TestAdd(t *testing.T) {
	w := modeltest.World(1)
	w.Add(world.Entry{Kind: "x"})
	if len(w.Chronicle.Entries) != 0 {
		t.Error("a chronicle that is off keeps entries")
	}
	w.Chronicle.On, w.Tick = true, 7
	w.Add(world.Entry{Kind: "x"})
	w.Add(world.Entry{Kind: "y", By: "scenario", Text: "the Gambia is told. the Gambia and the Bahamas are told again."})
	if e := w.Chronicle.Entries; len(e) != 2 || e[0].Tick != 7 || e[0].By != "model" || e[1].By != "scenario" {
		t.Errorf("%+v", w.Chronicle.Entries)
	} else if want := "The Gambia is told. The Gambia and the Bahamas are told again."; e[1].Text != want {
		t.Errorf("sentences begin %q, want %q", e[1].Text, want)
	}
}

func TestCovers(t *testing.T) {
	t1 := world.Text{Adherence: []uint8{world.Outside, world.Endorsed, world.Party}}
	for binding, want := range map[bool][]bool{false: {false, true, true}, true: {false, false, true}} {
		t1.Binding = binding
		for i, w := range want {
			if t1.Covers(i) != w {
				t.Errorf("binding %v: covers %d is %v", binding, i, !w)
			}
		}
	}
}

func TestQuality(t *testing.T) {
	s := world.Stack{Potential: 2, Immature: -1}
	for recognition, want := range map[float64]float64{0: -1, .5: .5, 1: 2} {
		s.Recognition = recognition
		modeltest.Near(t, "quality", s.Quality(), want, 1e-12)
	}
}

// Without rules of their own all agents leave all to the model.
func TestModelRule(t *testing.T) {
	w := modeltest.World(2)
	draft := &world.Draft{Depth: .3}
	mix := []float64{.5, .5}
	if w.AskVote(0, 0, voting.Abstain) != voting.Abstain || w.AskStance(0, 0, world.Block) != world.Block ||
		w.AskPropose(0, 0, draft) != draft || !w.AskRecognise(0, 0, true) || &w.AskStack(0, mix)[0] != &mix[0] ||
		w.AskControl(0, .3) != .3 || w.AskAnswer(0, 1, 5, 2) != 2 || w.AskBan(0, 0, .4) != .4 {
		t.Error("a state does not leave it to the model")
	}
	modeltest.AddForum(w, "council")
	if w.AskSell(0, 3) != 3 || w.AskText(0, *draft).Depth != .3 {
		t.Error("a firm or a chair does not leave it to the model")
	}
}

// A rule answers in the bounds of the question, and what is no answer is the model's;
// whoever listens hears what differs.
func TestAnswersAreBounded(t *testing.T) {
	w := modeltest.World(2)
	heard := new(modeltest.Facts)
	w.Chronicle.On, w.Chronicle.Teller = true, heard
	answer := world.Answer{}
	w.Rules.State = []world.Rule{ruleFunc(func(*world.World, world.Asked) world.Answer { return answer })}
	for _, c := range []struct {
		name      string
		answer    world.Answer
		got, want func() any
	}{
		{"a level", world.Answer{Level: 7}, func() any { return w.AskControl(0, .3) }, func() any { return 1. }},
		{"a mix of too few", world.Answer{Mix: []float64{1}}, func() any { return w.AskStack(0, []float64{.5, .5})[1] }, func() any { return .5 }},
		{"a word that is none", world.Answer{Word: "perhaps"}, func() any { return w.AskAgree(0, 1, true) }, func() any { return true }},
		{"another agent", world.Answer{Level: 7}, func() any { return w.AskControl(1, .3) }, func() any { return .3 }},
	} {
		answer = c.answer
		if got, want := c.got(), c.want(); got != want {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
	}
	if len(heard.List) != 1 || heard.List[0].(world.Decided).Model.Level != .3 || heard.List[0].(world.Decided).By != "scenario" {
		t.Errorf("heard %+v", heard.List)
	}
}

// Memories are compared whether they were read from a file or not, and an empty one is
// the same as none.
func TestChangedSlots(t *testing.T) {
	type notes struct {
		Level []float64
		By    map[string]int
	}
	a := full(1)
	*world.Slot[notes](a, "owner") = notes{Level: []float64{1, 2}, By: map[string]int{"x": 1, "y": 2}}
	world.Slot[notes](a, "idle")
	data, err := a.Encode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := world.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for what, other := range map[string]*world.World{"a copy": a.Clone(), "a saved world": b, "a copy of a saved world": b.Clone()} {
		if changed := world.ChangedSlots(a, other); len(changed) > 0 {
			t.Errorf("%s has other memories of %v", what, changed)
		}
		world.Slot[notes](other, "idle")
		if changed := world.ChangedSlots(other, full(1)); !slices.Equal(changed, []string{"owner"}) {
			t.Errorf("a world without memories differs from %s in those of %v", what, changed)
		}
		world.Slot[notes](other, "owner").Level[1] = 3
		if changed := world.ChangedSlots(other, a); !slices.Equal(changed, []string{"owner"}) {
			t.Errorf("after a change %s has other memories of %v", what, changed)
		}
	}
}

// What the model brings up is known again by its name, with any number, and by no other.
func TestNames(t *testing.T) {
	resolution := world.ResolutionID("un_ga1", 2030, "IND")
	for id, want := range map[string]bool{
		resolution: true, world.NumberedID(resolution, 1): true, world.NumberedID(resolution, 2): true,
		world.NumberedID(resolution, world.MostAlike): true, resolution + "-1": false, resolution + "-02": false,
		resolution + "-x": false, resolution + "2": false, "un_ga1-2030": false,
	} {
		if world.IsNumbered(id, resolution) != want {
			t.Errorf("%s: want %v", id, want)
		}
	}
}

// ruleFunc is a rule that is a function.
type ruleFunc func(w *world.World, asked world.Asked) world.Answer

func (f ruleFunc) Decide(w *world.World, asked world.Asked) world.Answer { return f(w, asked) }
