package markets

import "splinternet/models/world"

// deriveOwn solves where firms would stand without a home state so that the start
// is at rest, as far as positions from 0 to 1 allow.
func (m *Markets) deriveOwn(w *world.World) {
	m.Own = append(m.Own[:0], w.Firms.Position...)
	for f := range w.Firms.N {
		t := m.tie(w, f)
		for d := range w.Dim {
			if k := f*w.Dim + d; t > 0 && t < 1 {
				home := w.Position(w.Firms.Home[f])[d]
				m.Own[k] = min(1, max(0, (w.Firms.Position[k]-t*home)/(1-t)))
			}
		}
	}
}

// settle moves every firm towards the mix of its own position and its home's.
func (m *Markets) settle(w *world.World) {
	for f := range w.Firms.N {
		t := m.tie(w, f)
		for d := range w.Dim {
			k := f*w.Dim + d
			aim := m.Own[k]
			if t > 0 {
				aim += t * (w.Position(w.Firms.Home[f])[d] - aim)
			}
			w.Firms.Position[k] += m.Adjustment * (aim - w.Firms.Position[k])
		}
	}
}

// lobby moves states towards the firms that serve them,
//
//	dx_i = lobby access_i sum_f m_fi (1-ban_fi) strength_f (p_f - x_i)
//
// Shares sum to 1 and strengths are at most 1, so that no state moves further in
// a year than lobby times its openness, which is its position.
func (m *Markets) lobby(w *world.World) {
	n, dim, f := w.States.N, w.Dim, &w.Firms
	if m.Lobby == 0 {
		return
	}
	clear(m.push)
	clear(m.toward)
	for k := range f.N {
		at := f.Position[k*dim : k*dim+dim]
		p := world.Pressure{Position: at, Strength: m.means(f.Size[k])}
		p = w.AskLobby(k, p)
		strength := min(1, max(0, p.Strength))
		ban := w.Bans(k)
		for i, x := range w.Market(k) {
			x *= strength * (1 - ban[i])
			m.push[i] += x
			for d, to := range p.Position {
				m.toward[i*dim+d] += x * to
			}
		}
	}
	for i := range n {
		x := w.Position(i)
		access := 0.0
		for _, v := range x {
			access += v / float64(dim)
		}
		for d := range x {
			moved := x[d] + m.Lobby*access*(m.toward[i*dim+d]-m.push[i]*x[d])
			x[d] = min(1, max(0, moved))
		}
	}
}
