package chronicle

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/world"
)

// decisionsMemory is what the chronicle has said of decisions: the last answer of each
// agent to each question.
type decisionsMemory struct{ Answers map[string]string }

// chairWeight is how much it weighs that a chair puts a draft of its own to the
// members, as a share of a state's decision of full weight.
const chairWeight = .1

// tellDecided says what an agent decides otherwise than the model, once for as long as
// the answer stays. What comes of some decisions is told elsewhere.
func tellDecided(w *world.World, f world.Decided) {
	what := decided(w, &f)
	if what == "" {
		return
	}
	var id, name string
	var weight float64
	switch f.Question.Agent {
	case "state":
		id, name, weight = w.States.ID[f.Agent], w.Called(f.Agent), w.Weight(f.Agent)
	case "firm":
		id, name, weight = w.Firms.ID[f.Agent], w.Firms.Name[f.Agent], w.Firms.Served[f.Agent]
	case "forum":
		id, name, weight = w.Forums[f.Agent].ID, "The chair of the "+w.Forums[f.Agent].Name, chairWeight
	}
	memory := world.Slot[decisionsMemory](w, "chronicle.decisions")
	key := id + " " + f.Decide + " " + f.ID(w)
	if memory.Answers[key] == what {
		return
	}
	if memory.Answers == nil {
		memory.Answers = map[string]string{}
	}
	memory.Answers[key] = what
	w.Add(world.Entry{
		Kind: f.Kind(), Name: f.Decide, Actors: []string{id}, Targets: decidedOn(w, &f), Value: asNumber(&f),
		Text: name + " " + what, Weight: min(1, weight/4), By: f.By,
	})
}

// decidedOn is what a decision is about; for the sale of a stack, the stack.
func decidedOn(w *world.World, f *world.Decided) []string {
	switch id := f.ID(w); {
	case f.Question == world.FirmSellQuestion:
		return []string{f.Answer.Word}
	case id != "":
		return []string{id}
	}
	return nil
}

// asNumber is an answer as a number, 0 where it is none.
func asNumber(f *world.Decided) float64 {
	switch f.Form {
	case world.OneLevel:
		return f.Answer.Level
	case world.OnePush:
		return f.Answer.Pressure.Strength
	case world.OneDraft, world.Tabling:
		if f.Answer.Draft != nil {
			return f.Answer.Draft.Depth
		}
	case world.OneWord:
		return wordAsNumber(f.Question, f.Answer.Word)
	}
	return 0
}

func wordAsNumber(q *world.Question, word string) float64 {
	switch {
	case q == world.StanceQuestion:
		return float64(slices.Index(world.Stances, word))
	case q == world.AnswerQuestion:
		return float64(slices.Index(world.Rungs, word))
	case word == "yes":
		return 1
	case q == world.VoteQuestion && word == "no":
		return -1
	}
	return 0
}

