package analysis

import "math"

// leastRuns is where the search for stability begins: the coefficient of
// variation of fewer runs can agree with a later one by accident.
const leastRuns = 10

// Convergence follows a quantity as runs come in.
type Convergence struct {
	CV     []float64 // CV[n-1] is the coefficient of variation of the first n values
	Stable int       // runs that were enough; 0 when the values at hand are not
}

// Converge asks how many runs are enough for the mean of a quantity, after Lee
// et al. (2015), section 2.12 f.: the least n whose coefficient of variation
// (standard deviation over the size of the mean) differs by less than epsilon
// from that of every longer beginning of x. Any quantity stops changing when x
// ends, so the n counts as stable only where at least as many values follow as
// went before. epsilon is .01 for papers and .05 for a look.
//
// For the share of a verdict x is 1 where a run has it and 0 elsewhere. NaN, a
// run that failed, is left out before counting. The coefficient of a quantity
// that is always 0 is 0; of one that only averages 0 it is infinite and never
// stable: judge that by its interval.
func Converge(x []float64, epsilon float64) Convergence {
	kept := finite(x)
	c := Convergence{CV: runningCV(kept)}
	n := len(kept)
	if n < 2*leastRuns {
		return c
	}
	// From the end: the extremes of what comes after n.
	low, high := c.CV[n-1], c.CV[n-1]
	for k := n - 1; k >= leastRuns; k-- {
		cv := c.CV[k-1]
		if 2*k <= n && high-cv < epsilon && cv-low < epsilon {
			c.Stable = k
		}
		low, high = min(low, cv), max(high, cv)
	}
	return c
}

// runningCV updates mean and squares with each value (Welford 1962).
func runningCV(x []float64) []float64 {
	cv := make([]float64, len(x))
	mean, squares := 0.0, 0.0
	for k, v := range x {
		step := v - mean
		mean += step / float64(k+1)
		squares += step * (v - mean)
		switch {
		case squares == 0:
			cv[k] = 0
		default:
			cv[k] = math.Sqrt(squares/float64(k)) / math.Abs(mean)
		}
	}
	return cv
}
