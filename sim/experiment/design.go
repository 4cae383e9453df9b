package experiment

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/samplemv"

	"splinternet/sim"
)

// The designs that a Spec can name.
const (
	Grid     = "grid"     // every combination of levels
	Random   = "random"   // independent uniform points
	Latin    = "lhs"      // Latin hypercube (McKay, Beckman and Conover 1979)
	Halton   = "halton"   // Halton sequence with permuted digits (Owen 2017)
	Morris   = "morris"   // trajectories for elementary effects (Morris 1991)
	Saltelli = "saltelli" // blocks A, AB, B for Sobol indices (Saltelli et al. 2010)
)

// Designs are the names of all designs.
var Designs = []string{Grid, Random, Latin, Halton, Morris, Saltelli}

// MostPoints is the largest size of a design: beyond it the points alone fill
// the memory of a small machine.
const MostPoints = 10_000_000

// mostDimensions is where gonum's table of primes ends.
const mostDimensions = 1000

// Spec describes a design on the unit cube. The design is a function of the Spec
// alone, and so is its size:
//
//	grid      the product of Values
//	random, lhs, halton   N
//	morris    N (g+1): N trajectories of g steps, g the number of groups
//	saltelli  N (g+2): for each of N base rows A, AB_1 ... AB_g, B
//
// All but the Latin hypercube, the grid and an optimised Morris design are
// sequences: the design with a smaller N is the beginning of the one with a
// larger.
type Spec struct {
	Name    string
	Factors int
	N       int // points, trajectories or base rows; a grid needs none

	// Values is the number of values of each factor, 0 for a continuous one; nil
	// when all are continuous. A grid needs a number for each: that of its levels.
	Values []int

	// Groups is the group of each factor, from 0 up without gaps, for morris and
	// saltelli: factors of a group move together. nil lets each move alone.
	Groups []int

	// Levels is Morris's p, an even number of levels for continuous factors. 0 is 4.
	Levels int

	// Candidates, when positive, makes so many random trajectories and keeps the N
	// that lie farthest apart (Campolongo, Cariboni and Saltelli 2007).
	Candidates int

	Seed uint64
}

// Design is a list of points.
type Design struct {
	// Points holds a row for each point and in it a coordinate in [0, 1] for each
	// factor; Level turns the coordinate of a discrete factor into its value.
	Points [][]float64

	// Block is the number of consecutive points that belong together: a Morris
	// trajectory, a Saltelli row; 1 in other designs.
	Block int
}

// Level is the value, 0 to n-1, that coordinate u of a discrete factor stands for.
func Level(u float64, n int) int { return max(0, min(int(u*float64(n)), n-1)) }

// Size is the number of points, or what is wrong with the Spec.
func (s *Spec) Size() (int, error) {
	if err := s.check(); err != nil {
		return 0, err
	}
	size := s.N
	switch s.Name {
	case Grid:
		size = 1
		for _, levels := range s.Values {
			if size *= levels; size > MostPoints {
				break
			}
		}
	case Morris, Saltelli:
		if size <= MostPoints {
			size *= s.block()
		}
	}
	if size > MostPoints {
		return 0, fmt.Errorf("the design has more than %d points", MostPoints)
	}
	return size, nil
}

func (s *Spec) check() error {
	switch s.Name {
	case Grid, Random, Latin, Halton, Morris, Saltelli:
	default:
		return fmt.Errorf("design %q is unknown; allowed: %s", s.Name, strings.Join(Designs, ", "))
	}
	if s.Factors < 1 {
		return errors.New("a design needs at least one factor")
	}
	if s.Name != Grid && s.N < 1 {
		return fmt.Errorf("a %s design of size %d: at least 1", s.Name, s.N)
	}
	if dimensions := s.dimensions(); dimensions > mostDimensions {
		return fmt.Errorf("a %s design of %d factors needs %d dimensions of its sequence; at most %d", s.Name, s.Factors, dimensions, mostDimensions)
	}
	if err := s.checkValues(); err != nil {
		return err
	}
	return s.checkMorris()
}

// dimensions of the Halton sequence.
func (s *Spec) dimensions() int {
	switch s.Name {
	case Halton:
		return s.Factors
	case Saltelli:
		return 2 * s.Factors
	}
	return 0
}

func (s *Spec) checkValues() error {
	if s.Values == nil {
		if s.Name == Grid {
			return errors.New("a grid needs a number of levels for each factor")
		}
		return nil
	}
	if len(s.Values) != s.Factors {
		return fmt.Errorf("%d numbers of values for %d factors", len(s.Values), s.Factors)
	}
	for k, n := range s.Values {
		if n < 0 || n == 0 && s.Name == Grid {
			return fmt.Errorf("factor %d has %d values: at least 1", k+1, n)
		}
	}
	return nil
}

