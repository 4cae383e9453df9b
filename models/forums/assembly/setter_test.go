package assembly

import (
	"math"
	"slices"
	"testing"

	"splinternet/models/forums/regime"
	"splinternet/models/forums/texts"
	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// exact is the rounding of a handful of operations.
const exact = 1e-12

// agenda is agenda setting with its fixed numbers, and votes at which nothing is known.
func agenda() *Agenda {
	m := &Agenda{Votes: new(Votes)}
	new(sim.Parameters).Declare("forums", m.Fixed()...)
	return m
}

// The values of Romer and Rosenthal (1978) where the setter may propose once, and what slack adds to them.
func TestRomerRosenthal(t *testing.T) {
	for _, c := range []struct {
		what                            string
		ideal, pivot, statusQuo, slack_ float64
		want                            float64
	}{
		{"the pivot's other end", 1, .5, .2, 0, .8},
		{"the setter's ideal", .6, .5, .2, 0, .6},
		{"gridlock", 1, .5, .5, 0, .5},
		{"gridlock from below", 0, .5, .5, 0, .5},
		{"mirror image", 0, .5, .8, 0, .2},
		{"the status quo suits the setter", .2, .5, .2, 0, .2},
		{"slack widens", 1, .5, .2, .07, .9},
		{"slack breaks gridlock", 1, .5, .5, .04, .7},
		{"negative slack narrows", 1, .5, .2, -.05, .7},
		{"nothing is left", 1, .5, .2, -1, .5},
	} {
		near(t, c.what, RomerRosenthal(c.ideal, c.pivot, c.statusQuo, c.slack_), c.want, exact)
	}
}

// Whatever is proposed, the pivot loses nothing and the setter cannot do better.
func TestRomerRosenthalIsOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.Float64Range(0, 1)
		ideal, pivot, statusQuo := unit.Draw(t, "ideal"), unit.Draw(t, "pivot"), unit.Draw(t, "status quo")
		q := RomerRosenthal(ideal, pivot, statusQuo, 0)
		if loss := math.Abs(pivot-q) - math.Abs(pivot-statusQuo); loss > exact {
			t.Errorf("the pivot loses %g by %g", loss, q)
		}
		for k := range 101 {
			x := float64(k) / 100
			accepted := math.Abs(pivot-x) <= math.Abs(pivot-statusQuo)
			if accepted && math.Abs(ideal-x) < math.Abs(ideal-q)-exact {
				t.Fatalf("%g would be accepted and is nearer to %g than %g", x, ideal, q)
			}
		}
	})
}

func TestPivot(t *testing.T) {
	nine := []float64{.9, .1, .2, .3, .4, .5, .6, .7, .8}
	for _, c := range []struct {
		rule      world.DecisionRule
		positions []float64
		ideal     float64
		want      float64
	}{
		{world.Majority, nine, 1, .5},
		{world.Majority, nine, 0, .5},
		{world.Majority, []float64{.1, .9, .3, .5}, 1, .4},
		// Six of nine are two thirds: against a setter at 1 the third from below decides.
		{world.TwoThirds, nine, 1, .3},
		{world.TwoThirds, nine, 0, .7},
		{world.TwoThirds, []float64{.4}, 0, .4},
		{world.Consensus, nine, 1, .1},
		{world.Consensus, nine, 0, .9},
		{world.Consensus, nine, .45, .9},
		{world.RoughConsensus, nine, 1, .1},
	} {
		if got := Pivot(c.rule, slices.Clone(c.positions), c.ideal); math.Abs(got-c.want) > exact {
			t.Errorf("%s, setter at %g: pivot %g, want %g", c.rule, c.ideal, got, c.want)
		}
	}
}

