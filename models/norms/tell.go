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
		who = fmt.Sprintf("Two thirds of the world (%d of %d states) stand behind %s by now: %s", after, size, text.Called(), m.who(w, "has come round to it", "have come round to it"))
	case 3*before < size && 3*after >= size:
		who += fmt.Sprintf(", which tips: a third of the states that it is for are behind it now (%d of %d), and the rest find it harder to stay away", after, size)
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
		Kind: "norm", Name: text.ID, Actors: m.actors(w), Weight: min(1, text.Depth*max(joined, .1*m.share(w, text))), Text: who + ".", By: by,
	})
}

// tellCompliance notes when those whom a text covers have come to keep a tenth less,
// or more, of it than when it was last said.
func (m *Norms) tellCompliance(w *world.World, t int) {
	if !w.Chronicle.On {
		return
	}
	const step = .1
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
	if before > 0 && math.Abs(now-before) < step {
		return
	}
	deeper := text.Depth - m.asking[t]
	m.told[t], m.asking[t] = now, text.Depth
	if before == 0 {
		return
	}
	verb := "Compliance with %s erodes: the %d states that it covers keep %.0f %% of it on average, down from %.0f %%."
	switch {
	case now < before && deeper >= step: // deep texts are kept less (Downs, Rocke and Barsoom 1996)
		verb = "Compliance with %s erodes as it comes to ask more: the %d states that it covers keep %.0f %% of it on average, down from %.0f %%."
	case now > before:
		verb = "Compliance with %s grows: the %d states that it covers keep %.0f %% of it on average, up from %.0f %%."
	}
	w.Add(world.Entry{
		Kind: "norm", Name: text.ID, Weight: min(1, text.Depth*math.Abs(now-before)*m.share(w, text)),
		Text: fmt.Sprintf(verb, text.Called(), covered, 100*now, 100*before),
	})
}

// tellInForce notes that a treaty enters into force.
func (m *Norms) tellInForce(w *world.World, t, parties int) {
	if !w.Chronicle.On {
		return
	}
	text := &w.Texts[t]
	m.sort(w)
	w.Add(world.Entry{
		Kind: "treaty", Name: text.ID, Actors: m.actors(w), Weight: min(1, text.Depth*m.share(w, text)),
		Text: fmt.Sprintf("The %s enters into force: it now binds the %d states that ratified it.", text.Title, parties),
	})
}

// tellRatified notes ratifications that are news: those of large states, of the largest
// only once the treaty is in force, and every tenth.
func (m *Norms) tellRatified(w *world.World, t, before, needed int, inForce bool) {
	if !w.Chronicle.On {
		return
	}
	m.sort(w)
	text, after := &w.Texts[t], before+len(m.newly)
	large := notable
	if inForce {
		large *= 2
	}
	if w.Weight(m.newly[0]) < large && before/10 == after/10 {
		return
	}
	sum := 0.0
	for _, i := range m.newly {
		sum += w.Weight(i)
	}
	standing := fmt.Sprintf("it has %d parties", after)
	if !inForce {
		standing = fmt.Sprintf("it has %d of the %d ratifications that it needs", after, needed)
	}
	w.Add(world.Entry{
		Kind: "treaty", Name: text.ID, Actors: m.actors(w), Weight: min(1, text.Depth*sum),
		Text: fmt.Sprintf("%s: %s.", m.who(w, "ratifies the "+text.Title, "ratify the "+text.Title), standing),
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
func (m *Norms) sort(w *world.World) {
	slices.SortStableFunc(m.newly, func(a, b int) int {
		switch wa, wb := w.Weight(a), w.Weight(b); {
		case wa > wb:
			return -1
		case wa < wb:
			return 1
		}
		return strings.Compare(w.States.ID[a], w.States.ID[b])
	})
}

// actors are the identifiers of the newcomers.
func (m *Norms) actors(w *world.World) []string {
	list := make([]string, 0, len(m.newly))
	for _, i := range m.newly {
		list = append(list, w.StateID(i))
	}
	return list
}

// who names the weightiest newcomers before the verb, in its form for one and for
// several.
func (m *Norms) who(w *world.World, one, several string) string {
	name := func(k int) string { return w.Called(m.newly[k]) }
	switch n := len(m.newly); n {
	case 1:
		return name(0) + " " + one
	case 2:
		return fmt.Sprintf("%s and %s %s", name(0), name(1), several)
	case 3:
		return fmt.Sprintf("%s, %s and %s %s", name(0), name(1), name(2), several)
	default:
		return fmt.Sprintf("%s, %s and %d others %s", name(0), name(1), n-2, several)
	}
}