func (s *Spec) checkMorris() error {
	if s.Groups != nil {
		if s.Name != Morris && s.Name != Saltelli {
			return fmt.Errorf("a %s design knows no groups; %s and %s do", s.Name, Morris, Saltelli)
		}
		if len(s.Groups) != s.Factors {
			return fmt.Errorf("%d groups named for %d factors", len(s.Groups), s.Factors)
		}
		seen := make([]bool, s.Factors)
		for k, g := range s.Groups {
			if g < 0 || g >= s.groups() || g >= s.Factors {
				return fmt.Errorf("factor %d is in group %d, but groups count from 0 without gaps", k+1, g)
			}
			seen[g] = true
		}
		for g := range s.groups() {
			if !seen[g] {
				return fmt.Errorf("group %d is empty", g)
			}
		}
	}
	if s.Name != Morris {
		return nil
	}
	if s.Levels < 0 || s.Levels%2 != 0 {
		return fmt.Errorf("%d levels: Morris's design needs an even number", s.Levels)
	}
	if s.Candidates != 0 && s.Candidates < s.N {
		return fmt.Errorf("%d candidates for %d trajectories: at least as many", s.Candidates, s.N)
	}
	return nil
}

// groups is the number of groups.
func (s *Spec) groups() int {
	if s.Groups == nil {
		return s.Factors
	}
	most := 0
	for _, g := range s.Groups {
		most = max(most, g)
	}
	return most + 1
}

// group is the group of factor k.
func (s *Spec) group(k int) int {
	if s.Groups == nil {
		return k
	}
	return s.Groups[k]
}

func (s *Spec) block() int {
	switch s.Name {
	case Morris:
		return s.groups() + 1
	case Saltelli:
		return s.groups() + 2
	}
	return 1
}

// stream is the randomness of a design: one of its own for each name, so that
// two designs with one seed share nothing.
func (s *Spec) stream() *rand.Rand {
	return sim.NewStream(s.Seed, "design "+s.Name, 0).Whole()
}

// Design makes the points.
func (s *Spec) Design() (*Design, error) {
	size, err := s.Size()
	if err != nil {
		return nil, err
	}
	d := &Design{Block: s.block()}
	switch s.Name {
	case Grid:
		d.Points = s.grid(size)
	case Random:
		d.Points = uniform(size, s.Factors, s.stream())
	case Latin:
		d.Points = latin(size, s.Factors, s.stream())
	case Halton:
		d.Points = halton(size, s.Factors, s.stream())
	case Morris:
		d.Points = s.morris()
	case Saltelli:
		d.Points = s.saltelli(size)
	}
	return d, nil
}

// table makes rows that lie one after another in memory.
func table(rows, columns int) [][]float64 {
	return split(make([]float64, rows*columns), columns)
}

func split(flat []float64, columns int) [][]float64 {
	list := make([][]float64, len(flat)/columns)
	for i := range list {
		list[i] = flat[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return list
}

// grid lets the last factor run fastest. Levels lie on the ends of the range and
// evenly between them; a single level lies in the middle.
func (s *Spec) grid(size int) [][]float64 {
	points := table(size, s.Factors)
	for i, row := range points {
		rest := i
		for k := s.Factors - 1; k >= 0; k-- {
			levels := s.Values[k]
			row[k] = .5
			if levels > 1 {
				row[k] = float64(rest%levels) / float64(levels-1)
			}
			rest /= levels
		}
	}
	return points
}

func uniform(size, factors int, rng *rand.Rand) [][]float64 {
	points := table(size, factors)
	for _, row := range points {
		for k := range row {
			row[k] = rng.Float64()
		}
	}
	return points
}

func latin(size, factors int, rng *rand.Rand) [][]float64 {
	batch := mat.NewDense(size, factors, nil)
	samplemv.LatinHypercube{Q: distmv.NewUnitUniform(factors, nil), Src: rng}.Sample(batch)
	return split(batch.RawMatrix().Data, factors)
}

// halton draws a permutation for each digit of each dimension, and none for the
// points: so a longer sequence begins with the shorter one.
func halton(size, factors int, rng *rand.Rand) [][]float64 {
	batch := mat.NewDense(size, factors, nil) // zeroed: gonum adds to what it finds
	samplemv.Halton{Kind: samplemv.Owen, Q: distmv.NewUnitUniform(factors, nil), Src: rng}.Sample(batch)
	var flat []float64 = batch.RawMatrix().Data
	for i := range flat {
		// Digits below the last bit can round the largest coordinate up to 1.
		flat[i] = min(flat[i], math.Nextafter(1, 0))
	}
	return split(flat, factors)
}

// saltelli takes A from the first half of the sequence's dimensions and B from
// the second. AB_g is A with the factors of group g out of B.
func (s *Spec) saltelli(size int) [][]float64 {
	base := halton(s.N, 2*s.Factors, s.stream())
	points := table(size, s.Factors)
	block := s.block()
	for i, row := range base {
		a, b := row[:s.Factors], row[s.Factors:]
		for j := range block {
			point := points[i*block+j]
			for k := range point {
				if point[k] = a[k]; j == block-1 || j > 0 && s.group(k) == j-1 {
					point[k] = b[k]
				}
			}
		}
	}
	return points
}
