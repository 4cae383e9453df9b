package events_test

import (
	"slices"
	"strings"
	"testing"

	"splinternet/models/events"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// A war ends agreements and lines between the sides, costs trust, makes initiator and
// target rivals, and leaves everybody else alone.
func TestWar(t *testing.T) {
	w, m := stage()
	n, d := w.States.N, &w.Dyads
	modeltest.Set(t, m.Declared, map[string]float64{"events.war-trust": .8, "events.war-side-trust": .5})
	d.Agree(n, 0, 3, .5, 0)
	d.Agree(n, 3, 4, .5, 0)
	d.SetChannel(n, 0, 4, .3)
	entries := happen(w, m, &events.War{Initiator: "s0", Target: "s3", WithInitiator: []string{"group.east"}, WithTarget: []string{"s4"}, Until: 7})
	trust := func(i, j int) float64 { return d.Trust[i*n+j] }
	for what, c := range map[string]struct{ got, want float64 }{
		"initiator in target": {trust(0, 3), .1}, "target in initiator": {trust(3, 0), .1},
		"initiator in supporter": {trust(0, 4), .25}, "accomplice in target": {trust(1, 3), .25},
		"one side": {trust(0, 1), .5}, "the other side": {trust(3, 4), .5}, "a third state": {trust(0, 2), .5},
		"line of the enemies": {d.Channel[0*n+3], 0}, "line of the supporter": {d.Channel[0*n+4], 0}, "line of friends": {d.Channel[3*n+4], .5},
		"lines in the world": {float64(w.Standing.Channels), 1},
	} {
		modeltest.Near(t, what, c.got, c.want, exact)
	}
	if d.Agreement(0, 3) >= 0 || d.Agreement(3, 4) < 0 || len(d.Wars) != 4 {
		t.Errorf("agreements %+v, wars %+v", d.Agreements, d.Wars)
	}
	if !d.Rival[0*n+3] || !d.Rival[3*n+0] || d.Rival[0*n+4] || d.Rival[1*n+3] {
		t.Error("initiator and target are rivals, and nobody else")
	}
	for tick, want := range map[int]bool{0: true, 7: true, 8: false} {
		if d.AtWar(3, 0, tick) != want || d.AtWar(0, 2, tick) {
			t.Errorf("at war in tick %d: %v", tick, !want)
		}
	}
	e := entries[len(entries)-1]
	if len(entries) != 1 || !slices.Equal(e.Actors, []string{"s0", "s1"}) || !slices.Equal(e.Targets, []string{"s3", "s4"}) || e.Value >= 0 ||
		!strings.Contains(e.Text, "goes to war against") || !strings.Contains(e.Text, "1 agreement)") {
		t.Errorf("entries %+v", entries)
	}
}

// The level that trust returns to falls with it: years later trust is not back.
func TestWarIsRemembered(t *testing.T) {
	w, m := stage()
	copy(w.Dyads.TrustStart, w.Dyads.Trust)
	happen(w, m, &events.War{Initiator: "s0", Target: "s3", Until: world.NoEnd})
	modeltest.Set(t, m.Declared, map[string]float64{"security.rate": 0, "security.trust-return": .2, "events.war-trust": .9})
	for tick := range 80 {
		w.Tick = tick
		m.Security.Step(modeltest.At(w, 1, "security", tick), w)
	}
	if trust := w.MeanTrust(0, 3); trust > .06 {
		t.Errorf("trust is back at %.2f", trust)
	}
}

// Nobody stands on both sides.
func TestWarWithOneself(t *testing.T) {
	for _, war := range []*events.War{
		{Initiator: "s0", Target: "s0"},
		{Initiator: "s0", Target: "s3", WithTarget: []string{"group.east"}},
		{Initiator: "s0", Target: "s3", WithInitiator: []string{"s3"}},
		{Initiator: "nobody", Target: "s3"},
		{Initiator: "s0", Target: "s3", WithTarget: []string{"nobody"}},
	} {
		w, m := stage()
		entries := happen(w, m, war)
		if len(entries) != 1 || !strings.HasPrefix(entries[0].Text, "it could not happen: ") || len(w.Dyads.Wars) > 0 {
			t.Errorf("%+v: %+v", war, entries)
		}
	}
}

// A group that belongs to a forum is who its members are by now.
func TestGroupFollowsItsForum(t *testing.T) {
	w, m := stage()
	w.Groups = append(w.Groups, world.Group{ID: "club", Members: []int{0, 1}, Forum: "club"})
	w.Exit(w.FindForum("club"), 1)
	happen(w, m, &events.Shock{Targets: []string{"group.club", "group.east"}, Variable: "control", Add: number(.1)})
	modeltest.Near(t, "who stays", w.States.Control[0], .2, exact)
	modeltest.Near(t, "who has left is in the other group alone", w.States.Control[1], .1, exact)
}
