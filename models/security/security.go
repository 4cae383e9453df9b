// Package security plays cyber incidents, their attribution and the response to
// them (E10), and moves trust (E11).
//
// The hazard of an incident of i on j is
//
//	lambda_ij = lambda o_i (1-tau_ij) (h_ij a_j + rho m_ij) (1 - D_ij)
//
// with o the initiator's offensive activity, a the prize (what the target's power and
// users are worth; else small islands would be hit as often as great powers), h the
// initiator's reach, m its motive and D deterrence.
// Great powers act world-wide and the others in their neighbourhood, as in the
// politically relevant dyads of the study of conflict (Maoz and Russett 1993; Lemke and
// Reed 2001); beyond it a state has a motive against recorded rivals, and for a time
// against those who hit, punished or wrongly accused it. The factor lambda is solved at
// the start so that the world sees
// the recorded number of incidents a year (Valeriano and Maness 2014; Maness et
// al. 2023). A victim believes whom it blames: rightly with a probability that
// grows with its means, else a state drawn by suspicion, which looks for the same
// motives (Edwards et al. 2017). Who errs is seldom sure enough to say so in public.
// Public blame can climb a ladder of responses, with restraint (Kreps and
// Schneider 2019); a channel between accuser and accused prevents part of the
// wrongful blame and of the climbing (Borghard and Lonergan 2018).
//
// Trust grows with contact above the level of the pair's first year, falls with
// incidents in proportion to their severity, and returns slowly to where it
// started. Where experience stays, that level moves, and rivalries form and end.
package security

import (
	"time"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Security is the mechanism.
type Security struct {
	Parameters
	*State // in the world of the run

	places   neighbourhoods
	rivalry  []bool    // by pair, from the initiator on: whether a rivalry moves it
	hazard   []float64 // by initiator
	deter    []float64 // by victim: attribution x capability x parameter
	prize    []float64 // by victim: see worth
	guarded  []float64 // by victim: prize x deter
	ability  []float64 // by victim: technical means of attribution, [0, 1]
	reach    []float64 // by initiator: how much of its activity goes beyond its neighbourhood, [0, 1]
	weight   []float64 // scratch of draws
	grievous []float64 // scratch of suspicion, by suspect
	today    []float64 // by initiator: offensive activity against the busiest state's
	own      []float64 // scratch of restraint, by initiator: what rules owed to all leave free
	covered  []int     // scratch of restraint: states that the text at hand covers
}

// State is what the mechanism remembers.
type State struct {
	Lambda   float64   `doc:"incidents a year and unit of hazard, solved when the run begins"`
	Recorded []float64 `doc:"by state: offensive activity when the run begins, against the busiest state's"`
	Rivals   [][2]int  `doc:"ordered pairs of states that a recorded rivalry moves to act"`
	Wrongs   []Wrong   `doc:"what states remember that others have done to them"`
	Climbing [][2]int  `doc:"ordered pairs of states whose response stands above none"`
	Left     []float64 `doc:"by initiator and target: factor of the rules in force on the hazard, as of the start of the year; empty before the first and without restraint"`
	Level    []float64 `doc:"by pair i < j: the level that trust returns to; empty while it is that of the start"`
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Security { return mechanism.Parameters(set, new(Security)) }

// Prepare sizes the buffers and finds the neighbourhoods. It is all that incidents need
// on a world whose run has begun.
func (m *Security) Prepare(w *world.World) {
	m.State = world.Slot[State](w, m.Name())
	if n := w.States.N; len(m.hazard) != n {
		m.hazard, m.deter = make([]float64, n), make([]float64, n)
		m.prize, m.guarded = make([]float64, n), make([]float64, n)
		m.ability, m.reach = make([]float64, n), make([]float64, n)
		m.weight, m.grievous = make([]float64, n), make([]float64, n)
		m.today, m.own, m.covered = make([]float64, n), make([]float64, n), make([]int, n)
		m.rivalry = make([]bool, n*n)
	}
	m.places.find(w)
	m.noteRivalries(w)
}

// Derive lays out what incidents need, those of a scenario in a run without the
// mechanism included: who has a record, whom a rivalry moves, and that nobody has been
// wronged yet.
func (m *Security) Derive(w *world.World) {
	m.Prepare(w)
	m.Lambda, m.Wrongs, m.Climbing, m.Left, m.Level = 0, m.Wrongs[:0], m.Climbing[:0], m.Left[:0], m.Level[:0]
	m.Recorded = world.Zeros(m.Recorded, w.States.N)
	record(m.Recorded, w.States.Offence)
	m.Rivals = activeRivalries(m.Rivals[:0], w, m.GreatPower)
	m.noteRivalries(w)
}

// Begin adds the wrongs that are being punished, and solves lambda.
func (m *Security) Begin(_ *sim.Tick, w *world.World) {
	m.Derive(w)
	n := w.States.N
	for i := range n {
		for j := range n {
			if rung := w.Dyads.Ladder[i*n+j]; rung > world.NoResponse {
				m.Climbing = append(m.Climbing, [2]int{i, j})
				m.remember(j, i, rungs(rung))
			}
		}
	}
	// Without restraint: the restraint of the record is a number of its own, so that a
	// world without rules sees more than the record.
	if total := m.hazards(w); total > 0 {
		m.Lambda = m.Rate / total
	}
}

// Step plays the incidents of the tick and moves trust.
func (m *Security) Step(now *sim.Tick, w *world.World) {
	m.deescalate(now, w)
	if now.Index%now.PerYear == 0 {
		m.deriveRestraint(w)
	}
	mean := m.Lambda * m.hazards(w) * now.Years
	incidents := sim.Poisson(now.Stream.Whole(), min(mean, m.MostIncidents))
	for k := range incidents {
		m.incident(now, w, uint64(k))
	}
	m.blameForCrime(w)
	if w.Chronicle.On {
		w.Tell(Counted{Incidents: incidents})
	}
	m.moveTrust(now, w)
	if w.Calendar.Due(now.Index, time.January) {
		m.learn(w)
		m.turnRivalries(now, w)
	}
}

// deescalate lets ladders come down, threats fade.
func (m *Security) deescalate(now *sim.Tick, w *world.World) {
	n := w.States.N
	down := sim.PerTick(m.Deescalation, now.Years)
	still := m.Climbing[:0]
	for _, pair := range m.Climbing {
		i, j := pair[0], pair[1]
		if now.Stream.Pair(w.States.Key[i], w.States.Key[j]).Float64() < down && w.Dyads.Ladder[i*n+j] > world.NoResponse {
			w.Dyads.Ladder[i*n+j]--
		}
		if w.Dyads.Ladder[i*n+j] > world.NoResponse {
			still = append(still, pair)
		}
	}
	m.Climbing = still
	fade := sim.PerTick(m.Memory, now.Years)
	for i := range w.States.Threat {
		w.States.Threat[i] *= 1 - fade
		w.States.Blame[i] *= 1 - fade
	}
	m.forget(fade)
}
