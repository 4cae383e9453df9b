package room

import (
	"fmt"
	"time"

	"splinternet/sim"
)

// Format is a form of a lesson: how many rounds of how long, and what comes
// before and after.
type Format struct {
	Name    string
	Brief   time.Duration // introduction and role cards
	Rounds  int
	Round   time.Duration // one round, orders to results
	Break   time.Duration // press conference between the rounds and the debrief
	Debrief time.Duration
	Years   float64 // calendar years that a round covers
}

// Formats are the lessons that the guide describes. At least a third of a short
// lesson, and a quarter of a workshop, is for the debrief: that is where learning
// happens (Lederman 1992).
var Formats = []Format{
	{Name: "50min", Brief: 10 * time.Minute, Rounds: 5, Round: 5 * time.Minute, Debrief: 15 * time.Minute, Years: 1},
	{Name: "90min", Brief: 15 * time.Minute, Rounds: 6, Round: 7*time.Minute + 30*time.Second, Debrief: 30 * time.Minute, Years: 1},
	{Name: "3h", Brief: 20 * time.Minute, Rounds: 12, Round: 8 * time.Minute, Break: 19 * time.Minute, Debrief: 45 * time.Minute, Years: 1},
}

// FormatNames lists the names of the formats.
func FormatNames() []string {
	names := make([]string, len(Formats))
	for k, f := range Formats {
		names[k] = f.Name
	}
	return names
}

// FindFormat returns the format of that name, or nil.
func FindFormat(name string) *Format {
	for k := range Formats {
		if Formats[k].Name == name {
			return &Formats[k]
		}
	}
	return nil
}

// Plan is how the rounds lie in the calendar of the scenario.
type Plan struct {
	Rounds int `json:"rounds"`
	Span   int `json:"span"` // ticks of a round
}

// Fit lays rounds of the given number of years into a calendar. A round is one
// tick at least.
func Fit(calendar sim.Calendar, rounds int, years float64) (Plan, error) {
	p := Plan{Rounds: rounds, Span: calendar.Span(years)}
	if rounds < 1 {
		return p, fmt.Errorf("%d rounds: at least 1", rounds)
	}
	if p.Rounds*p.Span > calendar.Ticks {
		return p, fmt.Errorf("%d rounds of %d ticks do not fit into the %d ticks of the scenario", p.Rounds, p.Span, calendar.Ticks)
	}
	return p, nil
}

// First and Last are the ticks with which round r begins and ends; rounds count
// from 1.
func (p Plan) First(r int) int { return (r - 1) * p.Span }

// Last is the last tick of round r, inclusive.
func (p Plan) Last(r int) int { return r*p.Span - 1 }

// Of is the round in which a tick lies; it is above Rounds after the last.
func (p Plan) Of(tick int) int { return tick/p.Span + 1 }

// When words the months that round r covers.
func (p Plan) When(c sim.Calendar, r int) string {
	from, to := c.Date(p.First(r)), c.Date(p.Last(r)+1).AddDate(0, 0, -1)
	if from.Year() == to.Year() {
		return fmt.Sprintf("%s to %s", from.Format("January"), to.Format("January 2006"))
	}
	return fmt.Sprintf("%s to %s", from.Format("January 2006"), to.Format("January 2006"))
}
