package archive

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/voting"
)

// The codebook describes each term of a vote by its declaration.
func TestTermsOfVotes(t *testing.T) {
	var d deposit
	for _, term := range voting.Terms {
		if c, known := d.describe("votes", term.Name); !known || c.meaning != term.Doc || c.unit != voting.Unit {
			t.Errorf("%s: %+v", term.Name, c)
		}
	}
}

// The codebook says of every kind of event what its value is.
func TestKindsOfEvents(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(string(kindsOfEvents()))).ReadAll()
	if err != nil || len(rows) != len(chronicle.Kinds)+1 {
		t.Fatalf("%d rows, error %v", len(rows), err)
	}
	for k, kind := range chronicle.Kinds {
		if want := []string{kind.Name, kind.Doc, kind.Actors, kind.Targets, kind.Value, kind.Unit}; !slices.Equal(rows[k+1], want) {
			t.Errorf("%v, want %v", rows[k+1], want)
		}
	}
}
