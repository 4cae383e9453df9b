package scenarios

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"reflect"
	"slices"
	"testing"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/sim"
)

// saved is a world at the end of a tick, and what had been told by then.
type saved struct {
	data           []byte
	tick           int
	entries, votes int
}

// A run that goes on from a world that was saved at the end of a tick gives the rest of
// the rows, the chronicle, the votes and the verdict of the whole run, to the last bit.
func TestRunGoesOn(t *testing.T) {
	names, every := []string{"baseline", "history-2018-2025", "attribution-crisis"}, 29
	if os.Getenv("SPLINTERNET_FULL") != "" {
		names, every = Names(), 7
	}
	for k, name := range names {
		s, err := Load(name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		const seed = 7
		simulation, record := simulation(t, s, s.Settings), models.Recording{Chronicle: true, Ballots: true, Stride: 4}
		var worlds []saved
		whole := record
		whole.Each = func(now *sim.Tick, w *world.World) error {
			if (now.Index+k)%every != 0 || now.Index+1 == w.Calendar.Ticks {
				return nil
			}
			data, err := w.Encode()
			worlds = append(worlds, saved{data, now.Index, len(w.Chronicle.Entries), len(w.Chronicle.Votes)})
			return err
		}
		want := play(t, simulation, seed, whole)
		for _, from := range worlds {
			w, err := world.Decode(bytes.NewReader(from.data))
			if err != nil {
				t.Fatal(err)
			}
			got, err := simulation.Continue(context.Background(), w, seed, record)
			if err != nil {
				t.Fatal(err)
			}
			if what := otherRest(got, want, &from); what != "" {
				t.Errorf("%s from tick %d: %s", name, from.tick, what)
			}
		}
	}
}

// otherRest says in what the rest of a run differs from that of the whole one.
func otherRest(got, want *models.Result, from *saved) string {
	for k, m := range measures.All() {
		for tick, x := range want.Series.Values[k] {
			if y := got.Series.Values[k][tick]; math.Float64bits(x) != math.Float64bits(y) {
				return fmt.Sprintf("%s is %g in tick %d, want %g", m.Name, y, tick, x)
			}
		}
	}
	rest := want.Entries[from.entries:]
	for k := range min(len(got.Entries), len(rest)) {
		if !reflect.DeepEqual(got.Entries[k], rest[k]) {
			return fmt.Sprintf("the chronicle has %+v, want %+v", got.Entries[k], rest[k])
		}
	}
	switch {
	case len(got.Entries) != len(rest):
		return fmt.Sprintf("the chronicle has %d entries, want %d", len(got.Entries), len(rest))
	case !slices.Equal(got.Ballots, want.Ballots[from.votes:]):
		return "the votes are others"
	case !reflect.DeepEqual(got.Verdict, want.Verdict):
		return fmt.Sprintf("the verdict is %+v, want %+v", got.Verdict, want.Verdict)
	}
	return ""
}
