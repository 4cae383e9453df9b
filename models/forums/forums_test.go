package forums

import (
	"math"
	"slices"
	"strings"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// exact is the rounding of a handful of operations.
const exact = 1e-12

// plain makes the mechanism with everything off that a test does not ask for, so
// that no default enters: no noise in tempers, no cues, no agenda of its own, no
// limits on what a session changes.
func plain(t tester, changes map[string]float64) *Forums {
	t.Helper()
	set := new(sim.Parameters)
	m := New(set)
	values := map[string]float64{
		"forums.slope": 20, "forums.abstention": 4,
		"forums.views": -3, "forums.support": 3, "forums.create": .5, "forums.treaty": -3.5, "forums.norm": 2,
		"forums.practice": 0, "forums.cue": 0, "forums.sponsor": 0, "forums.rivalry": 0, "forums.constancy": 0, "forums.caucus": 0,
		"forums.isolation": .08, "forums.min-depth": 0, "forums.commitment": 0, "forums.obligation": 0, "forums.reopening": 0, "forums.pace": 1, "forums.compromise": 1,
		"forums.dissociation": 1, "forums.temper": 0,
		"forums.legitimacy": 0, "forums.legitimacy-rate": .3, "forums.legitimacy-input": .5, "forums.memory": 2, "forums.agenda": 0,
		"forums.rivals": 0, "forums.mergers": 0, "forums.attention": 0, "forums.initiative": 1,
	}
	for name, value := range changes {
		values["forums."+name] = value
	}
	for name, value := range values {
		if err := set.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// tester is what testing.T and rapid.T have in common.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// near is modeltest.Near for both.
func near(t tester, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.12g; want %.12g +- %g", what, got, want, tolerance)
	}
}

// The session of forums, in June, and that of the Assembly, in December, as ticks
// of a world that begins in July.
const (
	june     = 3
	december = 1
)

// step plays one tick of the mechanism.
func step(m *Forums, w *world.World, tick int) {
	w.Tick, w.Activity = tick, world.Activity{}
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), tick), w)
}

// council adds a consensus forum of all states that meets every year, with a
// text in force at sq that everybody has endorsed.
func council(w *world.World, sq, depth float64) *world.Forum {
	f := modeltest.AddForum(w, "council")
	f.Cycle, f.Position, f.Text, f.Legitimacy = 1, []float64{sq}, len(w.Texts), .5
	t := Table(w, world.Text{ID: "charter", Line: f.Line, Kind: world.Norm, Position: []float64{sq}, Depth: depth, Stack: -1})
	w.Texts[t].Status, w.Texts[t].Adopted, w.Texts[t].Tabled = world.InForce, -20, -20
	for i := range w.States.N {
		w.Texts[t].Adherence[i], w.Texts[t].Compliance[i] = world.Endorsed, 1
	}
	return f
}

// assembly adds a forum of all states that votes.
func assembly(w *world.World) *world.Forum {
	f := modeltest.AddForum(w, "assembly")
	f.Rule = world.Majority
	return f
}

// ---- E3 -------------------------------------------------------------------------

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

// ---- E5 -------------------------------------------------------------------------

func TestDepthFormula(t *testing.T) {
	// Loss of the state at 0 from .2 to .6 is .36-.04 = .32.
	for _, c := range []struct {
		what                string
		positions           []float64
		q, sq, kappa, depth float64
	}{
		{"d* = kappa/loss", []float64{0, .5, 1}, .6, .2, .16, .5},
		{"the dearest loss decides", []float64{0, .1, 1}, .6, .2, .08, .25},
		{"cap", []float64{0, .5, 1}, .6, .2, .4, 1},
		{"nobody loses", []float64{.5, .6, .7}, .6, .2, .01, 1},
		{"no member", nil, .6, .2, .01, 1},
		{"no change, no loss", []float64{0, 1}, .5, .5, 0, 1},
		{"isolation costs nothing", []float64{0, 1}, .6, .2, 0, 0},
	} {
		kappa := make([]float64, len(c.positions))
		for i := range kappa {
			kappa[i] = c.kappa
		}
		near(t, c.what, Depth(c.positions, []float64{c.q}, []float64{c.sq}, kappa), c.depth, exact)
	}
	// Two dimensions: the mean over them, and each member its own cost.
	got := Depth([]float64{0, 0, 1, 1}, []float64{.5, .5}, []float64{0, 0}, []float64{.1, 9})
	near(t, "two dimensions", got, .1/.25, exact)
}

