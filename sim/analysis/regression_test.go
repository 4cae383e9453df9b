package analysis

import (
	"math"
	"testing"

	"splinternet/sim"
	"splinternet/sim/experiment"
)

// Longley's (1967) data with two of the six columns. With two columns the
// standardised coefficients have a closed form in the three correlations:
// r(y,1) = .98355, r(y,2) = .50250, r(1,2) = .60426.
var (
	employed = []float64{
		60.323, 61.122, 60.171, 61.187, 63.221, 63.639, 64.989, 63.761, 66.019, 67.857, 68.169, 66.513, 68.655, 69.564, 69.331, 70.551,
	}
	gnp = []float64{
		234.289, 259.426, 258.054, 284.599, 328.975, 346.999, 365.385, 363.112, 397.469, 419.18, 442.769, 444.546, 482.704, 502.601, 518.173, 554.894,
	}
	unemployed = []float64{
		235.6, 232.5, 368.2, 335.1, 209.9, 193.2, 187, 357.8, 290.4, 282.2, 293.6, 468.1, 381.3, 393.1, 480.6, 400.7,
	}
)

func TestRegress(t *testing.T) {
	y := append([]float64{nan}, employed...)
	r, err := Regress([][]float64{append([]float64{1e9}, gnp...), append([]float64{-1}, unemployed...)}, y)
	if err != nil || r.Points != 16 {
		t.Fatal(err, r)
	}
	y1, y2, both := .98355, .50250, .60426
	want1, want2 := (y1-y2*both)/(1-both*both), (y2-y1*both)/(1-both*both)
	near(t, "coefficient of GNP", r.Coefficients[0].Value, want1, 2e-4)
	near(t, "coefficient of unemployment", r.Coefficients[1].Value, want2, 2e-4)
	near(t, "R2", r.R2, want1*y1+want2*y2, 2e-4)
	// The standard error of a standardised coefficient with two columns.
	se := math.Sqrt((1 - r.R2) / (1 - both*both) / 13)
	near(t, "half-width", r.Coefficients[0].High-want1, 2.160369*se, 2e-3)
}

// A linear model is all that regression sees of a linear model.
func TestRegressLinear(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Latin, Factors: 4, N: 500, Seed: 1})
	columns, y := transpose(points), once(points, linear(4, -2, 1, 0)).Means()
	r, err := Regress(columns, y)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "R2", r.R2, 1, 1e-9)
	for k, c := range []float64{4, -2, 1, 0} {
		near(t, "coefficient", r.Coefficients[k].Value, c/math.Sqrt(21), .05)
	}
}

// Columns that do not vary or that repeat another have no coefficient, and take
// none from the others.
func TestRegressDependentColumns(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Latin, Factors: 2, N: 100, Seed: 1})
	columns := transpose(points)
	y := once(points, linear(1, 1)).Means()
	constant, sum := make([]float64, 100), make([]float64, 100)
	for p := range sum {
		constant[p], sum[p] = 7, columns[0][p]-columns[1][p]
	}
	r, err := Regress([][]float64{columns[0], constant, columns[1], sum}, y)
	if err != nil {
		t.Fatal(err)
	}
	if !math.IsNaN(r.Coefficients[1].Value) || !math.IsNaN(r.Coefficients[3].Value) || !(r.Coefficients[2].Value > .5) {
		t.Errorf("%+v", r.Coefficients)
	}
	near(t, "R2", r.R2, 1, 1e-9)
	if flat, err := Regress(columns, constant); err != nil || !math.IsNaN(flat.R2) {
		t.Errorf("%+v, %v: a constant has no R2", flat, err)
	}
	if _, err := Regress(columns, make([]float64, 3)); err == nil {
		t.Error("three points are enough for two coefficients")
	}
}

func transpose(points [][]float64) [][]float64 {
	columns := make([][]float64, len(points[0]))
	for k := range columns {
		for _, p := range points {
			columns[k] = append(columns[k], p[k])
		}
	}
	return columns
}

func TestFirstOrder(t *testing.T) {
	points := designOf(t, experiment.Spec{Name: experiment.Latin, Factors: 3, N: 4000, Seed: 1})
	y := once(points, ishigami).Means()
	for k, column := range transpose(points) {
		e := FirstOrder(Classes(column), y, 1)
		near(t, "first order", e.Value, ishigamiFirst[k], .03)
		if e.Low > ishigamiFirst[k] || e.High < ishigamiFirst[k] {
			t.Errorf("factor %d: %+v does not hold %.4f", k, e, ishigamiFirst[k])
		}
	}
}

// What a factor that does nothing shows is 0 on average, not the share of
// classes in points.
func TestFirstOrderIsUnbiased(t *testing.T) {
	sum := 0.0
	for seed := range uint64(400) {
		rng := sim.NewStream(seed, "test", 0).Whole()
		class, y := make([]int, 60), make([]float64, 60)
		for p := range y {
			class[p], y[p] = rng.IntN(10), rng.NormFloat64()
		}
		all := make([]int, 60)
		for p := range all {
			all[p] = p
		}
		sum += correlationRatio(class, y, all)
	}
	near(t, "mean of an idle factor", sum/400, 0, .01) // uncorrected: 9/59
}

func TestFirstOrderEdges(t *testing.T) {
	if e := FirstOrder([]int{0, 1, 0, 1}, []float64{2, 2, 2, 2}, 1); !math.IsNaN(e.Value) {
		t.Errorf("%+v: a constant has no shares", e)
	}
	// All of the variance lies between the classes.
	if e := FirstOrder([]int{0, 1, 0, 1, 1}, []float64{2, 3, 2, 3, nan}, 1); e.Value != 1 || e.N != 4 {
		t.Errorf("%+v, want 1 of 4 points", e)
	}
}

func TestClasses(t *testing.T) {
	few := Classes([]float64{5, 1, 5, 2, 1})
	for p, want := range []int{2, 0, 2, 1, 0} {
		if few[p] != want {
			t.Fatalf("classes %v of three values", few)
		}
	}
	x := make([]float64, 1000)
	for p := range x {
		x[p] = float64((p * 7919) % 1000)
	}
	counts := make([]int, 15)
	for _, c := range Classes(x) {
		counts[c]++
	}
	for _, n := range counts {
		if n < 66 || n > 67 {
			t.Errorf("classes of unequal size: %v", counts)
		}
	}
}
