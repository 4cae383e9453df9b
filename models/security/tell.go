package security

import (
	"cmp"
	"fmt"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// The chronicle tells an incident that is grave, that is answered, or that is serious
// and made public, if it is one between powers or blamed on somebody who did not do it.
// The others are summed up once a year. In DCID one in sixteen is grave, and a further
// quarter serious.
const (
	grave   = 5   // severity
	serious = 4   // severity
	power   = .02 // weight from which a state is a power: some ten states
)

// quiet counts the incidents of a year that are not told one by one.
type quiet struct {
	all    int
	by     []int   // initiator
	weight float64 // of the weightiest
}

// forget begins a new year.
func (q *quiet) forget(n int) {
	if len(q.by) != n {
		q.by = make([]int, n)
	}
	clear(q.by)
	q.all, q.weight = 0, 0
}

// matters says whether the chronicle tells an incident on its own.
func (e *Incident) matters(w *world.World, answered bool) bool {
	if e.Scripted || answered || e.Severity >= grave {
		return true
	}
	wrong := e.Blamed != Nobody && e.Blamed != e.Initiator
	between := w.Weight(e.Initiator) >= power && w.Weight(e.Target) >= power
	return e.Public && e.Severity >= serious && (wrong || between)
}

func (m *Security) tell(w *world.World, e Incident, before, after uint8, by string) {
	if !w.Chronicle.On {
		return
	}
	weight := e.Severity / 10 * (w.Weight(e.Target) + w.Weight(e.Initiator)) / 2
	if !e.matters(w, after > before) {
		m.quiet.all++
		m.quiet.by[e.Initiator]++
		m.quiet.weight = max(m.quiet.weight, weight)
		return
	}
	actors := []string{w.StateID(e.Initiator), w.StateID(e.Target)}
	if e.Blamed >= 0 && e.Blamed != e.Initiator {
		actors = append(actors, w.StateID(e.Blamed))
	}
	w.Add(world.Entry{Kind: "incident", Actors: actors, Text: e.sentence(w), Weight: weight})
	if after > before {
		w.Add(world.Entry{
			Kind: "response", By: by, Actors: []string{w.StateID(e.Target), w.StateID(e.Blamed)},
			Text:   answer(w.Called(e.Target), w.Called(e.Blamed), after),
			Weight: float64(after) / 4 * (w.Weight(e.Target) + w.Weight(e.Blamed)) / 2,
		})
	}
}

// sentence says what happened, and what the victim makes of it.
func (e *Incident) sentence(w *world.World) string {
	name := w.Called
	text := fmt.Sprintf("%s is hit by a cyber operation of %s (severity %.0f of 10)", name(e.Target), name(e.Initiator), e.Severity)
	switch {
	case e.Blamed == Nobody:
		return text + "; nobody is blamed."
	case e.Blamed == e.Initiator && e.Public:
		return text + " and attributes it in public."
	case e.Blamed == e.Initiator:
		return text + "; it knows whose it is, and keeps quiet."
	case e.Public:
		return text + fmt.Sprintf(" and wrongly accuses %s in public.", name(e.Blamed))
	}
	return text + fmt.Sprintf("; it wrongly suspects %s.", name(e.Blamed))
}

// most is the number of initiators that the sum of a year names.
const most = 3

// tellYear sums up in the last tick of a calendar year, or of the run, what the
// chronicle did not tell in it.
func (m *Security) tellYear(now *sim.Tick, w *world.World) {
	if !w.Chronicle.On || m.quiet.all == 0 {
		return
	}
	year := now.Date.Year()
	if now.Index+1 < w.Calendar.Ticks && w.Calendar.Date(now.Index+1).Year() == year {
		return
	}
	var order []int
	for i, count := range m.quiet.by {
		if count > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(m.quiet.by[j], m.quiet.by[i]), cmp.Compare(w.States.ID[i], w.States.ID[j]))
	})
	text, named := m.quiet.sentence(w, order, year)
	var actors []string
	for _, i := range named {
		actors = append(actors, w.StateID(i))
	}
	w.Add(world.Entry{Kind: "incident", Actors: actors, Text: text, Weight: m.quiet.weight})
	m.quiet.forget(w.States.N)
}

// sentence sums up a year, given the initiators, the busiest first, and returns whom
// it names.
func (q *quiet) sentence(w *world.World, order []int, year int) (text string, named []int) {
	if q.all == 1 {
		return fmt.Sprintf("In %d there is one lesser cyber operation, by %s.", year, w.Called(order[0])), order
	}
	text = fmt.Sprintf("In %d there are %d lesser cyber operations, ", year, q.all)
	if len(order) == 1 {
		return text + "all by " + w.Called(order[0]) + ".", order
	}
	var names []string
	sum := 0
	for _, i := range order[:min(most, len(order))] {
		if len(order) <= most || q.by[i] > 1 {
			names, named = append(names, fmt.Sprintf("%s (%d)", w.Called(i), q.by[i])), append(named, i)
			sum += q.by[i]
		}
	}
	switch {
	case len(names) == 0:
		return text + "all by different states.", order[:1]
	case sum == q.all:
		text += "by "
	case 2*sum > q.all:
		text += "most of them by "
	default:
		text += "among them some by "
	}
	return text + world.Listed(names) + ".", named
}

// answer says which rung of the ladder a state climbs to.
func answer(state, blamed string, rung uint8) string {
	switch rung {
	case world.Protest:
		return fmt.Sprintf("%s protests to %s.", state, blamed)
	case world.Sanctions:
		return fmt.Sprintf("%s imposes sanctions on %s.", state, blamed)
	case world.CounterOperation:
		return fmt.Sprintf("%s strikes back at %s with a cyber operation of its own.", state, blamed)
	}
	return fmt.Sprintf("%s answers %s outside cyberspace.", state, blamed)
}