// Deeper texts for fewer members, and for those whom it costs more to stand alone
// (Downs, Rocke and Barsoom 1996).
func TestDepthStatics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Sixty-fourths: squares and differences of them are exact, so that no
		// comparison below is decided by rounding.
		unit := rapid.Map(rapid.IntRange(0, 64), func(k int) float64 { return float64(k) / 64 })
		positions := rapid.SliceOfN(unit, 1, 12).Draw(t, "positions")
		q, sq := unit.Draw(t, "q"), unit.Draw(t, "sq")
		price := rapid.Float64Range(0, .5).Draw(t, "kappa")
		depth := func(positions []float64, price float64) float64 {
			kappa := make([]float64, len(positions))
			for i := range kappa {
				kappa[i] = price
			}
			return Depth(positions, []float64{q}, []float64{sq}, kappa)
		}
		d := depth(positions, price)
		if d < 0 || d > 1 {
			t.Fatalf("depth %g", d)
		}
		if more := depth(append(slices.Clone(positions), unit.Draw(t, "newcomer")), price); more > d {
			t.Errorf("a member more deepens %g to %g", d, more)
		}
		if dearer := depth(positions, price*1.5); dearer < d {
			t.Errorf("dearer isolation makes %g shallower: %g", d, dearer)
		}
		// Move the member farthest from the text on the side that loses farther away.
		extreme, away := 0.0, 1.0
		if q > sq {
			extreme, away = 1, -1
		}
		k := 0
		for i, x := range positions {
			if away < 0 && x < extreme || away > 0 && x > extreme {
				k, extreme = i, x
			}
		}
		farther := slices.Clone(positions)
		farther[k] = min(1, max(0, extreme+away*unit.Draw(t, "step")))
		if moved := depth(farther, price); moved > d+exact {
			t.Errorf("the extreme member moves from %g to %g and depth rises from %g to %g", extreme, farther[k], d, moved)
		}
	})
}

// With dissociation = 1 and commitment = 0 the mechanism itself plays E5: the
// text that a session leaves is as deep as the closed form says.
func TestSessionPlaysThePlainRule(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		unit := rapid.Float64Range(0, 1)
		n := rapid.IntRange(1, 7).Draw(rt, "members")
		positions := rapid.SliceOfN(unit, n, n).Draw(rt, "positions")
		sq, isolation := unit.Draw(rt, "status quo"), rapid.Float64Range(0, .3).Draw(rt, "isolation")
		legitimacy := unit.Draw(rt, "legitimacy")
		w := modeltest.World(n, positions...)
		w.States.Power[0] *= 3 // the centroid goes by power
		f := council(w, sq, .2)
		f.Legitimacy = legitimacy
		q := centroid(w, f)
		kappa := make([]float64, n)
		for i := range kappa {
			kappa[i] = isolation * legitimacy
		}
		step(plain(rt, map[string]float64{"isolation": isolation}), w, june)
		near(rt, "depth", w.Texts[0].Depth, Depth(positions, q, []float64{sq}, kappa), 1e-9)
		near(rt, "position", w.Texts[0].Position[0], q[0], 1e-9)
		if w.Activity.Deadlocks != 0 || w.Activity.Adopted != 1 {
			rt.Errorf("activity %+v", w.Activity)
		}
	})
}

// polar is a world in which a text at .6 costs the state at 0 a loss of .32 against
// a status quo of .2, and nobody else anything.
func polar() (*world.World, *world.Forum) {
	w := modeltest.World(4, 0, .8, .8, .8)
	return w, council(w, .2, .2)
}

// What is not worth having is not adopted: the text stays as it was.
func TestDeadlockBelowLeastDepth(t *testing.T) {
	for _, c := range []struct {
		minimum  float64
		deadlock bool
	}{{.124, false}, {.126, true}} {
		w, f := polar()
		f.Legitimacy = .5 // kappa .04, d* .04/.32 = .125
		before := w.Texts[0].Depth
		step(plain(t, map[string]float64{"isolation": .08, "min-depth": c.minimum}), w, june)
		if got := w.Activity.Deadlocks == 1; got != c.deadlock {
			t.Errorf("least depth %g: deadlocks %d", c.minimum, w.Activity.Deadlocks)
		}
		if c.deadlock && (w.Texts[0].Depth != before || w.Texts[0].Position[0] != .2 || f.Position[0] != .2) {
			t.Errorf("a deadlock changes the text to depth %g at %g", w.Texts[0].Depth, w.Texts[0].Position[0])
		}
	}
}

