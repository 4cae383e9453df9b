package norms

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models/world"
)

// notable is the share of power and users from which the accession of a single
// state is news.
const notable = .012

// slight is the depth below which a text asks so little that keeping it is no news.
const slight = .11

// tellJoined notes how a voluntary text spreads: that it tips (a third of those whom
// it is for have come to endorse it), that many follow at once (a cascade), and who
// joins otherwise, if it is news. Of a resolution only that a third or two thirds of
// the world stand behind it is.
func (m *Norms) tellJoined(w *world.World, t int) {
	text := &w.Texts[t]
	if !w.Chronicle.On || text.Binding {
		return
	}
	after, joined, by := 0, 0.0, ""
	for _, a := range text.Adherence {
		if a != world.Outside {
			after++
		}
	}
	for _, i := range m.newly {
		joined += w.Weight(i)
		if who := w.Rules.ByState(i); who != "model" {
			by = who
		}
	}
	before, size := after-len(m.newly), len(m.circle)
	m.sort(w)
	who := m.who(w, "endorses", "endorse") + " " + text.Called()
	voted := resolution(&w.Forums[text.Forum])
	if voted {
		// Nobody signs a resolution: those who did not vote for it come to stand behind it.
		who = m.who(w, "comes round to", "come round to") + " " + text.Called()
	}
	const crowd, few = 12, 4
	switch {
	case voted && 3*before < 2*size && 3*after >= 2*size:
		if !m.firstBacked(w, t) {
			return
		}
		who = fmt.Sprintf("Two thirds of the world (%d of %d states) stand behind %s by now: %s", after, size, text.Called(), m.who(w, "has come round to it", "have come round to it"))
	case 3*before < size && 3*after >= size:
		who += fmt.Sprintf(", which passes a threshold: a third of the states that it addresses now support it (%d of %d)", after, size)
	case voted:
		return // who else warms to a resolution is no news; what a rule decides against the model is told anyway
	case len(m.newly) >= crowd:
		who += fmt.Sprintf(": a cascade, %d states in a year (%d of %d)", len(m.newly), after, size)
	case joined >= notable || len(m.newly) >= few || by != "":
		who += fmt.Sprintf(" (%d of %d)", after, size)
	default:
		return
	}
	w.Add(world.Entry{
		Kind: "norm", Name: text.ID, Actors: w.IDs(m.newly), Weight: min(1, text.Depth*max(joined, .1*m.share(w, text))), Text: who + ".", By: by,
	})
}

// firstBacked tells whether text t is the first of its line and side that so many states
// are told to stand behind, and notes that it is: the resolutions after it say it again.
func (m *Norms) firstBacked(w *world.World, t int) bool {
	for r, told := range m.backed {
		if told && w.Texts[r].Line == w.Texts[t].Line && !rivals(&w.Texts[r], &w.Texts[t]) {
			return false
		}
	}
	m.backed[t] = true
	return true
}

// tellCompliance notes when those whom a text covers have come to keep a tenth less,
// or more, of it than when it was last said. How it comes to rest from where a text, or the
// run, begins is no news.
func (m *Norms) tellCompliance(w *world.World, t int) {
	if !w.Chronicle.On {
		return
	}
	const step, still = .1, .015
	text := &w.Texts[t]
	if text.Depth < slight {
		return
	}
	sum, covered := 0.0, 0
	for i, c := range text.Compliance {
		if text.Covers(i) {
			sum += c
			covered++
		}
	}
	if covered < 2 {
		return // what one state keeps alone is no norm
	}
	now, before := sum/float64(covered), m.told[t]
	if few, many := min(covered, m.covers[t]), max(covered, m.covers[t]); 3*few < 2*many {
		m.settled[t] = false // others keep it now, from where they begin
	}
	m.covers[t] = covered
	if !m.settled[t] {
		m.settled[t] = before > 0 && math.Abs(now-before) < still
		m.told[t], m.asking[t] = now, text.Depth
		return
	}
	if math.Abs(now-before) < step {
		return
	}
	deeper := text.Depth - m.asking[t]
	m.told[t], m.asking[t] = now, text.Depth
	verb := "Compliance with %s erodes: on average the %d states that it covers do %.0f %% of what it asks, down from %.0f %%."
	switch {
	case now < before && deeper >= step: // deep texts are kept less (Downs, Rocke and Barsoom 1996)
		verb = "Compliance with %s erodes as it comes to ask more: on average the %d states that it covers do %.0f %% of what it asks, down from %.0f %%."
	case now > before:
		verb = "Compliance with %s grows: on average the %d states that it covers do %.0f %% of what it asks, up from %.0f %%."
	}
	w.Add(world.Entry{
		Kind: "norm", Name: text.ID, Weight: min(1, text.Depth*math.Abs(now-before)*m.share(w, text)),
		Text: fmt.Sprintf(verb, text.Called(), covered, 100*now, 100*before),
	})
}

