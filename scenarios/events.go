package scenarios

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"splinternet/models/events"
	"splinternet/models/world"
	"splinternet/sim"
)

// events reads the scheduled events, in the order in which they will happen: by
// tick, then by date, then as the scenario lists them.
func (l *loader) events(top *reader) []events.Event {
	type dated struct {
		events.Event
		when
	}
	var list []dated
	texts := map[string]*node{}
	for _, r := range top.each("event") {
		if e, w, ok := l.event(r, texts); ok {
			list = append(list, dated{e, w})
		}
	}
	sort.SliceStable(list, func(a, b int) bool {
		p, q := list[a], list[b]
		if p.when.tick != q.when.tick {
			return p.when.tick < q.when.tick
		}
		return p.day.Before(q.day)
	})
	out := make([]events.Event, 0, len(list))
	var nodes []*node
	for _, e := range list {
		if e.Effect != nil {
			out = append(out, e.Event)
		}
		nodes = append(nodes, e.node)
	}
	l.reorder(nodes)
	return out
}

// reorder puts the events of the tree in the order in which they happen, and
// takes out those that do not, so that the text of the scenario says what
// will be.
func (l *loader) reorder(moments []*node) {
	n := l.root.get("event")
	if n == nil || len(l.list) > 0 {
		return
	}
	at := map[*node]*node{}
	for _, e := range n.nodes {
		at[e.get("date")], at[e.get("tick")] = e, e
	}
	n.nodes = n.nodes[:0:0]
	for _, moment := range moments {
		n.nodes = append(n.nodes, at[moment])
	}
}

// event reads one event. It is not ok where there is nothing to schedule.
func (l *loader) event(r *reader, texts map[string]*node) (events.Event, when, bool) {
	already := len(l.list)
	e := events.Event{Name: l.eventName(r), Kind: r.word("kind", kindNames()), Why: r.text("why")}
	if r.get("kind") == nil {
		r.need("kind", "one of "+strings.Join(kindNames(), ", "))
	}
	w := l.eventMoment(r)
	if remove := r.has("remove"); remove != nil {
		if removes(r.node) {
			l.at(remove, "there is no inherited event of this name to remove")
		} else if remove.value != false {
			l.wrong(remove, "true or false")
		}
		r.node.drop("remove")
	}
	if e.Kind == "" {
		return e, w, false // its keys are unknown, too, but that would say nothing
	}
	e.Effect = l.effect(r, e.Kind, texts, w)
	r.done()
	if w.node == nil || len(l.list) > already {
		return e, w, false
	}
	before, after, ok := l.inside(&w)
	e.Tick = w.tick
	return e, w, ok && !before && !after
}

func (l *loader) eventName(r *reader) string {
	n := r.has("name")
	if n == nil {
		r.need("name", "a short unique word in quotes")
		return ""
	}
	if !plainID(n.text()) {
		l.wrong(n, "a short word of letters, digits, - and _, in quotes")
	}
	return n.text()
}

// eventMoment reads when an event happens.
func (l *loader) eventMoment(r *reader) when {
	date, tick := r.has("date"), r.has("tick")
	switch {
	case date != nil && tick != nil:
		l.at(tick, "is not allowed beside date; give one of the two")
	case date != nil:
		if day, n := r.date("date"); n != nil {
			return when{day: day, node: n}
		}
	case tick != nil:
		if t := r.whole("tick", 0, maxTicks-1, -1); t >= 0 {
			return when{tick: int(t), node: tick}
		}
	default:
		r.need("date", "a date without quotes, such as 2019-09-01, or tick with the number of a tick")
	}
	return when{}
}

// effect reads the keys of a kind of event.
func (l *loader) effect(r *reader, kind string, texts map[string]*node, w when) events.Effect {
	l.required(r, kind)
	switch kind {
	case "shock":
		return l.shock(r)
	case "proposal":
		return l.proposal(r, texts)
	case "ban":
		return &events.Ban{
			States: l.parties(r, "states"), Firms: l.allNamed(r, "firms", "firm"), Strength: r.number("strength", share, 1),
		}
	case "forum":
		return l.found(r, w)
	case "end":
		return &events.End{Forum: l.named(r, "forum", "forum"), Into: l.named(r, "into", "forum")}
	case "treaty":
		return l.treaty(r, texts)
	case "crisis":
		return l.crisis(r)
	case "agreement":
		return l.agreement(r)
	case "stack":
		return &events.NewStack{
			Stack: l.named(r, "stack", "stack"), Sponsors: l.allNamed(r, "sponsors", "state"), Firms: l.allNamed(r, "firms", "firm"),
		}
	case "parameter":
		return l.setParameter(r)
	}
	d := l.answer(r)
	if l.span(&d, w, r.moment("until")) {
		l.scripted = append(l.scripted, d)
	}
	return nil
}

