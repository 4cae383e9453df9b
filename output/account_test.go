package output

import (
	"strings"
	"testing"

	"splinternet/models/voting"
	"splinternet/scenarios/studies"
)

// Every kind of vote is accounted for by the same rule that the model uses: yes
// from 0 up, no below minus the abstention.
func TestWhyWords(t *testing.T) {
	for _, c := range []struct {
		utility float64
		vote    voting.Vote
		want    string
	}{
		{0.5, voting.Yes, "With 0.500 less it would have abstained, with 1.300 less voted no."},
		{-0.3, voting.Abstain, "With 0.300 more it would have voted yes, with 0.500 less no."},
		{-1, voting.No, "With 0.200 more it would have abstained, with 1.000 more voted yes."},
	} {
		cuts := voting.Band(0.8)
		if got := cuts.Vote(c.utility); got != c.vote {
			t.Errorf("%v: %s", c.utility, got)
		}
		var u voting.Utility
		u.Add(voting.Spatial, c.utility)
		a := &VoteAccount{Account: studies.AccountOf(u, cuts)}
		if got := a.Changes()[0]; got != c.want {
			t.Errorf("%v: %s", c.utility, got)
		}
	}
}

// Each term of a utility can be what decided.
func TestWhyNamesEveryTerm(t *testing.T) {
	for k, term := range voting.Terms {
		for _, value := range []float64{2, -2} {
			a := &VoteAccount{Vote: VoteRow{By: "model"}}
			a.Vote.Utility.Add(voting.Term(k), value)
			a.Account = studies.AccountOf(a.Vote.Utility, voting.Band(1))
			if got, want := a.Because(), term.Meaning(value > 0, "the status quo"); !strings.HasSuffix(got, "because "+want) {
				t.Errorf("%s of %g: %q", term.Name, value, got)
			}
			if got := a.Changes(); value < 0 && got[1] != "Without "+term.Title+" it would have voted yes." {
				t.Errorf("%s of %g: %q", term.Name, value, got)
			}
		}
	}
}
