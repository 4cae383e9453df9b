package experiment

import (
	"math"
	"math/rand/v2"
)

// defaultLevels is p = 4, as Morris (1991) and Campolongo et al. (2007) use it.
const defaultLevels = 4

// morris makes the trajectories. In each, every group of factors moves once, in
// random order: a continuous factor by delta = p/(2(p-1)) up or down, whichever
// stays in the cube, from a random one of p levels; a discrete factor from one of
// its values to another, so that no step leaves it where it was.
func (s *Spec) morris() [][]float64 {
	rng := s.stream()
	made := s.N
	if s.Candidates > 0 {
		made = s.Candidates
	}
	block := s.block()
	points := table(made*block, s.Factors)
	trajectories := make([][][]float64, made)
	for t := range trajectories {
		trajectories[t] = points[t*block : (t+1)*block]
		s.trajectory(trajectories[t], rng)
	}
	if s.Candidates <= s.N {
		return points
	}
	chosen := make([][]float64, 0, s.N*block)
	for _, t := range spread(trajectories, s.N) {
		chosen = append(chosen, trajectories[t]...)
	}
	return chosen
}

func (s *Spec) trajectory(points [][]float64, rng *rand.Rand) {
	to := make([]float64, s.Factors)
	for k := range to {
		points[0][k], to[k] = s.move(k, rng)
	}
	var order []int = rng.Perm(s.groups())
	for step, moving := range order {
		copy(points[step+1], points[step])
		for k := range to {
			if s.group(k) == moving {
				points[step+1][k] = to[k]
			}
		}
	}
}

// move draws where factor k starts and where its step leads.
func (s *Spec) move(k int, rng *rand.Rand) (from, to float64) {
	if s.Values != nil && s.Values[k] > 0 {
		n := s.Values[k]
		a, b := rng.IntN(n), 0
		if n > 1 {
			b = (a + 1 + rng.IntN(n-1)) % n
		}
		return (float64(a) + .5) / float64(n), (float64(b) + .5) / float64(n)
	}
	p := s.Levels
	if p == 0 {
		p = defaultLevels
	}
	level := rng.IntN(p)
	return float64(level) / float64(p-1), float64((level+p/2)%p) / float64(p-1)
}

// spread chooses n trajectories that lie far apart: first the most distant pair,
// then one by one that which adds the most distance to those chosen. To try all
// subsets, as Campolongo et al. (2007) do, takes too long beyond a few; Ruano et
// al. (2012) show that building up comes near to it. Of equals the first is
// taken. The result is in order of the trajectories.
func spread(trajectories [][][]float64, n int) []int {
	count := len(trajectories)
	distance := make([]float64, count*count)
	best, first, second := -1., 0, 0
	for i := range count {
		for j := i + 1; j < count; j++ {
			d := apart(trajectories[i], trajectories[j])
			distance[i*count+j], distance[j*count+i] = d, d
			if d > best {
				best, first, second = d, i, j
			}
		}
	}
	taken := make([]bool, count)
	gain := make([]float64, count) // squared distance to those taken
	take := func(t int) {
		taken[t] = true
		for j := range gain {
			gain[j] += distance[t*count+j] * distance[t*count+j]
		}
	}
	take(first)
	for k := 1; k < n; k++ {
		next := second
		if k > 1 {
			next = -1
			for j := range gain {
				if !taken[j] && (next < 0 || gain[j] > gain[next]) {
					next = j
				}
			}
		}
		take(next)
	}
	chosen := make([]int, 0, n)
	for t, is := range taken {
		if is {
			chosen = append(chosen, t)
		}
	}
	return chosen
}

// apart is the distance of two trajectories: the sum of the Euclidean distances
// of all pairs of their points (Campolongo et al. 2007, equation 10).
func apart(a, b [][]float64) float64 {
	sum := 0.0
	for _, p := range a {
		for _, q := range b {
			square := 0.0
			for k := range p {
				square += (p[k] - q[k]) * (p[k] - q[k])
			}
			sum += math.Sqrt(square)
		}
	}
	return sum
}
