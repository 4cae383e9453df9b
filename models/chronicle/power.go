package chronicle

import (
	"fmt"
	"slices"

	"splinternet/models/power"
	"splinternet/models/world"
)

// The numbers of offices and of capable states that are news.
var (
	officesToTell = []int{10, 25, 50, 100}
	capableToTell = []int{30, 40, 50, 75, 100}
)

// builderWeight is the weight (power and users) from which it is news what a state
// builds: some twenty states.
const builderWeight = .01

// tellOpened tells of the office of a state that matters, and of one that makes a number
// full.
func tellOpened(w *world.World, f power.Opened) {
	weight, milestone := w.Weight(f.State), slices.Contains(officesToTell, f.Offices)
	text := fmt.Sprintf("%s opens an office for cyber diplomacy in its foreign ministry", w.Called(f.State))
	told := min(1, weight/2)
	switch {
	case weight >= builderWeight && milestone:
		text += fmt.Sprintf("; %d states now have one.", f.Offices)
	case weight >= builderWeight:
		text += "."
	case milestone:
		text = fmt.Sprintf("%d states now have an office for cyber diplomacy; %s is the latest.", f.Offices, w.Called(f.State))
	default:
		return
	}
	if milestone {
		told = max(told, float64(f.Offices)/1000)
	}
	w.Add(world.Entry{Kind: f.Kind(), Actors: []string{w.StateID(f.State)}, Value: float64(f.Offices), Weight: told, Text: text})
}

// tellAcquired tells of the capability of a state that matters, and of one that makes a
// number full.
func tellAcquired(w *world.World, f power.Acquired) {
	weight := w.Weight(f.State)
	text := ""
	switch others := f.Capable - 1; {
	case slices.Contains(capableToTell, f.Capable):
		text = fmt.Sprintf("%d states can now mount cyber operations of their own; %s is the latest.", f.Capable, w.Called(f.State))
	case weight < builderWeight:
		return
	case others == 0:
		text = fmt.Sprintf("%s can now mount cyber operations of its own, as the first state.", w.Called(f.State))
	case others == 1:
		text = fmt.Sprintf("%s can now mount cyber operations of its own, as one other can.", w.Called(f.State))
	default:
		text = fmt.Sprintf("%s can now mount cyber operations of its own, as %d others can.", w.Called(f.State), others)
	}
	w.Add(world.Entry{Kind: f.Kind(), Actors: []string{w.StateID(f.State)}, Value: float64(f.Capable), Weight: min(1, .02+weight), Text: text})
}
