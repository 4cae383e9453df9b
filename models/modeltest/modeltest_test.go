package modeltest

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"splinternet/models/world"

	"pgregory.net/rapid"
)

func TestWorldIsValid(t *testing.T) {
	w := World(3, .1, .2, .3, .4, .5, .6)
	if w.Dim != 2 {
		t.Errorf("6 positions for 3 states give %d dimensions", w.Dim)
	}
	AddStack(w, "other", .2, .2)
	AddFirm(w, "firm", world.Abroad, 1, 1)
	if f := AddForum(w, "club", 0, 2); f.Universal || f.Members[1] || w.Dyads.Shared[2] != 1 || w.Dyads.MostShared != 1 {
		t.Errorf("a forum of 0 and 2 has members %v and gives them %d forums to share", f.Members, w.Dyads.Shared[2])
	}
	if wrong := Invalid(w); wrong != "" {
		t.Error(wrong)
	}
	w.States.Power[0], w.States.Position[3], w.Dyads.Bridge[1] = .5, 1.1, .5
	if wrong := Invalid(w); wrong == "" {
		t.Error("a broken world passes")
	}
}

func TestDrawIsValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if wrong := Invalid(Draw(t, Limits{})); wrong != "" {
			t.Fatal(wrong)
		}
	})
}

// TestPermute permutes a world and back.
func TestPermute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := Draw(t, Limits{})
		AddForum(w, "club", 0)
		w.Groups = []world.Group{{ID: "bloc", Members: []int{0}}}
		w = w.Clone() // copies make empty lists nil
		order := rand.New(rand.NewPCG(7, rapid.Uint64().Draw(t, "order"))).Perm(w.States.N)
		back := make([]int, len(order))
		for k, i := range order {
			back[i] = k
		}
		p := Permute(w, order)
		if wrong := Invalid(p); wrong != "" {
			t.Fatal(wrong)
		}
		for k, i := range order {
			if p.States.ID[k] != w.States.ID[i] || p.Dyads.Trust[k*len(order)] != w.Dyads.Trust[i*len(order)+order[0]] {
				t.Fatalf("state %d of the permuted world is not state %d", k, i)
			}
		}
		again := Permute(p, back)
		if !reflect.DeepEqual(again.States, w.States) || !reflect.DeepEqual(again.Firms, w.Firms) ||
			!reflect.DeepEqual(again.Forums, w.Forums) || !reflect.DeepEqual(again.Groups, w.Groups) {
			t.Fatal("permuting back gives another world")
		}
	})
}
