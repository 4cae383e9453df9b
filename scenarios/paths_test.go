package scenarios_test

import (
	"context"
	"os"
	"testing"

	"splinternet/models"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
)

// Two histories of the first three years and 42 years more: the shares of end states that
// they come to, and how many seeds end otherwise, are printed; that both histories have
// happened is tested.
func TestTwoHistories(t *testing.T) {
	runs := 2
	if os.Getenv("SPLINTERNET_FULL") != "" {
		runs = 20
	}
	labels := map[string][]verdict.Label{}
	depth, trust := map[string]float64{}, map[string]float64{}
	names := []string{"years-of-trust", "years-of-distrust"}
	for _, name := range names {
		o := scenarios.Options{}
		if runs == 2 {
			o.Ticks = 16
		}
		s, err := scenarios.Load(name, o)
		if err != nil {
			t.Fatal(err)
		}
		m, err := s.Simulation()
		if err != nil {
			t.Fatal(err)
		}
		for r := range runs {
			record := models.Recording{Each: func(now *sim.Tick, w *world.World) error {
				if now.Index == 13 { // the autumn of 2021
					trust[name] += w.MeanTrust(w.FindState("USA"), w.FindState("CHN")) / float64(runs)
				}
				return nil
			}}
			result, err := m.Run(context.Background(), sim.ReplicateSeed(1, r), record)
			if err != nil {
				t.Fatal(err)
			}
			labels[name] = append(labels[name], result.Verdict.Label)
			series := result.Series.Of("cooperation_depth")
			depth[name] += series[len(series)-1] / float64(runs)
		}
	}
	if trust[names[0]] < trust[names[1]]+.3 {
		t.Errorf("after three years the United States and China trust each other by %v", trust)
	}
	other := 0
	for r := range runs {
		if labels[names[0]][r] != labels[names[1]][r] {
			other++
		}
	}
	for _, name := range names {
		for _, label := range verdict.Labels {
			n := 0
			for _, l := range labels[name] {
				if l == label {
					n++
				}
			}
			t.Logf("%s: %d of %d runs end in %s", name, n, runs, label.Words())
		}
		t.Logf("%s: cooperation depth %.3f, trust of the United States and China in 2021 %.2f", name, depth[name], trust[name])
	}
	t.Logf("%d of %d seeds end otherwise", other, runs)
}
