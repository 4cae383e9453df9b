package document

import (
	"maps"
	"slices"
	"sort"
	"strings"
)

// Headings are the single keys of a scenario in the order of its canonical text.
var Headings = []string{"title", "description", "question", "expect", "suits", "references"}

// Sections are its tables, in the same order.
var Sections = []string{
	"time", "world", "parameters", "mechanisms", "measures", "groups",
	"state", "firm", "forum", "stack", "event", "decision", "sweep",
}

// Paths says how a leaf is written that names a file; it is false for other leaves.
type Paths func(leaf *Node) (path string, is bool)

// Canonical writes a scenario in one fixed form: the same scenario has the same text,
// however its files order and spell it. It leaves the parameters out and returns what
// stands before and after them, because variants differ in little else; and the sweep,
// which is no part of what a run plays.
func Canonical(root *Node, paths Paths) (before, after string) {
	w := &writer{paths: paths}
	for _, key := range Headings {
		if n := root.Get(key); n != nil {
			w.line(key, n)
		}
	}
	parameters := 0
	for _, section := range Sections {
		if section == "parameters" {
			parameters = w.b.Len()
		} else if section == "sweep" {
			continue
		} else if n := root.Get(section); n != nil {
			w.section(section, n)
		}
	}
	whole := w.b.String()
	return whole[:parameters], whole[parameters:]
}

// Parameters writes the table of parameters as MECHANISM.NAME, sorted. Something
// always stands before it: a scenario has a title.
func Parameters(n *Node) string {
	lines := map[string]*Node{}
	n.Leaves(func(name string, leaf *Node) { lines[name] = leaf })
	if len(lines) == 0 {
		return ""
	}
	w := new(writer)
	w.b.WriteString("\n[parameters]\n")
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		w.line(name, lines[name])
	}
	return w.b.String()
}

// Sweep writes the table of a sweep.
func Sweep(n *Node) string {
	if n == nil || n.Shape != Table || len(n.Nodes) == 0 {
		return ""
	}
	w := new(writer)
	w.table("sweep", n)
	return "\n" + w.b.String()
}

type writer struct {
	b     strings.Builder
	paths Paths // nil: no leaf names a file
}

func (w *writer) line(key string, n *Node) {
	w.b.WriteString(key + " = " + w.value(n) + "\n")
}

func (w *writer) header(open, path, end string) {
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
	}
	w.b.WriteString(open + path + end + "\n")
}

func (w *writer) section(name string, n *Node) {
	switch {
	case n.Shape == List:
		w.tables(name, n)
	case name == "state" || name == "firm" || name == "forum" || name == "stack":
		for _, child := range Ordered(n.Nodes) {
			w.table(name+"."+bare(child.Key), child)
		}
	case name == "groups":
		w.header("[", name, "]")
		for _, child := range Ordered(n.Nodes) {
			w.line(bare(child.Key), child)
		}
	default:
		w.table(name, n)
	}
}

// table writes a table, its lists of tables after its keys.
func (w *writer) table(path string, n *Node) {
	if len(n.Nodes) == 0 {
		return
	}
	w.header("[", path, "]")
	var later []*Node
	for _, child := range Ordered(n.Nodes) {
		if child.ofTables() {
			later = append(later, child)
			continue
		}
		w.line(bare(child.Key), child)
	}
	for _, child := range later {
		w.tables(path+"."+bare(child.Key), child)
	}
}

func (w *writer) tables(path string, n *Node) {
	for _, item := range n.Nodes {
		w.header("[[", path, "]]")
		for _, child := range Ordered(item.Nodes) {
			w.line(bare(child.Key), child)
		}
	}
}

// leading are the keys that stand first in a table.
var leading = []string{
	"name", "id", "agent", "decide", "about", "start", "date", "tick", "ticks", "from", "until", "kind", "why",
}

// Ordered lists keys in the order of the canonical text.
func Ordered(nodes []*Node) []*Node {
	rank := func(n *Node) int {
		if k := slices.Index(leading, n.Key); k >= 0 {
			return k
		}
		return len(leading)
	}
	out := slices.Clone(nodes)
	sort.SliceStable(out, func(a, b int) bool {
		if p, q := rank(out[a]), rank(out[b]); p != q {
			return p < q
		}
		return out[a].Key < out[b].Key
	})
	return out
}

// bare quotes a key unless TOML takes it as it is.
func bare(key string) string {
	if PlainID(key) {
		return key
	}
	return Quote(key)
}

func (w *writer) value(n *Node) string {
	var parts []string
	switch n.Shape {
	case List:
		for _, item := range n.Nodes {
			parts = append(parts, w.value(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case Table:
		for _, child := range Ordered(n.Nodes) {
			parts = append(parts, bare(child.Key)+" = "+w.value(child))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	if w.paths != nil {
		if path, is := w.paths(n); is {
			return Quote(path)
		}
	}
	return Format(n.Value)
}

// ofTables tells whether a node is a list of tables.
func (n *Node) ofTables() bool {
	return n.Shape == List && len(n.Nodes) > 0 && n.Nodes[0].Shape == Table
}
