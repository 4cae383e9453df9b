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
// nothing. Switched off, the efforts are an even split, and channels and bridges
// stay as they are.
package diplomacy

import (
	"time"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// leading is the number of states (by power and users) that everybody looks at
// when it judges its position and chooses partners: no state watches all the others.
const leading = 16

// Diplomacy is the mechanism.
type Diplomacy struct {
	Budget      float64
	Bridging    float64
	Temperature float64

	Partners    int
	Bridge      float64
	BridgePace  float64
	BridgeDecay float64

	Channels   float64
	Agreement  float64
	ByEffort   float64
	BySalience float64
	ByDistance float64
	Lapse      float64
	Breach     float64

	Measures float64
	Pace     float64
	Decay    float64
	Trust    float64

	efforts  efforts
	bridges  []bridge
	at       []int32 // n x n, i < j: place in bridges plus one; 0 for none
	rivals   [][2]int32
	great    []bool    // by state: one of the powers that talk to one another
	floor    []float64 // n x n, i < j: channel that agreements and bridges hold up; zero between uses
	lines    []bool    // n x n, i < j: pairs that have a channel, or may have one
	measures measures
}

// New declares the parameters of the mechanism.
func New(set *sim.Parameters) *Diplomacy {
	m := new(Diplomacy)
	s := set.Section("diplomacy")
	m.declareEffort(s)
	m.declareBridges(s)
	m.declareAgreements(s)
	m.declareMeasures(s)
	return m
}

// Name is "diplomacy".
func (*Diplomacy) Name() string { return "diplomacy" }

// Declare says all that the rest of the program knows of the mechanism.
func (*Diplomacy) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "States split their diplomatic effort; bridges between blocs, bilateral agreements and confidence-building measures form and lapse.",
		Reference: "Barrinha and Renard 2017; Burt 1992; Borghard and Lonergan 2018",
	}
}

// Prepare does nothing yet.
func (*Diplomacy) Prepare(*world.World) {}

// Begin takes stock: who has a rival, which bridges, measures and agreements stand.
func (m *Diplomacy) Begin(_ *sim.Tick, w *world.World) {
	n := w.States.N
	if len(m.at) != n*n {
		m.at, m.floor = make([]int32, n*n), make([]float64, n*n)
		m.great, m.lines = make([]bool, n), make([]bool, n*n)
		m.efforts.resize(n)
		m.measures.member = make([]uint64, n)
	}
	if len(w.States.Effort) != n { // a world that was not laid out for a run
		w.States.Effort = make([][world.Efforts]float64, n)
	}
	clear(m.at)
	m.bridges, m.rivals = m.bridges[:0], m.rivals[:0]
	for i := range n {
		for j := i + 1; j < n; j++ {
			m.lines[i*n+j] = w.Dyads.Channel[i*n+j] > 0
			if w.Dyads.Rival[i*n+j] {
				m.rivals = append(m.rivals, [2]int32{int32(i), int32(j)})
			}
		}
	}
	m.collectBridges(w)
	m.beginMeasures(w)
	m.inherit(w)
}

// Step takes the decisions of the year in January, and in the first tick, in
// which diplomats are at work already; bridges move and agreements lapse in every
// tick.
func (m *Diplomacy) Step(now *sim.Tick, w *world.World) {
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

// number declares one parameter.
func number(s sim.Section, field *float64, name string, value float64, domain, plausible sim.Range, unit string, source sim.Source, doc, reference string) {
	s.Number(field, sim.Parameter{
		Name: name, Default: value, Domain: domain, Plausible: plausible,
		Unit: unit, Source: source, Doc: doc, Reference: reference,
	})
}

var (
	unit   = sim.Range{Min: 0, Max: 1}
	logits = sim.Range{Min: -50, Max: 50}
)

// budget is what state i spends on cyber diplomacy.
func (m *Diplomacy) budget(w *world.World, i int) float64 { return m.Budget + w.States.Diplomacy[i] }

// force is what the effort of state i on one thing comes to.
func (m *Diplomacy) force(w *world.World, i int, effort world.DiplomaticEffort) float64 {
	return w.States.Effort[i][effort] * m.budget(w, i)
}

// trust is the mean trust of two states in each other.
func trust(w *world.World, i, j int) float64 {
	n := w.States.N
	return (w.Dyads.Trust[i*n+j] + w.Dyads.Trust[j*n+i]) / 2
}

func position(w *world.World, i int) []float64 {
	return w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
}

// rung is the higher of the two rungs of the response ladder of a pair.
func rung(w *world.World, i, j int) uint8 {
	n := w.States.N
	return max(w.Dyads.Ladder[i*n+j], w.Dyads.Ladder[j*n+i])
}

// reconcile raises the trust of two states in each other by a share of what is
// missing.
func reconcile(w *world.World, i, j int, share float64) {
	n, t := w.States.N, w.Dyads.Trust
	t[i*n+j] += share * (1 - t[i*n+j])
	t[j*n+i] += share * (1 - t[j*n+i])
}
