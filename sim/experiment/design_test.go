package experiment

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func mustDesign(t *testing.T, s Spec) *Design {
	t.Helper()
	d, err := s.Design()
	if err != nil {
		t.Fatal(err)
	}
	size, err := s.Size()
	if err != nil || size != len(d.Points) {
		t.Fatalf("%+v: size %d (%v), but %d points", s, size, err, len(d.Points))
	}
	for i, p := range d.Points {
		for k, u := range p {
			if !(u >= 0 && u <= 1) {
				t.Fatalf("%s: point %d, factor %d is %v, outside the cube", s.Name, i, k, u)
			}
		}
	}
	return d
}

func samePoints(a, b [][]float64) bool {
	return slices.EqualFunc(a, b, func(p, q []float64) bool { return slices.Equal(p, q) })
}

func specOf(name string, n int, seed uint64) Spec {
	s := Spec{Name: name, Factors: 3, N: n, Seed: seed}
	if name == Grid {
		s.Values = []int{2, 3, n}
	}
	return s
}

func TestDesignsRepeat(t *testing.T) {
	for _, name := range Designs {
		a, b := mustDesign(t, specOf(name, 8, 5)), mustDesign(t, specOf(name, 8, 5))
		if !samePoints(a.Points, b.Points) {
			t.Errorf("%s: one seed gave two designs", name)
		}
		if other := mustDesign(t, specOf(name, 8, 6)); name != Grid && samePoints(a.Points, other.Points) {
			t.Errorf("%s: two seeds gave one design", name)
		}
	}
}

// A sweep that is made longer keeps the points that it has.
func TestSequences(t *testing.T) {
	for _, name := range []string{Random, Halton, Morris, Saltelli} {
		short, long := mustDesign(t, specOf(name, 50, 5)), mustDesign(t, specOf(name, 100, 5))
		if !samePoints(short.Points, long.Points[:len(short.Points)]) {
			t.Errorf("%s: the shorter design does not begin the longer", name)
		}
	}
}

func TestGrid(t *testing.T) {
	d := mustDesign(t, Spec{Name: Grid, Factors: 3, Values: []int{2, 1, 3}})
	want := [][]float64{{0, .5, 0}, {0, .5, .5}, {0, .5, 1}, {1, .5, 0}, {1, .5, .5}, {1, .5, 1}}
	if !samePoints(d.Points, want) {
		t.Errorf("got %v, want %v", d.Points, want)
	}
	for n := 1; n <= 60; n++ {
		for i, p := range mustDesign(t, Spec{Name: Grid, Factors: 1, Values: []int{n}}).Points {
			if Level(p[0], n) != i {
				t.Errorf("point %d of %d stands for value %d", i, n, Level(p[0], n))
			}
		}
	}
}

// Each of n equal slices of each factor holds one point of a Latin hypercube; of
// a scrambled Halton sequence each of b^m slices of the factor with base b.
func TestStratification(t *testing.T) {
	for _, c := range []struct {
		name      string
		n, factor int
	}{{Latin, 10, 0}, {Latin, 10, 2}, {Halton, 16, 0}, {Halton, 27, 1}, {Halton, 25, 2}} {
		d := mustDesign(t, specOf(c.name, c.n, 3))
		hits := make([]int, c.n)
		for _, p := range d.Points {
			hits[Level(p[c.factor], c.n)]++
		}
		if slices.Max(hits) != 1 {
			t.Errorf("%s: slices of factor %d hold %v points", c.name, c.factor, hits)
		}
	}
}

// Halton points fill the square more evenly than random ones: the error of the
// mean of x*y, 1/4, is far below the 1/sqrt(n) of chance.
func TestHaltonIntegrates(t *testing.T) {
	d := mustDesign(t, Spec{Name: Halton, Factors: 2, N: 4096, Seed: 1})
	sum := 0.0
	for _, p := range d.Points {
		sum += p[0] * p[1]
	}
	if off := math.Abs(sum/4096 - .25); off > 5e-4 { // chance: sd .22/64 = .0034
		t.Errorf("the mean of a product is off by %g", off)
	}
}

// Morris (1991): in each trajectory every factor moves once, by delta = 2/3, and
// stays on the four levels.
func TestMorris(t *testing.T) {
	d := mustDesign(t, Spec{Name: Morris, Factors: 5, N: 40, Seed: 2})
	if d.Block != 6 {
		t.Fatalf("a trajectory has %d points, want 6", d.Block)
	}
	ups, starts := 0, make([]int, 4)
	for at := 0; at < len(d.Points); at += d.Block {
		moved := make([]int, 5)
		for j := range d.Block {
			for k, u := range d.Points[at+j] {
				level := u * 3
				if math.Abs(level-math.Round(level)) > 1e-12 {
					t.Fatalf("coordinate %v is none of the four levels", u)
				}
				if j == 0 {
					starts[int(math.Round(level))]++
					continue
				}
				if step := u - d.Points[at+j-1][k]; step != 0 {
					moved[k]++
					if math.Abs(math.Abs(step)-2./3) > 1e-12 {
						t.Errorf("a step of %v, want 2/3", step)
					}
					if step > 0 {
						ups++
					}
				}
			}
		}
		if !slices.Equal(moved, []int{1, 1, 1, 1, 1}) {
			t.Errorf("factors moved %v times", moved)
		}
	}
	if ups < 70 || ups > 130 { // 200 steps, sd 7
		t.Errorf("%d of 200 steps lead up", ups)
	}
	if slices.Min(starts) < 25 { // 50 each, sd 6
		t.Errorf("levels at the start: %v", starts)
	}
}

