package security

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// exact is the rounding of a handful of operations.
const exact = 1e-12

// sigmas is how many standard deviations a frequency may lie off. The seeds are
// fixed, so that a test either always passes or never does.
const sigmas = 4

// plain makes the mechanism with known values of everything; what a test is about
// it changes.
func plain(t interface {
	Helper()
	Fatal(args ...any)
}, changes map[string]float64,
) *Security {
	t.Helper()
	set := new(sim.Parameters)
	m := New(set)
	values := map[string]float64{
		"security.rate": 20, "security.rivalry": 100, "security.distance": 1, "security.grievance": 0, "security.attribution": 1, "security.attribution-capability": 0,
		"security.public": 1, "security.doubt": 0, "security.channel": .5, "security.deterrence": 0,
		"security.escalation": 0, "security.deescalation": 0,
		"security.trust-gain": 0, "security.trust-loss": 0, "security.trust-return": 0, "security.memory": 0,
		"security.restraint": 0, "security.breach": 0, "security.covert": 0, "security.offices": 0, "security.separation": 0,
		"security.reach-of-the-day": 0, "security.experience": 0, "security.rivalry-turn": 0,
	}
	for name, value := range changes {
		values["security."+name] = value
	}
	for name, value := range values {
		if err := set.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// wary is a world of n states that half trust one another.
func wary(n int) *world.World {
	w := modeltest.World(n)
	w.TrustAll(.5)
	return w
}

func rivals(w *world.World, i, j int) {
	n := w.States.N
	w.Dyads.Rival[i*n+j], w.Dyads.Rival[j*n+i] = true, true
}

func begin(m *Security, w *world.World) { modeltest.Begin(w, 1, m) }

// play runs ticks on a copy of the world and sums what happened.
func play(m *Security, initial *world.World, seed uint64, ticks int) (total world.Activity, w *world.World) {
	w = initial.Clone()
	begin(m, w)
	for tick := range ticks {
		w.Tick, w.Activity = tick, world.Activity{}
		m.Step(modeltest.At(w, seed, m.Name(), tick), w)
		total.Incidents += w.Activity.Incidents
		total.Misattributed += w.Activity.Misattributed
		total.Attributed += w.Activity.Attributed
		total.Escalations += w.Activity.Escalations
		total.Severity += w.Activity.Severity
	}
	return total, w
}

// The factor lambda is solved so that a world that stays as it is sees the declared
// number of incidents a year, whatever the tick and whoever lives in it.
func TestRate(t *testing.T) {
	const runs, years = 60, 2
	for _, tick := range []sim.TickLength{sim.Month, sim.Quarter, sim.Year} {
		w := modeltest.Random(rand.New(rand.NewPCG(uint64(tick), 3)), 9, 1, 2, 2, true)
		w.Calendar.Tick = tick
		m := plain(t, map[string]float64{"rate": 20, "deterrence": .3})
		incidents := 0
		for seed := range uint64(runs) {
			total, _ := play(m, w, seed, years*w.Calendar.PerYear())
			incidents += total.Incidents
		}
		want := 20. * runs * years
		modeltest.Near(t, "incidents a year, tick of a "+tick.String(), float64(incidents)/runs/years, 20, sigmas*math.Sqrt(want)/runs/years)
	}
}

// Without incidents trust relaxes to where it started, at its rate a year.
func TestNoIncidents(t *testing.T) {
	for _, tick := range []sim.TickLength{sim.Month, sim.Quarter, sim.Year} {
		w := wary(4)
		w.Calendar.Tick = tick
		w.Dyads.Trust[0*4+1], w.Dyads.Trust[1*4+0] = .9, .1
		m := plain(t, map[string]float64{"rate": 0, "trust-return": .2, "trust-loss": 1, "trust-gain": 0})
		total, after := play(m, w, 1, 5*w.Calendar.PerYear())
		if total.Incidents != 0 {
			t.Errorf("%d incidents at rate 0", total.Incidents)
		}
		left := math.Pow(.8, 5)
		modeltest.Near(t, "trust that was high", after.Dyads.Trust[0*4+1], .5+.4*left, 1e-9)
		modeltest.Near(t, "trust that was low", after.Dyads.Trust[1*4+0], .5-.4*left, 1e-9)
		modeltest.Near(t, "trust in oneself", after.Dyads.Trust[2*4+2], 1, 0)
	}
}

// Contact above that of the first year makes trust, as a share of what is missing;
// contact below it does not unmake it.
func TestContactMakesTrust(t *testing.T) {
	w := wary(3)
	for k := range w.Dyads.Link {
		w.Dyads.Link[k] = .4
	}
	m := plain(t, map[string]float64{"rate": 0, "trust-gain": .4})
	begin(m, w)
	run := func(from, to int) {
		for tick := from; tick < to; tick++ {
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		}
	}
	run(0, 4)
	modeltest.Near(t, "trust in the first year", w.Dyads.Trust[0*3+1], .5, exact)
	run(4, 8)
	modeltest.Near(t, "trust at the contact of the first year", w.Dyads.Trust[0*3+1], .5, exact)
	w.Dyads.Link[0*3+1], w.Dyads.Link[0*3+2] = .9, .1
	run(8, 9)
	rate := sim.PerTick(.4, .25) / 4 * 2 * .5 // above by .5; contact is the mean of link and channel
	modeltest.Near(t, "trust of 0 in 1", w.Dyads.Trust[0*3+1], .5+rate*.5, exact)
	modeltest.Near(t, "trust of 1 in 0", w.Dyads.Trust[1*3+0], .5+rate*.5, exact)
	modeltest.Near(t, "trust of the pair that lost contact", w.Dyads.Trust[0*3+2], .5, exact)
	w.Dyads.SetChannel(3, 1, 2, .6) // counts as contact, too
	run(9, 10)
	rate = sim.PerTick(.4, .25) / 4 * 2 * .6
	modeltest.Near(t, "trust through a channel", w.Dyads.Trust[1*3+2], .5+rate*.5, exact)
	modeltest.Near(t, "and the other way", w.Dyads.Trust[2*3+1], .5+rate*.5, exact)
}

// Contact and the return to the start pull at trust together; even where both rates
// are as fast as they can be it does not overshoot.
func TestTrustDoesNotOvershoot(t *testing.T) {
	w := wary(2)
	d := &w.Dyads
	d.Trust = []float64{1, 0, 0, 1}
	d.TrustStart = []float64{1, .9, .9, 1}
	d.Link[1] = 0
	m := plain(t, map[string]float64{"rate": 0, "trust-gain": 1})
	begin(m, w)
	for tick := range 4 { // a first year without contact
		m.Step(modeltest.At(w, 1, m.Name(), tick), w)
	}
	m.TrustReturn, d.Link[1] = 1, 1
	d.SetChannel(2, 0, 1, 1)
	m.Step(modeltest.At(w, 1, m.Name(), 4), w)
	if trust := d.Trust[1]; !(trust >= 0 && trust <= 1) {
		t.Errorf("trust is %g", trust)
	}
}

// With attribution 1 nobody is blamed wrongly, with or without channels; without it
// the share of wrongful blame is what is left, less what channels clear up.
func TestAttribution(t *testing.T) {
	const years = 40
	for _, c := range []struct {
		what                 string
		attribution, channel float64
		level                float64 // of the channel of every pair
		wrong                float64
	}{
		{"perfect", 1, .5, 0, 0},
		{"perfect, with channels", 1, .5, 1, 0},
		{"none", 0, .5, 0, 1},
		{"none, with channels", 0, .5, 1, .5},
		{"none, half a channel", 0, .5, .5, .75},
		{"none, channels that clear all", 0, 1, 1, 0},
		{"three quarters", .75, 0, 1, .25},
	} {
		w := wary(6)
		for i := range 6 {
			for j := range i {
				modeltest.Both(w, w.Dyads.Channel, i, j, c.level)
			}
		}
		m := plain(t, map[string]float64{"rate": 50, "attribution": c.attribution, "channel": c.channel})
		total, _ := play(m, w, 5, 4*years)
		n := float64(total.Incidents)
		modeltest.Near(t, c.what, float64(total.Misattributed)/n, c.wrong, sigmas*math.Sqrt(c.wrong*(1-c.wrong)/n))
	}
}

// Who errs says so in public more seldom, by the doubt declared; the private suspicion
// is the same.
func TestDoubt(t *testing.T) {
	const years = 40
	for _, c := range []struct{ attribution, doubt, public float64 }{
		{0, 0, .5}, {0, .6, .2}, {0, 1, 0}, {1, .6, .5},
	} {
		m := plain(t, map[string]float64{"rate": 50, "attribution": c.attribution, "doubt": c.doubt, "public": .5})
		total, _ := play(m, wary(6), 5, 4*years)
		n := float64(total.Incidents)
		modeltest.Near(t, "share made public", float64(total.Attributed)/n, c.public, sigmas*math.Sqrt(c.public*(1-c.public)/n))
		modeltest.Near(t, "share that errs", float64(total.Misattributed)/n, 1-c.attribution, 0)
	}
}

// Means help: the strongest state gets all that they add, others in proportion to
// the root of their power.
func TestAttributionCapability(t *testing.T) {
	w := wary(2)
	w.States.Power = []float64{.8, .2}
	m := plain(t, map[string]float64{"attribution": .6, "attribution-capability": .2})
	begin(m, w)
	modeltest.Near(t, "strongest", m.probability(w, 0), .8, exact)
	modeltest.Near(t, "a quarter of its power", m.probability(w, 1), .7, exact)
	m.AttributionCapability = .9
	modeltest.Near(t, "no more than certain", m.probability(w, 0), 1, exact)
}

// chiSquare compares counts with weights; the statistic has len-1 degrees of
// freedom among positive weights.
func chiSquare(counts []int, weight []float64) float64 {
	total, all := 0.0, 0
	for k, x := range weight {
		total += x
		all += counts[k]
	}
	sum := 0.0
	for k, x := range weight {
		if want := x / total * float64(all); want > 0 {
			sum += (float64(counts[k]) - want) * (float64(counts[k]) - want) / want
		}
	}
	return sum
}

// critical is the .9999 quantile of chi-square with 5 degrees of freedom.
const critical = 25.74

// The race of clocks picks in proportion to weight.
func TestPickIsProportional(t *testing.T) {
	w := modeltest.World(7)
	weight := []float64{3, 0, 1e-3, .5, 2, .25, 1}
	m, counts := plain(t, nil), make([]int, 7)
	for tick := range 20 {
		now := modeltest.At(w, 3, m.Name(), tick)
		for number := range uint64(1000) {
			counts[pick(now, w, number, weight)]++
		}
	}
	if counts[1] != 0 {
		t.Errorf("%d picks without weight", counts[1])
	}
	if x := chiSquare(counts, weight); x > critical {
		t.Errorf("picks %v for weights %v: chi-square %.1f", counts, weight, x)
	}
	if got := pick(modeltest.At(w, 3, m.Name(), 0), w, 0, make([]float64, 7)); got != -1 {
		t.Errorf("picks %d though nobody has weight", got)
	}
}

// Who is picked depends neither on the order of the states nor on states without
// weight.
func TestPickIgnoresOrder(t *testing.T) {
	w := modeltest.World(8)
	order := []int{5, 2, 7, 0, 1, 6, 3, 4}
	shuffled := modeltest.Permute(w, order)
	weight := []float64{3, 1, .1, .5, 2, .25, 0, 1}
	moved := make([]float64, 8)
	for k, i := range order {
		moved[k] = weight[i]
	}
	m := plain(t, nil)
	for number := range uint64(500) {
		a := pick(modeltest.At(w, 3, m.Name(), 1), w, number, weight)
		b := pick(modeltest.At(w, 3, m.Name(), 1), shuffled, number, moved)
		if w.States.ID[a] != shuffled.States.ID[b] {
			t.Fatalf("number %d: %s in one order, %s in another", number, w.States.ID[a], shuffled.States.ID[b])
		}
	}
}

// Initiators act in proportion to offence, and against whom they distrust, above
// all their rivals; deterrence spares who can attribute and answer.
func TestHazard(t *testing.T) {
	w := wary(4)
	w.States.Offence = []float64{.7, .2, .1, 0}
	w.Dyads.Trust[0*4+1], w.Dyads.Trust[0*4+2], w.Dyads.Trust[0*4+3] = .9, .2, .5
	rivals(w, 0, 3)
	m := plain(t, map[string]float64{"rivalry": 10})
	begin(m, w)
	modeltest.Near(t, "hazard of 0", m.hazard[0], .7*(.1*.1*.1+.8*.8*.8+.5*(.25+10)), 1e-9)
	modeltest.Near(t, "hazard of 1", m.hazard[1], .2*3*.125, 1e-9)
	modeltest.Near(t, "hazard of 3", m.hazard[3], 0, 0)
	m.suspects(w, 0)
	for j, want := range []float64{0, .1 * .1 * .1, .8 * .8 * .8, .5 * (.25 + 10)} {
		modeltest.Near(t, "hazard of 0 on a state", m.weight[j], want, 1e-9)
	}
	modeltest.Near(t, "incidents a year", m.Lambda*(m.hazard[0]+m.hazard[1]+m.hazard[2]), 20, 1e-9)

	// Full deterrence by victims of equal power, who attribute with certainty, of an
	// initiator whose whole population is online: nothing is left.
	m = plain(t, map[string]float64{"deterrence": 1, "rivalry": 10})
	w.States.Penetration = []float64{1, .25, 1, 1}
	begin(m, w)
	modeltest.Near(t, "hazard of 0, deterred", m.hazard[0], 0, 1e-9)
	modeltest.Near(t, "hazard of 1, which has less to lose", m.hazard[1], .2*3*.125*.75, 1e-9)
}

// Who is wrongly blamed is drawn by suspicion: offence, mistrust and rivalry.
func TestWrongfulBlameFollowsSuspicion(t *testing.T) {
	w := wary(7)
	const initiator, target = 2, 4
	w.States.Offence = []float64{.3, .1, .9, .05, .5, .2, .05}
	for k, trust := range []float64{.5, .1, 0, .9, 1, .3, .7} {
		w.Dyads.Trust[target*7+k] = trust
	}
	rivals(w, target, 3)
	m := plain(t, map[string]float64{"rivalry": 5, "channel": 0})
	begin(m, w)
	weight := []float64{.3 * .5 * .25, .1 * .9 * .25, 0, .05 * .1 * (.25 + 5), 0, .2 * .7 * .25, .05 * .3 * .25} // all others half trust the target
	counts := make([]int, 7)
	for tick := range 10 {
		now := modeltest.At(w, 9, m.Name(), tick)
		for number := range uint64(1000) {
			counts[m.wronglyBlame(now, w, number, initiator, target, 0)]++
		}
	}
	if x := chiSquare(counts, weight); x > critical || counts[initiator]+counts[target] > 0 {
		t.Errorf("blamed %v for weights %v: chi-square %.1f", counts, weight, x)
	}
	// In a world of two there is nobody else to blame.
	pair := wary(2)
	begin(m, pair)
	if got := m.wronglyBlame(modeltest.At(pair, 1, m.Name(), 0), pair, 0, 0, 1, 0); got != Nobody {
		t.Errorf("blames %d", got)
	}
}

// The severities of DCID 2.0: mean 3.0, none above 6.
func TestSeverity(t *testing.T) {
	m := New(new(sim.Parameters))
	var counts [11]int
	const draws = 35000
	for k := range draws {
		counts[int(m.severity((float64(k)+.5)/draws))]++
	}
	for severity, weight := range m.Severities {
		modeltest.Near(t, "frequency of a severity", float64(counts[severity]), weight*100, 1) // weights sum to 350
	}
	if m.severity(0) != 1 || m.severity(math.Nextafter(1, 0)) != 6 {
		t.Error("the ends of the distribution are not its ends")
	}
}

// Trust falls in proportion to severity: the victim's in whom it blames, and the
// other way round if the blame is public.
func TestBlameCostsTrust(t *testing.T) {
	for _, c := range []struct {
		what           string
		incident       Incident
		victim, blamed float64 // trust of the victim in 2 and of 2 in the victim, afterwards
		attributed     int
		misattributed  int
	}{
		{"public", Incident{Initiator: 2, Target: 0, Severity: 5, Blamed: 2, Public: true, Climb: 1}, .4, .4, 1, 0},
		{"quiet", Incident{Initiator: 2, Target: 0, Severity: 5, Blamed: 2, Climb: 1}, .4, .5, 0, 0},
		{"wrong", Incident{Initiator: 1, Target: 0, Severity: 5, Blamed: 2, Public: true, Climb: 1}, .4, .4, 1, 1},
		{"nobody", Incident{Initiator: 2, Target: 0, Severity: 5, Blamed: Nobody, Public: true, Climb: 1}, .5, .5, 0, 0},
		{"severe", Incident{Initiator: 2, Target: 0, Severity: 10, Blamed: 2, Public: true, Climb: 1}, .3, .3, 1, 0},
	} {
		w := wary(3)
		rivals(w, 0, 2)
		m := plain(t, map[string]float64{"trust-loss": .4})
		begin(m, w)
		m.Happen(w, c.incident)
		modeltest.Near(t, c.what+": trust of the victim", w.Dyads.Trust[0*3+2], c.victim, exact)
		modeltest.Near(t, c.what+": trust of the blamed", w.Dyads.Trust[2*3+0], c.blamed, exact)
		modeltest.Near(t, c.what+": trust of the victim in the third", w.Dyads.Trust[0*3+1], .5, exact)
		modeltest.Near(t, c.what+": salience", w.States.Salience[0], 1+c.incident.Severity/10, exact)
		threat := c.incident.Severity / 10
		if c.incident.Blamed == Nobody {
			threat = 0
		}
		modeltest.Near(t, c.what+": threat", w.States.Threat[0], threat, exact)
		a := w.Activity
		if a.Incidents != 1 || a.Attributed != c.attributed || a.Misattributed != c.misattributed {
			t.Errorf("%s: %+v", c.what, a)
		}
		severity := 0.0
		if w.Dyads.Rival[c.incident.Initiator*3+c.incident.Target] {
			severity = c.incident.Severity / 10
		}
		modeltest.Near(t, c.what+": severity between rivals", a.Severity, severity, exact)
	}
}

// A publicly blamed incident of severity 3 climbs with the probability declared,
// another with the square of its severity, and less through a channel.
func TestClimb(t *testing.T) {
	for _, c := range []struct {
		what              string
		severity, channel float64
		public            bool
		climb             float64
		want              uint8
	}{
		{"just below the chance", 3, 0, true, .0999, world.Protest},
		{"just above", 3, 0, true, .1001, world.NoResponse},
		{"twice the severity", 6, 0, true, .3999, world.Protest},
		{"twice the severity, above", 6, 0, true, .4001, world.NoResponse},
		{"a full channel", 3, 1, true, .0499, world.Protest},
		{"a full channel, above", 3, 1, true, .0501, world.NoResponse},
		{"in silence", 3, 0, false, 0, world.NoResponse},
	} {
		w := wary(3)
		modeltest.Both(w, w.Dyads.Channel, 0, 1, c.channel)
		m := plain(t, map[string]float64{"escalation": .1, "channel": .5})
		begin(m, w)
		m.Happen(w, Incident{Initiator: 1, Target: 0, Severity: c.severity, Blamed: 1, Public: c.public, Climb: c.climb})
		if got := w.Dyads.Ladder[0*3+1]; got != c.want || w.Dyads.Ladder[1*3+0] != 0 || (w.Activity.Escalations == 1) != (c.want > 0) {
			t.Errorf("%s: rung %d, want %d", c.what, got, c.want)
		}
	}
	// The ladder has an end.
	w := wary(2)
	w.Dyads.Trust[0*2+1] = .4
	m := plain(t, map[string]float64{"escalation": 1})
	begin(m, w)
	for range 10 {
		m.Happen(w, Incident{Initiator: 1, Target: 0, Severity: 4, Blamed: 1, Public: true})
	}
	if w.Dyads.Ladder[0*2+1] != world.CrossDomain || w.Activity.Escalations != int(world.CrossDomain) {
		t.Errorf("rung %d after %d escalations", w.Dyads.Ladder[0*2+1], w.Activity.Escalations)
	}
	if !slices.Contains(w.Dyads.Marked, [2]int32{0, 1}) {
		t.Error("a pair with a rung is not marked, so that its link does not feel it")
	}
}

// The first answer to a grave incident is sanctions, unless the victim trusts the accused,
// whatever came before; a lesser one is protested
// against, who has climbed already climbs one
// rung, and who is too small for sanctions is left with a protest.
func TestGraveIsPunished(t *testing.T) {
	for _, c := range []struct {
		what                     string
		severity, trust, economy float64
		before                   bool // whether an incident of the accused came before
		from, want               uint8
	}{
		{"mistrust", 5, .4, .3, false, world.NoResponse, world.Sanctions},
		{"trust", 5, .6, .3, false, world.NoResponse, world.Protest},
		{"trust that was wronged", 5, .6, .3, true, world.NoResponse, world.Protest},
		{"a lesser incident", 4, .4, .3, true, world.NoResponse, world.Protest},
		{"a dwarf", 5, .4, .014, false, world.NoResponse, world.Protest},
		{"a dwarf that has protested", 5, .4, .014, false, world.Protest, world.Protest},
		{"a rung further", 5, .4, .3, false, world.Sanctions, world.CounterOperation},
	} {
		w := wary(3)
		w.States.Economy = []float64{c.economy, .3, .3}
		w.Dyads.Trust[0*3+1] = c.trust
		m := plain(t, map[string]float64{"escalation": 1, "grievance": 1})
		begin(m, w)
		if c.before {
			m.Happen(w, Incident{Initiator: 1, Target: 0, Severity: 3, Blamed: 1})
		}
		w.Dyads.Ladder[0*3+1] = c.from
		m.Happen(w, Incident{Initiator: 1, Target: 0, Severity: c.severity, Blamed: 1, Public: true})
		if got := w.Dyads.Ladder[0*3+1]; got != c.want {
			t.Errorf("%s: rung %d, want %d", c.what, got, c.want)
		}
	}
}

// A rivalry of two states that the same great power is allied to moves neither.
func TestCommonAllyKeepsPeace(t *testing.T) {
	w := wary(5)
	w.States.Power = []float64{.6, .1, .1, .1, .1}
	ally := func(i, j int) { w.Dyads.Ally[i*5+j], w.Dyads.Ally[j*5+i] = true, true }
	ally(0, 1)
	ally(0, 2)
	ally(4, 1)
	ally(4, 3)      // no great power
	rivals(w, 1, 2) // kept
	rivals(w, 1, 3) // by whom nobody great keeps
	rivals(w, 0, 2) // the great power itself
	m := plain(t, nil)
	begin(m, w)
	want := [][2]int{{0, 2}, {1, 3}, {2, 0}, {3, 1}}
	if !slices.Equal(m.Rivals, want) {
		t.Errorf("rivalries that move states: %v, want %v", m.Rivals, want)
	}
	m.suspects(w, 1)
	modeltest.Near(t, "hazard on the other ally", m.weight[2], m.prize[2]*.125, 1e-9)
	sums(t, m, w)
}

// facts are what a mechanism reports.
type facts struct{ list []world.Fact }

func (f *facts) Tell(_ *world.World, fact world.Fact) { f.list = append(f.list, fact) }

// Who is punished for what it did not do answers by a rung, up to the one that it
// suffers; who did it does not, and a channel or forgiveness keeps others from it.
func TestWronglyAccusedReply(t *testing.T) {
	for _, c := range []struct {
		what    string
		blamed  int
		channel float64
		draw    float64
		before  uint8
		want    uint8
	}{
		{"wrongly accused", 2, 0, .59, world.NoResponse, world.Protest},
		{"forgiven", 2, 0, .61, world.NoResponse, world.NoResponse},
		{"a channel", 2, 1, .31, world.NoResponse, world.NoResponse},
		{"below a channel", 2, 1, .29, world.NoResponse, world.Protest},
		{"even already", 2, 0, 0, world.Protest, world.Protest},
		{"rightly accused", 1, 0, 0, world.NoResponse, world.NoResponse},
	} {
		w := wary(3)
		modeltest.Both(w, w.Dyads.Channel, 0, 2, c.channel)
		w.Dyads.Ladder[c.blamed*3] = c.before
		heard := new(facts)
		w.Chronicle.On, w.Chronicle.Teller = true, heard
		m := plain(t, map[string]float64{"escalation": 1, "channel": .5, "reply": .6})
		begin(m, w)
		m.Happen(w, Incident{Initiator: 1, Target: 0, Severity: 9, Blamed: c.blamed, Public: true, Reply: c.draw})
		if got := w.Dyads.Ladder[c.blamed*3]; got != c.want {
			t.Errorf("%s: rung %d, want %d", c.what, got, c.want)
		}
		tells := slices.ContainsFunc(heard.list, func(f world.Fact) bool { r, is := f.(Replied); return is && r.Of == 2 })
		if tells != (c.want > c.before) {
			t.Errorf("%s: told %v", c.what, tells)
		}
	}
}

// Responses come down by one rung at a time, with their rate a year; those of the
// start do, too.
func TestDeescalation(t *testing.T) {
	w := wary(3)
	w.Dyads.Ladder[0*3+1], w.Dyads.Ladder[2*3+0] = world.CrossDomain, world.Protest
	m := plain(t, map[string]float64{"rate": 0, "deescalation": 1})
	begin(m, w)
	for tick, want := range []uint8{3, 2, 1, 0, 0} {
		m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		if w.Dyads.Ladder[0*3+1] != want || w.Dyads.Ladder[2*3+0] != 0 {
			t.Errorf("tick %d: rungs %d and %d", tick, w.Dyads.Ladder[0*3+1], w.Dyads.Ladder[2*3+0])
		}
	}
	// A rate of .4 a year lets .4 of many pairs come down in a year, in any tick.
	for _, tick := range []sim.TickLength{sim.Month, sim.Year} {
		const n = 40
		w := wary(n)
		w.Calendar.Tick = tick
		for k := range w.Dyads.Ladder {
			if k/n != k%n {
				w.Dyads.Ladder[k] = world.Protest
			}
		}
		_, w = play(plain(t, map[string]float64{"rate": 0, "deescalation": .4}), w, 1, w.Calendar.PerYear())
		up := 0.0
		for _, rung := range w.Dyads.Ladder {
			up += float64(rung)
		}
		pairs := float64(n * (n - 1))
		modeltest.Near(t, "share that came down in ticks of a "+tick.String(), 1-up/pairs, .4, sigmas*math.Sqrt(.24/pairs))
	}
}

// Threat fades at its rate.
func TestThreatFades(t *testing.T) {
	w := wary(2)
	w.States.Threat[0] = 2
	_, w = play(plain(t, map[string]float64{"rate": 0, "memory": .3}), w, 1, 8)
	modeltest.Near(t, "threat after two years", w.States.Threat[0], 2*.49, 1e-9)
}

// stern answers every accusation in its own way.
type stern struct {
	word  string
	asked *[]uint8
}

func (s stern) Decide(_ *world.World, asked world.Asked) world.Answer {
	if asked.Question != world.AnswerQuestion {
		return asked.Model
	}
	*s.asked = append(*s.asked, uint8(slices.Index(world.Rungs, asked.Model.Word)))
	return world.Answer{Word: s.word}
}

// The victim's rule is asked, with the model's answer, and may climb further or
// come down; what is no rung is the model's.
func TestAnswerIsAsked(t *testing.T) {
	var asked []uint8
	w := wary(2)
	w.Dyads.Trust[0*2+1] = .4
	m := plain(t, map[string]float64{"escalation": 1})
	begin(m, w)
	for _, c := range []struct {
		word        string
		model, want uint8
	}{
		{"counter-operation", world.Protest, world.CounterOperation},
		{"none", world.CrossDomain, world.NoResponse},
		{"war", world.Protest, world.Protest},
	} {
		w.Rules.State = []world.Rule{stern{word: c.word, asked: &asked}, nil}
		m.Happen(w, Incident{Initiator: 1, Target: 0, Severity: 4, Blamed: 1, Public: true})
		if got := w.Dyads.Ladder[0*2+1]; got != c.want || asked[len(asked)-1] != c.model {
			t.Errorf("answers %s: rung %d, model said %v", c.word, got, asked)
		}
	}
	m.Happen(w, Incident{Initiator: 0, Target: 1, Severity: 10, Blamed: 0, Public: true})
	if len(asked) != 3 {
		t.Error("the blamed state is asked for the victim's answer")
	}
}

// Whatever the parameters and whatever happens, trust stays a share, symmetric in
// nothing but its start, and no ladder leaves its rungs.
func TestTrustStaysAShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{States: 6})
		w.Calendar.Tick = sim.TickLength(rapid.IntRange(0, 2).Draw(t, "tick"))
		set := new(sim.Parameters)
		m := New(set)
		modeltest.DrawParameters(t, set)
		m.Rate = min(m.Rate, 200) // time, not truth
		begin(m, w)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "links"), 1))
		n := w.States.N
		for tick := range 10 {
			for k := range w.Dyads.Link {
				w.Dyads.Link[k] = rng.Float64()
			}
			if n > 1 && rng.IntN(2) == 0 {
				w.Dyads.SetChannel(n, 0, 1, rng.Float64())
			}
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
			for k, trust := range w.Dyads.Trust {
				if !(trust >= 0 && trust <= 1) || k/n == k%n && trust != 1 {
					t.Fatalf("tick %d: trust of %d in %d is %g", tick, k/n, k%n, trust)
				}
				if w.Dyads.Ladder[k] > world.CrossDomain {
					t.Fatalf("rung %d", w.Dyads.Ladder[k])
				}
			}
		}
	})
}

