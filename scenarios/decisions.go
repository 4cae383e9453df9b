package scenarios

import (
	"slices"
	"sort"
	"strings"

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
		before, after, ok := l.inside(&until)
		if !ok || before {
			return false
		}
		if !after {
			d.Until = until.tick
		}
		if from.node != nil && until.tick < from.tick {
			l.at(until.node, "the decision ends before it begins")
			return false
		}
	}
	return inside
}

// subject is the kind of what a decision can be about.
var subject = map[string]string{
	"vote": "text", "stance": "text", "propose": "forum", "recognise": "stack", "answer": "state", "ban": "firm",
	"agree": "state", "adopt": "text", "found": "line", "renew": "forum", "sponsor": "text",
}

var yesOrNo = []string{"yes", "no"}

// replies are the words with which a decision can be answered.
var replies = map[string][]string{
	"vote": world.Votes, "stance": world.Stances, "recognise": yesOrNo, "answer": world.Rungs,
	"propose": {"nothing"}, "agree": yesOrNo, "adopt": yesOrNo, "found": yesOrNo, "renew": yesOrNo, "sponsor": yesOrNo,
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
		if what := subject[d.Decide]; what == "" {
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
	for question := range events.Questions[kind] {
		list = append(list, question)
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
	form := events.Questions[kind][d.Decide]
	given := []string{}
	for _, key := range []string{"answer", "level", "position", "depth", "mix"} {
		if r.get(key) != nil {
			given = append(given, key)
		}
	}
	wanted := l.forms(r, d.Decide)
	for _, key := range given {
		if !slices.Contains(wanted, key) {
			l.at(r.get(key), "is no answer to %q; allowed: %s", d.Decide, form)
		}
	}
	if !slices.ContainsFunc(given, func(key string) bool { return key == wanted[0] }) {
		l.add(Problem{File: r.file, Line: r.line, Key: join(r.path, wanted[0]), Message: "is missing; allowed: " + form})
	}
	switch wanted[0] {
	case "answer":
		if d.Decide == "sell" {
			d.Word = l.named(r, "answer", "stack")
		} else {
			d.Word = r.word("answer", replies[d.Decide])
		}
	case "level":
		d.Number = r.number("level", share, 0)
	case "mix":
		l.mixAnswer(r, d)
	case "position":
		d.Position = r.point("position", l.dim())
		if d.Decide == "lobby" {
			d.Number = r.number("level", share, 1)
		} else {
			d.Number = r.number("depth", share, .3)
		}
	}
}

// forms lists the keys that answer a question; the first must be given.
func (l *loader) forms(r *reader, question string) []string {
	switch question {
	case "control", "ban":
		return []string{"level"}
	case "stack", "effort":
		return []string{"mix"}
	case "lobby":
		return []string{"position", "level"}
	case "text":
		return []string{"position", "depth"}
	case "propose":
		if r.get("answer") != nil {
			return []string{"answer"}
		}
		return []string{"position", "depth"}
	}
	return []string{"answer"}
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

// Decisions documents what can be scripted: the form of the answer by kind of
// agent and question, each as "state vote".
func Decisions() []EventKey {
	var list []EventKey
	for _, kind := range []string{"state", "firm", "forum"} {
		for _, question := range questionsOf(kind) {
			list = append(list, EventKey{
				Key: kind + " " + question, Type: "answer", Allowed: events.Questions[kind][question],
				Meaning: strings.TrimSuffix("about a "+subject[question], "about a "),
			})
		}
	}
	return list
}
