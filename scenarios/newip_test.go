package scenarios

import (
	"testing"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/sim"
)

// Hardly anybody beside China recognises New IP by 2023, as on record; where China and
// Russia move their networks to it, about half of the world's users have moved by 2037.
func TestNewIPNeedsUsers(t *testing.T) {
	const runs = 4
	at := func(scenario string, year int) (others int, carried float64) {
		s, err := Load(scenario, Options{})
		if err != nil {
			t.Fatal(err)
		}
		m := simulation(t, s, s.Settings)
		for replicate := range runs {
			play(t, m, sim.ReplicateSeed(1, replicate), models.Recording{Each: func(now *sim.Tick, w *world.World) error {
				if day := w.Calendar.Date(now.Index); day.Year() != year || day.Month() != 10 {
					return nil
				}
				for i, yes := range w.Stacks[1].Recognised {
					if yes && w.States.ID[i] != "CHN" {
						others++
					}
				}
				carried += w.Carried(1) / runs
				return nil
			}})
		}
		return others, carried
	}
	if others, carried := at("baseline", 2023); others > 2*runs || carried > .02 {
		t.Errorf("baseline, 2023: %d runs with %d who recognise New IP beside China, %.3f of users on it", runs, others, carried)
	}
	if others, carried := at("new-ip", 2037); others < 20*runs || carried < .42 || carried > .65 {
		t.Errorf("new-ip, 2037: %d runs with %d who recognise it, %.3f of users on it", runs, others, carried)
	}
}
