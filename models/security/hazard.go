package security

import (
	"math"

	"splinternet/models/world"
)

// hazards writes the hazard of every initiator to m.hazard and returns the sum.
func (m *Security) hazards(w *world.World) float64 {
	n, s := w.States.N, &w.States
	m.deriveMeans(w)
	for i := range n {
		m.hazard[i] = 0
		if s.Offence[i] < m.LeastOffence {
			continue
		}
		if m.reach[i] > 0 {
			// sum_j a_j (1-tau_ij)^3 (1-D_ij) with D_ij = penetration_i x deter_j.
			open, deterred := m.weighRow(w, i)
			m.hazard[i] = m.reach[i] * (open - s.Penetration[i]*deterred)
		}
		if m.places.apart {
			m.hazard[i] += m.nearby(w, i)
		}
	}
	for _, pair := range m.Rivals {
		i, j := pair[0], pair[1]
		if s.Offence[i] < m.LeastOffence {
			continue
		}
		m.hazard[i] += m.Rivalry * (1 - w.Dyads.Trust[i*n+j]) * (1 - s.Penetration[i]*m.deter[j]) * m.left(n, i, j)
	}
	for _, o := range m.Wrongs {
		if s.Offence[o.Of] >= m.LeastOffence {
			m.hazard[o.Of] += m.grievance(w, o) * (1 - w.Dyads.Trust[o.Of*n+o.By]) * (1 - s.Penetration[o.Of]*m.deter[o.By]) * m.left(n, o.Of, o.By)
		}
	}
	total := 0.0
	for i := range n {
		m.hazard[i] = max(0, m.hazard[i]) * s.Offence[i]
		total += m.hazard[i]
	}
	return total
}

// deriveMeans derives what every state is worth, how well it can attribute and deter,
// and how far it reaches.
func (m *Security) deriveMeans(w *world.World) {
	n, strongest := w.States.N, strongest(w)
	for j, p := range w.States.Power {
		m.ability[j] = math.Sqrt(p / strongest)
		m.deter[j] = m.Deterrence * m.probability(w, j) * m.ability[j]
		m.prize[j] = worth(float64(n) * w.Weight(j))
		m.guarded[j] = m.prize[j] * m.deter[j]
	}
	m.deriveReach(w, strongest)
}

// strongest is the power of the most powerful state.
func strongest(w *world.World) float64 {
	strongest := 0.0
	for _, p := range w.States.Power {
		strongest = max(strongest, p)
	}
	return strongest
}

// probability is that of victim j blaming the true initiator. An office for cyber
// diplomacy closes a share of what is missing to certainty: its diplomats ask before they
// accuse.
func (m *Security) probability(w *world.World, j int) float64 {
	p := min(1, m.Attribution+m.AttributionCapability*m.ability[j])
	if w.States.Office[j] != world.NoOffice {
		p += m.Offices * (1 - p)
	}
	return p
}

// weighRow sums what is worth an incident of state i anywhere, and the part of it that
// deterrence guards, weighted by distrust and by what rules leave.
func (m *Security) weighRow(w *world.World, i int) (open, deterred float64) {
	n := w.States.N
	trust := w.Dyads.Trust[i*n : i*n+n]
	if len(m.Left) == 0 {
		return weighDistrust(trust, m.prize, m.guarded)
	}
	left := m.Left[i*n : i*n+n]
	for j, tau := range trust {
		weight := (1 - tau) * (1 - tau) * (1 - tau) * left[j]
		open += weight * m.prize[j]
		deterred += weight * m.guarded[j]
	}
	return open, deterred
}

// weighDistrust sums two columns weighted by the third power of distrust, each in two
// interleaved sums.
func weighDistrust(trust, a, b []float64) (sumA, sumB float64) {
	a, b = a[:len(trust)], b[:len(trust)]
	var evenA, oddA, evenB, oddB float64
	j := 0
	for ; j+1 < len(trust); j += 2 {
		even, odd := 1-trust[j], 1-trust[j+1]
		even *= even * even
		odd *= odd * odd
		evenA += even * a[j]
		oddA += odd * a[j+1]
		evenB += even * b[j]
		oddB += odd * b[j+1]
	}
	if j < len(trust) {
		even := (1 - trust[j]) * (1 - trust[j]) * (1 - trust[j])
		evenA += even * a[j]
		evenB += even * b[j]
	}
	return evenA + oddA, evenB + oddB
}

