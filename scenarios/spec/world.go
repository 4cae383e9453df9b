package spec

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"splinternet/scenarios/data"
	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// maxDim is the most preference dimensions that a world can have.
const maxDim = 2

// MaxStates bounds a world, because its dyads take the square of it in memory: half
// a gigabyte at the bound.
const MaxStates = 2500

// World says from which world a run starts: from that of the data, or from a small one,
// whose agents the scenario lists or generates.
type World struct {
	Dim    int       // preference dimensions
	West   []Name    // the founding group; nil: that of the data
	Cutoff time.Time // last day of the votes that count; zero: the end of the year of the start
	Files  []File    // that take the place of the program's own data

	Small    bool
	Generate *Generate // nil: nothing is generated
	States   []State
	Stacks   []Stack
	Firms    []Firm
	Forums   []Forum
	Later    []Forum // that an event or a text can set up
	Pairs    []Pair

	// Broken says that no world can be made of this, as the problems say.
	Broken bool
}

// File is a data file that a scenario brings along.
type File struct {
	Key   string // of data.FileKeys
	Name  string // as the scenario gives it
	Path  string // where it lies
	Place problem.Place
}

// Generate describes states that are drawn.
type Generate struct {
	States, Blocs int
	Centres       []float64 // of the blocs; without any, the ends of the scale on which swing states lie
	Spread        float64   // standard deviation around a centre
	Swing         float64   // share of states in no bloc
	Exponent      float64   // of Zipf's law for their sizes; 0: all are equal
	Seed          uint64
	Prefix        string // of their identifiers
	Place         problem.Place
}

// worldReader reads [world].
type worldReader struct{ *reader }

// world reads the table, which may be missing.
func (r *worldReader) world(t *document.Reader) World {
	already := r.problems.Len()
	w := World{Dim: int(t.Whole("dimensions", 1, maxDim, 1))}
	for _, n := range t.Items("west") {
		w.West = append(w.West, r.party(n))
	}
	generate := t.Has("generate")
	w.Small = t.Get("state") != nil || generate != nil
	var own []*document.Node
	for _, key := range data.FileKeys() {
		if n := t.Has(key); n != nil {
			own = append(own, n)
		}
	}
	w.Cutoff, _ = t.Date("cutoff")
	r.spec.World.Dim = w.Dim // positions are read by it
	switch {
	case w.Small:
		for _, n := range own {
			r.problems.At(n.Place(), "a world that lists or generates its states reads no data files")
		}
		r.small(&w, t, document.Read(r.problems, generate))
	default:
		t.Allow("state", "firm", "forum", "stack", "pair")
		for _, key := range []string{"firm", "forum", "stack", "pair"} {
			if n := t.Get(key); n != nil {
				r.problems.At(n.Place(), "a world cannot list these without listing its states under [[world.state]], or [world.generate]")
			}
		}
		if w.Broken = r.problems.Len() > already; !w.Broken {
			for _, n := range own {
				r.dataFile(&w, n)
			}
		}
	}
	t.Done()
	return w
}

// dataFile reads where a data file lies.
func (r *worldReader) dataFile(w *World, n *document.Node) {
	f := File{Key: n.Key, Name: n.Text(), Place: n.Place(), Path: beside(n, r.file)}
	switch {
	case f.Name == "":
		document.Refuse(r.problems, n, "the path of a file as seen from the scenario, in quotes")
	case strings.HasPrefix(n.File, document.Shelf):
		r.problems.At(f.Place, "a scenario of the library cannot name a file")
	default:
		w.Files = append(w.Files, f)
		return
	}
	w.Broken = true
}

// beside is the path of the file that a leaf names: as seen from the file of the
// leaf, or, for the command line, from the scenario.
func beside(n *document.Node, scenario string) string {
	path := filepath.FromSlash(n.Text())
	from := n.File
	if n.Line == 0 {
		from = scenario
	}
	if filepath.IsAbs(path) || strings.HasPrefix(from, document.Shelf) {
		return path
	}
	return filepath.Join(filepath.Dir(from), path)
}

