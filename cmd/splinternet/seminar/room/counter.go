package room

import (
	"fmt"
	"slices"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/sim"
)

// Outcome is how one course of events goes on: through the rounds of the class, and
// with the model alone to the scenario's end.
type Outcome struct {
	Title  string
	Result *models.Result
	Ticks  int // of the class's rounds
	Votes  []world.Entry
	End    *world.World
}

// Counterfactuals compares what the class did with what it did not.
type Counterfactuals struct {
	Class   *Outcome
	Without *Outcome // the same chance and injects, and every decision the model's

	of     View
	others map[Change]*Outcome // that were asked for lately
}

// mostOthers is how many other courses are kept: a class asks for the same few.
const mostOthers = 16

// outcome plays a game, another than the class's perhaps, to the end of the scenario.
func (v View) outcome(g *Game, title string) (*Outcome, error) {
	setup, through := &v.State.Setup, v.State.Through
	s, err := parse(setup.File, g.text(v.Scenario, setup.Plan, through))
	if err != nil {
		return nil, err
	}
	o := &Outcome{Title: title, Ticks: through * setup.Plan.Span}
	o.Result, err = run(s, setup.Seed, func(now *sim.Tick, w *world.World) error {
		if now.Index == o.Ticks-1 {
			o.End = w.Clone()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, e := range o.Result.Entries {
		if e.Kind == "vote" && e.Tick < o.Ticks {
			o.Votes = append(o.Votes, e)
		}
	}
	return o, nil
}

// At is a measure at the end of the class's rounds.
func (o *Outcome) At(measure string) float64 {
	return o.Result.Series.Of(measure)[max(0, o.Ticks-1)]
}

// Last is the value of a measure at the end of the scenario.
func (o *Outcome) Last(measure string) float64 {
	values := o.Result.Series.Of(measure)
	return values[len(values)-1]
}

// Label is the end state at the end of the class's rounds.
func (o *Outcome) Label() string {
	return o.Result.Verdict.History[max(0, o.Ticks-1)].Words()
}

// EndLabel is the end state at the end of the scenario.
func (o *Outcome) EndLabel() string { return o.Result.Verdict.Label.Words() }

// Counter compares the class's run with that of the same seed without the class.
func (r *Room) Counter() (*Counterfactuals, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.counterfactuals()
}

func (r *Room) counterfactuals() (*Counterfactuals, error) {
	if r.counter != nil {
		return r.counter, nil
	}
	v := r.view()
	if v.State.Through == 0 {
		return nil, denied("There is nothing to compare yet: resolve a round first.")
	}
	class, err := v.outcome(&v.State.Game, "the class")
	if err != nil {
		return nil, err
	}
	without, err := v.outcome(&Game{Injects: v.State.Game.Injects}, "without the class")
	if err != nil {
		return nil, err
	}
	r.counter = &Counterfactuals{Class: class, Without: without, of: v, others: map[Change]*Outcome{}}
	return r.counter, nil
}

// Change is a decision that the class did not take.
type Change struct {
	Round int
	Agent string
	// Key is the answer that is changed, such as "vote:A/RES/73/27"; "draft" takes
	// the delegation's text from the table, and "" all its orders of the round.
	Key string
	// Value is the other answer, as a field of the sheet would give it; "" leaves
	// the decision to the model.
	Value string
}

// WhatIf plays the class's game with one decision changed.
func (r *Room) WhatIf(c Change) (*Outcome, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	counter, err := r.counterfactuals()
	if err != nil {
		return nil, err
	}
	return counter.whatIf(c)
}

func (c *Counterfactuals) whatIf(change Change) (*Outcome, error) {
	s := c.of.State
	order := s.Game.order(change.Round, change.Agent)
	if order == nil || change.Round > s.Through {
		return nil, denied("That delegation filed nothing in that round.")
	}
	if known := c.others[change]; known != nil {
		return known, nil
	}
	g := s.Game.clone()
	title, err := g.change(change, order, c.of.Play.Name(change.Agent))
	if err != nil {
		return nil, err
	}
	o, err := c.of.outcome(g, title)
	if err != nil {
		return nil, err
	}
	if len(c.others) >= mostOthers {
		clear(c.others)
	}
	c.others[change] = o
	return o, nil
}

// change exchanges a decision in a game that nobody else has.
func (g *Game) change(c Change, order *Order, name string) (title string, err error) {
	if c.Key == "" {
		delete(g.Orders[c.Round-1], c.Agent)
		return fmt.Sprintf("%s leaves round %d to the model", name, c.Round), nil
	}
	other := *order
	g.Orders[c.Round-1][c.Agent] = &other
	if c.Key == "draft" {
		if other.Draft == nil {
			return "", denied("That delegation tabled no text in that round.")
		}
		other.Draft = nil
		return name + " tables no text", nil
	}
	k := slices.IndexFunc(other.Answers, func(a Answer) bool { return a.Key() == c.Key })
	if k < 0 {
		return "", denied("That delegation did not answer that question in that round.")
	}
	other.Answers = slices.Clone(other.Answers)
	was := other.Answers[k]
	if c.Value == "" {
		other.Answers = slices.Delete(other.Answers, k, k+1)
		return name + ": " + was.Decide + " " + was.About + " is left to the model", nil
	}
	options := OptionsOf(was.Decide)
	if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == c.Value }) {
		return "", denied("“%s” is no answer to that question.", clip(c.Value))
	}
	if formOf(was.Decide) == byLevel {
		other.Answers[k].Number = level(c.Value)
	} else {
		other.Answers[k].Word = c.Value
	}
	return name + ": " + was.Decide + " " + was.About + " is " + other.Answers[k].Words(nil), nil
}

// OptionsOf are the other answers to a question that can be tried in a debrief. Mixes and points
// can only be left to the model.
func OptionsOf(decide string) []Option {
	switch decide {
	case "vote":
		return votes
	case "stance":
		return stances
	case "answer":
		return responses
	case "ban":
		return bans
	case "control":
		return borders
	case "recognise", "adopt", "agree", "found", "renew", "sponsor", "join", "leave", "represent":
		return yesOrNo
	}
	return nil
}
