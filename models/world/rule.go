package world

import (
	"maps"
	"slices"
	"strings"
)

// Rule answers for an agent: a state, a firm or the chair of a forum. A rule that
// also has a method By() string says by it who decides; without, it is "scenario".
type Rule interface {
	// Decide answers one question. Whoever has no view of it returns asked.Model.
	Decide(w *World, asked Asked) Answer
}

// Asked is one question as it is put to an agent.
type Asked struct {
	*Question
	Agent    int     // number of the state, the firm, or the forum whose chair is asked
	About    int     // number of the text, forum, stack, firm or state that it is about, or of the line in Lines; -1: nothing else
	Severity float64 // of the incident that is answered, 0-10
	Model    Answer  // what the model would answer; the mix is the rule's to change in place
}

// ID is the identifier of what the question is about, "" for nothing else.
func (a *Asked) ID(w *World) string {
	switch a.Question.About {
	case "text":
		return w.Texts[a.About].ID
	case "forum":
		return w.Forums[a.About].ID
	case "line":
		return string(Lines[a.About])
	case "stack":
		return w.Stacks[a.About].ID
	case "firm":
		return w.Firms.ID[a.About]
	case "state":
		return w.StateID(a.About)
	}
	return ""
}

// Answer is the answer to a question. Which of the fields counts depends on its form.
type Answer struct {
	Word     string    // OneWord: one of the question's, or the name of a stack
	Level    float64   // OneLevel, [0, 1]
	Mix      []float64 // OneMix: shares that sum to 1
	Draft    *Draft    // OneDraft; Tabling, where nil is nothing
	Pressure Pressure  // OnePush
}

// YesOrNo is the answer to a question of yes or no.
func YesOrNo(yes bool) Answer {
	if yes {
		return Answer{Word: "yes"}
	}
	return Answer{Word: "no"}
}

// Same tells whether two answers to a question of a form are the same.
func (f Form) Same(a, b Answer) bool {
	switch f {
	case OneWord:
		return a.Word == b.Word
	case OneLevel:
		return a.Level == b.Level
	case OneMix:
		return slices.Equal(a.Mix, b.Mix)
	case OneDraft:
		return a.Draft.Depth == b.Draft.Depth && slices.Equal(a.Draft.Position, b.Draft.Position)
	case Tabling:
		return a.Draft == b.Draft
	case OnePush:
		return a.Pressure.Strength == b.Pressure.Strength && slices.Equal(a.Pressure.Position, b.Pressure.Position)
	}
	panic("world: there is no form " + string(f))
}

// Rules holds the agents that do not leave their decisions to the model; a nil
// entry, or a nil slice, leaves them to it.
type Rules struct {
	State []Rule
	Firm  []Rule
	Chair []Rule
	// Future holds, by identifier, the rules of chairs of forums that the catalogue
	// knows and that do not exist at the start.
	Future map[string]Rule
}

// OfState returns the rule of state i, nil for the model's.
func (r *Rules) OfState(i int) Rule { return ruleOf(r.State, i) }

// OfFirm returns the rule of firm f, nil for the model's.
func (r *Rules) OfFirm(f int) Rule { return ruleOf(r.Firm, f) }

// OfChair returns the rule of the chair of forum k, nil for the model's; forums born
// during the run are the model's, but for those of the catalogue.
func (r *Rules) OfChair(k int, id string) Rule {
	if rule := r.Future[id]; rule != nil {
		return rule
	}
	return ruleOf(r.Chair, k)
}

func ruleOf(list []Rule, k int) Rule {
	if k >= len(list) {
		return nil
	}
	return list[k]
}

// Install sets the rule of an agent, state.ID, firm.ID or forum.ID (its chair), to what
// make makes of the one that it has, nil for the model's. It is false where the world has
// no such agent, now or in its catalogue of forums. The lists of rules are not shared
// with a copy from before.
func (r *Rules) Install(w *World, agent string, make func(before Rule) Rule) bool {
	kind, id, _ := strings.Cut(agent, ".")
	switch kind {
	case "state":
		return install(&r.State, w.States.N, w.FindState(id), make)
	case "firm":
		return install(&r.Firm, w.Firms.N, w.FindFirm(id), make)
	case "forum":
		if w.FindForum(id) >= 0 {
			return install(&r.Chair, len(w.Forums), w.FindForum(id), make)
		}
		if slices.ContainsFunc(w.Catalogue, func(f Forum) bool { return f.ID == id }) {
			future := maps.Clone(r.Future)
			if future == nil {
				future = map[string]Rule{}
			}
			future[id] = make(future[id])
			r.Future = future
			return true
		}
	}
	return false
}

func install(list *[]Rule, n, k int, rule func(before Rule) Rule) bool {
	if k < 0 {
		return false
	}
	own := make([]Rule, max(n, len(*list)))
	copy(own, *list)
	own[k], *list = rule(own[k]), own
	return true
}

// ByState tells who decides for state i: "model", "scenario", or what its rule says.
func (r *Rules) ByState(i int) string { return By(r.OfState(i)) }

// ByFirm tells who decides for firm f.
func (r *Rules) ByFirm(f int) string { return By(r.OfFirm(f)) }

// By tells who decides by a rule: "model" for none, "scenario", or what it says.
func By(rule Rule) string {
	if rule == nil {
		return "model"
	}
	if author, says := rule.(interface{ By() string }); says {
		return author.By()
	}
	return "scenario"
}
