package analysis

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"splinternet/sim"
	"splinternet/sim/experiment"
)

// ishigami is Ishigami and Homma's (1990) function on the unit cube, a = 7, b = .1.
func ishigami(u []float64) float64 {
	x := func(k int) float64 { return math.Pi * (2*u[k] - 1) }
	return math.Sin(x(0)) + 7*math.Pow(math.Sin(x(1)), 2) + .1*math.Pow(x(2), 4)*math.Sin(x(0))
}

// The closed form's indices, to four digits (Saltelli et al. 2008, p. 179).
var (
	ishigamiFirst = []float64{.3139, .4424, 0}
	ishigamiTotal = []float64{.5576, .4424, .2437}
)

// sobolG is Sobol's g-function with the coefficients a (Saltelli et al. 2010,
// equation 25).
func sobolG(a []float64) func(u []float64) float64 {
	return func(u []float64) float64 {
		product := 1.
		for k := range a {
			product *= (math.Abs(4*u[k]-2) + a[k]) / (1 + a[k])
		}
		return product
	}
}

// sobolGIndices are its indices in closed form.
func sobolGIndices(a []float64) (first, total []float64) {
	product := 1.
	for _, x := range a {
		product *= 1 + 1/(3*(1+x)*(1+x))
	}
	variance := product - 1
	for _, x := range a {
		v := 1 / (3 * (1 + x) * (1 + x))
		first = append(first, v/variance)
		total = append(total, v*product/(1+v)/variance)
	}
	return first, total
}

func linear(c ...float64) func(u []float64) float64 {
	return func(u []float64) float64 {
		sum := 0.0
		for k := range c {
			sum += c[k] * u[k]
		}
		return sum
	}
}

func designOf(t *testing.T, s experiment.Spec) [][]float64 {
	t.Helper()
	d, err := s.Design()
	if err != nil {
		t.Fatal(err)
	}
	return d.Points
}

// once plays each point once.
func once(points [][]float64, f func([]float64) float64) Runs {
	runs := make(Runs, len(points))
	for p, u := range points {
		runs[p] = []float64{f(u)}
	}
	return runs
}

func TestSobolClosedForms(t *testing.T) {
	a := []float64{0, 1, 4.5, 9, 99, 99}
	firstG, totalG := sobolGIndices(a)
	for _, c := range []struct {
		name         string
		f            func([]float64) float64
		first, total []float64
	}{
		{"Ishigami", ishigami, ishigamiFirst, ishigamiTotal},
		{"Sobol G", sobolG(a), firstG, totalG},
		{"linear", linear(4, 2, 1, 0), []float64{16. / 21, 4. / 21, 1. / 21, 0}, []float64{16. / 21, 4. / 21, 1. / 21, 0}},
	} {
		points := designOf(t, experiment.Spec{Name: experiment.Saltelli, Factors: len(c.first), N: 4096, Seed: 1})
		indices, dropped, err := SobolIndices(once(points, c.f), len(c.first), 1)
		if err != nil || dropped > 0 {
			t.Fatal(err, dropped)
		}
		for g, i := range indices {
			near(t, c.name+": first order", i.First.Value, c.first[g], .02)
			near(t, c.name+": total order", i.Total.Value, c.total[g], .02)
			// The intervals assume independent rows; a scrambled sequence does better.
			if i.First.Low > c.first[g] || i.First.High < c.first[g] || i.Total.Low > c.total[g] || i.Total.High < c.total[g] {
				t.Errorf("%s, factor %d: %+v does not hold %.4f and %.4f", c.name, g, i, c.first[g], c.total[g])
			}
		}
	}
}

// In a model without interactions the indices of groups are sums of those of
// their factors.
func TestSobolGroups(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Saltelli, Factors: 4, N: 2048, Seed: 1, Groups: []int{0, 1, 0, 1}})
	indices, _, err := SobolIndices(once(points, linear(4, 2, 1, 0)), 2, 1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "first", indices[0].First.Value, 17./21, .02)
	near(t, "second", indices[1].Total.Value, 4./21, .02)
}

