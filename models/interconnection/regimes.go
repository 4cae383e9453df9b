package interconnection

import "splinternet/models/world"

// State is what the mechanism remembers. The last two lists are empty while regimes do
// not count.
type State struct {
	Custom []float64 `doc:"by state: the part of its boundary controls that its politics at the start do not explain, and what events have added since"`
	Left   []float64 `doc:"by state: its boundary controls as it left them last January"`

	Start []float64 `doc:"by pair i < j: how far apart the regimes of the two were when the run began"`
	Ease  []float64 `doc:"by pair i < j: what the change since then does to what policies let through, a factor"`
}

// compareRegimes works out anew how far apart the regimes of every two states are, and
// what that does to what their policies let through. What it finds first is the start.
func (m *Interconnection) compareRegimes(w *world.World) {
	n := w.States.N
	m.Ease = world.Zeros(m.Ease, n*n)
	m.Distances(w, m.Ease)
	if len(m.Start) == 0 {
		m.Start = append(m.Start, m.Ease...)
	}
	for i := range n {
		start := m.Start[i*n+i+1 : i*n+n]
		ease := m.Ease[i*n+i+1 : i*n+n][:len(start)]
		for j, before := range start {
			ease[j] = 1 - m.Regimes*(ease[j]-before)
		}
	}
}

// eased is what the change of regimes since the start does to the governmental opening
// of some pairs; empty while regimes do not count.
func (m *Interconnection) eased(from, to int) []float64 {
	if m.Regimes == 0 || len(m.Ease) == 0 {
		return nil
	}
	return m.Ease[from:to]
}

// Distances writes the regime distance of every two states i < j to a list of n x n
// zeros: 1 - sum_t min(h_ti, h_tj) / sum_t max(h_ti, h_tj), [0, 1], over the texts in
// force, h being how firmly a text holds a state; 0 where nothing holds either. A text on
// cybercrime counts m.Evidence times: it opens data and evidence to the others by
// itself, which rules on conduct do not. What bodies of engineers agree on does not count:
// who keeps to it is in the technical opening.
func (m *Interconnection) Distances(w *world.World, distance []float64) {
	n := w.States.N
	m.bound = world.Zeros(m.bound, n)
	for k := range w.Texts {
		text, weight := &w.Texts[k], 1.0
		switch forum := &w.Forums[text.Forum]; {
		case forum.Structured && forum.Access == world.AccessMultistakeholder:
			continue
		case text.Line == world.Cybercrime:
			weight = m.Evidence
		}
		m.listHeld(text, weight, n)
		for a, i := range m.holds {
			row, mine := distance[i*n:i*n+n], m.firm[a]
			m.bound[i] += mine
			others := m.holds[a+1:]
			firm := m.firm[a+1:][:len(others)]
			for b, j := range others {
				row[j] += min(mine, firm[b])
			}
		}
	}
	for i := range n {
		row := distance[i*n+i+1 : i*n+n]
		mine, others := m.bound[i], m.bound[i+1:][:len(row)]
		for j, common := range row {
			row[j] = 0
			if either := mine + others[j] - common; either > 0 {
				row[j] = 1 - common/either
			}
		}
	}
}

// listHeld lists the states that a text holds, and how firmly, times a weight.
func (m *Interconnection) listHeld(text *world.Text, weight float64, n int) {
	m.holds, m.firm = m.holds[:0], m.firm[:0]
	for i := range n {
		if h := text.Hold(i); h > 0 {
			m.holds, m.firm = append(m.holds, i), append(m.firm, weight*h)
		}
	}
}
