package chronicle

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"splinternet/models/security"
	"splinternet/models/world"
)

// The chronicle tells an incident that is grave, one that is answered by more than a
// protest, and a serious one between powers that is made public. The rest is summed up
// once a year. In DCID one in sixteen is grave, and a further quarter serious. A serious
// error is told only if it is answered, so that what is told does not make errors look
// frequent, and protests against what is not serious are counted, so that it does not
// make the trifling look answered more often than the grave.
const (
	graveIncident   = 5   // severity
	seriousIncident = 4   // severity
	incidentPower   = .02 // weight from which a state is a power: some ten states
	namedInitiators = 3   // that the sum of a year names at most
)

// securityMemory is what the chronicle has yet to sum up, what it told of the tick, and
// of which agreements it has told that they do not hold.
type securityMemory struct {
	Lesser  lesserIncidents
	Told    []toldIncident
	Ignored []ignoredAgreement
}

// ignoredAgreement is an agreement of two states made in a tick, in spite of which one hit
// the other.
type ignoredAgreement struct{ I, J, Since int }

// lesserIncidents counts the incidents of a year that are not told one by one.
type lesserIncidents struct {
	All      int
	By       []int   // initiator
	Protests []int   // victim that answered by one
	Weight   float64 // of the weightiest
	Severity float64 // of the gravest
}

// toldIncident is an incident of the present tick that the chronicle has told, and that
// nothing followed from.
type toldIncident struct {
	Incident security.Incident
	Entry    int // of the chronicle
	Times    int
	Aside    bool // about the agreement of the two
}

// notes tells whether an incident is the first of which the chronicle tells that the
// agreement of the two did not prevent it, and notes it.
func (m *securityMemory) notes(w *world.World, i, j int) bool {
	k := w.Dyads.Agreement(i, j)
	if k < 0 {
		return false
	}
	a := w.Dyads.Agreements[k]
	ignored := ignoredAgreement{int(a.I), int(a.J), a.Since}
	if slices.Contains(m.Ignored, ignored) {
		return false
	}
	m.Ignored = append(m.Ignored, ignored)
	return true
}

// tellSuffered adds an incident and its answer to the chronicle, or to the sum of the
// year.
func tellSuffered(w *world.World, f security.Suffered) {
	memory := world.Slot[securityMemory](w, "chronicle.security")
	weight := f.Severity / 10 * (w.Weight(f.Target) + w.Weight(f.Initiator)) / 2
	if !incidentMatters(w, &f) {
		if f.Crime {
			return // no operation
		}
		memory.Lesser.add(w, &f, weight)
		return
	}
	memory.tell(w, &f, weight)
	if f.Climbs() {
		why := ""
		if !f.Public { // an answer to a suspicion that was not made public is not announced either
			why = "Without a word in public, "
		}
		tellResponse(w, f.Response, why)
	}
}

// tellReplied adds the answer of a wrongly accused state, if the incident is told or the
// model did not decide it.
func tellReplied(w *world.World, f security.Replied) {
	if incidentMatters(w, &f.To) || f.By != "" {
		why := "Wrongly accused, "
		if !f.To.Public {
			why = "Wrongly suspected, "
		}
		tellResponse(w, f.Response, why)
	}
}

// incidentMatters says whether the chronicle tells an incident on its own.
func incidentMatters(w *world.World, f *security.Suffered) bool {
	answered := f.Climbs()
	if f.Scripted || f.Severity >= graveIncident || answered && (f.After >= world.Sanctions || f.By != "") {
		return true
	}
	between := w.Weight(f.Initiator) >= incidentPower && w.Weight(f.Target) >= incidentPower
	return f.Severity >= seriousIncident && f.Public && between && (f.Blamed == f.Initiator || answered)
}

// tellResponse says which rung of the ladder a state climbs to.
func tellResponse(w *world.World, r security.Response, why string) {
	w.Add(world.Entry{
		Kind: "response", By: r.By, Actors: []string{w.StateID(r.Of)}, Targets: []string{w.StateID(r.Against)}, Value: float64(r.After),
		Text:   why + rungTaken(w.Called(r.Of), w.Called(r.Against), r.After),
		Weight: float64(r.After) / 4 * (w.Weight(r.Of) + w.Weight(r.Against)) / 2,
	})
}

