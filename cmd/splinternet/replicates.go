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

// replicatesOptions are the flags of replicates.
type replicatesOptions struct {
	playOptions
	scenario string
	epsilon  float64
}

// replicates says how many runs of a scenario are enough.
func replicates(ctx context.Context, c *console, o replicatesOptions) error {
	began := time.Now()
	if err := o.check(kind.Replicates); err != nil {
		return err
	}
	if o.runs < pairs.Least {
		return misuse(fmt.Errorf("--runs %d: at least %d, because stability shows only in what follows", o.runs, pairs.Least))
	}
	if !(o.epsilon > 0 && o.epsilon <= 1) {
		return misuse(fmt.Errorf("--epsilon %g: above 0, up to 1; .05 for a look, .01 for a paper", o.epsilon))
	}
	sides, err := loadSides(c, []string{o.scenario}, o.overrides())
	if err != nil {
		return err
	}
	p := pair(sides, o.seed, o.runs, o.workers)
	playing := p.play(ctx, c)
	if len(p.Readings) == 0 {
		return interrupted(playing, 0, p.Runs, "run")
	}
	s := &sizing{paired: p, epsilon: o.epsilon}
	s.follow()
	if err := o.deliver(c, s.finding(), began); err != nil {
		return err
	}
	return interrupted(playing, len(p.Readings), p.Runs, "run")
}

// sizing follows the quantities of a scenario as its runs come in.
type sizing struct {
	*paired
	epsilon    float64
	quantities []quantity
}

// quantity is the end mean of a measure, or the share of an end state.
type quantity struct {
	name, title string
	values      []float64 // by run that did not fail
	cv          []float64
	share       bool
	enough      int // runs; 0 when those at hand are not
}

func (s *sizing) follow() {
	for m, k := range pairs.Headlines {
		values := s.Ends(m, 0)[0]
		s.quantities = append(s.quantities, quantity{
			name: measures.All()[k].Name, title: measures.All()[k].Title, values: values,
			cv: analysis.Converge(values, s.epsilon).CV, enough: pairs.StableAt(values, s.epsilon),
		})
	}
	counts, _ := s.Counts(0)
	for l, label := range verdict.Labels {
		values := s.Ended(label, 0)[0]
		q := quantity{
			name: string(label), title: label.Words(), values: values, share: true, cv: analysis.Converge(values, s.epsilon).CV,
		}
		q.enough = q.known()
		if counts[l] > 0 {
			s.quantities = append(s.quantities, q)
		}
	}
}

// known is the number of runs from which on a share is known to ten percentage
// points, or 0.
func (q *quantity) known() int {
	enough, k := 0, 0
	for n, x := range q.values {
		if x == 1 {
			k++
		}
		low, high := analysis.Wilson(k, n+1)
		switch {
		case (high-low)/2 > rough:
			enough = 0
		case enough == 0:
			enough = n + 1
		}
	}
	return enough
}

// at is the estimate from the first n runs.
func (q *quantity) at(n int) analysis.Estimate {
	if !q.share {
		return analysis.Mean(q.values[:n])
	}
	k := 0
	for _, x := range q.values[:n] {
		if x == 1 {
			k++
		}
	}
	return analysis.Share(k, n)
}

// checkpoints are numbers of runs at which a table stops, up to n itself.
func checkpoints(n int) []int {
	var list []int
	for _, step := range []int{5, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10000} {
		if step < n {
			list = append(list, step)
		}
	}
	return append(list, n)
}

func (s *sizing) finding() *finding {
	m := study.New(kind.Replicates)
	s.identify(m)
	m.Options["epsilon"] = s.epsilon
	m.Warnings = append(m.Warnings, s.failureWarnings()...)
	t := study.NewTable("replicates", slices.Concat(study.Words("quantity"), study.Wholes("runs"),
		study.Numbers("mean", "low", "high", "cv"), study.Words("stable"))...)
	for k := range s.quantities {
		q := &s.quantities[k]
		for _, n := range checkpoints(len(q.values)) {
			e := q.at(n)
			t.Row(q.name, n, e.Value, e.Low, e.High, q.cv[n-1], q.enough > 0 && n >= q.enough)
		}
		if q.enough == 0 {
			m.Warnings = append(m.Warnings, study.Warning{Kind: "too-few-runs", Subject: q.name, Text: fmt.Sprintf(
				"%s is not stable after %s; play more with --runs %d", q.title, output.Count(len(q.values), "run"), 2*len(s.Readings))})
		}
	}
	enough := study.NewTable("replicates_enough", slices.Concat(study.Words("quantity"), study.Wholes("runs"))...)
	for k := range s.quantities {
		q := &s.quantities[k]
		n := math.NaN()
		if q.enough > 0 {
			n = float64(q.enough)
		}
		enough.Row(q.name, n)
	}
	return &finding{manifest: m, tables: []*study.Table{t, enough}, raw: []*study.Table{s.runsTable("scenario")}, tell: s.tell}
}

// shown are the checkpoints that fit on a screen.
func shown(n int) []int {
	list := checkpoints(n)
	const most = 4
	if len(list) > most {
		list = list[len(list)-most:]
	}
	return list
}

func (s *sizing) tell(w io.Writer) {
	n := len(s.quantities[0].values)
	fmt.Fprintf(w, "%s: %s, %s\n", s.sides[0].Name, span(s.sides[0].Scenario.Calendar), output.Count(len(s.Readings), "run"))
	fmt.Fprintf(w, "Mean of the last two years, and half the width of its 95 %% interval, from the first runs on\n\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, n := range shown(n) {
		fmt.Fprintf(t, "\t%d runs", n)
	}
	fmt.Fprintf(t, "\tenough\n")
	shares := false
	for k := range s.quantities {
		q := &s.quantities[k]
		if q.share && !shares {
			shares = true
			fmt.Fprintf(t, "Shares of end states%s\n", strings.Repeat("\t", len(shown(n))+1))
		}
		fmt.Fprintf(t, "%s", strings.ToUpper(q.title[:1])+q.title[1:])
		for _, n := range shown(n) {
			fmt.Fprintf(t, "\t%s", q.cell(n))
		}
		if q.enough > 0 {
			fmt.Fprintf(t, "\t%d\n", q.enough)
		} else {
			fmt.Fprintf(t, "\tmore\n")
		}
	}
	t.Flush()
	fmt.Fprint(w, "\n"+wrapped(s.advice()))
}

func (q *quantity) cell(n int) string {
	e := q.at(n)
	if q.share {
		return output.Percent(e.Value) + " ±" + output.Percent((e.High-e.Low)/2)
	}
	return fmt.Sprintf("%.3f ±%.3f", e.Value, (e.High-e.Low)/2)
}

// advice is the number of runs to play.
func (s *sizing) advice() string {
	most, slowest := 0, ""
	var wanting []string
	for k := range s.quantities {
		q := &s.quantities[k]
		if q.enough == 0 {
			wanting = append(wanting, q.title)
		} else if q.enough > most {
			most, slowest = q.enough, q.title
		}
	}
	if len(wanting) > 0 {
		return fmt.Sprintf("%s are not enough to tell how many are, for %s.", output.Count(len(s.Readings), "run"), strings.Join(wanting, ", "))
	}
	return fmt.Sprintf("Play %d runs: from there on no coefficient of variation changes by %g, "+
		"and the share of every end state is known to %.0f percentage points. What takes longest is %s.",
		max(most, few), s.epsilon, 100*rough, slowest)
}
