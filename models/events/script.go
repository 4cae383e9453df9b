package events

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/voting"
	"splinternet/models/world"
)

// Decision is an answer that a scenario scripts for one agent.
type Decision struct {
	Agent string // state.ID, firm.ID or forum.ID (its chair)
	// Decide is a word of world.Questions for the kind of agent.
	Decide string
	// About narrows the decision to one text, forum, stack, firm or state (an
	// identifier without prefix); "" means every occasion.
	About string
	From  int // first tick
	Until int // last tick, inclusive

	Word     string    // for votes, stances, recognitions, answers (a rung), stacks sold
	Number   float64   // for controls, bans, depth
	Position []float64 // for proposals and chair's texts; for stack targets the mix by stack
}

// Script is the rule of an agent some of whose decisions a scenario takes. The
// last decision that fits an occasion counts.
type Script struct {
	world.ModelRule
	Decisions []Decision
}

// Rules turns scripted decisions into the rules of the agents concerned.
func Rules(w *world.World, decisions []Decision) (world.Rules, error) {
	var rules world.Rules
	scripts := map[string]*Script{}
	for _, d := range decisions {
		s := scripts[d.Agent]
		if s == nil {
			s = new(Script)
			scripts[d.Agent] = s
			if err := install(w, &rules, d.Agent, s); err != nil {
				return rules, err
			}
		}
		s.Decisions = append(s.Decisions, d)
	}
	return rules, nil
}

func install(w *world.World, rules *world.Rules, agent string, s *Script) error {
	kind, id, _ := strings.Cut(agent, ".")
	k := -1
	switch kind {
	case "state":
		if rules.State == nil {
			rules.State = make([]world.StateRule, w.States.N)
		}
		if k = w.FindState(id); k >= 0 {
			rules.State[k] = s
		}
	case "firm":
		if rules.Firm == nil {
			rules.Firm = make([]world.FirmRule, w.Firms.N)
		}
		if k = w.FindFirm(id); k >= 0 {
			rules.Firm[k] = s
		}
	case "forum":
		if rules.Chair == nil {
			rules.Chair = make([]world.ChairRule, len(w.Forums))
		}
		if k = w.FindForum(id); k >= 0 {
			rules.Chair[k] = s.chair()
			break
		}
		for c := range w.Catalogue {
			if w.Catalogue[c].ID == id {
				if rules.Future == nil {
					rules.Future = map[string]world.ChairRule{}
				}
				rules.Future[id] = s.chair()
				return nil
			}
		}
	}
	if k < 0 {
		return fmt.Errorf("decision of %s: there is no such agent", agent)
	}
	return nil
}

// find returns the last decision on the question that fits the occasion, or nil.
func (s *Script) find(w *world.World, decide, about string) *Decision {
	for k := len(s.Decisions) - 1; k >= 0; k-- {
		d := &s.Decisions[k]
		if d.Decide == decide && (d.About == "" || d.About == about) && w.Tick >= d.From && w.Tick <= d.Until {
			return d
		}
	}
	return nil
}

// Vote answers with the scripted vote.
func (s *Script) Vote(w *world.World, _, text int, model voting.Vote) voting.Vote {
	if d := s.find(w, "vote", w.Texts[text].ID); d != nil {
		return voting.Vote(slices.Index(voting.Votes, d.Word))
	}
	return model
}

// Stance answers with the scripted stance.
func (s *Script) Stance(w *world.World, _, text int, model world.Stance) world.Stance {
	if d := s.find(w, "stance", w.Texts[text].ID); d != nil {
		return world.Stance(slices.Index(world.Stances, d.Word))
	}
	return model
}

// Propose answers with the scripted text, or with none.
func (s *Script) Propose(w *world.World, _, forum int, model *world.Draft) *world.Draft {
	d := s.find(w, "propose", w.Forums[forum].ID)
	switch {
	case d == nil:
		return model
	case d.Word == "nothing":
		return nil
	}
	return &world.Draft{Kind: world.Norm, Position: slices.Clone(d.Position), Depth: d.Number}
}

