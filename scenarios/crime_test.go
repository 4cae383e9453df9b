package scenarios

import (
	"context"
	"slices"
	"testing"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/sim"
)

// crimeIn plays some years of the baseline with crime, from a world that a function changes,
// and lets another look at it after every tick.
func crimeIn(t *testing.T, ticks int, change, look func(w *world.World)) {
	t.Helper()
	s, err := Load("baseline", Options{Ticks: ticks, Set: []string{"crime.rate=0.5"}})
	if err != nil {
		t.Fatal(err)
	}
	change(s.World)
	m, err := models.New(s.World, s.Settings)
	if err != nil {
		t.Fatal(err)
	}
	each := func(_ *sim.Tick, w *world.World) error { look(w); return nil }
	if _, err := m.Run(context.Background(), 1, models.Recording{Each: each}); err != nil {
		t.Fatal(err)
	}
}

// Where the model has criminals is no input. Of the ten states that the World Cybercrime
// Index (Bruce et al. 2024) puts first most are among those from which most harm comes.
func TestHosts(t *testing.T) {
	first := []string{"RUS", "UKR", "CHN", "USA", "NGA", "ROU", "PRK", "GBR", "BRA", "IND"}
	crimeIn(t, 1, func(*world.World) {}, func(w *world.World) {
		s, c := &w.States, &w.Crime
		harm := make([]float64, s.N)
		order := make([]int, s.N)
		for i := range s.N {
			order[i] = i
			for j := range s.N {
				if j != i {
					harm[i] += c.Hosts[i] * c.Share[i*s.N+j] * s.Economy[j] * s.Penetration[j]
				}
			}
		}
		slices.SortFunc(order, func(i, j int) int {
			if harm[i] > harm[j] {
				return -1
			}
			return 1
		})
		among := 0
		for _, id := range first {
			if slices.Contains(order[:20], w.FindState(id)) {
				among++
			}
		}
		if among < 7 {
			t.Errorf("%d of the first ten of the Index are among the first twenty of the model", among)
		}
	})
}

// Without the Budapest Convention there is more crime, above all among its parties, and
// fewer groups are broken up together.
func TestBudapestHoldsCrimeDown(t *testing.T) {
	type seen struct{ mean, arrests, germany float64 }
	play := func(change func(w *world.World)) (last seen) {
		crimeIn(t, 20, change, func(w *world.World) {
			last = seen{w.Crime.Mean, w.Crime.Arrests, w.Crime.Share[w.FindState("UKR")*w.States.N+w.FindState("DEU")]}
		})
		return last
	}
	with := play(func(*world.World) {})
	without := play(func(w *world.World) { w.Texts[w.FindText("budapest-convention")].Status = world.Lapsed })
	if without.mean < 1.005*with.mean || without.germany < 1.1*with.germany || without.arrests > .8*with.arrests {
		t.Errorf("with the convention %+v, without %+v", with, without)
	}
	t.Logf("with the convention %+v, without %+v", with, without)
}

// The initiative of safe-havens, a text without a treaty, lets its members break up more
// groups together; the war lets more of those in Russia go free.
func TestSafeHavens(t *testing.T) {
	type seen struct{ arrests, russia float64 }
	play := func(extra string) (last seen) {
		s := load(t, "title = \"x\"\ndescription = \"x\"\nextends = \"safe-havens\"\n"+extra, Options{Ticks: 20})
		m, err := s.Simulation()
		if err != nil {
			t.Fatal(err)
		}
		each := func(_ *sim.Tick, w *world.World) error {
			last = seen{w.Crime.Arrests, w.Crime.Share[w.FindState("RUS")*w.States.N+w.FindState("DEU")]}
			return nil
		}
		if _, err := m.Run(context.Background(), 1, models.Recording{Each: each}); err != nil {
			t.Fatal(err)
		}
		return last
	}
	with := play("")
	alone := play("[[event]]\nname = \"counter-ransomware\"\nremove = true\n")
	peace := play("[[event]]\nname = \"war\"\nremove = true\n")
	if with.arrests < 1.1*alone.arrests || with.russia < peace.russia+.02 {
		t.Errorf("with both %+v, without the initiative %+v, without the war %+v", with, alone, peace)
	}
	t.Logf("with both %+v, without the initiative %+v, without the war %+v", with, alone, peace)
}
