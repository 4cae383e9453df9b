package study

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"splinternet/output"
	"splinternet/scenarios/studies"
)

// sizing words how many runs are enough.
type sizing struct{ *studies.Sizing }

// shown are the checkpoints that fit on a screen.
func shown(n int) []int {
	list := studies.Checkpoints(n)
	const most = 4
	if len(list) > most {
		list = list[len(list)-most:]
	}
	return list
}

func (s sizing) tell(w io.Writer) {
	n := len(s.Quantities[0].Values)
	fmt.Fprintf(w, "%s: %s, %s\n", s.Sides[0].Name, output.Span(s.Sides[0].Scenario.Calendar), output.Count(len(s.Readings), "run"))
	fmt.Fprintf(w, "Mean of the last two years, and half the width of its 95 %% interval, from the first runs on\n\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, n := range shown(n) {
		fmt.Fprintf(t, "\t%d runs", n)
	}
	fmt.Fprintf(t, "\tenough\n")
	shares := false
	for k := range s.Quantities {
		q := &s.Quantities[k]
		if q.Share() && !shares {
			shares = true
			fmt.Fprintf(t, "Shares of end states%s\n", strings.Repeat("\t", len(shown(n))+1))
		}
		fmt.Fprintf(t, "%s", output.Capital(q.Title()))
		for _, n := range shown(n) {
			fmt.Fprintf(t, "\t%s", estimateCell(q, n))
		}
		if q.Enough > 0 {
			fmt.Fprintf(t, "\t%d\n", q.Enough)
		} else {
			fmt.Fprintf(t, "\tmore\n")
		}
	}
	t.Flush()
	fmt.Fprint(w, "\n"+wrapped(s.advice()))
}

func estimateCell(q *studies.Followed, n int) string {
	e := q.At(n)
	if q.Share() {
		return output.Percent(e.Value) + " ±" + output.Percent((e.High-e.Low)/2)
	}
	return fmt.Sprintf("%.3f ±%.3f", e.Value, (e.High-e.Low)/2)
}

// advice is the number of runs to play.
func (s sizing) advice() string {
	runs, slowest, wanting := s.Advice()
	if len(wanting) > 0 {
		var titles []string
		for _, q := range wanting {
			titles = append(titles, q.Title())
		}
		return fmt.Sprintf("%s are not enough to tell how many are, for %s.", output.Count(len(s.Readings), "run"), strings.Join(titles, ", "))
	}
	return fmt.Sprintf("Play %d runs: from there on no coefficient of variation changes by %g, "+
		"and the share of every end state is known to %.0f percentage points. What takes longest is %s.",
		runs, s.Epsilon, 100*studies.Rough, slowest.Title())
}
