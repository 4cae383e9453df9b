package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"splinternet/models/voting/forecast"
	"splinternet/output"
	"splinternet/output/study"
	"splinternet/scenarios/hindcast"
)

// hindcastOptions are the flags of validate hindcast.
type hindcastOptions struct {
	hindcast.Options
	until, out  string
	json, force bool
}

// validateHindcast predicts recorded votes and says how well.
func validateHindcast(c *console, o hindcastOptions) error {
	if o.until != "" {
		day, err := time.Parse(time.DateOnly, o.until)
		if err != nil {
			return misuse(fmt.Errorf("--until %q is no date; allowed: year-month-day as in 2018-12-31", o.until))
		}
		o.Until = day
	}
	if err := free(o.out, study.Hindcast+".csv", o.force); err != nil {
		return err
	}
	r, err := hindcast.Run(o.Options)
	if err != nil {
		return misuse(err, "votes are in the format of scenarios/data/votes.csv, resolutions in that of resolutions.csv")
	}
	for _, note := range r.Notes {
		c.say("%s", note)
	}
	if o.out != "" {
		if err := study.WriteHindcast(o.out, r); err != nil {
			return failed(err)
		}
	}
	if o.json {
		return study.WriteHindcastJSON(c.out, r)
	}
	return printHindcast(c, r)
}

// free refuses to replace a file unless forced.
func free(dir, name string, force bool) error {
	if dir == "" || force {
		return nil
	}
	if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
		return misuse(fmt.Errorf("%s is there already", filepath.Join(dir, name)), "name another folder with --out, or replace it with --force")
	}
	return nil
}

func printHindcast(c *console, r *hindcast.Result) error {
	learns := "and each later one by all votes of earlier days"
	if r.Frozen {
		learns = "and by no later vote"
	}
	fmt.Fprintf(c.out, "Recorded votes after %s, predicted by the %d roll calls up to that day %s.\n\n",
		r.Until.Format(time.DateOnly), len(r.Training), learns)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
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
	return w.Flush()
}

func scoreCells(s forecast.Score) string {
	return fmt.Sprintf("%.3f\t%.3f\t%.4f\t%.4f", s.Accuracy, s.BalancedAccuracy, s.Brier, s.LogScore)
}
