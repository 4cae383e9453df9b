package forecast

import (
	"math"

	"splinternet/models/voting/fit"
	"splinternet/models/voting/internal/cholesky"
)

// Pooling says how much roll calls have in common before they are held: what is
// uncertain about the kernel, and the layer of what only forecasts have. Fields named
// SD are standard deviations and Mean means, in logits unless they say otherwise;
// Memory is in years.
//
// Known ones are Pooled. A covariance of what two roll calls share is the square of
// its SD, times how much their sponsors' sides agree, (1 + s s')/2, times 1 if they
// have the line or kind in common, else 0, times exp(-years between them/memory).
type Pooling struct {
	Slope  Slope
	Middle Middle
	Width  Width
	// PositionSD is that of a state's own position around its ideal point, in units
	// of ideal points.
	PositionSD float64
	Layer      Layer
}

// Slope is the prior of what a unit of ideal point is worth: the kernel's spatial
// term on a line.
type Slope struct {
	Mean   float64 // of a text by sponsors of the open side; the other side's is its negative
	SideSD float64 // what slopes of texts of one side share beyond that
	OwnSD  float64 // a roll call's own
}

// Middle is the prior of the middle of the band of abstention: of all terms of the
// kernel that are common to states, with the sign turned.
type Middle struct {
	Mean   float64
	Kind   map[string]float64 // what the kind of text adds to it
	SD     float64            // shared by all roll calls
	SideSD float64            // by those of a side
	LineSD float64            // by those of a side and line
	KindSD float64            // by those of a side and kind
	OwnSD  float64            // a roll call's own
	Memory float64
}

// Width is the prior of the width of the band of abstention.
type Width struct {
	Mean  float64
	SD    float64 // shared by all roll calls
	OwnSD float64 // a roll call's own
}

// Pooled are the constants that the program uses, rounded. They were set on 16 series of
// other resolutions that the Assembly voted on year by year between 2010 and 2019
// (human rights in Iran, Syria and Crimea, weapons in outer space, the glorification of
// Nazism, coercive measures, mercenaries, the death penalty, ...; see docs/evidence.md) and on the
// votes on cyberspace up to 2019, so that forecasts of these are calibrated and only
// later ones held out. What a roll call's own departures could be was kept wider
// than those series ask for: texts on cyberspace have less of a routine. PositionSD is
// that of the initial positions of states.
var Pooled = Pooling{
	Slope:      Slope{Mean: 3.6, SideSD: 2, OwnSD: .4},
	Middle:     Middle{Mean: -7.8, Kind: map[string]float64{"support": -2, "treaty": 1}, SD: .4, SideSD: 4, LineSD: 1.2, KindSD: 1, OwnSD: .6, Memory: 20},
	Width:      Width{Mean: 6.6, SD: 1.1, OwnSD: .8},
	PositionSD: fit.PositionSD,
	Layer: Layer{
		Habit:         Habit{SD: .2, SideSD: .3, LineSD: 1.4, OwnSD: .4, Memory: 100},
		Repeat:        Repeat{Share: .7, Weight: 1.5, Memory: 10, OtherKind: .7},
		Indeterminacy: .004,
	},
}

func (p *Pooling) slopeMean(a Proposal) float64  { return p.Slope.Mean * a.Side }
func (p *Pooling) middleMean(a Proposal) float64 { return p.Middle.Mean + p.Middle.Kind[a.Kind] }

func sameSide(a, b Proposal) float64 { return (1 + a.Side*b.Side) / 2 }

func sameLine(a, b Proposal) float64 {
	if a.Line == "" || a.Line != b.Line {
		return 0
	}
	return sameSide(a, b)
}

// fade is what is left after years; a memory of zero keeps nothing.
func fade(years, memory float64) float64 {
	if memory == 0 {
		return 0
	}
	return math.Exp(-years / memory)
}

// slope, middle, width and departure are the covariances of two different roll
// calls; the variance of one adds what is its own.
func (p *Pooling) slope(a, b Proposal) float64 {
	return p.Slope.SideSD * p.Slope.SideSD * sameSide(a, b)
}

func (p *Pooling) middle(a, b Proposal) float64 {
	m := &p.Middle
	c := m.SD*m.SD + fade(math.Abs(a.Year-b.Year), m.Memory)*(m.SideSD*m.SideSD*sameSide(a, b)+m.LineSD*m.LineSD*sameLine(a, b))
	if a.Kind != "" && a.Kind == b.Kind {
		c += m.KindSD * m.KindSD * sameSide(a, b)
	}
	return c
}

func (p *Pooling) width(_, _ Proposal) float64 { return p.Width.SD * p.Width.SD }

// departure is of f_ik: the state's own position, which is the kernel's, and its habits,
// which are the layer's.
func (p *Pooling) departure(a, b Proposal) float64 {
	h := &p.Layer.Habit
	return p.PositionSD*p.PositionSD*p.slopeMean(a)*p.slopeMean(b) + h.SD*h.SD +
		fade(math.Abs(a.Year-b.Year), h.Memory)*(h.SideSD*h.SideSD*sameSide(a, b)+h.LineSD*h.LineSD*sameLine(a, b))
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
		{p.slope, p.Slope.OwnSD},
		{p.middle, p.Middle.OwnSD},
		{p.width, p.Width.OwnSD},
		{p.departure, p.Layer.Habit.OwnSD},
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
	cholesky.Solve(f.within(held), weights)
	for i := range cross {
		left -= cross[i] * weights[i]
	}
	return weights, max(left, 0)
}
