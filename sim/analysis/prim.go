package analysis

import (
	"errors"
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/gonum/mathext"
)

// PRIM is the patient rule induction method (Friedman and Fisher 1999) as
// scenario discovery uses it (Bryant and Lempert 2010): it looks for boxes of
// factors in which cases of interest are dense. A case is a run.
type PRIM struct {
	Axes []Axis
	X    [][]float64 // by case, by axis
	Y    []bool      // by case: is it of interest?

	// Point is the design point of each case; nil when each case has its own.
	// Replicates of a point do not make a box more credible as separate points do.
	Point []int

	Alpha     float64 // share of a box's cases that a step peels off; 0: .05
	MinMass   float64 // least share of all cases that a box holds; 0: .05
	Threshold float64 // density that a box should reach; 0: .8

	MaxBoxes int // 0: 3

	// Steps chooses the step of the trajectory, by box, in place of the rule.
	Steps []int
}

// Step is a box on the way.
type Step struct {
	Box        Box
	Coverage   float64 // share of all cases of interest that lie in the box
	Density    float64 // share of the box's cases that are of interest
	Mass       float64 // share of all cases that lie in the box
	Cases      int     // in the box
	Interest   int     // of interest among them
	Restricted int     // axes that the box restricts
	Pasted     bool    // made by enlarging the chosen step
}

// Finding is a box with the way to it.
type Finding struct {
	// Trajectory begins with no restriction; each step peels one axis, and
	// density rises while mass falls. A last, pasted, step enlarges the chosen.
	Trajectory []Step

	Peeled int // step that was chosen
	Chosen int // Peeled, or the pasted step after the trajectory

	// QuasiP, by axis, is the probability that cases drawn at the density of the
	// box without this axis' restriction would be as dense as the box is (Bryant
	// and Lempert 2010, section 3.3); NaN where the axis is free. Above .05 the
	// restriction may be chance.
	QuasiP []float64

	Reached bool // the chosen box has the density asked for
}

// Box is the step that was chosen.
func (f *Finding) Box() *Step { return &f.Trajectory[f.Chosen] }

// StepError says that a box has no such step.
type StepError struct{ Box, Step, Last int }

func (e *StepError) Error() string {
	return fmt.Sprintf("box %d has no step %d; its steps are 0 to %d", e.Box, e.Step, e.Last)
}

// Find looks for boxes by covering: the cases of a box are put aside before the
// next is sought. It stops at MaxBoxes, when nothing of interest is left, or with
// a box that restricts nothing or misses the threshold; such a box is returned only
// if it is the first.
//
// Each box is peeled until it would fall below MinMass. Of all peels that is
// taken which gains most density per case that it gives up, so that axes with few
// values, whose peels are large, compete fairly (Kwakkel and Jaxa-Rozen 2016); of
// equals that which restricts fewer axes, then the first. Where every peel loses
// density the least loss is taken, as Friedman and Fisher do, because a way
// between two dense regions leads down first; such steps are not kept.
//
// The step chosen is that with the highest harmonic mean of coverage and density,
// of those that reach the threshold or, where none does, of all. Then the box is
// pasted: enlarged for as long as that costs no density, and rid of restrictions
// that keep nothing out.
func (p *PRIM) Find() ([]Finding, error) {
	if err := p.prepare(); err != nil {
		return nil, err
	}
	s := newSearch(p)
	var found []Finding
	for len(found) < p.MaxBoxes && s.left() > 0 {
		f, err := s.next(len(found))
		if err != nil {
			return found, err
		}
		if len(found) > 0 && (!f.Reached || f.Box().Restricted == 0) {
			break
		}
		found = append(found, f)
		s.cover(&f.Box().Box)
	}
	return found, nil
}

func (p *PRIM) prepare() error {
	fill := func(x *float64, value float64) {
		if *x == 0 {
			*x = value
		}
	}
	fill(&p.Alpha, .05)
	fill(&p.MinMass, .05)
	fill(&p.Threshold, .8)
	if p.MaxBoxes == 0 {
		p.MaxBoxes = 3
	}
	switch {
	case len(p.Axes) == 0:
		return errors.New("there is no factor to look for boxes in")
	case len(p.X) != len(p.Y) || p.Point != nil && len(p.Point) != len(p.Y):
		return fmt.Errorf("%d cases, but %d outcomes", len(p.X), len(p.Y))
	case len(p.X) == 0:
		return errors.New("there is no case")
	case p.Alpha <= 0 || p.Alpha >= .5:
		return fmt.Errorf("alpha %g: above 0 and below .5", p.Alpha)
	case p.MinMass <= 0 || p.MinMass >= 1:
		return fmt.Errorf("least mass %g: above 0 and below 1", p.MinMass)
	case p.Threshold <= 0 || p.Threshold > 1:
		return fmt.Errorf("threshold %g: above 0 and at most 1", p.Threshold)
	}
	return nil
}

