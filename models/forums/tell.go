package forums

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models/world"
	"splinternet/sim"
)

// This file tells of sessions: what is news of them, and in which words.

// tale is what the chronicle has said of the sessions of a forum.
type tale struct {
	depth    float64     // of its text when the chronicle last told of it; not a number before
	position []float64   // likewise
	since    int         // tick in which it did; negative: it stands there from the start
	tick     int         // in which it last took stock; or, before, the last anniversary of the forum at which it would have
	disowned map[int]int // by state: tick of the last sentence on its disowning the text
}

// tale of a forum, new if need be.
func (m *Forums) tale(w *world.World, f *world.Forum) *tale {
	if told := m.told[f.Key]; told != nil {
		return told
	}
	told := &tale{depth: math.NaN(), tick: f.Founded, disowned: map[int]int{}}
	if f.Founded <= 0 {
		told.tick = -int(math.Mod(f.AgeAtStart, m.rhythm(f)) / w.Calendar.Years())
	}
	m.told[f.Key] = told
	return told
}

// note keeps in mind where the text of a forum stands of which the chronicle tells, or
// with which the run begins.
func (t *tale) note(tick int, text *world.Text) {
	t.since, t.tick, t.depth, t.position = tick, tick, text.Depth, append(t.position[:0], text.Position...)
}

// beginTales notes where the texts of all forums stand at the start.
func (m *Forums) beginTales(w *world.World) {
	for k := range w.Forums {
		if f := &w.Forums[k]; w.Chronicle.On && f.Text >= 0 && w.Texts[f.Text].Status == world.InForce {
			told := m.tale(w, f)
			told.note(told.tick, &w.Texts[f.Text])
		}
	}
}

// rhythm is the time in years after which a forum with a lasting mandate takes stock of
// its work: the term of a mandate for those of all states and for those founded of late,
// and else as long as for any old news.
func (m *Forums) rhythm(f *world.Forum) float64 {
	if f.Universal || f.Founded > 0 {
		return m.Mandate
	}
	return again
}

const (
	// notable is the change of depth since the chronicle last told of a text that is news.
	notable = .25
	// great is the weight (share of world power and users) of members whose disowning a
	// text is news.
	great = .02
	// again is the time in years after which it is news again.
	again = 10
)

// deadlock notes a session without agreement.
func (m *Forums) deadlock(w *world.World, k, t int) {
	w.Activity.Deadlocks++
	f, text := &w.Forums[k], &w.Texts[t]
	own := f.Text == t
	m.failed[f.Key] = w.Tick
	if text.Status == world.Tabled {
		text.Status = world.Rejected
		if f.Text == t {
			f.Text = -1
		}
	}
	if !w.Chronicle.On {
		return
	}
	if own && m.stuck[f.Key] > 1 {
		return // that it still finds none is no news
	}
	on := text.Called()
	if own && text.Status == world.InForce {
		on = "a new text; " + on + " stands"
	}
	w.Add(world.Entry{
		Kind: "deadlock", Name: f.ID, Actors: w.IDs(text.Sponsors), Weight: .3 * f.Legitimacy * share(w, f),
		Text: fmt.Sprintf("The %s finds no consensus on %s.", f.Name, on),
	})
}

