package markets

import (
	"splinternet/models/interconnection"
	"splinternet/models/world"
)

// Abolish lifts all bans and denials.
func (m *Markets) Abolish(w *world.World) {
	if w.Standing.Bans == 0 && w.Standing.Denials == 0 {
		return
	}
	clear(w.Firms.Ban)
	clear(w.Dyads.Denial)
	w.CountBans()
	w.CountDenials()
	interconnection.DeriveExclusion(w)
}
