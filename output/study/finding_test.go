package study

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/sim/analysis"
)

func sides(t *testing.T) []studies.Side {
	t.Helper()
	var list []studies.Side
	for _, without := range [][]string{nil, {"security"}} {
		o := scenarios.Options{Ticks: 12, Without: without}
		s, err := scenarios.Load("two-blocs", o)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, studies.Side{Name: strings.Join(append([]string{"two-blocs"}, without...), "-"), Scenario: s, From: "two-blocs", Changes: o})
	}
	return list
}

// The folder of an interrupted comparison says so, and has a row for each run.
func TestComparisonOf(t *testing.T) {
	p := &studies.Paired{Sides: sides(t), Size: studies.Size{Seed: 1, Runs: 3, Workers: 2}}
	if err := p.Play(context.Background(), studies.Unwatched{}); err != nil {
		t.Fatal(err)
	}
	p.Runs = 5
	c := &studies.Comparison{Paired: p, Warnings: []studies.Warning{studies.Incomplete{Played: 3, Asked: 5}}}
	f := ComparisonOf(c)
	m := f.Manifest
	if m.Format != kind.Comparison || m.Complete || m.Finished != 3 || m.Runs != 5 || len(m.Scenarios) != 2 || m.Warnings[0] != (Warning{"incomplete", "runs", "3 of 5 runs were played"}) {
		t.Errorf("%+v", m)
	}
	if rows := f.Raw[0].Frame.Rows(); rows != 6 {
		t.Errorf("%d rows for 3 runs of 2 sides", rows)
	}
}

// Every reason for care has its sentence; a run that failed is repeated by a command.
func TestSentence(t *testing.T) {
	s := sides(t)
	q := studies.Quantity{Measure: 0}
	for want, w := range map[string]studies.Warning{
		`1 run of two-blocs-security failed and is left out (broken); "splinternet run two-blocs --without security --ticks 12 --seed 7" repeats it`: studies.FailedRuns{
			Side: &s[1], Runs: 1, First: studies.Reading{Seed: 7, Err: errors.New("broken")},
		},
		"3 runs are few: ": studies.FewRuns{Runs: 3},
		"two-blocs covers January 2020 to December 2022 and two-blocs-security": studies.OtherCalendars{A: &s[0], B: &s[1]},
		"have 2 states in common":                    studies.OtherWorlds{A: &s[0], B: &s[1], Common: 2},
		"known to ±20 percentage points only":        studies.RoughShares{Side: &s[0], Half: .2, Needed: 97},
		"native reachability (about 9 runs would":    studies.UnknownSigns{A: &s[0], B: &s[1], Measures: []studies.UnknownSign{{Measure: q, Needed: 9}}},
		"native reachability (+0.050)":               studies.Moving{Side: &s[0], Measures: []studies.Move{{Measure: q, Change: analysis.Estimate{Value: .05, Low: .04, High: .06}}}},
		"play more with --runs 40":                   studies.NotStable{Quantity: q, Runs: 20, Try: 40},
		"does not identify a, b":                     studies.NotIdentified{Factors: []string{"a", "b"}},
		"round 3 was given up":                       studies.GivenUp{Round: 3},
		"worth 12 independent draws":                 studies.FewParticles{Effective: 12},
		"2 of 9 simulations failed":                  studies.FailedSimulations{Failed: 2, All: 9},
		"openness is at most 1 in the target and 2 ": studies.Missed{Target: "openness", Wanted: "at most 1", Low: 2, High: 3},
		"the middle of the posterior is no possible": studies.Impossible{Point: "middle", Err: errors.New("x")},
	} {
		if got := Sentence(w); !strings.Contains(got, want) || w.Kind() == "" || w.Subject() == "" {
			t.Errorf("%T is worded %q", w, got)
		}
	}
}

// interrupter ends a play after so many runs.
type interrupter struct {
	studies.Unwatched
	most int
	end  func()
}

func (i *interrupter) Finished(runs int) {
	if runs == i.most {
		i.end()
	}
}

// A folder that is interrupted holds the runs before; where there is none it is gone.
func TestRecord(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	plan := studies.EnsemblePlan{Scenario: sides(t)[0].Scenario, Size: studies.Size{Seed: 1, Runs: 100000, Workers: 2}}
	ctx, cancel := context.WithCancel(context.Background())
	record := func() *Recording {
		r, err := Record{Plan: plan, Name: "two-blocs", Text: plan.Scenario.Text, Detail: output.Detail{Runs: []int{0}}}.Into(dir, false)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := record()
	found, err := r.Play(ctx, &interrupter{most: 3, end: cancel})
	if !errors.Is(err, context.Canceled) || found == nil || found.Finished < 3 {
		t.Fatalf("%+v, %v", found, err)
	}
	results, err := output.Open(dir)
	if err != nil || results.Manifest.Complete || results.Manifest.Finished != found.Finished || r.Summary.Finished != found.Finished {
		t.Errorf("%+v, %v", results, err)
	}
	var taken *output.TakenError
	if _, err := (Record{Plan: plan, Name: "two-blocs"}).Into(dir, false); !errors.As(err, &taken) || !taken.Replaceable {
		t.Errorf("the folder is free: %v", err)
	}
	dir = filepath.Join(t.TempDir(), "none")
	if found, err := record().Play(ctx, studies.Unwatched{}); found != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("an empty folder is left")
	}
}
