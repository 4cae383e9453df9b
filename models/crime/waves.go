package crime

import (
	"splinternet/models/world"
	"splinternet/sim"
)

// draws is how many random numbers a wave or an operation has of its own: for the host,
// for the other state, and for what the victim makes of it.
const draws = 3

// strike plays the waves of crime of the tick that become a matter of states.
func (m *Crime) strike(now *sim.Tick, w *world.World) {
	waves := sim.Poisson(now.Stream.Whole(), m.Waves*index(w)*now.Years)
	if waves > 0 {
		m.deriveHosts(w)
	}
	for k := range waves {
		race := uint64(k) * draws
		host := now.Stream.Race(race).Pick(w.States.Key, w.Crime.Quarrel)
		if host < 0 {
			return
		}
		n := w.States.N
		for j, x := range w.Crime.Share[host*n : host*n+n] {
			m.weight[j] = m.prize[j] * x * x * (1 - w.Dyads.Trust[host*n+j])
		}
		m.weight[host] = 0
		if victim := now.Stream.Race(race+1).Pick(w.States.Key, m.weight); victim >= 0 {
			m.hit(now, w, uint64(k), host, victim)
		}
	}
}

// hit plays what a wave from the host does to the victim, and what that makes of it.
func (m *Crime) hit(now *sim.Tick, w *world.World, number uint64, host, victim int) {
	c, at := &w.Crime, victim*w.States.N+host
	free := c.Share[host*w.States.N+victim]
	rng := now.Stream.Pair(number*draws+2, w.States.Key[victim])
	wave := world.Wave{Host: host, Victim: victim, Severity: m.Severity, Blamed: rng.Float64() < m.Confusion*(1-w.Dyads.Trust[at])}
	wave.Public, wave.Climb, wave.Reply = rng.Float64(), rng.Float64(), rng.Float64()
	c.Waves = append(c.Waves, wave)
	if wave.Blamed {
		return // security works out what follows, as from an operation
	}
	w.States.Salience[victim] += m.Severity / highest
	w.Dyads.Trust[at] *= 1 - m.TrustLoss*free*m.Severity/highest
	if w.Chronicle.On {
		w.Tell(Wave{Host: host, Victim: victim, Severity: m.Severity, Free: free, Part: c.Hosts[host]})
	}
}

// highest is the top of the scale of severity, 0 to 10.
const highest = 10

// operate picks the groups that states break up together this year and that become known.
func (m *Crime) operate(now *sim.Tick, w *world.World) {
	operations := sim.Poisson(now.Stream.Pair(0, 0), m.Waves*w.Crime.Arrests)
	for k := range operations {
		race := known + uint64(k)*draws
		host := now.Stream.Race(race).Pick(w.States.Key, m.found)
		if host < 0 {
			return
		}
		for j, x := range m.row(w, host) {
			m.weight[j] = m.prize[j] * x * m.together[j]
		}
		m.weight[host] = 0
		if partner := now.Stream.Race(race+1).Pick(w.States.Key, m.weight); partner >= 0 && w.Chronicle.On {
			w.Tell(Operation{Host: host, Partner: partner, Text: m.closest(host, partner)})
		}
	}
}

// known is the number of the first race about what states do together: far behind those
// of waves.
const known = 1 << 20
