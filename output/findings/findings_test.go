package findings

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/scenarios/studies/discovery"
	"splinternet/scenarios/studies/factors"
	"splinternet/scenarios/studies/sensitivity"
	"splinternet/sim"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// bench describes a sweep of a made-up model whose answer is known.
type bench struct {
	design  experiment.Spec
	factors []factors.Factor
	runs    int

	// model is the depth of a run and how it ends, from the factor's values (the
	// place in Levels of a listed one) and the replicate; an empty label is a run
	// that failed.
	model func(x []float64, point, replicate int) (depth float64, label verdict.Label)

	missing int // runs at the end that were not played
}

// write plays the bench and writes its table of runs.
func (b *bench) write(t *testing.T) *Folder {
	t.Helper()
	b.design.Factors = len(b.factors)
	d, err := b.design.Design()
	if err != nil {
		t.Fatal(err)
	}
	s := &Folder{Dir: t.TempDir(), Title: "A bench", Sweep: factors.Sweep{
		Design: b.design.Name, Factors: b.factors, Measures: []string{"depth", "other"}, Points: len(d.Points), Runs: b.runs,
	}}
	f := &frame.Frame{}
	word := func(name string) int {
		f.Columns = append(f.Columns, frame.Column{Name: name, Words: []string{}})
		return len(f.Columns) - 1
	}
	number := func(name string) int {
		f.Columns = append(f.Columns, frame.Column{Name: name, Numbers: []float64{}})
		return len(f.Columns) - 1
	}
	run, point, replicate, seed := number("run"), number("point"), number("replicate"), number("seed")
	first := len(f.Columns)
	for _, factor := range b.factors {
		if factor.Levels != nil {
			word(factor.Name)
		} else {
			number(factor.Name)
		}
	}
	label, margin, failure := word("label"), number("margin"), word("error")
	depth, start := number("depth_end"), number("depth_first")
	number("depth_last")
	other := number("other_end")
	put := func(k int, x float64) { f.Columns[k].Numbers = append(f.Columns[k].Numbers, x) }
	write := func(k int, w string) { f.Columns[k].Words = append(f.Columns[k].Words, w) }
	for p, u := range d.Points {
		x := make([]float64, len(u))
		for k := range u {
			x[k] = at(&b.factors[k], u[k])
		}
		for r := range b.runs {
			i := p*b.runs + r
			if i >= len(d.Points)*b.runs-b.missing {
				continue
			}
			put(run, float64(i))
			put(point, float64(p))
			put(replicate, float64(r))
			put(seed, float64(100+r))
			for k := range x {
				if levels := b.factors[k].Levels; levels != nil {
					write(first+k, levels[int(x[k])])
				} else {
					put(first+k, frame.Round(x[k]))
				}
			}
			y, l := b.model(x, p, r)
			write(label, string(l))
			write(failure, map[bool]string{true: "broken"}[l == ""])
			if l == "" {
				y = math.NaN()
			}
			for _, k := range []int{margin, depth, start, start + 1} {
				put(k, y)
			}
			put(other, 7)
		}
	}
	if err := frame.Write(s.Dir, "runs", "csv", f, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

// at is the value at a coordinate of the unit cube, as a plan lays it.
func at(f *factors.Factor, u float64) float64 {
	switch {
	case f.Levels != nil:
		return float64(experiment.Level(u, len(f.Levels)))
	case f.Log:
		return f.Low * math.Pow(f.High/f.Low, u)
	case f.Whole:
		return f.Low + float64(experiment.Level(u, int(f.High-f.Low)+1))
	}
	return f.Low + u*(f.High-f.Low)
}

// kinds are factors of every kind.
func kinds() []factors.Factor {
	return []factors.Factor{
		{Name: "a.number", Text: "10 to 20", Low: 10, High: 20},
		{Name: "a.log", Text: "1 to 100", Low: 1, High: 100, Log: true},
		{Name: "a.whole", Text: "1 to 6", Low: 1, High: 6, Whole: true},
		{Name: "a.switch", Text: "true, false", Levels: []string{"true", "false"}},
		{Name: "a.word", Text: "all, some, none", Levels: []string{"all", "some", "none"}},
		{Name: "a.list", Text: "1, 2, 4", Levels: []string{"1", "2", "4"}},
		{Name: "a.date", Text: "dates", Levels: []string{"2019-01-01", "2020-01-01", "2021-01-01"}},
		{Name: "a.idle", Text: "0 to 1", Low: 0, High: 1},
	}
}

func values(varied []factors.Factor) []int {
	var list []int
	for _, f := range varied {
		n := len(f.Levels)
		if f.Whole {
			n = int(f.High-f.Low) + 1
		}
		list = append(list, n)
	}
	return list
}

// additive adds up an effect of each kind of factor; chance of a replicate is
// shared by all points.
func additive(x []float64, _, replicate int) (float64, verdict.Label) {
	y := 3*(x[0]-10)/10 + 2*math.Log10(x[1])/2 - (x[2]-1)/5 + float64(replicate)
	y += []float64{.5, 0}[int(x[3])] + []float64{0, 1, 5}[int(x[4])] + .3*[]float64{0, 1, 3}[int(x[5])] + .2*x[6]
	return y, verdict.Drift
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.6g, want %.6g within %g", what, got, want, tolerance)
	}
}

func find(t *testing.T, a *Sensitivity, name string) *sensitivity.Result {
	t.Helper()
	for k := range a.Results {
		if a.Results[k].Name == name {
			return &a.Results[k]
		}
	}
	t.Fatalf("there is no result of %s", name)
	return nil
}

func TestMorrisOfEveryKind(t *testing.T) {
	b := bench{design: experiment.Spec{Name: experiment.Morris, N: 60, Seed: 1, Values: values(kinds())}, factors: kinds(), runs: 2, model: additive}
	a, err := b.write(t).Sensitivity(sensitivity.Auto, []string{"depth"})
	if err != nil || a.Method != sensitivity.Morris {
		t.Fatal(err)
	}
	r := find(t, a, "depth_end")
	days := float64(365) / (365 + 366)
	for k, mu := range []float64{3, 2, -1, .5, nan, .9, nan, 0} {
		e := r.Effects[k]
		switch {
		case k == 6: // .2 over 365 of 731 days, .2 over 366, or .4 over all: not linear in days
			near(t, a.Names[k], e.Mu, .4, .01+.4*math.Abs(days-.5))
		case math.IsNaN(mu):
			if !math.IsNaN(e.Mu) || e.MuStar.Value < 2.5 || e.MuStar.Value > 4.2 {
				t.Errorf("%s: %+v", a.Names[k], e)
			}
		default:
			near(t, a.Names[k]+": mu", e.Mu, mu, 1e-6)
			near(t, a.Names[k]+": sigma", e.Sigma, 0, 1e-6)
		}
		near(t, a.Names[k]+": noise", e.Noise, 0, 1e-6) // shared chance cancels
	}
	if order := a.Ranked(r); a.Names[order[0]] != "a.word" || a.Names[order[1]] != "a.number" || a.Names[order[7]] != "a.idle" {
		t.Errorf("ranked %v", order)
	}
}

var nan = math.NaN()

func ishigami(x []float64, point, replicate int) (float64, verdict.Label) {
	y := math.Sin(x[0]) + 7*math.Pow(math.Sin(x[1]), 2) + .1*math.Pow(x[2], 4)*math.Sin(x[0])
	y += sim.NewStream(uint64(replicate), "test", point).Whole().NormFloat64()
	if y > 8 {
		return y, verdict.Hostile
	}
	return y, verdict.Thin
}

func circle() []factors.Factor {
	var list []factors.Factor
	for _, name := range []string{"x1", "x2", "x3"} {
		list = append(list, factors.Factor{Name: name, Low: -math.Pi, High: math.Pi})
	}
	return list
}

// Factors that moved together have one effect, and one index.
func TestGroups(t *testing.T) {
	list := circle()
	list[0].Group, list[2].Group = "outer", "outer"
	sum := func(x []float64, _, _ int) (float64, verdict.Label) { return 3*x[0] + 2*x[1] + x[2], verdict.Drift }
	b := bench{design: experiment.Spec{Name: experiment.Saltelli, N: 1024, Seed: 1, Groups: []int{0, 1, 0}}, factors: list, runs: 1, model: sum}
	s := b.write(t)
	a, err := s.Sensitivity(sensitivity.Auto, []string{"depth"})
	if err != nil || !slices.Equal(a.Names, []string{"outer", "x2"}) {
		t.Fatal(err, a)
	}
	near(t, "index of a group", a.Results[0].Indices[0].Total.Value, 10./14, .03)
	near(t, "index of the other", a.Results[0].Indices[1].First.Value, 4./14, .03)
	var screen strings.Builder
	if err := a.WriteScreen(&screen, output.Look{}, true); err != nil || !strings.Contains(screen.String(), "Group outer: x1, x3.") {
		t.Error(err, screen.String())
	}
	b.design = experiment.Spec{Name: experiment.Morris, N: 20, Seed: 1, Groups: []int{0, 1, 0}}
	s = b.write(t)
	if a, err = s.Sensitivity(sensitivity.Auto, []string{"depth"}); err != nil || !slices.Equal(a.Names, []string{"outer", "x2"}) {
		t.Fatal(err, a)
	}
	if e := a.Results[0].Effects; !math.IsNaN(e[0].Mu) || e[0].MuStar.N != 20 {
		t.Errorf("%+v", e)
	} else {
		near(t, "effect of the other", e[1].Mu, 4*math.Pi, 1e-6)
	}
	if len(a.Cautions()) != 1 { // one run a point
		t.Errorf("%q", a.Cautions())
	}
}

func TestSobolWithNoise(t *testing.T) {
	b := bench{design: experiment.Spec{Name: experiment.Saltelli, N: 512, Seed: 1}, factors: circle(), runs: 4, model: ishigami}
	a, err := b.write(t).Sensitivity(sensitivity.Auto, nil)
	if err != nil || a.Method != sensitivity.Sobol {
		t.Fatal(err)
	}
	r := find(t, a, "depth_end")
	for k, want := range [][2]float64{{.3139, .5576}, {.4424, .4424}, {0, .2437}} {
		near(t, "first order", r.Indices[k].First.Value, want[0], .06)
		near(t, "total order", r.Indices[k].Total.Value, want[1], .06)
	}
	// Variances 13.84 (closed form) and 1.
	near(t, "variance of parameters", r.Noise.Parameters, 13.84, .8)
	near(t, "variance of replicates", r.Noise.Replicates, 1, .05)
	var names []string
	for _, r := range a.Results {
		names = append(names, r.Name)
	}
	want := []string{"depth_end", "other_end", "margin", "label=thin-consensus", "label=hostile-fragmentation"}
	if !slices.Equal(names, want) {
		t.Errorf("analysed %v, want %v: only end states that occur", names, want)
	}
	if !strings.Contains(strings.Join(a.Cautions(), "\n"), "Nothing moves other_end") {
		t.Errorf("warnings: %q", a.Cautions())
	}
}

// A plan that was edited is no Saltelli design any more.
func TestEditedPlan(t *testing.T) {
	b := bench{design: experiment.Spec{Name: experiment.Halton, N: 50, Seed: 1}, factors: circle(), runs: 1, model: ishigami}
	s := b.write(t)
	for _, c := range []struct{ design, want string }{
		{experiment.Saltelli, "point 1 is none of a Saltelli design"},
		{experiment.Morris, "50 points are no whole number of trajectories"},
	} {
		s.Design = c.design
		if _, err := s.Sensitivity(sensitivity.Auto, nil); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "edited") {
			t.Errorf("%s: %v, want %q", c.design, err, c.want)
		}
	}
	b.design.N = 52
	s = b.write(t)
	s.Design = experiment.Morris
	if _, err := s.Sensitivity(sensitivity.Auto, nil); err == nil || !strings.Contains(err.Error(), "no step of the design moves one factor alone") {
		t.Error(err)
	}
}

