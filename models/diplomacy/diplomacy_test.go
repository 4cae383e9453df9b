package diplomacy_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/diplomacy"
	"splinternet/models/events"
	"splinternet/models/interconnection"
	"splinternet/models/modeltest"
	"splinternet/models/security"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

func with(tb testing.TB, changes map[string]float64) *diplomacy.Diplomacy {
	tb.Helper()
	set := new(sim.Parameters)
	m := diplomacy.New(set)
	modeltest.Set(tb, set, changes)
	return m
}

func only(tb testing.TB, name string, value float64) *diplomacy.Diplomacy {
	tb.Helper()
	return with(tb, map[string]float64{"diplomacy." + name: value})
}

// blocs is a world of two blocs of five on stacks of their own, between which two
// swing states stand: numbers 0-4, 5-9 and 10-11.
func blocs() *world.World {
	x := []float64{.1, .12, .08, .1, .1, .9, .88, .92, .9, .9, .45, .55}
	w := modeltest.World(len(x), x...)
	modeltest.AddStack(w, "other", .15)
	n := w.States.N
	bloc := func(i int) int { return min(i/5, 2) }
	for i := range n {
		switch bloc(i) {
		case 0:
			copy(w.States.Stack[2*i:], []float64{.1, .9})
		case 2:
			copy(w.States.Stack[2*i:], []float64{.6, .4})
		}
		for j := range n {
			switch {
			case i == j:
			case bloc(i) == bloc(j):
				w.Dyads.Trust[i*n+j] = .9
			case bloc(i) == 2 || bloc(j) == 2:
				w.Dyads.Trust[i*n+j] = .5
			default:
				w.Dyads.Trust[i*n+j] = .2
			}
		}
		w.States.Diplomacy[i] = .5
	}
	copy(w.Dyads.TrustStart, w.Dyads.Trust)
	return w
}

func rivals(w *world.World, i, j int) {
	n := w.States.N
	w.Dyads.Rival[i*n+j], w.Dyads.Rival[j*n+i] = true, true
}

// text puts a text in force in a forum, endorsed by all members.
func text(w *world.World, f *world.Forum, depth float64) {
	f.Text = len(w.Texts)
	t := world.Text{
		ID: f.ID + "-text", Line: f.Line, Kind: world.Norm, Position: f.Position, Depth: depth, Status: world.InForce, Stack: -1,
		Adherence: make([]uint8, w.States.N), Compliance: make([]float64, w.States.N),
	}
	for i, in := range f.Members {
		if in {
			t.Adherence[i] = world.Endorsed
		}
	}
	w.Texts = append(w.Texts, t)
}

func sum(list []float64) (total float64) {
	for _, x := range list {
		total += x
	}
	return total
}

func TestEffortFollowsUse(t *testing.T) {
	w := blocs()
	f := modeltest.AddForum(w, "forum")
	f.Position[0] = .9
	text(w, f, .3)
	rivals(w, 1, 6)
	w.States.Threat[6] = 3
	modeltest.Play(t, w, 1, 1, with(t, nil))
	e := w.States.Effort
	for i := range e {
		modeltest.Near(t, "sum of efforts", sum(e[i][:]), 1, 1e-12)
	}
	more := func(what string, kind world.DiplomaticEffort, i, j int) {
		t.Helper()
		if e[i][kind] <= e[j][kind] {
			t.Errorf("%s: state %d gives %.3f to %s, state %d %.3f", what, i, e[i][kind], world.EffortNames[kind], j, e[j][kind])
		}
	}
	more("between the blocs", world.BridgeBuilding, 10, 5)
	more("threatened by a rival", world.Bilateral, 6, 5)
	more("with a rival", world.Bilateral, 1, 0)
	more("far from the text, among friends", world.Coalition, 0, 5)
	more("near the text", world.ConsensusBuilding, 5, 0)
}

// TestSmallStatesSeekConsensus: it is where they count as much as the great.
func TestSmallStatesSeekConsensus(t *testing.T) {
	w := modeltest.World(3)
	text(w, modeltest.AddForum(w, "forum"), .3)
	copy(w.States.Power, []float64{.9, .09, .01})
	modeltest.Play(t, w, 1, 1, with(t, nil))
	e := w.States.Effort
	if !(e[0][0] < e[1][0] && e[1][0] < e[2][0]) {
		t.Errorf("great, middle and small give %.3f, %.3f and %.3f to consensus", e[0][0], e[1][0], e[2][0])
	}
}

