package security

import (
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// draws is how many random numbers an incident has of its own: for the initiator, the
// target, the severity, and what the victim makes of it.
const draws = 4

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
	Scripted          bool    // by a scenario
	Crime             bool    // by criminals in the initiator's country, which is blamed for it
}

// incident plays one incident: who on whom, how bad, who is blamed, what follows.
func (m *Security) incident(now *sim.Tick, w *world.World, number uint64) {
	initiator := pick(now, w, number*draws, m.hazard)
	if initiator < 0 {
		return
	}
	m.suspects(w, initiator)
	target := pick(now, w, number*draws+1, m.weight)
	if target < 0 {
		return
	}
	severity := m.severity(now.Stream.Pair(number*draws+2, w.States.Key[target]).Float64())
	m.attribute(now, w, number, Incident{Initiator: initiator, Target: target, Severity: severity})
}

// Strike plays an incident whose attribution is left to the model.
func (m *Security) Strike(now *sim.Tick, w *world.World, initiator, target int, severity float64) {
	m.deriveMeans(w)
	m.attribute(now, w, 0, Incident{Initiator: initiator, Target: target, Severity: severity, Scripted: true})
}

// attribute lets the victim blame somebody and works out what follows.
func (m *Security) attribute(now *sim.Tick, w *world.World, number uint64, e Incident) {
	rng := now.Stream.Pair(number*draws+3, w.States.Key[e.Target])
	right := rng.Float64() < m.probability(w, e.Target)
	public := rng.Float64()
	denied := rng.Float64()
	e.Climb, e.Reply = rng.Float64(), rng.Float64()
	e.Blamed, e.Public = e.Initiator, public < m.Public
	if !right {
		e.Public = public < m.Public*(1-m.Doubt)
		e.Blamed = m.wronglyBlame(now, w, number, e.Initiator, e.Target, denied)
	}
	if hidden(now, w, number, e) {
		e.Blamed, e.Public = Nobody, false
	}
	m.Happen(w, e)
}

// wronglyBlame draws whom the target blames instead of the initiator, in
// proportion to suspicion: means, mistrust and motive, which is either's grievance
// against the other as well. A channel to the accused may clear it: then nobody is
// blamed.
func (m *Security) wronglyBlame(now *sim.Tick, w *world.World, number uint64, initiator, target int, denied float64) int {
	n := w.States.N
	clear(m.grievous)
	for _, o := range m.Wrongs {
		switch target {
		case o.Of:
			m.grievous[o.By] = max(m.grievous[o.By], m.grievance(w, o))
		case o.By:
			m.grievous[o.Of] = max(m.grievous[o.Of], m.grievance(w, o))
		}
	}
	for k := range n {
		m.weight[k] = 0
		if k != initiator && k != target {
			motive := m.within(w, k, target) + m.grievous[k]
			if m.rivalry[target*n+k] {
				motive += m.Rivalry
			}
			m.weight[k] = w.States.Offence[k] * (1 - w.Dyads.Trust[target*n+k]) * motive * m.left(n, k, target)
		}
	}
	blamed := pick(now, w, number*draws+3, m.weight)
	if blamed >= 0 && denied < m.Channel*w.Dyads.Channel[target*n+blamed] {
		return Nobody
	}
	return blamed
}

// pick draws a state in proportion to weight, or -1 if all weights are zero.
func pick(now *sim.Tick, w *world.World, number uint64, weight []float64) int {
	return now.Stream.Race(number).Pick(w.States.Key, weight)
}

// severity turns a uniform draw into a severity.
func (p *Parameters) severity(u float64) float64 {
	total := 0.0
	for _, x := range p.Severities {
		total += x
	}
	for severity, x := range p.Severities {
		if u -= x / total; u < 0 {
			return float64(severity)
		}
	}
	return float64(len(p.Severities) - 1)
}

// Happen works out the consequences of an incident for trust, threat, salience
// and the response ladder. Scenario crises enter here, too.
func (m *Security) Happen(w *world.World, e Incident) {
	n, d := w.States.N, &w.Dyads
	weight := e.Severity / highest
	w.Activity.Incidents++
	if d.Rival[e.Initiator*n+e.Target] {
		w.Activity.Severity += weight
	}
	w.States.Salience[e.Target] += weight
	suffered := Suffered{Incident: e}
	if e.Blamed != Nobody {
		if e.wrongs() {
			w.Activity.Misattributed++
		}
		first := world.Protest
		if e.Public && e.Severity >= m.GraveSeverity {
			first = world.Sanctions
		}
		w.States.Threat[e.Target] += weight
		m.remember(e.Target, e.Blamed, weight)
		loss := 1 - m.TrustLoss*e.Severity/highest
		d.Trust[e.Target*n+e.Blamed] *= loss
		if e.Public {
			w.Activity.Attributed++
			d.Break(e.Target, e.Blamed)
			w.States.Blame[e.Blamed] += weight
			if e.wrongs() {
				m.remember(e.Blamed, e.Target, weight)
			}
			d.Trust[e.Blamed*n+e.Target] *= loss
			m.breach(w, e)
			suffered.Response = m.respond(w, e, first)
		} else if m.Covert > 0 {
			suffered.Response = m.respond(w, e, first)
		}
	}
	if w.Chronicle.On {
		w.Tell(suffered)
	}
	if suffered.Climbs() && e.wrongs() {
		m.reply(w, suffered)
	}
}