func TestAnyDesign(t *testing.T) {
	b := bench{design: experiment.Spec{Name: experiment.Latin, N: 1500, Seed: 1}, factors: circle(), runs: 1, model: ishigami}
	s := b.write(t)
	a, err := s.Sensitivity(sensitivity.Auto, []string{"depth"})
	if err != nil || a.Method != sensitivity.Regression {
		t.Fatal(err)
	}
	r := find(t, a, "depth_end")
	for k, want := range []float64{.31, .42, 0} { // a fifteenth of the variance is chance
		near(t, "first order", r.First[k].Value, want, .05)
	}
	if r.Regression.R2 > .4 || !strings.Contains(strings.Join(a.Cautions(), "\n"), "R2) of depth_end (0.") {
		t.Errorf("R2 %g, warnings %q: Ishigami's function is not linear", r.Regression.R2, a.Cautions())
	}
	// Words have no order: classes serve them, and regression takes them one by one.
	b = bench{design: experiment.Spec{Name: experiment.Latin, N: 600, Seed: 1}, factors: kinds(), runs: 2, model: additive}
	s = b.write(t)
	if a, err = s.Sensitivity(sensitivity.Auto, []string{"depth"}); err != nil || a.Method != sensitivity.FirstOrder || !strings.Contains(a.Why(), "a.word") {
		t.Fatal(err, a.Method, a.Why())
	}
	if order := a.Ranked(&a.Results[0]); a.Names[order[0]] != "a.word" {
		t.Errorf("strongest is %s", a.Names[order[0]])
	}
	if a, err = s.Sensitivity(sensitivity.Regression, []string{"depth"}); err != nil || !slices.Contains(a.Names, "a.word=none") || slices.Contains(a.Names, "a.word=all") {
		t.Fatal(err, a.Names)
	}
	near(t, "R2", a.Results[0].Regression.R2, 1, 1e-3)
}

