package scenarios

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"splinternet/models"
	"splinternet/scenarios/build"
	"splinternet/scenarios/document"
	"splinternet/scenarios/library"
	"splinternet/scenarios/problem"
	"splinternet/scenarios/spec"
)

// Load reads a scenario of the library by its name, or a file by its path, which
// ends in .toml. The error is of type problem.List.
func Load(nameOrPath string, o Options) (*Scenario, error) {
	text, file, err := document.Open(nameOrPath, "")
	if err != nil {
		return nil, problem.List{unread(nameOrPath, err)}
	}
	return Parse(file, text, o)
}

// unread says why there is no scenario of a name.
func unread(nameOrPath string, err error) problem.Problem {
	var p problem.Problem
	if errors.As(err, &p) {
		return p
	}
	name := problem.Clip(nameOrPath)
	info, err := os.Stat(nameOrPath)
	if err != nil {
		return problem.New(problem.Place{}, "unknown scenario %q (a file ends in %s)%s", name, library.Ending, library.Hint(nameOrPath))
	}
	what := "a file whose name does not end in " + library.Ending
	if info.IsDir() {
		what = "a folder"
	}
	return problem.New(problem.Place{}, "%q is %s; allowed: the name of a scenario of the library, or a file %s", name, what, library.Ending)
}

// Parse reads a scenario from its text. The file is what messages name, and files
// that the scenario mentions are looked for beside it. The error is of type
// problem.List.
func Parse(file, text string, o Options) (*Scenario, error) {
	c := new(problem.Collector)
	root := document.Whole(c, file, text)
	if root == nil {
		return nil, c.Err()
	}
	from := &origin{file: file, root: root, read: c.Files(), worlds: new(build.Worlds)}
	for _, n := range root.Nodes {
		from.rank = max(from.rank, 1+n.Highest())
	}
	s, err := from.load(c, o)
	if err != nil || s.Sweep == nil {
		return s, err
	}
	if _, err := s.Factors(s.Sweep.Vary); err != nil {
		return nil, err
	}
	return s, nil
}

// origin is a scenario as its files say it, before the command line.
type origin struct {
	file   string
	root   *document.Node // never changed; what is loaded is a copy
	rank   int            // of what the command line says
	read   []string       // all files that the tree was read from
	worlds *build.Worlds  // that its variants were built from lately
}

// load turns an origin with the options of a command line into a scenario.
func (from *origin) load(c *problem.Collector, o Options) (*Scenario, error) {
	root := from.root.Clone()
	o.over(c, root, from.rank)
	root.Label("")
	said := spec.Read(c, root, from.file)
	built := build.Build(c, said, from.worlds)
	sweep := readSweep(document.Read(c, root.Get("sweep")))
	if err := c.Err(); err != nil {
		return nil, err
	}
	s := &Scenario{
		Name:  strings.TrimSuffix(path.Base(filepath.ToSlash(strings.TrimPrefix(from.file, document.Shelf))), library.Ending),
		About: said.About, Calendar: said.Calendar, Measures: said.Measures, StrideYears: said.StrideYears,
		World: built.World, Sweep: sweep,
		Settings: models.Settings{Parameters: said.Parameters, Off: said.Off, Abolished: said.Abolished, Events: built.Events, Decisions: built.Decisions},
		source:   source{origin: from, options: o, tree: root, sweep: document.Sweep(root.Get("sweep")), data: built.Files},
	}
	s.rest[0], s.rest[1] = document.Canonical(root, spec.DataPaths(from.file))
	s.seal()
	return s, nil
}

// The files of problems that come from the command line.
const (
	fromSet     = "--set"
	fromWithout = "--without"
	fromFreeze  = "--freeze"
	fromTicks   = "--ticks"
)

// over lays the options of the command line over a scenario.
func (o *Options) over(c *problem.Collector, root *document.Node, rank int) {
	c.Reading(fromSet, fromWithout, fromFreeze, fromTicks)
	for _, assignment := range o.Set {
		key, text, found := strings.Cut(assignment, "=")
		key, text = strings.TrimSpace(key), strings.TrimSpace(text)
		switch {
		case !found || key == "" || text == "":
			c.At(problem.Place{File: fromSet, Key: problem.Clip(assignment)}, "not an assignment; write key=value")
		case key == "extends":
			c.At(problem.Place{File: fromSet, Key: key}, "a scenario cannot change what it extends from the command line")
		default:
			document.Assign(c, root, fromSet, address(key), document.Argument(text), rank)
		}
	}
	for _, mechanism := range o.Without {
		document.Assign(c, root, fromWithout, []string{"mechanisms", mechanism}, spec.Abolished, rank)
	}
	for _, mechanism := range o.Freeze {
		document.Assign(c, root, fromFreeze, []string{"mechanisms", mechanism}, spec.Frozen, rank)
	}
	if o.Ticks != 0 {
		document.Assign(c, root, fromTicks, []string{"time", "ticks"}, int64(o.Ticks), rank)
	}
}

// address splits the key of an assignment. The name of a parameter stands for
// itself, even where a table of the scenario has the same first word.
func address(key string) []string {
	words := strings.Split(key, ".")
	isParameter := spec.Parameters().Find(key) != nil ||
		len(words) == 2 && !slices.Contains(document.Sections, words[0]) && !slices.Contains(document.Headings, words[0])
	if isParameter {
		return append([]string{"parameters"}, words...)
	}
	return words
}
