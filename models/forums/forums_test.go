package forums_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/forums"
	"splinternet/models/forums/negotiation"
	"splinternet/models/forums/texts"
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
func plain(t tester, changes map[string]float64) *forums.Forums {
	t.Helper()
	set := new(sim.Parameters)
	m := forums.New(set)
	values := map[string]float64{
		"forums.slope": 20, "forums.abstention": 4,
		"forums.views": -3, "forums.support": 3, "forums.create": .5, "forums.treaty": -3.5, "forums.norm": 2,
		"forums.practice": 0, "forums.cue": 0, "forums.sponsor": 0, "forums.rivalry": 0, "forums.constancy": 0, "forums.caucus": 0,
		"forums.isolation": .08, "forums.min-depth": 0, "forums.commitment": 0, "forums.obligation": 0, "forums.reopening": 0, "forums.pace": 1, "forums.compromise": 1,
		"forums.dissociation": 1, "forums.temper": 0,
		"forums.ambition": 0, "forums.worthwhile": 0, "forums.offices": 0, "forums.trust": 0, "forums.stacks": 0, "forums.stakes": .001,
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
func step(m *forums.Forums, w *world.World, tick int) {
	w.Tick, w.Activity = tick, world.Activity{}
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), tick), w)
}

// council adds a consensus forum of all states that meets every year, with a
// text in force at sq that everybody has endorsed.
func council(w *world.World, sq, depth float64) *world.Forum {
	f := modeltest.AddForum(w, "council")
	f.Cycle, f.Position, f.Text, f.Legitimacy = 1, []float64{sq}, len(w.Texts), .5
	t := texts.Table(w, world.Text{ID: "charter", Line: f.Line, Kind: world.Norm, Position: []float64{sq}, Depth: depth, Stack: -1})
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

// With dissociation = 1 and commitment = 0 the mechanism itself plays E5: the
// text that a session leaves is as deep as the closed form says.
func TestSessionPlaysThePlainRule(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		unit := rapid.Float64Range(0, 1)
		n := rapid.IntRange(2, 7).Draw(rt, "members")
		positions := rapid.SliceOfN(unit, n, n).Draw(rt, "positions")
		sq, isolation := unit.Draw(rt, "status quo"), rapid.Float64Range(0, .3).Draw(rt, "isolation")
		legitimacy := unit.Draw(rt, "legitimacy")
		w := modeltest.World(n, positions...)
		w.States.Power[0] *= 3 // the centroid goes by power
		f := council(w, sq, .2)
		f.Legitimacy = legitimacy
		q, total := []float64{0}, 0.0
		for i, x := range positions {
			q[0] += w.States.Power[i] * x
			total += w.States.Power[i]
		}
		q[0] /= total
		kappa := make([]float64, n)
		for i := range kappa {
			kappa[i] = isolation * legitimacy
		}
		step(plain(rt, map[string]float64{"isolation": isolation}), w, june)
		near(rt, "depth", w.Texts[0].Depth, negotiation.Depth(positions, q, []float64{sq}, kappa), 1e-9)
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
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
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

// A forum that seeks consensus first votes when it fails.
func TestVoteInstead(t *testing.T) {
	for _, c := range []struct {
		votes []voting.Vote
		want  bool
	}{
		{[]voting.Vote{voting.Yes, voting.Yes, voting.No}, true},
		{[]voting.Vote{voting.Yes, voting.No, voting.No}, false},
	} {
		w := modeltest.World(3, .2, .5, .8)
		f := modeltest.AddForum(w, "itu")
		f.Rule, f.Cycle, f.Founded, f.Structured = world.TwoThirds, 1, -4, false
		block := world.Block
		for i := range c.votes {
			ruled(w, i, answers{vote: &c.votes[i], stance: &block})
		}
		step(plain(t, nil), w, june)
		if w.Activity.Votes != 1 || (f.Text == 0) != c.want {
			t.Errorf("%v: %d votes, text %d", c.votes, w.Activity.Votes, f.Text)
		}
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

// A forum organises its work before it negotiates a text under a new mandate.
func TestPreparation(t *testing.T) {
	w, _ := polar()
	assembly(w) // without which the members would renew the mandate themselves
	f := &w.Forums[0]
	f.MandateEnd, f.Entrusted = 40, 1
	m := plain(t, map[string]float64{"isolation": 10})
	meets := func(tick int) bool {
		step(m, w, tick)
		return w.Activity.Adopted+w.Activity.Deadlocks > 0
	}
	if meets(june+4) || !meets(june+8) {
		t.Error("the first session does not come after two years")
	}
	f.MandateEnd = 6
	if !meets(6) {
		t.Error("no session at the end of the mandate")
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
			f.Output = out * math.Exp2(w.Calendar.Years()/(m.Legitimacy.Memory*f.Cycle))
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

// A run goes on from a copy of its world, or from one that was saved, as it would have.
func TestContinues(t *testing.T) {
	w := modeltest.World(14, .1, .1, .1, .1, .15, .1, .5, .6, .9, .9, .9, .9, .9, .85)
	council(w, .6, .9)
	assembly(w)
	f := modeltest.AddForum(w, "club", 0, 1, 2)
	f.Access, f.Position[0], f.Structured, f.Line = world.AccessInvited, .1, false, world.Standards
	modeltest.AddForum(w, "group").MandateEnd = 9
	w.Groups = []world.Group{{ID: "bloc", Members: []int{0, 1, 2, 3}, Cohesion: .8, Cue: true}}
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	modeltest.Continues(t, w, 1, 40, func() []sim.Mechanism[*world.World] {
		set := new(sim.Parameters)
		m := forums.New(set)
		modeltest.Set(t, set, map[string]float64{
			"forums.rival-members": 3, "forums.rival-cost": 0, "forums.founding": 1, "forums.accession": .8, "forums.enlargement": 1, "forums.grievance": .005,
		})
		return []sim.Mechanism[*world.World]{m}
	})
}
