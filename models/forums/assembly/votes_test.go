package assembly

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"splinternet/models/forums/texts"
	"splinternet/models/modeltest"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// plain makes votes with everything off that a test does not ask for, so that no default
// enters.
func plain(t *testing.T, changes map[string]float64) *Votes {
	t.Helper()
	m, set := new(Votes), new(sim.Parameters)
	set.Declare("forums", append(m.Swept(), m.Fixed()...)...)
	values := map[string]float64{
		"forums.slope": 20, "forums.abstention": 4,
		"forums.views": -3, "forums.support": 3, "forums.create": .5, "forums.treaty": -3.5, "forums.norm": 2,
		"forums.practice": 0, "forums.cue": 0, "forums.sponsor": 0, "forums.rivalry": 0, "forums.constancy": 0, "forums.caucus": 0,
		"forums.stakes": .001,
	}
	for name, value := range changes {
		values["forums."+name] = value
	}
	modeltest.Set(t, set, values)
	return m
}

// begin begins a run.
func begin(m *Votes, w *world.World, seed uint64) {
	m.Prepare(w, new(State))
	m.Begin(modeltest.Start(w, seed, "forums"))
}

// addAssembly adds a forum of all states that votes.
func addAssembly(w *world.World) { modeltest.AddForum(w, "assembly").Rule = world.Majority }

// near fails the test unless got lies within tolerance of want.
func near(t tester, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.12g; want %.12g +- %g", what, got, want, tolerance)
	}
}

// tester is what testing.T and rapid.T have in common.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
}

// answers is a rule whose vote a test sets.
type answers struct{ vote *voting.Vote }

func (a answers) Decide(_ *world.World, asked world.Asked) world.Answer {
	if asked.Question == world.VoteQuestion {
		return world.Answer{Word: a.vote.String()}
	}
	return asked.Model
}

func ruled(w *world.World, i int, rule world.Rule) {
	if w.Rules.State == nil {
		w.Rules.State = make([]world.Rule, w.States.N)
	}
	w.Rules.State[i] = rule
}

// told is the vote of which the chronicle has been told.
func told(w *world.World) Voted {
	list := w.Chronicle.Teller.(*modeltest.Facts).List
	return list[len(list)-1].(Voted)
}

// poles is a world of n states from 0 to 1 with an Assembly, and a text at q that
// is before it against sq.
func poles(n int, kind world.TextKind, q, sq float64) (*world.World, int) {
	positions := make([]float64, n)
	for i := range positions {
		positions[i] = float64(i) / float64(n-1)
	}
	w := modeltest.World(n, positions...)
	addAssembly(w)
	t := texts.Table(w, world.Text{
		ID: "text", Title: "text", Line: world.ICTSecurity, Kind: kind, Position: []float64{q}, StatusQuo: []float64{sq}, Depth: .1, Stack: -1,
	})
	return w, t
}

// predict is Predict after Begin.
func predict(m *Votes, w *world.World, t int) []voting.Odds {
	begin(m, w, 1)
	return m.Predict(modeltest.At(w, 1, "forums", 0), w, &w.Texts[t])
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }

// On a line the vote is exactly an ordered logit: slope 2 beta (q - sq) in the
// position, cut-points that the kind of text sets, a band of indifference of
// constant width (McCullagh 1980; Bailey, Strezhnev and Voeten 2017).
func TestOrderedLogit(t *testing.T) {
	const slope, band = 20, 4
	for _, c := range []struct {
		kind  world.TextKind
		cost  float64
		q, sq float64
	}{
		{world.Create, .5, .1, .6},
		{world.Create, .5, .1, .35}, // half the stakes
		{world.Treaty, -3.5, .1, .6},
		{world.Support, 3, .8, .3},
		{world.Views, -3, .8, .3},
		{world.Norm, 2, .4, .5},
	} {
		w, text := poles(11, c.kind, c.q, c.sq)
		odds := predict(plain(t, map[string]float64{"slope": slope, "abstention": band}), w, text)
		middle := (c.q + c.sq) / 2
		for i, o := range odds {
			x := w.States.Position[i]
			what := fmt.Sprintf("%s at %g, state at %g", c.kind, c.q, x)
			near(t, what+": sum", o[voting.No]+o[voting.Abstain]+o[voting.Yes], 1, exact)
			near(t, what+": yes", logit(o[voting.Yes]), 2*slope*(c.q-c.sq)*(x-middle)+c.cost, 1e-6)
			near(t, what+": no", logit(o[voting.No]), -(2*slope*(c.q-c.sq)*(x-middle) + c.cost + band), 1e-6)
		}
	}
}

