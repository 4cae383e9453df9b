package spec

import (
	"fmt"
	"time"

	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// maxTicks keeps a mistyped calendar from filling the memory.
const maxTicks = 12000

// time reads the calendar. What cannot be read is replaced by a calendar that
// goes with anything, so that the rest can still be checked.
func (r *reader) time(t *document.Reader) {
	r.spec.Calendar = sim.Calendar{Start: time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), Tick: sim.Year, Ticks: 400}
	before := r.problems.Len()
	if t.Node == nil {
		if r.root.Get("time") == nil {
			r.problems.At(problem.Place{File: r.file, Line: 1, Key: "time"}, "is missing; allowed: a table [time] with start and ticks")
		}
		return
	}
	start, at := t.Date("start")
	t.Need("start", "a date without quotes, such as 2018-07-01")
	if at != nil && start.Day() > 28 {
		r.problems.At(at.Place(), "day %d is not allowed; allowed: 1 to 28, because every tick begins on the same day of its month", start.Day())
	}
	length := sim.Quarter
	if word := t.Word("tick", sim.TickLengths); word != "" {
		length, _ = sim.ParseTickLength(word)
	}
	t.Need("ticks", "the number of ticks, a whole number")
	ticks := t.Whole("ticks", 1, maxTicks, 1)
	t.Done()
	if r.problems.Len() > before {
		return
	}
	r.spec.Calendar = sim.Calendar{Start: start, Tick: length, Ticks: int(ticks)}
	if end := r.spec.Calendar.Date(int(ticks)); end.Year() > 2200 {
		r.problems.At(t.Get("ticks").Place(), "the run would end in %d; allowed: runs that end by 2200", end.Year())
	}
	r.bounds[0] = at.Rank
	r.bounds[1] = max(at.Rank, t.Get("ticks").Rank)
	if n := t.Get("tick"); n != nil {
		r.bounds[1] = max(r.bounds[1], n.Rank)
	}
}

// moment is what a date or a tick names.
type moment struct {
	tick int
	day  time.Time
	node *document.Node // nil when no moment is given, or none that can be read
}

// moment reads a date or the number of a tick from one key.
func (r *reader) moment(t *document.Reader, key string) moment {
	n := t.Has(key)
	if n == nil {
		return moment{}
	}
	if day, ok := n.Day(); ok {
		return moment{day: day, node: n}
	}
	if tick, is := n.Value.(int64); is && tick >= 0 && tick < maxTicks {
		return moment{tick: int(tick), node: n}
	}
	document.Refuse(r.problems, n, "a date without quotes, such as 2019-09-01, or the number of a tick")
	return moment{}
}

// inside places a moment in the run. A moment outside is a problem of the file
// that gives it, unless a file that extends it has moved the bounds of the run:
// then before or after says so.
func (r *reader) inside(m *moment) (before, after, ok bool) {
	c := r.spec.Calendar
	last := c.Ticks - 1
	if m.day.IsZero() {
		m.day = c.Date(m.tick)
	} else {
		m.tick = c.At(m.day)
	}
	before, after = m.tick < 0, m.tick > last
	if before && m.node.Rank < r.bounds[0] || after && m.node.Rank < r.bounds[1] {
		return before, after, true
	}
	if before || after {
		end := c.Date(c.Ticks).AddDate(0, 0, -1)
		document.Refuse(r.problems, m.node, fmt.Sprintf("from %s to %s, or tick 0 to %d",
			c.Start.Format(time.DateOnly), end.Format(time.DateOnly), last))
		return before, after, false
	}
	return false, false, true
}
