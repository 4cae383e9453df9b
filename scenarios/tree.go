package scenarios

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// shape says what a node of a scenario's tree is.
type shape int

const (
	leaf shape = iota
	table
	list
)

// node is one key of a scenario with its value, and remembers where it was
// written, so that scenarios can extend one another and every message still
// points at the right line.
type node struct {
	key   string // the last word of its path
	path  string // as messages and --set name it
	file  string
	line  int
	rank  int // 0 in the file that extends nothing, and more in each that extends it
	shape shape
	value any     // of a leaf: string, bool, int64, float64 or time.Time
	nodes []*node // of a table its keys, of a list its elements
}

// clone copies a node and all below it.
func (n *node) clone() *node {
	c := *n
	c.nodes = slices.Clone(n.nodes)
	for k, child := range n.nodes {
		c.nodes[k] = child.clone()
	}
	return &c
}

// get returns the key of a table, or nil.
func (n *node) get(key string) *node {
	if n == nil || n.shape != table {
		return nil
	}
	for _, child := range n.nodes {
		if child.key == key {
			return child
		}
	}
	return nil
}

// find returns the key at a dotted path below n, or nil.
func (n *node) find(path string) *node {
	for _, word := range strings.Split(path, ".") {
		n = n.get(word)
	}
	return n
}

// text returns the text of a leaf, or "".
func (n *node) text() string {
	if n == nil {
		return ""
	}
	word, _ := n.value.(string)
	return word
}

// drop removes a key of a table.
func (n *node) drop(key string) {
	for k, child := range n.nodes {
		if child.key == key {
			n.nodes = append(n.nodes[:k:k], n.nodes[k+1:]...)
			return
		}
	}
}

// identity names the key that tells the elements of a list of tables apart, by
// the path of the list.
var identity = map[string]string{
	"event": "name", "world.state": "id", "world.firm": "id", "world.forum": "id", "world.stack": "id",
}

// label sets the paths below n, which is at path.
func (n *node) label(path string) {
	n.path = path
	for k, child := range n.nodes {
		switch {
		case n.shape == table:
			child.label(join(path, child.key))
		case child.shape != table:
			child.label(path)
		default:
			name := child.get(identity[path]).text()
			if name == "" {
				child.label(fmt.Sprintf("%s[%d]", path, k+1))
			} else {
				child.label(join(path, name))
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

// The limits of a scenario's text. Nobody writes as much by hand; they keep a
// hostile text from exhausting memory.
const (
	maxText  = 2 << 20
	maxDepth = 1000
	maxDots  = 4 << 20 // sum of squares of the dots of each key
)

// parse reads a TOML text into a tree.
func parse(file, text string, rank int) (*node, *Problem) {
	if len(text) > maxText {
		return nil, &Problem{File: file, Message: fmt.Sprintf("the text is longer than %d bytes", maxText)}
	}
	if nesting(text) > maxDepth {
		return nil, &Problem{File: file, Message: fmt.Sprintf("lists and tables are nested more than %d deep", maxDepth)}
	}
	if dots(text) > maxDots {
		return nil, &Problem{File: file, Message: "keys have too many dots"}
	}
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		return nil, syntax(file, err)
	}
	b := builder{file: file, rank: rank, marks: positions(text)}
	root := b.build("", "", mark{1, 0}, values)
	root.label("")
	return root, nil
}

// nesting bounds the depth of lists and tables in a text. Brackets in strings and
// comments count, which the generous limit allows for.
func nesting(text string) int {
	depth, deepest := 0, 0
	for k := 0; k < len(text); k++ {
		switch text[k] {
		case '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return deepest
}

// dots bounds what dotted keys cost: the TOML library spends the square of the
// length of each. Dots of prose and of numbers count as well, a few at a time.
func dots(text string) int {
	total, run := 0, 0
	for k := 0; k < len(text); k++ {
		switch text[k] {
		case '.':
			total += 2*run + 1 // the squares of 1, 2, ... differ by odd numbers
			run++
		case ',', '=', '\n', '{', '[':
			run = 0
		}
	}
	return total
}

func syntax(file string, err error) *Problem {
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		return &Problem{File: file, Message: strings.TrimPrefix(err.Error(), "toml: ")}
	}
	message := parse.Message
	if message == "" {
		message = err.Error()
		if k := strings.LastIndex(message, "): "); k >= 0 {
			message = message[k+3:]
		}
	}
	return &Problem{
		File: file, Line: max(1, parse.Position.Line), Column: parse.Position.Col,
		Key: parse.LastKey, Message: "not valid TOML: " + message,
	}
}

// builder turns decoded values into nodes.
type builder struct {
	file  string
	rank  int
	marks map[string]mark
}

func (b *builder) build(path, key string, at mark, value any) *node {
	if m, known := b.marks[path]; known {
		at = m
	}
	n := &node{key: key, file: b.file, line: at.line, rank: b.rank}
	switch v := value.(type) {
	case map[string]any:
		n.shape = table
		n.nodes = b.keys(path, at, v)
	case []map[string]any:
		n.shape = list
		for k, item := range v {
			n.nodes = append(n.nodes, b.build(element(path, k), "", at, item))
		}
	case []any:
		n.shape = list
		for k, item := range v {
			n.nodes = append(n.nodes, b.build(element(path, k), "", at, item))
		}
	default:
		n.value = value
	}
	return n
}

// keys builds the keys of a table in the order of the text.
func (b *builder) keys(path string, at mark, values map[string]any) []*node {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	sort.Strings(names)
	sort.SliceStable(names, func(i, j int) bool {
		return b.marks[path+step+names[i]].rank < b.marks[path+step+names[j]].rank
	})
	nodes := make([]*node, len(names))
	for k, name := range names {
		nodes[k] = b.build(path+step+name, name, at, values[name])
	}
	return nodes
}

// describe words what a node holds, for messages.
func (n *node) describe() string {
	switch v := n.value.(type) {
	case string:
		return fmt.Sprintf("%q", clip(v))
	case time.Time:
		if v.Location().String() != dateOnly {
			return v.Format("2006-01-02 15:04:05")
		}
		return v.Format(time.DateOnly)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e15 {
			return strconv.FormatFloat(v, 'f', 1, 64)
		}
		return format(v)
	case nil:
		if n.shape == list {
			return "a list"
		}
		return "a table"
	default:
		return format(v)
	}
}

// clip shortens a text that is too long to quote.
func clip(text string) string {
	const long = 60
	if runes := []rune(text); len(runes) > long {
		return string(runes[:long]) + "..."
	}
	return text
}
