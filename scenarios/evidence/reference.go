package evidence

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// This file holds published models that the model of this program has no mechanism for, as
// references: it moves shares of stacks without the chance of an urn, answers incidents by a
// ladder instead of a repeated game, and finds blocs on the network instead of letting states choose
// them. The literature that it builds on uses them, so their numbers are kept at hand.

// urn draws n balls from a Polya urn that starts with one of each colour and returns the
// share of the first. A ball is drawn with the probability pull of its colour's share and
// comes back with another one like it (Arthur 1989).
func urn(rng *rand.Rand, n int, pull func(share float64) float64) float64 {
	first, all := 1., 2.
	for range n {
		if rng.Float64() < pull(first/all) {
			first++
		}
		all++
	}
	return first / all
}

// reciprocity is the long-run share of cooperation of two players of tit for tat who forgive a
// defection with the probability generosity and whose every move is reversed with the
// probability noise (Molander 1985): the stationary distribution of the Markov chain over the
// four pairs of moves.
func reciprocity(generosity, noise float64) float64 {
	// cooperate is the chance of cooperation after the other's move.
	cooperate := func(other bool) float64 {
		wish := generosity
		if other {
			wish = 1
		}
		return wish*(1-noise) + (1-wish)*noise
	}
	state := [4]float64{.25, .25, .25, .25} // CC, CD, DC, DD
	for range 100000 {
		var next [4]float64
		for s, p := range state {
			first, second := s < 2, s%2 == 0
			a, b := cooperate(second), cooperate(first)
			next[0] += p * a * b
			next[1] += p * a * (1 - b)
			next[2] += p * (1 - a) * b
			next[3] += p * (1 - a) * (1 - b)
		}
		state = next
	}
	return state[0] + (state[1]+state[2])/2
}

// generous is the best share of defections to forgive (Molander 1985; Nowak and Sigmund 1992).
func generous(temptation, reward, punishment, sucker float64) float64 {
	return min(1-(temptation-reward)/(reward-sucker), (reward-punishment)/(temptation-punishment))
}

// energy of a grouping: the pairs in different blocs count their sizes times their
// propensity to work together (Axelrod and Bennett 1993).
func energy(size, propensity []float64, bloc []int) float64 {
	n, sum := len(size), 0.0
	for i := range n {
		for j := range n {
			if i != j && bloc[i] != bloc[j] {
				sum += size[i] * size[j] * propensity[i*n+j]
			}
		}
	}
	return sum
}

// descend lets one actor after the other change to the bloc that frustrates it least, until none
// does. It returns the energies along the way.
func descend(size, propensity []float64, bloc []int, blocs int) []float64 {
	path := []float64{energy(size, propensity, bloc)}
	for moved := true; moved; {
		moved = false
		for i := range bloc {
			best, least := bloc[i], path[len(path)-1]
			for b := range blocs {
				before := bloc[i]
				bloc[i] = b
				if e := energy(size, propensity, bloc); e < least-rounding {
					best, least = b, e
				}
				bloc[i] = before
			}
			if best != bloc[i] {
				bloc[i], moved = best, true
				path = append(path, least)
			}
		}
	}
	return path
}

func verifyReferences(c *checks) {
	c.begin("Increasing returns (reference)", "Polya urn from (1, 1): the share is uniform in the end (Arthur 1989; 2000 urns of 2000 draws)")
	const urns = 2000
	rng := rand.New(rand.NewPCG(3, 4))
	shares := make([]float64, urns)
	for k := range shares {
		shares[k] = urn(rng, 2000, func(s float64) float64 { return s })
	}
	slices.Sort(shares)
	for _, q := range []float64{.25, .5, .75} {
		c.add(fmt.Sprintf("quantile %.2f of the share", q), shares[int(q*urns)], q, .035)
	}
	locked := 0.0
	for range 500 {
		s := urn(rng, 20000, func(s float64) float64 { return s * s * s / (s*s*s + (1-s)*(1-s)*(1-s)) })
		locked += number(s > .95 || s < .05)
	}
	c.add("share of 500 urns with cubed pull that lock in", locked/500, 1, .005)

	c.begin("Noise and reciprocity (reference)", "tit for tat with errors (Molander 1985; Nowak and Sigmund 1992)")
	for _, noise := range []float64{.01, .05, .10} {
		c.add(fmt.Sprintf("cooperation of tit for tat at noise %.2f", noise), reciprocity(0, noise), .5, 1e-6)
	}
	for _, k := range []struct{ noise, tenth, third float64 }{{.01, .915, .971}, {.05, .737, .875}, {.10, .643, .786}} {
		c.add(fmt.Sprintf("forgiving .1 at noise %.2f", k.noise), reciprocity(.1, k.noise), k.tenth, .001)
		c.add(fmt.Sprintf("forgiving 1/3 at noise %.2f", k.noise), reciprocity(1./3, k.noise), k.third, .001)
	}
	c.add("best generosity for the payoffs 5, 3, 1, 0", generous(5, 3, 1, 0), 1./3, rounding)
	verifyLandscape(c)
}

func verifyLandscape(c *checks) {
	c.begin("Landscape (reference)", "Axelrod and Bennett 1993: single changes lower the energy; two cliques split, friends do not")
	const n = 10
	size, friends, cliques := make([]float64, n), make([]float64, n*n), make([]float64, n*n)
	for i := range n {
		size[i] = 1
		for j := range n {
			friends[i*n+j] = 1
			cliques[i*n+j] = 1
			if (i < n/2) != (j < n/2) {
				cliques[i*n+j] = -1
			}
		}
	}
	rng := rand.New(rand.NewPCG(8, 8))
	rises, least := 0., 0.
	for range 50 {
		propensity, bloc := make([]float64, n*n), make([]int, n)
		for i := range n {
			bloc[i] = rng.IntN(2)
			for j := range i {
				propensity[i*n+j] = 2*rng.Float64() - 1
				propensity[j*n+i] = propensity[i*n+j]
			}
		}
		path := descend(size, propensity, bloc, 2)
		for k := 1; k < len(path); k++ {
			rises += number(path[k] >= path[k-1])
		}
	}
	c.add("steps in 50 landscapes that do not lower the energy", rises, 0, 0)
	split := 0.
	for mask := range 1 << n {
		bloc := make([]int, n)
		for i := range bloc {
			bloc[i] = mask >> i & 1
		}
		switch e := energy(size, cliques, bloc); {
		case e < least-rounding:
			least, split = e, 1
		case e < least+rounding:
			split++
		}
	}
	c.add("least energy of two cliques of five", least, -50, rounding)
	c.add("groupings with that energy (two labellings of one)", split, 2, 0)
	apart := make([]int, n)
	for i := range apart {
		apart[i] = i % 2
	}
	path := descend(size, friends, apart, 2)
	c.add("energy at which friends of all come to rest, from two blocs", path[len(path)-1], 0, rounding)
}
