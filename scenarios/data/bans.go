package data

import (
	"strings"
	"time"
)

// Restriction is a row of bans.csv: a state that restricted Huawei, which a run is
// compared with.
type Restriction struct {
	State string // iso3
	Date  time.Time
	Kind  string // ban, block, limit, procurement or memorandum
}

// Restrictions returns the recorded restrictions in the order of the file.
func Restrictions() ([]Restriction, error) {
	bad := newCollector()
	t := paths(nil).open("bans.csv", bad, "iso3", "date", "kind")
	var list []Restriction
	for t.next() {
		list = append(list, Restriction{t.id("iso3"), t.date("date"), strings.Clone(t.text("kind"))})
	}
	return list, bad.Err()
}
