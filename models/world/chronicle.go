package world

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models/voting"
)

// Entry is one thing that happened, in words that a student understands.
type Entry struct {
	Tick int
	Kind string // vote, text, forum, ban, incident, response, stack, shock, ...
	Name string // the text, forum, firm, stack or event concerned
	// Actors are the identifiers of the agents that acted, the leading one first, and
	// Targets those of the agents, texts, stacks or parameters on which they did; either
	// may be empty. Value is the size of what happened, finite, with the direction as its
	// sign where it has one. What the three are for a kind, and the unit of the value,
	// chronicle.Kinds says.
	Actors, Targets []string
	Value           float64
	Text            string // one sentence
	// Weight is how consequential it was, [0, 1]: the share of world power and
	// users that it touches, times how much it changes for them.
	Weight float64
	// Tally of a vote; all zero otherwise.
	Yes, No, Abstain, Absent int
	By                       string // who decided: "model", "scenario", or what the agent's rule says
}

// Chronicle collects entries and ballots when it is on. A run without files
// leaves it off and allocates nothing.
type Chronicle struct {
	On      bool
	Ballots bool // keep each state's vote, too
	Entries []Entry
	Votes   []voting.Ballot
	Teller  Teller // hears the facts of the run; nil: nobody
}

// Add appends an entry of the present tick when the chronicle is on. Build the
// sentence only after asking On.
func (w *World) Add(e Entry) {
	if !w.Chronicle.On {
		return
	}
	e.Tick, e.Text = w.Tick, opening(e.Text)
	if e.By == "" {
		e.By = "model"
	}
	w.Chronicle.Entries = append(w.Chronicle.Entries, e)
}

// Retell gives entry k of the chronicle another sentence, and adds to its weight.
func (w *World) Retell(k int, text string, weight float64) {
	e := &w.Chronicle.Entries[k]
	e.Text, e.Weight = opening(text), min(1, e.Weight+weight)
}

// Called is a text as people speak of it: by its title, with the number of a
// resolution of the United Nations.
func (t *Text) Called() string {
	switch {
	case t.Title == "":
		return t.ID
	case strings.HasPrefix(t.ID, "A/RES/"):
		return fmt.Sprintf("%s (%q)", t.ID, t.Title)
	case strings.Contains(t.Title, "'s ") || strings.Contains(t.Title, "s' ") || strings.HasPrefix(t.Title, "the "):
		return t.Title // such as China's resolution
	case strings.HasPrefix(t.Title, "report of ") || strings.HasPrefix(t.Title, "convention of "),
		t.Kind == Treaty && (strings.Contains(t.Title, "Convention") || strings.HasPrefix(t.Title, "Agreement ")):
		return "the " + t.Title
	}
	return fmt.Sprintf("%q", t.Title)
}

// Place is a position in words and numbers, one number for each dimension.
func (w *World) Place(position []float64) string {
	mean := 0.0
	parts := make([]string, len(position))
	for d, x := range position {
		mean += x / float64(len(position))
		parts[d] = fmt.Sprintf("%.2f", x)
	}
	mean = math.Round(100*mean) / 100 // words and numbers must agree
	word := "a position midway between sovereignty and openness"
	switch {
	case mean < .2:
		word = "a sovereign position"
	case mean < .4:
		word = "a position nearer to sovereignty"
	case mean >= .8:
		word = "an open position"
	case mean >= .6:
		word = "a position nearer to openness"
	}
	return word + " (" + strings.Join(parts, " and ") + ")"
}

// Terms is what a text stands for and asks for, in words and numbers.
func (w *World) Terms(position []float64, depth float64) string {
	return w.Place(position) + ", asking " + w.Asks(depth)
}

// Asks is how much a text asks for, in words and numbers.
func (*World) Asks(depth float64) string {
	word := "hardly anything"
	switch {
	case depth >= .7:
		word = "a great deal"
	case depth >= .4:
		word = "much"
	case depth >= .2:
		word = "a fair amount"
	case depth >= .1:
		word = "little"
	}
	return fmt.Sprintf("%s (depth %.2f)", word, depth)
}

// Listed lists names as a sentence does: a, b and c.
func Listed(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// IDs are the identifiers of states.
func (w *World) IDs(states []int) []string {
	ids := make([]string, len(states))
	for k, i := range states {
		ids[k] = w.StateID(i)
	}
	return ids
}

// WeightOf is the share of world power and users of some states together.
func (w *World) WeightOf(states []int) (weight float64) {
	for _, i := range states {
		weight += w.Weight(i)
	}
	return weight
}

// Enumerate names states in a sentence, the weightiest first: up to four, of more the
// first three and how many others there are.
func (w *World) Enumerate(states []int) string {
	list := append([]int(nil), states...)
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(w.Weight(b), w.Weight(a)) })
	const most = 4
	called := make([]string, 0, most)
	for _, i := range list {
		if len(called) == most-1 && len(list) > most {
			return strings.Join(called, ", ") + fmt.Sprintf(" and %d others", len(list)-len(called))
		}
		called = append(called, w.Called(i))
	}
	if last := len(called) - 1; last > 1 && slices.ContainsFunc(called, func(name string) bool { return strings.Contains(name, " and ") }) {
		// A name with an "and" of its own does not run into the next.
		return strings.Join(called[:last], ", ") + ", and " + called[last]
	}
	return Listed(called)
}

// withArticle lists how names of states begin that take an article in a sentence. All go
// with a verb in the singular: states that call themselves by a plural without the
// article, such as Solomon Islands, do so, too.
var withArticle = []string{
	"United ", "Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Comoros", "Marshall Islands",
	"Central African Republic", "Dominican Republic", "DR Congo",
}

// Called is state i as a sentence names it: some names take an article.
func (w *World) Called(i int) string {
	name := w.States.Name[i]
	for _, begin := range withArticle {
		if strings.HasPrefix(name, begin) {
			return "the " + name
		}
	}
	return name
}

// Possessive is the name with the sign of possession.
func Possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}

// opening gives every sentence that begins with the article of a name its capital.
func opening(text string) string {
	if rest, article := strings.CutPrefix(text, "the "); article {
		text = "The " + rest
	}
	return strings.ReplaceAll(text, ". the ", ". The ")
}
