package world

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/voting"
)

// The Ask methods put a question to the rule of an agent. Where the answer differs
// from the model's, the chronicle says so, once for as long as the answer stays.

// AskVote asks state i for its vote on text t.
func (w *World) AskVote(i, t int, model voting.Vote) voting.Vote {
	if w.Rules.State == nil {
		return model
	}
	answer := w.Rules.OfState(i).Vote(w, i, t, model)
	if answer != model && w.Chronicle.On {
		w.decided(i, "vote", w.Texts[t].ID, fmt.Sprintf("%s on %s; left to itself it would have %s.",
			[...]string{"votes no", "abstains", "votes yes", "stays away from the vote"}[answer], w.Texts[t].Called(),
			[...]string{"voted no", "abstained", "voted yes", "stayed away"}[model]))
	}
	return answer
}

// AskStance asks state i what it does about text t of a forum that seeks consensus.
func (w *World) AskStance(i, t int, model Stance) Stance {
	if w.Rules.State == nil {
		return model
	}
	answer := w.Rules.OfState(i).Stance(w, i, t, model)
	if answer != model && w.Chronicle.On {
		w.decided(i, "stance", w.Texts[t].ID, [...]string{"goes along with", "lets pass, but disowns,", "breaks consensus on"}[answer]+" "+w.Texts[t].Called()+".")
	}
	return answer
}

// AskPropose asks state i what it tables in forum k; a nil draft is nothing.
func (w *World) AskPropose(i, k int, model *Draft) *Draft {
	if w.Rules.State == nil {
		return model
	}
	answer := w.Rules.OfState(i).Propose(w, i, k, model)
	if answer != model && w.Chronicle.On {
		what := "tables nothing in the " + w.Forums[k].Name + ", though it could."
		if answer != nil {
			what = fmt.Sprintf("tables a text of its own choice in the %s: %s.", w.Forums[k].Name, w.Terms(answer.Position, answer.Depth))
		}
		w.decided(i, "propose", w.Forums[k].ID, what)
	}
	return answer
}

// AskSponsor asks state i whether it co-sponsors text t.
func (w *World) AskSponsor(i, t int, model bool) bool {
	if w.Rules.State == nil {
		return model
	}
	return w.chose(i, "sponsor", w.Texts[t].ID, model, w.Rules.OfState(i).Sponsor(w, i, t, model), func() (string, string) {
		return "co-sponsors " + w.Texts[t].Called(), "keeps its name off " + w.Texts[t].Called()
	})
}

// AskAdopt asks state i whether it endorses or ratifies text t.
func (w *World) AskAdopt(i, t int, model bool) bool {
	if w.Rules.State == nil {
		return model
	}
	text := &w.Texts[t]
	answer, verb := w.Rules.OfState(i).Adopt(w, i, t, model), "joins "
	if text.Binding {
		if answer && (text.Open || text.Adherence[i] != Outside) {
			return true // a ratification is told with those of the year
		}
		verb = "signs "
	}
	return w.chose(i, "adopt", text.ID, model, answer, func() (string, string) {
		return verb + text.Called(), "stays outside " + text.Called()
	})
}

// AskFound asks state i whether it joins in founding a rival on a line.
func (w *World) AskFound(i int, line Line, model bool) bool {
	if w.Rules.State == nil {
		return model
	}
	return w.chose(i, "found", string(line), model, w.Rules.OfState(i).Found(w, i, line, model), func() (string, string) {
		return "is ready to found a forum on " + line.Words(), "will not join in founding a forum on " + line.Words()
	})
}

// AskJoin asks state i whether it becomes a member of forum k.
func (w *World) AskJoin(i, k int, model bool) bool {
	if w.Rules.State == nil {
		return model
	}
	return w.chose(i, "join", w.Forums[k].ID, model, w.Rules.OfState(i).Join(w, i, k, model), func() (string, string) {
		return "joins the " + w.Forums[k].Name, "stays out of the " + w.Forums[k].Name
	})
}

// AskRenew asks state i whether it wants the mandate of forum k renewed.
func (w *World) AskRenew(i, k int, model bool) bool {
	if w.Rules.State == nil {
		return model
	}
	return w.chose(i, "renew", w.Forums[k].ID, model, w.Rules.OfState(i).Renew(w, i, k, model), func() (string, string) {
		return "wants the mandate of the " + w.Forums[k].Name + " renewed", "wants no renewal of the " + w.Forums[k].Name
	})
}

