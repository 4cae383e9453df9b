package data

import (
	"math"
	"slices"
	"strings"
	"time"

	"splinternet/models/world"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// forumRow is a row of forums_model.csv with its name and members.
type forumRow struct {
	id, name, leader string
	line             world.Line
	rule             world.DecisionRule
	access           world.Access

	structured, universal, western, binding bool

	founded, end    time.Time // end of the mandate; zero: permanent
	position, depth float64   // NaN: it has no text of its own
	legitimacy      float64
	listed          []int // states of forum_members.csv
}

func (s *records) readForums(bad *problem.Collector) {
	t := s.files.open("forums", bad, "id", "line", "rule", "access", "structured", "universal", "western_led",
		"binding", "founded", "mandate_end", "position", "depth", "legitimacy")
	seen := map[string]bool{}
	for t.next() {
		row := readForum(t)
		if row.id != "" && seen[row.id] {
			t.fail("id", "forum %s comes twice", row.id)
		}
		seen[row.id] = true
		s.forumRows = append(s.forumRows, row)
	}
	slices.SortFunc(s.forumRows, func(a, b forumRow) int { return strings.Compare(a.id, b.id) })
	s.readForumNames(bad)
	s.readMembers(bad)
}

func readForum(t *table) forumRow {
	row := forumRow{
		id: t.id("id"), line: oneOf(t, "line", world.Lines),
		rule: oneOf(t, "rule", world.DecisionRules), access: oneOf(t, "access", world.Accesses),
		structured: t.flag("structured"), universal: t.flag("universal"),
		western: t.flag("western_led"), binding: t.flag("binding"),
		founded: t.date("founded"), end: t.date("mandate_end"),
		position: t.number("position", 0, 1), depth: t.number("depth", 0, 1),
		legitimacy: t.number("legitimacy", 0, 1),
	}
	row.name = row.id
	if t.text("founded") == "" {
		t.fail("founded", "founded is blank; a forum needs the day it was founded")
	}
	if !row.end.IsZero() && row.end.Before(row.founded) {
		t.fail("mandate_end", "the mandate ends on %s, before the forum is founded", t.text("mandate_end"))
	}
	if math.IsNaN(row.position) != math.IsNaN(row.depth) {
		t.fail("position", "position and depth belong to the forum's text: give both, or neither")
	}
	if math.IsNaN(row.legitimacy) {
		row.legitimacy = .5 // the middle, where nothing is known
	}
	return row
}

// readForumNames takes the full names and the leaders of forums; a forum without
// an entry goes by its identifier.
func (s *records) readForumNames(bad *problem.Collector) {
	t := s.files.open("forum_names", bad, "id", "name", "led_by")
	for t.next() {
		for k := range s.forumRows {
			if s.forumRows[k].id != t.text("id") {
				continue
			}
			if name := t.text("name"); name != "" {
				s.forumRows[k].name = strings.Clone(name)
			}
			s.forumRows[k].leader = strings.Clone(t.text("led_by"))
		}
	}
}

// readMembers reads who belongs to which forum. A file of one's own that goes
// with the embedded states must not name a state that they do not have; otherwise
// members that are not in the world are passed over.
func (s *records) readMembers(bad *problem.Collector) {
	t := s.files.open("forum_members", bad, "forum", "iso3")
	strict := t.user && s.files["states"] == ""
	for t.next() {
		forum := t.text("forum")
		i := s.find(t, "iso3")
		if i < 0 && strict {
			t.fail("iso3", "state %q is not in states.csv%s", t.text("iso3"), suggest(t.text("iso3"), s.ids()))
		}
		for k := range s.forumRows {
			if row := &s.forumRows[k]; i >= 0 && row.id == forum && !slices.Contains(row.listed, i) {
				row.listed = append(row.listed, i)
			}
		}
	}
}

// institutions builds forums and their texts.
type institutions struct{ *source }

// forums builds those that exist at the start, with their texts in force, and the
// catalogue of those that are founded only later.
func (s *institutions) forums(w *world.World) {
	for _, row := range s.forumRows {
		if row.founded.After(s.options.Start) {
			continue
		}
		f := s.forum(w, row)
		if day, ok := s.inForce(row); ok {
			f.Text = len(w.Texts)
			w.Texts = append(w.Texts, s.text(w, &f, row, len(w.Forums), day))
		}
		w.Forums = append(w.Forums, f)
	}
	for k := range w.Forums {
		s.settle(w, &w.Forums[k])
	}
	for _, row := range s.forumRows {
		if row.founded.After(s.options.Start) {
			f := s.forum(w, row)
			s.settle(w, &f)
			w.Catalogue = append(w.Catalogue, f)
		}
	}
}

// forum builds one forum, of the past or of the future, without a text.
func (s *institutions) forum(w *world.World, row forumRow) world.Forum {
	start := s.options.Start
	f := world.Forum{
		ID: row.id, Name: row.name, Key: sim.Key(row.id), Line: row.line, Rule: row.rule, Access: row.access,
		Structured: row.structured, Universal: row.universal, WesternLed: row.western, Binding: row.binding,
		Founded: s.tick(row.founded), MandateEnd: world.NoEnd, Cycle: cycle(row),
		Sponsor: s.leader(row.leader), Chair: -1,
		Members: s.change(row.id, s.members(row)), Region: s.region(row.id), Firms: make([]bool, w.Firms.N),
		Position: []float64{row.position}, Text: -1, Legitimacy: row.legitimacy, Output: Output(row.depth),
	}
	f.Product.ID, f.Product.Title, _ = described(row)
	f.Product.Needed, f.Product.AsOne, f.Product.Proposers = clauses[row.id], unions[row.id], s.proposers(row.id)
	if f.Product.Depth = row.depth; math.IsNaN(row.depth) {
		f.Product.Depth = 0
	}
	if !row.founded.After(start) {
		f.AgeAtStart = start.Sub(row.founded).Hours() / 24 / 365.25
	}
	if !row.end.IsZero() {
		f.MandateEnd = s.tick(row.end)
		if row.end.Before(start) {
			f.Status = world.Dormant
		}
		f.Renewals = int(f.AgeAtStart / mandate)
	}
	for k, firm := range s.firmRows {
		f.Firms[k] = row.id == "tech_accord" && firm.accord || row.id == "charter_of_trust" && firm.charter || row.id == "paris_call" && firm.paris
	}
	return f
}

// mandate is the usual length of one, in years, from which it is worked out how often
// that of a forum has been renewed: that of the IGF of 2006 twice, in 2010 and 2015.
const mandate = 5

// Output is what a forum is remembered to have achieved at the start whose text has a
// depth, with the compliance that is usual (assumption).
func Output(depth float64) float64 {
	const compliance = .7
	return min(1, depth*compliance/world.FullOutput)
}

// cycle is the number of years between two sessions that negotiate a text
// (assumption, after their calendars): bodies of the General Assembly meet every
// year, the plenipotentiaries of the ITU every four. Of the others those founded in an
// even year come to a text every two years, the rest every three: organisations go by
// calendars of their own, and not in step.
func cycle(row forumRow) float64 {
	switch row.id {
	case "un_ga1", "un_ga3", "un_gge", "un_oewg", "un_ahc", "un_global_mechanism":
		return 1
	case "itu":
		return 4
	}
	return 2 + float64(row.founded.Year()%2)
}

// leader is the state that called a forum into being, if the entry names a single
// state first ("Russia (A/RES/73/27)", "France, with Microsoft"), or -1.
func (s *institutions) leader(entry string) int {
	name, _, _ := strings.Cut(entry, " (")
	name, _, _ = strings.Cut(name, ", with")
	for i, row := range s.rows {
		if row.name == name && name != "" {
			return i
		}
	}
	return -1
}

// standIns take the place of member lists that are not public or not at hand
// (assumption): the conference of Wuzhen, by the organisation that its hosts
// lead; the negotiators on electronic commerce, by the OECD, the European Union and some
// others.
var standIns = []struct {
	forum          string
	groups, states []string
}{
	{"wuzhen", []string{"sco"}, nil},
	{"wto_ecommerce", []string{"oecd", "eu"}, []string{"BRA", "CHN", "RUS", "SGP"}},
}

// regional organisations by invitation take in states of these regions of the United
// Nations; their first members are in the data.
var regional = map[string][]string{
	"sco":  {"Asia", "Europe"},
	"csto": {"Asia", "Europe"},
}

// region marks the states that a regional organisation can take in, nil if the
// forum is none.
func (s *institutions) region(id string) []bool {
	regions, found := regional[id]
	if !found {
		return nil
	}
	in := make([]bool, len(s.rows))
	for i := range s.rows {
		in[i] = slices.Contains(regions, s.rows[i].region)
	}
	return in
}

// members are all states where access is for states; the column of states.csv
// where there is one, so that a state's own row decides; else the list of members.
// Multistakeholder and industry forums have no state members.
func (s *institutions) members(row forumRow) []bool {
	in := make([]bool, len(s.rows))
	switch row.access {
	case world.AccessMultistakeholder, world.AccessIndustry:
		return in
	case world.AccessStates:
		for i := range in {
			in[i] = true
		}
		return in
	}
	if slices.ContainsFunc(memberships, func(m membership) bool { return m.group == row.id }) {
		for i := range in {
			in[i] = s.belongs(i, row.id)
		}
		return in
	}
	for _, i := range row.listed {
		in[i] = true
	}
	for _, stand := range standIns {
		if stand.forum != row.id || len(row.listed) > 0 {
			continue
		}
		for i, r := range s.rows {
			in[i] = slices.Contains(stand.states, r.id)
			for _, group := range stand.groups {
				in[i] = in[i] || s.belongs(i, group)
			}
		}
	}
	return in
}

// settle gives a forum without a text of its own (a committee that votes on what
// is tabled) the position and the output of the best text on its line:
// what it would have to improve on.
func (s *institutions) settle(w *world.World, f *world.Forum) {
	if !math.IsNaN(f.Position[0]) {
		return
	}
	f.Position[0], f.Output = .5, 0
	best := 0.0
	for k := range w.Texts {
		t := &w.Texts[k]
		if reach := t.Depth * reach(w, t); t.Line == f.Line && reach > best {
			best = reach
			f.Position[0], f.Output = t.Position[0], Output(t.Depth)
		}
	}
}

// reach is the share of power and users that a text covers and that complies.
func reach(w *world.World, t *world.Text) float64 {
	total := 0.0
	for i := range t.Adherence {
		if t.Covers(i) {
			total += float64(w.Weight(i) * t.Compliance[i])
		}
	}
	return total
}
