package studies

import (
	"testing"

	"splinternet/models/voting"
)

// A vote is accounted for by its heaviest term, and by the terms without which it would
// have been another.
func TestAccount(t *testing.T) {
	var u voting.Utility
	u.Add(voting.Spatial, -1)
	u.Add(voting.Cue, .7)
	u.Add(voting.Sponsor, -.6)
	a := AccountOf(u, voting.Band(.8))
	if a.Model != voting.No || len(a.Decisive) != 2 || a.Decisive[0] != (Change{voting.Spatial, voting.Yes}) || a.Decisive[1] != (Change{voting.Sponsor, voting.Abstain}) {
		t.Errorf("%+v", a)
	}
	if term, pro := a.Heaviest(); term != voting.Spatial || pro {
		t.Errorf("term %d weighed most, for the text: %v", term, pro)
	}
	u.Add(voting.Cue, 2)
	if term, pro := AccountOf(u, voting.Band(.8)).Heaviest(); term != voting.Cue || !pro {
		t.Errorf("term %d weighed most, for the text: %v", term, pro)
	}
}
