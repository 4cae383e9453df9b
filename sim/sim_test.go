package sim

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestTickLength(t *testing.T) {
	for k, want := range []struct {
		months, perYear int
	}{{1, 12}, {3, 4}, {12, 1}} {
		l, err := ParseTickLength(TickLengths[k])
		if err != nil || l.String() != TickLengths[k] || l.Months() != want.months {
			t.Errorf("%s: %v months, error %v", TickLengths[k], l.Months(), err)
		}
		c := Calendar{Start: day(2018, time.July, 1), Tick: l, Ticks: 10}
		if c.PerYear() != want.perYear || c.Years()*float64(want.perYear) != 1 {
			t.Errorf("%s: %d ticks a year of %g years", l, c.PerYear(), c.Years())
		}
	}
	if _, err := ParseTickLength("Quarter"); err == nil || !strings.Contains(err.Error(), "month, quarter, year") {
		t.Errorf("an unknown tick gives the error %v", err)
	}
}

func TestCalendar(t *testing.T) {
	quarter := Calendar{Start: day(2018, time.July, 1), Tick: Quarter, Ticks: 90}
	month := Calendar{Start: day(2018, time.November, 15), Tick: Month, Ticks: 30}
	year := Calendar{Start: day(2018, time.July, 1), Tick: Year, Ticks: 23}
	for _, c := range []struct {
		calendar Calendar
		date     time.Time
		tick     int
	}{
		{quarter, day(2018, time.June, 30), -1},
		{quarter, day(2018, time.July, 1), 0},
		{quarter, day(2018, time.September, 30), 0},
		{quarter, day(2018, time.October, 1), 1},
		{quarter, day(2018, time.December, 31), 1},
		{quarter, day(2019, time.January, 1), 2},
		{quarter, day(2040, time.December, 31), 89},
		{quarter, day(2041, time.January, 1), 90},
		{month, day(2018, time.December, 14), 0},
		{month, day(2018, time.December, 15), 1},
		{month, day(2019, time.January, 14), 1},
		{month, day(2019, time.January, 15), 2},
		{year, day(2019, time.June, 30), 0},
		{year, day(2019, time.July, 1), 1},
	} {
		if got := c.calendar.At(c.date); got != c.tick {
			t.Errorf("%s lies in tick %d of %ss; want %d", c.date.Format(time.DateOnly), got, c.calendar.Tick, c.tick)
		}
	}
	if got := quarter.Date(90); !got.Equal(day(2041, time.January, 1)) {
		t.Errorf("the run ends at %s", got)
	}
	for years, want := range map[float64]int{0: 1, .1: 1, .5: 2, 2: 8} {
		if got := quarter.Span(years); got != want {
			t.Errorf("%g years are %d quarters; want %d", years, got, want)
		}
	}
	if !quarter.Due(2, time.January) || quarter.Due(1, time.January) || !quarter.Due(1, time.December) || !year.Due(0, time.January) {
		t.Error("yearly events fall due in the wrong tick")
	}
}

// TestCalendarProperties holds for any start, the last days of months included.
func TestCalendarProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := day(rapid.IntRange(1995, 2030).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")),
			rapid.SampledFrom([]int{1, 15, 28, 29, 30, 31}).Draw(t, "day"))
		c := Calendar{Start: start, Tick: TickLength(rapid.IntRange(0, 2).Draw(t, "tick"))}
		date := start.AddDate(0, 0, rapid.IntRange(0, 5000).Draw(t, "days later"))
		tick := c.At(date)
		if date.Before(c.Date(tick)) || !date.Before(c.Date(tick+1)) {
			t.Fatalf("%s is said to lie in tick %d, from %s to %s", date, tick, c.Date(tick), c.Date(tick+1))
		}
		// A yearly event is due in the tick that holds the first of its month, and
		// in no other.
		event := time.Month(rapid.IntRange(1, 12).Draw(t, "event"))
		due := 0
		for k := range 10 * c.PerYear() {
			if c.Due(k, event) {
				due++
			}
		}
		held := 0
		for year := start.Year(); year <= start.Year()+11; year++ {
			k := c.At(day(year, event, 1))
			if k < 0 || k >= 10*c.PerYear() {
				continue
			}
			held++
			if !c.Due(k, event) {
				t.Fatalf("%s %d begins in tick %d, which is not due", event, year, k)
			}
		}
		if due != held {
			t.Fatalf("%s is due %d times in ten years, but begins in %d ticks", event, due, held)
		}
	})
}

