package build

import (
	"fmt"
	"math"
	"slices"

	"splinternet/scenarios/spec"
	"splinternet/sim"
)

// generate makes the states of [world.generate]: N states that take turns in
// joining one of G blocs, each around the centre of its bloc with normal spread,
// and a share of swing states that belong to none and stand anywhere between the
// outer centres. Sizes are equal, or fall by Zipf's law in the order of the
// states. The same table always makes the same states.
func generate(g *spec.Generate, dim int) []spec.State {
	stream := sim.NewStream(g.Seed, "generate", -1)
	states, inBlocs := make([]spec.State, g.States), 0
	for k := range states {
		bloc := -1
		// The swing states are strewn evenly over the list, and so over the sizes.
		if swings := math.Floor(float64(k+1)*g.Swing) > math.Floor(float64(k)*g.Swing); g.Blocs > 0 && !swings {
			bloc = inBlocs % g.Blocs
			inBlocs++
		}
		states[k] = draw(g, stream, k, bloc, dim)
	}
	return states
}

// draw draws state k, of a bloc or, for -1, of none. Its draws depend on its
// identifier alone.
func draw(g *spec.Generate, stream *sim.Stream, k, bloc, dim int) spec.State {
	s := spec.UsualState()
	s.ID = fmt.Sprintf("%s%0*d", g.Prefix, len(fmt.Sprint(g.States)), k+1)
	s.Economy = math.Pow(float64(k+1), -g.Exponent)
	s.Users = s.Economy
	rng := stream.For(sim.Key(s.ID))
	low, high := slices.Min(g.Centres), slices.Max(g.Centres)
	for range dim {
		place, normal := rng.Float64(), rng.NormFloat64()
		x := low + place*(high-low)
		if bloc >= 0 {
			x = g.Centres[bloc] + g.Spread*normal
		}
		s.Position = append(s.Position, min(max(x, 0), 1))
	}
	if bloc >= 0 {
		s.Bloc = fmt.Sprintf("bloc%d", bloc+1)
	}
	return s
}
