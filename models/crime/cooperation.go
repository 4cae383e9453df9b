package crime

import "splinternet/models/world"

// bond is a convention on cybercrime in force.
type bond struct {
	text int
	hold []float64 // by state: depth x compliance of those whom it covers
}

// deriveBonds lists the conventions on cybercrime in force, and how firmly they hold states.
// Initiatives of the willing count without a treaty as well, as deep as they are; what a forum
// of all states agrees on without binding anybody does not: no police works by it.
func (m *Crime) deriveBonds(w *world.World) {
	count := 0
	for t := range w.Texts {
		text := &w.Texts[t]
		if text.Line != world.Cybercrime || text.Status != world.InForce || !text.Binding && w.Forums[text.Forum].Universal {
			continue
		}
		if count == len(m.bonds) {
			m.bonds = append(m.bonds, bond{})
		}
		b := &m.bonds[count]
		b.text, b.hold = t, world.Zeros(b.hold, w.States.N)
		for i := range b.hold {
			b.hold[i] = text.Hold(i)
		}
		count++
	}
	m.bonds = m.bonds[:count]
}

// bound tells whether any convention holds state i.
func (m *Crime) bound(i int) bool {
	for k := range m.bonds {
		if m.bonds[k].hold[i] > 0 {
			return true
		}
	}
	return false
}

// helps is how far conventions bind i and j to help each other, [0, 1]: each as far as it
// holds the less bound of them.
func (m *Crime) helps(i, j int) float64 {
	free := 1.0
	for k := range m.bonds {
		hold := m.bonds[k].hold
		free *= 1 - min(hold[i], hold[j])
	}
	return 1 - free
}

// closest is the convention by which i and j help each other most, or -1.
func (m *Crime) closest(i, j int) int {
	best, most := -1, 0.0
	for _, b := range m.bonds {
		if h := min(b.hold[i], b.hold[j]); h > most+world.Tie {
			best, most = b.text, h
		}
	}
	return best
}
