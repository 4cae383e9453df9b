package study

import (
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"

	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/scenarios/studies"
	"splinternet/sim/analysis"
)

// DrawsOf makes the folder of an ablation over draws: what each removal changes, which
// labels the draws come to, how the headline measures hang together, and the sets behind
// it. The screen shows the headline measures that are named, or those of the verdict and
// openness.
func DrawsOf(d *studies.Draws, measures []string) *Finding {
	m := New(kind.Draws)
	m.Scenarios = append(m.Scenarios, scenarioOf(&d.Side))
	m.Seed, m.Runs, m.Finished, m.Complete = d.Size.Seed, d.Asked, len(d.Points), d.Asked == len(d.Points)
	m.Options["set"], m.Options["factors"], m.Options["played"] = d.Size.Runs, d.Factors, played(d)
	m.warn(d.Warnings)
	return &Finding{
		Manifest: m, Tables: []*Table{drawsTable(d), drawsLabels(d), drawsCorrelations(d)},
		Raw: []*Table{drawsSets(d)}, tell: (&draws{d, measures}).tell,
	}
}

// played is the number of runs behind the points.
func played(d *studies.Draws) int {
	sets := 0
	for k := range d.Points {
		sets += len(setsOf(&d.Points[k]))
	}
	return sets * d.Size.Runs
}

// setsOf are the sets of a point: A, B and those without something, or A alone.
func setsOf(p *studies.Point) []studies.Set {
	if len(p.Without) == 0 {
		return []studies.Set{p.A}
	}
	return append([]studies.Set{p.A, p.B}, p.Without...)
}

func drawsTable(d *studies.Draws) *Table {
	t := NewTable("draws", slices.Concat(Words("removal", "quantity"),
		Numbers("effect", "low", "high", "shift", "shift_low", "shift_high"), Wholes("draws"), Words("change"))...)
	none := math.NaN()
	for k := range d.Removals {
		r := &d.Removals[k]
		e := d.Relabelled(k)
		t.Row(r.Name, "label", e.Value, e.Low, e.High, none, none, none, e.N, ChangeOf(r))
		for m, q := range studies.Means() {
			e, s := d.Moved(k, m), d.Shift(k, m)
			t.Row(r.Name, q.Name(), e.Value, e.Low, e.High, s.Value, s.Low, s.High, e.N, ChangeOf(r))
		}
	}
	return t
}

func drawsLabels(d *studies.Draws) *Table {
	t := NewTable("draws_labels", slices.Concat(Words("label"),
		Numbers("share", "low", "high", "share_of_single_runs", "single_low", "single_high"), Wholes("draws"))...)
	modal, single := d.Shares(false), d.Shares(true)
	for l, label := range verdict.Labels {
		a, b := modal[l], single[l]
		t.Row(string(label), a.Value, a.Low, a.High, b.Value, b.Low, b.High, a.N)
	}
	return t
}

func drawsCorrelations(d *studies.Draws) *Table {
	t := NewTable("draws_correlations", slices.Concat(Words("x", "y"), Numbers("correlation", "low", "high"), Wholes("draws"))...)
	names := studies.HeadlineNames()
	for x := range names {
		for y := range x {
			e := d.Correlation(x, y)
			t.Row(names[y], names[x], e.Value, e.Low, e.High, e.N)
		}
	}
	return t
}

// drawsSets is one row for each set of each draw, so that whatever a table says can be
// worked out again.
func drawsSets(d *studies.Draws) *Table {
	t := NewTable("draws_sets", slices.Concat(Wholes("draw"), Words("set", "label", "first_label"), Numbers(studies.HeadlineNames()...))...)
	for k := range d.Points {
		p := &d.Points[k]
		for s, set := range setsOf(p) {
			name := "all " + string(rune('a'+s))
			if s > 1 {
				name = "without " + d.Removals[s-2].Name
			}
			cells := []any{k + 1, name, string(set.Label), string(set.First)}
			for _, x := range set.Means {
				cells = append(cells, x)
			}
			t.Row(cells...)
		}
	}
	return t
}

// draws words an ablation over draws.
type draws struct {
	*studies.Draws
	measures []string
}

func (d *draws) tell(w io.Writer) {
	wanted := d.measures
	if len(wanted) == 0 {
		wanted = []string{"native_reachability", "cooperation_depth", "hostility", "openness"}
	}
	columns := columnsOf(wanted)
	fmt.Fprintf(w, "%s: %s, %s of %s, sets of %s, %s in all\n", d.Side.Name, output.Span(d.Side.Scenario.Calendar),
		output.Count(len(d.Points), "joint draw"), output.Count(d.Factors, "parameter"), output.Count(d.Size.Runs, "run"), output.Count(played(d.Draws), "run"))
	if len(d.Removals) > 0 {
		d.tellRemovals(w, columns)
	}
	d.tellLabels(w)
}

func (d *draws) tellRemovals(w io.Writer, columns []int) {
	fmt.Fprint(w, "\n"+wrapped("What taking something out changes beyond what two sets with everything differ by: the share of draws whose most frequent end state changes, "+
		"and how far the mean of a measure moves, with half the width of the 95 % interval; ? where zero lies in it. In brackets where the mean moves, by sign."))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	columnHeads(t, columns, "end", "states")
	for k := range d.Removals {
		fmt.Fprintf(t, "%s", d.Removals[k].Name)
		for _, m := range columns {
			fmt.Fprintf(t, "\t%s (%s)", shortly(d.Moved(k, m), false), output.Signed(d.Shift(k, m).Value, 3))
		}
		e := d.Relabelled(k)
		mark := ""
		if e.Crosses() {
			mark = "?"
		}
		fmt.Fprintf(t, "\t%s (%s to %s)%s\n", output.Percent(e.Value), output.Percent(e.Low), output.Percent(e.High), mark)
	}
	t.Flush()
	chance := d.Chance()
	fmt.Fprint(w, wrapped(fmt.Sprintf("By chance alone the most frequent end state changes in %s of the draws (%s to %s).",
		output.Percent(chance.Value), output.Percent(chance.Low), output.Percent(chance.High))))
}

// tellLabels says which end states the draws come to.
func (d *draws) tellLabels(w io.Writer) {
	fmt.Fprintf(w, "\nWhat the parameters say: end states over the draws\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\tmost frequent of %d\tfirst run alone\n", d.Size.Runs)
	modal, single := d.Shares(false), d.Shares(true)
	for l, label := range verdict.Labels {
		fmt.Fprintf(t, "%s\t%s\t%s\n", output.Capital(label.Words()), shareCell(modal[l]), shareCell(single[l]))
	}
	t.Flush()
	names := studies.HeadlineNames()
	at := func(name string) int { return slices.Index(names, name) }
	depth := at("cooperation_depth")
	fmt.Fprintf(w, "\nOver the draws cooperation depth correlates with native reachability by %s,\nwith hostility by %s.\n",
		correlationCell(d.Correlation(depth, at("native_reachability"))), correlationCell(d.Correlation(depth, at("hostility"))))
}

func shareCell(e analysis.Estimate) string {
	return fmt.Sprintf("%s (%s to %s)", output.Percent(e.Value), output.Percent(e.Low), output.Percent(e.High))
}

func correlationCell(e analysis.Estimate) string {
	switch {
	case math.IsNaN(e.Value):
		return "-"
	case math.IsNaN(e.Low):
		return output.Signed(e.Value, 2)
	}
	return fmt.Sprintf("%s (%s to %s)", output.Signed(e.Value, 2), output.Signed(e.Low, 2), output.Signed(e.High, 2))
}
