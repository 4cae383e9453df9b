package diplomacy

import (
	"math"
	"time"

	"splinternet/models/world"
	"splinternet/sim"
)

// Bridge is a pair of states that works, or has worked, on a bridge.
type Bridge struct {
	I, J int     // I < J
	Aim  float64 // level that their efforts support, [0, 1]
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
func (m *Diplomacy) bridge(n, i, j int) *Bridge {
	i, j = min(i, j), max(i, j)
	place := &m.place[i*n+j]
	if *place == 0 {
		m.Bridges = append(m.Bridges, Bridge{I: i, J: j})
		*place = int32(len(m.Bridges))
	}
	return &m.Bridges[*place-1]
}

// chooseBridges lets every state choose the partners that it builds bridges to.
// The strength of a bridge is the geometric mean of what both spend, less what they
// mistrust each other: it takes two.
func (m *Diplomacy) chooseBridges(w *world.World) {
	m.collectBridges(w)
	m.efforts.excludePunished(w)
	for k := range m.Bridges {
		m.Bridges[k].Aim = 0
	}
	for i := range w.States.N {
		if m.force(w, i, world.BridgeBuilding) == 0 {
			continue
		}
		number := int(math.Ceil(float64(m.Partners) * min(1, m.budget(w, i))))
		for _, c := range m.efforts.partners(i, number) {
			z := m.Bridge * math.Sqrt(m.force(w, i, world.BridgeBuilding)*m.force(w, c.state, world.BridgeBuilding)) *
				min(1, w.MeanTrust(i, c.state)/m.BridgeTrust)
			if z > 0 {
				m.bridge(w.States.N, i, c.state).Aim = z / (1 + z)
				w.Dyads.Mark(w.States.N, i, c.state)
			}
		}
	}
}

// moveBridges builds and lets decay by one tick, and drops what is gone. Once a
// year, those who work together come to trust each other a little more.
func (m *Diplomacy) moveBridges(now *sim.Tick, w *world.World) {
	n, d := w.States.N, &w.Dyads
	up, down := sim.PerTick(m.BridgePace, now.Years), sim.PerTick(m.Decay, now.Years)
	january := w.Calendar.Due(now.Index, time.January)
	kept := m.Bridges[:0]
	for k, b := range m.Bridges {
		level := d.Bridge[b.I*n+b.J]
		switch {
		case b.Aim > level+m.BridgeStill:
			level += up * (b.Aim - level)
		case b.Aim < level-m.BridgeStill:
			level += down * (b.Aim - level)
		}
		if b.Aim == 0 && level < m.BridgeLeast {
			level = 0
		}
		if level != d.Bridge[b.I*n+b.J] {
			d.Bridge[b.I*n+b.J], d.Bridge[b.J*n+b.I] = level, level
		}
		if level == 0 {
			m.place[b.I*n+b.J] = 0
			if w.Chronicle.On {
				w.Tell(BridgeGone{I: b.I, J: b.J})
			}
			continue
		}
		if january {
			reconcile(w, b.I, b.J, m.Trust*level)
		}
		kept = append(kept, b)
		if len(kept) <= k { // others have gone before it
			m.place[b.I*n+b.J] = int32(len(kept))
		}
	}
	m.Bridges = kept
	if january && w.Chronicle.On {
		w.Tell(Bridged{Bridges: m.Bridges})
	}
}
