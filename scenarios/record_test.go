package scenarios

import (
	"slices"
	"testing"
	"time"

	"splinternet/scenarios/data"
)

// beyond are the events of the scenarios that follow the record which the timeline does
// not have: what follows from another event, and what stands for a development.
var beyond = []string{
	"oewg-ends", "russia-moves-away", "china-moves-away", "new-ip", "paris-call", "vendor-bans", "vendor-limits",
}

// The timeline is the one truth on what happened after 2020: events of these years in the history
// bear the name and the day of one of its rows, or are a restriction of bans.csv.
func TestHistoryIsNamedByTheTimeline(t *testing.T) {
	rows, bans := recorded(t)
	for _, name := range []string{"history-2018-2025", "baseline-2025"} {
		s, err := Load(name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, e := range s.tree.Get("event").Nodes {
			id := e.Get("name").Text()
			day, ok := e.Get("date").Value.(time.Time)
			if !ok {
				t.Fatalf("%s: %s has no date", name, id)
			}
			if day.Year() < 2021 || slices.Contains(beyond, id) {
				continue
			}
			row, known := rows[id]
			switch {
			case known && name == "history-2018-2025" && !row.Date.Equal(day):
				t.Errorf("%s: %s is of %s, in the timeline of %s", name, id, day.Format(time.DateOnly), row.Date.Format(time.DateOnly))
			case !known && !slices.ContainsFunc(bans, day.Equal):
				t.Errorf("%s: %s is neither in timeline.csv nor in bans.csv", name, id)
			case known:
				found++
			}
		}
		t.Logf("%s: %d events of rows of the timeline", name, found)
		if found < 8 {
			t.Errorf("%s: %d events only are of the timeline", name, found)
		}
	}
}

// recorded are the rows of the timeline by identifier, and the days of restrictions on Huawei.
func recorded(t *testing.T) (map[string]data.Happening, []time.Time) {
	t.Helper()
	list, err := data.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]data.Happening{}
	for _, h := range list {
		rows[h.ID] = h
	}
	bans, err := data.Restrictions()
	if err != nil {
		t.Fatal(err)
	}
	var days []time.Time
	for _, b := range bans {
		days = append(days, b.Date)
	}
	return rows, days
}