func TestPerTick(t *testing.T) {
	for _, p := range []float64{0, .01, .3, .99, 1} {
		kept := 1.0
		for range 12 {
			kept *= 1 - PerTick(p, 1./12)
		}
		if math.Abs(kept-(1-p)) > 1e-12 {
			t.Errorf("twelve months of a rate of %g a year leave %g", p, kept)
		}
	}
}

func TestReplicateSeed(t *testing.T) {
	seen := map[uint64]int{}
	for seed := range uint64(20) {
		if got := ReplicateSeed(seed, 0); got != seed {
			t.Errorf("replicate 0 of seed %d has seed %d", seed, got)
		}
		for r := 1; r < 5000; r++ {
			own := ReplicateSeed(seed, r)
			if own >= 1<<53 {
				t.Fatalf("seed %d does not fit a float", own)
			}
			seen[own]++
		}
	}
	for own, times := range seen {
		if times > 1 {
			t.Fatalf("seed %d serves %d replicates", own, times)
		}
	}
}

func TestStreamDerivation(t *testing.T) {
	draws := func(seed uint64, name string, tick int, key uint64) [4]uint64 {
		rng := NewStream(seed, name, tick).For(key)
		return [4]uint64{rng.Uint64(), rng.Uint64(), rng.Uint64(), rng.Uint64()}
	}
	base := draws(1, "influence", 3, Key("IND"))
	if again := draws(1, "influence", 3, Key("IND")); again != base {
		t.Error("the same stream gives other draws")
	}
	for what, other := range map[string][4]uint64{
		"seed":      draws(2, "influence", 3, Key("IND")),
		"mechanism": draws(1, "security", 3, Key("IND")),
		"tick":      draws(1, "influence", 4, Key("IND")),
		"agent":     draws(1, "influence", 3, Key("USA")),
	} {
		if other == base {
			t.Errorf("another %s gives the same draws", what)
		}
	}
	// A reused stream must not remember what it was used for.
	var s Stream
	s.Reset(9, "forums", 7)
	s.For(5).NormFloat64()
	s.Reset(1, "influence", 3)
	if got := s.For(Key("IND")).Uint64(); got != base[0] {
		t.Error("a stream that was reset remembers")
	}
}

// TestStreamIndependence draws for agents in any order, with others in between or
// not, and any number of draws each.
func TestStreamIndependence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		keys := rapid.SliceOfNDistinct(rapid.Uint64(), 1, 20, rapid.ID).Draw(t, "keys")
		s := NewStream(seed, "m", 0)
		alone := map[uint64]float64{}
		for _, key := range keys {
			alone[key] = s.For(key).NormFloat64()
		}
		pair := s.Pair(keys[0], 4).Uint64()
		whole := s.Whole().Uint64()
		race := s.Race(3).Uniform(keys[0])
		shuffled := rapid.Permutation(keys).Draw(t, "order")
		for _, key := range shuffled {
			rng := s.For(key)
			if rng.NormFloat64() != alone[key] {
				t.Fatalf("the draw of %d depends on who drew before", key)
			}
			for range rapid.IntRange(0, 3).Draw(t, "more draws") {
				rng.Uint64()
			}
			s.For(key + 1).Uint64() // an agent more
		}
		if s.Pair(keys[0], 4).Uint64() != pair || s.Whole().Uint64() != whole || s.Race(3).Uniform(keys[0]) != race {
			t.Fatal("draws of pairs, of the whole or of a race depend on who drew before")
		}
		if keys[0] != 4 && s.Pair(4, keys[0]).Uint64() == pair {
			t.Fatal("a pair and its reverse share their draws")
		}
	})
}

func TestStreamsDoNotAllocate(t *testing.T) {
	var s Stream
	s.Reset(1, "m", 0)
	sum := 0.0
	if n := testing.AllocsPerRun(100, func() {
		s.Reset(1, "mechanism", 5)
		sum += s.For(1).NormFloat64() + s.Pair(1, 2).Float64() + s.Whole().Float64() + s.Race(2).Uniform(3)
	}); n != 0 {
		t.Errorf("a tick's streams allocate %g times", n)
	}
}

