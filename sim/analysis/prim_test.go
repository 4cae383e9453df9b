package analysis

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"splinternet/sim"
)

// Ten cases at 1 to 10, those from 7 up of interest, one case a peel. Worked by
// hand: giving up the lowest case raises the density from 4/10 to 4/9 and so on
// to 4/5 at the fifth step, which is the threshold, and to 4/4 at the sixth, which
// still covers all.
func TestPRIMByHand(t *testing.T) {
	p := &PRIM{Axes: []Axis{{Name: "x"}}, MinMass: .2}
	for x := 1; x <= 10; x++ {
		p.X, p.Y = append(p.X, []float64{float64(x)}), append(p.Y, x >= 7)
	}
	found, err := p.Find()
	if err != nil || len(found) != 1 {
		t.Fatal(err, len(found))
	}
	f := found[0]
	if len(f.Trajectory) != 7 || f.Chosen != 6 || !f.Reached {
		t.Fatalf("%d steps, %d chosen, reached %t; want 7, 6, true", len(f.Trajectory), f.Chosen, f.Reached)
	}
	for k, step := range f.Trajectory {
		near(t, "density", step.Density, 4/float64(10-k), 1e-12)
		near(t, "coverage", step.Coverage, 1, 0)
		near(t, "mass", step.Mass, float64(10-k)/10, 1e-12)
	}
	if b := f.Box().Box; b.Low[0] != 6.5 || !math.IsInf(b.High[0], 1) {
		t.Errorf("the box is %+v, want from 6.5 up", b)
	}
	near(t, "quasi-p", f.QuasiP[0], math.Pow(.4, 4), 1e-12) // 4 of 4 at .4
	// The step before: at least 4 of 5 at .4 is 5 * .4^4 * .6 + .4^5.
	p.Steps = []int{5}
	if found, err = p.Find(); err != nil {
		t.Fatal(err)
	}
	near(t, "quasi-p", found[0].QuasiP[0], .08704, 1e-12)
}

// A step too far is pasted back: from the box 8 and up density stays 1 with 7.
func TestPRIMPastes(t *testing.T) {
	p := &PRIM{Axes: []Axis{{Name: "x"}}, MinMass: .1}
	for x := 1; x <= 40; x++ {
		// 20 to 30 but for one gap are of interest, so that peeling overshoots.
		p.X, p.Y = append(p.X, []float64{float64(x)}), append(p.Y, x >= 20 && x <= 30 && x != 24)
	}
	p.Threshold = 1
	found, err := p.Find()
	if err != nil {
		t.Fatal(err)
	}
	last := &found[0].Trajectory[found[0].Peeled]
	if box := found[0].Box(); box.Density < last.Density || found[0].Chosen > found[0].Peeled && box.Cases < last.Cases {
		t.Errorf("pasting leads from %+v to %+v", last, box)
	}
}

// scatter makes cases in the unit cube with a word of four and a switch; of
// interest are, with probability inside, those of a box and, with outside, others.
func scatter(n int, inside, outside float64, seed uint64) *PRIM {
	rng := sim.NewStream(seed, "test", 0).Whole()
	p := &PRIM{Axes: []Axis{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "word", Levels: 4}, {Name: "count", Discrete: true}}}
	for range n {
		x := []float64{rng.Float64(), rng.Float64(), rng.Float64(), float64(rng.IntN(4)), float64(rng.IntN(6))}
		chance := outside
		if x[0] > .4 && x[1] < .7 && x[3] != 2 && x[4] >= 2 {
			chance = inside
		}
		p.X, p.Y = append(p.X, x), append(p.Y, rng.Float64() < chance)
	}
	return p
}

// A known box is found, and the axes that have nothing to do with it are let be.
func TestPRIMFindsTheBox(t *testing.T) {
	p := scatter(3000, .95, .02, 1)
	p.Threshold = .92
	found, err := p.Find()
	if err != nil || !found[0].Reached {
		t.Fatal(err, found[0].Reached)
	}
	f := found[0]
	b := f.Box()
	near(t, "bound of a", b.Box.Low[0], .4, .06)
	near(t, "bound of b", b.Box.High[1], .7, .06)
	if !reflect.DeepEqual(b.Box.Kept[3], []bool{true, true, false, true}) || b.Box.Low[4] != 2 {
		t.Errorf("word %v, count from %g", b.Box.Kept[3], b.Box.Low[4])
	}
	if b.Box.Restricts(2) || b.Density < .92 || b.Coverage < .85 {
		t.Errorf("%+v", b)
	}
	for k, axis := range p.Axes {
		if q := f.QuasiP[k]; b.Box.Restricts(k) != (q < 1e-6) || b.Box.Restricts(k) == math.IsNaN(q) {
			t.Errorf("%s: quasi-p %g", axis.Name, q)
		}
	}
}