// rungTaken says which rung of the ladder a state climbs to.
func rungTaken(state, blamed string, rung uint8) string {
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

// tell tells an incident in a sentence of its own, or in that of one of the same tick
// which would read the same.
func (m *securityMemory) tell(w *world.World, f *security.Suffered, weight float64) {
	idle := f.Before == world.NoResponse && f.After == world.NoResponse
	same := f.Incident
	same.Climb, same.Reply = 0, 0
	for k := range m.Told {
		if t := &m.Told[k]; t.Incident == same && f.After == f.Before {
			t.Times++
			w.Retell(t.Entry, incidentSentence(w, f, t.Times, idle, t.Aside), weight)
			return
		}
	}
	aside := !f.Crime && m.notes(w, f.Initiator, f.Target)
	w.Add(world.Entry{
		Kind: f.Kind(), Actors: []string{w.StateID(f.Initiator)}, Targets: struck(w, f.Initiator, f.Target, f.Blamed), Value: f.Severity,
		Text: incidentSentence(w, f, 1, idle, aside), Weight: weight,
	})
	if f.After == f.Before && !f.Scripted {
		m.Told = append(m.Told, toldIncident{Incident: same, Entry: len(w.Chronicle.Entries) - 1, Times: 1, Aside: aside})
	}
}

// struck are the victim of an operation, and the state that it blames wrongly (negative:
// none).
func struck(w *world.World, initiator, victim, blamed int) []string {
	if blamed < 0 || blamed == initiator {
		return []string{w.StateID(victim)}
	}
	return []string{w.StateID(victim), w.StateID(blamed)}
}

// incidentSentence says what happened, how many times in the tick, and what the victim makes of
// it; idle, if it has no answer and gives none; aside, with a word on their agreement.
func incidentSentence(w *world.World, f *security.Suffered, times int, idle, aside bool) string {
	e, name := &f.Incident, w.Called
	if e.Crime {
		return mistakenSentence(w, e, idle)
	}
	hit := "is hit by a cyber operation"
	switch {
	case times == 2:
		hit = "is hit twice by cyber operations"
	case times > 2:
		hit = "is hit " + spelled(times) + " times by cyber operations"
	}
	text := fmt.Sprintf("%s %s of %s (severity %.0f of 10)", name(e.Target), hit, name(e.Initiator), e.Severity)
	and := " and"
	if aside {
		text += ", their agreement notwithstanding"
		and = ", and"
	}
	step := ""
	if idle && e.Severity >= graveIncident {
		step = ", but takes no step against it"
	}
	switch {
	case e.Blamed == security.Nobody:
		return text + "; nobody is blamed."
	case e.Blamed == e.Initiator && e.Public:
		return text + and + " publicly names " + name(e.Initiator) + step + "."
	case e.Blamed == e.Initiator && f.Climbs():
		return text + "; it knows the author."
	case e.Blamed == e.Initiator:
		return text + "; it knows the author, and stays silent."
	case e.Public:
		return text + and + fmt.Sprintf(" wrongly accuses %s in public%s.", name(e.Blamed), step)
	}
	if !w.Dyads.Rival[e.Target*w.States.N+e.Blamed] && !f.Climbs() {
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

// add counts an incident that is not told.
func (l *lesserIncidents) add(w *world.World, f *security.Suffered, weight float64) {
	if l.All == 0 {
		l.By, l.Protests = world.Zeros(l.By, w.States.N), world.Zeros(l.Protests, w.States.N)
		l.Weight, l.Severity = 0, 0
	}
	l.All++
	l.By[f.Initiator]++
	l.Weight, l.Severity = max(l.Weight, weight), max(l.Severity, f.Severity)
	if f.Climbs() {
		l.Protests[f.Target]++
	}
}

// tellCounted ends the tick, and sums up in the last one of a calendar year, or of the
// run, what the chronicle did not tell in it.
func tellCounted(w *world.World, f security.Counted) {
	memory := world.Slot[securityMemory](w, "chronicle.security")
	memory.Told = memory.Told[:0]
	lesser := &memory.Lesser
	year := w.Calendar.Date(w.Tick).Year()
	if lesser.All == 0 || w.Tick+1 < w.Calendar.Ticks && w.Calendar.Date(w.Tick+1).Year() == year {
		return
	}
	text, named := lesser.sentence(w, ranked(w, lesser.By), year)
	text += lesser.protested(w) + "."
	w.Add(world.Entry{Kind: f.Kind(), Actors: w.IDs(named), Value: lesser.Severity, Text: text, Weight: lesser.Weight})
	lesser.All = 0
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
func (l *lesserIncidents) protested(w *world.World) string {
	sum := 0
	for _, count := range l.Protests {
		sum += count
	}
	order := ranked(w, l.Protests)
	switch {
	case sum == 0:
		return ""
	case l.All == 1:
		return "; it draws a protest"
	case len(order) == 1:
		return fmt.Sprintf("; %s drew a protest, from %s", spelled(sum), w.Called(order[0]))
	case 2*l.Protests[order[0]] > sum:
		return fmt.Sprintf("; %s drew a protest, %s of them from %s", spelled(sum), spelled(l.Protests[order[0]]), w.Called(order[0]))
	}
	return fmt.Sprintf("; %s drew a protest", spelled(sum))
}

// sentence sums up a year, without its full stop, given the initiators, the busiest
// first, and returns whom it names.
func (l *lesserIncidents) sentence(w *world.World, order []int, year int) (text string, named []int) {
	if l.All == 1 {
		return fmt.Sprintf("In %d there is one lesser cyber operation, by %s", year, w.Called(order[0])), order
	}
	text = fmt.Sprintf("In %d there are %d lesser cyber operations, ", year, l.All)
	if len(order) == 1 {
		return text + "all by " + w.Called(order[0]), order
	}
	var names []string
	sum := 0
	for _, i := range order[:min(namedInitiators, len(order))] {
		if len(order) <= namedInitiators || l.By[i] > 1 {
			names, named = append(names, fmt.Sprintf("%s (%d)", w.Called(i), l.By[i])), append(named, i)
			sum += l.By[i]
		}
	}
	switch {
	case len(names) == 0:
		return text + "all by different states", order[:1]
	case sum == l.All:
		text += "by "
	case 2*sum > l.All:
		text += "most of them by "
	default:
		text += "among them some by "
	}
	return text + world.Listed(names), named
}
