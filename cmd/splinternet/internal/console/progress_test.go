package console

import (
	"bytes"
	"testing"
	"time"

	"splinternet/sim"
)

func TestProgressLines(t *testing.T) {
	var b bytes.Buffer
	calendar := sim.Calendar{Start: time.Date(2018, 7, 1, 0, 0, 0, 0, time.UTC), Tick: sim.Quarter, Ticks: 90}
	one := NewProgress(&Console{Err: &b})
	one.runs, one.calendar = 1, calendar
	for range 45 {
		one.Tick()
	}
	if got := one.line(3 * time.Second); got != "tick 45 of 90, 2029-07, 15 ticks/s, 3s left" {
		t.Error(got)
	}
	many := NewProgress(&Console{Err: &b})
	many.runs, many.calendar = 10, calendar
	if got := many.line(time.Second); got != "run 0 of 10, 0.0 runs/s, ? left" {
		t.Error(got)
	}
}
