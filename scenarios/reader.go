package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"splinternet/sim"
)

// reader reads the keys of one table. It reports every value that does not fit,
// and at the end every key that nobody asked for.
type reader struct {
	*collector
	*node
	asked []string
	also  []string // keys that are allowed, though nobody asks for them this time
}

// table returns the reader of a node, which may be nil: then nothing is given.
func (c *collector) table(n *node) *reader {
	if n != nil && n.shape != table {
		c.at(n, "%s is not allowed; allowed: a table of keys", n.describe())
		n = nil
	}
	return &reader{collector: c, node: n}
}

// has returns the node of a key, or nil.
func (r *reader) has(key string) *node {
	if !slices.Contains(r.asked, key) {
		r.asked = append(r.asked, key)
	}
	return r.get(key)
}

// done reports the keys that nobody asked for.
func (r *reader) done() {
	if r.node == nil {
		return
	}
	var known []string
	for _, key := range slices.Concat(r.asked, r.also) {
		if !slices.Contains(known, key) {
			known = append(known, key)
		}
	}
	for _, child := range r.nodes {
		if slices.Contains(known, child.key) {
			continue
		}
		if lower := strings.ToLower(child.key); lower != child.key && slices.Contains(known, lower) {
			r.at(child, "unknown key; keys are written in lower case; did you mean %s?", lower)
			continue
		}
		if r.full() {
			r.more++
			continue
		}
		r.at(child, "unknown key%s", hint(child.key, known))
	}
}

// need reports that a key is missing.
func (r *reader) need(key, allowed string) {
	r.asked = append(r.asked, key)
	n := r.node
	r.add(Problem{File: n.file, Line: n.line, Key: join(n.path, key), Message: "is missing; allowed: " + allowed})
}

// wrong reports that a value is not allowed.
func (c *collector) wrong(n *node, allowed string) {
	c.at(n, "%s is not allowed; allowed: %s", n.describe(), allowed)
}

// text reads a text that is not empty.
func (r *reader) text(key string) string {
	n := r.has(key)
	if n == nil {
		return ""
	}
	word, is := n.value.(string)
	if !is || strings.TrimSpace(word) == "" {
		r.wrong(n, `a text in quotes`)
		return ""
	}
	return word
}

// word reads one of a list of words.
func (r *reader) word(key string, allowed []string) string {
	n := r.has(key)
	if n == nil {
		return ""
	}
	return r.oneOf(n, key, allowed)
}

// oneOf reads a text that must be in a list.
func (c *collector) oneOf(n *node, what string, allowed []string) string {
	word, is := n.value.(string)
	switch {
	case !is:
		c.wrong(n, "a "+what+" in quotes")
	case !slices.Contains(allowed, word):
		c.at(n, "unknown %s %q%s", what, clip(word), hint(word, allowed))
	default:
		return word
	}
	return ""
}

// number reads a finite number; a whole number is one, too.
func (r *reader) number(key string, domain sim.Range, otherwise float64) float64 {
	n := r.has(key)
	if n == nil {
		return otherwise
	}
	if value, ok := r.numeric(n, domain); ok {
		return value
	}
	return otherwise
}

// optional reads a number that may be left out.
func (r *reader) optional(key string, domain sim.Range) *float64 {
	n := r.has(key)
	if n == nil {
		return nil
	}
	value, ok := r.numeric(n, domain)
	if !ok {
		return nil
	}
	return &value
}

func (c *collector) numeric(n *node, domain sim.Range) (float64, bool) {
	value, is := n.float()
	if !is || !domain.Contains(value) {
		c.wrong(n, between(domain))
		return 0, false
	}
	return value, true
}

// float returns the number that a leaf holds, if it is finite.
func (n *node) float() (float64, bool) {
	switch v := n.value.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return 0, false
}

