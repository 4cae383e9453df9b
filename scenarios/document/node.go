// Package document reads the TOML texts of scenarios, plans and targets. It knows
// where every key stands, how one scenario extends another, and how a scenario is
// written in one canonical form; what the keys mean is not its business.
package document

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"splinternet/scenarios/problem"
)

// Shape says what a node of a document is.
type Shape int

// The shapes.
const (
	Leaf  Shape = iota // a value
	Table              // keys with values
	List               // values, or tables
)

// Node is one key of a document with its value. It remembers where it was written,
// so that scenarios can extend one another and every message still points at the
// right line.
type Node struct {
	Key   string // the last word of its path
	Path  string // as messages and --set name it
	File  string
	Line  int // 0 on the command line
	Rank  int // 0 in the file that extends nothing, and more in each that extends it
	Shape Shape
	Value any     // of a leaf: string, bool, int64, float64 or time.Time
	Nodes []*Node // of a table its keys, of a list its elements
}

// Place is where the node is written.
func (n *Node) Place() problem.Place { return problem.Place{File: n.File, Line: n.Line, Key: n.Path} }

// Clone copies a node and all below it.
func (n *Node) Clone() *Node {
	c := *n
	c.Nodes = slices.Clone(n.Nodes)
	for k, child := range n.Nodes {
		c.Nodes[k] = child.Clone()
	}
	return &c
}

// Get returns the key of a table, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Shape != Table {
		return nil
	}
	for _, child := range n.Nodes {
		if child.Key == key {
			return child
		}
	}
	return nil
}

// Find returns the key at a dotted path below n, or nil.
func (n *Node) Find(path string) *Node {
	for word := range strings.SplitSeq(path, ".") {
		n = n.Get(word)
	}
	return n
}

// Text returns the text of a leaf, or "".
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	word, _ := n.Value.(string)
	return word
}

// Float returns the number that a leaf holds, if it is finite.
func (n *Node) Float() (float64, bool) {
	switch v := n.Value.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return 0, false
}

// Day returns the date that a leaf holds. TOML knows times of day, too, which
// mean nothing here.
func (n *Node) Day() (time.Time, bool) {
	v, is := n.Value.(time.Time)
	if !is || v.Year() < 1900 || v.Year() > 2200 || v.Location().String() != dateOnly {
		return time.Time{}, false
	}
	return time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC), true
}

// dateOnly is the location by which the TOML library marks dates without a time.
const dateOnly = "date-local"

// Drop removes a key of a table.
func (n *Node) Drop(key string) {
	n.Nodes = slices.DeleteFunc(slices.Clone(n.Nodes), func(child *Node) bool { return child.Key == key })
}

// Highest is the largest rank of a node and all below it.
func (n *Node) Highest() int {
	rank := n.Rank
	for _, child := range n.Nodes {
		rank = max(rank, child.Highest())
	}
	return rank
}

// raise sets the rank of a node and all below it.
func (n *Node) raise(rank int) {
	n.Rank = rank
	for _, child := range n.Nodes {
		child.raise(rank)
	}
}

// Leaves visits what lies below a table, tables apart, with its path below it.
func (n *Node) Leaves(visit func(path string, leaf *Node)) { n.leaves("", visit) }

func (n *Node) leaves(path string, visit func(path string, leaf *Node)) {
	if n == nil {
		return
	}
	if n.Shape != Table {
		visit(path, n)
		return
	}
	for _, child := range n.Nodes {
		child.leaves(join(path, child.Key), visit)
	}
}

// identity names the key that tells the elements of a list of tables apart, by
// the path of the list.
var identity = map[string]string{
	"event": "name", "world.state": "id", "world.firm": "id", "world.forum": "id", "world.stack": "id",
}

// Label sets the paths below n, which is at path.
func (n *Node) Label(path string) {
	n.Path = path
	for k, child := range n.Nodes {
		switch {
		case n.Shape == Table:
			child.Label(join(path, child.Key))
		case child.Shape != Table:
			child.Label(path)
		default:
			name := child.Get(identity[path]).Text()
			if name == "" {
				child.Label(fmt.Sprintf("%s[%d]", path, k+1))
			} else {
				child.Label(join(path, name))
			}
		}
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// Describe words what a node holds, for messages.
func (n *Node) Describe() string {
	switch v := n.Value.(type) {
	case string:
		return fmt.Sprintf("%q", problem.Clip(v))
	case time.Time:
		if v.Location().String() != dateOnly {
			return v.Format("2006-01-02 15:04:05")
		}
		return v.Format(time.DateOnly)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e15 {
			return strconv.FormatFloat(v, 'f', 1, 64)
		}
		return Format(v)
	case nil:
		if n.Shape == List {
			return "a list"
		}
		return "a table"
	default:
		return Format(v)
	}
}
