package influence_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/influence"
	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// with makes the mechanism with the plain values but for those given.
func with(tb testing.TB, changes map[string]float64) *influence.Influence {
	tb.Helper()
	set := new(sim.Parameters)
	m := influence.New(set)
	modeltest.Set(tb, set, influence.Averaging())
	modeltest.Set(tb, set, changes)
	return m
}

// settle plays ticks until nothing moves, as it must in fewer than most.
func settle(tb testing.TB, w *world.World, m *influence.Influence, seed uint64, most int) int {
	tb.Helper()
	ticks := m.Settle(w, seed, most)
	if ticks == most {
		tb.Fatalf("positions still move after %d ticks", most)
	}
	return ticks
}

// TestHegselmannKrauseEven checks evenly spaced opinions, where nothing is random.
// Two opinions at exactly the bound are neighbours (n = 101, where the spacing
// divides the bound).
func TestHegselmannKrauseEven(t *testing.T) {
	for _, c := range []struct {
		n       int
		bound   float64
		camps   int
		periods int // until nothing moves by more than 1e-9; 0: not known
	}{
		{101, .05, 9, 0},
		{101, .10, 3, 0},
		{101, .15, 3, 0},
		{101, .20, 1, 41},
		{101, .25, 1, 0},
		{101, .30, 1, 5},
		{50, .2, 2, 8},
		{100, .05, 9, 20},
		{100, .25, 1, 10},
		{625, .05, 9, 0},
		{625, .10, 5, 0},
		{625, .15, 3, 0},
		{625, .20, 1, 208},
		{625, .25, 1, 0},
		{625, .30, 1, 0},
		{1001, .05, 9, 0},
		{1001, .10, 5, 0},
		{1001, .15, 3, 0},
		{1001, .20, 1, 327},
		{1001, .25, 1, 0},
		{1001, .30, 1, 0},
	} {
		w := modeltest.World(c.n, influence.Even(c.n)...)
		m := with(t, map[string]float64{"influence.bound": c.bound})
		periods := settle(t, w, m, 1, 1000)
		sizes := influence.Camps(w.States.Position, c.bound/2)
		t.Logf("n %d bound %.2f: camps %v after %d periods", c.n, c.bound, sizes, periods)
		if len(sizes) != c.camps {
			t.Errorf("n %d bound %.2f: %d camps; want %d", c.n, c.bound, len(sizes), c.camps)
		}
		if c.periods > 0 && periods != c.periods {
			t.Errorf("n %d bound %.2f: settled after %d periods; want %d", c.n, c.bound, periods, c.periods)
		}
		if !slices.IsSorted(w.States.Position) {
			t.Errorf("n %d bound %.2f: opinions overtake one another", c.n, c.bound)
		}
	}
}

