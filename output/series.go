package output

import (
	"math"
	"slices"
	"strings"
)

// median of the values that are numbers; NaN when there is none. It sorts the
// slice.
func median(values []float64) float64 {
	values = slices.DeleteFunc(values, math.IsNaN)
	slices.Sort(values)
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	return (values[(n-1)/2] + values[n/2]) / 2
}

const blocks = "▁▂▃▄▅▆▇█"

// A series whose range is below flat of its level, or below still where it is a
// share, is drawn level: its own scale would make much of nothing.
const (
	flat  = 1e-3
	still = .01
)

// sparkline draws a series with block runes, between its own least and greatest
// value, in at most width runes. What was not taken is a space. A series that
// moves by less than a thousandth of its size is drawn flat: nothing happened.
func sparkline(series []float64, width int) string {
	runes := []rune(blocks)
	points := squeeze(series, width)
	least, most := math.Inf(1), math.Inf(-1)
	for _, x := range points {
		if !math.IsNaN(x) {
			least, most = min(least, x), max(most, x)
		}
	}
	var b strings.Builder
	for _, x := range points {
		switch {
		case math.IsNaN(x):
			b.WriteRune(' ')
		case most-least <= flat*max(math.Abs(most), math.Abs(least)) || most-least <= still && most <= 1:
			b.WriteRune(runes[len(runes)/2-1])
		default:
			k := int((x - least) / (most - least) * float64(len(runes)))
			b.WriteRune(runes[min(k, len(runes)-1)])
		}
	}
	return b.String()
}

// squeeze averages a series into at most width points of what was taken.
func squeeze(series []float64, width int) []float64 {
	n := min(width, len(series))
	points := make([]float64, n)
	for k := range points {
		sum, count := 0.0, 0
		for _, x := range series[k*len(series)/n : (k+1)*len(series)/n] {
			if !math.IsNaN(x) {
				sum += x
				count++
			}
		}
		points[k] = sum / float64(count)
	}
	return points
}
