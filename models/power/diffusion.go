package power

import (
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

// Capability says whether a state can mount cyber operations, and since when.
type Capability uint8

// The capabilities.
const (
	Incapable Capability = iota
	CapableAtStart
	CapableSince // acquired during the run
)

// Races of one tick: each draws a number for every state.
const (
	officeRace uint64 = iota
	offenceRace
)

// Means is what a state can afford in diplomacy, [0, 1]: by size, with power
// relative to the perForum powerful state, or by wealth, per head relative to the
// world's mean. A small rich state can do much.
func Means(power, wealth float64) float64 {
	return 1 - (1-math.Sqrt(power))/(1+wealth)
}

// Skill is the people that a state can set to offensive operations, [0, 1]: it
// takes size and wealth at once, whose geometric mean it is.
func Skill(power, wealth float64) float64 {
	return math.Sqrt(power * wealth / (1 + wealth))
}

// Hazard is the yearly hazard of a state without an office: peers is the share
// of its peers that have one.
//
//	h = max(0, p + q F + b1 T/(1+T) + b2 ln wealth + b3 capacity)
//
// Without the last three terms this is the model of Bass. The size of its foreign
// ministry counts as a factor.
func (o *OfficeDiffusion) Hazard(peers, threat, wealth, capacity float64) float64 {
	return max(0, o.Innovation+o.Imitation*peers+o.Threat*threat/(1+threat)+
		o.Wealth*math.Log(max(wealth, o.LeastWealth))+o.Experience*capacity)
}

// Able is what skill counts for: what lies above the floor, to the power of Means.
func (o *OffenceDiffusion) Able(skill float64) float64 {
	return math.Pow(max(0, skill-o.Floor), o.Means)
}

// Hazard is the yearly hazard of a state without offensive capability: capable
// is the share of states that have it, rival 1 with a recorded rival and 0 without,
// and able what its skill counts for.
//
//	h = k (p + q C) max(0, skill - f)^s (1 + m max(r, T/(1+T)))
func (o *OffenceDiffusion) Hazard(capable, threat, rival, able float64) float64 {
	return o.Diffusion * (o.Innovation + o.Imitation*capable) * able * (1 + o.Motive*max(rival, threat/(1+threat)))
}

// offices counts the states with an office for cyber diplomacy.
func offices(w *world.World) int {
	count := 0
	for _, since := range w.States.Office {
		if since != world.NoOffice {
			count++
		}
	}
	return count
}

// capable counts the states that can mount cyber operations.
func (s *State) capable() int {
	count := 0
	for _, c := range s.Capable {
		if c != Incapable {
			count++
		}
	}
	return count
}

// diffuse lets offices and offensive capability spread by one tick.
func (m *Power) diffuse(now *sim.Tick, w *world.World) {
	if now.Index%now.PerYear == 0 {
		m.deriveConditions(w)
	}
	if !m.NoOffices {
		m.openOffices(now, w)
	}
	if m.Offence.Diffusion > 0 {
		m.arm(now, w)
	}
}

// deriveConditions derives once a year what states can afford and whom they look to: a
// peer counts by trust, and twice if the two meet in as many forums as any pair.
func (m *Power) deriveConditions(w *world.World) {
	n, s := w.States.N, &w.States
	strongest := 0.0
	for _, p := range s.Power {
		strongest = max(strongest, p)
	}
	perForum := 1 / max(1, float64(w.Dyads.MostShared))
	var counts [1 << 8]float64 // by number of shared forums, a byte
	for number := range counts {
		counts[number] = 1 + perForum*float64(number)
	}
	for i, tick := range s.Office {
		m.has[i] = 0
		if tick != world.NoOffice {
			m.has[i] = 1
		}
	}
	for i := range n {
		power, wealth := ratio(s.Power[i], strongest), max(0, s.Wealth[i])
		m.Means[i], m.Skill[i] = Means(power, wealth), Skill(power, wealth)
		m.Staff[i] = ratio(s.Power[i], s.Power[i]+m.Office.Size)
		m.Able[i] = m.Offence.Able(m.Skill[i])
		trust, shared := w.Dyads.Trust[i*n:i*n+n], w.Dyads.Shared[i*n:i*n+n]
		peers, all := 0.0, 0.0
		shared, has := shared[:len(trust)], m.has[:len(trust)]
		for j, tau := range trust {
			weight := tau * counts[shared[j]]
			all += weight
			peers += weight * has[j]
		}
		own := trust[i] * counts[shared[i]]
		m.Peers[i], m.All[i] = peers-own*has[i], all-own
	}
}

// ratio is a share of a whole, none of nothing.
func ratio(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return part / whole
}

// openOffices draws who opens an office. A clock that rings within the tick shows
// at least 1-u, so perForum states need no logarithm. Who opens one is seen by the
// others from the next tick on.
func (m *Power) openOffices(now *sim.Tick, w *world.World) {
	s := &w.States
	race := now.Stream.Race(officeRace)
	for i, key := range s.Key {
		u := race.Uniform(key)
		if s.Office[i] != world.NoOffice {
			continue
		}
		share := 0.0
		if m.All[i] > 0 {
			share = min(1, max(0, m.Peers[i]/m.All[i])) // rounding may leave a little less than none
		}
		within := m.Office.Hazard(share, s.Threat[i], s.Wealth[i], s.Diplomacy[i]) * m.Staff[i] * now.Years
		if 1-u < within && -math.Log(u) < within {
			m.open(now, w, i)
		}
	}
	for i := range s.Office {
		if s.Office[i] == now.Index {
			m.show(w, i)
		}
	}
}

// open opens the office of state i, which raises its diplomatic capacity part of
// the way to what its means allow.
func (m *Power) open(now *sim.Tick, w *world.World, i int) {
	s := &w.States
	s.Office[i] = now.Index
	if ceiling := m.Means[i]; ceiling > s.Diplomacy[i] {
		s.Diplomacy[i] += m.Office.Capacity * (ceiling - s.Diplomacy[i])
	}
	if w.Chronicle.On {
		w.Tell(Opened{State: i, Offices: offices(w)})
	}
}

// show lets the others see the new office of state k.
func (m *Power) show(w *world.World, k int) {
	n := w.States.N
	perForum := 1 / max(1, float64(w.Dyads.MostShared))
	for i := range n {
		if i != k {
			m.Peers[i] += w.Dyads.Trust[i*n+k] * (1 + perForum*float64(w.Dyads.Shared[i*n+k]))
		}
	}
}

// arm draws who acquires offensive capability, and lets those who have acquired
// it during the run grow into it. Activity of the others stays what it was, so
// the world's grows.
func (m *Power) arm(now *sim.Tick, w *world.World) {
	s := &w.States
	race := now.Stream.Race(offenceRace)
	share := float64(m.capable()) / float64(s.N)
	build := sim.PerTick(m.Offence.Build, now.Years)
	for i, key := range s.Key {
		u := race.Uniform(key)
		if m.Capable[i] == Incapable {
			within := m.Offence.Hazard(share, s.Threat[i], m.rival[i], m.Able[i]) * now.Years
			if 1-u >= within || -math.Log(u) >= within {
				continue
			}
			m.Capable[i] = CapableSince
			if w.Chronicle.On {
				w.Tell(Acquired{State: i, Capable: m.capable()})
			}
		}
		if level := m.Offence.Level * math.Sqrt(m.Skill[i]); m.Capable[i] == CapableSince && s.Offence[i] < level {
			s.Offence[i] += build * (level - s.Offence[i])
		}
	}
}