// TestStreamsOfNeighbours looks for correlation between the first draws of
// neighbouring keys, ticks and seeds, the usual failure of derived generators.
func TestStreamsOfNeighbours(t *testing.T) {
	const n = 20000
	for what, draw := range map[string]func(k int) float64{
		"keys":  func(k int) float64 { return NewStream(1, "m", 0).For(uint64(k)).Float64() },
		"ticks": func(k int) float64 { return NewStream(1, "m", k).Whole().Float64() },
		"seeds": func(k int) float64 { return NewStream(uint64(k), "m", 0).Whole().Float64() },
		"race":  func(k int) float64 { return NewStream(1, "m", 0).Race(0).Uniform(uint64(k)) },
	} {
		var sum, square, product, before float64
		for k := range n {
			x := draw(k) - .5
			sum, square, product = sum+x, square+x*x, product+x*before
			before = x
		}
		const sigmas = 4.5 // of four quantities each: a chance of about 1e-4 in all
		if z := sum / math.Sqrt(n/12.); math.Abs(z) > sigmas {
			t.Errorf("%s: mean is off by %.1f standard errors", what, z)
		}
		if z := (square - n/12.) / math.Sqrt(n/180.); math.Abs(z) > sigmas {
			t.Errorf("%s: variance is off by %.1f standard errors", what, z)
		}
		if z := product * 12 / math.Sqrt(n); math.Abs(z) > sigmas {
			t.Errorf("%s: correlation of neighbours is off by %.1f standard errors", what, z)
		}
	}
}

func TestRaceUniform(t *testing.T) {
	const n, bins = 100000, 20
	var count [bins]int
	race := NewStream(3, "diffusion", 8).Race(0)
	for k := range n {
		u := race.Uniform(Key(strings.Repeat("x", k%7)) + uint64(k))
		if !(u > 0 && u <= 1) {
			t.Fatalf("variate %g lies outside (0, 1]", u)
		}
		count[min(bins-1, int(u*bins))]++
	}
	chi := 0.0
	for _, c := range count {
		gap := float64(c) - n/bins
		chi += gap * gap / (n / bins)
	}
	const limit = 50 // chi square of 19 degrees of freedom exceeds it with probability 1e-4
	if chi > limit {
		t.Errorf("chi square over %d bins is %.1f; want below %d", bins, chi, limit)
	}
	if (Race{}).Uniform(0) == (Race{1}).Uniform(0) {
		t.Error("two races agree")
	}
}

func TestKey(t *testing.T) {
	seen := map[uint64]string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			for c := 'A'; c <= 'Z'; c++ {
				id := string([]rune{a, b, c})
				if other, taken := seen[Key(id)]; taken {
					t.Fatalf("%s and %s share a key", id, other)
				}
				seen[Key(id)] = id
			}
		}
	}
}

// TestMoments compares sample moments with those of the distribution; the
// tolerance is 4.5 standard errors.
func TestMoments(t *testing.T) {
	const n, sigmas = 40000, 4.5
	rng := rand.New(rand.NewPCG(1, 2))
	check := func(what string, draw func() float64, mean, variance, kurtosis float64) {
		var sum, square float64
		for range n {
			x := draw() - mean
			sum, square = sum+x, square+x*x
		}
		if z := sum / math.Sqrt(n*variance); math.Abs(z) > sigmas {
			t.Errorf("%s: mean %g is off by %.1f standard errors", what, mean+sum/n, z)
		}
		if z := (square - n*variance) / (variance * math.Sqrt(n*(kurtosis-1))); math.Abs(z) > sigmas {
			t.Errorf("%s: variance %g is off by %.1f standard errors", what, square/n, z)
		}
	}
	for _, mean := range []float64{.05, 1, 5, 29.9, 30, 30.1, 100} {
		check("Poisson", func() float64 { return float64(Poisson(rng, mean)) }, mean, mean, 3+1/mean)
	}
	check("logistic", func() float64 { return Logistic(1 - rng.Float64()) }, 0, math.Pi*math.Pi/3, 4.2)
	// The ends of (0, 1] are finite and equally far out.
	for _, u := range []float64{1e-300, 1e-9, .2, .5, .9} {
		if got := LogisticCDF(Logistic(u)); math.Abs(got/u-1) > 1e-12 {
			t.Errorf("the logistic distribution function at its quantile of %g is %g", u, got)
		}
	}
	if low, high := Logistic(1./(1<<53)), Logistic(1); math.Abs(low+high) > 1e-9 || high > 40 {
		t.Errorf("the logistic variates of the smallest and the largest uniform are %g and %g", low, high)
	}
	for range 100 {
		if Poisson(rng, 0) != 0 {
			t.Fatal("a Poisson variate of mean 0 is not 0")
		}
	}
}

// mechanism notes what the engine asks of it.
type mechanism struct {
	name string
	log  *[]string
	draw bool
}

func (m mechanism) Name() string { return m.name }

