// Package problem says what is wrong with a file that a person wrote, and where: a
// scenario, a plan, a list of targets, a table of data. What reads such a file
// collects everything that is wrong with it, and reports it at once.
package problem

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"splinternet/scenarios/spelling"
)

// Place is where something is written.
type Place struct {
	File   string // as messages name it; "" for none
	Line   int    // from 1; 0 when there is no line, as on the command line
	Column int    // from 1; 0 where a key says enough
	Key    string // with dots; "" for none
}

// String writes the place as file:line:column: key.
func (p Place) String() string {
	place := p.File
	if p.Line > 0 {
		place += fmt.Sprintf(":%d", p.Line)
	}
	if p.Column > 0 {
		place += fmt.Sprintf(":%d", p.Column)
	}
	if p.Key != "" {
		place += ": " + p.Key
	}
	return place
}

// Problem is one thing that is wrong.
type Problem struct {
	Place
	Message string // what is wrong, and what is allowed
}

// New words a problem at a place.
func New(at Place, format string, args ...any) Problem {
	return Problem{at, fmt.Sprintf(format, args...)}
}

// Error writes the problem as file:line: key: message.
func (p Problem) Error() string {
	if place := p.Place.String(); place != "" {
		return place + ": " + p.Message
	}
	return p.Message
}

// List is everything that is wrong with what was read.
type List []Problem

// Only is a list of one problem.
func Only(at Place, format string, args ...any) List { return List{New(at, format, args...)} }

// Error writes one problem a line.
func (list List) Error() string {
	lines := make([]string, len(list))
	for k, p := range list {
		lines[k] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives errors.As each problem.
func (list List) Unwrap() []error {
	errs := make([]error, len(list))
	for k, p := range list {
		errs[k] = p
	}
	return errs
}

// Enough is how many problems a Collector keeps unless it says otherwise: enough to
// see what is wrong.
const Enough = 200

// Collector gathers problems while files are read. The zero value is ready.
type Collector struct {
	Most int // problems that are kept; 0: Enough

	list  List
	more  int      // problems beyond those that are kept
	files []string // in the order in which they are to be reported
}

// Reading tells in which order problems are to be reported: by file as they are named
// here, those of other files last.
func (c *Collector) Reading(files ...string) { c.files = append(c.files, files...) }

// Files lists the files that were read so far.
func (c *Collector) Files() []string { return c.files }

// Len is the number of problems that are kept.
func (c *Collector) Len() int { return len(c.list) }

// Full tells whether a further problem would only be counted, and counts it. It
// spares wording a problem that nobody will see.
func (c *Collector) Full() bool {
	most := c.Most
	if most == 0 {
		most = Enough
	}
	if len(c.list) < most {
		return false
	}
	c.more++
	return true
}

// Add adds a problem unless it is known already.
func (c *Collector) Add(problems ...Problem) {
	for _, p := range problems {
		if !c.Full() && !slices.Contains(c.list, p) {
			c.list = append(c.list, p)
		}
	}
}

// At adds a problem at a place.
func (c *Collector) At(at Place, format string, args ...any) { c.Add(New(at, format, args...)) }

// UnknownKey adds that a key is none of those that are known.
func (c *Collector) UnknownKey(at Place, key string, known []string) {
	if c.Full() {
		return
	}
	if lower := strings.ToLower(key); lower != key && slices.Contains(known, lower) {
		c.At(at, "unknown key; keys are written in lower case; did you mean %s?", lower)
		return
	}
	c.At(at, "unknown key%s", Hint(key, known))
}

// Err returns the problems by file and line as a List, or nil when there are none.
func (c *Collector) Err() error {
	if len(c.list) == 0 {
		return nil
	}
	order := map[string]int{}
	for k, file := range c.files {
		if _, seen := order[file]; !seen {
			order[file] = k - len(c.files)
		}
	}
	sort.SliceStable(c.list, func(a, b int) bool {
		p, q := c.list[a], c.list[b]
		if order[p.File] != order[q.File] {
			return order[p.File] < order[q.File]
		}
		return p.Line < q.Line
	})
	if c.more > 0 {
		return append(c.list, New(Place{}, "and %d more problems", c.more))
	}
	return c.list
}

// Hint is the tail of a message about a word that is not in a list: the nearest
// word, and the whole list when it is short.
func Hint(word string, candidates []string) string {
	const short = 17
	text := ""
	if len(candidates) > 0 && len(candidates) <= short {
		text = "; allowed: " + strings.Join(candidates, ", ")
	}
	if c := spelling.Nearest(word, candidates); c != "" {
		text += "; did you mean " + c + "?"
	}
	return text
}

// Clip shortens a text that is too long to quote.
func Clip(text string) string {
	const long = 60
	if runes := []rune(text); len(runes) > long {
		return string(runes[:long]) + "..."
	}
	return text
}
