package voting

import (
	"errors"
	"math"
)

// Pooling says how much roll calls have in common before they are held. All but
// the numbers of years, the shares and KindShift are in logits; those named SD are
// standard deviations, the others means.
//
// Known ones are Pooled. A covariance of what two roll calls share is the square of
// its SD, times how much their sponsors' sides agree, (1 + s s')/2, times 1 if they
// have the line or kind in common, else 0, times exp(-years between them/memory).
type Pooling struct {
	Slope       float64 // of a text by sponsors of the open side, per unit of ideal point; the other side's is its negative
	SlopeSideSD float64 // what slopes of texts of one side share beyond that
	SlopeSD     float64 // what is a roll call's own

	Middle        float64            // middle of the band of abstention
	KindShift     map[string]float64 // what the kind of text adds to it
	MiddleSD      float64            // shared by all roll calls
	MiddleSideSD  float64            // by those of a side
	MiddleLineSD  float64            // by those of a side and line
	MiddleKindSD  float64            // by those of a side and kind
	MiddleOwnSD   float64            // a roll call's own
	MiddleMemory  float64            // years
	Width         float64            // of the band of abstention
	WidthSD       float64            // shared by all
	WidthOwnSD    float64            // a roll call's own
	PositionSD    float64            // of a state's own position around its ideal point, in units of ideal points
	HabitSD       float64            // of a state towards everything
	HabitSideSD   float64            // towards a side
	PracticeSD    float64            // on a line, towards a side
	OwnSD         float64            // in one roll call
	HabitMemory   float64            // years
	Repeat        float64            // share of states that repeat their last vote, before any pair of roll calls is seen
	RepeatWeight  float64            // pairs of roll calls that this counts for
	RepeatMemory  float64            // years
	RepeatKind    float64            // factor when the kind of text is another than the last time
	Indeterminacy float64            // share of votes that follow no rule, but the mean of all states
}

// Pooled are the constants that the program uses, rounded. They were set on 16 series of
// other resolutions that the Assembly voted on year by year between 2010 and 2019
// (human rights in Iran, Syria and Crimea, weapons in outer space, the glorification of
// Nazism, coercive measures, mercenaries, the death penalty, ...; see docs/evidence.md) and on the
// votes on cyberspace up to 2019, so that forecasts of these are calibrated and only
// later ones held out. What a roll call's own departures could be was kept wider
// than those series ask for: texts on cyberspace have less of a routine. PositionSD is
// the spread of the initial positions of states (scenarios/data).
var Pooled = Pooling{
	Slope: 3.6, SlopeSideSD: 2, SlopeSD: .4,
	Middle: -7.8, KindShift: map[string]float64{"support": -2, "treaty": 1},
	MiddleSD: .4, MiddleSideSD: 4, MiddleLineSD: 1.2, MiddleKindSD: 1, MiddleOwnSD: .6, MiddleMemory: 20,
	Width: 6.6, WidthSD: 1.1, WidthOwnSD: .8,
	PositionSD: 1, HabitSD: .2, HabitSideSD: .3, PracticeSD: 1.4, OwnSD: .4, HabitMemory: 100,
	Repeat: .7, RepeatWeight: 1.5, RepeatMemory: 10, RepeatKind: .7,
	Indeterminacy: .004,
}

// narrowest is the least width of the band of abstention that the fit may try.
const narrowest = .02

func (p *Pooling) slopeMean(a Proposal) float64  { return p.Slope * a.Side }
func (p *Pooling) middleMean(a Proposal) float64 { return p.Middle + p.KindShift[a.Kind] }

func sameSide(a, b Proposal) float64 { return (1 + a.Side*b.Side) / 2 }

func sameLine(a, b Proposal) float64 {
	if a.Line == "" || a.Line != b.Line {
		return 0
	}
	return sameSide(a, b)
}

// slope, middle, width and departure are the covariances of two different roll
// calls, departure that of f_ik; the variance of one adds what is its own.
func (p *Pooling) slope(a, b Proposal) float64 { return p.SlopeSideSD * p.SlopeSideSD * sameSide(a, b) }

func (p *Pooling) middle(a, b Proposal) float64 {
	fade := math.Exp(-math.Abs(a.Year-b.Year) / p.MiddleMemory)
	c := p.MiddleSD*p.MiddleSD + fade*(p.MiddleSideSD*p.MiddleSideSD*sameSide(a, b)+p.MiddleLineSD*p.MiddleLineSD*sameLine(a, b))
	if a.Kind != "" && a.Kind == b.Kind {
		c += p.MiddleKindSD * p.MiddleKindSD * sameSide(a, b)
	}
	return c
}

func (p *Pooling) width(_, _ Proposal) float64 { return p.WidthSD * p.WidthSD }

func (p *Pooling) departure(a, b Proposal) float64 {
	fade := math.Exp(-math.Abs(a.Year-b.Year) / p.HabitMemory)
	return p.PositionSD*p.PositionSD*p.slopeMean(a)*p.slopeMean(b) + p.HabitSD*p.HabitSD +
		fade*(p.HabitSideSD*p.HabitSideSD*sameSide(a, b)+p.PracticeSD*p.PracticeSD*sameLine(a, b))
}