// The nearer a text is to what stands if it fails, the less chance there is in a vote:
// what speaks against it, such as a rival that tables it, decides.
func TestDoubt(t *testing.T) {
	m := plain(t, map[string]float64{"stakes": .25})
	for _, c := range []struct{ q, sq, doubt float64 }{{.1, .6, 1}, {.5, .75, 1}, {.5, .6, .4}, {.9, .9, world.Tie}} {
		w, text := poles(11, world.Norm, c.q, c.sq)
		near(t, fmt.Sprintf("%g against %g", c.q, c.sq), m.doubt(w, &w.Texts[text]), c.doubt, exact)
	}
	// A norm at .8 against .75: a fifth of the noise.
	w, text := poles(11, world.Norm, .8, .75)
	odds := predict(m, w, text)
	near(t, "a state at .1: yes", logit(odds[1][voting.Yes]), (20*(.65*.65-.7*.7)+2)/.2, 1e-6)
}

// What draws the votes has the probabilities that Predict says.
func TestFrequencies(t *testing.T) {
	const runs = 4000
	w, text := poles(9, world.Create, .1, .6)
	w.Groups = []world.Group{{ID: "bloc", Members: []int{5, 6, 7}, Cohesion: .9, Cue: true}}
	w.Texts[text].Sponsors = []int{0}
	modeltest.Both(w, w.Dyads.Trust, 0, 4, .2)
	m := plain(t, map[string]float64{"slope": 8, "cue": 1, "sponsor": 1.5})
	odds := predict(m, w, text)
	var counts [9][4]float64
	for seed := range uint64(runs) {
		m.poll(modeltest.At(w, seed, "forums", 0), w, text)
		for i := range m.ballots {
			counts[i][m.ballots[i].Vote]++
		}
	}
	for i, o := range odds {
		for vote, p := range o {
			// 4.5 standard deviations: one false alarm in 5000 runs of the 27 checks,
			// and the seeds are fixed.
			tolerance := 4.5*math.Sqrt(p*(1-p)/runs) + .5/runs
			near(t, fmt.Sprintf("share of %s of state %d", voting.Vote(vote), i), counts[i][vote]/runs, p, tolerance)
		}
	}
}

// The noise of a state in a vote depends on the seed, the tick, the text and the
// state: not on the others, nor on what is voted besides.
func TestNoiseIsKeyed(t *testing.T) {
	noise := func(seed uint64, tick int, id string, state int, states int) float64 {
		w, text := poles(states, world.Create, .1, .6)
		w.Texts[text].ID = id
		m := plain(t, nil)
		begin(m, w, seed)
		m.poll(modeltest.At(w, seed, "forums", tick), w, text)
		return m.ballots[state].Utility.Terms[voting.Noise]
	}
	base := noise(1, 0, "a", 3, 9)
	if noise(1, 0, "a", 3, 5) != base {
		t.Error("the number of states changes a state's draw")
	}
	for _, other := range []float64{noise(2, 0, "a", 3, 9), noise(1, 1, "a", 3, 9), noise(1, 0, "b", 3, 9), noise(1, 0, "a", 2, 9)} {
		if other == base {
			t.Error("draws of different occasions are equal")
		}
	}
}

// vote holds the vote on a text and returns its ballots.
func vote(m *Votes, w *world.World, text int) []voting.Ballot {
	w.Chronicle = world.Chronicle{On: true, Ballots: true, Teller: new(modeltest.Facts)}
	begin(m, w, 1)
	m.Decide(modeltest.At(w, 1, "forums", 0), w, text)
	return w.Chronicle.Votes
}

// Sponsors vote for their text even where they would not.
func TestSponsorsVoteYes(t *testing.T) {
	w, text := poles(5, world.Treaty, 0, .9)
	w.Texts[text].Sponsors = []int{4, 0}
	w.States.Attendance[4] = 0
	ballots := vote(plain(t, map[string]float64{"slope": 100}), w, text)
	if ballots[4].Vote != voting.Yes || ballots[4].By != "sponsor" || ballots[3].Vote != voting.No || ballots[3].By != "model" {
		t.Errorf("ballots %+v", ballots)
	}
	// But a script can tell a sponsor to drop its own text.
	w, text = poles(5, world.Treaty, 0, .9)
	w.Texts[text].Sponsors = []int{4}
	abstain := voting.Abstain
	ruled(w, 4, answers{vote: &abstain})
	if b := vote(plain(t, nil), w, text)[4]; b.Vote != voting.Abstain || b.By != "scenario" {
		t.Errorf("ballot %+v", b)
	}
}

