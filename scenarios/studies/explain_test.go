package studies

import (
	"context"
	"errors"
	"math"
	"testing"
)

// A division by all coalitions sums to what all parts do together, and what a single
// part is owed is what leaving it out says.
func TestExplain(t *testing.T) {
	plan := ExplanationPlan{
		Side: twoSides(t)[0], Size: Size{Seed: 1, Runs: 3, Workers: 2}, Shapley: true,
		Select: Selection{Mechanisms: []string{"security", "standards"}},
	}
	e, err := Explain(context.Background(), plan, Unwatched{})
	if err != nil {
		t.Fatal(err)
	}
	if !e.Exact || e.Sets != 4 || len(e.Parts) != 2 || e.Sides[0].Name != "two-blocs" {
		t.Errorf("%+v", e)
	}
	for o, q := range e.Outcomes {
		if sum := e.Effects[o][0].Value + e.Effects[o][1].Value; math.Abs(sum-e.Total[o].Value) > 1e-12 {
			t.Errorf("%s: the parts sum to %g, and together they do %g", q.Name(), sum, e.Total[o].Value)
		}
	}
	plan.Select.Mechanisms = plan.Select.Mechanisms[:1]
	divided, err := Explain(context.Background(), plan, Unwatched{})
	if err != nil {
		t.Fatal(err)
	}
	plan.Shapley = false
	left, err := Explain(context.Background(), plan, Unwatched{})
	if err != nil {
		t.Fatal(err)
	}
	for o, q := range left.Outcomes {
		if x, y := left.Effects[o][0].Value, divided.Effects[o][0].Value; math.Abs(x-y) > 1e-12 {
			t.Errorf("%s: %g without security, %g divided", q.Name(), x, y)
		}
	}
}

// What cannot be explained is refused before anything is played.
func TestExplainRefuses(t *testing.T) {
	plan := ExplanationPlan{Side: twoSides(t)[1], Size: Size{Seed: 1, Runs: 2, Workers: 1}}
	var unknown *UnknownPartError
	plan.Select = Selection{Mechanisms: []string{"security"}} // which is off
	if _, err := Explain(context.Background(), plan, Unwatched{}); !errors.As(err, &unknown) || unknown.Part.Name != "security" {
		t.Errorf("%v", err)
	}
	plan.Select = Selection{OnlyEvents: true, OnlyMechanisms: true}
	if _, err := Explain(context.Background(), plan, Unwatched{}); !errors.Is(err, ErrNoParts) {
		t.Errorf("%v", err)
	}
	plan.Select, plan.Shapley, plan.Permutations = Selection{}, true, -1
	var limit *LimitError
	if _, err := Explain(context.Background(), plan, Unwatched{}); !errors.As(err, &limit) || limit.Name != "permutations" {
		t.Errorf("%v", err)
	}
}