// respond asks the victim for its rung of the ladder, of which it may take the first ones
// at once, as far as it can go.
func (m *Security) respond(w *world.World, e Incident, first uint8) Response {
	n, d := w.States.N, &w.Dyads
	before := d.Ladder[e.Target*n+e.Blamed]
	model := before
	if e.Climb < m.chance(w, e) && before < world.CrossDomain {
		model = max(before, min(max(before+1, first), m.ceiling(w, e.Target, e.Blamed)))
	}
	return m.answer(w, e.Target, e.Blamed, e.Severity, model)
}

// ceiling is the rung up to which state i can go against state j. Sanctions take an
// economy that counts in the world and against the other's, and nobody imposes them on
// whom it is not at odds with; a counter-operation takes offensive means.
func (m *Security) ceiling(w *world.World, i, j int) uint8 {
	own := w.States.Economy[i]
	switch {
	case own < m.SanctionsMeans || own < m.SanctionsEconomy*w.States.Economy[j]:
		return world.Protest
	case odds(w.Dyads.Trust[i*w.States.N+j]) == 0:
		return world.Protest
	case w.States.Offence[i] < m.LeastOffence:
		return world.Sanctions
	}
	return world.CrossDomain
}

// chance is the probability that the victim of an incident climbs a rung against whom it
// blames: it grows with the square of severity, and a channel prevents a share. A private
// suspicion leads to a covert answer in a share of the cases in which public blame would
// lead to an open one (Carson 2018). Who shares less network with the other than in the
// first year has less to lose by an answer (Farrell and Newman 2019).
func (m *Security) chance(w *world.World, e Incident) float64 {
	n, d := w.States.N, &w.Dyads
	chance := m.Escalation * e.Severity * e.Severity / (m.ClimbSeverity * m.ClimbSeverity) * (1 - m.Channel*d.Channel[e.Target*n+e.Blamed])
	if !e.Public {
		chance *= m.Covert
	}
	if m.Separation > 0 {
		chance *= 1 + m.Separation*parted(w, e.Target, e.Blamed)
	}
	return chance
}

// parted is the share of the link of a pair's first year that is lost, [0, 1]; in the
// first year it is not known, and nothing is.
func parted(w *world.World, i, j int) float64 {
	at := min(i, j)*w.States.N + max(i, j)
	first := w.Dyads.Contact[at]
	if w.Tick < w.Calendar.PerYear() || first <= 0 {
		return 0
	}
	return max(0, 1-w.Dyads.Link[at]/first)
}

// reply lets a state that is punished for what it did not do answer in kind, by a rung,
// but no higher than the one that it suffers, or than it can go. Who did it takes the punishment (the
// contrite strategy of Wu and Axelrod 1995), so that only mistakes echo; a share of
// them is forgiven (generous tit for tat, Nowak and Sigmund 1992), more where the two
// have a channel.
func (m *Security) reply(w *world.World, to Suffered) {
	n, d := w.States.N, &w.Dyads
	at := to.Blamed*n + to.Target
	model := d.Ladder[at]
	if to.Reply < m.Reply*(1-m.Channel*d.Channel[at]) && model < min(d.Ladder[to.Target*n+to.Blamed], m.ceiling(w, to.Blamed, to.Target)) {
		model++
	}
	response := m.answer(w, to.Blamed, to.Target, to.Severity, model)
	if w.Chronicle.On && response.Climbs() {
		w.Tell(Replied{Response: response, To: to})
	}
}

// answer asks state i for its rung of the ladder against state j and puts it there.
func (m *Security) answer(w *world.World, i, j int, severity float64, model uint8) Response {
	n, d := w.States.N, &w.Dyads
	r := Response{Of: i, Against: j, Before: d.Ladder[i*n+j]}
	if r.After = w.AskAnswer(i, j, severity, model); r.After != model {
		r.By = w.Rules.ByState(i)
	}
	if r.Climbs() {
		m.remember(j, i, rungs(r.After-r.Before))
		w.Activity.Escalations++
	}
	d.Ladder[i*n+j] = r.After
	d.Mark(n, i, j)
	if pair := [2]int{i, j}; r.After > world.NoResponse && !slices.Contains(m.Climbing, pair) {
		m.Climbing = append(m.Climbing, pair)
	}
	return r
}
