package measures

import (
	"math"

	"splinternet/sim"
)

// Ends are the first and the last value of a series that were taken, and the mean of
// those over the last years of it; NaN when none was.
func Ends(series []float64, calendar sim.Calendar, years float64) (first, last, end float64) {
	first, last = math.NaN(), math.NaN()
	from := max(0, len(series)-calendar.Span(years))
	sum, n := 0.0, 0
	for t, x := range series {
		if math.IsNaN(x) {
			continue
		}
		if math.IsNaN(first) {
			first = x
		}
		last = x
		if t >= from {
			sum += x
			n++
		}
	}
	return first, last, sum / float64(n) // 0/0 is NaN
}
