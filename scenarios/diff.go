package scenarios

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
func Diff(a, b *Scenario) []Difference {
	keysA, valuesA := flatten(a.tree)
	keysB, valuesB := flatten(b.tree)
	var list []Difference
	for _, key := range interleave(keysA, keysB) {
		if valuesA[key] != valuesB[key] {
			list = append(list, Difference{strings.TrimPrefix(key, "parameters."), valuesA[key], valuesB[key]})
		}
	}
	return list
}

// flatten lists the leaves of a tree with their values, in canonical order.
func flatten(root *node) (keys []string, values map[string]string) {
	values = map[string]string{}
	w := new(writer)
	var visit func(n *node)
	visit = func(n *node) {
		tables := n.shape == list && len(n.nodes) > 0 && n.nodes[0].shape == table
		switch {
		case n.shape == table:
			for _, child := range ordered(n.nodes) {
				visit(child)
			}
		case tables:
			for _, child := range n.nodes {
				visit(child)
			}
		default:
			if _, twice := values[n.path]; !twice {
				keys = append(keys, n.path)
			}
			values[n.path] = w.value(n)
		}
	}
	for _, n := range sectionsOf(root) {
		visit(n)
	}
	return keys, values
}

// sectionsOf lists the keys of a scenario, single values first and then the
// sections in canonical order.
func sectionsOf(root *node) []*node {
	var list []*node
	for _, n := range root.nodes {
		if !slices.Contains(sections, n.key) {
			list = append(list, n)
		}
	}
	list = ordered(list)
	for _, section := range sections {
		if n := root.get(section); n != nil {
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