// TestTemperature: at a high one all that is not bridging is split evenly.
func TestTemperature(t *testing.T) {
	w := blocs()
	rivals(w, 1, 6)
	modeltest.Play(t, w, 1, 1, only(t, "temperature", 100))
	for _, own := range w.States.Effort {
		for _, x := range own {
			modeltest.Near(t, "effort", x, .25, .01)
		}
	}
}

// TestBridgingShare: the parameter is the share of the world's effort.
func TestBridgingShare(t *testing.T) {
	for _, want := range []float64{0, .001, .1, .25, .6, .95, 1} {
		w := blocs()
		for i := range w.States.Diplomacy {
			w.States.Diplomacy[i] = float64(i) / 11
		}
		m := only(t, "bridging", want)
		modeltest.Play(t, w, 1, 1, m)
		spent, all := 0.0, 0.0
		for i, own := range w.States.Effort {
			budget := m.Budget + w.States.Diplomacy[i]
			spent, all = spent+budget*own[world.BridgeBuilding], all+budget
			modeltest.Near(t, "sum of efforts", sum(own[:]), 1, 1e-9)
		}
		modeltest.Near(t, "share of effort on bridges", spent/all, want, 1e-9)
	}
}

// TestTradeOff sweeps the share of effort on bridges: links between blocs come
// back, while nobody moves, and what links are without bridges stays.
func TestTradeOff(t *testing.T) {
	start := blocs()
	var effective, recovery, native []float64
	for _, share := range []float64{0, .25, .5, .75, 1} {
		w := start.Clone()
		m := with(t, map[string]float64{"diplomacy.bridging": share, "diplomacy.trust": 0})
		links := new(sim.Parameters)
		interconnect := interconnection.New(links)
		modeltest.Set(t, links, map[string]float64{"interconnection.control": 0}) // walls answer to what they cost
		modeltest.Play(t, w, 1, 40, m, interconnect)
		if share == 0 && slices.Max(w.Dyads.Bridge) > 0 {
			t.Error("bridges without effort")
		}
		if !slices.Equal(w.States.Position, start.States.Position) {
			t.Error("diplomacy moves positions")
		}
		effective = append(effective, w.Network.Effective)
		native = append(native, w.Network.Native)
		recovery = append(recovery, w.Network.Recovery())
	}
	for k := 1; k < len(effective); k++ {
		if effective[k] <= effective[k-1] || recovery[k] <= recovery[k-1] || native[k] != native[0] {
			t.Errorf("step %d: effective %.3f, recovery %.3f, native %.3f", k, effective, recovery, native)
		}
	}
	if gain := recovery[4] - recovery[0]; gain < .2 {
		t.Errorf("bridges win back %.2f of the native loss", gain)
	}
}

// TestBridgesJoinBlocs: no bridge where there is nothing to bridge, none to
// whom sanctions are in force against, and they are symmetric and marked.
func TestBridgesJoinBlocs(t *testing.T) {
	w := blocs()
	n := w.States.N
	w.Dyads.Ladder[5*n], w.Dyads.Ladder[1*n+6] = world.CrossDomain, world.Sanctions
	w.Dyads.MarkAll(n)
	modeltest.Play(t, w, 1, 20, only(t, "partners", 16))
	built := 0
	for i := range n {
		for j := range i {
			b := w.Dyads.Bridge[i*n+j]
			switch {
			case b != w.Dyads.Bridge[j*n+i]:
				t.Errorf("the bridge of %d and %d has two levels", i, j)
			case b > 0 && i/5 == j/5:
				t.Errorf("%d and %d bridge what is no gap", i, j)
			case b > 0 && !slices.Contains(w.Dyads.Marked, [2]int32{int32(j), int32(i)}):
				t.Errorf("the bridge of %d and %d is not marked", i, j)
			case b > 0:
				built++
			}
		}
	}
	if w.Dyads.Bridge[5] != 0 || w.Dyads.Bridge[1*n+6] != 0 {
		t.Error("bridges cross sanctions")
	}
	if want := 5*5 + 2*10 - 2; built != want {
		t.Errorf("%d bridges; want %d", built, want)
	}
}

// TestBridgesDecay: a bridge that nobody keeps up falls at its rate, and is gone
// in the end.
func TestBridgesDecay(t *testing.T) {
	w := blocs()
	modeltest.Both(w, w.Dyads.Bridge, 0, 5, .8)
	w.Dyads.Mark(w.States.N, 0, 5)
	m := with(t, map[string]float64{"diplomacy.bridging": 0, "diplomacy.decay": .2})
	c := w.Clone()
	modeltest.Play(t, c, 1, 8, m)
	modeltest.Near(t, "bridge after two years", c.Dyads.Bridge[5], .8*.8*.8, 1e-9)
	modeltest.Play(t, w, 1, 120, m)
	if w.Dyads.Bridge[5] != 0 {
		t.Errorf("%g of the bridge is left after 30 years", w.Dyads.Bridge[5])
	}
}

