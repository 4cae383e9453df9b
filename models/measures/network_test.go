package measures

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
)

func detect(w *world.World) []int { return new(network).find(w) }

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
		first := detect(w)
		for range 20 {
			if again := detect(w); !slices.Equal(first, again) {
				t.Fatalf("seed %d: blocs %v, then %v", seed, first, again)
			}
		}
	}
}

// karate is the network of the karate club (Zachary 1977) by its 78 friendships,
// numbered from 1.
var karate = [][]int{
	1: {2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32}, 2: {3, 4, 8, 14, 18, 20, 22, 31},
	3: {4, 8, 9, 10, 14, 28, 29, 33}, 4: {8, 13, 14}, 5: {7, 11}, 6: {7, 11, 17}, 7: {17}, 9: {31, 33, 34}, 10: {34},
	14: {34}, 15: {33, 34}, 16: {33, 34}, 19: {33, 34}, 20: {34}, 21: {33, 34}, 23: {33, 34}, 24: {26, 28, 30, 33, 34},
	25: {26, 28, 32}, 26: {32}, 27: {30, 34}, 28: {34}, 29: {32, 34}, 30: {33, 34}, 31: {33, 34}, 32: {33, 34}, 33: {34},
}

func networkOf(n int, edges [][]int) *world.World {
	w := modeltest.World(n)
	clear(w.Dyads.Link)
	for i, list := range edges {
		for _, j := range list {
			w.Dyads.Link[(i-1)*n+j-1] = 1
		}
	}
	return w
}

// ring is the type case of Fortunato and Barthelemy (2007): cliques in a ring, each
// joined to the next by one link.
func ring(cliques, size int) *world.World {
	n := cliques * size
	w := modeltest.World(n)
	clear(w.Dyads.Link)
	for i := range n {
		for j := i + 1; j < (i/size+1)*size; j++ {
			w.Dyads.Link[i*n+j] = 1
		}
		if next := (i + size) % n; i%size == 0 {
			w.Dyads.Link[min(i, next)*n+max(i, next)] = 1
		}
	}
	return w
}

// quality is the modularity of the blocs that Louvain finds.
func quality(w *world.World) float64 {
	return Modularity(new(network).take(w), detect(w))
}

// The best partition of the karate club that is known has modularity 0.4198 (Brandes
// et al. 2008); Blondel et al. (2008) report 0.42 to two digits, and gonum's suite
// accepts what Louvain finds from 0.4155 on. Of a ring of 30 cliques of 5, Louvain
// finds pairs of neighbours, whose modularity 0.888 exceeds that of single cliques,
// 0.876 (Fortunato and Barthelemy 2007).
func TestLouvainOfKnownNetworks(t *testing.T) {
	if q := quality(networkOf(34, karate)); q < .4155 || q > .41979 {
		t.Errorf("karate club: modularity %.4f; want from 0.4155 to the optimum 0.4198", q)
	}
	const threeDigits = .0005
	cliques := ring(30, 5)
	alone := make([]int, 150)
	for i := range alone {
		alone[i] = i / 5
	}
	modeltest.Near(t, "modularity of 30 cliques", Modularity(new(network).take(cliques), alone), .876, threeDigits)
	modeltest.Near(t, "modularity of their pairs", quality(cliques), .888, threeDigits)
	for g := 1; g <= 6; g++ { // disconnected cliques: 1 - 1/g
		modeltest.Near(t, "modularity of disconnected cliques", quality(blocsOf(g, 4, 0)), 1-1/float64(g), exact)
	}
}

// Blocs that are plain to see are found by ours and by gonum's alike,
// however the states are numbered.
func TestLouvainFindsWhatGonumFinds(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for _, blocs := range []int{1, 2, 3, 7} {
		const n = 63
		planted, w := make([]int, n), modeltest.World(n)
		for i, k := range rng.Perm(n) {
			planted[k] = i % blocs
		}
		for i := range n {
			for j := i + 1; j < n; j++ {
				w.Dyads.Link[i*n+j] = .1 * rng.Float64()
				if planted[i] == planted[j] {
					w.Dyads.Link[i*n+j] = .8 + .2*rng.Float64()
				}
			}
		}
		want := inOrder(planted)
		if got := detect(w); !slices.Equal(got, want) {
			t.Errorf("%d blocs: found %v; want %v", blocs, got, want)
		}
		if got := inOrder(gonumBlocs(w)); !slices.Equal(got, want) {
			t.Errorf("%d blocs: gonum finds %v; want %v", blocs, got, want)
		}
	}
}

// Modularity is gonum's, for any partition. What Louvain finds is a local optimum:
// no state gains by going over to another bloc, and it is as good as what gonum's
// finds, on networks without any blocs to within a twentieth.
func TestLouvainIsALocalOptimum(t *testing.T) {
	for seed := range uint64(12) {
		n := 20 + 5*int(seed)
		w, rng := scattered(n, seed), rand.New(rand.NewPCG(seed, 2))
		matrix := new(network).take(w)
		any := make([]int, n)
		for i := range any {
			any[i] = rng.IntN(6)
		}
		modeltest.Near(t, "modularity of any partition", Modularity(matrix, any), gonumModularity(w, any), exact)
		bloc := detect(w)
		found, theirs := Modularity(matrix, bloc), gonumModularity(w, gonumBlocs(w))
		modeltest.Near(t, "modularity of the blocs found", found, gonumModularity(w, bloc), exact)
		if found < .95*theirs {
			t.Errorf("seed %d: modularity %g; gonum's Louvain reaches %g", seed, found, theirs)
		}
		if merged := mergers(matrix, bloc); merged > found+exact {
			t.Errorf("seed %d: merging two blocs raises the modularity from %g to %g", seed, found, merged)
		}
	}
}

