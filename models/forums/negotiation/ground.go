package negotiation

import (
	"math"

	"splinternet/models/world"
)

// ground is what the members of a forum have in common.
type ground struct {
	cost    float64 // of standing alone
	rivalry float64 // by how much a text costs a member more that shares no stack with the others
}

// common is the ground that the members of a forum have in common. The mix of their stacks
// is in m.mix if they are rivals over stacks.
func (m *Negotiation) common(w *world.World, f *world.Forum) ground {
	cost := m.Isolation * f.Legitimacy * m.Effort(w, f.Members, world.ConsensusBuilding)
	if m.Trust > 0 {
		cost *= m.carried(w, f)
	}
	return ground{cost, m.rivalry(w, f)}
}

// carried is by how much the trust among the members of a forum, against that at the
// start, makes it dearer or cheaper to stand alone. Trust is weighted by the power of both;
// of two members one at least has the power of an average member, which leaves out next to
// nothing of the weight.
func (m *Negotiation) carried(w *world.World, f *world.Forum) float64 {
	power, least, size := w.States.Power, 0.0, 0.0
	for i, in := range f.Members {
		if in {
			least += power[i]
			size++
		}
	}
	least /= max(1, size)
	now, start, n := 0.0, 0.0, w.States.N
	for i, in := range f.Members {
		if !in || power[i] < least {
			continue
		}
		there, before := w.Dyads.Trust[i*n:i*n+n], m.Before[i*n:i*n+n]
		for j, also := range f.Members {
			if also && j != i {
				weight := power[i] * power[j]
				now += weight * there[j]
				start += weight * before[j]
			}
		}
	}
	if start == 0 {
		return 1
	}
	return math.Pow(now/start, m.Trust)
}

// rivalry is by how much a text of a forum costs a member more that shares no stack with
// the others; it also works out the mix of stacks that the members use, by their power.
// Stacks are at issue where standards and the governance of the Internet are.
func (m *Negotiation) rivalry(w *world.World, f *world.Forum) float64 {
	if m.Stacks == 0 || len(w.Stacks) < 2 {
		return 0
	}
	m.mix = world.Zeros(m.mix, len(w.Stacks))
	total := 0.0
	for i, in := range f.Members {
		if in {
			total += w.States.Power[i]
			for s, x := range w.StackMix(i) {
				m.mix[s] += w.States.Power[i] * x
			}
		}
	}
	if total == 0 {
		return 0
	}
	for s := range m.mix {
		m.mix[s] /= total
	}
	if f.Line == world.Standards || f.Line == world.InternetGovernance {
		return m.Stacks
	}
	return m.Stacks * m.Elsewhere
}

// foreign is the share of the networks of state i that runs on other stacks than the mix of
// the members of the forum.
func (m *Negotiation) foreign(w *world.World, i int) float64 {
	same := 0.0
	for s, x := range w.StackMix(i) {
		same += min(x, m.mix[s])
	}
	return max(0, 1-same)
}