// DataPaths says for the canonical text of a scenario where its data files lie, as seen
// from the scenario's file.
func DataPaths(scenario string) document.Paths {
	return func(n *document.Node) (string, bool) {
		if n.Path != "world."+n.Key || !slices.Contains(data.FileKeys(), n.Key) {
			return "", false
		}
		if filepath.IsAbs(n.Text()) {
			return n.Text(), true
		}
		path := beside(n, scenario)
		if seen, err := filepath.Rel(filepath.Dir(scenario), path); err == nil && !strings.HasPrefix(scenario, document.Shelf) {
			path = seen
		}
		return filepath.ToSlash(path), true
	}
}

// small reads the agents of a small world. Those who depend on the states are read
// only where these are in order, because much would seem wrong with them.
func (r *worldReader) small(w *World, t, generate *document.Reader) {
	already := r.problems.Len()
	if generate.Node != nil {
		w.Generate = r.generate(generate)
	}
	for _, s := range t.Each("state") {
		w.States = append(w.States, r.state(s))
	}
	states := len(w.States)
	if w.Generate != nil {
		states += w.Generate.States
	}
	if states > MaxStates {
		t.At("%d states are too many; allowed: up to %d", states, MaxStates)
	}
	for _, s := range t.Each("stack") {
		w.Stacks = append(w.Stacks, r.stack(s))
	}
	if len(w.Stacks) > 0 && !w.Stacks[0].Proposed {
		r.problems.At(t.Get("stack").Place(), "the first stack must be in use: proposed = false is not allowed for it")
	}
	if states == 0 && r.problems.Len() == already {
		t.At("lists no states; allowed: one or more under [[world.state]], or [world.generate]")
	}
	if w.Broken = r.problems.Len() > already; w.Broken {
		t.Allow("firm", "forum", "stack", "pair")
		return
	}
	for _, p := range t.Each("pair") {
		w.Pairs = append(w.Pairs, r.pair(p))
	}
	for _, f := range t.Each("firm") {
		w.Firms = append(w.Firms, r.firm(f))
	}
	for _, f := range t.Each("forum") {
		id, exists := r.newID(f), f.Flag("exists", true)
		forum := r.forum(f)
		forum.ID = id
		f.Done()
		if exists {
			w.Forums = append(w.Forums, forum)
		} else {
			w.Later = append(w.Later, forum)
		}
	}
}

// generate reads [world.generate].
func (r *worldReader) generate(t *document.Reader) *Generate {
	const maxBlocs = 50
	g := &Generate{Place: t.Node.Place(), States: int(t.Whole("states", 1, MaxStates, 0))}
	t.Need("states", fmt.Sprintf("the number of states, a whole number from 1 to %d", MaxStates))
	g.Blocs = int(t.Whole("blocs", 0, maxBlocs, 2))
	g.Centres = r.centres(t, g.Blocs)
	g.Spread = t.Number("spread", document.Share, .08)
	g.Swing = t.Number("swing", document.Share, 0)
	sizes := t.Word("sizes", []string{"equal", "zipf"})
	if exponent := t.Number("exponent", sim.Range{Min: 0, Max: 5}, 1); sizes == "zipf" {
		g.Exponent = exponent
	}
	g.Seed = uint64(t.Whole("seed", 0, 1<<53, 1))
	if g.Prefix = t.Text("prefix"); g.Prefix == "" {
		g.Prefix = "S"
	} else if !document.PlainID(g.Prefix) {
		document.Refuse(r.problems, t.Get("prefix"), "a short word of letters, digits, - and _, in quotes")
	}
	t.Done()
	return g
}

// centres reads the centres of the blocs; by default they divide the scale evenly
// between .15 and .85.
func (r *worldReader) centres(t *document.Reader, blocs int) []float64 {
	const low, high = .15, .85
	n := t.Has("centres")
	if n == nil {
		switch blocs {
		case 0:
			return []float64{0, 1}
		case 1:
			return []float64{.5}
		}
		list := make([]float64, blocs)
		for k := range list {
			list[k] = low + (high-low)*float64(k)/float64(blocs-1)
		}
		return list
	}
	var list []float64
	for _, item := range n.Nodes {
		if x, ok := document.Number(r.problems, item, document.Share); ok {
			list = append(list, x)
		}
	}
	if len(list) != blocs || blocs == 0 {
		r.problems.At(n.Place(), "%d numbers are given; allowed: a list of %d numbers from 0 to 1, one for each bloc", len(list), blocs)
	}
	return list
}
