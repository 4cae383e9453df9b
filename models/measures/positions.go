package measures

import (
	"math"

	"splinternet/models/world"
)

// squares is the sum over states, each counted once, of the squared distances of their
// positions in dimension d from their mean.
func squares(w *world.World, d int) float64 {
	n, dim := w.States.N, w.Dim
	sum, square := 0.0, 0.0
	for i := range n {
		sum += w.States.Position[i*dim+d]
	}
	mean := sum / float64(n)
	for i := range n {
		gap := w.States.Position[i*dim+d] - mean
		square += gap * gap
	}
	return square
}

// deviation is the standard deviation of positions in the first dimension.
func deviation(w *world.World) float64 {
	if w.States.N == 0 {
		return 0
	}
	return math.Sqrt(squares(w, 0) / float64(w.States.N))
}

// dispersion is the mean variance of positions over dimensions as a share of the largest
// that numbers in [0, 1] can have, which is a quarter.
func dispersion(w *world.World) float64 {
	total := 0.0
	for d := range w.Dim {
		total += 4 * squares(w, d) / float64(w.States.N)
	}
	return total / float64(w.Dim)
}

// The grid and the sensitivity of polarisation. Esteban and Ray (1994) allow a sensitivity
// above 0, where it would be an index of inequality, and up to 1.6; 1.3 is a choice in the
// upper half.
const (
	polarisationBins  = 11
	polarisationAlpha = 1.3
)

// polarisation groups power into eleven bins of the first dimension.
func polarisation(w *world.World) float64 {
	var mass, at [polarisationBins]float64
	for i, p := range w.States.Power {
		bin := int(math.Round(w.States.Position[i*w.Dim] * (polarisationBins - 1)))
		mass[bin] += p
	}
	for b := range at {
		at[b] = float64(b) / (polarisationBins - 1)
	}
	return EstebanRay(mass[:], at[:], polarisationAlpha)
}

// EstebanRay is the polarisation K sum_g sum_h w_g^(1+alpha) w_h |y_g - y_h| of
// groups of the given shares at the given places on [0, 1], scaled so that two
// equal groups at the ends give 1 (Esteban and Ray 1994); alpha lies in (0, 1.6].
func EstebanRay(share, at []float64, alpha float64) float64 {
	sum := 0.0
	for g, wg := range share {
		if wg == 0 {
			continue
		}
		weight := math.Pow(wg, 1+alpha)
		for h, wh := range share {
			sum += weight * wh * math.Abs(at[g]-at[h])
		}
	}
	return min(1, sum*math.Pow(2, 1+alpha))
}

// sigma is the standard deviation of positions over that at the start.
func (o *Observer) sigma(w *world.World) float64 {
	if o.Start.Spread == 0 {
		return 1
	}
	return deviation(w) / o.Start.Spread
}

// beta is the slope of the regression of the change of position since the start on the
// position at the start.
func (o *Observer) beta(w *world.World) float64 {
	n, sum, sumChange := w.States.N, 0.0, 0.0
	for i, x := range o.Start.Position {
		sum += x
		sumChange += w.States.Position[i*w.Dim] - x
	}
	mean, meanChange := sum/float64(n), sumChange/float64(n)
	cross, square := 0.0, 0.0
	for i, x := range o.Start.Position {
		cross += (x - mean) * (w.States.Position[i*w.Dim] - x - meanChange)
		square += (x - mean) * (x - mean)
	}
	if square == 0 {
		return 0
	}
	return cross / square
}
