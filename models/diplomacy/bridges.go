package diplomacy

import (
	"fmt"
	"math"
	"slices"
	"time"

	"splinternet/models/world"
	"splinternet/sim"
)

// bridge is a pair of states that works, or has worked, on a bridge.
type bridge struct {
	i, j int32
	aim  float64 // level that their efforts support, [0, 1]
	told bool    // whether the chronicle has told of it
}

const (
	// divide is the part of a link that blocs must cost for a bridge to be worth
	// building: pairs within a bloc have nothing to bridge.
	divide = .05
	// line is the channel that comes with a complete bridge: engineers who run a
	// gateway together have each other's numbers.
	line = .3
	// trace is the level below which a bridge that nobody keeps up is gone.
	trace = .005
)

func (m *Diplomacy) declareBridges(s sim.Section) {
	s.Integer(&m.Partners, sim.Parameter{
		Name: "partners", Default: 6, Domain: sim.Range{Min: 0, Max: leading}, Plausible: sim.Range{Min: 3, Max: 12}, Unit: "states", Source: sim.Assumption,
		Doc: "Number of states with which a state of budget 1 builds bridges; others as many as their budget allows, at least one.",
	})
	number(s, &m.Bridge, "bridge", 3, sim.Range{Min: 0, Max: 100}, sim.Range{Min: 1, Max: 6}, "factor", sim.Assumption,
		"Strength z of a bridge by two states that spend a budget of 1 on bridges each; its level is z/(1+z).", "")
	number(s, &m.BridgePace, "bridge-pace", .3, unit, sim.Range{Min: .1, Max: .5}, "per year", sim.Assumption,
		"Rate at which bridges are built up to the level that efforts support.", "")
	number(s, &m.BridgeDecay, "bridge-decay", .1, unit, sim.Range{Min: .05, Max: .3}, "per year", sim.Assumption,
		"Rate at which bridges fall to that level when efforts cease.", "")
	number(s, &m.Trust, "trust", .03, unit, sim.Range{Min: 0, Max: .1}, "share", sim.Assumption,
		"Share of the missing trust that a complete bridge builds in a year, and that an agreement builds when it is made.", "")
}

// collectBridges adds the bridges that stand in the world to the list, those that
// a scenario has built, too.
func (m *Diplomacy) collectBridges(w *world.World) {
	n := w.States.N
	for _, pair := range w.Dyads.Marked {
		if i, j := int(pair[0]), int(pair[1]); w.Dyads.Bridge[i*n+j] > 0 {
			m.bridge(n, i, j)
		}
	}
}

// bridge is the entry of a pair in the list, new if need be.
func (m *Diplomacy) bridge(n, i, j int) *bridge {
	i, j = min(i, j), max(i, j)
	place := &m.at[i*n+j]
	if *place == 0 {
		m.bridges = append(m.bridges, bridge{i: int32(i), j: int32(j)})
		*place = int32(len(m.bridges))
	}
	return &m.bridges[*place-1]
}

// chooseBridges lets every state choose the partners that it builds bridges to.
// The strength of a bridge is the geometric mean of what both spend, less what they
// mistrust each other: it takes two.
func (m *Diplomacy) chooseBridges(w *world.World) {
	m.collectBridges(w)
	m.bar(w)
	for k := range m.bridges {
		m.bridges[k].aim = 0
	}
	for i := range w.States.N {
		if m.force(w, i, world.BridgeBuilding) == 0 {
			continue
		}
		var best [leading]candidate
		for _, c := range m.partners(w, i, best[:0]) {
			z := m.Bridge * math.Sqrt(m.force(w, i, world.BridgeBuilding)*m.force(w, c.j, world.BridgeBuilding)) * min(1, 2*trust(w, i, c.j))
			if z > 0 {
				m.bridge(w.States.N, i, c.j).aim = z / (1 + z)
				w.Dyads.Mark(w.States.N, i, c.j)
			}
		}
	}
}

// candidate is a partner and what a bridge to it is worth.
type candidate struct {
	j     int
	worth float64
}

// partners is the list of the best partners of state i, as many as it can work
// with, written to the given memory: users of the partner, times what blocs cost
// the link, times trust, without which nothing can be built. Whoever is under
// sanctions is none.
func (m *Diplomacy) partners(w *world.World, i int, best []candidate) []candidate {
	most := int(math.Ceil(float64(m.Partners) * min(1, m.budget(w, i))))
	if most == 0 {
		return best
	}
	for k, j := range m.efforts.lead {
		c := candidate{j, m.efforts.worth[i*leading+k]}
		if c.worth == 0 || len(best) == most && c.worth <= best[most-1].worth {
			continue
		}
		k := len(best)
		for k > 0 && c.worth > best[k-1].worth {
			k--
		}
		if len(best) < most {
			best = append(best, candidate{})
		}
		if k < len(best) {
			copy(best[k+1:], best[k:])
			best[k] = c
		}
	}
	return best
}

// worth is what a bridge to state j is worth to state i, at a distance and with a
// trust between them; 0 if there is nothing to bridge.
func (m *Diplomacy) worth(w *world.World, i, j int, apart, tau float64) float64 {
	gap := 1 - w.Overlap(i, j)*(1-(1-tau)*apart)
	if gap < divide {
		return 0
	}
	return w.States.Users[j] * gap * tau
}