// AskLeave asks state i whether it leaves forum k.
func (w *World) AskLeave(i, k int, model bool) bool {
	if w.Rules.State == nil {
		return model
	}
	return w.chose(i, "leave", w.Forums[k].ID, model, w.Rules.OfState(i).Leave(w, i, k, model), func() (string, string) {
		return "decides to leave the " + w.Forums[k].Name, "stays in the " + w.Forums[k].Name
	})
}

// AskEffort asks state i how its diplomats split their time.
func (w *World) AskEffort(i int, model [Efforts]float64) [Efforts]float64 {
	if w.Rules.State == nil {
		return model
	}
	answer := w.Rules.OfState(i).Effort(w, i, model)
	if answer != model && w.Chronicle.On {
		parts := make([]string, 0, Efforts)
		for k, x := range answer {
			parts = append(parts, fmt.Sprintf("%.0f %% %s", 100*x, [...]string{"building consensus", "building bridges", "bilateral work", "coalitions"}[k]))
		}
		w.decided(i, "effort", "", "splits the time of its diplomats: "+strings.Join(parts, ", ")+".")
	}
	return answer
}

// AskAgree asks state i whether it enters, or stays in, an agreement with state j.
func (w *World) AskAgree(i, j int, model bool) bool {
	if w.Rules.State == nil {
		return model
	}
	return w.chose(i, "agree", w.StateID(j), model, w.Rules.OfState(i).Agree(w, i, j, model), func() (string, string) {
		return "is ready for an agreement with " + w.Called(j), "wants no agreement with " + w.Called(j)
	})
}

// AskBan asks state i how strictly it restricts firm f. What comes of it is told
// with the bans of the year.
func (w *World) AskBan(i, f int, model float64) float64 {
	if w.Rules.State == nil {
		return model
	}
	return min(1, max(0, w.Rules.OfState(i).Ban(w, i, f, model)))
}

// AskRecognise asks state i whether it accepts stack s as a standard.
func (w *World) AskRecognise(i, s int, model bool) bool {
	if w.Rules.State == nil {
		return model
	}
	return w.chose(i, "recognise", w.Stacks[s].ID, model, w.Rules.OfState(i).Recognise(w, i, s, model), func() (string, string) {
		return "accepts " + w.Stacks[s].Name + " as a standard", "does not accept " + w.Stacks[s].Name + " as a standard"
	})
}

// AskStack asks state i for the mix of stacks that it steers to.
func (w *World) AskStack(i int, model []float64) []float64 {
	if w.Rules.State == nil || w.Rules.State[i] == nil {
		return model
	}
	if !w.Chronicle.On {
		return w.Rules.State[i].StackTarget(w, i, model)
	}
	before := slices.Clone(model) // the rule may change it in place
	answer := w.Rules.State[i].StackTarget(w, i, model)
	if !slices.Equal(answer, before) {
		parts := make([]string, 0, len(answer))
		for s, x := range answer {
			parts = append(parts, fmt.Sprintf("%.0f %% on %s", 100*x, w.Stacks[s].Name))
		}
		w.decided(i, "stack", "", "steers its network to "+strings.Join(parts, ", ")+".")
	}
	return answer
}

// AskControl asks state i for the level of boundary controls that it wants.
func (w *World) AskControl(i int, model float64) float64 {
	if w.Rules.State == nil {
		return model
	}
	answer := min(1, max(0, w.Rules.OfState(i).Control(w, i, model)))
	if answer != model && w.Chronicle.On {
		w.decided(i, "control", "", fmt.Sprintf("sets its boundary controls at %.0f %% of a closed border.", 100*answer))
	}
	return answer
}

// AskAnswer asks state i for the rung that it climbs to against the state that it
// blames. The response itself is told with the incident.
func (w *World) AskAnswer(i, blamed int, severity float64, model uint8) uint8 {
	if w.Rules.State == nil {
		return model
	}
	answer := min(CrossDomain, w.Rules.OfState(i).Answer(w, i, blamed, severity, model))
	if answer < model && w.Chronicle.On {
		w.decided(i, "answer", w.StateID(blamed), fmt.Sprintf("holds back against %s and stops at: %s.", w.Called(blamed), Rungs[answer]))
	}
	return answer
}

