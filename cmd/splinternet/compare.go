package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/pairs"
	"splinternet/sim/analysis"
)

// compareOptions are the flags of compare.
type compareOptions struct {
	playOptions
	stable untilStable
	sides  []string
}

// compare plays scenarios side by side with shared chance and says where they
// differ from the first.
func compare(ctx context.Context, c *console, o compareOptions) error {
	began := time.Now()
	if err := o.check(kind.Comparison); err != nil {
		return err
	}
	sides, err := loadSides(c, o.sides, o.overrides())
	if err != nil {
		return err
	}
	warnings, err := comparable(sides)
	if err != nil {
		return err
	}
	p := pair(sides, o.seed, o.runs, o.workers)
	watched := o.stable.stopAt(p)
	playing := p.play(ctx, c)
	if len(p.Readings) == 0 {
		return interrupted(playing, 0, p.Runs, "run")
	}
	o.stable.settle(c, p, watched, playing)
	f := newComparison(p, warnings)
	if err := o.deliver(c, f, began); err != nil {
		return err
	}
	return interrupted(playing, len(p.Readings), p.Runs, "run")
}

// comparable refuses sides that cannot be paired, and warns of those that can be,
// but with less in common than one would think.
func comparable(sides []side) ([]study.Warning, error) {
	var warnings []study.Warning
	first := sides[0].Scenario
	for _, s := range sides[1:] {
		a, b := first.Calendar, s.Scenario.Calendar
		switch {
		case a.Tick != b.Tick:
			return nil, misuse(fmt.Errorf("%s has ticks of a %s and %s of a %s: chance is shared tick by tick, so they cannot be paired",
				sides[0].Name, a.Tick, s.Name, b.Tick), "give both the same time.tick, for instance --set time.tick="+a.Tick.String())
		case !a.Start.Equal(b.Start) || a.Ticks != b.Ticks:
			warnings = append(warnings, study.Warning{Kind: "calendars", Subject: s.Name, Text: fmt.Sprintf(
				"%s covers %s and %s %s: they are paired tick by tick, and their ends are not at the same date",
				sides[0].Name, span(a), s.Name, span(b))})
		}
		if both := common(first.World.States.ID, s.Scenario.World.States.ID); both < max(first.World.States.N, s.Scenario.World.States.N) {
			warnings = append(warnings, study.Warning{Kind: "worlds", Subject: s.Name, Text: fmt.Sprintf(
				"%s and %s have %d states in common, of %d and %d: only those share their chance",
				sides[0].Name, s.Name, both, first.World.States.N, s.Scenario.World.States.N)})
		}
	}
	return warnings, nil
}

// common counts the words that both lists have.
func common(a, b []string) (n int) {
	for _, word := range a {
		if slices.Contains(b, word) {
			n++
		}
	}
	return n
}

// comparison holds what the tables of compare are made of.
type comparison struct {
	*paired
	differences, moves *study.Table
	warnings           []study.Warning
}

func newComparison(p *paired, warnings []study.Warning) *finding {
	m := study.New(kind.Comparison)
	p.identify(m)
	c := &comparison{paired: p, warnings: warnings}
	c.compare()
	c.move()
	c.caution()
	m.Warnings = append(m.Warnings, c.warnings...)
	return &finding{
		manifest: m, tables: []*study.Table{c.differences, p.verdictTable("compare_verdicts", "scenario"), c.moves},
		raw: []*study.Table{p.runsTable("scenario")}, tell: c.tell,
	}
}

// compare is the difference of every headline measure between every side and the
// first.
func (c *comparison) compare() {
	c.differences = study.NewTable("compare", slices.Concat(study.Words("measure", "a", "b"),
		study.Numbers("mean_a", "mean_b", "difference", "low", "high", "effect_size", "paired_effect_size"),
		study.Wholes("runs"))...)
	for k := 1; k < len(c.sides); k++ {
		for m := range pairs.Headlines {
			d := c.difference(m, k)
			c.differences.Row(measures.All()[pairs.Headlines[m]].Name, c.sides[0].Name, c.sides[k].Name,
				d.meanA, d.meanB, d.Value, d.Low, d.High, d.size, d.paired, d.N)
		}
	}
}