// bar makes bridges between pairs of which one has answered the other's
// operations by more than a protest worth nothing. All of them are marked.
func (m *Diplomacy) bar(w *world.World) {
	e := &m.efforts
	for _, pair := range w.Dyads.Marked {
		i, j := int(pair[0]), int(pair[1])
		if rung(w, i, j) <= world.Protest {
			continue
		}
		if k := e.leads[i]; k > 0 {
			e.worth[j*leading+k-1] = 0
		}
		if k := e.leads[j]; k > 0 {
			e.worth[i*leading+k-1] = 0
		}
	}
}

// moveBridges builds and lets decay by one tick, and drops what is gone. Once a
// year, those who work together come to trust each other a little more.
func (m *Diplomacy) moveBridges(now *sim.Tick, w *world.World) {
	n, d := w.States.N, &w.Dyads
	up, down := sim.PerTick(m.BridgePace, now.Years), sim.PerTick(m.BridgeDecay, now.Years)
	january := w.Calendar.Due(now.Index, time.January)
	kept := m.bridges[:0]
	for k, b := range m.bridges {
		i, j := int(b.i), int(b.j)
		level := d.Bridge[i*n+j]
		switch {
		case b.aim > level+trace/10:
			level += up * (b.aim - level)
		case b.aim < level-trace/10:
			level += down * (b.aim - level)
		}
		if b.aim == 0 && level < trace {
			level = 0
		}
		if level != d.Bridge[i*n+j] {
			d.Bridge[i*n+j], d.Bridge[j*n+i] = level, level
		}
		if level == 0 {
			m.at[i*n+j] = 0
			continue
		}
		if january {
			reconcile(w, i, j, m.Trust*level)
		}
		kept = append(kept, b)
		if len(kept) <= k { // others have gone before it
			m.at[i*n+j] = int32(len(kept))
		}
	}
	m.bridges = kept
	if january && w.Chronicle.On {
		m.tellBridges(w)
	}
}

// divided says what keeps the networks of two states apart that a gateway can pass, "" if
// nothing does.
func divided(w *world.World, i, j int) string {
	k := i*w.States.N + j
	switch {
	case w.Overlap(i, j) < 1-divide:
		return "which run on different stacks"
	case w.Dyads.Exclusion[k] > 3*divide:
		return "which bans on firms keep apart"
	}
	return ""
}

// tellBridges notes, in January, the bridges between networks that something divides which
// have come to carry a quarter of what would not pass, one state with many of them after
// another, and those told of that carry less than a tenth again. Bridges of states of little
// weight are left out.
func (m *Diplomacy) tellBridges(w *world.World) {
	n := w.States.N
	var built []int
	for k := range m.bridges {
		b := &m.bridges[k]
		i, j := int(b.i), int(b.j)
		level := w.Dyads.Bridge[i*n+j]
		switch least, both := min(w.Weight(i), w.Weight(j)), w.Weight(i)+w.Weight(j); {
		case b.told && level < .1:
			b.told = false
			w.Add(world.Entry{
				Kind: "bridge", Actors: []string{w.StateID(i), w.StateID(j)}, Weight: min(1, both*.25),
				Text: fmt.Sprintf("The gateway between the networks of %s and %s has fallen into disuse: hardly any traffic passes over it.", w.Called(i), w.Called(j)),
			})
		case !b.told && level >= .25 && least >= .025 && both >= .1 && divided(w, i, j) != "":
			built = append(built, k)
		}
	}
	for len(built) > 0 {
		built = m.tellKeeper(w, built)
	}
}

// tellKeeper tells of the gateways of the state that has most of the new bridges, and
// returns those that are left. Where it had told of others before, they are named with the
// new ones.
func (m *Diplomacy) tellKeeper(w *world.World, built []int) (left []int) {
	keeper, most := -1, 0
	for _, k := range built {
		for _, i := range []int{int(m.bridges[k].i), int(m.bridges[k].j)} {
			number := 0
			for _, l := range built {
				if int(m.bridges[l].i) == i || int(m.bridges[l].j) == i {
					number++
				}
			}
			if number > most || number == most && w.Weight(i) > w.Weight(keeper) {
				keeper, most = i, number
			}
		}
	}
	for _, k := range built {
		if b := &m.bridges[k]; int(b.i) == keeper || int(b.j) == keeper {
			b.told = true
		} else {
			left = append(left, k)
		}
	}
	var partners []int
	least, highest, weight := 1.0, 0.0, w.Weight(keeper)
	for _, b := range m.bridges {
		i, j := int(b.i), int(b.j)
		if !b.told || i != keeper && j != keeper {
			continue
		}
		partners = append(partners, i+j-keeper)
		weight += w.Weight(i + j - keeper)
		level := w.Dyads.Bridge[i*w.States.N+j]
		least, highest = min(least, level), max(highest, level)
	}
	slices.Sort(partners)
	text := fmt.Sprintf("%s and %s have built a gateway between their networks, %s: it carries %.0f %% of what would not pass without it.",
		w.Called(keeper), w.Enumerate(partners), divided(w, keeper, partners[0]), 100*highest)
	if len(partners) > 1 {
		text = fmt.Sprintf("%s now keeps gateways to %s: they carry %.0f to %.0f %% of what would not pass between their networks without them.",
			w.Called(keeper), w.Enumerate(partners), 100*least, 100*highest)
	}
	w.Add(world.Entry{Kind: "bridge", Actors: w.IDs(append([]int{keeper}, partners...)), Weight: min(1, weight*highest), Text: text})
	return left
}