// family is one group of uncertain quantities with a value for each roll call.
type family struct {
	covariance func(a, b Proposal) float64
	own        float64 // standard deviation of what is a roll call's own
}

// The families: of the roll calls' slopes, middles and widths, and of a state's
// departures.
const (
	slopeFamily = iota
	middleFamily
	widthFamily
	departureFamily
)

func (p *Pooling) families() [4]family {
	return [4]family{
		{p.slope, p.SlopeSD},
		{p.middle, p.MiddleOwnSD},
		{p.width, p.WidthOwnSD},
		{p.departure, p.OwnSD},
	}
}

// within is the covariance matrix of the held roll calls (row-major).
func (f family) within(held []Held) []float64 {
	k := len(held)
	c := make([]float64, k*k)
	for i := range held {
		for j := range held {
			c[i*k+j] = f.covariance(held[i].Proposal, held[j].Proposal)
		}
		c[i*k+i] += f.own * f.own
	}
	return c
}

// regression is how the next roll call follows from the held ones a priori: its
// weights on them, and the variance that is left.
func (f family) regression(held []Held, next Proposal) (weights []float64, left float64) {
	k := len(held)
	weights = make([]float64, k)
	for i := range held {
		weights[i] = f.covariance(held[i].Proposal, next)
	}
	cross := append([]float64(nil), weights...)
	left = f.covariance(next, next) + f.own*f.own
	solve(f.within(held), weights)
	for i := range cross {
		left -= cross[i] * weights[i]
	}
	return weights, max(left, 0)
}

// pooledFit is the mode of the posterior and the curvature there. Row-major: n
// states, k roll calls; roll-call parameters in the order slopes, middles, widths.
type pooledFit struct {
	p          *Pooling
	held       []Held
	x          []float64 // n: ideal points
	mean       []float64 // 3k: prior means
	precision  [4][]float64
	calls      []float64 // 3k
	departures []float64 // n x k
	cross      []float64 // n x 3 x k: negative second derivatives by f_ik and a parameter of roll call k
	inverse    []float64 // n x k x k: covariance of a state's departures, given the roll calls
	schur      []float64 // 3k x 3k: Cholesky factor of the precision of the roll calls' parameters
}

var errPooled = errors.New("voting: the forecast did not settle")

// fit climbs to the mode by Newton's method with step halving. The log-posterior is
// concave, so there is one.
func (p *Pooling) fit(held []Held, x []float64) (*pooledFit, error) {
	f := p.begin(held, x)
	if len(held) == 0 {
		return f, nil
	}
	for i, family := range p.families() {
		precision, ok := invert(family.within(held), len(held))
		if !ok {
			return nil, errPooled
		}
		f.precision[i] = precision
	}
	now := f.value(f.calls, f.departures)
	calls, moved := make([]float64, len(f.calls)), make([]float64, len(f.departures))
	for range newtonSteps {
		stepCalls, step, ok := f.newton()
		if !ok {
			return nil, errPooled
		}
		rise := 0.0
		for length := 1.0; length > 1e-9; length /= 2 {
			for a := range calls {
				calls[a] = f.calls[a] + length*stepCalls[a]
			}
			for a := range moved {
				moved[a] = f.departures[a] + length*step[a]
			}
			if v := f.value(calls, moved); v > now {
				copy(f.calls, calls)
				copy(f.departures, moved)
				rise, now = v-now, v
				break
			}
		}
		if rise < settled {
			return f, nil
		}
	}
	return nil, errPooled
}

func (p *Pooling) begin(held []Held, x []float64) *pooledFit {
	n, k := len(x), len(held)
	f := &pooledFit{
		p: p, held: held, x: x, mean: make([]float64, 3*k), departures: make([]float64, n*k),
		cross: make([]float64, n*3*k), inverse: make([]float64, n*k*k), schur: make([]float64, 9*k*k),
	}
	for j, call := range held {
		f.mean[j] = p.slopeMean(call.Proposal)
		f.mean[k+j] = p.middleMean(call.Proposal)
		f.mean[2*k+j] = p.Width
	}
	f.calls = append([]float64(nil), f.mean...)
	return f
}

// utility of state i in roll call j, and the cut-points.
func (f *pooledFit) utility(calls, departures []float64, i, j int) (y, low, high float64) {
	k := len(f.held)
	half := calls[2*k+j] / 2
	return calls[j]*f.x[i] + departures[i*k+j], calls[k+j] - half, calls[k+j] + half
}

// value is the log-posterior up to a constant; minus infinity where a band has no
// width.
func (f *pooledFit) value(calls, departures []float64) float64 {
	k := len(f.held)
	sum := 0.0
	for s := range 3 {
		sum -= quadratic(f.precision[s], calls[s*k:s*k+k], f.mean[s*k:s*k+k]) / 2
	}
	for _, width := range calls[2*k:] {
		if width < narrowest {
			return math.Inf(-1)
		}
	}
	for i := range f.x {
		sum -= quadratic(f.precision[departureFamily], departures[i*k:i*k+k], nil) / 2
		for j := range f.held {
			if v := f.held[j].Votes[i]; v != Missing {
				y, low, high := f.utility(calls, departures, i, j)
				sum += logLikelihood(v, y, low, high)
			}
		}
	}
	return sum
}