// TestMistrustWeakensBridges: less trust, less of a bridge; beyond one half more makes
// no difference.
func TestMistrustWeakensBridges(t *testing.T) {
	level := func(trust float64) float64 {
		w := blocs()
		modeltest.Both(w, w.Dyads.Trust, 0, 5, trust)
		modeltest.Play(t, w, 1, 80, with(t, map[string]float64{"diplomacy.bridging": 1, "diplomacy.partners": 16, "diplomacy.trust": 0, "diplomacy.agreement": -50}))
		return w.Dyads.Bridge[5]
	}
	little, some, half, much := level(.1), level(.3), level(.5), level(.7)
	if !(0 < little && little < some && some < half) || math.Abs(half-much) > 1e-9 {
		t.Errorf("bridges at trust .1, .3, .5 and .7: %g, %g, %g, %g", little, some, half, much)
	}
}

// TestBridgesAreTold: once when they stand, once when they have fallen.
func TestBridgesAreTold(t *testing.T) {
	w := blocs()
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	modeltest.Both(w, w.Dyads.Bridge, 0, 5, .8)
	w.Dyads.Mark(w.States.N, 0, 5)
	m := with(t, map[string]float64{"diplomacy.bridging": 0, "diplomacy.decay": .2, "diplomacy.agreement": -50})
	modeltest.Play(t, w, 1, 80, m)
	var told []string
	for _, e := range w.Chronicle.Entries {
		if e.Kind == "bridge" {
			told = append(told, e.Text)
		}
	}
	if len(told) != 2 || !strings.Contains(told[0], "have built a gateway") || !strings.Contains(told[1], "fallen into disuse") {
		t.Errorf("told as %q", told)
	}
}

// TestBridgesAreSummedUp: what one state builds in a year shares a sentence with what it
// keeps, and there is nothing to tell within one network.
func TestBridgesAreSummedUp(t *testing.T) {
	for _, whole := range []bool{false, true} {
		w := blocs()
		w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
		if whole {
			for i := range w.States.N {
				w.States.Stack[2*i], w.States.Stack[2*i+1] = 1, 0
			}
		}
		for _, pair := range [][2]int{{0, 5}, {0, 6}, {1, 7}} {
			modeltest.Both(w, w.Dyads.Bridge, pair[0], pair[1], .8)
			w.Dyads.Mark(w.States.N, pair[0], pair[1])
		}
		m := with(t, map[string]float64{"diplomacy.bridging": 0, "diplomacy.agreement": -50})
		modeltest.Play(t, w, 1, 4, m)
		var told []string
		for _, e := range w.Chronicle.Entries {
			if e.Kind == "bridge" {
				told = append(told, e.Text)
			}
		}
		if whole && len(told) > 0 || !whole && (len(told) != 2 || !strings.Contains(told[0], "now keeps gateways to") || !strings.Contains(told[1], "have built a gateway")) {
			t.Errorf("one network %t: told as %q", whole, told)
		}
	}
}

// TestPauseAfterTheEnd: nobody comes back at once to an agreement that has lapsed.
func TestPauseAfterTheEnd(t *testing.T) {
	w := pairs(1, 1)
	n := w.States.N
	m := with(t, map[string]float64{"diplomacy.agreement": 50, "diplomacy.lapse": 0})
	w.Dyads.Agree(n, 0, 1, .5, -10)
	modeltest.Begin(w, 1, m)
	w.Dyads.EndAgreement(n, 0, 1, 0, 1)
	again := -1
	for k := 1; k < 24 && again < 0; k++ {
		m.Step(modeltest.At(w, 1, m.Name(), k), w)
		if w.Dyads.Agreement(0, 1) >= 0 {
			again = k
		}
	}
	if again < 1+3*4 || again > 1+4*4 {
		t.Errorf("an agreement that has ended in tick 1 is renewed in tick %d", again)
	}
	if c := w.Clone(); !c.Dyads.EndedSince(1, 0, 1) || c.Dyads.EndedSince(0, 1, 2) {
		t.Error("a copy of the world has forgotten the end, or its tick")
	}
}