// whole reads a whole number.
func (r *reader) whole(key string, low, high, otherwise int64) int64 {
	n := r.has(key)
	if n == nil {
		return otherwise
	}
	value, is := n.value.(int64)
	if !is || value < low || value > high {
		r.wrong(n, fmt.Sprintf("a whole number from %d to %d", low, high))
		return otherwise
	}
	return value
}

// flag reads true or false.
func (r *reader) flag(key string, otherwise bool) bool {
	n := r.has(key)
	if n == nil {
		return otherwise
	}
	value, is := n.value.(bool)
	if !is {
		r.wrong(n, "true or false")
		return otherwise
	}
	return value
}

// date reads a day.
func (r *reader) date(key string) (time.Time, *node) {
	n := r.has(key)
	if n == nil {
		return time.Time{}, nil
	}
	day, ok := n.day()
	if !ok {
		r.wrong(n, "a date without quotes, such as 2019-09-01, from 1900 to 2200")
		return time.Time{}, nil
	}
	return day, n
}

// day returns the date that a leaf holds. TOML knows times of day, too, which
// mean nothing here.
func (n *node) day() (time.Time, bool) {
	v, is := n.value.(time.Time)
	if !is || v.Year() < 1900 || v.Year() > 2200 || v.Location().String() != dateOnly {
		return time.Time{}, false
	}
	return time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC), true
}

// dateOnly is the location by which the TOML library marks dates without a time.
const dateOnly = "date-local"

// items reads a list of texts, or one text in its place.
func (r *reader) items(key string) []*node {
	n := r.has(key)
	if n == nil {
		return nil
	}
	nodes := n.nodes
	if n.shape == leaf {
		nodes = []*node{n}
	}
	var items []*node
	for _, item := range nodes {
		if word, is := item.value.(string); n.shape == table || !is || word == "" {
			r.wrong(item, `a list of texts in quotes, such as ["IND", "BRA"]`)
			return nil
		}
		items = append(items, item)
	}
	return items
}

// texts reads a list of free texts.
func (r *reader) texts(key string) []string {
	var texts []string
	for _, item := range r.items(key) {
		texts = append(texts, item.text())
	}
	return texts
}

// point reads a position: a number, or one number for each dimension. One number
// holds in every dimension.
func (r *reader) point(key string, dim int) []float64 {
	n := r.has(key)
	if n == nil {
		return nil
	}
	allowed := between(share)
	if dim > 1 {
		allowed += fmt.Sprintf(", or a list of %d of them, one for each dimension", dim)
	}
	nodes := n.nodes
	if n.shape == leaf {
		nodes = slices.Repeat([]*node{n}, dim)
	}
	var point []float64
	for _, item := range nodes {
		value, is := item.float()
		if !is || !share.Contains(value) {
			r.wrong(item, allowed)
			return nil
		}
		point = append(point, value)
	}
	if n.shape == table || len(point) != dim {
		r.wrong(n, allowed)
		return nil
	}
	return point
}

// each returns the readers of a list of tables.
func (r *reader) each(key string) []*reader {
	n := r.has(key)
	if n == nil {
		return nil
	}
	if n.shape != list {
		r.wrong(n, "tables under the header [["+n.path+"]]")
		return nil
	}
	var tables []*reader
	for _, item := range n.nodes {
		if item.shape != table {
			r.wrong(item, "tables under the header [["+n.path+"]]")
			return tables
		}
		tables = append(tables, r.table(item))
	}
	return tables
}

var (
	share    = sim.Range{Min: 0, Max: 1}
	positive = sim.Range{Min: 0, Max: 1e15}
	logit    = sim.Range{Min: -20, Max: 20}
)

func between(r sim.Range) string {
	if r.Max >= positive.Max {
		return "a number from " + format(r.Min) + " on"
	}
	return "a number from " + format(r.Min) + " to " + format(r.Max)
}

// format writes a leaf the way that a scenario does.
func format(value any) string {
	switch v := value.(type) {
	case string:
		return quote(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return fmt.Sprint(value)
}

// quote writes a TOML basic string.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteRune('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
