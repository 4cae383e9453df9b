package measures

import "splinternet/models/world"

// network is what the structural measures share: the effective links of one tick
// and the blocs found in them, each worked out once a tick for all measures that
// need it.
type network struct {
	links []float64 // n x n, symmetric, diagonal 0
	blocs []int     // by state, from 0 in the order of their first member

	linksTaken, blocsFound bool
	louvain                louvain
	connectivity           connectivity
}

// forget makes the measures of the next tick look again.
func (g *network) forget() { g.linksTaken, g.blocsFound = false, false }

// take returns the links, of which the world keeps one half.
func (g *network) take(w *world.World) []float64 {
	n := w.States.N
	if g.linksTaken {
		return g.links
	}
	if len(g.links) != n*n {
		g.links = make([]float64, n*n)
	}
	for i := range n {
		g.links[i*n+i] = 0
		for j := i + 1; j < n; j++ {
			x := w.Dyads.Link[i*n+j]
			g.links[i*n+j], g.links[j*n+i] = x, x
		}
	}
	g.linksTaken = true
	return g.links
}

// find numbers the bloc of every state from 0: the communities of the effective links by
// the method of Louvain (Blondel et al. 2008).
func (g *network) find(w *world.World) []int {
	if !g.blocsFound {
		g.blocs = g.louvain.find(g.take(w), w.States.N)
		g.blocsFound = true
	}
	return g.blocs
}

func (o *Observer) effectiveBlocs(w *world.World) float64 {
	blocs := o.network.find(w)
	share := make([]float64, w.States.N)
	for i, u := range w.States.Users {
		share[blocs[i]] += u
	}
	squares := 0.0
	for _, x := range share {
		squares += x * x
	}
	return 1 / squares
}

func (o *Observer) modularity(w *world.World) float64 {
	return Modularity(o.network.take(w), o.network.find(w))
}

// algebraicConnectivity is the second smallest eigenvalue of the Laplacian of
// the effective links, over the number of states.
func (o *Observer) algebraicConnectivity(w *world.World) float64 {
	n := w.States.N
	if n < 2 {
		return 1
	}
	return o.network.connectivity.find(o.network.take(w), n) / float64(n)
}

func (o *Observer) crossBloc(w *world.World) float64 {
	n := w.States.N
	if o.Start.Blocs == nil {
		o.Start.Blocs = o.network.find(w)
	}
	blocs := o.Start.Blocs
	var within, between, pairsWithin, pairsBetween float64
	for i := range n {
		for j := i + 1; j < n; j++ {
			x := w.Dyads.Link[i*n+j]
			if blocs[i] == blocs[j] {
				within += x
				pairsWithin++
			} else {
				between += x
				pairsBetween++
			}
		}
	}
	if within == 0 || pairsBetween == 0 {
		return 1
	}
	return (between / pairsBetween) / (within / pairsWithin)
}
