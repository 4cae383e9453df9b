package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
	"splinternet/sim"
	"splinternet/sim/analysis"
)

// playOptions are the flags that the analyses which play their own runs share.
type playOptions struct {
	seed                 uint64
	runs, workers, ticks int
	ticksGiven           bool
	set, without         []string
	out, format          string
	json, quiet, force   bool
	least                int // runs, at least; 0 stands for 2
}

// bind declares the flags; runs is the default of --runs and what it counts.
func (o *playOptions) bind(cmd *cobra.Command, runs int, what string) {
	f := cmd.Flags()
	f.SortFlags = false
	f.IntVar(&o.runs, "runs", runs, what)
	f.Uint64Var(&o.seed, "seed", 1, "seed of all randomness")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "runs at a time; changes no result")
	f.StringArrayVar(&o.set, "set", nil, "set a parameter, `key=value`; repeatable")
	f.StringArrayVar(&o.without, "without", nil, "switch a `mechanism` off; repeatable")
	f.IntVar(&o.ticks, "ticks", 0, "number of ticks (default: the scenario's)")
	f.StringVar(&o.out, "out", "", "write the tables and a manifest to this `folder`")
	f.StringVar(&o.format, "format", frame.CSV, "format of the tables: csv or parquet")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the tables")
	f.BoolVar(&o.quiet, "quiet", false, "no talk on stderr but errors")
	f.BoolVar(&o.force, "force", false, "replace the results in the folder")
	complete(cmd, "set", completeParameters)
	complete(cmd, "without", completeMechanisms)
	complete(cmd, "format", cobra.FixedCompletions(frame.Formats, cobra.ShellCompDirectiveNoFileComp))
}

// take takes over what the command line said.
func (o *playOptions) take(c *console, cmd *cobra.Command) {
	c.quiet, o.ticksGiven = o.quiet, cmd.Flags().Changed("ticks")
}

// check refuses options that make no sense and a folder that is taken, before
// anything is played.
func (o *playOptions) check(kind string) error {
	switch {
	case o.least > 0 && o.runs < o.least:
		return misuse(fmt.Errorf("--runs %d: at least %d", o.runs, o.least))
	case o.least == 0 && o.runs < 2:
		return misuse(fmt.Errorf("--runs %d: at least 2, because one run has no spread", o.runs))
	case o.workers < 1:
		return misuse(fmt.Errorf("--workers %d: at least 1", o.workers))
	case o.ticks < 0 || o.ticks == 0 && o.ticksGiven:
		return misuse(fmt.Errorf("--ticks %d: at least 1", o.ticks))
	case !slices.Contains(frame.Formats, o.format):
		return misuse(fmt.Errorf("--format %q: allowed: csv, parquet", o.format), didYouMean(o.format, frame.Formats))
	}
	if o.out != "" {
		if err := study.Check(o.out, kind, o.force); err != nil {
			return refusal(err)
		}
	}
	return nil
}

func (o *playOptions) overrides() scenarios.Options {
	return scenarios.Options{Set: o.set, Without: o.without, Ticks: o.ticks}
}

// finding is an analysis that is done, ready to be told and written.
type finding struct {
	manifest *study.Manifest
	tables   []*study.Table
	raw      []*study.Table // written, but not printed as JSON
	texts    []study.Text
	tell     func(w io.Writer) // prints the tables for people
}

// deliver prints a finding and writes its folder.
func (o *playOptions) deliver(c *console, f *finding, began time.Time) error {
	if o.out != "" {
		f.manifest.Performance = study.Since(began, o.workers)
		if err := study.Write(o.out, f.manifest, o.format, slices.Concat(f.tables, f.raw), f.texts...); err != nil {
			return failed(err, "nothing half-written was left behind; --out DIR writes elsewhere")
		}
		if o.force {
			if err := forgetFigures(c, o.out); err != nil {
				return err
			}
		}
	}
	if o.json {
		if err := study.WriteJSON(c.out, f.manifest, f.tables, o.out); err != nil {
			return failed(err)
		}
		return nil
	}
	var b strings.Builder
	f.tell(&b)
	if len(f.manifest.Warnings) > 0 {
		b.WriteString("\nRead with care\n")
		for _, warning := range f.manifest.Warnings {
			b.WriteString(bullet(warning.Text, columns(c.out)))
		}
	}
	if o.out != "" {
		fmt.Fprintf(&b, "\nThe tables are in %s\n", o.out)
	}
	if _, err := io.WriteString(c.out, trailing.ReplaceAllString(b.String(), "\n")); err != nil {
		return failed(err)
	}
	return nil
}

