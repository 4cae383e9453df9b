package scenarios

import (
	"os"
	"slices"
	"testing"
	"time"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/sim"
)

// After the invasion of Ukraine none of those who side with Ukraine agrees with Russia by
// the end of 2025, no line between them is open, and trust is not back.
func TestWarInUkraineLasts(t *testing.T) {
	s, err := Load("history-2018-2025", Options{})
	if err != nil {
		t.Fatal(err)
	}
	begins := s.Calendar.At(time.Date(2022, time.February, 24, 0, 0, 0, 0, time.UTC))
	runs := 3
	if os.Getenv("SPLINTERNET_FULL") != "" {
		runs = 40
	}
	m := simulation(t, s, s.Settings)
	for replicate := range runs {
		var before, last *world.World
		result := play(t, m, sim.ReplicateSeed(2, replicate), models.Recording{Chronicle: true, Each: func(now *sim.Tick, w *world.World) error {
			switch now.Index {
			case begins - 1:
				before = w.Clone()
			case s.Calendar.Ticks - 1:
				last = w.Clone()
			}
			return nil
		}})
		russia := last.FindState("RUS")
		var sides []string
		for _, war := range last.Dyads.Wars {
			i, j := int(war.I), int(war.J)
			if i != russia && j != russia {
				continue
			}
			other := i + j - russia
			sides = append(sides, last.States.ID[other])
			if was, is := before.MeanTrust(i, j), last.MeanTrust(i, j); is > was/2 {
				t.Errorf("run %d: trust of %s and Russia was %.2f and is %.2f", replicate, last.States.ID[other], was, is)
			}
			if last.Dyads.Agreement(i, j) >= 0 || last.Dyads.Channel[i*last.States.N+j] > 0 {
				t.Errorf("run %d: %s has a line to Russia", replicate, last.States.ID[other])
			}
		}
		if len(sides) < 39 || !slices.Contains(sides, "UKR") || !slices.Contains(sides, "GBR") || slices.Contains(sides, "TUR") {
			t.Errorf("on the side of Ukraine: %v", sides)
		}
		if !last.Dyads.Rival[russia*last.States.N+last.FindState("UKR")] {
			t.Error("Russia and Ukraine are no rivals")
		}
		for _, e := range result.Entries {
			if e.Tick >= begins && e.Kind == "agreement" && e.Value > 0 && slices.Contains(e.Actors, "RUS") &&
				slices.ContainsFunc(e.Actors, func(id string) bool { return slices.Contains(sides, id) }) {
				t.Errorf("run %d: %s", replicate, e.Text)
			}
		}
	}
}
