package measures

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/testgraph"
)

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

// scattered makes a world whose links have no clear communities, where the order
// of visits matters most.
func scattered(n int, seed uint64) *world.World {
	w, rng := modeltest.World(n), rand.New(rand.NewPCG(seed, 1))
	for i := range n {
		for j := i + 1; j < n; j++ {
			w.Dyads.Link[i*n+j] = math.Round(4*rng.Float64()) / 4 // ties on purpose
		}
	}
	return w
}

// Louvain is a measurement: the same world gives the same communities always.
func TestBlocsRepeat(t *testing.T) {
	for seed := range uint64(3) {
		w := scattered(40, seed)
		first := Blocs(w)
		for range 20 {
			if again := Blocs(w); !slices.Equal(first, again) {
				t.Fatalf("seed %d: blocs %v, then %v", seed, first, again)
			}
		}
	}
}

// The modularity of the communities found is that of gonum's own formula, and no
// partition by hand beats it on blocs that are plain to see.
func TestModularity(t *testing.T) {
	w := blocsOf(3, 5, .1)
	found := Blocs(w)
	for i := range found {
		if (found[i] == found[0]) != (i < 5) {
			t.Fatalf("blocs %v", found)
		}
	}
	one := make([]int, 15)
	modeltest.Near(t, "modularity of one bloc", Modularity(w, one), 0, exact)
	alone := make([]int, 15)
	for i := range alone {
		alone[i] = i
	}
	if best := Modularity(w, found); best <= 0 || Modularity(w, alone) >= best {
		t.Errorf("communities have modularity %g", best)
	}
	empty := blocsOf(4, 1, 0)
	modeltest.Near(t, "modularity without links", Modularity(empty, []int{0, 0, 1, 1}), 0, exact)
}
