package discovery

import (
	"errors"
	"strings"
	"testing"

	"splinternet/models/verdict"
	"splinternet/scenarios/studies/factors"
)

func TestOutcomeErrors(t *testing.T) {
	s := &factors.Sweep{Measures: []string{"depth"}}
	for text, want := range map[string]string{
		"":                          "an empty condition; wanted: an end state (liberal-convergence",
		"hostile":                   `"hostile" is no end state; allowed: liberal-convergence`,
		"depth":                     "depth needs a limit, such as depth<0.2",
		"depth_end":                 "depth_end needs a limit",
		"depth<x":                   `"x" is no limit of depth`,
		"depth<NaN":                 "is no limit",
		"dept<0.2":                  `"dept" is no measure of this sweep`,
		"label=drift>1":             "label=drift is true or not and needs no limit: write drift",
		"drift & ":                  "an empty condition",
		"drift|":                    `"" is no end state`,
		"depth<0.2 & hostile | all": `"hostile" is no end state`,
	} {
		_, err := Parse(s, text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	var name *factors.NameError
	if _, err := Parse(s, "drfit"); !errors.As(err, &name) || name.Name != "drfit" {
		t.Error(err)
	}
}

func FuzzOutcome(f *testing.F) {
	for _, text := range []string{"drift", "drift|hostile-fragmentation", "depth<0.2", "depth_first>=-1e3&label=drift", "margin<=.5", "depth<", "|&"} {
		f.Add(text)
	}
	s := &factors.Sweep{Measures: []string{"depth", "other"}}
	f.Fuzz(func(t *testing.T, text string) {
		o, err := Parse(s, text)
		if err != nil {
			return
		}
		again, err := Parse(s, o.Text)
		if err != nil || again.Text != o.Text {
			t.Errorf("%q is understood as %q, and that as %v, %v", text, o.Text, again, err)
		}
		values := make([]float64, len(o.quantities()))
		if _, known := o.of(verdict.Drift, values); !known {
			t.Errorf("%q is not known of a run that has everything", text)
		}
	})
}
