package markets

import (
	"splinternet/models/interconnection"
	"splinternet/models/world"
)

// Abolish lifts all bans.
func (m *Markets) Abolish(w *world.World) {
	if w.Standing.Bans == 0 {
		return
	}
	clear(w.Firms.Ban)
	w.CountBans()
	interconnection.DeriveExclusion(w)
}
