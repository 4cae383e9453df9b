// Package fit estimates from recorded votes, over the kernel of package voting: the
// slope and the cut-points of one roll call from known positions, and the
// positions of states from several roll calls.
package fit

import (
	"errors"
	"fmt"
	"math"

	"splinternet/models/voting"
	"splinternet/models/voting/internal/cholesky"
)

// RollCall is the ordered logit of one roll call on a line: a state at x has the
// utility Slope*x, with the kind of text and all else that is common to states
// in the cut-points.
type RollCall struct {
	Slope float64 // per unit of position; negative: the sovereign end votes yes
	voting.Cuts
}

// At are the odds of a state at position x.
func (r RollCall) At(x float64) voting.Odds { return r.Odds(r.Slope * x) }

// moved is the roll call after a step in (slope, low, high).
func (r RollCall) moved(length float64, step []float64) RollCall {
	return RollCall{r.Slope + length*step[0], voting.Cuts{Low: r.Low + length*step[1], High: r.High + length*step[2]}}
}

// RollCallPrior keeps the parameters of near-unanimous roll calls finite: a
// normal prior around zero on the slope and on both cut-points, and a prior that
// rises linearly with the gap between the cut-points, so that they never
// meet. The zero value is no prior at all.
type RollCallPrior struct {
	Slope float64 // standard deviation of the slope, per unit of position
	Cut   float64 // standard deviation of each cut-point (logits)
}

// WeakPrior is wide against cut-points, and of the size of the slopes of 2 to 6 that
// recorded roll calls have when positions are known (per unit of the ideal points,
// sd .8). Positions that are estimated with the slopes could else follow the
// votes so closely that slopes grow without need.
var WeakPrior = RollCallPrior{Slope: 2, Cut: 5}

// Limits of the iterations. Newton's method on a concave function needs about
// six steps; more than that many means that there is no maximum.
const (
	newtonSteps = 60
	newtonHalf  = 40 // halvings of a step that does not rise
	// steepest is the slope from which on positions are taken to separate the
	// votes perfectly: the likelihood then has no maximum.
	steepest = 200
	// tiny is a step that is not worth taking, in units of what is stepped.
	tiny = 1e-10
)

// Logit is the maximum-likelihood fit of a roll call to known positions.
// x and votes run over the states; absent ones are passed over. There must be
// at least one vote of each kind, and positions must not separate them perfectly:
// otherwise the likelihood has no maximum and an error says so.
func Logit(x []float64, votes []voting.Vote) (RollCall, error) {
	if len(x) != len(votes) {
		return RollCall{}, fmt.Errorf("fit: %d positions but %d votes", len(x), len(votes))
	}
	n := count(votes)
	if n[voting.No] == 0 || n[voting.Abstain] == 0 || n[voting.Yes] == 0 {
		return RollCall{}, fmt.Errorf("fit: %d no, %d abstain, %d yes: a fit needs at least one of each",
			n[voting.No], n[voting.Abstain], n[voting.Yes])
	}
	return climb(start(n), x, votes, RollCallPrior{})
}

// LogitUnder is the most probable roll call under a prior, which makes every record of
// votes do.
func LogitUnder(prior RollCallPrior, x []float64, votes []voting.Vote) (RollCall, error) {
	return climb(start(count(votes)), x, votes, prior)
}

func count(votes []voting.Vote) (n [4]int) {
	for _, v := range votes {
		n[v]++
	}
	return n
}

// start is the roll call without slope that has the observed shares, half a vote
// added to each kind so that none is zero.
func start(n [4]int) RollCall {
	no, yes := float64(n[voting.No])+.5, float64(n[voting.Yes])+.5
	abstain := float64(n[voting.Abstain]) + .5
	return RollCall{Cuts: voting.Cuts{Low: math.Log(no / (abstain + yes)), High: math.Log((no + abstain) / yes)}}
}

var errNoMaximum = errors.New("fit: the positions separate the votes perfectly, so the slope has no finite estimate")

// climb finds the maximum of the log-posterior of one roll call by Newton's
// method with step halving. The function is concave, so there is one maximum.
func climb(r RollCall, x []float64, votes []voting.Vote, prior RollCallPrior) (RollCall, error) {
	now := objective(r, x, votes, prior)
	for range newtonSteps {
		step, curve := derivatives(r, x, votes, prior)
		if !cholesky.Solve(curve[:], step[:]) || math.Abs(r.Slope) > steepest {
			return r, errNoMaximum
		}
		next, value, better := advance(r, step, now, func(c RollCall) float64 {
			return objective(c, x, votes, prior)
		})
		if !better {
			return r, nil
		}
		size := math.Abs(next.Slope-r.Slope) + math.Abs(next.Low-r.Low) + math.Abs(next.High-r.High)
		r, now = next, value
		if size < tiny {
			return r, nil
		}
	}
	return r, errNoMaximum
}

// advance takes the longest halved step that keeps the cut-points in order and
// raises the value; better is false when no step does.
func advance(r RollCall, step [3]float64, now float64, value func(RollCall) float64) (RollCall, float64, bool) {
	length := 1.0
	for range newtonHalf {
		c := r.moved(length, step[:])
		if c.Low < c.High {
			if v := value(c); v > now {
				return c, v, true
			}
		}
		length /= 2
	}
	return r, now, false
}

// objective is the log-posterior of a roll call up to a constant.
func objective(r RollCall, x []float64, votes []voting.Vote, prior RollCallPrior) float64 {
	sum := prior.log(r)
	for i, v := range votes {
		sum += r.LogOdds(v, r.Slope*x[i])
	}
	return sum
}

func (p RollCallPrior) log(r RollCall) float64 {
	sum := 0.0
	if p.Slope > 0 {
		sum -= r.Slope * r.Slope / (2 * p.Slope * p.Slope)
	}
	if p.Cut > 0 {
		sum -= (r.Low*r.Low + r.High*r.High) / (2 * p.Cut * p.Cut)
		sum += math.Log(r.High - r.Low)
	}
	return sum
}

// derivatives returns the gradient and the negative Hessian (row-major) by (slope,
// low, high).
func derivatives(r RollCall, x []float64, votes []voting.Vote, prior RollCallPrior) (g [3]float64, h [9]float64) {
	for i, v := range votes {
		if v == voting.Absent {
			continue
		}
		d := r.Slopes(v, r.Slope*x[i])
		// The distances from y to both cut-points fall with the slope, by x.
		g[0] -= x[i] * d.Sum()
		g[1] += d.Low
		g[2] += d.High
		h[0] -= x[i] * x[i] * d.Bend()
		h[1] += x[i] * (d.LowLow + d.LowHigh)
		h[2] += x[i] * (d.LowHigh + d.HighHigh)
		h[4] -= d.LowLow
		h[5] -= d.LowHigh
		h[8] -= d.HighHigh
	}
	if p := prior.Slope; p > 0 {
		g[0] -= r.Slope / (p * p)
		h[0] += 1 / (p * p)
	}
	if p := prior.Cut; p > 0 {
		gap := 1 / (r.High - r.Low)
		g[1] -= r.Low/(p*p) + gap
		g[2] -= r.High/(p*p) - gap
		h[4] += 1/(p*p) + gap*gap
		h[8] += 1/(p*p) + gap*gap
		h[5] -= gap * gap
	}
	h[3], h[6], h[7] = h[1], h[2], h[5]
	return g, h
}
