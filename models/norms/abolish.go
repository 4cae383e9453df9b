package norms

import "splinternet/models/world"

// Abolish lets texts bind nobody: they stand, and nobody complies.
func (m *Norms) Abolish(w *world.World) {
	for t := range w.Texts {
		clear(w.Texts[t].Compliance)
	}
}
