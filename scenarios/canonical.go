package scenarios

import (
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"splinternet/scenarios/data"
)

// canonical writes a merged tree in one fixed form: the same scenario has the same
// text, however its files order and spell it. Paths of data files are written as
// seen from file. It leaves the parameters out and returns what stands before and
// after them, because variants differ in little else; and the sweep, which is no part
// of what a run plays.
func canonical(root *node, file string) (text [2]string) {
	w := &writer{file: file}
	for _, key := range headings {
		if n := root.get(key); n != nil {
			w.line(key, n)
		}
	}
	before := 0
	for _, section := range sections {
		if section == "parameters" {
			before = w.b.Len()
		} else if section == "sweep" {
			continue
		} else if n := root.get(section); n != nil {
			w.section(section, n)
		}
	}
	whole := w.b.String()
	return [2]string{whole[:before], whole[before:]}
}

// parametersText writes the parameters of a merged tree. Something always stands
// before them: a scenario has a title.
func parametersText(n *node) string {
	w := new(writer)
	w.flat(n)
	return w.b.String()
}

// sweepText writes the table of a sweep.
func sweepText(n *node) string {
	if n == nil || n.shape != table || len(n.nodes) == 0 {
		return ""
	}
	w := new(writer)
	w.table("sweep", n)
	return "\n" + w.b.String()
}

type writer struct {
	b    strings.Builder
	file string
}

func (w *writer) line(key string, n *node) {
	w.b.WriteString(key + " = " + w.value(n) + "\n")
}

func (w *writer) header(open, path, end string) {
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
	}
	w.b.WriteString(open + path + end + "\n")
}

func (w *writer) section(name string, n *node) {
	switch {
	case n.shape == list:
		w.tables(name, n)
	case name == "state" || name == "firm" || name == "forum" || name == "stack":
		for _, child := range ordered(n.nodes) {
			w.table(name+"."+bare(child.key), child)
		}
	case name == "groups":
		w.header("[", name, "]")
		for _, child := range ordered(n.nodes) {
			w.line(bare(child.key), child)
		}
	default:
		w.table(name, n)
	}
}

// flat writes parameters as MECHANISM.NAME, sorted.
func (w *writer) flat(n *node) {
	lines := map[string]*node{}
	new(loader).eachParameter(n, "", func(name string, leaf *node) { lines[name] = leaf })
	var names []string
	for name := range lines {
		names = append(names, name)
	}
	sort.Strings(names)
	if len(names) == 0 {
		return
	}
	w.b.WriteString("\n[parameters]\n")
	for _, name := range names {
		w.line(name, lines[name])
	}
}

// table writes a table, its lists of tables after its keys.
func (w *writer) table(path string, n *node) {
	if len(n.nodes) == 0 {
		return
	}
	w.header("[", path, "]")
	var later []*node
	for _, child := range ordered(n.nodes) {
		if child.shape == list && len(child.nodes) > 0 && child.nodes[0].shape == table {
			later = append(later, child)
			continue
		}
		w.line(bare(child.key), child)
	}
	for _, child := range later {
		w.tables(path+"."+bare(child.key), child)
	}
}

func (w *writer) tables(path string, n *node) {
	for _, item := range n.nodes {
		w.header("[[", path, "]]")
		for _, child := range ordered(item.nodes) {
			w.line(bare(child.key), child)
		}
	}
}

// leading are the keys that stand first in a table.
var leading = []string{
	"name", "id", "agent", "decide", "about", "start", "date", "tick", "ticks", "from", "until", "kind", "why",
}

func ordered(nodes []*node) []*node {
	rank := func(n *node) int {
		if k := slices.Index(leading, n.key); k >= 0 {
			return k
		}
		return len(leading)
	}
	out := slices.Clone(nodes)
	sort.SliceStable(out, func(a, b int) bool {
		if p, q := rank(out[a]), rank(out[b]); p != q {
			return p < q
		}
		return out[a].key < out[b].key
	})
	return out
}

// bare quotes a key unless TOML takes it as it is.
func bare(key string) string {
	if plainID(key) {
		return key
	}
	return quote(key)
}

func (w *writer) value(n *node) string {
	var parts []string
	switch n.shape {
	case list:
		for _, item := range n.nodes {
			parts = append(parts, w.value(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case table:
		for _, child := range ordered(n.nodes) {
			parts = append(parts, bare(child.key)+" = "+w.value(child))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	if n.path == "world."+n.key && slices.Contains(data.FileKeys(), n.key) {
		return quote(w.path(n))
	}
	return format(n.value)
}

// path is where a data file lies as seen from the scenario, so that the canonical
// text finds it from there.
func (w *writer) path(n *node) string {
	l := &loader{file: w.file}
	path := l.beside(n)
	if filepath.IsAbs(n.text()) {
		return n.text()
	}
	if seen, err := filepath.Rel(filepath.Dir(w.file), path); err == nil && !strings.HasPrefix(w.file, shelf) {
		return filepath.ToSlash(seen)
	}
	return filepath.ToSlash(path)
}
