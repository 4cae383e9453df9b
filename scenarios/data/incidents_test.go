package data

import (
	"fmt"
	"testing"
	"time"

	"splinternet/models/world"
)

// The counts of incidents speak of known states and come once each.
func TestIncidentCounts(t *testing.T) {
	s, err := ownRecords()
	if err != nil {
		t.Fatal(err)
	}
	bad := newCollector()
	counts, total := map[string]float64{}, map[string]float64{}
	c := paths(nil).open("incidents", bad, "dataset", "initiator", "target", "year", "count")
	for c.next() {
		key := fmt.Sprint(c.text("dataset"), c.text("initiator"), c.text("target"), c.text("year"))
		if counts[key] > 0 || s.find(c, "initiator") < 0 || s.find(c, "target") < 0 || c.text("initiator") == c.text("target") {
			t.Errorf("%s comes twice, or is no pair of states", key)
		}
		counts[key] = c.number("count", 1, 1000)
		total[c.text("dataset")] += counts[key]
		c.number("year", 2000, 2021)
	}
	if total["DCID"] != 412 || total["EuRepoC"] < 700 {
		t.Errorf("totals %v", total)
	}
	if err := bad.Err(); err != nil {
		t.Error(err)
	}
}

// Counts of autonomous systems are known for every state, of June and December 2018.
func TestAutonomousSystems(t *testing.T) {
	s, err := ownRecords()
	if err != nil {
		t.Fatal(err)
	}
	bad, rows := newCollector(), 0
	c := paths(nil).open("as_count_2018.csv", bad, "iso3", "as_count_2018_06", "as_count_2018_12")
	for c.next() {
		rows++
		june, december := c.number("as_count_2018_06", 0, 1e5), c.number("as_count_2018_12", 0, 1e5)
		if s.find(c, "iso3") < 0 || !(june >= 0) || !(december >= 0) {
			t.Errorf("row %d: %s %g %g", rows, c.text("iso3"), june, december)
		}
	}
	if err := bad.Err(); err != nil || rows != len(s.rows) {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// Rivals and offence rest on what was recorded in the years before the start alone.
func TestIncidentsBeforeTheStart(t *testing.T) {
	rivals := func(year int) (int, *world.World) {
		pairs, w := 0, build(t, Options{Start: time.Date(year, time.July, 1, 0, 0, 0, 0, time.UTC)})
		for i := range w.States.N {
			for j := range i {
				if w.Dyads.Rival[i*w.States.N+j] {
					pairs++
				}
			}
		}
		return pairs, w
	}
	early, w := rivals(2018)
	late, _ := rivals(2022)
	if early != 31 || late != 36 {
		t.Errorf("%d pairs of rivals in 2018, %d in 2022, want 31 and 36", early, late)
	}
	n := w.States.N
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"USA", "RUS", true},
		{"CHN", "USA", true},
		{"IND", "PAK", true},
		{"CHN", "GBR", false},
		{"AUS", "CHN", false}, // recorded since 2018 and 2019
	} {
		if w.Dyads.Rival[state(t, w, c.a)*n+state(t, w, c.b)] != c.want {
			t.Errorf("%s and %s rivals in 2018: want %v", c.a, c.b, c.want)
		}
	}
	if w, _ := rivals(1999); w != 0 {
		t.Errorf("%d pairs of rivals before the first record", w)
	}
}
