package markets

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// exact is the rounding of sums over a few firms and many years.
const exact = 1e-12

// january is the tick of the first January of a world that begins in July.
const january = 2

// plain makes the mechanism with everything off that a test does not ask for.
func plain(tb testing.TB, changes map[string]float64) *Markets {
	tb.Helper()
	set := new(sim.Parameters)
	m := New(set)
	values := map[string]float64{
		"loyalty": 0, "alignment": 0, "replacement": .15,
		"ban": -50, "mistrust": 0, "ally-cue": 0, "dependence": 0, "retaliation": 0, "rivalry": 0, "attention": 0, "lift": 0, "tie": 1,
		"lobby": 0, "adjustment": 0, "entrepreneurship": 0, "representation": 0, "voice": 0,
	}
	for name, value := range changes {
		values[name] = value
	}
	for name, value := range values {
		modeltest.Set(tb, set, map[string]float64{"markets." + name: value})
	}
	return m
}

// usual makes the mechanism with the defaults of bans and nothing else.
func usual(tb testing.TB, changes map[string]float64) *Markets {
	tb.Helper()
	values := map[string]float64{}
	set := new(sim.Parameters)
	New(set)
	for _, name := range []string{"ban", "mistrust", "ally-cue", "dependence", "retaliation", "attention", "lift"} {
		values[name] = set.Value("markets." + name)
	}
	for name, value := range changes {
		values[name] = value
	}
	return plain(tb, values)
}

// sellers makes a world of n states and firms, all of them abroad, with the given
// shares everywhere.
func sellers(n int, shares ...float64) *world.World {
	w := modeltest.World(n)
	for k, share := range shares {
		modeltest.AddFirm(w, fmt.Sprintf("firm%d", k), world.Abroad, 0, share)
	}
	return w
}

// years plays the mechanism for a number of Januaries and returns the world.
func years(tb testing.TB, m *Markets, w *world.World, seed uint64, number int) *world.World {
	tb.Helper()
	modeltest.Play(tb, w, seed, 4*number, m)
	return w
}

// set gives firm k the share in every state, before or after the start.
func set(w *world.World, k int, share float64) {
	for i := range w.States.N {
		w.Firms.Share[k*w.States.N+i] = share
	}
}

// disturb starts the mechanism, gives the firms other shares, and plays on.
func disturb(m *Markets, w *world.World, number int, shares ...float64) {
	modeltest.Begin(w, 1, m)
	for k, share := range shares {
		set(w, k, share)
	}
	for year := range number {
		m.Step(modeltest.At(w, 1, m.Name(), january+4*year), w)
	}
}

func TestSharesReturnToTheLogitOfQuality(t *testing.T) {
	quality := []float64{0, 1, 2} // logits
	start := make([]float64, 3)
	for k, q := range quality {
		start[k] = math.Exp(q) / (1 + math.E + math.E*math.E)
	}
	w := sellers(3, start...)
	disturb(plain(t, nil), w, 300, .8, .1, .1)
	for k := range quality {
		modeltest.Near(t, fmt.Sprintf("share of firm %d", k), w.Firms.Share[k*3+1], start[k], 1e-9)
	}
}

func TestEqualFirmsShareTheMarket(t *testing.T) {
	w := sellers(2, .25, .25, .25, .25)
	disturb(plain(t, map[string]float64{"loyalty": 1.5}), w, 300, .4, .3, .2, .1)
	for _, share := range w.Firms.Share {
		modeltest.Near(t, "share", share, .25, 1e-9)
	}
}

// Two firms with m and 1-m: m' = logistic(loyalty (2m-1)) has the slope loyalty/2
// at one half, so that the market tips above 2.
func TestLoyaltyTipsTheMarket(t *testing.T) {
	for _, c := range []struct {
		loyalty float64
		tips    bool
	}{{1.9, false}, {2.1, true}, {3, true}} {
		w := sellers(1, .5, .5)
		disturb(plain(t, map[string]float64{"loyalty": c.loyalty}), w, 2000, .51, .49)
		if tips := w.Firms.Share[0] > .6; tips != c.tips {
			t.Errorf("with loyalty %g the first firm ends at %.3f", c.loyalty, w.Firms.Share[0])
		}
	}
}