// TestHegselmannKrauseUniform compares the distribution over seeds of 625 uniform
// opinions with independent replications of the paper: single runs say little.
func TestHegselmannKrauseUniform(t *testing.T) {
	template := modeltest.World(625)
	for _, c := range []struct {
		bound       float64
		seeds       int
		median      [2]int     // of the number of camps, from and to
		consensus   [2]float64 // share of runs that end in one camp, from and to
		tenth, most int        // 10th and 90th percentile of the number of camps, +- 1; 0: not checked
	}{
		// 200 seeds elsewhere: median 38, 35 to 40.
		{bound: .01, seeds: 60, median: [2]int{37, 39}, consensus: [2]float64{0, 0}, tenth: 35, most: 40},
		{bound: .15, seeds: 60, median: [2]int{3, 3}, consensus: [2]float64{0, .05}},
		// 58 of 200 and 13 of 50 elsewhere, .279 in 4000 seeds here; three standard
		// errors of 150 runs are .11.
		{bound: .21, seeds: 150, median: [2]int{2, 2}, consensus: [2]float64{.28 - .11, .28 + .11}},
		// 197 of 200 and 50 of 50 elsewhere.
		{bound: .25, seeds: 100, median: [2]int{1, 1}, consensus: [2]float64{.94, 1}},
	} {
		m := with(t, map[string]float64{"influence.bound": c.bound})
		var numbers []int
		agreed := 0
		for seed := range c.seeds {
			w := influence.Opinions(template, influence.Uniform(625, uint64(seed)))
			settle(t, w, m, 1, 5000)
			number := len(influence.Camps(w.States.Position, c.bound/2))
			numbers = append(numbers, number)
			if number == 1 {
				agreed++
			}
		}
		slices.Sort(numbers)
		median, share := numbers[c.seeds/2], float64(agreed)/float64(c.seeds)
		t.Logf("bound %.2f: median %d, 10th %d, 90th %d, consensus %.3f", c.bound, median, numbers[c.seeds/10], numbers[c.seeds*9/10], share)
		if median < c.median[0] || median > c.median[1] {
			t.Errorf("bound %.2f: median of %d camps; want %d to %d", c.bound, median, c.median[0], c.median[1])
		}
		if share < c.consensus[0] || share > c.consensus[1] {
			t.Errorf("bound %.2f: consensus in %.3f of the runs; want %g to %g", c.bound, share, c.consensus[0], c.consensus[1])
		}
		if c.most > 0 && (max(numbers[c.seeds/10]-c.tenth, c.tenth-numbers[c.seeds/10]) > 1 || max(numbers[c.seeds*9/10]-c.most, c.most-numbers[c.seeds*9/10]) > 1) {
			t.Errorf("bound %.2f: %d to %d camps in most runs; want %d to %d", c.bound, numbers[c.seeds/10], numbers[c.seeds*9/10], c.tenth, c.most)
		}
	}
}

// TestHegselmannKrause200 is the chance of consensus among 200 random opinions.
func TestHegselmannKrause200(t *testing.T) {
	const seeds = 100
	template := modeltest.World(200)
	for _, c := range []struct{ bound, low, high float64 }{
		// Forty runs elsewhere gave 0, 0, 0, .05, .93 and 1, with errors of up to .04;
		// 4000 seeds here gave 0, 0, 0, .072, .817 and .999. The limits are three
		// standard errors of 100 runs around the latter.
		{.05, 0, 0}, {.10, 0, 0}, {.15, 0, 0}, {.20, 0, .15}, {.25, .70, .93}, {.30, .98, 1},
	} {
		m := with(t, map[string]float64{"influence.bound": c.bound})
		agreed := 0
		for seed := range seeds {
			w := influence.Opinions(template, influence.Uniform(200, uint64(1000+seed)))
			settle(t, w, m, 1, 5000)
			if len(influence.Camps(w.States.Position, c.bound/2)) == 1 {
				agreed++
			}
		}
		t.Logf("bound %.2f: consensus in %d of %d", c.bound, agreed, seeds)
		if share := float64(agreed) / seeds; share < c.low || share > c.high {
			t.Errorf("bound %.2f: consensus in %.2f of the runs; want %g to %g", c.bound, share, c.low, c.high)
		}
	}
}

// reference is the equation of the package comment, term by term.
func reference(m *influence.Influence, w *world.World, years float64) []float64 {
	s, d, n, dim := &w.States, &w.Dyads, w.States.N, w.Dim
	next := make([]float64, n*dim)
	speed := 1 - math.Pow(1-m.Speed, years)
	for i := range n {
		sum, moment := 0.0, make([]float64, dim)
		for j := range n {
			square := 0.0
			for k := range dim {
				square += math.Pow(s.Position[i*dim+k]-s.Position[j*dim+k], 2)
			}
			if math.Sqrt(square/float64(dim)) > m.Bound+1e-9 {
				continue
			}
			shared := 0.0
			if d.MostShared > 0 {
				shared = float64(d.Shared[i*n+j]) / float64(d.MostShared)
			}
			k := math.Pow(s.Power[j], m.Power) * (1 - m.Trust + m.Trust*d.Trust[i*n+j]) * (1 + m.Socialisation*shared)
			sum += k
			for a := range dim {
				moment[a] += k * s.Position[j*dim+a]
			}
		}
		sigma := s.Stubbornness[i]
		if sigma < 0 {
			sigma = m.Stubbornness
		}
		mu := min(1, speed*s.Salience[i])
		for a := range dim {
			x := s.Position[i*dim+a]
			target := x
			if sum > 0 {
				target = moment[a] / sum
			}
			next[i*dim+a] = min(1, max(0, x+mu*((1-sigma)*(target-x)+sigma*(s.Anchor[i*dim+a]-x))))
		}
	}
	return next
}

