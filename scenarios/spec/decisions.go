package spec

import (
	"slices"
	"sort"

	"splinternet/models/events"
	"splinternet/models/world"
	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
)

// Decision is a scripted decision. A Mix, where it has one, is its answer, and stands for
// the Position.
type Decision struct {
	events.Decision
	Mix *Mix
}

// decisionReader reads scripted decisions.
type decisionReader struct{ *reader }

// decisions reads [[decision]] and returns the tables of those that reach into the run.
func (r *decisionReader) decisions(top *document.Reader) []*document.Node {
	var tables []*document.Node
	for _, t := range top.Each("decision") {
		already := r.problems.Len()
		r.required(t, "decision")
		d := r.decision(t)
		from, until := r.moment(t, "from"), r.moment(t, "until")
		t.Done()
		if r.add(d, from, until, already) {
			tables = append(tables, t.Node)
		}
	}
	return tables
}

// add takes in a decision that reaches into the run, or with which something is wrong: then
// a builder will look at the rest of it.
func (r *decisionReader) add(d Decision, from, until moment, already int) bool {
	inside := r.span(&d.Decision, from, until)
	if inside || r.problems.Len() > already {
		r.spec.Decisions = append(r.spec.Decisions, d)
	}
	return inside
}

// span sets the ticks of a decision. It is false when none of them lies in the
// run.
func (r *decisionReader) span(d *events.Decision, from, until moment) bool {
	last := r.spec.Calendar.Ticks - 1
	d.From, d.Until = 0, last
	inside := true
	if from.node != nil {
		before, after, ok := r.inside(&from)
		if inside = ok && !after; inside && !before {
			d.From = from.tick
		}
	}
	if until.node != nil {
		if end := r.spec.Calendar.At(until.day); !until.day.IsZero() && end > last {
			until.tick = end // it holds to the end of the run and beyond, which is no mistake
		} else if before, _, ok := r.inside(&until); !ok || before {
			return false
		} else {
			d.Until = min(d.Until, until.tick)
		}
		if from.node != nil && until.tick < from.tick {
			r.problems.At(until.node.Place(), "the decision ends before it begins")
			return false
		}
	}
	return inside
}

// decision reads a scripted decision without its dates.
func (r *decisionReader) decision(t *document.Reader) Decision {
	d := Decision{Decision: events.Decision{Agent: r.decider(t)}}
	kind, _ := FirstWord(t.Get("agent").Text())
	questions := questionsOf(kind)
	decide := t.Has("decide")
	if decide != nil && questions != nil {
		d.Decide = document.OneOf(r.problems, decide, "decision of a "+kind, questions)
	}
	for _, key := range answerKeys() {
		t.Allow(key.Key)
	}
	if d.Decide == "" {
		return d
	}
	if about := t.Has("about"); about != nil {
		switch what := world.FindQuestion(kind, d.Decide).About; what {
		case "":
			r.problems.At(about.Place(), "is not allowed for this decision, which is about nothing else")
		case "line":
			d.About = document.OneOf(r.problems, about, what, words(world.Lines))
		default:
			d.About = r.mustExist(r.name(about, what))
		}
	}
	r.reply(t, &d, world.FindQuestion(kind, d.Decide))
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

// decider reads who decides.
func (r *decisionReader) decider(t *document.Reader) string {
	n := t.Has("agent")
	if n == nil {
		return ""
	}
	kind, id := FirstWord(n.Text())
	if id == "" || questionsOf(kind) == nil {
		document.Refuse(r.problems, n, `state.ID, firm.ID or forum.ID, in quotes, such as "state.IND"`)
		return ""
	}
	return kind + "." + r.mustExist(r.name(n, kind))
}

// answers lists, by form, the keys that answer a question; the first must be given.
var answers = map[world.Form][]string{
	world.OneWord: {"answer"}, world.OneLevel: {"level"}, world.OneMix: {"mix"}, world.OnePush: {"position", "level"},
	world.OneDraft: {"position", "depth"}, world.Tabling: {"position", "depth"},
}

// reply reads the answer of a decision in the form that the question asks for.
func (r *decisionReader) reply(t *document.Reader, d *Decision, question *world.Question) {
	wanted := answers[question.Form]
	if question.Form == world.Tabling && t.Get("answer") != nil {
		wanted = []string{"answer"}
	}
	for _, key := range []string{"answer", "level", "position", "depth", "mix"} {
		if n := t.Get(key); n != nil && !slices.Contains(wanted, key) {
			r.problems.At(n.Place(), "is no answer to %q; allowed: %s", d.Decide, question.Answered())
		}
	}
	if t.Get(wanted[0]) == nil {
		at := t.Node.Place()
		at.Key += "." + wanted[0]
		r.problems.Add(problem.New(at, "is missing; allowed: %s", question.Answered()))
	}
	switch wanted[0] {
	case "answer":
		if len(question.Words) == 0 {
			d.Word = r.existing(t, "answer", "stack")
		} else {
			d.Word = t.Word("answer", question.Words)
		}
	case "level":
		d.Number = t.Number("level", document.Share, 0)
	case "mix":
		d.Mix = r.mix(t, "mix")
	case "position":
		d.Position = t.Point("position", r.spec.World.Dim)
		if question.Form == world.OnePush {
			d.Number = t.Number("level", document.Share, 1)
		} else {
			d.Number = t.Number("depth", document.Share, .3)
		}
	}
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