func TestTotalBanEverywhere(t *testing.T) {
	w := sellers(4, .5, .3, .2)
	for i := range 4 {
		w.Firms.Ban[i] = 1
	}
	years(t, plain(t, nil), w, 1, 10)
	modeltest.Near(t, "share after ten years", w.Firms.Share[0], .5*math.Pow(.85, 10), exact)
	modeltest.Near(t, "share of the second", w.Firms.Share[4], .3+.3/.5*(.5-.5*math.Pow(.85, 10)), exact)
	years(t, plain(t, nil), w, 1, 200)
	if w.Firms.Share[0] > 1e-12 {
		t.Errorf("a firm banned everywhere keeps %g", w.Firms.Share[0])
	}
}

// A ban of strength b scales the odds of a firm by 1-b.
func TestWeakBan(t *testing.T) {
	w := sellers(1, .5, .5)
	w.Firms.Ban[0] = .5
	years(t, plain(t, nil), w, 1, 200)
	modeltest.Near(t, "share", w.Firms.Share[0], 1./3, 1e-9)
}

// Full trust against none is worth the alignment in logits.
func TestAlignment(t *testing.T) {
	w := modeltest.World(3)
	modeltest.AddFirm(w, "a", 1, 0, .5)
	modeltest.AddFirm(w, "b", 2, 0, .5)
	m := plain(t, map[string]float64{"alignment": 2, "replacement": 1})
	modeltest.Begin(w, 1, m)
	w.Dyads.Trust[2] = 0 // of state 0 in the home of b
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	modeltest.Near(t, "log odds", math.Log(w.Firms.Share[0]/w.Firms.Share[3]), 2, 1e-9)
}

// What nobody may sell in a sector goes to the other sectors; where nobody may
// sell anything, what is installed stays.
func TestSectors(t *testing.T) {
	w := sellers(1, .4, .4, .2)
	w.Firms.Sector[2] = "telecom"
	w.Firms.Ban[0] = 1
	years(t, plain(t, nil), w, 1, 200)
	for k, want := range []float64{0, .8, .2} {
		modeltest.Near(t, w.Firms.ID[k], w.Firms.Share[k], want, 1e-9)
	}
	w.Firms.Ban[1] = 1
	years(t, plain(t, nil), w, 1, 200)
	modeltest.Near(t, "telecom", w.Firms.Share[2], 1, 1e-9)
	w.Firms.Ban[2] = 1
	years(t, plain(t, nil), w, 1, 5)
	modeltest.Near(t, "telecom, banned", w.Firms.Share[2], 1, 1e-9)
}