// TestEquation compares one tick with the equation, for any world and parameters;
// the two differ only in the order of their sums.
func TestEquation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{States: 20, Dim: 3})
		set := new(sim.Parameters)
		m := influence.New(set)
		modeltest.DrawParameters(t, set)
		if rapid.Bool().Draw(t, "sorted") {
			m.Trust, m.Socialisation = 0, 0
		}
		m.Noise, m.Pairing = 0, influence.All
		now := modeltest.At(w, 1, m.Name(), 0)
		want := reference(m, w, now.Years)
		m.Prepare(w)
		m.Begin(now, w)
		m.Step(now, w)
		for k, x := range w.States.Position {
			if math.Abs(x-want[k]) > 1e-9 {
				t.Fatalf("position %d is %g; want %g", k, x, want[k])
			}
		}
	})
}

// TestSortedAndWeighted compares the window over sorted positions with the double
// loop: full trust makes all weights equal whatever trust counts.
func TestSortedAndWeighted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "states")
		positions := make([]float64, n)
		for k := range positions {
			// A grid, so that many pairs stand at exactly the bound.
			positions[k] = float64(rapid.IntRange(0, 40).Draw(t, "position")) / 40
		}
		bound := float64(rapid.IntRange(0, 40).Draw(t, "bound")) / 40
		power := float64(rapid.IntRange(0, 3).Draw(t, "power"))
		var ends [2][]float64
		for k, trust := range []float64{0, .7} {
			w := modeltest.World(n, positions...)
			for i := range n {
				w.States.Power[i] = float64(1 + i%5)
			}
			modeltest.Shares(w.States.Power)
			set := new(sim.Parameters)
			m := influence.New(set)
			m.Speed, m.Stubbornness, m.Noise, m.Socialisation = 1, 0, 0, 0
			m.Bound, m.Power, m.Trust = bound, power, trust
			modeltest.Begin(w, 1, m)
			m.Step(modeltest.At(w, 1, m.Name(), 0), w)
			ends[k] = w.States.Position
		}
		for k := range ends[0] {
			if math.Abs(ends[0][k]-ends[1][k]) > 1e-9 {
				t.Fatalf("state %d moves to %g in the window and to %g in the loop", k, ends[0][k], ends[1][k])
			}
		}
	})
}

// TestUnequalPower: a dwarf that listens to another dwarf alone must not drown in
// the rounding of sums over giants.
func TestUnequalPower(t *testing.T) {
	w := modeltest.World(4, .1, .2, .8, .9)
	copy(w.States.Power, []float64{.6, .4, 1e-6, 3e-6})
	modeltest.Play(t, w, 1, 1, with(t, map[string]float64{"influence.bound": .3, "influence.power": 4}))
	modeltest.Near(t, "position of a dwarf", w.States.Position[2], (.8+81*.9)/82, 1e-12)
}

// TestFriedkinJohnsenPair lets two states at 0 and 1 weigh one another like
// themselves: the gap that remains is their stubbornness.
func TestFriedkinJohnsenPair(t *testing.T) {
	for _, stubbornness := range []float64{.2, .5, .8} {
		for _, speed := range []float64{1, .3} {
			w := modeltest.World(2, 0, 1)
			settle(t, w, with(t, map[string]float64{"influence.stubbornness": stubbornness, "influence.speed": speed}), 1, 3000)
			// Settled means a step below 1e-9, each closing 9 % of what is left at the least.
			modeltest.Near(t, "gap", w.States.Position[1]-w.States.Position[0], stubbornness, 1e-7)
		}
	}
}