// Recognise answers with the scripted choice.
func (s *Script) Recognise(w *world.World, _, stack int, model bool) bool {
	return s.yes(w, "recognise", w.Stacks[stack].ID, model)
}

// StackTarget answers with the scripted mix.
func (s *Script) StackTarget(w *world.World, _ int, model []float64) []float64 {
	if d := s.find(w, "stack", ""); d != nil {
		return d.Position
	}
	return model
}

// Control answers with the scripted level.
func (s *Script) Control(w *world.World, _ int, model float64) float64 {
	if d := s.find(w, "control", ""); d != nil {
		return d.Number
	}
	return model
}

// Answer answers with the scripted rung.
func (s *Script) Answer(w *world.World, _, blamed int, _ float64, model uint8) uint8 {
	if d := s.find(w, "answer", w.StateID(blamed)); d != nil {
		return uint8(slices.Index(world.Rungs, d.Word))
	}
	return model
}

// Ban answers with the scripted strength.
func (s *Script) Ban(w *world.World, _, firm int, model float64) float64 {
	if d := s.find(w, "ban", w.Firms.ID[firm]); d != nil {
		return d.Number
	}
	return model
}

// Effort answers with the scripted split.
func (s *Script) Effort(w *world.World, _ int, model [world.Efforts]float64) [world.Efforts]float64 {
	if d := s.find(w, "effort", ""); d != nil {
		copy(model[:], d.Position)
	}
	return model
}

// Agree answers with the scripted choice.
func (s *Script) Agree(w *world.World, _, partner int, model bool) bool {
	return s.yes(w, "agree", w.StateID(partner), model)
}

// Adopt answers with the scripted choice.
func (s *Script) Adopt(w *world.World, _, text int, model bool) bool {
	return s.yes(w, "adopt", w.Texts[text].ID, model)
}

// Found answers with the scripted choice.
func (s *Script) Found(w *world.World, _ int, line world.Line, model bool) bool {
	return s.yes(w, "found", string(line), model)
}

// Join answers with the scripted choice.
func (s *Script) Join(w *world.World, _, forum int, model bool) bool {
	return s.yes(w, "join", w.Forums[forum].ID, model)
}

// Leave answers with the scripted choice.
func (s *Script) Leave(w *world.World, _, forum int, model bool) bool {
	return s.yes(w, "leave", w.Forums[forum].ID, model)
}

// Represent answers with the scripted choice.
func (s *Script) Represent(w *world.World, _, forum int, model bool) bool {
	return s.yes(w, "represent", w.Forums[forum].ID, model)
}

// Renew answers with the scripted choice.
func (s *Script) Renew(w *world.World, _, forum int, model bool) bool {
	return s.yes(w, "renew", w.Forums[forum].ID, model)
}

// Sponsor answers with the scripted choice: of a state on a resolution, of a firm on
// an accord.
func (s *Script) Sponsor(w *world.World, _, text int, model bool) bool {
	return s.yes(w, "sponsor", w.Texts[text].ID, model)
}

// Lobby answers with the scripted pressure.
func (s *Script) Lobby(w *world.World, _ int, model world.Pressure) world.Pressure {
	if d := s.find(w, "lobby", ""); d != nil {
		return world.Pressure{Position: d.Position, Strength: d.Number}
	}
	return model
}

// yes answers a question of yes or no with the scripted word, if there is one.
func (s *Script) yes(w *world.World, decide, about string, model bool) bool {
	if d := s.find(w, decide, about); d != nil {
		return d.Word == "yes"
	}
	return model
}

// Sell answers with the scripted stack.
func (s *Script) Sell(w *world.World, _ int, model int) int {
	if d := s.find(w, "sell", ""); d != nil {
		return w.FindStack(d.Word)
	}
	return model
}

// chair is the script seen as the rule of a forum's chair.
func (s *Script) chair() world.ChairRule { return chairScript{s} }

type chairScript struct{ script *Script }

// Text answers with the scripted draft.
func (c chairScript) Text(w *world.World, _ int, model world.Draft) world.Draft {
	if d := c.script.find(w, "text", ""); d != nil {
		return world.Draft{Kind: model.Kind, Position: slices.Clone(d.Position), Depth: d.Number}
	}
	return model
}