// suspects writes the hazard of incidents of i on each state to m.weight.
func (m *Security) suspects(w *world.World, i int) {
	n := w.States.N
	for j := range n {
		m.weight[j] = 0
		if j != i {
			motive := m.prize[j] * m.within(w, i, j)
			if m.rivalry[i*n+j] {
				motive += m.Rivalry
			}
			m.weight[j] = motive * (1 - w.Dyads.Trust[i*n+j]) * (1 - w.States.Penetration[i]*m.deter[j]) * m.left(n, i, j)
		}
	}
	for _, o := range m.Wrongs {
		if o.Of == i {
			m.weight[o.By] += m.grievance(w, o) * (1 - w.Dyads.Trust[i*n+o.By]) * (1 - w.States.Penetration[i]*m.deter[o.By]) * m.left(n, i, o.By)
		}
	}
}

// worth is the prize that a state of a size is (its power and users over the mean of
// all states): 1 at the mean size, twice its size if it is large, and less than its
// share if it is small, for who goes far goes for what matters (assumption).
func worth(size float64) float64 { return 2 * size * size / (1 + size) }

// within is the share of its activity that state i turns on a prize at state j:
// anywhere as far as it reaches and the less the more it trusts its owner, by the
// square, and in its neighbourhood all, if the two are at odds.
func (m *Security) within(w *world.World, i, j int) float64 {
	trust := w.Dyads.Trust[i*w.States.N+j]
	far := m.reach[i] * (1 - trust) * (1 - trust)
	if !m.places.apart || w.States.Region[i] != w.States.Region[j] {
		return far
	}
	return far + (1-m.reach[i])*odds(trust)
}

// odds is how far neighbours are at odds: fully without trust, and not at all from
// the trust on that states begin with towards those with whom they have nothing in
// common and nothing against.
func odds(trust float64) float64 { return max(0, 1-2*trust) }

// nearby is what the neighbourhood of state i adds to the hazard of its incidents,
// over what its reach brings anywhere.
func (m *Security) nearby(w *world.World, i int) float64 {
	n, s := w.States.N, &w.States
	sum := 0.0
	for _, j := range m.places.states[s.Region[i]] {
		if j != i {
			trust := w.Dyads.Trust[i*n+j]
			sum += m.prize[j] * odds(trust) * (1 - trust) * (1 - s.Penetration[i]*m.deter[j]) * m.left(n, i, j)
		}
	}
	return (1 - m.reach[i]) * sum
}

// deriveReach works out how far every state reaches beyond its neighbourhood, by its
// power and by what it is on record for: at the start, or today.
func (m *Security) deriveReach(w *world.World, strongest float64) {
	recorded := m.Recorded
	if m.ReachOfTheDay {
		clear(m.today)
		record(m.today, w.States.Offence)
		recorded = m.today
	}
	for i, p := range w.States.Power {
		m.reach[i] = 1
		if !m.places.apart {
			continue
		}
		x := math.Pow(max(p/strongest, recorded[i])/m.GreatPower, m.ReachSteepness)
		if m.reach[i] = 1 - m.Distance/(1+x); m.reach[i] < m.LeastReach {
			m.reach[i] = 0
		}
	}
}

// neighbourhoods are the states by the region that they lie in.
type neighbourhoods struct {
	states [][]int
	apart  bool // whether there is more than one
}

// find lists the states of every neighbourhood; none where the world is one.
func (p *neighbourhoods) find(w *world.World) {
	for r := range p.states {
		p.states[r] = p.states[r][:0]
	}
	p.apart = false
	for i, r := range w.States.Region {
		p.apart = p.apart || r != w.States.Region[0]
		for len(p.states) <= r {
			p.states = append(p.states, nil)
		}
		p.states[r] = append(p.states[r], i)
	}
}