// A linear model has the same effect everywhere: mu is the coefficient, sigma 0.
func TestMorrisLinear(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Morris, Factors: 4, N: 10, Seed: 1})
	effects, broken, err := MorrisEffects(MorrisDesign{Positions: points}, once(points, linear(4, -2, 1, 0)), 1)
	if err != nil || broken > 0 {
		t.Fatal(err, broken)
	}
	for g, want := range []float64{4, -2, 1, 0} {
		e := effects[g]
		near(t, "mu", e.Mu, want, 1e-12)
		near(t, "mu*", e.MuStar.Value, math.Abs(want), 1e-12)
		near(t, "sigma", e.Sigma, 0, 1e-12)
		near(t, "low", e.MuStar.Low, math.Abs(want), 1e-12)
		if e.MuStar.N != 10 {
			t.Errorf("%d effects of 10 trajectories", e.MuStar.N)
		}
		if !math.IsNaN(e.Noise) {
			t.Errorf("noise %g is known from one replicate", e.Noise)
		}
	}
}

// testdata/salib.json holds designs that SALib 1.6.0 (with NumPy 2.4.6) made,
// the values of its own test functions on them, and the indices that it gives:
// morris.sample(20 and 15 trajectories of 4 levels, without optimisation) on
// Ishigami and, in groups, on Sobol-G; sobol.sample(128 and 64 rows, without
// second order) on the same.
type salib struct {
	Morris struct {
		Points    [][]float64
		Values    []float64
		Mu, Sigma []float64
		MuStar    []float64 `json:"mu_star"`
	}
	MorrisGroups struct {
		Points [][]float64
		Values []float64
		Groups []int
		MuStar []float64 `json:"mu_star"`
	} `json:"morris_groups"`
	Sobol struct {
		Values []float64
		S1, ST []float64
		S1Conf []float64 `json:"s1_conf"`
		STConf []float64 `json:"st_conf"`
	}
	SobolGroups struct {
		Values []float64
		S1, ST []float64
	} `json:"sobol_groups"`
}

func readSALib(t *testing.T) *salib {
	t.Helper()
	text, err := os.ReadFile("testdata/salib.json")
	if err != nil {
		t.Fatal(err)
	}
	s := new(salib)
	if err := json.Unmarshal(text, s); err != nil {
		t.Fatal(err)
	}
	for _, points := range [][][]float64{s.Morris.Points, s.MorrisGroups.Points} {
		for _, p := range points { // levels 0 to 3
			for k := range p {
				p[k] /= 3
			}
		}
	}
	return s
}

func column(values []float64) Runs {
	runs := make(Runs, len(values))
	for p, y := range values {
		runs[p] = []float64{y}
	}
	return runs
}

func TestMorrisAgainstSALib(t *testing.T) {
	s := readSALib(t)
	effects, _, err := MorrisEffects(MorrisDesign{Positions: s.Morris.Points}, column(s.Morris.Values), 1)
	if err != nil {
		t.Fatal(err)
	}
	for g, e := range effects {
		near(t, "mu", e.Mu, s.Morris.Mu[g], 1e-9)
		near(t, "mu*", e.MuStar.Value, s.Morris.MuStar[g], 1e-9)
		near(t, "sigma", e.Sigma, s.Morris.Sigma[g], 1e-9)
	}
	grouped, _, err := MorrisEffects(MorrisDesign{Positions: s.MorrisGroups.Points, Groups: s.MorrisGroups.Groups}, column(s.MorrisGroups.Values), 1)
	if err != nil || len(grouped) != 3 {
		t.Fatal(err, len(grouped))
	}
	for g, e := range grouped {
		near(t, "mu* of a group", e.MuStar.Value, s.MorrisGroups.MuStar[g], 1e-9)
		if !math.IsNaN(e.Mu) || !math.IsNaN(e.Sigma) {
			t.Errorf("group %d has a direction: %+v", g, e)
		}
	}
}

