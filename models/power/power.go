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

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// saturation is the share of a population that ends up online: the most
// connected states of the data stand there.
const saturation = .98

// Power is the mechanism.
type Power struct {
	Economy, Capability, Structure   float64
	Growth, GrowthDecay, GrowthFloor float64
	Internet                         float64
	Office                           OfficeDiffusion
	Offence                          OffenceDiffusion

	spread diffusion
}

// New declares the parameters of the mechanism.
func New(set *sim.Parameters) *Power {
	m := new(Power)
	s := set.Section("power")
	weight := func(field *float64, name string, value float64, doc string) {
		s.Number(field, sim.Parameter{
			Name: name, Default: value, Domain: sim.Range{Min: 0, Max: 1}, Plausible: sim.Range{Min: .1, Max: .8}, Source: sim.Assumption,
			Doc: doc + " The three weights are rescaled to sum to 1.", Reference: "CINC: Singer, Bremer and Stuckey 1972; structural power: Strange 1988",
		})
	}
	weight(&m.Economy, "economy", .5, "Weight of the share of world GDP in composite power.")
	weight(&m.Capability, "capability", .25, "Weight of the share of material capability (CINC) in composite power.")
	weight(&m.Structure, "structure", .25, "Weight of the share of world internet users served by the state's firms in composite power.")
	s.Number(&m.Growth, sim.Parameter{
		Name: "growth", Default: 1, Domain: sim.Range{Min: 0, Max: 3}, Plausible: sim.Range{Min: 0, Max: 2}, Unit: "factor", Source: sim.Data,
		Doc:       "Factor on the spread of growth rates around the floor: 0 lets all economies grow alike, 2 doubles the power shift.",
		Reference: "World Bank, mean growth 2009-2018",
	})
	s.Number(&m.GrowthDecay, sim.Parameter{
		Name: "growth-decay", Default: .07, Domain: sim.Range{Min: 0, Max: 1}, Plausible: sim.Range{Min: .03, Max: .15}, Unit: "per year", Source: sim.Literature,
		Doc:       "Rate at which growth returns to the floor; undamped, the West's share of world GDP would fall to .37 by 2040.",
		Reference: "Barro and Sala-i-Martin 1992",
	})
	s.Number(&m.GrowthFloor, sim.Parameter{
		Name: "growth-floor", Default: .025, Domain: sim.Range{Min: -.1, Max: .2}, Plausible: sim.Range{Min: .01, Max: .04}, Unit: "per year", Source: sim.Assumption,
		Doc: "Growth rate to which all economies tend.",
	})
	s.Number(&m.Internet, sim.Parameter{
		Name: "internet", Default: .12, Domain: sim.Range{Min: 0, Max: 1}, Plausible: sim.Range{Min: .05, Max: .25}, Unit: "per year", Source: sim.Assumption,
		Doc: "Logistic growth rate of internet use in a population.",
	})
	m.declareDiffusion(s)
	return m
}

// Name is "power".
func (*Power) Name() string { return "power" }

// Declare says all that the rest of the program knows of the mechanism.
func (*Power) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "Growth with convergence, spread of internet use, composite power (E1); spread of cyber-diplomacy offices and of offensive capability.",
		Reference: "Singer, Bremer and Stuckey 1972; Strange 1988; Barro and Sala-i-Martin 1992; Bass 1969; Smeets 2022",
	}
}

// Prepare does nothing yet.
func (*Power) Prepare(*world.World) {}

// Begin counts who has an office or offensive capability. The initial composite
// is derived for every run, whether the mechanism is on or off.
func (m *Power) Begin(_ *sim.Tick, w *world.World) { m.beginDiffusion(w) }

// Step grows economies, capabilities and internet use by one tick, derives the
// shares anew and lets offices and offensive capability spread.
func (m *Power) Step(now *sim.Tick, w *world.World) {
	s := &w.States
	// Both growth and internet use are integrated over the tick, so that its length
	// changes nothing.
	elapsed := float64(now.Index) * now.Years
	spread := m.Growth * math.Pow(1-m.GrowthDecay, elapsed) * undamped(m.GrowthDecay, now.Years)
	spreading := math.Exp(m.Internet * now.Years)
	for i := range s.N {
		factor := math.Exp(m.GrowthFloor*now.Years + (s.Growth[i]-m.GrowthFloor)*spread)
		s.Economy[i] *= factor
		s.Capability[i] *= factor
		if p := s.Penetration[i]; p < saturation {
			s.Penetration[i] = p * spreading / (1 + p/saturation*(spreading-1))
		}
	}
	world.Normalise(s.Economy)
	world.Normalise(s.Capability)
	m.deriveUsers(s)
	if now.Index%now.PerYear == 0 {
		w.DeriveStructure()
	}
	s.DerivePower(m.Economy, m.Capability, m.Structure)
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
// world.
func (m *Power) Derive(w *world.World) {
	m.deriveUsers(&w.States)
	w.DeriveStructure()
	w.States.DerivePower(m.Economy, m.Capability, m.Structure)
}

// deriveUsers derives the shares of world users from populations online.
func (m *Power) deriveUsers(s *world.States) {
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