// TestReadiness: the formula, at its edges and in its directions.
func TestReadiness(t *testing.T) {
	w := modeltest.World(2, .2, .6)
	w.States.Effort = make([][world.Efforts]float64, 2)
	m := with(t, nil)
	logistic := func(u float64) float64 { return 1 / (1 + math.Exp(-u)) }
	modeltest.Near(t, "readiness without effort", m.Readiness(w, 0, 1), logistic(m.Agreement-m.ByDistance*.4), 1e-12)
	for i := range w.States.Effort {
		w.States.Effort[i][world.Bilateral] = .5
	}
	w.States.Salience[0], w.States.Salience[1] = 3, 2
	spent := .5 * (m.Budget + 1)
	modeltest.Near(t, "readiness with effort", m.Readiness(w, 0, 1), logistic(m.Agreement+m.ByEffort*spent+m.BySalience-m.ByDistance*.4), 1e-12)
}

// pairs is a world of many pairs of rivals that spend all on bilateral diplomacy.
func pairs(number int, effort float64) *world.World {
	w := modeltest.World(2 * number)
	n := w.States.N
	rules := make([]world.Rule, n)
	for i := range n {
		rules[i] = fixed{effort: [world.Efforts]float64{1 - effort, 0, effort, 0}}
		for j := range n {
			if i != j {
				w.Dyads.Trust[i*n+j] = .5
			}
		}
		if i%2 == 1 {
			rivals(w, i-1, i)
			w.Dyads.Shared[(i-1)*n+i], w.Dyads.Shared[i*n+i-1] = 1, 1
		}
	}
	w.Rules.State = rules
	return w
}

// fixed answers about effort alone.
type fixed struct{ effort [world.Efforts]float64 }

func (f fixed) Decide(_ *world.World, asked world.Asked) world.Answer {
	if asked.Question == world.EffortQuestion {
		return world.Answer{Mix: f.effort[:]}
	}
	return asked.Model
}

// TestAgreementsForm: as often as the formula says, among those who work on it.
func TestAgreementsForm(t *testing.T) {
	const number = 100
	m := with(t, map[string]float64{"diplomacy.lapse": 0})
	for _, effort := range []float64{0, .3, .6} {
		w := pairs(number, effort)
		modeltest.Play(t, w, 1, 4, m) // one January
		p := 1 / (1 + math.Exp(-(m.Agreement + m.ByEffort*effort*(m.Budget+1))))
		between := 0
		for _, a := range w.Dyads.Agreements {
			if a.I%2 == 0 && a.J == a.I+1 {
				between++
			}
			if c := w.Dyads.Channel[int(a.I)*w.States.N+int(a.J)]; c != m.Channels {
				t.Errorf("an agreement opens a channel of %g", c)
			}
		}
		modeltest.Near(t, "share of rivals that agree", float64(between)/number, p, 3.5*math.Sqrt(p*(1-p)/number)+1e-9)
		if len(w.Dyads.Agreements) != between {
			t.Error("states without anything to settle agree")
		}
		if w.Standing.Channels != between {
			t.Errorf("%d channels counted; want %d", w.Standing.Channels, between)
		}
	}
}

// TestTerms: who trusts each other too little, never meets or is under sanctions does
// not agree, but for great powers that have cause to fear each other; of those who half
// trust each other half as many.
func TestTerms(t *testing.T) {
	const number = 100
	each := func(change func(w *world.World, i, j int)) func(w *world.World) {
		return func(w *world.World) {
			for i := 0; i < w.States.N; i += 2 {
				change(w, i, i+1)
			}
		}
	}
	apart := func(w *world.World, i, j int) {
		w.Dyads.Shared[i*w.States.N+j], w.Dyads.Shared[j*w.States.N+i] = 0, 0
	}
	mistrust := func(w *world.World, i, j int) { modeltest.Both(w, w.Dyads.Trust, i, j, .1) }
	fear := func(w *world.World, i, j int) {
		w.States.Power[i], w.States.Power[j], w.States.Threat[i], w.States.Threat[j] = .1, .1, 1, 1
	}
	for _, c := range []struct {
		name    string
		prepare func(w *world.World)
		share   float64
	}{
		{"they meet in a forum", func(*world.World) {}, 1},
		{"they have a line", each(func(w *world.World, i, j int) {
			apart(w, i, j)
			w.Dyads.SetChannel(w.States.N, i, j, .2)
		}), 1},
		{"they never meet", each(apart), 0},
		{"they half trust each other", each(func(w *world.World, i, j int) { modeltest.Both(w, w.Dyads.Trust, i, j, .375) }), .5},
		{"they do not trust each other", each(mistrust), 0},
		{"they are under sanctions", each(func(w *world.World, i, j int) { w.Dyads.Ladder[i*w.States.N+j] = world.Sanctions }), 0},
		{"great powers that never meet and fear each other", each(func(w *world.World, i, j int) { apart(w, i, j); mistrust(w, i, j); fear(w, i, j) }), .1},
		{"great powers of which one has nothing to fear", each(func(w *world.World, i, j int) { mistrust(w, i, j); fear(w, i, j); w.States.Threat[j] = 0 }), 0},
	} {
		w := pairs(number, .5)
		c.prepare(w)
		m := with(t, map[string]float64{"diplomacy.agreement": 50, "diplomacy.lapse": 0})
		modeltest.Begin(w, 1, m)
		w.Dyads.Agreements = nil // a line of the start counts as one
		for tick := range 4 {
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		}
		agreed := 0
		for i := 0; i < w.States.N; i += 2 {
			if w.Dyads.Agreement(i, i+1) >= 0 {
				agreed++
			}
		}
		modeltest.Near(t, "share that agrees where "+c.name, float64(agreed)/number, c.share, .15*min(1, 9*c.share*(1-c.share))+1e-9)
	}
}

