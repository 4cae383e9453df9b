package analysis

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// Correlation is Pearson's correlation of two lists of numbers with Fisher's 95 %
// interval (Fisher 1921). With fewer than four pairs there is no interval, and where one
// of the lists does not vary there is no correlation.
func Correlation(x, y []float64) Estimate {
	e := Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN(), N: len(x)}
	if len(x) < 2 || variance(x) == 0 || variance(y) == 0 {
		return e
	}
	e.Value = stat.Correlation(x, y, nil)
	if len(x) > 3 {
		z, half := math.Atanh(e.Value), normal975/math.Sqrt(float64(len(x)-3))
		e.Low, e.High = math.Tanh(z-half), math.Tanh(z+half)
	}
	return e
}
