package analysis

import (
	"math"
)

// candidate is a box that is smaller or larger than the one under way.
type candidate struct {
	cases, interest int // of the cases given up or taken in
	axis            int
	bound           float64
	high            bool // the bound is the upper one
	level           int  // of an unordered axis
}

// peel is the best smaller box, if there is one.
func (s *search) peel(from *Step) (Box, bool) {
	best, gain, restricted, found := candidate{}, math.Inf(-1), 0, false
	try := func(c candidate) {
		left := from.Cases - c.cases
		if float64(left) < s.MinMass*float64(len(s.X)) || left == 0 {
			return
		}
		g := (float64(from.Interest-c.interest)/float64(left) - from.Density) / float64(c.cases)
		n := from.Restricted
		if !from.Box.Restricts(c.axis) {
			n++
		}
		if g > gain || g == gain && found && n < restricted {
			best, gain, restricted, found = c, g, n, true
		}
	}
	for k, axis := range s.Axes {
		switch {
		case axis.Ignored:
		case axis.Levels > 0:
			s.peelLevels(from, k, try)
		default:
			s.peelEnd(from, k, false, try)
			s.peelEnd(from, k, true, try)
		}
	}
	if !found {
		return Box{}, false
	}
	b := from.Box.clone()
	switch {
	case s.Axes[best.axis].Levels > 0:
		b.Kept[best.axis][best.level] = false
	case best.high:
		b.High[best.axis] = best.bound
	default:
		b.Low[best.axis] = best.bound
	}
	return b, true
}

func (s *search) peelLevels(from *Step, axis int, try func(candidate)) {
	cases, interest := make([]int, s.Axes[axis].Levels), make([]int, s.Axes[axis].Levels)
	for i, in := range s.in {
		if in {
			level := int(s.X[i][axis])
			cases[level]++
			if s.Y[i] {
				interest[level]++
			}
		}
	}
	for level, n := range cases {
		if n > 0 && n < from.Cases {
			try(candidate{cases: n, interest: interest[level], axis: axis, level: level})
		}
	}
}

// peelEnd tries to give up the alpha share of cases at one end of an axis; all
// that share a value go or stay together, and at least one value goes.
func (s *search) peelEnd(from *Step, axis int, high bool, try func(candidate)) {
	c := candidate{axis: axis, high: high}
	goal := s.goal(from)
	order := s.order[axis]
	n, interest, last := 0, 0, math.NaN()
	for at := range order {
		i := order[at]
		if high {
			i = order[len(order)-1-at]
		}
		if !s.in[i] {
			continue
		}
		if x := s.X[i][axis]; x != last {
			if n > goal && c.cases > 0 {
				break
			}
			if c.cases, c.interest, c.bound = n, interest, s.between(axis, last, x); n >= goal {
				break
			}
			last = x
		}
		n++
		if s.Y[i] {
			interest++
		}
	}
	if c.cases > 0 {
		try(c)
	}
}

// goal is the number of cases beyond the alpha quantile of a box.
func (s *search) goal(from *Step) int { return int(s.Alpha*float64(from.Cases-1)) + 1 }

// between is the bound that keeps a value and gives up its neighbour.
func (s *search) between(axis int, gone, kept float64) float64 {
	if s.Axes[axis].Discrete {
		return kept
	}
	if middle := gone + (kept-gone)/2; middle != gone {
		return middle
	}
	return kept
}
