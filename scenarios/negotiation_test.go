package scenarios

import (
	"fmt"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/sim"
)

// parley is a forum that meets every year.
const parley = `
title = "A table"
extends = "two-blocs"
[[event]]
name = "table"
date = 2020-02-01
kind = "forum"
forum = "table"
cycle = 1
negotiation = %q
`

// A scenario chooses how a forum negotiates. On a world whose two strong open states are
// opposed by many weak ones, challenges and the centroid come to different texts.
func TestNegotiationIsChosen(t *testing.T) {
	ends := map[world.Negotiation]float64{}
	for _, how := range world.Negotiations {
		s, err := Parse("table.toml", fmt.Sprintf(parley, how), Options{Ticks: 30})
		if err != nil {
			t.Fatal(err)
		}
		m := simulation(t, s, s.Settings)
		play(t, m, 1, models.Recording{Each: finalPosition(s.Calendar.Ticks, "table", how, ends)})
	}
	if len(ends) != 2 || ends[world.Centroid] == ends[world.Challenges] {
		t.Errorf("texts stand at %v", ends)
	}
	_, err := Parse("table.toml", fmt.Sprintf(parley, "duel"), Options{})
	if err == nil || !strings.Contains(err.Error(), "centroid, challenges") {
		t.Errorf("an unknown way to negotiate: %v", err)
	}
}

// finalPosition notes where the text of a forum stands in the last tick, and checks how it was
// negotiated.
func finalPosition(ticks int, forum string, how world.Negotiation, ends map[world.Negotiation]float64) func(*sim.Tick, *world.World) error {
	return func(now *sim.Tick, w *world.World) error {
		if now.Index < ticks-1 {
			return nil
		}
		f := &w.Forums[w.FindForum(forum)]
		if f.Negotiates != how {
			return fmt.Errorf("%s negotiates by %s", forum, f.Negotiates)
		}
		ends[how] = f.Position[0]
		return nil
	}
}
