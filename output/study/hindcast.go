package study

import (
	"io"
	"math"
	"os"
	"slices"
	"time"

	"splinternet/models/voting"
	"splinternet/models/voting/forecast"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/scenarios/hindcast"
)

// Hindcast is the name of the table of all predicted votes, without its ending.
const Hindcast = "hindcast"

// HindcastTable has one row for every state with a recorded vote.
func HindcastTable(h *hindcast.Result) *Table {
	t := NewTable(Hindcast, slices.Concat(Words("resolution", "iso3", "observed"), Numbers("p_no", "p_abstain", "p_yes"))...)
	for _, call := range h.Calls {
		for i, v := range call.Cast {
			if v != voting.Absent {
				o := call.Odds[i]
				t.Row(call.ID, h.States[i], v.String(), o[voting.No], o[voting.Abstain], o[voting.Yes])
			}
		}
	}
	return t
}

// WriteHindcast writes that table as CSV into a folder.
func WriteHindcast(dir string, h *hindcast.Result) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return frame.Write(dir, Hindcast, frame.CSV, &HindcastTable(h).Frame, nil)
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

// WriteHindcastJSON writes a hindcast as one object.
func WriteHindcastJSON(w io.Writer, r *hindcast.Result) error {
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
	return output.WriteJSON(w, o)
}

// orNull is nil, which JSON writes as null, for a number that is not there.
func orNull(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	return &x
}
