package markets

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
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
		"lobby": 0, "denial": 0, "self-reliance": 0, "separation": 0, "adjustment": 0, "entrepreneurship": 0, "representation": 0,
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
	c := cause{sensitive: 1, risk: .5, cue: .25, share: .2, provocation: .5}
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
	r := m.look(modeltest.At(w, 1, m.Name(), january), w)
	cue := m.bans.cue[vendor*13 : vendor*13+13]
	modeltest.Near(t, "cue of an ally", cue[1], .4*.95/(m.AllyPower+.4+4*.05), exact)
	if cue[0] != 0 || cue[7] != 0 {
		t.Errorf("cues are %v: only allies of the first state have one", cue)
	}
	near := cue[1]
	w.States.Position[1] = w.States.Position[0] + .25
	r.deriveCues()
	modeltest.Near(t, "cue of an ally that thinks otherwise", cue[1]/near, .75, exact)
	w.States.Democracy[0], w.States.Democracy[1] = .9, .4
	r.deriveCues()
	modeltest.Near(t, "cue of an ally that is governed otherwise, too", cue[1]/near, .75*.5, exact)
}

// Who puts up with a vendor goes on to do so, until the situation changes: bans level off,
// and a loss of trust brings more.
func TestBansLevelOff(t *testing.T) {
	const seeds = 30
	bans := [3]float64{}
	for seed := range uint64(seeds) {
		for k, number := range []int{25, 50, 50} {
			w, vendor := cascade(.15)
			m := usual(t, map[string]float64{"grievance": 3, "ally-cue": 12})
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
		r := review{Markets: m, w: w}
		r.deriveGrudges(mine)
		return m.bans.provocation[12]
	}
	years := plain(t, nil).AnswerYears
	if first, last, gone, answer := ask(1, false), ask(years-1, false), ask(years, false), ask(1, true); first != 1 || last != 1 || gone != 0 || answer != 0 {
		t.Errorf("a ban counts %g after a year, %g at the last, %g after that, and %g as an answer", first, last, gone, answer)
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

func TestLobbyIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{})
		m := New(new(sim.Parameters))
		m.Lobby, m.Tie, m.Novelty = rapid.Float64Range(0, 1).Draw(t, "lobby"), 1, 1
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

// A state knows who has gone before it, and how lately; what it is against its own firms it
// knows, too.
func TestMotives(t *testing.T) {
	w, vendor := cascade(.15)
	mine := modeltest.AddFirm(w, "mine", 1, 0, .1)
	m := plain(t, map[string]float64{"ally-cue": 9, "retaliation": 2, "grievance": 4})
	modeltest.Begin(w, 1, m)
	w.Firms.Ban[mine*13+12] = .5
	w.Dyads.Trust[1*13+12] /= 2
	m.shares.look(w)
	m.Januaries = 1
	r := m.look(modeltest.At(w, 1, m.Name(), january+1), w)
	if got := r.motives(vendor, 1); !slices.Equal(got.Examples, []Example{{0, 1, true}}) || !slices.Equal(got.Provoked, []Barred{{mine, .5}}) {
		t.Errorf("%+v", got)
	} else {
		modeltest.Near(t, "weight of the allies", got.Allies, 9*m.bans.cue[vendor*13+1], exact)
		modeltest.Near(t, "weight of the lost trust", got.Lost, 2, exact)
		modeltest.Near(t, "weight of the ban on its own firm", got.Provocation, 1, exact)
	}
	m.Januaries += m.ExampleYears + 1
	if got := r.motives(vendor, 1); !slices.Equal(got.Examples, []Example{{0, 1, false}}) || len(got.Provoked) > 0 {
		t.Errorf("years after: %+v", got)
	}
	if got := r.motives(vendor, 7); len(got.Examples) > 0 || got.Allies != 0 {
		t.Errorf("without allies that bar the vendor: %+v", got)
	}
}
