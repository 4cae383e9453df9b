package document

import (
	"errors"
	"sort"
	"strings"

	"splinternet/scenarios/problem"

	"github.com/BurntSushi/toml"
)

// The limits of a document. Nobody writes as much by hand; they keep a hostile
// text from exhausting memory.
const (
	MaxText  = 2 << 20 // bytes
	maxDepth = 1000
	maxDots  = 4 << 20 // sum of squares of the dots of each key
)

// tooLarge says why a text exceeds the limits, or "".
func tooLarge(text string) *problem.Problem {
	var p problem.Problem
	switch {
	case len(text) > MaxText:
		p = problem.New(problem.Place{}, "the text is longer than %d bytes", MaxText)
	case nesting(text) > maxDepth:
		p = problem.New(problem.Place{}, "lists and tables are nested more than %d deep", maxDepth)
	case dots(text) > maxDots:
		p = problem.New(problem.Place{}, "keys have too many dots")
	default:
		return nil
	}
	return &p
}

// Parse reads a TOML text into a tree, whose nodes are of rank 0. The file is what
// messages name. It returns either the tree or what is wrong.
func Parse(file, text string) (*Node, *problem.Problem) {
	if p := tooLarge(text); p != nil {
		p.File = file
		return nil, p
	}
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		return nil, syntax(file, err)
	}
	b := builder{file: file, marks: positions(text)}
	root := b.build("", "", mark{1, 0}, values)
	root.Label("")
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

func syntax(file string, err error) *problem.Problem {
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		return &problem.Problem{Place: problem.Place{File: file}, Message: strings.TrimPrefix(err.Error(), "toml: ")}
	}
	message := parse.Message
	if message == "" {
		message = err.Error()
		if k := strings.LastIndex(message, "): "); k >= 0 {
			message = message[k+3:]
		}
	}
	return &problem.Problem{
		Place:   problem.Place{File: file, Line: max(1, parse.Position.Line), Column: parse.Position.Col, Key: parse.LastKey},
		Message: "not valid TOML: " + message,
	}
}

// builder turns decoded values into nodes.
type builder struct {
	file  string
	rank  int
	marks map[string]mark
}

func (b *builder) build(path, key string, at mark, value any) *Node {
	if m, known := b.marks[path]; known {
		at = m
	}
	n := &Node{Key: key, File: b.file, Line: at.line, Rank: b.rank}
	switch v := value.(type) {
	case map[string]any:
		n.Shape = Table
		n.Nodes = b.keys(path, at, v)
	case []map[string]any:
		n.Shape = List
		for k, item := range v {
			n.Nodes = append(n.Nodes, b.build(element(path, k), "", at, item))
		}
	case []any:
		n.Shape = List
		for k, item := range v {
			n.Nodes = append(n.Nodes, b.build(element(path, k), "", at, item))
		}
	default:
		n.Value = value
	}
	return n
}

// keys builds the keys of a table in the order of the text.
func (b *builder) keys(path string, at mark, values map[string]any) []*Node {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	sort.Strings(names)
	sort.SliceStable(names, func(i, j int) bool {
		return b.marks[path+step+names[i]].rank < b.marks[path+step+names[j]].rank
	})
	nodes := make([]*Node, len(names))
	for k, name := range names {
		nodes[k] = b.build(path+step+name, name, at, values[name])
	}
	return nodes
}
