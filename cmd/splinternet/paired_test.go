package main

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"splinternet/models/verdict"
	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
)

// A word names a scenario and its changes; signs of numbers, and names that look
// like changes, stay what they are.
func TestSplitSide(t *testing.T) {
	for word, want := range map[string]string{
		"baseline":                                    "baseline | | ",
		"baseline+influence.bound=0.3":                "baseline | influence.bound=0.3 | ",
		"baseline-security":                           "baseline |  | security",
		"new-ip":                                      "new-ip |  | ",
		"new-ip-power-markets":                        "new-ip |  | power markets",
		"a/b+security.rate=1e+3-power+x.y=-2":         "a/b | security.rate=1e+3 x.y=-2 | power",
		"a+event.brics-turns.date=2021-01-01-markets": "a | event.brics-turns.date=2021-01-01 | markets",
		"my.toml-security+firm.huawei.tie=0.5":        "my.toml | firm.huawei.tie=0.5 | security",
		"-":                                           "- |  | ",
		"-security":                                   "-security |  | ",
		"--security":                                  "- |  | security",
	} {
		scenario, set, without := splitSide(word)
		got := scenario + " | " + strings.Join(set, " ") + " | " + strings.Join(without, " ")
		if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

// The nested models of any scenario switch off what the reference models of the
// library do.
func TestNestedModels(t *testing.T) {
	library := map[string]string{"M0": "m0-frozen", "M1": "m1-opinions", "M2": "m2-forums"}
	for _, a := range ablations(nil) {
		name := library[a.name]
		if name == "" {
			continue
		}
		delete(library, a.name)
		s, err := scenarios.Load(name, scenarios.Options{})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(a.without)
		if off := slices.Sorted(maps.Keys(s.Settings.Off)); !slices.Equal(off, a.without) {
			t.Errorf("%s is without %v, %s without %v", a.name, a.without, name, off)
		}
	}
	if len(library) > 0 {
		t.Errorf("no such models: %v", library)
	}
}

// A pair of which one run failed is left out of what compares them, and told.
func TestFailedRunsAreLeftOut(t *testing.T) {
	run := func(end float64) pairs.Reading {
		m := make([]pairs.Moments, len(pairs.Headlines))
		m[0].End = end
		return pairs.Reading{Label: verdict.Drift, Moments: m}
	}
	broken := pairs.Reading{Seed: 77, Err: errors.New("panic: no such forum")}
	p := pair([]side{{pairs.Side{Name: "a"}, "splinternet run a"}, {pairs.Side{Name: "b"}, "splinternet run b"}}, 1, 3, 1)
	p.Readings = [][]pairs.Reading{{run(1), run(3)}, {run(5), broken}, {run(2), run(5)}}
	d := p.difference(0, 1)
	if d.Value != 2.5 || d.N != 2 || d.meanA != 1.5 || d.meanB != 4 {
		t.Errorf("%+v: want the two whole pairs", d)
	}
	warnings := p.failureWarnings()
	if len(warnings) != 1 || warnings[0].Subject != "b" || !strings.Contains(warnings[0].Text, `"splinternet run b --seed 77" repeats it`) {
		t.Errorf("%+v", warnings)
	}
}

// What is interrupted is told of the replicates that are whole.
func TestInterruptedPlay(t *testing.T) {
	c := &console{out: new(bytes.Buffer), err: new(bytes.Buffer), quiet: true}
	sides, err := loadSides(c, []string{"two-blocs", "two-blocs-security"}, scenarios.Options{Ticks: 17})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	broken := pair(sides, 5, 100000, 2)
	broken.Enough = func(n int) bool {
		if n == 7 {
			cancel()
		}
		return false
	}
	playing := broken.play(ctx, c)
	f := newComparison(broken, nil)
	if f.manifest.Complete || f.manifest.Finished != len(broken.Readings) || f.manifest.Finished < 7 || f.manifest.Warnings[0].Kind != "incomplete" {
		t.Errorf("the manifest says %+v", f.manifest)
	}
	if err := interrupted(playing, 7, 100000, "run"); err == nil || err.Error() != "interrupted: 7 of 100000 runs are finished, and the tables are made of them" {
		t.Error(err)
	}
}

func TestColumnNames(t *testing.T) {
	for _, c := range [][4]string{
		{"baseline", "new-ip", "baseline", "new-ip"},
		{"baseline", "baseline-security", "baseline", "baseline-security"},
		{"baseline", "baseline+influence.bound=0.3", "baseline", "+influence.bound=0.3"},
		{"baseline+influence.bound=0.3", "baseline+influence.bound=0.5", "...influence.bound=0.3", "...influence.bound=0.5"},
	} {
		if a, b := columnNames(c[0], c[1]); a != c[2] || b != c[3] {
			t.Errorf("%s and %s: heads %q and %q", c[0], c[1], a, b)
		}
	}
}
