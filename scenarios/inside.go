package scenarios

import (
	"fmt"
	"strings"
	"time"
)

// firstWord splits a dotted name after its first word.
func firstWord(name string) (first, rest string) {
	first, rest, _ = strings.Cut(name, ".")
	return first, rest
}

// when is the moment that a date or a tick names.
type when struct {
	tick int
	day  time.Time
	node *node // nil when no moment is given, or none that can be read
}

// moment reads a date or the number of a tick from one key.
func (r *reader) moment(key string) when {
	n := r.has(key)
	if n == nil {
		return when{}
	}
	if day, ok := n.day(); ok {
		return when{day: day, node: n}
	}
	if tick, is := n.value.(int64); is && tick >= 0 && tick < maxTicks {
		return when{tick: int(tick), node: n}
	}
	r.wrong(n, "a date without quotes, such as 2019-09-01, or the number of a tick")
	return when{}
}

// inside places a moment in the run. A moment outside is a problem of the file
// that gives it, unless a file that extends it has moved the bounds of the run:
// then before or after says so.
func (l *loader) inside(w *when) (before, after, ok bool) {
	c, last := l.calendar, l.calendar.Ticks-1
	if w.day.IsZero() {
		w.day = c.Date(w.tick)
	} else {
		w.tick = c.At(w.day)
	}
	before, after = w.tick < 0, w.tick > last
	if before && w.node.rank < l.bounds[0] || after && w.node.rank < l.bounds[1] {
		return before, after, true
	}
	if before || after {
		end := c.Date(c.Ticks).AddDate(0, 0, -1)
		l.wrong(w.node, fmt.Sprintf("from %s to %s, or tick 0 to %d",
			c.Start.Format(time.DateOnly), end.Format(time.DateOnly), last))
		return before, after, false
	}
	return false, false, true
}
