package chronicle

import (
	"slices"
	"strings"
	"testing"

	"splinternet/models/forums/assembly"
	"splinternet/models/forums/texts"
	"splinternet/models/modeltest"
	"splinternet/models/voting"
	"splinternet/models/world"
)

// A tally reads as a person would say it, whoever has the more votes.
func TestTallyInWords(t *testing.T) {
	for want, c := range map[string]struct {
		yes, no, abstain int
		passed           bool
	}{
		"by 114 votes to 46 with 16 abstentions":              {114, 46, 16, true},
		"by 2 votes to 1 with 1 abstention":                   {2, 1, 1, true},
		"by 177 votes to none with no abstentions":            {177, 0, 0, true},
		"with 42 votes for it, 69 against and 63 abstentions": {42, 69, 63, false},
		"with 60 votes for it, 50 against and no abstentions": {60, 50, 0, false}, // short of two thirds
	} {
		var tally assembly.Tally
		tally[voting.Yes], tally[voting.No], tally[voting.Abstain] = c.yes, c.no, c.abstain
		if got := tallyInWords(tally, c.passed); got != want {
			t.Errorf("%+v is told %q, want %q", c, got, want)
		}
	}
}

// A name with an "and" of its own does not run into the next.
func TestEnumerateNames(t *testing.T) {
	w := modeltest.World(3)
	w.States.Name = []string{"Jordan", "Trinidad and Tobago", "Belize"}
	if got, want := w.Enumerate([]int{0, 1, 2}), "Jordan, Trinidad and Tobago, and Belize"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := w.Enumerate([]int{0, 2}), "Jordan and Belize"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The roll names who counts, the author where the title does not, and none of the
// small states.
func TestRoll(t *testing.T) {
	w := modeltest.World(5, .1, .2, .5, .8, .9)
	modeltest.AddForum(w, "assembly").Rule = world.Majority
	w.States.Power = []float64{.5, .3, .19, .005, .005}
	w.States.Users = slices.Clone(w.States.Power)
	for i := range 5 {
		w.States.Name[i] = string(rune('A' + i))
	}
	k := texts.Table(w, world.Text{ID: "r", Title: "a text", Forum: 0, Sponsors: []int{0}, Position: []float64{.2}, Stack: -1})
	var camps [4][]int
	camps[voting.Yes], camps[voting.Abstain], camps[voting.No] = []int{0, 1}, []int{2}, []int{3, 4}
	if got, want := rollCall(w, &w.Texts[k], camps), " For it A and B; abstaining C."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	w.Texts[k].Title = "A's resolution"
	camps[voting.Yes] = []int{0, 1}
	if got := rollCall(w, &w.Texts[k], camps); !strings.HasPrefix(got, " For it B;") {
		t.Errorf("%q", got)
	}
}

func TestStakes(t *testing.T) {
	var text world.Text
	for kind, want := range map[world.TextKind]float64{world.Views: .3, world.Create: .5, world.Treaty: .6} {
		text.Kind, text.Depth = kind, .3
		modeltest.Near(t, "stakes", stakes(&text), want, 1e-12)
	}
	text.Depth = 1
	modeltest.Near(t, "stakes", stakes(&text), 1, 0)
}
