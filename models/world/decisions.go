package world

import (
	"strconv"
	"strings"

	"splinternet/models/voting"
)

// Decisions are asked, not coded in. A mechanism works out what the model would
// do and puts the question, with that answer, to the agent's rule. A rule that
// has no view of its own returns the model's answer; a scripted rule or a person
// returns another. No mechanism knows which it was.
//
// This file is the whole of it: Questions lists every decision in words, StateRule,
// FirmRule and ChairRule are the same list for programs. Mechanisms ask by way of
// the Ask methods (ask.go), which also note in the chronicle who decided otherwise
// than the model.

// Stance is what a member does when a forum that decides by consensus has a text
// on the table.
type Stance uint8

// The stances (theory: exit, voice and loyalty).
const (
	Join       Stance = iota // go along
	Dissociate               // let it pass, but disown it
	Block                    // break consensus
)

// Stances names them.
var Stances = []string{"join", "dissociate", "block"}

func (s Stance) String() string { return Stances[s] }

// Draft is a text that a sponsor or a chair puts on the table.
type Draft struct {
	Kind     TextKind
	Position []float64
	Depth    float64
}

// Form is the kind of answer that a decision takes.
type Form string

// The forms of answers.
const (
	OneWord  Form = "word"     // one of Words; of none listed, the name of what Of says
	OneLevel Form = "level"    // a number from 0 to 1
	OneMix   Form = "mix"      // shares that sum to 1
	OneDraft Form = "draft"    // a position and a depth
	Tabling  Form = "tabling"  // a draft, or the word "nothing"
	OnePush  Form = "pressure" // a position and how hard
)

var yesOrNo = []string{"yes", "no"}

// Question is one decision that agents take.
type Question struct {
	Agent  string   // state, firm, or forum (its chair)
	Decide string   // the decision in a word
	Asks   string   // the question, as one would put it to a person
	About  string   // kind of what it is about: text, forum, line, stack, firm, state; "" for nothing else
	Form   Form     // of the answer
	Words  []string // that an answer in a word can be, the most usual one first
	When   string   // when it is asked
}

// Questions lists every decision that an agent takes and that a rule can answer.
var Questions = []Question{
	{"state", "propose", "What does the state table this session?", "forum", Tabling, []string{"nothing"}, "December, of the leading state on either side of a line"},
	{"state", "sponsor", "Does the state co-sponsor the text?", "text", OneWord, yesOrNo, "before every vote"},
	{"state", "vote", "How does the state vote on the text?", "text", OneWord, []string{"yes", "abstain", "no", "absent"}, "at every vote"},
	{"state", "stance", "Does the state go along with the text, disown it, or break consensus?", "text", OneWord, Stances, "at sessions that decide by consensus, June"},
	{"state", "adopt", "Does the state endorse, or ratify, the text in force?", "text", OneWord, yesOrNo, "September, of whoever may and has not"},
	{"state", "found", "Does the state join in founding a rival forum?", "line", OneWord, yesOrNo, "December, of the dissatisfied"},
	{"state", "join", "Does the state become a member of the forum?", "forum", OneWord, yesOrNo, "December, of whoever may"},
	{"state", "renew", "Does the state want the mandate of the forum renewed?", "forum", OneWord, yesOrNo, "when it ends"},
	{"state", "leave", "Does the state leave the forum?", "forum", OneWord, yesOrNo, "December, of members of forums that are not for all"},
	{"state", "effort", "How do its diplomats split their time?", "", OneMix, EffortNames, "January"},
	{"state", "agree", "Does the state enter, or stay in, an agreement with the other?", "state", OneWord, yesOrNo, "January, and every tick of an agreement"},
	{"state", "ban", "How strictly does the state restrict the firm?", "firm", OneLevel, nil, "January"},
	{"state", "recognise", "Does the state accept the stack as a standard?", "stack", OneWord, yesOrNo, "January"},
	{"state", "stack", "Which mix of stacks does the state steer its network to?", "", OneMix, nil, "every tick"},
	{"state", "control", "How high does the state want its boundary controls?", "", OneLevel, nil, "January"},
	{"state", "answer", "How does the state answer an incident?", "state", OneWord, Rungs, "after every publicly blamed incident; about is the state that it blames"},
	{"firm", "sell", "Which stack does the firm sell?", "", OneWord, nil, "January"},
	{"firm", "lobby", "What does the firm lobby for, and how hard?", "", OnePush, nil, "January"},
	{"firm", "sponsor", "Does the firm sign the accord, or stay in it?", "text", OneWord, yesOrNo, "January"},
	{"firm", "represent", "Does the firm keep a representation at the forum?", "forum", OneWord, yesOrNo, "January"},
	{"forum", "text", "Which draft does the chair put to the members?", "", OneDraft, nil, "at its sessions"},
}

