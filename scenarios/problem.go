package scenarios

import (
	"fmt"
	"sort"
	"strings"
)

// Problem is one thing that is wrong with a scenario.
type Problem struct {
	File    string
	Line    int // 0 when the problem has no line, as on the command line
	Column  int // 0 unless the text is no TOML at all
	Key     string
	Message string
}

// Error writes the problem as file:line: key: message.
func (p Problem) Error() string {
	place := p.File
	if p.Line > 0 {
		place += fmt.Sprintf(":%d", p.Line)
	}
	if p.Column > 0 {
		place += fmt.Sprintf(":%d", p.Column)
	}
	if p.Key != "" {
		place += ": " + p.Key
	}
	if place == "" {
		return p.Message
	}
	return place + ": " + p.Message
}

// Problems is everything that is wrong with a scenario.
type Problems []Problem

// Error writes one problem a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for k, p := range ps {
		lines[k] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives errors.As each problem.
func (ps Problems) Unwrap() []error {
	list := make([]error, len(ps))
	for k, p := range ps {
		list[k] = p
	}
	return list
}

// collector gathers problems while a scenario is read.
type collector struct {
	list  Problems
	more  int      // problems beyond those that are kept
	files []string // in the order in which they are to be reported
}

// enough problems to see what is wrong.
const enough = 200

// full tells whether further problems are only counted.
func (c *collector) full() bool { return len(c.list) >= enough }

func (c *collector) add(p Problem) {
	if c.full() {
		c.more++
		return
	}
	for _, other := range c.list {
		if other == p {
			return
		}
	}
	c.list = append(c.list, p)
}

// at reports a problem at a key.
func (c *collector) at(n *node, format string, args ...any) {
	c.add(Problem{File: n.file, Line: n.line, Key: n.path, Message: fmt.Sprintf(format, args...)})
}

// err returns the problems by file and line, or nil when there are none.
func (c *collector) err() error {
	if len(c.list) == 0 {
		return nil
	}
	order := map[string]int{}
	for k, file := range c.files {
		if _, seen := order[file]; !seen {
			order[file] = k - len(c.files)
		}
	}
	sort.SliceStable(c.list, func(a, b int) bool {
		p, q := c.list[a], c.list[b]
		if order[p.File] != order[q.File] {
			return order[p.File] < order[q.File]
		}
		return p.Line < q.Line
	})
	if c.more > 0 {
		return append(c.list, Problem{Message: fmt.Sprintf("and %d more problems", c.more)})
	}
	return c.list
}
