package fit

import (
	"math"

	"splinternet/models/voting"
	"splinternet/models/voting/internal/cholesky"
)

// leap takes a Newton step on all positions and all roll calls at once, if the
// log-posterior curves down in every direction here and the step raises it. The
// climb over positions and roll calls in turn needs hundreds of rounds where the
// two pull on each other; near the top, leaps need a handful.
//
// Positions are coupled only through the roll calls, so that the positions are
// eliminated first and a system of 3 x (roll calls) is left.
func (p *Posterior) leap(votes [][]voting.Vote, prior Prior) {
	n, m := len(p.Mean), 3*len(votes)
	gradient, curve := make([]float64, n), make([]float64, n) // by position
	cross := make([]float64, n*m)                             // position x roll-call parameter
	step, schur := make([]float64, m), make([]float64, m*m)
	for i, x := range p.Mean {
		gradient[i], curve[i] = bend(x, i, votes, p.RollCalls, prior)
	}
	for k, r := range p.RollCalls {
		g, h := derivatives(r, p.Mean, votes[k], prior.RollCall)
		for a := range 3 {
			step[3*k+a] = g[a]
			for b := range 3 {
				schur[(3*k+a)*m+3*k+b] = h[3*a+b]
			}
		}
		for i, x := range p.Mean {
			couple(cross[i*m+3*k:], r, x, votes[k][i])
		}
	}
	eliminate(schur, step, cross, curve, gradient)
	if !cholesky.Solve(schur, step) {
		return
	}
	move := make([]float64, n)
	for i := range n {
		sum := gradient[i]
		for a := range m {
			sum -= cross[i*m+a] * step[a]
		}
		move[i] = sum / curve[i]
	}
	p.along(move, step, votes, prior)
}

// couple writes the negative cross derivatives of one vote by its position and by
// (slope, low, high).
func couple(to []float64, r RollCall, x float64, v voting.Vote) {
	if v == voting.Absent {
		return
	}
	d := r.Slopes(v, r.Slope*x)
	to[0] = d.Sum() - r.Slope*x*d.Bend()
	to[1] = r.Slope * (d.LowLow + d.LowHigh)
	to[2] = r.Slope * (d.LowHigh + d.HighHigh)
}

// eliminate takes the positions out of the system: what is left is the Schur
// complement of their diagonal block.
func eliminate(schur, step, cross, curve, gradient []float64) {
	m := len(step)
	for i := range curve {
		row := cross[i*m : (i+1)*m]
		for a, c := range row {
			if c == 0 {
				continue
			}
			share := c / curve[i]
			step[a] -= share * gradient[i]
			for b := 0; b <= a; b++ {
				schur[a*m+b] -= share * row[b]
			}
		}
	}
}

// shortest is the length of the last halved step that along tries.
const shortest = .05

// along takes the longest of a few halved steps that raises the log-posterior.
func (p *Posterior) along(move, step []float64, votes [][]voting.Vote, prior Prior) {
	now := p.value(votes, prior)
	for length := 1.0; length > shortest; length /= 2 {
		c := Posterior{Mean: make([]float64, len(p.Mean)), RollCalls: make([]RollCall, len(p.RollCalls))}
		for i, x := range p.Mean {
			c.Mean[i] = x + length*move[i]
		}
		for k, r := range p.RollCalls {
			c.RollCalls[k] = r.moved(length, step[3*k:])
		}
		if v := c.value(votes, prior); v > now {
			p.Mean, p.RollCalls = c.Mean, c.RollCalls
			return
		}
	}
}

// value is the log-posterior up to a constant; minus infinity where cut-points
// are out of order.
func (p *Posterior) value(votes [][]voting.Vote, prior Prior) float64 {
	sum := 0.0
	for i, x := range p.Mean {
		z := (x - prior.Mean[i]) / prior.SD[i]
		sum -= z * z / 2
	}
	for k, r := range p.RollCalls {
		if r.Low >= r.High {
			return math.Inf(-1)
		}
		sum += objective(r, p.Mean, votes[k], prior.RollCall)
	}
	return sum
}
