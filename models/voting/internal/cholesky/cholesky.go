// Package cholesky solves small symmetric positive definite systems in the order of a
// textbook: sums run from left to right on every machine, so that fits and forecasts
// give the same bits everywhere. The routines of a linear algebra library promise
// only the same numbers up to rounding.
//
// Matrices are row-major.
package cholesky

import "math"

// Solve overwrites v with the s that solves m s = v, by Cholesky's method, and m
// (n x n, row-major, symmetric) with the factor; it fails when m is not positive
// definite.
func Solve(m, v []float64) bool {
	if !Factor(m, len(v)) {
		return false
	}
	Substitute(m, v, len(v))
	return true
}

// Factor overwrites the lower triangle of m (n x n) with its Cholesky factor; it fails
// when m is not positive definite.
func Factor(m []float64, n int) bool {
	for i := range n {
		for j := 0; j <= i; j++ {
			sum := m[i*n+j]
			for k := range j {
				sum -= m[i*n+k] * m[j*n+k]
			}
			if i != j {
				m[i*n+j] = sum / m[j*n+j]
				continue
			}
			if !(sum > 0) {
				return false
			}
			m[i*n+i] = math.Sqrt(sum)
		}
	}
	return true
}

// Substitute overwrites v with the solution, given the factor.
func Substitute(m, v []float64, n int) {
	for i := range n {
		for k := range i {
			v[i] -= m[i*n+k] * v[k]
		}
		v[i] /= m[i*n+i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			v[i] -= m[k*n+i] * v[k]
		}
		v[i] /= m[i*n+i]
	}
}

// Invert returns the inverse of m (n x n, symmetric, positive definite), which it
// overwrites.
func Invert(m []float64, n int) ([]float64, bool) {
	if !Factor(m, n) {
		return nil, false
	}
	inverse, column := make([]float64, n*n), make([]float64, n)
	for j := range n {
		clear(column)
		column[j] = 1
		Substitute(m, column, n)
		for i := range n {
			inverse[i*n+j] = column[i]
		}
	}
	return inverse, true
}
