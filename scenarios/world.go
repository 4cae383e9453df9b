package scenarios

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"splinternet/models/world"
	"splinternet/scenarios/data"
)

// maxDim is the most preference dimensions that a world can have.
const maxDim = 2

// buildWorld builds the world that [world] describes: from data, or, when the
// scenario lists or generates states, from what it says alone.
func (l *loader) buildWorld(r *reader) {
	already := len(l.list)
	dim := int(r.whole("dimensions", 1, maxDim, 1))
	west := r.items("west")
	generate := r.has("generate")
	small := r.get("state") != nil || generate != nil
	var own []*node
	for _, key := range data.FileKeys() {
		if n := r.has(key); n != nil {
			own = append(own, n)
		}
	}
	cutoff, _ := r.date("cutoff")
	if small {
		for _, n := range own {
			l.at(n, "a world that lists or generates its states reads no data files")
		}
		l.small(r, l.table(generate), dim, west)
	} else {
		r.also = append(r.also, "state", "firm", "forum", "stack", "pair")
		for _, key := range []string{"firm", "forum", "stack", "pair"} {
			if n := r.get(key); n != nil {
				l.at(n, "a world cannot list these without listing its states under [[world.state]], or [world.generate]")
			}
		}
		if len(l.list) == already {
			l.fromData(own, west, cutoff, dim)
		}
	}
	r.done()
	if l.world != nil {
		settle(l.world)
	}
}

// fromData builds the world from the data of the program, and of files that take
// the place of them.
func (l *loader) fromData(own, west []*node, cutoff time.Time, dim int) {
	if cutoff.IsZero() {
		cutoff = time.Date(l.calendar.Start.Year(), 12, 31, 0, 0, 0, 0, time.UTC)
	}
	o := data.Options{Start: l.calendar.Start, Cutoff: cutoff, Calendar: l.calendar, Files: map[string]string{}}
	ok := true
	for _, n := range own {
		path, good := l.ownFile(n)
		o.Files[n.key], ok = path, ok && good
	}
	for _, n := range west {
		o.West = append(o.West, strings.TrimPrefix(n.text(), "state."))
	}
	if !ok {
		return
	}
	w, err := built(o, l.files)
	if err != nil {
		l.dataProblems(err, west)
		return
	}
	widen(w, dim)
	l.world = w
}

// The worlds that were last built from data are kept, because a sweep or a server
// loads the same scenario many times. What is handed out is always a copy.
var lately struct {
	sync.Mutex
	worlds []builtWorld // the last one used at the end
}

type builtWorld struct {
	key   string
	world *world.World
}

// built returns the world of the data, with the forums that exist only later in
// its catalogue.
func built(o data.Options, files []ownFile) (*world.World, error) {
	const most = 8 // a level each of a factor such as world.cutoff; 4 megabytes each
	lately.Lock()
	defer lately.Unlock()
	key := fmt.Sprint(o, files)
	k := slices.IndexFunc(lately.worlds, func(b builtWorld) bool { return b.key == key })
	if k < 0 {
		w, err := withCatalogue(o)
		if err != nil {
			return nil, err
		}
		k = len(lately.worlds)
		lately.worlds = append(lately.worlds, builtWorld{key, w})
	}
	found := lately.worlds[k]
	lately.worlds = append(slices.Delete(lately.worlds, k, k+1), found)
	if len(lately.worlds) > most {
		lately.worlds = slices.Delete(lately.worlds, 0, 1)
	}
	w := found.world.Clone()
	w.Catalogue = slices.Clone(w.Catalogue)
	for k := range w.Catalogue {
		w.Catalogue[k].Position = slices.Clone(w.Catalogue[k].Position)
	}
	return w, nil
}

func withCatalogue(o data.Options) (*world.World, error) {
	w, catalogue, err := data.BuildAll(o)
	if err != nil {
		return nil, err
	}
	for _, f := range catalogue {
		if w.FindForum(f.ID) < 0 {
			w.Catalogue = append(w.Catalogue, f)
		}
	}
	return w, nil
}

