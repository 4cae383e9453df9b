package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// The files of problems that come from the command line.
const (
	fromSet     = "--set"
	fromWithout = "--without"
	fromTicks   = "--ticks"
)

// command lays the options of the command line over a scenario.
func (c *collector) command(root *node, o Options, rank int) {
	c.files = append(c.files, fromSet, fromWithout, fromTicks)
	for _, assignment := range o.Set {
		key, text, found := strings.Cut(assignment, "=")
		key, text = strings.TrimSpace(key), strings.TrimSpace(text)
		if !found || key == "" || text == "" {
			c.add(Problem{File: fromSet, Key: clip(assignment), Message: "not an assignment; write key=value"})
			continue
		}
		if key == "extends" {
			c.add(Problem{File: fromSet, Key: key, Message: "a scenario cannot change what it extends from the command line"})
			continue
		}
		c.assign(root, fromSet, address(key), argument(text), rank)
	}
	for _, mechanism := range o.Without {
		c.assign(root, fromWithout, []string{"mechanisms", mechanism}, false, rank)
	}
	if o.Ticks != 0 {
		c.assign(root, fromTicks, []string{"time", "ticks"}, int64(o.Ticks), rank)
	}
}

// address splits the key of an assignment. The name of a parameter stands for
// itself, even where a table of the scenario has the same first word.
func address(key string) []string {
	words := strings.Split(key, ".")
	if declared().Find(key) != nil {
		return append([]string{"parameters"}, words...)
	}
	if len(words) == 2 && !slices.Contains(sections, words[0]) && !slices.Contains(headings, words[0]) {
		return append([]string{"parameters"}, words...)
	}
	return words
}

// argument reads the value of an assignment: TOML, or else a plain word, or a
// number without the digits that TOML insists on.
func argument(text string) any {
	if plainDecimal(text) { // as TOML reads it, and most points of a sweep are written
		number, _ := strconv.ParseFloat(text, 64)
		return number
	}
	var values map[string]any
	if !strings.ContainsAny(text, "\r\n") && len(text) <= maxText && nesting(text) <= maxDepth && dots(text) <= maxDots {
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

// assign sets one key of the tree, making the tables on the way. Problems with
// the value will name file as their place.
func (c *collector) assign(root *node, file string, words []string, value any, rank int) {
	refuse := func(message string) {
		c.add(Problem{File: file, Key: clip(strings.Join(words, ".")), Message: message})
	}
	at, path := root, ""
	var holder *node // the list of named elements that at is one of
	for _, word := range words[:len(words)-1] {
		next := at.get(word)
		holder = nil
		if at.shape == list {
			k := at.named(identity[path], word)
			if k < 0 {
				refuse(fmt.Sprintf("there is no %s of the name %q%s", path, clip(word), hint(word, at.names(identity[path]))))
				return
			}
			next, holder = at.nodes[k], at
		} else if next == nil {
			next = &node{key: word, file: file, rank: rank, shape: table}
			at.nodes = append(at.nodes, next)
		}
		at, path = next, join(path, word)
		if at.shape == leaf || at.shape == list && identity[path] == "" {
			refuse(path + " has no keys")
			return
		}
	}
	if at.shape == list {
		refuse("name a key of it, as in " + path + ".NAME.KEY=value")
		return
	}
	b := builder{file: file, rank: rank}
	tree := b.build("", words[len(words)-1], mark{}, value)
	at.set(tree)
	if holder != nil && removes(at) {
		holder.nodes = slices.DeleteFunc(slices.Clone(holder.nodes), func(n *node) bool { return n == at })
	}
}

// set puts a key into a table and drops those that it excludes.
func (n *node) set(child *node) {
	for _, keys := range either {
		if slices.Contains(keys, child.key) {
			for _, other := range keys {
				if other != child.key {
					n.drop(other)
				}
			}
		}
	}
	if old := n.get(child.key); old != nil {
		*old = *child
		return
	}
	n.nodes = append(n.nodes, child)
}

// names lists what the elements of a list are called.
func (n *node) names(key string) []string {
	var names []string
	for _, child := range n.nodes {
		if name := child.get(key).text(); name != "" {
			names = append(names, name)
		}
	}
	return names
}