// Each peel raises the density and lowers mass and coverage, whatever the data.
func TestPRIMTrajectoriesAreMonotonic(t *testing.T) {
	for seed := range uint64(30) {
		p := scatter(200, .3+.02*float64(seed), .2, seed)
		found, err := p.Find()
		if err != nil {
			t.Fatal(err)
		}
		first := found[0].Box()
		for k := range p.Axes {
			free := first.Box.free(k)
			if n, _ := newSearch(p).count(&free); first.Box.Restricts(k) && n <= first.Cases {
				t.Errorf("seed %d: the restriction of axis %d keeps nothing out", seed, k)
			}
		}
		for _, f := range found {
			for k := 1; k < len(f.Trajectory); k++ {
				a, b := f.Trajectory[k-1], f.Trajectory[k]
				if b.Pasted {
					a = f.Trajectory[f.Peeled]
					if b.Density < a.Density || b.Mass < a.Mass || b.Mass == a.Mass && b.Restricted >= a.Restricted {
						t.Fatalf("seed %d: pasting from %+v to %+v", seed, a, b)
					}
					continue
				}
				if b.Density <= a.Density || b.Mass >= a.Mass || b.Coverage > a.Coverage || b.Mass < .05 {
					t.Fatalf("seed %d, step %d: from %+v to %+v", seed, k, a, b)
				}
				cases, interest := 0, 0
				for i, x := range p.X {
					if b.Box.Holds(x) {
						cases++
						if p.Y[i] {
							interest++
						}
					}
				}
				if f.Trajectory[0].Mass == 1 && (cases != b.Cases || interest != b.Interest) {
					t.Fatalf("seed %d, step %d: the box holds %d, %d; the step says %d, %d", seed, k, cases, interest, b.Cases, b.Interest)
				}
			}
		}
	}
}

// Where parameters have nothing to do with the outcome no box reaches the
// threshold, and that chosen restricts nothing or is not far from chance.
func TestPRIMOnNothing(t *testing.T) {
	free, doubtful := 0, 0
	for seed := range uint64(20) {
		found, err := scatter(600, .3, .3, seed).Find()
		if err != nil {
			t.Fatal(err)
		}
		f := found[0]
		if f.Reached || len(found) > 1 {
			t.Errorf("seed %d: a box of density %.2f in noise", seed, f.Box().Density)
		}
		if f.Box().Restricted == 0 {
			free++
		}
		for _, q := range f.QuasiP {
			if q > .05 {
				doubtful++
				break
			}
		}
	}
	if free+doubtful < 16 {
		t.Errorf("of 20 boxes in noise %d restrict nothing and %d have a doubtful restriction", free, doubtful)
	}
}

// Two separate boxes are found one after the other, and their coverages add up.
func TestPRIMCovers(t *testing.T) {
	rng := sim.NewStream(4, "test", 0).Whole()
	p := &PRIM{Axes: []Axis{{Name: "a"}, {Name: "b"}}}
	for range 2000 {
		x := []float64{rng.Float64(), rng.Float64()}
		p.X, p.Y = append(p.X, x), append(p.Y, x[0] < .4 && x[1] < .6 || x[0] > .75 && x[1] > .6)
	}
	found, err := p.Find()
	if err != nil || len(found) < 2 {
		t.Fatal(err, len(found))
	}
	if sum := found[0].Box().Coverage + found[1].Box().Coverage; sum < .85 || sum > 1 {
		t.Errorf("two boxes cover %.2f", sum)
	}
	low, high := found[0].Box().Box, found[1].Box().Box
	if !math.IsInf(low.Low[0], -1) {
		low, high = high, low
	}
	if low.High[0] > .5 || high.Low[0] < .6 {
		t.Errorf("boxes %+v and %+v", low, high)
	}
}

func TestPRIMChooses(t *testing.T) {
	p := scatter(500, .9, .05, 1)
	p.Steps = []int{3}
	found, err := p.Find()
	if err != nil || found[0].Peeled != 3 {
		t.Fatal(err, found[0].Peeled)
	}
	p.Steps = []int{400}
	if _, err := p.Find(); err == nil || !strings.Contains(err.Error(), "box 1 has no step 400; its steps are 0 to") {
		t.Error(err)
	}
}

// Ten replicates of a point are one point to the test, not ten.
func TestPRIMReplicates(t *testing.T) {
	p := scatter(300, .9, .05, 2)
	single, err := p.Find()
	if err != nil {
		t.Fatal(err)
	}
	many := &PRIM{Axes: p.Axes}
	for i, x := range p.X {
		for range 10 {
			many.X, many.Y, many.Point = append(many.X, x), append(many.Y, p.Y[i]), append(many.Point, i)
		}
	}
	repeated, err := many.Find()
	if err != nil {
		t.Fatal(err)
	}
	for k, q := range repeated[0].QuasiP {
		if s := single[0].QuasiP[k]; !math.IsNaN(q) && !math.IsNaN(s) && q < s*s {
			t.Errorf("axis %d: ten replicates take quasi-p from %g to %g", k, s, q)
		}
	}
}

