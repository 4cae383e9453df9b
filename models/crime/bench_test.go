package crime

import (
	"math/rand/v2"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/sim"
)

// BenchmarkYear plays four quarters of a world as large as ours.
func BenchmarkYear(b *testing.B) {
	w := modeltest.Random(rand.New(rand.NewPCG(1, 1)), 193, 1, 10, 6, true)
	convene(w, .7, 0, 1, 2, 3, 4, 5, 6, 7)
	m := New(new(sim.Parameters))
	m.Rate = .5
	modeltest.Begin(w, 1, m)
	b.ReportAllocs()
	for k := 0; b.Loop(); k++ {
		for quarter := range 4 {
			m.Step(modeltest.At(w, 1, m.Name(), 4*k+quarter), w)
		}
	}
}