// ownFile finds a data file beside the scenario that names it, and remembers its
// content, which is part of what the scenario is.
func (l *loader) ownFile(n *node) (path string, ok bool) {
	name := n.text()
	if name == "" {
		l.wrong(n, "the path of a file as seen from the scenario, in quotes")
		return "", false
	}
	if strings.HasPrefix(n.file, shelf) {
		l.at(n, "a scenario of the library cannot name a file")
		return "", false
	}
	path = l.beside(n)
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("is not a file")
	}
	var content []byte
	if err == nil {
		content, err = os.ReadFile(path)
	}
	if err != nil {
		l.at(n, "%s cannot be read: %s", quote(clip(name)), reason(err))
		return "", false
	}
	l.files = append(l.files, ownFile{n.key, sha256.Sum256(content)})
	l.paths = append(l.paths, path)
	return path, true
}

// beside is the path of the file that a leaf names: as seen from the file of the
// leaf, or, for the command line, from the scenario.
func (l *loader) beside(n *node) string {
	path := filepath.FromSlash(n.text())
	from := n.file
	if n.line == 0 {
		from = l.file
	}
	if filepath.IsAbs(path) || strings.HasPrefix(from, shelf) {
		return path
	}
	return filepath.Join(filepath.Dir(from), path)
}

var place = regexp.MustCompile(`^(.+?):(\d+):(?:(\d+):)? (.*)$`)

// dataProblems passes on what is wrong with data files.
func (l *loader) dataProblems(err error, west []*node) {
	if err == nil {
		return
	}
	for _, line := range strings.Split(err.Error(), "\n") {
		if rest, is := strings.CutPrefix(line, "west: "); is {
			for _, n := range west {
				if strings.Contains(rest, strconv.Quote(strings.TrimPrefix(n.text(), "state."))) {
					l.at(n, "%s", rest)
				}
			}
			continue
		}
		if k := slices.IndexFunc(l.paths, func(path string) bool { return strings.HasPrefix(line, path+": ") }); k >= 0 {
			l.add(Problem{File: l.paths[k], Message: strings.TrimPrefix(line, l.paths[k]+": ")})
			continue
		}
		if m := place.FindStringSubmatch(line); m != nil {
			number, _ := strconv.Atoi(m[2])
			column, _ := strconv.Atoi(m[3])
			l.add(Problem{File: m[1], Line: number, Column: column, Message: m[4]})
			continue
		}
		l.add(Problem{File: l.file, Key: "world", Message: line})
	}
}

// widen gives every position dim dimensions. The first is what states want of
// institutions, as their votes in the United Nations show it. The second is values:
// how states govern at home, by the index of electoral democracy, put on the scale of
// the first by mean and spread over states, since the two have no common unit (India
// and Indonesia: relatively liberal at home, intergovernmental abroad). Firms, forums,
// texts and stacks stand in the second dimension where they stand in the first.
func widen(w *world.World, dim int) {
	if dim == w.Dim {
		return
	}
	wide := func(list *[]float64) {
		out := make([]float64, 0, len(*list)*dim)
		for _, x := range *list {
			for range dim {
				out = append(out, x)
			}
		}
		*list = out
	}
	w.Dim = dim
	for _, list := range []*[]float64{&w.States.Position, &w.States.Anchor, &w.States.Uncertainty, &w.Firms.Position} {
		wide(list)
	}
	for k := range w.Forums {
		wide(&w.Forums[k].Position)
	}
	for k := range w.Catalogue {
		wide(&w.Catalogue[k].Position)
	}
	for k := range w.Texts {
		wide(&w.Texts[k].Position)
	}
	for k := range w.Stacks {
		wide(&w.Stacks[k].Position)
	}
	values(w)
}

