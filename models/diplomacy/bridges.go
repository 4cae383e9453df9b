package diplomacy

import (
	"fmt"
	"math"
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

// bar makes bridges between pairs under sanctions, or with a response to each
// other's operations beyond protest, worth nothing. All of them are marked.
func (m *Diplomacy) bar(w *world.World) {
	n, e := w.States.N, &m.efforts
	for _, pair := range w.Dyads.Marked {
		i, j := int(pair[0]), int(pair[1])
		if w.Dyads.Sanction[i*n+j] == 0 && rung(w, i, j) <= world.Protest {
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
		if w.Chronicle.On {
			m.tellBridge(w, &b, level)
		}
		kept = append(kept, b)
		if len(kept) <= k { // others have gone before it
			m.at[i*n+j] = int32(len(kept))
		}
	}
	m.bridges = kept
}

// tellBridge notes the bridges that matter to the world when they carry a quarter of
// what blocs keep apart, and when they have fallen to less than a tenth.
func (m *Diplomacy) tellBridge(w *world.World, b *bridge, level float64) {
	i, j := int(b.i), int(b.j)
	built, fallen := !b.told && level >= .25, b.told && level < .1
	if !built && !fallen {
		return
	}
	b.told = built
	weight := w.Weight(i) + w.Weight(j)
	if min(w.Weight(i), w.Weight(j)) < .025 || weight < .1 {
		return
	}
	text, carried := fmt.Sprintf("%s and %s have built a bridge between their networks: it carries a quarter of the traffic that would be lost between them without it.",
		w.Called(i), w.Called(j)), level
	if fallen {
		text = fmt.Sprintf("The bridge between the networks of %s and %s has fallen into disuse: hardly any traffic passes over it.", w.Called(i), w.Called(j))
		carried = .25
	}
	w.Add(world.Entry{Kind: "bridge", Actors: []string{w.StateID(i), w.StateID(j)}, Weight: min(1, weight*carried), Text: text})
}
