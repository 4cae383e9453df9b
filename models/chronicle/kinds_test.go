package chronicle

import (
	"slices"
	"testing"

	"splinternet/models/forums/assembly"
	"splinternet/models/modeltest"
	"splinternet/models/voting"
	"splinternet/models/world"
)

// An answer is a number where it is one, and what it is about stands beside it.
func TestDecisionsAsNumbers(t *testing.T) {
	for what, c := range map[string]struct {
		question *world.Question
		answer   world.Answer
		want     float64
	}{
		"a vote for":      {world.VoteQuestion, world.Answer{Word: "yes"}, 1},
		"a vote against":  {world.VoteQuestion, world.Answer{Word: "no"}, -1},
		"an abstention":   {world.VoteQuestion, world.Answer{Word: "abstain"}, 0},
		"yes":             {world.JoinQuestion, world.Answer{Word: "yes"}, 1},
		"no":              {world.JoinQuestion, world.Answer{Word: "no"}, 0},
		"a stance":        {world.StanceQuestion, world.Answer{Word: "block"}, 2},
		"a rung":          {world.AnswerQuestion, world.Answer{Word: world.Rungs[3]}, 3},
		"a level":         {world.ControlQuestion, world.Answer{Level: .4}, .4},
		"a draft":         {world.ProposeQuestion, world.Answer{Draft: &world.Draft{Depth: .3}}, .3},
		"nothing tabled":  {world.ProposeQuestion, world.Answer{}, 0},
		"pressure":        {world.FirmLobbyQuestion, world.Answer{Pressure: world.Pressure{Strength: .7}}, .7},
		"a mix":           {world.EffortQuestion, world.Answer{Mix: []float64{1, 0, 0, 0}}, 0},
		"a stack to sell": {world.FirmSellQuestion, world.Answer{Word: "new"}, 0},
	} {
		if got := asNumber(&world.Decided{Asked: world.Asked{Question: c.question}, Answer: c.answer}); got != c.want {
			t.Errorf("%s is %g, want %g", what, got, c.want)
		}
	}
	w := modeltest.World(2, .1, .9)
	about := func(q *world.Question, about int, word string) []string {
		return decidedOn(w, &world.Decided{Asked: world.Asked{Question: q, About: about}, Answer: world.Answer{Word: word}})
	}
	if !slices.Equal(about(world.AgreeQuestion, 1, "yes"), []string{"s1"}) || !slices.Equal(about(world.FirmSellQuestion, -1, "new"), []string{"new"}) ||
		about(world.ControlQuestion, -1, "") != nil {
		t.Error("what a decision is about is not its target")
	}
}

// The value of a vote is the share of yes among yes and no.
func TestInFavour(t *testing.T) {
	var tally assembly.Tally
	if got := inFavour(tally); got != 0 {
		t.Errorf("nobody votes: %g", got)
	}
	tally[voting.Yes], tally[voting.No], tally[voting.Abstain] = 3, 1, 7
	if got := inFavour(tally); got != .75 {
		t.Errorf("three of four: %g", got)
	}
}
