package forecast

import (
	"splinternet/models/voting"
	"splinternet/models/voting/internal/cholesky"
)

// newton returns the Newton step on the roll calls' parameters and on the departures,
// and leaves the curvature at the present point in f. The departures of different
// states are coupled only through the roll calls, so they are eliminated state
// by state, and a system of 3 x (roll calls) is left.
func (f *posterior) newton() (calls, departures []float64, ok bool) {
	n, k := len(f.x), len(f.held)
	calls, departures = make([]float64, 3*k), make([]float64, n*k)
	clear(f.schur)
	for s := range 3 {
		for a := range k {
			for b := range k {
				precision := f.precision[s][a*k+b]
				f.schur[(s*k+a)*3*k+s*k+b] += precision
				calls[s*k+a] -= precision * (f.calls[s*k+b] - f.mean[s*k+b])
			}
		}
	}
	m := make([]float64, k*k)
	for i := range n {
		gradient := departures[i*k : i*k+k]
		copy(m, f.precision[departureFamily])
		for a := range k {
			for b := range k {
				gradient[a] -= m[a*k+b] * f.departures[i*k+b]
			}
		}
		f.bend(i, m, gradient, calls)
		inverse, ok := cholesky.Invert(m, k)
		if !ok {
			return nil, nil, false
		}
		copy(f.inverse[i*k*k:], inverse)
		f.reduce(i, inverse, gradient, calls)
	}
	if !cholesky.Factor(f.schur, 3*k) {
		return nil, nil, false
	}
	cholesky.Substitute(f.schur, calls, 3*k)
	rest := make([]float64, k)
	for i := range n {
		f.follow(i, departures[i*k:i*k+k], calls, rest)
	}
	return calls, departures, true
}

// bend adds the first and negative second derivatives of state i's votes: by its own
// departures to m and gradient, by the roll calls to f.schur and calls, and the
// mixed ones to f.cross.
func (f *posterior) bend(i int, m, gradient, calls []float64) {
	k := len(f.held)
	for j := range f.held {
		cross := f.cross[i*3*k:]
		cross[j], cross[k+j], cross[2*k+j] = 0, 0, 0
		v := f.held[j].Votes[i]
		if v == voting.Absent {
			continue
		}
		y, cuts := f.utility(f.calls, f.departures, i, j)
		d := cuts.Slopes(v, y)
		// By the utility (which lowers the distances to both cut-points), the middle (which
		// raises both) and the width (which draws them apart).
		by := [3]struct{ low, high float64 }{{-f.x[i], -f.x[i]}, {1, 1}, {-.5, .5}}
		for s, u := range by {
			calls[s*k+j] += u.low*d.Low + u.high*d.High
			for r, v := range by[:s+1] {
				bend := -(d.LowLow*u.low*v.low + d.LowHigh*(u.low*v.high+u.high*v.low) + d.HighHigh*u.high*v.high)
				f.schur[(s*k+j)*3*k+r*k+j] += bend
				if r != s {
					f.schur[(r*k+j)*3*k+s*k+j] += bend
				}
			}
			cross[s*k+j] = (d.LowLow+d.LowHigh)*u.low + (d.LowHigh+d.HighHigh)*u.high
		}
		gradient[j] -= d.Sum()
		m[j*k+j] -= d.Bend()
	}
}

// reduce takes state i out of the system of the roll calls (Schur complement).
func (f *posterior) reduce(i int, inverse, gradient, calls []float64) {
	k := len(f.held)
	cross := f.cross[i*3*k : (i+1)*3*k]
	for a := range k {
		pull := 0.0
		for b := range k {
			pull += inverse[a*k+b] * gradient[b]
		}
		for s := range 3 {
			calls[s*k+a] -= cross[s*k+a] * pull
			for b := range k {
				through := cross[s*k+a] * inverse[a*k+b]
				for r := range 3 {
					f.schur[(s*k+a)*3*k+r*k+b] -= through * cross[r*k+b]
				}
			}
		}
	}
}

// follow turns the gradient of state i into its step, given that of the roll calls.
func (f *posterior) follow(i int, gradient, calls, rest []float64) {
	k := len(f.held)
	cross, inverse := f.cross[i*3*k:(i+1)*3*k], f.inverse[i*k*k:(i+1)*k*k]
	for a := range k {
		rest[a] = gradient[a] - cross[a]*calls[a] - cross[k+a]*calls[k+a] - cross[2*k+a]*calls[2*k+a]
	}
	for a := range k {
		gradient[a] = 0
		for b := range k {
			gradient[a] += inverse[a*k+b] * rest[b]
		}
	}
}

// quadratic is (v-mean)' m (v-mean); a nil mean is zero.
func quadratic(m, v, mean []float64) float64 {
	n, sum := len(v), 0.0
	at := func(i int) float64 {
		if mean == nil {
			return v[i]
		}
		return v[i] - mean[i]
	}
	for i := range n {
		for j := range n {
			sum += at(i) * m[i*n+j] * at(j)
		}
	}
	return sum
}