// testdata/prim.json holds the peeling that EMA Workbench 2.5.3 (Kwakkel 2017)
// gives for the same cases, with its default objective: the number of cases and of
// cases of interest at each step, bounds, kept levels and quasi-p-values. Its last
// step can be a pasted one, which has another patience there.
func TestPRIMAgainstEMAWorkbench(t *testing.T) {
	var ema map[string]struct {
		X         [][]float64
		Y         []int
		N, K      []int
		Low, High [][]float64
		Levels    [][]int
		QP        [][][]float64 `json:"qp"`
	}
	text, err := os.ReadFile("testdata/prim.json")
	if err != nil {
		t.Fatal(err)
	}
	text = []byte(strings.Replace(string(text), `"ema_workbench": "2.5.3",`, "", 1))
	if err := json.Unmarshal(text, &ema); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"numbers", "words"} {
		e := ema[name]
		p := &PRIM{X: e.X, Axes: make([]Axis, len(e.X[0])), Threshold: 1}
		if name == "words" {
			p.Axes[1].Levels = 4
		}
		for _, y := range e.Y {
			p.Y = append(p.Y, y == 1)
		}
		found, err := p.Find()
		if err != nil {
			t.Fatal(err)
		}
		steps := found[0].Trajectory
		s := newSearch(p)
		for k := range e.N {
			if steps[k].Cases != e.N[k] || steps[k].Interest != e.K[k] {
				t.Fatalf("%s, step %d: %d of %d, EMA Workbench has %d of %d", name, k, steps[k].Interest, steps[k].Cases, e.K[k], e.N[k])
			}
			q := s.quasiP(&steps[k])
			for axis, limits := range e.QP[k] {
				// It tests each bound by itself: the same where there is one.
				if one := max(limits[0], limits[1]); (limits[0] < 0) != (limits[1] < 0) && p.Axes[axis].Levels == 0 {
					near(t, name+": quasi-p", q[axis], one, 1e-9+1e-6*one)
				}
			}
			for axis := range p.Axes {
				if name == "numbers" && k > 0 {
					if low := steps[k].Box.Low[axis]; !math.IsInf(low, -1) {
						near(t, "low", low, e.Low[k][axis], 1e-9)
					}
					if high := steps[k].Box.High[axis]; !math.IsInf(high, 1) {
						near(t, "high", high, e.High[k][axis], 1e-9)
					}
				}
			}
			if name == "words" {
				kept := make([]bool, 4)
				for _, l := range e.Levels[k] {
					kept[l] = true
				}
				if !reflect.DeepEqual(kept, steps[k].Box.Kept[1]) {
					t.Errorf("step %d keeps %v, EMA Workbench %v", k, steps[k].Box.Kept[1], kept)
				}
			}
		}
	}
}

func TestPRIMErrors(t *testing.T) {
	for _, c := range []struct {
		p    PRIM
		want string
	}{
		{PRIM{}, "no factor"},
		{PRIM{Axes: []Axis{{}}}, "no case"},
		{PRIM{Axes: []Axis{{}}, X: [][]float64{{1}}}, "1 cases, but 0 outcomes"},
		{PRIM{Axes: []Axis{{}}, X: [][]float64{{1}}, Y: []bool{true}, Alpha: .5}, "alpha 0.5"},
		{PRIM{Axes: []Axis{{}}, X: [][]float64{{1}}, Y: []bool{true}, MinMass: 1}, "least mass 1"},
		{PRIM{Axes: []Axis{{}}, X: [][]float64{{1}}, Y: []bool{true}, Threshold: 1.5}, "threshold 1.5"},
	} {
		if _, err := c.p.Find(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	none := &PRIM{Axes: []Axis{{}}, X: [][]float64{{1}, {2}}, Y: []bool{false, false}}
	if found, err := none.Find(); err != nil || len(found) != 0 {
		t.Errorf("%v, %v: nothing of interest is no box and no error", found, err)
	}
}

// 14 or more heads of 20: the textbook's .0577.
func TestBinomialTail(t *testing.T) {
	near(t, "tail", binomialTail(20, 14, .5), .0577, 5e-5)
	near(t, "tail", binomialTail(20, 0, .5), 1, 0)
	near(t, "tail", binomialTail(3, 3, .5), .125, 1e-12)
	near(t, "tail", binomialTail(3, 2, 0), 0, 0)
}

func BenchmarkPRIM(b *testing.B) {
	p := scatter(10_000, .95, .02, 1)
	for b.Loop() {
		if _, err := p.Find(); err != nil {
			b.Fatal(err)
		}
	}
}
