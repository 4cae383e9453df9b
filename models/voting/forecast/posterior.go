package forecast

import (
	"errors"
	"math"

	"splinternet/models/voting"
	"splinternet/models/voting/internal/cholesky"
)

// narrowest is the least width of the band of abstention that the fit may try.
const narrowest = .02

// posterior is the mode of the posterior and the curvature there. Row-major: n
// states, k roll calls; roll-call parameters in the order slopes, middles, widths.
type posterior struct {
	p          *Pooling
	held       []Held
	x          []float64 // n: ideal points
	mean       []float64 // 3k: prior means
	precision  [4][]float64
	calls      []float64 // 3k
	departures []float64 // n x k
	cross      []float64 // n x 3 x k: negative second derivatives by f_ik and a parameter of roll call k
	inverse    []float64 // n x k x k: covariance of a state's departures, given the roll calls
	schur      []float64 // 3k x 3k: Cholesky factor of the precision of the roll calls' parameters
}

var errPooled = errors.New("forecast: the forecast did not settle")

// Limits of the climb: Newton's method needs about ten steps.
const (
	newtonSteps = 60
	shortest    = 1e-9 // length of the last halved step
	settled     = 1e-9 // rise of the log-posterior that is not worth a step
)

// fit climbs to the mode by Newton's method with step halving. The log-posterior is
// concave, so there is one.
func (p *Pooling) fit(held []Held, x []float64) (*posterior, error) {
	f := p.begin(held, x)
	if len(held) == 0 {
		return f, nil
	}
	for i, family := range p.families() {
		precision, ok := cholesky.Invert(family.within(held), len(held))
		if !ok {
			return nil, errPooled
		}
		f.precision[i] = precision
	}
	now := f.value(f.calls, f.departures)
	calls, moved := make([]float64, len(f.calls)), make([]float64, len(f.departures))
	for range newtonSteps {
		stepCalls, step, ok := f.newton()
		if !ok {
			return nil, errPooled
		}
		rise := 0.0
		for length := 1.0; length > shortest; length /= 2 {
			for a := range calls {
				calls[a] = f.calls[a] + length*stepCalls[a]
			}
			for a := range moved {
				moved[a] = f.departures[a] + length*step[a]
			}
			if v := f.value(calls, moved); v > now {
				copy(f.calls, calls)
				copy(f.departures, moved)
				rise, now = v-now, v
				break
			}
		}
		if rise < settled {
			return f, nil
		}
	}
	return nil, errPooled
}

func (p *Pooling) begin(held []Held, x []float64) *posterior {
	n, k := len(x), len(held)
	f := &posterior{
		p: p, held: held, x: x, mean: make([]float64, 3*k), departures: make([]float64, n*k),
		cross: make([]float64, n*3*k), inverse: make([]float64, n*k*k), schur: make([]float64, 9*k*k),
	}
	for j, call := range held {
		f.mean[j] = p.slopeMean(call.Proposal)
		f.mean[k+j] = p.middleMean(call.Proposal)
		f.mean[2*k+j] = p.Width.Mean
	}
	f.calls = append([]float64(nil), f.mean...)
	return f
}

// utility of state i in roll call j, and the cut-points.
func (f *posterior) utility(calls, departures []float64, i, j int) (float64, voting.Cuts) {
	k := len(f.held)
	return calls[j]*f.x[i] + departures[i*k+j], band(calls[k+j], calls[2*k+j]/2)
}

// band are cut-points at equal distances from a middle.
func band(middle, half float64) voting.Cuts {
	return voting.Cuts{Low: middle - half, High: middle + half}
}

// value is the log-posterior up to a constant; minus infinity where a band has no
// width.
func (f *posterior) value(calls, departures []float64) float64 {
	k := len(f.held)
	sum := 0.0
	for s := range 3 {
		sum -= quadratic(f.precision[s], calls[s*k:s*k+k], f.mean[s*k:s*k+k]) / 2
	}
	for _, width := range calls[2*k:] {
		if width < narrowest {
			return math.Inf(-1)
		}
	}
	for i := range f.x {
		sum -= quadratic(f.precision[departureFamily], departures[i*k:i*k+k], nil) / 2
		for j := range f.held {
			if v := f.held[j].Votes[i]; v != voting.Absent {
				y, cuts := f.utility(calls, departures, i, j)
				sum += cuts.LogOdds(v, y)
			}
		}
	}
	return sum
}
