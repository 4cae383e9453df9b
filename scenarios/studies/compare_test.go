package studies

import (
	"context"
	"errors"
	"testing"

	"splinternet/models/verdict"
	"splinternet/scenarios"
)

// A pair of which one run failed is left out of what compares them, and told.
func TestFailedRunsAreLeftOut(t *testing.T) {
	run := func(end float64) Reading {
		m := make([]Moments, len(Headlines))
		m[0].End = end
		return Reading{Label: verdict.Drift, Moments: m}
	}
	broken := Reading{Seed: 77, Err: errors.New("panic: no such forum")}
	p := &Paired{Sides: []Side{{Name: "a"}, {Name: "b"}}, Size: Size{Seed: 1, Runs: 3, Workers: 1}}
	p.Readings = [][]Reading{{run(1), run(3)}, {run(5), broken}, {run(2), run(5)}}
	d := p.Difference(0, 1)
	if d.Value != 2.5 || d.N != 2 || d.MeanA != 1.5 || d.MeanB != 4 {
		t.Errorf("%+v: want the two whole pairs", d)
	}
	warnings := p.failedRuns()
	if len(warnings) != 1 || warnings[0].Subject() != "b" || warnings[0].(FailedRuns).First.Seed != 77 {
		t.Errorf("%+v", warnings)
	}
}

// A comparison that is interrupted is made of the replicates that are whole, and says so.
func TestInterruptedComparison(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	plan := ComparisonPlan{Sides: twoSides(t), Size: Size{Seed: 5, Runs: 100000, Workers: 2}}
	c, err := Compare(ctx, plan, &watched{most: 14, end: cancel})
	if !errors.Is(err, context.Canceled) || c.Complete() || len(c.Readings) < 7 || c.Warnings[0] != (Incomplete{len(c.Readings), 100000}) {
		t.Errorf("%d replicates, %v, %v", len(c.Readings), err, c.Warnings)
	}
	if c, err := Compare(ctx, plan, Unwatched{}); c != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("nothing is whole, and there is a finding: %v, %v", c, err)
	}
}

// Sides whose ticks differ in length cannot be paired; those with other dates can.
func TestComparable(t *testing.T) {
	sides := twoSides(t)[:1]
	for _, set := range []string{"time.tick=year", "time.start=2021-01-01"} {
		s, err := scenarios.Load("two-blocs", scenarios.Options{Ticks: 17, Set: []string{set}})
		if err != nil {
			t.Fatal(err)
		}
		sides = append(sides, Side{Name: set, Scenario: s})
	}
	plan := ComparisonPlan{Sides: sides, Size: Size{Seed: 1, Runs: 2, Workers: 1}}
	var ticks *TickError
	if _, err := Compare(context.Background(), plan, Unwatched{}); !errors.As(err, &ticks) || ticks.B.Name != "time.tick=year" {
		t.Errorf("ticks of a quarter and of a year: %v", err)
	}
	plan.Sides = []Side{sides[0], sides[2]}
	c, err := Compare(context.Background(), plan, Unwatched{})
	if err != nil || c.Warnings[0].Kind() != "calendars" || c.Warnings[1] != (FewRuns{2}) {
		t.Errorf("other dates: %v, %v", c.Warnings, err)
	}
	if c.Differences[0][0].None == (c.Differences[0][0].Value != 0) {
		t.Errorf("%+v", c.Differences[0][0])
	}
}

// What a plan asks for has limits.
func TestLimits(t *testing.T) {
	for _, c := range []struct {
		size  Size
		least int
		want  string
	}{
		{Size{Runs: 1, Workers: 1}, 2, "runs 1: at least 2"},
		{Size{Runs: 5, Workers: 1, UntilStable: .05}, 1, "runs 5: at least 20"},
		{Size{Runs: 50, Workers: 1, UntilStable: 2}, 1, "epsilon 2: above 0, up to 1"},
		{Size{Runs: 2, Workers: 0}, 1, "workers 0: at least 1"},
		{Size{Runs: 1, Workers: 1}, 1, ""},
	} {
		err := c.size.Check(c.least)
		var limit *LimitError
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &limit) || err.Error() != c.want) {
			t.Errorf("%+v: %v", c.size, err)
		}
	}
}
