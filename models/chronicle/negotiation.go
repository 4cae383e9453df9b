package chronicle

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"splinternet/models/forums/negotiation"
	"splinternet/models/world"
)

// What makes a session news.
const (
	notableChange   = .25 // of the depth of a text since the chronicle last told of it
	disownedWeight  = .02 // share of world power and users of members that disown a text
	disownedAgain   = 10  // years after which it is news again that a member disowns a text
	reviewedChange  = .05 // of depth or position since a forum last took stock
	oldReviewRhythm = 10  // years after which a forum of old takes stock
)

// sessionsMemory is what the chronicle has said of the sessions of forums.
type sessionsMemory struct {
	Forums []toldText // by forum
	Deeper []deepened // texts of this tick that have come to ask notably more
}

// deepened is the text of a forum that asks more than when the chronicle last told of it.
type deepened struct {
	Forum  int
	Change float64 // of its depth
}

// toldText is where the text of a forum stood when the chronicle last told of it.
type toldText struct {
	Followed bool // the chronicle follows the forum
	Told     bool // it has told of its text, or the run began with it
	Depth    float64
	Position []float64
	Since    int   // tick in which it did; negative: the text stands there from the start
	Reviewed int   // tick in which the forum last took stock; or, before, the last anniversary at which it would have
	Disowned []int // by state: tick of the last sentence on its disowning the text; nil: none
}

func ofSessions(w *world.World) *sessionsMemory {
	return world.Slot[sessionsMemory](w, "chronicle.negotiation")
}

// beginSessions notes where the texts of all forums stand at the start. Term is that of a
// mandate, in years.
func beginSessions(w *world.World, term float64) {
	memory := ofSessions(w)
	*memory = sessionsMemory{}
	for k := range w.Forums {
		if f := &w.Forums[k]; f.Text >= 0 && w.Texts[f.Text].Status == world.InForce {
			told := memory.of(w, k, term)
			told.note(told.Reviewed, &w.Texts[f.Text])
		}
	}
}

// of is what has been said of forum k.
func (m *sessionsMemory) of(w *world.World, k int, term float64) *toldText {
	for len(m.Forums) <= k {
		m.Forums = append(m.Forums, toldText{})
	}
	told := &m.Forums[k]
	if !told.Followed {
		f := &w.Forums[k]
		told.Followed, told.Reviewed = true, f.Founded
		if f.Founded <= 0 {
			told.Reviewed = -int(math.Mod(f.AgeAtStart, reviewRhythm(f, term)) / w.Calendar.Years())
		}
	}
	return told
}

// reviewRhythm is the time in years after which a forum with a lasting mandate takes stock
// of its work: the term of a mandate for those of all states and for those founded of
// late, and else as long as for any old news.
func reviewRhythm(f *world.Forum, term float64) float64 {
	if f.Universal || f.Founded > 0 {
		return term
	}
	return oldReviewRhythm
}

// note keeps in mind where the text of a forum stands of which the chronicle tells, or
// with which the run begins.
func (t *toldText) note(tick int, text *world.Text) {
	t.Told, t.Since, t.Reviewed, t.Depth = true, tick, tick, text.Depth
	t.Position = append(t.Position[:0], text.Position...)
}

// unheard are those of some states of whose disowning the text the chronicle has not told
// of late.
func (t *toldText) unheard(w *world.World, states []int) (list []int) {
	for _, i := range states {
		if t.Disowned == nil || w.Tick-t.Disowned[i] >= disownedAgain*w.Calendar.PerYear() {
			list = append(list, i)
		}
	}
	return list
}

// heard notes that the chronicle tells of states that disown the text.
func (t *toldText) heard(w *world.World, states []int) {
	if t.Disowned == nil {
		t.Disowned = slices.Repeat([]int{world.NotAdopted}, w.States.N)
	}
	for _, i := range states {
		t.Disowned[i] = w.Tick
	}
}

// tellDeadlock says that a forum finds no consensus, and why. That it still finds none is
// news only where its report is due.
func tellDeadlock(w *world.World, f negotiation.Deadlocked) {
	if f.Own && f.Failures > 1 && !f.Report {
		return
	}
	forum, text := &w.Forums[f.Forum], &w.Texts[f.Text]
	on := text.Called()
	switch {
	case f.Own && f.Report:
		on = "the report of its mandate"
	case f.Own && text.Status == world.InForce:
		on = "a new text; " + on + " stands"
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Name: forum.ID, Actors: tabledBy(w, text), Targets: onText(w, text), Value: text.Depth,
		Weight: .3 * forum.Legitimacy * w.MembersWeight(forum),
		Text:   fmt.Sprintf("The %s finds no consensus on %s%s.", forum.Name, on, causeInWords(w, &f)),
	})
}

