// Package crime plays cybercrime across borders, as far as it matters to politics.
//
// Whoever cannot live well off honest work, and is online, may turn to crime (Becker 1968):
// the criminals of the world are spread over states as
//
//	s_i ~ users_i x penetration_i / (1 + wealth_i)
//
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
// is to take, the more groups go free and the less the victim trusts the host: it looks to
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

	criminals []float64 // by state: share of those of the world
	police    []float64 // by state: rate at which it breaks up groups if it wants to
	weight    []float64 // scratch of draws
	bonds     []bond    // conventions on cybercrime in force
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Crime { return mechanism.Parameters(set, new(Crime)) }

// Prepare sizes the buffers.
func (m *Crime) Prepare(w *world.World) {
	if n := w.States.N; len(m.criminals) != n {
		m.criminals, m.police, m.weight = make([]float64, n), make([]float64, n), make([]float64, n)
	}
}

// Begin lays out crime in balance, so that nothing moves unless its causes do.
func (m *Crime) Begin(_ *sim.Tick, w *world.World) {
	if m.Rate > 0 {
		m.layOut(w)
	}
}

// layOut puts crime in balance: x = rho / (rho + alpha).
func (m *Crime) layOut(w *world.World) {
	c, n := &w.Crime, w.States.N
	c.Share, c.Loss = world.Zeros(c.Share, n*n), world.Zeros(c.Loss, n)
	m.deriveHosts(w)
	m.deriveBonds(w)
	for i := range n {
		for j := range n {
			alone, together := m.arrests(w, i, j)
			c.Share[i*n+j] = m.Rate / (m.Rate + alone + together)
		}
	}
	m.sum(w)
	c.Start = c.Mean
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
	m.deriveHosts(w)
	if w.Calendar.Due(now.Index, time.January) {
		m.deriveBonds(w)
		m.move(w)
		m.sum(w)
		m.operate(now, w)
	}
	m.strike(now, w)
}

// deriveHosts derives how the criminals of the world are spread over states, and what the
// police of each can do.
func (m *Crime) deriveHosts(w *world.World) {
	s := &w.States
	for i, wealth := range s.Wealth {
		m.criminals[i] = s.Users[i] * s.Penetration[i] / (1 + wealth)
		m.police[i] = m.Police * wealth / (1 + wealth)
	}
	world.Normalise(m.criminals)
}

// arrests are the rates at which groups in i that live off users in j are broken up: by
// the police of i alone, as far as it cares, and by both states together.
func (m *Crime) arrests(w *world.World, i, j int) (alone, together float64) {
	trust := w.Dyads.Trust[i*w.States.N+j]
	return m.police[i] * (1 - m.Tolerance*(1-trust)), m.Cooperation * trust * m.helps(i, j)
}

// move lets a year pass: new groups form, and others are broken up.
func (m *Crime) move(w *world.World) {
	c, n := &w.Crime, w.States.N
	for i := range n {
		for j := range n {
			alone, together := m.arrests(w, i, j)
			c.Share[i*n+j] = (c.Share[i*n+j] + m.Rate) / (1 + m.Rate + alone + together)
		}
	}
}

// sum derives what users lose, and the share of groups that states break up together.
func (m *Crime) sum(w *world.World) {
	c, s, n := &w.Crime, &w.States, w.States.N
	c.Mean = 0
	groups, found := 0.0, 0.0
	for j := range n {
		c.Loss[j] = 0
		for i := range n {
			if i == j {
				continue
			}
			x := m.criminals[i] * c.Share[i*n+j]
			_, together := m.arrests(w, i, j)
			c.Loss[j] += s.Penetration[j] * x
			groups += prize(s, j) * x
			found += prize(s, j) * x * together
		}
		c.Mean += s.Users[j] * c.Loss[j]
	}
	c.Arrests = 0
	if groups > 0 {
		c.Arrests = min(1, found/groups)
	}
}

// prize is what there is to take in a state: what its economy does online.
func prize(s *world.States, j int) float64 { return s.Economy[j] * s.Penetration[j] }