func TestSobolAgainstSALib(t *testing.T) {
	s := readSALib(t)
	indices, _, err := SobolIndices(column(s.Sobol.Values), 3, 1)
	if err != nil {
		t.Fatal(err)
	}
	for g, i := range indices {
		near(t, "S1", i.First.Value, s.Sobol.S1[g], 1e-9)
		near(t, "ST", i.Total.Value, s.Sobol.ST[g], 1e-9)
		// SALib's half-widths are 1.96 standard deviations of its resamples, ours
		// percentiles of other resamples: widths agree, digits need not.
		near(t, "width of S1", (i.First.High-i.First.Low)/2, s.Sobol.S1Conf[g], .1*s.Sobol.S1Conf[g])
		near(t, "width of ST", (i.Total.High-i.Total.Low)/2, s.Sobol.STConf[g], .1*s.Sobol.STConf[g])
	}
	grouped, _, err := SobolIndices(column(s.SobolGroups.Values), 3, 1)
	if err != nil {
		t.Fatal(err)
	}
	for g, i := range grouped {
		near(t, "S1 of a group", i.First.Value, s.SobolGroups.S1[g], 1e-9)
		near(t, "ST of a group", i.Total.Value, s.SobolGroups.ST[g], 1e-9)
	}
}

// Switches, words and whole numbers: a switch that adds 2, a word of three that
// adds 0, 1 or 5, and a number that does nothing.
func TestMorrisDiscrete(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Morris, Factors: 3, N: 60, Seed: 1, Values: []int{2, 3, 0}})
	positions := make([][]float64, len(points))
	runs := make(Runs, len(points))
	for p, u := range points {
		on, word := experiment.Level(u[0], 2), experiment.Level(u[1], 3)
		positions[p] = []float64{float64(on), float64(word), u[2]}
		runs[p] = []float64{2*float64(on) + []float64{0, 1, 5}[word]}
	}
	d := MorrisDesign{Positions: positions, Unordered: []bool{false, true, false}}
	effects, broken, err := MorrisEffects(d, runs, 1)
	if err != nil || broken > 0 {
		t.Fatal(err, broken)
	}
	if e := effects[0]; e.Mu != 2 || e.MuStar.Value != 2 || e.Sigma != 0 {
		t.Errorf("switch: %+v", e)
	}
	// Sizes 1, 4, 5 with equal chances: mean 10/3, standard error .22.
	near(t, "mu* of a word", effects[1].MuStar.Value, 10./3, .6)
	if e := effects[1]; !math.IsNaN(e.Mu) || !math.IsNaN(e.Sigma) {
		t.Errorf("a word has a direction: %+v", e)
	}
	if e := effects[2]; e.MuStar.Value != 0 {
		t.Errorf("idle: %+v", e)
	}
}

// noisyRuns adds chance to f: shared by the points of a replicate, and own.
func noisyRuns(points [][]float64, f func([]float64) float64, replicates int, shared, own float64) Runs {
	runs := make(Runs, len(points))
	for p, u := range points {
		for r := range replicates {
			common := sim.NewStream(uint64(r), "shared", 0).Whole().NormFloat64()
			single := sim.NewStream(uint64(r), "own", p).Whole().NormFloat64()
			runs[p] = append(runs[p], f(u)+shared*common+own*single)
		}
	}
	return runs
}

// Chance that points share cancels in effects; chance of their own does not, and
// Noise says what mu* it makes of a factor that does nothing.
func TestMorrisNoise(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Morris, Factors: 3, N: 50, Seed: 1})
	d := MorrisDesign{Positions: points}
	shared, _, err := MorrisEffects(d, noisyRuns(points, linear(4, 1, 0), 5, 10, 0), 1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "mu* under shared chance", shared[0].MuStar.Value, 4, 1e-9)
	near(t, "noise under shared chance", shared[0].Noise, 0, 1e-9)
	own, _, err := MorrisEffects(d, noisyRuns(points, linear(4, 1, 0), 5, 10, 1), 1)
	if err != nil {
		t.Fatal(err)
	}
	// An effect's error: sqrt(2/5) over a step of 2/3.
	want := math.Sqrt(2/math.Pi) * math.Sqrt(2./5) * 1.5
	near(t, "noise", own[2].Noise, want, .15*want)
	near(t, "mu* of what does nothing", own[2].MuStar.Value, own[2].Noise, .35*want)
	if own[0].MuStar.Low < 2*own[0].Noise {
		t.Errorf("an effect of 4 is not told from noise: %+v", own[0])
	}
}