func TestMethodsNeedTheirDesigns(t *testing.T) {
	b := bench{design: experiment.Spec{Name: experiment.Latin, N: 30, Seed: 1}, factors: circle(), runs: 1, model: ishigami}
	s := b.write(t)
	for method, want := range map[string]string{
		sensitivity.Morris: "method morris needs Morris trajectories (sweep --design morris), and this sweep is a lhs design",
		sensitivity.Sobol:  "method sobol needs a Saltelli design",
		"moriss":           `"moriss" is no method; allowed: auto, morris, sobol`,
	} {
		_, err := s.Sensitivity(method, nil)
		var misfit *sensitivity.MethodError
		if errors.As(err, &misfit) {
			err = errors.New(MethodWords(misfit))
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	for name, want := range map[string]string{
		"dept":       `"dept" is no measure of this sweep; allowed: depth, other, margin, label=END-STATE`,
		"depth_next": `"depth_next" is no measure`,
		"label=end":  `"end" is no end state; allowed: liberal-convergence`,
	} {
		if _, err := s.Sensitivity(sensitivity.Auto, []string{name}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	one := *s
	one.Points = 1
	if _, err := one.Sensitivity(sensitivity.Auto, nil); err == nil || !strings.Contains(err.Error(), "one point") {
		t.Error(err)
	}
}

// Failed and missing runs are told apart, and the rest is analysed.
func TestIncompleteSweep(t *testing.T) {
	b := bench{
		design: experiment.Spec{Name: experiment.Morris, N: 10, Seed: 1}, factors: circle(), runs: 2, missing: 13,
		model: func(x []float64, point, replicate int) (float64, verdict.Label) {
			if point == 5 {
				return 0, ""
			}
			return ishigami(x, point, replicate)
		},
	}
	a, err := b.write(t).Sensitivity(sensitivity.Auto, []string{"depth"})
	if err != nil {
		t.Fatal(err)
	}
	if a.Failed != 2 || a.Missing != 13 {
		t.Errorf("%d failed and %d are missing, want 2 and 13", a.Failed, a.Missing)
	}
	text := strings.Join(a.Cautions(), "\n")
	for _, want := range []string{"2 runs failed and 13 have not been played (sweep --resume goes on) of 80, and are left out", "cost effects in up to 3 trajectories (depth_end)"} {
		if !strings.Contains(text, want) {
			t.Errorf("warnings %q lack %q", text, want)
		}
	}
	// Two points lost at the end and a third half; the inner one of the second
	// trajectory costs two effects.
	if r := a.Results[0]; r.Lost != 3 {
		t.Errorf("%d trajectories lack effects, want 3", r.Lost)
	}
	broken := b
	broken.missing, broken.model = 0, func([]float64, int, int) (float64, verdict.Label) { return 0, "" }
	if _, err := broken.write(t).Sensitivity(sensitivity.Auto, nil); err == nil || !strings.Contains(err.Error(), "no run that came to an end") {
		t.Error(err)
	}
}

func TestForeignTables(t *testing.T) {
	b := bench{design: experiment.Spec{Name: experiment.Latin, N: 30, Seed: 1}, factors: kinds(), runs: 1, model: additive}
	for _, c := range []struct {
		change func(s *Folder)
		want   string
	}{
		{func(s *Folder) { s.Points = 20 }, "row 21 is replicate 0 of point 20, which the plan does not have"},
		{func(s *Folder) { s.Factors[3].Levels = []string{"true", "maybe"} }, `column a.switch holds "false", which is no level of the plan (true, maybe)`},
		{func(s *Folder) { s.Factors[4].Levels = nil }, "where the plan has numbers"},
		{func(s *Folder) { s.Factors[0].Name = "a.gone" }, `has no column "a.gone"`},
		{func(s *Folder) { s.Dir += "/none" }, "holds neither runs.parquet nor runs.csv"},
	} {
		s := b.write(t)
		s.Factors = slices.Clone(s.Factors)
		c.change(s)
		if _, err := s.Sensitivity(sensitivity.Auto, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// The tables have the columns that figures and readers go by, in every format.
func TestTables(t *testing.T) {
	b := bench{design: experiment.Spec{Name: experiment.Morris, N: 10, Seed: 1, Values: values(kinds())}, factors: kinds(), runs: 2, model: additive}
	s := b.write(t)
	a, err := s.Sensitivity(sensitivity.Auto, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range frame.Formats {
		if _, err := a.Write(format); err != nil {
			t.Fatal(err)
		}
		f, err := frame.Read(s.Dir, "morris")
		if err != nil {
			t.Fatal(err)
		}
		head := strings.Join(f.Names(), ",")
		if !strings.HasPrefix(head, "measure,parameter,mu,mu_star,mu_star_low,mu_star_high,sigma,trajectories") || f.Rows() != len(a.Results)*8 {
			t.Errorf("%s: %s, %d rows", format, head, f.Rows())
		}
		noise, err := frame.Read(s.Dir, "noise")
		if err != nil {
			t.Fatal(err)
		}
		if head := strings.Join(noise.Names(), ","); head != "measure,variance_parameters,variance_replicates,share_replicates,share_means,runs,failed" {
			t.Errorf("%s: %s", format, head)
		}
	}
	var b2 strings.Builder
	if err := a.WriteJSON(&b2); err != nil || strings.Contains(b2.String(), "NaN") {
		t.Fatal(err)
	}
	var object struct {
		Method string
		Morris []struct {
			Parameter string
			Mu        *float64
			MuStar    float64 `json:"mu_star"`
		}
	}
	if err := json.Unmarshal([]byte(b2.String()), &object); err != nil || object.Method != sensitivity.Morris || len(object.Morris) != len(a.Results)*8 {
		t.Fatal(err, object)
	}
	if object.Morris[4].Parameter != "a.word" || object.Morris[4].Mu != nil {
		t.Errorf("%+v: a word has no direction", object.Morris[4])
	}
}

// boxed ends hostile, with few exceptions, in a region of factors of every kind.
func boxed(x []float64, point, replicate int) (float64, verdict.Label) {
	u := sim.NewStream(uint64(replicate), "test", point).Whole().Float64()
	if x[0] > 14 && x[2] <= 4 && x[3] == 0 && x[4] != 1 && x[6] >= 1 {
		if u < .97 {
			return .1, verdict.Hostile
		}
		return .6, verdict.Managed
	}
	if u < .02 {
		return .1, verdict.Hostile
	}
	return .6, verdict.Managed
}

func TestDiscover(t *testing.T) {
	b := bench{design: experiment.Spec{Name: experiment.Latin, N: 4000, Seed: 1}, factors: kinds(), runs: 1, model: boxed}
	s := b.write(t)
	o, err := discovery.Parse(&s.Sweep, "hostile-fragmentation")
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Discover(o, discovery.Search{Threshold: .9, Boxes: 1})
	if err != nil || len(d.Boxes) != 1 || !d.Boxes[0].Reached {
		t.Fatal(err, len(d.Boxes))
	}
	box := d.Boxes[0].Box()
	near(t, "bound of a number", box.Box.Low[0], 14, .6)
	if box.Coverage < .75 || box.Box.Restricts(1) || box.Box.Restricts(5) || box.Box.Restricts(7) {
		t.Errorf("%+v", box)
	}
	sentence := d.Sentence(0)
	for _, want := range []string{"hostile-fragmentation when ", "a.whole is at most 4", "a.switch is true", "a.word is all or none", "a.date is 2020-01-01 or 2021-01-01", "a.number is above 1"} {
		if !strings.Contains(sentence, want) {
			t.Errorf("%q lacks %q", sentence, want)
		}
	}
	if len(d.Cautions()) != 0 {
		t.Errorf("warnings %q", d.Cautions())
	}
	without, err := s.Discover(o, discovery.Search{Threshold: .9, Boxes: 1, Except: []string{"a.number"}})
	if err != nil || without.Boxes[0].Box().Box.Restricts(0) || without.Boxes[0].Box().Density >= box.Density {
		t.Errorf("%v: left out, and %+v", err, without.Boxes[0].Box())
	}
	// The same by way of a measure.
	o, err = discovery.Parse(&s.Sweep, " depth < 0.2 & hostile-fragmentation | drift ")
	if err != nil || o.Text != "depth_end<0.2 & hostile-fragmentation|drift" {
		t.Fatal(err, o.Text)
	}
	same, err := s.Discover(o, discovery.Search{Threshold: .9, Boxes: 1})
	if err != nil || same.Interest != d.Interest || same.Boxes[0].Box().Cases != box.Cases {
		t.Errorf("%v: a measure and a label that say the same lead to different boxes", err)
	}
	d.Tables()
	if _, err := d.Write(frame.CSV); err != nil {
		t.Fatal(err)
	}
	boxes, err := frame.Read(s.Dir, "prim_boxes")
	if err != nil || strings.Join(boxes.Names(), ",") != "outcome,box,parameter,low,high,levels,quasi_p" || boxes.Rows() != 5 {
		t.Fatal(err, boxes)
	}
	levels, err := boxes.Words("levels")
	if err != nil || !slices.Contains(levels, "all;none") || !slices.Contains(levels, "2020-01-01;2021-01-01") {
		t.Error(err, levels)
	}
	way, err := frame.Read(s.Dir, "prim_trajectory")
	if err != nil || !strings.HasPrefix(strings.Join(way.Names(), ","), "outcome,box,step,coverage,density,mass,restricted,chosen") {
		t.Fatal(err, way.Names())
	}
	keepsOthers(t, s, boxes, way)
	var screen, object strings.Builder
	if err := d.WriteScreen(&screen, output.Look{}, true); err != nil || !strings.Contains(screen.String(), "a.switch") {
		t.Error(err)
	}
	if err := d.WriteJSON(&object); err != nil || strings.Contains(object.String(), "NaN") || strings.Contains(object.String(), "Inf") {
		t.Error(err)
	}
}

// keepsOthers asks for a second outcome, in either format and again: the rows of the
// first stay as they were.
func keepsOthers(t *testing.T, s *Folder, boxes, way *frame.Frame) {
	t.Helper()
	second, err := discovery.Parse(&s.Sweep, "depth<0.2")
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Discover(second, discovery.Search{Threshold: .9, Boxes: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{frame.Parquet, frame.CSV, frame.CSV} {
		if _, err := d.Write(format); err != nil {
			t.Fatal(err)
		}
		for n, own := range d.Tables() {
			first := []*frame.Frame{boxes, way}[n]
			both, err := frame.Read(s.Dir, own.Name)
			if err != nil || both.Rows() != own.Frame.Rows()+first.Rows() {
				t.Fatalf("%v: %s holds %d rows of two outcomes, not %d and %d", err, own.Name, both.Rows(), own.Frame.Rows(), first.Rows())
			}
			for _, name := range first.Names() {
				was, _ := first.Words(name)
				is, _ := both.Words(name)
				if !slices.Equal(is[own.Frame.Rows():], was) {
					t.Errorf("%s as %s: column %s of the first outcome is %q and was %q", own.Name, format, name, is[own.Frame.Rows():], was)
				}
			}
		}
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "prim_boxes.csv"), []byte("mine\n1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Write(frame.CSV); err == nil || !strings.Contains(err.Error(), "prim_boxes") {
		t.Errorf("a table of somebody else's was replaced: %v", err)
	}
}

func TestDiscoverNothing(t *testing.T) {
	b := bench{
		design: experiment.Spec{Name: experiment.Latin, N: 400, Seed: 1}, factors: kinds(), runs: 1,
		model: func(_ []float64, point, replicate int) (float64, verdict.Label) {
			if sim.NewStream(uint64(replicate), "test", point).Whole().Float64() < .3 {
				return 0, verdict.Hostile
			}
			return 1, verdict.Drift
		},
	}
	s := b.write(t)
	warnings := func(text string) string {
		t.Helper()
		o, err := discovery.Parse(&s.Sweep, text)
		if err != nil {
			t.Fatal(err)
		}
		d, err := s.Discover(o, discovery.Search{})
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(d.Cautions(), "\n")
	}
	if w := warnings("hostile-fragmentation"); !strings.Contains(w, "No box:") && !strings.Contains(w, "may be chance") {
		t.Errorf("nothing leads there, and the warnings are %q", w)
	}
	if w := warnings("margin>=0"); !strings.Contains(w, "Every run has this outcome") {
		t.Error(w)
	}
	if w := warnings("margin>0.5 & drift"); !strings.Contains(w, "No box:") && !strings.Contains(w, "may be chance") {
		t.Error(w)
	}
	if w := warnings("thin-consensus"); !strings.Contains(w, "No run has this outcome") {
		t.Error(w)
	}
	if w := warnings("drift|hostile-fragmentation"); !strings.Contains(w, "Every run has this outcome") {
		t.Error(w)
	}
}

// An outcome that is the rule needs no condition.
func TestDiscoverTheRule(t *testing.T) {
	b := bench{
		design: experiment.Spec{Name: experiment.Latin, N: 300, Seed: 1}, factors: circle(), runs: 1,
		model: func(_ []float64, point, replicate int) (float64, verdict.Label) {
			if sim.NewStream(uint64(replicate), "test", point).Whole().Float64() < .1 {
				return 0, verdict.Hostile
			}
			return 1, verdict.Drift
		},
	}
	s := b.write(t)
	o, err := discovery.Parse(&s.Sweep, "drift")
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Discover(o, discovery.Search{})
	if err != nil || d.Boxes[0].Box().Restricted > 0 || !strings.Contains(strings.Join(d.Cautions(), "\n"), "reaches the threshold without any condition") {
		t.Errorf("%v, %+v, %q", err, d.Boxes, d.Cautions())
	}
}

// The effects of a noise-free linear model through the whole path are those of
// the mathematics alone.
func TestLibraryAgrees(t *testing.T) {
	b := bench{
		design: experiment.Spec{Name: experiment.Saltelli, N: 64, Seed: 1}, factors: circle(), runs: 1,
		model: func(x []float64, _, _ int) (float64, verdict.Label) { return frame.Round(x[0] + 2*x[1]), verdict.Drift },
	}
	s := b.write(t)
	a, err := s.Sensitivity(sensitivity.Auto, []string{"depth"})
	if err != nil {
		t.Fatal(err)
	}
	indices, _, err := analysis.SobolIndices(a.Values[0], 3, sensitivity.Seed)
	if err != nil || !slices.Equal(indices, a.Results[0].Indices) {
		t.Error(err)
	}
}
