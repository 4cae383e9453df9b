package fit

import (
	"errors"
	"fmt"
	"math"

	"splinternet/models/voting"
)

// Prior is what is known before the votes.
type Prior struct {
	Mean []float64 // by state, on the scale of ideal points
	SD   []float64 // by state, positive
	// RollCall keeps the parameters of roll calls finite; the zero value stands
	// for WeakPrior.
	RollCall RollCallPrior
}

// PositionSD is how far a state's position on cyberspace may lie from its ideal point
// in general UN voting, in units of ideal points (range about 5, sd .82).
const PositionSD = 1.0

// Around is the prior of states whose ideal points in general UN voting are known.
func Around(ideal []float64) Prior {
	prior := Prior{Mean: ideal, SD: make([]float64, len(ideal))}
	for i := range prior.SD {
		prior.SD[i] = PositionSD
	}
	return prior
}

// Posterior is the outcome of an estimation.
type Posterior struct {
	Mean []float64 // by state: the mode of the posterior, on the prior's scale
	// SD is the standard deviation by state from the curvature of the
	// log-posterior in that state's own position: what it would be if the roll
	// calls' parameters were known. It is never larger than the prior's.
	SD        []float64
	RollCalls []RollCall
	Rounds    int // rounds of the iteration until nothing moved any more
}

const (
	rounds = 500
	// settled is the largest movement of a position in the last round, in units of
	// the prior's scale.
	settled = 1e-9
)

// Estimate finds the positions of states and the parameters of roll calls that
// are jointly most probable given recorded votes (maximum a posteriori).
// votes[k][i] is the vote of state i in roll call k.
//
// It climbs in turn over the roll calls, given the positions, and over the
// positions, given the roll calls: two concave problems. As they are coupled, it
// then tries a Newton step on everything at once. No step ever goes down. The
// prior of the positions fixes the scale, and its order the sign.
func Estimate(votes [][]voting.Vote, prior Prior) (Posterior, error) {
	if err := check(votes, prior); err != nil {
		return Posterior{}, err
	}
	if prior.RollCall == (RollCallPrior{}) {
		prior.RollCall = WeakPrior
	}
	p := begin(votes, prior)
	for p.Rounds = 1; p.Rounds <= rounds; p.Rounds++ {
		moved := 0.0
		for k := range votes {
			r, err := climb(p.RollCalls[k], p.Mean, votes[k], prior.RollCall)
			if err != nil {
				return p, fmt.Errorf("roll call %d: %w", k, err)
			}
			p.RollCalls[k] = r
		}
		for i := range p.Mean {
			before := p.Mean[i]
			p.Mean[i] = locate(before, i, votes, p.RollCalls, prior)
			moved = math.Max(moved, math.Abs(p.Mean[i]-before))
		}
		if moved < settled {
			p.deviations(votes, prior)
			return p, nil
		}
		p.leap(votes, prior)
	}
	return p, errors.New("fit: the estimation did not settle")
}

func begin(votes [][]voting.Vote, prior Prior) Posterior {
	p := Posterior{
		Mean:      append([]float64(nil), prior.Mean...),
		SD:        make([]float64, len(prior.Mean)),
		RollCalls: make([]RollCall, len(votes)),
	}
	for k := range votes {
		p.RollCalls[k] = start(count(votes[k]))
	}
	return p
}

func (p *Posterior) deviations(votes [][]voting.Vote, prior Prior) {
	for i, x := range p.Mean {
		_, curve := bend(x, i, votes, p.RollCalls, prior)
		p.SD[i] = 1 / math.Sqrt(curve)
	}
}

// locate climbs to the most probable position of state i given the roll calls.
func locate(x float64, i int, votes [][]voting.Vote, calls []RollCall, prior Prior) float64 {
	now := logPosterior(x, i, votes, calls, prior)
	for range newtonSteps {
		slope, curve := bend(x, i, votes, calls, prior)
		step, rose := slope/curve, false
		for range newtonHalf {
			if math.Abs(step) < tiny {
				break
			}
			if v := logPosterior(x+step, i, votes, calls, prior); v > now {
				x, now, rose = x+step, v, true
				break
			}
			step /= 2
		}
		if !rose {
			break
		}
	}
	return x
}

func logPosterior(x float64, i int, votes [][]voting.Vote, calls []RollCall, prior Prior) float64 {
	z := (x - prior.Mean[i]) / prior.SD[i]
	sum := -z * z / 2
	for k, r := range calls {
		sum += r.LogOdds(votes[k][i], r.Slope*x)
	}
	return sum
}

// bend returns the first and the negative second derivative of the log-posterior
// of one state. The latter is positive everywhere.
func bend(x float64, i int, votes [][]voting.Vote, calls []RollCall, prior Prior) (first, second float64) {
	precision := 1 / (prior.SD[i] * prior.SD[i])
	first, second = -(x-prior.Mean[i])*precision, precision
	for k, r := range calls {
		if votes[k][i] == voting.Absent {
			continue
		}
		d := r.Slopes(votes[k][i], r.Slope*x)
		first -= r.Slope * d.Sum()
		second -= r.Slope * r.Slope * d.Bend()
	}
	return first, second
}

func check(votes [][]voting.Vote, prior Prior) error {
	n := len(prior.Mean)
	if len(prior.SD) != n {
		return fmt.Errorf("fit: %d prior means but %d standard deviations", n, len(prior.SD))
	}
	for i := range n {
		if math.IsNaN(prior.Mean[i]) || math.IsInf(prior.Mean[i], 0) || !(prior.SD[i] > 0) || math.IsInf(prior.SD[i], 0) {
			return fmt.Errorf("fit: prior of state %d is %g (%g); allowed: a finite mean and a positive standard deviation",
				i, prior.Mean[i], prior.SD[i])
		}
	}
	for k := range votes {
		if len(votes[k]) != n {
			return fmt.Errorf("fit: roll call %d has %d votes for %d states", k, len(votes[k]), n)
		}
		for i, v := range votes[k] {
			if v > voting.Absent {
				return fmt.Errorf("fit: roll call %d, state %d: vote %d is unknown; allowed: 0 no, 1 abstain, 2 yes, 3 absent", k, i, v)
			}
		}
	}
	return nil
}
