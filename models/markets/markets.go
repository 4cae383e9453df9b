// Package markets plays the politics of firms: whom users buy from, which vendors
// states bar, what firms ask of the states in which they sell, and what they sign
// among themselves.
//
// Once a year, in January, and in this order:
//
//   - positions of firms settle between their own and what their home state
//     wants, p = (1-t) own + t home, with t the tie to the home state;
//   - firms lobby the states in which they sell (Grossman and Helpman 1994);
//   - states weigh bans on foreign vendors of sensitive sectors, look to allies
//     that think alike, and answer bans on their own firms, unless they are of
//     those that put up with them (Schmidt and Witte 1989);
//   - users replace a part of their equipment and services, by a logit choice
//     within each sector (Anderson, de Palma and Thisse 1992);
//   - firms sign accords and open representations where states negotiate (Hurel
//     and Lobato 2018; Gorwa and Peez 2020).
//
// All of it reads the state of the world before the year's step of its own kind,
// so that the order of states and firms does not matter.
package markets

import (
	"time"

	"splinternet/models/interconnection"
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Markets is the mechanism.
type Markets struct {
	Parameters
	*State // in the world of the run

	shares    shares
	bans      bans
	denials   denials
	push      []float64 // states: total strength of lobbying
	toward    []float64 // states x Dim: strength x position of lobbying
	peers     []int     // by firm: how many others it looks to
	turn      []bool    // by firm: joins or leaves the accord at hand
	exclusion interconnection.Exclusion
}

// State is what the mechanism remembers. Homes are the states that are home to a firm,
// in the order of the firms.
type State struct {
	Own       []float64 `doc:"by firm and dimension: where the firm would stand without a home state"`
	Start     []float64 `doc:"by firm and state: its share of its sector when the run began"`
	Weight    []float64 `doc:"by sector and state: share of the sector in what users depended on when the run began"`
	Trust     []float64 `doc:"by home and state: trust of the state in the home when the run began"`
	Lead      []int     `doc:"by firm: the largest of its home and sector when the run began"`
	Refuse    []float64 `doc:"by firm and state: the propensity to bar the firm from which the state does"`
	Harden    []float64 `doc:"by firm and state: the propensity from which it does so more strictly"`
	Since     []int     `doc:"by firm and state: the January, counted from 1, in which the ban in force was first seen; 0: none"`
	Then      []float64 `doc:"by firm and state: trust of the state in the home of the firm in that January"`
	Answer    []bool    `doc:"by firm and state: whether the home had barred a firm of the state for a year by that January"`
	Januaries int       `doc:"Januaries of the run so far"`
	Caution   []float64 `doc:"by state: the willingness to deny from which the state does"`
	Denials   []Denied  `doc:"the denials in force"`
	Learnt    []float64 `doc:"by home: how far its industry has learnt to do without the products of others, [0, 1]"`
	Linked    []float64 `doc:"by home and state: their link when the run began"`
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Markets { return mechanism.Parameters(set, new(Markets)) }

// Prepare sizes the buffers and sorts the firms by home and sector.
func (m *Markets) Prepare(w *world.World) {
	m.State = world.Slot[State](w, m.Name())
	n, f := w.States.N, w.Firms.N
	m.shares.prepare(w)
	m.bans.prepare(w)
	m.denials.reliance = world.Zeros(m.denials.reliance, len(m.shares.homes))
	m.push, m.toward = world.Zeros(m.push, n), world.Zeros(m.toward, n*w.Dim)
	m.turn, m.peers = world.Zeros(m.turn, f), world.Zeros(m.peers, f)
	for k := range f {
		for other := range f {
			if other != k && peers(w, k, other) {
				m.peers[k]++
			}
		}
	}
}

// Begin takes the world as it stands for the fixed point of its markets, and draws how
// reluctant every state is to bar the vendors of each home and sector.
func (m *Markets) Begin(start *sim.Tick, w *world.World) {
	m.beginShares(w)
	m.beginBans(start, w)
	m.beginDenials(start, w)
	m.deriveOwn(w)
}

// Step plays the year's decisions in its January.
func (m *Markets) Step(now *sim.Tick, w *world.World) {
	if w.Firms.N == 0 || !w.Calendar.Due(now.Index, time.January) {
		return
	}
	m.shares.look(w)
	m.sell(w)
	m.settle(w)
	m.lobby(w)
	if now.Index == 0 && w.Standing.Bans > 0 {
		m.settleMarkets(w)
	}
	changed := m.weigh(now, w)
	m.renew(w)
	if changed || w.Standing.Bans > 0 || w.Standing.Denials > 0 { // shares have moved, so the loss has
		m.exclusion.Derive(w)
	}
	m.signAccords(now, w)
	m.represent(now, w)
	m.tellSold(w)
}

// settleMarkets lets users replace what is barred when the run begins: such bans are taken
// to have been in force for as long as no example is fresh.
func (m *Markets) settleMarkets(w *world.World) {
	for range m.ExampleYears {
		m.renew(w)
	}
}

// sell asks every firm which stack it sells. The model has it keep to its own:
// what makes firms change is an event, or their rule.
func (m *Markets) sell(w *world.World) {
	if w.Rules.Firm == nil {
		return
	}
	for f, s := range w.Firms.Stack {
		if answer := w.AskSell(f, s); w.Stacks[answer].Proposed {
			w.Firms.Stack[f] = answer
		}
	}
}

// tie is the share of its home state's instructions that a firm obeys.
func (p *Parameters) tie(w *world.World, f int) float64 {
	if w.Firms.Home[f] == world.Abroad {
		return 0
	}
	return min(1, p.Tie*w.Firms.Tie[f])
}

// means is how much a firm of the given yearly revenue can spend on politics, [0, 1].
func (p *Parameters) means(revenue float64) float64 { return revenue / (revenue + p.HalfMeans) }

// alike tells whether two firms are of one home and sector.
func alike(w *world.World, a, b int) bool {
	f := &w.Firms
	return f.Home[a] == f.Home[b] && f.Sector[a] == f.Sector[b]
}