// tellAgreed says what members have agreed on: the first text of a forum, the report
// at the end of a mandate, and else what has changed notably since the chronicle last
// told of it, who disowns what it has joined in so far, and that consensus is found
// again after several sessions without, or that a text that had lapsed is revived. Other
// sessions are no news.
func (m *Forums) tellAgreed(now *sim.Tick, w *world.World, k, t int, before float64) {
	if !w.Chronicle.On {
		return
	}
	f, text := &w.Forums[k], &w.Texts[t]
	told := m.tale(w, f)
	depth := told.depth
	if f.Text != t || math.IsNaN(depth) {
		depth = before
	}
	m.unheard(now, told)
	due, again := reports(now, f) && f.Text == t, m.stuck[f.Key] > 1
	first, change := before == 0, text.Depth-depth
	id, _ := titled(f)
	revived := first && text.ID != id && w.FindText(id) >= 0 && w.Texts[w.FindText(id)].Title == text.Title // a number tells the two apart
	if !first && !due && !again && math.Abs(change) < notable && w.WeightOf(m.newly) < great {
		return
	}
	terms := w.Terms(text.Position, text.Depth)
	sentence := ""
	switch {
	case revived:
		sentence = fmt.Sprintf("The %s revives %s: %s.", f.Name, text.Called(), terms)
	case first:
		on := text.Called()
		if text.Title == product(f) && !f.Binding {
			on = "its first text" // that has no name but the forum's
		}
		sentence = fmt.Sprintf("The %s agrees by consensus on %s: %s.", f.Name, on, terms)
	case due:
		sentence = fmt.Sprintf("The %s agrees by consensus on the report of its mandate: %s.", f.Name, terms)
	case change >= notable && len(m.newly) == 0:
		m.deeper = append(m.deeper, k) // told with the others of the tick
		told.note(now.Index, text)
		return
	case change >= notable:
		sentence = fmt.Sprintf("The %s asks more of its members: its text now stands at %s.", f.Name, terms)
	case change <= -notable, text.Depth < before:
		aim := "all can live with it"
		if m.disavowed(w, k) > 0 {
			aim = "nobody blocks it"
		}
		sentence = fmt.Sprintf("The %s waters down its text, so that %s: %s.", f.Name, aim, terms)
	case again:
		sentence = fmt.Sprintf("The %s finds consensus again: %s.", f.Name, terms)
	default:
		sentence = fmt.Sprintf("The %s keeps its text, asking %s.", f.Name, w.Asks(text.Depth))
	}
	if f.Text == t {
		told.note(now.Index, text)
	}
	if len(m.newly) > 0 {
		sentence += " " + m.disowners(now, w, f, told)
	}
	w.Add(world.Entry{
		Kind: "text", Name: text.ID, Actors: w.IDs(text.Sponsors), Text: sentence,
		Weight: min(1, max(math.Abs(change), .05)*share(w, f)),
	})
}

// tellDeeper says which texts have come to ask notably more in this tick, in one
// sentence.
func (m *Forums) tellDeeper(w *world.World) {
	if len(m.deeper) == 0 {
		return
	}
	slices.SortStableFunc(m.deeper, func(k, l int) int {
		return cmp.Compare(share(w, &w.Forums[l]), share(w, &w.Forums[k]))
	})
	first := &w.Forums[m.deeper[0]]
	text := &w.Texts[first.Text]
	sentence := fmt.Sprintf("The %s asks more of its members: its text now stands at %s.", first.Name, w.Terms(text.Position, text.Depth))
	weight := 0.0
	var called []string
	least, deepest := text.Depth, text.Depth
	for _, k := range m.deeper {
		f := &w.Forums[k]
		weight = max(weight, share(w, f))
		called = append(called, "the "+f.Name)
		least, deepest = min(least, w.Texts[f.Text].Depth), max(deepest, w.Texts[f.Text].Depth)
	}
	if len(called) > 1 {
		depths := fmt.Sprintf("depths between %.2f and %.2f", least, deepest)
		if deepest-least < .005 {
			depths = fmt.Sprintf("a depth of %.2f", least)
		}
		sentence = fmt.Sprintf("%s ask more of their members: their texts now stand at %s.", capital(list(called, "organisations")), depths)
	}
	w.Add(world.Entry{Kind: "text", Name: text.ID, Text: sentence, Weight: min(1, notable*weight)})
	m.deeper = m.deeper[:0]
}

// list joins names to a list, of which it counts those beyond the third.
func list(called []string, what string) string {
	const most = 3
	if n := len(called) - most; n > 1 {
		called = append(called[:most:most], fmt.Sprintf("%d other %s", n, what))
	}
	return world.Listed(called)
}

