package sim

import (
	"fmt"
	"math"
	"time"
)

// TickLength is the span of calendar time that one tick covers.
type TickLength int

// The tick lengths that a scenario can choose.
const (
	Month TickLength = iota
	Quarter
	Year
)

// TickLengths lists the names of the tick lengths in the order of their values.
var TickLengths = []string{"month", "quarter", "year"}

// ParseTickLength reads "month", "quarter" or "year".
func ParseTickLength(name string) (TickLength, error) {
	for k, n := range TickLengths {
		if n == name {
			return TickLength(k), nil
		}
	}
	return 0, fmt.Errorf("tick %q is unknown; allowed: month, quarter, year", name)
}

func (l TickLength) String() string { return TickLengths[l] }

// Months is the number of calendar months in a tick.
func (l TickLength) Months() int { return [...]int{1, 3, 12}[l] }

// Calendar maps tick indices to dates. Tick t covers [Date(t), Date(t+1)); what
// is measured in tick t is the state at its end.
type Calendar struct {
	Start time.Time // first day of tick 0, midnight UTC
	Tick  TickLength
	Ticks int
}

// Date is the first day of tick t.
func (c Calendar) Date(t int) time.Time {
	return c.Start.AddDate(0, t*c.Tick.Months(), 0)
}

// Years is the length of a tick in years.
func (c Calendar) Years() float64 { return float64(c.Tick.Months()) / 12 }

// PerYear is the number of ticks in a year: 12, 4 or 1.
func (c Calendar) PerYear() int { return 12 / c.Tick.Months() }

// Span is the number of ticks that cover the given number of years, at least one.
func (c Calendar) Span(years float64) int {
	return max(1, int(math.Round(years*float64(c.PerYear()))))
}

// At is the tick in which a date falls. It is negative before the start, and
// Ticks or more after the end.
func (c Calendar) At(date time.Time) int {
	if date.Before(c.Start) {
		return -1
	}
	months := (date.Year()-c.Start.Year())*12 + int(date.Month()) - int(c.Start.Month())
	t := months / c.Tick.Months()
	for date.Before(c.Date(t)) {
		t-- // it begins on a later day of the month, or in the next where a month is too short
	}
	return t
}

// Due tells whether a yearly event that falls in the given month happens in
// tick t: every year has exactly one such tick.
func (c Calendar) Due(t int, month time.Month) bool {
	if day := c.Start.Day(); day <= 28 {
		first := int(c.Start.Month()) + t*c.Tick.Months() // of the months whose first day the tick holds
		if day > 1 {
			first++
		}
		ahead := (int(month) - first) % 12
		return (ahead+12)%12 < c.Tick.Months()
	}
	from, to := c.Date(t), c.Date(t+1)
	for year := from.Year(); year <= to.Year(); year++ {
		day := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
		if !day.Before(from) && day.Before(to) {
			return true
		}
	}
	return false
}