// The plain form is the logit of the theory; attention and causes only slow and
// shift it.
func TestPropensity(t *testing.T) {
	m := plain(t, map[string]float64{"ban": -2, "mistrust": 3, "ally-cue": 4, "dependence": 5, "retaliation": 1})
	c := cause{sensitive: 1, risk: .5, cue: .25, share: .2, grudge: .5}
	modeltest.Near(t, "propensity", m.propensity(c), 1/(1+math.Exp(-(-2+1.5+1+.5))), exact)
	modeltest.Near(t, "pace", m.attention(c), math.Exp(-1), exact)
	c.sensitive = .5
	modeltest.Near(t, "propensity towards a platform", m.propensity(c), 1/(1+math.Exp(-(-2+.75+.5+.5))), exact)
	m.Attention = 1
	alone := cause{sensitive: 1, risk: 1, market: 1, seen: 1}
	if m.attention(alone) != 0 {
		t.Error("a state without capacity and without allies takes up the question")
	}
	alone.capacity = 1
	modeltest.Near(t, "attention of a capable state", m.attention(alone), 1, exact)
	alone.seen, alone.market = .5, .5
	modeltest.Near(t, "attention in a small market to a small vendor", m.attention(alone), .25, exact)
	alone.precedent, m.Precedent = 1, 2
	modeltest.Near(t, "attention to the like of a vendor that is barred", m.attention(alone), .5, exact)
	modeltest.Near(t, "propensity towards it", m.propensity(alone), 1/(1+math.Exp(-3)), exact)
	m.Rivalry, m.Grievance = 2, 4
	rival := cause{sensitive: 1, risk: 1, market: 1, seen: 1, rival: true}
	modeltest.Near(t, "attention of a rival without capacity", m.attention(rival), .5, exact)
	modeltest.Near(t, "propensity of a rival", m.propensity(rival), 1/(1+math.Exp(-3)), exact)
	rival.lost = lost(.3, .15)
	modeltest.Near(t, "propensity of a rival that lost half of its trust", m.propensity(rival), 1/(1+math.Exp(-5)), exact)
	if lost(.3, .4) != 0 || lost(0, 0) != 0 || lost(.3, 0) != 1 {
		t.Error("the lost share of trust is wrong at its ends")
	}
}

// cascade is a world of two alliances of six states and a mistrusted power, the
// last state, with a vendor; the first state, which leads an alliance, has banned it.
func cascade(dependence float64) (w *world.World, vendor int) {
	const n = 13
	w = modeltest.World(n)
	for i := range n {
		for j := range n {
			ally := i < 6 && j < 6 || i >= 6 && i < 12 && j >= 6 && j < 12
			switch {
			case i != j && ally:
				w.Dyads.Trust[i*n+j], w.Dyads.Ally[i*n+j] = .95, true
			case i != j:
				w.Dyads.Trust[i*n+j] = .6
			}
		}
		if i < n-1 {
			w.Dyads.Trust[i*n+n-1] = .35
		}
		w.States.Diplomacy[i], w.States.Power[i] = .2, .05
	}
	w.States.Power[0] = .4
	vendor = modeltest.AddFirm(w, "vendor", n-1, 0, dependence)
	modeltest.AddFirm(w, "other", world.Abroad, 0, 1-dependence)
	w.Firms.Tie[vendor], w.Firms.Size[vendor] = .6, 120
	w.Firms.Ban[vendor*n] = 1
	w.CountBans()
	return w, vendor
}

// followers counts the states of each alliance that have banned the vendor after a
// number of years, over seeds.
func followers(tb testing.TB, changes map[string]float64, dependence float64, number int) (allies, others float64) {
	tb.Helper()
	const seeds = 60
	start, vendor := cascade(dependence)
	m := usual(tb, changes)
	for seed := range uint64(seeds) {
		w := start.Clone()
		for i, b := range years(tb, m, w, seed, number).Firms.Ban[vendor*13 : vendor*13+12] {
			switch {
			case b > 0 && i > 0 && i < 6:
				allies += 1. / seeds
			case b > 0 && i >= 6:
				others += 1. / seeds
			}
		}
	}
	return allies, others
}

func TestBansSpreadAmongAllies(t *testing.T) {
	allies, others := followers(t, nil, .15, 4)
	t.Logf("after four years %.2f of 5 allies and %.2f of 6 others follow", allies, others)
	if allies < 1 || others > .1*allies {
		t.Errorf("after four years %.2f of 5 allies and %.2f of 6 others follow", allies, others)
	}
	if alone, _ := followers(t, map[string]float64{"ally-cue": 0}, .15, 4); alone > .1 {
		t.Errorf("%.2f allies follow without a cue", alone)
	}
}

