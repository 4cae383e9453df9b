package study

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"

	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/scenarios/studies"
	"splinternet/sim/analysis"
)

// comparison words a comparison.
type comparison struct{ *studies.Comparison }

// tell prints the comparison for people.
func (c comparison) tell(w io.Writer) {
	calendar := c.Sides[0].Scenario.Calendar
	fmt.Fprintf(w, "%s, %s of each, paired by their seeds\n", output.Span(calendar), output.Count(len(c.Readings), "run"))
	for k := 1; k < len(c.Sides); k++ {
		fmt.Fprintf(w, "\n%s against %s\n", c.Sides[k].Name, c.Sides[0].Name)
		c.tellMeasures(w, k)
		fmt.Fprintln(w)
		c.tellVerdicts(w, k)
		c.tellMoves(w, k)
	}
}

func (c comparison) tellMeasures(w io.Writer, side int) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	first, other := columnNames(c.Sides[0].Name, c.Sides[side].Name)
	fmt.Fprintf(t, "Mean of the last two years\t%s\t%s\tdifference\t95 %% interval\teffect size\n", first, other)
	for m, q := range studies.Means() {
		d, title := &c.Differences[side-1][m], output.Capital(q.Title())
		if d.None {
			fmt.Fprintf(t, "%s\t%.3f\t%.3f\tnone\t\t\n", title, d.MeanA, d.MeanB)
			continue
		}
		fmt.Fprintf(t, "%s\t%.3f\t%.3f\t%s\t%s\t%s\n", title, d.MeanA, d.MeanB,
			output.Signed(d.Value, Places(d.Estimate)), reach(d.Estimate), effect(d.EffectSize))
	}
	t.Flush()
}

// columnNames are the names of two sides as heads of narrow columns. What a long one has
// in front of the other's changes is left out, and what is longer still keeps its end.
func columnNames(a, b string) (string, string) {
	const wide = 22
	short := func(name string) string {
		if r := []rune(name); len(r) > wide {
			return "..." + string(r[len(r)-wide+3:])
		}
		return name
	}
	if changes, extends := strings.CutPrefix(b, a); extends && len(b) > wide && changes != "" {
		b = changes
	}
	return short(a), short(b)
}

// effect writes an effect size; beyond ten it says no more than that.
func effect(d float64) string {
	switch {
	case math.IsNaN(d):
		return "-"
	case d > 10:
		return "> 10"
	case d < -10:
		return "< -10"
	}
	return output.Signed(d, 1)
}

func (c comparison) tellVerdicts(w io.Writer, side int) {
	a, playedA := c.Counts(0)
	b, playedB := c.Counts(side)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	first, other := columnNames(c.Sides[0].Name, c.Sides[side].Name)
	fmt.Fprintf(t, "End states\t%s\t95 %% interval\t%s\t95 %% interval\n", first, other)
	for l, label := range verdict.Labels {
		if a[l]+b[l] == 0 {
			continue
		}
		x, y := analysis.Share(a[l], playedA), analysis.Share(b[l], playedB)
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", label.Words(),
			output.Percent(x.Value), output.PercentRange(x.Low, x.High), output.Percent(y.Value), output.PercentRange(y.Low, y.High))
	}
	t.Flush()
}

func (c comparison) tellMoves(w io.Writer, side int) {
	stay, pairs := c.Unmoved(side)
	var moved []string
	for from, counts := range c.Transitions(side) {
		for to, n := range counts {
			if n > 0 && from != to {
				moved = append(moved, fmt.Sprintf("%s from %s to %s", output.Count(n, "run"), verdict.Labels[from].Words(), verdict.Labels[to].Words()))
			}
		}
	}
	if len(moved) == 0 {
		fmt.Fprintf(w, "\nNo run ends in another end state.\n")
		return
	}
	fmt.Fprintf(w, "\nOf %s, %d end in the same end state on both sides; moved are\n", output.Count(pairs, "pair"), stay)
	for _, m := range moved {
		fmt.Fprintf(w, "  %s\n", m)
	}
}
