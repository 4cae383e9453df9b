package influence_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"splinternet/models/influence"
	"splinternet/models/modeltest"
	"splinternet/sim"
)

// BenchmarkHegselmannKrause steps the mechanism in its Hegselmann-Krause limit,
// bound .2, and starts from uniform opinions again whenever they have settled.
// "sorted" is the path that the limit takes; "loop" is the double loop over dyads
// that any trust or socialisation asks for, with the same outcome. Compare with
// BenchmarkPlainLoop: same opinions, same number of steps.
func BenchmarkHegselmannKrause(b *testing.B) {
	for name, trust := range map[string]float64{"sorted": 0, "loop": 1} {
		b.Run(name, func(b *testing.B) {
			x := influence.Uniform(1000, 1)
			w := modeltest.World(1000, x...)
			m := with(b, map[string]float64{"influence.bound": .2, "influence.trust": trust})
			modeltest.Begin(w, 1, m)
			now := modeltest.At(w, 1, m.Name(), 0)
			for k := 0; b.Loop(); k++ {
				if k%restart == 0 {
					copy(w.States.Position, x)
				}
				m.Step(now, w)
			}
		})
	}
}

// restart is the number of steps after which the opinions start anew.
const restart = 10

// BenchmarkPlainLoop is the yardstick: the textbook double loop in plain Go.
func BenchmarkPlainLoop(b *testing.B) {
	start := influence.Uniform(1000, 1)
	x, next := make([]float64, 1000), make([]float64, 1000)
	for k := 0; b.Loop(); k++ {
		if k%restart == 0 {
			copy(x, start)
		}
		for i, at := range x {
			sum, count := 0.0, 0.0
			for _, other := range x {
				if math.Abs(other-at) <= .2+1e-9 {
					sum += other
					count++
				}
			}
			next[i] = sum / count
		}
		x, next = next, x
	}
}

// BenchmarkStep is a tick of the default mechanism by number of states: the cost
// grows with the number of dyads.
func BenchmarkStep(b *testing.B) {
	for _, n := range []int{50, 193, 500, 1000, 2000} {
		b.Run(fmt.Sprintf("states=%d", n), func(b *testing.B) {
			w := modeltest.Random(rand.New(rand.NewPCG(1, 1)), n, 1, 2, 3, true)
			m := influence.New(new(sim.Parameters))
			modeltest.Begin(w, 1, m)
			now := modeltest.At(w, 1, m.Name(), 0)
			b.ReportAllocs()
			for b.Loop() {
				m.Step(now, w)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n*n), "ns/dyad")
		})
	}
}
