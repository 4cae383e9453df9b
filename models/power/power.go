// Package power shifts the composite power of states (E1).
//
// Power is a weighted mean of three shares of the world:
//
//	pi = w_E * economy + w_C * material capability + w_S * structure
//
// where structure is the share of the world's internet users whom the firms of
// the state serve (Strange 1988; Farrell and Newman 2019). A product would give
// a state without global firms no power at all. Economies start at their growth
// of the last ten years, which decays towards a common floor (Barro and
// Sala-i-Martin 1992); material capability follows the economy; internet use
// spreads logistically. Cyber-diplomacy offices and offensive capability spread
// from state to state (diffusion.go).
package power

import (
	"math"
	"slices"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Power is the mechanism.
type Power struct {
	Parameters
	*State // in the world of the run

	// NoOffices says that foreign ministries open no offices for cyber diplomacy, since
	// diplomacy is abolished. Whoever makes the model sets it; no parameter does.
	NoOffices bool

	rival  []float64 // by state: 1 with a rival, 0 without
	turned int       // Dyads.Turned when it was found
	has    []float64 // by state: 1 with an office, 0 without
}

// State is what the mechanism remembers.
type State struct {
	Peers   []float64    `doc:"by state: trust and meetings of those with an office, as of the start of the year and with the offices opened since"`
	All     []float64    `doc:"by state: the same of everybody, as of the start of the year"`
	Means   []float64    `doc:"by state: what it can afford in diplomacy, as of the start of the year"`
	Staff   []float64    `doc:"by state: whether its foreign ministry has people to spare, as of the start of the year"`
	Skill   []float64    `doc:"by state: the people that it can set to offensive operations, as of the start of the year"`
	Able    []float64    `doc:"by state: what its skill counts for, as of the start of the year"`
	Capable []Capability `doc:"by state: whether it can mount cyber operations, and since when"`
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Power { return mechanism.Parameters(set, new(Power)) }

// Prepare sizes the buffers.
func (m *Power) Prepare(w *world.World) {
	m.State = world.Slot[State](w, m.Name())
	n := w.States.N
	m.rival, m.has = world.Zeros(m.rival, n), world.Zeros(m.has, n)
	m.findRivals(w)
}

// findRivals finds who has a rival.
func (m *Power) findRivals(w *world.World) {
	n := w.States.N
	m.turned = w.Dyads.Turned
	clear(m.rival)
	for i := range n {
		if slices.Contains(w.Dyads.Rival[i*n:i*n+n], true) {
			m.rival[i] = 1
		}
	}
}

// Begin notes who has offensive capability.
func (m *Power) Begin(_ *sim.Tick, w *world.World) {
	n := w.States.N
	for _, list := range []*[]float64{&m.Peers, &m.All, &m.Means, &m.Staff, &m.Skill, &m.Able} {
		*list = world.Zeros(*list, n)
	}
	m.Capable = world.Zeros(m.Capable, n)
	for i, offence := range w.States.Offence {
		if offence >= m.Offence.Capable {
			m.Capable[i] = CapableAtStart
		}
	}
}

// Step grows economies, capabilities and internet use by one tick, derives the
// shares anew and lets offices and offensive capability spread.
func (m *Power) Step(now *sim.Tick, w *world.World) {
	s := &w.States
	if m.turned != w.Dyads.Turned {
		m.findRivals(w)
	}
	// Both growth and internet use are integrated over the tick, so that its length
	// changes nothing.
	elapsed := float64(now.Index) * now.Years
	spread := m.Growth * math.Pow(1-m.GrowthDecay, elapsed) * undamped(m.GrowthDecay, now.Years)
	spreading := math.Exp(m.Internet * now.Years)
	for i := range s.N {
		factor := math.Exp(m.GrowthFloor*now.Years + (s.Growth[i]-m.GrowthFloor)*spread)
		s.Economy[i] *= factor
		s.Capability[i] *= factor
		if p := s.Penetration[i]; p < m.Saturation {
			s.Penetration[i] = p * spreading / (1 + p/m.Saturation*(spreading-1))
		}
	}
	world.Normalise(s.Economy)
	world.Normalise(s.Capability)
	deriveUsers(s)
	if now.Index%now.PerYear == 0 {
		w.DeriveStructure()
	}
	s.DerivePower(m.Weights.Economy, m.Weights.Capability, m.Weights.Structure)
	m.diffuse(now, w)
}

// undamped is the time in which a constant rate does what one that decays does in
// the given years.
func undamped(decay, years float64) float64 {
	if decay == 0 {
		return years
	}
	return sim.PerTick(decay, years) / -math.Log1p(-decay)
}

// Derive works out users, structure and composite power from what stands in the
// world, whether the mechanism is on or off.
func Derive(w *world.World, weights Weights) {
	deriveUsers(&w.States)
	w.DeriveStructure()
	w.States.DerivePower(weights.Economy, weights.Capability, weights.Structure)
}

// deriveUsers derives the shares of world users from populations online.
func deriveUsers(s *world.States) {
	total := 0.0
	for i := range s.N {
		total += s.Population[i] * s.Penetration[i]
	}
	if total == 0 {
		return
	}
	for i := range s.N {
		s.Users[i] = s.Population[i] * s.Penetration[i] / total
	}
}
