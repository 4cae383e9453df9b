package archive

import (
	"testing"

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