func TestWhatIsInstalledSlowsBans(t *testing.T) {
	last := 6.0
	for _, share := range []float64{.05, .2, .4} {
		allies, _ := followers(t, nil, share, 6)
		t.Logf("share %.2f: %.2f allies follow", share, allies)
		if allies >= last {
			t.Errorf("with a share of %.2f %.2f allies follow, not fewer than before", share, allies)
		}
		last = allies
	}
	strong, _ := followers(t, map[string]float64{"dependence": 20}, .2, 6)
	weak, _ := followers(t, map[string]float64{"dependence": 0}, .2, 6)
	if strong >= weak {
		t.Errorf("%.2f follow where dependence deters, %.2f where it does not", strong, weak)
	}
}

func TestTieDrivesBans(t *testing.T) {
	loose, _ := followers(t, map[string]float64{"tie": 0}, .15, 6)
	tight, _ := followers(t, map[string]float64{"tie": 1.5}, .15, 6)
	if loose >= tight {
		t.Errorf("%.2f allies ban an independent vendor, %.2f an obedient one", loose, tight)
	}
}

// The word of allies is weighed by power and trust, against the chorus.
func TestCue(t *testing.T) {
	w, vendor := cascade(.15)
	m := usual(t, nil)
	modeltest.Begin(w, 1, m)
	m.listBans(modeltest.At(w, 1, m.Name(), january), w)
	m.deriveCues(w)
	cue := m.bans.cue[vendor*13 : vendor*13+13]
	modeltest.Near(t, "cue of an ally", cue[1], .4*.95/(chorus+.4+4*.05), exact)
	if cue[0] != 0 || cue[7] != 0 {
		t.Errorf("cues are %v: only allies of the first state have one", cue)
	}
	near := cue[1]
	w.States.Position[1] = w.States.Position[0] + .25
	m.deriveCues(w)
	modeltest.Near(t, "cue of an ally that thinks otherwise", cue[1]/near, .75, exact)
}

