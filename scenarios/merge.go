package scenarios

// either lists, for elements that a scenario overrides, the keys of which only
// one can stand: giving one takes the others back.
var either = [][]string{{"date", "tick"}, {"add", "factor", "value"}}

// merge lays the table child over the table base: tables merge key by key, named
// elements of lists by their name, decisions add up, and anything else is
// replaced. Neither argument is used again.
func (c *collector) merge(base, child *node, path string) *node {
	for _, over := range child.nodes {
		under := base.get(over.key)
		at := join(path, over.key)
		switch {
		case under == nil:
			base.nodes = append(base.nodes, over)
		case under.shape == table && over.shape == table:
			c.merge(under, over, at)
			under.file, under.line = over.file, over.line
		case under.shape == list && over.shape == list && identity[at] != "":
			c.mergeNamed(under, over, identity[at])
		case under.shape == list && over.shape == list && at == "decision":
			under.nodes = append(under.nodes, over.nodes...)
		default:
			*under = *over
		}
	}
	return base
}

// mergeNamed merges two lists of tables by the key that names their elements.
func (c *collector) mergeNamed(base, child *node, key string) {
	for _, over := range child.nodes {
		k := base.named(key, over.get(key).text())
		switch {
		case k < 0:
			base.nodes = append(base.nodes, over)
		case removes(over):
			base.nodes = append(base.nodes[:k:k], base.nodes[k+1:]...)
		default:
			base.nodes[k] = c.overlay(base.nodes[k], over)
		}
	}
}

func (c *collector) overlay(under, over *node) *node {
	kind := over.get("kind").text()
	if under.shape != table || over.shape != table || kind != "" && kind != under.get("kind").text() {
		return over
	}
	for _, keys := range either {
		for _, key := range keys {
			if over.get(key) == nil {
				continue
			}
			for _, other := range keys {
				if over.get(other) == nil {
					under.drop(other)
				}
			}
		}
	}
	c.merge(under, over, "-")
	under.file, under.line = over.file, over.line
	return under
}

// named returns the index of the element of that name in a list, or -1.
func (n *node) named(key, name string) int {
	if name == "" || n == nil {
		return -1
	}
	for k, child := range n.nodes {
		if child.get(key).text() == name {
			return k
		}
	}
	return -1
}

func removes(n *node) bool {
	remove := n.get("remove")
	return remove != nil && remove.value == true
}

// unique reports elements of one file that share a name, because the second
// would silently override the first.
func (c *collector) unique(root *node) {
	for _, path := range []string{"event", "world.state", "world.firm", "world.forum", "world.stack"} {
		at := root.find(path)
		if at == nil {
			continue
		}
		first := map[string]*node{}
		for _, n := range at.nodes {
			name := n.get(identity[path])
			if name.text() == "" {
				continue
			}
			if other := first[name.text()]; other != nil {
				c.at(name, "%q is taken already, in line %d; names must differ", clip(name.text()), other.line)
			} else {
				first[name.text()] = name
			}
		}
	}
}
