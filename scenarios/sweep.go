package scenarios

import (
	"fmt"
	"slices"

	"splinternet/scenarios/document"
	"splinternet/sim/experiment"
)

// Sweep is a sweep that a scenario proposes, or a command line asks for: what to
// vary, by which design, and how often to run each point. Zero stands for "not said".
type Sweep struct {
	Vary         []Vary
	Design       string // one of Designs
	Points       int    // of the designs random, lhs and halton
	Trajectories int    // of a Morris design
	Base         int    // rows of a Saltelli design
	Levels       int    // of intervals in a grid, of intervals in a Morris design
	Candidates   int    // trajectories that a Morris design chooses from
	Runs         int    // of each point
}

// List is the design that is no design: points that somebody has written down.
const List = "list"

// Designs are the designs that a sweep can have.
func Designs() []string { return append([]string{List}, experiment.Designs...) }

// The limits of a sweep.
const (
	maxPoints = experiment.MostPoints
	maxRuns   = 1_000_000_000 // of all points together

	// maxCandidates keeps the choice, whose work grows with the square, to minutes.
	maxCandidates = 2000
)

// readSweep reads the table of a sweep. What it varies is tried once the scenario is
// known.
func readSweep(r *document.Reader) *Sweep {
	if r.Node == nil {
		return nil
	}
	s := &Sweep{Design: r.Word("design", experiment.Designs)}
	s.Vary = readVary(r)
	for _, z := range sizes {
		*z.of(s) = int(r.Whole(z.key, 1, z.most, 0))
	}
	s.Runs = int(r.Whole("runs", 1, maxRuns, 0))
	for _, z := range sizes {
		if wrong := s.misfit(z); wrong != "" {
			r.Problems.At(r.Get(z.key).Place(), "%s", wrong)
		}
	}
	r.Done()
	return s
}

// readVary reads what is to vary.
func readVary(r *document.Reader) []Vary {
	r.Need("vary", `a list of texts such as ["influence.bound=0.2:0.8"]`)
	var list []Vary
	for _, item := range r.Items("vary") {
		list = append(list, Vary{Text: item.Text(), File: item.File, Line: item.Line})
	}
	return list
}

// Over returns the sweep with everything that another one says in place of its own.
// The size of one design says nothing about another.
func (s Sweep) Over(other Sweep) Sweep {
	if len(other.Vary) > 0 {
		s.Vary = other.Vary
	}
	if other.Design != "" && other.Design != s.Design {
		s.Design = other.Design
		for _, z := range sizes {
			*z.of(&s) = 0
		}
	}
	for _, z := range sizes {
		if n := *z.of(&other); n != 0 {
			*z.of(&s) = n
		}
	}
	if other.Runs != 0 {
		s.Runs = other.Runs
	}
	return s
}

// size is a number that some designs take, and with which a Sweep says how large.
type size struct {
	key     string
	most    int64
	designs []string // "": where no design is named yet
	of      func(s *Sweep) *int
	in      func(d *Design) *int
}

var sizes = []size{
	{"points", maxPoints, []string{"", experiment.Random, experiment.Latin, experiment.Halton}, func(s *Sweep) *int { return &s.Points }, func(d *Design) *int { return &d.Points }},
	{"trajectories", maxPoints, []string{experiment.Morris}, func(s *Sweep) *int { return &s.Trajectories }, func(d *Design) *int { return &d.Trajectories }},
	{"base", maxPoints, []string{experiment.Saltelli}, func(s *Sweep) *int { return &s.Base }, func(d *Design) *int { return &d.Base }},
	{"levels", 1000, []string{"", experiment.Grid, experiment.Morris}, func(s *Sweep) *int { return &s.Levels }, func(d *Design) *int { return &d.Levels }},
	{"candidates", maxCandidates, []string{experiment.Morris}, func(s *Sweep) *int { return &s.Candidates }, func(d *Design) *int { return &d.Candidates }},
}

// SizeError says that a size does not fit the design of a sweep.
type SizeError struct {
	Key  string // such as points, as scenarios and flags call it
	What string
}

func (e *SizeError) Error() string { return e.Key + ": " + e.What }

// misfit says why a number has no place in the sweep's design, or "".
func (s *Sweep) misfit(z size) string {
	if *z.of(s) == 0 || slices.Contains(z.designs, s.Design) {
		return ""
	}
	return fmt.Sprintf("a %s design has no %s%s", nameOf(s.Design), z.key, instead(s.Design))
}

func nameOf(design string) string {
	if design == "" {
		return "Latin hypercube"
	}
	return design
}

// instead says what sets the size of a design.
func instead(design string) string {
	switch design {
	case experiment.Morris:
		return "; trajectories sets its size"
	case experiment.Saltelli:
		return "; base sets its size: the number of base rows"
	case experiment.Grid:
		return "; the levels of its factors set its size"
	case List:
		return "; its file sets its size"
	}
	return "; points sets its size"
}
