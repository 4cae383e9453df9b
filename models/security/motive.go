package security

import "splinternet/models/world"

// Wrong is what a state remembers that another has done to it.
type Wrong struct {
	Of, By int
	Weight float64 // severity/10 of incidents and false accusations, rungs/4 of punishment; fades
}

// highest is the top of the scale of severity of the data on incidents, 0 to 10.
const highest = 10

// rungs is the weight of a rise on the ladder of responses against that of all its
// rungs.
func rungs(rise uint8) float64 { return float64(rise) / float64(world.CrossDomain) }

// remember adds to what state i holds against state j.
func (m *Security) remember(i, j int, weight float64) {
	if m.Grievance == 0 || i == j {
		return
	}
	for k := range m.Wrongs {
		if o := &m.Wrongs[k]; o.Of == i && o.By == j {
			o.Weight += weight
			return
		}
	}
	m.Wrongs = append(m.Wrongs, Wrong{i, j, weight})
}

// forget lets wrongs fade by a share.
func (m *Security) forget(share float64) {
	kept := m.Wrongs[:0]
	for _, o := range m.Wrongs {
		if o.Weight *= 1 - share; o.Weight >= m.LeastGrievance {
			kept = append(kept, o)
		}
	}
	m.Wrongs = kept
}

// held is what state i remembers that state j has done to it.
func (s *State) held(i, j int) float64 {
	for _, o := range s.Wrongs {
		if o.Of == i && o.By == j {
			return o.Weight
		}
	}
	return 0
}

// grievance is the motive that a wrong gives beyond a recorded rivalry, which is
// the most that there is.
func (m *Security) grievance(w *world.World, o Wrong) float64 {
	if m.rivalry[o.Of*w.States.N+o.By] {
		return 0
	}
	return m.Rivalry * m.Grievance * o.Weight / (1 + o.Weight)
}

// activeRivalries adds the recorded rivalries that move states to act to a list: all but those
// between two allies of one and the same great power, which keeps its camp at peace
// (Gelpi 1999).
func activeRivalries(list [][2]int, w *world.World, greatPower float64) [][2]int {
	n, least := w.States.N, greatPower*strongest(w)
	for i := range n {
		for j := range n {
			if w.Dyads.Rival[i*n+j] && !keptByAlly(w, i, j, least) {
				list = append(list, [2]int{i, j})
			}
		}
	}
	return list
}

// keptByAlly tells whether a great power, of a power of least or more, is the ally of both
// states.
func keptByAlly(w *world.World, i, j int, least float64) bool {
	n, d := w.States.N, &w.Dyads
	for k, p := range w.States.Power {
		if p >= least && k != i && k != j && d.Ally[i*n+k] && d.Ally[j*n+k] {
			return true
		}
	}
	return false
}

// noteRivalries notes by pair whom a rivalry moves.
func (m *Security) noteRivalries(w *world.World) {
	clear(m.rivalry)
	for _, pair := range m.Rivals {
		m.rivalry[pair[0]*w.States.N+pair[1]] = true
	}
}

// record works out what every state is on record for, against the busiest.
func record(recorded, offence []float64) {
	busiest := 0.0
	for _, o := range offence {
		busiest = max(busiest, o)
	}
	for i, o := range offence {
		if busiest > 0 {
			recorded[i] = o / busiest
		}
	}
}