// What is decided on the largest vendor holds for its likes, where they sell.
func TestLikesOfAVendor(t *testing.T) {
	w, vendor := cascade(.15)
	n := w.States.N
	like := modeltest.AddFirm(w, "like", 12, 0, .05)
	other := modeltest.AddFirm(w, "otherwise", 12, 0, .05)
	w.Firms.Size[like], w.Firms.Sector[other], w.Firms.Tie[like], w.Firms.Tie[other] = 10, "devices", .9, .9
	w.Firms.Share[like*n+3] = 0
	w.Chronicle.On = true
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

// Who puts up with a vendor goes on to do so, until the situation changes: bans level off,
// and a loss of trust brings more.
func TestBansLevelOff(t *testing.T) {
	const seeds = 30
	bans := [3]float64{}
	for seed := range uint64(seeds) {
		for k, number := range []int{25, 50, 50} {
			w, vendor := cascade(.15)
			m := usual(t, map[string]float64{"grievance": 3})
			modeltest.Begin(w, seed, m)
			for year := range number {
				if k == 2 && year == 25 {
					for i := range 12 {
						w.Dyads.Trust[i*13+12] /= 2
					}
				}
				m.Step(modeltest.At(w, seed, m.Name(), january+4*year), w)
			}
			for _, strength := range w.Firms.Ban[vendor*13 : vendor*13+12] {
				if strength > 0 {
					bans[k] += 1. / seeds
				}
			}
		}
	}
	t.Logf("states with a ban after 25 years %.2f, after 50 %.2f, after 50 with half of the trust gone at 25 %.2f", bans[0], bans[1], bans[2])
	if bans[0] < 2 || bans[0] > 11 || bans[1]-bans[0] > .1*bans[0] || bans[2]-bans[1] < .5 {
		t.Errorf("bans are %.2f, %.2f and %.2f", bans[0], bans[1], bans[2])
	}
}

func TestRetaliation(t *testing.T) {
	w, _ := cascade(.15)
	mine := modeltest.AddFirm(w, "mine", 0, 0, .1) // of the state that has banned the vendor
	theirs := modeltest.AddFirm(w, "theirs", 7, 0, .1)
	away := modeltest.AddFirm(w, "away", 0, 0, 0) // as mine, but it sells nothing
	w.Chronicle.On = true
	years(t, plain(t, map[string]float64{"ban": -40, "retaliation": 45}), w, 1, 2)
	if w.Firms.Ban[mine*13+12] < mildest || w.Firms.Ban[theirs*13+12] > 0 || w.Firms.Ban[away*13+12] > 0 {
		t.Errorf("the home of the vendor bans %.2f, %.2f and %.2f", w.Firms.Ban[mine*13+12], w.Firms.Ban[theirs*13+12], w.Firms.Ban[away*13+12])
	}
	if text := w.Chronicle.Entries[0].Text; text != "s12 restricts mine, in answer to s0, which has shut out vendor." {
		t.Error(text)
	}
}

// A ban asks for an answer while it is fresh, and not if it is one itself.
func TestGrudgesCool(t *testing.T) {
	ask := func(after int, answered bool) float64 {
		w, vendor := cascade(.15)
		mine := modeltest.AddFirm(w, "mine", 0, 0, .1)
		m := plain(t, map[string]float64{"ban": -40, "retaliation": 0})
		if answered { // the home of the vendor was first
			w.Firms.Ban[mine*13+12], w.Firms.Ban[vendor*13] = 1, 0
		}
		w.CountBans()
		modeltest.Begin(w, 1, m)
		m.Step(modeltest.At(w, 1, m.Name(), january), w)
		w.Firms.Ban[vendor*13] = 1
		for k := range after {
			m.Step(modeltest.At(w, 1, m.Name(), january+4*(k+1)), w)
		}
		m.deriveGrudges(w, mine)
		return m.bans.grudge[12]
	}
	if first, last, gone, answer := ask(1, false), ask(heat-1, false), ask(heat, false), ask(1, true); first != 1 || last != 1 || gone != 0 || answer != 0 {
		t.Errorf("a ban counts %g after a year, %g at the last, %g after that, and %g as an answer", first, last, gone, answer)
	}
}

// Who shuts a vendor out goes further than an ally that limits it.
func TestGoingFurther(t *testing.T) {
	w, vendor := cascade(.15)
	w.Firms.Ban[vendor*13] = opening
	m := plain(t, map[string]float64{"ally-cue": 50})
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	w.States.Power[0], w.States.Power[1] = .5, .05
	for strength, want := range map[float64]string{opening: ", following s0", hard: ", going further than s0"} {
		r := m.why(w, 1, vendor, strength)
		if got := r.text(w, &group{states: []int{1}, firms: []int{vendor}}); got != want {
			t.Errorf("at strength %g: %q", strength, got)
		}
	}
}

// What is barred when a run begins has been for years: its market has gone, which is no
// news.
func TestOldBans(t *testing.T) {
	w, vendor := cascade(.15)
	w.Groups = []world.Group{{ID: "club", Members: []int{0, 1}, Cue: true}}
	w.Firms.Ban[vendor*13], w.Firms.Ban[vendor*13+1] = 1, 1
	w.CountBans()
	w.Chronicle.On = true
	before := w.Firms.Share[vendor*13]
	w.Calendar.Start = w.Calendar.Start.AddDate(0, 6, 0)
	years(t, plain(t, nil), w, 1, 2)
	if left := w.Firms.Share[vendor*13]; left > before*math.Pow(.85, fresh+1) || len(w.Chronicle.Entries) > 0 {
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
	w.Chronicle.On = true
	years(t, m, w, 1, 1)
	if w.Firms.Ban[vendor*13] != 0 || w.Standing.Bans != 0 || w.Dyads.Exclusion[12] != 0 {
		t.Error("the ban stands although trust is back")
	}
	if text := w.Chronicle.Entries[0].Text; text != "s0 readmits vendor." {
		t.Error(text)
	}
}

// A state that would not impose a ban today relents when its trust has mended, though it
// is still below the threshold: by more than .1, and not if it has the cause that it had.
func TestBansFadeWhenTrustMends(t *testing.T) {
	for _, c := range []struct {
		ban, trust float64
		lifted     bool
	}{{-50, .15, false}, {-50, .25, false}, {-50, .4, true}, {50, .4, false}} {
		w, vendor := cascade(.15)
		w.Dyads.Trust[12] = .2
		m := plain(t, map[string]float64{"lift": 1, "ban": c.ban})
		modeltest.Begin(w, 1, m)
		m.Step(modeltest.At(w, 1, m.Name(), january), w)
		w.Dyads.Trust[12] = c.trust
		m.Step(modeltest.At(w, 1, m.Name(), january+4), w)
		if lifted := w.Firms.Ban[vendor*13] == 0; lifted != c.lifted {
			t.Errorf("propensity %g logits, trust %.2f after .2: the ban is %.2f", c.ban, c.trust, w.Firms.Ban[vendor*13])
		}
	}
}

// A ban is counted, excludes the two states from one another, and is told.
func TestBanHasEffects(t *testing.T) {
	w, vendor := cascade(.15)
	w.Firms.Ban[vendor*13] = 0
	w.CountBans()
	w.Chronicle.On = true
	m := plain(t, map[string]float64{"ban": 50})
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	if w.Activity.Bans != 12 || w.Standing.Bans != 12 {
		t.Errorf("%d new bans, %d in force; want 12", w.Activity.Bans, w.Standing.Bans)
	}
	ban := opening // of a wish of .65 x .85
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
	w.Chronicle.On = true
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

func TestLobbyIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{})
		m := new(Markets)
		*m = Markets{Lobby: rapid.Float64Range(0, 1).Draw(t, "lobby"), Tie: 1, Novelty: 1}
		for f := range w.Firms.N {
			w.Firms.Size[f] = 1e4
		}
		before := slices.Clone(w.States.Position)
		modeltest.Begin(w, 1, m)
		m.lobby(w)
		for i := range w.States.N {
			access := 0.0
			for d := range w.Dim {
				access += before[i*w.Dim+d] / float64(w.Dim)
			}
			for d := range w.Dim {
				if moved := math.Abs(w.States.Position[i*w.Dim+d] - before[i*w.Dim+d]); moved > m.Lobby*access+exact {
					t.Fatalf("state %d moves by %g, more than %g x %g", i, moved, m.Lobby, access)
				}
			}
		}
	})
}

