package chronicle

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models/norms"
	"splinternet/models/world"
)

// From when what becomes of texts is news.
const (
	notable   = .012 // share of power and users from which the accession of a single state is
	crowd     = 12   // states that join in a year are a cascade
	few       = 4    // states that join in a year are news
	joinedAll = .1   // of those who adhere already, what counts where those who join weigh less

	slight        = .11  // depth below which a text asks so little that keeping it is no news
	complianceGap = .1   // change of mean compliance, or of depth, that is
	still         = .015 // change below which compliance has come to rest

	otherSide = .5 // distance of two texts on a line that are of two sides
)

// normsMemory is what the chronicle has said of texts, and how they stood then.
type normsMemory struct{ Texts []toldNorm }

// toldNorm is how a text stood when it was last spoken of.
type toldNorm struct {
	Compliance float64 // the mean; 0 before the first review
	Depth      float64
	Covered    int  // states, at the last review
	AtRest     bool // its compliance has come to rest once since the text, or the run, began
	Backed     bool // that two thirds of the world back it has been told
}

// normsTold is what was said of each text.
func normsTold(w *world.World) []toldNorm {
	memory := world.Slot[normsMemory](w, "chronicle.norms")
	for len(memory.Texts) < len(w.Texts) {
		memory.Texts = append(memory.Texts, toldNorm{})
	}
	return memory.Texts
}

// tellJoined notes how a voluntary text spreads: that it tips (a third of those whom
// it is for have come to endorse it), that many follow at once (a cascade), and who
// joins otherwise, if it is news. Of a resolution only that a third or two thirds of
// the world stand behind it is.
func tellJoined(w *world.World, f norms.Joined) {
	text := &w.Texts[f.Text]
	if text.Binding {
		return
	}
	joined, by := 0.0, ""
	for _, i := range f.States {
		joined += w.Weight(i)
		if who := w.Rules.ByState(i); who != "model" {
			by = who
		}
	}
	after := adherents(text)
	before, size := after-len(f.States), f.Addressees
	states := weighty(w, f.States)
	who := whoDoes(w, states, -1, "endorses", "endorse") + " " + text.Called()
	if f.Voted {
		// Nobody signs a resolution: those who did not vote for it come to stand behind it.
		who = whoDoes(w, states, -1, "comes round to", "come round to") + " " + text.Called()
	}
	switch {
	case f.Voted && 3*before < 2*size && 3*after >= 2*size:
		if !firstBacked(w, f.Text) {
			return
		}
		who = fmt.Sprintf("Two thirds of the world (%d of %d states) stand behind %s by now: %s", after, size, text.Called(),
			whoDoes(w, states, -1, "has come round to it", "have come round to it"))
	case 3*before < size && 3*after >= size:
		who += fmt.Sprintf(", which passes a threshold: a third of the states that it addresses now support it (%d of %d)", after, size)
	case f.Voted:
		return // who else warms to a resolution is no news; what a rule decides against the model is told anyway
	case len(states) >= crowd:
		who += fmt.Sprintf(": a cascade, %d states in a year (%d of %d)", len(states), after, size)
	case joined >= notable || len(states) >= few || by != "":
		who += fmt.Sprintf(" (%d of %d)", after, size)
	default:
		return
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Name: text.ID, Actors: w.IDs(states), Targets: []string{text.ID}, Value: float64(len(states)),
		Weight: min(1, text.Depth*max(joined, joinedAll*adhering(w, text))), Text: who + ".", By: by,
	})
}

// firstBacked tells whether a text is the first of its line and side that so many states
// are told to stand behind, and notes that it is: the resolutions after it say it again.
func firstBacked(w *world.World, t int) bool {
	told, text := normsTold(w), &w.Texts[t]
	for r := range told {
		if other := &w.Texts[r]; told[r].Backed && other.Line == text.Line && world.Distance(other.Position, text.Position) <= otherSide {
			return false
		}
	}
	told[t].Backed = true
	return true
}

// tellReviewed notes when those whom a text covers have come to keep a tenth less,
// or more, of it than when it was last said. How it comes to rest from where a text, or the
// run, begins is no news.
func tellReviewed(w *world.World, f norms.Reviewed) {
	text, told := &w.Texts[f.Text], &normsTold(w)[f.Text]
	if text.Depth < slight || f.Covered < 2 {
		return // what one state keeps alone is no norm
	}
	now, before := f.Mean, told.Compliance
	if fewer, more := min(f.Covered, told.Covered), max(f.Covered, told.Covered); 3*fewer < 2*more {
		told.AtRest = false // others keep it now, from where they begin
	}
	told.Covered = f.Covered
	if !told.AtRest {
		told.AtRest = before > 0 && math.Abs(now-before) < still
		told.Compliance, told.Depth = now, text.Depth
		return
	}
	if math.Abs(now-before) < complianceGap {
		return
	}
	deeper := text.Depth - told.Depth
	told.Compliance, told.Depth = now, text.Depth
	does, from := "erodes", "down"
	switch {
	case now < before && deeper >= complianceGap: // deep texts are kept less (Downs, Rocke and Barsoom 1996)
		does = "erodes as it comes to ask more"
	case now > before:
		does, from = "grows", "up"
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Name: text.ID, Targets: []string{text.ID}, Value: (now - before) * float64(f.Covered),
		Weight: min(1, text.Depth*math.Abs(now-before)*adhering(w, text)),
		Text: fmt.Sprintf("Compliance with %s %s: on average the %d states that it covers do %.0f %% of what it asks, %s from %.0f %%.",
			text.Called(), does, f.Covered, 100*now, from, 100*before),
	})
}

