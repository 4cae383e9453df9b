package forecast

import (
	"splinternet/models/voting"
	"splinternet/models/voting/fit"
)

// The baselines that a forecast has to beat know what a forecast knows: the roll
// calls held so far, and the ideal points.

// Modal gives every state the frequencies of votes on the same line and side, one of each
// added (Laplace).
func (f *Forecaster) Modal(next Proposal) []voting.Odds {
	n := [3]float64{1, 1, 1}
	for _, k := range f.alike(next) {
		for _, v := range f.held[k].Votes {
			if v != voting.Absent {
				n[v]++
			}
		}
	}
	return same(shares(n), len(f.ideal))
}

// kept is the probability that the baseline of persistence gives to a state's last vote.
const kept = .85

// Persistence gives a state's last vote on the same line and side .85 and spreads .15 as
// the last roll call there went; states that had no vote get that alone. Without any
// roll call there it is the modal baseline.
func (f *Forecaster) Persistence(next Proposal) []voting.Odds {
	chain := f.chain(next, len(f.held))
	if len(chain) == 0 {
		return f.Modal(next)
	}
	// One vote is added, spread over the three kinds, so that none is ruled out.
	n := [3]float64{1. / 3, 1. / 3, 1. / 3}
	for _, v := range f.held[chain[len(chain)-1]].Votes {
		if v != voting.Absent {
			n[v]++
		}
	}
	odds := same(shares(n), len(f.ideal))
	for i, v := range f.last(chain) {
		if v != voting.Absent {
			for c := range odds[i] {
				odds[i][c] *= 1 - kept
			}
			odds[i][v] += kept
		}
	}
	return odds
}

// OrderedLogit is the ordered logit on the ideal point alone, fitted to all votes on
// the same line and side together; the prior keeps it finite.
func (f *Forecaster) OrderedLogit(next Proposal) []voting.Odds {
	var x []float64
	var votes []voting.Vote
	for _, k := range f.alike(next) {
		x, votes = append(x, f.ideal...), append(votes, f.held[k].Votes...)
	}
	logit, err := fit.LogitUnder(fit.WeakPrior, x, votes)
	if err != nil {
		return f.Modal(next)
	}
	odds := make([]voting.Odds, len(f.ideal))
	for i, x := range f.ideal {
		odds[i] = logit.At(x)
	}
	return odds
}

// Before is each state's last vote on the line and side of a proposal.
func (f *Forecaster) Before(next Proposal) []voting.Vote { return f.last(f.chain(next, len(f.held))) }

// alike lists the roll calls on the same line and side; where there are none those of the
// side, and else all.
func (f *Forecaster) alike(next Proposal) []int {
	if chain := f.chain(next, len(f.held)); len(chain) > 0 {
		return chain
	}
	var side, all []int
	for k, call := range f.held {
		all = append(all, k)
		if call.Side*next.Side > 0 {
			side = append(side, k)
		}
	}
	if len(side) > 0 {
		return side
	}
	return all
}

func shares(n [3]float64) (o voting.Odds) {
	total := n[voting.No] + n[voting.Abstain] + n[voting.Yes]
	for c := range o {
		o[c] = n[c] / total
	}
	return o
}

func same(o voting.Odds, n int) []voting.Odds {
	odds := make([]voting.Odds, n)
	for i := range odds {
		odds[i] = o
	}
	return odds
}