// A firm stands where it stands until its home moves, and then follows by its tie.
func TestFirmsFollowTheirHomes(t *testing.T) {
	w := modeltest.World(2, .2, .5)
	f := modeltest.AddFirm(w, "firm", 0, 0, 1)
	w.Firms.Tie[f], w.Firms.Position[f] = .5, .4 // on its own it would stand at .6
	m := plain(t, map[string]float64{"adjustment": 1})
	years(t, m, w, 1, 2)
	modeltest.Near(t, "position", w.Firms.Position[f], .4, exact)
	modeltest.Begin(w, 1, m)
	w.States.Position[0] = 0
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	modeltest.Near(t, "position", w.Firms.Position[f], .3, exact)
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
	w.Chronicle.On = true
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
	w.Chronicle.On = true
	years(t, plain(t, map[string]float64{"representation": 1, "voice": .02}), w, 1, 2)
	if !f.Firms[0] || f.Firms[1] {
		t.Errorf("represented are %v", f.Firms)
	}
	modeltest.Near(t, "legitimacy", f.Legitimacy, 1-.5*.99*.99, exact)
	engineers := modeltest.AddForum(w, "union")
	engineers.Line = world.Standards
	w.Firms.Diplomacy[1], w.Firms.Size[1] = .6, 1e12 // the activity of a signatory, not of one that leads
	years(t, plain(t, map[string]float64{"representation": 1, "voice": .02}), w, 2, 2)
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
	w.Chronicle.On = true
	years(t, plain(t, nil), w, 1, 10)
	if len(w.Chronicle.Entries) != 1 || w.Chronicle.Entries[0].Text != "vendor has lost half of its market in the ABC." {
		t.Errorf("%+v", w.Chronicle.Entries)
	}
}