// A setter that wants half of the voters looks at the median; one that wants more, at
// somebody farther from itself.
func TestPersuaded(t *testing.T) {
	nine := []float64{.9, .1, .2, .3, .4, .5, .6, .7, .8}
	for _, c := range []struct {
		share, ideal, want float64
	}{
		{.5, 1, .5},
		{.5, 0, .5},
		{2. / 3, 1, .4},
		{2. / 3, 0, .6},
		{.75, 1, .3},
		{.75, 0, .7},
		{1, 1, .1},
		{1, 0, .9},
		{0, 1, .9},
	} {
		near(t, "persuaded", Persuaded(slices.Clone(nine), c.share, c.ideal), c.want, exact)
	}
	for _, ideal := range []float64{0, 1} {
		near(t, "the median member", Persuaded(slices.Clone(nine), .5, ideal), Pivot(world.Majority, slices.Clone(nine), ideal), exact)
	}
}

// The more votes a text is to win, the nearer it comes to those who would oppose it:
// the states between the poles decide what it says.
func TestConsentCostsTheSetter(t *testing.T) {
	place := func(consent, swing float64) float64 {
		w := modeltest.World(7, .05, .1, swing, swing, swing, .9, .95)
		modeltest.AddForum(w, "assembly").Rule = world.Majority
		m := agenda()
		m.Consent, m.Votes.Norm, m.Votes.Slope = consent, 0, 20
		return m.optimum(w, 0, 6, []float64{.2}, world.Norm)[0]
	}
	if half, most := place(.5, .5), place(.8, .5); most >= half {
		t.Errorf("for half of the votes the setter at .95 stops at %.2f, for four fifths at %.2f", half, most)
	}
	if near, far := place(.5, .35), place(.5, .55); near >= far {
		t.Errorf("swing states at .35 let pass %.2f, at .55 %.2f", near, far)
	}
}

// Who has drafted before keeps the pen until another has a much stronger drive.
func TestPenholder(t *testing.T) {
	w := modeltest.World(4, .1, .1, .5, .9)
	modeltest.AddForum(w, "assembly").Rule = world.Majority
	w.States.Diplomacy = []float64{.5, 1, .2, 1}
	m := agenda()
	if got := m.leader(w, 0, []float64{.5}, regime.Sovereign); got != 1 {
		t.Errorf("state %d leads without a penholder", got)
	}
	older, younger := modeltest.AddForum(w, "older"), 0
	older.Sponsor, older.Founded = 1, -9
	younger = len(w.Forums)
	modeltest.AddForum(w, "younger").Sponsor = 0
	if got := m.leader(w, 0, []float64{.5}, regime.Sovereign); got != 0 {
		t.Errorf("state %d leads, though 0 called the younger forum into being", got)
	}
	w.Forums[younger].Sponsor = 3 // of the other side
	if got := m.leader(w, 0, []float64{.5}, regime.Sovereign); got != 1 {
		t.Errorf("state %d leads, though 1 called the older forum into being", got)
	}
	k := texts.Table(w, world.Text{ID: "first", Forum: 0, Sponsors: []int{0}, Position: []float64{.2}, Stack: -1})
	w.Texts[k].Status = world.Lapsed
	if got := m.leader(w, 0, []float64{.5}, regime.Sovereign); got != 0 {
		t.Errorf("state %d leads, though 0 holds the pen", got)
	}
	if got := m.leader(w, 0, []float64{.5}, regime.Open); got != 3 {
		t.Errorf("state %d leads the open side", got)
	}
	w.States.Diplomacy[0] = .9 * m.Penholder
	if got := m.leader(w, 0, []float64{.5}, regime.Sovereign); got != 1 {
		t.Errorf("state %d leads, though 1 has a much stronger drive", got)
	}
	// A penholder that has gone over to the other side does not lead this one.
	w.States.Diplomacy[0], w.States.Position[0] = 1, .8
	if got := m.leader(w, 0, []float64{.5}, regime.Sovereign); got != 1 {
		t.Errorf("state %d leads, though 0 has left the side", got)
	}
}
