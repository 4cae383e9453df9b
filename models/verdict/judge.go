package verdict

import (
	"fmt"
	"math"
	"slices"

	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/sim"
)

// WindowYears is the number of years that a label looks back over, and that another
// label must hold before it replaces the present one. Whatever sums a run up takes its
// means over the same years at the end, so that numbers and label speak of one time.
const WindowYears = 2

// Thresholds are the conventions of the decision list. They are parameters: two
// equal blocs must pass half of their cross traffic natively to reach the
// default reachability of .75, by R0 = (1+w)/2.
type Thresholds struct {
	Reachability        float64
	Depth               float64
	Openness            float64
	Recovery            float64
	ManagedReachability float64
	Hostility           float64
}

// New declares the thresholds.
func New(set *sim.Parameters) *Thresholds {
	t := new(Thresholds)
	s := set.Section("verdict")
	unit := sim.Range{Min: 0, Max: 1}
	threshold := func(field *float64, name string, value float64, domain sim.Range, doc string) {
		s.Number(field, sim.Parameter{
			Name: name, Default: value, Domain: domain, Plausible: sim.Range{Min: .8 * value, Max: min(domain.Max, 1.2*value)},
			Source: sim.Assumption, Doc: doc,
		})
	}
	threshold(&t.Reachability, "reachability", .75, unit, "Native reachability from which the network counts as one.")
	threshold(&t.Depth, "depth", .4, unit, "Depth of cooperation below which consensus is thin.")
	threshold(&t.Openness, "openness", .55, unit, "Power-weighted openness from which convergence is liberal.")
	threshold(&t.Recovery, "recovery", .25, unit, "Share of the native loss that bridges must win back for fragmentation to be managed.")
	threshold(&t.ManagedReachability, "managed-reachability", .6, unit, "Effective reachability that managed fragmentation must keep.")
	threshold(&t.Hostility, "hostility", .3, sim.Range{Min: 0, Max: 100}, "Hostility above which fragmentation is hostile: twice that of the first two years of the baseline.")
	return t
}

// Means are the window means that the decision list reads.
type Means struct{ Native, Effective, Depth, Openness, Hostility float64 }

// Decide applies the decision list and returns the label with the tests that it
// made.
func (t *Thresholds) Decide(m Means) (Label, []Test) {
	var tests []Test
	test := func(measure, parameter string, value, threshold float64) bool {
		above := value >= threshold
		tests = append(tests, Test{Measure: measure, Value: value, Threshold: threshold, Parameter: "verdict." + parameter, Above: above})
		return above
	}
	if test("native_reachability", "reachability", m.Native, t.Reachability) {
		if !test("cooperation_depth", "depth", m.Depth, t.Depth) {
			return Thin, tests
		}
		if test("openness", "openness", m.Openness, t.Openness) {
			return Liberal, tests
		}
		return PostLiberal, tests
	}
	if test("hostility", "hostility", m.Hostility, t.Hostility) && m.Hostility > t.Hostility {
		return Hostile, tests
	}
	recovered := test("recovery", "recovery", measures.Recovery(m.Native, m.Effective), t.Recovery)
	if recovered && test("effective_reachability", "managed-reachability", m.Effective, t.ManagedReachability) {
		return Managed, tests
	}
	return Drift, tests
}

// label is Decide without the tests, for every tick of every run.
func (t *Thresholds) label(m Means) Label {
	switch {
	case m.Native >= t.Reachability && m.Depth < t.Depth:
		return Thin
	case m.Native >= t.Reachability && m.Openness >= t.Openness:
		return Liberal
	case m.Native >= t.Reachability:
		return PostLiberal
	case m.Hostility > t.Hostility:
		return Hostile
	case measures.Recovery(m.Native, m.Effective) >= t.Recovery && m.Effective >= t.ManagedReachability:
		return Managed
	}
	return Drift
}

// Judge follows a run and labels it. What it remembers lies in the world of the run,
// so that it can go on judging a copy of it.
type Judge struct {
	thresholds *Thresholds
	span       int // ticks of the window
	*memory
}

// memory is what judges remember of a run.
type memory struct {
	History   []Label // by tick
	Present   Label
	Candidate Label
	Held      int // ticks for which the candidate has held
}