// answers is a rule whose vote and stance a test sets.
type answers struct {
	vote    *voting.Vote
	stance  *world.Stance
	propose func(*world.Draft) *world.Draft
	join    bool
}

func (a answers) Decide(_ *world.World, asked world.Asked) world.Answer {
	switch {
	case asked.Question == world.JoinQuestion && a.join:
		return world.YesOrNo(true)
	case asked.Question == world.VoteQuestion && a.vote != nil:
		return world.Answer{Word: a.vote.String()}
	case asked.Question == world.StanceQuestion && a.stance != nil:
		return world.Answer{Word: a.stance.String()}
	case asked.Question == world.ProposeQuestion && a.propose != nil:
		return world.Answer{Draft: a.propose(asked.Model.Draft)}
	}
	return asked.Model
}

func ruled(w *world.World, i int, rule world.Rule) {
	if w.Rules.State == nil {
		w.Rules.State = make([]world.Rule, w.States.N)
	}
	w.Rules.State[i] = rule
}

// One member that blocks is enough, wherever it stands.
func TestBlock(t *testing.T) {
	block := world.Block
	for _, who := range []int{0, 2} {
		w, _ := polar()
		ruled(w, who, answers{stance: &block})
		step(plain(t, map[string]float64{"isolation": 10}), w, june)
		if w.Activity.Deadlocks != 1 || w.Activity.Adopted != 0 || w.Texts[0].Depth != .2 {
			t.Errorf("state %d blocks: %+v", who, w.Activity)
		}
	}
	// A blocked first text leaves the forum without one.
	w := modeltest.World(3)
	f := modeltest.AddForum(w, "young")
	f.Cycle, f.Founded = 1, -4
	ruled(w, 1, answers{stance: &block})
	step(plain(t, nil), w, june)
	if f.Text != -1 || w.Texts[0].Status != world.Rejected {
		t.Errorf("text %d of the forum, status %s", f.Text, w.Texts[0].Status)
	}
}

// Who would lose more than disowning costs disowns; the text passes without it.
func TestDissociation(t *testing.T) {
	w, f := polar()
	f.Legitimacy = .5
	// A text that the sovereign state at 0 finds too deep is not blocked, because
	// disowning is cheap; the others join.
	m := plain(t, map[string]float64{"isolation": .08, "dissociation": .4, "min-depth": .15})
	w.Chronicle.On = true
	step(m, w, june)
	if e := w.Chronicle.Entries; len(e) != 1 || !strings.Contains(e[0].Text, "so that nobody blocks it") || !strings.HasSuffix(e[0].Text, "0 dissociates itself from it.") {
		t.Errorf("told as %+v", e)
	}
	want := []uint8{world.Outside, world.Endorsed, world.Endorsed, world.Endorsed}
	if w.Activity.Adopted != 1 || !slices.Equal(w.Texts[0].Adherence, want) {
		t.Errorf("adherence %v, activity %+v", w.Texts[0].Adherence, w.Activity)
	}
	near(t, "depth", w.Texts[0].Depth, .15, exact)

	// A scripted stance disowns whatever the model says.
	dissociate := world.Dissociate
	w, _ = polar()
	ruled(w, 3, answers{stance: &dissociate})
	step(plain(t, map[string]float64{"isolation": 10}), w, june)
	if w.Texts[0].Adherence[3] != world.Outside || w.Texts[0].Adherence[2] != world.Endorsed {
		t.Errorf("adherence %v", w.Texts[0].Adherence)
	}
}

// A session covers a share of the way to the depth that members would agree on, and a
// binding text only deepens.
func TestPaceAndBinding(t *testing.T) {
	for _, c := range []struct {
		what    string
		binding bool
		before  float64
		deep    bool // whether the members want it deep
		want    float64
	}{
		{"deepens", false, .2, true, .28},
		{"waters down", false, .5, false, .45}, // a tenth of the way would be less than crumbs
		{"binding deepens", true, .2, true, .28},
		{"binding stays", true, .5, false, .5},
	} {
		w, f := polar()
		w.Texts[0].Depth, w.Texts[0].Binding, f.Binding = c.before, c.binding, c.binding
		isolation := 1e-3
		if c.deep {
			isolation = 10
		}
		step(plain(t, map[string]float64{"isolation": isolation, "pace": .1}), w, june)
		near(t, c.what, w.Texts[0].Depth, c.want, exact)
	}
}

