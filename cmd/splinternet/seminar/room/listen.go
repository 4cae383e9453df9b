package room

import (
	"fmt"
	"slices"

	"splinternet/models/world"
)

// Asked is a question that a mechanism put to a delegation, with what the model
// would have answered and what was answered.
type Asked struct {
	Agent  string
	Tick   int
	Decide string
	About  string
	Model  string // in words
	Given  string
	Mix    []float64 // the model's shares, where it is asked for shares
}

// Own tells whether the delegation answered otherwise than the model.
func (a *Asked) Own() bool { return a.Model != a.Given }

// TextFacts is what is known of a text when it is asked about.
type TextFacts struct {
	ID, Title string
	Kind      world.TextKind
	Line      world.Line
	Forum     string // name of the forum
	ForumID   string
	Rule      world.DecisionRule
	Sponsors  []string // names
	Position  float64
	Depth     float64
	Binding   bool
	Tick      int // when it is asked about first
}

// transcript notes what delegations are asked.
type transcript struct {
	asked []Asked
	texts map[string]TextFacts
}

// attach puts a listener before the rule of every agent that is listed.
func (t *transcript) attach(agents []string) func(w *world.World, rules *world.Rules) {
	return func(w *world.World, rules *world.Rules) {
		for _, agent := range agents {
			rules.Install(w, agent, func(before world.Rule) world.Rule { return listener{agent, before, t} })
		}
	}
}

// listener asks the rule behind it, nil for the model's, and notes question and
// answers.
type listener struct {
	agent      string
	behind     world.Rule
	transcript *transcript
}

// By tells who decides behind the listener.
func (l listener) By() string { return world.By(l.behind) }

// Decide notes what the agent is asked and what is answered. What it tables is not
// noted: a text is on the table for all to see.
func (l listener) Decide(w *world.World, asked world.Asked) world.Answer {
	note := Asked{
		Agent: l.agent, Tick: w.Tick, Decide: asked.Decide, About: asked.ID(w),
		Model: answerWords(w, asked.Question, asked.Model), Mix: slices.Clone(asked.Model.Mix),
	}
	given := asked.Model
	if l.behind != nil {
		given = l.behind.Decide(w, asked)
	}
	if asked.Question == world.ProposeQuestion {
		return given
	}
	if asked.Question.About == "text" {
		l.transcript.read(w, asked.About)
	}
	note.Given = answerWords(w, asked.Question, given)
	l.transcript.asked = append(l.transcript.asked, note)
	return given
}

// answerWords is an answer as phones and tables show it.
func answerWords(w *world.World, q *world.Question, a world.Answer) string {
	switch q.Form {
	case world.OneLevel:
		if q == world.BanQuestion {
			return banWords(a.Level)
		}
		return percent(a.Level)
	case world.OneMix:
		parts := q.Words
		if len(parts) == 0 {
			for k := range w.Stacks {
				parts = append(parts, w.Stacks[k].ID)
			}
		}
		return mixWords(a.Mix, parts)
	case world.OneDraft:
		return fmt.Sprintf("position %s, depth %s", percent(a.Draft.Position[0]), percent(a.Draft.Depth))
	case world.OnePush:
		if len(a.Pressure.Position) == 0 {
			return "none"
		}
		return fmt.Sprintf("position %s, strength %s", percent(a.Pressure.Position[0]), percent(a.Pressure.Strength))
	}
	return a.Word
}

// read notes what a text is like when it is asked about.
func (t *transcript) read(w *world.World, about int) {
	text := &w.Texts[about]
	f := &w.Forums[text.Forum]
	if known, ok := t.texts[text.ID]; !ok || known.Depth != text.Depth || known.Position != text.Position[0] {
		facts := TextFacts{
			ID: text.ID, Title: text.Title, Kind: text.Kind, Line: text.Line, Forum: f.Name, ForumID: f.ID, Rule: f.Rule,
			Position: text.Position[0], Depth: text.Depth, Binding: text.Binding, Tick: w.Tick,
		}
		if ok {
			facts.Tick = known.Tick
		}
		for _, i := range text.Sponsors {
			facts.Sponsors = append(facts.Sponsors, w.States.Name[i])
		}
		for _, k := range text.Firms {
			facts.Sponsors = append(facts.Sponsors, w.Firms.Name[k])
		}
		t.texts[text.ID] = facts
	}
}