// NewJudge judges the run that is being played on a world, from its first tick on or
// from where it has come to.
func NewJudge(t *Thresholds, w *world.World) *Judge {
	return &Judge{thresholds: t, span: w.Calendar.Span(WindowYears), memory: world.Slot[memory](w, "verdict")}
}

// Observe labels tick t and tells whether the label changed from an earlier one.
// A label must hold for two years to replace another.
func (j *Judge) Observe(t int, series *measures.Series) (now, before Label, changed bool) {
	label := j.thresholds.label(means(series, t, j.span))
	before = j.Present
	switch {
	case j.Present == "":
		j.Present = label
	case label == j.Present:
		j.Candidate, j.Held = "", 0
	case label == j.Candidate:
		j.Held++
	default:
		j.Candidate, j.Held = label, 1
	}
	if j.Candidate != "" && j.Held >= j.span {
		j.Present, j.Candidate, j.Held = j.Candidate, "", 0
	}
	j.History = append(j.History, j.Present)
	return j.Present, before, before != "" && before != j.Present
}

// means averages the measures of the decision list over the window that ends in
// tick t.
func means(series *measures.Series, t, span int) Means {
	mean := func(name string) float64 {
		values := series.Of(name)
		sum, n := 0.0, 0.0
		for k := max(0, t-span+1); k <= t; k++ {
			sum += values[k]
			n++
		}
		return sum / n
	}
	return Means{
		Native: mean("native_reachability"), Effective: mean("effective_reachability"),
		Depth: mean("cooperation_depth"), Openness: mean("openness"), Hostility: mean("hostility"),
	}
}

// Required names the measures that a verdict needs.
var Required = []string{"native_reachability", "effective_reachability", "cooperation_depth", "openness", "hostility"}

// Verdict sums the run up. The label is that of the end's window by the decision
// list; the history, with its hysteresis, may still show an older one.
func (j *Judge) Verdict(series *measures.Series) Verdict {
	last := len(j.History) - 1
	if last < 0 {
		return Verdict{Label: Drift, Reason: "no tick was played"}
	}
	m := means(series, last, j.span)
	label, tests := j.thresholds.Decide(m)
	v := Verdict{Label: label, Tests: tests, Margin: math.Inf(1), History: slices.Clone(j.History)}
	for _, t := range tests {
		if t.Threshold > 0 {
			v.Margin = min(v.Margin, math.Abs(t.Value-t.Threshold)/t.Threshold)
		}
	}
	if math.IsInf(v.Margin, 1) {
		v.Margin = 1 // thresholds of 0 leave no relative distance
	}
	v.Borderline = v.Margin < .05
	v.Reason = reason(label, tests)
	v.Robust = j.thresholds.robust(m)
	return v
}

// robust moves each threshold by a fifth down and up.
func (t *Thresholds) robust(m Means) []Robustness {
	var list []Robustness
	for _, move := range []struct {
		name  string
		field func(*Thresholds) *float64
	}{
		{"reachability", func(t *Thresholds) *float64 { return &t.Reachability }},
		{"depth", func(t *Thresholds) *float64 { return &t.Depth }},
		{"openness", func(t *Thresholds) *float64 { return &t.Openness }},
		{"recovery", func(t *Thresholds) *float64 { return &t.Recovery }},
		{"managed-reachability", func(t *Thresholds) *float64 { return &t.ManagedReachability }},
		{"hostility", func(t *Thresholds) *float64 { return &t.Hostility }},
	} {
		lower, higher := *t, *t
		*move.field(&lower) *= .8
		*move.field(&higher) *= 1.2
		list = append(list, Robustness{"verdict." + move.name, lower.label(m), higher.label(m)})
	}
	return list
}

// reason says in one sentence what decided the label.
func reason(label Label, tests []Test) string {
	last := tests[len(tests)-1]
	side := "below"
	if last.Above {
		side = "at or above"
	}
	why := fmt.Sprintf("%s is %.3f, %s the threshold of %.3f", words(last.Measure), last.Value, side, last.Threshold)
	if label == Drift {
		return "split, with too few bridges and without hostility: " + why
	}
	if len(tests) > 1 {
		first := tests[0]
		one := "one network"
		if !first.Above {
			one = "a divided network"
		}
		return fmt.Sprintf("%s (native reachability %.3f), and %s", one, first.Value, why)
	}
	return why
}

func words(measure string) string {
	if k := measures.Find(measure); k >= 0 {
		return measures.All()[k].Title
	}
	return measure
}