func TestMorrisGroupsAndValues(t *testing.T) {
	d := mustDesign(t, Spec{
		Name: Morris, Factors: 4, N: 30, Seed: 2,
		Values: []int{0, 2, 3, 0}, Groups: []int{0, 1, 2, 0},
	})
	if d.Block != 4 {
		t.Fatalf("three groups make trajectories of %d points", d.Block)
	}
	pairs := map[[2]int]bool{}
	for at := 0; at < len(d.Points); at += d.Block {
		for j := 1; j < d.Block; j++ {
			from, to := d.Points[at+j-1], d.Points[at+j]
			moved := 0
			for k := range to {
				if from[k] != to[k] {
					moved |= 1 << k
				}
			}
			switch moved {
			case 0b1001, 0b0010:
			case 0b0100:
				pairs[[2]int{Level(from[2], 3), Level(to[2], 3)}] = true
			default:
				t.Fatalf("factors %04b moved together", moved)
			}
			if moved == 0b0010 && Level(from[1], 2) == Level(to[1], 2) {
				t.Error("a switch moved and stayed")
			}
		}
	}
	if len(pairs) != 6 {
		t.Errorf("three values make six moves, but %v were made", pairs)
	}
}

// The chosen trajectories lie farther apart than those that chance gives, and
// with few enough the choice can be compared with that among all subsets.
func TestCandidates(t *testing.T) {
	base := Spec{Name: Morris, Factors: 3, N: 4, Seed: 9}
	all := base
	all.N = 12
	pool := mustDesign(t, all)
	base.Candidates = 12
	chosen := total(mustDesign(t, base))
	best, random, subsets := 0., 0., 0.
	for set := range 1 << 12 {
		d := &Design{Block: 4}
		for k := range 12 {
			if set>>k&1 == 1 {
				d.Points = append(d.Points, pool.Points[4*k:4*k+4]...)
			}
		}
		if len(d.Points) == 16 {
			best = max(best, total(d))
			random += total(d)
			subsets++
		}
	}
	random /= subsets
	if chosen < .95*best || chosen < random {
		t.Errorf("distance %.3f; the best subset has %.3f, the mean %.3f", chosen, best, random)
	}
}

func total(d *Design) float64 {
	sum := 0.0
	for i := 0; i < len(d.Points); i += d.Block {
		for j := 0; j < i; j += d.Block {
			a := apart(d.Points[i:i+d.Block], d.Points[j:j+d.Block])
			sum += a * a
		}
	}
	return math.Sqrt(sum)
}

func TestSaltelli(t *testing.T) {
	for _, c := range []struct {
		groups []int
		block  int
	}{{nil, 5}, {[]int{0, 1, 0}, 4}} {
		d := mustDesign(t, Spec{Name: Saltelli, Factors: 3, N: 16, Groups: c.groups, Seed: 4})
		if d.Block != c.block {
			t.Fatalf("a row has %d points, want %d", d.Block, c.block)
		}
		for at := 0; at < len(d.Points); at += d.Block {
			a, b := d.Points[at], d.Points[at+d.Block-1]
			for j := 1; j < d.Block-1; j++ {
				for k, u := range d.Points[at+j] {
					group := k
					if c.groups != nil {
						group = c.groups[k]
					}
					want := a[k]
					if group == j-1 {
						want = b[k]
					}
					if u != want || a[k] == b[k] {
						t.Fatalf("block %d, point %d, factor %d: %v, want %v", at, j, k, u, want)
					}
				}
			}
		}
	}
}

func TestWrongDesigns(t *testing.T) {
	for _, c := range []struct {
		spec Spec
		want string
	}{
		{Spec{Name: "sobol", Factors: 1, N: 1}, `design "sobol" is unknown; allowed: grid, random`},
		{Spec{Name: Random, N: 1}, "at least one factor"},
		{Spec{Name: Random, Factors: 1}, "of size 0: at least 1"},
		{Spec{Name: Halton, Factors: 1001, N: 1}, "1001 dimensions of its sequence; at most 1000"},
		{Spec{Name: Saltelli, Factors: 501, N: 1}, "1002 dimensions of its sequence; at most 1000"},
		{Spec{Name: Grid, Factors: 1}, "number of levels for each factor"},
		{Spec{Name: Grid, Factors: 2, Values: []int{3, 0}}, "factor 2 has 0 values"},
		{Spec{Name: Grid, Factors: 9, Values: []int{99, 99, 99, 99, 99, 99, 99, 99, 99}}, "more than 10000000 points"},
		{Spec{Name: Morris, Factors: 1, N: 1 << 62}, "more than 10000000 points"},
		{Spec{Name: Random, Factors: 2, N: 1, Values: []int{3}}, "1 numbers of values for 2 factors"},
		{Spec{Name: Latin, Factors: 2, N: 1, Groups: []int{0, 0}}, "a lhs design knows no groups"},
		{Spec{Name: Morris, Factors: 2, N: 1, Groups: []int{0}}, "1 groups named for 2 factors"},
		{Spec{Name: Morris, Factors: 2, N: 1, Groups: []int{1, 1}}, "group 0 is empty"},
		{Spec{Name: Morris, Factors: 2, N: 1, Groups: []int{0, 7}}, "factor 2 is in group 7"},
		{Spec{Name: Morris, Factors: 2, N: 1, Groups: []int{-1, 0}}, "factor 1 is in group -1"},
		{Spec{Name: Morris, Factors: 2, N: 1, Levels: 5}, "5 levels: Morris's design needs an even number"},
		{Spec{Name: Morris, Factors: 2, N: 9, Candidates: 5}, "5 candidates for 9 trajectories"},
	} {
		if _, err := c.spec.Design(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.spec, err, c.want)
		}
	}
}
