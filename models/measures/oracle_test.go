package measures

import (
	"math/rand/v2"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/iterator"
	"gonum.org/v1/gonum/graph/testgraph"
	"gonum.org/v1/gonum/mat"
)

// links presents the effective interconnection to gonum, whose Louvain is what ours
// is compared with. Its nodes always come in index order: gonum's own graphs
// iterate over maps, which lets the result of Louvain vary from run to run.
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

// whole is what gonum's suite wants to know of the edges beyond what Louvain
// needs: all of them, once each.
type whole struct{ links }

func (g whole) Edges() graph.Edges {
	var edges []graph.Edge
	n := g.w.States.N
	for i := range n {
		for j := i + 1; j < n; j++ {
			if e := g.Edge(int64(i), int64(j)); e != nil {
				edges = append(edges, e)
			}
		}
	}
	return &listed{edges: edges}
}

// listed iterates over edges in their order.
type listed struct {
	edges []graph.Edge
	at    int
}

func (l *listed) Next() bool       { l.at++; return l.at <= len(l.edges) }
func (l *listed) Len() int         { return len(l.edges) - min(l.at, len(l.edges)) }
func (l *listed) Reset()           { l.at = 0 }
func (l *listed) Edge() graph.Edge { return l.edges[l.at-1] }

// build lays the links of gonum's suite out as a world. Graphs that the links of
// states cannot be (self-loops, weights of zero, gaps in the numbering) are left
// out: the suite skips what is not ok.
func build(nodes []graph.Node, lines []testgraph.WeightedLine, self, absent float64) (g graph.Graph, n []graph.Node, e []testgraph.Edge, s, a float64, ok bool) {
	number := 0
	for _, v := range nodes {
		number = max(number, int(v.ID())+1)
	}
	for _, l := range lines {
		number = max(number, int(l.From().ID())+1, int(l.To().ID())+1)
	}
	if number == 0 || number > 200 || len(nodes) != number {
		return nil, nil, nil, 0, 0, false
	}
	w := modeltest.World(number)
	clear(w.Dyads.Link)
	for _, l := range lines {
		i, j := l.From().ID(), l.To().ID()
		if i == j || l.Weight() <= 0 || i < 0 || j < 0 {
			return nil, nil, nil, 0, 0, false
		}
		w.Dyads.Link[int(min(i, j))*number+int(max(i, j))] = l.Weight()
	}
	all := whole{links{w}}
	for i := range number {
		n = append(n, node(i))
	}
	for it := all.Edges(); it.Next(); {
		e = append(e, it.Edge().(edge))
	}
	return all, n, e, 0, 0, true
}

// The graph that Louvain sees keeps the promises of gonum's interfaces.
func TestGraphConforms(t *testing.T) {
	t.Run("EdgeExistence", func(t *testing.T) { testgraph.EdgeExistence(t, build, true) })
	t.Run("NodeExistence", func(t *testing.T) { testgraph.NodeExistence(t, build) })
	t.Run("ReturnAdjacentNodes", func(t *testing.T) { testgraph.ReturnAdjacentNodes(t, build, false, true) })
	t.Run("ReturnAllNodes", func(t *testing.T) { testgraph.ReturnAllNodes(t, build, true) })
	t.Run("ReturnNodeSlice", func(t *testing.T) { testgraph.ReturnNodeSlice(t, build, true) })
	t.Run("ReturnAllEdges", func(t *testing.T) { testgraph.ReturnAllEdges(t, build, false) })
}

// The suite skips graphs that build declines; this is one that it does not.
func TestGraphByHand(t *testing.T) {
	w := modeltest.World(3)
	w.Dyads.Link = []float64{1, .5, 0, 0, 1, .25, 0, 0, 1}
	g := links{w}
	for _, c := range []struct {
		i, j   int64
		weight float64
		edge   bool
	}{{0, 1, .5, true}, {1, 0, .5, true}, {1, 2, .25, true}, {2, 1, .25, true}, {0, 2, 0, false}, {1, 1, 0, false}} {
		weight, ok := g.Weight(c.i, c.j)
		if weight != c.weight || ok != (c.edge || c.i == c.j) || g.HasEdgeBetween(c.i, c.j) != c.edge || (g.Edge(c.i, c.j) != nil) != c.edge {
			t.Errorf("link %d-%d: %g %v", c.i, c.j, weight, ok)
		}
		if c.edge {
			e := g.WeightedEdge(c.i, c.j)
			back := e.ReversedEdge()
			if e.From().ID() != c.i || e.To().ID() != c.j || back.From().ID() != c.j || back.To().ID() != c.i {
				t.Errorf("edge %d-%d has other ends", c.i, c.j)
			}
		}
	}
	if g.Node(3) != nil || g.Node(-1) != nil || g.Node(2).ID() != 2 {
		t.Error("nodes are not the states")
	}
}

// gonumBlocs are the communities that gonum's Louvain finds.
func gonumBlocs(w *world.World) []int {
	bloc := make([]int, w.States.N)
	for b, members := range community.Modularize(links{w}, 1, rand.NewPCG(1, 0)).Communities() {
		for _, n := range members {
			bloc[n.ID()] = b
		}
	}
	return bloc
}

// gonumModularity is gonum's modularity of a partition.
func gonumModularity(w *world.World, bloc []int) float64 {
	members := make([][]graph.Node, len(bloc))
	for i, b := range bloc {
		members[b] = append(members[b], node(i))
	}
	return community.Q(links{w}, members, 1)
}

// gonumConnectivity is the second smallest of all eigenvalues of the Laplacian.
func gonumConnectivity(t testing.TB, w *world.World) float64 {
	n := w.States.N
	laplacian := mat.NewSymDense(n, nil)
	for i := range n {
		degree := 0.0
		for j := range n {
			if x, _ := (links{w}).Weight(int64(i), int64(j)); i != j {
				degree += x
				laplacian.SetSym(min(i, j), max(i, j), -x)
			}
		}
		laplacian.SetSym(i, i, degree)
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(laplacian, false) {
		t.Fatal("the eigenvalues do not converge")
	}
	return eigen.Values(nil)[1] / float64(n)
}
