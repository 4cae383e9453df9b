package diplomacy

import (
	"fmt"
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

const (
	// greatPower is the share of world power above which a state is one of those that
	// talk to each other whether they are rivals or not: eight or nine states.
	greatPower = .02
	// friends trust each other more than this: they need no agreement on how to
	// treat each other.
	friends = .8
	// pause is the time in years after the end of an agreement in which the two do not
	// come back to it, and alongside the part of the work on a bridge between them that
	// counts as work on an agreement: whoever runs a gateway together is in touch.
	pause     = 3
	alongside = .5
	// term is the time in years for which an agreement holds unless something strains it.
	term = 5
	// onTerms is the trust from which two states that meet can come to an agreement.
	onTerms = .3
)

func (m *Diplomacy) declareAgreements(s sim.Section) {
	number(s, &m.Channels, "channels", .5, unit, sim.Range{Min: .2, Max: .8}, "level", sim.Assumption,
		"Level of the channel that a bilateral agreement opens.", "United States and China 2015")
	number(s, &m.Agreement, "agreement", -5, logits, sim.Range{Min: -6, Max: -4}, "logits", sim.Assumption,
		"Readiness of two states to agree in a year without effort, in normal times, at the same position.", "")
	number(s, &m.ByEffort, "agreement-effort", 7, logits, sim.Range{Min: 4, Max: 10}, "logits", sim.Assumption,
		"What it adds that both spend a budget of 1 on bilateral diplomacy.", "")
	number(s, &m.BySalience, "agreement-salience", 1, logits, sim.Range{Min: 0, Max: 2}, "logits", sim.Assumption,
		"What it adds that cyberspace is twice as salient as usual to the less concerned of the two.", "")
	number(s, &m.ByDistance, "agreement-distance", 2, logits, sim.Range{Min: 1, Max: 4}, "logits", sim.Assumption,
		"What opposite positions take away.", "")
	number(s, &m.Lapse, "lapse", .02, unit, sim.Range{Min: .01, Max: .1}, "per year", sim.Assumption,
		"Probability that an agreement that nothing strains lapses in a year.", "")
	number(s, &m.Breach, "breach", 2, sim.Range{Min: 0, Max: 100}, sim.Range{Min: 1, Max: 4}, "factor", sim.Assumption,
		"What each rung of the response ladder, or each tenth of their trust that is lost, adds to that hazard, as a multiple of it.", "")
}

// inherit takes stock of the agreements of the start. A channel of a pair that
// shares the measures of no forum must be one by agreement, too.
func (m *Diplomacy) inherit(w *world.World) {
	n, d := w.States.N, &w.Dyads
	for i := range n {
		for j := i + 1; j < n; j++ {
			channel := d.Channel[i*n+j]
			if channel > 0 && m.measures.member[i]&m.measures.member[j] == 0 && d.Agreement(i, j) < 0 {
				d.Inherit(n, i, j, channel)
			}
		}
	}
	for k := range d.Agreements {
		a := &d.Agreements[k]
		a.Trust = trust(w, int(a.I), int(a.J))
	}
}

// Readiness is the yearly probability that two states come to an agreement,
//
//	P = logistic(b0 + b1 sqrt(e_i e_j) + b2 (salience - 1) - b3 |x_i - x_j|)
//
// with e what each spends on bilateral diplomacy, to which comes half of what it spends on
// bridges times the level of the one between them, and the salience of cyberspace to the
// less concerned of the two.
func (m *Diplomacy) Readiness(w *world.World, i, j int) float64 {
	along := alongside * w.Dyads.Bridge[i*w.States.N+j]
	spent := math.Sqrt((m.force(w, i, world.Bilateral) + along*m.force(w, i, world.BridgeBuilding)) *
		(m.force(w, j, world.Bilateral) + along*m.force(w, j, world.BridgeBuilding)))
	salience := min(w.States.Salience[i], w.States.Salience[j]) - 1
	u := m.Agreement + m.ByEffort*spent + m.BySalience*salience - m.ByDistance*world.Distance(position(w, i), position(w, j))
	return sim.LogisticCDF(u)
}

// agree lets those with something to settle come to agreements: rivals, great
// powers, and pairs of which one has protested against the other. Two states with
// rules of their own can settle what the model would not.
func (m *Diplomacy) agree(now *sim.Tick, w *world.World) {
	n, lead := w.States.N, m.efforts.lead
	for i, p := range w.States.Power {
		m.great[i] = p >= greatPower
	}
	for _, pair := range m.rivals {
		m.negotiate(now, w, int(pair[0]), int(pair[1]))
	}
	for a, i := range lead {
		for _, j := range lead[a+1:] {
			if m.great[i] && m.great[j] && !w.Dyads.Rival[i*n+j] {
				m.negotiate(now, w, i, j)
			}
		}
	}
	for _, pair := range w.Dyads.Marked {
		i, j := int(pair[0]), int(pair[1])
		if rung(w, i, j) > world.NoResponse && !w.Dyads.Rival[i*n+j] && !(m.great[i] && m.great[j]) {
			m.negotiate(now, w, i, j)
		}
	}
	for i := range w.Rules.State {
		for j := i + 1; j < len(w.Rules.State); j++ {
			if w.Rules.State[i] != nil && w.Rules.State[j] != nil && w.Dyads.Agreement(i, j) < 0 && m.both(w, i, j, false) {
				m.conclude(now, w, i, j)
			}
		}
	}
}

// negotiate draws whether two states agree this year, and asks both. One does not
// sign with whom one punishes, nor needs to with a friend, nor comes back soon to what has
// just lapsed.
func (m *Diplomacy) negotiate(now *sim.Tick, w *world.World, i, j int) {
	if rung(w, i, j) > world.Protest || trust(w, i, j) > friends || w.Dyads.Agreement(i, j) >= 0 || w.Dyads.EndedSince(i, j, now.Index-pause*now.PerYear+1) {
		return
	}
	first, _ := m.draws(now, w, i, j)
	if m.both(w, i, j, first < m.terms(w, i, j)*m.Readiness(w, i, j)) {
		m.conclude(now, w, i, j)
	}
}

// terms is how far two states are on terms to agree at all, [0, 1]: wholly if they
// trust each other somewhat and have a line or a forum in which they meet; in proportion to their trust if they are great powers of which each has cause to
// fear the other, as the United States and China had in 2015; else not at all.
func (m *Diplomacy) terms(w *world.World, i, j int) float64 {
	n, d := w.States.N, &w.Dyads
	great := m.great[i] && m.great[j]
	switch tau := trust(w, i, j); {
	case tau >= onTerms && (great || d.Channel[i*n+j] > 0 || d.Shared[i*n+j] > 0):
		return 1
	case great && min(w.States.Threat[i], w.States.Threat[j]) > 0:
		return min(1, tau/onTerms)
	}
	return 0
}

// draws are the two uniform variates of a pair in this tick: for agreeing and for
// lapsing.
func (m *Diplomacy) draws(now *sim.Tick, w *world.World, i, j int) (agree, lapse float64) {
	a, b := w.States.Key[i], w.States.Key[j]
	rng := now.Stream.Pair(min(a, b), max(a, b))
	return rng.Float64(), rng.Float64()
}

// both asks both states.
func (m *Diplomacy) both(w *world.World, i, j int, model bool) bool {
	one := w.AskAgree(i, j, model)
	other := w.AskAgree(j, i, model)
	return one && other
}

func (m *Diplomacy) conclude(now *sim.Tick, w *world.World, i, j int) {
	n := w.States.N
	reconcile(w, i, j, m.Trust)
	w.Dyads.Agree(n, i, j, m.Channels, now.Index) // openLines counts channels right after
	if w.Chronicle.On {
		on := "cooperation against cyber threats"
		if m.wary(w, i, j) {
			on = "restraint in cyberspace"
		}
		w.Add(world.Entry{
			Kind: "agreement", Actors: []string{w.StateID(i), w.StateID(j)}, Weight: min(1, (w.Weight(i)+w.Weight(j))*max(.1, m.Channels)),
			Text: fmt.Sprintf("%s and %s agree on %s and open a direct line.", w.Called(i), w.Called(j), on),
		})
	}
}

// wary tells whether two states have to restrain each other rather than anybody else: they
// are rivals, or have come to terms out of fear. Allies, and allies of the same state, are
// not.
func (m *Diplomacy) wary(w *world.World, i, j int) bool {
	n, d := w.States.N, &w.Dyads
	for k := range n {
		if with := d.Ally[i*n+k] || k == i; with && (d.Ally[j*n+k] || k == j) {
			return false
		}
	}
	return d.Rival[i*n+j] || trust(w, i, j) < onTerms
}

// lapse lets agreements end: each with a hazard that grows with the rungs that one
// has climbed against the other and with the trust that they have lost. A young one
// ends for such reasons only, and close partners renew theirs: the hazard in calm grows
// with the square of the trust that they lack, and is what the parameter says at a trust of
// one half. What forums and bridges hold up of the channel remains.
func (m *Diplomacy) lapse(now *sim.Tick, w *world.World) {
	n, d := w.States.N, &w.Dyads
	for k := 0; k < len(d.Agreements); {
		a := d.Agreements[k]
		i, j := int(a.I), int(a.J)
		_, second := m.draws(now, w, i, j)
		strain := m.Strain(w, a)
		unstrained := math.Pow(2*(1-trust(w, i, j)), 2)
		if a.Since >= 0 && now.Index-a.Since < term*now.PerYear {
			unstrained = 0
		}
		hazard := sim.PerTick(m.Lapse, (unstrained+m.Breach*strain)*now.Years)
		if a.Since == now.Index || m.both(w, i, j, second >= hazard) {
			k++
			continue
		}
		d.EndAgreement(n, i, j, max(m.measures.level(m.measures.member[i]&m.measures.member[j]), line*d.Bridge[i*n+j]), now.Index)
		w.CountChannels()
		m.tellLapse(w, a, strain)
	}
}

// Strain is what weighs on an agreement: rungs of the response ladder, and tenths
// answers are the rungs of the ladder as a sentence has them.
var answers = [...]string{"nothing", "a protest", "sanctions", "an operation of its own", "steps outside cyberspace"}

// of the trust at its making that have been lost.
func (m *Diplomacy) Strain(w *world.World, a world.Agreement) float64 {
	i, j := int(a.I), int(a.J)
	strain := float64(rung(w, i, j))
	if a.Trust > 0 {
		strain += 10 * max(0, 1-trust(w, i, j)/a.Trust)
	}
	return strain
}

func (m *Diplomacy) tellLapse(w *world.World, a world.Agreement, strain float64) {
	if !w.Chronicle.On {
		return
	}
	i, j, of := int(a.I), int(a.J), ""
	if a.Since != -1 {
		of = fmt.Sprintf(" of %d", w.Calendar.Date(a.Since).Year())
	}
	why := "nobody has renewed it"
	switch r := rung(w, i, j); {
	case r > world.NoResponse:
		why = "one has answered the other's operations with " + answers[r]
	case strain >= 1:
		why = "incidents have used up the trust behind it"
	}
	w.Add(world.Entry{
		Kind: "agreement", Actors: []string{w.StateID(i), w.StateID(j)}, Weight: min(1, (w.Weight(i)+w.Weight(j))/2),
		Text: fmt.Sprintf("The agreement of %s and %s%s on cyberspace lapses: %s.", w.Called(i), w.Called(j), of, why),
	})
}
