package data

import (
	"strings"
	"time"
)

// Happening is a row of timeline.csv: what the record says happened, and how sure that is.
// Scenarios that follow the record name their events by its identifiers.
type Happening struct {
	ID      string
	Date    time.Time
	Event   string   // a short title
	Kind    string   // one of HappeningKinds
	Actors  []string // iso3 codes, groups, forums, firms and organisations
	Outcome string
	Certain bool   // the day, the outcome and the numbers are established
	Note    string // what is not certain, or what else to know; may be blank
	Source  string
}

// HappeningKinds are the kinds of what timeline.csv records. A denial refuses products to
// another state, decoupling refuses another's products.
var HappeningKinds = []string{
	"bilateral", "cbm", "conference", "declaration", "decoupling", "denial", "gge", "incident", "industry", "institution",
	"norm", "oewg", "proposal", "resolution", "shock", "treaty",
}

// Timeline returns the record in the order of the file, which is that of the dates.
func Timeline() ([]Happening, error) {
	bad := newCollector()
	t := paths(nil).open("timeline.csv", bad, "id", "date", "event", "kind", "actors", "outcome", "certain", "note", "source")
	text := func(column string) string { return strings.Clone(t.text(column)) }
	var list []Happening
	for t.next() {
		list = append(list, Happening{
			ID: t.id("id"), Date: t.date("date"), Event: text("event"), Kind: oneOf(t, "kind", HappeningKinds),
			Actors: strings.Split(text("actors"), ";"), Outcome: text("outcome"),
			Certain: oneOf(t, "certain", []string{"yes", "no"}) == "yes", Note: text("note"), Source: text("source"),
		})
	}
	return list, bad.Err()
}
