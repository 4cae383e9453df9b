package norms

import (
	"math"
	"math/rand/v2"
)

// Beta draws from the Beta distribution of the given mean and standard deviation,
// as the share of one gamma variate in two. A deviation of 0, or a mean at the
// edge, gives the mean; one that no such distribution has gives the widest.
func Beta(rng *rand.Rand, mean, deviation float64) float64 {
	const (
		least    = 1e-6 // below it the square of the deviation drowns in rounding
		widest   = .02  // a + b of the widest: nearly all at 0 or 1
		narrowed = 1e9  // a + b from which no run could tell the spread from none
	)
	room := mean * (1 - mean)
	if deviation <= least || room <= 0 {
		return mean
	}
	size := min(narrowed, max(widest, room/(deviation*deviation)-1))
	a, b := gamma(rng, mean*size), gamma(rng, (1-mean)*size)
	if a+b == 0 {
		return mean
	}
	return a / (a + b)
}

// gamma draws from the gamma distribution of the given shape (Marsaglia and Tsang
// 2000).
func gamma(rng *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(rng, shape+1) * math.Pow(1-rng.Float64(), 1/shape)
	}
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rng.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(1-rng.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
