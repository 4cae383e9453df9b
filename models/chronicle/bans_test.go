package chronicle

import (
	"testing"

	"splinternet/models/markets"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// vendors is a world of 13 states, of which the last is the home of a vendor, and of
// another firm from abroad.
func vendors() (w *world.World, vendor, other int) {
	w = modeltest.World(13)
	vendor = modeltest.AddFirm(w, "vendor", 12, 0, .15)
	other = modeltest.AddFirm(w, "other", world.Abroad, 0, .85)
	w.States.Power[0] = .4
	w.Chronicle.On, w.Chronicle.Teller = true, Chronicle{}
	return w, vendor, other
}

func TestWordsOfBans(t *testing.T) {
	w, vendor, other := vendors()
	decision := func(firm, state int, before, after float64, by string, examples ...markets.Example) markets.Decision {
		return markets.Decision{
			Firm: firm, State: state, Before: before, After: after, By: by,
			Motives: markets.Motives{Allies: float64(len(examples)), Examples: examples},
		}
	}
	leader := markets.Example{State: 0, Strength: 1, Fresh: true}
	w.Tell(markets.Restricted{Decisions: []markets.Decision{
		decision(vendor, 1, 0, .5, "model", leader),
		decision(vendor, 2, .3, 1, "model", leader),
		decision(vendor, 3, .3, .5, "model", leader),
		decision(vendor, 4, 1, .5, "model"),
		decision(vendor, 5, 1, 0, "model"),
	}})
	w.Tell(markets.Restricted{Decisions: []markets.Decision{
		decision(other, 1, .3, .5, "scenario"),
		decision(other, 2, .3, .5, "scenario"),
	}})
	leader.Fresh = false
	w.Tell(markets.Restricted{Decisions: []markets.Decision{
		decision(vendor, 1, 0, .5, "model", leader),
		decision(vendor, 7, 0, .5, "model"),
	}})
	lifted := decision(vendor, 1, .5, 0, "model")
	lifted.Years = 3
	w.Tell(markets.Restricted{Decisions: []markets.Decision{lifted}})
	want := []string{
		"s1 restricts vendor, following s0.",
		"s2 and s3 now ban vendor, following s0.",
		"s4 eases its restrictions on vendor.",
		"s5 readmits vendor.",
		"s1 and s2 tighten their restrictions on other.",
		"s1 restricts vendor, as its allies did before it.",
		"s7 restricts vendor over its ties to the government of s12.",
		"s1 readmits vendor after 3 years.",
	}
	for k, e := range w.Chronicle.Entries {
		if e.Text != want[k] {
			t.Errorf("%q, want %q", e.Text, want[k])
		}
	}
	if len(w.Chronicle.Entries) != len(want) || w.Chronicle.Entries[4].By != "scenario" {
		t.Errorf("%+v", w.Chronicle.Entries)
	}
}

// Who shuts a vendor out goes further than an ally that limits it.
func TestGoingFurther(t *testing.T) {
	w, vendor, _ := vendors()
	for strength, want := range map[float64]string{.5: ", following s0", outright: ", going further than s0"} {
		r := reasonOf(w, &markets.Decision{
			Firm: vendor, State: 1, After: strength,
			Motives: markets.Motives{Allies: 1, Examples: []markets.Example{{State: 0, Strength: .5, Fresh: true}}},
		})
		if got := r.text(w, &bans{states: []int{1}, firms: []int{vendor}}); got != want {
			t.Errorf("at strength %g: %q", strength, got)
		}
	}
}

// Groups have identifiers; the chronicle says names.
func TestBlocsHaveNames(t *testing.T) {
	for id, want := range map[string]string{"eu": "in the EU", "five_eyes": "among the Five Eyes", "alliance": "in the alliance"} {
		if got := among(id); got != want {
			t.Errorf("%s is called %q, want %q", id, got, want)
		}
	}
}
