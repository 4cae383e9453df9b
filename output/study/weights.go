package study

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"

	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/scenarios/studies"
)

// WeightsOf makes the folder of the question which parameters move anything.
func WeightsOf(w *studies.Weights) *Finding {
	m := New(kind.Weights)
	m.Scenarios = append(m.Scenarios, scenarioOf(&w.Side))
	m.Seed, m.Runs, m.Finished, m.Complete = w.Size.Seed, w.Size.Runs, w.Size.Runs, true
	m.Options["played"] = w.Runs
	return &Finding{Manifest: m, Tables: []*Table{weightsTable(w)}, tell: weights{w}.tell}
}

func weightsTable(w *studies.Weights) *Table {
	t := NewTable("weights", slices.Concat(Words("parameter", "value", "measure"), Numbers("change_percent", "noise_percent", "low", "high"), Words("moves"))...)
	for _, x := range w.List {
		t.Row(x.Parameter, x.Value, x.Measure, 100*x.Change, 100*x.Noise, 100*(x.Change-x.Noise), 100*(x.Change+x.Noise), movesWord(&x))
	}
	return t
}

// movesWord says whether a parameter moves anything.
func movesWord(x *studies.Weight) string {
	switch {
	case x.None:
		return "nothing"
	case x.Moves():
		return "yes"
	}
	return "no"
}

// weights words the weights of parameters.
type weights struct{ *studies.Weights }

func (w weights) tell(out io.Writer) {
	fmt.Fprintf(out, "%s: %s, each of %s alone at both ends of its plausible range,\n%s at each end, with the seeds of the scenario itself; %s in all\n\n",
		w.Side.Name, output.Span(w.Side.Scenario.Calendar), output.Count(len(w.List), "parameter"), output.Count(w.Size.Runs, "run"), output.Count(w.Runs, "run"))
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "parameter\tat\tmoves\tby\tnoise\tbeyond it\n")
	list := slices.Clone(w.List)
	slices.SortStableFunc(list, func(a, b studies.Weight) int { return cmp.Compare(rank(&b), rank(&a)) })
	for _, x := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s %%\t%.2f %%\t%s\n", x.Parameter, x.Value, x.Measure, output.Signed(100*x.Change, 2), 100*x.Noise, movesWord(&x))
	}
	t.Flush()
	any, headline := w.Moving()
	fmt.Fprint(out, "\n"+wrapped(fmt.Sprintf("%d of %d parameters (%s) move a measure by at least %g %% and by more than chance, %d of them a headline measure. Chance is the half-width "+
		"of the interval of the mean difference at the same seeds, so wide that of 100 parameters that move nothing 5 would seem to in all their comparisons.",
		any, len(w.List), output.Percent(float64(any)/float64(len(w.List))), 100*studies.LeastChange, headline)))
}

// rank orders those that move something before those that do not, the clearest first.
func rank(x *studies.Weight) float64 {
	r := math.Abs(x.Change) / max(x.Noise, 1e-12)
	if x.Moves() {
		r += 1e15
	}
	return r
}