// Beyond its neighbourhood a state acts as far as its power or its record goes, and in
// it on those with whom it is at odds; recorded rivals are in everybody's reach.
func TestReach(t *testing.T) {
	w := wary(6)
	w.States.Power = []float64{.8, .1, .04, .02, .02, .02}
	w.States.Users = []float64{.8, .1, .04, .02, .02, .02}
	w.States.Offence = []float64{.1, .1, .1, .1, .1, .5}
	w.States.Region = []int{0, 1, 1, 1, 2, 2}
	w.Dyads.Trust[1*6+2] = .2 // at odds with one neighbour, not with the other
	rivals(w, 3, 4)
	m := plain(t, map[string]float64{"rivalry": 10})
	begin(m, w)
	for i, want := range []float64{1, .2, .2, .2, .2, 1} { // against the first in power, or the busiest
		x := math.Pow(want/.25, 3)
		modeltest.Near(t, "reach", m.reach[i], x/(1+x), exact)
	}
	far := m.reach[1]
	prize := func(j int) float64 { x := 6 * w.Weight(j); return 2 * x * x / (1 + x) }
	m.suspects(w, 1)
	for j, want := range []float64{prize(0) * .125 * far, 0, prize(2) * .8 * (.64*far + (1-far)*.6), prize(3) * .125 * far, prize(4) * .125 * far, prize(5) * .125 * far} {
		modeltest.Near(t, "hazard of a regional state on a state", m.weight[j], want, 1e-9)
	}
	m.suspects(w, 3)
	modeltest.Near(t, "hazard on a rival", m.weight[4], (prize(4)*.25*m.reach[3]+10)*.5, 1e-9)
	sums(t, m, w)

	// At distance 0, or where the world is one neighbourhood, everybody acts everywhere.
	before := plain(t, map[string]float64{"rivalry": 10, "distance": 0})
	begin(before, w)
	one := w.Clone()
	one.States.Region = nil
	begin(m, one)
	for i := range 6 {
		before.suspects(w, i)
		m.suspects(one, i)
		for j := range 6 {
			modeltest.Near(t, "hazard without distance", before.weight[j], m.weight[j], 1e-9)
		}
		modeltest.Near(t, "hazard without distance, of all", before.hazard[i], m.hazard[i], 1e-9)
	}
}

