package document

import (
	"slices"
	"strings"
)

// Difference is one key in which two scenarios differ. An empty value is a key
// that the scenario does not give.
type Difference struct {
	Key  string // as --set names it
	A, B string // values as a scenario writes them
}

// Diff lists the keys in which two scenarios differ, with everything that they
// inherit: in the order of a, each key that only b gives after the section or the
// agent that it belongs to.
func Diff(a, b *Node, paths Paths) []Difference {
	keysA, valuesA := flatten(a, paths)
	keysB, valuesB := flatten(b, paths)
	var list []Difference
	for _, key := range interleave(keysA, keysB) {
		if valuesA[key] != valuesB[key] {
			list = append(list, Difference{strings.TrimPrefix(key, "parameters."), valuesA[key], valuesB[key]})
		}
	}
	return list
}

// flatten lists the leaves of a tree with their values, in canonical order.
func flatten(root *Node, paths Paths) (keys []string, values map[string]string) {
	values = map[string]string{}
	w := &writer{paths: paths}
	var visit func(n *Node)
	visit = func(n *Node) {
		switch {
		case n.Shape == Table:
			for _, child := range Ordered(n.Nodes) {
				visit(child)
			}
		case n.ofTables():
			for _, child := range n.Nodes {
				visit(child)
			}
		default:
			if _, twice := values[n.Path]; !twice {
				keys = append(keys, n.Path)
			}
			values[n.Path] = w.value(n)
		}
	}
	for _, n := range sectionsOf(root) {
		visit(n)
	}
	return keys, values
}

// sectionsOf lists the keys of a scenario, single values first and then the
// sections in canonical order.
func sectionsOf(root *Node) []*Node {
	var list []*Node
	for _, n := range root.Nodes {
		if !slices.Contains(Sections, n.Key) {
			list = append(list, n)
		}
	}
	list = Ordered(list)
	for _, section := range Sections {
		if n := root.Get(section); n != nil {
			list = append(list, n)
		}
	}
	return list
}

// interleave merges two lists of keys: the second's own keys follow the last key
// with which they share the most words.
func interleave(a, b []string) []string {
	out := slices.Clone(a)
	known := map[string]bool{}
	for _, key := range a {
		known[key] = true
	}
	for _, key := range b {
		if known[key] {
			continue
		}
		at := len(out)
		for prefix := key; ; {
			k := strings.LastIndexByte(prefix, '.')
			if k < 0 {
				break
			}
			prefix = prefix[:k]
			if last := lastWith(out, prefix+"."); last >= 0 {
				at = last + 1
				break
			}
		}
		out = slices.Insert(out, at, key)
	}
	return out
}

func lastWith(keys []string, prefix string) int {
	for k := len(keys) - 1; k >= 0; k-- {
		if strings.HasPrefix(keys[k], prefix) {
			return k
		}
	}
	return -1
}