// search is the state of a covering.
type search struct {
	*PRIM
	order [][]int // by ordered axis: all cases, sorted by value
	aside []bool  // covered by an earlier box
	in    []bool  // in the box under way
	total int     // cases of interest, of all
}

func newSearch(p *PRIM) *search {
	s := &search{PRIM: p, aside: make([]bool, len(p.X)), in: make([]bool, len(p.X))}
	for k, axis := range p.Axes {
		var order []int
		if axis.Levels == 0 {
			order = make([]int, len(p.X))
			for i := range order {
				order[i] = i
			}
			sort.SliceStable(order, func(a, b int) bool { return p.X[order[a]][k] < p.X[order[b]][k] })
		}
		s.order = append(s.order, order)
	}
	for _, y := range p.Y {
		if y {
			s.total++
		}
	}
	return s
}

func (s *search) left() int {
	n := 0
	for i, y := range s.Y {
		if y && !s.aside[i] {
			n++
		}
	}
	return n
}

func (s *search) cover(b *Box) {
	for i := range s.X {
		s.aside[i] = s.aside[i] || b.Holds(s.X[i])
	}
}

// whole is the box without restriction.
func (s *search) whole() Box {
	b := Box{}
	for _, axis := range s.Axes {
		b.Low, b.High = append(b.Low, math.Inf(-1)), append(b.High, math.Inf(1))
		var kept []bool
		if axis.Levels > 0 {
			kept = make([]bool, axis.Levels)
			for l := range kept {
				kept[l] = true
			}
		}
		b.Kept = append(b.Kept, kept)
	}
	return b
}

// enter makes a box the one under way and measures it.
func (s *search) enter(b Box) Step {
	step := Step{Box: b, Restricted: b.Restricted()}
	for i := range s.X {
		s.in[i] = !s.aside[i] && b.Holds(s.X[i])
		if s.in[i] {
			step.Cases++
			if s.Y[i] {
				step.Interest++
			}
		}
	}
	step.Coverage = float64(step.Interest) / float64(s.total)
	step.Density = float64(step.Interest) / float64(step.Cases)
	step.Mass = float64(step.Cases) / float64(len(s.X))
	return step
}

func (s *search) next(number int) (Finding, error) {
	step := s.enter(s.whole())
	f := Finding{Trajectory: []Step{step}}
	for {
		b, ok := s.peel(&step)
		if !ok {
			break
		}
		if step = s.enter(b); step.Density > f.Trajectory[len(f.Trajectory)-1].Density {
			f.Trajectory = append(f.Trajectory, step)
		}
	}
	f.Peeled = s.choose(f.Trajectory)
	if number < len(s.Steps) {
		if f.Peeled = s.Steps[number]; f.Peeled < 0 || f.Peeled >= len(f.Trajectory) {
			return f, &StepError{number + 1, f.Peeled, len(f.Trajectory) - 1}
		}
	}
	f.Chosen = f.Peeled
	if pasted, ok := s.paste(&f.Trajectory[f.Peeled]); ok {
		f.Trajectory = append(f.Trajectory, pasted)
		f.Chosen = len(f.Trajectory) - 1
	}
	f.Reached = f.Box().Density >= s.Threshold
	f.QuasiP = s.quasiP(f.Box())
	return f, nil
}

// choose is the step with the best balance, of those that reach the threshold where
// one does.
func (s *search) choose(steps []Step) int {
	best, reached := 0, steps[0].Density >= s.Threshold
	for k := range steps {
		reaches := steps[k].Density >= s.Threshold
		if reaches && !reached || reaches == reached && balance(steps[k]) > balance(steps[best]) {
			best, reached = k, reaches
		}
	}
	return best
}

// balance is the harmonic mean of coverage and density.
func balance(s Step) float64 {
	if s.Interest == 0 {
		return 0
	}
	return 2 * s.Coverage * s.Density / (s.Coverage + s.Density)
}

// quasiP tests each restriction of a box.
func (s *search) quasiP(step *Step) []float64 {
	n := s.points(step)
	k := int(math.Floor(step.Density*float64(n) + 1e-9))
	p := make([]float64, len(s.Axes))
	for axis := range p {
		if p[axis] = math.NaN(); step.Box.Restricts(axis) {
			free := step.Box.free(axis)
			cases, interest := s.count(&free)
			p[axis] = binomialTail(n, k, float64(interest)/float64(cases))
		}
	}
	return p
}

// points is the number of design points in a box.
func (s *search) points(step *Step) int {
	if s.Point == nil {
		return step.Cases
	}
	seen, n := map[int]bool{}, 0
	for i := range s.X {
		if !s.aside[i] && step.Box.Holds(s.X[i]) && !seen[s.Point[i]] {
			seen[s.Point[i]] = true
			n++
		}
	}
	return n
}

// binomialTail is the probability of at least k of n with probability p each.
func binomialTail(n, k int, p float64) float64 {
	switch {
	case k <= 0:
		return 1
	case k > n || p <= 0:
		return 0
	case p >= 1:
		return 1
	}
	return mathext.RegIncBeta(float64(k), float64(n-k+1), p)
}
