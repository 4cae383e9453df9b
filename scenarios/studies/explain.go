package studies

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"splinternet/models/verdict"
	"splinternet/sim/analysis"
)

// ExplanationPlan asks how much of a scenario's outcome is owed to each of its parts.
type ExplanationPlan struct {
	Side   Side
	Size   Size
	Select Selection
	// Shapley divides the outcome among the parts by Shapley's value. Permutations is
	// the number of orders that are drawn for it; 0 plays all coalitions of up to
	// AllCoalitions parts, and draws UsualPermutations for more.
	Shapley      bool
	Permutations int
}

// Selection chooses parts.
type Selection struct {
	Events, Mechanisms         []string // only these, by name; none names all
	OnlyEvents, OnlyMechanisms bool     // only those of one kind, where none is named
}

// Shapley's value takes all coalitions of a few parts, and drawn orders of many.
const (
	AllCoalitions     = 6
	UsualPermutations = 10
	mostParts         = 64 // a coalition is a set of bits
)

// Explanation is the finding of Explain.
type Explanation struct {
	// Paired holds the runs of the scenario, as side 0; where it is no division, side
	// k+1 is the scenario without Parts[k].
	*Paired
	Parts    []Part
	Outcomes []Quantity // the headline measures, and the share of the label that most runs end with
	// Effects are, by outcome and part, the outcome with the part less that without it,
	// or what is owed to the part by Shapley's value.
	Effects  [][]analysis.Estimate
	Warnings []Warning

	Shapley      bool
	Permutations int                 // of a division; 0 for all coalitions
	Sets         int                 // coalitions that were played, of a division
	Exact        bool                // a division by all coalitions
	Total        []analysis.Estimate // of a division: by outcome, the whole less that without all parts
}

// UnknownPartError says that a scenario has no part of that name switched on.
type UnknownPartError struct {
	Part Part
	Has  []string // names of that kind
}

func (e *UnknownPartError) Error() string {
	return fmt.Sprintf("the scenario has no %s %q that is switched on", e.Part.Kind, e.Part.Name)
}

// ErrNoParts says that a selection chooses nothing.
var ErrNoParts = errors.New("the scenario has nothing of that kind: the outcome cannot be owed to it")

// TooManyPartsError says that a division has too many parts.
type TooManyPartsError struct{ Parts, Most int }

func (e *TooManyPartsError) Error() string {
	return fmt.Sprintf("%d parts are too many for a division; allowed: up to %d", e.Parts, e.Most)
}

// Explain plays a scenario with and without its parts, all with common random numbers.
// A division has no finding unless all its coalitions are played. Its own errors are
// ErrNoParts, a *LimitError, an *UnknownPartError and a *TooManyPartsError.
func Explain(ctx context.Context, plan ExplanationPlan, watch Watcher) (*Explanation, error) {
	if err := plan.Size.Check(2); err != nil {
		return nil, err
	}
	e := &Explanation{Shapley: plan.Shapley, Permutations: plan.Permutations}
	var err error
	if e.Parts, err = plan.parts(); err != nil {
		return nil, err
	}
	if e.Shapley {
		if err := e.checkDivision(); err != nil {
			return nil, err
		}
		err = e.divide(ctx, &plan, watch)
	} else {
		err = e.leaveOut(ctx, &plan, watch)
	}
	if e.Paired == nil {
		return nil, err
	}
	e.Warnings = append(e.failedRuns(), fewRuns(len(e.Readings))...)
	return e, err
}

// parts are what the plan asks about, in the order of the scenario's events and of the
// mechanisms of a tick.
func (plan *ExplanationPlan) parts() ([]Part, error) {
	s := &plan.Select
	all := Parts(plan.Side.Scenario)
	if err := s.known(all); err != nil {
		return nil, err
	}
	named := len(s.Events)+len(s.Mechanisms) > 0
	list := slices.DeleteFunc(all, func(p Part) bool {
		switch {
		case named && p.Kind == EventPart:
			return !slices.Contains(s.Events, p.Name)
		case named:
			return !slices.Contains(s.Mechanisms, p.Name)
		case p.Kind == EventPart:
			return s.OnlyMechanisms
		}
		return s.OnlyEvents
	})
	if plan.Shapley && slices.ContainsFunc(list, func(p Part) bool { return p.Kind == EventPart }) {
		// A division counts nothing twice: the events stand for themselves.
		list = slices.DeleteFunc(list, func(p Part) bool { return p == Part{MechanismPart, AllEvents} })
	}
	if len(list) == 0 {
		return nil, ErrNoParts
	}
	return list, nil
}