// mergers is the best modularity that merging two blocs gives.
func mergers(matrix []float64, bloc []int) float64 {
	best := math.Inf(-1)
	for a := range 1 + slices.Max(bloc) {
		for b := range a {
			merged := slices.Clone(bloc)
			for i := range merged {
				if merged[i] == a {
					merged[i] = b
				}
			}
			best = max(best, Modularity(matrix, merged))
		}
	}
	return best
}

// No partition by hand beats Louvain on blocs that are plain to see.
func TestModularity(t *testing.T) {
	w := blocsOf(3, 5, .1)
	found, matrix := detect(w), new(network).take(w)
	if !slices.Equal(found, []int{0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2}) {
		t.Fatalf("blocs %v", found)
	}
	one, alone := make([]int, 15), make([]int, 15)
	for i := range alone {
		alone[i] = i
	}
	modeltest.Near(t, "modularity of one bloc", Modularity(matrix, one), 0, exact)
	if best := Modularity(matrix, found); best <= 0 || Modularity(matrix, alone) >= best {
		t.Errorf("communities have modularity %g", best)
	}
	empty := blocsOf(4, 1, 0)
	modeltest.Near(t, "modularity without links", Modularity(new(network).take(empty), []int{0, 0, 1, 1}), 0, exact)
	if got := detect(empty); !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("without links the blocs are %v; want each state on its own", got)
	}
}

// The second eigenvalue is that of gonum's full decomposition: on networks with and
// without blocs, in parts, nearly complete, and with an outlier. For two cliques it is
// their cross-weight, and for a path of n it is 2 - 2 cos(pi/n) (Fiedler 1973).
func TestAlgebraicConnectivity(t *testing.T) {
	path := modeltest.World(12)
	clear(path.Dyads.Link)
	for i := range 11 {
		path.Dyads.Link[i*12+i+1] = 1
	}
	modeltest.Near(t, "a path of 12", read(t, path, "algebraic_connectivity"), (2-2*math.Cos(math.Pi/12))/12, exact)
	modeltest.Near(t, "one part", read(t, blocsOf(1, 9, 0), "algebraic_connectivity"), 1, exact)
	cases := map[string]*world.World{
		"path": path, "karate": networkOf(34, karate), "ring": ring(30, 5), "two": blocsOf(2, 40, .3), "parts": blocsOf(3, 20, 0),
		"complete": blocsOf(1, 60, 1), "pair": blocsOf(2, 1, .4), "none": blocsOf(5, 1, 0),
	}
	for seed := range uint64(20) {
		n := 2 + 10*int(seed)
		w, rng := scattered(n, seed), rand.New(rand.NewPCG(seed, 3))
		for k := range w.Dyads.Link {
			if seed%3 == 0 { // nearly complete, as the world's network is
				w.Dyads.Link[k] = 1 - .02*rng.Float64()
			}
		}
		for j := 1; j < n && seed%2 == 0; j++ {
			w.Dyads.Link[j] *= .3
		}
		cases[fmt.Sprintf("scattered %d", seed)] = w
	}
	for name, w := range cases {
		const twelveDigits = 1e-12
		modeltest.Near(t, name, read(t, w, "algebraic_connectivity"), gonumConnectivity(t, w), twelveDigits)
	}
}

// One observer sees networks of several sizes.
func TestNetworkBuffers(t *testing.T) {
	g := new(network)
	for _, n := range []int{30, 7, 50, 7} {
		w := scattered(n, uint64(n))
		g.forget()
		if !slices.Equal(g.find(w), detect(w)) || g.connectivity.find(g.take(w), n) != new(connectivity).find(g.take(w), n) {
			t.Errorf("%d states: what was seen before changes the measure", n)
		}
	}
}

// BenchmarkStructure is one reading of the structural measures of 193 states, by
// ours and by gonum.
func BenchmarkStructure(b *testing.B) {
	const n = 193
	w, rng := modeltest.World(n), rand.New(rand.NewPCG(1, 1))
	for i := range n {
		for j := i + 1; j < n; j++ {
			w.Dyads.Link[i*n+j] = .7 + .3*rng.Float64()
			if i%3 != j%3 {
				w.Dyads.Link[i*n+j] -= .5
			}
		}
	}
	g := new(network)
	b.Run("louvain", func(b *testing.B) {
		for range b.N {
			g.forget()
			g.find(w)
		}
	})
	b.Run("connectivity", func(b *testing.B) {
		for range b.N {
			g.connectivity.find(g.take(w), n)
		}
	})
	b.Run("gonum louvain", func(b *testing.B) {
		for range b.N {
			gonumBlocs(w)
		}
	})
	b.Run("gonum connectivity", func(b *testing.B) {
		for range b.N {
			gonumConnectivity(b, w)
		}
	})
}
