package security

import (
	"splinternet/models/world"
	"splinternet/sim"
)

// passesForCrime is the number of the race that decides whether the target of an incident
// takes it for crime: behind those of all others.
const passesForCrime = 1 << 40

// hidden tells whether the target takes an operation for crime: then it blames no state.
func hidden(now *sim.Tick, w *world.World, number uint64, e Incident) bool {
	if !w.Crime.Exists() || e.Scripted {
		return false
	}
	draw := now.Stream.Race(passesForCrime + number).Uniform(w.States.Key[e.Target])
	return draw <= w.Crime.Cover(w.States.N, e.Initiator, e.Target)
}

// blameForCrime plays the waves of crime of the tick that their victims take for operations
// of the host state. They are as unsure as others who err.
func (m *Security) blameForCrime(w *world.World) {
	for _, wave := range w.Crime.Waves {
		if wave.Blamed {
			m.Happen(w, Incident{
				Initiator: wave.Host, Target: wave.Victim, Severity: wave.Severity, Blamed: wave.Host,
				Public: wave.Public < m.Public*(1-m.Doubt), Climb: wave.Climb, Reply: wave.Reply, Crime: true,
			})
		}
	}
}

// wrongs tells whether an incident is blamed on a state that did not do it.
func (e *Incident) wrongs() bool { return e.Blamed != e.Initiator || e.Crime }
