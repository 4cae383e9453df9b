package evidence

import (
	"fmt"
	"math"
	"math/rand/v2"

	"splinternet/models/influence"
	"splinternet/models/world"
	"splinternet/sim"
)

// averaging is the mechanism of influence with nothing but averaging left.
func averaging(changes ...pair) *influence.Influence {
	var plain []pair
	for name, value := range influence.Averaging() {
		plain = append(plain, pair{name, value})
	}
	return set(influence.New, append(plain, changes...)...)
}

// settle plays ticks until opinions are at rest, and returns their number.
func settle(w *world.World, m *influence.Influence) int { return m.Settle(w, 1, 5000) }

// crowd plays random opinions again and again.
type crowd struct {
	bound     float64
	template  *world.World
	influence *influence.Influence
}

func newCrowd(n int, bound float64) *crowd {
	return &crowd{bound, world.Plain(n), averaging(pair{"influence.bound", bound})}
}

// camps is the number of camps that the opinions of a seed end in.
func (c *crowd) camps(seed uint64) float64 {
	w := influence.Opinions(c.template, influence.Uniform(c.template.States.N, seed))
	settle(w, c.influence)
	return float64(len(influence.Camps(w.States.Position, c.bound/2)))
}

// campNumbers are those of n random opinions, seed by seed.
func campNumbers(n, seeds int, bound float64) []float64 {
	c := newCrowd(n, bound)
	list := make([]float64, seeds)
	for seed := range list {
		list[seed] = c.camps(uint64(seed))
	}
	return list
}

// shareOf is the share of values that are want.
func shareOf(list []float64, want float64) float64 {
	n := 0.0
	for _, x := range list {
		if x == want {
			n++
		}
	}
	return n / float64(len(list))
}

func verifyOpinions(c *checks) {
	c.begin("Bounded confidence", "Hegselmann and Krause 2002; 101 evenly spaced opinions")
	for _, k := range []struct{ bound, camps, periods float64 }{
		{.05, 9, 0}, {.10, 3, 0}, {.15, 3, 0}, {.20, 1, 41}, {.25, 1, 0}, {.30, 1, 5},
	} {
		w := influence.Opinions(world.Plain(101), influence.Even(101))
		periods := settle(w, averaging(pair{"influence.bound", k.bound}))
		c.add(fmt.Sprintf("camps at bound %.2f", k.bound), float64(len(influence.Camps(w.States.Position, k.bound/2))), k.camps, 0)
		if k.periods > 0 {
			c.add(fmt.Sprintf("periods until they stand at bound %.2f", k.bound), float64(periods), k.periods, 0)
		}
	}
	c.begin("Bounded confidence", "200 random opinions, share of 40 runs that end in one camp (three standard errors of both)")
	for _, k := range []struct{ bound, share, tolerance float64 }{
		{.05, 0, 0}, {.10, 0, 0}, {.15, 0, 0}, {.20, .05, .15}, {.25, .93, .22}, {.30, 1, .05},
	} {
		c.add(fmt.Sprintf("bound %.2f", k.bound), shareOf(campNumbers(200, 40, k.bound), 1), k.share, k.tolerance)
	}
	verifyPairs(c)
	verifyAveraging(c)
}

func verifyPairs(c *checks) {
	c.begin("Random pairs", "Deffuant et al. 2000; 300 opinions, half the way, camps of at least 3 %, mean of 20 runs")
	const n, seeds = 300, 20
	template := world.Plain(n)
	template.Calendar.Tick = sim.Year // so that the speed is that of a meeting
	var drift float64
	for _, k := range []struct{ bound, camps, tolerance float64 }{
		{.10, 4.5, .5}, {.15, 3, .5}, {.20, 2, .3}, {.25, 2, .5}, {.30, 1, .35}, {.40, 1, 0},
	} {
		m := averaging(pair{"influence.pairing", influence.RandomPair}, pair{"influence.speed", .5}, pair{"influence.bound", k.bound})
		major := 0.0
		for seed := range uint64(seeds) {
			w := influence.Opinions(template, influence.Uniform(n, 50+seed))
			before := total(w.States.Position)
			play(w, seed, 100, m)
			drift = max(drift, math.Abs(total(w.States.Position)-before))
			for _, size := range influence.Camps(w.States.Position, k.bound/2) {
				if size >= n*3/100 {
					major++
				}
			}
		}
		c.add(fmt.Sprintf("camps at bound %.2f", k.bound), major/seeds, k.camps, k.tolerance)
	}
	c.add("largest change of the sum of opinions", drift, 0, rounding)
}

func total(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum
}

func verifyAveraging(c *checks) {
	c.begin("Stubborn pair", "Friedkin and Johnsen 1990: the gap that remains is the stubbornness")
	for _, stubbornness := range []float64{.2, .5, .8} {
		w := world.Plain(2, 0, 1)
		settle(w, averaging(pair{"influence.stubbornness", stubbornness}))
		c.add(fmt.Sprintf("gap at stubbornness %.1f", stubbornness), w.States.Position[1]-w.States.Position[0], stubbornness, 1e-7)
	}
	c.begin("Averaging", "DeGroot 1974")
	const n = 9
	circle := world.Plain(n, influence.Uniform(n, 4)...)
	mean := total(circle.States.Position) / n
	for i := range n {
		for j := range n {
			circle.Dyads.Trust[i*n+j] = math.Pow(.5, float64(min((i-j+n)%n, (j-i+n)%n)))
		}
	}
	trusting := []pair{{"influence.trust", 1}, {"influence.power", 1}}
	play(circle, 1, 2000, averaging(trusting...))
	c.add("symmetric weights agree on the mean; distance of the farthest", farthest(circle.States.Position, mean), 0, rounding)

	w := world.Plain(n, influence.Uniform(n, 5)...)
	rng := rand.New(rand.NewPCG(6, 1))
	for i := range w.States.Power {
		w.States.Power[i] = .2 + rng.Float64()
	}
	for k := range w.Dyads.Trust {
		w.Dyads.Trust[k] = .1 + .9*rng.Float64()
	}
	agreed := leftAverage(w)
	play(w, 1, 2000, averaging(trusting...))
	c.add("other weights on the average by the left eigenvector; distance of the farthest", farthest(w.States.Position, agreed), 0, rounding)
}

func farthest(x []float64, from float64) float64 {
	distance := 0.0
	for _, v := range x {
		distance = max(distance, math.Abs(v-from))
	}
	return distance
}

// leftAverage is the average of positions by the left eigenvector of the row-normalised
// weights power x trust, to the eigenvalue 1, found by repeated multiplication.
func leftAverage(w *world.World) float64 {
	n := w.States.N
	weight := make([]float64, n*n)
	for i := range n {
		sum := 0.0
		for j := range n {
			weight[i*n+j] = w.States.Power[j] * w.Dyads.Trust[i*n+j]
			sum += weight[i*n+j]
		}
		for j := range n {
			weight[i*n+j] /= sum
		}
	}
	left, next := make([]float64, n), make([]float64, n)
	for i := range left {
		left[i] = 1 / float64(n)
	}
	for range 1000 {
		clear(next)
		for i := range n {
			for j := range n {
				next[j] += left[i] * weight[i*n+j]
			}
		}
		left, next = next, left
	}
	average := 0.0
	for i, x := range w.States.Position {
		average += left[i] * x
	}
	return average
}
