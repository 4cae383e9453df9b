package study

import (
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
	"time"

	"splinternet/models/voting/forecast"
	"splinternet/output"
	"splinternet/scenarios/hindcast"
)

// WriteHindcastScreen writes how well recorded votes are predicted, for people.
func WriteHindcastScreen(w io.Writer, r *hindcast.Result) error {
	var b strings.Builder
	tellHindcast(&b, r)
	_, err := io.WriteString(w, b.String())
	return err
}

func tellHindcast(out io.Writer, r *hindcast.Result) {
	learns := "and each later one by all votes of earlier days"
	if r.Frozen {
		learns = "and by no later vote"
	}
	fmt.Fprintf(out, "Recorded votes after %s, predicted by the %d roll calls up to that day %s.\n\n",
		r.Until.Format(time.DateOnly), len(r.Training), learns)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "resolution\tforecast\tstates\taccuracy\tbalanced\tBrier\tlog score\tchanged, found")
	for _, call := range r.Calls {
		fmt.Fprintf(w, "%s\tmodel\t%d\t%s\t%d, %s\n", call.ID, call.Score.N, scoreCells(call.Score), call.Score.Changed, output.Percent(call.Score.RecallChanged))
		for k, name := range hindcast.Baselines {
			fmt.Fprintf(w, "\t%s\t\t%s\t%s\n", strings.ReplaceAll(name, "_", " "), scoreCells(call.Baselines[k]), output.Percent(call.Baselines[k].RecallChanged))
		}
		if !math.IsNaN(call.Ceiling) {
			fmt.Fprintf(w, "\tfitted to the vote itself\t\t%.3f\t\t\t\t\n", call.Ceiling)
		}
	}
	mean := func(of func(*hindcast.Call) forecast.Score) string {
		m := r.MeanOf(of)
		return fmt.Sprintf("%.3f\t%.3f\t%.4f\t%.4f", m.Accuracy, m.BalancedAccuracy, m.Brier, m.LogScore)
	}
	fmt.Fprintf(w, "mean\tmodel\t\t%s\n", mean(func(c *hindcast.Call) forecast.Score { return c.Score }))
	for k, name := range hindcast.Baselines {
		fmt.Fprintf(w, "\t%s\t\t%s\n", strings.ReplaceAll(name, "_", " "), mean(func(c *hindcast.Call) forecast.Score { return c.Baselines[k] }))
	}
	w.Flush()
}

func scoreCells(s forecast.Score) string {
	return fmt.Sprintf("%.3f\t%.3f\t%.4f\t%.4f", s.Accuracy, s.BalancedAccuracy, s.Brier, s.LogScore)
}
