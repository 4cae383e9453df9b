package influence

import (
	"math"
	"math/rand/v2"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// Averaging are the parameters, by name, that leave of the mechanism the averaging alone:
// no anchor, no shocks, all alike, the whole way in one tick.
func Averaging() map[string]float64 {
	return map[string]float64{
		"influence.bound": 1, "influence.speed": 1, "influence.stubbornness": 0, "influence.power": 0,
		"influence.trust": 0, "influence.socialisation": 0, "influence.noise": 0,
	}
}

// Opinions is the world of the template with positions of its own. It shares all that
// averaging does not change, so that thousands of worlds need little memory.
func Opinions(template *world.World, positions []float64) *world.World {
	w := *template
	w.States.Position = slices.Clone(positions)
	w.States.Anchor = w.States.Position
	w.States.Salience = slices.Clone(template.States.Salience)
	return &w
}

// Settle plays ticks of the mechanism alone until no position moves by more than 1e-9,
// and returns their number, the one that moved nothing included; most where some still
// move.
func (m *Influence) Settle(w *world.World, seed uint64, most int) int {
	const still = 1e-9
	before := make([]float64, len(w.States.Position))
	now := sim.Alone(w.Calendar, seed, m.Name(), -1)
	m.Prepare(w)
	m.Begin(now, w)
	for t := range most {
		copy(before, w.States.Position)
		now.Index = t
		now.Stream.Reset(seed, m.Name(), t)
		m.Step(now, w)
		moved := 0.0
		for k, x := range w.States.Position {
			moved = max(moved, math.Abs(x-before[k]))
		}
		if moved < still {
			return t + 1
		}
	}
	return most
}

// Even are n opinions at equal distances from 0 to 1, as in Hegselmann and Krause (2002).
func Even(n int) []float64 {
	x := make([]float64, n)
	for k := range x {
		x[k] = float64(k) / float64(n-1)
	}
	return x
}

// Uniform are n opinions drawn evenly from 0 to 1, the same for the same seed.
func Uniform(n int, seed uint64) []float64 {
	rng := rand.New(rand.NewPCG(seed, 20))
	x := make([]float64, n)
	for k := range x {
		x[k] = rng.Float64()
	}
	return x
}
