package scenarios

import (
	"context"
	"fmt"
	"testing"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

// headline keeps what a run keeps by default, and writes nothing.
func headline() models.Recording {
	keep := make([]bool, len(measures.All()))
	for k, m := range measures.All() {
		keep[k] = m.Headline
	}
	return models.Recording{Keep: keep}
}

func baselineOf(b testing.TB) *Scenario {
	b.Helper()
	s, err := Load("baseline", Options{})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// replicates plays one replicate after another.
func replicates(b *testing.B, s *Scenario, settings models.Settings, r models.Recording) {
	b.Helper()
	m, err := models.New(s.World, settings)
	if err != nil {
		b.Fatal(err)
	}
	run := func(i int) {
		if _, err := m.Run(context.Background(), sim.ReplicateSeed(1, i), r); err != nil {
			b.Fatal(err)
		}
	}
	run(0)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		run(i)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*s.Calendar.Ticks), "us/tick")
}

// BenchmarkBaselineRun is one replicate of the baseline: 193 states, 90 ticks, the
// headline measures of every tick.
func BenchmarkBaselineRun(b *testing.B) {
	b.Run("all", func(b *testing.B) {
		s := baselineOf(b)
		replicates(b, s, s.Settings, headline())
	})
	// The core leaves out the politics: diplomacy, norms, markets, the regime
	// complex and the spread of capabilities.
	b.Run("core", func(b *testing.B) {
		s, err := Load("baseline", Options{
			Without: []string{"diplomacy", "norms", "markets"},
			Set:     []string{"forums.rivals=false", "forums.mergers=false", "power.offence-diffusion=0"},
		})
		if err != nil {
			b.Fatal(err)
		}
		replicates(b, s, s.Settings, headline())
	})
}

// BenchmarkTick is the baseline with one mechanism on at a time beside its events,
// which propose the second stack and the bans. What the others would do is missing,
// so that the parts do not sum to the whole; "events" is the floor, and holds what
// laying out and observing cost.
func BenchmarkTick(b *testing.B) {
	s := baselineOf(b)
	for _, only := range models.Mechanisms() {
		b.Run(only.Name, func(b *testing.B) {
			settings := s.Settings
			settings.Off = map[string]bool{}
			for _, m := range models.Mechanisms() {
				if m.Name != only.Name && m.Name != "events" {
					settings.Off[m.Name] = true
				}
			}
			replicates(b, s, settings, headline())
		})
	}
}

// BenchmarkStates shows how the cost of a tick grows with the number of states: as
// that of dyads does, and no faster. The metric is time per dyad and tick.
func BenchmarkStates(b *testing.B) {
	for _, n := range []int{50, 193, 500, 1000, 2000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			s, err := Parse("bench.toml", lively(n, 1, "quarter", "2018-07-01", 20), Options{})
			if err != nil {
				b.Fatal(err)
			}
			replicates(b, s, s.Settings, headline())
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*s.Calendar.Ticks)/float64(n*n), "ns/dyad")
		})
	}
}

// BenchmarkEnsemble is 16 replicates of the baseline on one worker and on two.
func BenchmarkEnsemble(b *testing.B) {
	s := baselineOf(b)
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			for range b.N {
				_, err := experiment.Ordered(context.Background(), 0, 16, workers,
					func() (experiment.Job[*models.Result], error) {
						m, err := s.Simulation()
						return func(ctx context.Context, i int) (*models.Result, error) {
							return m.Run(ctx, sim.ReplicateSeed(1, i), headline())
						}, err
					},
					func(_ int, _ *models.Result, failure *experiment.Failure) error {
						if failure != nil {
							return failure
						}
						return nil
					})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSweep is a sweep of the baseline over ten parameters by a Latin hypercube,
// one run for each point, on one worker and on two: all that a sweep does but for
// writing. The metric is the time that 10,000 runs would take.
func BenchmarkSweep(b *testing.B) {
	const points = 16
	p := planFor(b, baselineOf(b), Sweep{Design: experiment.Latin, Points: points},
		"influence.bound", "influence.noise", "standards.network", "standards.alignment", "security.rate",
		"forums.compromise", "norms.threshold", "markets.mistrust", "interconnection.gateway", "diplomacy.bridging")
	p.Runs = 1
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			for range b.N {
				_, err := experiment.Ordered(context.Background(), 0, points, workers,
					func() (experiment.Job[*models.Result], error) {
						m := new(models.Simulation)
						return func(ctx context.Context, i int) (*models.Result, error) {
							point, _, seed := p.Of(i)
							s, err := p.At(point)
							if err != nil {
								return nil, err
							}
							if err := m.Adopt(s.World, s.Settings); err != nil {
								return nil, err
							}
							return m.Run(ctx, seed, headline())
						}, nil
					},
					func(_ int, _ *models.Result, failure *experiment.Failure) error {
						if failure != nil {
							return failure
						}
						return nil
					})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N*points)*10000, "s/10000runs")
		})
	}
}
