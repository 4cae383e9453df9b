package norms_test

import (
	"slices"
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/modeltest"
	"splinternet/models/norms"
	"splinternet/models/world"
	"splinternet/sim"
)

var plain, add, years, count = norms.Plain, norms.Add, norms.Years, norms.Count

// tell has the chronicle told of a world.
func tell(w *world.World) { w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{} }

// A treaty binds nobody until enough states have ratified it.
func TestEntry(t *testing.T) {
	w := modeltest.World(10)
	tell(w)
	m := plain(t, map[string]float64{"ratification": 1, "capacity": 0, "peers": 0, "closeness": 0, "entry": .9, "frailty": 0})
	text := add(w, true, .5, .3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	bound := false
	for k := 0; k < 60 && !bound; k += 4 {
		if k == 0 {
			modeltest.Begin(w, 3, m)
		}
		m.Step(modeltest.At(w, 3, "norms", k), w)
		ratified := count(text, world.Ratified)
		if bound = text.Covers(0); bound != (ratified >= 9) {
			t.Fatalf("with %d ratifications the treaty binds: %v", ratified, bound)
		}
	}
	if last := w.Chronicle.Entries[len(w.Chronicle.Entries)-1]; !bound || !strings.Contains(last.Text, "enters into force") {
		t.Errorf("bound %v, and the chronicle says %v", bound, w.Chronicle.Entries)
	}
}

// A norm that nobody keeps dies after its time of patience, and its forum has no
// text any more; a treaty that is not yet in force does not.
func TestErosion(t *testing.T) {
	w := modeltest.World(6, 0, 0, 0, 0, 0, 0)
	tell(w)
	m := plain(t, map[string]float64{"threshold": 1, "spread": 0, "gain": 10, "ratification": 0, "erosion": .3, "patience": 3})
	add(w, false, 1, 1, 0, 1, 2, 3)
	add(w, true, 1, 1, 0, 1, 2, 3)
	add(w, false, 0, .2, 0, 1, 2, 3)
	years(t, w, m, 1, 2)
	if w.Texts[0].Status != world.InForce {
		t.Error("dead before its time")
	}
	w.Texts[0].Compliance[0] = 0
	years(t, w, m, 1, 4)
	if w.Texts[0].Status != world.Lapsed || w.Forums[0].Text != -1 {
		t.Errorf("text is %v, forum stands by %d", w.Texts[0].Status, w.Forums[0].Text)
	}
	if w.Texts[1].Status != world.InForce || w.Texts[2].Status != world.InForce {
		t.Error("a treaty not in force, or a norm that is kept, died")
	}
	if k := len(w.Chronicle.Entries); k != 1 || !strings.Contains(w.Chronicle.Entries[0].Text, "is dead") {
		t.Errorf("chronicle: %v", w.Chronicle.Entries)
	}
}

// A norm that passes a third of the states is told, once.
func TestCascadeIsTold(t *testing.T) {
	w := modeltest.World(30)
	tell(w)
	m := plain(t, map[string]float64{"distance": 0, "power": 0})
	add(w, false, .5, .2, 0, 1, 2, 3, 4, 5, 6, 7)
	modeltest.Begin(w, 1, m)
	for i := range m.Thresholds {
		m.Thresholds[i] = float64(i) / 32
	}
	for k := range 40 {
		m.Step(modeltest.At(w, 1, "norms", 4*k), w)
	}
	told := 0
	for _, e := range w.Chronicle.Entries {
		if strings.Contains(e.Text, "passes a threshold") && e.Kind == "norm" && e.Weight >= 0 && e.Weight <= 1 && len(e.Actors) > 0 {
			told++
		}
	}
	if told != 1 {
		t.Errorf("told %d times: %v", told, w.Chronicle.Entries)
	}
}

// Of a resolution it is told that two thirds of the world stand behind it, and no more.
func TestResolutionIsTold(t *testing.T) {
	w := modeltest.World(30)
	tell(w)
	m := plain(t, map[string]float64{"distance": 0, "power": 0, "reconsider": 1})
	add(w, false, .5, .2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
	w.Forums[0].Universal = true
	modeltest.Begin(w, 1, m)
	for i := range m.Thresholds {
		m.Thresholds[i] = float64(i) / 32
	}
	for k := range 40 {
		m.Step(modeltest.At(w, 1, "norms", 4*k), w)
	}
	if k := len(w.Chronicle.Entries); k != 1 || !strings.Contains(w.Chronicle.Entries[0].Text, "Two thirds of the world (21 of 30 states)") {
		t.Errorf("chronicle: %v", w.Chronicle.Entries)
	}
}

// Members of a forum that concludes for them ratify in one year, count for one
// ratification, and are told by its name; who enters the forum later is bound with them.
func TestActAsOne(t *testing.T) {
	m := plain(t, map[string]float64{"ratification": .3, "closeness": 0, "peers": 0, "capacity": 0, "frailty": 0})
	for seed := range uint64(10) {
		w := modeltest.World(12)
		tell(w)
		modeltest.AddForum(w, "union", 0, 1, 2, 3, 4)
		text := add(w, true, .5, .3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
		text.AsOne, text.Needed = "union", 4
		modeltest.Begin(w, seed, m)
		bound := -1
		for k := 0; k < 80; k += 4 {
			m.Step(modeltest.At(w, seed, "norms", k), w)
			members := text.Adherence[:5]
			if first := members[0]; slices.ContainsFunc(members, func(a uint8) bool { return a != first }) {
				t.Fatalf("members stand at %v", members)
			}
			others := 0
			for _, a := range text.Adherence[5:] {
				if a >= world.Ratified {
					others++
				}
			}
			if members[0] >= world.Ratified {
				others++
				if bound < 0 {
					bound = k
				}
			}
			if text.Covers(0) != (members[0] >= world.Ratified && others >= 4) {
				t.Fatalf("with %d ratifications the treaty binds: %v", others, text.Covers(0))
			}
		}
		told := slices.ContainsFunc(w.Chronicle.Entries, func(e world.Entry) bool { return strings.Contains(e.Text, "(5 members)") })
		if bound < 0 || !told {
			t.Fatalf("bound %d, told %v: %v", bound, told, w.Chronicle.Entries)
		}
		text.Adherence[11] = world.Endorsed
		w.Forums[0].Members[11] = true
		if m.Step(modeltest.At(w, seed, "norms", 80), w); !text.Covers(11) {
			t.Error("a new member is not bound by what the forum has concluded")
		}
	}
}

// A run goes on from a copy of its world, or from one that was saved, as it would have.
func TestContinues(t *testing.T) {
	w := modeltest.World(14, .1, .2, .3, .4, .5, .6, .7, .8, .9, .5, .55, .6, .65, .7)
	modeltest.AddForum(w, "union", 9, 10, 11)
	add(w, false, .7, .3, 4, 5, 6).Sponsors = []int{5}
	add(w, true, .6, .3, 4, 5, 6, 9, 10, 11).AsOne = "union"
	add(w, false, .2, 1, 0, 1)
	w.States.Blame[5] = 1
	tell(w)
	modeltest.Continues(t, w, 1, 40, func() []sim.Mechanism[*world.World] {
		return []sim.Mechanism[*world.World]{plain(t, map[string]float64{"ratification": .2, "erosion": .3})}
	})
}