// causeInWords is why members find no consensus on the text of a forum, as the end of a
// sentence.
func causeInWords(w *world.World, f *negotiation.Deadlocked) string {
	verb, surprise := "block", ""
	if len(f.Blockers) == 1 {
		verb = "blocks"
	}
	if f.Cause == negotiation.Misjudged {
		surprise = ", against what the chair expected"
	}
	switch {
	case f.Cause == negotiation.TooShallow:
		return ": what nobody blocks says too little to be worth a signature"
	case len(f.Blockers) > 0:
		return fmt.Sprintf(": %s %s it%s", w.Enumerate(f.Blockers), verb, surprise)
	}
	return ""
}

// tellConsensus says what members have agreed on: the first text of a forum, the report
// at the end of a mandate, and else what has changed notably since the chronicle last
// told of it, who disowns what it has joined in so far, and that consensus is found
// again after several sessions without, or that a text that had lapsed is revived. Other
// sessions are no news.
func tellConsensus(w *world.World, f negotiation.Agreed) {
	forum, text, memory := &w.Forums[f.Forum], &w.Texts[f.Text], ofSessions(w)
	told := memory.of(w, f.Forum, f.Term)
	f.Report = f.Report && forum.Text == f.Text
	depth := f.Before
	if forum.Text == f.Text && told.Told {
		depth = told.Depth
	}
	change, disown := text.Depth-depth, told.unheard(w, f.NewOutside)
	if f.Before > 0 && !f.Report && f.Failures <= 1 && math.Abs(change) < notableChange-world.Tie && w.WeightOf(disown) < disownedWeight-world.Tie {
		return
	}
	deeper := f.Before > 0 && !f.Report && change >= notableChange-world.Tie
	if forum.Text == f.Text {
		told.note(w.Tick, text)
	}
	if deeper && len(disown) == 0 {
		memory.Deeper = append(memory.Deeper, deepened{f.Forum, change}) // told with the others of the tick
		return
	}
	sentence := consensusInWords(w, &f, change)
	if len(disown) > 0 {
		told.heard(w, disown)
		sentence += " " + disowners(w, forum, disown)
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Name: text.ID, Actors: tabledBy(w, text), Targets: onText(w, text), Value: change, Text: sentence,
		Weight: min(1, max(math.Abs(change), .05)*w.MembersWeight(forum)),
	})
}

// consensusInWords is what members have agreed on. The change of depth is since the
// chronicle last told of the text.
func consensusInWords(w *world.World, f *negotiation.Agreed, change float64) string {
	forum, text := &w.Forums[f.Forum], &w.Texts[f.Text]
	terms := w.Terms(text.Position, text.Depth)
	switch {
	case f.Before == 0 && text.Revives != "":
		return fmt.Sprintf("The %s revives %s: %s.", forum.Name, text.Called(), terms)
	case f.Before == 0:
		on := text.Called()
		if text.Own && forum.Product.ID == "" && !forum.Binding {
			on = "its first text" // that has no name but the forum's
		}
		return fmt.Sprintf("The %s agrees by consensus on %s: %s.", forum.Name, on, terms)
	case f.Report:
		return fmt.Sprintf("The %s agrees by consensus on the report of its mandate: %s.", forum.Name, terms)
	case change >= notableChange-world.Tie:
		return fmt.Sprintf("The %s asks more of its members: its text now stands at %s.", forum.Name, terms)
	case change <= -notableChange+world.Tie, text.Depth < f.Before:
		aim := "all can live with it"
		if w.WeightOf(f.Outside) > 0 {
			aim = "nobody blocks it"
		}
		return fmt.Sprintf("The %s waters down its text, so that %s: %s.", forum.Name, aim, terms)
	case f.Failures > 1:
		return fmt.Sprintf("The %s finds consensus again: %s.", forum.Name, terms)
	}
	return fmt.Sprintf("The %s keeps its text, asking %s.", forum.Name, w.Asks(text.Depth))
}

// disowners names the weightiest of the members that let a text pass and disown it, in the
// words of the United Nations: they dissociate themselves from the consensus. A few experts
// on a mandate let a report pass with reservations.
func disowners(w *world.World, f *world.Forum, states []int) string {
	if f.Access == world.AccessClosed && f.MandateEnd != world.NoEnd {
		return fmt.Sprintf("The experts of %s let it pass with reservations.", w.Enumerate(states))
	}
	verb := "dissociate themselves"
	if len(states) == 1 {
		verb = "dissociates itself"
	}
	return fmt.Sprintf("%s %s from it.", w.Enumerate(states), verb)
}

