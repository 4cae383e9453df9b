// Package hindcast predicts recorded votes of the UN General Assembly state by state with
// the kernel of votes of the model (equation E4, package voting) and the layer that forecasts
// have over it (package forecast), as if they were still
// to come, and scores the predictions beside simple baselines.
//
// Of a resolution only what is known before the vote goes in: its date, line, kind and lead
// sponsor. Of the votes, only those of earlier days. Positions, and with them the side on
// which a sponsor stands, are estimated from the votes up to a date.
package hindcast

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"splinternet/models/voting"
	"splinternet/models/voting/fit"
	"splinternet/models/voting/forecast"
	"splinternet/scenarios/data"
)

// Options choose what is predicted.
type Options struct {
	Votes       string    // file in the format of votes.csv; "": the program's own
	Resolutions string    // file in the format of resolutions.csv; "": the program's own
	Until       time.Time // votes up to this day train, later ones are predicted; zero: 31 December 2018
	// Frozen learns nothing after Until. Otherwise each roll call is predicted by all votes of
	// days before its own.
	Frozen bool
	// Alone trains on the votes of the file only. Otherwise the program's own roll calls up to
	// Until that the file does not have are added.
	Alone bool
}

// Result is the outcome of a hindcast.
type Result struct {
	Until    time.Time
	Frozen   bool
	Training []string // roll calls up to Until, by date
	States   []string // iso3
	Calls    []Call
	Notes    []string // what of the files was passed over, added or not known
}

// Baselines are the names of the baselines, in the order of Call.Baselines.
var Baselines = [...]string{"modal", "persistence", "ordered_logit"}

// Call is one predicted roll call.
type Call struct {
	data.RollCall
	Odds      []voting.Odds // by state
	Cast      []voting.Vote // by state
	Score     forecast.Score
	Baselines [len(Baselines)]forecast.Score
	// Ceiling is the accuracy of an ordered logit on the positions whose cut-points are
	// fitted to this very roll call: to report, not to beat. NaN where there is no such fit.
	Ceiling float64
}

// DefaultUntil is the day before which the votes on which the contested texts of 2018
// were adopted lie.
var DefaultUntil = data.BaselineCutoff

// Run reads the files, learns and predicts.
func Run(o Options) (*Result, error) {
	if o.Until.IsZero() {
		o.Until = DefaultUntil
	}
	record, err := data.ReadRecord(o.Votes, o.Resolutions)
	if err != nil {
		return nil, err
	}
	r := &Result{Until: o.Until, Frozen: o.Frozen, States: record.States, Notes: record.Notes}
	past, later := r.split(record, o.Alone)
	if len(later) == 0 {
		return nil, fmt.Errorf("no vote was recorded after %s; the last one is of %s",
			o.Until.Format(time.DateOnly), lastDay(past))
	}
	position, err := positions(record.Ideal, past)
	if err != nil {
		return nil, err
	}
	forecaster, err := forecast.New(record.Ideal, forecast.Pooled)
	if err != nil {
		return nil, err
	}
	side := func(sponsors []string) float64 { return side(record, position, sponsors) }
	if err := learn(forecaster, past, side); err != nil {
		return nil, err
	}
	for _, day := range days(later) {
		for _, call := range day {
			c, err := predict(forecaster, call, side)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", call.ID, err)
			}
			c.Ceiling = ceiling(position, c.Cast)
			r.Calls = append(r.Calls, c)
		}
		if !o.Frozen {
			if err := learn(forecaster, day, side); err != nil {
				return nil, err
			}
		}
	}
	return r, nil
}

func lastDay(calls []data.RollCall) string {
	if len(calls) == 0 {
		return "none"
	}
	return calls[len(calls)-1].Date.Format(time.DateOnly)
}

// split parts the roll calls at Until. Those on which nobody voted are left out.
func (r *Result) split(record *data.Record, alone bool) (past, later []data.RollCall) {
	for _, call := range record.Calls {
		switch {
		case !slices.ContainsFunc(call.Votes, func(v voting.Vote) bool { return v != voting.Absent }):
			r.Notes = append(r.Notes, call.ID+": nobody voted; it is passed over")
		case call.Date.After(r.Until):
			later = append(later, call)
		default:
			past = append(past, call)
		}
	}
	if !alone {
		added := 0
		for _, own := range record.Own {
			known := slices.ContainsFunc(record.Calls, func(c data.RollCall) bool { return c.ID == own.ID })
			if !known && !own.Date.After(r.Until) {
				past = append(past, own)
				added++
			}
		}
		if added > 0 {
			r.Notes = append(r.Notes, fmt.Sprintf("%d roll calls up to %s that the file does not have are added from the program's own votes.csv",
				added, r.Until.Format(time.DateOnly)))
		}
	}
	slices.SortStableFunc(past, func(a, b data.RollCall) int { return a.Date.Compare(b.Date) })
	for _, call := range past {
		r.Training = append(r.Training, call.ID)
	}
	return past, later
}

