package interconnection

import "splinternet/models/world"

// Abolish lets no government close a link: controls are lifted, and links are worked out
// without filters and without cuts in answer to incidents.
func (m *Interconnection) Abolish(w *world.World) {
	clear(w.States.Control)
	usual := m.Parameters
	m.Filter, m.FilterBase, m.Sanction = 0, 0, 0
	m.Derive(w)
	m.Parameters = usual
}