// weights are the row-normalised weights of the world's states in one another's
// eyes when nobody is out of bounds: power times trust.
func weights(w *world.World) *mat.Dense {
	n := w.States.N
	m := mat.NewDense(n, n, nil)
	for i := range n {
		row := make([]float64, n)
		for j := range n {
			row[j] = w.States.Power[j] * w.Dyads.Trust[i*n+j]
		}
		modeltest.Shares(row)
		m.SetRow(i, row)
	}
	return m
}

// random is a world of one dimension with unequal power and trust.
func random(n int, seed uint64) *world.World {
	w := modeltest.Random(rand.New(rand.NewPCG(seed, 3)), n, 1, 1, 0, false)
	for i := range n {
		w.States.Salience[i] = 1
		for j := range n {
			w.Dyads.Trust[i*n+j] = max(.05, w.Dyads.Trust[i*n+j]) // connected
		}
	}
	return w
}

// TestFriedkinJohnsen compares where states come to rest with the solution of
// x = (1-sigma) W x + sigma x0.
func TestFriedkinJohnsen(t *testing.T) {
	for seed := range uint64(5) {
		const n = 12
		w := random(n, seed)
		s := &w.States
		left, right := mat.NewDense(n, n, nil), mat.NewVecDense(n, nil)
		weight := weights(w)
		for i := range n {
			s.Stubbornness[i] = .1 + .08*float64(i)
			for j := range n {
				left.Set(i, j, -(1-s.Stubbornness[i])*weight.At(i, j))
			}
			left.Set(i, i, left.At(i, i)+1)
			right.SetVec(i, s.Stubbornness[i]*s.Anchor[i])
		}
		var rest mat.VecDense
		if err := rest.SolveVec(left, right); err != nil {
			t.Fatal(err)
		}
		modeltest.Play(t, w, 1, 400, with(t, map[string]float64{"influence.power": 1, "influence.trust": 1}))
		for i := range n {
			modeltest.Near(t, "position", s.Position[i], rest.AtVec(i), 1e-9)
		}
	}
}

// TestDeGroot lets everybody listen to everybody: with symmetric weights the
// world agrees on its mean, else on the average by the left eigenvector of W.
func TestDeGroot(t *testing.T) {
	const n, ticks = 9, 2000
	// A circle: trust falls with the steps between two states, so that no row
	// weighs more than another.
	w := modeltest.World(n, influence.Uniform(n, 4)...)
	mean := 0.0
	for i, x := range w.States.Position {
		mean += x / n
		for j := range n {
			steps := min((i-j+n)%n, (j-i+n)%n)
			w.Dyads.Trust[i*n+j] = math.Pow(.5, float64(steps))
		}
	}
	listen := map[string]float64{"influence.trust": 1, "influence.power": 1}
	modeltest.Play(t, w, 1, ticks, with(t, listen))
	for _, x := range w.States.Position {
		modeltest.Near(t, "agreed position", x, mean, 1e-9)
	}

	for seed := range uint64(5) {
		w := random(n, 10+seed)
		var eigen mat.Eigen
		if !eigen.Factorize(weights(w), mat.EigenLeft) {
			t.Fatal("no eigenvectors")
		}
		var left mat.CDense
		eigen.LeftVectorsTo(&left)
		first := 0 // the eigenvalue 1 is the largest
		for k, v := range eigen.Values(nil) {
			if real(v) > real(eigen.Values(nil)[first]) {
				first = k
			}
		}
		agreed, sum := 0.0, 0.0
		for i, x := range w.States.Position {
			sum += real(left.At(i, first))
			agreed += real(left.At(i, first)) * x
		}
		// Neither the anchor nor its weight may matter without stubbornness.
		for i := range n {
			w.States.Stubbornness[i] = -1
		}
		modeltest.Play(t, w, 1, ticks, with(t, listen))
		for _, x := range w.States.Position {
			modeltest.Near(t, "agreed position", x, agreed/sum, 1e-9)
		}
	}
}

