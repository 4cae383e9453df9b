package document

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// Reader reads the keys of one table. It reports every value that does not fit, and
// at the end every key that nobody asked for.
type Reader struct {
	Node     *Node // the table; nil where none is given, and then no key is
	Problems *problem.Collector

	asked []string
	also  []string // keys that are allowed, though nobody asks for them this time
}

// Read returns the reader of a table, which may be nil.
func Read(c *problem.Collector, n *Node) *Reader {
	if n != nil && n.Shape != Table {
		Refuse(c, n, "a table of keys")
		n = nil
	}
	return &Reader{Node: n, Problems: c}
}

// Refuse reports that a value is not allowed.
func Refuse(c *problem.Collector, n *Node, allowed string) {
	c.At(n.Place(), "%s is not allowed; allowed: %s", n.Describe(), allowed)
}

// Get returns the node of a key, or nil. It does not count as asking for it.
func (r *Reader) Get(key string) *Node { return r.Node.Get(key) }

// Has asks for a key and returns its node, or nil.
func (r *Reader) Has(key string) *Node {
	if !slices.Contains(r.asked, key) {
		r.asked = append(r.asked, key)
	}
	return r.Get(key)
}

// Allow takes keys for known that nobody asks for this time.
func (r *Reader) Allow(keys ...string) { r.also = append(r.also, keys...) }

// Known lists the keys that were asked for or are allowed.
func (r *Reader) Known() []string {
	var known []string
	for _, key := range slices.Concat(r.asked, r.also) {
		if !slices.Contains(known, key) {
			known = append(known, key)
		}
	}
	return known
}

// Done reports the keys that are not known.
func (r *Reader) Done() {
	if r.Node == nil {
		return
	}
	known := r.Known()
	for _, child := range r.Node.Nodes {
		if !slices.Contains(known, child.Key) {
			r.Problems.UnknownKey(child.Place(), child.Key, known)
		}
	}
}

// At reports a problem of the table as a whole.
func (r *Reader) At(format string, args ...any) { r.Problems.At(r.Node.Place(), format, args...) }

// Need reports a key that is missing, as it must not.
func (r *Reader) Need(key, allowed string) {
	if r.Get(key) != nil {
		return
	}
	r.asked = append(r.asked, key)
	at := r.Node.Place()
	at.Key = join(at.Key, key)
	r.Problems.At(at, "is missing; allowed: %s", allowed)
}

// Text reads a text that is not empty.
func (r *Reader) Text(key string) string {
	n := r.Has(key)
	if n == nil {
		return ""
	}
	word := n.Text()
	if strings.TrimSpace(word) == "" {
		Refuse(r.Problems, n, `a text in quotes`)
		return ""
	}
	return word
}

// Word reads one of a list of words.
func (r *Reader) Word(key string, allowed []string) string {
	n := r.Has(key)
	if n == nil {
		return ""
	}
	return OneOf(r.Problems, n, key, allowed)
}

// OneOf reads a text that must be in a list of what it names.
func OneOf(c *problem.Collector, n *Node, what string, allowed []string) string {
	word, is := n.Value.(string)
	switch {
	case !is:
		Refuse(c, n, "a "+what+" in quotes")
	case !slices.Contains(allowed, word):
		c.At(n.Place(), "unknown %s %q%s", what, problem.Clip(word), problem.Hint(word, allowed))
	default:
		return word
	}
	return ""
}

// Number reads a finite number; a whole number is one, too.
func (r *Reader) Number(key string, domain sim.Range, otherwise float64) float64 {
	if value := r.Optional(key, domain); value != nil {
		return *value
	}
	return otherwise
}

// Optional reads a number that may be left out.
func (r *Reader) Optional(key string, domain sim.Range) *float64 {
	n := r.Has(key)
	if n == nil {
		return nil
	}
	value, ok := Number(r.Problems, n, domain)
	if !ok {
		return nil
	}
	return &value
}

// Number reads a finite number in a domain.
func Number(c *problem.Collector, n *Node, domain sim.Range) (value float64, ok bool) {
	value, is := n.Float()
	if !is || !domain.Contains(value) {
		Refuse(c, n, Between(domain))
		return 0, false
	}
	return value, true
}