// Failed runs cost the effects of their own steps and no more.
func TestMorrisFailedRuns(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Morris, Factors: 3, N: 20, Seed: 1})
	runs := noisyRuns(points, linear(4, 1, -2), 3, 10, 0)
	runs[5][1] = nan                                      // one replicate of the second trajectory
	runs[9] = []float64{nan, nan, nan}                    // a point inside the third
	runs[12], runs[15] = runs[9], runs[9]                 // both ends of the fourth
	runs[20][0], runs[21][1], runs[21][2] = nan, nan, nan // no replicate in common
	effects, broken, err := MorrisEffects(MorrisDesign{Positions: points}, runs, 1)
	if err != nil || broken != 3 {
		t.Fatalf("%v, %d broken trajectories, want 3", err, broken)
	}
	lost := 0
	for g, want := range []float64{4, 1, -2} {
		near(t, "mu", effects[g].Mu, want, 1e-9)
		lost += 20 - effects[g].MuStar.N
	}
	if lost != 5 {
		t.Errorf("%d effects are lost, want 2 + 2 + 1", lost)
	}
}

// A failed point costs its row as a whole, or the estimate would mix rows.
func TestSobolFailedRuns(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Saltelli, Factors: 3, N: 600, Seed: 1})
	runs := noisyRuns(points, ishigami, 3, 20, 0)
	whole, _, _ := SobolIndices(runs, 3, 1)
	for p := 7; p < len(runs); p += 50 { // one replicate: its row goes on with two
		runs[p][p%3] = nan
	}
	partly, dropped, err := SobolIndices(runs, 3, 1)
	if err != nil || dropped != 0 {
		t.Fatal(err, dropped)
	}
	// Every tenth row, but not in step with the bases of the sequence.
	for k, row := range sim.NewStream(1, "test", 0).Whole().Perm(600)[:60] {
		runs[5*row+k%5] = []float64{nan, nan, nan}
	}
	without, dropped, err := SobolIndices(runs, 3, 1)
	if err != nil || dropped != 60 || without[0].First.N != 540 {
		t.Fatal(err, dropped, without[0].First.N)
	}
	for g := range whole {
		near(t, "S1 without rows", without[g].First.Value, ishigamiFirst[g], .12)
		near(t, "ST without rows", without[g].Total.Value, ishigamiTotal[g], .12)
		if partly[g] == whole[g] {
			t.Error("a lost replicate changes nothing")
		}
	}
}

func TestConstantMeasure(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Saltelli, Factors: 2, N: 50, Seed: 1})
	indices, _, err := SobolIndices(once(points, func([]float64) float64 { return 1. / 3 }), 2, 1)
	if err != nil || !math.IsNaN(indices[0].First.Value) || !math.IsNaN(indices[0].Total.Low) {
		t.Errorf("%v, %+v: a constant has no indices", err, indices)
	}
}

func TestEffectsErrors(t *testing.T) {
	points := [][]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
	for _, err := range []error{
		third(MorrisEffects(MorrisDesign{Positions: points}, once(points, linear(1, 1)), 1)),
		third(MorrisEffects(MorrisDesign{Positions: points[:3]}, once(points, linear(1, 1)), 1)),
		third(SobolIndices(once(points, linear(1, 1)), 3, 1)),
		third(SobolIndices(Runs{{nan}, {1}, {2}, {3}}, 2, 1)),
	} {
		if err == nil || strings.Contains(err.Error(), "%!") {
			t.Errorf("%v, want an error that says what is wrong", err)
		}
	}
}

