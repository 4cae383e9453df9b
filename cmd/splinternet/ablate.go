package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/studies"
)

// ablateOptions are the flags of ablate.
type ablateOptions struct {
	playOptions
	scenario string
	measures []string // columns of the screen
	sort     string   // a measure; rows by the size of what they change in it
}

// ablate plays a scenario with one thing after the other taken out of it, all
// with shared chance.
func ablate(ctx context.Context, c *console, o ablateOptions) error {
	began := time.Now()
	if err := o.check(kind.Ablation, 2); err != nil {
		return err
	}
	if err := checkHeadlines(append(slices.Clone(o.measures), o.sort)...); err != nil {
		return err
	}
	sides, err := loadSides(c, []string{o.scenario}, o.overrides())
	if err != nil {
		return err
	}
	found, playing := studies.Ablate(ctx, studies.AblationPlan{Side: sides[0], Size: o.size()}, newProgress(c))
	var removal *studies.RemovalError
	switch {
	case errors.As(playing, &removal):
		return misuse(playing, fmt.Sprintf("%s takes %s out with %s", removal.Side.Name, removal.Removal.Name, study.ChangeOf(&removal.Removal)))
	case found == nil:
		return interrupted(playing, 0, o.runs, "run")
	}
	if err := o.deliver(c, study.AblationOf(found), (&ablation{found, o}).tell, began); err != nil {
		return err
	}
	return interrupted(playing, len(found.Readings), o.runs, "run")
}

// ablation tells people of an ablation.
type ablation struct {
	*studies.Ablation
	options ablateOptions
}

// tell prints one row for each variant, in groups or by the size of what it
// changes.
func (a *ablation) tell(w io.Writer) {
	columns := columnsOf(a.options.measures)
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
		if x := a.Removals[k]; a.options.sort == "" && x.Kind != kind {
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
	if m := slices.Index(headlineNames(), a.options.sort); m >= 0 {
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
	if a.options.sort != "" && a.Removals[k].Kind == studies.MechanismRemoval {
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
