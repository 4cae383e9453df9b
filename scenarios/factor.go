package scenarios

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"splinternet/scenarios/problem"
	"splinternet/sim/experiment"
)

// Scale says how the values of a factor lie between its ends.
type Scale string

// The scales.
const (
	Linear Scale = "linear" // any number between two
	Log    Scale = "log"    // any number between two positive ones, evenly by its logarithm
	Whole  Scale = "whole"  // any whole number between two
	Listed Scale = "levels" // one of a list of values
)

// Factor is one thing that a sweep varies: a key of the scenario, or several that
// take the same value. A design on the unit cube gives it a coordinate, and At turns
// the coordinate into a value in the language of scenarios.
type Factor struct {
	Name      string   // its column in tables: the key, or the keys joined by +
	Addresses []string // the keys, as --set takes them
	Scale     Scale
	Low, High float64  // of an interval
	Levels    []string // of a list, in the language of scenarios

	// Group names the factors that Morris and Saltelli designs move together, each
	// over its own range; "" for a factor that moves alone.
	Group string

	text    string // as --vary has it, with the range spelt out
	place   problem.Place
	written []written // where it comes from a file of points: its values
}

// written is a value of a file of points, and the line where it stands first.
type written struct {
	value string
	line  int
}

// String writes the factor the way that --vary takes it.
func (f *Factor) String() string {
	if f.Group != "" {
		return f.Group + ": " + f.text
	}
	return f.text
}

// Range words the values that the factor takes, for people.
func (f *Factor) Range() string {
	switch f.Scale {
	case Listed:
		const many = 8
		if len(f.Levels) > many {
			return fmt.Sprintf("%s, %s, ..., %s (%d values)", f.Levels[0], f.Levels[1], f.Levels[len(f.Levels)-1], len(f.Levels))
		}
		return strings.Join(f.Levels, ", ")
	case Log:
		return fmt.Sprintf("%s to %s, by its logarithm", cell(f.Low), cell(f.High))
	case Whole:
		return fmt.Sprintf("%s to %s, whole", cell(f.Low), cell(f.High))
	}
	return fmt.Sprintf("%s to %s", cell(f.Low), cell(f.High))
}

// Values is the number of values of a discrete factor, 0 for a continuous one: what
// experiment.Spec asks for.
func (f *Factor) Values() int {
	switch f.Scale {
	case Listed:
		return len(f.Levels)
	case Whole:
		return int(f.High-f.Low) + 1
	}
	return 0
}

// At is the value at coordinate u of the unit cube, from 0 to 1. The values of a
// discrete factor share the interval in equal parts.
func (f *Factor) At(u float64) string {
	switch f.Scale {
	case Listed:
		return f.Levels[experiment.Level(u, len(f.Levels))]
	case Whole:
		return cell(f.Low + float64(experiment.Level(u, f.Values())))
	}
	return f.between(u)
}

func (f *Factor) between(u float64) string {
	x := f.Low + u*(f.High-f.Low)
	if f.Scale == Log {
		x = math.Exp(math.Log(f.Low) + u*(math.Log(f.High)-math.Log(f.Low)))
	}
	return cell(min(f.High, max(f.Low, nine(x))))
}

// Assignments are what gives the factor a value, as --set takes them.
func (f *Factor) Assignments(value string) []string {
	list := make([]string, len(f.Addresses))
	for k, address := range f.Addresses {
		list[k] = address + "=" + value
	}
	return list
}

// cell writes a number the way that points and scenarios have it.
func cell(x float64) string { return strconv.FormatFloat(x+0, 'g', -1, 64) }

// nine rounds to nine significant digits, as many as tables keep, so that what is
// read from a table gives the same run again.
func nine(x float64) float64 {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 9, 64), 64)
	if err != nil {
		return x
	}
	return rounded
}
