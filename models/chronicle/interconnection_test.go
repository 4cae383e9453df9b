package chronicle

import (
	"testing"

	"splinternet/models/interconnection"
	"splinternet/models/world"
)

// What is told of the network names the cause that has changed most, not the one that
// takes most.
func TestTellNetwork(t *testing.T) {
	w := world.Plain(2)
	w.Chronicle.On = true
	for _, now := range []world.Network{
		{Native: .78, Governmental: .21, Commercial: .01},
		{Native: .75, Governmental: .22, Technical: .02, Commercial: .01}, // too little to tell
		{Native: .72, Governmental: .22, Technical: .05, Commercial: .01},
		{Native: .8, Governmental: .14, Technical: .05, Commercial: .01},
	} {
		tellNetwork(w, interconnection.Network{Network: now})
	}
	want := []string{
		"The network comes apart further: of all that could connect users, 72 % does, against 78 % before, mostly because of rival standards.",
		"The network grows together again: of all that could connect users, 80 % does, against 72 % before, mostly as walls, filters and sanctions give way.",
	}
	if len(w.Chronicle.Entries) != len(want) {
		t.Fatalf("%d entries, want %d", len(w.Chronicle.Entries), len(want))
	}
	for k, text := range want {
		if got := w.Chronicle.Entries[k].Text; got != text {
			t.Errorf("%s\nwant %s", got, text)
		}
	}
}
