package forums

import "splinternet/models/world"

// Abolish lets no forum meet: all are dormant, and no pair shares one. Their texts stand.
func (m *Forums) Abolish(w *world.World) {
	for k := range w.Forums {
		if f := &w.Forums[k]; f.Status == world.Alive {
			f.Status = world.Dormant
		}
	}
	if w.Dyads.MostShared > 0 {
		clear(w.Dyads.Shared)
		w.Dyads.MostShared = 0
	}
}
