package sweep

import (
	"math"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/scenarios"
	"splinternet/sim"
)

// Record is what is kept of one run.
type Record struct {
	Run        int
	Label      string
	Margin     float64
	Borderline bool
	Error      string    // of a run that failed, which has nothing else
	Values     []float64 // first, last and end value of each measure in turn
	Ticks      []float64 // the measures at each tick in turn; empty unless the plan keeps them
	Start      int64     // day of the first tick, Unix; with Ticks
	Months     int       // of a tick; with Ticks
}

// usualStride is the years between two readings of a costly measure that a plan keeps
// where its scenario reads none.
const usualStride = 2

// SecondsPerDay turns Unix time into the days of Record.Start.
const SecondsPerDay = 24 * 60 * 60

// encoder turns results into records. It belongs to one worker.
type encoder struct {
	kept      []int // measures, by index in measures.All
	window    float64
	ticks     bool
	stride    float64 // years between costly measures
	costly    bool
	recording models.Recording
}

func newEncoder(p *scenarios.Plan) *encoder {
	all := measures.All()
	e := &encoder{
		window: p.Window, ticks: p.Ticks, stride: p.Scenario.StrideYears,
		recording: models.Recording{Keep: make([]bool, len(all))},
	}
	if e.stride == 0 {
		e.stride = usualStride
	}
	for _, name := range p.Measures {
		k := measures.Find(name)
		e.kept = append(e.kept, k)
		e.recording.Keep[k] = true
		e.costly = e.costly || all[k].Costly
	}
	return e
}

// recorded is what a run with the calendar is to keep: no chronicle, and of the measures
// those of the plan alone.
func (e *encoder) recorded(calendar sim.Calendar) models.Recording {
	r := e.recording
	if e.costly {
		r.Stride = calendar.Span(e.stride)
	}
	return r
}

// encode makes the record of a run.
func (e *encoder) encode(run int, result *models.Result, calendar sim.Calendar) *Record {
	v := &result.Verdict
	r := &Record{
		Run: run, Label: string(v.Label), Margin: v.Margin, Borderline: v.Borderline,
		Values: make([]float64, 0, 3*len(e.kept)),
	}
	for _, k := range e.kept {
		first, last, end := measures.Ends(result.Series.Values[k], calendar, e.window)
		r.Values = append(r.Values, first, last, end)
	}
	if !e.ticks {
		return r
	}
	r.Start, r.Months = calendar.Start.Unix()/SecondsPerDay, calendar.Tick.Months()
	r.Ticks = make([]float64, 0, calendar.Ticks*len(e.kept))
	for t := range calendar.Ticks {
		for _, k := range e.kept {
			x := math.NaN()
			if series := result.Series.Values[k]; t < len(series) {
				x = series[t]
			}
			r.Ticks = append(r.Ticks, x)
		}
	}
	return r
}

// Tally counts what became of the runs of a sweep.
type Tally struct {
	Finished   int
	Failed     int // of those that finished: the others have a verdict
	Borderline int
	Verdicts   map[verdict.Label]int
	Failures   []Failure // the first of them
}

// Failure is a run that failed.
type Failure struct {
	Run   int    `json:"run"`
	Point int    `json:"point"`
	Error string `json:"error"`
}

// toldFailures is how many failures are kept one by one.
const toldFailures = 20

// Add counts a run.
func (t *Tally) Add(r *Record, point int) {
	t.Finished++
	if r.Error != "" {
		t.Failed++
		if len(t.Failures) < toldFailures {
			t.Failures = append(t.Failures, Failure{Run: r.Run, Point: point, Error: r.Error})
		}
		return
	}
	if t.Verdicts == nil {
		t.Verdicts = map[verdict.Label]int{}
	}
	t.Verdicts[verdict.Label(r.Label)]++
	if r.Borderline {
		t.Borderline++
	}
}

// Sound is the number of runs that have a verdict.
func (t *Tally) Sound() int { return t.Finished - t.Failed }
