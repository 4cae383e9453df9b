package models_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
)

// left counts what each mechanism would leave behind if it merely stopped.
var left = map[string]func(w *world.World) float64{
	"norms": func(w *world.World) (sum float64) {
		for t := range w.Texts {
			for i := range w.States.N {
				sum += w.Texts[t].Hold(i)
			}
		}
		return sum
	},
	"forums": func(w *world.World) (n float64) {
		for k := range w.Forums {
			if w.Forums[k].Status == world.Alive {
				n++
			}
		}
		return n + float64(w.Dyads.MostShared) + float64(w.Activity.Votes+w.Activity.Adopted+w.Activity.Deadlocks)
	},
	"markets": func(w *world.World) float64 {
		return float64(w.Standing.Bans+w.Standing.Denials) + total(w.Firms.Ban) + total(w.Dyads.Denial) + total(w.Dyads.Exclusion)
	},
	"diplomacy": func(w *world.World) (n float64) {
		for _, since := range w.States.Office {
			if since != world.NoOffice {
				n++
			}
		}
		return n + float64(w.Standing.Channels+len(w.Dyads.Agreements)) + total(w.Dyads.Channel) + total(w.Dyads.Bridge)
	},
	"standards": func(w *world.World) float64 { return w.Network.Technical },
	"interconnection": func(w *world.World) float64 {
		return w.Network.Governmental + total(w.States.Control)
	},
	"crime": func(w *world.World) float64 { return float64(len(w.Crime.Waves) + len(w.Crime.Share)) },
	"security": func(w *world.World) float64 {
		return total(w.States.Threat) + total(w.States.Blame)
	},
}

func total(x []float64) (sum float64) {
	for _, v := range x {
		sum += v
	}
	return sum
}

// Where a mechanism is abolished nothing of it is left in any tick; where it is frozen
// something is, in the baseline with a rival stack, for most.
func TestNothingIsLeftOfWhatIsAbolished(t *testing.T) {
	for name, count := range left {
		s, err := scenarios.Load("new-ip", scenarios.Options{Ticks: 16, Without: []string{name}})
		if err != nil {
			t.Fatal(err)
		}
		m, err := s.Simulation()
		if err != nil {
			t.Fatal(err)
		}
		_, err = m.Run(context.Background(), 1, models.Recording{Each: func(now *sim.Tick, w *world.World) error {
			if x := count(w); x > world.Tie {
				t.Errorf("without %s: %g of it is left in tick %d", name, x, now.Index)
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Every mechanism says what the world is like without it, and is covered by left if it has
// something to take away.
func TestMechanismsSayWhatWithoutThemMeans(t *testing.T) {
	for _, m := range models.Mechanisms() {
		if !strings.HasSuffix(m.Without, ".") {
			t.Errorf("%s does not say in a sentence what the world is like without it", m.Name)
		}
	}
	var covered []string
	for _, m := range models.Every() {
		if _, has := m.(mechanism.Abolisher); has {
			covered = append(covered, m.Name())
		}
	}
	for name := range left {
		if !slices.Contains(covered, name) {
			t.Errorf("%s has nothing to abolish", name)
		}
	}
	if len(covered) != len(left) {
		t.Errorf("%v can be abolished, and %d of them are tested", covered, len(left))
	}
}

// What is frozen stays, and what is abolished is a mechanism that is off.
func TestFrozenIsNotAbolished(t *testing.T) {
	frozen, err := scenarios.Load("baseline", scenarios.Options{Freeze: []string{"norms"}})
	if err != nil {
		t.Fatal(err)
	}
	if s := frozen.Settings; !s.Off["norms"] || s.Abolished["norms"] {
		t.Errorf("--freeze gives off %v, abolished %v", s.Off, s.Abolished)
	}
	again, err := scenarios.Parse("again.toml", frozen.Text, scenarios.Options{Without: []string{"norms"}})
	if err != nil {
		t.Fatal(err)
	}
	if s := again.Settings; !s.Off["norms"] || !s.Abolished["norms"] {
		t.Errorf("--without gives off %v, abolished %v", s.Off, s.Abolished)
	}
	if _, err := models.New(again.World, models.Settings{Abolished: map[string]bool{"norms": true}}); err == nil {
		t.Error("a mechanism that is on can be abolished")
	}
}