// difference is what a measure differs by between the first side and another.
type difference struct {
	analysis.Estimate
	meanA, meanB float64
	size, paired float64 // Cohen's d and d_z
	none         bool    // not one run differs
}

func (p *paired) difference(measure, side int) difference {
	ends := p.Ends(measure, 0, side)
	a, b := ends[0], ends[1]
	d := difference{
		Estimate: analysis.PairedDifference(a, b), meanA: pairs.Mean(a), meanB: pairs.Mean(b),
		size: analysis.CohenD(a, b), paired: analysis.PairedD(a, b),
	}
	d.none = !slices.ContainsFunc(analysis.Differences(a, b), func(x float64) bool { return x != 0 })
	return d
}

// move counts the runs that end otherwise than the run of the same seed does on
// the first side.
func (c *comparison) move() {
	c.moves = study.NewTable("compare_moves", slices.Concat(study.Words("a", "b", "from", "to"), study.Wholes("runs"))...)
	for k := 1; k < len(c.sides); k++ {
		for from, counts := range c.transitions(k) {
			for to, n := range counts {
				if n > 0 {
					c.moves.Row(c.sides[0].Name, c.sides[k].Name, string(verdict.Labels[from]), string(verdict.Labels[to]), n)
				}
			}
		}
	}
}

// transitions counts runs by their label on the first side and on another.
func (p *paired) transitions(side int) [][]int {
	counts := make([][]int, len(verdict.Labels))
	for k := range counts {
		counts[k] = make([]int, len(verdict.Labels))
	}
	for _, row := range p.Readings {
		if row[0].Err == nil && row[side].Err == nil {
			counts[slices.Index(verdict.Labels, row[0].Label)][slices.Index(verdict.Labels, row[side].Label)]++
		}
	}
	return counts
}

// few is the number of runs below which intervals are told to be rough, drift
// what a share may move in two years and still count as stationary, and rough
// half the width of a share's interval from which it is told to be one.
const (
	few        = 10
	drift      = .01
	rough      = pairs.Rough
	negligible = pairs.Negligible
)

// caution gathers the reasons to read the tables with care.
func (c *comparison) caution() {
	if !c.wholePlay() {
		c.warn("incomplete", "runs", "%d of %s were played", len(c.Readings), output.Count(c.Runs, "run"))
	}
	c.warnings = append(c.warnings, c.failureWarnings()...)
	c.warnFew()
	for k := 1; k < len(c.sides); k++ {
		c.warnZero(k)
	}
	for k := range c.sides {
		c.warnMoving(k)
	}
}

func (c *comparison) warn(kind, subject, format string, values ...any) {
	c.warnings = append(c.warnings, study.Warning{Kind: kind, Subject: subject, Text: fmt.Sprintf(format, values...)})
}

func (p *paired) wholePlay() bool { return len(p.Readings) == p.Runs }

func (c *comparison) warnFew() {
	c.warnings = append(c.warnings, fewRuns(len(c.Readings))...)
	widest, of := 0.0, ""
	for k, s := range c.sides {
		counts, played := c.Counts(k)
		for _, n := range counts {
			low, high := analysis.Wilson(n, played)
			if half := (high - low) / 2; n > 0 && half > widest {
				widest, of = half, s.Name
			}
		}
	}
	if widest > rough {
		// At half of all runs an interval is widest: n = z^2 / (4 h^2).
		need := int(math.Ceil(1.96 * 1.96 / (4 * rough * rough)))
		c.warn("too-few-runs", of, "the shares of end states are known to ±%.0f percentage points only; about %d runs would give ±%.0f",
			100*widest, need, 100*rough)
	}
}

