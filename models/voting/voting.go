// Package voting is the ordered-logit model of a recorded vote (equation E4) as
// mathematics, without a world: the probabilities of no, abstain and yes, the fit
// of one roll call to known positions, and the estimation of positions from
// recorded roll calls.
//
// A state at position x draws the utility y = Slope*x + e, e standard logistic.
// It votes no below the cut-point Low, yes from High on, and abstains between
// them (McCullagh 1980). In one dimension with quadratic losses this is exactly
// the spatial model of a text against the status quo: (x-sq)^2 - (x-q)^2 is linear
// in x (Bailey, Strezhnev and Voeten 2017).
//
// Results do not depend on maps, randomness or the clock; sums run from left to
// right.
package voting

import "math"

// Vote is a state's recorded vote. The numbers are those of the world's votes;
// Missing is a state that was absent or no member, which says nothing about its
// position.
type Vote uint8

// The votes.
const (
	No Vote = iota
	Abstain
	Yes
	Missing
)

// RollCall is the ordered logit of one roll call.
type RollCall struct {
	Slope float64 // per unit of position; negative: the sovereign end votes yes
	Low   float64 // below this utility: no (logits)
	High  float64 // from this utility on: yes (logits); Low <= High
}

// NoCut is the position at which no and its alternatives are equally likely.
func (r RollCall) NoCut() float64 { return r.Low / r.Slope }

// YesCut is the position at which yes and its alternatives are equally likely.
func (r RollCall) YesCut() float64 { return r.High / r.Slope }

// Probabilities of a state at position x.
func (r RollCall) Probabilities(x float64) (no, abstain, yes float64) {
	return Probabilities(r.Slope*x, r.Low, r.High)
}

// Predict is the most probable vote of a state at position x; ties go to yes,
// then to no.
func (r RollCall) Predict(x float64) Vote {
	no, abstain, yes := r.Probabilities(x)
	switch {
	case yes >= no && yes >= abstain:
		return Yes
	case no >= abstain:
		return No
	}
	return Abstain
}

// Rescale expresses the roll call on another scale of positions, u = (x-from)/width:
// a state at u has the probabilities that it had at x.
func (r RollCall) Rescale(from, width float64) RollCall {
	shift := r.Slope * from
	return RollCall{Slope: r.Slope * width, Low: r.Low - shift, High: r.High - shift}
}

// Probabilities are those of no, abstain and yes at the utility y between the
// cut-points low <= high. They sum to 1.
func Probabilities(y, low, high float64) (no, abstain, yes float64) {
	no = logistic(low - y)
	yes = logistic(y - high)
	// The difference of two logistics as a product: no cancellation in the tails.
	abstain = logistic(high-y) * logistic(y-low) * -math.Expm1(low-high)
	return no, abstain, yes
}

// logistic is the standard logistic distribution function.
func logistic(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}

// logLogistic is its logarithm, exact far into the lower tail.
func logLogistic(x float64) float64 {
	if x >= 0 {
		return -math.Log1p(math.Exp(-x))
	}
	return x - math.Log1p(math.Exp(x))
}

// logLikelihood of one vote at the utility y.
func logLikelihood(v Vote, y, low, high float64) float64 {
	switch v {
	case No:
		return logLogistic(low - y)
	case Yes:
		return logLogistic(y - high)
	case Abstain:
		return logLogistic(high-y) + logLogistic(y-low) + math.Log(-math.Expm1(low-high))
	}
	return 0
}

// slopes holds the derivatives of one vote's log-likelihood with respect to
// a = low - y and b = high - y. The log-likelihood is concave in (a, b).
type slopes struct{ a, b, aa, ab, bb float64 }

func differentiate(v Vote, y, low, high float64) slopes {
	switch v {
	case No:
		f := logistic(low - y)
		return slopes{a: 1 - f, aa: -f * (1 - f)}
	case Yes:
		f := logistic(high - y)
		return slopes{b: -f, bb: -f * (1 - f)}
	case Abstain:
		fa, fb := logistic(low-y), logistic(high-y)
		// r is the derivative of log(1 - exp(low - high)) by high.
		r := 1 / math.Expm1(high-low)
		bend := r * (1 + r)
		return slopes{
			a: -fa - r, aa: -fa*(1-fa) - bend,
			b: 1 - fb + r, bb: -fb*(1-fb) - bend,
			ab: bend,
		}
	}
	return slopes{}
}
