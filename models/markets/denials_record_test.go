package markets_test

import (
	"context"
	"testing"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
)

// ending plays a scenario to its end and hands over its last world.
func ending(t *testing.T, name string, seed uint64, set []string, look func(w *world.World)) {
	t.Helper()
	scenario, err := scenarios.Load(name, scenarios.Options{Set: set})
	if err != nil {
		t.Fatal(err)
	}
	simulation, err := scenario.Simulation()
	if err != nil {
		t.Fatal(err)
	}
	_, err = simulation.Run(context.Background(), seed, models.Recording{Keep: make([]bool, len(measures.All())), Each: func(now *sim.Tick, w *world.World) error {
		if now.Index == w.Calendar.Ticks-1 {
			look(w)
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
}

// By 2025 the United States deny China in most runs, and some allies follow (Japan and the
// Netherlands did); after the invasion of Ukraine more of them deny Russia; nobody else is
// denied by more than a few.
func TestDenialsComeOutLikeTheRecord(t *testing.T) {
	const seeds = 8
	byHub, china, russia, others := 0, 0., 0., 0.
	for seed := range uint64(seeds) {
		ending(t, "history-2018-2025", seed+1, nil, func(w *world.World) {
			for i := range w.States.N {
				for j, strength := range w.Denials(i) {
					switch {
					case strength == 0:
					case w.States.ID[j] == "CHN":
						china += 1. / seeds
						if w.States.ID[i] == "USA" {
							byHub++
						}
					case w.States.ID[j] == "BLR": // denied with Russia
					case w.States.ID[j] == "RUS":
						russia += 1. / seeds
					default:
						others += 1. / seeds
					}
				}
			}
		})
	}
	t.Logf("by 2025 the United States deny China in %d of %d runs; %.1f states deny China, %.1f Russia; %.1f other pairs", byHub, seeds, china, russia, others)
	if byHub <= seeds/2 || china < 2 || china > 12 || russia < china || others > 1 {
		t.Error("denials do not come out like the record")
	}
}

// With denials and self-reliance, markets move the network, most of all because the
// stack of those who are shut out gains.
func TestMarketsMoveTheNetwork(t *testing.T) {
	const seeds = 4
	native := func(set ...string) (mean float64) {
		for seed := range uint64(seeds) {
			ending(t, "baseline", seed+1, set, func(w *world.World) { mean += w.Network.Native / seeds })
		}
		return mean
	}
	all, denials, none := native(), native("markets.self-reliance=0"), native("mechanisms.markets=false")
	t.Logf("native reachability %.3f without markets, %.3f with denials, %.3f with what follows from them", none, denials, all)
	if none-all < .01 || denials-all < .005 {
		t.Errorf("%.3f, %.3f, %.3f", none, denials, all)
	}
}