// AskSell asks firm f which stack it sells.
func (w *World) AskSell(f, model int) int {
	if w.Rules.Firm == nil {
		return model
	}
	answer := w.Rules.OfFirm(f).Sell(w, f, model)
	if answer < 0 || answer >= len(w.Stacks) {
		return model
	}
	if answer != model && w.Chronicle.On {
		w.decidedBy(w.Rules.ByFirm(f), w.Firms.ID[f], w.Firms.Name[f], "sell", "", "sells "+w.Stacks[answer].Name+" from now on.", w.Firms.Served[f])
	}
	return answer
}

// AskLobby asks firm f what it lobbies for. An answer with too many or too few
// dimensions leaves the position to the model.
func (w *World) AskLobby(f int, model Pressure) Pressure {
	if w.Rules.Firm == nil {
		return model
	}
	answer := w.Rules.OfFirm(f).Lobby(w, f, model)
	answer.Strength = min(1, max(0, answer.Strength))
	if len(answer.Position) != w.Dim {
		answer.Position = model.Position
	}
	if w.Chronicle.On && (answer.Strength != model.Strength || !slices.Equal(answer.Position, model.Position)) {
		w.decidedBy(w.Rules.ByFirm(f), w.Firms.ID[f], w.Firms.Name[f], "lobby", "",
			fmt.Sprintf("lobbies the states that it serves for %s, with %.0f %% of what a firm can do.", w.Place(answer.Position), 100*answer.Strength), w.Firms.Served[f])
	}
	return answer
}

// AskSign asks firm f whether it signs, or stays in, an accord. What comes of it is
// told with the accord.
func (w *World) AskSign(f, t int, model bool) bool {
	if w.Rules.Firm == nil {
		return model
	}
	return w.Rules.OfFirm(f).Sponsor(w, f, t, model)
}

// AskRepresent asks firm f whether it opens, or keeps, a representation at forum k.
// What comes of it is told where it happens.
func (w *World) AskRepresent(f, k int, model bool) bool {
	if w.Rules.Firm == nil {
		return model
	}
	return w.Rules.OfFirm(f).Represent(w, f, k, model)
}

// AskText asks the chair of forum k for the draft that it puts to the members.
func (w *World) AskText(k int, model Draft) Draft {
	if w.Rules.Chair == nil && w.Rules.Future == nil {
		return model
	}
	rule := w.Rules.OfChair(k, w.Forums[k].ID)
	answer := rule.Text(w, k, model)
	if w.Chronicle.On && (answer.Depth != model.Depth || !slices.Equal(answer.Position, model.Position)) {
		w.decidedBy(by(rule), w.Forums[k].ID, "The chair of the "+w.Forums[k].Name, "text", "", "puts a draft of its own to the members: "+w.Terms(answer.Position, answer.Depth)+".", .1)
	}
	return answer
}

// chose notes an answer of yes or no that differs from the model's, in the words
// for either.
func (w *World) chose(i int, decide, about string, model, answer bool, words func() (yes, no string)) bool {
	if answer == model || !w.Chronicle.On {
		return answer
	}
	what, not := words()
	if !answer {
		what = not
	}
	w.decided(i, decide, about, what+".")
	return answer
}

// decided notes what state i decides in place of the model.
func (w *World) decided(i int, decide, about, what string) {
	w.decidedBy(w.Rules.ByState(i), w.States.ID[i], w.Called(i), decide, about, what, w.Weight(i))
}

// decidedBy notes a decision of an agent, unless it is the one noted last.
func (w *World) decidedBy(by, id, name, decide, about, what string, share float64) {
	noted := Slot[decided](w, "decisions")
	key := id + " " + decide + " " + about
	if noted.Answers[key] == what {
		return
	}
	if noted.Answers == nil {
		noted.Answers = map[string]string{}
	}
	noted.Answers[key] = what
	w.Add(Entry{Kind: "decision", Name: decide, Actors: []string{id}, Text: name + " " + what, Weight: min(1, share/4), By: by})
}

// decided is the last answer noted of each agent and decision.
type decided struct{ Answers map[string]string }
