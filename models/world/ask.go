package world

import (
	"slices"

	"splinternet/models/voting"
)

// The Ask methods put a question to the rule of an agent. An answer that is none is
// the model's. Where it differs from the model's, that is a fact.

// AskVote asks state i for its vote on text t.
func (w *World) AskVote(i, t int, model voting.Vote) voting.Vote {
	rule := w.Rules.OfState(i)
	if rule == nil {
		return model
	}
	return voting.Vote(slices.Index(voting.Votes, w.ask(rule, Asked{Question: VoteQuestion, Agent: i, About: t, Model: Answer{Word: model.String()}}).Word))
}

// AskStance asks state i what it does about text t of a forum that seeks consensus.
func (w *World) AskStance(i, t int, model Stance) Stance {
	rule := w.Rules.OfState(i)
	if rule == nil {
		return model
	}
	return Stance(slices.Index(Stances, w.ask(rule, Asked{Question: StanceQuestion, Agent: i, About: t, Model: Answer{Word: model.String()}}).Word))
}

// AskPropose asks state i what it tables in forum k; a nil draft is nothing.
func (w *World) AskPropose(i, k int, model *Draft) *Draft {
	rule := w.Rules.OfState(i)
	if rule == nil {
		return model
	}
	return w.ask(rule, Asked{Question: ProposeQuestion, Agent: i, About: k, Model: Answer{Draft: model}}).Draft
}

// AskSponsor asks state i whether it co-sponsors text t.
func (w *World) AskSponsor(i, t int, model bool) bool {
	return w.askState(SponsorQuestion, i, t, model)
}

// AskAdopt asks state i whether it endorses or ratifies text t.
func (w *World) AskAdopt(i, t int, model bool) bool { return w.askState(AdoptQuestion, i, t, model) }

// AskFound asks state i whether it joins in founding a rival on a line.
func (w *World) AskFound(i int, line Line, model bool) bool {
	return w.askState(FoundQuestion, i, slices.Index(Lines, line), model)
}

// AskJoin asks state i whether it becomes a member of forum k.
func (w *World) AskJoin(i, k int, model bool) bool { return w.askState(JoinQuestion, i, k, model) }

// AskRenew asks state i whether it wants the mandate of forum k renewed.
func (w *World) AskRenew(i, k int, model bool) bool { return w.askState(RenewQuestion, i, k, model) }

// AskLeave asks state i whether it leaves forum k.
func (w *World) AskLeave(i, k int, model bool) bool { return w.askState(LeaveQuestion, i, k, model) }

// AskAgree asks state i whether it enters, or stays in, an agreement with state j.
func (w *World) AskAgree(i, j int, model bool) bool { return w.askState(AgreeQuestion, i, j, model) }

// AskRecognise asks state i whether it accepts stack s as a standard.
func (w *World) AskRecognise(i, s int, model bool) bool {
	return w.askState(RecogniseQuestion, i, s, model)
}

// AskEffort asks state i how its diplomats split their time.
func (w *World) AskEffort(i int, model [Efforts]float64) [Efforts]float64 {
	rule := w.Rules.OfState(i)
	if rule == nil {
		return model
	}
	own := slices.Clone(model[:])
	return [Efforts]float64(w.ask(rule, Asked{Question: EffortQuestion, Agent: i, About: -1, Model: Answer{Mix: own}}).Mix)
}

// AskBan asks state i how strictly it restricts firm f.
func (w *World) AskBan(i, f int, model float64) float64 {
	rule := w.Rules.OfState(i)
	if rule == nil {
		return model
	}
	return w.ask(rule, Asked{Question: BanQuestion, Agent: i, About: f, Model: Answer{Level: model}}).Level
}

// AskDeny asks state i how much of its firms' products it keeps from state j.
func (w *World) AskDeny(i, j int, model float64) float64 {
	rule := w.Rules.OfState(i)
	if rule == nil {
		return model
	}
	return w.ask(rule, Asked{Question: DenyQuestion, Agent: i, About: j, Model: Answer{Level: model}}).Level
}

// AskStack asks state i for the mix of stacks that it steers to.
func (w *World) AskStack(i int, model []float64) []float64 {
	rule := w.Rules.OfState(i)
	if rule == nil {
		return model
	}
	return w.ask(rule, Asked{Question: StackQuestion, Agent: i, About: -1, Model: Answer{Mix: model}}).Mix
}