// Whatever the members think of it, a binding text in force is never shallower
// after a session.
func TestBindingNeverShallower(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		unit := rapid.Float64Range(0, 1)
		n := rapid.IntRange(1, 5).Draw(rt, "members")
		w := modeltest.World(n, rapid.SliceOfN(unit, n, n).Draw(rt, "positions")...)
		f := council(w, unit.Draw(rt, "sq"), unit.Draw(rt, "depth"))
		f.Binding, f.Rule = true, rapid.SampledFrom([]world.DecisionRule{world.Consensus, world.RoughConsensus, world.TwoThirds}).Draw(rt, "rule")
		w.Texts[0].Binding = true
		m := plain(rt, map[string]float64{
			"isolation": unit.Draw(rt, "isolation"), "min-depth": unit.Draw(rt, "least"), "commitment": unit.Draw(rt, "commitment"),
			"dissociation": unit.Draw(rt, "dissociation"), "temper": unit.Draw(rt, "temper"), "pace": unit.Draw(rt, "pace"),
		})
		for tick := 3; tick < 40; tick += 4 {
			before := w.Texts[0].Depth
			step(m, w, tick)
			if w.Texts[0].Depth < before || w.Texts[0].Status != world.InForce {
				rt.Fatalf("depth falls from %g to %g, %s", before, w.Texts[0].Depth, w.Texts[0].Status)
			}
		}
	})
}

// chairs is a chair whose draft a test sets.
type chairs struct{ draft world.Draft }

func (c chairs) Decide(*world.World, world.Asked) world.Answer { return world.Answer{Draft: &c.draft} }

// The chair's draft is what is put to the members, and they judge it where it stands.
func TestChair(t *testing.T) {
	w, f := polar()
	w.Rules.Chair = []world.Rule{chairs{world.Draft{Kind: world.Norm, Position: []float64{.3}, Depth: .7}}}
	f.Legitimacy = 1 // loss of the state at 0: .09-.04 = .05
	step(plain(t, map[string]float64{"isolation": .04}), w, june)
	near(t, "depth", w.Texts[0].Depth, .7, exact)
	near(t, "position", w.Texts[0].Position[0], .3, exact)

	w, f = polar()
	w.Rules.Chair = []world.Rule{chairs{world.Draft{Kind: world.Norm, Position: []float64{.3}, Depth: .9}}}
	f.Legitimacy = 1
	step(plain(t, map[string]float64{"isolation": .04}), w, june)
	if w.Activity.Deadlocks != 1 {
		t.Errorf("a draft deeper than .04/.05 passes: %+v", w.Activity)
	}
}

// Forums meet in June, every Cycle years after they were founded, and when their
// mandate ends.
func TestSessions(t *testing.T) {
	for _, c := range []struct {
		what  string
		cycle float64
		end   int
		want  []int
	}{
		{"yearly", 1, world.NoEnd, []int{3, 7, 11, 15, 19, 23}},
		{"every two years", 2, world.NoEnd, []int{7, 15, 23}},
		{"until the mandate ends", 1, 10, []int{3, 7, 10}},
	} {
		w := modeltest.World(3)
		council(w, .5, .3)
		assembly(w) // without which the members would renew the mandate themselves
		f := &w.Forums[0]
		f.Founded, f.Cycle, f.MandateEnd = 0, c.cycle, c.end
		var met []int
		m := plain(t, nil)
		for tick := range 24 {
			step(m, w, tick)
			if w.Activity.Adopted+w.Activity.Deadlocks > 0 {
				met = append(met, tick)
			}
		}
		if !slices.Equal(met, c.want) {
			t.Errorf("%s: sessions in ticks %v, want %v", c.what, met, c.want)
		}
	}
	// Dialogue forums decide nothing, and forums without states keep their text.
	w := modeltest.World(3)
	council(w, .5, .3).Rule = world.NoDecision
	step(plain(t, nil), w, june)
	if w.Activity.Adopted != 0 {
		t.Error("a dialogue adopts a text")
	}
}

