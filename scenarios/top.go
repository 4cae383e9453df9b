package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"
	"time"

	"splinternet/models/events"
	"splinternet/models/world"
	"splinternet/scenarios/spelling"
	"splinternet/sim"
)

// sections are the tables of a scenario in the order of its canonical text.
var sections = []string{
	"time", "world", "parameters", "mechanisms", "measures", "groups",
	"state", "firm", "forum", "stack", "event", "decision", "sweep",
}

// headings are the single keys of a scenario, in the same order.
var headings = []string{"title", "description", "question", "expect", "suits", "references"}

// loader turns a merged tree into a scenario.
type loader struct {
	*collector
	root *node
	file string // of the scenario itself; data files lie beside it

	calendar sim.Calendar
	values   map[string]float64 // of parameters
	bounds   [2]int             // ranks of the nodes that set the first and the last tick
	world    *world.World
	scripted []events.Decision
	files    []ownFile
	paths    []string // where they lie
	// The identifiers that scenarios can name; nil where the world could not be
	// built, because then nothing is known to be wrong.
	ids map[string][]string
}

// ownFile is a data file that the scenario brings along.
type ownFile struct {
	key    string
	digest [sha256.Size]byte // of its content
}

func (l *loader) scenario() *Scenario {
	top := l.table(l.root)
	s := &Scenario{
		Title: top.text("title"), Description: top.text("description"), Question: top.text("question"),
		Expect: top.text("expect"), Suits: top.text("suits"), References: top.texts("references"), tree: l.root,
	}
	if top.get("title") == nil {
		l.add(Problem{File: l.file, Line: 1, Key: "title", Message: "is missing; allowed: a text in quotes"})
	}
	for _, section := range sections {
		top.has(section)
	}
	l.time(l.table(top.has("time")))
	s.Calendar = l.calendar
	l.values = l.parameters(top.has("parameters"))
	s.Settings.Parameters = l.values
	s.Settings.Off = l.mechanisms(l.table(top.has("mechanisms")))
	s.Measures, s.StrideYears = l.measures(l.table(top.has("measures")))
	l.buildWorld(l.table(top.has("world")))
	l.identifiers(top)
	l.groups(l.table(top.has("groups")))
	l.overrides(top)
	s.Settings.Events = l.events(top)
	s.Settings.Decisions = l.decisions(top)
	s.Sweep = l.sweep(l.table(top.has("sweep")))
	l.doneTop(top)
	if len(l.list) > 0 {
		return nil
	}
	s.World, s.files = l.world, l.files
	s.rest, s.sweep = canonical(l.root, l.file), sweepText(l.root.get("sweep"))
	s.seal()
	return s
}

// doneTop reports unknown tables, with a word for those that people expect.
func (l *loader) doneTop(top *reader) {
	elsewhere := map[string]string{
		"verdict": "thresholds are parameters: write verdict.NAME = ... under [parameters]",
		"seed":    "the seed belongs to the run, not to the scenario: --seed",
		"events":  "write [[event]], once for each event",
		"runs":    "the number of runs belongs to the run, not to the scenario: --runs",
	}
	for _, key := range []string{"verdict", "seed", "events", "runs"} {
		if n := top.get(key); n != nil {
			l.at(n, "unknown key; %s", elsewhere[key])
			top.also = append(top.also, key)
		}
	}
	top.also = append(top.also, "extends") // which is gone where it is written right
	top.done()
}

// seal writes the text of a scenario and its hash.
func (s *Scenario) seal() {
	s.Core = s.rest[0] + parametersText(s.tree.get("parameters")) + s.rest[1]
	s.Text = s.Core + s.sweep
	h := sha256.New()
	h.Write([]byte(s.Core))
	for _, f := range s.files {
		h.Write([]byte("\x00" + f.key + "\x00"))
		h.Write(f.digest[:])
	}
	s.Hash = hex.EncodeToString(h.Sum(nil))
}

// maxTicks keeps a mistyped calendar from filling the memory.
const maxTicks = 12000

