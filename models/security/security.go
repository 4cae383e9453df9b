// Package security plays cyber incidents, their attribution and the response to
// them (E10), and moves trust (E11).
//
// The hazard of an incident of i on j is
//
//	lambda_ij = lambda o_i (1-tau_ij) (h_ij a_j + rho m_ij) (1 - D_ij)
//
// with o the initiator's offensive activity, a the prize (what the target's power and
// users are worth; else small islands would be hit as often as great powers), h the
// initiator's reach, m its motive and D deterrence.
// Great powers act world-wide and the others in their neighbourhood, as in the
// politically relevant dyads of the study of conflict (Maoz and Russett 1993; Lemke and
// Reed 2001); beyond it a state has a motive against recorded rivals, and for a time
// against those who hit, punished or wrongly accused it. The factor lambda is solved at
// the start so that the world sees
// the recorded number of incidents a year (Valeriano and Maness 2014; Maness et
// al. 2023). A victim believes whom it blames: rightly with a probability that
// grows with its means, else a state drawn by suspicion, which looks for the same
// motives (Edwards et al. 2017). Who errs is seldom sure enough to say so in public.
// Public blame can climb a ladder of responses, with restraint (Kreps and
// Schneider 2019); a channel between accuser and accused prevents part of the
// wrongful blame and of the climbing (Borghard and Lonergan 2018).
//
// Trust grows with contact above the level of the pair's first year, falls with
// incidents in proportion to their severity, and returns slowly to where it
// started.
package security

