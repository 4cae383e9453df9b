package scenarios

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/scenarios/problem"
)

const wellPut = `
title = "Everything that can be wanted"
[[target]]
measure = "hostility"
value = 0.2
tolerance = 0.05
[[target]]
measure = "openness"
at = "first"
at-least = 0.5
tolerance = 0.01
why = "the record"
[[target]]
measure = "openness"
at = 2020-05-01
at-least = 0.4
at-most = 0.6
tolerance = 0.01
[[target]]
name = "incidents of two years"
measure = "incidents"
from = 2020-01-01
until = 2021-12-31
statistic = "sum"
at-most = 10
tolerance = 2
[[target]]
text = "assembly-1"
count = "abstain"
value = 3
tolerance = 1
[[target]]
label = "drift"
value = 1
tolerance = 0.1
`

// A target is what it says of a run that was played.
func TestTargets(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	targets, err := ParseTargets("t.toml", wellPut, s)
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.Simulation()
	if err != nil {
		t.Fatal(err)
	}
	recording := models.Recording{Keep: make([]bool, len(measures.All()))}
	for k := range targets {
		targets[k].Record(&recording)
	}
	result, err := m.Run(context.Background(), 1, recording)
	if err != nil {
		t.Fatal(err)
	}
	vote := slices.IndexFunc(result.Entries, func(e world.Entry) bool { return e.Kind == "vote" && e.Name == "assembly-1" })
	incidents := 0.0
	for _, x := range result.Series.Of("incidents")[:8] {
		incidents += x
	}
	end := 0.0
	for _, x := range result.Series.Of("hostility")[52:] {
		end += x / 8
	}
	drift := 0.0
	if result.Verdict.Label == verdict.Drift {
		drift = 1
	}
	want := []struct {
		name, wanted string
		value        float64
	}{
		{"hostility at end", "0.2", end},
		{"openness at first", "at least 0.5", result.Series.Of("openness")[0]},
		{"openness at 2020-05-01", "0.4 to 0.6", result.Series.Of("openness")[1]},
		{"incidents of two years", "at most 10", incidents},
		{"assembly-1 abstain", "3", float64(result.Entries[vote].Abstain)},
		{"drift", "1", drift},
	}
	for k, w := range want {
		x := targets[k].Of(result)
		if targets[k].Name != w.name || targets[k].Wanted() != w.wanted || math.Abs(x-w.value) > 1e-12 {
			t.Errorf("%s is %v, wanted %s; should be %+v", targets[k].Name, x, targets[k].Wanted(), w)
		}
	}
}

// Distances are in tolerances, with a sign, and none within bounds.
func TestTargetDistance(t *testing.T) {
	exact, inside := Target{least: 2, most: 2, Tolerance: .5}, Target{least: 1, most: 3, Tolerance: .5}
	for _, c := range []struct {
		t       Target
		x, want float64
	}{{exact, 2, 0}, {exact, 1, -2}, {exact, 2.25, .5}, {inside, 1, 0}, {inside, 3, 0}, {inside, .5, -1}, {inside, 4, 2}} {
		if d := c.t.Distance(c.x); d != c.want {
			t.Errorf("%v from %s: %v, want %v", c.x, c.t.Wanted(), d, c.want)
		}
	}
	if !math.IsNaN(exact.Distance(math.NaN())) {
		t.Error("what is not there has no distance")
	}
}

// Mistakes are told all at once, with their lines.
// What a target holds beside a mistyped key or measure is no further mistake.
func TestTargetProblemsOnce(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	for text, want := range map[string]int{
		"[[target]]\nmeasure = \"hostilty\"\nat = \"end\"\nvalue = 1\ntolerance = 1\n": 1,
		"[[target]]\nmeasur = \"hostility\"\nat = \"end\"\nvalue = 1\ntolerance = 1\n": 2, // no measure, and no such key
		"[[target]]\nmeasure = \"x\"\n[[target]]\nmeasure = \"y\"\n":                   2,
	} {
		_, err := ParseTargets("t.toml", text, s)
		var problems problem.List
		if !errors.As(err, &problems) || len(problems) != want {
			t.Errorf("%q has %d problems, not %d: %v", text, len(problems), want, err)
		}
	}
}

