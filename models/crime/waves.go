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
	for k := range sim.Poisson(now.Stream.Whole(), m.Waves*index(w)*now.Years) {
		if host, victim := m.pick(now, w, uint64(k), m.quarrel); victim >= 0 {
			m.hit(now, w, uint64(k), host, victim)
		}
	}
}

// quarrel is how far crime from i against j becomes a matter of states: where groups go free,
// and where j does not trust i to do what it can.
func (m *Crime) quarrel(w *world.World, i, j int) float64 {
	return w.Crime.Share[i*w.States.N+j] * (1 - w.Dyads.Trust[j*w.States.N+i])
}

// together is the rate at which i and j break up groups in i.
func (m *Crime) together(w *world.World, i, j int) float64 {
	_, rate := m.arrests(w, i, j)
	return rate
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
		w.Tell(Wave{Host: host, Victim: victim, Severity: m.Severity, Free: free, Part: m.criminals[host]})
	}
}

// highest is the top of the scale of severity, 0 to 10.
const highest = 10

// operate picks the groups that states break up together this year and that become known.
func (m *Crime) operate(now *sim.Tick, w *world.World) {
	rng := now.Stream.Pair(0, 0)
	for k := range sim.Poisson(rng, m.Waves*w.Crime.Arrests) {
		host, partner := m.pick(now, w, uint64(k)+known, m.together)
		if partner >= 0 && w.Chronicle.On {
			w.Tell(Operation{Host: host, Partner: partner, Text: m.closest(host, partner)})
		}
	}
}

// known is the number of the first race about what states do together: far behind those
// of waves.
const known = 1 << 20

// pick draws a host, and somebody whom groups in it live off, in proportion to what
// they take there times a weight; -1 if there is nobody.
func (m *Crime) pick(now *sim.Tick, w *world.World, number uint64, weigh func(w *world.World, i, j int) float64) (host, other int) {
	n, s, c := w.States.N, &w.States, &w.Crime
	from := func(i, j int) float64 {
		if i == j {
			return 0
		}
		return m.criminals[i] * c.Share[i*n+j] * prize(s, j) * weigh(w, i, j)
	}
	for i := range n {
		m.weight[i] = 0
		for j := range n {
			m.weight[i] += from(i, j)
		}
	}
	host = now.Stream.Race(number*draws).Pick(s.Key, m.weight)
	if host < 0 {
		return -1, -1
	}
	for j := range n {
		m.weight[j] = from(host, j)
	}
	return host, now.Stream.Race(number*draws+1).Pick(s.Key, m.weight)
}
