package study

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"splinternet/output"
	"splinternet/scenarios/studies"
)

// ablation words an ablation.
type ablation struct {
	*studies.Ablation
	measures []string // columns; none: those of the verdict
	sort     string   // a measure; rows by the size of what they change in it
}

// tell prints one row for each variant, in groups or by the size of what it
// changes.
func (a *ablation) tell(w io.Writer) {
	columns := columnsOf(a.measures)
	fmt.Fprintf(w, "%s: %s, %s of each variant, paired by their seeds\n", a.Sides[0].Name, output.Span(a.Sides[0].Scenario.Calendar), output.Count(len(a.Readings), "run"))
	fmt.Fprintf(w, "What changes in the mean of the last two years when something is taken out, with half\nthe width of the 95 %% interval; = is no change in any run, ? a sign that is not known.\n\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	columnHeads(t, columns, "same end", "state")
	fmt.Fprintf(t, "%s", a.Sides[0].Name)
	for _, m := range columns {
		fmt.Fprintf(t, "\t%.3f", studies.Mean(a.Values(studies.Quantity{Measure: m}, 0)[0]))
	}
	fmt.Fprintf(t, "\t\n")
	kind := ""
	for _, k := range a.order() {
		if x := a.Removals[k]; a.sort == "" && x.Kind != kind {
			kind = x.Kind
			fmt.Fprintf(t, "%s%s\n", groupWords[kind], strings.Repeat("\t", len(columns)+1))
		}
		a.tellRow(t, columns, k)
	}
	t.Flush()
}

var groupWords = map[string]string{
	studies.MechanismRemoval: "Mechanisms", studies.SwitchRemoval: "Assumptions", studies.ModelRemoval: "Models",
}

// order is that of the list, or the size of the effect on a measure.
func (a *ablation) order() []int {
	if m := slices.Index(studies.HeadlineNames(), a.sort); m >= 0 {
		return a.BySize(m)
	}
	order := make([]int, len(a.Removals))
	for k := range order {
		order[k] = k
	}
	return order
}

func (a *ablation) tellRow(t io.Writer, columns []int, k int) {
	name := a.Removals[k].Name
	if a.sort != "" && a.Removals[k].Kind == studies.MechanismRemoval {
		name = "without " + name
	}
	fmt.Fprintf(t, "  %s", name)
	for _, m := range columns {
		d := a.Difference(m, k+1)
		fmt.Fprintf(t, "\t%s", shortly(d.Estimate, d.None))
	}
	same, all := a.Unmoved(k + 1)
	fmt.Fprintf(t, "\t%s\n", output.Percent(float64(same)/float64(all)))
}
