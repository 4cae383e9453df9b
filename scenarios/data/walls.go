package data

import (
	"math"
	"slices"

	"splinternet/scenarios/problem"
)

// Experts of the Digital Society Project code how governments filter (capacity, and in
// practice), censor social media and monitor them, on interval scales around 0. The four
// together tell how high a wall a state keeps; a logistic curve makes of their mean the
// share of what would cross the border that does not. Its level and slope are assumptions:
// no state keeps out more than half, and whoever is at the world's mean hardly anything.
const (
	wallMost   = .35 // share that the highest wall keeps out
	wallSlope  = 1.5 // of the logistic curve
	wallMiddle = 2   // mean of the four scales at half of wallMost; the world's is about 0
)

// handWall is a level of boundary controls coded by hand, from a year on.
type handWall struct {
	state, year int
	control     float64
}

// readWalls reads what experts code of filters, and the levels coded by hand.
func (s *records) readWalls(bad *problem.Collector) {
	s.walled = make([]float64, len(s.rows))
	for i := range s.walled {
		s.walled[i] = math.NaN()
	}
	const widest = 10 // the scales run from about -5 to 5
	t := s.files.open("filters", bad, "iso3", "v2smgovfilcap", "v2smgovfilprc", "v2smgovsmcenprc", "v2smgovsmmon")
	for t.next() {
		can := t.number("v2smgovfilcap", -widest, widest)
		for _, column := range []string{"v2smgovfilprc", "v2smgovsmcenprc", "v2smgovsmmon"} {
			can -= t.number(column, -widest, widest) // low: extremely often
		}
		if i := s.find(t, "iso3"); i >= 0 {
			s.walled[i] = wallMost / (1 + math.Exp(wallSlope*(wallMiddle-can/4)))
		}
	}
	t = s.files.open("walls", bad, "iso3", "year", "control")
	for t.next() {
		year, control := t.number("year", 1990, 2200), t.number("control", 0, 1)
		if i := s.find(t, "iso3"); i >= 0 && !math.IsNaN(year+control) {
			s.byHand = append(s.byHand, handWall{i, int(year), control})
		}
	}
}

// UsualControl is the level of boundary controls that goes with a regime and a position in
// the record: over states .15 (1 - democracy)(1 - position), and .24 weighed by users.
func UsualControl(democracy, position float64) float64 {
	return .2 * (1 - democracy) * (1 - position)
}

// control is the level of boundary controls of each state at the start: by hand, where a
// row is no later than the start; else as coded for 2021, since filters change slowly;
// else what goes with its regime and its position.
func (s *source) control(position []float64) []float64 {
	level, since := slices.Clone(s.walled), make([]int, len(s.rows))
	for i, row := range s.rows {
		if math.IsNaN(level[i]) {
			level[i] = UsualControl(row.democracy, position[i])
		}
	}
	for _, h := range s.byHand {
		if h.year <= s.options.Start.Year() && h.year >= since[h.state] {
			level[h.state], since[h.state] = h.control, h.year
		}
	}
	return level
}
