package data

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every row of the record can be used: a unique identifier, a day, in order; actors that
// the data know, a source; and what is not certain says what.
func TestTimeline(t *testing.T) {
	list, err := Timeline()
	if err != nil {
		t.Fatal(err)
	}
	actors := knownActors(t)
	id := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]bool{}
	var last time.Time
	for _, h := range list {
		if !id.MatchString(h.ID) || seen[h.ID] {
			t.Errorf("%q is no identifier, or comes twice", h.ID)
		}
		seen[h.ID] = true
		if h.Date.Before(last) || h.Date.Year() < 1998 || h.Date.Year() > 2025 {
			t.Errorf("%s: %s is out of order, or of the record's years", h.ID, h.Date.Format(time.DateOnly))
		}
		last = h.Date
		for what, ok := range map[string]bool{
			"an event": h.Event != "", "an outcome": h.Outcome != "", "a source": h.Source != "",
			"a note on what is not certain": h.Certain || h.Note != "",
		} {
			if !ok {
				t.Errorf("%s has not %s", h.ID, what)
			}
		}
		for _, a := range h.Actors {
			if !slices.Contains(actors, plain(a)) {
				t.Errorf("%s: actor %q is unknown", h.ID, a)
			}
		}
	}
}

// knownActors are states, groups, forums and firms of the data, by code and name, and the
// organisations that are none of these.
func knownActors(t *testing.T) []string {
	r, err := ReadRecord("", "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := ownRecords()
	if err != nil {
		t.Fatal(err)
	}
	list := []string{"un", "wto", "au"}
	for name := range r.places {
		list = append(list, name)
	}
	for _, f := range s.forumRows {
		list = append(list, plain(f.id))
	}
	for _, f := range s.firmRows {
		name, _, _ := strings.Cut(f.name, " (")
		list = append(list, plain(name))
	}
	return list
}

// The record after 2020 holds what the scenarios of these years are coded from.
func TestTimelineAfter2020(t *testing.T) {
	list, err := Timeline()
	if err != nil {
		t.Fatal(err)
	}
	for id, day := range map[string]string{
		"oewg-report": "2021-03-12", "gge-6-report": "2021-05-28", "counter-ransomware": "2021-10-13", "war-in-ukraine": "2022-02-24",
		"wtsa-20": "2022-03-09", "future-of-the-internet": "2022-04-28", "budapest-protocol": "2022-05-12", "itu-election": "2022-09-29",
		"chip-controls": "2022-10-07", "japan-chip-tools": "2023-07-23", "dutch-chip-tools": "2023-09-01", "pall-mall": "2024-02-06",
		"un-ai-us": "2024-03-21", "un-ai-china": "2024-07-01", "eu-ai-act": "2024-08-01", "coe-ai-convention": "2024-09-05",
		"global-digital-compact": "2024-09-22", "wtsa-24": "2024-10-24", "un-cybercrime-convention": "2024-12-24",
		"global-mechanism": "2025-07-11", "hanoi-signing": "2025-10-25", "wsis-20": "2025-12-17",
	} {
		k := slices.IndexFunc(list, func(h Happening) bool { return h.ID == id })
		if k < 0 || list[k].Date.Format(time.DateOnly) != day {
			t.Errorf("%s of %s is not in the record", id, day)
		}
	}
}
