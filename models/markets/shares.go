package markets

import (
	"math"

	"splinternet/models/world"
)

// shares is what the choice of users needs besides the world.
//
// A user depends on every sector, and chooses among the firms of each: a nested
// logit whose nests do not compete. Within a sector,
//
//	U_fi = quality_fi + A tau_{i,home(f)} + loyalty s_fi + ln(1 - ban_fi) + ln(1 - denial_{home(f),i}) + reliance_{home(f)}
//
// with s_fi the firm's share of its sector in the state. There are no data on
// qualities by firm and state, so that they are solved at the start from the
// initial shares s0 and trust tau0, which are thereby a fixed point:
//
//	quality_fi = ln s0_fi - A tau0_{i,home(f)} - loyalty s0_fi
//
// so that exp(U_fi) is s0 (1-ban) exp(A (tau-tau0) + loyalty (s-s0)).
type shares struct {
	sector []int // by firm: its nest
	nests  int
	home   []int // by firm: the row of its home state in trust; -1: abroad
	homes  []int // the states that are home to a firm

	today  []float64 // homes x states: tau
	pull   []float64 // homes x states: exp(A (tau-tau0))
	choice []float64 // firms x states: exp(U)
	total  []float64 // nests x states: sum of exp(U), then what to multiply it by
	nest   []float64 // nests x states: share of the sector now
	served []float64 // states: weight of the sectors in which anybody may sell
	shut   []float64 // states: how far one firm is kept out
}

func (s *shares) prepare(w *world.World) {
	n := w.States.N
	s.sort(w)
	s.today, s.pull = world.Zeros(s.today, len(s.homes)*n), world.Zeros(s.pull, len(s.homes)*n)
	s.total, s.nest = world.Zeros(s.total, s.nests*n), world.Zeros(s.nest, s.nests*n)
	s.choice, s.served = world.Zeros(s.choice, w.Firms.N*n), world.Zeros(s.served, n)
	s.shut = world.Zeros(s.shut, n)
}

// beginShares remembers the markets and the trust of the start.
func (m *Markets) beginShares(w *world.World) {
	n, s := w.States.N, &m.shares
	m.Weight, m.Start = world.Zeros(m.Weight, s.nests*n), world.Zeros(m.Start, w.Firms.N*n)
	s.sum(w, m.Weight)
	for k := range w.Firms.N {
		weight := m.Weight[s.sector[k]*n:][:n]
		for i, x := range w.Market(k) {
			if x > 0 {
				m.Start[k*n+i] = x / weight[i]
			}
		}
	}
	s.look(w)
	m.Trust = append(m.Trust[:0], s.today...)
	m.Linked = m.Linked[:0]
	for _, home := range s.homes {
		for i := range n {
			m.Linked = append(m.Linked, w.Dyads.Link[min(i, home)*n+max(i, home)])
		}
	}
}

// look copies the trust of all states in the homes of firms, column by column.
func (s *shares) look(w *world.World) {
	n := w.States.N
	for h, home := range s.homes {
		column := s.today[h*n : h*n+n]
		for i := range column {
			column[i] = w.Dyads.Trust[i*n+home]
		}
	}
}

// sort numbers the sectors and the home states in the order of the firms.
func (s *shares) sort(w *world.World) {
	f := &w.Firms
	s.sector, s.home, s.homes, s.nests = s.sector[:0], s.home[:0], s.homes[:0], 0
	for k := range f.N {
		nest, home := s.nests, -1
		for other := range k {
			if f.Sector[other] == f.Sector[k] {
				nest = s.sector[other]
				break
			}
		}
		if nest == s.nests {
			s.nests++
		}
		if f.Home[k] != world.Abroad {
			for h, state := range s.homes {
				if state == f.Home[k] {
					home = h
				}
			}
			if home < 0 {
				home = len(s.homes)
				s.homes = append(s.homes, f.Home[k])
			}
		}
		s.sector, s.home = append(s.sector, nest), append(s.home, home)
	}
}

// sum writes the share of each sector in the market of each state.
func (s *shares) sum(w *world.World, nest []float64) {
	n := w.States.N
	clear(nest)
	for k, sector := range s.sector {
		sum := nest[sector*n:][:n]
		for i, x := range w.Market(k) {
			sum[i] += x
		}
	}
}

// inSector is the share of firm k in its sector in state i; sum must have been
// called with s.nest.
func (s *shares) inSector(w *world.World, k, i int) float64 {
	n := w.States.N
	if whole := s.nest[s.sector[k]*n+i]; whole > 0 {
		return w.Firms.Share[k*n+i] / whole
	}
	return 0
}

// renew lets users choose anew for what they replace in a year. What a sector
// without any permitted firm leaves is spread over the other sectors; where
// everybody is barred, what is installed stays.
func (m *Markets) renew(w *world.World) {
	n, f, s := w.States.N, &w.Firms, &m.shares
	m.choose(w)
	clear(s.served)
	for k, total := range s.total {
		if total > 0 {
			s.served[k%n] += m.Weight[k]
		}
	}
	for k, total := range s.total {
		if total > 0 {
			s.total[k] = m.Weight[k] / (total * s.served[k%n])
		}
	}
	for k := range f.N {
		share := w.Market(k)
		choice, scale := s.choice[k*n:][:len(share)], s.total[s.sector[k]*n:][:len(share)]
		for i, x := range share {
			if s.served[i] > 0 {
				share[i] = x + m.Replacement*(choice[i]*scale[i]-x)
			}
		}
	}
}

// choose writes exp(U) of every firm in every state and its sums by sector.
func (m *Markets) choose(w *world.World) {
	n, f, s := w.States.N, &w.Firms, &m.shares
	for k, tau := range s.today {
		s.pull[k] = math.Exp(m.Alignment*(tau-m.Trust[k]) + m.denials.reliance[k/n])
	}
	s.sum(w, s.nest)
	for k, whole := range s.nest {
		if s.total[k] = 0; whole > 0 { // for now, what a share weighs in loyalty
			s.total[k] = m.Loyalty / whole
		}
	}
	for k := range f.N {
		start := m.Start[k*n : k*n+n]
		share, ban := w.Market(k)[:len(start)], w.ShutOut(k, s.shut)[:len(start)]
		choice, loyal := s.choice[k*n:][:len(start)], s.total[s.sector[k]*n:][:len(start)]
		for i, s0 := range start {
			choice[i] = s0 * (1 - ban[i]) * exp(loyal[i]*share[i]-m.Loyalty*s0)
		}
		if h := s.home[k]; h >= 0 {
			for i, pull := range s.pull[h*n : h*n+n] {
				choice[i] *= pull
			}
		}
	}
	clear(s.total)
	for k, sector := range s.sector {
		total := s.total[sector*n:][:n]
		for i, x := range s.choice[k*n : k*n+n] {
			total[i] += x
		}
	}
}

// near is how far from zero the terms that exp leaves out stay below 1e-13.
const near = .02

// exp is the exponential. Most arguments here are near zero, where a few terms
// are exact enough and quicker.
func exp(u float64) float64 {
	if u < -near || u > near {
		return math.Exp(u)
	}
	return 1 + u + u*u*(1./2+u*(1./6)+u*u*(1./24+u*(1./120)))
}