// capital begins a sentence.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// moved is the change of a text's depth or position from which its forum has done
// something since it last took stock.
const moved = .05

// tellReview says, once in a while, what has become of the text of a forum with a lasting
// mandate, of which the chronicle would else hear no more. A forum of old that is not for
// all states is passed over where nothing has moved, a new one from the second time on.
func (m *Forums) tellReview(now *sim.Tick, w *world.World, k int) {
	f := &w.Forums[k]
	if !w.Chronicle.On || f.MandateEnd != world.NoEnd || f.Text < 0 || w.Texts[f.Text].Status != world.InForce {
		return
	}
	told, text := m.tale(w, f), &w.Texts[f.Text]
	if told.position == nil || float64(now.Index-told.tick)*now.Years < m.rhythm(f) {
		return
	}
	deeper, farther := math.Abs(text.Depth-told.depth) >= moved, world.Distance(text.Position, told.position) >= moved
	if !deeper && !farther && !f.Universal && (f.Founded <= 0 || told.tick > told.since) {
		return // that it still stands there is no news
	}
	told.tick = now.Index
	year, terms := w.Calendar.Date(max(0, told.since)).Year(), w.Terms(text.Position, text.Depth)
	sentence := fmt.Sprintf("The %s reviews its work and leaves its text about where it has stood since %d: %s.", f.Name, year, w.Terms(told.position, told.depth))
	switch {
	case deeper && farther:
		sentence = fmt.Sprintf("The %s reviews its work: its text now stands at %s; in %d it stood at %s.", f.Name, terms, year, w.Terms(told.position, told.depth))
	case farther:
		sentence = fmt.Sprintf("The %s reviews its work: its text now stands at %s; in %d it stood at %s.", f.Name, terms, year, w.Place(told.position))
	case deeper:
		sentence = fmt.Sprintf("The %s reviews its work: its text now stands at %s; in %d it asked %s.", f.Name, terms, year, w.Asks(told.depth))
	case m.stuck[f.Key] > 0:
		sentence = fmt.Sprintf("The %s reviews its work without consensus on a new text; that of old stands: %s.", f.Name, terms)
	}
	weight := max(math.Abs(text.Depth-told.depth), .05) * share(w, f)
	if deeper || farther {
		told.note(now.Index, text)
	}
	w.Add(world.Entry{Kind: "text", Name: text.ID, Text: sentence, Weight: min(1, weight)})
}

// unheard leaves in m.newly those of whose disowning the text the chronicle has not
// told of late.
func (m *Forums) unheard(now *sim.Tick, told *tale) {
	stay := m.newly[:0]
	for _, i := range m.newly {
		if last, found := told.disowned[i]; !found || now.Index-last >= again*now.PerYear {
			stay = append(stay, i)
		}
	}
	m.newly = stay
}

// disavowed is the share of world power and users of the members that disown a text.
func (m *Forums) disavowed(w *world.World, k int) (weight float64) {
	for i, in := range w.Forums[k].Members {
		if in && m.limit[i] < 0 {
			weight += w.Weight(i)
		}
	}
	return weight
}

// disowners names the weightiest of m.newly, the members that let a text pass and
// disown it, in the words of the United Nations: they dissociate themselves from the
// consensus. A few experts on a mandate let a report pass with reservations.
func (m *Forums) disowners(now *sim.Tick, w *world.World, f *world.Forum, told *tale) string {
	for _, i := range m.newly {
		told.disowned[i] = now.Index
	}
	if f.Access == world.AccessClosed && f.MandateEnd != world.NoEnd {
		return fmt.Sprintf("The experts of %s let it pass with reservations.", w.Enumerate(m.newly))
	}
	verb := "dissociate themselves"
	if len(m.newly) == 1 {
		verb = "dissociates itself"
	}
	return fmt.Sprintf("%s %s from it.", w.Enumerate(m.newly), verb)
}
