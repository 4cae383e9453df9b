package data

import (
	"fmt"
	"testing"
)

// The counts of incidents speak of known states and come once each; those of DCID are the
// rows of incidents.csv.
func TestIncidentCounts(t *testing.T) {
	s, err := ownRecords()
	if err != nil {
		t.Fatal(err)
	}
	bad := newCollector()
	counts, total := map[string]float64{}, map[string]float64{}
	c := paths(nil).open("incident_counts.csv", bad, "dataset", "initiator", "target", "year", "count")
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
	rows := paths(nil).open("incidents", bad, "dataset", "initiator", "target", "year")
	for rows.next() {
		if rows.text("dataset") == "DCID" {
			counts[fmt.Sprint("DCID", rows.text("initiator"), rows.text("target"), rows.text("year"))]--
		}
	}
	for key, n := range counts {
		if key[:4] == "DCID" && n != 0 {
			t.Errorf("%s: counts and rows differ by %g", key, n)
		}
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
