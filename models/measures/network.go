package measures

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/iterator"
	"gonum.org/v1/gonum/mat"

	"splinternet/models/world"
)

// links presents the effective interconnection as a weighted graph whose nodes
// always come in index order: gonum's own graphs iterate over maps, which lets
// the result of Louvain vary from run to run.
type links struct{ w *world.World }

type node int64

func (n node) ID() int64 { return int64(n) }

type edge struct {
	from, to node
	weight   float64
}

func (e edge) From() graph.Node         { return e.from }
func (e edge) To() graph.Node           { return e.to }
func (e edge) ReversedEdge() graph.Edge { return edge{e.to, e.from, e.weight} }
func (e edge) Weight() float64          { return e.weight }

func (l links) Node(id int64) graph.Node {
	if id < 0 || id >= int64(l.w.States.N) {
		return nil
	}
	return node(id)
}

func (l links) Nodes() graph.Nodes {
	nodes := make([]graph.Node, l.w.States.N)
	for i := range nodes {
		nodes[i] = node(i)
	}
	return iterator.NewOrderedNodes(nodes)
}

func (l links) From(id int64) graph.Nodes {
	nodes := make([]graph.Node, 0, l.w.States.N)
	for j := range l.w.States.N {
		if l.HasEdgeBetween(id, int64(j)) {
			nodes = append(nodes, node(j))
		}
	}
	return iterator.NewOrderedNodes(nodes)
}

func (l links) link(i, j int64) float64 {
	return l.w.Dyads.Link[min(i, j)*int64(l.w.States.N)+max(i, j)]
}

func (l links) HasEdgeBetween(i, j int64) bool { return i != j && l.link(i, j) > 0 }

func (l links) Edge(i, j int64) graph.Edge {
	if e := l.WeightedEdge(i, j); e != nil {
		return e
	}
	return nil
}

func (l links) WeightedEdge(i, j int64) graph.WeightedEdge {
	if !l.HasEdgeBetween(i, j) {
		return nil
	}
	return edge{node(i), node(j), l.link(i, j)}
}

func (l links) EdgeBetween(i, j int64) graph.Edge                 { return l.Edge(i, j) }
func (l links) WeightedEdgeBetween(i, j int64) graph.WeightedEdge { return l.WeightedEdge(i, j) }

func (l links) Weight(i, j int64) (float64, bool) {
	switch {
	case i == j:
		return 0, true
	case l.HasEdgeBetween(i, j):
		return l.link(i, j), true
	}
	return 0, false
}

// louvainSeed fixes the order in which Louvain visits nodes: communities are a
// measurement, not part of the simulated chance.
const louvainSeed = 2008

// communities are the blocs of the interconnection network (Louvain, Blondel et
// al. 2008), in the order of their first member.
func communities(w *world.World) [][]graph.Node {
	reduced := community.Modularize(links{w}, 1, rand.NewPCG(louvainSeed, 0))
	return reduced.Communities()
}

// Blocs numbers the detected bloc of every state from 0.
func Blocs(w *world.World) []int {
	bloc := make([]int, w.States.N)
	for b, members := range communities(w) {
		for _, n := range members {
			bloc[n.ID()] = b
		}
	}
	return bloc
}

// blocsNow is Blocs, found once a tick for all measures that need it.
func (o *Observer) blocsNow(w *world.World) []int {
	if o.blocs == nil {
		o.blocs = Blocs(w)
	}
	return o.blocs
}

func (o *Observer) effectiveBlocs(w *world.World) float64 {
	blocs := o.blocsNow(w)
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
	return Modularity(w, o.blocsNow(w))
}

// Modularity is (1/2m) sum_ij [w_ij - k_i k_j / 2m] over pairs in the same bloc,
// for a given partition of the states.
func Modularity(w *world.World, bloc []int) float64 {
	n := w.States.N
	l := links{w}
	strength, total := make([]float64, n), 0.0
	for i := range n {
		for j := range n {
			if i != j {
				strength[i] += l.link(int64(i), int64(j))
			}
		}
		total += strength[i]
	}
	if total == 0 {
		return 0
	}
	q := 0.0
	for i := range n {
		for j := range n {
			if bloc[i] != bloc[j] {
				continue
			}
			if i != j {
				q += l.link(int64(i), int64(j))
			}
			q -= strength[i] * strength[j] / total
		}
	}
	return q / total
}

// algebraicConnectivity is the second smallest eigenvalue of the Laplacian of
// the effective links, over the number of states.
func algebraicConnectivity(w *world.World) float64 {
	n := w.States.N
	if n < 2 {
		return 1
	}
	l := links{w}
	laplacian := mat.NewSymDense(n, nil)
	for i := range n {
		degree := 0.0
		for j := range n {
			if i != j {
				x := l.link(int64(i), int64(j))
				degree += x
				if j > i {
					laplacian.SetSym(i, j, -x)
				}
			}
		}
		laplacian.SetSym(i, i, degree)
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(laplacian, false) {
		return 0
	}
	return max(0, eigen.Values(nil)[1]/float64(n))
}

func (o *Observer) crossBloc(w *world.World) float64 {
	n := w.States.N
	if o.start.blocs == nil {
		o.start.blocs = o.blocsNow(w)
	}
	l := links{w}
	var within, between, pairsWithin, pairsBetween float64
	for i := range n {
		for j := i + 1; j < n; j++ {
			x := l.link(int64(i), int64(j))
			if o.start.blocs[i] == o.start.blocs[j] {
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