import (
	"math"
	"slices"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// severities is the distribution of the severity (0-10) of the incidents that
// DCID 2.0 records for 2000-2018: weights of severity 1 to 6.
var severities = [...]float64{1: 13, 2: 104, 3: 129, 4: 83, 5: 16, 6: 5}

// Security is the mechanism.
type Security struct {
	Rate, Rivalry         float64
	Distance, Grievance   float64
	Attribution           float64
	AttributionCapability float64
	Public, Doubt         float64
	Channel               float64
	Deterrence            float64
	Escalation, Reply     float64
	Deescalation          float64
	TrustGain             float64
	TrustLoss             float64
	TrustReturn           float64
	Memory                float64

	lambda   float64   // incidents a year and unit of hazard
	hazard   []float64 // by initiator
	deter    []float64 // by victim: attribution x capability x parameter
	prize    []float64 // by victim: see worth
	guarded  []float64 // by victim: prize x deter
	ability  []float64 // by victim: technical means of attribution, [0, 1]
	reach    []float64 // by initiator: how much of its activity goes beyond its neighbourhood, [0, 1]
	recorded []float64 // by initiator: offensive activity at the start against the busiest state's
	weight   []float64 // scratch of picks
	wronged  []float64 // scratch of suspicion, by suspect
	regions  [][]int   // states by neighbourhood
	apart    bool      // whether there is more than one
	rivals   [][2]int  // ordered pairs that a rivalry moves
	rivalry  []bool    // by pair, from the initiator on: whether one does
	wrongs   []wrong
	climbing [][2]int // ordered pairs whose ladder stands above none
	quiet    quiet    // what the chronicle sums up at the end of the year
	told     []told   // what it told of the tick
}

// New declares the parameters of the mechanism.
func New(set *sim.Parameters) *Security {
	m := new(Security)
	s := set.Section("security")
	unit := sim.Range{Min: 0, Max: 1}
	number := func(field *float64, name string, value float64, domain, plausible sim.Range, unit string, source sim.Source, doc, reference string) {
		s.Number(field, sim.Parameter{
			Name: name, Default: value, Domain: domain, Plausible: plausible,
			Unit: unit, Source: source, Doc: doc, Reference: reference,
		})
	}
	number(&m.Rate, "rate", 20, sim.Range{Min: 0, Max: 1000}, sim.Range{Min: 10, Max: 40}, "incidents per year", sim.Data,
		"Incidents that the world would see in a year if everything stayed as at the start.", "DCID 2.0: 429 incidents 2000-2020")
	number(&m.Rivalry, "rivalry", 25, sim.Range{Min: 0, Max: 10000}, sim.Range{Min: 10, Max: 50}, "factor", sim.Data,
		"How much likelier an incident, or the suspicion of one, is between recorded rivals than on a state of mean size.", "one incident in eight falls outside recorded rivalries: none in DCID 2.0, half in EuRepoC 1.1")
	number(&m.Distance, "distance", 1, unit, sim.Range{Min: .5, Max: 1}, "share", sim.Data,
		"How far operations beyond its neighbourhood are closed to a state without the power or the record of the first; 0 lets every state act world-wide.",
		"EuRepoC 1.1: 87 % of the incidents outside recorded rivalries are by great powers or among neighbours; politically relevant dyads: Maoz and Russett 1993; Lemke and Reed 2001")
	number(&m.Grievance, "grievance", 1, unit, sim.Range{Min: .5, Max: 1}, "share", sim.Assumption,
		"Share of a rivalry's motive that a boundless wrong remembered gives a state against who did it; 0 lets states act on recorded rivalries alone.", "")
	number(&m.Attribution, "attribution", .75, unit, sim.Range{Min: .6, Max: .9}, "probability", sim.Literature,
		"Probability that a victim without special means blames the true initiator; 1 switches misattribution off.", "Rid and Buchanan 2015; Edwards et al. 2017")
	number(&m.AttributionCapability, "attribution-capability", .15, unit, sim.Range{Min: 0, Max: .3}, "probability", sim.Assumption,
		"What the means of the most powerful state add to it.", "Rid and Buchanan 2015")
	number(&m.Public, "public", .6, unit, sim.Range{Min: .3, Max: .9}, "probability", sim.Assumption,
		"Probability that a victim which blames the right state says so in public.", "")
	number(&m.Doubt, "doubt", .7, unit, sim.Range{Min: .4, Max: .9}, "share", sim.Assumption,
		"Share of the wrongful blame that would be made public which stays a private suspicion: whoever errs is seldom sure. 0 makes an error as public as the truth.",
		"accusers wait until they are confident: Egloff and Smeets 2023")
	number(&m.Channel, "channel", .4, unit, sim.Range{Min: .2, Max: .6}, "share", sim.Assumption,
		"Share of wrongful blame, and of climbs on the ladder, that a full channel between the two states prevents.", "Borghard and Lonergan 2018")
	number(&m.Deterrence, "deterrence", .3, unit, unit, "share", sim.Assumption,
		"Share of incidents that a victim with perfect attribution and full means deters an initiator wholly dependent on the network from.", "Baliga, Bueno de Mesquita and Wolitzky 2020")
	number(&m.Escalation, "escalation", .1, unit, sim.Range{Min: .05, Max: .15}, "probability", sim.Literature,
		"Probability that a publicly blamed incident of severity 3 makes the victim climb a rung; it grows with the square of severity.", "restraint, save against what is grave: Valeriano and Maness 2014; Kreps and Schneider 2019")
	number(&m.Reply, "reply", .67, unit, sim.Range{Min: .3, Max: 1}, "probability", sim.Literature,
		"Probability that a state which is punished for what it did not do answers by a rung.", "generous tit for tat forgives a third: Nowak and Sigmund 1992; contrition: Wu and Axelrod 1995")
	number(&m.Deescalation, "deescalation", .35, unit, sim.Range{Min: .1, Max: .6}, "per year", sim.Assumption,
		"Probability that a response comes down a rung in a year.", "")
	number(&m.TrustGain, "trust-gain", .078, unit, sim.Range{Min: .02, Max: .15}, "per year", sim.Assumption,
		"Gain of trust by a pair whose contact is complete, against none in its first year, as a share of what is missing.", "")
	number(&m.TrustLoss, "trust-loss", .15, unit, sim.Range{Min: .05, Max: .4}, "share", sim.Assumption,
		"Share of trust that an incident of severity 10 destroys.", "")
	number(&m.TrustReturn, "trust-return", .115, unit, sim.Range{Min: .02, Max: .25}, "per year", sim.Assumption,
		"Rate at which trust returns to where it started.", "")
	number(&m.Memory, "memory", .3, unit, sim.Range{Min: .1, Max: .6}, "per year", sim.Assumption,
		"Rate at which a state forgets the threat of incidents that it attributed.", "")
	return m
}

// Name is "security".
func (*Security) Name() string { return "security" }

// Declare says all that the rest of the program knows of the mechanism.
func (*Security) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "Incidents, attribution and response (E10), and trust (E11).",
		Reference: "Valeriano and Maness 2014; Edwards et al. 2017; Kreps and Schneider 2019",
	}
}

// Prepare does nothing yet.
func (*Security) Prepare(*world.World) {}

