package analysis

import (
	"math"
	"testing"
)

// By hand: x 1 2 3 4, y 1 3 2 4 have covariance 4/3 and variances 5/3, so r = .8.
func TestCorrelation(t *testing.T) {
	e := Correlation([]float64{1, 2, 3, 4}, []float64{1, 3, 2, 4})
	if math.Abs(e.Value-.8) > 1e-12 || e.Low > -.6 || e.High < .99 {
		t.Errorf("%+v", e)
	}
	if e := Correlation([]float64{1, 1}, []float64{1, 2}); !math.IsNaN(e.Value) {
		t.Errorf("without variation: %+v", e)
	}
}
