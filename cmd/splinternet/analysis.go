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

	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
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

// size is how many runs are played, and how.
func (o *playOptions) size() studies.Size {
	return studies.Size{Seed: o.seed, Runs: o.runs, Workers: o.workers}
}

// check refuses options that make no sense and a folder that is taken, before
// anything is played; least is the smallest number of runs.
func (o *playOptions) check(kind string, least int) error {
	size := o.size()
	if err := size.Check(least); err != nil {
		return refused(err)
	}
	if o.ticks < 0 || o.ticks == 0 && o.ticksGiven {
		return misuse(fmt.Errorf("--ticks %d: at least 1", o.ticks))
	}
	if !slices.Contains(frame.Formats, o.format) {
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

// deliver prints a finding, tell for people, and writes its folder.
func (o *playOptions) deliver(c *console, f *study.Finding, tell func(w io.Writer), began time.Time) error {
	if o.out != "" {
		f.Manifest.Performance = study.Since(began, o.workers)
		if err := f.Write(o.out, o.format); err != nil {
			return failed(err, "nothing half-written was left behind; --out DIR writes elsewhere")
		}
		if o.force {
			if err := forgetFigures(c, o.out); err != nil {
				return err
			}
		}
	}
	if o.json {
		return failedIf(f.WriteJSON(c.out, o.out))
	}
	var b strings.Builder
	tell(&b)
	if len(f.Manifest.Warnings) > 0 {
		b.WriteString("\nRead with care\n")
		for _, warning := range f.Manifest.Warnings {
			b.WriteString(bullet(warning.Text, columns(c.out)))
		}
	}
	if o.out != "" {
		fmt.Fprintf(&b, "\nThe tables are in %s\n", o.out)
	}
	_, err := io.WriteString(c.out, trailing.ReplaceAllString(b.String(), "\n"))
	return failedIf(err)
}

// trailing are the spaces with which a table fills up its last column.
var trailing = regexp.MustCompile(` +\n`)

// bullet is a paragraph behind a dash, wrapped to the width.
func bullet(text string, width int) string {
	return "- " + strings.Join(output.Wrap(text, width-2), "\n  ") + "\n"
}

// wrapped breaks a paragraph into lines that fit a page.
func wrapped(text string) string {
	const width = 88
	return strings.Join(output.Wrap(text, width), "\n") + "\n"
}

// refused words what is wrong with a plan; other errors stay what they are.
func refused(err error) error {
	var limit *studies.LimitError
	if !errors.As(err, &limit) {
		return err
	}
	text := "--" + limit.Error()
	switch {
	case limit.Name == "epsilon":
		text += "; .05 for a look, .01 for a paper"
	case limit.Name == "runs" && limit.Least == 2:
		text += ", because one run has no spread"
	case limit.Name == "runs" && limit.Least == studies.Least:
		text += ", because stability shows only in what follows"
	case limit.Name == "permutations":
		text = fmt.Sprintf("--permutations %g: at least 1, or 0 for all coalitions of up to %d parts", limit.Value, studies.AllCoalitions)
	}
	return misuse(errors.New(text))
}

// interrupted words the end of an analysis that was broken off, after what was
// whole has been delivered.
func interrupted(playing error, finished, of int, unit string) error {
	if playing == nil {
		return nil
	}
	if plan := refused(playing); plan != playing {
		return plan
	}
	if !errors.Is(playing, context.Canceled) {
		return failed(playing)
	}
	if finished == 0 {
		return failed(errors.New("interrupted: nothing was finished, and nothing was written"))
	}
	return failed(fmt.Errorf("interrupted: %d of %s are finished, and the tables are made of them", finished, output.Count(of, unit)))
}

// headlineNames are the names of the headline measures.
func headlineNames() []string {
	var names []string
	for _, q := range studies.Means() {
		names = append(names, q.Name())
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

// columnsOf are the measures on a screen, by place in studies.Headlines: those wanted, or
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
		a, b, _ := strings.Cut(studies.Quantity{Measure: m}.Title(), " ")
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
	return fmt.Sprintf("%s ±%.3f%s", output.Signed(e.Value, 3), (e.High-e.Low)/2, mark)
}

// reach is an interval in words.
func reach(e analysis.Estimate) string {
	if math.IsNaN(e.Low) {
		return "-"
	}
	p := study.Places(e)
	return output.Signed(e.Low, p) + " to " + output.Signed(e.High, p)
}
