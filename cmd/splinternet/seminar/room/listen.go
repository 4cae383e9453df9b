package room

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/voting"
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

// ear notes what delegations are asked.
type ear struct {
	asked []Asked
	texts map[string]TextFacts
}

// attach puts a listener before the rule of every agent that is listed.
func (e *ear) attach(agents []string) func(w *world.World, rules *world.Rules) {
	return func(w *world.World, rules *world.Rules) {
		// The rules are those of the initial world; lists are made as long as needed.
		state, firm, chair := slices.Clone(rules.State), slices.Clone(rules.Firm), slices.Clone(rules.Chair)
		future := map[string]world.ChairRule{}
		for id, rule := range rules.Future {
			future[id] = rule
		}
		for _, agent := range agents {
			kind, id, _ := strings.Cut(agent, ".")
			switch kind {
			case "state":
				if i := w.FindState(id); i >= 0 {
					state = stretch(state, w.States.N)
					state[i] = stateEar{rules.OfState(i), agent, e}
				}
			case "firm":
				if f := w.FindFirm(id); f >= 0 {
					firm = stretch(firm, w.Firms.N)
					firm[f] = firmEar{rules.OfFirm(f), agent, e}
				}
			case "forum":
				if k := w.FindForum(id); k >= 0 {
					chair = stretch(chair, len(w.Forums))
					chair[k] = chairEar{rules.OfChair(k, id), agent, e}
				} else {
					future[id] = chairEar{rules.OfChair(1<<30, id), agent, e}
				}
			}
		}
		rules.State, rules.Firm, rules.Chair, rules.Future = state, firm, chair, future
	}
}

func stretch[T any](list []T, n int) []T {
	return append(list, make([]T, max(0, n-len(list)))...)
}

func (e *ear) note(w *world.World, agent, decide, about, model, given string) {
	e.asked = append(e.asked, Asked{Agent: agent, Tick: w.Tick, Decide: decide, About: about, Model: model, Given: given})
}

