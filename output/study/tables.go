package study

import (
	"math"
	"slices"

	"splinternet/models/verdict"
	"splinternet/output/kind"
	"splinternet/scenarios/studies"
	"splinternet/sim/analysis"
)

// ComparisonOf makes the folder of a comparison: the differences, the end states, and
// the runs that end otherwise than the run of the same seed does on the first side.
func ComparisonOf(c *studies.Comparison) *Finding {
	first := c.Sides[0].Name
	differences := NewTable("compare", slices.Concat(Words("measure", "a", "b"),
		Numbers("mean_a", "mean_b", "difference", "low", "high", "effect_size", "paired_effect_size"), Wholes("runs"))...)
	moves := NewTable("compare_moves", slices.Concat(Words("a", "b", "from", "to"), Wholes("runs"))...)
	for k, row := range c.Differences {
		other := c.Sides[k+1].Name
		for m, q := range studies.Means() {
			d := &row[m]
			differences.Row(q.Name(), first, other, d.MeanA, d.MeanB, d.Value, d.Low, d.High, d.EffectSize, d.PairedEffectSize, d.N)
		}
		for from, counts := range c.Transitions(k + 1) {
			for to, n := range counts {
				if n > 0 {
					moves.Row(first, other, string(verdict.Labels[from]), string(verdict.Labels[to]), n)
				}
			}
		}
	}
	return &Finding{
		Manifest: begun(kind.Comparison, c.Paired, c.Warnings),
		Tables:   []*Table{differences, verdictTable(c.Paired, "compare_verdicts", "scenario"), moves},
		Raw:      []*Table{runsTable(c.Paired, "scenario")},
		tell:     comparison{c}.tell,
	}
}

// AblationOf makes the folder of an ablation. Its manifest names the scenario alone: the
// other sides are this one with a change that the table names. The screen shows the
// headline measures that are named, or those of the verdict, and is ordered by what
// changes in the measure sort, if that is not "".
func AblationOf(a *studies.Ablation, measures []string, sort string) *Finding {
	m := begun(kind.Ablation, a.Paired, a.Warnings)
	m.Scenarios = m.Scenarios[:1]
	t := NewTable("ablation", slices.Concat(Words("variant", "measure"),
		Numbers("mean", "difference", "low", "high"), Wholes("runs"), Words("kind", "change"))...)
	for _, q := range studies.Means() {
		full := analysis.Mean(a.Values(q, 0)[0])
		t.Row(a.Sides[0].Name, q.Name(), full.Value, 0., math.NaN(), math.NaN(), full.N, "reference", "")
	}
	for k := range a.Removals {
		r := &a.Removals[k]
		for m, q := range studies.Means() {
			d := a.Difference(m, k+1)
			t.Row(r.Name, q.Name(), d.MeanB, d.Value, d.Low, d.High, d.N, r.Kind, ChangeOf(r))
		}
	}
	return &Finding{
		Manifest: m, Tables: []*Table{t, verdictTable(a.Paired, "ablation_verdicts", "variant")},
		Raw: []*Table{runsTable(a.Paired, "variant")}, tell: (&ablation{a, measures, sort}).tell,
	}
}

// ExplanationOf makes the folder of an explanation: what is owed to each part, and how
// the measures move in the whole scenario. The screen shows the headline measures that
// are named, or those of the verdict.
func ExplanationOf(e *studies.Explanation, measures []string) *Finding {
	m := begun(kind.Explanation, e.Paired, e.Warnings)
	m.Scenarios = m.Scenarios[:1]
	m.Options["method"] = e.Method()
	if e.Shapley {
		m.Options["permutations"], m.Options["coalitions"] = e.Permutations, e.Sets
	}
	t := NewTable("explain", slices.Concat(Words("measure", "part", "kind"),
		Numbers("effect", "low", "high"), Wholes("runs"), Words("method"))...)
	for o, outcome := range e.Outcomes {
		for k, p := range e.Parts {
			x := &e.Effects[o][k]
			t.Row(outcome.Name(), p.Name, p.Kind, x.Value, x.Low, x.High, x.N, e.Method())
		}
	}
	changed := NewTable("explain_changes", slices.Concat(Words("measure"), Numbers("first", "end", "change"))...)
	for m, q := range studies.Means() {
		from, to := e.Change(m)
		changed.Row(q.Name(), from, to, to-from)
	}
	return &Finding{
		Manifest: m, Tables: []*Table{t, changed}, Raw: []*Table{runsTable(e.Paired, "without")},
		tell: (&explanation{e, measures}).tell,
	}
}

// SizingOf makes the folder of the question how many runs are enough.
func SizingOf(s *studies.Sizing) *Finding {
	m := begun(kind.Replicates, s.Paired, s.Warnings)
	m.Options["epsilon"] = s.Epsilon
	t := NewTable("replicates", slices.Concat(Words("quantity"), Wholes("runs"),
		Numbers("mean", "low", "high", "cv"), Words("stable"))...)
	enough := NewTable("replicates_enough", slices.Concat(Words("quantity"), Wholes("runs"))...)
	for k := range s.Quantities {
		f := &s.Quantities[k]
		for _, n := range studies.Checkpoints(len(f.Values)) {
			e := f.At(n)
			t.Row(f.Name(), n, e.Value, e.Low, e.High, f.CV[n-1], f.Enough > 0 && n >= f.Enough)
		}
		n := math.NaN()
		if f.Enough > 0 {
			n = float64(f.Enough)
		}
		enough.Row(f.Name(), n)
	}
	return &Finding{
		Manifest: m, Tables: []*Table{t, enough}, Raw: []*Table{runsTable(s.Paired, "scenario")}, tell: sizing{s}.tell,
	}
}
