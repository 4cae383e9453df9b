package crime

import "splinternet/models/world"

// Abolish leaves no cybercrime across borders.
func (m *Crime) Abolish(w *world.World) { w.Crime = world.Crime{} }
