package world

import (
	"slices"
	"strconv"
	"strings"
)

// Decisions are asked, not coded in. A mechanism works out what the model would
// do and puts the question, with that answer, to the agent's rule. A rule that
// has no view of its own returns the model's answer; a scripted rule or a person
// returns another. No mechanism knows which it was.
//
// This file lists every decision in words, rule.go says what a rule is, and ask.go how
// mechanisms ask.

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

// The decisions that agents take and that a rule can answer.
var (
	ProposeQuestion = &Question{
		Agent: "state", Decide: "propose", Asks: "What does the state table this session?",
		About: "forum", Form: Tabling, Words: []string{"nothing"}, When: "December, of the leading state on either side of a line",
	}
	SponsorQuestion = &Question{
		Agent: "state", Decide: "sponsor", Asks: "Does the state co-sponsor the text?",
		About: "text", Form: OneWord, Words: yesOrNo, When: "before every vote",
	}
	VoteQuestion = &Question{
		Agent: "state", Decide: "vote", Asks: "How does the state vote on the text?",
		About: "text", Form: OneWord, Words: []string{"yes", "abstain", "no", "absent"}, When: "at every vote",
	}
	StanceQuestion = &Question{
		Agent: "state", Decide: "stance", Asks: "Does the state go along with the text, disown it, or break consensus?",
		About: "text", Form: OneWord, Words: Stances, When: "at sessions that decide by consensus, June",
	}
	AdoptQuestion = &Question{
		Agent: "state", Decide: "adopt", Asks: "Does the state endorse, or ratify, the text in force?",
		About: "text", Form: OneWord, Words: yesOrNo, When: "September, of whoever may and has not",
	}
	FoundQuestion = &Question{
		Agent: "state", Decide: "found", Asks: "Does the state join in founding a rival forum?",
		About: "line", Form: OneWord, Words: yesOrNo, When: "December, of the dissatisfied",
	}
	JoinQuestion = &Question{
		Agent: "state", Decide: "join", Asks: "Does the state become a member of the forum?",
		About: "forum", Form: OneWord, Words: yesOrNo, When: "December, of whoever may",
	}
	RenewQuestion = &Question{
		Agent: "state", Decide: "renew", Asks: "Does the state want the mandate of the forum renewed?",
		About: "forum", Form: OneWord, Words: yesOrNo, When: "when it ends",
	}
	LeaveQuestion = &Question{
		Agent: "state", Decide: "leave", Asks: "Does the state leave the forum?",
		About: "forum", Form: OneWord, Words: yesOrNo, When: "December, of members of forums that are not for all",
	}
	EffortQuestion = &Question{
		Agent: "state", Decide: "effort", Asks: "How do its diplomats split their time?",
		Form: OneMix, Words: EffortNames, When: "January",
	}
	AgreeQuestion = &Question{
		Agent: "state", Decide: "agree", Asks: "Does the state enter, or stay in, an agreement with the other?",
		About: "state", Form: OneWord, Words: yesOrNo, When: "January, and every tick of an agreement",
	}
	BanQuestion = &Question{
		Agent: "state", Decide: "ban", Asks: "How strictly does the state restrict the firm?",
		About: "firm", Form: OneLevel, When: "January",
	}
	DenyQuestion = &Question{
		Agent: "state", Decide: "deny", Asks: "How much of its firms' products does the state keep from the other?",
		About: "state", Form: OneLevel, When: "January, about powers and about those whom it denies already",
	}
	RecogniseQuestion = &Question{
		Agent: "state", Decide: "recognise", Asks: "Does the state accept the stack as a standard?",
		About: "stack", Form: OneWord, Words: yesOrNo, When: "January",
	}
	StackQuestion = &Question{
		Agent: "state", Decide: "stack", Asks: "Which mix of stacks does the state steer its network to?",
		Form: OneMix, When: "every tick",
	}
	ControlQuestion = &Question{
		Agent: "state", Decide: "control", Asks: "How high does the state want its boundary controls?",
		Form: OneLevel, When: "January",
	}
	AnswerQuestion = &Question{
		Agent: "state", Decide: "answer", Asks: "How does the state answer an incident?",
		About: "state", Form: OneWord, Words: Rungs, When: "after every publicly blamed incident; about is the state that it blames",
	}
	FirmSellQuestion = &Question{
		Agent: "firm", Decide: "sell", Asks: "Which stack does the firm sell?",
		Form: OneWord, When: "January",
	}
	FirmLobbyQuestion = &Question{
		Agent: "firm", Decide: "lobby", Asks: "What does the firm lobby for, and how hard?",
		Form: OnePush, When: "January",
	}
	FirmSponsorQuestion = &Question{
		Agent: "firm", Decide: "sponsor", Asks: "Does the firm sign the accord, or stay in it?",
		About: "text", Form: OneWord, Words: yesOrNo, When: "January",
	}
	FirmRepresentQuestion = &Question{
		Agent: "firm", Decide: "represent", Asks: "Does the firm keep a representation at the forum?",
		About: "forum", Form: OneWord, Words: yesOrNo, When: "January",
	}
	ChairTextQuestion = &Question{
		Agent: "forum", Decide: "text", Asks: "Which draft does the chair put to the members?",
		Form: OneDraft, When: "at its sessions",
	}
)

// Questions lists them.
var Questions = []*Question{
	ProposeQuestion, SponsorQuestion, VoteQuestion, StanceQuestion, AdoptQuestion, FoundQuestion, JoinQuestion, RenewQuestion,
	LeaveQuestion, EffortQuestion, AgreeQuestion, BanQuestion, DenyQuestion, RecogniseQuestion, StackQuestion, ControlQuestion,
	AnswerQuestion, FirmSellQuestion, FirmLobbyQuestion, FirmSponsorQuestion, FirmRepresentQuestion, ChairTextQuestion,
}

// Answered says how the question is answered in a scenario file.
func (q *Question) Answered() string {
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
	for _, q := range Questions {
		if q.Agent == agent && q.Decide == decide {
			return q
		}
	}
	return nil
}

// Allows tells whether the question can be answered with a word. A question without
// words is answered with the name of a stack.
func (q *Question) Allows(w *World, word string) bool {
	if len(q.Words) == 0 {
		return w.FindStack(word) >= 0
	}
	return slices.Contains(q.Words, word)
}
