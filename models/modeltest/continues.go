package modeltest

import (
	"bytes"
	"context"
	"reflect"
	"testing"

	"splinternet/models/world"
	"splinternet/sim"
)

// Continues fails the test unless a run that is broken off after any tick goes on as if
// it had not been: from a copy of its world with mechanisms made anew, and from its
// world written down and read again with mechanisms that have played another run. All
// that the world holds, what mechanisms remember and the entries of the chronicle are
// compared to the bit. The world itself is not changed; fresh makes the mechanisms of
// a run, with their parameters set.
func Continues(tb testing.TB, w *world.World, seed uint64, ticks int, fresh func() []sim.Mechanism[*world.World]) {
	tb.Helper()
	whole, used := w.Clone(), fresh()
	whole.Calendar.Ticks = ticks
	var broken []*world.World // the world after each tick
	var told []int            // entries by then
	model := sim.Model[*world.World]{Calendar: whole.Calendar, World: whole, Mechanisms: used, Open: world.Open}
	run(tb, model.Run(context.Background(), seed, func(_ *sim.Tick, w *world.World) error {
		broken, told = append(broken, w.Clone()), append(told, len(w.Chronicle.Entries))
		return nil
	}))
	for t, from := range broken[:ticks-1] {
		rest := whole.Chronicle.Entries[told[t]:]
		saved := reread(tb, from)
		goesOn(tb, "from a copy", from, seed, fresh(), whole, rest)
		goesOn(tb, "from a saved world", saved, seed, used, whole, rest)
		if tb.Failed() {
			return
		}
	}
}

// goesOn plays the rest of a run and compares its end.
func goesOn(tb testing.TB, how string, from *world.World, seed uint64, mechanisms []sim.Mechanism[*world.World], whole *world.World, rest []world.Entry) {
	tb.Helper()
	t := from.Tick
	model := sim.Model[*world.World]{Calendar: whole.Calendar, World: from, Mechanisms: mechanisms, Open: world.Open}
	run(tb, model.Continue(context.Background(), seed, t+1, func(*sim.Tick, *world.World) error { return nil }))
	if parts := world.Changed(whole, from); len(parts) > 0 {
		tb.Errorf("the run that goes on %s after tick %d ends with other %v", how, t, parts)
	}
	if owners := world.ChangedSlots(whole, from); len(owners) > 0 {
		tb.Errorf("the run that goes on %s after tick %d ends with other memories of %v", how, t, owners)
	}
	if told := from.Chronicle.Entries; len(told) != len(rest) || len(rest) > 0 && !reflect.DeepEqual(told, rest) {
		tb.Errorf("the run that goes on %s after tick %d is told as %+v; want %+v", how, t, told, rest)
	}
}

// reread is a copy of a world that was written down and read again.
func reread(tb testing.TB, w *world.World) *world.World {
	tb.Helper()
	data, err := w.Encode()
	run(tb, err)
	saved, err := world.Decode(bytes.NewReader(data))
	run(tb, err)
	saved.Rules = w.Rules
	saved.Chronicle = world.Chronicle{On: w.Chronicle.On, Ballots: w.Chronicle.Ballots, Teller: w.Chronicle.Teller}
	return saved
}

func run(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
