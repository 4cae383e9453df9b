package document

import (
	"splinternet/scenarios/problem"
)

// either lists, for elements that a scenario overrides, the keys of which only
// one can stand: giving one takes the others back.
var either = [][]string{{"date", "tick"}, {"add", "factor", "value"}}

// merge lays the table child over the table base: tables merge key by key, named
// elements of lists by their name, decisions add up, and anything else is
// replaced. Neither argument is used again.
func merge(base, child *Node, path string) *Node {
	for _, over := range child.Nodes {
		under := base.Get(over.Key)
		at := join(path, over.Key)
		switch {
		case under == nil:
			base.Nodes = append(base.Nodes, over)
		case under.Shape == Table && over.Shape == Table:
			merge(under, over, at)
			under.File, under.Line = over.File, over.Line
		case under.Shape == List && over.Shape == List && identity[at] != "":
			mergeNamed(under, over, identity[at])
		case under.Shape == List && over.Shape == List && at == "decision":
			under.Nodes = append(under.Nodes, over.Nodes...)
		default:
			*under = *over
		}
	}
	return base
}

// mergeNamed merges two lists of tables by the key that names their elements.
func mergeNamed(base, child *Node, key string) {
	for _, over := range child.Nodes {
		k := base.named(key, over.Get(key).Text())
		switch {
		case k < 0:
			base.Nodes = append(base.Nodes, over)
		case Removes(over):
			base.Nodes = append(base.Nodes[:k:k], base.Nodes[k+1:]...)
		default:
			base.Nodes[k] = overlay(base.Nodes[k], over)
		}
	}
}

func overlay(under, over *Node) *Node {
	kind := over.Get("kind").Text()
	if under.Shape != Table || over.Shape != Table || kind != "" && kind != under.Get("kind").Text() {
		return over
	}
	for _, keys := range either {
		for _, key := range keys {
			if over.Get(key) == nil {
				continue
			}
			for _, other := range keys {
				if over.Get(other) == nil {
					under.Drop(other)
				}
			}
		}
	}
	merge(under, over, "-")
	under.File, under.Line = over.File, over.Line
	return under
}

// named returns the index of the element of that name in a list, or -1.
func (n *Node) named(key, name string) int {
	if name == "" || n == nil {
		return -1
	}
	for k, child := range n.Nodes {
		if child.Get(key).Text() == name {
			return k
		}
	}
	return -1
}

// Removes tells whether an element takes away the inherited one of its name.
func Removes(n *Node) bool {
	remove := n.Get("remove")
	return remove != nil && remove.Value == true
}

// unique reports elements of one file that share a name, because the second
// would silently override the first.
func unique(c *problem.Collector, root *Node) {
	for _, path := range []string{"event", "world.state", "world.firm", "world.forum", "world.stack"} {
		at := root.Find(path)
		if at == nil {
			continue
		}
		first := map[string]*Node{}
		for _, n := range at.Nodes {
			name := n.Get(identity[path])
			if name.Text() == "" {
				continue
			}
			if other := first[name.Text()]; other != nil {
				c.At(name.Place(), "%q is taken already, in line %d; names must differ", problem.Clip(name.Text()), other.Line)
			} else {
				first[name.Text()] = name
			}
		}
	}
}