// required reports the keys that a kind of event needs and that are missing.
func (l *loader) required(r *reader, kind string) {
	for _, k := range EventKinds() {
		if k.Kind != kind {
			continue
		}
		for _, key := range k.Keys {
			if key.Required && r.get(key.Key) == nil {
				r.need(key.Key, strings.TrimSuffix(key.Type+": "+key.Allowed, ": "))
			}
		}
	}
}

func (l *loader) shock(r *reader) events.Effect {
	s := &events.Shock{Toward: l.parties(r, "toward")}
	kinds := map[string]bool{}
	for _, n := range r.items("targets") {
		kind, id := firstWord(n.text())
		if !slices.Contains(agentKinds, kind) || id == "" {
			l.wrong(n, "state.ID, group.ID, firm.ID, forum.ID or stack.ID")
			continue
		}
		if l.id(n, kind) != "" {
			s.Targets = append(s.Targets, n.text())
		}
		if kind == "group" {
			kind = "state"
		}
		kinds[kind] = true
	}
	variable := r.has("variable")
	s.Variable = variable.text()
	for _, kind := range agentKinds {
		if variable != nil && kinds[kind] && !slices.Contains(events.ShockVariables[kind], s.Variable) {
			l.at(variable, "unknown variable of a %s %q%s", kind, clip(s.Variable), hint(s.Variable, events.ShockVariables[kind]))
		}
	}
	if toward := r.get("toward"); toward != nil && variable != nil && s.Variable != "trust" {
		l.at(toward, `goes with variable = "trust" only`)
	}
	free := sim.Range{Min: -1e15, Max: 1e15}
	s.Add, s.Factor, s.Value = r.optional("add", free), r.optional("factor", positive), r.optional("value", free)
	given := 0
	for _, key := range []string{"add", "factor", "value"} {
		if r.get(key) != nil {
			given++
		}
	}
	if given != 1 {
		l.at(r.node, "%d of add, factor and value are given; allowed: exactly one", given)
	}
	if s.Value != nil && bounded(s.Variable) && !share.Contains(*s.Value) {
		l.wrong(r.get("value"), between(share))
	}
	return s
}

// bounded tells whether a variable lies in [0, 1], so that a value outside must
// be a mistake; what a shock adds is cut off by the model.
func bounded(variable string) bool {
	return slices.Contains([]string{
		"position", "anchor", "stubbornness", "economy", "capability", "users", "offence", "diplomacy",
		"control", "trust", "tie", "legitimacy", "recognition",
	}, variable)
}

// newText reads the identifier of a text that an event brings up.
func (l *loader) newText(r *reader, texts map[string]*node) string {
	n := r.has("text")
	if n == nil {
		return ""
	}
	id := r.text("text")
	if l.world != nil && l.world.FindText(id) >= 0 {
		l.at(n, "%q is the name of a text that exists at the start; names must differ", clip(id))
	}
	if other := texts[id]; other != nil && id != "" {
		l.at(n, "%q is taken already, by %s; names must differ", clip(id), other.path)
	}
	texts[id] = n
	return id
}