// sums checks that what a state is expected to do is the sum over whom it does it to.
func sums(t *testing.T, m *Security, w *world.World) {
	t.Helper()
	m.hazards(w)
	for i := range w.States.N {
		m.suspects(w, i)
		sum := 0.0
		for _, x := range m.weight {
			sum += x * w.States.Offence[i]
		}
		modeltest.Near(t, "hazard of all that a state does", m.hazard[i], sum, 1e-9)
	}
}

// Who was hit, punished or falsely accused has a motive for a while, and is suspected
// for it; a recorded rivalry has no more to gain.
func TestGrievance(t *testing.T) {
	w := wary(6)
	w.States.Region = []int{0, 1, 2, 3, 4, 5}
	w.States.Power = []float64{.9, .02, .02, .02, .02, .02}
	w.States.Users = w.States.Power
	w.States.Offence = []float64{.5, .1, .1, .1, .1, .1}
	rivals(w, 0, 5)
	play := func(grievance float64) *Security {
		w := w.Clone()
		m := plain(t, map[string]float64{"rivalry": 10, "grievance": grievance, "memory": .3, "rate": 0, "escalation": 1})
		begin(m, w)
		m.Happen(w, Incident{Initiator: 0, Target: 1, Severity: 5, Blamed: 0, Climb: 1})                          // hit
		m.Happen(w, Incident{Initiator: 0, Target: 5, Severity: 5, Blamed: 0, Climb: 1})                          // a rival
		m.Happen(w, Incident{Initiator: 0, Target: 2, Severity: 3, Blamed: 3, Public: true, Climb: .9, Reply: 1}) // accused and punished
		sums(t, m, w)
		return m
	}
	motive := func(m *Security, i, j int) float64 {
		m.suspects(w, i)
		return m.weight[j]/.5 - m.within(w, i, j)*m.prize[j]
	}
	m := play(1)
	for _, c := range []struct {
		what       string
		i, j       int
		wrong, old float64
	}{
		{"hit", 1, 0, .5, 0},
		{"a rival that was hit", 5, 0, 0, 10},
		{"who hit", 0, 1, 0, 0},
		{"falsely accused, and punished by a rung", 3, 2, .3 + .25, 0},
		{"who suspects", 2, 3, .3, 0},
		{"who did it", 2, 0, 0, 0},
	} {
		modeltest.Near(t, "motive of the state "+c.what, motive(m, c.i, c.j), c.old+10*c.wrong/(1+c.wrong), 1e-9)
	}
	// The state that was hit is suspected by who hit it, in proportion.
	now := modeltest.At(w, 1, m.Name(), 0)
	m.wronglyBlame(now, w, 0, 5, 0, 0)
	modeltest.Near(t, "suspicion of who was hit", m.weight[1]/m.weight[4], (m.within(w, 1, 0)+10*.5/1.5)/m.within(w, 4, 0), 1e-9)
	for range 30 * w.Calendar.PerYear() {
		m.forget(sim.PerTick(.3, w.Calendar.Years()))
	}
	if len(m.Wrongs) > 0 {
		t.Errorf("after thirty years %+v are remembered", m.Wrongs)
	}
	m = play(0)
	modeltest.Near(t, "motive without grievances", motive(m, 1, 0), 0, 1e-9)
}