// positions estimates where states stand from votes, on the scale of ideal points, as the
// initial positions of the model are.
func positions(ideal []float64, calls []data.RollCall) ([]float64, error) {
	var rows [][]voting.Vote
	for _, call := range calls {
		rows = append(rows, call.Votes)
	}
	posterior, err := fit.Estimate(rows, fit.Around(ideal))
	return posterior.Mean, err
}

// What makes a side of the lead sponsors.
const (
	reach     = .7 // distance from the middle, in ideal points, at which a sponsor is mostly of one side
	firstName = 2  // weight of who is named first, against one of each other
)

// side is where the lead sponsors stand, from -1 (sovereign) to 1 (open); 0 where nobody
// knows. Who is named first leads, and counts double.
func side(record *data.Record, position []float64, sponsors []string) float64 {
	sum, n := 0.0, 0.0
	for k, name := range sponsors {
		members := record.Members(name)
		if len(members) == 0 {
			continue
		}
		group := 0.0
		for _, i := range members {
			group += math.Tanh(position[i]/reach) / float64(len(members))
		}
		weight := 1.0
		if k == 0 {
			weight = firstName
		}
		sum += weight * group
		n += weight
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

func learn(f *forecast.Forecaster, calls []data.RollCall, side func([]string) float64) error {
	for _, day := range days(calls) {
		var held []forecast.Held
		for _, call := range day {
			held = append(held, forecast.Held{Proposal: proposal(call, side), Votes: call.Votes})
		}
		if err := f.Learn(held...); err != nil {
			return err
		}
	}
	return nil
}

// days parts roll calls that are sorted by date into those of a day.
func days(calls []data.RollCall) (list [][]data.RollCall) {
	first := 0
	for k := range calls {
		if k+1 == len(calls) || !calls[k+1].Date.Equal(calls[k].Date) {
			list = append(list, calls[first:k+1])
			first = k + 1
		}
	}
	return list
}

func proposal(call data.RollCall, side func([]string) float64) forecast.Proposal {
	start := time.Date(call.Date.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	const year = 365.25
	return forecast.Proposal{
		Year: float64(call.Date.Year()) + call.Date.Sub(start).Hours()/24/year,
		Side: side(call.Sponsors), Line: string(call.Line), Kind: string(call.Kind),
	}
}

var errOdds = errors.New("the probabilities of a state do not sum to 1")

func predict(f *forecast.Forecaster, call data.RollCall, side func([]string) float64) (Call, error) {
	c := Call{RollCall: call, Cast: call.Votes}
	next := proposal(call, side)
	odds, err := f.Predict(next)
	if err != nil {
		return c, err
	}
	for _, o := range odds {
		if s := o[voting.No] + o[voting.Abstain] + o[voting.Yes]; !(math.Abs(s-1) < 1e-9) {
			return c, errOdds
		}
	}
	c.Odds = odds
	before := f.Before(next)
	c.Score = forecast.Evaluate(odds, c.Cast, before)
	for k, baseline := range [...][]voting.Odds{f.Modal(next), f.Persistence(next), f.OrderedLogit(next)} {
		c.Baselines[k] = forecast.Evaluate(baseline, c.Cast, before)
	}
	return c, nil
}

func ceiling(position []float64, cast []voting.Vote) float64 {
	logit, err := fit.Logit(position, cast)
	if err != nil {
		return math.NaN()
	}
	right, n := 0., 0.
	for i, v := range cast {
		if v == voting.Absent {
			continue
		}
		n++
		if logit.At(position[i]).Likeliest() == v {
			right++
		}
	}
	return right / n
}

// Mean is the mean of scores over the predicted roll calls, each with the same weight.
type Mean struct {
	Accuracy, BalancedAccuracy, Brier, LogScore float64
}

// MeanOf averages what of picks from each roll call.
func (r *Result) MeanOf(of func(*Call) forecast.Score) (m Mean) {
	n := float64(len(r.Calls))
	for k := range r.Calls {
		s := of(&r.Calls[k])
		m.Accuracy += s.Accuracy / n
		m.BalancedAccuracy += s.BalancedAccuracy / n
		m.Brier += s.Brier / n
		m.LogScore += s.LogScore / n
	}
	return m
}
