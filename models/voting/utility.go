package voting

import "strings"

// Term is one term of the utility of a yes.
type Term int

// The terms, in the order of the columns of votes.csv.
const (
	Spatial Term = iota
	Kind
	Practice
	Cue
	Sponsor
	Noise
	termCount
)

// Unit is that of utilities, of each of their terms and of cut-points.
const Unit = "logits"

// Declaration says what a term is, once for tables, their descriptions and accounts
// of a vote.
type Declaration struct {
	Name  string // its column in votes.csv
	Title string // what people call it
	Doc   string
	// Pro and Con say what it means when it is positive and when it is negative.
	// ALTERNATIVE in them is what the text is weighed against.
	Pro, Con string
}

// Terms declares every term. A new one needs a constant above, its entry here, and the
// mechanism that adds it to the utility.
var Terms = [termCount]Declaration{
	Spatial: {
		"spatial", "spatial", "closeness of the text against what it was weighed against",
		"the text is nearer to its position than ALTERNATIVE is", "ALTERNATIVE is nearer to its position than the text is",
	},
	Kind: {
		"kind", "kind of text", "what it costs to oppose a text of this kind",
		"texts of this kind are costly to oppose", "texts of this kind are easy to oppose",
	},
	Practice: {
		"practice", "practice", "settled practice behind the forum that the text serves",
		"settled practice stands behind the forum that it serves", "settled practice stands against it",
	},
	Cue: {
		"cue", "cue", "leaning of the state's groups",
		"its groups lean towards the text", "its groups lean against the text",
	},
	Sponsor: {
		"sponsor", "sponsor", "trust in the lead sponsor",
		"it trusts the lead sponsor", "it distrusts the lead sponsor",
	},
	Noise: {
		"noise", "noise", "what the model does not know: standard logistic",
		"what the model does not know spoke for it", "what the model does not know spoke against it",
	},
}

// Total declares the column of the sum.
var Total = Declaration{Name: "utility", Title: "utility", Doc: "the sum: yes from 0 up, no below minus forums.abstention"}

// Columns are the columns of a utility: its terms, then the sum.
func Columns() []string {
	var names []string
	for _, d := range Terms {
		names = append(names, d.Name)
	}
	return append(names, Total.Name)
}

// Meaning says what it means for a text, weighed against the alternative (as in "the
// status quo"), that a term speaks for it or against it.
func (d *Declaration) Meaning(speaksFor bool, alternative string) string {
	words := d.Con
	if speaksFor {
		words = d.Pro
	}
	return strings.ReplaceAll(words, "ALTERNATIVE", alternative)
}

// Utility is that of a yes: its terms, and their sum in the order in which they were
// added.
type Utility struct {
	Terms [termCount]float64
	Sum   float64
}

// Add adds to a term.
func (u *Utility) Add(t Term, value float64) {
	u.Terms[t] += value
	u.Sum += value
}

// Without is the sum but for one term.
func (u *Utility) Without(t Term) float64 { return u.Sum - u.Terms[t] }
