package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
)

// stay is the probability that the kernel leaves a discrete parameter as it is.
const stay = .7

// kernel proposes values near the particles of a round: normal steps with twice
// the particles' weighted variance (Beaumont et al. 2009), and jumps of discrete
// parameters to any other value.
type kernel struct {
	priors    []Prior
	particles []Particle
	sum       []float64 // running sum of weights
	sd        []float64 // by prior
}

func newKernel(priors []Prior, particles []Particle) *kernel {
	k := &kernel{priors: priors, particles: particles}
	total := 0.0
	for _, p := range particles {
		total += p.Weight
		k.sum = append(k.sum, total)
	}
	for j, p := range priors {
		_, sd := weighted(particles, j)
		if p.Levels < 1 && sd == 0 {
			sd = (p.High - p.Low) / 1000 // all particles in one place: let them out
		}
		k.sd = append(k.sd, math.Sqrt2*sd)
	}
	return k
}

// weighted is the mean and the standard deviation of value j of particles.
func weighted(particles []Particle, j int) (mean, sd float64) {
	total := 0.0
	for _, p := range particles {
		mean += p.Weight * p.Values[j]
		total += p.Weight
	}
	mean /= total
	for _, p := range particles {
		sd += p.Weight * (p.Values[j] - mean) * (p.Values[j] - mean)
	}
	return mean, math.Sqrt(sd / total)
}

// propose draws a particle and a step from it, both anew until the prior allows
// the place: so that proposals have the kernel's density, cut at the prior's
// ends and up to a constant.
func (k *kernel) propose(rng *rand.Rand) []float64 {
	values := make([]float64, len(k.priors))
	for {
		u := rng.Float64() * k.sum[len(k.sum)-1]
		at, _ := slices.BinarySearch(k.sum, u)
		from := k.particles[min(at, len(k.particles)-1)].Values
		allowed := true
		for j, p := range k.priors {
			if p.Levels > 0 {
				values[j] = from[j]
				if p.Levels > 1 && rng.Float64() >= stay {
					values[j] = float64((int(from[j]) + 1 + rng.IntN(p.Levels-1)) % p.Levels)
				}
				continue
			}
			values[j] = from[j] + k.sd[j]*rng.NormFloat64()
			allowed = allowed && values[j] >= p.Low && values[j] <= p.High
		}
		if allowed {
			return values
		}
	}
}

// density is the density of proposals at a place, up to a constant.
func (k *kernel) density(values []float64) float64 {
	sum := 0.0
	for _, particle := range k.particles {
		exponent, product := 0.0, particle.Weight
		for j, p := range k.priors {
			switch {
			case p.Levels < 1:
				z := (values[j] - particle.Values[j]) / k.sd[j]
				exponent -= z * z / 2
			case p.Levels > 1 && values[j] == particle.Values[j]:
				product *= stay
			case p.Levels > 1:
				product *= (1 - stay) / float64(p.Levels-1)
			}
		}
		sum += product * math.Exp(exponent)
	}
	return sum
}