// values fills the second dimension of states.
func values(w *world.World) {
	s, dim := &w.States, w.Dim
	abroad := make([]float64, s.N)
	for i := range abroad {
		abroad[i] = s.Position[i*dim]
	}
	mean, spread := moments(abroad)
	at, width := moments(s.Democracy)
	for i, democracy := range s.Democracy {
		x := mean
		if width > 0 {
			x += (democracy - at) * spread / width
		}
		x = min(.99, max(.01, x))
		s.Position[i*dim+1], s.Anchor[i*dim+1] = x, x
		// As good as the index itself, whose experts agree to about a twentieth.
		s.Uncertainty[i*dim+1] = .05
	}
	for k := range w.Texts {
		t := &w.Texts[k]
		for i, c := range t.Compliance {
			if c > 0 {
				t.Compliance[i] = world.Compliance(w.Position(i), t.Position)
			}
		}
	}
}

// moments are the mean and the standard deviation of a list.
func moments(list []float64) (mean, deviation float64) {
	for _, x := range list {
		mean += x / float64(len(list))
	}
	for _, x := range list {
		deviation += (x - mean) * (x - mean) / float64(len(list))
	}
	return mean, math.Sqrt(deviation)
}

// settle fills in what follows from the rest of the world.
func settle(w *world.World) {
	for k := range w.Stacks {
		if s := &w.Stacks[k]; len(s.Recognised) != w.States.N {
			s.Recognised = slices.Repeat([]bool{s.Proposed && s.Recognition >= 1}, w.States.N)
		}
	}
	w.Tick = -1
}

// identifiers collects what the scenario can name: what exists at the start, what
// the catalogue or an event can bring into being, and the texts that events table.
func (l *loader) identifiers(top *reader) {
	w := l.world
	if w == nil {
		return
	}
	known := data.Identifiers(w, w.Catalogue)
	groups := slices.Clone(known.Groups)
	if n := top.get("groups"); n != nil && n.shape == table {
		for _, child := range n.nodes {
			if !slices.Contains(groups, child.key) {
				groups = append(groups, child.key)
			}
		}
	}
	l.ids = map[string][]string{
		"state": known.States, "firm": known.Firms, "forum": known.Forums,
		"text": known.Texts, "stack": known.Stacks, "group": groups,
	}
	events := top.get("event")
	if events == nil {
		return
	}
	for _, e := range events.nodes {
		for _, key := range []string{"forum", "text"} {
			brings := key == "forum" && e.get("kind").text() == "forum" || key == "text"
			if id := e.get(key).text(); brings && id != "" && !slices.Contains(l.ids[key], id) {
				l.ids[key] = append(l.ids[key], id)
			}
		}
	}
}

// id reads the identifier of an agent of one kind; the kind may stand before it,
// as in state.IND.
func (l *loader) id(n *node, kind string) string {
	word, is := n.value.(string)
	if !is || word == "" {
		l.wrong(n, "the identifier of a "+kind+" in quotes")
		return ""
	}
	id := strings.TrimPrefix(word, kind+".")
	if l.ids == nil || slices.Contains(l.ids[kind], id) || l.foreseen(kind, id) {
		return id
	}
	for _, other := range agentKinds {
		if rest, is := strings.CutPrefix(word, other+"."); is && slices.Contains(l.ids[other], rest) {
			l.at(n, "%q is not allowed; allowed: a %s", word, kind)
			return ""
		}
	}
	l.unknown(n, kind, id)
	return ""
}

// unknown reports an identifier that nobody has.
func (l *loader) unknown(n *node, kind, id string) {
	if l.full() {
		l.more++
		return
	}
	if kind != "state" {
		l.at(n, "unknown %s %q%s", kind, clip(id), hint(id, l.ids[kind]))
		return
	}
	if l.world != nil {
		for i, name := range l.world.States.Name {
			if strings.EqualFold(name, id) {
				l.at(n, "unknown state code %q; did you mean %s?", clip(id), l.world.States.ID[i])
				return
			}
		}
	}
	l.at(n, "unknown state code %q%s", clip(id), hint(id, l.ids[kind]))
}

