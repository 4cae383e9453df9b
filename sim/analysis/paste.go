package analysis

import (
	"math"
)

// paste enlarges a box while that costs no density.
func (s *search) paste(from *Step) (Step, bool) {
	step, changed := s.enter(from.Box), false
	for {
		best, cases, interest := Box{}, step.Cases, step.Interest
		found := false
		for k := range s.Axes {
			if !step.Box.Restricts(k) {
				continue
			}
			for _, b := range s.larger(&step, k) {
				// Boxes are few here, and measuring each anew is simple. Counts are
				// compared, not densities, so that equal ones are seen to be equal.
				n, of := s.count(&b)
				denser := of*cases - interest*n
				if n > step.Cases && (denser > 0 || denser == 0 && n > cases) {
					best, cases, interest, found = b, n, of, true
				}
			}
		}
		if !found {
			break
		}
		step, changed = s.enter(best), true
	}
	for k := range s.Axes {
		free := step.Box.free(k)
		if n, _ := s.count(&free); n == step.Cases && step.Box.Restricts(k) {
			step, changed = s.enter(free), true // what keeps nothing out is no condition
		}
	}
	step.Pasted = changed
	return step, changed
}

func (s *search) count(b *Box) (cases, interest int) {
	for i := range s.X {
		if !s.aside[i] && b.Holds(s.X[i]) {
			cases++
			if s.Y[i] {
				interest++
			}
		}
	}
	return cases, interest
}

// larger are the boxes that take in the alpha share of cases next to the bounds
// of an axis, or one more of its levels, or all that the axis keeps out.
func (s *search) larger(from *Step, axis int) []Box {
	boxes := []Box{from.Box.free(axis)}
	if kept := from.Box.Kept[axis]; kept != nil {
		for level, is := range kept {
			if !is {
				b := from.Box.clone()
				b.Kept[axis][level] = true
				boxes = append(boxes, b)
			}
		}
		return boxes
	}
	free := from.Box.free(axis)
	goal := s.goal(from)
	for _, high := range []bool{false, true} {
		if high && math.IsInf(from.Box.High[axis], 1) || !high && math.IsInf(from.Box.Low[axis], -1) {
			continue
		}
		boxes = append(boxes, s.outwards(from, &free, axis, high, goal))
	}
	return boxes
}

func (s *search) outwards(from *Step, free *Box, axis int, high bool, goal int) Box {
	b := from.Box.clone()
	order, n, last := s.order[axis], 0, math.NaN()
	for at := range order {
		i := order[at]
		if !high {
			i = order[len(order)-1-at]
		}
		x := s.X[i][axis]
		if s.aside[i] || high && x <= from.Box.High[axis] || !high && x >= from.Box.Low[axis] || !free.Holds(s.X[i]) {
			continue
		}
		if n >= goal && x != last {
			if high {
				b.High[axis] = s.between(axis, x, last)
			} else {
				b.Low[axis] = s.between(axis, x, last)
			}
			return b
		}
		n++
		last = x
	}
	if high {
		b.High[axis] = math.Inf(1)
	} else {
		b.Low[axis] = math.Inf(-1)
	}
	return b
}
