package delegation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/scenarios"
	"splinternet/sim"
)

// Card is the role card of a delegation: everything in it is read off the world.
type Card struct {
	Agent, Name string
	Role        string // one line: who you are
	Want        []string
	Can         []string
	Know        []string
	Friends     []string
	Rivals      []string
	Scale       float64 // position, [0, 1]
	HasScale    bool
}

// UnknownAgentError says that a scenario has no such delegation.
type UnknownAgentError struct {
	Agent string
	Known []string
}

func (e *UnknownAgentError) Error() string { return fmt.Sprintf("there is no delegation %q", e.Agent) }

// Cards makes the role cards of some delegations of a scenario, of those that are offered
// first if none is named. Its own error is an *UnknownAgentError.
func Cards(s *scenarios.Scenario, agents []string) ([]*Card, error) {
	start, err := startOf(s)
	if err != nil {
		return nil, err
	}
	var known, first []string
	for _, a := range Agents(s.World) {
		known = append(known, a.ID)
		if a.First {
			first = append(first, a.ID)
		}
	}
	if len(agents) == 0 {
		agents = first
	}
	var cards []*Card
	for _, agent := range agents {
		card := NewCard(start, agent)
		if card.Role == "" {
			return nil, &UnknownAgentError{agent, known}
		}
		cards = append(cards, card)
	}
	return cards, nil
}

// startOf is the world of a scenario after its first tick, when all is derived
// that role cards tell.
func startOf(s *scenarios.Scenario) (*world.World, error) {
	w := s.World.Clone()
	w.Calendar.Ticks = 1
	simulation, err := models.New(w, s.Settings)
	if err != nil {
		return nil, err
	}
	var start *world.World
	_, err = simulation.Run(context.Background(), 1, models.Recording{Each: func(_ *sim.Tick, w *world.World) error {
		start = w.Clone()
		return nil
	}})
	return start, err
}

// NewCard writes the card of an agent in a world.
func NewCard(w *world.World, agent string) *Card {
	kind, id, _ := strings.Cut(agent, ".")
	c := &Card{Agent: agent, Name: Name(w, agent)}
	switch kind {
	case "state":
		if i := w.FindState(id); i >= 0 {
			c.state(w, i)
		}
	case "firm":
		if f := w.FindFirm(id); f >= 0 {
			c.firm(w, f)
		}
	case "forum":
		c.chair(w, id)
	}
	return c
}

func percent(share float64) string { return output.PercentIn("\u00a0", share) }

func say(list *[]string, sentence string, values ...any) {
	*list = append(*list, fmt.Sprintf(sentence, values...))
}

// camp words a position.
func camp(x float64) string {
	switch {
	case x < .2:
		return "firmly sovereign: each state rules its own network"
	case x < .4:
		return "rather sovereign"
	case x < .6:
		return "in the middle, between the camps"
	case x < .8:
		return "rather open"
	}
	return "firmly open: one network, run by all who have a stake in it"
}

// joinNames lists names for a sentence, a few at most.
func joinNames(names []string, most int) string {
	if len(names) > most {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("%d more", len(names)-most))
	}
	return world.Listed(names)
}

// ranked lists 0 to n-1, the largest value first.
func ranked(n int, value func(k int) float64) []int {
	order := make([]int, n)
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(value(b), value(a)) })
	return order
}

func rankOf(values []float64, i int) int {
	rank := 1
	for _, x := range values {
		if x > values[i] {
			rank++
		}
	}
	return rank
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	return sum / float64(max(1, len(values)))
}
