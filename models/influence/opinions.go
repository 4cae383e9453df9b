package influence

import "math/rand/v2"

// Even are n opinions at equal distances from 0 to 1, as in Hegselmann and Krause (2002).
func Even(n int) []float64 {
	x := make([]float64, n)
	for k := range x {
		x[k] = float64(k) / float64(n-1)
	}
	return x
}

// Uniform are n opinions drawn evenly from 0 to 1, the same for the same seed.
func Uniform(n int, seed uint64) []float64 {
	rng := rand.New(rand.NewPCG(seed, 20))
	x := make([]float64, n)
	for k := range x {
		x[k] = rng.Float64()
	}
	return x
}