func (mechanism) Prepare(*[]uint64) {}

func (m mechanism) Begin(start *Tick, w *[]uint64) {
	*m.log = append(*m.log, "begin "+m.name)
	if start.Index != -1 {
		*m.log = append(*m.log, "begin after the start")
	}
}

func (m mechanism) Step(now *Tick, w *[]uint64) {
	*m.log = append(*m.log, m.name+" "+now.Date.Format(time.DateOnly))
	if m.draw {
		*w = append(*w, now.Stream.Whole().Uint64())
	}
}

func TestModelRun(t *testing.T) {
	var log []string
	var drawn []uint64
	model := Model[*[]uint64]{
		Calendar:   Calendar{Start: day(2018, time.November, 1), Tick: Quarter, Ticks: 2},
		World:      &drawn,
		Mechanisms: []Mechanism[*[]uint64]{mechanism{"a", &log, false}, mechanism{"b", &log, true}},
	}
	observe := func(now *Tick, _ *[]uint64) error {
		log = append(log, "observe "+now.Date.Format(time.DateOnly))
		return nil
	}
	if err := model.Run(context.Background(), 7, observe); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"begin a", "begin b",
		"a 2018-11-01", "b 2018-11-01", "observe 2018-11-01",
		"a 2019-02-01", "b 2019-02-01", "observe 2019-02-01",
	}
	if !slices.Equal(log, want) {
		t.Errorf("the engine called %q; want %q", log, want)
	}
	for tick, got := range drawn {
		if want := NewStream(7, "b", tick).Whole().Uint64(); got != want {
			t.Errorf("in tick %d b draws %d; want %d, from its stream of the tick", tick, got, want)
		}
	}
	// Nor a mechanism less, nor one more that draws, changes what b draws.
	first := slices.Clone(drawn)
	for _, list := range [][]Mechanism[*[]uint64]{{mechanism{"b", &log, true}}, {mechanism{"c", &log, false}, mechanism{"b", &log, true}}} {
		drawn, model.Mechanisms = nil, list
		if err := model.Run(context.Background(), 7, observe); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(drawn, first) {
			t.Error("draws depend on which mechanisms are on")
		}
	}
	drawn = nil
	if err := model.Run(context.Background(), 8, observe); err != nil || slices.Equal(drawn, first) {
		t.Errorf("another seed gives the same draws (error %v)", err)
	}
}

func TestModelRunStops(t *testing.T) {
	var log []string
	var drawn []uint64
	model := Model[*[]uint64]{
		Calendar:   Calendar{Start: day(2018, time.July, 1), Tick: Month, Ticks: 100},
		World:      &drawn,
		Mechanisms: []Mechanism[*[]uint64]{mechanism{"a", &log, true}},
	}
	ctx, cancel := context.WithCancel(context.Background())
	err := model.Run(ctx, 1, func(now *Tick, _ *[]uint64) error {
		if now.Index == 4 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || len(drawn) != 5 {
		t.Errorf("cancelled in tick 4, the run played %d ticks and returned %v", len(drawn), err)
	}
	drawn = nil
	full := errors.New("disk full")
	err = model.Run(context.Background(), 1, func(now *Tick, _ *[]uint64) error {
		if now.Index == 2 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || len(drawn) != 3 {
		t.Errorf("when recording failed in tick 2, the run played %d ticks and returned %v", len(drawn), err)
	}
}

// Pick draws in proportion to weight, whatever the order of the agents, and nobody where
// nobody has any.
func TestPick(t *testing.T) {
	keys, weights := []uint64{Key("a"), Key("b"), Key("c"), Key("d")}, []float64{1, 0, 3, 6}
	back, turned := []uint64{keys[3], keys[2], keys[1], keys[0]}, []float64{6, 3, 0, 1}
	const draws = 20000
	var counts [4]int
	for n := range draws {
		race := NewStream(1, "pick", n).Race(0)
		i := race.Pick(keys, weights)
		counts[i]++
		if j := race.Pick(back, turned); back[j] != keys[i] {
			t.Fatalf("draw %d picks %d, and %d in the order turned round", n, i, j)
		}
	}
	for i, count := range counts {
		want := weights[i] / 10
		if got := float64(count) / draws; math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/draws) {
			t.Errorf("agent %d is picked in %.3f of draws, its share is %.3f", i, got, want)
		}
	}
	if got := NewStream(1, "pick", 0).Race(0).Pick(keys, make([]float64, 4)); got != -1 {
		t.Errorf("%d is picked, though nobody has any weight", got)
	}
}
