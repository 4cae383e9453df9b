// Package spec is what a scenario says, as plain data: each value checked for its
// type and range, each identifier with the place where it stands. Whether there are
// such agents is not known here, because that takes a world; package build finds out.
package spec

import (
	"slices"
	"sort"
	"strings"

	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// About is what a scenario says of itself.
type About struct {
	Title       string
	Description string
	Question    string   // what it asks
	Expect      string   // the reading that its author expects
	Suits       string   // the class or the paper that it is meant for
	References  []string // works behind it
}

// Spec is what a scenario says.
type Spec struct {
	About

	Calendar    sim.Calendar
	Parameters  map[string]float64 // those that it sets, by name
	Off         map[string]bool    // mechanisms that take no steps
	Abolished   map[string]bool    // those of Off of which nothing stays
	Measures    []string           // those to keep; nil keeps all
	StrideYears float64            // years between two readings of the costly measures

	World     World
	Groups    []Group  // a group after those that are members of it
	GroupIDs  []string // of all groups that it names, also of those that are wrong
	Changes   Changes
	Events    []Event    // in the order in which they happen
	Decisions []Decision // those that are scheduled as events first

	Names    []Name // what must exist, beyond what World, Groups and Changes name
	NewTexts []Name // texts that events bring up; none may exist at the start
	// Forums and Texts are the identifiers of all that events bring into being.
	Forums, Texts []string
}

// Name is the identifier of an agent, a group or a text, and where it stands. The
// zero value names nothing.
type Name struct {
	ID    string
	Kind  string // state, group, firm, forum, stack or text
	Place problem.Place
	Word  string // as it is written: the kind may stand before it, as in state.IND
}

// Kinds of agents, as identifiers have them in front.
var Kinds = []string{"state", "group", "firm", "forum", "stack"}

// reader reads a scenario.
type reader struct {
	problems *problem.Collector
	root     *document.Node
	file     string // of the scenario itself; data files lie beside it
	spec     *Spec
	bounds   [2]int // ranks of the nodes that set the first and the last tick
}

// Read reads a scenario from its whole tree, with what it extends and what a command
// line lays over it, and adds to the problems what is wrong. The file is the
// scenario's own. Where nothing is wrong so far, Read also leaves of the tree's events
// and decisions what will be, in the order in which it will happen.
func Read(c *problem.Collector, root *document.Node, file string) *Spec {
	top := document.Read(c, root)
	s := &Spec{About: About{
		Title: top.Text("title"), Description: top.Text("description"), Question: top.Text("question"),
		Expect: top.Text("expect"), Suits: top.Text("suits"), References: top.Texts("references"),
	}}
	r := &reader{problems: c, root: root, file: file, spec: s}
	if top.Get("title") == nil {
		c.At(problem.Place{File: file, Line: 1, Key: "title"}, "is missing; allowed: a text in quotes")
	}
	for _, section := range document.Sections {
		top.Has(section)
	}
	r.time(r.table(top, "time"))
	s.Parameters = ReadParameters(c, top.Has("parameters"))
	s.Off, s.Abolished = r.mechanisms(r.table(top, "mechanisms"))
	s.Measures, s.StrideYears = r.measures(r.table(top, "measures"))
	s.World = (&worldReader{r}).world(r.table(top, "world"))
	changes := &changeReader{r}
	s.Groups = changes.groups(r.table(top, "groups"))
	s.Changes = changes.changes(top)
	r.schedule(top)
	doneTop(top)
	return s
}

func (r *reader) table(top *document.Reader, key string) *document.Reader {
	return document.Read(r.problems, top.Has(key))
}

// doneTop reports unknown tables, with a word for those that people expect.
func doneTop(top *document.Reader) {
	elsewhere := map[string]string{
		"verdict": "thresholds are parameters: write verdict.NAME = ... under [parameters]",
		"seed":    "the seed belongs to the run, not to the scenario: --seed",
		"events":  "write [[event]], once for each event",
		"runs":    "the number of runs belongs to the run, not to the scenario: --runs",
	}
	for _, key := range []string{"verdict", "seed", "events", "runs"} {
		if n := top.Get(key); n != nil {
			top.Problems.At(n.Place(), "unknown key; %s", elsewhere[key])
			top.Allow(key)
		}
	}
	top.Allow("extends") // which is gone where it is written right
	top.Done()
}

// What a scenario can write of a mechanism beside true and false, which is Frozen.
const (
	Frozen    = "frozen"    // it takes no steps: what it moved stays as it is
	Abolished = "abolished" // it takes no steps, and nothing of it stays
)

// mechanisms reads which mechanisms take no steps, and which of those are abolished. The
// key others is for those that are not named, but for the scheduled events.
func (r *reader) mechanisms(t *document.Reader) (off, abolished map[string]bool) {
	off, abolished = map[string]bool{}, map[string]bool{}
	others := t.Flag("others", true)
	for _, name := range Mechanisms() {
		on := others || name == "events"
		if n := t.Has(name); n != nil {
			switch n.Value {
			case true:
				on = true
			case false, Frozen:
				on = false
			case Abolished:
				on, abolished[name] = false, true
			default:
				document.Refuse(r.problems, n, `true; false or "frozen", which leaves what it moved as it is; or "abolished", which takes that away, too`)
			}
		}
		if !on {
			off[name] = true
		}
	}
	t.Done()
	return off, abolished
}

func (r *reader) measures(t *document.Reader) (keep []string, stride float64) {
	const usual = 2
	if t.Has("keep") != nil {
		keep = []string{}
		names := Measures()
		for _, item := range t.Items("keep") {
			if word := document.OneOf(r.problems, item, "measure", names); word != "" {
				keep = append(keep, word)
			}
		}
		sort.Strings(keep)
	}
	stride = t.Number("stride", sim.Range{Min: 0, Max: 1000}, usual)
	t.Done()
	return keep, stride
}

// name reads the identifier of an agent of one kind; the kind may stand before it.
func (r *reader) name(n *document.Node, kind string) Name {
	word := n.Text()
	if word == "" {
		document.Refuse(r.problems, n, "the identifier of a "+kind+" in quotes")
		return Name{}
	}
	return Name{ID: strings.TrimPrefix(word, kind+"."), Kind: kind, Place: n.Place(), Word: word}
}

// party reads a state, or a group as group.ID.
func (r *reader) party(n *document.Node) Name {
	if strings.HasPrefix(n.Text(), "group.") {
		return r.name(n, "group")
	}
	return r.name(n, "state")
}

// named reads one identifier of a kind from a key.
func (r *reader) named(t *document.Reader, key, kind string) Name {
	n := t.Has(key)
	if n == nil {
		return Name{}
	}
	return r.name(n, kind)
}

// members reads a list of states and groups.
func (r *reader) members(t *document.Reader, key string) []Name {
	var list []Name
	for _, n := range t.Items(key) {
		list = append(list, r.party(n))
	}
	return list
}

// allNamed reads a list of identifiers of a kind; it is nil where none is given.
func (r *reader) allNamed(t *document.Reader, key, kind string) []Name {
	var list []Name
	for _, n := range t.Items(key) {
		list = append(list, r.name(n, kind))
	}
	return list
}

// The same for what must exist and is kept by its identifier alone.

func (r *reader) mustExist(name Name) string {
	if name.ID != "" {
		r.spec.Names = append(r.spec.Names, name)
	}
	return name.ID
}

func (r *reader) existing(t *document.Reader, key, kind string) string {
	return r.mustExist(r.named(t, key, kind))
}

func (r *reader) allExisting(t *document.Reader, key, kind string) []string {
	var list []string
	for _, name := range r.allNamed(t, key, kind) {
		list = append(list, r.mustExist(name))
	}
	return list
}

// parties reads a list of states and groups and returns them as state.ID and
// group.ID. A plain identifier is a state.
func (r *reader) parties(t *document.Reader, key string) []string {
	var list []string
	for _, name := range r.members(t, key) {
		list = append(list, name.Kind+"."+r.mustExist(name))
	}
	return list
}

// plainWord reads a new identifier from a key that must be there.
func (r *reader) plainWord(t *document.Reader, key, missing string) string {
	n := t.Has(key)
	if n == nil {
		t.Need(key, missing)
		return ""
	}
	if !document.PlainID(n.Text()) {
		document.Refuse(r.problems, n, "a short word of letters, digits, - and _, in quotes")
		return ""
	}
	return n.Text()
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for k, word := range list {
		out[k] = string(word)
	}
	return out
}

// arrange leaves of a list of tables those that will be, in their order.
func arrange(root *document.Node, key string, tables []*document.Node) {
	if n := root.Get(key); n != nil {
		n.Nodes = slices.Clone(tables)
	}
}
