package models

import (
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Watch puts what a test makes of each mechanism in its place.
func (s *Simulation) Watch(watched func(mechanism.Mechanism) sim.Mechanism[*world.World]) {
	for k, m := range s.model.Mechanisms {
		s.model.Mechanisms[k] = watched(m.(mechanism.Mechanism))
	}
}

// Every lists all mechanisms in their order.
func Every() []mechanism.Mechanism { return newMechanisms().InOrder }
