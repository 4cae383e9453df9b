// Package diplomacy lets states decide what their cyber diplomats do, and works
// out what comes of it.
//
// A state has a budget, a base plus its diplomatic capacity, which an office for
// cyber diplomacy raises (Barrinha and Renard 2017). It splits it over four kinds
// of effort by a logit choice among their expected use (effort.go):
//
//   - consensus building, which forums read: it moves texts to the centroid of the
//     members and costs depth;
//   - bridge building between the blocs (bridges.go): it raises dyadic gateways,
//     channels and a little trust, and moves nobody's position;
//   - bilateral work: agreements such as that of the United States and China of
//     2015 form and lapse (agreements.go);
//   - coalition building, which forums read, too: it makes rivals cheaper to found.
//
// Forums on confidence building open lines between their members (measures.go).
//
// Choices are taken once a year, in January, so that the length of a tick changes
// nothing. Switched off, efforts are split as is usual (world.UsualEffort), and channels and bridges
// stay as they are.
package diplomacy

import (
	"time"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Diplomacy is the mechanism.
type Diplomacy struct {
	Parameters
	*State // in the world of the run

	efforts efforts
	place   []int32 // n x n, i < j: place in State.Bridges plus one; 0 for none
	rivals  [][2]int
	turned  int       // Dyads.Turned when they were listed
	cut     []bool    // n x n, i < j: whether a war cuts the lines of the pair; false between uses
	major   []bool    // by state: one of the powers that talk to one another
	floor   []float64 // n x n, i < j: channel that agreements and bridges hold up; zero between uses
}

// State is what the mechanism remembers.
type State struct {
	Bridges  []Bridge  `doc:"pairs that work, or have worked, on a bridge, and the level that their efforts support"`
	Lines    []bool    `doc:"by pair i < j: whether the pair has a channel, or may have one"`
	Promises []Promise `doc:"by forum on confidence building: what its measures promise, and what they have come to"`
	Party    []uint64  `doc:"by state: bit k is set where the k-th of those promises is made to it"`
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Diplomacy { return mechanism.Parameters(set, new(Diplomacy)) }

// Prepare sizes the buffers, lists the rivals and finds the bridges in the memory.
func (m *Diplomacy) Prepare(w *world.World) {
	m.State = world.Slot[State](w, m.Name())
	n := w.States.N
	if len(m.major) != n {
		m.floor, m.cut, m.major = make([]float64, n*n), make([]bool, n*n), make([]bool, n)
		m.efforts.resize(n)
	}
	m.listRivals(w)
	m.place = world.Zeros(m.place, n*n)
	for k, b := range m.Bridges {
		m.place[b.I*n+b.J] = int32(k + 1)
	}
}

// listRivals lists the pairs of rivals.
func (m *Diplomacy) listRivals(w *world.World) {
	n := w.States.N
	m.turned, m.rivals = w.Dyads.Turned, m.rivals[:0]
	for i := range n {
		for j := i + 1; j < n; j++ {
			if w.Dyads.Rival[i*n+j] {
				m.rivals = append(m.rivals, [2]int{i, j})
			}
		}
	}
}

// Begin takes stock: which bridges, measures and agreements stand.
func (m *Diplomacy) Begin(_ *sim.Tick, w *world.World) {
	n := w.States.N
	if len(w.States.Effort) != n { // a world that was not laid out for a run
		w.States.Effort = make([][world.Efforts]float64, n)
	}
	clear(m.place)
	m.Bridges, m.Promises = m.Bridges[:0], m.Promises[:0]
	m.Lines, m.Party = world.Zeros(m.Lines, n*n), world.Zeros(m.Party, n)
	for i := range n {
		for j := i + 1; j < n; j++ {
			m.Lines[i*n+j] = w.Dyads.Channel[i*n+j] > 0
		}
	}
	m.collectBridges(w)
	m.beginMeasures(w)
	m.inherit(w)
	m.staffLines(w)
}

// Step takes the decisions of the year in January, and in the first tick, in
// which diplomats are at work already; bridges move and agreements lapse in every
// tick.
func (m *Diplomacy) Step(now *sim.Tick, w *world.World) {
	if m.turned != w.Dyads.Turned {
		m.listRivals(w)
	}
	january := w.Calendar.Due(now.Index, time.January)
	if january || now.Index == 0 {
		m.splitEffort(w)
		m.chooseBridges(w)
	}
	m.moveBridges(now, w)
	m.lapse(now, w)
	if january {
		m.agree(now, w)
		m.openLines(w)
	}
}

// budget is what state i spends on cyber diplomacy.
func (m *Diplomacy) budget(w *world.World, i int) float64 { return m.Budget + w.States.Diplomacy[i] }

// force is what the effort of state i on one thing comes to.
func (m *Diplomacy) force(w *world.World, i int, effort world.DiplomaticEffort) float64 {
	return w.States.Effort[i][effort] * m.budget(w, i)
}

// reconcile raises the trust of two states in each other by a share of what is
// missing.
func reconcile(w *world.World, i, j int, share float64) {
	n, t := w.States.N, w.Dyads.Trust
	t[i*n+j] += share * (1 - t[i*n+j])
	t[j*n+i] += share * (1 - t[j*n+i])
}
