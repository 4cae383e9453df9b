package voting

import "math"

// Score is how well a forecast of one roll call did, over the states that voted.
type Score struct {
	N                int     // states that voted
	Accuracy         float64 // share whose likeliest vote was cast
	BalancedAccuracy float64 // mean over the kinds of vote that were cast, each of its share predicted
	Brier            float64 // mean squared error summed over the three kinds, 0 to 2 (Brier 1950)
	LogScore         float64 // mean of -ln of the probability of the vote cast; 0 is perfect
	Changed          int     // states that voted otherwise than before
	RecallChanged    float64 // share of them whose vote was predicted; NaN when there are none
}

// Evaluate scores the odds against the votes cast. Missing votes do not count. before
// is each state's vote the last time, Missing where it had none.
func Evaluate(odds []Odds, votes, before []Vote) Score {
	var s Score
	var cast, right [3]int
	changedRight := 0
	for i, v := range votes {
		if v == Missing {
			continue
		}
		s.N++
		cast[v]++
		hit := odds[i].Likeliest() == v
		if hit {
			right[v]++
		}
		if before[i] != Missing && before[i] != v {
			s.Changed++
			if hit {
				changedRight++
			}
		}
		s.LogScore -= math.Log(odds[i][v])
		for c, p := range odds[i] {
			if Vote(c) == v {
				p--
			}
			s.Brier += p * p
		}
	}
	n, kinds := float64(s.N), 0.0
	s.Brier /= n
	s.LogScore /= n
	s.Accuracy = float64(right[No]+right[Abstain]+right[Yes]) / n
	for c := range cast {
		if cast[c] > 0 {
			kinds++
			s.BalancedAccuracy += float64(right[c]) / float64(cast[c])
		}
	}
	s.BalancedAccuracy /= kinds
	s.RecallChanged = float64(changedRight) / float64(s.Changed)
	return s
}

// The baselines that a forecast has to beat know what a forecast knows: the roll
// calls held so far, and the ideal points.

// Modal gives every state the frequencies of votes on the same line and side, one of each
// added (Laplace).
func (f *Forecaster) Modal(next Proposal) []Odds {
	n := [3]float64{1, 1, 1}
	for _, k := range f.alike(next) {
		for _, v := range f.held[k].Votes {
			if v != Missing {
				n[v]++
			}
		}
	}
	return same(shares(n), len(f.ideal))
}

// Persistence gives a state's last vote on the same line and side .85 and spreads .15 as
// the last roll call there went; states that had no vote get that alone. Without any
// roll call there it is the modal baseline.
func (f *Forecaster) Persistence(next Proposal) []Odds {
	const kept = .85
	chain := f.chain(next, len(f.held))
	if len(chain) == 0 {
		return f.Modal(next)
	}
	// One vote is added, spread over the three kinds, so that none is ruled out.
	n := [3]float64{1. / 3, 1. / 3, 1. / 3}
	for _, v := range f.held[chain[len(chain)-1]].Votes {
		if v != Missing {
			n[v]++
		}
	}
	odds := same(shares(n), len(f.ideal))
	for i, v := range f.last(chain) {
		if v != Missing {
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
func (f *Forecaster) OrderedLogit(next Proposal) []Odds {
	var x []float64
	var votes []Vote
	for _, k := range f.alike(next) {
		x, votes = append(x, f.ideal...), append(votes, f.held[k].Votes...)
	}
	fit, err := climb(start(count(votes)), x, votes, WeakPrior)
	if err != nil {
		return f.Modal(next)
	}
	odds := make([]Odds, len(f.ideal))
	for i, x := range f.ideal {
		odds[i][No], odds[i][Abstain], odds[i][Yes] = fit.Probabilities(x)
	}
	return odds
}

// Before is each state's last vote on the line and side of a proposal.
func (f *Forecaster) Before(next Proposal) []Vote { return f.last(f.chain(next, len(f.held))) }

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

func shares(n [3]float64) (o Odds) {
	total := n[No] + n[Abstain] + n[Yes]
	for c := range o {
		o[c] = n[c] / total
	}
	return o
}

func same(o Odds, n int) []Odds {
	odds := make([]Odds, n)
	for i := range odds {
		odds[i] = o
	}
	return odds
}