// Full trust in the lead sponsor is worth the parameter, against none.
func TestSponsorTrust(t *testing.T) {
	w, text := poles(5, world.Create, .4, .6)
	w.Texts[text].Sponsors = []int{2, 1}
	w.Dyads.Trust[3*5+2], w.Dyads.Trust[4*5+2] = 0, 1
	ballots := vote(plain(t, map[string]float64{"sponsor": 1.6}), w, text)
	near(t, "no trust", ballots[3].Utility.Terms[voting.Sponsor], -.8, exact)
	near(t, "full trust", ballots[4].Utility.Terms[voting.Sponsor], .8, exact)
	near(t, "trust in the second sponsor does not count", ballots[0].Utility.Terms[voting.Sponsor], .8, exact)
}

// A state is absent with the probability that it does not attend.
func TestAttendance(t *testing.T) {
	w, text := poles(400, world.Create, .4, .6)
	for i := range w.States.N {
		w.States.Attendance[i] = []float64{0, .7, 1}[i%3]
	}
	ballots := vote(plain(t, nil), w, text)
	var absent [3]float64
	for i, b := range ballots {
		if b.Vote == voting.Absent {
			absent[i%3]++
		}
	}
	// 133 states at .3: 40 +- 5.3; four standard deviations.
	if absent[0] != 134 || absent[2] != 0 || math.Abs(absent[1]-40) > 21 {
		t.Errorf("absent by attendance 0, .7, 1: %v", absent)
	}
	tally := told(w).Tally
	if tally[0]+tally[1]+tally[2]+tally[3] != 400 || float64(tally[voting.Absent]) != absent[0]+absent[1] {
		t.Errorf("tally %+v", tally)
	}
}

// cast makes a world whose states are told how to vote.
func cast(votes ...voting.Vote) (*world.World, int) {
	w, text := poles(len(votes), world.Create, .4, .6)
	for i := range votes {
		ruled(w, i, answers{vote: &votes[i]})
	}
	return w, text
}

// The thresholds of the rules: more yes than no, and two thirds of those who say
// yes or no. Abstentions and absences do not count.
func TestThresholds(t *testing.T) {
	const y, n, a, o = voting.Yes, voting.No, voting.Abstain, voting.Absent
	for _, c := range []struct {
		rule  world.DecisionRule
		votes []voting.Vote
		want  bool
	}{
		{world.Majority, []voting.Vote{y, y, n}, true},
		{world.Majority, []voting.Vote{y, n, a, a}, false}, // a tie is no majority
		{world.Majority, []voting.Vote{y, a, a, o}, true},
		{world.Majority, []voting.Vote{a, a, o, o}, false},
		{world.TwoThirds, []voting.Vote{y, y, n}, true},
		{world.TwoThirds, []voting.Vote{y, y, y, n, n}, false},
		{world.TwoThirds, []voting.Vote{y, y, y, y, n, n, a, a, a, o}, true},
		{world.TwoThirds, []voting.Vote{a, a, a}, false},
	} {
		w, text := cast(c.votes...)
		w.Forums[0].Rule = c.rule
		vote(plain(t, nil), w, text)
		if got := told(w).Passed; got != c.want {
			t.Errorf("%s, %v: adopted %v", c.rule, c.votes, got)
		}
		if !c.want && w.Texts[text].Status != world.Rejected {
			t.Errorf("%s, %v: %s", c.rule, c.votes, w.Texts[text].Status)
		}
		for i, v := range c.votes {
			if got := w.Texts[text].Adherence[i] == world.Endorsed; got != (c.want && v == y) {
				t.Errorf("%s: state %d voted %s and adheres: %v", c.rule, i, v, got)
			}
		}
	}
}

// Only members vote.
func TestOnlyMembersVote(t *testing.T) {
	w, text := cast(voting.Yes, voting.No, voting.No)
	w.Forums[0].Members = []bool{true, false, false}
	if ballots := vote(plain(t, nil), w, text); len(ballots) != 1 || !told(w).Passed {
		t.Errorf("%d ballots, passed %v", len(ballots), told(w).Passed)
	}
	if w.Texts[text].Adherence[1] != world.Outside {
		t.Error("who is no member adheres")
	}
}

