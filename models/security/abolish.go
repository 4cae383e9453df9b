package security

import "splinternet/models/world"

// Abolish lets nobody remember, blame or answer an incident.
func (m *Security) Abolish(w *world.World) {
	clear(w.States.Threat)
	clear(w.States.Blame)
	clear(w.Dyads.Ladder)
}
