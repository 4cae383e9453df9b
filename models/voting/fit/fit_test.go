package fit

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"splinternet/models/voting"
)

func TestCutsOfRollCall(t *testing.T) {
	r := RollCall{-5, voting.Cuts{Low: -3, High: -1}}
	if no, yes := r.Low/r.Slope, r.High/r.Slope; no != .6 || yes != .2 {
		t.Errorf("cuts %g, %g", no, yes)
	}
	if no := r.At(.6)[voting.No]; math.Abs(no-.5) > 1e-15 {
		t.Errorf("at the no-cut, no has %g", no)
	}
	if r.At(1).Likeliest() != voting.No || r.At(0).Likeliest() != voting.Yes || (RollCall{-5, voting.Cuts{Low: -6, High: 4}}).At(.2).Likeliest() != voting.Abstain {
		t.Error("predictions are wrong")
	}
}

// TestDerivatives compares the analytic derivatives with differences.
func TestDerivatives(t *testing.T) {
	x := []float64{-1, -.2, .1, .4, .9, 1.5}
	votes := []voting.Vote{voting.Yes, voting.Abstain, voting.Yes, voting.No, voting.Abstain, voting.No}
	prior := RollCallPrior{Slope: 3, Cut: 4}
	at := func(p [3]float64) float64 {
		return objective(RollCall{p[0], voting.Cuts{Low: p[1], High: p[2]}}, x, votes, prior)
	}
	p := [3]float64{-1.7, -.8, .5}
	g, h := derivatives(RollCall{p[0], voting.Cuts{Low: p[1], High: p[2]}}, x, votes, prior)
	const step = 1e-4
	for a := range 3 {
		up, down := p, p
		up[a] += step
		down[a] -= step
		if d := (at(up) - at(down)) / (2 * step); math.Abs(d-g[a]) > 1e-6 {
			t.Errorf("gradient %d: %g, by difference %g", a, g[a], d)
		}
		gu, _ := derivatives(RollCall{up[0], voting.Cuts{Low: up[1], High: up[2]}}, x, votes, prior)
		gd, _ := derivatives(RollCall{down[0], voting.Cuts{Low: down[1], High: down[2]}}, x, votes, prior)
		for b := range 3 {
			if d := -(gu[b] - gd[b]) / (2 * step); math.Abs(d-h[3*a+b]) > 1e-6 {
				t.Errorf("Hessian %d %d: %g, by difference %g", a, b, h[3*a+b], d)
			}
		}
	}
}

// draw makes n states with ideal points and their votes on m roll calls.
func draw(n, m int, seed uint64) (x []float64, calls []RollCall, votes [][]voting.Vote) {
	rng := rand.New(rand.NewPCG(seed, 7))
	for range n {
		x = append(x, rng.NormFloat64())
	}
	for range m {
		r := RollCall{Slope: 2 + 2*rng.Float64()}
		if rng.Float64() < .5 {
			r.Slope = -r.Slope
		}
		centre := 2 * rng.NormFloat64()
		r.Low, r.High = centre-.7, centre+.7
		row := make([]voting.Vote, n)
		for i := range row {
			o := r.At(x[i])
			switch u := rng.Float64(); {
			case rng.Float64() < .1:
				row[i] = voting.Absent
			case u < o[voting.No]:
				row[i] = voting.No
			case u < o[voting.No]+o[voting.Abstain]:
				row[i] = voting.Abstain
			default:
				row[i] = voting.Yes
			}
		}
		calls, votes = append(calls, r), append(votes, row)
	}
	return x, calls, votes
}

func TestLogitRecovers(t *testing.T) {
	x, calls, votes := draw(20000, 4, 3)
	for k, want := range calls {
		got, err := Logit(x, votes[k])
		if err != nil {
			t.Fatal(err)
		}
		// Standard errors at this size are about .04.
		if math.Abs(got.Slope-want.Slope) > .2 || math.Abs(got.Low-want.Low) > .2 || math.Abs(got.High-want.High) > .2 {
			t.Errorf("roll call %d: fitted %+v, drawn from %+v", k, got, want)
		}
	}
}

func TestLogitRefuses(t *testing.T) {
	for _, c := range []struct {
		x     []float64
		votes []voting.Vote
		want  string
	}{
		{[]float64{1, 2}, []voting.Vote{voting.Yes}, "2 positions but 1 votes"},
		{[]float64{1, 2, 3}, []voting.Vote{voting.Yes, voting.Yes, voting.No}, "at least one of each"},
		{[]float64{1, 2, 3, 4}, []voting.Vote{voting.No, voting.No, voting.Abstain, voting.Yes}, "perfectly"},
	} {
		if r, err := Logit(c.x, c.votes); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: got %+v, %v; want %s", c.votes, r, err, c.want)
		}
	}
}

