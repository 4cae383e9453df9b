package scenarios

import (
	"maps"
	"testing"

	"splinternet/models"
	"splinternet/models/events"
	"splinternet/models/world"
	"splinternet/sim"
)

// parties plays the baseline to a tick, runs times, and returns the mean number of
// states that have ratified the text then.
func parties(t *testing.T, settings models.Settings, tick, runs int, text string) float64 {
	t.Helper()
	s, err := Load("baseline", Options{Ticks: tick + 1})
	if err != nil {
		t.Fatal(err)
	}
	merged := s.Settings
	merged.Off = maps.Clone(settings.Off)
	merged.Decisions = append(merged.Decisions, settings.Decisions...)
	m := simulation(t, s, merged)
	total := 0
	for replicate := range runs {
		play(t, m, sim.ReplicateSeed(1, replicate), models.Recording{Each: func(now *sim.Tick, w *world.World) error {
			if now.Index == tick {
				for _, a := range w.Texts[w.FindText(text)].Adherence {
					if a >= world.Ratified {
						total++
					}
				}
			}
			return nil
		}})
	}
	return float64(total) / float64(runs)
}

// The last quarters of the years in which the parties to the Budapest Convention
// are known.
const (
	end2020 = 9
	end2024 = 25
)

// The Budapest Convention had 65 parties in 2020 and 76 in October 2024 (theory.md
// 14); the baseline starts from the 64 of 2019. Without norms nobody ratifies.
func TestBaselineBudapest(t *testing.T) {
	early := parties(t, models.Settings{}, end2020, 20, "budapest-convention")
	late := parties(t, models.Settings{}, end2024, 20, "budapest-convention")
	t.Logf("%.1f parties at the end of 2020, %.1f at that of 2024", early, late)
	if early < 64 || early > 73 {
		t.Errorf("%.1f parties in 2020, recorded 65", early)
	}
	if late < 72 || late > 82 {
		t.Errorf("%.1f parties in 2024, recorded 76", late)
	}
	off := parties(t, models.Settings{Off: map[string]bool{"norms": true}}, end2020, 1, "budapest-convention")
	if off != 64 {
		t.Errorf("%.0f parties without norms, want the 64 of the start", off)
	}
}

// What a scenario decides about ratification counts.
func TestBaselineAdoptIsScripted(t *testing.T) {
	text := "budapest-convention"
	for word, want := range map[string]bool{"yes": true, "no": false} {
		s, err := Load("baseline", Options{Ticks: 2})
		if err != nil {
			t.Fatal(err)
		}
		s.Settings.Decisions = append(s.Settings.Decisions, events.Decision{
			Agent: "state.SWE", Decide: "adopt", About: text, Word: word, Until: 99,
		})
		play(t, simulation(t, s, s.Settings), 1, models.Recording{Each: func(_ *sim.Tick, w *world.World) error {
			if got := w.Texts[w.FindText(text)].Covers(w.FindState("SWE")); got != want {
				t.Errorf("adopt = %s: Sweden is a party: %v", word, got)
			}
			return nil
		}})
	}
}