// Whole reads a whole number.
func (r *Reader) Whole(key string, low, high, otherwise int64) int64 {
	n := r.Has(key)
	if n == nil {
		return otherwise
	}
	value, is := n.Value.(int64)
	if !is || value < low || value > high {
		Refuse(r.Problems, n, fmt.Sprintf("a whole number from %d to %d", low, high))
		return otherwise
	}
	return value
}

// Flag reads true or false.
func (r *Reader) Flag(key string, otherwise bool) bool {
	if value := r.OptionalFlag(key); value != nil {
		return *value
	}
	return otherwise
}

// OptionalFlag reads true or false where it may be left out.
func (r *Reader) OptionalFlag(key string) *bool {
	n := r.Has(key)
	if n == nil {
		return nil
	}
	value, is := n.Value.(bool)
	if !is {
		Refuse(r.Problems, n, "true or false")
		return nil
	}
	return &value
}

// Date reads a day. The node is nil where there is none, or none that can be read.
func (r *Reader) Date(key string) (time.Time, *Node) {
	n := r.Has(key)
	if n == nil {
		return time.Time{}, nil
	}
	day, ok := n.Day()
	if !ok {
		Refuse(r.Problems, n, "a date without quotes, such as 2019-09-01, from 1900 to 2200")
		return time.Time{}, nil
	}
	return day, n
}

// Items reads a list of texts, or one text in its place.
func (r *Reader) Items(key string) []*Node {
	n := r.Has(key)
	if n == nil {
		return nil
	}
	nodes := n.Nodes
	if n.Shape == Leaf {
		nodes = []*Node{n}
	}
	var items []*Node
	for _, item := range nodes {
		if n.Shape == Table || item.Text() == "" {
			Refuse(r.Problems, item, `a list of texts in quotes, such as ["IND", "BRA"]`)
			return nil
		}
		items = append(items, item)
	}
	return items
}

// Texts reads a list of free texts.
func (r *Reader) Texts(key string) []string {
	var texts []string
	for _, item := range r.Items(key) {
		texts = append(texts, item.Text())
	}
	return texts
}

// Point reads a position in [0, 1]: a number, or one number for each dimension. One
// number holds in every dimension.
func (r *Reader) Point(key string, dim int) []float64 {
	n := r.Has(key)
	if n == nil {
		return nil
	}
	allowed := Between(Share)
	if dim > 1 {
		allowed += fmt.Sprintf(", or a list of %d of them, one for each dimension", dim)
	}
	nodes := n.Nodes
	if n.Shape == Leaf {
		nodes = slices.Repeat([]*Node{n}, dim)
	}
	var point []float64
	for _, item := range nodes {
		value, is := item.Float()
		if !is || !Share.Contains(value) {
			Refuse(r.Problems, item, allowed)
			return nil
		}
		point = append(point, value)
	}
	if n.Shape == Table || len(point) != dim {
		Refuse(r.Problems, n, allowed)
		return nil
	}
	return point
}

// Each returns the readers of a list of tables.
func (r *Reader) Each(key string) []*Reader {
	n := r.Has(key)
	if n == nil {
		return nil
	}
	allowed := "tables under the header [[" + n.Path + "]]"
	if n.Shape != List {
		Refuse(r.Problems, n, allowed)
		return nil
	}
	var tables []*Reader
	for _, item := range n.Nodes {
		if item.Shape != Table {
			Refuse(r.Problems, item, allowed)
			return tables
		}
		tables = append(tables, Read(r.Problems, item))
	}
	return tables
}

// Domains of numbers.
var (
	Share    = sim.Range{Min: 0, Max: 1}
	Positive = sim.Range{Min: 0, Max: 1e15} // from 0 on
)

// Between words a domain.
func Between(r sim.Range) string {
	if r.Max >= Positive.Max {
		return "a number from " + Format(r.Min) + " on"
	}
	return "a number from " + Format(r.Min) + " to " + Format(r.Max)
}
