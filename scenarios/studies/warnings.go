package studies

import (
	"strings"

	"splinternet/sim/analysis"
)

// Warning is a reason to read a finding with care. Kind is a word for programs,
// Subject names the side, the quantity, the parameter or the number that it is about;
// the types below hold what there is to say.
type Warning interface {
	Kind() string
	Subject() string
}

// What warnings count by.
const (
	// Few is the number of runs below which intervals are rough: they assume that means
	// of so few runs are nearly normal.
	Few = 10
	// Drift is what a mean may move in two years and still count as stationary.
	Drift = .01
	// Notable is what a change has to reach to be told in a sentence.
	Notable = .005
	// fewDraws is the number of independent draws below which the ends of a posterior
	// are rough.
	fewDraws = 20
	// beyondUse is the number of runs from which on more runs are no advice.
	beyondUse = 1e4
)

type (
	// FailedRuns were left out.
	FailedRuns struct {
		Side  *Side
		Runs  int
		First Reading
	}
	// FewRuns are less than Few.
	FewRuns struct{ Runs int }
	// Incomplete is a play that was interrupted.
	Incomplete struct{ Played, Asked int }
	// OtherCalendars of two sides are paired tick by tick, and end at different dates.
	OtherCalendars struct{ A, B *Side }
	// OtherWorlds of two sides have some states in common, and only those share chance.
	OtherWorlds struct {
		A, B   *Side
		Common int // states
	}
	// RoughShares of labels are known to Half only; Needed runs would give Rough.
	RoughShares struct {
		Side   *Side
		Half   float64
		Needed int
	}
	// UnknownSigns are differences whose interval contains zero.
	UnknownSigns struct {
		A, B     *Side
		Measures []UnknownSign
	}
	// Moving measures have not come to rest when a side ends.
	Moving struct {
		Side     *Side
		Measures []Move
	}
	// NotStable is a quantity of which the runs at hand are not enough.
	NotStable struct {
		Quantity  Quantity
		Runs, Try int // that were played without failing, and that might be enough
	}
	// NotIdentified parameters can have about as many values after the target as before.
	NotIdentified struct{ Factors []string }
	// GivenUp is a round of which too few simulations came within its tolerance.
	GivenUp struct{ Round int }
	// FewParticles are worth less than 20 independent draws.
	FewParticles struct{ Effective float64 }
	// FailedSimulations failed, or had not what a target asks for.
	FailedSimulations struct{ Failed, All int }
	// Missed is a target that draws from the posterior do not reach.
	Missed struct {
		Target, Wanted string
		Low, High      float64
	}
	// Impossible is a point of the posterior that is no scenario.
	Impossible struct {
		Point string // "best" or "middle"
		Err   error
	}
)

// UnknownSign is a measure of UnknownSigns and the number of runs that would tell its
// sign, if the difference is as it is estimated; 0 where that is beyond any use.
type UnknownSign struct {
	Measure Quantity
	Needed  int
}

// Move is what a measure changes by from the two years before the last two to those.
type Move struct {
	Measure Quantity
	Change  analysis.Estimate
}

func (w FailedRuns) Kind() string        { return "failed" }
func (w FewRuns) Kind() string           { return "too-few-runs" }
func (w Incomplete) Kind() string        { return "incomplete" }
func (w OtherCalendars) Kind() string    { return "calendars" }
func (w OtherWorlds) Kind() string       { return "worlds" }
func (w RoughShares) Kind() string       { return "too-few-runs" }
func (w UnknownSigns) Kind() string      { return "crosses-zero" }
func (w Moving) Kind() string            { return "not-stationary" }
func (w NotStable) Kind() string         { return "too-few-runs" }
func (w NotIdentified) Kind() string     { return "not-identified" }
func (w GivenUp) Kind() string           { return "given-up" }
func (w FewParticles) Kind() string      { return "too-few-particles" }
func (w FailedSimulations) Kind() string { return "failed" }
func (w Missed) Kind() string            { return "missed" }
func (w Impossible) Kind() string        { return "impossible" }

func (w FailedRuns) Subject() string        { return w.Side.Name }
func (w FewRuns) Subject() string           { return "runs" }
func (w Incomplete) Subject() string        { return "runs" }
func (w OtherCalendars) Subject() string    { return w.B.Name }
func (w OtherWorlds) Subject() string       { return w.B.Name }
func (w RoughShares) Subject() string       { return w.Side.Name }
func (w UnknownSigns) Subject() string      { return w.B.Name }
func (w Moving) Subject() string            { return w.Side.Name }
func (w NotStable) Subject() string         { return w.Quantity.Name() }
func (w NotIdentified) Subject() string     { return strings.Join(w.Factors, " ") }
func (w GivenUp) Subject() string           { return "rounds" }
func (w FewParticles) Subject() string      { return "particles" }
func (w FailedSimulations) Subject() string { return "simulations" }
func (w Missed) Subject() string            { return w.Target }
func (w Impossible) Subject() string        { return w.Point }