// Begin collects the rivalries and the wrongs that are being punished, and solves
// lambda.
func (m *Security) Begin(_ *sim.Tick, w *world.World) {
	m.Derive(w)
	n := w.States.N
	m.climbing = m.climbing[:0]
	for i := range n {
		for j := range n {
			if rung := w.Dyads.Ladder[i*n+j]; rung > world.NoResponse {
				m.climbing = append(m.climbing, [2]int{i, j})
				m.remember(j, i, float64(rung)/4)
			}
		}
	}
	total := m.hazards(w)
	m.lambda = 0
	if total > 0 {
		m.lambda = m.Rate / total
	}
}

// Derive works out for a new run what incidents need, even those of a scenario in a
// run without the mechanism.
func (m *Security) Derive(w *world.World) {
	m.size(w)
	m.neighbours(w)
	m.record(w)
	m.quarrels(w)
	m.wrongs = m.wrongs[:0]
	m.quiet.forget(w.States.N)
	m.told = m.told[:0]
}

// size makes the buffers for the number of states.
func (m *Security) size(w *world.World) {
	if n := w.States.N; len(m.hazard) != n {
		m.hazard, m.deter = make([]float64, n), make([]float64, n)
		m.prize, m.guarded = make([]float64, n), make([]float64, n)
		m.ability, m.weight = make([]float64, n), make([]float64, n)
		m.rivalry = make([]bool, n*n)
		m.reach, m.recorded, m.wronged = make([]float64, n), make([]float64, n), make([]float64, n)
	}
}

// Step plays the incidents of the tick and moves trust.
func (m *Security) Step(now *sim.Tick, w *world.World) {
	m.calm(now, w)
	mean := m.lambda * m.hazards(w) * now.Years
	incidents := sim.Poisson(now.Stream.Whole(), min(mean, 1e5))
	for k := range incidents {
		m.incident(now, w, uint64(k))
	}
	m.tellYear(now, w)
	m.moveTrust(now, w)
}

// calm lets ladders come down, threats fade.
func (m *Security) calm(now *sim.Tick, w *world.World) {
	n := w.States.N
	down := sim.PerTick(m.Deescalation, now.Years)
	still := m.climbing[:0]
	for _, pair := range m.climbing {
		i, j := pair[0], pair[1]
		if now.Stream.Pair(w.States.Key[i], w.States.Key[j]).Float64() < down && w.Dyads.Ladder[i*n+j] > world.NoResponse {
			w.Dyads.Ladder[i*n+j]--
		}
		if w.Dyads.Ladder[i*n+j] > world.NoResponse {
			still = append(still, pair)
		}
	}
	m.climbing = still
	fade := sim.PerTick(m.Memory, now.Years)
	for i := range w.States.Threat {
		w.States.Threat[i] *= 1 - fade
		w.States.Blame[i] *= 1 - fade
	}
	m.forget(fade)
}

// trace is the share of the world's offensive activity below which a state has
// none: no incident on record comes from so small an actor, and more than half of
// all states need not be looked at.
const trace = 1e-4

// hazards writes the hazard of every initiator to m.hazard and returns the sum.
func (m *Security) hazards(w *world.World) float64 {
	n, s := w.States.N, &w.States
	strongest := 0.0
	for _, p := range s.Power {
		strongest = max(strongest, p)
	}
	for j, p := range s.Power {
		m.ability[j] = math.Sqrt(p / strongest)
		m.deter[j] = m.Deterrence * m.probability(j) * m.ability[j]
		m.prize[j] = worth(float64(n) * w.Weight(j))
		m.guarded[j] = m.prize[j] * m.deter[j]
	}
	m.stretch(w, strongest)
	for i := range n {
		m.hazard[i] = 0
		if s.Offence[i] < trace {
			continue
		}
		if m.reach[i] > 0 {
			// sum_j a_j (1-tau_ij)^3 (1-D_ij) with D_ij = penetration_i x deter_j.
			open, deterred := weighDistrust(w.Dyads.Trust[i*n:i*n+n], m.prize, m.guarded)
			m.hazard[i] = m.reach[i] * (open - s.Penetration[i]*deterred)
		}
		if m.apart {
			m.hazard[i] += m.nearby(w, i)
		}
	}
	for _, pair := range m.rivals {
		i, j := pair[0], pair[1]
		if s.Offence[i] < trace {
			continue
		}
		m.hazard[i] += m.Rivalry * (1 - w.Dyads.Trust[i*n+j]) * (1 - s.Penetration[i]*m.deter[j])
	}
	for _, o := range m.wrongs {
		if s.Offence[o.of] >= trace {
			m.hazard[o.of] += m.grievance(w, o) * (1 - w.Dyads.Trust[o.of*n+o.by]) * (1 - s.Penetration[o.of]*m.deter[o.by])
		}
	}
	total := 0.0
	for i := range n {
		m.hazard[i] = max(0, m.hazard[i]) * s.Offence[i]
		total += m.hazard[i]
	}
	return total
}

