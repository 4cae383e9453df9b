package spec

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models"
	"splinternet/models/events"
	"splinternet/models/world"
	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// firstDenial is the share of products that an event keeps back if it does not say: some
// goods, as first denials do.
const firstDenial = .3

// effect reads the keys of an event of a kind.
func (e *eventReader) effect(t *document.Reader, s *scheduled) {
	e.required(t, s.Kind)
	switch s.Kind {
	case "shock":
		s.Effect = e.shock(t)
	case "proposal":
		s.Effect = e.proposal(t)
	case "ban":
		s.Effect = &events.Ban{
			States: e.parties(t, "states"), Firms: e.allExisting(t, "firms", "firm"), Strength: t.Number("strength", document.Share, 1),
		}
	case "denial":
		s.Effect = &events.Denial{
			States: e.parties(t, "states"), Targets: e.parties(t, "targets"), Strength: t.Number("strength", document.Share, firstDenial),
		}
	case "forum":
		e.newForum(t, s)
	case "end":
		s.Effect = &events.End{Forum: e.existing(t, "forum", "forum"), Into: e.existing(t, "into", "forum")}
	case "treaty":
		s.Effect = e.treaty(t)
	case "crisis":
		s.Effect = e.crisis(t)
	case "agreement":
		s.Effect = e.agreement(t)
	case "war":
		s.Effect = e.war(t, s.moment)
	case "stack":
		s.Effect = &events.NewStack{
			Stack: e.existing(t, "stack", "stack"), Sponsors: e.allExisting(t, "sponsors", "state"), Firms: e.allExisting(t, "firms", "firm"),
		}
	case "parameter":
		s.Effect = e.parameter(t)
	case "decision":
		scripted, already := &decisionReader{e.reader}, e.problems.Len()
		scripted.add(scripted.decision(t), s.moment, e.moment(t, "until"), already)
	}
}

func (e *eventReader) shock(t *document.Reader) *events.Shock {
	s := &events.Shock{Toward: e.parties(t, "toward")}
	kinds := map[string]bool{}
	for _, n := range t.Items("targets") {
		kind, id := FirstWord(n.Text())
		if !slices.Contains(Kinds, kind) || id == "" {
			document.Refuse(e.problems, n, "state.ID, group.ID, firm.ID, forum.ID or stack.ID")
			continue
		}
		e.mustExist(e.name(n, kind))
		s.Targets = append(s.Targets, n.Text())
		if kind == "group" {
			kind = "state"
		}
		kinds[kind] = true
	}
	variable := t.Has("variable")
	s.Variable = variable.Text()
	for _, kind := range Kinds {
		if variable != nil && kinds[kind] && !slices.Contains(events.ShockVariables[kind], s.Variable) {
			e.problems.At(variable.Place(), "unknown variable of a %s %q%s",
				kind, problem.Clip(s.Variable), problem.Hint(s.Variable, events.ShockVariables[kind]))
		}
	}
	if toward := t.Get("toward"); toward != nil && variable != nil && s.Variable != "trust" {
		e.problems.At(toward.Place(), `goes with variable = "trust" only`)
	}
	free := sim.Range{Min: -1e15, Max: 1e15}
	s.Add, s.Factor, s.Value = t.Optional("add", free), t.Optional("factor", document.Positive), t.Optional("value", free)
	given := 0
	for _, key := range []string{"add", "factor", "value"} {
		if t.Get(key) != nil {
			given++
		}
	}
	if given != 1 {
		t.At("%d of add, factor and value are given; allowed: exactly one", given)
	}
	if s.Value != nil && bounded(s.Variable) && !document.Share.Contains(*s.Value) {
		document.Refuse(e.problems, t.Get("value"), document.Between(document.Share))
	}
	return s
}

func (e *eventReader) proposal(t *document.Reader) *events.Proposal {
	dim := e.spec.World.Dim
	p := &events.Proposal{
		Text: e.newText(t), Title: t.Text("title"), Forum: e.existing(t, "forum", "forum"),
		Kind: world.TextKind(t.Word("text-kind", words(world.TextKinds))), Position: t.Point("position", dim),
		Depth: t.Number("depth", document.Share, .3), Line: world.Line(t.Word("line", words(world.Lines))),
		Serves: e.existing(t, "serves", "forum"), Mandate: t.Number("mandate", mandate, 0),
		Stack: e.existing(t, "stack", "stack"), StatusQuo: t.Point("status-quo", dim),
		Joint: t.Flag("joint", false),
	}
	for _, n := range t.Items("sponsors") {
		if strings.HasPrefix(n.Text(), "firm.") {
			p.Sponsors = append(p.Sponsors, "firm."+e.mustExist(e.name(n, "firm")))
		} else {
			p.Sponsors = append(p.Sponsors, e.mustExist(e.name(n, "state")))
		}
	}
	if n := t.Get("mandate"); n != nil && t.Get("serves") == nil {
		e.problems.At(n.Place(), "goes with serves only: it is the mandate of that forum")
	}
	return p
}