// A cohesive group pulls its members the way in which it leans; a mere list does
// not, and however many groups pull, not beyond the parameter.
func TestCue(t *testing.T) {
	w, text := poles(11, world.Create, .1, .6)
	m := plain(t, map[string]float64{"cue": 2, "slope": 20})
	group := world.Group{ID: "bloc", Members: []int{0, 1, 2, 8}, Cohesion: .8, Cue: true}
	w.Groups = []world.Group{group}
	free := predict(plain(t, nil), w, text)
	odds := predict(m, w, text)
	leaning := 0.0
	for _, i := range group.Members {
		leaning += math.Tanh(logit(free[i][voting.Yes])/2) / 4
	}
	near(t, "pull", logit(odds[8][voting.Yes])-logit(free[8][voting.Yes]), 2*.64*leaning, 1e-6)
	if odds[8][voting.Yes] <= free[8][voting.Yes] {
		t.Errorf("the group makes its dissenter vote yes with %g, alone with %g", odds[8][voting.Yes], free[8][voting.Yes])
	}
	near(t, "who is no member", odds[7][voting.Yes], free[7][voting.Yes], exact)

	w.Groups[0].Cue = false
	near(t, "a mere list", predict(m, w, text)[8][voting.Yes], free[8][voting.Yes], exact)
	w.Groups[0].Cue, w.Groups[0].Cohesion = true, 0
	near(t, "without cohesion", predict(m, w, text)[8][voting.Yes], free[8][voting.Yes], exact)

	w.Groups = slices.Repeat([]world.Group{{ID: "b", Members: []int{0, 1, 8}, Cohesion: 1, Cue: true}}, 5)
	near(t, "five groups", logit(predict(m, w, text)[8][voting.Yes])-logit(free[8][voting.Yes]), 2, 1e-6)
}

// Settled practice behind a forum: half of its value after seven years.
func TestPractice(t *testing.T) {
	w, text := poles(3, world.Support, .4, .6)
	f := modeltest.AddForum(w, "group")
	w.Texts[text].Serves = "group"
	m := plain(t, map[string]float64{"practice": 6})
	for _, c := range []struct {
		founded int
		age     float64 // at the start
		tick    int
		want    float64
	}{{-1, 7, 0, 3}, {-1, 14, 0, 4.5}, {-1, 0, 28, 3}, {12, 0, 40, 3}, {12, 0, 12, 0}} {
		f.Founded, f.AgeAtStart = c.founded, c.age
		begin(m, w, 1)
		m.appraise(modeltest.At(w, 1, "forums", c.tick), w, &w.Texts[text])
		near(t, fmt.Sprintf("practice %+v", c), m.ballots[0].Utility.Terms[voting.Practice], c.want, exact)
	}
	w.Texts[text].Serves = "unknown"
	m.appraise(modeltest.At(w, 1, "forums", 0), w, &w.Texts[text])
	near(t, "a forum that does not exist yet", m.ballots[0].Utility.Terms[voting.Practice], 0, exact)
}

// A rival text of the same session is what states compare with (the two drafts of
// 2018), unless the text names its own status quo.
func TestRivalIsTheAlternative(t *testing.T) {
	setting := func() (*world.World, int, *world.Text) {
		w, text := poles(3, world.Create, .1, .6)
		w.Texts[text].StatusQuo, w.Texts[text].Serves = nil, "oewg"
		r := texts.Table(w, world.Text{ID: "rival", Line: world.ICTSecurity, Kind: world.Create, Position: []float64{.8}, Serves: "gge", Stack: -1})
		return w, text, &w.Texts[r]
	}
	m := plain(t, nil)
	centre := .5 // of the three states: a line without texts stands there
	for _, c := range []struct {
		what   string
		change func(w *world.World, text, rival *world.Text)
		want   float64
	}{
		{"a rival", func(*world.World, *world.Text, *world.Text) {}, .8},
		{"its own status quo", func(_ *world.World, text, _ *world.Text) { text.StatusQuo = []float64{.3} }, .3},
		{"for the same forum", func(_ *world.World, _, rival *world.Text) { rival.Serves = "oewg" }, centre},
		{"on another line", func(_ *world.World, _, rival *world.Text) { rival.Line = world.Rights }, centre},
		{"of another session", func(_ *world.World, _, rival *world.Text) { rival.Tabled = -9 }, centre},
		{"in another forum", func(w *world.World, _, rival *world.Text) { rival.Forum = 1 }, centre},
	} {
		w, text, rival := setting()
		modeltest.AddForum(w, "other")
		c.change(w, &w.Texts[text], rival)
		near(t, c.what, weighedAgainst(w, text), c.want, exact)
	}
	// And the rival sees this one, though it was voted and adopted first.
	w, text, rival := setting()
	begin(m, w, 1)
	m.Decide(modeltest.At(w, 1, "forums", 0), w, text)
	near(t, "the other way round", weighedAgainst(w, slices.IndexFunc(w.Texts, func(t world.Text) bool { return t.ID == rival.ID })), .1, exact)
}