// Answer says how the question is answered in a scenario file.
func (q *Question) Answer() string {
	answer := ""
	switch q.Form {
	case OneWord:
		if len(q.Words) == 0 {
			answer = "answer = a stack"
			break
		}
		quoted := make([]string, len(q.Words))
		for k, word := range q.Words {
			quoted[k] = strconv.Quote(word)
		}
		last := len(quoted) - 1
		answer = "answer = " + strings.Join(quoted[:last], ", ") + " or " + quoted[last]
	case OneLevel:
		answer = "level = from 0 to 1"
	case OneMix:
		of := "the share of its network on each stack"
		if len(q.Words) > 0 {
			of = "the shares of " + strings.Join(q.Words, ", ")
		}
		answer = "mix = " + of + ", summing to 1"
	case OneDraft:
		answer = "position and depth of a draft"
	case Tabling:
		answer = `position and depth of a text, or answer = "nothing"`
	case OnePush:
		answer = "position, and level = how hard, from 0 to 1"
	}
	if q.About != "" {
		answer += "; about = a " + q.About
	}
	return answer
}

// FindQuestion returns the question of that agent and word, or nil.
func FindQuestion(agent, decide string) *Question {
	for k := range Questions {
		if q := &Questions[k]; q.Agent == agent && q.Decide == decide {
			return q
		}
	}
	return nil
}

// StateRule answers for a state. The last argument of every method is the
// model's own answer. A rule that also has a method By() string says by it who
// decides; without, it is "scenario".
type StateRule interface {
	// Vote on a text.
	Vote(w *World, state, text int, model voting.Vote) voting.Vote
	// Stance on a text of a forum that decides by consensus.
	Stance(w *World, state, text int, model Stance) Stance
	// Propose says whether and what the state tables in a forum this session;
	// a nil draft is no proposal.
	Propose(w *World, state, forum int, model *Draft) *Draft
	// Sponsor says whether the state co-sponsors a text that others have tabled.
	Sponsor(w *World, state, text int, model bool) bool
	// Recognise says whether the state accepts a stack as a standard.
	Recognise(w *World, state, stack int, model bool) bool
	// StackTarget is the mix of stacks that the state steers its network to; the
	// slice may be changed in place.
	StackTarget(w *World, state int, model []float64) []float64
	// Control is the level of boundary controls that the state wants.
	Control(w *World, state int, model float64) float64
	// Answer is the rung of the response ladder that the state climbs to
	// after an incident that it blames on another.
	Answer(w *World, state, blamed int, severity float64, model uint8) uint8
	// Ban is the strength of the state's ban on a firm.
	Ban(w *World, state, firm int, model float64) float64
	// Effort is how the state's diplomats split their time, by DiplomaticEffort;
	// the shares sum to 1.
	Effort(w *World, state int, model [Efforts]float64) [Efforts]float64
	// Agree says whether the state enters, or stays in, an agreement with a partner.
	Agree(w *World, state, partner int, model bool) bool
	// Adopt says whether the state adheres to a text in force: endorses a voluntary
	// one, ratifies a binding one.
	Adopt(w *World, state, text int, model bool) bool
	// Found says whether the state joins in founding a rival to the forums on a
	// line.
	Found(w *World, state int, line Line, model bool) bool
	// Join says whether the state becomes a member of a forum that takes it.
	Join(w *World, state, forum int, model bool) bool
	// Renew says whether the state wants the mandate of a forum renewed.
	Renew(w *World, state, forum int, model bool) bool
	// Leave says whether the state leaves a forum that it is a member of.
	Leave(w *World, state, forum int, model bool) bool
}

// DiplomaticEffort is what diplomats do (Barrinha and Renard 2017).
type DiplomaticEffort int

// The four things that diplomats do.
const (
	ConsensusBuilding DiplomaticEffort = iota
	BridgeBuilding
	Bilateral
	Coalition
	Efforts = 4
)

// UsualEffort is how diplomats split their time on average over the states of
// 2018, and everywhere while the diplomacy mechanism is off.
var UsualEffort = [Efforts]float64{.55, .25, .08, .12}

// EffortNames names them.
var EffortNames = []string{"consensus", "bridges", "bilateral", "coalition"}

// FirmRule answers for a firm.
type FirmRule interface {
	// Sell is the stack that the firm sells from now on.
	Sell(w *World, firm int, model int) int
	// Lobby is the position towards which the firm lobbies its host states, and
	// Pressure how hard it does, [0, 1].
	Lobby(w *World, firm int, model Pressure) Pressure
	// Sponsor says whether the firm signs, or stays in, a norm of the private sector.
	Sponsor(w *World, firm, text int, model bool) bool
	// Represent says whether the firm opens, or keeps, a representation at a forum of
	// states.
	Represent(w *World, firm, forum int, model bool) bool
}

