package regime

import (
	"testing"

	"splinternet/models/forums/texts"
	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"
)

// A forum that has failed a state is the occasion to found another, for some years.
func TestOccasion(t *testing.T) {
	w := modeltest.World(12)
	modeltest.AddForum(w, "council").Line = world.Standards
	m := &Regime{State: new(State)}
	new(sim.Parameters).Declare("forums", m.Fixed()...)
	m.Begin(w)
	now := modeltest.At(w, 1, "forums", 40)
	check := func(what string, want bool) {
		t.Helper()
		if got := m.occasion(now, w, world.Standards, 0); got != want {
			t.Errorf("%s: %t", what, got)
		}
	}
	check("nothing has happened", false)
	w.Tick = 40 - m.FailureMemory*4
	m.NoteFailure(0, w.Tick)
	check("a deadlock", true)
	if m.occasion(now, w, world.Confidence, 0) {
		t.Error("a deadlock on one line is an occasion on another")
	}
	w.Tick--
	m.NoteFailure(0, w.Tick)
	check("a deadlock long ago", false)
	w.Tick = 39
	m.NoteDisowned(w, world.Standards, []int{1})
	check("another had to disown its text", false)
	m.NoteDisowned(w, world.Standards, []int{0})
	check("it had to disown its text", true)
	m.Begin(w)
	k := texts.Table(w, world.Text{ID: "own", Line: world.Standards, Kind: world.Norm, Sponsors: []int{0}, Position: []float64{.1}, Stack: -1})
	w.Texts[k].Tabled, w.Texts[k].Status = 30, world.Rejected
	check("its text was rejected", true)
	w.Texts[k].Sponsors[0] = 6
	check("another's text was rejected", false)
	w.Texts[k].Status, w.Texts[k].Adopted = world.InForce, 30
	check("rules were adopted without it", true)
	w.Texts[k].Adherence[0] = world.Endorsed
	check("rules were adopted with it", false)
}
