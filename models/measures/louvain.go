package measures

import (
	"math/rand/v2"
	"slices"
)

// louvain finds the communities of a network by the method of Blondel et al.
// (2008): every node in turn moves to the community of a neighbour where it adds
// most to modularity, until nobody moves; then communities become the nodes of a
// smaller network, and so on until that one stands still.
//
// What it finds depends on the order of the visits: of several orders, always the
// same ones, the partition of the highest modularity is taken, so that a network
// always has the same communities. The links are dense, so that a slice of all
// pairs serves better than a graph: on two cores of a shared server one order of 193
// states takes .25 milliseconds, and one of gonum's Modularize, which the tests
// compare with, 16.
type louvain struct {
	n        int       // nodes of the present level
	weight   []float64 // n x n, symmetric: links between the nodes; the diagonal has twice those inside one
	strength []float64 // by node: sum of its row
	total    float64   // of all strengths, 2m

	of     []int     // by node: its community, which has the number of one of the nodes
	within []float64 // by community: strength of its nodes
	toward []float64 // by community: links of the node that is asked
	number []int     // by community: its number in the next level
	order  []int     // in which nodes are visited
}

const (
	louvainOrders = 4    // that of the states, and shuffled ones
	louvainSeed   = 2008 // of the shuffles
)

// find returns the community of every state, numbered from 0 in the order of their
// first member. The links are n x n, symmetric, with a diagonal of zero; they are
// not changed.
func (l *louvain) find(links []float64, n int) []int {
	rng := rand.New(rand.NewPCG(louvainSeed, 0))
	best := l.once(links, n, nil)
	most := Modularity(links, best)
	for range louvainOrders - 1 {
		const rounding = 1e-12
		bloc := l.once(links, n, rng)
		if q := Modularity(links, bloc); q > most+rounding {
			best, most = bloc, q
		}
	}
	return inOrder(best)
}

// once finds communities in one order of visits: shuffled, or without a generator
// that of the states.
func (l *louvain) once(links []float64, n int, rng *rand.Rand) []int {
	l.n = n
	l.weight = append(l.weight[:0], links...)
	if len(l.of) < n {
		l.of, l.number = make([]int, n), make([]int, n)
		l.strength, l.within, l.toward = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	bloc := make([]int, n)
	for i := range bloc {
		bloc[i] = i
	}
	for l.arrange(rng); l.settle(); l.arrange(rng) {
		l.merge()
		for i, node := range bloc {
			bloc[i] = l.number[l.of[node]]
		}
	}
	return bloc
}

// arrange decides the order of visits of a level.
func (l *louvain) arrange(rng *rand.Rand) {
	l.order = l.order[:0]
	for i := range l.n {
		l.order = append(l.order, i)
	}
	if rng != nil {
		rng.Shuffle(l.n, func(i, j int) { l.order[i], l.order[j] = l.order[j], l.order[i] })
	}
}

// inOrder numbers blocs in the order of their first member.
func inOrder(bloc []int) []int {
	number, out, count := make([]int, len(bloc)), make([]int, len(bloc)), 0
	for i, b := range bloc {
		if number[b] == 0 {
			count++
			number[b] = count
		}
		out[i] = number[b] - 1
	}
	return out
}

// settle lets nodes move until nobody gains by it, and tells whether any moved.
func (l *louvain) settle() (moved bool) {
	l.total = 0
	for i := range l.n {
		l.strength[i] = 0
		for _, x := range l.weight[i*l.n : (i+1)*l.n] {
			l.strength[i] += x
		}
		l.total += l.strength[i]
		l.of[i], l.within[i] = i, l.strength[i]
	}
	if l.total == 0 {
		return false
	}
	for moving := true; moving; {
		moving = false
		for _, i := range l.order {
			if c := l.best(i); c != l.of[i] {
				l.of[i] = c
				moving, moved = true, true
			}
			l.within[l.of[i]] += l.strength[i]
		}
	}
	return moved
}

// best is the community in which a node adds most to modularity, and takes the node
// out of the one that it is in. What it adds is its links to the community less
// those that chance would give it.
func (l *louvain) best(i int) int {
	toward := l.toward[:l.n]
	clear(toward)
	for j, x := range l.weight[i*l.n : (i+1)*l.n] {
		if j != i {
			toward[l.of[j]] += x
		}
	}
	own := l.of[i]
	l.within[own] -= l.strength[i]
	expected := l.strength[i] / l.total
	best, most := own, toward[own]-expected*l.within[own]
	const rounding = 1e-12 // of all links: what sums may be off by must move nobody
	for c, links := range toward {
		if links > 0 && links-expected*l.within[c] > most+rounding*l.total {
			best, most = c, links-expected*l.within[c]
		}
	}
	return best
}

// merge makes each community one node of a smaller network.
func (l *louvain) merge() {
	for c := range l.n {
		l.number[c] = -1
	}
	count := 0
	for i := range l.n {
		if c := l.of[i]; l.number[c] < 0 {
			l.number[c] = count
			count++
		}
	}
	smaller := make([]float64, count*count)
	for i := range l.n {
		row := smaller[l.number[l.of[i]]*count:][:count]
		for j, x := range l.weight[i*l.n : (i+1)*l.n] {
			row[l.number[l.of[j]]] += x
		}
	}
	l.n, l.weight = count, append(l.weight[:0], smaller...)
}

// Modularity is (1/2m) sum_ij [w_ij - k_i k_j / 2m] over pairs in the same bloc
// (Newman 2006), for a given partition of n nodes. The links are n x n, symmetric,
// with a diagonal of zero.
func Modularity(links []float64, bloc []int) float64 {
	n := len(bloc)
	if n == 0 {
		return 0
	}
	blocs := 1 + slices.Max(bloc)
	inside, strength, total := 0.0, make([]float64, blocs), 0.0
	for i, b := range bloc {
		for j, x := range links[i*n : (i+1)*n] {
			strength[b] += x
			if bloc[j] == b {
				inside += x
			}
		}
	}
	for _, k := range strength {
		total += k
	}
	if total == 0 {
		return 0
	}
	q := inside / total
	for _, k := range strength {
		q -= k / total * (k / total)
	}
	return q
}
