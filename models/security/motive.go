package security

import "splinternet/models/world"

// wrong is what a state remembers that another has done to it.
type wrong struct {
	of, by int
	weight float64 // severity/10 of incidents and false accusations, rungs/4 of punishment; fades
}

// forgotten is the weight below which a wrong is no motive any more.
const forgotten = .01

// remember adds to what state i holds against state j.
func (m *Security) remember(i, j int, weight float64) {
	if m.Grievance == 0 || i == j {
		return
	}
	for k := range m.wrongs {
		if o := &m.wrongs[k]; o.of == i && o.by == j {
			o.weight += weight
			return
		}
	}
	m.wrongs = append(m.wrongs, wrong{i, j, weight})
}

// forget lets wrongs fade by a share.
func (m *Security) forget(share float64) {
	kept := m.wrongs[:0]
	for _, o := range m.wrongs {
		if o.weight *= 1 - share; o.weight >= forgotten {
			kept = append(kept, o)
		}
	}
	m.wrongs = kept
}

// held is what state i remembers that state j has done to it.
func (m *Security) held(i, j int) float64 {
	for _, o := range m.wrongs {
		if o.of == i && o.by == j {
			return o.weight
		}
	}
	return 0
}

// quarrels lists the recorded rivalries that move states to act: all but those between
// two allies of one and the same great power, which keeps its camp at peace (Gelpi
// 1999).
func (m *Security) quarrels(w *world.World) {
	n, d := w.States.N, &w.Dyads
	m.rivals = m.rivals[:0]
	clear(m.rivalry)
	strongest := 0.0
	for _, p := range w.States.Power {
		strongest = max(strongest, p)
	}
	for i := range n {
		for j := range n {
			if !d.Rival[i*n+j] {
				continue
			}
			kept := false
			for k, p := range w.States.Power {
				kept = kept || p >= great*strongest && k != i && k != j && d.Ally[i*n+k] && d.Ally[j*n+k]
			}
			if !kept {
				m.rivals = append(m.rivals, [2]int{i, j})
				m.rivalry[i*n+j] = true
			}
		}
	}
}

// worth is the prize that a state of a size is (its power and users over the mean of
// all states): 1 at the mean size, twice its size if it is large, and less than its
// share if it is small, for who goes far goes for what matters (assumption).
func worth(size float64) float64 { return 2 * size * size / (1 + size) }

// grievance is the motive that a wrong gives beyond a recorded rivalry, which is
// the most that there is.
func (m *Security) grievance(w *world.World, o wrong) float64 {
	if m.rivalry[o.of*w.States.N+o.by] {
		return 0
	}
	return m.Rivalry * m.Grievance * o.weight / (1 + o.weight)
}

// neighbours lists the states of every neighbourhood; none where the world is one.
func (m *Security) neighbours(w *world.World) {
	for r := range m.regions {
		m.regions[r] = m.regions[r][:0]
	}
	m.apart = false
	for i, r := range w.States.Region {
		m.apart = m.apart || r != w.States.Region[0]
		for len(m.regions) <= r {
			m.regions = append(m.regions, nil)
		}
		m.regions[r] = append(m.regions[r], i)
	}
}

// within is the share of its activity that state i turns on a prize at state j:
// anywhere as far as its arm reaches and the less the more it trusts its owner, by the
// square, and in its neighbourhood all, if the two are at odds.
func (m *Security) within(w *world.World, i, j int) float64 {
	trust := w.Dyads.Trust[i*w.States.N+j]
	far := m.reach[i] * (1 - trust) * (1 - trust)
	if !m.apart || w.States.Region[i] != w.States.Region[j] {
		return far
	}
	return far + (1-m.reach[i])*odds(trust)
}

// odds is how far neighbours are at odds: fully without trust, and not at all from
// the trust on that states begin with towards those with whom they have nothing in
// common and nothing against.
func odds(trust float64) float64 { return max(0, 1-2*trust) }

// great is the share of the first state's power, or of the busiest one's record, from
// which a state counts as one that acts world-wide rather than in its neighbourhood
// (assumption). Five states of 2018 lie above it.
const great = .25

// none is the reach that counts as none, so that the world beyond their neighbourhood
// need not be looked at for most states.
const none = .01

// record notes what every state is on record for at the start, against the busiest.
func (m *Security) record(w *world.World) {
	busiest := 0.0
	for _, o := range w.States.Offence {
		busiest = max(busiest, o)
	}
	for i, o := range w.States.Offence {
		m.recorded[i] = o / max(busiest, 1e-300)
	}
}

// stretch works out how far the arm of every state reaches. Status is no matter of
// degree: what lies well below great counts for little, what lies above it for nearly
// all.
func (m *Security) stretch(w *world.World, strongest float64) {
	for i, p := range w.States.Power {
		m.reach[i] = 1
		if !m.apart {
			continue
		}
		x := max(p/strongest, m.recorded[i]) / great
		x *= x * x
		if m.reach[i] = 1 - m.Distance/(1+x); m.reach[i] < none {
			m.reach[i] = 0
		}
	}
}

// nearby is what the neighbourhood of state i adds to the hazard of its incidents,
// over what its reach brings anywhere.
func (m *Security) nearby(w *world.World, i int) float64 {
	n, s := w.States.N, &w.States
	sum := 0.0
	for _, j := range m.regions[s.Region[i]] {
		if j != i {
			trust := w.Dyads.Trust[i*n+j]
			sum += m.prize[j] * odds(trust) * (1 - trust) * (1 - s.Penetration[i]*m.deter[j])
		}
	}
	return (1 - m.reach[i]) * sum
}
