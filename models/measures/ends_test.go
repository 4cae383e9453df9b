package measures_test

import (
	"math"
	"testing"
	"time"

	"splinternet/models/measures"
	"splinternet/sim"
)

func TestEndsTakeTheLastYears(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		tick sim.TickLength
		want float64
	}{{sim.Year, 9.5}, {sim.Quarter, 6.5}} {
		calendar := sim.Calendar{Start: time.Date(2018, 7, 1, 0, 0, 0, 0, time.UTC), Tick: c.tick, Ticks: 10}
		series := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
		if _, _, got := measures.Ends(series, calendar, 2); got != c.want {
			t.Errorf("tick %v: %v, want %v", c.tick, got, c.want)
		}
	}
	calendar := sim.Calendar{Tick: sim.Year, Ticks: 3}
	if first, last, got := measures.Ends([]float64{nan, 1, nan, 5}, calendar, 2); got != 5 || first != 1 || last != 5 {
		t.Errorf("a value that was not taken counts: %v, %v, %v", first, last, got)
	}
	if _, last, got := measures.Ends([]float64{1, nan, nan}, calendar, 2); !math.IsNaN(got) || last != 1 {
		t.Errorf("nothing was taken, yet the mean is %v; the last is %v", got, last)
	}
}
