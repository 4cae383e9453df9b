package interconnection

import (
	"fmt"
	"math"

	"splinternet/models/world"
)

// walls are the levels of boundary controls that the chronicle notes, and how it says
// them.
var walls = [...]struct {
	level float64
	words string
}{{.2, "a fifth"}, {1. / 3, "a third"}, {.5, "half"}, {.75, "three quarters"}}

// tell keeps in mind what the chronicle has said.
type tell struct {
	wall   []uint8 // by state: walls passed
	native float64 // native reachability when it was last told, NaN before
	newly  []int   // scratch
}

func (t *tell) begin(w *world.World) {
	if len(t.wall) != w.States.N {
		t.wall = make([]uint8, w.States.N)
	}
	for i, b := range w.States.Control {
		t.wall[i] = passed(b)
	}
	t.native = math.NaN()
}

// passed counts the walls that a level of controls comes up to.
func passed(control float64) uint8 {
	count := uint8(0)
	for _, wall := range walls {
		if control >= wall.level {
			count++
		}
	}
	return count
}

// tellWalls says which states of some weight have raised their controls over the next
// level.
func (m *Interconnection) tellWalls(w *world.World) {
	const notable = .003 // of world power and users
	for level := range walls {
		m.told.newly = m.told.newly[:0]
		for i, b := range w.States.Control {
			if now := passed(b); int(now) == level+1 && now > m.told.wall[i] && w.Weight(i) >= notable {
				m.told.newly = append(m.told.newly, i)
				m.told.wall[i] = now
			}
		}
		if len(m.told.newly) == 0 {
			continue
		}
		verb, borders := "filter", "the borders of their networks"
		if len(m.told.newly) == 1 {
			verb, borders = "filters", "the border of its network"
		}
		w.Add(world.Entry{
			Kind: "control", Actors: w.IDs(m.told.newly), Weight: min(1, w.WeightOf(m.told.newly)*walls[level].level),
			Text: fmt.Sprintf("%s now %s out %s of what would cross %s.", w.Enumerate(m.told.newly), verb, walls[level].words, borders),
		})
	}
}

// tellNetwork says that the network has come apart, or together, by another twentieth,
// and what takes most of it.
func (m *Interconnection) tellNetwork(w *world.World) {
	const step = .05
	now := w.Network.Native
	if math.IsNaN(m.told.native) {
		m.told.native = now
		return
	}
	if math.Abs(now-m.told.native) < step {
		return
	}
	turn := "comes apart further"
	if now > m.told.native {
		turn = "grows together again"
	}
	cause, most := "walls, filters and sanctions", w.Network.Governmental
	if w.Network.Technical > most {
		cause, most = "rival standards", w.Network.Technical
	}
	if w.Network.Commercial > most {
		cause = "bans on vendors"
	}
	w.Add(world.Entry{
		Kind: "network", Weight: math.Abs(now - m.told.native),
		Text: fmt.Sprintf("The network %s: of all that could connect users, %.0f %% does, against %.0f %% before; most of what is missing is due to %s.", turn, 100*now, 100*m.told.native, cause),
	})
	m.told.native = now
}