// TestAgreementsLapse: at their rate in calm, sooner among those who mistrust each other or
// after a public accusation, and the channel with them.
func TestAgreementsLapse(t *testing.T) {
	const number = 200
	left := func(prepare func(w *world.World)) float64 {
		w := pairs(number, 0)
		n := w.States.N
		for i := 0; i < n; i += 2 {
			w.Dyads.Trust[i*n+i+1], w.Dyads.Trust[(i+1)*n+i] = .5, .5
			w.Dyads.Inherit(n, i, i+1, .5)
		}
		m := with(t, map[string]float64{"diplomacy.lapse": .1, "diplomacy.breach": .5, "diplomacy.agreement": -50})
		modeltest.Begin(w, 1, m)
		prepare(w)
		for k := range 8 {
			m.Step(modeltest.At(w, 1, m.Name(), k), w)
		}
		for i := 0; i < n; i += 2 {
			if stands := w.Dyads.Agreement(i, i+1) >= 0; stands != (w.Dyads.Channel[i*n+i+1] > 0) {
				t.Errorf("agreement of %d: %t, channel %g", i, stands, w.Dyads.Channel[i*n+i+1])
			}
		}
		return float64(len(w.Dyads.Agreements)) / number
	}
	calm := left(func(*world.World) {})
	modeltest.Near(t, "share left after two calm years", calm, .81, .09)
	wary := left(func(w *world.World) {
		for i := 0; i < w.States.N; i += 2 {
			modeltest.Both(w, w.Dyads.Trust, i, i+1, .2)
		}
	})
	modeltest.Near(t, "share left after two years of mistrust", wary, math.Pow(.9, 2*4*.8*.8), .1)
	broken := left(func(w *world.World) {
		for i := 0; i < w.States.N; i += 2 {
			w.Dyads.Break(i, i+1)
		}
	})
	modeltest.Near(t, "share left after a public accusation and two calm years", broken, .5*.81, .11)
}

// TestAgreementsWork: with common random numbers, pairs with a channel blame each
// other wrongly less often and climb less; attribution without error leaves
// channels nothing to correct (H7).
func TestAgreementsWork(t *testing.T) {
	play := func(channel, attribution float64) (wrong, climbs int) {
		w := pairs(6, 0)
		n := w.States.N
		for i := range n {
			for j := range i {
				rivals(w, i, j)
				if channel > 0 {
					w.Dyads.Inherit(n, i, j, channel)
				}
			}
		}
		set := new(sim.Parameters)
		s := security.New(set)
		modeltest.Set(t, set, map[string]float64{
			"security.rate": 300, "security.attribution": attribution, "security.channel": .6, "security.trust-loss": 0, "security.public": 1,
		})
		modeltest.Play(t, w, 3, 40, with(t, map[string]float64{"diplomacy.lapse": 0, "diplomacy.breach": 0}), s, counter{&wrong, &climbs})
		return wrong, climbs
	}
	wrong, climbs := play(0, .6)
	fewer, calmer := play(.8, .6)
	if fewer >= wrong*3/4 || calmer >= climbs*3/4 {
		t.Errorf("channels leave %d of %d wrongful attributions and %d of %d climbs", fewer, wrong, calmer, climbs)
	}
	if none, _ := play(0, 1); none != 0 {
		t.Errorf("%d wrongful attributions at attribution 1", none)
	}
	if none, _ := play(.8, 1); none != 0 {
		t.Errorf("%d wrongful attributions at attribution 1 with channels", none)
	}
}