// weighDistrust sums two columns weighted by the third power of distrust, each in two
// interleaved sums.
func weighDistrust(trust, a, b []float64) (sumA, sumB float64) {
	a, b = a[:len(trust)], b[:len(trust)]
	var evenA, oddA, evenB, oddB float64
	j := 0
	for ; j+1 < len(trust); j += 2 {
		even, odd := 1-trust[j], 1-trust[j+1]
		even *= even * even
		odd *= odd * odd
		evenA += even * a[j]
		oddA += odd * a[j+1]
		evenB += even * b[j]
		oddB += odd * b[j+1]
	}
	if j < len(trust) {
		even := (1 - trust[j]) * (1 - trust[j]) * (1 - trust[j])
		evenA += even * a[j]
		evenB += even * b[j]
	}
	return evenA + oddA, evenB + oddB
}

// probability is that of victim j blaming the true initiator.
func (m *Security) probability(j int) float64 {
	return min(1, m.Attribution+m.AttributionCapability*m.ability[j])
}

// incident plays one incident: who on whom, how bad, who is blamed, what follows.
func (m *Security) incident(now *sim.Tick, w *world.World, number uint64) {
	initiator := m.pick(now, w, number*4, m.hazard)
	if initiator < 0 {
		return
	}
	m.suspects(w, initiator)
	target := m.pick(now, w, number*4+1, m.weight)
	if target < 0 {
		return
	}
	severity := drawSeverity(now.Stream.Pair(number*4+2, w.States.Key[target]).Float64())
	m.attribute(now, w, number, Incident{Initiator: initiator, Target: target, Severity: severity})
}

// Strike plays an incident whose attribution is left to the model.
func (m *Security) Strike(now *sim.Tick, w *world.World, initiator, target int, severity float64) {
	m.size(w)
	m.hazards(w)
	m.attribute(now, w, 0, Incident{Initiator: initiator, Target: target, Severity: severity, Scripted: true})
}

// attribute lets the victim blame somebody and works out what follows.
func (m *Security) attribute(now *sim.Tick, w *world.World, number uint64, e Incident) {
	rng := now.Stream.Pair(number*4+3, w.States.Key[e.Target])
	right := rng.Float64() < m.probability(e.Target)
	public := rng.Float64()
	denied := rng.Float64()
	e.Climb, e.Reply = rng.Float64(), rng.Float64()
	e.Blamed, e.Public = e.Initiator, public < m.Public
	if !right {
		e.Public = public < m.Public*(1-m.Doubt)
		e.Blamed = m.wronglyBlame(now, w, number, e.Initiator, e.Target, denied)
	}
	m.Happen(w, e)
}

// suspects writes the hazard of incidents of i on each state to m.weight.
func (m *Security) suspects(w *world.World, i int) {
	n := w.States.N
	for j := range n {
		m.weight[j] = 0
		if j != i {
			motive := m.prize[j] * m.within(w, i, j)
			if m.rivalry[i*n+j] {
				motive += m.Rivalry
			}
			m.weight[j] = motive * (1 - w.Dyads.Trust[i*n+j]) * (1 - w.States.Penetration[i]*m.deter[j])
		}
	}
	for _, o := range m.wrongs {
		if o.of == i {
			m.weight[o.by] += m.grievance(w, o) * (1 - w.Dyads.Trust[i*n+o.by]) * (1 - w.States.Penetration[i]*m.deter[o.by])
		}
	}
}