// A mandate that nobody renews ends; the text stands.
func TestMandateEnds(t *testing.T) {
	w := modeltest.World(3)
	council(w, .5, .3)
	assembly(w)
	f := &w.Forums[0]
	f.MandateEnd = 5
	m := plain(t, nil)
	for tick := range 8 {
		step(m, w, tick)
		if got, want := f.Status, tick >= 5; (got == world.Dormant) != want {
			t.Errorf("tick %d: %s", tick, got)
		}
	}
	if w.Texts[0].Status != world.InForce {
		t.Error("the text of a dormant forum does not stand")
	}
}

// ---- Status quo and agenda ------------------------------------------------------

func TestStatusQuo(t *testing.T) {
	w := modeltest.World(4, 0, .2, .6, 1)
	w.States.Power = []float64{.7, .1, .1, .1}
	m := plain(t, nil)
	near(t, "a line without texts", m.StatusQuo(w, world.ICTSecurity)[0], .02+.06+.1, exact)
	council(w, .2, .4) // covers all
	second := Table(w, world.Text{ID: "half", Line: world.ICTSecurity, Position: []float64{.8}, Depth: .2, Stack: -1})
	w.Texts[second].Status = world.InForce
	near(t, "a text without adherents", m.StatusQuo(w, world.ICTSecurity)[0], .2, exact)
	w.Texts[second].Adherence = []uint8{world.Endorsed, world.Outside, world.Outside, world.Outside} // weight (.7+.25)/2
	near(t, "by depth and coverage", m.StatusQuo(w, world.ICTSecurity)[0], (.4*.2+.2*.475*.8)/(.4+.2*.475), exact)
	w.Texts[second].Status = world.Lapsed
	near(t, "lapsed", m.StatusQuo(w, world.ICTSecurity)[0], .2, exact)
	near(t, "another line", m.StatusQuo(w, world.Rights)[0], .18, exact)
}

// Of its own accord a world tables texts in the Assembly in December, where
// somebody is far enough from the status quo, and not where the switch is off.
func TestAgenda(t *testing.T) {
	const later = december + 4*lull
	for _, c := range []struct {
		what      string
		on        float64
		tick      int
		positions []float64
		least     int
	}{
		{"two poles", 1, later, []float64{.05, .1, .5, .9, .95}, 1},
		{"too soon", 1, december, []float64{.05, .1, .5, .9, .95}, 0},
		{"another month", 1, later + 1, []float64{.05, .1, .5, .9, .95}, 0},
		{"all alike", 1, later, []float64{.5, .5, .5, .5, .5}, 0},
		{"switched off", 0, later, []float64{.05, .1, .5, .9, .95}, 0},
	} {
		w := modeltest.World(5, c.positions...)
		assembly(w)
		step(plain(t, map[string]float64{"agenda": c.on, "views": 2}), w, c.tick)
		if got := len(w.Texts); got < c.least || c.least == 0 && got > 0 {
			t.Errorf("%s: %d texts", c.what, got)
		}
		for k := range w.Texts {
			if text := &w.Texts[k]; text.Status == world.Tabled || len(text.Sponsors) == 0 || text.Tabled != c.tick {
				t.Errorf("%s: text %+v", c.what, text)
			}
		}
		if w.Activity.Votes != len(w.Texts) {
			t.Errorf("%s: %d votes on %d texts", c.what, w.Activity.Votes, len(w.Texts))
		}
	}
}

// States may table something else, or nothing.
func TestProposeIsAsked(t *testing.T) {
	w := modeltest.World(5, .05, .1, .5, .9, .95)
	assembly(w)
	for i := range 5 {
		ruled(w, i, answers{propose: func(*world.Draft) *world.Draft { return nil }})
	}
	m := plain(t, map[string]float64{"agenda": 1, "views": 2})
	step(m, w, december+4*lull)
	if len(w.Texts) != 0 {
		t.Errorf("%d texts, though nobody tables any", len(w.Texts))
	}
	for i := range 5 {
		ruled(w, i, answers{propose: func(*world.Draft) *world.Draft {
			return &world.Draft{Kind: world.Norm, Position: []float64{.42}, Depth: .37}
		}})
	}
	step(m, w, december+4*lull)
	if len(w.Texts) == 0 || w.Texts[0].Kind != world.Norm || w.Texts[0].Position[0] != .42 || w.Texts[0].Depth != .37 {
		t.Errorf("texts %+v", w.Texts)
	}
}

// ---- E6 -------------------------------------------------------------------------

