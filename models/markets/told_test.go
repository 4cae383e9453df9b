package markets_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/markets"
	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// What the tests inside the package know, too.
const (
	exact   = markets.Exact
	january = markets.January
)

var plain, years, sellers, cascade = markets.Plain, markets.Years, markets.Sellers, markets.Cascade

// tell has the chronicle told of a world.
func tell(w *world.World) { w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{} }

// What is decided on the largest vendor holds for its likes, where they sell.
func TestLikesOfAVendor(t *testing.T) {
	w, vendor := cascade(.15)
	n := w.States.N
	like := modeltest.AddFirm(w, "like", 12, 0, .05)
	other := modeltest.AddFirm(w, "otherwise", 12, 0, .05)
	w.Firms.Size[like], w.Firms.Sector[other], w.Firms.Tie[like], w.Firms.Tie[other] = 10, "devices", .9, .9
	w.Firms.Share[like*n+3] = 0
	tell(w)
	m := plain(t, map[string]float64{"ban": 50})
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	for i := range 12 {
		first := w.Firms.Ban[vendor*n+i]
		if i == 0 {
			continue // it barred the vendor long ago
		}
		if want := w.Firms.Ban[like*n+i]; first == 0 || i != 3 && want != first || i == 3 && want != 0 || w.Firms.Ban[other*n+i] != 0 {
			t.Errorf("s%d bans the vendor %.2f, its like %.2f and a maker of devices %.2f", i, first, want, w.Firms.Ban[other*n+i])
		}
	}
	if text := w.Chronicle.Entries[0].Text; text != "s1, s2, s4 and 7 more restrict vendor and like over their ties to the government of s12." {
		t.Error(text)
	}
}

func TestRetaliation(t *testing.T) {
	w, _ := cascade(.15)
	mine := modeltest.AddFirm(w, "mine", 0, 0, .1) // of the state that has banned the vendor
	theirs := modeltest.AddFirm(w, "theirs", 7, 0, .1)
	away := modeltest.AddFirm(w, "away", 0, 0, 0) // as mine, but it sells nothing
	tell(w)
	m := plain(t, map[string]float64{"ban": -40, "retaliation": 45})
	years(t, m, w, 1, 2)
	if w.Firms.Ban[mine*13+12] < m.MildestBan || w.Firms.Ban[theirs*13+12] > 0 || w.Firms.Ban[away*13+12] > 0 {
		t.Errorf("the home of the vendor bans %.2f, %.2f and %.2f", w.Firms.Ban[mine*13+12], w.Firms.Ban[theirs*13+12], w.Firms.Ban[away*13+12])
	}
	if text := w.Chronicle.Entries[0].Text; text != "s12 restricts mine, in answer to s0, which has shut out vendor." {
		t.Error(text)
	}
}

// What is barred when a run begins has been for years: its market has gone, which is no
// news.
func TestOldBans(t *testing.T) {
	w, vendor := cascade(.15)
	w.Groups = []world.Group{{ID: "club", Members: []int{0, 1}, Cue: true}}
	w.Firms.Ban[vendor*13], w.Firms.Ban[vendor*13+1] = 1, 1
	w.CountBans()
	tell(w)
	before := w.Firms.Share[vendor*13]
	w.Calendar.Start = w.Calendar.Start.AddDate(0, 6, 0)
	m := plain(t, nil)
	years(t, m, w, 1, 2)
	if left := w.Firms.Share[vendor*13]; left > before*math.Pow(.85, float64(m.ExampleYears)+1) || len(w.Chronicle.Entries) > 0 {
		t.Errorf("of %g there is %g left, and the chronicle says %v", before, left, w.Chronicle.Entries)
	}
}

func TestBansAreLiftedWhenTrustReturns(t *testing.T) {
	w, vendor := cascade(.15)
	m := plain(t, map[string]float64{"lift": 1})
	years(t, m, w, 1, 3)
	if w.Firms.Ban[vendor*13] != 1 {
		t.Error("a ban is lifted without trust")
	}
	w.Dyads.Trust[12] = .6
	tell(w)
	years(t, m, w, 1, 1)
	if w.Firms.Ban[vendor*13] != 0 || w.Standing.Bans != 0 || w.Dyads.Exclusion[12] != 0 {
		t.Error("the ban stands although trust is back")
	}
	if text := w.Chronicle.Entries[0].Text; text != "s0 readmits vendor." {
		t.Error(text)
	}
}