// An incident of a scenario in a run without the mechanism is attributed as if no
// other run had been played before.
func TestDerive(t *testing.T) {
	apart := wary(7)
	apart.States.Region = []int{0, 1, 1, 2, 2, 3, 3}
	apart.Dyads.Ladder[1*7+2] = world.CrossDomain
	strike := func(m *Security) *world.World {
		w := wary(7)
		m.Derive(w)
		for tick := range 50 {
			m.Strike(modeltest.At(w, 4, m.Name(), tick), w, tick%3, 4, 6)
		}
		return w
	}
	used := plain(t, map[string]float64{"attribution": 0, "grievance": 1, "trust-loss": .2})
	play(used, apart, 2, 20)
	fresh := plain(t, map[string]float64{"attribution": 0, "grievance": 1, "trust-loss": .2})
	if a, b := strike(used), strike(fresh); !slices.Equal(a.Dyads.Trust, b.Dyads.Trust) || a.Activity.Misattributed != 50 {
		t.Errorf("%+v after another run, %+v in a fresh one", a.Activity, b.Activity)
	}
}

// A run goes on from a copy of its world, or from one that was saved, as it would have.
func TestContinues(t *testing.T) {
	w := modeltest.Random(rand.New(rand.NewPCG(4, 1)), 9, 1, 2, 2, true)
	w.States.Region = []int{0, 0, 0, 1, 1, 1, 2, 2, 2}
	w.Chronicle.On, w.Chronicle.Teller = true, new(facts)
	modeltest.Continues(t, w, 1, 10, func() []sim.Mechanism[*world.World] {
		m := New(new(sim.Parameters))
		m.Rate, m.Escalation, m.Reply = 60, 1, 1
		return []sim.Mechanism[*world.World]{m}
	})
}