// AskControl asks state i for the level of boundary controls that it wants.
func (w *World) AskControl(i int, model float64) float64 {
	rule := w.Rules.OfState(i)
	if rule == nil {
		return model
	}
	return w.ask(rule, Asked{Question: ControlQuestion, Agent: i, About: -1, Model: Answer{Level: model}}).Level
}

// AskAnswer asks state i for the rung that it climbs to against the state that it
// blames for an incident of a severity.
func (w *World) AskAnswer(i, blamed int, severity float64, model uint8) uint8 {
	rule := w.Rules.OfState(i)
	if rule == nil {
		return model
	}
	asked := Asked{Question: AnswerQuestion, Agent: i, About: blamed, Severity: severity, Model: Answer{Word: Rungs[model]}}
	return uint8(slices.Index(Rungs, w.ask(rule, asked).Word))
}

// AskSell asks firm f which stack it sells.
func (w *World) AskSell(f, model int) int {
	rule := w.Rules.OfFirm(f)
	if rule == nil {
		return model
	}
	return w.FindStack(w.ask(rule, Asked{Question: FirmSellQuestion, Agent: f, About: -1, Model: Answer{Word: w.Stacks[model].ID}}).Word)
}

// AskLobby asks firm f what it lobbies for.
func (w *World) AskLobby(f int, model Pressure) Pressure {
	rule := w.Rules.OfFirm(f)
	if rule == nil {
		return model
	}
	return w.ask(rule, Asked{Question: FirmLobbyQuestion, Agent: f, About: -1, Model: Answer{Pressure: model}}).Pressure
}

// AskSign asks firm f whether it signs, or stays in, an accord.
func (w *World) AskSign(f, t int, model bool) bool {
	return w.askYes(w.Rules.OfFirm(f), FirmSponsorQuestion, f, t, model)
}

// AskRepresent asks firm f whether it opens, or keeps, a representation at forum k.
func (w *World) AskRepresent(f, k int, model bool) bool {
	return w.askYes(w.Rules.OfFirm(f), FirmRepresentQuestion, f, k, model)
}

// AskText asks the chair of forum k for the draft that it puts to the members.
func (w *World) AskText(k int, model Draft) Draft {
	rule := w.Rules.OfChair(k, w.Forums[k].ID)
	if rule == nil {
		return model
	}
	own := model
	return *w.ask(rule, Asked{Question: ChairTextQuestion, Agent: k, About: -1, Model: Answer{Draft: &own}}).Draft
}

// askState puts a question of yes or no to a state.
func (w *World) askState(q *Question, i, about int, model bool) bool {
	return w.askYes(w.Rules.OfState(i), q, i, about, model)
}

func (w *World) askYes(rule Rule, q *Question, agent, about int, model bool) bool {
	if rule == nil {
		return model
	}
	return w.ask(rule, Asked{Question: q, Agent: agent, About: about, Model: YesOrNo(model)}).Word == "yes"
}

// ask puts a question to a rule, brings the answer into bounds, and reports one that
// differs from the model's.
func (w *World) ask(rule Rule, asked Asked) Answer {
	model := asked.Model
	if w.Chronicle.On {
		model.Mix = slices.Clone(model.Mix) // the rule may change the other in place
	}
	answer := asked.bounded(w, rule.Decide(w, asked), model)
	if w.Chronicle.On && !asked.Form.Same(answer, model) {
		asked.Model = model
		w.Tell(Decided{Asked: asked, Answer: answer, By: By(rule)})
	}
	return answer
}

// bounded is an answer within what the question allows; what is no answer to it is
// the model's.
func (a *Asked) bounded(w *World, answer, model Answer) Answer {
	switch a.Form {
	case OneWord:
		if !a.Allows(w, answer.Word) {
			return model
		}
	case OneLevel:
		answer.Level = min(1, max(0, answer.Level))
	case OneMix:
		if len(answer.Mix) != len(model.Mix) {
			return model
		}
	case OneDraft:
		if answer.Draft == nil {
			return model
		}
	case OnePush:
		answer.Pressure.Strength = min(1, max(0, answer.Pressure.Strength))
		if len(answer.Pressure.Position) != w.Dim {
			answer.Pressure.Position = model.Pressure.Position
		}
	}
	return answer
}

// Decided says that an agent has decided otherwise than the model.
type Decided struct {
	Asked  // with the model's answer
	Answer Answer
	By     string // who decided
}

// Kind is "decision".
func (Decided) Kind() string { return "decision" }
