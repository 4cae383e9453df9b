package spec

import (
	"slices"
	"sort"
	"strings"

	"splinternet/models/events"
	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
)

// Event is a scheduled event. Its effect is nil where it sets up a forum: then the rest
// says which.
type Event struct {
	events.Event
	Forum     *Forum
	Endorsers []string // of the forum: state.ID and group.ID
}

// scheduled is an event with its table and its moment.
type scheduled struct {
	Event
	moment
	table *document.Node
}

// schedule reads the events and the scripted decisions. Where all is right so far, it
// leaves of their tables those that reach into the run, in their order.
func (r *reader) schedule(top *document.Reader) {
	r.bringUp(top.Get("event"))
	coming := r.events(top)
	var tables []*document.Node
	for _, e := range coming {
		tables = append(tables, e.table)
		if e.Effect != nil || e.Forum != nil {
			r.spec.Events = append(r.spec.Events, e.Event)
		}
	}
	decisions := (&decisionReader{r}).decisions(top)
	if r.problems.Len() == 0 {
		arrange(r.root, "event", tables)
		arrange(r.root, "decision", decisions)
		for _, table := range tables {
			table.Drop("remove")
		}
	}
}

// bringUp collects the identifiers of what events bring into being.
func (r *reader) bringUp(list *document.Node) {
	if list == nil {
		return
	}
	for _, e := range list.Nodes {
		if id := e.Get("forum").Text(); id != "" && e.Get("kind").Text() == "forum" {
			r.spec.Forums = append(r.spec.Forums, id)
		}
		if id := e.Get("text").Text(); id != "" {
			r.spec.Texts = append(r.spec.Texts, id)
		}
	}
}

// events reads the scheduled events, in the order in which they will happen: by
// tick, then by date, then as the scenario lists them. Scripted decisions among them
// go to the decisions.
func (r *reader) events(top *document.Reader) []scheduled {
	e := &eventReader{reader: r, texts: map[string]*document.Node{}}
	var list []scheduled
	for _, t := range top.Each("event") {
		if s, ok := e.read(t); ok {
			list = append(list, s)
		}
	}
	sort.SliceStable(list, func(a, b int) bool {
		p, q := list[a], list[b]
		if p.tick != q.tick {
			return p.tick < q.tick
		}
		return p.day.Before(q.day)
	})
	return list
}

// eventReader reads one event after another.
type eventReader struct {
	*reader
	texts map[string]*document.Node // that events bring up, by identifier
}

// read reads one event. It is not ok where there is nothing to schedule.
func (e *eventReader) read(t *document.Reader) (s scheduled, ok bool) {
	already := e.problems.Len()
	s.table = t.Node
	s.Name = e.plainWord(t, "name", "a short unique word in quotes")
	s.Kind, s.Why = t.Word("kind", kindNames()), t.Text("why")
	t.Need("kind", "one of "+strings.Join(kindNames(), ", "))
	s.moment = e.when(t)
	if remove := t.Has("remove"); remove != nil {
		if document.Removes(t.Node) {
			e.problems.At(remove.Place(), "there is no inherited event of this name to remove")
		} else if remove.Value != false {
			document.Refuse(e.problems, remove, "true or false")
		}
	}
	if s.Kind == "" {
		return s, false // its keys are unknown, too, but that would say nothing
	}
	e.effect(t, &s)
	t.Done()
	if s.node == nil || e.problems.Len() > already {
		return s, false
	}
	before, after, ok := e.inside(&s.moment)
	s.Tick = s.tick
	return s, ok && !before && !after
}

// when reads when an event happens.
func (e *eventReader) when(t *document.Reader) moment {
	date, tick := t.Has("date"), t.Has("tick")
	switch {
	case date != nil && tick != nil:
		e.problems.At(tick.Place(), "is not allowed beside date; give one of the two")
	case date != nil:
		if day, n := t.Date("date"); n != nil {
			return moment{day: day, node: n}
		}
	case tick != nil:
		if k := t.Whole("tick", 0, maxTicks-1, -1); k >= 0 {
			return moment{tick: int(k), node: tick}
		}
	default:
		t.Need("date", "a date without quotes, such as 2019-09-01, or tick with the number of a tick")
	}
	return moment{}
}

// required reports the keys that a kind of event needs and that are missing.
func (r *reader) required(t *document.Reader, kind string) {
	for _, k := range EventKinds() {
		if k.Kind != kind {
			continue
		}
		for _, key := range k.Keys {
			if key.Required {
				t.Need(key.Key, strings.TrimSuffix(key.Type+": "+key.Allowed, ": "))
			}
		}
	}
}

// newText reads the identifier of a text that an event brings up.
func (e *eventReader) newText(t *document.Reader) string {
	n := t.Has("text")
	if n == nil {
		return ""
	}
	id := t.Text("text")
	e.spec.NewTexts = append(e.spec.NewTexts, Name{ID: id, Kind: "text", Place: n.Place(), Word: id})
	if other := e.texts[id]; other != nil && id != "" {
		e.problems.At(n.Place(), "%q is taken already, by %s; names must differ", problem.Clip(id), other.Path)
	}
	e.texts[id] = n
	return id
}

// bounded tells whether a variable lies in [0, 1], so that a value outside must
// be a mistake; what a shock adds is cut off by the model.
func bounded(variable string) bool {
	return slices.Contains([]string{
		"position", "anchor", "stubbornness", "economy", "capability", "users", "offence", "diplomacy",
		"control", "trust", "tie", "legitimacy", "recognition",
	}, variable)
}