// An operation passes for crime as far as criminals go free where it comes from and the two
// are confused; then nobody is blamed.
func TestOperationsPassForCrime(t *testing.T) {
	blamed := func(confusion float64) (named int) {
		w := wary(3)
		w.Crime = world.Crime{Share: slices.Repeat([]float64{.5}, 9), Confusion: confusion}
		m := plain(t, map[string]float64{"attribution": 1, "public": 1})
		begin(m, w)
		for tick := range 1000 {
			w.Activity = world.Activity{}
			m.attribute(modeltest.At(w, 1, m.Name(), tick), w, 0, Incident{Initiator: 1, Target: 0, Severity: 1})
			named += w.Activity.Attributed
		}
		return named
	}
	if got := blamed(0); got != 1000 {
		t.Errorf("without confusion %d of 1000 are blamed", got)
	}
	modeltest.Near(t, "share that passes for crime", 1-float64(blamed(.4))/1000, .2, .05)
}

// A wave of crime that is taken for an operation blames a state that did not do it, which may
// answer; other waves are no matter of security.
func TestCrimeIsTakenForAnOperation(t *testing.T) {
	w := wary(3)
	m := plain(t, map[string]float64{"escalation": 1, "reply": 1, "public": 1, "doubt": 0})
	begin(m, w)
	w.Crime = world.Crime{Share: make([]float64, 9), Waves: []world.Wave{
		{Host: 1, Victim: 0, Severity: 9, Blamed: true},
		{Host: 2, Victim: 0, Severity: 9},
	}}
	m.blameForCrime(w)
	if w.Activity.Misattributed != 1 || w.Activity.Incidents != 1 || w.Activity.Escalations != 2 {
		t.Errorf("%+v", w.Activity)
	}
	if w.Dyads.Ladder[0*3+1] == world.NoResponse || w.Dyads.Ladder[1*3+0] == world.NoResponse || w.Dyads.Ladder[0*3+2] != world.NoResponse {
		t.Errorf("rungs %v", w.Dyads.Ladder)
	}
}

// How far a state can go takes an economy, mistrust and offensive means.
func TestHowFarAStateCanGo(t *testing.T) {
	for _, c := range []struct {
		what                       string
		own, other, trust, offence float64
		want                       uint8
	}{
		{"able", .3, .3, .4, .1, world.CrossDomain},
		{"small in the world", .0009, .001, .4, .1, world.Protest},
		{"small against the other", .01, .21, .4, .1, world.Protest},
		{"trusts", .3, .3, .6, .1, world.Protest},
		{"is not at odds", .3, .3, .5, .1, world.Protest},
		{"without means of its own", .3, .3, .4, 0, world.Sanctions},
	} {
		w := wary(2)
		w.States.Economy, w.States.Offence[0], w.Dyads.Trust[0*2+1] = []float64{c.own, c.other}, c.offence, c.trust
		m := plain(t, nil)
		begin(m, w)
		if got := m.ceiling(w, 0, 1); got != c.want {
			t.Errorf("%s: rung %d, want %d", c.what, got, c.want)
		}
	}
}
