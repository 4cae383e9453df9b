package cholesky

import (
	"math"
	"slices"
	"testing"
)

// The inverse times the matrix is one, and what Solve returns solves.
func TestSolveAndInvert(t *testing.T) {
	m := []float64{4, 1, -2, 1, 3, .5, -2, .5, 5}
	inverse, ok := Invert(slices.Clone(m), 3)
	if !ok {
		t.Fatal("no inverse")
	}
	v := []float64{1, -2, 3}
	solved := slices.Clone(v)
	if !Solve(slices.Clone(m), solved) {
		t.Fatal("no solution")
	}
	for i := range 3 {
		back := 0.0
		for j := range 3 {
			one, want := 0.0, 0.0
			if i == j {
				want = 1
			}
			for k := range 3 {
				one += m[i*3+k] * inverse[k*3+j]
			}
			if math.Abs(one-want) > 1e-14 {
				t.Errorf("row %d, column %d of the product is %g", i, j, one)
			}
			back += m[i*3+j] * solved[j]
		}
		if math.Abs(back-v[i]) > 1e-14 {
			t.Errorf("row %d gives %g, want %g", i, back, v[i])
		}
	}
	if Factor([]float64{1, 2, 2, 1}, 2) {
		t.Error("a matrix that is not positive definite has a factor")
	}
}
