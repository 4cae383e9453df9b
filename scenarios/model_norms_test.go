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

// The Budapest Convention had 60 parties in July 2018, 65 at the end of 2020 and 76 in
// October 2024. Without norms nobody ratifies.
func TestBaselineBudapest(t *testing.T) {
	early := parties(t, models.Settings{}, end2020, 20, "budapest-convention")
	late := parties(t, models.Settings{}, end2024, 20, "budapest-convention")
	t.Logf("%.1f parties at the end of 2020, %.1f at that of 2024", early, late)
	if early < 63 || early > 69 {
		t.Errorf("%.1f parties in 2020, recorded 65", early)
	}
	if late < 70 || late > 79 {
		t.Errorf("%.1f parties in 2024, recorded 76", late)
	}
	off := parties(t, models.Settings{Off: map[string]bool{"norms": true}}, end2020, 1, "budapest-convention")
	if off != 60 {
		t.Errorf("%.0f parties without norms, want the 60 of the start", off)
	}
}

// A forum that drafts a treaty has none to ratify before its mandate ends: the joint
// initiative on electronic commerce negotiated from 2019 to July 2024. The Malabo
// Convention needs the 15 parties of its own clause, which it had in June 2023, and the
// United States stays out of the Paris Call until 2021.
func TestBaselineTreatiesTakeTheirTime(t *testing.T) {
	s, err := Load("baseline", Options{Ticks: end2024 + 4})
	if err != nil {
		t.Fatal(err)
	}
	const runs = 8
	m := simulation(t, s, s.Settings)
	malabo := 0.0 // mean year of its entry into force, or 2025
	for replicate := range runs {
		entered := 2025
		play(t, m, sim.ReplicateSeed(1, replicate), models.Recording{Each: func(now *sim.Tick, w *world.World) error {
			if k := w.FindText("wto-ecommerce-agreement"); k >= 0 && now.Date.Year() < 2024 {
				t.Errorf("there is an agreement on electronic commerce in %d", now.Date.Year())
			}
			convention, parties := &w.Texts[w.FindText("malabo-convention")], 0
			for _, a := range convention.Adherence {
				if a == world.Party {
					parties++
				}
			}
			if parties > 0 && parties < 15 {
				t.Errorf("the Malabo Convention binds %d states", parties)
			}
			if parties > 0 {
				entered = min(entered, now.Date.Year())
			}
			if k := w.FindText("paris-call"); k >= 0 && now.Date.Year() < 2021 && w.Texts[k].Adherence[w.FindState("USA")] != world.Outside {
				t.Errorf("the United States backs the Paris Call in %d", now.Date.Year())
			}
			return nil
		}})
		malabo += float64(entered) / runs
	}
	if malabo < 2021 || malabo > 2025 {
		t.Errorf("the Malabo Convention enters into force in %.1f on average, recorded 2023", malabo)
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
