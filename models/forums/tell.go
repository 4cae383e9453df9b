package forums

import (
	"fmt"
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

// This file tells of sessions: what is news of them, and in which words.

// tale is what the chronicle has said of the sessions of a forum.
type tale struct {
	depth    float64     // of its text when the chronicle last told of it
	disowned map[int]int // by state: tick of the last sentence on its disowning the text
}

// tale of a forum, new if need be.
func (m *Forums) tale(f *world.Forum) *tale {
	if m.told[f.Key] == nil {
		m.told[f.Key] = &tale{depth: math.NaN(), disowned: map[int]int{}}
	}
	return m.told[f.Key]
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
		Kind: "deadlock", Name: f.ID, Actors: names(w, text.Sponsors), Weight: .3 * f.Legitimacy * share(w, f),
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
	told := m.tale(f)
	if math.IsNaN(told.depth) {
		told.depth = before
	}
	m.unheard(now, told)
	due, again := f.MandateEnd == now.Index, m.stuck[f.Key] > 1
	first, change := before == 0, text.Depth-told.depth
	id, _ := titled(f)
	revived := first && text.ID != id && w.FindText(id) >= 0 && w.Texts[w.FindText(id)].Title == text.Title // a number tells the two apart
	if !first && !due && !again && math.Abs(change) < notable && weightOf(w, m.newly) < great {
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
		sentence = fmt.Sprintf("The %s confirms its text, asking %s.", f.Name, w.Asks(text.Depth))
	}
	told.depth = text.Depth
	if len(m.newly) > 0 {
		sentence += " " + m.disowners(now, w, told)
	}
	w.Add(world.Entry{
		Kind: "text", Name: text.ID, Actors: names(w, text.Sponsors), Text: sentence,
		Weight: min(1, max(math.Abs(change), .05)*share(w, f)),
	})
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

// weightOf is the share of world power and users of some states.
func weightOf(w *world.World, states []int) (weight float64) {
	for _, i := range states {
		weight += w.Weight(i)
	}
	return weight
}

// disowners names the weightiest of m.newly, the members that let a text pass and
// disown it, in the words of the United Nations: they dissociate themselves from the
// consensus.
func (m *Forums) disowners(now *sim.Tick, w *world.World, told *tale) string {
	for _, i := range m.newly {
		told.disowned[i] = now.Index
	}
	verb := "dissociate themselves"
	if len(m.newly) == 1 {
		verb = "dissociates itself"
	}
	return fmt.Sprintf("%s %s from it.", w.Enumerate(m.newly), verb)
}
