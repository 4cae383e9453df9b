package room

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
)

// Play is the world as the class has made it.
type Play struct {
	Plan     Plan
	Calendar sim.Calendar
	Through  int // rounds that are resolved
	Ticks    int // of those rounds

	Start, World *world.World // after the first tick, and at the end of those rounds
	Result       *models.Result
	Asked        []Asked // questions to delegations, the round to come included
	Texts        map[string]TextFacts

	heard []string // delegations that were listened to
}

// parse reads the text of a game. Class and instructor only enter what has been
// checked, so that an error here is a fault of the program.
func parse(file, text string) (*scenarios.Scenario, error) {
	s, err := scenarios.Parse(file, text, scenarios.Options{})
	if err != nil {
		return nil, fmt.Errorf("the class's scenario cannot be read: %w", err)
	}
	return s, nil
}

// play plays the rounds that are resolved, and one more on its orders so far to
// learn what it will bring. Agents are the delegations to listen to.
func play(base *scenarios.Scenario, state *State, agents []string) (*Play, error) {
	setup, plan, through := &state.Setup, state.Setup.Plan, state.Through
	// Orders of the round to come are sealed: the model answers for everybody, and
	// so says what delegations are going to be asked.
	open := state.Game.clone()
	if through < len(open.Orders) {
		open.Orders = open.Orders[:through]
	}
	open.Orders = append(open.Orders, nil)
	s, err := parse(setup.File, open.text(base, plan, through+1))
	if err != nil {
		return nil, err
	}
	p := &Play{Plan: plan, Calendar: s.Calendar, Through: through, Ticks: through * plan.Span, heard: agents}
	end := min(p.Ticks+plan.Span, s.Calendar.Ticks)
	if through >= plan.Rounds {
		end = p.Ticks
	}
	s.World.Calendar.Ticks = end
	heard := &transcript{texts: map[string]TextFacts{}}
	s.Settings.Listen = heard.attach(agents)
	p.Result, err = run(s, setup.Seed, func(now *sim.Tick, w *world.World) error {
		if now.Index == 0 {
			p.Start = w.Clone()
		}
		if now.Index == p.Ticks-1 {
			p.World = w.Clone()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if p.World == nil {
		p.World = p.Start
	}
	p.Asked, p.Texts = heard.asked, heard.texts
	return p, nil
}

// run plays a scenario once with everything recorded.
func run(s *scenarios.Scenario, seed uint64, each func(now *sim.Tick, w *world.World) error) (*models.Result, error) {
	simulation, err := s.Simulation()
	if err != nil {
		return nil, err
	}
	return simulation.Run(context.Background(), seed, models.Recording{Chronicle: true, Ballots: true, Each: each})
}

// digest is a fingerprint of what has happened: measures to six digits, so that
// the last digits of another processor do not matter, and what the chronicle says.
func (p *Play) digest() string {
	h := sha256.New()
	for _, m := range Headline() {
		for round := 1; round <= p.Through; round++ {
			fmt.Fprintf(h, "%s %d %.6g\n", m.Name, round, p.At(m.Name, round))
		}
	}
	for _, e := range p.Result.Entries {
		if e.Tick < p.Ticks && e.Kind == "vote" {
			fmt.Fprintf(h, "%d %s %d %d %d\n", e.Tick, e.Name, e.Yes, e.No, e.Abstain)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// At is the value of a measure at the end of a round; round 0 is the start.
func (p *Play) At(measure string, round int) float64 {
	values := p.Result.Series.Of(measure)
	t := round*p.Plan.Span - 1
	return values[min(max(t, 0), len(values)-1)]
}

// Label is the end state that the world has come to by the end of a round.
func (p *Play) Label(round int) verdict.Label {
	history := p.Result.Verdict.History
	return history[min(max(0, round*p.Plan.Span-1), len(history)-1)]
}

// Entries are the entries of the chronicle of a round, the most consequential
// first.
func (p *Play) Entries(round int) []world.Entry {
	var list []world.Entry
	for _, e := range p.Result.Entries {
		if round <= p.Through && p.Plan.Of(e.Tick) == round {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b world.Entry) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
	return list
}

// Votes are the votes of a round in the order in which they were taken.
func (p *Play) Votes(round int) []world.Entry {
	var list []world.Entry
	for _, e := range p.Result.Entries {
		if round <= p.Through && p.Plan.Of(e.Tick) == round && e.Kind == "vote" {
			list = append(list, e)
		}
	}
	return list
}

// Ballot is how a state voted on a text in a round, or "".
func (p *Play) Ballot(round int, text, state string) string {
	i := p.World.FindState(state)
	for _, b := range p.Result.Ballots {
		if b.State == i && b.Text == text && p.Plan.Of(b.Tick) == round {
			return b.Vote.String()
		}
	}
	return ""
}

// Answered are the questions that an agent was asked in a round, each once, as it
// was asked last.
func (p *Play) Answered(round int, agent string) []Asked {
	var list []Asked
	at := map[string]int{}
	for _, a := range p.Asked {
		if a.Agent != agent || p.Plan.Of(a.Tick) != round {
			continue
		}
		k := key(a.Decide, a.About)
		if i, known := at[k]; known {
			list[i] = a
			continue
		}
		at[k] = len(list)
		list = append(list, a)
	}
	return list
}

// Headline lists the headline measures.
func Headline() []measures.Measure {
	var list []measures.Measure
	for _, m := range measures.All() {
		if m.Headline {
			list = append(list, m)
		}
	}
	return list
}