// A ban is counted, excludes the two states from one another, and is told.
func TestBanHasEffects(t *testing.T) {
	w, vendor := cascade(.15)
	w.Firms.Ban[vendor*13] = 0
	w.CountBans()
	tell(w)
	m := plain(t, map[string]float64{"ban": 50})
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	if w.Activity.Bans != 12 || w.Standing.Bans != 12 {
		t.Errorf("%d new bans, %d in force; want 12", w.Activity.Bans, w.Standing.Bans)
	}
	ban := m.FirstBan // of a wish of .65 x .85
	modeltest.Near(t, "strength", w.Firms.Ban[vendor*13+4], ban, exact)
	share := w.Firms.Share[vendor*13+12] // nobody bars it at home
	modeltest.Near(t, "exclusion", w.Dyads.Exclusion[12], share*ban/2, exact)
	if e := w.Chronicle.Entries[0]; e.Text != "s0, s1, s2 and 9 more restrict vendor over its ties to the government of s12." || e.Kind != "ban" || len(e.Actors) != 12 {
		t.Errorf("%+v", e)
	}
	m.Step(modeltest.At(w, 1, m.Name(), january+1), w)
	if len(w.Chronicle.Entries) != 1 {
		t.Error("states ban in a tick without a January")
	}
}

// scripted answers for one agent.
type scripted struct {
	ban   float64
	push  world.Pressure
	joins bool
	stack string
}

func (s scripted) Decide(_ *world.World, asked world.Asked) world.Answer {
	switch asked.Question {
	case world.BanQuestion:
		if asked.About > 0 {
			return asked.Model
		}
		return world.Answer{Level: s.ban}
	case world.FirmLobbyQuestion:
		return world.Answer{Pressure: s.push}
	case world.FirmSponsorQuestion:
		return world.YesOrNo(s.joins)
	case world.FirmSellQuestion:
		return world.Answer{Word: s.stack}
	}
	return asked.Model
}

func TestScriptedBanAndAllow(t *testing.T) {
	w, vendor := cascade(.15)
	w.Rules.State = make([]world.Rule, 13)
	w.Rules.State[3], w.Rules.State[8] = scripted{ban: 0}, scripted{ban: .7}
	tell(w)
	years(t, plain(t, map[string]float64{"ban": 50}), w, 1, 2)
	ban := w.Firms.Ban[vendor*13 : vendor*13+13]
	if ban[3] != 0 || ban[8] != .7 || ban[4] == 0 || ban[12] != 0 {
		t.Errorf("bans are %v", ban)
	}
	if !slices.ContainsFunc(w.Chronicle.Entries, func(e world.Entry) bool { return e.By == "scenario" }) {
		t.Error("the chronicle does not say that a ban was scripted")
	}
}

func TestScriptedStack(t *testing.T) {
	w := sellers(2, .5, .5)
	modeltest.AddStack(w, "new", .1)
	w.Rules.Firm = []world.Rule{scripted{stack: "new"}, nil}
	years(t, plain(t, nil), w, 1, 1)
	if w.Firms.Stack[0] != 1 || w.Firms.Stack[1] != 0 {
		t.Errorf("firms sell %v", w.Firms.Stack)
	}
}

// One firm of 50 billion with the whole market moves an open state by half of what
// lobbying can, times the distance.
func TestLobby(t *testing.T) {
	w := modeltest.World(2, .5, .8)
	f := modeltest.AddFirm(w, "firm", world.Abroad, 0, 1)
	w.Firms.Size[f], w.Firms.Position[f] = 50, 1
	w.Firms.Ban[1] = 1
	years(t, plain(t, map[string]float64{"lobby": .1}), w, 1, 1)
	modeltest.Near(t, "position", w.States.Position[0], .5+.1*.5*.5*.5, exact)
	modeltest.Near(t, "position of the state that bans it", w.States.Position[1], .8, exact)

	w.Rules.Firm = []world.Rule{scripted{push: world.Pressure{Position: []float64{0}, Strength: 1}}}
	before := w.States.Position[0]
	years(t, plain(t, map[string]float64{"lobby": .1}), w, 1, 1)
	modeltest.Near(t, "position, scripted", w.States.Position[0], before-.1*before*before, exact)
}

// industry adds an accord of firms at .8 with its text, signed by the first firm.
func industry(w *world.World) *world.Forum {
	f := modeltest.AddForum(w, "accord")
	clear(f.Members)
	f.Access, f.Line, f.Universal, f.Position, f.Text = world.AccessIndustry, world.Industry, false, []float64{.8}, len(w.Texts)
	f.Firms[0] = true
	w.Texts = append(w.Texts, world.Text{ID: "accord-text", Position: []float64{.8}, Forum: len(w.Forums) - 1})
	return f
}

func TestFirmsSignAccords(t *testing.T) {
	w := sellers(2, .25, .25, .25, .25)
	f := industry(w)
	for k, x := range []float64{.8, .75, .3, .8} {
		w.Firms.Position[k], w.Firms.Diplomacy[k] = x, 1
	}
	w.Firms.Diplomacy[3] = 0
	tell(w)
	years(t, plain(t, map[string]float64{"entrepreneurship": 10}), w, 1, 4)
	if !slices.Equal(f.Firms, []bool{true, true, false, false}) {
		t.Errorf("signed by %v: only the second stands near and is active", f.Firms)
	}
	if w.Chronicle.Entries[0].Text != "firm1 joins the accord." {
		t.Error(w.Chronicle.Entries[0].Text)
	}
	w.Rules.Firm = []world.Rule{scripted{joins: false}, nil, scripted{joins: true}, nil}
	years(t, plain(t, nil), w, 1, 1)
	if !slices.Equal(f.Firms, []bool{false, true, true, false}) {
		t.Errorf("signed by %v after scripted decisions", f.Firms)
	}
}

