// Package forecast predicts recorded votes before they are held, over the kernel of
// package voting: what is uncertain of its terms and cut-points is integrated over,
// and a declared layer holds what only forecasts have (Parts). It scores forecasts
// beside simple baselines.
//
// Results do not depend on maps, randomness or the clock; sums run from left to
// right.
package forecast

import (
	"fmt"
	"math"
	"slices"

	"splinternet/models/voting"
)

// Proposal is what is known of a text before the vote on it.
type Proposal struct {
	Year float64 // its day, in years
	// Side is where its lead sponsors stand, from -1 (sovereign) to 1 (open); 0
	// is the middle, sponsors of both sides, or a sponsor that nobody knows.
	Side float64
	Line string // subject, as "ict_security"; blank shares no practice with any other
	Kind string // what the text does: views, support, create, treaty; else unknown
}

// Held is a proposal with the recorded votes on it, by state.
type Held struct {
	Proposal
	Votes []voting.Vote
}

// Forecaster predicts recorded votes that have not been held yet, and learns from
// each that has. It is the ordered logit of the kernel with everything uncertain
// that is uncertain before a vote:
//
//	y_ik = b_k x_i + f_ik + e_ik,  no below m_k - g_k/2, yes from m_k + g_k/2 on
//
// with x_i the ideal point of state i, f_ik how it departs from it, and the slope
// b_k, the middle m_k and the width g_k of the band of abstention of roll call k.
// All of these are normal a priori, with covariances between roll calls that grow with
// what their texts share: sponsors of the same side, the line, the kind, the years
// between them (Pooling). f_ik contains the state's own position, its habit towards a
// side and its practice on a line. Before a vote the slope follows from the sponsor's
// side, and the middle from the kind of text.
//
// A state either decides anew, by this ordered logit, or repeats its last vote
// on the same line and side: delegations re-use standing instructions (incremental
// choice; Lindblom 1959). How often they do is learnt from the pairs of roll calls of
// the same line and side that have been seen.
//
// The posterior is approximated by a normal distribution at its mode (Laplace;
// Rasmussen and Williams 2006, ch. 3), and the forecast integrates over it: that a
// roll call may go otherwise than those before it is part of each probability.
type Forecaster struct {
	pooling Pooling
	ideal   []float64
	held    []Held
	ahead   [][]voting.Odds // what the logit expected of each, before it was held
}

// New starts without any vote; ideal are the states' ideal points in general UN
// voting (sd about .8), known before the votes.
func New(ideal []float64, p Pooling) (*Forecaster, error) {
	for i, x := range ideal {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, fmt.Errorf("forecast: the ideal point of state %d is %g; allowed: a finite number", i, x)
		}
	}
	return &Forecaster{pooling: p, ideal: slices.Clone(ideal)}, nil
}

// Learn takes in roll calls that were held on the same day, none of which was known
// before the others; days must come in order.
func (f *Forecaster) Learn(day ...Held) error {
	ahead := make([][]voting.Odds, len(day))
	for k, call := range day {
		if err := f.admit(call); err != nil {
			return err
		}
		odds, err := f.decide(call.Proposal)
		if err != nil {
			return err
		}
		ahead[k] = odds
	}
	f.held, f.ahead = append(f.held, day...), append(f.ahead, ahead...)
	return nil
}

func (f *Forecaster) admit(call Held) error {
	if len(call.Votes) != len(f.ideal) {
		return fmt.Errorf("forecast: %d votes of %d states", len(call.Votes), len(f.ideal))
	}
	for i, v := range call.Votes {
		if v > voting.Absent {
			return fmt.Errorf("forecast: state %d: vote %d is unknown; allowed: 0 no, 1 abstain, 2 yes, 3 absent", i, v)
		}
	}
	if n := len(f.held); n > 0 && call.Year < f.held[n-1].Year {
		return fmt.Errorf("forecast: a roll call of %g comes after one of %g", call.Year, f.held[n-1].Year)
	}
	return nil
}

