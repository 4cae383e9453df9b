// Package crime plays cybercrime across borders, as far as it matters to politics.
//
// Whoever has the skill and cannot live well off honest work may turn to crime (Becker 1968):
// the criminals of the world are spread over states as
//
//	s_i ~ ((1 - k) users_i x penetration_i + k offence_i) / (1 + wealth_i)
//
// with the two in brackets as shares of the world: skill comes with life online, and from the
// operations of states, whose people moonlight and whose helpers are sheltered (Maurer 2018;
// Egloff 2022).
// Those in i live off users in j to the share x_ij, which new groups raise and arrests lower,
//
//	x' = x + rho (1 - x') - alpha_ij x',   alpha_ij = p_i (1 - theta (1 - tau_ij)) + kappa tau_ij c_ij
//
// with p_i the police, which the rich have, theta how far a state lets those be who hurt
// only users of states that it does not trust (Maurer 2018), and c_ij how far conventions on
// cybercrime bind the two to help each other,
//
//	c_ij = 1 - prod_t (1 - min(hold_ti, hold_tj)),   hold = depth x compliance
//
// The users of j lose penetration_j x sum_i s_i x_ij. All this moves once a year, in
// January. In any tick waves of crime may become a matter of states, the sooner the more there
// is to take, the more groups go free and the less the host trusts the victim: it looks to
// cyberspace and trusts the host less, and may take the wave for an operation of the state,
// as it may take an operation for crime.
package crime

import (
	"time"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Crime is the mechanism. What it remembers is in the world, where others read it.
type Crime struct {
	Parameters

	police   []float64 // by state: rate at which it breaks up groups if it wants to
	prize    []float64 // by state: what there is to take
	alone    []float64 // of the host at hand, by victim: rate at which it breaks up groups
	together []float64 // the same: rate at which both do
	found    []float64 // by host: what groups took there that states broke up together
	weight   []float64 // scratch of draws
	bonds    []bond    // conventions on cybercrime in force
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Crime { return mechanism.Parameters(set, new(Crime)) }

// Prepare sizes the buffers.
func (m *Crime) Prepare(w *world.World) {
	if n := w.States.N; len(m.police) != n {
		for _, buffer := range []*[]float64{&m.police, &m.prize, &m.alone, &m.together, &m.found, &m.weight} {
			*buffer = make([]float64, n)
		}
	}
}

// Begin lays out crime in balance, so that nothing moves unless its causes do.
func (m *Crime) Begin(_ *sim.Tick, w *world.World) {
	if m.Rate > 0 {
		m.layOut(w)
	}
}

// layOut puts crime in balance.
func (m *Crime) layOut(w *world.World) {
	c, n := &w.Crime, w.States.N
	c.Share, c.Hosts = world.Zeros(c.Share, n*n), world.Zeros(c.Hosts, n)
	c.Loss, c.Quarrel = world.Zeros(c.Loss, n), world.Zeros(c.Quarrel, n)
	m.deriveHosts(w)
	m.deriveBonds(w)
	m.pass(w, m.settle)
	c.Start, c.Before = c.Mean, append(c.Before[:0], c.Loss...)
}

// Step moves groups once a year, and plays the waves of the tick.
func (m *Crime) Step(now *sim.Tick, w *world.World) {
	c := &w.Crime
	c.Waves = c.Waves[:0]
	if !c.Exists() {
		if m.Rate == 0 {
			return
		}
		m.layOut(w) // an event has brought it
	}
	c.Confusion = m.Confusion
	if w.Calendar.Due(now.Index, time.January) {
		m.deriveHosts(w)
		m.deriveBonds(w)
		m.pass(w, m.grow)
		m.operate(now, w)
	}
	m.strike(now, w)
}

// deriveHosts derives how the criminals of the world are spread over states, what the police
// of each can do, and what there is to take: what an economy does online. States with few
// criminals count as having none.
func (m *Crime) deriveHosts(w *world.World) {
	s := &w.States
	online, offence := 0.0, 0.0
	for i, users := range s.Users {
		online += users * s.Penetration[i]
		offence += s.Offence[i]
	}
	for i, wealth := range s.Wealth {
		skill := share(s.Users[i]*s.Penetration[i], online)*(1-m.Schooled) + share(s.Offence[i], offence)*m.Schooled
		w.Crime.Hosts[i] = skill / (1 + wealth)
		m.police[i] = m.Police * wealth / (1 + wealth)
		m.prize[i] = s.Economy[i] * s.Penetration[i]
	}
	world.Normalise(w.Crime.Hosts)
	for i, part := range w.Crime.Hosts {
		if part < m.Least {
			w.Crime.Hosts[i] = 0
		}
	}
	world.Normalise(w.Crime.Hosts)
}

// share is a part of a whole; of nothing it is 0.
func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return part / whole
}

// row is how far criminals in i live off users in each other state; none, where there are no
// criminals. It leaves the rates at which they are broken up in the buffers: by the police of
// i alone, as far as it cares, and by both states together.
func (m *Crime) row(w *world.World, i int) []float64 {
	if w.Crime.Hosts[i] == 0 {
		return nil
	}
	n := w.States.N
	trust := w.Dyads.Trust[i*n : i*n+n]
	alone, together := m.alone[:len(trust)], m.together[:len(trust)]
	for j, there := range trust {
		alone[j] = m.police[i] * (1 - m.Tolerance*(1-there))
		together[j] = 0
	}
	if m.bound(i) {
		for j, there := range trust {
			together[j] = m.Cooperation * there * m.helps(i, j)
		}
	}
	return w.Crime.Share[i*n : i*n+n]
}

// settle puts groups of the host at hand in balance: x = rho / (rho + alpha).
func (m *Crime) settle(row []float64) {
	for j := range row {
		row[j] = m.Rate / (m.Rate + m.alone[j] + m.together[j])
	}
}

// grow lets a year pass: new groups form, and others are broken up.
func (m *Crime) grow(row []float64) {
	for j, x := range row {
		row[j] = (x + m.Rate) / (1 + m.Rate + m.alone[j] + m.together[j])
	}
}

// pass changes the groups of every host, and derives what users lose, the share of groups
// that states break up together, and where crime becomes a matter of states: where groups
// go free that live off those whom the host does not trust.
func (m *Crime) pass(w *world.World, change func(row []float64)) {
	c, s, n := &w.Crime, &w.States, w.States.N
	clear(c.Loss)
	groups, found := 0.0, 0.0
	for i := range n {
		c.Quarrel[i], m.found[i] = 0, 0
		row := m.row(w, i)
		change(row)
		trust, part := w.Dyads.Trust[i*n : i*n+n][:len(row)], w.Crime.Hosts[i]
		for j, x := range row {
			if j == i {
				continue
			}
			c.Loss[j] += part * x
			take := part * x * m.prize[j]
			groups += take
			m.found[i] += take * m.together[j]
			c.Quarrel[i] += take * x * (1 - trust[j])
		}
		found += m.found[i]
	}
	c.Mean, c.Arrests = 0, 0
	for j := range n {
		c.Loss[j] *= s.Penetration[j]
		c.Mean += s.Users[j] * c.Loss[j]
	}
	if groups > 0 {
		c.Arrests = min(1, found/groups)
	}
}
