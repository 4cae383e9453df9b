package diplomacy

import (
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

// inherit takes stock of the agreements of the start. A channel of a pair that
// shares the measures of no forum must be one by agreement, too.
func (m *Diplomacy) inherit(w *world.World) {
	n, d := w.States.N, &w.Dyads
	for i := range n {
		for j := i + 1; j < n; j++ {
			channel := d.Channel[i*n+j]
			if channel > 0 && m.Party[i]&m.Party[j] == 0 && d.Agreement(i, j) < 0 {
				d.Inherit(n, i, j, channel)
			}
		}
	}
}

// Readiness is the yearly probability that two states come to an agreement,
//
//	P = logistic(b0 + b1 sqrt(e_i e_j) + b2 (salience - 1) - b3 |x_i - x_j|)
//
// with e what each spends on bilateral diplomacy, to which comes a part of what it spends on
// bridges times the level of the one between them, and the salience of cyberspace to the
// less concerned of the two.
func (m *Diplomacy) Readiness(w *world.World, i, j int) float64 {
	along := m.BridgeWork * w.Dyads.Bridge[i*w.States.N+j]
	spent := math.Sqrt((m.force(w, i, world.Bilateral) + along*m.force(w, i, world.BridgeBuilding)) *
		(m.force(w, j, world.Bilateral) + along*m.force(w, j, world.BridgeBuilding)))
	salience := min(w.States.Salience[i], w.States.Salience[j]) - 1
	u := m.Agreement + m.ByEffort*spent + m.BySalience*salience - m.ByDistance*world.Distance(w.Position(i), w.Position(j))
	return sim.LogisticCDF(u)
}

// agree lets those with something to settle come to agreements: rivals, major
// powers, and pairs of which one has protested against the other. Two states with
// rules of their own can settle what the model would not.
func (m *Diplomacy) agree(now *sim.Tick, w *world.World) {
	n, lead := w.States.N, m.efforts.lead
	for i, p := range w.States.Power {
		m.major[i] = p >= m.MajorPower
	}
	for _, pair := range m.rivals {
		m.negotiate(now, w, pair[0], pair[1])
	}
	for a, i := range lead {
		for _, j := range lead[a+1:] {
			if m.major[i] && m.major[j] && !w.Dyads.Rival[i*n+j] {
				m.negotiate(now, w, i, j)
			}
		}
	}
	for _, pair := range w.Dyads.Marked {
		i, j := int(pair[0]), int(pair[1])
		if w.Rung(i, j) > world.NoResponse && !w.Dyads.Rival[i*n+j] && !(m.major[i] && m.major[j]) {
			m.negotiate(now, w, i, j)
		}
	}
	for i := range w.Rules.State {
		for j := i + 1; j < len(w.Rules.State); j++ {
			if w.Rules.State[i] != nil && w.Rules.State[j] != nil && w.Dyads.Agreement(i, j) < 0 && askBoth(w, i, j, false) {
				m.conclude(now, w, i, j)
			}
		}
	}
}

// negotiate draws whether two states agree this year, and asks both. One does not
// sign with whom one punishes, or fights in a war or has fought lately, nor needs to with a
// friend, nor comes back soon to what has just lapsed.
func (m *Diplomacy) negotiate(now *sim.Tick, w *world.World, i, j int) {
	if w.Dyads.AtWar(i, j, now.Index-m.AfterWar*now.PerYear) {
		return
	}
	if w.Rung(i, j) > world.Protest || w.MeanTrust(i, j) > m.PartnerTrust || w.Dyads.Agreement(i, j) >= 0 || w.Dyads.EndedSince(i, j, now.Index-m.Pause*now.PerYear+1) {
		return
	}
	first, _ := draws(now, w, i, j)
	if askBoth(w, i, j, first < m.terms(w, i, j)*m.Readiness(w, i, j)) {
		m.conclude(now, w, i, j)
	}
}

// terms is how far two states are on terms to agree at all, [0, 1]: where they have a line
// or a forum in which they meet, the more the more they trust each other, from a least trust
// on and wholly from one half; in proportion to their trust if they are major powers of which
// each has cause to fear the other, as the United States and China had in 2015.
func (m *Diplomacy) terms(w *world.World, i, j int) float64 {
	n, d, tau := w.States.N, &w.Dyads, w.MeanTrust(i, j)
	terms := 0.0
	if d.Channel[i*n+j] > 0 || d.Shared[i*n+j] > 0 {
		terms = min(1, max(0, (tau-m.AgreementTrust)/(.5-m.AgreementTrust)))
	}
	if m.major[i] && m.major[j] && min(w.States.Threat[i], w.States.Threat[j]) > 0 {
		terms = max(terms, tau)
	}
	return terms
}

// draws are the two uniform variates of a pair in this tick: for agreeing and for
// lapsing.
func draws(now *sim.Tick, w *world.World, i, j int) (agree, lapse float64) {
	a, b := w.States.Key[i], w.States.Key[j]
	rng := now.Stream.Pair(min(a, b), max(a, b))
	return rng.Float64(), rng.Float64()
}

// askBoth asks both states.
func askBoth(w *world.World, i, j int, model bool) bool {
	one := w.AskAgree(i, j, model)
	other := w.AskAgree(j, i, model)
	return one && other
}

func (m *Diplomacy) conclude(now *sim.Tick, w *world.World, i, j int) {
	n := w.States.N
	reconcile(w, i, j, m.Trust)
	w.Dyads.Agree(n, i, j, m.Channels, now.Index) // openLines counts channels right after
	if w.Chronicle.On {
		w.Tell(Agreed{I: i, J: j, Level: m.Channels, Restraint: m.adverse(w, i, j)})
	}
}

// adverse tells whether two states have to restrain each other rather than anybody else:
// they are rivals, or one is the rival of a major power that is the ally of the other.
// Allies, and allies of the same state, are not.
func (m *Diplomacy) adverse(w *world.World, i, j int) bool {
	n, d := w.States.N, &w.Dyads
	adverse := d.Rival[i*n+j]
	for k := range n {
		withI, withJ := d.Ally[i*n+k] || k == i, d.Ally[j*n+k] || k == j
		if withI && withJ {
			return false
		}
		adverse = adverse || m.major[k] && (withI && d.Rival[j*n+k] || withJ && d.Rival[i*n+k])
	}
	return adverse
}

// lapse lets agreements end. One that a party takes to be broken, and has said so, ends
// with a probability. In calm none ends in its first years, and close partners renew theirs: the hazard grows with the square
// of the trust that two states lack, and is what the parameter says at a trust of one half.
// What forums and bridges hold up of the channel remains.
func (m *Diplomacy) lapse(now *sim.Tick, w *world.World) {
	n, d := w.States.N, &w.Dyads
	for k := 0; k < len(d.Agreements); {
		a := d.Agreements[k]
		i, j := int(a.I), int(a.J)
		_, second := draws(now, w, i, j)
		hazard := 0.0
		if a.Since < 0 || now.Index-a.Since >= m.Term*now.PerYear {
			hazard = sim.PerTick(m.Lapse, math.Pow(2*(1-w.MeanTrust(i, j)), 2)*now.Years)
		}
		if a.Broken {
			hazard = max(hazard, m.Breach)
		}
		if a.Since == now.Index || askBoth(w, i, j, second >= hazard) {
			d.Agreements[k].Broken = false
			k++
			continue
		}
		left := max(m.promised(m.Party[i]&m.Party[j]), m.BridgeLine*d.Bridge[i*n+j])
		d.EndAgreement(n, i, j, m.staffed(w, i, j, left), now.Index)
		m.Lines[i*n+j] = true // what is left must close one day, however little the agreement had opened
		w.CountChannels()
		if w.Chronicle.On {
			w.Tell(Lapsed{Agreement: a})
		}
	}
}