// warnZero names the measures whose difference could be none.
func (c *comparison) warnZero(side int) {
	var unknown []string
	for m, k := range pairs.Headlines {
		d := c.difference(m, side)
		if d.none || !d.Crosses() || d.N < 2 || max(math.Abs(d.Low), math.Abs(d.High)) < negligible {
			continue
		}
		word := measures.All()[k].Title
		if more := needed(d.Estimate); more > 0 {
			word += fmt.Sprintf(" (about %d runs would tell)", more)
		}
		unknown = append(unknown, word)
	}
	if len(unknown) > 0 {
		c.warn("crosses-zero", c.sides[side].Name, "%s against %s: the interval contains zero, so the sign of the difference is not known, for %s",
			c.sides[side].Name, c.sides[0].Name, strings.Join(unknown, ", "))
	}
}

// needed is the number of runs with which the interval would leave zero, if the
// difference is as it is estimated; 0 where that is beyond any use.
func needed(e analysis.Estimate) int {
	half := (e.High - e.Low) / 2
	n := float64(e.N) * half * half / (e.Value * e.Value)
	if !(n <= 1e4) {
		return 0
	}
	return int(math.Ceil(n))
}

// warnMoving names the measures that have not come to rest when a side ends.
func (c *comparison) warnMoving(side int) {
	var moving []string
	for m, k := range pairs.Headlines {
		change := analysis.Mean(c.Collect(func(r *pairs.Reading) float64 { return r.Moments[m].End - r.Moments[m].Before }, side)[0])
		if !change.Crosses() && math.Abs(change.Value) > drift {
			moving = append(moving, fmt.Sprintf("%s (%s)", measures.All()[k].Title, signed(change.Value, places(change))))
		}
	}
	if len(moving) > 0 {
		c.warn("not-stationary", c.sides[side].Name, "%s is still moving when it ends, from the mean of the two years before to that of the last two: %s; another end gives other differences",
			c.sides[side].Name, strings.Join(moving, ", "))
	}
}

// tell prints the comparison for people.
func (c *comparison) tell(w io.Writer) {
	calendar := c.sides[0].Scenario.Calendar
	fmt.Fprintf(w, "%s, %s of each, paired by their seeds\n", span(calendar), output.Count(len(c.Readings), "run"))
	for k := 1; k < len(c.sides); k++ {
		fmt.Fprintf(w, "\n%s against %s\n", c.sides[k].Name, c.sides[0].Name)
		c.tellMeasures(w, k)
		fmt.Fprintln(w)
		c.tellVerdicts(w, k)
		c.tellMoves(w, k)
	}
}

func (c *comparison) tellMeasures(w io.Writer, side int) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	first, other := columnNames(c.sides[0].Name, c.sides[side].Name)
	fmt.Fprintf(t, "Mean of the last two years\t%s\t%s\tdifference\t95 %% interval\teffect size\n", first, other)
	for m, k := range pairs.Headlines {
		d := c.difference(m, side)
		if d.none {
			fmt.Fprintf(t, "%s\t%.3f\t%.3f\tnone\t\t\n", title(k), d.meanA, d.meanB)
			continue
		}
		fmt.Fprintf(t, "%s\t%.3f\t%.3f\t%s\t%s\t%s\n", title(k), d.meanA, d.meanB,
			signed(d.Value, places(d.Estimate)), reach(d.Estimate), effect(d.size))
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
	return signed(d, 1)
}

func (c *comparison) tellVerdicts(w io.Writer, side int) {
	a, playedA := c.Counts(0)
	b, playedB := c.Counts(side)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	first, other := columnNames(c.sides[0].Name, c.sides[side].Name)
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

func (c *comparison) tellMoves(w io.Writer, side int) {
	stay, pairs := 0, 0
	var moved []string
	for from, counts := range c.transitions(side) {
		for to, n := range counts {
			if pairs += n; from == to {
				stay += n
			} else if n > 0 {
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
