package forecast

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/voting"
	"splinternet/models/voting/internal/cholesky"
)

// drawSeries makes n states and roll calls of one series from the model itself.
func drawSeries(seed uint64, n, calls int, spread float64) ([]float64, []Held) {
	random := rand.New(rand.NewPCG(seed, 1))
	x, departure := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], departure[i] = .8*random.NormFloat64(), 3*random.NormFloat64()
	}
	held := make([]Held, calls)
	for k := range held {
		middle := -3 + spread*random.NormFloat64()
		held[k] = Held{Proposal{Year: 2010 + float64(k), Side: -1, Line: "a", Kind: "support"}, make([]voting.Vote, n)}
		for i := range x {
			p := random.Float64()
			y := -3.6*x[i] + departure[i] + math.Log(p/(1-p))
			switch {
			case y < middle-2:
				held[k].Votes[i] = voting.No
			case y < middle+2:
				held[k].Votes[i] = voting.Abstain
			default:
				held[k].Votes[i] = voting.Yes
			}
		}
	}
	return x, held
}

func forecaster(t testing.TB, x []float64, held []Held) *Forecaster {
	t.Helper()
	return pooled(t, Pooled, x, held)
}

// pooled is a forecaster that has learnt.
func pooled(t testing.TB, p Pooling, x []float64, held []Held) *Forecaster {
	t.Helper()
	f, err := New(x, p)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range held {
		if err := f.Learn(h); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

func forecast(t testing.TB, f *Forecaster, next Proposal) []voting.Odds {
	t.Helper()
	odds, err := f.Predict(next)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range odds {
		if sum := o[voting.No] + o[voting.Abstain] + o[voting.Yes]; math.Abs(sum-1) > 1e-12 || o[voting.No] < 0 || o[voting.Abstain] < 0 || o[voting.Yes] < 0 {
			t.Fatalf("state %d: %v sums to %g", i, o, sum)
		}
	}
	return odds
}

// Without any vote the forecast is the prior: it leans by the sponsor's side, and hardly at
// all when nobody knows the sponsor.
func TestForecastOfThePrior(t *testing.T) {
	x := []float64{-1.5, 0, 1.5}
	f := forecaster(t, x, nil)
	sovereign := forecast(t, f, Proposal{Year: 2018, Side: -1, Line: "a", Kind: "create"})
	open := forecast(t, f, Proposal{Year: 2018, Side: 1, Line: "a", Kind: "create"})
	unknown := forecast(t, f, Proposal{Year: 2018})
	if !(sovereign[0][voting.Yes] > sovereign[1][voting.Yes] && sovereign[1][voting.Yes] > sovereign[2][voting.Yes]) {
		t.Errorf("a text of the sovereign side: %v", sovereign)
	}
	for i := range x {
		if math.Abs(open[i][voting.Yes]-sovereign[len(x)-1-i][voting.Yes]) > 1e-9 {
			t.Errorf("the two sides are no mirrors: %v, %v", open, sovereign)
		}
	}
	if d := math.Abs(unknown[0][voting.Yes] - unknown[2][voting.Yes]); d > 1e-9 {
		t.Errorf("unknown sponsors: yes differs by %g between the ends", d)
	}
}

// The mode that the fit reports is one: no step away from it in any of many random
// directions has a higher log-posterior.
func TestPooledFitIsTheMode(t *testing.T) {
	x, held := drawSeries(1, 60, 4, 1)
	held[1].Side, held[2].Line = .6, "b"
	held[3].Votes[5], held[3].Votes[6] = voting.Absent, voting.Absent
	p := Pooled
	f, err := p.fit(held, x)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(2, 3))
	top := f.value(f.calls, f.departures)
	for range 200 {
		calls, departures := append([]float64(nil), f.calls...), append([]float64(nil), f.departures...)
		for a := range calls {
			calls[a] += .02 * random.NormFloat64()
		}
		for a := range departures {
			departures[a] += .02 * random.NormFloat64()
		}
		if v := f.value(calls, departures); v >= top {
			t.Fatalf("the log-posterior is %g at the mode and %g beside it", top, v)
		}
	}
}

// Where the world is as the prior says, forecasts are calibrated: of the votes forecast with a
// probability of about p, about p are cast.
func TestForecastIsCalibrated(t *testing.T) {
	const n, worlds = 50, 160
	var expected, cast, count [10]float64
	for seed := range uint64(worlds) {
		x, held := drawWorld(seed, n)
		last := held[len(held)-1]
		p := Pooled
		p.Layer.Indeterminacy = 0
		fit, err := p.fit(held[:len(held)-1], x)
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range fit.predict(last.Proposal) {
			for c, p := range o {
				bin := min(9, int(10*p))
				count[bin]++
				expected[bin] += p
				if voting.Vote(c) == last.Votes[i] {
					cast[bin]++
				}
			}
		}
	}
	for b := range count {
		t.Logf("forecast %.3f, cast %.3f, of %g", expected[b]/count[b], cast[b]/count[b], count[b])
		// States of one roll call err together, so that a bin counts for fewer than it has.
		if gap := (cast[b] - expected[b]) / count[b]; math.Abs(gap) > .08 {
			t.Errorf("forecast of about %.2f: %.3f more were cast", expected[b]/count[b], gap)
		}
	}
}

// drawWorld makes n states and four roll calls from the prior.
func drawWorld(seed uint64, n int) ([]float64, []Held) {
	random := rand.New(rand.NewPCG(seed, 7))
	held := []Held{
		{Proposal: Proposal{Year: 2016, Side: -1, Line: "a", Kind: "create"}},
		{Proposal: Proposal{Year: 2017, Side: .9, Line: "a", Kind: "create"}},
		{Proposal: Proposal{Year: 2018, Side: -1, Line: "b", Kind: "support"}},
		{Proposal: Proposal{Year: 2019, Side: -1, Line: "a", Kind: "support"}},
	}
	p := Pooled
	normal := func(f family) []float64 {
		k := len(held)
		c, z, out := f.within(held), make([]float64, k), make([]float64, k)
		cholesky.Factor(c, k)
		for a := range k {
			z[a] = random.NormFloat64()
			for b := 0; b <= a; b++ {
				out[a] += c[a*k+b] * z[b]
			}
		}
		return out
	}
	families := p.families()
	slope, middle, width := normal(families[slopeFamily]), normal(families[middleFamily]), normal(families[widthFamily])
	x := make([]float64, n)
	for i := range x {
		x[i] = .8 * random.NormFloat64()
		departure := normal(families[departureFamily])
		for k := range held {
			h := &held[k]
			u := random.Float64()
			y := (p.slopeMean(h.Proposal)+slope[k])*x[i] + departure[k] + math.Log(u/(1-u))
			m, half := p.middleMean(h.Proposal)+middle[k], (p.Width.Mean+width[k])/2
			vote := voting.Abstain
			switch {
			case y < m-half:
				vote = voting.No
			case y >= m+half:
				vote = voting.Yes
			}
			h.Votes = append(h.Votes, vote)
		}
	}
	return x, held
}

// A state that was absent is forecast from its ideal point and from what others did; the
// order of states does not matter, beyond rounding.
func TestForecastRelabelled(t *testing.T) {
	x, held := drawSeries(4, 40, 3, .5)
	for k := range held {
		held[k].Votes[7] = voting.Absent
	}
	next := Proposal{Year: 2014, Side: -1, Line: "a", Kind: "create"}
	odds := forecast(t, forecaster(t, x, held), next)
	n := len(x)
	mirrored, votes := make([]float64, n), make([]Held, len(held))
	for i := range x {
		mirrored[n-1-i] = x[i]
	}
	for k, h := range held {
		votes[k] = Held{h.Proposal, make([]voting.Vote, n)}
		for i, v := range h.Votes {
			votes[k].Votes[n-1-i] = v
		}
	}
	for i, o := range forecast(t, forecaster(t, mirrored, votes), next) {
		for c := range o {
			// The climb ends when it hardly rises any more, a little beside the top.
			if math.Abs(o[c]-odds[n-1-i][c]) > 1e-7 {
				t.Fatalf("state %d: %v and %v", n-1-i, o, odds[n-1-i])
			}
		}
	}
}

// More roll calls than a forecast can use are no error, nor are odd ones.
func TestForecastOfManyAndOdd(t *testing.T) {
	x, held := drawSeries(6, 10, learnt+6, 1)
	for i := range held[0].Votes {
		held[0].Votes[i] = voting.Absent
		held[1].Votes[i] = voting.No
	}
	held[2].Side, held[3].Kind, held[4].Line = 0, "", ""
	forecast(t, forecaster(t, x, held), Proposal{Year: 2050, Side: -.2, Line: "a"})
	f := forecaster(t, x, nil)
	if err := f.Learn(Held{Votes: []voting.Vote{voting.Yes}}); err == nil {
		t.Error("too few votes are taken")
	}
	if err := f.Learn(Held{Votes: make([]voting.Vote, 9)}, held[0]); err == nil {
		t.Error("too few votes are taken")
	}
	if err := f.Learn(held[5]); err != nil {
		t.Error(err)
	}
	if err := f.Learn(held[4]); err == nil {
		t.Error("the past may come after the present")
	}
	if _, err := New([]float64{math.NaN()}, Pooled); err == nil {
		t.Error("NaN is taken as an ideal point")
	}
}

// Where nothing is uncertain and the layer is taken out, a forecast is the kernel: its
// odds between the cut-points, whatever was voted before.
func TestForecastIsTheKernel(t *testing.T) {
	x, held := drawSeries(3, 20, 3, 1)
	p := Pooling{Slope: Slope{Mean: 3.6}, Middle: Middle{Mean: -2}, Width: Width{Mean: 4}, Layer: Pooled.Layer}
	for _, part := range Parts {
		part.Remove(&p.Layer)
	}
	if p.Layer != (Layer{}) {
		t.Fatalf("what is left without any part: %+v", p.Layer)
	}
	// A fit needs a little that may vary.
	p.Slope.OwnSD, p.Middle.OwnSD, p.Width.OwnSD, p.Layer.Habit.OwnSD = 1e-6, 1e-6, 1e-6, 1e-6
	for i, o := range forecast(t, pooled(t, p, x, held), Proposal{Year: 2014, Side: -1, Line: "a"}) {
		for c, want := range (voting.Cuts{Low: -4, High: 0}).Odds(-3.6 * x[i]) {
			if math.Abs(o[c]-want) > 1e-8 {
				t.Fatalf("state %d: %v", i, o)
			}
		}
	}
}

// Each part of the layer is there for something.
func TestPartsMatter(t *testing.T) {
	x, held := drawSeries(3, 20, 3, 1)
	next := Proposal{Year: 2014, Side: -1, Line: "a", Kind: "support"}
	whole := forecast(t, forecaster(t, x, held), next)
	for _, part := range Parts {
		p := Pooled
		part.Remove(&p.Layer)
		p.Layer.Habit.OwnSD = max(p.Layer.Habit.OwnSD, .01)
		if slices.Equal(forecast(t, pooled(t, p, x, held), next), whole) {
			t.Errorf("without %s the forecast is the same", part.Name)
		}
	}
}

// Scores by hand.
func TestEvaluate(t *testing.T) {
	odds := []voting.Odds{{.2, .3, .5}, {.6, .3, .1}, {.1, .8, .1}, {0, 0, 1}}
	s := Evaluate(odds, []voting.Vote{voting.Yes, voting.Abstain, voting.Abstain, voting.Absent}, []voting.Vote{voting.No, voting.Abstain, voting.Yes, voting.No})
	near := func(name string, got, want float64) {
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s = %g, want %g", name, got, want)
		}
	}
	near("log score", s.LogScore, -(math.Log(.5)+math.Log(.3)+math.Log(.8))/3)
	near("Brier", s.Brier, (.04+.09+.25+.36+.49+.01+.01+.04+.01)/3)
	near("accuracy", s.Accuracy, 2./3)
	near("balanced accuracy", s.BalancedAccuracy, (1+.5)/2)
	near("recall of those who changed", s.RecallChanged, 1)
	if s.N != 3 || s.Changed != 2 {
		t.Errorf("%+v", s)
	}
}

func BenchmarkForecast(b *testing.B) {
	x, held := drawSeries(1, 193, 12, 1)
	f := forecaster(b, x, held)
	for b.Loop() {
		forecast(b, f, Proposal{Year: 2024, Side: -1, Line: "a", Kind: "support"})
	}
}