// tellDeeper says which texts have come to ask notably more in this tick, in one
// sentence.
func tellDeeper(w *world.World) {
	memory := ofSessions(w)
	if len(memory.Deeper) == 0 {
		return
	}
	slices.SortStableFunc(memory.Deeper, func(a, b deepened) int {
		return cmp.Compare(w.MembersWeight(&w.Forums[b.Forum]), w.MembersWeight(&w.Forums[a.Forum]))
	})
	first := &w.Forums[memory.Deeper[0].Forum]
	text := &w.Texts[first.Text]
	sentence := fmt.Sprintf("The %s asks more of its members: its text now stands at %s.", first.Name, w.Terms(text.Position, text.Depth))
	var called, forums, texts []string
	least, deepest, change := text.Depth, text.Depth, 0.0
	for _, d := range memory.Deeper {
		f := &w.Forums[d.Forum]
		called, forums, texts = append(called, "the "+f.Name), append(forums, f.ID), append(texts, w.Texts[f.Text].ID)
		change += d.Change / float64(len(memory.Deeper))
		least, deepest = min(least, w.Texts[f.Text].Depth), max(deepest, w.Texts[f.Text].Depth)
	}
	if len(called) > 1 {
		const alike = .005 // depths that read the same
		depths := fmt.Sprintf("depths between %.2f and %.2f", least, deepest)
		if deepest-least < alike {
			depths = fmt.Sprintf("a depth of %.2f", least)
		}
		sentence = fmt.Sprintf("%s ask more of their members: their texts now stand at %s.", capital(upToThree(called, "organisations")), depths)
	}
	w.Add(world.Entry{
		Kind: "text", Name: text.ID, Actors: forums, Targets: texts, Value: change, Text: sentence,
		Weight: min(1, notableChange*w.MembersWeight(first)),
	})
	memory.Deeper = memory.Deeper[:0]
}

// upToThree joins names to a list, of which it counts those beyond the third.
func upToThree(called []string, what string) string {
	const named = 3
	if n := len(called) - named; n > 1 {
		called = append(called[:named:named], fmt.Sprintf("%d other %s", n, what))
	}
	return world.Listed(called)
}

// tellReview says, once in a while, what has become of the text of a forum with a lasting
// mandate, of which the chronicle would else hear no more. That nothing has moved is news
// once, and not at all of a forum of old that is not for all states.
func tellReview(w *world.World, met negotiation.Met) {
	f := &w.Forums[met.Forum]
	if f.MandateEnd != world.NoEnd || f.Text < 0 || w.Texts[f.Text].Status != world.InForce || met.Failures == 1 {
		return // the first of several failures is told by itself
	}
	told, text := ofSessions(w).of(w, met.Forum, met.Term), &w.Texts[f.Text]
	if !told.Told || float64(w.Tick-told.Reviewed)*w.Calendar.Years() < reviewRhythm(f, met.Term) {
		return
	}
	deeper, farther := math.Abs(text.Depth-told.Depth) >= reviewedChange-world.Tie, world.Distance(text.Position, told.Position) >= reviewedChange-world.Tie
	if !deeper && !farther && (told.Reviewed > max(told.Since, 0) || !f.Universal && f.Founded <= 0) {
		return // that it still stands there is no news
	}
	told.Reviewed = w.Tick
	w.Add(world.Entry{
		Kind: "text", Name: text.ID, Actors: []string{f.ID}, Targets: onText(w, text), Value: text.Depth - told.Depth,
		Text:   reviewInWords(w, f, told, deeper, farther, met.Failures > 0),
		Weight: min(1, max(math.Abs(text.Depth-told.Depth), .05)*w.MembersWeight(f)),
	})
	if deeper || farther {
		told.note(w.Tick, text)
	}
}

// reviewInWords is what a forum finds of its text when it takes stock.
func reviewInWords(w *world.World, f *world.Forum, told *toldText, deeper, farther, stuck bool) string {
	text := &w.Texts[f.Text]
	year, terms := w.Calendar.Date(max(0, told.Since)).Year(), w.Terms(text.Position, text.Depth)
	before := w.Terms(told.Position, told.Depth)
	switch {
	case deeper && farther:
		return fmt.Sprintf("The %s reviews its work: its text now stands at %s; in %d it stood at %s.", f.Name, terms, year, before)
	case farther:
		return fmt.Sprintf("The %s reviews its work: its text now stands at %s; in %d it stood at %s.", f.Name, terms, year, w.Place(told.Position))
	case deeper:
		return fmt.Sprintf("The %s reviews its work: its text now stands at %s; in %d it asked %s.", f.Name, terms, year, w.Asks(told.Depth))
	case stuck:
		return fmt.Sprintf("The %s reviews its work without consensus on a new text; that of old stands: %s.", f.Name, terms)
	}
	return fmt.Sprintf("The %s reviews its work: its text has hardly changed since %d: %s.", f.Name, year, before)
}
