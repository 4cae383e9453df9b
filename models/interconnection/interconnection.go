// Package interconnection derives the quality of the link between every two
// states (E9) and lets states choose their boundary controls.
//
// A link is the product of three openings,
//
//	w_ij = c_ij g_ij e_ij
//
// technical (c: the overlap of the stacks that the two networks run on, plus what
// gateways carry of the rest), governmental (g: boundary controls, filters that
// grow with mistrust and distance in position, sanctions, cuts) and commercial
// (e: what the exclusion of firms leaves). Native quality leaves gateways and
// bridges out; the difference between native and effective reachability is what
// bridge building buys. The loss of native reachability is split between the
// three causes (Drake, Cerf and Kleinwaechter 2016) by Shapley value, which is
// exact and needs no logarithm.
package interconnection

import (
	"math"
	"time"

	"splinternet/models/world"
	"splinternet/sim"
)

// Interconnection is the mechanism.
type Interconnection struct {
	FilterBase float64
	Filter     float64
	Control    float64
	Adjustment float64
	Gateway    float64
	Sanction   float64

	open  []float64 // 1 - boundary controls
	reach []float64 // users that a state reaches through links it does not control
}

// New declares the parameters of the mechanism.
func New(set *sim.Parameters) *Interconnection {
	m := new(Interconnection)
	s := set.Section("interconnection")
	unit := sim.Range{Min: 0, Max: 1}
	s.Number(&m.FilterBase, sim.Parameter{
		Name: "filter-base", Default: .03, Domain: unit, Plausible: sim.Range{Min: .02, Max: .05}, Unit: "share of the link", Source: sim.Assumption,
		Doc: "Loss of every international link that has no political cause.",
	})
	s.Number(&m.Filter, sim.Parameter{
		Name: "filter", Default: .6, Domain: sim.Range{Min: 0, Max: 5}, Plausible: sim.Range{Min: .2, Max: 1.2}, Unit: "share of the link", Source: sim.Assumption,
		Doc:       "Loss of the link between two states without any trust at opposite poles.",
		Reference: "alignment of networks with jurisdictions: Mueller 2017",
	})
	s.Number(&m.Control, sim.Parameter{
		Name: "control", Default: .1, Domain: sim.Range{Min: 0, Max: 2}, Plausible: sim.Range{Min: .05, Max: .5}, Unit: "share of the link", Source: sim.Assumption,
		Doc: "Boundary controls that an autocracy at the sovereign pole chooses when its network reaches everybody.",
	})
	s.Number(&m.Adjustment, sim.Parameter{
		Name: "adjustment", Default: .15, Domain: unit, Plausible: sim.Range{Min: .05, Max: .4}, Unit: "per year", Source: sim.Assumption,
		Doc: "Rate at which boundary controls reach the level that a state has chosen.",
	})
	s.Number(&m.Gateway, sim.Parameter{
		Name: "gateway", Default: .2, Domain: unit, Plausible: sim.Range{Min: 0, Max: .9}, Unit: "share of traffic", Source: sim.Assumption,
		Doc:       "Traffic between networks on different stacks that gateways carry world-wide; 0 switches gateways off, .9 is dual stack.",
		Reference: "Farrell and Saloner 1992",
	})
	s.Number(&m.Sanction, sim.Parameter{
		Name: "sanction", Default: .1, Domain: sim.Range{Min: 0, Max: 1. / 3}, Plausible: sim.Range{Min: 0, Max: .3}, Unit: "share of the link", Source: sim.Assumption,
		Doc: "Loss of a link for every rung above protest that one of the two has climbed against the other.",
	})
	return m
}

// Name is "interconnection".
func (*Interconnection) Name() string { return "interconnection" }

// Begin does nothing: links are derived for every run, whether the mechanism is
// on or off.
func (*Interconnection) Begin(*sim.Tick, *world.World) {}

// Step lets states adjust their controls and derives all links.
func (m *Interconnection) Step(now *sim.Tick, w *world.World) {
	if w.Calendar.Due(now.Index, time.January) {
		m.adjustControls(w)
	}
	m.Derive(w)
}

// Controls is the level of boundary controls at which their marginal benefit,
// control (1-x)(1-democracy)(1+threat), meets their marginal price, the level
// times the reach that the links would give. The more a state's network has
// shrunk already, the less a wall costs.
func (m *Interconnection) Controls(x, democracy, threat, reach float64) float64 {
	if reach <= 0 {
		reach = 1e-6
	}
	return min(1, m.Control*(1-x)*(1-democracy)*(1+threat)/reach)
}

func (m *Interconnection) adjustControls(w *world.World) {
	m.deriveReach(w)
	s := &w.States
	for i := range s.N {
		target := m.Controls(mean(s.Position[i*w.Dim:i*w.Dim+w.Dim]), s.Democracy[i], s.Threat[i], m.reach[i])
		target = w.Rules.OfState(i).Control(w, i, target)
		s.Control[i] += m.Adjustment * (target - s.Control[i])
	}
}

