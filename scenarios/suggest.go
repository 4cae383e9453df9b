package scenarios

import (
	"strings"

	"splinternet/scenarios/spelling"
)

// hint is the tail of a message about a word that is not in a list: the nearest
// word, and the whole list when it is short.
func hint(word string, candidates []string) string {
	const short = 16
	text := ""
	if len(candidates) > 0 && len(candidates) <= short {
		text = "; allowed: " + strings.Join(candidates, ", ")
	}
	if c := spelling.Nearest(word, candidates); c != "" {
		text += "; did you mean " + c + "?"
	}
	return text
}

// libraryHint is the tail of a message about a scenario that the library lacks.
func libraryHint(name string) string {
	return `; "splinternet scenario list" names the library` + hint(name, Names())
}
