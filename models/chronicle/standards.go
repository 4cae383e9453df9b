package chronicle

import (
	"fmt"

	"splinternet/models/standards"
	"splinternet/models/world"
)

// recognisedWeight is the share of world power and users of those who come to recognise
// a stack from which it is news.
const recognisedWeight = .01

// tellRecognised says who has come to accept a stack as a standard.
func tellRecognised(w *world.World, f standards.Recognised) {
	weight := w.WeightOf(f.States)
	if weight < recognisedWeight {
		return
	}
	verb := "recognises"
	if len(f.States) > 1 {
		verb = "recognise"
	}
	stack := &w.Stacks[f.Stack]
	w.Add(world.Entry{
		Kind: f.Kind(), Name: stack.ID, Actors: w.IDs(f.States), Targets: []string{stack.ID}, Value: stack.Recognition, Weight: min(1, weight/2),
		Text: fmt.Sprintf("%s %s %s as a standard; states with %.0f %% of the world's power and users do so by now.",
			w.Enumerate(f.States), verb, stack.Name, 100*stack.Recognition),
	})
}

// carried are the shares of the world's users on a new stack that are news.
var carried = [...]struct {
	share float64
	words string
}{{.1, "a tenth of the world's users: networks split"}, {.25, "a quarter of the world's users"}, {.5, "half of the world's users"}}

// standardsMemory is what the chronicle has said about stacks.
type standardsMemory struct{ Told []int } // by stack: how many of the shares in carried

// tellCarried notes that a new stack carries a tenth, a quarter or half of the world
// for the first time.
func tellCarried(w *world.World, f standards.Carried) {
	memory := world.Slot[standardsMemory](w, "chronicle.standards")
	for len(memory.Told) < len(w.Stacks) {
		memory.Told = append(memory.Told, 0)
	}
	for told := &memory.Told[f.Stack]; *told < len(carried) && f.Users >= carried[*told].share; *told++ {
		w.Add(world.Entry{
			Kind: f.Kind(), Name: w.Stacks[f.Stack].ID, Targets: []string{w.Stacks[f.Stack].ID}, Value: f.Users, Weight: f.Users,
			Text: fmt.Sprintf("%s carries %s.", w.Stacks[f.Stack].Name, carried[*told].words),
		})
	}
}