// tellEnteredIntoForce notes that a treaty enters into force, through whom, and whom it binds.
func tellEnteredIntoForce(w *world.World, f norms.EnteredIntoForce) {
	text, states := &w.Texts[f.Text], weighty(w, f.States)
	through, binds := "", ""
	if len(states) > 0 {
		through = ", ratified by " + whoDoes(w, states, f.AsOne, "this year", "this year")
	}
	if f.Parties > len(states) {
		var all []int
		for i, a := range text.Adherence {
			if a >= world.Ratified {
				all = append(all, i)
			}
		}
		const most = 4
		names := treatyNames(w, weighty(w, all), f.AsOne)
		binds = ", among them " + world.Listed(names[:min(most, len(names))])
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Name: text.ID, Actors: w.IDs(states), Targets: []string{text.ID}, Value: float64(f.Parties),
		Weight: min(1, text.Depth*adhering(w, text)), By: ruledBy(w, states),
		Text: fmt.Sprintf("The %s enters into force%s: it now binds %d states%s.", text.Title, through, f.Parties, binds),
	})
}

// tellRatified notes ratifications that are news: those of large states, of the largest
// only once the treaty is in force, every tenth, and what a rule decides.
func tellRatified(w *world.World, f norms.Ratified) {
	text, states := &w.Texts[f.Text], weighty(w, f.States)
	large := notable
	if f.InForce {
		large *= 2
	}
	by := ruledBy(w, states)
	if w.Weight(states[0]) < large && f.Before/10 == f.Parties/10 && by == "" {
		return
	}
	has := fmt.Sprintf("it has %d parties", f.Parties)
	if !f.InForce {
		has = fmt.Sprintf("it has %d of the %d ratifications that it needs", f.Deposited, f.Needed)
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Name: text.ID, Actors: w.IDs(states), Targets: []string{text.ID}, Value: float64(len(states)),
		Weight: min(1, text.Depth*w.WeightOf(states)), By: by,
		Text: fmt.Sprintf("%s: %s.", whoDoes(w, states, f.AsOne, "ratifies the "+text.Title, "ratify the "+text.Title), has),
	})
}

// tellDied notes the death of a norm.
func tellDied(w *world.World, f norms.Died) {
	text := &w.Texts[f.Text]
	w.Add(world.Entry{
		Kind: f.Kind(), Name: text.ID, Targets: []string{text.ID}, Value: float64(-adherents(text)),
		Weight: min(1, text.Depth*adhering(w, text)),
		Text:   fmt.Sprintf("%s is dead: for years hardly anybody has kept to it (strength %.2f of 1), and states stop appealing to it.", text.Called(), f.Strength),
	})
}

// adherents is the number of states that adhere to a text.
func adherents(text *world.Text) (n int) {
	for _, a := range text.Adherence {
		if a != world.Outside {
			n++
		}
	}
	return n
}

// adhering is the share of world power and users in the states that adhere to a text.
func adhering(w *world.World, text *world.Text) float64 {
	sum := 0.0
	for i, a := range text.Adherence {
		if a != world.Outside {
			sum += w.Weight(i)
		}
	}
	return min(1, sum)
}

// ruledBy says whose rule had the weightiest of some states that the model does not decide
// for do what they did; "" if it decides for all of them.
func ruledBy(w *world.World, states []int) string {
	for _, i := range states {
		if by := w.Rules.ByState(i); by != "model" {
			return by
		}
	}
	return ""
}

// weighty is a list of states in the order of their weight.
func weighty(w *world.World, states []int) []int {
	order := append([]int(nil), states...)
	slices.SortStableFunc(order, func(a, b int) int {
		switch wa, wb := w.Weight(a), w.Weight(b); {
		case wa > wb:
			return -1
		case wa < wb:
			return 1
		}
		return strings.Compare(w.States.ID[a], w.States.ID[b])
	})
	return order
}

// treatyNames are the names of states; of several that are members of a forum whose
// members ratify as one (-1: of none), that of the forum, which comes first.
func treatyNames(w *world.World, states []int, union int) []string {
	asOne := func(i int) bool { return union >= 0 && w.Forums[union].Members[i] }
	names := make([]string, 0, len(states)+1)
	together := 0
	for _, i := range states {
		if asOne(i) {
			together++
		}
	}
	if together > 1 {
		names = append(names, fmt.Sprintf("the %s (%d members)", w.Forums[union].Name, together))
	}
	for _, i := range states {
		if together < 2 || !asOne(i) {
			names = append(names, w.Called(i))
		}
	}
	return names
}

// whoDoes names the weightiest of some states before the verb, in its form for one and
// for several.
func whoDoes(w *world.World, states []int, union int, one, several string) string {
	names := treatyNames(w, states, union)
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