// TestPairMeets: a pair that meets keeps its mean, and half the way in one meeting
// takes both there.
func TestPairMeets(t *testing.T) {
	const pair = influence.RandomPair
	for seed := range uint64(40) {
		w := modeltest.World(2, .2, .6)
		w.Calendar.Tick = sim.Year
		m := with(t, map[string]float64{"influence.pairing": pair, "influence.speed": .5})
		modeltest.Play(t, w, seed, 1, m)
		a, b := w.States.Position[0], w.States.Position[1]
		modeltest.Near(t, "mean of the pair", (a+b)/2, .4, 1e-16)
		if met := a == b; !met && (a != .2 || b != .6) {
			t.Errorf("seed %d: a pair that meets goes to %g and %g", seed, a, b)
		}
		// Out of bounds nobody moves.
		w = modeltest.World(2, .2, .6)
		modeltest.Play(t, w, seed, 5, with(t, map[string]float64{"influence.pairing": pair, "influence.bound": .3}))
		if w.States.Position[0] != .2 || w.States.Position[1] != .6 {
			t.Errorf("seed %d: a pair out of bounds moves", seed)
		}
	}
	// A pair in a hurry meets in the middle: it does not change places.
	w := modeltest.World(2, .2, .6)
	modeltest.Play(t, w, 1, 10, with(t, map[string]float64{"influence.pairing": pair, "influence.speed": 1}))
	for _, x := range w.States.Position {
		modeltest.Near(t, "position of a pair in a hurry", x, .4, 1e-16)
	}
	// The mean of many is kept up to rounding.
	x := influence.Uniform(100, 1)
	w = modeltest.World(100, x...)
	before := 0.0
	for _, v := range x {
		before += v
	}
	modeltest.Play(t, w, 3, 200, with(t, map[string]float64{"influence.pairing": pair, "influence.speed": .5, "influence.bound": .2}))
	after := 0.0
	for _, v := range w.States.Position {
		after += v
	}
	modeltest.Near(t, "sum of positions", after, before, 1e-11)
}

// TestDeffuant counts the major camps (at least 3 % of the states) of 300 states
// that meet in pairs and go half the way: about 1/(2 bound) of them.
func TestDeffuant(t *testing.T) {
	const n, seeds = 300, 20
	template := modeltest.World(n)
	template.Calendar.Tick = sim.Year // so that the speed is that of a meeting
	for _, c := range []struct{ bound, low, high float64 }{
		// Means over the seeds; elsewhere 4-5, 3, 2, 2, mostly 1, 1.
		{.10, 4, 5}, {.15, 2.5, 3.3}, {.20, 1.8, 2.3}, {.25, 1.5, 2.1}, {.30, 1, 1.35}, {.40, 1, 1},
	} {
		m := with(t, map[string]float64{"influence.pairing": influence.RandomPair, "influence.speed": .5, "influence.bound": c.bound})
		major := 0
		for seed := range uint64(seeds) {
			w := influence.Opinions(template, influence.Uniform(n, 50+seed))
			modeltest.Play(t, w, seed, 150, m)
			for _, size := range influence.Camps(w.States.Position, c.bound/2) {
				if size >= n*3/100 {
					major++
				}
			}
		}
		mean := float64(major) / seeds
		t.Logf("bound %.2f: %.2f major camps", c.bound, mean)
		if mean < c.low || mean > c.high {
			t.Errorf("bound %.2f: %.2f major camps; want %g to %g", c.bound, mean, c.low, c.high)
		}
	}
}

// TestFrozen is the null model: without speed and noise nothing moves.
func TestFrozen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{})
		set := new(sim.Parameters)
		m := influence.New(set)
		modeltest.DrawParameters(t, set)
		m.Speed, m.Noise = 0, 0
		before := slices.Clone(w.States.Position)
		modeltest.Begin(w, 1, m)
		for k := range 3 {
			m.Step(modeltest.At(w, 1, m.Name(), k), w)
		}
		if !slices.Equal(before, w.States.Position) {
			t.Fatal("positions move without speed and noise")
		}
	})
}

