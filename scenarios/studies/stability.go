package studies

import (
	"splinternet/models/verdict"
	"splinternet/sim/analysis"
)

// Least is the number of runs before which nothing is called stable, and step how often
// the question is asked.
const (
	Least = 20
	step  = 10
)

// What a mean and a share have to be known to: half the width of their intervals.
const (
	Negligible = .001
	Rough      = .1
)

// Steady follows the runs of one scenario, in their order. They are enough when for
// every headline measure the coefficient of variation of its end mean has come to
// rest, or its mean is known to a thousandth, and when the share of every end
// state is known to ten percentage points.
type Steady struct {
	epsilon float64
	runs    int
	ends    [][]float64 // by headline measure
	counts  []int       // by place in verdict.Labels
	played  int         // runs that did not fail
}

// NewSteady begins to follow runs; epsilon is the change of a coefficient of variation that
// counts as none.
func NewSteady(epsilon float64) *Steady {
	return &Steady{epsilon: epsilon, ends: make([][]float64, len(Headlines)), counts: make([]int, len(verdict.Labels))}
}

// Add takes in the next run.
func (s *Steady) Add(r *Reading) {
	s.runs++
	if r.Err != nil {
		return
	}
	s.played++
	for m := range Headlines {
		s.ends[m] = append(s.ends[m], r.Moments[m].End)
	}
	s.counts[labelAt(r.Label)]++
}

// Enough tells whether the runs so far are; it can say so at every tenth.
func (s *Steady) Enough() bool {
	return s.runs >= Least && s.runs%step == 0 && len(s.Wanting()) == 0
}

// Wanting are the quantities that are not stable yet.
func (s *Steady) Wanting() []Quantity {
	var list []Quantity
	for m, q := range Means() {
		if StableAt(s.ends[m], s.epsilon) == 0 {
			list = append(list, q)
		}
	}
	for l, label := range verdict.Labels {
		low, high := analysis.Wilson(s.counts[l], s.played)
		if (high-low)/2 > Rough {
			list = append(list, Quantity{Label: label})
		}
	}
	return list
}

// StableAt is the number of values from which on their mean counts as stable, or 0:
// by Lee et al. (2015), or because it is known to a thousandth, which matters for
// means near 0, whose coefficient of variation never rests.
func StableAt(values []float64, epsilon float64) int {
	if n := analysis.Converge(values, epsilon).Stable; n > 0 {
		return n
	}
	if e := analysis.Mean(values); e.N >= Least && (e.High-e.Low)/2 < Negligible {
		return e.N
	}
	return 0
}
