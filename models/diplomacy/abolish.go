package diplomacy

import "splinternet/models/world"

// Abolish closes offices, channels, bridges and agreements. The mechanism of power opens
// no offices then (power.Power.NoOffices).
func (m *Diplomacy) Abolish(w *world.World) {
	n, d := w.States.N, &w.Dyads
	for i := range n {
		w.States.Office[i] = world.NoOffice
		w.States.Effort[i] = world.UsualEffort
		for j := i + 1; j < n; j++ {
			if d.Channel[i*n+j] != 0 {
				d.SetChannel(n, i, j, 0)
			}
		}
	}
	clear(d.Bridge)
	d.Agreements = d.Agreements[:0]
	w.Standing.Channels = 0
}
