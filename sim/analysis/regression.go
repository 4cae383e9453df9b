package analysis

import (
	"fmt"
	"math"
	"slices"

	"splinternet/sim"
)

// LeastR2 is the share of variance below which standardised regression
// coefficients say too little to rank parameters by (Saltelli et al. 2008, p. 41).
const LeastR2 = .7

// Regression are the standardised coefficients of a linear model of a measure.
type Regression struct {
	// Coefficients by column: standard deviations that the measure moves with one
	// of the column, others being equal, with Student's intervals. NaN for a
	// column that does not vary, or that others determine.
	Coefficients []Estimate

	R2     float64 // share of the variance that the linear model accounts for
	Points int     // that the model was fitted to
}

// TooFewError says that there are too few points for a regression.
type TooFewError struct{ Points, Coefficients int }

func (e *TooFewError) Error() string {
	return fmt.Sprintf("%d points are too few for %d coefficients", e.Points, e.Coefficients)
}

// Regress fits the measure y, by point, to columns of factor values by least
// squares. Points whose y is NaN are left out. It is an error when fewer points
// than coefficients are left, and R2 is NaN when y does not vary.
func Regress(columns [][]float64, y []float64) (*Regression, error) {
	var points []int
	for p, v := range y {
		if !math.IsNaN(v) {
			points = append(points, p)
		}
	}
	r := &Regression{Points: len(points), R2: math.NaN(), Coefficients: make([]Estimate, len(columns))}
	for k := range r.Coefficients {
		r.Coefficients[k] = Estimate{math.NaN(), math.NaN(), math.NaN(), len(points)}
	}
	target, varies := standard(y, points)
	if len(points) < len(columns)+2 {
		return nil, &TooFewError{len(points), len(columns)}
	}
	if !varies {
		return r, nil
	}
	g := newGram(target)
	for k, c := range columns {
		if column, varies := standard(c, points); varies {
			g.add(k, column)
		}
	}
	g.solve(r)
	return r, nil
}

// standard is a column at the points with mean 0 and sum of squares 1.
func standard(column []float64, points []int) (z []float64, varies bool) {
	z = make([]float64, len(points))
	sum := 0.0
	for i, p := range points {
		z[i] = column[p]
		sum += z[i]
	}
	centre, squares, size := sum/float64(len(points)), 0.0, 0.0
	for i := range z {
		size += z[i] * z[i]
		z[i] -= centre
		squares += z[i] * z[i]
	}
	if squares <= 1e-20*size || len(points) == 0 {
		return z, false
	}
	for i := range z {
		z[i] /= math.Sqrt(squares)
	}
	return z, true
}

// gram gathers columns of a regression and factors their matrix of correlations as
// it goes (Cholesky), which shows at once when a column is all but a combination of
// those before it, as the last of a set of indicators is.
type gram struct {
	target  []float64
	columns [][]float64
	names   []int       // by column: its place among all
	lower   [][]float64 // triangular factor, by row
}

func newGram(target []float64) *gram { return &gram{target: target} }

// least is the share of a column that must be new for it to count.
const least = 1e-9

