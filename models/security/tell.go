package security

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"splinternet/models/world"
	"splinternet/sim"
)

// The chronicle tells an incident that is grave, one that is answered by more than a
// protest, and a serious one between powers that is made public. The rest is summed up
// once a year. In DCID one in sixteen is grave, and a further quarter serious. A serious
// error is told only if it is answered, so that what is told does not make errors look
// frequent, and protests against what is not serious are counted, so that it does not
// make the trifling look answered more often than the grave.
const (
	grave   = 5   // severity
	serious = 4   // severity
	power   = .02 // weight from which a state is a power: some ten states
)

// quiet counts the incidents of a year that are not told one by one.
type quiet struct {
	all      int
	by       []int   // initiator
	protests []int   // victim that answered by one
	weight   float64 // of the weightiest
}

// forget begins a new year.
func (q *quiet) forget(n int) {
	if len(q.by) != n {
		q.by, q.protests = make([]int, n), make([]int, n)
	}
	clear(q.by)
	clear(q.protests)
	q.all, q.weight = 0, 0
}

// matters says whether the chronicle tells an incident on its own.
func (e *Incident) matters(w *world.World, before, after uint8, by string) bool {
	answered := after > before
	if e.Scripted || e.Severity >= grave || answered && (after >= world.Sanctions || by != "") {
		return true
	}
	between := w.Weight(e.Initiator) >= power && w.Weight(e.Target) >= power
	return e.Severity >= serious && e.Public && between && (e.Blamed == e.Initiator || answered)
}

// tell adds the incident and its answer to the chronicle, or to the sum of the year, and
// says whether it was told on its own.
func (m *Security) tell(w *world.World, e Incident, before, after uint8, by string) bool {
	if !w.Chronicle.On {
		return false
	}
	weight := e.Severity / 10 * (w.Weight(e.Target) + w.Weight(e.Initiator)) / 2
	if !e.matters(w, before, after, by) {
		m.quiet.all++
		m.quiet.by[e.Initiator]++
		m.quiet.weight = max(m.quiet.weight, weight)
		if after > before {
			m.quiet.protests[e.Target]++
		}
		return false
	}
	m.tellIncident(w, e, before, after, weight)
	if after > before {
		w.Add(world.Entry{
			Kind: "response", By: by, Actors: []string{w.StateID(e.Target), w.StateID(e.Blamed)},
			Text:   answer(w.Called(e.Target), w.Called(e.Blamed), after),
			Weight: float64(after) / 4 * (w.Weight(e.Target) + w.Weight(e.Blamed)) / 2,
		})
	}
	return true
}

// told is an incident of the present tick that the chronicle has told, and that nothing
// followed from.
type told struct {
	incident Incident
	tick     int
	entry    int // of the chronicle
	times    int
}

// tellIncident tells an incident in a sentence of its own, or in that of one of the same
// tick which would read the same.
func (m *Security) tellIncident(w *world.World, e Incident, before, after uint8, weight float64) {
	idle := before == world.NoResponse && after == world.NoResponse
	same := e
	same.Climb, same.Reply = 0, 0
	if len(m.told) > 0 && m.told[0].tick != w.Tick {
		m.told = m.told[:0]
	}
	for k := range m.told {
		if t := &m.told[k]; t.incident == same && after == before {
			t.times++
			w.Retell(t.entry, e.sentence(w, t.times, idle), weight)
			return
		}
	}
	actors := []string{w.StateID(e.Initiator), w.StateID(e.Target)}
	if e.Blamed >= 0 && e.Blamed != e.Initiator {
		actors = append(actors, w.StateID(e.Blamed))
	}
	w.Add(world.Entry{Kind: "incident", Actors: actors, Text: e.sentence(w, 1, idle), Weight: weight})
	if after == before && !e.Scripted {
		m.told = append(m.told, told{incident: same, tick: w.Tick, entry: len(w.Chronicle.Entries) - 1, times: 1})
	}
}

// sentence says what happened, how many times in the tick, and what the victim makes of
// it; idle, if it has no answer and gives none.
func (e *Incident) sentence(w *world.World, times int, idle bool) string {
	name := w.Called
	hit := "is hit by a cyber operation"
	switch {
	case times == 2:
		hit = "is hit twice by cyber operations"
	case times > 2:
		hit = "is hit " + spelled(times) + " times by cyber operations"
	}
	text := fmt.Sprintf("%s %s of %s (severity %.0f of 10)", name(e.Target), hit, name(e.Initiator), e.Severity)
	if w.Dyads.Agreement(e.Initiator, e.Target) >= 0 {
		text += ", their agreement notwithstanding,"
	}
	step := ""
	if idle && e.Severity >= grave {
		step = ", but takes no step against it"
	}
	switch {
	case e.Blamed == Nobody:
		return text + "; nobody is blamed."
	case e.Blamed == e.Initiator && e.Public:
		return text + " and publicly names " + name(e.Initiator) + step + "."
	case e.Blamed == e.Initiator:
		return text + "; it knows the author, and stays silent."
	case e.Public:
		return text + fmt.Sprintf(" and wrongly accuses %s in public%s.", name(e.Blamed), step)
	}
	if !w.Dyads.Rival[e.Target*w.States.N+e.Blamed] {
		return text + "; it does not find out who did it."
	}
	return text + fmt.Sprintf("; it wrongly suspects %s.", name(e.Blamed))
}

// spelled is a number as a sentence has it: small ones in words.
func spelled(number int) string {
	words := [...]string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	if number < len(words) {
		return words[number]
	}
	return strconv.Itoa(number)
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
	text, named := m.quiet.sentence(w, ranked(w, m.quiet.by), year)
	text += m.quiet.protested(w) + "."
	w.Add(world.Entry{Kind: "incident", Actors: w.IDs(named), Text: text, Weight: m.quiet.weight})
	m.quiet.forget(w.States.N)
}

// ranked lists the states with a count, the highest first.
func ranked(w *world.World, counts []int) (order []int) {
	for i, count := range counts {
		if count > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(counts[j], counts[i]), cmp.Compare(w.States.ID[i], w.States.ID[j]))
	})
	return order
}

// protested says how many of the operations drew a protest, and whose most of them were.
func (q *quiet) protested(w *world.World) string {
	sum := 0
	for _, count := range q.protests {
		sum += count
	}
	order := ranked(w, q.protests)
	switch {
	case sum == 0:
		return ""
	case q.all == 1:
		return "; it draws a protest"
	case len(order) == 1:
		return fmt.Sprintf("; %s drew a protest, from %s", spelled(sum), w.Called(order[0]))
	case 2*q.protests[order[0]] > sum:
		return fmt.Sprintf("; %s drew a protest, %s of them from %s", spelled(sum), spelled(q.protests[order[0]]), w.Called(order[0]))
	}
	return fmt.Sprintf("; %s drew a protest", spelled(sum))
}

// sentence sums up a year, without its full stop, given the initiators, the busiest first, and returns whom
// it names.
func (q *quiet) sentence(w *world.World, order []int, year int) (text string, named []int) {
	if q.all == 1 {
		return fmt.Sprintf("In %d there is one lesser cyber operation, by %s", year, w.Called(order[0])), order
	}
	text = fmt.Sprintf("In %d there are %d lesser cyber operations, ", year, q.all)
	if len(order) == 1 {
		return text + "all by " + w.Called(order[0]), order
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
		return text + "all by different states", order[:1]
	case sum == q.all:
		text += "by "
	case 2*sum > q.all:
		text += "most of them by "
	default:
		text += "among them some by "
	}
	return text + world.Listed(names), named
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
