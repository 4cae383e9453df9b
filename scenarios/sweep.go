package scenarios

import (
	"fmt"

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

// sweep reads the table of a sweep. What it varies is tried once the scenario is
// known.
func (l *loader) sweep(r *reader) *Sweep {
	if r.node == nil {
		return nil
	}
	s := &Sweep{Design: r.word("design", experiment.Designs)}
	if r.get("vary") == nil {
		r.need("vary", `a list of texts such as ["influence.bound=0.2:0.8"]`)
	}
	for _, item := range r.items("vary") {
		s.Vary = append(s.Vary, Vary{Text: item.text(), File: item.file, Line: item.line})
	}
	for _, key := range []struct {
		name string
		most int64
		to   *int
	}{
		{"points", maxPoints, &s.Points},
		{"trajectories", maxPoints, &s.Trajectories},
		{"base", maxPoints, &s.Base},
		{"levels", 1000, &s.Levels},
		{"candidates", maxCandidates, &s.Candidates},
		{"runs", maxRuns, &s.Runs},
	} {
		*key.to = int(r.whole(key.name, 1, key.most, 0))
	}
	for _, size := range s.sizes() {
		if n := r.get(size.key); n != nil && size.wrong != "" {
			l.at(n, "%s", size.wrong)
		}
	}
	r.done()
	return s
}

// Over returns the sweep with everything that another one says in place of its own.
// The size of one design says nothing about another.
func (s Sweep) Over(other Sweep) Sweep {
	if len(other.Vary) > 0 {
		s.Vary = other.Vary
	}
	if other.Design != "" && other.Design != s.Design {
		s.Design, s.Points, s.Trajectories, s.Base, s.Levels, s.Candidates = other.Design, 0, 0, 0, 0, 0
	}
	for _, pair := range [][2]*int{
		{&s.Points, &other.Points},
		{&s.Trajectories, &other.Trajectories},
		{&s.Base, &other.Base},
		{&s.Levels, &other.Levels},
		{&s.Candidates, &other.Candidates},
		{&s.Runs, &other.Runs},
	} {
		if *pair[1] != 0 {
			*pair[0] = *pair[1]
		}
	}
	return s
}

// size is a key that only some designs have, and why this one does not take it.
type size struct{ key, wrong string }

func (s *Sweep) sizes() []size {
	list := []size{{key: "points"}, {key: "trajectories"}, {key: "base"}, {key: "levels"}, {key: "candidates"}}
	given := []int{s.Points, s.Trajectories, s.Base, s.Levels, s.Candidates}
	for k := range list {
		allowed := map[string][]string{
			"points":       {"", experiment.Random, experiment.Latin, experiment.Halton},
			"trajectories": {experiment.Morris},
			"base":         {experiment.Saltelli},
			"levels":       {"", experiment.Grid, experiment.Morris},
			"candidates":   {experiment.Morris},
		}[list[k].key]
		fits := false
		for _, design := range allowed {
			fits = fits || design == s.Design
		}
		if given[k] != 0 && !fits {
			list[k].wrong = fmt.Sprintf("a %s design has no %s%s", nameOf(s.Design), list[k].key, instead(s.Design))
		}
	}
	return list
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