// wronglyBlame draws whom the target blames instead of the initiator, in
// proportion to suspicion: means, mistrust and motive, which is either's grievance
// against the other as well. A channel to the accused may clear it: then nobody is
// blamed.
func (m *Security) wronglyBlame(now *sim.Tick, w *world.World, number uint64, initiator, target int, denied float64) int {
	n := w.States.N
	clear(m.wronged)
	for _, o := range m.wrongs {
		switch target {
		case o.of:
			m.wronged[o.by] = max(m.wronged[o.by], m.grievance(w, o))
		case o.by:
			m.wronged[o.of] = max(m.wronged[o.of], m.grievance(w, o))
		}
	}
	for k := range n {
		m.weight[k] = 0
		if k != initiator && k != target {
			motive := m.within(w, k, target) + m.wronged[k]
			if m.rivalry[target*n+k] {
				motive += m.Rivalry
			}
			m.weight[k] = w.States.Offence[k] * (1 - w.Dyads.Trust[target*n+k]) * motive
		}
	}
	blamed := m.pick(now, w, number*4+3, m.weight)
	if blamed >= 0 && denied < m.Channel*w.Dyads.Channel[target*n+blamed] {
		return Nobody
	}
	return blamed
}

// pick draws a state in proportion to weight, or -1 if all weights are zero.
func (m *Security) pick(now *sim.Tick, w *world.World, number uint64, weight []float64) int {
	return now.Stream.Race(number).Pick(w.States.Key, weight)
}

func drawSeverity(u float64) float64 {
	total := 0.0
	for _, x := range severities {
		total += x
	}
	for severity, x := range severities {
		if u -= x / total; u < 0 {
			return float64(severity)
		}
	}
	return float64(len(severities) - 1)
}

// Nobody is blamed when an accusation has been cleared up, or none is made.
const Nobody = -1

// Incident is one cyber incident and what the victim makes of it.
type Incident struct {
	Initiator, Target int
	Severity          float64 // 0-10
	Blamed            int     // state, or Nobody
	Public            bool    // whether the victim says so
	Climb             float64 // uniform draw that decides whether the victim climbs a rung
	Reply             float64 // uniform draw that decides whether the wrongly accused does
	Scripted          bool    // by a scenario, so that the chronicle tells it whatever it weighs
}

// Happen works out the consequences of an incident for trust, threat, salience
// and the response ladder. Scenario crises enter here, too.
func (m *Security) Happen(w *world.World, e Incident) {
	n, d := w.States.N, &w.Dyads
	w.Activity.Incidents++
	if d.Rival[e.Initiator*n+e.Target] {
		w.Activity.Severity += e.Severity / 10
	}
	w.States.Salience[e.Target] += e.Severity / 10
	before, after, by := world.NoResponse, world.NoResponse, ""
	if e.Blamed != Nobody {
		if e.Blamed != e.Initiator {
			w.Activity.Misattributed++
		}
		first := world.Protest
		if e.Public && m.punishes(w, e) {
			first = world.Sanctions
		}
		w.States.Threat[e.Target] += e.Severity / 10
		m.remember(e.Target, e.Blamed, e.Severity/10)
		loss := 1 - m.TrustLoss*e.Severity/10
		d.Trust[e.Target*n+e.Blamed] *= loss
		if e.Public {
			w.Activity.Attributed++
			w.States.Blame[e.Blamed] += e.Severity / 10
			if e.Blamed != e.Initiator {
				m.remember(e.Blamed, e.Target, e.Severity/10)
			}
			d.Trust[e.Blamed*n+e.Target] *= loss
			before, after, by = m.respond(w, e, first)
		}
	}
	told := m.tell(w, e, before, after, by)
	if after > before && e.Blamed != e.Initiator {
		m.reply(w, e, told)
	}
}

// reply lets a state that is punished for what it did not do answer in kind, by a rung,
// but no higher than the one that it suffers. Who did it takes the punishment (the
// contrite strategy of Wu and Axelrod 1995), so that only mistakes echo; a share of
// them is forgiven (generous tit for tat, Nowak and Sigmund 1992), more where the two
// have a channel. The chronicle tells it of an incident that it told.
func (m *Security) reply(w *world.World, e Incident, told bool) {
	n, d := w.States.N, &w.Dyads
	at := e.Blamed*n + e.Target
	before, model := d.Ladder[at], d.Ladder[at]
	if e.Reply < m.Reply*(1-m.Channel*d.Channel[at]) && before < d.Ladder[e.Target*n+e.Blamed] {
		model++
	}
	after, by := w.AskAnswer(e.Blamed, e.Target, e.Severity, model), ""
	if after != model {
		by = w.Rules.ByState(e.Blamed)
	}
	m.set(w, e.Blamed, e.Target, after)
	if after <= before {
		return
	}
	w.Activity.Escalations++
	if w.Chronicle.On && (told || by != "") {
		w.Add(world.Entry{
			Kind: "response", By: by, Actors: []string{w.StateID(e.Blamed), w.StateID(e.Target)},
			Text:   "Wrongly accused, " + answer(w.Called(e.Blamed), w.Called(e.Target), after),
			Weight: float64(after) / 4 * (w.Weight(e.Target) + w.Weight(e.Blamed)) / 2,
		})
	}
}

