package chronicle

import (
	"testing"

	"splinternet/models/verdict"
	"splinternet/models/world"
)

// The meaning of an end state has a colon of its own, so that it is a sentence of
// its own.
func TestLabelIsTold(t *testing.T) {
	w := world.Plain(2)
	w.Chronicle.Teller = Chronicle{}
	w.Tell(verdict.Passed{From: verdict.Thin, To: verdict.Hostile})
	if len(w.Chronicle.Entries) != 0 {
		t.Errorf("a chronicle that is off has %+v", w.Chronicle.Entries)
	}
	w.Chronicle.On = true
	w.Tell(verdict.Passed{From: verdict.Thin, To: verdict.Hostile})
	want := "The world has passed from thin consensus to hostile fragmentation, " +
		"a divided network whose blocs are in open conflict: the splinternet."
	if e := w.Chronicle.Entries; len(e) != 1 || e[0].Text != want {
		t.Errorf("told as %+v, want %q", e, want)
	}
}