// With constant inputs legitimacy goes to omega In + (1-omega) Out, and halves its
// distance in ln 2 / -ln(1-rate) years, whatever the tick.
func TestLegitimacyConverges(t *testing.T) {
	const rate, omega, in, out = .3, .4, .75, .2 // In: half of the states, all users
	for _, tick := range []sim.TickLength{sim.Month, sim.Quarter, sim.Year} {
		w := modeltest.World(4)
		w.Calendar.Tick = tick
		w.States.Users = []float64{.5, .5, 0, 0}
		f := modeltest.AddForum(w, "club", 0, 1)
		f.Rule, f.Legitimacy, f.Output = world.NoDecision, .9, out
		m := plain(t, map[string]float64{"legitimacy": 1, "legitimacy-rate": rate, "legitimacy-input": omega})
		aim := omega*in + (1-omega)*out
		half := math.Log(2) / -math.Log(1-rate) // years
		before := f.Legitimacy - aim
		for k := range 10 * w.Calendar.PerYear() {
			// Output is held up against forgetting, to keep it constant.
			f.Output = out * math.Exp2(w.Calendar.Years()/(m.Memory*f.Cycle))
			step(m, w, k)
			years := float64(k+1) * w.Calendar.Years()
			near(t, "distance after years", f.Legitimacy-aim, before*math.Exp2(-years/half), 1e-9)
		}
	}
}

func TestLegitimacyCanBeFrozen(t *testing.T) {
	w := modeltest.World(4)
	f := modeltest.AddForum(w, "club", 0, 1)
	f.Legitimacy, f.Rule, f.Output = .9, world.NoDecision, 1
	m := plain(t, map[string]float64{"legitimacy": 0, "legitimacy-rate": 1})
	for tick := range 12 {
		step(m, w, tick)
	}
	if f.Legitimacy != .9 {
		t.Errorf("legitimacy %g", f.Legitimacy)
	}
	// What a forum has achieved is forgotten all the same: half of it after
	// Memory sessions.
	years := 12 * .25
	near(t, "output", f.Output, math.Exp2(-years/(2*f.Cycle)), exact)

	// A forum that sleeps neither gains nor loses.
	f.Status = world.Dormant
	m = plain(t, map[string]float64{"legitimacy": 1, "legitimacy-rate": 1})
	step(m, w, 12)
	if f.Legitimacy != .9 {
		t.Errorf("legitimacy of a dormant forum %g", f.Legitimacy)
	}
}

func TestInput(t *testing.T) {
	w := modeltest.World(4)
	w.States.Users = []float64{.1, .2, .3, .4}
	modeltest.AddStack(w, "other", .2)
	w.States.Stack = []float64{1, 0, .5, .5, 0, 1, 1, 0}
	modeltest.AddFirm(w, "a", 0, 0, .3)
	modeltest.AddFirm(w, "b", 1, 0, .25)

	club := *modeltest.AddForum(w, "club", 0, 3)
	near(t, "states", Input(w, &club), (.5+.5)/2, exact)
	all := *modeltest.AddForum(w, "all")
	near(t, "everybody", Input(w, &all), 1, exact)
	engineers := world.Forum{Access: world.AccessMultistakeholder, Members: make([]bool, 4)}
	near(t, "users of the stack", Input(w, &engineers), .1+.1+.4, exact)
	accord := world.Forum{Access: world.AccessIndustry, Members: make([]bool, 4), Firms: []bool{true, true}}
	near(t, "users of the firms", Input(w, &accord), .55, exact)
	accord.Firms[1] = false
	near(t, "users of one firm", Input(w, &accord), .3, exact)
}

// Legitimacy stays a share under any parameters.
func TestLegitimacyStaysAShare(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		unit := rapid.Float64Range(0, 1)
		w := modeltest.World(3, 0, .5, 1)
		f := council(w, .5, unit.Draw(rt, "depth"))
		f.Legitimacy, f.Output = unit.Draw(rt, "legitimacy"), unit.Draw(rt, "output")
		m := plain(rt, map[string]float64{
			"legitimacy": 1, "legitimacy-rate": unit.Draw(rt, "rate"), "legitimacy-input": unit.Draw(rt, "input"),
			"memory": rapid.Float64Range(.1, 50).Draw(rt, "memory"), "isolation": 1,
		})
		for tick := range 9 {
			step(m, w, tick)
			if !(f.Legitimacy >= 0 && f.Legitimacy <= 1) || !(f.Output >= 0 && f.Output <= 1) {
				rt.Fatalf("legitimacy %g, output %g", f.Legitimacy, f.Output)
			}
		}
	})
}
