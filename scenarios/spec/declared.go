package spec

import (
	"strings"
	"sync"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/scenarios/spelling"
	"splinternet/sim"
)

// What a scenario can name of the model. It is all declared in models.

// Parameters returns the declared parameters. Only the declarations may be read: one
// set serves all scenarios.
var Parameters = sync.OnceValue(func() *sim.Parameters { return models.Declarations() })

// Mechanisms lists the names of the mechanisms in the order of a tick.
func Mechanisms() []string {
	var names []string
	for _, m := range models.Mechanisms() {
		names = append(names, m.Name)
	}
	return names
}

// Measures lists the names of the measures.
func Measures() []string {
	var names []string
	for _, m := range measures.All() {
		names = append(names, m.Name)
	}
	return names
}

// ParameterHint is the tail of a message about a parameter that is not declared: what took
// its place if the model had it once, or the nearest name of the same mechanism, or the same name of another mechanism, or the
// nearest of all, or the list of those of the mechanism.
func ParameterHint(name string) string {
	if instead := models.Instead(name); instead != "" {
		return "; " + instead
	}
	mechanism, own := FirstWord(name)
	names := Parameters().Names()
	var siblings, words []string
	elsewhere := ""
	for _, other := range names {
		m, n := FirstWord(other)
		if m == mechanism {
			siblings, words = append(siblings, other), append(words, n)
		}
		if n == own && elsewhere == "" {
			elsewhere = other
		}
	}
	switch {
	case spelling.Nearest(own, words) != "":
		return "; did you mean " + mechanism + "." + spelling.Nearest(own, words) + "?"
	case elsewhere != "":
		return "; did you mean " + elsewhere + "?"
	case len(siblings) > 0:
		return "; allowed: " + strings.Join(siblings, ", ")
	case spelling.Nearest(name, names) != "":
		return "; did you mean " + spelling.Nearest(name, names) + "?"
	}
	return "; `splinternet parameters` lists them"
}

// FirstWord splits a dotted name after its first word.
func FirstWord(name string) (first, rest string) {
	first, rest, _ = strings.Cut(name, ".")
	return first, rest
}
