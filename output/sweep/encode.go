package sweep

import (
	"math"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/sim"
)

// Encoder turns results into records. It belongs to one worker.
type Encoder struct {
	kept      []int // measures, by index in measures.All
	window    float64
	ticks     bool
	stride    float64 // years between costly measures
	costly    bool
	recording models.Recording
}

// NewEncoder makes an encoder that keeps the named measures, with end values over the
// last years of a run, and all ticks if asked to. The stride is the years between two
// readings of costly measures, if one of them is kept.
func NewEncoder(names []string, window float64, ticks bool, stride float64) *Encoder {
	all := measures.All()
	e := &Encoder{window: window, ticks: ticks, stride: stride, recording: models.Recording{Keep: make([]bool, len(all))}}
	for _, name := range names {
		k := measures.Find(name)
		e.kept = append(e.kept, k)
		e.recording.Keep[k] = true
		e.costly = e.costly || all[k].Costly
	}
	return e
}

// Recording is what a run with the calendar is to keep: no chronicle, and of the
// measures those alone.
func (e *Encoder) Recording(calendar sim.Calendar) models.Recording {
	r := e.recording
	if e.costly {
		r.Stride = calendar.Span(e.stride)
	}
	return r
}

// Encode makes the record of a run. Numbers are rounded as tables have them, so that
// CSV and Parquet hold the same.
func (e *Encoder) Encode(run int, result *models.Result, calendar sim.Calendar) *Record {
	v := &result.Verdict
	r := &Record{
		Run: run, Label: string(v.Label), Margin: frame.Round(v.Margin), Borderline: v.Borderline,
		Values: make([]float64, 0, 3*len(e.kept)),
	}
	for _, k := range e.kept {
		first, last, end := output.Ends(result.Series.Values[k], calendar, e.window)
		r.Values = append(r.Values, frame.Round(first), frame.Round(last), frame.Round(end))
	}
	if !e.ticks {
		return r
	}
	r.Start, r.Months = calendar.Start.Unix()/secondsPerDay, calendar.Tick.Months()
	r.Ticks = make([]float64, 0, calendar.Ticks*len(e.kept))
	for t := range calendar.Ticks {
		for _, k := range e.kept {
			x := math.NaN()
			if series := result.Series.Values[k]; t < len(series) {
				x = frame.Round(series[t])
			}
			r.Ticks = append(r.Ticks, x)
		}
	}
	return r
}