// decided is what the agent does, in words; "" for what is told elsewhere: bans and
// ratifications with those of the year, accords and representations where they change,
// a response with its incident.
func decided(w *world.World, f *world.Decided) string {
	switch f.Question {
	case world.VoteQuestion:
		return votedOtherwise(w, f)
	case world.StanceQuestion:
		verb := [...]string{"goes along with", "lets pass, but disowns,", "breaks consensus on"}[slices.Index(world.Stances, f.Answer.Word)]
		return verb + " " + w.Texts[f.About].Called() + "."
	case world.ProposeQuestion:
		if f.Answer.Draft == nil {
			return "tables nothing in the " + w.Forums[f.About].Name + ", though it could."
		}
		return fmt.Sprintf("tables a text of its own choice in the %s: %s.", w.Forums[f.About].Name, w.Terms(f.Answer.Draft.Position, f.Answer.Draft.Depth))
	case world.EffortQuestion:
		return "splits the time of its diplomats: " + shares(f.Answer.Mix, []string{"building consensus", "building bridges", "bilateral work", "coalitions"}) + "."
	case world.StackQuestion:
		names := make([]string, len(w.Stacks))
		for s := range w.Stacks {
			names[s] = "on " + w.Stacks[s].Name
		}
		return "steers its network to " + shares(f.Answer.Mix, names) + "."
	case world.ControlQuestion:
		return fmt.Sprintf("sets its boundary controls at %.0f %% of a closed border.", 100*f.Answer.Level)
	case world.AnswerQuestion:
		if slices.Index(world.Rungs, f.Answer.Word) > slices.Index(world.Rungs, f.Model.Word) {
			return ""
		}
		return fmt.Sprintf("holds back against %s and stops at: %s.", w.Called(f.About), f.Answer.Word)
	case world.FirmSellQuestion:
		return "sells " + w.Stacks[w.FindStack(f.Answer.Word)].Name + " from now on."
	case world.FirmLobbyQuestion:
		return fmt.Sprintf("lobbies the states that it serves for %s, with %.0f %% of what a firm can do.",
			w.Place(f.Answer.Pressure.Position), 100*f.Answer.Pressure.Strength)
	case world.ChairTextQuestion:
		return "puts a draft of its own to the members: " + w.Terms(f.Answer.Draft.Position, f.Answer.Draft.Depth) + "."
	}
	return yesOrNo(w, f)
}

// votedOtherwise says how a state votes, and how the model would have.
func votedOtherwise(w *world.World, f *world.Decided) string {
	return fmt.Sprintf("%s on %s; left to itself it would have %s.",
		map[string]string{"no": "votes no", "abstain": "abstains", "yes": "votes yes", "absent": "stays away from the vote"}[f.Answer.Word], w.Texts[f.About].Called(),
		map[string]string{"no": "voted no", "abstain": "abstained", "yes": "voted yes", "absent": "stayed away"}[f.Model.Word])
}

// shares lists what a mix has of each part.
func shares(mix []float64, names []string) string {
	parts := make([]string, len(mix))
	for k, x := range mix {
		parts[k] = fmt.Sprintf("%.0f %% %s", 100*x, names[k])
	}
	return strings.Join(parts, ", ")
}

// yesOrNo words the answer to a question of yes or no.
func yesOrNo(w *world.World, f *world.Decided) string {
	var yes, no string
	switch f.Question {
	case world.SponsorQuestion:
		yes, no = "co-sponsors "+w.Texts[f.About].Called(), "keeps its name off "+w.Texts[f.About].Called()
	case world.AdoptQuestion:
		text := &w.Texts[f.About]
		if text.Binding && f.Answer.Word == "yes" && (text.Open || text.Adherence[f.Agent] != world.Outside) {
			return ""
		}
		yes, no = "joins "+text.Called(), "stays outside "+text.Called()
		if text.Binding {
			yes = "signs " + text.Called()
		}
	case world.FoundQuestion:
		line := world.Lines[f.About].Words()
		yes, no = "is ready to found a forum on "+line, "will not join in founding a forum on "+line
	case world.JoinQuestion:
		yes, no = "joins the "+w.Forums[f.About].Name, "stays out of the "+w.Forums[f.About].Name
	case world.RenewQuestion:
		yes, no = "wants the mandate of the "+w.Forums[f.About].Name+" renewed", "wants no renewal of the "+w.Forums[f.About].Name
	case world.LeaveQuestion:
		yes, no = "decides to leave the "+w.Forums[f.About].Name, "stays in the "+w.Forums[f.About].Name
	case world.AgreeQuestion:
		yes, no = "is ready for an agreement with "+w.Called(f.About), "wants no agreement with "+w.Called(f.About)
	case world.RecogniseQuestion:
		yes, no = "accepts "+w.Stacks[f.About].Name+" as a standard", "does not accept "+w.Stacks[f.About].Name+" as a standard"
	default:
		return ""
	}
	if f.Answer.Word == "yes" {
		return yes + "."
	}
	return no + "."
}