// trailing are the spaces with which a table fills up its last column.
var trailing = regexp.MustCompile(` +\n`)

// bullet is a paragraph behind a dash, wrapped to the width.
func bullet(text string, width int) string {
	var b strings.Builder
	line := "-"
	for word := range strings.FieldsSeq(text) {
		if len([]rune(line))+1+len([]rune(word)) > width && strings.TrimSpace(line) != "-" {
			b.WriteString(line + "\n")
			line = " "
		}
		line += " " + word
	}
	return b.String() + line + "\n"
}

// interrupted words the end of an analysis that was broken off, after what was
// whole has been delivered.
func interrupted(playing error, finished, of int, unit string) error {
	if playing == nil {
		return nil
	}
	if !errors.Is(playing, context.Canceled) {
		return failed(playing)
	}
	if finished == 0 {
		return failed(errors.New("interrupted: nothing was finished, and nothing was written"))
	}
	return failed(fmt.Errorf("interrupted: %d of %s are finished, and the tables are made of them", finished, output.Count(of, unit)))
}

// identify puts the sides and the size of a paired play into a manifest.
func (p *paired) identify(m *study.Manifest) {
	for _, s := range p.sides {
		m.Scenarios = append(m.Scenarios, output.Scenario{
			Name: s.Name, Title: s.Scenario.Title, Hash: s.Scenario.Hash, Text: s.Scenario.Text,
		})
	}
	m.Seed, m.Runs, m.Finished = p.Seed, p.Runs, len(p.Readings)
	m.Complete = len(p.Readings) == p.Runs
}

// runsTable is one row for every run that was played, so that whatever a table
// says can be worked out again.
func (p *paired) runsTable(sideColumn string) *study.Table {
	t := study.NewTable("runs", slices.Concat(
		study.Words(sideColumn), study.Wholes("replicate"), study.Words("seed", "label"), study.Numbers("margin"),
		study.Words("borderline", "error"), study.Numbers(momentColumns()...),
	)...)
	for r, row := range p.Readings {
		for k := range row {
			t.Row(runCells(p.sides[k].Name, r, &row[k])...)
		}
	}
	return t
}

// momentColumns are the columns of the headline measures in tables of runs.
func momentColumns() []string {
	var names []string
	for _, k := range pairs.Headlines {
		for _, moment := range []string{"_first", "_last", "_end"} {
			names = append(names, measures.All()[k].Name+moment)
		}
	}
	return names
}

func runCells(side string, replicate int, r *pairs.Reading) []any {
	cells := []any{side, replicate, fmt.Sprint(r.Seed)}
	if r.Err != nil {
		cells = append(cells, "", math.NaN(), "", r.Err.Error())
		for range momentColumns() {
			cells = append(cells, math.NaN())
		}
		return cells
	}
	cells = append(cells, string(r.Label), r.Margin, r.Borderline, "")
	for _, m := range r.Moments {
		cells = append(cells, m.First, m.Last, m.End)
	}
	return cells
}

// verdictTable is the share of each end state on every side.
func (p *paired) verdictTable(name, sideColumn string) *study.Table {
	t := study.NewTable(name, slices.Concat(
		study.Words(sideColumn, "label"), study.Wholes("runs"), study.Numbers("share", "low", "high"))...)
	for k, s := range p.sides {
		counts, played := p.Counts(k)
		for l, label := range verdict.Labels {
			e := analysis.Share(counts[l], played)
			t.Row(s.Name, string(label), counts[l], e.Value, e.Low, e.High)
		}
	}
	return t
}

