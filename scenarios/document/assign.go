package document

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"splinternet/scenarios/problem"

	"github.com/BurntSushi/toml"
)

// Argument reads the value of an assignment: TOML, or else a plain word, or a
// number without the digits that TOML insists on.
func Argument(text string) any {
	if plainDecimal(text) { // as TOML reads it, and most points of a sweep are written
		number, _ := strconv.ParseFloat(text, 64)
		return number
	}
	var values map[string]any
	if !strings.ContainsAny(text, "\r\n") && tooLarge(text) == nil {
		if _, err := toml.Decode("value = "+text, &values); err == nil && len(values) == 1 {
			return values["value"]
		}
	}
	if number, err := strconv.ParseFloat(text, 64); err == nil {
		return number
	}
	return text
}

// plainDecimal tells whether a text is a decimal fraction such as 0.25 or -12.5.
func plainDecimal(text string) bool {
	whole, fraction, dotted := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	const digits = "0123456789"
	return dotted && whole != "" && (whole == "0" || whole[0] != '0') && fraction != "" &&
		strings.Trim(whole, digits) == "" && strings.Trim(fraction, digits) == ""
}

// Assign sets one key of the tree to a value (of Argument, or a list, table or leaf
// as TOML has it), making the tables on the way. Problems with the value will name
// file as their place.
func Assign(c *problem.Collector, root *Node, file string, words []string, value any, rank int) {
	refuse := func(message string) {
		c.At(problem.Place{File: file, Key: problem.Clip(strings.Join(words, "."))}, "%s", message)
	}
	at, path := root, ""
	var holder *Node // the list of named elements that at is one of
	for _, word := range words[:len(words)-1] {
		next := at.Get(word)
		holder = nil
		if at.Shape == List {
			k := at.named(identity[path], word)
			if k < 0 {
				refuse(fmt.Sprintf("there is no %s of the name %q%s", path, problem.Clip(word), problem.Hint(word, at.names(identity[path]))))
				return
			}
			next, holder = at.Nodes[k], at
		} else if next == nil {
			next = &Node{Key: word, File: file, Rank: rank, Shape: Table}
			at.Nodes = append(at.Nodes, next)
		}
		at, path = next, join(path, word)
		if at.Shape == Leaf || at.Shape == List && identity[path] == "" {
			refuse(path + " has no keys")
			return
		}
	}
	if at.Shape == List {
		refuse("name a key of it, as in " + path + ".NAME.KEY=value")
		return
	}
	b := builder{file: file, rank: rank}
	tree := b.build("", words[len(words)-1], mark{}, value)
	at.set(tree)
	if holder != nil && Removes(at) {
		holder.Nodes = slices.DeleteFunc(slices.Clone(holder.Nodes), func(n *Node) bool { return n == at })
	}
}

// set puts a key into a table and drops those that it excludes.
func (n *Node) set(child *Node) {
	for _, keys := range either {
		if slices.Contains(keys, child.Key) {
			for _, other := range keys {
				if other != child.Key {
					n.Drop(other)
				}
			}
		}
	}
	if old := n.Get(child.Key); old != nil {
		*old = *child
		return
	}
	n.Nodes = append(n.Nodes, child)
}

// names lists what the elements of a list are called.
func (n *Node) names(key string) []string {
	var names []string
	for _, child := range n.Nodes {
		if name := child.Get(key).Text(); name != "" {
			names = append(names, name)
		}
	}
	return names
}
