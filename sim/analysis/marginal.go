package analysis

import (
	"cmp"
	"math"
	"slices"
)

// leastShrinkage is the narrowing below which a parameter is not called
// identified, however large the sample.
const leastShrinkage = .1

// Marginal is what a round says of one parameter.
type Marginal struct {
	Mean, Low, High float64 // Low and High hold the central 95 %; all NaN for words

	// Shrinkage is the share of the prior's variance that is gone (of its entropy,
	// for words): 1 the parameter is known, 0 nothing was learnt, below 0 the
	// target pushes to both ends.
	Shrinkage float64

	// Identified: the target narrows the parameter by more than a tenth and by
	// more than twice what chance does to a sample of this effective size.
	Identified bool
}

// Marginal sums up parameter j.
func (r *Round) Marginal(priors []Prior, j int) Marginal {
	p := priors[j]
	if p.Levels > 0 && p.Categories {
		return r.words(p.Levels, j)
	}
	spread := (p.High - p.Low) * (p.High - p.Low) / 12
	if p.Levels > 0 {
		spread = float64(p.Levels*p.Levels-1) / 12
	}
	mean, sd := weighted(r.Particles, j)
	m := Marginal{Mean: mean, Shrinkage: 1 - sd*sd/spread}
	if spread == 0 {
		m.Shrinkage = 0 // a single value: there was nothing to learn
	}
	m.Low, m.High = r.quantile(j, .025), r.quantile(j, .975)
	// The variance of a uniform sample's variance: (kurtosis 9/5 - 1) / n.
	m.Identified = m.Shrinkage > max(leastShrinkage, 2*math.Sqrt(.8/r.Effective))
	return m
}

func (r *Round) words(levels, j int) Marginal {
	share := make([]float64, levels)
	for _, p := range r.Particles {
		share[int(p.Values[j])] += p.Weight
	}
	entropy := 0.0
	for _, q := range share {
		if q > 0 {
			entropy -= q * math.Log(q)
		}
	}
	m := Marginal{Mean: math.NaN(), Low: math.NaN(), High: math.NaN()}
	if levels > 1 {
		m.Shrinkage = 1 - entropy/math.Log(float64(levels))
		// Miller (1955): a sample of n lacks (levels-1)/2n of the entropy.
		m.Identified = m.Shrinkage > max(leastShrinkage, float64(levels-1)/r.Effective/math.Log(float64(levels)))
	}
	return m
}

// quantile is the least value below or at which a share p of the weight lies.
func (r *Round) quantile(j int, p float64) float64 {
	sorted := append([]Particle(nil), r.Particles...)
	slices.SortStableFunc(sorted, func(a, b Particle) int { return cmp.Compare(a.Values[j], b.Values[j]) })
	sum := 0.0
	for _, particle := range sorted {
		if sum += particle.Weight; sum >= p {
			return particle.Values[j]
		}
	}
	return sorted[len(sorted)-1].Values[j]
}
