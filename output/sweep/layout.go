package sweep

import (
	"splinternet/models/verdict"
	"splinternet/output/frame"
)

// Layout is what the tables need to know of a plan.
type Layout struct {
	Plan     string // its hash
	Scenario string // its hash
	Size     int    // runs in all
	Factors  []frame.Heading
	Measures []string
	Ticks    bool // whether the measures at every tick are kept

	// Of is the point, the replicate and the seed of a run.
	Of func(run int) (point, replicate int, seed uint64)
	// Value is the value of a factor at a point: a word, or a number.
	Value func(point, factor int) frame.Cell
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
	// Command repeats the run.
	Command string `json:"command"`
}

// toldFailures is how many failures are told one by one.
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