// failureWarnings tell of runs that failed, with the command that repeats one.
func (p *paired) failureWarnings() []study.Warning {
	var list []study.Warning
	for k, s := range p.sides {
		if n, first := p.Failures(k); n > 0 {
			list = append(list, study.Warning{Kind: "failed", Subject: s.Name, Text: fmt.Sprintf(
				"%s of %s failed and is left out (%v); %q repeats it", output.Count(n, "run"), s.Name, first.Err, s.repeat(first.Seed))})
		}
	}
	return list
}

// fewRuns warns of intervals of too few runs.
func fewRuns(n int) []study.Warning {
	if n >= few {
		return nil
	}
	return []study.Warning{{Kind: "too-few-runs", Subject: "runs", Text: fmt.Sprintf(
		"%s are few: the intervals assume that means of so few runs are nearly normal; play %d or more", output.Count(n, "run"), few)}}
}

// headlineNames are the names of the headline measures.
func headlineNames() []string {
	var names []string
	for _, k := range pairs.Headlines {
		names = append(names, measures.All()[k].Name)
	}
	return names
}

// checkHeadlines refuses measures that are no headline ones.
func checkHeadlines(wanted ...string) error {
	names := headlineNames()
	for _, name := range wanted {
		if name != "" && !slices.Contains(names, name) {
			return misuse(fmt.Errorf("%q is no headline measure", name), didYouMean(name, names),
				"allowed: "+strings.Join(names, ", "))
		}
	}
	return nil
}

// columnsOf are the measures on a screen, by place in pairs.Headlines: those wanted, or
// those that the verdict rests on.
func columnsOf(wanted []string) []int {
	if len(wanted) == 0 {
		wanted = []string{"native_reachability", "effective_reachability", "cooperation_depth", "hostility"}
	}
	var list []int
	for _, name := range wanted {
		list = append(list, slices.Index(headlineNames(), name))
	}
	return list
}

// columnHeads prints the titles of measures in two lines, which keeps the columns
// narrow, and that of one more column.
func columnHeads(w io.Writer, columns []int, over, under string) {
	var first, second []string
	for _, m := range columns {
		a, b, _ := strings.Cut(measures.All()[pairs.Headlines[m]].Title, " ")
		first, second = append(first, a), append(second, b)
	}
	fmt.Fprintf(w, "\t%s\t%s\n\t%s\t%s\n", strings.Join(first, "\t"), over, strings.Join(second, "\t"), under)
}

// shortly is an estimate with half the width of its interval, in one cell.
func shortly(e analysis.Estimate, none bool) string {
	if none {
		return "="
	}
	mark := ""
	if e.Crosses() {
		mark = "?"
	}
	return fmt.Sprintf("%s ±%.3f%s", signed(e.Value, 3), (e.High-e.Low)/2, mark)
}

// title is the name of a measure for people, with a capital.
func title(measure int) string {
	name := measures.All()[measure].Title
	return strings.ToUpper(name[:1]) + name[1:]
}

// signed writes a difference with its sign; zero has none.
func signed(x float64, places int) string {
	s := fmt.Sprintf("%+.*f", places, x)
	if strings.Trim(s, "+-0.") == "" {
		return s[1:]
	}
	return s
}

// places is the number of decimals that shows how exactly an estimate is known:
// three, or four where the interval is narrower than a thousandth.
func places(e analysis.Estimate) int {
	if (e.High-e.Low)/2 < .001 {
		return 4
	}
	return 3
}

// reach is an interval in words.
func reach(e analysis.Estimate) string {
	if math.IsNaN(e.Low) {
		return "-"
	}
	p := places(e)
	return signed(e.Low, p) + " to " + signed(e.High, p)
}

// span says what the runs of a scenario cover.
func span(c sim.Calendar) string {
	return fmt.Sprintf("%s to %s", c.Start.Format("January 2006"), c.Date(c.Ticks).AddDate(0, 0, -1).Format("January 2006"))
}
