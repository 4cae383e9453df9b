package data

import (
	"testing"
	"time"

	"splinternet/models/world"
)

// Walls of the start follow the record: the order of those that experts code, Russia's by
// date, and what the rule says of the states that nobody codes.
func TestWallsAtTheStart(t *testing.T) {
	at := func(year int) *world.World {
		w, err := Build(Options{Start: time.Date(year, time.July, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	w := at(2018)
	wall := func(w *world.World, id string) float64 { return w.States.Control[w.FindState(id)] }
	for _, order := range [][]string{
		{"PRK", "TKM", "CHN", "ARE", "SAU", "IRN", "VNM", "EGY", "TUR", "IND", "IDN", "UKR", "USA"},
		{"CHN", "SGP", "BRA", "DEU"},
	} {
		for k, id := range order[1:] {
			if higher := order[k]; wall(w, higher) <= wall(w, id) {
				t.Errorf("the wall of %s is %.3f, that of %s %.3f", higher, wall(w, higher), id, wall(w, id))
			}
		}
	}
	// China: capacity 2.002, filters -2.871, social media -2.467, monitoring -3.169.
	if got, want := wall(w, "CHN"), .35/(1+.390286); got < want-1e-6 || got > want+1e-6 {
		t.Errorf("the wall of China is %.6f, by hand %.6f", got, want)
	}
	for i, b := range w.States.Control {
		if b < 0 || b > wallMost {
			t.Errorf("the wall of %s is %g", w.States.ID[i], b)
		}
	}
	for _, c := range []struct {
		year int
		id   string
		want float64
	}{{2018, "RUS", .04}, {2019, "RUS", .04}, {2020, "RUS", .09}, {2026, "RUS", .2}, {2018, "TUV", 0}, {2026, "BRN", .1}} {
		if got := wall(at(c.year), c.id); got != c.want {
			t.Errorf("the wall of %s in %d is %g; want %g", c.id, c.year, got, c.want)
		}
	}
}

// What the documentation says of walls over states: their slope on regime and position, one
// state one vote and weighed by users, and the value between that stands in for unknown ones.
func TestUsualControl(t *testing.T) {
	w, err := Build(Options{})
	if err != nil {
		t.Fatal(err)
	}
	var plain, weighed, squares, weighedSquares float64
	for i, b := range w.States.Control {
		x := (1 - w.States.Democracy[i]) * (1 - w.States.Position[i])
		plain, squares = plain+x*b, squares+x*x
		weighed, weighedSquares = weighed+w.States.Users[i]*x*b, weighedSquares+w.States.Users[i]*x*x
	}
	low, high := plain/squares, weighed/weighedSquares
	if low < .145 || low > .16 || high < .23 || high > .25 {
		t.Errorf("the slope is %.3f, and %.3f weighed by users", low, high)
	}
	if got := UsualControl(0, 0); got < low || got > high {
		t.Errorf("the usual slope is %g", got)
	}
}
