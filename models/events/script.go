package events

import (
	"fmt"
	"slices"

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
type Script struct{ Decisions []Decision }

// Rules turns scripted decisions into the rules of the agents concerned.
func Rules(w *world.World, decisions []Decision) (world.Rules, error) {
	var rules world.Rules
	scripts := map[string]*Script{}
	for _, d := range decisions {
		s := scripts[d.Agent]
		if s == nil {
			s = new(Script)
			scripts[d.Agent] = s
			if !rules.Install(w, d.Agent, func(world.Rule) world.Rule { return s }) {
				return rules, fmt.Errorf("decision of %s: there is no such agent", d.Agent)
			}
		}
		s.Decisions = append(s.Decisions, d)
	}
	return rules, nil
}

// Decide answers with the scripted decision, if there is one.
func (s *Script) Decide(w *world.World, asked world.Asked) world.Answer {
	d := s.find(w, asked)
	if d == nil {
		return asked.Model
	}
	switch asked.Form {
	case world.OneWord:
		return world.Answer{Word: d.Word}
	case world.OneLevel:
		return world.Answer{Level: d.Number}
	case world.OneMix:
		return world.Answer{Mix: d.Position}
	case world.OnePush:
		return world.Answer{Pressure: world.Pressure{Position: d.Position, Strength: d.Number}}
	case world.Tabling:
		if d.Word == "nothing" {
			return world.Answer{}
		}
		return world.Answer{Draft: &world.Draft{Kind: world.Norm, Position: slices.Clone(d.Position), Depth: d.Number}}
	}
	return world.Answer{Draft: &world.Draft{Kind: asked.Model.Draft.Kind, Position: slices.Clone(d.Position), Depth: d.Number}}
}

// find returns the last decision on the question that fits the occasion, or nil.
func (s *Script) find(w *world.World, asked world.Asked) *Decision {
	for k := len(s.Decisions) - 1; k >= 0; k-- {
		d := &s.Decisions[k]
		if d.Decide == asked.Decide && (d.About == "" || d.About == asked.ID(w)) && w.Tick >= d.From && w.Tick <= d.Until {
			return d
		}
	}
	return nil
}
