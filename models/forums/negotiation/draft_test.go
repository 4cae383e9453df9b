package negotiation

import (
	"math"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// A chair aims a part of the way from what nobody disowns to what nobody blocks in a bad
// mood, never below what nobody disowns, and not where more than a few disown the text.
func TestAim(t *testing.T) {
	w := modeltest.World(4)
	f := modeltest.AddForum(w, "council")
	for _, c := range []struct {
		what                               string
		ambition, temper, reopening, depth float64
	}{
		{"without ambition", 0, 0, 1, .1},
		{"half of the way", .5, 0, 1, .2},
		{"half of the way to half of what nobody blocks", .5, math.Ln2, 1, .125},
		{"moods so bad that nothing is left to gain", 1, 10, 1, .1},
		{"nobody may disown it", 1, 0, 0, .1},
		{"one of four may", 1, 0, .25, .15},
		{"two of four may", 1, 0, .5, .3},
	} {
		m := Negotiation{Parameters: Parameters{Ambition: c.ambition, Temper: c.temper, Reopening: c.reopening, Margin: 1}}
		l := &limits{join: []float64{.1, .15, .3, .4}, leastJoin: .1, leastBlock: .3}
		modeltest.Near(t, c.what, m.aim(l, w, f), c.depth, .001)
	}
}

// A chair knows as much of moods as the power of members with offices tells it.
func TestKnown(t *testing.T) {
	w := modeltest.World(3)
	w.States.Power = []float64{.3, .1, .6}
	w.States.Office[0] = 0
	modeltest.AddForum(w, "council").Members[2] = false
	for _, c := range []struct{ ambition, offices, known float64 }{
		{0, .4, 1},
		{.5, 0, 0},
		{.5, .4, .4 * .3 / .4},
		{.5, 1, .3 / .4},
	} {
		m := Negotiation{Parameters: Parameters{Ambition: c.ambition, Offices: c.offices}}
		modeltest.Near(t, "known", m.known(w, 0), c.known, exact)
	}
}

// Only forums with regular work measure a new text by the one they have.
func TestLeast(t *testing.T) {
	m := Negotiation{Parameters: Parameters{Worthwhile: .9}}
	modeltest.Near(t, "regular work", m.least(&world.Forum{Structured: true}, .3), .27, exact)
	modeltest.Near(t, "a summit", m.least(&world.Forum{}, .3), 0, exact)
}

// Those who block are overruled as long as they weigh too little together.
func TestBlocked(t *testing.T) {
	w := modeltest.World(4)
	w.States.Power = []float64{.6, .38, .01, .01}
	copy(w.States.Users, w.States.Power)
	f := modeltest.AddForum(w, "council")
	l := &limits{block: []float64{.9, .5, .2, .3}}
	for _, c := range []struct{ overruled, depth float64 }{
		{0, .2},    // anybody blocks
		{.01, .2},  // the third weighs as much
		{.015, .3}, // with the fourth it does
		{.1, .5},   // both are overruled
		{.5, .9},
	} {
		m := Negotiation{Parameters: Parameters{Overruled: c.overruled}}
		modeltest.Near(t, "depth", m.blocked(l, w, f), c.depth, exact)
	}
}

// Depth goes with the trust among members, each pair weighted by the power of both.
func TestCarried(t *testing.T) {
	w := modeltest.World(3)
	w.States.Power = []float64{.5, .3, .2}
	f := modeltest.AddForum(w, "council")
	m := Negotiation{State: new(State)}
	for _, exponent := range []float64{.5, 1, 2} {
		m.Trust = exponent
		w.TrustAll(.4)
		m.Begin(w)
		modeltest.Near(t, "at the start", m.carried(w, f), 1, exact)
		modeltest.Both(w, w.Dyads.Trust, 0, 1, .2)
		// Only the first has the power of an average member: pairs of it, both ways or one,
		// weigh .15 and .1.
		modeltest.Near(t, "after a loss of trust", m.carried(w, f), math.Pow((.15*.2+.1*.4)/(.25*.4), exponent), exact)
	}
	m.Trust = 0
	if m.Begin(w); len(m.Before) != 0 {
		t.Error("trust is remembered that does not count")
	}
}

// Rival stacks make rival interests, most on the lines that they are about.
func TestRivalry(t *testing.T) {
	w := modeltest.World(2)
	f := modeltest.AddForum(w, "council")
	m := Negotiation{Parameters: Parameters{Stacks: 2, Elsewhere: .5}}
	if m.rivalry(w, f) != 0 {
		t.Error("a single stack divides")
	}
	world.AddPlainStack(w, "rival", .2)
	copy(w.StackMix(1), []float64{.5, .5})
	for line, want := range map[world.Line]float64{world.Standards: 2, world.InternetGovernance: 2, world.Cybercrime: 1} {
		f.Line = line
		modeltest.Near(t, string(line), m.rivalry(w, f), want, exact)
	}
	// The mix of both is 3/4 and 1/4.
	modeltest.Near(t, "who shares three quarters", m.foreign(w, 0), .25, exact)
	modeltest.Near(t, "who shares three quarters, too", m.foreign(w, 1), .25, exact)
	m.Stacks = 0
	if m.rivalry(w, f) != 0 {
		t.Error("without the coupling stacks divide")
	}
}