// deriveReach works out the share of world users that each state's links carry
// to it before boundary controls: what a wall would put at stake.
func (m *Interconnection) deriveReach(w *world.World) {
	n := w.States.N
	if len(m.reach) != n {
		m.reach = make([]float64, n)
	}
	copy(m.reach, w.States.Users)
	for i := range n {
		for j := i + 1; j < n; j++ {
			walls := (1 - w.States.Control[i]) * (1 - w.States.Control[j])
			if walls <= 0 {
				continue
			}
			link := w.Dyads.Link[i*n+j] / walls
			m.reach[i] += w.States.Users[j] * link
			m.reach[j] += w.States.Users[i] * link
		}
	}
}

// sums accumulates user-weighted quantities over pairs.
type sums struct{ native, effective, technical, governmental, commercial float64 }

// Derive works out all links and the reachability of the world from what stands
// in it.
func (m *Interconnection) Derive(w *world.World) {
	n, u := w.States.N, w.States.Users
	w.Gateway = m.Gateway
	if len(m.open) != n {
		m.open = make([]float64, n)
	}
	for i, b := range w.States.Control {
		m.open[i] = 1 - b
	}
	var total sums
	self := 0.0
	for i := range n {
		row := m.deriveRow(w, i)
		self += u[i] * u[i]
		total.native += u[i] * row.native
		total.effective += u[i] * row.effective
		total.technical += u[i] * row.technical
		total.governmental += u[i] * row.governmental
		total.commercial += u[i] * row.commercial
	}
	w.Network = world.Network{
		Native: self + 2*total.native, Effective: self + 2*total.effective,
		Technical: 2 * total.technical, Governmental: 2 * total.governmental, Commercial: 2 * total.commercial,
	}
}

// deriveRow works out the links of state i to the states after it.
func (m *Interconnection) deriveRow(w *world.World, i int) sums {
	n, d := w.States.N, &w.Dyads
	users, open := w.States.Users, m.open
	exclusion, bridge := d.Exclusion[i*n:i*n+n], d.Bridge[i*n:i*n+n]
	link, native := d.Link[i*n:i*n+n], d.Native[i*n:i*n+n]
	oneStack := len(w.Stacks) < 2
	var s sums
	for j := i + 1; j < n; j++ {
		c := 1.0
		if !oneStack {
			c = overlap(w, i, j)
		}
		g := open[i] * open[j] * m.policy(w, i, j)
		e := 1 - exclusion[j]
		own := c * g * e
		beta := bridge[j]
		gateway := m.Gateway + (1-m.Gateway)*beta
		effective := (c + gateway*(1-c)) * (1 - (1-g)*(1-beta/2)) * e
		native[j], link[j] = own, effective

		u := users[j]
		s.native += u * own
		s.effective += u * effective
		s.technical += u * (1 - c) * (1./3 + (g+e)/6 + g*e/3)
		s.governmental += u * (1 - g) * (1./3 + (c+e)/6 + c*e/3)
		s.commercial += u * (1 - e) * (1./3 + (c+g)/6 + c*g/3)
	}
	return s
}

// overlap is the share of the two networks that runs on the same stack.
func overlap(w *world.World, i, j int) float64 {
	k := len(w.Stacks)
	a, b := w.States.Stack[i*k:i*k+k], w.States.Stack[j*k:j*k+k]
	c := 0.0
	for s, x := range a {
		c += min(x, b[s])
	}
	return c
}

// policy is what filters, sanctions and cuts leave of a link.
func (m *Interconnection) policy(w *world.World, i, j int) float64 {
	n, d := w.States.N, &w.Dyads
	there, back := i*n+j, j*n+i
	distance := math.Abs(w.States.Position[i*w.Dim] - w.States.Position[j*w.Dim])
	for k := 1; k < w.Dim; k++ {
		distance += math.Abs(w.States.Position[i*w.Dim+k] - w.States.Position[j*w.Dim+k])
	}
	distance /= float64(w.Dim)
	mistrust := 1 - (d.Trust[there]+d.Trust[back])/2
	left := 1 - min(1, m.FilterBase+m.Filter*mistrust*distance)
	if rung := max(d.Ladder[there], d.Ladder[back]); rung > world.Protest {
		left *= 1 - m.Sanction*float64(rung-world.Protest)
	}
	return left * (1 - d.Sanction[there]) * (1 - d.Severed[there])
}

// DeriveExclusion works out the commercial loss of every link from market shares
// and bans: half of what one side's networks run on and the other bars, and the
// other way round.
func DeriveExclusion(w *world.World) {
	n, f := w.States.N, &w.Firms
	clear(w.Dyads.Exclusion)
	for k := range f.N {
		share, ban := f.Share[k*n:k*n+n], f.Ban[k*n:k*n+n]
		for j, b := range ban {
			if b == 0 {
				continue
			}
			for i, s := range share {
				if i != j {
					loss := s * b / 2
					w.Dyads.Exclusion[i*n+j] += loss
					w.Dyads.Exclusion[j*n+i] += loss
				}
			}
		}
	}
	for k, e := range w.Dyads.Exclusion {
		w.Dyads.Exclusion[k] = min(1, e)
	}
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}