// newForum reads a new forum, which may be one that the data know.
func (e *eventReader) newForum(t *document.Reader, s *scheduled) {
	id := t.Has("forum")
	if id != nil && !document.PlainID(id.Text()) {
		document.Refuse(e.problems, id, "a short word of letters, digits, - and _, in quotes")
	}
	f := e.forum(t)
	f.ID = id.Text()
	for _, name := range slices.Concat(f.Members, f.Firms, []Name{f.Sponsor, f.Chair}) {
		e.mustExist(name)
	}
	s.Forum, s.Endorsers = &f, e.parties(t, "endorsers")
}

func (e *eventReader) treaty(t *document.Reader) *events.Treaty {
	return &events.Treaty{
		Text: e.newText(t), Title: t.Text("title"), Forum: e.existing(t, "forum", "forum"),
		Position: t.Point("position", e.spec.World.Dim), Depth: t.Number("depth", document.Share, .5), Parties: e.parties(t, "parties"),
	}
}

func (e *eventReader) crisis(t *document.Reader) *events.Crisis {
	c := &events.Crisis{
		Initiator: e.existing(t, "initiator", "state"), Target: e.existing(t, "target", "state"),
		Severity: t.Number("severity", sim.Range{Min: 0, Max: 10}, 5), Blamed: e.existing(t, "blamed", "state"),
	}
	if c.Initiator != "" && c.Initiator == c.Target {
		e.problems.At(t.Get("target").Place(), "a state cannot be the target of its own incident")
	}
	return c
}

func (e *eventReader) agreement(t *document.Reader) *events.Agreement {
	channel := .5
	if t.Get("bridge") != nil || t.Get("trust") != nil || t.Get("lapse") != nil {
		channel = 0
	}
	a := &events.Agreement{
		Parties: e.parties(t, "parties"), Channel: t.Number("channel", document.Share, channel), Bridge: t.Number("bridge", document.Share, 0),
		Trust: t.Number("trust", sim.Range{Min: -1, Max: 1}, 0), Lapse: t.Flag("lapse", false),
	}
	if len(a.Parties) == 1 && strings.HasPrefix(a.Parties[0], "state.") {
		e.problems.At(t.Get("parties").Place(), "an agreement needs two states or more")
	}
	for _, key := range []string{"channel", "bridge", "trust"} {
		if n := t.Get(key); n != nil && a.Lapse {
			e.problems.At(n.Place(), "is not allowed beside lapse = true")
		}
	}
	return a
}

func (e *eventReader) war(t *document.Reader, from moment) *events.War {
	w := &events.War{
		Initiator: e.existing(t, "initiator", "state"), Target: e.existing(t, "target", "state"),
		WithInitiator: e.parties(t, "with-initiator"), WithTarget: e.parties(t, "with-target"), Until: e.warEnds(t, from),
	}
	if w.Initiator != "" && w.Initiator == w.Target {
		e.problems.At(t.Get("target").Place(), "a state cannot be at war with itself")
	}
	for _, n := range t.Items("with-target") {
		id := strings.TrimPrefix(n.Text(), "state.")
		if id == w.Initiator || slices.Contains(w.WithInitiator, "state."+id) {
			e.problems.At(n.Place(), "%s cannot be on both sides", id)
		}
	}
	return w
}

// warEnds reads the last day of a war as a tick; without one the war goes on.
func (e *eventReader) warEnds(t *document.Reader, from moment) int {
	until := e.moment(t, "until")
	if until.node == nil {
		return world.NoEnd
	}
	for _, m := range []*moment{&from, &until} {
		if !m.day.IsZero() {
			m.tick = e.spec.Calendar.At(m.day)
		}
	}
	if until.tick < from.tick {
		e.problems.At(until.node.Place(), "the war ends before it begins")
	}
	return until.tick
}

func (e *eventReader) parameter(t *document.Reader) *events.SetParameter {
	value, n := t.Has("value"), t.Has("parameter")
	if n == nil || value == nil {
		return &events.SetParameter{}
	}
	if instead := models.Instead(n.Text()); instead != "" {
		e.problems.At(n.Place(), "unknown parameter %q; %s", n.Text(), instead)
		return &events.SetParameter{}
	}
	s := &events.SetParameter{Parameter: document.OneOf(e.problems, n, "parameter", Parameters().Names())}
	if s.Parameter != "" {
		at := value.Place()
		at.Key = fmt.Sprintf("%s (%s)", at.Key, s.Parameter)
		s.Value, _ = parameter(e.problems, Parameters().Find(s.Parameter), at, value)
	}
	return s
}