// Groups have identifiers; the chronicle says names.
func TestBlocsHaveNames(t *testing.T) {
	for id, want := range map[string]string{"eu": "in the EU", "five_eyes": "among the Five Eyes", "alliance": "in the alliance"} {
		if got := bloc(id); got != want {
			t.Errorf("%s is called %q, want %q", id, got, want)
		}
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
		m := New(parameters)
		modeltest.DrawParameters(t, parameters)
		modeltest.AddForum(w, "assembly")
		w.Chronicle.On = true
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

// The order of states does not matter.
func TestOrderOfStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{})
		order := rand.New(rand.NewPCG(3, rapid.Uint64().Draw(t, "order"))).Perm(w.States.N)
		p := modeltest.Permute(w, order)
		for _, v := range []*world.World{w, p} {
			m := New(new(sim.Parameters))
			m.Ban = -1
			modeltest.Begin(v, 1, m)
			m.Step(modeltest.At(v, 1, m.Name(), january), v)
		}
		for to, from := range order {
			for k := range w.Firms.N {
				a, b := k*w.States.N+from, k*w.States.N+to
				if math.Abs(w.Firms.Share[a]-p.Firms.Share[b]) > 1e-9 || math.Abs(w.Firms.Ban[a]-p.Firms.Ban[b]) > 1e-9 {
					t.Fatalf("firm %d in state %d: %g, %g and permuted %g, %g", k, from,
						w.Firms.Share[a], w.Firms.Ban[a], p.Firms.Share[b], p.Firms.Ban[b])
				}
			}
		}
	})
}

// The logarithm of the quick exponential is what went in.
func TestExp(t *testing.T) {
	for u := -.03; u < .03; u += 1e-4 {
		modeltest.Near(t, "exp", exp(u)/math.Exp(u), 1, 1e-13)
	}
}

func TestWordsOfBans(t *testing.T) {
	w, vendor := cascade(.15)
	m := plain(t, map[string]float64{"ally-cue": 9})
	modeltest.Begin(w, 1, m)
	w.Chronicle.On = true
	w.Rules.State = make([]world.Rule, w.States.N)
	model := world.RuleFunc(func(_ *world.World, asked world.Asked) world.Answer { return asked.Model })
	w.Rules.State[1], w.Rules.State[2] = model, model
	m.bans.changes = []change{
		{vendor, 1, 0, .5, false},
		{vendor, 2, .3, 1, false},
		{vendor, 3, .3, .5, false},
		{vendor, 4, 1, .5, false},
		{vendor, 5, 1, 0, false},
		{vendor + 1, 1, .3, .5, true},
		{vendor + 1, 2, .3, .5, true},
	}
	m.listBans(modeltest.At(w, 1, m.Name(), january), w)
	m.deriveCues(w)
	m.tellBans(w)
	m.bans.changes = []change{{vendor, 1, 0, .5, false}, {vendor, 7, 0, .5, false}}
	m.bans.januaries += fresh + 1
	m.tellBans(w)
	want := []string{
		"s1 restricts vendor, following s0.",
		"s2 and s3 now ban vendor, following s0.",
		"s4 eases its restrictions on vendor.",
		"s5 readmits vendor.",
		"s1 and s2 tighten their restrictions on other.",
		"s1 restricts vendor, as its allies did before it.",
		"s7 restricts vendor over its ties to the government of s12.",
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
