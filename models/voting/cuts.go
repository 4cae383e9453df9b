package voting

import (
	"math"

	"splinternet/sim"
)

// Cuts are the cut-points of an ordered logit, in logits; Low <= High.
type Cuts struct {
	Low  float64 // below this utility: no
	High float64 // from this utility on: yes
}

// Band are the cut-points of a simulated vote: abstention in a band of this width below
// 0, where a state is indifferent.
func Band(width float64) Cuts { return Cuts{Low: -width} }

// Vote is that of a state with the utility y.
func (c Cuts) Vote(y float64) Vote {
	switch {
	case y >= c.High:
		return Yes
	case y < c.Low:
		return No
	}
	return Abstain
}

// Odds are those of a state whose utility is y and standard logistic noise:
//
//	P(no) = F(low - y),  P(yes) = F(y - high),  F the logistic distribution function
func (c Cuts) Odds(y float64) (o Odds) {
	o[No] = sim.LogisticCDF(c.Low - y)
	o[Yes] = sim.LogisticCDF(y - c.High)
	// The difference of two logistics as a product: no cancellation in the tails.
	o[Abstain] = sim.LogisticCDF(c.High-y) * sim.LogisticCDF(y-c.Low) * -math.Expm1(c.Low-c.High)
	return o
}

// LogOdds is the logarithm of the probability of one vote, exact far into the tails; 0
// for a state that is absent, of which nothing is known.
func (c Cuts) LogOdds(v Vote, y float64) float64 {
	switch v {
	case No:
		return logLogistic(c.Low - y)
	case Yes:
		return logLogistic(y - c.High)
	case Abstain:
		return logLogistic(c.High-y) + logLogistic(y-c.Low) + math.Log(-math.Expm1(c.Low-c.High))
	}
	return 0
}

// logLogistic is the logarithm of the logistic distribution function, exact far into
// the lower tail.
func logLogistic(x float64) float64 {
	if x >= 0 {
		return -math.Log1p(math.Exp(-x))
	}
	return x - math.Log1p(math.Exp(x))
}

// Slopes are the first and second derivatives of LogOdds by Low - y and High - y. It
// is concave in both together.
type Slopes struct{ Low, High, LowLow, LowHigh, HighHigh float64 }

// Slopes are those of one vote at the utility y.
func (c Cuts) Slopes(v Vote, y float64) Slopes {
	switch v {
	case No:
		f := sim.LogisticCDF(c.Low - y)
		return Slopes{Low: 1 - f, LowLow: -f * (1 - f)}
	case Yes:
		f := sim.LogisticCDF(c.High - y)
		return Slopes{High: -f, HighHigh: -f * (1 - f)}
	case Abstain:
		low, high := sim.LogisticCDF(c.Low-y), sim.LogisticCDF(c.High-y)
		// r is the derivative of log(1 - exp(low - high)) by high.
		r := 1 / math.Expm1(c.High-c.Low)
		bend := r * (1 + r)
		return Slopes{
			Low: -low - r, LowLow: -low*(1-low) - bend,
			High: 1 - high + r, HighHigh: -high*(1-high) - bend,
			LowHigh: bend,
		}
	}
	return Slopes{}
}

// Sum is the derivative by what raises Low and High alike, as less utility does.
func (s Slopes) Sum() float64 { return s.Low + s.High }

// Bend is the second derivative by that.
func (s Slopes) Bend() float64 { return s.LowLow + 2*s.LowHigh + s.HighHigh }