func third[A, B any](_ A, _ B, err error) error { return err }

func TestEffectsRepeat(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Morris, Factors: 3, N: 10, Seed: 1})
	a, _, _ := MorrisEffects(MorrisDesign{Positions: points}, once(points, ishigami), 3)
	b, _, _ := MorrisEffects(MorrisDesign{Positions: points}, once(points, ishigami), 3)
	for g := range a {
		a[g].Noise, b[g].Noise = 0, 0
	}
	if !reflect.DeepEqual(a, b) {
		t.Error("one seed gave two sets of intervals")
	}
}

// Known variances: f has variance (16 + 1)/12, chance 4 + 1.
func TestPartition(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Halton, Factors: 2, N: 1500, Seed: 1})
	parameters := 17. / 12
	for _, c := range []struct {
		shared, own float64
		replicates  int
		tolerance   float64
	}{{0, 1, 2, .1}, {0, 1, 20, .05}, {0, 0, 3, 1e-9}, {0, 3, 4, .5}} {
		n := Partition(noisyRuns(points, linear(4, 1), c.replicates, c.shared, c.own))
		near(t, "variance of parameters", n.Parameters, parameters, .05+c.tolerance)
		near(t, "variance of replicates", n.Replicates, c.own*c.own, c.tolerance)
		left := c.own * c.own / float64(c.replicates)
		near(t, "share of chance between points", n.Means, left/(left+parameters), .1*c.tolerance)
	}
	// Shared chance counts as chance, and never as parameters. Forty draws of it
	// have a sample variance within 40 % of 4 but for one case in a hundred.
	n := Partition(noisyRuns(points, linear(4, 1), 40, 2, 1))
	near(t, "variance of parameters under shared chance", n.Parameters, parameters, .05)
	near(t, "variance of replicates under shared chance", n.Replicates, 5, 2)
	near(t, "what points do not share of it", n.Own, 1, .05)
	near(t, "share of chance between points under shared chance", n.Means, 1./40/(1./40+parameters), .005)
}

func TestPartitionFailedRuns(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Halton, Factors: 2, N: 3000, Seed: 1})
	runs := noisyRuns(points, linear(4, 1), 3, 0, 1)
	for p := range runs {
		if p%4 != 0 {
			runs[p][p%3] = nan
		}
		if p%100 == 1 {
			runs[p] = []float64{nan, nan, nan}
		}
	}
	n := Partition(runs)
	near(t, "variance of parameters", n.Parameters, 17./12, .12)
	near(t, "variance of replicates", n.Replicates, 1, .06)
	near(t, "share of chance between points", n.Means, 1./2.25/(1./2.25+17./12), .03) // 6690 runs in 2970 points
	if n.Runs+n.Failed != 9000 || n.Failed != 2250+2*30 || n.Whole != 750 {
		t.Errorf("%+v: 2310 failed, 750 points are whole", n)
	}
	if one := Partition(once(points, linear(4, 1))); !math.IsNaN(one.Share()) || !math.IsNaN(one.Means) {
		t.Errorf("%+v: one replicate says nothing of chance", one)
	}
}

func BenchmarkSobolIndices(b *testing.B) {
	s := experiment.Spec{Name: experiment.Saltelli, Factors: 8, N: 1024, Seed: 1}
	d, err := s.Design()
	if err != nil {
		b.Fatal(err)
	}
	runs := once(d.Points, sobolG([]float64{0, 1, 4.5, 9, 99, 99, 99, 99}))
	for b.Loop() {
		if _, _, err := SobolIndices(runs, 8, 1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMorrisEffects(b *testing.B) {
	s := experiment.Spec{Name: experiment.Morris, Factors: 70, N: 20, Seed: 1}
	d, err := s.Design()
	if err != nil {
		b.Fatal(err)
	}
	runs := once(d.Points, linear(make([]float64, 70)...))
	for b.Loop() {
		if _, _, err := MorrisEffects(MorrisDesign{Positions: d.Points}, runs, 1); err != nil {
			b.Fatal(err)
		}
	}
}
