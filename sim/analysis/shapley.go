package analysis

import (
	"fmt"
	"math"
	"math/bits"

	"splinternet/sim"
)

// mostExact is the largest number of players whose coalitions are all evaluated
// unless permutations are asked for: 2^8 = 256.
const mostExact = 8

// Attribution is what each player of a coalition game is worth.
type Attribution struct {
	Players []Estimate // by player; N is the number of pairs or permutations behind it
	Total   Estimate   // value of all players minus that of none
	Exact   bool       // all coalitions were evaluated
	Sets    int        // coalitions that were evaluated
}

// Game evaluates coalitions. A coalition is a set of players: bit i of the set is
// player i. The result is a sample of the coalition's value, observation j of
// every coalition under the same chance (a run with the same seed); NaN stands
// for a run that failed. It is called once for each coalition, and must not
// keep or reuse the slice that it returns.
type Game func(set uint64) ([]float64, error)

// Shapley attributes the difference between the value of all n players and that
// of none to the players: player i's share is its marginal contribution, the mean
// over all orders in which players can join (Shapley 1953). Shares add up to the
// whole, whatever the interactions.
//
// With permutations = 0 and at most 8 players all 2^n coalitions are evaluated
// and shares are exact for each observation; the interval is Student's over
// observations. With permutations > 0 (or more players, which need it) the mean
// is over so many random orders and their reverses (Castro, Gómez and Tejada
// 2009; antithetic pairs after Mitchell et al. 2022), at most 2 n permutations
// coalitions; the interval then spans the means of orders as well as
// observations. An observation in which any coalition failed is left out, so that
// shares add up exactly. At most 64 players.
func Shapley(n, permutations int, seed uint64, game Game) (*Attribution, error) {
	switch {
	case n < 1 || n > 64:
		return nil, fmt.Errorf("%d players: from 1 to 64", n)
	case permutations < 0:
		return nil, fmt.Errorf("%d permutations: at least 1", permutations)
	case permutations == 0 && n > mostExact:
		return nil, fmt.Errorf("%d players have too many coalitions to evaluate all: name a number of permutations", n)
	}
	c := &coalitions{game: game, known: map[uint64]int{}}
	if permutations == 0 {
		return c.exact(n)
	}
	return c.sampled(n, permutations, seed)
}

// coalitions remembers what was evaluated.
type coalitions struct {
	game   Game
	known  map[uint64]int // index into values; never ranged over
	values [][]float64
}

func (c *coalitions) value(set uint64) (int, error) {
	if k, ok := c.known[set]; ok {
		return k, nil
	}
	values, err := c.game(set)
	if err != nil {
		return 0, err
	}
	if len(c.values) > 0 && len(values) != len(c.values[0]) {
		return 0, fmt.Errorf("a coalition has %d observations, others have %d", len(values), len(c.values[0]))
	}
	c.known[set] = len(c.values)
	c.values = append(c.values, values)
	return len(c.values) - 1, nil
}

// whole are the observations that no coalition lacks.
func (c *coalitions) whole() []int {
	var list []int
	for j := range c.values[0] {
		missing := false
		for _, v := range c.values {
			missing = missing || math.IsNaN(v[j])
		}
		if !missing {
			list = append(list, j)
		}
	}
	return list
}

func (c *coalitions) exact(n int) (*Attribution, error) {
	all := uint64(1)<<n - 1
	for set := uint64(0); ; set++ {
		if _, err := c.value(set); err != nil { // evaluated in order: its index is the set
			return nil, err
		}
		if set == all {
			break
		}
	}
	weight := orderWeights(n)
	observations := c.whole()
	a := &Attribution{Exact: true, Sets: len(c.values)}
	for i := range n {
		shares := make([]float64, len(observations))
		for at, j := range observations {
			for set := range c.values {
				if set>>i&1 == 0 {
					with := c.values[set|1<<i][j]
					shares[at] += weight[bits.OnesCount(uint(set))] * (with - c.values[set][j])
				}
			}
		}
		a.Players = append(a.Players, Mean(shares))
	}
	a.Total = c.total(0, int(all), observations)
	return a, nil
}

// orderWeights is the probability, by size, that exactly a given coalition of
// the size stands before a player in a random order: s! (n-s-1)! / n!.
func orderWeights(n int) []float64 {
	weights := make([]float64, n)
	weights[0] = 1 / float64(n)
	for s := 1; s < n; s++ {
		weights[s] = weights[s-1] * float64(s) / float64(n-s)
	}
	return weights
}

func (c *coalitions) total(none, all int, observations []int) Estimate {
	differences := make([]float64, len(observations))
	for at, j := range observations {
		differences[at] = c.values[all][j] - c.values[none][j]
	}
	return Mean(differences)
}

// sampled evaluates random orders. Each order and its reverse make one
// observation of every player's share, averaged over runs.
func (c *coalitions) sampled(n, permutations int, seed uint64) (*Attribution, error) {
	rng := sim.NewStream(seed, "analysis shapley", 0).Whole()
	// paths[p][k] is the coalition after k players of path p have joined.
	var orders, paths [][]int
	for range permutations {
		var order []int = rng.Perm(n)
		back := make([]int, n)
		for k, i := range order {
			back[n-1-k] = i
		}
		for _, o := range [][]int{order, back} {
			path, err := c.walk(o)
			if err != nil {
				return nil, err
			}
			orders, paths = append(orders, o), append(paths, path)
		}
	}
	observations := c.whole()
	a := &Attribution{Sets: len(c.values)}
	for i := range n {
		a.Players = append(a.Players, c.share(i, orders, paths, observations))
	}
	a.Total = c.total(paths[0][0], paths[0][n], observations)
	return a, nil
}

func (c *coalitions) walk(order []int) ([]int, error) {
	var set uint64
	path := make([]int, 0, len(order)+1)
	for k := 0; ; k++ {
		at, err := c.value(set)
		if err != nil {
			return nil, err
		}
		if path = append(path, at); k == len(order) {
			return path, nil
		}
		set |= 1 << order[k]
	}
}

// share is player i's mean marginal contribution. Its interval adds the two
// sources of chance: which orders were drawn, and which runs.
func (c *coalitions) share(i int, orders, paths [][]int, observations []int) Estimate {
	byOrder := make([]float64, len(orders)/2)
	byRun := make([]float64, len(observations))
	for p, order := range orders {
		for k, player := range order {
			if player != i {
				continue
			}
			with, without := c.values[paths[p][k+1]], c.values[paths[p][k]]
			for at, j := range observations {
				d := with[j] - without[j]
				byRun[at] += d / float64(len(orders))
				byOrder[p/2] += d / float64(2*len(observations))
			}
		}
	}
	return combine(Mean(byRun), Mean(byOrder))
}

func combine(runs, orders Estimate) Estimate {
	half := math.Hypot(runs.High-runs.Value, orders.High-orders.Value)
	return Estimate{Value: runs.Value, Low: runs.Value - half, High: runs.Value + half, N: runs.N}
}