// read notes what a text is like when it is asked about.
func (e *ear) read(w *world.World, t int) string {
	text := &w.Texts[t]
	f := &w.Forums[text.Forum]
	if known, ok := e.texts[text.ID]; !ok || known.Depth != text.Depth || known.Position != text.Position[0] {
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
		e.texts[text.ID] = facts
	}
	return text.ID
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// stateEar asks the rule behind it and notes question and answers. Questions that
// it does not know go to the rule behind it without a note.
type stateEar struct {
	world.StateRule
	agent string
	ear   *ear
}

func (s stateEar) Vote(w *world.World, state, text int, model voting.Vote) voting.Vote {
	given := s.StateRule.Vote(w, state, text, model)
	s.ear.note(w, s.agent, "vote", s.ear.read(w, text), model.String(), given.String())
	return given
}

func (s stateEar) Stance(w *world.World, state, text int, model world.Stance) world.Stance {
	given := s.StateRule.Stance(w, state, text, model)
	s.ear.note(w, s.agent, "stance", s.ear.read(w, text), model.String(), given.String())
	return given
}

func (s stateEar) Recognise(w *world.World, state, stack int, model bool) bool {
	given := s.StateRule.Recognise(w, state, stack, model)
	s.ear.note(w, s.agent, "recognise", w.Stacks[stack].ID, yes(model), yes(given))
	return given
}

func (s stateEar) StackTarget(w *world.World, state int, model []float64) []float64 {
	own := slices.Clone(model)
	given := s.StateRule.StackTarget(w, state, model)
	parts := make([]string, len(w.Stacks))
	for k := range w.Stacks {
		parts[k] = w.Stacks[k].ID
	}
	s.ear.note(w, s.agent, "stack", "", mixWords(own, parts), mixWords(given, parts))
	s.ear.asked[len(s.ear.asked)-1].Mix = own
	return given
}

func (s stateEar) Control(w *world.World, state int, model float64) float64 {
	given := s.StateRule.Control(w, state, model)
	s.ear.note(w, s.agent, "control", "", percent(model), percent(given))
	return given
}

func (s stateEar) Answer(w *world.World, state, blamed int, severity float64, model uint8) uint8 {
	given := s.StateRule.Answer(w, state, blamed, severity, model)
	s.ear.note(w, s.agent, "answer", w.StateID(blamed), world.Rungs[model], world.Rungs[given])
	return given
}

func (s stateEar) Ban(w *world.World, state, firm int, model float64) float64 {
	given := s.StateRule.Ban(w, state, firm, model)
	s.ear.note(w, s.agent, "ban", w.Firms.ID[firm], banWords(model), banWords(given))
	return given
}

func (s stateEar) Effort(w *world.World, state int, model [world.Efforts]float64) [world.Efforts]float64 {
	given := s.StateRule.Effort(w, state, model)
	s.ear.note(w, s.agent, "effort", "", mixWords(model[:], world.EffortNames), mixWords(given[:], world.EffortNames))
	s.ear.asked[len(s.ear.asked)-1].Mix = slices.Clone(model[:])
	return given
}

func (s stateEar) Agree(w *world.World, state, partner int, model bool) bool {
	given := s.StateRule.Agree(w, state, partner, model)
	s.ear.note(w, s.agent, "agree", w.StateID(partner), yes(model), yes(given))
	return given
}

func (s stateEar) Adopt(w *world.World, state, text int, model bool) bool {
	given := s.StateRule.Adopt(w, state, text, model)
	s.ear.note(w, s.agent, "adopt", s.ear.read(w, text), yes(model), yes(given))
	return given
}

func (s stateEar) Found(w *world.World, state int, line world.Line, model bool) bool {
	given := s.StateRule.Found(w, state, line, model)
	s.ear.note(w, s.agent, "found", string(line), yes(model), yes(given))
	return given
}

func (s stateEar) Renew(w *world.World, state, forum int, model bool) bool {
	given := s.StateRule.Renew(w, state, forum, model)
	s.ear.note(w, s.agent, "renew", w.Forums[forum].ID, yes(model), yes(given))
	return given
}

func (s stateEar) Sponsor(w *world.World, state, text int, model bool) bool {
	given := s.StateRule.Sponsor(w, state, text, model)
	s.ear.note(w, s.agent, "sponsor", s.ear.read(w, text), yes(model), yes(given))
	return given
}

func (s stateEar) Join(w *world.World, state, forum int, model bool) bool {
	given := s.StateRule.Join(w, state, forum, model)
	s.ear.note(w, s.agent, "join", w.Forums[forum].ID, yes(model), yes(given))
	return given
}

func (s stateEar) Leave(w *world.World, state, forum int, model bool) bool {
	given := s.StateRule.Leave(w, state, forum, model)
	s.ear.note(w, s.agent, "leave", w.Forums[forum].ID, yes(model), yes(given))
	return given
}

// firmEar is the same for a firm.
type firmEar struct {
	world.FirmRule
	agent string
	ear   *ear
}

func (f firmEar) Sell(w *world.World, firm int, model int) int {
	given := f.FirmRule.Sell(w, firm, model)
	f.ear.note(w, f.agent, "sell", "", w.Stacks[model].ID, w.Stacks[given].ID)
	return given
}

func (f firmEar) Lobby(w *world.World, firm int, model world.Pressure) world.Pressure {
	own := pressure(model)
	given := f.FirmRule.Lobby(w, firm, model)
	f.ear.note(w, f.agent, "lobby", "", own, pressure(given))
	return given
}

func pressure(p world.Pressure) string {
	if len(p.Position) == 0 {
		return "none"
	}
	return fmt.Sprintf("position %s, strength %s", percent(p.Position[0]), percent(p.Strength))
}

func (f firmEar) Sponsor(w *world.World, firm, text int, model bool) bool {
	given := f.FirmRule.Sponsor(w, firm, text, model)
	f.ear.note(w, f.agent, "sponsor", f.ear.read(w, text), yes(model), yes(given))
	return given
}

func (f firmEar) Represent(w *world.World, firm, forum int, model bool) bool {
	given := f.FirmRule.Represent(w, firm, forum, model)
	f.ear.note(w, f.agent, "represent", w.Forums[forum].ID, yes(model), yes(given))
	return given
}

// chairEar is the same for the chair of a forum.
type chairEar struct {
	world.ChairRule
	agent string
	ear   *ear
}

func (c chairEar) Text(w *world.World, forum int, model world.Draft) world.Draft {
	own := draftWords(model)
	given := c.ChairRule.Text(w, forum, model)
	c.ear.note(w, c.agent, "text", "", own, draftWords(given))
	return given
}

func draftWords(d world.Draft) string {
	return fmt.Sprintf("position %s, depth %s", percent(d.Position[0]), percent(d.Depth))
}
