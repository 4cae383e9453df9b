package models_test

import (
	"context"
	"math"
	"os"
	"testing"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"

	"gonum.org/v1/gonum/stat"
)

// staffing gives every state an office for cyber diplomacy when a run begins, or none.
type staffing struct {
	mechanism.Mechanism
	all bool
}

func (s staffing) Begin(now *sim.Tick, w *world.World) {
	for i := range w.States.Office {
		w.States.Office[i] = world.NoOffice
		if s.all {
			w.States.Office[i] = -1
		}
	}
	s.Mechanism.Begin(now, w)
}

// Offices prevent misattribution and escalation through the lines that they staff, and do
// nothing of the kind where they staff none.
func TestOfficesPreventMisattribution(t *testing.T) {
	seeds := 8
	if os.Getenv("SPLINTERNET_FULL") != "" {
		seeds = 40
	}
	for share, lead := range map[string]float64{"0": 0, ".5": 2} {
		var wrong, climbs [2]float64
		for k, all := range []bool{false, true} {
			s, err := scenarios.Load("baseline", scenarios.Options{Ticks: 60, Set: []string{"diplomacy.offices=" + share, "security.offices=0", "forums.offices=0"}})
			if err != nil {
				t.Fatal(err)
			}
			simulation, err := s.Simulation()
			if err != nil {
				t.Fatal(err)
			}
			simulation.Watch(func(m mechanism.Mechanism) sim.Mechanism[*world.World] {
				if m.Name() == "events" { // the first to begin
					return staffing{m, all}
				}
				return m
			})
			for seed := range seeds {
				result, err := simulation.Run(context.Background(), sim.ReplicateSeed(1, seed), models.Recording{})
				if err != nil {
					t.Fatal(err)
				}
				wrong[k] += totals(result, "misattributed") / float64(seeds)
				climbs[k] += totals(result, "escalations") / float64(seeds)
			}
		}
		t.Logf("offices %s: %.1f wrongful attributions without offices, %.1f with; %.1f and %.1f escalations", share, wrong[0], wrong[1], climbs[0], climbs[1])
		if share != "0" && (wrong[1] > wrong[0]-lead || climbs[1] >= climbs[0]) {
			t.Errorf("offices %s: %.1f wrongful attributions without offices, %.1f with; %.1f and %.1f escalations", share, wrong[0], wrong[1], climbs[0], climbs[1])
		}
		if share == "0" && (wrong[0]-wrong[1] > 1 || wrong[1]-wrong[0] > 1) {
			t.Errorf("offices that staff nothing: %.1f wrongful attributions without, %.1f with", wrong[0], wrong[1])
		}
	}
}

// total is the sum of a measure over a run.
func totals(r *models.Result, name string) (sum float64) {
	for k, m := range measures.All() {
		if m.Name == name {
			for _, x := range r.Series.Values[k] {
				sum += x
			}
		}
	}
	return sum
}

// The claim of the founding text: no offices for cyber diplomacy at all against everybody's,
// in the whole model, at the same seeds. With everybody's there are fewer wrongful
// attributions, escalations and deadlocks.
func TestDiplomatsMatter(t *testing.T) {
	if os.Getenv("SPLINTERNET_FULL") == "" {
		t.Skip("plays the baseline 80 times: ten seconds of one core")
	}
	const seeds = 40
	play := func(all bool) (list [seeds]*models.Result) {
		s, err := scenarios.Load("baseline", scenarios.Options{Set: []string{"power.office-innovation=0", "power.office-imitation=0"}})
		if err != nil {
			t.Fatal(err)
		}
		simulation, err := s.Simulation()
		if err != nil {
			t.Fatal(err)
		}
		simulation.Watch(func(m mechanism.Mechanism) sim.Mechanism[*world.World] {
			if m.Name() == "events" { // the first to begin
				return staffing{m, all}
			}
			return m
		})
		for seed := range list {
			if list[seed], err = simulation.Run(context.Background(), sim.ReplicateSeed(1, seed), models.Recording{}); err != nil {
				t.Fatal(err)
			}
		}
		return list
	}
	none, all := play(false), play(true)
	for _, measure := range []string{"misattributed", "escalations", "deadlocks"} {
		var differences [seeds]float64
		for k := range differences {
			differences[k] = totals(all[k], measure) - totals(none[k], measure)
		}
		mean, sd := stat.MeanStdDev(differences[:], nil)
		half := 1.96 * sd / math.Sqrt(seeds)
		t.Logf("%s: %+.2f +- %.2f", measure, mean, half)
		if mean+half >= 0 {
			t.Errorf("%s: everybody's offices against none: %+.2f +- %.2f", measure, mean, half)
		}
	}
}