// TestEstimateRecovers: from a prior that knows little, positions and the signs of
// slopes are found again.
func TestEstimateRecovers(t *testing.T) {
	x, calls, votes := draw(150, 40, 5)
	rng := rand.New(rand.NewPCG(9, 9))
	prior := Prior{}
	for _, v := range x {
		prior.Mean = append(prior.Mean, .5*v+.7*rng.NormFloat64())
		prior.SD = append(prior.SD, 1)
	}
	p, err := Estimate(votes, prior)
	if err != nil {
		t.Fatal(err)
	}
	before, after := 0.0, 0.0
	for i, v := range x {
		before += (prior.Mean[i] - v) * (prior.Mean[i] - v)
		after += (p.Mean[i] - v) * (p.Mean[i] - v)
		if !(p.SD[i] > 0 && p.SD[i] < 1) {
			t.Errorf("state %d: sd %g", i, p.SD[i])
		}
	}
	t.Logf("rms error %.3f before, %.3f after, %d rounds", math.Sqrt(before/150), math.Sqrt(after/150), p.Rounds)
	if after > .2*before {
		t.Errorf("mean square error %.3f before the votes, %.3f after", before/150, after/150)
	}
	for k, r := range calls {
		if r.Slope*p.RollCalls[k].Slope < 0 {
			t.Errorf("roll call %d: slope %.2f, drawn from %.2f", k, p.RollCalls[k].Slope, r.Slope)
		}
	}
}

// TestEstimateIsTheTop: at the estimate the log-posterior falls in every direction
// that is tried.
func TestEstimateIsTheTop(t *testing.T) {
	_, _, votes := draw(40, 6, 11)
	prior := Prior{Mean: make([]float64, 40), SD: make([]float64, 40), RollCall: RollCallPrior{Slope: 2, Cut: 5}}
	for i := range prior.SD {
		prior.Mean[i], prior.SD[i] = float64(i-20)/20, 1
	}
	p, err := Estimate(votes, prior)
	if err != nil {
		t.Fatal(err)
	}
	top := p.value(votes, prior)
	rng := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		q := Posterior{Mean: slices.Clone(p.Mean), RollCalls: slices.Clone(p.RollCalls)}
		for i := range q.Mean {
			q.Mean[i] += .01 * rng.NormFloat64()
		}
		for k := range q.RollCalls {
			q.RollCalls[k].Slope += .01 * rng.NormFloat64()
			q.RollCalls[k].Low += .01 * rng.NormFloat64()
		}
		if v := q.value(votes, prior); v > top {
			t.Fatalf("a step to the side rises from %g to %g", top, v)
		}
	}
}

func TestEstimateWithoutInformation(t *testing.T) {
	prior := Prior{Mean: []float64{-1, 0, 2}, SD: []float64{1, .5, 2}}
	for _, votes := range [][][]voting.Vote{nil, {{voting.Absent, voting.Absent, voting.Absent}}} {
		p, err := Estimate(votes, prior)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(p.Mean, prior.Mean) || math.Abs(p.SD[2]-2) > 1e-12 {
			t.Errorf("%v (%v) without votes", p.Mean, p.SD)
		}
	}
	// A unanimous roll call stays finite, and so do positions.
	p, err := Estimate([][]voting.Vote{{voting.Yes, voting.Yes, voting.Yes}, {voting.No, voting.Yes, voting.Yes}}, prior)
	if err != nil || math.IsNaN(p.Mean[0]+p.RollCalls[0].High) {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestEstimateRefuses(t *testing.T) {
	for _, c := range []struct {
		votes [][]voting.Vote
		prior Prior
		want  string
	}{
		{nil, Prior{Mean: []float64{1}}, "1 prior means but 0"},
		{nil, Prior{Mean: []float64{math.NaN()}, SD: []float64{1}}, "prior of state 0"},
		{nil, Prior{Mean: []float64{1}, SD: []float64{0}}, "positive standard deviation"},
		{[][]voting.Vote{{voting.Yes, voting.No}}, Prior{Mean: []float64{1}, SD: []float64{1}}, "2 votes for 1 states"},
		{[][]voting.Vote{{9}}, Prior{Mean: []float64{1}, SD: []float64{1}}, "vote 9 is unknown"},
	} {
		if _, err := Estimate(c.votes, c.prior); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v; want %s", err, c.want)
		}
	}
}

func BenchmarkEstimate(b *testing.B) {
	_, _, votes := draw(193, 11, 1)
	prior := Prior{Mean: make([]float64, 193), SD: make([]float64, 193)}
	for i := range prior.SD {
		prior.Mean[i], prior.SD[i] = float64(i-96)/96, 1
	}
	for b.Loop() {
		if _, err := Estimate(votes, prior); err != nil {
			b.Fatal(err)
		}
	}
}
