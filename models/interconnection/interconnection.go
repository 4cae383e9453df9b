// Package interconnection derives the quality of the link between every two
// states (E9) and lets states choose their boundary controls.
//
// A link is the product of three openings,
//
//	w_ij = c_ij g_ij e_ij
//
// technical (c: the overlap of the stacks that the two networks run on, plus what
// gateways carry of the rest), governmental (g: boundary controls, filters that
// grow with mistrust and distance in position, sanctions) and commercial (e: what
// the exclusion of firms leaves). Native quality leaves gateways and
// bridges out; the difference between native and effective reachability is what
// bridge building buys. The loss of native reachability is split between the
// three causes (Drake, Cerf and Kleinwächter 2016) by Shapley value, which is
// exact and needs no logarithm.
package interconnection

import (
	"math"
	"time"

	"golang.org/x/exp/stats"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Interconnection is the mechanism.
type Interconnection struct {
	Parameters
	*State // in the world that was looked at last

	open   []float64 // 1 - boundary controls
	scaled []float64 // positions times half the filter: their distance is what mistrust multiplies
	other  []float64 // share of the network on the second stack
	reach  []float64 // users that a state reaches through links it does not control
	behind []float64 // users over what their walls let through
	holds  []int     // states that a text holds
	firm   []float64 // how firmly it holds each of these
	bound  []float64 // by state: the sum over texts
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Interconnection {
	return mechanism.Parameters(set, new(Interconnection))
}

// Prepare finds the memory. Derive sizes the buffers, since links are derived for every
// run, whether the mechanism is on or off.
func (m *Interconnection) Prepare(w *world.World) { m.State = world.Slot[State](w, m.Name()) }

// Begin notes where walls are at rest and, if regimes count, how far apart they are.
func (m *Interconnection) Begin(_ *sim.Tick, w *world.World) {
	m.Start, m.Ease = m.Start[:0], m.Ease[:0]
	m.rest(w)
	if m.Regimes > 0 {
		m.compareRegimes(w)
	}
}

// rest takes the walls that stand for those that politics as they are would keep.
func (m *Interconnection) rest(w *world.World) {
	m.Custom, m.Left = world.Zeros(m.Custom, w.States.N), append(m.Left[:0], w.States.Control...)
	m.deriveReach(w)
	for i, b := range w.States.Control {
		m.Custom[i] = b - m.wanted(w, i)
	}
}

// Step lets states adjust their controls and derives all links.
func (m *Interconnection) Step(now *sim.Tick, w *world.World) {
	january := w.Calendar.Due(now.Index, time.January)
	if january {
		m.adjustControls(w)
	}
	if m.Regimes > 0 && january {
		m.compareRegimes(w)
	}
	m.Derive(w)
	if january && w.Chronicle.On {
		w.Tell(Controls{})
		w.Tell(Network{w.Network})
	}
}

// least stands for nothing at all where one divides by a share.
const least = 1e-6

// Controls is the level of boundary controls at which their marginal benefit,
// control (1-x)(1-democracy)(1+threat), meets their marginal price, the level
// times the reach that the links would give. The more a state's network has
// shrunk already, the less a wall costs.
func (m *Interconnection) Controls(x, democracy, threat, reach float64) float64 {
	if reach <= 0 {
		reach = least
	}
	return min(1, m.Control*(1-x)*(1-democracy)*(1+threat)/reach)
}

// adjustControls moves walls towards what their states want. What an event has added to a
// wall since last January stays: it is law.
func (m *Interconnection) adjustControls(w *world.World) {
	if len(m.Custom) == 0 { // switched on in a world that has gone on without
		m.rest(w)
	}
	m.deriveReach(w)
	s := &w.States
	for i := range s.N {
		m.Custom[i] += s.Control[i] - m.Left[i]
		target := min(1, max(0, m.Custom[i]+m.wanted(w, i)))
		target = w.AskControl(i, target)
		s.Control[i] += m.Adjustment * (target - s.Control[i])
		m.Left[i] = s.Control[i]
	}
}

func (m *Interconnection) wanted(w *world.World, i int) float64 {
	s := &w.States
	return m.Controls(stats.Mean(w.Position(i)), s.Democracy[i], s.Threat[i], m.reach[i])
}

// deriveReach works out the share of world users that each state's links carry
// to it before boundary controls, sum_j u_j w_ij / ((1-b_i)(1-b_j)): what a wall
// would put at stake.
func (m *Interconnection) deriveReach(w *world.World) {
	n := w.States.N
	behind := func(i int) float64 { return 1 / max(least, 1-w.States.Control[i]) }
	if len(m.reach) != n {
		m.reach, m.behind = make([]float64, n), make([]float64, n)
	}
	clear(m.reach)
	for i, u := range w.States.Users {
		m.behind[i] = u * behind(i)
	}
	for i := range n {
		link := w.Dyads.Link[i*n+i+1 : i*n+n]
		users, reach := m.behind[i+1:][:len(link)], m.reach[i+1:][:len(link)]
		mine, sum := m.behind[i], 0.0
		for j, x := range link {
			sum += users[j] * x
			reach[j] += mine * x
		}
		m.reach[i] += sum
	}
	for i, u := range w.States.Users {
		m.reach[i] = u + m.reach[i]*behind(i)
	}
}

// sums accumulates user-weighted quantities over pairs. Openings are c (technical),
// g (governmental) and e (commercial).
type sums struct {
	open       float64 // ge: what gateways of perfect quality would give
	closed     float64 // (1-c)ge: what different stacks keep from passing
	technical  float64 // (1-c)(2+g+e); with twice closed, six times the Shapley share of 1-c
	commercial float64 // six times that of 1-e
	bridged    float64 // what bridges add to effective reachability
}

// Derive works out all links and the reachability of the world from what stands
// in it.
func (m *Interconnection) Derive(w *world.World) {
	n, u := w.States.N, w.States.Users
	m.Prepare(w)
	w.Gateway = m.Gateway
	if len(m.open) != n {
		m.open, m.other, m.scaled = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	for i, b := range w.States.Control {
		m.open[i] = 1 - b
		m.scaled[i] = m.Filter / 2 * w.States.Position[i*w.Dim]
	}
	if k := len(w.Stacks); k == 2 {
		for i := range n {
			m.other[i] = w.States.Stack[2*i+1]
		}
	} else {
		clear(m.other)
	}
	var total sums
	self := 0.0
	for i := range n {
		row := m.deriveRow(w, i)
		self += u[i] * u[i]
		total.open += u[i] * row.open
		total.closed += u[i] * row.closed
		total.technical += u[i] * row.technical
		total.commercial += u[i] * row.commercial
	}
	if w.Dim > 1 || len(w.Stacks) > 2 {
		total = m.deriveEach(w)
	}
	m.deriveMarked(w, &total)
	native := self + 2*(total.open-total.closed)
	technical, commercial := (total.technical+2*total.closed)/3, total.commercial/3
	w.Network = world.Network{
		Native: native, Effective: native + 2*(m.Gateway*total.closed+total.bridged),
		Technical: technical, Commercial: commercial,
		Governmental: max(0, 1-native-technical-commercial),
	}
}

// deriveRow works out the links of state i to the states after it, in one
// dimension and with at most two stacks: most of the program's time goes here, and
// it goes into arithmetic, so that what does not depend on the pair is kept out of
// the loop. Without exclusion the technical sum u(1-c)(2+g+e) is 3u(1-c) + u(1-c)ge;
// the few excluded pairs correct it. Pairs with a bridge or a rung are put right
// afterwards.
func (m *Interconnection) deriveRow(w *world.World, i int) sums {
	n, d := w.States.N, &w.Dyads
	from, to := i*n+i+1, i*n+n
	trust, everybody := d.Trust[from:to], d.Trust
	link, exclusion := d.Link[from:to][:len(trust)], d.Exclusion[from:to][:len(trust)]
	x, users := m.scaled[i+1:][:len(trust)], w.States.Users[i+1:][:len(trust)]
	open, other := m.open[i+1:][:len(trust)], m.other[i+1:][:len(trust)]
	at, wall, mine := m.scaled[i], m.open[i], m.other[i]
	ease := m.eased(from, to)
	base, barrier := 1-m.FilterBase, 1-m.Gateway
	column := from + n - 1                                     // of the other's trust in i
	var all, closed, elsewhere, correction, commercial float64 // unlike a struct, these stay in registers
	for j, tau := range trust {
		pass := base - (2-(tau+everybody[column]))*math.Abs(x[j]-at)
		column += n
		if pass < 0 {
			pass = 0
		}
		apart, u := math.Abs(other[j]-mine), users[j]
		through := wall * open[j] * pass // g, then ge
		if j < len(ease) {
			through = min(1, through*ease[j])
		}
		if lost := exclusion[j]; lost != 0 {
			g := through
			through -= lost * g
			commercial += u * lost * (2 + g + (1-apart)*(1+2*g))
			correction += u * lost * apart * (1 - g)
		}
		blocked := apart * through
		link[j] = through - barrier*blocked
		all += u * through
		closed += u * blocked
		elsewhere += u * apart
	}
	return sums{open: all, closed: closed, technical: 3*elsewhere + closed - correction, commercial: commercial}
}

// deriveEach is the plain form of the sums over rows, for any number of
// dimensions and stacks. Marked pairs count as if they had no mark.
func (m *Interconnection) deriveEach(w *world.World) sums {
	n, u := w.States.N, w.States.Users
	var s sums
	for i := range n {
		for j := i + 1; j < n; j++ {
			c, g, e := m.openings(w, i, j, 1)
			w.Dyads.Link[i*n+j] = (c + m.Gateway*(1-c)) * g * e
			s.add(u[i]*u[j], c, g, e)
		}
	}
	return s
}

func (s *sums) add(weight, c, g, e float64) {
	s.open += weight * g * e
	s.closed += weight * (1 - c) * g * e
	s.technical += weight * (1 - c) * (2 + g + e)
	s.commercial += weight * (1 - e) * (2 + c + g + 2*c*g)
}

// deriveMarked puts right the pairs that have more than filters and bans between
// them: it takes out what the row assumed and puts in what holds.
func (m *Interconnection) deriveMarked(w *world.World, total *sums) {
	n, u := w.States.N, w.States.Users
	for _, pair := range w.Dyads.Marked {
		i, j := int(pair[0]), int(pair[1])
		left, beta := m.barriers(w, i, j), w.Dyads.Bridge[i*n+j]
		if left == 1 && beta == 0 {
			continue
		}
		weight := u[i] * u[j]
		c, g, e := m.openings(w, i, j, 1)
		total.add(-weight, c, g, e)
		g *= left
		total.add(weight, c, g, e)
		gateway := m.Gateway + (1-m.Gateway)*beta
		link := (c + gateway*(1-c)) * (1 - (1-g)*(1-m.Easing*beta)) * e
		w.Dyads.Link[i*n+j] = link
		total.bridged += weight * (link - (c+m.Gateway*(1-c))*g*e)
	}
}

// openings are the technical, governmental and commercial opening of a link;
// left is what rungs of the response ladder leave of the governmental one.
func (m *Interconnection) openings(w *world.World, i, j int, left float64) (c, g, e float64) {
	pair := min(i, j)*w.States.N + max(i, j)
	pass := max(0, 1-m.FilterBase-m.Filter*(1-w.MeanTrust(i, j))*world.Distance(w.Position(i), w.Position(j)))
	g = (1 - w.States.Control[i]) * (1 - w.States.Control[j]) * pass
	if ease := m.eased(pair, pair+1); len(ease) > 0 {
		g = min(1, g*ease[0])
	}
	return w.Overlap(i, j), g * left, 1 - w.Dyads.Exclusion[pair]
}

// Native is the quality of the link between two states without gateways and
// bridges.
func (m *Interconnection) Native(w *world.World, i, j int) float64 {
	if i == j {
		return 1
	}
	c, g, e := m.openings(w, i, j, m.barriers(w, i, j))
	return c * g * e
}

// barriers is what rungs of the response ladder leave of a link.
func (m *Interconnection) barriers(w *world.World, i, j int) float64 {
	if rung := w.Rung(i, j); rung > world.Protest {
		return 1 - m.Sanction*float64(rung-world.Protest)
	}
	return 1
}
