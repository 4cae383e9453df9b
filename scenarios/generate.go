package scenarios

import (
	"fmt"
	"math"
	"slices"

	"splinternet/sim"
)

// generate makes the states of [world.generate]: N states that take turns in
// joining one of G blocs, each around the centre of its bloc with normal spread,
// and a share of swing states that belong to none and stand anywhere between the
// outer centres. Sizes are equal, or fall by Zipf's law in the order of the
// states. The same table always makes the same states.
func (l *loader) generate(r *reader, dim int) []stateSpec {
	n := r.whole("states", 1, int64(maxStates), 0)
	if r.get("states") == nil {
		r.need("states", fmt.Sprintf("the number of states, a whole number from 1 to %d", maxStates))
	}
	const maxBlocs = 50
	blocs := int(r.whole("blocs", 0, maxBlocs, 2))
	centres := l.centres(r, blocs)
	spread := r.number("spread", sim.Range{Min: 0, Max: 1}, .08)
	swing := r.number("swing", share, 0)
	sizes := r.word("sizes", []string{"equal", "zipf"})
	exponent := r.number("exponent", sim.Range{Min: 0, Max: 5}, 1)
	seed := r.whole("seed", 0, 1<<53, 1)
	prefix := r.text("prefix")
	if prefix == "" {
		prefix = "S"
	} else if !plainID(prefix) {
		l.wrong(r.get("prefix"), "a short word of letters, digits, - and _, in quotes")
	}
	r.done()

	g := generator{
		stream: sim.NewStream(uint64(seed), "generate", -1), dim: dim, blocs: blocs,
		centres: centres, spread: spread, exponent: exponent,
	}
	if sizes != "zipf" {
		g.exponent = 0
	}
	specs, inBlocs := make([]stateSpec, n), 0
	for k := range specs {
		bloc := -1
		// The swing states are strewn evenly over the list, and so over the sizes.
		if swings := math.Floor(float64(k+1)*swing) > math.Floor(float64(k)*swing); blocs > 0 && !swings {
			bloc = inBlocs % blocs
			inBlocs++
		}
		specs[k] = g.state(fmt.Sprintf("%s%0*d", prefix, len(fmt.Sprint(n)), k+1), k, bloc)
	}
	return specs
}

// generator draws states.
type generator struct {
	stream           *sim.Stream
	dim, blocs       int
	centres          []float64
	spread, exponent float64
}

// state draws state k, of a bloc or, for -1, of none. Its draws depend on its
// identifier alone.
func (g *generator) state(id string, k, bloc int) stateSpec {
	s := stateSpec{id: id, economy: math.Pow(float64(k+1), -g.exponent)}
	rng := g.stream.For(sim.Key(id))
	low, high := slices.Min(g.centres), slices.Max(g.centres)
	for range g.dim {
		place, normal := rng.Float64(), rng.NormFloat64()
		x := low + place*(high-low)
		if bloc >= 0 {
			x = g.centres[bloc] + g.spread*normal
		}
		s.position = append(s.position, min(max(x, 0), 1))
	}
	if bloc >= 0 {
		s.bloc = fmt.Sprintf("bloc%d", bloc+1)
	}
	s.defaults()
	return s
}

// defaults marks as unsaid what a generated state does not say.
func (s *stateSpec) defaults() {
	unknown := math.NaN()
	s.users, s.growth, s.penetration = s.economy, usualGrowth, usualPenetration
	s.capability, s.democracy, s.offence, s.diplomacy, s.control = unknown, unknown, unknown, unknown, unknown
	s.stubbornness, s.salience, s.attendance = -1, 1, 1
}

// centres reads the centres of the blocs; by default they divide the scale evenly
// between .15 and .85.
func (l *loader) centres(r *reader, blocs int) []float64 {
	const low, high = .15, .85
	n := r.has("centres")
	if n == nil {
		switch blocs {
		case 0:
			return []float64{0, 1}
		case 1:
			return []float64{.5}
		}
		list := make([]float64, blocs)
		for k := range list {
			list[k] = low + (high-low)*float64(k)/float64(blocs-1)
		}
		return list
	}
	var list []float64
	for _, item := range n.nodes {
		if x, ok := l.numeric(item, share); ok {
			list = append(list, x)
		}
	}
	if len(list) != blocs || blocs == 0 {
		l.at(n, "%d numbers are given; allowed: a list of %d numbers from 0 to 1, one for each bloc", len(list), blocs)
		return append(list, make([]float64, max(1, blocs))...)
	}
	return list
}