func TestTargetProblems(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	for text, wants := range map[string][]string{
		"":                                       {"t.toml:1: target: is missing"},
		"[[target]]\nmeasure = \"hostilty\"\n":   {"t.toml:2: target[1].measure: ", "hostility"},
		"[[target]]\nmeasure = \"hostility\"\n":  {"t.toml:1: target[1].value: is missing", "target[1].tolerance: is missing"},
		"[[target]]\nvalue = 1\ntolerance = 1\n": {"one of measure, text and label"},
		"[[target]]\nlabel = \"drift\"\nvalue = 1\ntolerance = 0\n":                                                          {"t.toml:4: target[1].tolerance"},
		"[[target]]\nmeasure = \"openness\"\nat = 2050-01-01\nvalue = 1\ntolerance = 1\n":                                    {"t.toml:3: target[1].at: 2050-01-01 lies outside the run; allowed: from 2020-01-01 to 2034-12-31"},
		"[[target]]\nmeasure = \"openness\"\nat = \"lst\"\nvalue = 1\ntolerance = 1\n":                                       {"t.toml:3: target[1].at: ", "last"},
		"[[target]]\nmeasure = \"modularity\"\nvalue = 1\ntolerance = 1\n":                                                   {"taken at a stride only"},
		"[[target]]\nmeasure = \"openness\"\nvalue = 1\nat-least = 0\ntolerance = 1\n":                                       {"a value, or bounds"},
		"[[target]]\nmeasure = \"openness\"\nat-most = 1\nat-least = 2\ntolerance = 1\n":                                     {"at-least 2 is above at-most 1"},
		"[[target]]\ntext = \"x\"\nvalue = 1\ntolerance = 1\n":                                                               {"target[1].count: is missing"},
		"[[target]]\nlabel = \"drift\"\nvalue = 1\ntolerance = 1\nwieght = 2\n":                                              {"t.toml:5: target[1].wieght: unknown key"},
		"[[target]]\nmeasure = \"openness\"\nfrom = 2022-01-01\nuntil = 2021-01-01\nvalue = 1\ntolerance = 1\n":              {"it ends before it begins"},
		"[[target]]\nlabel = \"drift\"\nvalue = 1\ntolerance = 1\n[[target]]\nlabel = \"drift\"\nvalue = 0\ntolerance = 1\n": {`two targets are called "drift"`},
		"target = 1\n": {"t.toml:1: "},
		"[[target]\n":  {"t.toml:2:9: not valid TOML"},
	} {
		_, err := ParseTargets("t.toml", text, s)
		var problems problem.List
		if !errors.As(err, &problems) {
			t.Errorf("%q: %v", text, err)
			continue
		}
		for _, want := range wants {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q: no %q in\n%v", text, want, err)
			}
		}
	}
}

// Whatever the text, it is read or refused with a place, and what is read can be
// asked of a run.
func FuzzTargets(f *testing.F) {
	f.Add(wellPut)
	f.Add("[[target]]\nmeasure = \"openness\"\nat = 2050-01-01\nvalue = nan\ntolerance = inf\n")
	f.Add("target = [{label = \"drift\", at-most = -1, tolerance = 1e-9}]")
	s := mustLoad(f, "two-blocs")
	result := &models.Result{Series: measures.Series{Values: make([][]float64, len(measures.All()))}}
	for k := range result.Series.Values {
		result.Series.Values[k] = make([]float64, s.Calendar.Ticks)
	}
	f.Fuzz(func(t *testing.T, text string) {
		targets, err := ParseTargets("t.toml", text, s)
		var problems problem.List
		if err != nil && !errors.As(err, &problems) {
			t.Fatalf("%T: %v", err, err)
		}
		for k := range targets {
			x := targets[k].Of(result)
			if d := targets[k].Distance(x); math.IsNaN(d) != math.IsNaN(x) || targets[k].Name == "" || !(targets[k].Tolerance > 0) {
				t.Fatalf("%+v at %v", targets[k], x)
			}
		}
	})
}