// tellInForce notes that a treaty enters into force, through whom, and whom it binds.
func (m *Norms) tellInForce(w *world.World, t, parties int) {
	if !w.Chronicle.On {
		return
	}
	text := &w.Texts[t]
	m.sort(w)
	through, binds := "", ""
	if len(m.newly) > 0 {
		through = ", ratified by " + m.who(w, "this year", "this year")
	}
	if parties > len(m.newly) {
		binds = ", among them " + world.Listed(m.parties(w, t))
	}
	w.Add(world.Entry{
		Kind: "treaty", Name: text.ID, Actors: w.IDs(m.newly), Weight: min(1, text.Depth*m.share(w, text)), By: m.ruled(w),
		Text: fmt.Sprintf("The %s enters into force%s: it now binds %d states%s.", text.Title, through, parties, binds),
	})
}

// parties names the weightiest of those whom a treaty binds, those who act as one first.
func (m *Norms) parties(w *world.World, t int) []string {
	var list []int
	for i, a := range w.Texts[t].Adherence {
		if a >= world.Ratified {
			list = append(list, i)
		}
	}
	m.order(w, list)
	const most = 4
	names := m.names(w, list)
	return names[:min(most, len(names))]
}

// ruled says whose rule had the first newcomer that the model would not have let ratify
// do so.
func (m *Norms) ruled(w *world.World) string {
	for _, i := range m.newly {
		if by := w.Rules.ByState(i); by != "model" {
			return by
		}
	}
	return ""
}

// tellRatified notes ratifications that are news: those of large states, of the largest
// only once the treaty is in force, every tenth, and what a rule decides.
func (m *Norms) tellRatified(w *world.World, t int, now standing) {
	if !w.Chronicle.On {
		return
	}
	m.sort(w)
	text := &w.Texts[t]
	large := notable
	if now.inForce {
		large *= 2
	}
	by := m.ruled(w)
	if w.Weight(m.newly[0]) < large && now.before/10 == now.parties/10 && by == "" {
		return
	}
	sum := w.WeightOf(m.newly)
	has := fmt.Sprintf("it has %d parties", now.parties)
	if !now.inForce {
		has = fmt.Sprintf("it has %d of the %d ratifications that it needs", now.deposited, now.needed)
	}
	w.Add(world.Entry{
		Kind: "treaty", Name: text.ID, Actors: w.IDs(m.newly), Weight: min(1, text.Depth*sum), By: by,
		Text: fmt.Sprintf("%s: %s.", m.who(w, "ratifies the "+text.Title, "ratify the "+text.Title), has),
	})
}

// tellDead notes the death of a norm.
func (m *Norms) tellDead(w *world.World, t int, strength float64) {
	if !w.Chronicle.On {
		return
	}
	text := &w.Texts[t]
	w.Add(world.Entry{
		Kind: "norm", Name: text.ID, Weight: min(1, text.Depth*m.share(w, text)),
		Text: fmt.Sprintf("%s is dead: for years hardly anybody has kept to it (strength %.2f of 1), and states stop appealing to it.", text.Called(), strength),
	})
}

// share is the share of world power and users in the states that adhere.
func (m *Norms) share(w *world.World, text *world.Text) float64 {
	sum := 0.0
	for i, a := range text.Adherence {
		if a != world.Outside {
			sum += w.Weight(i)
		}
	}
	return min(1, sum)
}

// sort puts the newcomers in the order of their weight.
func (m *Norms) sort(w *world.World) { m.order(w, m.newly) }

// order sorts states by their weight.
func (*Norms) order(w *world.World, states []int) {
	slices.SortStableFunc(states, func(a, b int) int {
		switch wa, wb := w.Weight(a), w.Weight(b); {
		case wa > wb:
			return -1
		case wa < wb:
			return 1
		}
		return strings.Compare(w.States.ID[a], w.States.ID[b])
	})
}

// names are those of states, of several that act as one that of their forum, which comes
// first.
func (m *Norms) names(w *world.World, states []int) []string {
	names := make([]string, 0, len(states)+1)
	together := 0
	for _, i := range states {
		if m.acts(w, i) {
			together++
		}
	}
	if together > 1 {
		names = append(names, fmt.Sprintf("the %s (%d members)", w.Forums[m.union].Name, together))
	}
	for _, i := range states {
		if together < 2 || !m.acts(w, i) {
			names = append(names, w.Called(i))
		}
	}
	return names
}

// who names the weightiest newcomers before the verb, in its form for one and for
// several.
func (m *Norms) who(w *world.World, one, several string) string {
	names := m.names(w, m.newly)
	const most = 3
	switch n := len(names); {
	case n == 1:
		return names[0] + " " + one
	case n <= most:
		return world.Listed(names) + " " + several
	default:
		return fmt.Sprintf("%s, %s and %d others %s", names[0], names[1], n-2, several)
	}
}