func (l *loader) proposal(r *reader, texts map[string]*node) events.Effect {
	dim := l.dim()
	p := &events.Proposal{
		Text: l.newText(r, texts), Title: r.text("title"), Forum: l.named(r, "forum", "forum"),
		Kind: world.TextKind(r.word("text-kind", words(world.TextKinds))), Position: r.point("position", dim),
		Depth: r.number("depth", share, .3), Line: world.Line(r.word("line", words(world.Lines))),
		Serves: l.named(r, "serves", "forum"), Mandate: r.number("mandate", sim.Range{Min: 0, Max: 200}, 0),
		Stack: l.named(r, "stack", "stack"), StatusQuo: r.point("status-quo", dim),
		Joint: r.flag("joint", false),
	}
	for _, n := range r.items("sponsors") {
		if strings.HasPrefix(n.text(), "firm.") {
			if id := l.id(n, "firm"); id != "" {
				p.Sponsors = append(p.Sponsors, "firm."+id)
			}
		} else if id := l.id(n, "state"); id != "" {
			p.Sponsors = append(p.Sponsors, id)
		}
	}
	if r.get("mandate") != nil && r.get("serves") == nil {
		l.at(r.get("mandate"), "goes with serves only: it is the mandate of that forum")
	}
	return p
}

// found reads a new forum, which may be one that the data know.
func (l *loader) found(r *reader, w when) events.Effect {
	n := r.has("forum")
	f := world.Forum{ID: n.text(), Text: -1, Sponsor: -1, Chair: -1}
	if n != nil && !plainID(f.ID) {
		l.wrong(n, "a short word of letters, digits, - and _, in quotes")
	}
	if l.world != nil {
		for _, known := range slices.Concat(l.world.Forums, l.world.Catalogue) {
			if known.ID == f.ID {
				f = known
				f.Text = -1
				f.Position, f.Members, f.Firms = slices.Clone(f.Position), slices.Clone(f.Members), slices.Clone(f.Firms)
			}
		}
	}
	born := w.tick
	if !w.day.IsZero() {
		born = l.calendar.At(w.day)
	}
	mandate := 0.0
	if f.MandateEnd > born && f.MandateEnd < world.NoEnd {
		mandate = float64(f.MandateEnd-born) * l.calendar.Years()
	}
	depth := l.forumKeys(r, &f)
	if r.get("depth") == nil && f.Product.Depth > 0 {
		depth = f.Product.Depth
	}
	f.Status = world.Alive
	return &events.Found{
		Forum: f, Mandate: r.number("mandate", sim.Range{Min: 0, Max: 200}, mandate),
		Endorsers: l.parties(r, "endorsers"), Depth: depth,
	}
}

func (l *loader) treaty(r *reader, texts map[string]*node) events.Effect {
	return &events.Treaty{
		Text: l.newText(r, texts), Title: r.text("title"), Forum: l.named(r, "forum", "forum"),
		Position: r.point("position", l.dim()), Depth: r.number("depth", share, .5), Parties: l.parties(r, "parties"),
	}
}

func (l *loader) crisis(r *reader) events.Effect {
	c := &events.Crisis{
		Initiator: l.named(r, "initiator", "state"), Target: l.named(r, "target", "state"),
		Severity: r.number("severity", sim.Range{Min: 0, Max: 10}, 5), Blamed: l.named(r, "blamed", "state"),
	}
	if c.Initiator != "" && c.Initiator == c.Target {
		l.at(r.get("target"), "a state cannot be the target of its own incident")
	}
	return c
}

func (l *loader) agreement(r *reader) events.Effect {
	channel := .5
	if r.get("bridge") != nil || r.get("trust") != nil || r.get("lapse") != nil {
		channel = 0
	}
	a := &events.Agreement{
		Parties: l.parties(r, "parties"), Channel: r.number("channel", share, channel), Bridge: r.number("bridge", share, 0),
		Trust: r.number("trust", sim.Range{Min: -1, Max: 1}, 0), Lapse: r.flag("lapse", false),
	}
	if len(a.Parties) == 1 && strings.HasPrefix(a.Parties[0], "state.") {
		l.at(r.get("parties"), "an agreement needs two states or more")
	}
	for _, key := range []string{"channel", "bridge", "trust"} {
		if n := r.get(key); n != nil && a.Lapse {
			l.at(n, "is not allowed beside lapse = true")
		}
	}
	return a
}

func (l *loader) setParameter(r *reader) events.Effect {
	value := r.has("value")
	n := r.has("parameter")
	if n == nil || value == nil {
		return &events.SetParameter{}
	}
	s := &events.SetParameter{Parameter: l.oneOf(n, "parameter", declared().Names())}
	if s.Parameter != "" {
		s.Value, _ = l.value(declared().Find(s.Parameter), fmt.Sprintf("%s (%s)", value.path, s.Parameter), value)
	}
	return s
}