// Pressure is where a firm wants states to move and how hard it pushes.
type Pressure struct {
	Position []float64
	Strength float64 // [0, 1]
}

// ChairRule answers for the chair of a forum.
type ChairRule interface {
	// Text is the draft that the chair puts to the members.
	Text(w *World, forum int, model Draft) Draft
}

// Rules holds the agents that do not leave their decisions to the model; a nil
// entry, or a nil slice, leaves them to it.
type Rules struct {
	State []StateRule
	Firm  []FirmRule
	Chair []ChairRule
	// Future holds, by identifier, the rules of chairs of forums that the catalogue
	// knows and that do not exist at the start.
	Future map[string]ChairRule
}

// OfState returns the rule of state i.
func (r *Rules) OfState(i int) StateRule {
	if r.State == nil || r.State[i] == nil {
		return ModelRule{}
	}
	return r.State[i]
}

// OfFirm returns the rule of firm f.
func (r *Rules) OfFirm(f int) FirmRule {
	if r.Firm == nil || r.Firm[f] == nil {
		return ModelRule{}
	}
	return r.Firm[f]
}

// OfChair returns the rule of the chair of forum k; forums born during the run
// are the model's.
func (r *Rules) OfChair(k int, id string) ChairRule {
	if rule := r.Future[id]; rule != nil {
		return rule
	}
	if k >= len(r.Chair) || r.Chair[k] == nil {
		return ModelRule{}
	}
	return r.Chair[k]
}

// ByState tells who decides for state i: "model", "scenario", or what its rule says.
func (r *Rules) ByState(i int) string {
	if r.State == nil {
		return byModel
	}
	return by(r.State[i])
}

// ByFirm tells who decides for firm f.
func (r *Rules) ByFirm(f int) string {
	if r.Firm == nil {
		return byModel
	}
	return by(r.Firm[f])
}

const byModel, byScenario = "model", "scenario"

// by tells who decides by a rule.
func by(rule any) string {
	if rule == nil {
		return byModel
	}
	if author, says := rule.(interface{ By() string }); says {
		return author.By()
	}
	return byScenario
}

// ModelRule is the default rule: it returns the model's answer to everything.
// Embed it to answer only some questions.
type ModelRule struct{}

// Vote returns the model's vote.
func (ModelRule) Vote(_ *World, _, _ int, model voting.Vote) voting.Vote { return model }

// Stance returns the model's stance.
func (ModelRule) Stance(_ *World, _, _ int, model Stance) Stance { return model }

// Propose returns the model's draft.
func (ModelRule) Propose(_ *World, _, _ int, model *Draft) *Draft { return model }

// Sponsor returns the model's choice.
func (ModelRule) Sponsor(_ *World, _, _ int, model bool) bool { return model }

// Recognise returns the model's choice.
func (ModelRule) Recognise(_ *World, _, _ int, model bool) bool { return model }

// StackTarget returns the model's mix.
func (ModelRule) StackTarget(_ *World, _ int, model []float64) []float64 { return model }

// Control returns the model's level.
func (ModelRule) Control(_ *World, _ int, model float64) float64 { return model }

// Answer returns the model's rung.
func (ModelRule) Answer(_ *World, _, _ int, _ float64, model uint8) uint8 { return model }

// Ban returns the model's strength.
func (ModelRule) Ban(_ *World, _, _ int, model float64) float64 { return model }

// Effort returns the model's split.
func (ModelRule) Effort(_ *World, _ int, model [Efforts]float64) [Efforts]float64 { return model }

// Agree returns the model's choice.
func (ModelRule) Agree(_ *World, _, _ int, model bool) bool { return model }

// Adopt returns the model's choice.
func (ModelRule) Adopt(_ *World, _, _ int, model bool) bool { return model }

// Found returns the model's choice.
func (ModelRule) Found(_ *World, _ int, _ Line, model bool) bool { return model }

// Join returns the model's choice.
func (ModelRule) Join(_ *World, _, _ int, model bool) bool { return model }

// Renew returns the model's choice.
func (ModelRule) Renew(_ *World, _, _ int, model bool) bool { return model }

// Leave returns the model's choice.
func (ModelRule) Leave(_ *World, _, _ int, model bool) bool { return model }

// Lobby returns the model's pressure.
func (ModelRule) Lobby(_ *World, _ int, model Pressure) Pressure { return model }

// Represent returns the model's choice.
func (ModelRule) Represent(_ *World, _, _ int, model bool) bool { return model }

// Sell returns the model's stack.
func (ModelRule) Sell(_ *World, _ int, model int) int { return model }

// Text returns the model's draft.
func (ModelRule) Text(_ *World, _ int, model Draft) Draft { return model }
