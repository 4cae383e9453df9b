package voting

import (
	"errors"
	"fmt"
	"math"
)

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
	newtonHalf  = 40
	// steepest is the slope from which on positions are taken to separate the
	// votes perfectly: the likelihood then has no maximum.
	steepest = 200
)

// FitRollCall is the maximum-likelihood fit of a roll call to known positions.
// x and votes run over the states; missing votes are passed over. There must be
// at least one vote of each kind, and positions must not separate them perfectly:
// otherwise the likelihood has no maximum and an error says so.
func FitRollCall(x []float64, votes []Vote) (RollCall, error) {
	if len(x) != len(votes) {
		return RollCall{}, fmt.Errorf("voting: %d positions but %d votes", len(x), len(votes))
	}
	n := count(votes)
	if n[No] == 0 || n[Abstain] == 0 || n[Yes] == 0 {
		return RollCall{}, fmt.Errorf("voting: %d no, %d abstain, %d yes: a fit needs at least one of each",
			n[No], n[Abstain], n[Yes])
	}
	return climb(start(n), x, votes, RollCallPrior{})
}

func count(votes []Vote) (n [4]int) {
	for _, v := range votes {
		n[v]++
	}
	return n
}

// start is the roll call without slope that has the observed shares, half a vote
// added to each kind so that none is zero.
func start(n [4]int) RollCall {
	no, yes := float64(n[No])+.5, float64(n[Yes])+.5
	abstain := float64(n[Abstain]) + .5
	return RollCall{Low: math.Log(no / (abstain + yes)), High: math.Log((no + abstain) / yes)}
}

var errNoMaximum = errors.New("voting: the positions separate the votes perfectly, so the slope has no finite estimate")

// climb finds the maximum of the log-posterior of one roll call by Newton's
// method with step halving. The function is concave, so there is one maximum.
func climb(r RollCall, x []float64, votes []Vote, prior RollCallPrior) (RollCall, error) {
	now := objective(r, x, votes, prior)
	for range newtonSteps {
		step, curve := derivatives(r, x, votes, prior)
		if !solve(curve[:], step[:]) || math.Abs(r.Slope) > steepest {
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
		c := RollCall{r.Slope + length*step[0], r.Low + length*step[1], r.High + length*step[2]}
		if c.Low < c.High {
			if v := value(c); v > now {
				return c, v, true
			}
		}
		length /= 2
	}
	return r, now, false
}

func objective(r RollCall, x []float64, votes []Vote, prior RollCallPrior) float64 {
	sum := prior.log(r)
	for i, v := range votes {
		sum += logLikelihood(v, r.Slope*x[i], r.Low, r.High)
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
func derivatives(r RollCall, x []float64, votes []Vote, prior RollCallPrior) (g [3]float64, h [9]float64) {
	for i, v := range votes {
		if v == Missing {
			continue
		}
		d := differentiate(v, r.Slope*x[i], r.Low, r.High)
		// a and b both fall with the slope, by x.
		g[0] -= x[i] * (d.a + d.b)
		g[1] += d.a
		g[2] += d.b
		h[0] -= x[i] * x[i] * (d.aa + 2*d.ab + d.bb)
		h[1] += x[i] * (d.aa + d.ab)
		h[2] += x[i] * (d.ab + d.bb)
		h[4] -= d.aa
		h[5] -= d.ab
		h[8] -= d.bb
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

// solve overwrites v with the s that solves m s = v, by Cholesky's method, and m
// (n x n, row-major, symmetric) with the factor; it fails when m is not positive
// definite.
func solve(m, v []float64) bool {
	if !factor(m, len(v)) {
		return false
	}
	substitute(m, v, len(v))
	return true
}

// factor overwrites the lower triangle of m (n x n) with its Cholesky factor.
func factor(m []float64, n int) bool {
	for i := range n {
		for j := 0; j <= i; j++ {
			sum := m[i*n+j]
			for k := range j {
				sum -= m[i*n+k] * m[j*n+k]
			}
			if i != j {
				m[i*n+j] = sum / m[j*n+j]
				continue
			}
			if !(sum > 0) {
				return false
			}
			m[i*n+i] = math.Sqrt(sum)
		}
	}
	return true
}

// substitute overwrites v with the solution, given the factor.
func substitute(m, v []float64, n int) {
	for i := range n {
		for k := range i {
			v[i] -= m[i*n+k] * v[k]
		}
		v[i] /= m[i*n+i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			v[i] -= m[k*n+i] * v[k]
		}
		v[i] /= m[i*n+i]
	}
}

// invert returns the inverse of m (n x n, symmetric, positive definite), which it
// overwrites.
func invert(m []float64, n int) ([]float64, bool) {
	if !factor(m, n) {
		return nil, false
	}
	inverse, column := make([]float64, n*n), make([]float64, n)
	for j := range n {
		clear(column)
		column[j] = 1
		substitute(m, column, n)
		for i := range n {
			inverse[i*n+j] = column[i]
		}
	}
	return inverse, true
}