// set puts state i on a rung of the ladder against state j.
func (m *Security) set(w *world.World, i, j int, rung uint8) {
	n := w.States.N
	if before := w.Dyads.Ladder[i*n+j]; rung > before {
		m.remember(j, i, float64(rung-before)/4)
	}
	w.Dyads.Ladder[i*n+j] = rung
	w.Dyads.Mark(n, i, j)
	if pair := [2]int{i, j}; rung > world.NoResponse && !slices.Contains(m.climbing, pair) {
		m.climbing = append(m.climbing, pair)
	}
}

// respond asks the victim for its rung of the ladder, of which it may take the first ones
// at once, and returns the old and the new one, and who decided, if it was not the model.
func (m *Security) respond(w *world.World, e Incident, first uint8) (before, after uint8, by string) {
	n, d := w.States.N, &w.Dyads
	before = d.Ladder[e.Target*n+e.Blamed]
	after = before
	chance := m.Escalation * e.Severity * e.Severity / 9 * (1 - m.Channel*d.Channel[e.Target*n+e.Blamed])
	if e.Climb < chance && before < world.CrossDomain {
		after = max(before+1, first)
		if e.light(w) {
			after = max(before, world.Protest)
		}
	}
	if answer := w.AskAnswer(e.Target, e.Blamed, e.Severity, after); answer != after {
		after, by = answer, w.Rules.ByState(e.Target)
	}
	m.set(w, e.Target, e.Blamed, after)
	if after > before {
		w.Activity.Escalations++
	}
	return before, after, by
}

// light is how small the victim's economy may be against that of whom it blames for it
// to impose sanctions: who does is mostly the larger side (Hufbauer et al. 2007). The
// level is an assumption.
const light = .05

// light says whether the victim's economy is too small for it to go beyond a protest.
func (e *Incident) light(w *world.World) bool {
	return w.States.Economy[e.Target] < light*w.States.Economy[e.Blamed]
}

// punishes says whether the victim of an incident leaves out the protest: it is grave, and
// the victim mistrusts whom it blames, or has been wronged by it before.
func (m *Security) punishes(w *world.World, e Incident) bool {
	if e.Severity < grave {
		return false
	}
	return odds(w.Dyads.Trust[e.Target*w.States.N+e.Blamed]) > 0 || m.held(e.Target, e.Blamed) >= forgotten
}

// moveTrust applies E11 to every pair: a gain from contact, and the return to the
// start. Contact is the mean of link and channel; in the first year it is only
// measured.
func (m *Security) moveTrust(now *sim.Tick, w *world.World) {
	gain, back := sim.PerTick(m.TrustGain, now.Years)/4, sim.PerTick(m.TrustReturn, now.Years)
	back = min(back, 1-4*gain) // contact is worth 4 gain at most: trust never overshoots
	n, d := w.States.N, &w.Dyads
	if now.Index < now.PerYear {
		gain = 0
		for i := range n {
			for k := i*n + i + 1; k < i*n+n; k++ {
				d.Contact[k] += d.Link[k] / float64(now.PerYear)
			}
		}
	}
	for i := range n {
		from, to := i*n+i+1, i*n+n
		trust := d.Trust[from:to]
		start, link, contact := d.TrustStart[from:to][:len(trust)], d.Link[from:to][:len(trust)], d.Contact[from:to][:len(trust)]
		column := from + n - 1 // of what the other holds towards i
		for j, there := range trust {
			// Twice the positive part, without a branch that nobody could predict.
			above := link[j] - contact[j]
			more := gain * (above + math.Abs(above))
			stay, gained := 1-more-back, more+back*start[j]
			trust[j] = there*stay + gained
			d.Trust[column] = d.Trust[column]*stay + gained
			column += n
		}
	}
}