// known refuses names that are not among the parts.
func (s *Selection) known(all []Part) error {
	for _, asked := range []struct {
		kind  string
		names []string
	}{{EventPart, s.Events}, {MechanismPart, s.Mechanisms}} {
		var has []string
		for _, p := range all {
			if p.Kind == asked.kind {
				has = append(has, p.Name)
			}
		}
		for _, name := range asked.names {
			if !slices.Contains(has, name) {
				return &UnknownPartError{Part{asked.kind, name}, has}
			}
		}
	}
	return nil
}

// leaveOut plays the scenario whole and without one part after the other.
func (e *Explanation) leaveOut(ctx context.Context, plan *ExplanationPlan, watch Watcher) error {
	sides := []Side{plan.Side}
	for _, p := range e.Parts {
		sides = append(sides, plan.Side.Lacking(p.Name, []Part{p}))
	}
	played := &Paired{Sides: sides, Size: plan.Size}
	playing := played.Play(ctx, watch)
	if len(played.Readings) == 0 {
		return playing
	}
	e.whole(played)
	for _, outcome := range e.Outcomes {
		row := make([]analysis.Estimate, len(e.Parts))
		for k := range e.Parts {
			values := e.Values(outcome, 0, k+1)
			row[k] = unanimous(outcome, analysis.PairedDifference(values[1], values[0]))
		}
		e.Effects = append(e.Effects, row)
	}
	return playing
}

// whole takes in the runs of the whole scenario, which say what is explained.
func (e *Explanation) whole(played *Paired) {
	e.Paired = played
	e.Outcomes = append(Means(), Quantity{Label: played.Modal(0)})
}

// unanimous widens the interval of a change of share that every run makes: that
// all of a few runs do is no proof that all do, and Wilson's interval says how many.
func unanimous(outcome Quantity, e analysis.Estimate) analysis.Estimate {
	if !outcome.Share() || e.Value == 0 || e.Low != e.High {
		return e
	}
	low, _ := analysis.Wilson(e.N, e.N)
	e.Low, e.High = min(e.Value, low*e.Value), max(e.Value, low*e.Value)
	return e
}

// Label is the label that most runs of the scenario end with.
func (e *Explanation) Label() verdict.Label { return e.Outcomes[len(e.Outcomes)-1].Label }

// Method names how the effects were found: "without" or "shapley".
func (e *Explanation) Method() string {
	if e.Shapley {
		return "shapley"
	}
	return "without"
}

// Change is how a headline measure moves in the whole scenario: its mean at the first
// tick, and over the last two years.
func (e *Explanation) Change(measure int) (from, to float64) {
	first := e.collect(func(r *Reading) float64 { return r.Moments[measure].First }, 0)[0]
	return Mean(first), Mean(e.Values(Quantity{Measure: measure}, 0)[0])
}

// Idle tells whether a part does nothing to any outcome that is both larger than
// Negligible and known by its sign.
func (e *Explanation) Idle(part int) bool {
	for o := range e.Effects {
		if x := e.Effects[o][part]; !x.Crosses() && math.Abs(x.Value) >= Negligible {
			return false
		}
	}
	return true
}

// Movers are the parts that surely push an outcome in one direction by Least or more,
// the strongest first; direction is 1, -1, or 0 for both.
func (e *Explanation) Movers(outcome int, direction, least float64) []int {
	var list []int
	for k, x := range e.Effects[outcome] {
		if size := math.Abs(x.Value); !x.Crosses() && size >= least && x.Value*direction >= 0 {
			list = append(list, k)
		}
	}
	effects := e.Effects[outcome]
	slices.SortStableFunc(list, func(a, b int) int {
		return cmp.Compare(math.Abs(effects[b].Value), math.Abs(effects[a].Value))
	})
	return list
}
