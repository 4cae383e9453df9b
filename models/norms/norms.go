// Package norms plays what becomes of texts after their adoption: who joins them,
// who ratifies them, who keeps to them, and when they die.
//
// A norm has a life cycle (Finnemore and Sikkink 1998): after it has emerged,
// states follow those whom they look up to, and past a tipping point of about one
// third of them in a cascade. State i endorses text n when the share of adherents
// among its peers reaches its threshold (Granovetter 1978; Watts 2002),
//
//	sum_j t_ij omega_j a_jn / sum_j t_ij omega_j >= theta_i + delta b |x_i - q_n|,  t_ij = max(0, tau_ij - tau_0) / (1 - tau_0)
//
// over the peers, those whom it trusts more than tau_0, with omega_j between one
// voice for each state and its power, theta_i drawn once from a Beta distribution,
// and b = 1 for binding texts. For voluntary ones theory has b = 0, but the record does
// not: votes on them and signatures of the Paris Call follow distance, too. Whether to
// join is on a government's desk in some years only, and nobody goes back on a recorded
// vote within the year.
//
// Binding texts then wait for ratification, a yearly hazard (Simmons and Elkins
// 2004),
//
//	h_in = h_0 exp(-b_1 |x_i - q_n| + b_2 peers_in + b_3 capacity_i - b_4 nearer_in)
//
// where nearer tells that another binding text on the same line, to which the
// state is a party, lies nearer to it. Those who could have ratified for long and
// have not are those who resist for reasons that no variable shows (frailty; Vaupel,
// Manton and Stallard 1979): after T years the mean hazard of the ones who are left is
//
//	h_in / (1 + nu h_in T)
//
// A treaty enters into force with the number of parties that it says itself, or else
// with a share of those who negotiated it.
//
// Whoever is covered complies more or less,
//
//	c' = c + r P (1 - c) - (e V + g d T (1 - b F)) c
//
// pressed by peers that comply (P), tempted the more the deeper the text and the
// farther its practice (T; Downs, Rocke and Barsoom 1996), the less where the text
// binds (F; Abbott and Snidal 2000), and discredited by violations that others saw
// (V). With a technical standard a state complies as far as its networks run on it. A text whose strength sum_i pi_i c_in, as a share of the power of those whom
// it is for (its parties, if it binds), stays too low for years is dead (Panke and
// Petersohn 2012).
//
// All of this happens once a year, when the General Assembly opens in September;
// compliance is reviewed every second year, for both years.
package norms

