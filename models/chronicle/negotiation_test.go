package chronicle

import (
	"testing"

	"splinternet/models/forums/negotiation"
	"splinternet/models/forums/texts"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// A deadlock is told with its cause.
func TestDeadlockInWords(t *testing.T) {
	for _, c := range []struct {
		cause    negotiation.Cause
		blockers []int
		want     string
	}{
		{negotiation.Blocked, nil, `The council finds no consensus on "a text".`},
		{negotiation.Blocked, []int{0}, `The council finds no consensus on "a text": A blocks it.`},
		{negotiation.Misjudged, []int{0}, `The council finds no consensus on "a text": A blocks it, against what the chair expected.`},
		{negotiation.Misjudged, []int{0, 1}, `The council finds no consensus on "a text": A and B block it, against what the chair expected.`},
		{negotiation.TooShallow, nil, `The council finds no consensus on "a text": what nobody blocks says too little to be worth a signature.`},
	} {
		w := modeltest.World(2, .1, .9)
		w.States.Name = []string{"A", "B"}
		w.Chronicle.On, w.Chronicle.Teller = true, Chronicle{}
		modeltest.AddForum(w, "council").Name = "council"
		k := texts.Table(w, world.Text{ID: "t", Title: "a text", Position: []float64{.5}, Stack: -1})
		w.Tell(negotiation.Deadlocked{Text: k, Result: negotiation.Result{Own: true, Failures: 1, Cause: c.cause, Blockers: c.blockers}})
		if got := w.Chronicle.Entries[0].Text; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