// counter sums what happened.
type counter struct{ wrong, climbs *int }

func (counter) Name() string                  { return "counter" }
func (counter) Prepare(*world.World)          {}
func (counter) Begin(*sim.Tick, *world.World) {}
func (c counter) Step(_ *sim.Tick, w *world.World) {
	*c.wrong += w.Activity.Misattributed
	*c.climbs += w.Activity.Escalations
}

// TestMeasures: the members of a forum on confidence building come to have lines as
// far as its text and its legitimacy carry, and lose them when the text lapses.
func TestMeasures(t *testing.T) {
	w := modeltest.World(6)
	n := w.States.N
	f := modeltest.AddForum(w, "osce", 0, 1, 2, 3)
	f.Line, f.Legitimacy = world.Confidence, .5
	text(w, f, .4)
	w.Texts[0].Adherence[3] = world.Outside // disowned
	m := with(t, map[string]float64{"diplomacy.agreement": -50})
	modeltest.Begin(w, 1, m)
	tick := 0
	play := func(until int) {
		for ; tick < until; tick++ {
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		}
	}
	play(80)
	modeltest.Near(t, "channel of members", w.Dyads.Channel[1], m.Measures*.4*.5, .02)
	if w.Dyads.Channel[3] != 0 || w.Dyads.Channel[5] != 0 {
		t.Error("lines to who has disowned the text, or is no member")
	}
	if w.Standing.Channels != 3 {
		t.Errorf("%d channels counted; want 3", w.Standing.Channels)
	}
	w.Texts[0].Status = world.Lapsed
	before := w.Dyads.Channel[1*n+2]
	play(88)
	modeltest.Near(t, "channel two years after the text has lapsed", w.Dyads.Channel[1*n+2], before*.81, 1e-9)
	play(248)
	if w.Dyads.Channel[1] != 0 {
		t.Error("lines stay when nothing holds them up")
	}
}

// TestChannelsOfTheStart: an agreement from before the start keeps its channel,
// beside the measures of a forum and without.
func TestChannelsOfTheStart(t *testing.T) {
	w := modeltest.World(4)
	n := w.States.N
	f := modeltest.AddForum(w, "osce", 0, 1)
	f.Line = world.Confidence
	text(w, f, .2)
	w.Dyads.Inherit(n, 0, 1, .5)
	modeltest.Both(w, w.Dyads.Channel, 2, 3, .4) // a scenario's own
	modeltest.Play(t, w, 1, 20, with(t, map[string]float64{"diplomacy.agreement": -50, "diplomacy.lapse": 0}))
	if a, b := w.Dyads.Channel[1], w.Dyads.Channel[2*n+3]; a != .5 || b != .4 {
		t.Errorf("channels of .5 and .4 have become %g and %g", a, b)
	}
}

