package scenarios

import (
	"testing"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/sim"
)

// connected is the share of the world's users from which a state counts as connected. North
// Korea and Turkmenistan, whose walls are higher than China's, have far fewer, and Saudi
// Arabia, which comes up to it in the late 2030s, a little fewer.
const connected = .01

// The wall of China is the highest among connected states, and stays so.
func TestTheHighestWallIsChinas(t *testing.T) {
	for _, name := range []string{"baseline", "baseline-2025"} {
		s, err := Load(name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		m := simulation(t, s, s.Settings)
		for replicate := range 3 {
			play(t, m, sim.ReplicateSeed(1, replicate), models.Recording{Each: func(now *sim.Tick, w *world.World) error {
				china := w.States.Control[w.FindState("CHN")]
				for i, b := range w.States.Control {
					if b > china && w.States.Users[i] > connected {
						t.Errorf("%s, tick %d: %s filters %.3f, China %.3f", name, now.Index, w.States.ID[i], b, china)
					}
				}
				return nil
			}})
		}
	}
}

// Russia's wall rises with its law of 2019 and after its invasion of 2022, and does not
// fall again; in the world after 2025 it starts where the history ends.
func TestRussiasWallRises(t *testing.T) {
	s, err := Load("history-2018-2025", Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := simulation(t, s, s.Settings)
	at := map[int]float64{} // by year, in its last quarter
	play(t, m, sim.ReplicateSeed(1, 0), models.Recording{Each: func(now *sim.Tick, w *world.World) error {
		if day := w.Calendar.Date(now.Index); day.Month() >= 10 {
			at[day.Year()] = w.States.Control[w.FindState("RUS")]
		}
		return nil
	}})
	t.Logf("%v", at)
	if at[2018] > .05 || at[2019] < at[2018]+.04 || at[2022] < at[2021]+.1 || at[2025] < at[2022]-.005 {
		t.Errorf("the wall of Russia, by year: %v", at)
	}
	present, err := Load("baseline-2025", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if b := present.World.States.Control[present.World.FindState("RUS")]; b < .2-1e-9 || b > at[2025]+.05 || b < at[2025]-.05 {
		t.Errorf("the wall of Russia is %.3f in the world after 2025, %.3f at the end of the history", b, at[2025])
	}
}
