package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"splinternet/models/voting"
	"splinternet/models/voting/forecast"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/scenarios/hindcast"
)

// hindcastOptions are the flags of validate hindcast.
type hindcastOptions struct {
	hindcast.Options
	until, out  string
	json, force bool
}

// hindcastTable is the name of the table of all predicted votes, without its ending.
const hindcastTable = "hindcast"

// validateHindcast predicts recorded votes and says how well.
func validateHindcast(c *console, o hindcastOptions) error {
	if o.until != "" {
		day, err := time.Parse(time.DateOnly, o.until)
		if err != nil {
			return misuse(fmt.Errorf("--until %q is no date; allowed: year-month-day as in 2018-12-31", o.until))
		}
		o.Until = day
	}
	if err := free(o.out, hindcastTable+".csv", o.force); err != nil {
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
		if err := writeHindcast(o.out, r); err != nil {
			return failed(err)
		}
	}
	if o.json {
		return output.WriteJSON(c.out, hindcastObject(r))
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

// writeHindcast writes one row for every state with a recorded vote.
func writeHindcast(dir string, r *hindcast.Result) error {
	var resolution, iso3, observed frame.Column
	resolution.Name, iso3.Name, observed.Name = "resolution", "iso3", "observed"
	odds := [3]frame.Column{{Name: "p_no"}, {Name: "p_abstain"}, {Name: "p_yes"}}
	for _, call := range r.Calls {
		for i, v := range call.Cast {
			if v == voting.Absent {
				continue
			}
			resolution.Words = append(resolution.Words, call.ID)
			iso3.Words = append(iso3.Words, r.States[i])
			observed.Words = append(observed.Words, v.String())
			for k := range odds {
				odds[k].Numbers = append(odds[k].Numbers, call.Odds[i][k])
			}
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	f := &frame.Frame{Columns: []frame.Column{resolution, iso3, observed, odds[0], odds[1], odds[2]}}
	return frame.Write(dir, hindcastTable, "csv", f, nil)
}

// scoreJSON is a score in JSON.
type scoreJSON struct {
	Accuracy         float64 `json:"accuracy"`
	BalancedAccuracy float64 `json:"balanced_accuracy"`
	Brier            float64 `json:"brier"`
	LogScore         float64 `json:"log_score"`
}

type baselinesJSON struct {
	Modal        scoreJSON `json:"modal"`
	Persistence  scoreJSON `json:"persistence"`
	OrderedLogit scoreJSON `json:"ordered_logit"`
}

type hindcastCallJSON struct {
	Resolution string `json:"resolution"`
	Date       string `json:"date"`
	N          int    `json:"n"`
	scoreJSON
	Changed       int           `json:"changed"`
	RecallChanged *float64      `json:"recall_changed"`
	Ceiling       *float64      `json:"ceiling_accuracy"`
	Baselines     baselinesJSON `json:"baselines"`
}

type hindcastMeanJSON struct {
	scoreJSON
	Baselines baselinesJSON `json:"baselines"`
}

type hindcastJSON struct {
	Until     string             `json:"until"`
	Frozen    bool               `json:"frozen"`
	Training  []string           `json:"training"`
	RollCalls []hindcastCallJSON `json:"rollcalls"`
	Mean      hindcastMeanJSON   `json:"mean"`
	Notes     []string           `json:"notes,omitempty"`
}

func hindcastObject(r *hindcast.Result) hindcastJSON {
	o := hindcastJSON{Until: r.Until.Format(time.DateOnly), Frozen: r.Frozen, Training: r.Training, Notes: r.Notes}
	one := func(s forecast.Score) scoreJSON {
		return scoreJSON{s.Accuracy, s.BalancedAccuracy, s.Brier, s.LogScore}
	}
	for _, call := range r.Calls {
		o.RollCalls = append(o.RollCalls, hindcastCallJSON{
			Resolution: call.ID, Date: call.Date.Format(time.DateOnly), N: call.Score.N, scoreJSON: one(call.Score),
			Changed: call.Score.Changed, RecallChanged: orNull(call.Score.RecallChanged), Ceiling: orNull(call.Ceiling),
			Baselines: baselinesJSON{one(call.Baselines[0]), one(call.Baselines[1]), one(call.Baselines[2])},
		})
	}
	mean := func(of func(*hindcast.Call) forecast.Score) scoreJSON { return scoreJSON(r.MeanOf(of)) }
	o.Mean.scoreJSON = mean(func(c *hindcast.Call) forecast.Score { return c.Score })
	for k, s := range [...]*scoreJSON{&o.Mean.Baselines.Modal, &o.Mean.Baselines.Persistence, &o.Mean.Baselines.OrderedLogit} {
		*s = mean(func(c *hindcast.Call) forecast.Score { return c.Baselines[k] })
	}
	return o
}

// orNull is nil, which JSON writes as null, for a number that is not there.
func orNull(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	return &x
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