// time reads the calendar. What cannot be read is replaced by a calendar that
// goes with anything, so that the rest can still be checked.
func (l *loader) time(r *reader) {
	l.calendar = sim.Calendar{Start: time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), Tick: sim.Year, Ticks: 400}
	before := len(l.list)
	if r.node == nil && l.root.get("time") == nil {
		l.add(Problem{File: l.file, Line: 1, Key: "time", Message: "is missing; allowed: a table [time] with start and ticks"})
	}
	if r.node == nil {
		return
	}
	start, at := r.date("start")
	switch {
	case r.get("start") == nil:
		r.need("start", "a date without quotes, such as 2018-07-01")
	case at != nil && start.Day() > 28:
		l.at(at, "day %d is not allowed; allowed: 1 to 28, because every tick begins on the same day of its month", start.Day())
	}
	length := sim.Quarter
	if word := r.word("tick", sim.TickLengths); word != "" {
		length, _ = sim.ParseTickLength(word)
	}
	if r.get("ticks") == nil {
		r.need("ticks", "the number of ticks, a whole number")
	}
	ticks := r.whole("ticks", 1, maxTicks, 1)
	r.done()
	if len(l.list) > before {
		return
	}
	l.calendar = sim.Calendar{Start: start, Tick: length, Ticks: int(ticks)}
	if end := l.calendar.Date(l.calendar.Ticks); end.Year() > 2200 {
		l.at(r.get("ticks"), "the run would end in %d; allowed: runs that end by 2200", end.Year())
	}
	l.bounds[0] = at.rank
	l.bounds[1] = max(at.rank, r.get("ticks").rank)
	if n := r.get("tick"); n != nil {
		l.bounds[1] = max(l.bounds[1], n.rank)
	}
}

// parameters reads the values of declared parameters.
func (l *loader) parameters(n *node) map[string]float64 {
	values := map[string]float64{}
	var names []string
	for _, p := range declared().All() {
		names = append(names, p.Name)
	}
	l.eachParameter(n, "", func(name string, leaf *node) {
		if p := declared().Find(name); p == nil {
			l.add(Problem{File: leaf.file, Line: leaf.line, Key: name, Message: "unknown parameter" + hintParameter(name, names)})
		} else if value, ok := l.value(p, name, leaf); ok {
			values[name] = value
		}
	})
	return values
}

// eachParameter visits the leaves below [parameters] by MECHANISM.NAME.
func (l *loader) eachParameter(n *node, name string, visit func(name string, leaf *node)) {
	if n == nil {
		return
	}
	if n.shape == table {
		for _, child := range n.nodes {
			l.eachParameter(child, join(name, child.key), visit)
		}
		return
	}
	if name == "" {
		l.wrong(n, "a table [parameters] with MECHANISM.NAME = value")
		return
	}
	visit(name, n)
}

// hintParameter suggests the nearest name of the same mechanism, or the same name
// of another mechanism, or the nearest of all, or lists those of the mechanism.
func hintParameter(name string, names []string) string {
	mechanism, own := firstWord(name)
	var siblings, words []string
	elsewhere := ""
	for _, other := range names {
		m, n := firstWord(other)
		if m == mechanism {
			siblings, words = append(siblings, other), append(words, n)
		}
		if n == own && elsewhere == "" {
			elsewhere = other
		}
	}
	switch {
	case spelling.Nearest(own, words) != "":
		return "; did you mean " + mechanism + "." + spelling.Nearest(own, words) + "?"
	case elsewhere != "":
		return "; did you mean " + elsewhere + "?"
	case len(siblings) > 0:
		return "; allowed: " + strings.Join(siblings, ", ")
	case spelling.Nearest(name, names) != "":
		return "; did you mean " + spelling.Nearest(name, names) + "?"
	}
	return "; `splinternet parameters` lists them"
}

// value reads the value of a parameter from a leaf.
func (l *loader) value(p *sim.Parameter, key string, n *node) (float64, bool) {
	bad := func() (float64, bool) {
		l.add(Problem{File: n.file, Line: n.line, Key: key, Message: n.describe() + " is not allowed; allowed: " + p.Allowed()})
		return 0, false
	}
	switch p.Kind {
	case sim.Switch:
		if v, is := n.value.(bool); is && v {
			return 1, true
		} else if is {
			return 0, true
		}
		return bad()
	case sim.Choice:
		word := n.text()
		for k, choice := range p.Choices {
			if choice == word {
				return float64(k), true
			}
		}
		if c := spelling.Nearest(word, p.Choices); word != "" && c != "" {
			l.add(Problem{File: n.file, Line: n.line, Key: key, Message: n.describe() + " is not allowed" + hint(word, p.Choices)})
			return 0, false
		}
		return bad()
	}
	v, is := n.float()
	if !is || p.Check(v) != nil {
		return bad()
	}
	return v, true
}

// mechanisms reads which mechanisms are switched off.
func (l *loader) mechanisms(r *reader) map[string]bool {
	off := map[string]bool{}
	for _, name := range mechanismNames() {
		if !r.flag(name, true) {
			off[name] = true
		}
	}
	r.done()
	return off
}

func (l *loader) measures(r *reader) (keep []string, stride float64) {
	const usual = 2
	if n := r.has("keep"); n != nil {
		keep = []string{}
		names := measureNames()
		for _, item := range r.items("keep") {
			if word := l.oneOf(item, "measure", names); word != "" {
				keep = append(keep, word)
			}
		}
		sort.Strings(keep)
	}
	stride = r.number("stride", sim.Range{Min: 0, Max: 1000}, usual)
	r.done()
	return keep, stride
}
