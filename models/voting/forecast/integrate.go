package forecast

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"

	"splinternet/models/voting"
	"splinternet/models/voting/internal/cholesky"
)

// Nodes of the Gauss-Hermite rules over where a state stands to the band of abstention,
// and over the width of the band.
const (
	placeNodes = 24
	widthNodes = 8
	// narrowBand is the least width of the band that a forecast integrates over, in logits.
	narrowBand = .1
)

// rule is a quadrature rule for the standard normal distribution.
func rule(n int) (at, weight []float64) {
	at, weight = make([]float64, n), make([]float64, n)
	quad.Hermite{}.FixedLocations(at, weight, math.Inf(-1), math.Inf(1))
	for i := range at {
		at[i] *= math.Sqrt2
		weight[i] /= math.SqrtPi
	}
	return at, weight
}

// predict integrates the ordered logit of the next roll call over the posterior.
func (f *posterior) predict(next Proposal) []voting.Odds {
	k := len(f.held)
	var weights [4][]float64
	var left [4]float64
	for s, family := range f.p.families() {
		weights[s], left[s] = family.regression(f.held, next)
	}
	expected := [3]float64{f.p.slopeMean(next), f.p.middleMean(next), f.p.Width.Mean}
	for s := range expected {
		for j := range k {
			expected[s] += weights[s][j] * (f.calls[s*k+j] - f.mean[s*k+j])
		}
	}
	towards := make([]float64, 3*k)
	copy(towards[2*k:], weights[widthFamily])
	width := distribution{expected[widthFamily], left[widthFamily] + f.uncertainty(towards)}
	odds := make([]voting.Odds, len(f.x))
	for i, x := range f.x {
		departure := 0.0
		for j := range k {
			departure += weights[departureFamily][j] * f.departures[i*k+j]
		}
		place := distribution{
			mean: expected[middleFamily] - expected[slopeFamily]*x - departure,
			variance: left[middleFamily] + x*x*left[slopeFamily] + left[departureFamily] +
				f.placeVariance(i, weights),
		}
		odds[i] = expectedOdds(place, width)
	}
	f.p.Layer.level(odds)
	return odds
}

// placeVariance is the posterior variance, seen from state i, of the middle of the next
// roll call less the state's utility: of a sum over what is known of the held ones.
func (f *posterior) placeVariance(i int, weights [4][]float64) float64 {
	k := len(f.held)
	if k == 0 {
		return 0
	}
	towards, own := make([]float64, 3*k), 0.0
	for a := range k {
		through := 0.0
		for b := range k {
			through += f.inverse[i*k*k+a*k+b] * weights[departureFamily][b]
		}
		own += weights[departureFamily][a] * through
		for s := range 3 {
			towards[s*k+a] = f.cross[i*3*k+s*k+a] * through
		}
		towards[a] -= f.x[i] * weights[slopeFamily][a]
		towards[k+a] += weights[middleFamily][a]
	}
	return own + f.uncertainty(towards)
}

// uncertainty is the posterior variance of a weighted sum of the roll calls'
// parameters.
func (f *posterior) uncertainty(towards []float64) float64 {
	if len(towards) == 0 {
		return 0
	}
	v := append([]float64(nil), towards...)
	cholesky.Substitute(f.schur, v, len(v))
	sum := 0.0
	for a := range v {
		sum += v[a] * towards[a]
	}
	return sum
}

// distribution is a normal one.
type distribution struct{ mean, variance float64 }

var (
	placeAt, placeWeight = rule(placeNodes)
	widthAt, widthWeight = rule(widthNodes)
)

// expectedOdds are the mean odds of a state whose place, the middle of the band less
// its utility, and whose width of the band are uncertain.
func expectedOdds(place, width distribution) (o voting.Odds) {
	for a, z := range widthAt {
		half := max(width.mean+z*math.Sqrt(width.variance), narrowBand) / 2
		for b, u := range placeAt {
			middle := place.mean + u*math.Sqrt(place.variance)
			w := widthWeight[a] * placeWeight[b]
			for c, p := range band(middle, half).Odds(0) {
				o[c] += w * p
			}
		}
	}
	total := o[voting.No] + o[voting.Abstain] + o[voting.Yes] // 1, but for the rounding of the weights
	for c := range o {
		o[c] /= total
	}
	return o
}