// Predict is the forecast of a vote by all that has been learnt.
func (f *Forecaster) Predict(next Proposal) ([]voting.Odds, error) {
	odds, err := f.decide(next)
	if err != nil {
		return nil, err
	}
	chain := f.chain(next, len(f.held))
	if len(chain) == 0 || f.pooling.Layer.Repeat.Weight == 0 {
		return odds, nil
	}
	repeat := f.repeat(next, chain)
	for i, v := range f.last(chain) {
		if v == voting.Absent {
			continue
		}
		for c := range odds[i] {
			odds[i][c] *= 1 - repeat
		}
		odds[i][v] += repeat
	}
	return odds, nil
}

// chain lists the first roll calls on the line and side of a proposal.
func (f *Forecaster) chain(next Proposal, first int) (list []int) {
	for k, call := range f.held[:first] {
		if call.Line != "" && call.Line == next.Line && call.Side*next.Side > 0 {
			list = append(list, k)
		}
	}
	return list
}

// last is each state's last vote in a chain.
func (f *Forecaster) last(chain []int) []voting.Vote {
	votes := make([]voting.Vote, len(f.ideal))
	for i := range votes {
		votes[i] = voting.Absent
		for _, k := range chain {
			if v := f.held[k].Votes[i]; v != voting.Absent {
				votes[i] = v
			}
		}
	}
	return votes
}

// repeat is the share of states that are expected to repeat their last vote without
// a new decision: the prior share, and what the steps along the chain showed, the
// older for less.
func (f *Forecaster) repeat(next Proposal, chain []int) float64 {
	r := f.pooling.Layer.Repeat
	sum, weight := r.Share*r.Weight, r.Weight
	for j := 1; j < len(chain); j++ {
		w := fade(next.Year-f.held[chain[j]].Year, r.Memory)
		sum += w * f.repeated(chain[j], f.last(chain[:j]))
		weight += w
	}
	latest := f.held[chain[len(chain)-1]]
	share := sum / weight * fade(max(0, next.Year-latest.Year-1), r.Memory)
	if latest.Kind != next.Kind {
		share *= r.OtherKind
	}
	return share
}

// Shares of states that repeat their vote are tried in steps, up to nearly all.
const (
	shareStep    = .02
	largestShare = .99
)

// repeated is the share that makes the votes of roll call k likeliest when each state
// repeats its last vote with that chance and else decides as was expected.
func (f *Forecaster) repeated(k int, last []voting.Vote) float64 {
	best, highest := 0., math.Inf(-1)
	for share := shareStep; share < largestShare; share += shareStep {
		sum := 0.0
		for i, v := range f.held[k].Votes {
			if v == voting.Absent || last[i] == voting.Absent {
				continue
			}
			chance := (1 - share) * f.ahead[k][i][v]
			if last[i] == v {
				chance += share
			}
			sum += math.Log(chance)
		}
		if sum > highest {
			best, highest = share, sum
		}
	}
	return best
}

// learnt is the number of roll calls that a forecast learns from; of more, those that
// say most about the next are taken.
const learnt = 24

// relevant lists the roll calls to learn from in the order that they were held in.
func (f *Forecaster) relevant(next Proposal) []Held {
	if len(f.held) <= learnt {
		return f.held
	}
	order := make([]int, len(f.held))
	closeness := make([]float64, len(f.held))
	for k, call := range f.held {
		order[k] = k
		closeness[k] = f.pooling.departure(call.Proposal, next) + f.pooling.middle(call.Proposal, next)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case closeness[a] > closeness[b]:
			return -1
		case closeness[a] < closeness[b]:
			return 1
		}
		return b - a // the later one first
	})
	order = order[:learnt]
	slices.Sort(order)
	list := make([]Held, learnt)
	for j, k := range order {
		list[j] = f.held[k]
	}
	return list
}

// decide is the forecast of the ordered logit alone.
func (f *Forecaster) decide(next Proposal) ([]voting.Odds, error) {
	fit, err := f.pooling.fit(f.relevant(next), f.ideal)
	if err != nil {
		return nil, err
	}
	return fit.predict(next), nil
}
