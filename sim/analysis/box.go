package analysis

import (
	"math"
)

// Axis is a factor of scenario discovery.
type Axis struct {
	Name string

	// Levels, when positive, makes the axis unordered: values are 0 to Levels-1,
	// and a box names those that it keeps.
	Levels int

	// Discrete says that an ordered axis takes few values: bounds are put on
	// values instead of between them.
	Discrete bool

	// Ignored axes are never restricted.
	Ignored bool
}

// Box is a region of the factors: the conditions of an outcome.
type Box struct {
	Low, High []float64 // by axis; infinite where not restricted
	Kept      [][]bool  // by unordered axis: the levels that it keeps; else nil
}

// Restricts tells whether the box restricts an axis.
func (b *Box) Restricts(axis int) bool {
	if kept := b.Kept[axis]; kept != nil {
		for _, is := range kept {
			if !is {
				return true
			}
		}
		return false
	}
	return !math.IsInf(b.Low[axis], -1) || !math.IsInf(b.High[axis], 1)
}

// Restricted is the number of axes that the box restricts.
func (b *Box) Restricted() int {
	n := 0
	for k := range b.Low {
		if b.Restricts(k) {
			n++
		}
	}
	return n
}

// Holds tells whether a case lies in the box.
func (b *Box) Holds(x []float64) bool {
	for k := range x {
		if !b.holds(k, x[k]) {
			return false
		}
	}
	return true
}

func (b *Box) holds(axis int, x float64) bool {
	if kept := b.Kept[axis]; kept != nil {
		return kept[int(x)]
	}
	return x >= b.Low[axis] && x <= b.High[axis]
}

func (b *Box) clone() Box {
	c := Box{append([]float64(nil), b.Low...), append([]float64(nil), b.High...), make([][]bool, len(b.Kept))}
	for k, kept := range b.Kept {
		if kept != nil {
			c.Kept[k] = append([]bool(nil), kept...)
		}
	}
	return c
}

// free is the box without its restriction of an axis.
func (b *Box) free(axis int) Box {
	c := b.clone()
	c.Low[axis], c.High[axis] = math.Inf(-1), math.Inf(1)
	for l := range c.Kept[axis] {
		c.Kept[axis][l] = true
	}
	return c
}
