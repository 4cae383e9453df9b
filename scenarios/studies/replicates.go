package studies

import (
	"context"

	"splinternet/models/verdict"
	"splinternet/sim/analysis"
)

// SizingPlan asks how many runs of a scenario are enough.
type SizingPlan struct {
	Side    Side
	Size    Size
	Epsilon float64 // change of a coefficient of variation that counts as none: .05 for a look, .01 for a paper
}

// Sizing is the finding of Replicates.
type Sizing struct {
	*Paired    // of one side
	Epsilon    float64
	Quantities []Followed // the headline measures, and the shares of labels that some run has
	Warnings   []Warning
}

// Followed is a quantity as the runs come in.
type Followed struct {
	Quantity
	Values []float64 // by run that did not fail
	CV     []float64 // coefficient of variation of the first k+1 values
	Enough int       // runs; 0 when those at hand are not
}

// Replicates plays a scenario often and says how many runs would have been enough. Its
// own error is a *LimitError: stability shows only in what follows, so there are at
// least Least runs.
func Replicates(ctx context.Context, plan SizingPlan, watch Watcher) (*Sizing, error) {
	if err := plan.Size.Check(Least); err != nil {
		return nil, err
	}
	if err := checkEpsilon(plan.Epsilon); err != nil {
		return nil, err
	}
	s := &Sizing{Paired: &Paired{Sides: []Side{plan.Side}, Size: plan.Size}, Epsilon: plan.Epsilon}
	playing := s.Play(ctx, watch)
	if len(s.Readings) == 0 {
		return nil, playing
	}
	s.follow()
	s.Warnings = s.failedRuns()
	for k := range s.Quantities {
		if q := &s.Quantities[k]; q.Enough == 0 {
			s.Warnings = append(s.Warnings, NotStable{q.Quantity, len(q.Values), 2 * len(s.Readings)})
		}
	}
	return s, playing
}

func (s *Sizing) follow() {
	counts, _ := s.Counts(0)
	quantities := Means()
	for l, label := range verdict.Labels {
		if counts[l] > 0 {
			quantities = append(quantities, Quantity{Label: label})
		}
	}
	for _, q := range quantities {
		f := Followed{Quantity: q, Values: s.Values(q, 0)[0]}
		f.CV = analysis.Converge(f.Values, s.Epsilon).CV
		if q.Share() {
			f.Enough = f.known()
		} else {
			f.Enough = StableAt(f.Values, s.Epsilon)
		}
		s.Quantities = append(s.Quantities, f)
	}
}

// known is the number of runs from which on a share is known to Rough, or 0.
func (f *Followed) known() int {
	enough, k := 0, 0
	for n, x := range f.Values {
		if x == 1 {
			k++
		}
		low, high := analysis.Wilson(k, n+1)
		switch {
		case (high-low)/2 > Rough:
			enough = 0
		case enough == 0:
			enough = n + 1
		}
	}
	return enough
}

// At is the estimate from the first n runs.
func (f *Followed) At(n int) analysis.Estimate {
	if !f.Share() {
		return analysis.Mean(f.Values[:n])
	}
	k := 0
	for _, x := range f.Values[:n] {
		if x == 1 {
			k++
		}
	}
	return analysis.Share(k, n)
}

// Checkpoints are numbers of runs at which a table stops, up to n itself.
func Checkpoints(n int) []int {
	var list []int
	for _, step := range []int{5, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10000} {
		if step < n {
			list = append(list, step)
		}
	}
	return append(list, n)
}

// Advice is the number of runs to play, and the quantity that takes longest; wanting
// are the quantities for which the runs at hand are not enough to tell.
func (s *Sizing) Advice() (runs int, slowest Quantity, wanting []Quantity) {
	for k := range s.Quantities {
		f := &s.Quantities[k]
		if f.Enough == 0 {
			wanting = append(wanting, f.Quantity)
		} else if f.Enough > runs {
			runs, slowest = f.Enough, f.Quantity
		}
	}
	return max(runs, Few), slowest, wanting
}
