// Package discovery says which conditions lead to an outcome of a sweep: scenario
// discovery (Bryant and Lempert 2010) by the patient rule induction method (Friedman
// and Fisher 1999), which finds boxes of the factors in which the outcome is frequent.
// The mathematics is that of sim/analysis.
package discovery

import (
	"errors"
	"fmt"
	"slices"
	"sort"

	"splinternet/scenarios/studies/factors"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// Search says how to look for boxes; zero values stand for the usual ones.
type Search struct {
	Alpha     float64 // share of a box that a step peels off; .05
	MinMass   float64 // least share of runs in a box; .05
	Threshold float64 // density that a box should reach; .8
	Boxes     int     // at most; 3
	Steps     []int   // step of each box's trajectory, in place of the rule

	Except []string // factors that boxes are not to restrict
}

// LimitError says that a number of a search is outside its limits.
type LimitError struct {
	Name    string // as in alpha
	Value   float64
	Allowed string // in words
}

func (e *LimitError) Error() string { return fmt.Sprintf("%s %g: %s", e.Name, e.Value, e.Allowed) }

// Check refuses numbers that make no sense, with a *LimitError. It takes no zero for the
// usual number.
func (s *Search) Check() error {
	switch {
	case !(s.Alpha > 0 && s.Alpha < .5):
		return &LimitError{"alpha", s.Alpha, "above 0 and below 0.5"}
	case !(s.MinMass > 0 && s.MinMass < 1):
		return &LimitError{"min-mass", s.MinMass, "above 0 and below 1"}
	case !(s.Threshold > 0 && s.Threshold <= 1):
		return &LimitError{"threshold", s.Threshold, "above 0 and at most 1"}
	case s.Boxes < 1:
		return &LimitError{"boxes", float64(s.Boxes), "at least 1"}
	}
	return nil
}

// Findings are which conditions lead to an outcome.
type Findings struct {
	*factors.Data
	Outcome  string
	Search   Search // as it was done
	Cases    int    // runs that came to an end
	Interest int    // of those, with the outcome
	Boxes    []analysis.Finding
	Warnings []Warning
}

// Discover looks for the conditions that lead to an outcome. The error is a
// *factors.NameError of what is excepted, an *analysis.StepError or
// *analysis.TooFewError, or one of the source.
func Discover(s *factors.Sweep, source factors.Source, o *Outcome, search Search) (*Findings, error) {
	if s.Points < 2 {
		return nil, errors.New("the sweep has one point: there are no conditions to compare")
	}
	if err := except(s, search.Except); err != nil {
		return nil, err
	}
	s.Settle()
	quantities := o.quantities()
	data, err := source.Read(quantities)
	if err != nil {
		return nil, err
	}
	d := &Findings{Data: data, Outcome: o.Text, Search: search}
	p := &analysis.PRIM{
		Alpha: search.Alpha, MinMass: search.MinMass, Threshold: search.Threshold,
		MaxBoxes: search.Boxes, Steps: search.Steps,
	}
	for k := range s.Factors {
		p.Axes = append(p.Axes, axis(&s.Factors[k]))
		p.Axes[k].Ignored = slices.Contains(search.Except, s.Factors[k].Name)
	}
	d.cases(o, p, len(quantities))
	d.Cases = len(p.X)
	if d.Boxes, err = p.Find(); err != nil {
		return nil, err
	}
	d.Search = Search{p.Alpha, p.MinMass, p.Threshold, p.MaxBoxes, search.Steps, search.Except}
	d.warn()
	return d, nil
}

// cases takes in the runs of which it is known whether they have the outcome.
func (d *Findings) cases(o *Outcome, p *analysis.PRIM, quantities int) {
	values := make([]float64, quantities)
	for point, labels := range d.Labels {
		for replicate, label := range labels {
			for k := range values {
				values[k] = d.Values[k][point][replicate]
			}
			is, known := o.of(label, values)
			if !known {
				continue
			}
			p.X, p.Y, p.Point = append(p.X, d.X[point]), append(p.Y, is), append(p.Point, point)
			if is {
				d.Interest++
			}
		}
	}
}

// except makes sure that what is to be left out is there, and that something else is.
func except(s *factors.Sweep, names []string) error {
	all := s.Names()
	left := slices.Clone(all)
	for _, name := range names {
		if !slices.Contains(all, name) {
			return &factors.NameError{Kind: "parameter of this sweep", Name: name, Allowed: all}
		}
		left = slices.DeleteFunc(left, func(other string) bool { return other == name })
	}
	if len(left) == 0 {
		return errors.New("nothing that the sweep varies is left to look for conditions in")
	}
	return nil
}

func axis(f *factors.Factor) analysis.Axis {
	if f.Unordered() || f.Pair() {
		return analysis.Axis{Name: f.Name, Levels: len(f.Levels)}
	}
	return analysis.Axis{Name: f.Name, Discrete: f.Discrete()}
}

// Levels are the values of a list that a box keeps, in the order of the plan; nil for
// an interval.
func (d *Findings) Levels(b *analysis.Box, axis int) []string {
	f := &d.Factors[axis]
	if f.Levels == nil {
		return nil
	}
	var kept []string
	for k, level := range f.Levels {
		x, inside := f.Value(k), false
		if b.Kept[axis] == nil {
			inside = x >= b.Low[axis] && x <= b.High[axis]
		} else {
			inside = b.Kept[axis][int(x)] // by place, or 0 and 1
		}
		if inside {
			kept = append(kept, level)
		}
	}
	return kept
}

// Restricted are the axes that a box restricts, the surest first.
func (d *Findings) Restricted(box int) []int {
	f := &d.Boxes[box]
	var list []int
	for axis := range d.Factors {
		if f.Box().Box.Restricts(axis) {
			list = append(list, axis)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return f.QuasiP[list[i]] < f.QuasiP[list[j]] })
	return list
}

// Concern is a reason to read findings with care.
type Concern int

// The concerns.
const (
	Incomplete    Concern = iota // runs failed or are missing
	Dependent                    // the points of the design are not independent
	None                         // no run has the outcome
	All                          // every run has it
	FewCases                     // too few runs have it
	Unconditional                // the threshold is reached without any condition
	NoBox                        // nothing makes the outcome clearly more likely
	BelowDensity                 // the box does not reach the threshold
	SmallBox                     // the box holds few runs
	Chance                       // the restriction of a factor may be chance
)

// Warning is a concern and what it is about.
type Warning struct {
	Concern Concern
	Box     int // by place in Findings.Boxes
	Axis    int // of Chance, by place in Factors
}

// few is the number of runs with the outcome below which boxes are guesswork.
const few = 20

// doubtful is the quasi-p-value above which a restriction may be chance.
const doubtful = .05

func (d *Findings) warn() {
	add := func(concern Concern, box, axis int) { d.Warnings = append(d.Warnings, Warning{concern, box, axis}) }
	if d.Failed > 0 || d.Missing > 0 {
		add(Incomplete, 0, 0)
	}
	if d.Design == experiment.Morris || d.Design == experiment.Saltelli {
		add(Dependent, 0, 0)
	}
	switch {
	case d.Interest == 0:
		add(None, 0, 0)
		return
	case d.Interest == d.Cases:
		add(All, 0, 0)
		return
	case d.Interest < few:
		add(FewCases, 0, 0)
	}
	for k := range d.Boxes {
		f := &d.Boxes[k]
		switch {
		case f.Box().Restricted == 0 && f.Reached:
			add(Unconditional, k, 0)
			continue
		case f.Box().Restricted == 0:
			add(NoBox, k, 0)
			continue
		case !f.Reached:
			add(BelowDensity, k, 0)
		}
		if f.Box().Cases < few {
			add(SmallBox, k, 0)
		}
		for axis, q := range f.QuasiP {
			if q > doubtful {
				add(Chance, k, axis)
			}
		}
	}
}