func TestScripted(t *testing.T) {
	w := blocs()
	n := w.States.N
	rivals(w, 2, 7)
	script := func(agent, decide, about, word string, mix []float64) events.Decision {
		return events.Decision{Agent: "state." + agent, Decide: decide, About: about, Word: word, Position: mix, Until: 1 << 20}
	}
	var err error
	w.Rules, err = events.Rules(w, []events.Decision{
		script("s0", "effort", "", "", []float64{.1, .2, .3, .4}),
		script("s0", "agree", "s5", "yes", nil), script("s5", "agree", "s0", "yes", nil),
		script("s2", "agree", "", "no", nil), script("s1", "agree", "s6", "yes", nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	// Everybody is ready, but who is scripted to say no.
	for i := range n {
		w.States.Threat[i] = 1
	}
	eager := w.Clone()
	modeltest.Play(t, eager, 1, 80, with(t, map[string]float64{"diplomacy.agreement": 50, "diplomacy.lapse": 0}))
	if eager.Dyads.Agreement(1, 6) < 0 || eager.Dyads.Agreement(2, 7) >= 0 {
		t.Error("a state that says no agrees, or one that says yes does not")
	}
	// Nobody is ready, but who is scripted to say yes; and one leaves.
	w.Dyads.Inherit(n, 2, 8, .5)
	modeltest.Play(t, w, 1, 4, only(t, "agreement", -50))
	if w.States.Effort[0] != [world.Efforts]float64{.1, .2, .3, .4} {
		t.Errorf("scripted effort is %v", w.States.Effort[0])
	}
	if w.Dyads.Agreement(0, 5) < 0 {
		t.Error("two states that both say yes do not agree")
	}
	if w.Dyads.Agreement(1, 6) >= 0 {
		t.Error("one yes makes an agreement")
	}
	if w.Dyads.Agreement(2, 8) >= 0 || w.Dyads.Channel[2*n+8] > .2 { // a bridge may leave a line
		t.Error("a state that says no stays in an agreement")
	}
}

func TestChronicle(t *testing.T) {
	w := blocs()
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	rivals(w, 1, 6)
	f := modeltest.AddForum(w, "osce", 0, 1, 2)
	f.Line, f.Legitimacy = world.Confidence, .9
	m := with(t, map[string]float64{"diplomacy.agreement": 50, "diplomacy.lapse": .3, "diplomacy.bridging": .8})
	modeltest.Begin(w, 1, m)
	text(w, &w.Forums[0], .8)
	for k := range 40 {
		w.Tick = k
		m.Step(modeltest.At(w, 1, m.Name(), k), w)
	}
	told := map[string]int{}
	for _, e := range w.Chronicle.Entries {
		told[e.Kind]++
		if e.Weight < 0 || e.Weight > 1 || !strings.HasSuffix(e.Text, ".") {
			t.Errorf("%+v", e)
		}
	}
	if told["agreement"] < 2 || told["measures"] != 1 || told["bridge"] == 0 || told["bridge"] > 45 {
		t.Errorf("the chronicle has %v", told)
	}
}

// TestTickLength: bridges and lines after ten years do not depend on it.
func TestTickLength(t *testing.T) {
	var bridges, lines []float64
	for _, length := range []sim.TickLength{sim.Month, sim.Quarter, sim.Year} {
		w := blocs()
		w.Calendar.Tick = length
		f := modeltest.AddForum(w, "osce", 0, 1, 2)
		f.Line = world.Confidence
		text(w, f, .8)
		modeltest.Play(t, w, 1, 10*w.Calendar.PerYear(), with(t, map[string]float64{"diplomacy.agreement": -50}))
		bridges, lines = append(bridges, sum(w.Dyads.Bridge)), append(lines, w.Dyads.Channel[1])
	}
	for k := 1; k < 3; k++ {
		modeltest.Near(t, "sum of bridges", bridges[k]/bridges[0], 1, .03)
		modeltest.Near(t, "line", lines[k], lines[0], 1e-9)
	}
}

// TestValid plays any parameters on any world.
func TestValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{})
		for k := range rapid.IntRange(0, 3).Draw(t, "forums") {
			f := modeltest.AddForum(w, string(rune('a'+k)), 0)
			f.Line = world.Confidence
			text(w, f, rapid.Float64Range(0, 1).Draw(t, "depth"))
		}
		set := new(sim.Parameters)
		m := diplomacy.New(set)
		modeltest.DrawParameters(t, set)
		before := slices.Clone(w.States.Position)
		modeltest.Begin(w, 1, m)
		for k := range 12 {
			w.Tick = k
			m.Step(modeltest.At(w, 1, m.Name(), k), w)
			for i := range w.States.Effort {
				if own := w.States.Effort[i][:]; slices.Min(own) < 0 || math.Abs(sum(own)-1) > 1e-9 {
					t.Fatalf("efforts of state %d are %v", i, own)
				}
			}
		}
		if wrong := modeltest.Invalid(w); wrong != "" {
			t.Fatal(wrong)
		}
		if !slices.Equal(before, w.States.Position) {
			t.Fatal("diplomacy moves positions")
		}
		channels := w.Standing.Channels
		if w.CountChannels(); channels != w.Standing.Channels {
			t.Fatalf("%d channels counted; there are %d", channels, w.Standing.Channels)
		}
	})
}

// TestLastLineCloses: what a bridge holds up of a channel when an agreement ends goes with
// the bridge, even where the agreement itself had opened no channel.
func TestLastLineCloses(t *testing.T) {
	w := modeltest.World(3, .1, .5, .9)
	w.Dyads.Agree(3, 0, 1, 0, -1)
	modeltest.Both(w, w.Dyads.Bridge, 0, 1, .03)
	w.Dyads.Mark(3, 0, 1)
	m := with(t, map[string]float64{"diplomacy.lapse": 1, "diplomacy.bridging": 0, "diplomacy.decay": .99, "diplomacy.budget": 0})
	modeltest.Begin(w, 1, m)
	opened := false
	for k := range 12 {
		w.Tick = k
		m.Step(modeltest.At(w, 1, m.Name(), k), w)
		opened = opened || w.Dyads.Channel[1] > 0
	}
	if !opened || w.Dyads.Channel[1] > 0 {
		t.Errorf("the channel has opened: %v; at the end it is %g", opened, w.Dyads.Channel[1])
	}
}