// Interest in an accord halves with its age.
func TestAccordsLoseNovelty(t *testing.T) {
	joined := [2]int{}
	for old := range joined {
		for seed := range uint64(200) {
			w := sellers(1, .5, .5)
			f := industry(w)
			f.Founded, f.AgeAtStart = -1, 6*float64(old)
			w.Firms.Position[0], w.Firms.Position[1], w.Firms.Diplomacy[1] = .8, .8, 1
			years(t, plain(t, map[string]float64{"entrepreneurship": 1}), w, seed, 1)
			if f.Firms[1] {
				joined[old]++
			}
		}
	}
	// With the only peer as a member, 1-exp(-2^(-age/2)) at an age of half a
	// year and of six and a half.
	for old, years := range []float64{.5, 6.5} {
		want := 200 * (1 - math.Exp(-math.Exp2(-years/2)))
		if math.Abs(float64(joined[old])-want) > 25 {
			t.Errorf("%d of 200 join an accord of %g years; want about %.0f", joined[old], years, want)
		}
	}
}

func TestRepresentations(t *testing.T) {
	w := sellers(2, .5, .5)
	f := modeltest.AddForum(w, "assembly")
	w.Firms.Diplomacy[0], w.Firms.Size[0] = 1, 1e12
	tell(w)
	years(t, plain(t, map[string]float64{"representation": 1}), w, 1, 2)
	if !f.Firms[0] || f.Firms[1] {
		t.Errorf("represented are %v", f.Firms)
	}
	engineers := modeltest.AddForum(w, "union")
	engineers.Line = world.Standards
	w.Firms.Diplomacy[1], w.Firms.Size[1] = .6, 1e12 // the activity of a signatory, not of one that leads
	years(t, plain(t, map[string]float64{"representation": 1}), w, 2, 2)
	if f = &w.Forums[0]; f.Firms[1] || w.Forums[1].Firms[0] {
		t.Errorf("represented are %v, and at a body of standards %v", f.Firms, w.Forums[1].Firms)
	}
	if len(w.Chronicle.Entries) != 1 || w.Chronicle.Entries[0].Text != "firm0 now sends representatives to the assembly." {
		t.Errorf("%+v", w.Chronicle.Entries)
	}
}

func TestLostRegionIsTold(t *testing.T) {
	w, vendor := cascade(.3)
	w.Groups = []world.Group{{ID: "abc", Members: []int{0, 1}, Cue: true}, {ID: "far", Members: []int{7, 8}, Cue: true}}
	w.Firms.Ban[vendor*13+1] = 1
	w.CountBans()
	tell(w)
	years(t, plain(t, nil), w, 1, 10)
	if len(w.Chronicle.Entries) != 1 || w.Chronicle.Entries[0].Text != "vendor has lost half of its market in the ABC." {
		t.Errorf("%+v", w.Chronicle.Entries)
	}
}

// Whatever the world and the parameters, it stays a world, and the sentences end.
func TestWorldsStayValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{Firms: 5})
		sectors := []string{"equipment", "telecom", "devices"}
		for k := range w.Firms.N {
			w.Firms.Sector[k] = sectors[k%len(sectors)]
		}
		parameters := new(sim.Parameters)
		m := markets.New(parameters)
		modeltest.DrawParameters(t, parameters)
		modeltest.AddForum(w, "assembly")
		tell(w)
		modeltest.Begin(w, 1, m)
		for year := range 5 {
			m.Step(modeltest.At(w, 1, m.Name(), january+4*year), w)
		}
		if wrong := modeltest.Invalid(w); wrong != "" {
			t.Fatal(wrong)
		}
		for i := range w.States.N {
			sum := 0.0
			for k := range w.Firms.N {
				sum += w.Firms.Share[k*w.States.N+i]
			}
			if w.Firms.N > 0 && math.Abs(sum-1) > 1e-9 {
				t.Fatalf("the shares in state %d sum to %g", i, sum)
			}
		}
		for _, e := range w.Chronicle.Entries {
			if !(e.Weight >= 0 && e.Weight <= 1) || !strings.HasSuffix(e.Text, ".") {
				t.Fatalf("%+v", e)
			}
		}
	})
}

// A run goes on from a copy of its world, or from one that was saved, as it would have.
func TestContinues(t *testing.T) {
	w, vendor := cascade(.15)
	w.Groups = []world.Group{{ID: "abc", Members: []int{0, 1}, Cue: true}}
	w.Firms.Size[vendor], w.Firms.Diplomacy[vendor+1] = 120, 1
	modeltest.AddForum(w, "assembly")
	industry(w).Firms[1] = false
	tell(w)
	modeltest.Continues(t, w, 1, 40, func() []sim.Mechanism[*world.World] {
		return []sim.Mechanism[*world.World]{markets.New(new(sim.Parameters))}
	})
}