// TestTwoDimensions: where two dimensions say the same, they do what one does, and
// the bound means the same. Opinions sit between the ties.
func TestTwoDimensions(t *testing.T) {
	for _, bound := range []float64{.07, .13, .21, .45, 1} {
		x := influence.Uniform(60, 9)
		var twice []float64
		for _, v := range x {
			twice = append(twice, v, v)
		}
		one, two := modeltest.World(60, x...), modeltest.World(60, twice...)
		for i := range 60 {
			one.States.Power[i] = float64(1+i) / (61 * 30)
		}
		copy(two.States.Power, one.States.Power)
		changes := map[string]float64{"influence.bound": bound, "influence.power": 1, "influence.speed": .6, "influence.stubbornness": .1}
		modeltest.Play(t, one, 1, 30, with(t, changes))
		modeltest.Play(t, two, 1, 30, with(t, changes))
		for i, v := range one.States.Position {
			modeltest.Near(t, "first dimension", two.States.Position[2*i], v, 1e-9)
			modeltest.Near(t, "second dimension", two.States.Position[2*i+1], v, 1e-9)
		}
	}
	// Poles of one dimension of two stand sqrt(1/2) apart.
	for bound, moves := range map[float64]bool{.70: false, .71: true} {
		w := modeltest.World(2, 0, .5, 1, .5)
		modeltest.Play(t, w, 1, 1, with(t, map[string]float64{"influence.bound": bound}))
		if (w.States.Position[0] > 0) != moves {
			t.Errorf("bound %g: the first state is at %g", bound, w.States.Position[0])
		}
	}
}

// TestTickLength: months, quarters and years tell the same story. In ten years
// positions move by .1 and more; a year is a coarser step than a quarter, and may
// put states off by a tenth of that. A state with four times the usual attention
// moves fast, and its attention wears off within the year: a fifth of its way.
func TestTickLength(t *testing.T) {
	const calm, excited, shocked = .01, .03, 3
	var ends [3][]float64
	var start []float64
	for length := range ends {
		w := random(30, 2)
		w.States.Salience[shocked] = 4
		w.Calendar.Tick = sim.TickLength(length)
		start = slices.Clone(w.States.Position)
		set := new(sim.Parameters)
		m := influence.New(set)
		modeltest.Set(t, set, map[string]float64{"influence.noise": 0})
		modeltest.Play(t, w, 1, 10*w.Calendar.PerYear(), m)
		ends[length] = w.States.Position
		modeltest.Near(t, "salience after ten years in "+w.Calendar.Tick.String()+"s", w.States.Salience[shocked], 1+3*math.Pow(.5, 10), 1e-12)
	}
	moved := 0.0
	for i := range start {
		tolerance := calm
		if i == shocked {
			tolerance = excited
		}
		modeltest.Near(t, "after ten years in months, the position", ends[0][i], ends[1][i], tolerance)
		modeltest.Near(t, "after ten years in years, the position", ends[2][i], ends[1][i], tolerance)
		moved += math.Abs(ends[1][i]-start[i]) / float64(len(start))
	}
	if moved < .1 {
		t.Errorf("in ten years states move by %g on average: too little to tell ticks apart", moved)
	}
	if shift := math.Abs(ends[1][shocked] - start[shocked]); shift < 5*excited {
		t.Errorf("the shocked state moves by %g only", shift)
	}
}

// TestNoise: domestic shocks have the declared spread whatever the tick, and
// belong to the state: another state more changes nobody's.
func TestNoise(t *testing.T) {
	const n, years, noise = 4000, 4, .024
	for _, length := range []sim.TickLength{sim.Month, sim.Quarter, sim.Year} {
		w := influence.Opinions(modeltest.World(2), make([]float64, n))
		w.States.N = n
		w.States.Key, w.States.Power = make([]uint64, n), make([]float64, n)
		w.States.Stubbornness, w.States.Salience = make([]float64, n), make([]float64, n)
		for i := range n {
			w.States.Position[i], w.States.Key[i] = .5, sim.Key(string(rune('a'+i)))
		}
		w.Calendar.Tick = length
		modeltest.Play(t, w, 5, years*w.Calendar.PerYear(), with(t, map[string]float64{"influence.speed": 0, "influence.noise": noise}))
		square := 0.0
		for _, x := range w.States.Position {
			square += (x - .5) * (x - .5) / n
		}
		// Four standard errors of a sample standard deviation.
		want := noise * math.Sqrt(years)
		modeltest.Near(t, "spread in "+length.String()+"s", math.Sqrt(square), want, 4*want/math.Sqrt(2*n))
	}

	var ends [2][]float64
	for k, count := range []int{5, 6} {
		w := modeltest.World(count)
		modeltest.Play(t, w, 5, 8, with(t, map[string]float64{"influence.speed": 0, "influence.noise": noise}))
		ends[k] = w.States.Position[:5]
	}
	if !slices.Equal(ends[0], ends[1]) {
		t.Error("a state more changes the shocks of the others")
	}
	if w := modeltest.World(2); true {
		modeltest.Play(t, w, 5, 1, with(t, map[string]float64{"influence.speed": 0, "influence.noise": noise}))
		if w.States.Position[0] == w.States.Position[1] {
			t.Error("two states share their shocks")
		}
	}
}

