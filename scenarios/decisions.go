package scenarios

import (
	"slices"
	"sort"

	"splinternet/models/events"
	"splinternet/models/world"
)

// decisions reads [[decision]], and adds those that are scheduled as events.
func (l *loader) decisions(top *reader) []events.Decision {
	for _, r := range top.each("decision") {
		l.required(r, "decision")
		d := l.answer(r)
		from, until := r.moment("from"), r.moment("until")
		r.done()
		if !l.span(&d, from, until) {
			l.forget(r.node)
			continue
		}
		l.scripted = append(l.scripted, d)
	}
	return l.scripted
}

// forget takes a decision that an extending scenario has moved out of the run out
// of the tree.
func (l *loader) forget(n *node) {
	at := l.root.get("decision")
	at.nodes = slices.DeleteFunc(at.nodes, func(other *node) bool { return other == n })
}

// span sets the ticks of a decision. It is false when none of them lies in the
// run.
func (l *loader) span(d *events.Decision, from, until when) bool {
	d.From, d.Until = 0, l.calendar.Ticks-1
	inside := true
	if from.node != nil {
		before, after, ok := l.inside(&from)
		if inside = ok && !after; inside && !before {
			d.From = from.tick
		}
	}
	if until.node != nil {
		if end := l.calendar.At(until.day); !until.day.IsZero() && end > l.calendar.Ticks-1 {
			until.tick = end // it holds to the end of the run and beyond, which is no mistake
		} else if before, _, ok := l.inside(&until); !ok || before {
			return false
		} else {
			d.Until = min(d.Until, until.tick)
		}
		if from.node != nil && until.tick < from.tick {
			l.at(until.node, "the decision ends before it begins")
			return false
		}
	}
	return inside
}

// answer reads a scripted decision without its dates.
func (l *loader) answer(r *reader) events.Decision {
	d := events.Decision{Agent: l.agent(r)}
	kind, _ := firstWord(r.get("agent").text())
	questions := questionsOf(kind)
	decide := r.has("decide")
	if decide != nil && questions != nil {
		d.Decide = l.oneOf(decide, "decision of a "+kind, questions)
	}
	for _, key := range answerKeys() {
		r.also = append(r.also, key.Key)
	}
	if d.Decide == "" {
		return d
	}
	if about := r.has("about"); about != nil {
		if what := world.FindQuestion(kind, d.Decide).About; what == "" {
			l.at(about, "is not allowed for this decision, which is about nothing else")
		} else if what == "line" {
			d.About = l.oneOf(about, what, words(world.Lines))
		} else {
			d.About = l.id(about, what)
		}
	}
	l.reply(r, &d, kind)
	return d
}

func questionsOf(kind string) []string {
	var list []string
	for _, q := range world.Questions {
		if q.Agent == kind {
			list = append(list, q.Decide)
		}
	}
	sort.Strings(list)
	return list
}

// agent reads who decides.
func (l *loader) agent(r *reader) string {
	n := r.has("agent")
	if n == nil {
		return ""
	}
	kind, id := firstWord(n.text())
	if id == "" || questionsOf(kind) == nil {
		l.wrong(n, `state.ID, firm.ID or forum.ID, in quotes, such as "state.IND"`)
		return ""
	}
	if l.id(n, kind) == "" {
		return ""
	}
	return kind + "." + id
}

// reply reads the answer of a decision in the form that the question asks for.
func (l *loader) reply(r *reader, d *events.Decision, kind string) {
	question := world.FindQuestion(kind, d.Decide)
	given := []string{}
	for _, key := range []string{"answer", "level", "position", "depth", "mix"} {
		if r.get(key) != nil {
			given = append(given, key)
		}
	}
	wanted := answers[question.Form]
	if question.Form == world.Tabling && r.get("answer") != nil {
		wanted = []string{"answer"}
	}
	for _, key := range given {
		if !slices.Contains(wanted, key) {
			l.at(r.get(key), "is no answer to %q; allowed: %s", d.Decide, question.Answered())
		}
	}
	if !slices.ContainsFunc(given, func(key string) bool { return key == wanted[0] }) {
		l.add(Problem{File: r.file, Line: r.line, Key: join(r.path, wanted[0]), Message: "is missing; allowed: " + question.Answered()})
	}
	switch wanted[0] {
	case "answer":
		if len(question.Words) == 0 {
			d.Word = l.named(r, "answer", "stack")
		} else {
			d.Word = r.word("answer", question.Words)
		}
	case "level":
		d.Number = r.number("level", share, 0)
	case "mix":
		l.mixAnswer(r, d)
	case "position":
		d.Position = r.point("position", l.dim())
		if question.Form == world.OnePush {
			d.Number = r.number("level", share, 1)
		} else {
			d.Number = r.number("depth", share, .3)
		}
	}
}

// answers lists, by form, the keys that answer a question; the first must be given.
var answers = map[world.Form][]string{
	world.OneWord: {"answer"}, world.OneLevel: {"level"}, world.OneMix: {"mix"}, world.OnePush: {"position", "level"},
	world.OneDraft: {"position", "depth"}, world.Tabling: {"position", "depth"},
}

func (l *loader) mixAnswer(r *reader, d *events.Decision) {
	n := r.has("mix")
	if n == nil || l.world == nil {
		return
	}
	names := stackIDs(l.world)
	if d.Decide == "effort" {
		names = world.EffortNames
	}
	d.Position = make([]float64, len(names))
	l.mix(n, names, d.Position)
}

// Decisions documents what can be scripted: by agent and decision, each as "state
// vote", the question, and the form of the answer.
func Decisions() []EventKey {
	var list []EventKey
	for _, q := range world.Questions {
		list = append(list, EventKey{Key: q.Agent + " " + q.Decide, Type: q.When, Allowed: q.Answered(), Meaning: q.Asks})
	}
	return list
}
