package studies

import "splinternet/models/voting"

// Account says what decided one vote.
type Account struct {
	Utility  voting.Utility
	Cuts     voting.Cuts
	Model    voting.Vote // what the utility asks for, whoever decided
	Decisive []Change    // terms without any one of which the model would vote otherwise
}

// Change is what the model would vote without a term.
type Change struct {
	Term voting.Term
	Vote voting.Vote
}

// AccountOf accounts for the vote that a utility asks for.
func AccountOf(u voting.Utility, cuts voting.Cuts) *Account {
	a := &Account{Utility: u, Cuts: cuts, Model: cuts.Vote(u.Sum)}
	for k, value := range u.Terms {
		if other := cuts.Vote(u.Without(voting.Term(k))); value != 0 && other != a.Model {
			a.Decisive = append(a.Decisive, Change{voting.Term(k), other})
		}
	}
	return a
}

// Heaviest is the term that weighed most in the direction of the utility, and whether
// that is for the text.
func (a *Account) Heaviest() (term voting.Term, pro bool) {
	sign := 1.0
	if a.Utility.Sum < 0 {
		sign = -1
	}
	for k, value := range a.Utility.Terms {
		if sign*value > sign*a.Utility.Terms[term] {
			term = voting.Term(k)
		}
	}
	return term, sign > 0
}
