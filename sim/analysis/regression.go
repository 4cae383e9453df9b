package analysis

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

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
		return nil, fmt.Errorf("%d points are too few for %d coefficients", len(points), len(columns))
	}
	if !varies {
		return r, nil
	}
	var kept []int
	var z [][]float64
	for k, c := range columns {
		if column, varies := standard(c, points); varies && !dependent(z, column) {
			kept, z = append(kept, k), append(z, column)
		}
	}
	if len(kept) == 0 {
		r.R2 = 0
		return r, nil
	}
	r.fit(kept, z, target)
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

// dependent tells whether a column is all but a combination of others (as the
// last of a set of indicators is), by taking its share in each away in turn.
func dependent(basis [][]float64, column []float64) bool {
	if len(basis) == 0 {
		return false
	}
	a := mat.NewDense(len(column), len(basis), nil)
	for k, b := range basis {
		a.SetCol(k, b)
	}
	var fitted, residual mat.VecDense
	target := mat.NewVecDense(len(column), slices.Clone(column))
	if err := fitted.SolveVec(a, target); err != nil {
		return false // the basis itself was checked column by column
	}
	residual.MulVec(a, &fitted)
	residual.SubVec(target, &residual)
	return mat.Norm(&residual, 2) < 1e-6
}

func (r *Regression) fit(kept []int, z [][]float64, target []float64) {
	n, k := len(target), len(kept)
	a := mat.NewDense(n, k, nil)
	for j, column := range z {
		a.SetCol(j, column)
	}
	y := mat.NewVecDense(n, target)
	var normal, inverse mat.Dense
	normal.Mul(a.T(), a)
	if err := inverse.Inverse(&normal); err != nil {
		return
	}
	var moments, beta, fitted mat.VecDense
	moments.MulVec(a.T(), y)
	beta.MulVec(&inverse, &moments)
	fitted.MulVec(a, &beta)
	rest := 0.0
	for i := range n {
		e := target[i] - fitted.AtVec(i)
		rest += e * e
	}
	r.R2 = 1 - rest
	free := n - k - 1
	for j, column := range kept {
		value := beta.AtVec(j)
		half := student975(free) * math.Sqrt(rest/float64(free)*inverse.At(j, j))
		r.Coefficients[column] = Estimate{value, value - half, value + half, n}
	}
}

// FirstOrder estimates from any sample of points the share of the variance of
// y that a factor accounts for by itself, the correlation ratio (Pearson 1905;
// Plischke, Borgonovo and Smith 2013): the variance of the means of y within
// classes of the factor. class gives the class of each point, from 0 up; see
// Classes. What classes of that size would show by chance is taken off (Kelley
// 1935), so an idle factor has 0 on average and can lie below. The interval is
// 1.96 bootstrap standard errors each way. Points whose y is NaN are left out;
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
	values, sample := make([]float64, resamples/2), make([]int, len(kept))
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