// Utilities are the sum of their terms, which `why` prints.
func TestBallotsAddUp(t *testing.T) {
	w, text := poles(9, world.Create, .1, .6)
	w.Groups = []world.Group{{ID: "bloc", Members: []int{0, 1, 2}, Cohesion: .9, Cue: true}}
	w.Texts[text].Sponsors = []int{8}
	modeltest.AddForum(w, "old").AgeAtStart = 9
	w.Texts[text].Serves = "old"
	m := plain(t, map[string]float64{"cue": 1, "sponsor": 1, "practice": 3})
	for _, b := range vote(m, w, text) {
		sum := 0.0
		for _, x := range b.Utility.Terms {
			sum += x
		}
		near(t, "sum of terms", b.Utility.Sum, sum, exact)
		if b.By == "model" && b.Vote != voting.Band(m.Abstention).Vote(b.Utility.Sum) {
			t.Errorf("ballot %+v", b)
		}
	}
}

// weighedAgainst is where states stand if the text fails, on a line.
func weighedAgainst(w *world.World, text int) float64 {
	position, _ := alternative(w, &w.Texts[text])
	return position[0]
}

// Part of what moves a state beside distance stays the same from text to text of one
// author on one line; another part is shared within its group. Each variate by itself
// stays uniform, so that frequencies are those of the logit.
func TestConsiderations(t *testing.T) {
	const n = 400
	positions := make([]float64, n)
	for i := range positions {
		positions[i] = .5
	}
	draw := func(author int, id string, tick int, changes map[string]float64, cohesion float64) []float64 {
		w := modeltest.World(n, positions...)
		addAssembly(w)
		members := make([]int, n/2)
		for i := range members {
			members[i] = i
		}
		w.Groups = []world.Group{{ID: "bloc", Members: members, Cue: true, Cohesion: cohesion}}
		k := texts.Table(w, world.Text{ID: id, Line: world.ICTSecurity, Forum: 0, Sponsors: []int{author}, Position: []float64{.5}, Stack: -1})
		m := plain(t, changes)
		begin(m, w, 1)
		m.considerations(modeltest.At(w, 1, "forums", tick), w, &w.Texts[k])
		return slices.Clone(m.noise)
	}
	same := func(a, b []float64) (share float64) {
		for i := range a {
			if a[i] == b[i] {
				share += 1. / n
			}
		}
		return share
	}
	fast := map[string]float64{"constancy": .6}
	first, again := draw(7, "a", 4, fast, 0), draw(7, "b", 20, fast, 0)
	near(t, "share that holds fast", same(first, again), .36, .08) // to both
	near(t, "share that holds fast whoever asks", same(first, draw(8, "b", 20, fast, 0)), 0, 1e-9)
	near(t, "share that holds fast without constancy", same(draw(7, "a", 4, nil, 0), draw(7, "b", 20, nil, 0)), 0, 1e-9)
	mean := 0.0
	for _, u := range first {
		mean += u / n
	}
	near(t, "mean variate", mean, .5, .05)

	voice := func(minds []float64) (most int) {
		for i := range minds {
			count := 0
			for _, u := range minds {
				if u == minds[i] {
					count++
				}
			}
			most = max(most, count)
		}
		return most
	}
	together := map[string]float64{"caucus": 1}
	if got := voice(draw(7, "a", 4, together, .8)); math.Abs(float64(got)-.64*n/2) > 20 {
		t.Errorf("%d of %d members of a group of cohesion .8 share what moves them, expected about %.0f", got, n/2, .64*n/2)
	}
	if got := voice(draw(7, "a", 4, nil, .8)); got != 1 {
		t.Errorf("%d share it where caucuses do not count", got)
	}
}

// A recorded rival of the author is harder to win, unless the text is for all sides.
func TestRivalOfTheAuthor(t *testing.T) {
	w, k := poles(4, world.Norm, .5, .5)
	w.Texts[k].Sponsors = []int{0}
	w.Dyads.Rival[3*4+0] = true
	m := plain(t, map[string]float64{"rivalry": 3})
	begin(m, w, 1)
	now := modeltest.At(w, 1, "forums", 4)
	m.appraise(now, w, &w.Texts[k])
	near(t, "a rival's view of the author", m.ballots[3].Utility.Terms[voting.Sponsor], m.ballots[2].Utility.Terms[voting.Sponsor]-3, exact)
	w.Texts[k].Joint = true
	m.appraise(now, w, &w.Texts[k])
	near(t, "of a text for all sides", m.ballots[3].Utility.Terms[voting.Sponsor], m.ballots[2].Utility.Terms[voting.Sponsor], exact)
}
