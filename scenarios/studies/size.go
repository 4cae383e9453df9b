package studies

import (
	"fmt"
	"math"

	"splinternet/sim"
)

// Size says how many runs a study plays, and how.
type Size struct {
	Seed    uint64
	Runs    int // replicates of each side; with UntilStable, the most
	Workers int // runs at a time; changes no result
	// UntilStable, if above 0, stops at the first tenth replicate at which every side
	// is stable: it is the change of a coefficient of variation that counts as none.
	UntilStable float64
}

// Check refuses sizes that make no sense, with a *LimitError. Least is the smallest
// number of runs that the study can do with.
func (s *Size) Check(least int) error {
	if s.UntilStable != 0 {
		least = max(least, Least)
	}
	switch {
	case s.Runs < least:
		return atLeast("runs", s.Runs, least)
	case s.Workers < 1:
		return atLeast("workers", s.Workers, 1)
	case s.UntilStable != 0:
		return checkEpsilon(s.UntilStable)
	}
	return nil
}

// LimitError says that a number of a plan is outside its limits.
type LimitError struct {
	Name        string // such as runs
	Value       float64
	Least, Most float64 // Most is +Inf where there is no upper limit
	Open        bool    // Least itself is outside, too
}

func (e *LimitError) Error() string {
	least := "at least"
	if e.Open {
		least = "above"
	}
	text := fmt.Sprintf("%s %g: %s %g", e.Name, e.Value, least, e.Least)
	if !math.IsInf(e.Most, 1) {
		text += fmt.Sprintf(", up to %g", e.Most)
	}
	return text
}

func atLeast(name string, value, least int) error {
	return &LimitError{Name: name, Value: float64(value), Least: float64(least), Most: math.Inf(1)}
}

// checkEpsilon refuses changes of a coefficient of variation that make no sense.
func checkEpsilon(epsilon float64) error {
	if !(epsilon > 0 && epsilon <= 1) {
		return &LimitError{Name: "epsilon", Value: epsilon, Least: 0, Most: 1, Open: true}
	}
	return nil
}

// Watcher is told how far a study is.
type Watcher interface {
	// Begin and End are called around what is played: runs is the most that there can
	// be, each as long as the calendar.
	Begin(runs int, calendar sim.Calendar)
	End()
	// Tick and Finished are called by several workers: a tick was played, so many runs
	// are finished.
	Tick()
	Finished(runs int)
}

// Unwatched is a Watcher that does not care.
type Unwatched struct{}

func (Unwatched) Begin(int, sim.Calendar) {}
func (Unwatched) End()                    {}
func (Unwatched) Tick()                   {}
func (Unwatched) Finished(int)            {}