// foreseen tells whether a text or a forum can come up in the run by the rules of
// the model. FORUM-text is the report of a forum of one's own or of the run, FORUM-YEAR-STATE what a state
// tables in the session of a year and FORUM-YEAR-joint what both sides do;
// LINE-YEAR is a forum that the dissatisfied found. A second one of the same name
// ends in -2.
func (l *loader) foreseen(kind, id string) bool {
	switch kind {
	case "forum":
		return l.foundedLater(id)
	case "text":
		return l.writtenLater(id) || l.writtenLater(unnumbered(id))
	}
	return false
}

func (l *loader) writtenLater(id string) bool {
	if l.world != nil {
		for _, f := range slices.Concat(l.world.Forums, l.world.Catalogue) {
			if f.Product.ID == id {
				return true // what the forum is there to bring about
			}
		}
	}
	for cut := len(id) - 1; cut > 0; cut-- {
		if id[cut] != '-' || !slices.Contains(l.ids["forum"], id[:cut]) && !l.foundedLater(id[:cut]) {
			continue
		}
		rest := id[cut+1:]
		year, who, _ := strings.Cut(rest, "-")
		if rest == "text" || l.playedIn(year) && (who == "joint" || slices.Contains(l.ids["state"], who)) {
			return true
		}
	}
	return false
}

func (l *loader) foundedLater(id string) bool {
	for _, name := range []string{id, unnumbered(id)} {
		if line, year, is := cutLast(name); is && slices.Contains(world.Lines, world.Line(line)) && l.playedIn(year) {
			return true
		}
	}
	return false
}

// playedIn tells whether the run comes to a year.
func (l *loader) playedIn(year string) bool {
	n, err := strconv.Atoi(year)
	return err == nil && n >= l.calendar.Start.Year() && n <= l.calendar.Date(l.calendar.Ticks).Year()
}

// unnumbered drops the -2 at the end of an identifier.
func unnumbered(id string) string {
	if rest, number, is := cutLast(id); is {
		if n, err := strconv.Atoi(number); err == nil && n >= 2 && n < 1000 && strconv.Itoa(n) == number {
			return rest
		}
	}
	return id
}

func cutLast(id string) (before, after string, found bool) {
	k := strings.LastIndexByte(id, '-')
	if k < 0 {
		return id, "", false
	}
	return id[:k], id[k+1:], true
}

var agentKinds = []string{"state", "group", "firm", "forum", "stack"}

// parties reads a list of states and groups and returns them as state.ID and
// group.ID. A plain identifier is a state.
func (l *loader) parties(r *reader, key string) []string {
	var list []string
	for _, n := range r.items(key) {
		kind := "state"
		if strings.HasPrefix(n.text(), "group.") {
			kind = "group"
		}
		if id := l.id(n, kind); id != "" {
			list = append(list, kind+"."+id)
		}
	}
	return list
}

// named reads one identifier of a kind from a key.
func (l *loader) named(r *reader, key, kind string) string {
	n := r.has(key)
	if n == nil {
		return ""
	}
	return l.id(n, kind)
}

// allNamed reads a list of identifiers of a kind.
func (l *loader) allNamed(r *reader, key, kind string) []string {
	var list []string
	for _, n := range r.items(key) {
		if id := l.id(n, kind); id != "" {
			list = append(list, id)
		}
	}
	return list
}

// members reads a list of states as indices; group.ID stands for its members.
func (l *loader) members(items []*node) []int {
	in := map[int]bool{}
	for _, n := range items {
		if name, is := strings.CutPrefix(n.text(), "group."); is && l.world != nil {
			if k := l.world.FindGroup(name); k >= 0 {
				for _, i := range l.world.Groups[k].Members {
					in[i] = true
				}
				continue
			}
			l.id(n, "group")
			continue
		}
		if id := l.id(n, "state"); id != "" && l.world != nil {
			in[l.world.FindState(id)] = true
		}
	}
	var list []int
	if l.world != nil {
		for i := range l.world.States.N {
			if in[i] {
				list = append(list, i)
			}
		}
	}
	return list
}