// TestValid plays any parameters on any world: positions stay in their domain, the
// same seed gives the same, and the order of states does not matter.
func TestValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{})
		set := new(sim.Parameters)
		m := influence.New(set)
		modeltest.DrawParameters(t, set)
		seed := rapid.Uint64().Draw(t, "run")
		order := rand.New(rand.NewPCG(seed, 1)).Perm(w.States.N)
		again, other := w.Clone(), modeltest.Permute(w, order)
		step := func(w *world.World, ticks int) {
			modeltest.Begin(w, seed, m)
			for k := range ticks {
				m.Step(modeltest.At(w, seed, m.Name(), k), w)
			}
		}
		step(w, 1)
		step(other, 1)
		for k, i := range order {
			for d := range w.Dim {
				if gap := math.Abs(other.States.Position[k*w.Dim+d] - w.States.Position[i*w.Dim+d]); gap > 1e-9 {
					t.Fatalf("in another order state %d moves elsewhere, by %g", i, gap)
				}
			}
		}
		step(w, 4)
		if wrong := modeltest.Invalid(w); wrong != "" {
			t.Fatal(wrong)
		}
		step(again, 1)
		step(again, 4)
		if !slices.Equal(w.States.Position, again.States.Position) {
			t.Fatal("the same seed gives other positions")
		}
	})
}

// TestStepDoesNotAllocate covers every path through the mechanism.
func TestStepDoesNotAllocate(t *testing.T) {
	for name, changes := range map[string]map[string]float64{
		"sorted":      {"influence.bound": .2},
		"weighted":    {"influence.bound": .2, "influence.trust": 1, "influence.power": 1, "influence.socialisation": .2, "influence.noise": .02},
		"random pair": {"influence.bound": .2, "influence.pairing": influence.RandomPair},
	} {
		for dim := 1; dim <= 2; dim++ {
			w := modeltest.World(40, influence.Uniform(40*dim, 1)...)
			m := with(t, changes)
			modeltest.Begin(w, 1, m)
			now := modeltest.At(w, 1, m.Name(), 0)
			if n := testing.AllocsPerRun(20, func() { m.Step(now, w) }); n != 0 {
				t.Errorf("%s, %d dimensions: a tick allocates %g times", name, dim, n)
			}
		}
	}
}

// TestContinues: who stands at the same place keeps the order in which sums go, whichever
// way to them is taken.
func TestContinues(t *testing.T) {
	for _, changes := range []map[string]float64{
		{"influence.noise": 1, "influence.bound": .4},
		{"influence.noise": 1, "influence.bound": .4, "influence.trust": 1},
		{"influence.noise": .1, "influence.bound": .4, "influence.pairing": influence.RandomPair},
	} {
		w := modeltest.World(30, influence.Uniform(30, 1)...)
		for i := range w.States.N {
			w.States.Power[i], w.States.Salience[i] = float64(i+1)/465, 1+float64(i%3)
		}
		modeltest.Continues(t, w, 1, 12, func() []sim.Mechanism[*world.World] {
			return []sim.Mechanism[*world.World]{with(t, changes)}
		})
	}
}