// TestOrder: the order of states changes nothing.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{})
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1)).Perm(w.States.N)
		other := modeltest.Permute(w, order)
		for _, c := range []*world.World{w, other} {
			m := diplomacy.New(new(sim.Parameters))
			modeltest.Begin(c, 1, m)
			for k := range 3 {
				m.Step(modeltest.At(c, 1, m.Name(), k), c)
			}
		}
		n := w.States.N
		for k, i := range order {
			for l, j := range order {
				for what, pair := range map[string][2]float64{
					"bridge":  {other.Dyads.Bridge[k*n+l], w.Dyads.Bridge[i*n+j]},
					"channel": {other.Dyads.Channel[k*n+l], w.Dyads.Channel[i*n+j]},
					"trust":   {other.Dyads.Trust[k*n+l], w.Dyads.Trust[i*n+j]},
				} {
					if math.Abs(pair[0]-pair[1]) > 1e-9 {
						t.Fatalf("in another order the %s of %d and %d is %g; want %g", what, i, j, pair[0], pair[1])
					}
				}
			}
		}
	})
}

// TestContinues: agreements, bridges and measures go on in a copy of the world as they
// would have.
func TestContinues(t *testing.T) {
	w := blocs()
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	rivals(w, 1, 6)
	for k, id := range []string{"osce", "arf"} {
		f := modeltest.AddForum(w, id, k, k+1, k+2)
		f.Line, f.Legitimacy = world.Confidence, .9
		text(w, f, .8)
	}
	modeltest.Both(w, w.Dyads.Bridge, 0, 5, .8)
	w.Dyads.Mark(w.States.N, 0, 5)
	modeltest.Continues(t, w, 1, 22, func() []sim.Mechanism[*world.World] {
		return []sim.Mechanism[*world.World]{
			with(t, map[string]float64{"diplomacy.agreement": 50, "diplomacy.lapse": .3, "diplomacy.partners": 2}), shaken{},
		}
	})
}

// shaken lapses a text and turns to new partners halfway.
type shaken struct{}

func (shaken) Name() string                  { return "shaken" }
func (shaken) Prepare(*world.World)          {}
func (shaken) Begin(*sim.Tick, *world.World) {}
func (shaken) Step(now *sim.Tick, w *world.World) {
	if now.Index == 7 {
		w.Texts[0].Status = world.Lapsed
		w.States.Users[7], w.States.Users[9] = w.States.Users[9], 3*w.States.Users[7]
		w.States.Stack[10], w.States.Stack[11] = 0, 1
		modeltest.Both(w, w.Dyads.Channel, 3, 4, .3)
	}
}

// TestStepDoesNotAllocate plays a January, too.
func TestStepDoesNotAllocate(t *testing.T) {
	w := blocs()
	rivals(w, 1, 6)
	f := modeltest.AddForum(w, "osce", 0, 1, 2)
	f.Line = world.Confidence
	text(w, f, .8)
	m := with(t, nil)
	modeltest.Play(t, w, 1, 12, m)
	for _, k := range []int{12, 14} {
		now := modeltest.At(w, 1, m.Name(), k)
		if n := testing.AllocsPerRun(20, func() { m.Step(now, w) }); n != 0 {
			t.Errorf("tick %d allocates %g times", k, n)
		}
	}
}

// BenchmarkStep is a tick of 193 states: a January and another.
func BenchmarkStep(b *testing.B) {
	w := modeltest.Random(rand.New(rand.NewPCG(1, 1)), 193, 1, 2, 0, false)
	clear(w.Dyads.Rival)
	for i := range 9 { // 36 pairs, as in the data
		for j := range i {
			rivals(w, i, j)
		}
	}
	members := make([]int, 57)
	for i := range members {
		members[i] = i
	}
	f := modeltest.AddForum(w, "osce", members...)
	f.Line = world.Confidence
	text(w, f, .3)
	m := with(b, nil)
	modeltest.Play(b, w, 1, 12, m)
	for name, k := range map[string]int{"january": 14, "other": 15} {
		b.Run(name, func(b *testing.B) {
			now := modeltest.At(w, 1, m.Name(), k)
			for b.Loop() {
				m.Step(now, w)
			}
		})
	}
}