import (
	"time"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Norms is the mechanism.
type Norms struct {
	Parameters
	*State // in the world of the run

	voice      []float64 // by state: omega
	offence    []float64 // by state: offensive means, against the strongest
	peerWeight []float64 // N x N: how far each state counts as a peer of each other, [0, 1]
	peerTotal  []float64 // by state: sum_j of that times omega_j over all others

	// Buffers for the text at hand.
	addressees []int     // states that it is for
	column     []float64 // by state: what is summed over peers
	peerShare  []float64 // by state: the share of its peers, weighed, that has it
	deciding   []int     // states that decide by what their peers do
	voices     []voice   // of those who count
	joining    []int     // states that join
	list       []int     // texts, or states, that matter for it
	mean       []float64 // position of those who ratify as one
}

// State is what the mechanism remembers.
type State struct {
	Thresholds []float64 `doc:"by state: share of its peers that tips it, theta"`
	Weak       []int     `doc:"by text: years for which it has been too weak"`
	Opened     []int     `doc:"by text: tick since which states can adhere, however often it is agreed on anew"`
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Norms { return mechanism.Parameters(set, new(Norms)) }

// Prepare sizes the buffers.
func (m *Norms) Prepare(w *world.World) {
	m.State = world.Slot[State](w, m.Name())
	n := w.States.N
	for _, list := range []*[]float64{&m.voice, &m.offence, &m.peerTotal, &m.column, &m.peerShare} {
		*list = world.Zeros(*list, n)
	}
	m.peerWeight, m.mean = world.Zeros(m.peerWeight, n*n), world.Zeros(m.mean, w.Dim)
	for _, list := range []*[]int{&m.addressees, &m.deciding, &m.joining} {
		*list = world.Zeros(*list, n)
	}
	m.voices = world.Zeros(m.voices, n)
}

// Begin draws the threshold of every state.
func (m *Norms) Begin(start *sim.Tick, w *world.World) {
	m.Thresholds = world.Zeros(m.Thresholds, w.States.N)
	for i, key := range w.States.Key {
		m.Thresholds[i] = Beta(start.Stream.For(key), m.Threshold, m.Spread)
	}
	m.Weak, m.Opened = m.Weak[:0], m.Opened[:0]
	m.register(w)
}

// register keeps room for every text, and since when those in force have been open.
func (m *Norms) register(w *world.World) {
	for t := range w.Texts {
		if t == len(m.Weak) {
			m.Weak, m.Opened = append(m.Weak, 0), append(m.Opened, world.NotAdopted)
		}
		if text := &w.Texts[t]; m.Opened[t] == world.NotAdopted && text.Status == world.InForce {
			m.Opened[t] = text.Adopted
		}
	}
}

// Step lets every text in force live through its year. Those of industry forums
// are left to firms.
func (m *Norms) Step(now *sim.Tick, w *world.World) {
	if !w.Calendar.Due(now.Index, time.Month(m.Session)) {
		return
	}
	m.weighPeers(w)
	m.register(w)
	for t := range w.Texts {
		text := &w.Texts[t]
		if text.Status != world.InForce || w.Forums[text.Forum].Access == world.AccessIndustry {
			continue
		}
		u := m.turn(now, w, t)
		if text.Binding { // before others sign: nobody ratifies in the year of its signature
			u.ratify()
		}
		u.join()
		switch {
		case w.IsStandard(t):
			w.ComplyByUse(t)
		case (now.Date.Year()+t)%m.Review == 0:
			u.comply()
		}
		if text.Stack < 0 { // the recognition of a stack lives as long as the stack
			u.erode()
		}
	}
}

// weighPeers works out how much every state counts as a peer of each other, and how
// much all peers of a state count together.
func (m *Norms) weighPeers(w *world.World) {
	n, strongest := w.States.N, 0.0
	for i, p := range w.States.Power {
		m.voice[i] = (1-m.Power)/float64(n) + m.Power*p
		strongest = max(strongest, w.States.Offence[i])
	}
	scale := 1 / (1 - m.Peer)
	for k, trust := range w.Dyads.Trust {
		m.peerWeight[k] = max(0, trust-m.Peer) * scale
	}
	weighAll(m.peerTotal, m.peerWeight, m.voice)
	for i := range n {
		m.peerTotal[i] -= m.voice[i] // nobody is a peer of its own
		m.offence[i] = 0
		if strongest > 0 {
			m.offence[i] = w.States.Offence[i] / strongest
		}
	}
}

// Admits tells whether state i may adhere to a text: everybody where the text is
// open for accession, or its forum open to all states or without states as
// members; else the members.
func Admits(f *world.Forum, t *world.Text, i int) bool {
	return t.Open || open(f) || f.Members[i]
}

// open tells whether what a forum agrees on is meant for all states.
func open(f *world.Forum) bool {
	return f.Universal || f.Access == world.AccessStates || f.Access == world.AccessMultistakeholder
}

// turn is the year's look at one text in force.
type turn struct {
	*Norms
	now        *sim.Tick
	w          *world.World
	t          int
	text       *world.Text
	forum      *world.Forum
	addressees []int // states that the text is for
	whole      bool  // it is for all states
	union      int   // the forum whose members ratify the text as one, or -1
}

// turn collects the states that a text is for: those who negotiate in its forum,
// everybody where the forum is open, and all who adhere. Whoever may merely accede is not
// among them.
func (m *Norms) turn(now *sim.Tick, w *world.World, t int) turn {
	text := &w.Texts[t]
	u := turn{Norms: m, now: now, w: w, t: t, text: text, forum: &w.Forums[text.Forum], addressees: m.addressees[:0], union: -1}
	all := open(u.forum)
	for i := range w.States.N {
		if all || u.forum.Members[i] || text.Adherence[i] != world.Outside {
			u.addressees = append(u.addressees, i)
		}
	}
	u.whole = len(u.addressees) == w.States.N
	if text.Binding {
		u.union = union(w, t)
	}
	return u
}
