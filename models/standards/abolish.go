package standards

import "splinternet/models/world"

// Abolish puts all networks and firms on the first stack and withdraws the others.
func (m *Standards) Abolish(w *world.World) {
	stacks := len(w.Stacks)
	for s := 1; s < stacks; s++ {
		w.Stacks[s].Proposed, w.Stacks[s].Recognition = false, 0
		clear(w.Stacks[s].Recognised)
	}
	for i := range w.States.N {
		shares := w.States.Stack[i*stacks : i*stacks+stacks]
		clear(shares)
		if stacks > 0 {
			shares[0] = 1
		}
	}
	clear(w.Firms.Stack)
}
