package markets_test

import (
	"context"
	"testing"

	"splinternet/models"
	"splinternet/models/markets"
	"splinternet/models/modeltest"
	"splinternet/scenarios"
	"splinternet/sim"
)

// BenchmarkReplicate plays the baseline with and without markets: the difference
// is what the mechanism costs, the room of its bans in other mechanisms included.
func BenchmarkReplicate(b *testing.B) {
	for _, off := range []bool{false, true} {
		name := "on"
		if off {
			name = "off"
		}
		b.Run(name, func(b *testing.B) {
			s := load(b, map[string]bool{"markets": off}, nil)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Run(context.Background(), 1, models.Recording{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// load prepares the baseline with other switches and parameters.
func load(tb testing.TB, off map[string]bool, parameters map[string]float64) *models.Simulation {
	tb.Helper()
	scenario, err := scenarios.Load("baseline", scenarios.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	settings := scenario.Settings
	settings.Off, settings.Parameters = map[string]bool{}, map[string]float64{}
	for name, value := range scenario.Settings.Parameters {
		settings.Parameters[name] = value
	}
	for name, value := range parameters {
		settings.Parameters[name] = value
	}
	for name, isOff := range off {
		settings.Off[name] = isOff
	}
	s, err := models.New(scenario.World, settings)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// BenchmarkYear plays one January, the only tick of a year that costs anything, in
// the world of 2018 with the bans of a later year.
func BenchmarkYear(b *testing.B) {
	scenario, err := scenarios.Load("baseline", scenarios.Options{})
	if err != nil {
		b.Fatal(err)
	}
	w := scenario.World.Clone()
	m := markets.New(new(sim.Parameters))
	for _, k := range []int{w.FindFirm("huawei"), w.FindFirm("zte")} {
		for _, i := range w.Groups[w.FindGroup("west")].Members {
			w.Firms.Ban[k*w.States.N+i] = .5
		}
	}
	w.CountBans()
	modeltest.Begin(w, 1, m)
	now := modeltest.At(w, 1, m.Name(), 2)
	b.ReportAllocs()
	for b.Loop() {
		m.Step(now, w)
	}
}