func (g *gram) add(name int, column []float64) {
	row := make([]float64, 0, len(g.columns)+1)
	rest := 1.0
	for j, other := range g.columns {
		x := dot(column, other)
		for i := range j {
			x -= row[i] * g.lower[j][i]
		}
		x /= g.lower[j][j]
		row = append(row, x)
		rest -= x * x
	}
	if rest < least {
		return
	}
	g.columns, g.names = append(g.columns, column), append(g.names, name)
	g.lower = append(g.lower, append(row, math.Sqrt(rest)))
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// solve fills in the coefficients and R2.
func (g *gram) solve(r *Regression) {
	k := len(g.columns)
	inverse := g.inverse()
	explained := 0.0
	beta := make([]float64, k)
	for j, column := range g.columns {
		moment := dot(column, g.target)
		for i := range k {
			beta[i] += inverse[i][j] * moment
		}
	}
	for j, column := range g.columns {
		explained += beta[j] * dot(column, g.target)
	}
	r.R2 = min(1, explained)
	free := len(g.target) - k - 1
	for j, name := range g.names {
		half := student975(free) * math.Sqrt((1-r.R2)/float64(free)*inverse[j][j])
		r.Coefficients[name] = Estimate{beta[j], beta[j] - half, beta[j] + half, len(g.target)}
	}
}

// inverse is that of the matrix of correlations.
func (g *gram) inverse() [][]float64 {
	k := len(g.columns)
	low := make([][]float64, k) // inverse of the factor
	for j := range low {
		low[j] = make([]float64, k)
		low[j][j] = 1 / g.lower[j][j]
		for i := range j {
			sum := 0.0
			for l := i; l < j; l++ {
				sum += g.lower[j][l] * low[l][i]
			}
			low[j][i] = -sum / g.lower[j][j]
		}
	}
	inverse := make([][]float64, k)
	for i := range inverse {
		inverse[i] = make([]float64, k)
		for j := range k {
			for l := max(i, j); l < k; l++ {
				inverse[i][j] += low[l][i] * low[l][j]
			}
		}
	}
	return inverse
}

// FirstOrder estimates from any sample of points the share of the variance of
// y that a factor accounts for by itself, the correlation ratio (Pearson 1905;
// Plischke, Borgonovo and Smith 2013): the variance of the means of y within
// classes of the factor. class gives the class of each point, from 0 up; see
// Classes. What classes of that size would show by chance is taken off (Kelley
// 1935), so an idle factor has 0 on average and can lie below. The interval is
// 1.96 bootstrap standard errors each way, from 500 samples, or fewer, but at
// least 50, of more than 4000 points. Points whose y is NaN are left out;
// of a y that does not vary the share is NaN.
func FirstOrder(class []int, y []float64, seed uint64) Estimate {
	var kept []int
	for p, v := range y {
		if !math.IsNaN(v) {
			kept = append(kept, p)
		}
	}
	e := Estimate{Value: correlationRatio(class, y, kept), Low: math.NaN(), High: math.NaN(), N: len(kept)}
	if math.IsNaN(e.Value) {
		return e
	}
	rng := sim.NewStream(seed, "analysis first order", 0).Whole()
	values, sample := make([]float64, max(50, min(500, 2_000_000/len(kept)))), make([]int, len(kept))
	for r := range values {
		for i := range sample {
			sample[i] = kept[rng.IntN(len(kept))]
		}
		values[r] = correlationRatio(class, y, sample)
	}
	_, sd, _ := moments(values)
	e.Low, e.High = e.Value-normal975*sd, e.Value+normal975*sd
	return e
}

func correlationRatio(class []int, y []float64, sample []int) float64 {
	most, total := 0, 0.0
	for _, p := range sample {
		most = max(most, class[p])
		total += y[p]
	}
	n := float64(len(sample))
	centre := total / n
	sums, counts := make([]float64, most+1), make([]float64, most+1)
	whole := 0.0
	for _, p := range sample {
		d := y[p] - centre
		sums[class[p]] += d
		counts[class[p]]++
		whole += d * d
	}
	between, classes := 0.0, 0.0
	for c, count := range counts {
		if count > 0 {
			between += sums[c] * sums[c] / count
			classes++
		}
	}
	if n <= classes || whole == 0 {
		return math.NaN()
	}
	within := (whole - between) / (n - classes)
	return (between - (classes-1)*within) / whole
}

// Classes sorts the values of a factor into classes of about equal size for
// FirstOrder: one for each value where there are few, else about the cube root
// of the number of points times 1.5, from 4 to 32.
func Classes(x []float64) []int {
	sorted := append([]float64(nil), x...)
	slices.Sort(sorted)
	distinct := 0
	for k, v := range sorted {
		if k == 0 || v != sorted[k-1] {
			distinct++
		}
	}
	n := max(4, min(32, int(1.5*math.Cbrt(float64(len(x))))))
	class := make([]int, len(x))
	for p, v := range x {
		below, _ := slices.BinarySearch(sorted, v)
		class[p] = below * n / len(x)
	}
	if distinct > n {
		return class
	}
	var values []float64
	for k, v := range sorted {
		if k == 0 || v != sorted[k-1] {
			values = append(values, v)
		}
	}
	for p, v := range x {
		class[p], _ = slices.BinarySearch(values, v)
	}
	return class
}
