package chronicle

import (
	"fmt"
	"math"

	"splinternet/models/interconnection"
	"splinternet/models/world"
)

// walls are the levels of boundary controls that are news, and how a sentence says them.
var walls = [...]struct {
	level float64
	words string
}{{.2, "a fifth"}, {1. / 3, "a third"}, {.5, "half"}, {.75, "three quarters"}}

const (
	wallWeight  = .003 // share of world power and users from which a state's wall is news
	networkStep = .05  // change of native reachability that is news
)

// interconnectionMemory is what the chronicle has said about walls and the network.
type interconnectionMemory struct {
	Walls   []uint8       // by state: how many of the walls it has passed
	Known   bool          // whether Network is known
	Network world.Network // what it was when the chronicle last told of it
}

func ofInterconnection(w *world.World) *interconnectionMemory {
	return world.Slot[interconnectionMemory](w, "chronicle.interconnection")
}

// beginInterconnection takes stock of the walls of the start.
func beginInterconnection(w *world.World) {
	memory := ofInterconnection(w)
	*memory = interconnectionMemory{Walls: world.Zeros(memory.Walls, w.States.N)}
	for i, b := range w.States.Control {
		memory.Walls[i] = passed(b)
	}
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
func tellWalls(w *world.World, f interconnection.Controls) {
	memory := ofInterconnection(w)
	for level := range walls {
		var crossed []int
		for i, b := range w.States.Control {
			if now := passed(b); int(now) == level+1 && now > memory.Walls[i] && w.Weight(i) >= wallWeight {
				crossed = append(crossed, i)
				memory.Walls[i] = now
			}
		}
		if len(crossed) == 0 {
			continue
		}
		verb, borders := "filter", "the borders of their networks"
		if len(crossed) == 1 {
			verb, borders = "filters", "the border of its network"
		}
		w.Add(world.Entry{
			Kind: f.Kind(), Actors: w.IDs(crossed), Value: walls[level].level, Weight: min(1, w.WeightOf(crossed)*walls[level].level),
			Text: fmt.Sprintf("%s now %s out %s of what would cross %s.", w.Enumerate(crossed), verb, walls[level].words, borders),
		})
	}
}

// tellNetwork says that the network has come apart, or together, by another twentieth,
// and what has changed most since it said so last.
func tellNetwork(w *world.World, f interconnection.Network) {
	memory := ofInterconnection(w)
	before := memory.Network
	if !memory.Known {
		memory.Known, memory.Network = true, f.Network
		return
	}
	change := f.Native - before.Native
	if math.Abs(change) < networkStep {
		return
	}
	turn := "comes apart further"
	if change > 0 {
		turn = "grows together again"
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Value: change, Weight: math.Abs(change),
		Text: fmt.Sprintf("The network %s: of all that could connect users, %.0f %% does, against %.0f %% before, mostly %s.", turn, 100*f.Native, 100*before.Native, mover(before, f.Network)),
	})
	memory.Network = f.Network
}

// mover names the cause whose loss has changed most in the direction of the whole.
func mover(before, now world.Network) string {
	cause, most := "", math.Inf(-1)
	sign := 1.0
	if now.Native > before.Native {
		sign = -1
	}
	for _, c := range []struct {
		words       string
		before, now float64
	}{
		{"walls, filters and sanctions", before.Governmental, now.Governmental},
		{"rival standards", before.Technical, now.Technical},
		{"bans on vendors", before.Commercial, now.Commercial},
	} {
		if more := sign * (c.now - c.before); more > most+world.Tie {
			cause, most = c.words, more
		}
	}
	if sign < 0 {
		return "as " + cause + " give way"
	}
	return "because of " + cause
}
