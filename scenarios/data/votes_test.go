package data

import (
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"splinternet/models/voting"
	"splinternet/models/voting/fit"
)

// TestRollCallsOnIdealPoints refits the recorded roll calls to the general ideal
// points of their own session, as published with those ideal points.
func TestRollCallsOnIdealPoints(t *testing.T) {
	calls, err := RollCalls(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		id, session       string
		slope, no, yes    float64
		accuracy          float64
		noes, abstentions int
	}{
		{"A/RES/73/27", "2018", -5.77, .60, .20, .905, 46, 14},
		{"A/RES/73/187", "2018", -5.36, .31, -.20, .823, 59, 33},
		{"A/RES/73/266", "2018", 2.37, -1.59, -1.06, .867, 12, 16},
		{"A/RES/74/28", "2019", 2.84, -1.58, -1.33, .939, 10, 6},
		{"A/RES/74/29", "2019", -6.10, 1.57, .45, .939, 6, 45},
		{"A/RES/74/247", "2019", -4.02, .27, -.26, .744, 60, 33},
	} {
		k := slices.IndexFunc(calls, func(r RollCall) bool { return r.ID == c.id })
		votes := calls[k].Votes
		var n [4]int
		for _, v := range votes {
			n[v]++
		}
		if n[voting.No] != c.noes || n[voting.Abstain] != c.abstentions {
			t.Errorf("%s: %d no, %d abstain", c.id, n[voting.No], n[voting.Abstain])
		}
		x := idealPoints(t, "unga_ideal_point_"+c.session)
		logit, err := fit.Logit(x, votes)
		if err != nil {
			t.Fatal(err)
		}
		right, cast := 0, 0
		for i, v := range votes {
			if v == voting.Absent {
				continue
			}
			cast++
			if logit.At(x[i]).Likeliest() == v {
				right++
			}
		}
		near(t, c.id+" slope", logit.Slope, c.slope, .006)
		near(t, c.id+" no-cut", logit.Low/logit.Slope, c.no, .006)
		near(t, c.id+" yes-cut", logit.High/logit.Slope, c.yes, .006)
		near(t, c.id+" accuracy", float64(right)/float64(cast), c.accuracy, .0006)
	}
}

// idealPoints reads a column of ideal points, by state sorted by identifier.
func idealPoints(t *testing.T, column string) []float64 {
	rows := content(t, "states.csv")
	k := slices.Index(rows[0], column)
	slices.SortFunc(rows[1:], func(a, b []string) int {
		if a[0] < b[0] {
			return -1
		}
		return 1
	})
	var out []float64
	for _, row := range rows[1:] {
		v, err := strconv.ParseFloat(row[k], 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// TestPositions checks the initial positions against what was recorded.
func TestPositions(t *testing.T) {
	posterior, prior, calls, err := estimate(Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := build(t, Options{})
	t.Logf("settled after %d rounds", posterior.Rounds)
	for k, c := range calls {
		r := posterior.RollCalls[k]
		t.Logf("%-13s slope %6.2f, no-cut %5.2f, yes-cut %5.2f", c.ID, r.Slope, r.Low/r.Slope, r.High/r.Slope)
	}
	for _, id := range []string{
		"USA", "GBR", "DEU", "FRA", "JPN", "EST", "CHE", "KOR", "ISR", "UKR", "TUR", "BRA", "MEX",
		"IND", "IDN", "ZAF", "NGA", "KEN", "SGP", "SAU", "KAZ", "PAK", "BLR", "EGY", "PRK", "RUS", "CHN", "IRN", "CUB",
	} {
		i := state(t, w, id)
		t.Logf("%s %s %.3f (%.3f), ideal point %.2f to %.2f", id, profile(calls, i),
			w.States.Position[i], w.States.Uncertainty[i], prior.Mean[i], posterior.Mean[i])
	}
	hard := 0.0
	for _, id := range []string{"CHN", "RUS", "IRN", "CUB"} {
		hard = max(hard, w.States.Position[state(t, w, id)])
	}
	for i, p := range w.States.Position {
		if profile(calls, i) == "YYY" && p <= hard {
			t.Errorf("%s voted yes on everything and stands at %.3f, at or below the hard core (%.3f)", w.States.ID[i], p, hard)
		}
	}
	if r := correlation(posterior.Mean, prior.Mean); r < .85 {
		t.Errorf("correlation with the ideal points of 2017 is %.3f", r)
	}
	t.Logf("correlation with the ideal points of 2017: %.3f", correlation(posterior.Mean, prior.Mean))
	ordered(t, posterior, prior, calls)
}

// ordered: of states with the same votes, the one with the higher prior stands higher.
func ordered(t *testing.T, posterior fit.Posterior, prior fit.Prior, calls []RollCall) {
	t.Helper()
	votes := func(i int) (s string) {
		for _, c := range calls {
			s += string("NAY."[c.Votes[i]])
		}
		return s
	}
	for i := range prior.Mean {
		for j := range i {
			if votes(i) == votes(j) && (prior.Mean[i]-prior.Mean[j])*(posterior.Mean[i]-posterior.Mean[j]) < 0 {
				t.Errorf("states %d and %d voted alike and changed places", i, j)
			}
		}
	}
}

// profile spells a state's votes on the three contested resolutions of 2018.
func profile(calls []RollCall, i int) (s string) {
	for _, id := range []string{"A/RES/73/27", "A/RES/73/187", "A/RES/73/266"} {
		for _, c := range calls {
			if c.ID == id {
				s += string("NAY."[c.Votes[i]])
			}
		}
	}
	return s
}

func correlation(x, y []float64) float64 {
	mx, my := sum(x)/float64(len(x)), sum(y)/float64(len(y))
	xy, xx, yy := 0.0, 0.0, 0.0
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
	}
	return xy / math.Sqrt(xx*yy)
}

// TestCutoff: votes after the cutoff have no effect.
func TestCutoff(t *testing.T) {
	june := Options{Cutoff: time.Date(2018, 6, 30, 0, 0, 0, 0, time.UTC)}
	_, _, calls, err := estimate(june)
	if err != nil {
		t.Fatal(err)
	}
	if len(calls) != 5 {
		t.Errorf("%d roll calls before the cutoff, want 5", len(calls))
	}
	w := build(t, june)
	near(t, "Russia by its ideal point", w.States.Position[state(t, w, "RUS")], Position(.1097), .01)
	for _, g := range w.Groups {
		near(t, "cohesion of "+g.ID+" without contested votes", g.Cohesion, 0, 0)
	}
	all := Options{Cutoff: time.Date(2019, 12, 31, 0, 0, 0, 0, time.UTC)}
	if _, _, calls, err = estimate(all); err != nil || len(calls) != 11 {
		t.Errorf("%d roll calls with 2019, %v", len(calls), err)
	}
}

// TestCohesion compares the agreement index over the six contested votes of
// 2018-19 with the values worked out from the same votes before.
func TestCohesion(t *testing.T) {
	calls, err := RollCalls(Options{})
	if err != nil {
		t.Fatal(err)
	}
	calls = slices.DeleteFunc(calls, func(c RollCall) bool { return !contested(c.Votes) })
	if len(calls) != 6 {
		t.Fatalf("%d contested votes", len(calls))
	}
	w := build(t, Options{})
	everyone := make([]int, w.States.N)
	for i := range everyone {
		everyone[i] = i
	}
	near(t, "world", Agreement(calls, everyone), .52, .02)
	for _, c := range []struct {
		group string
		want  float64
	}{{"eu", .99}, {"five_eyes", .90}, {"sco", .83}, {"asean", .80}, {"african_union", .78}, {"brics", .70}} {
		g := w.Groups[w.FindGroup(c.group)]
		near(t, c.group, Agreement(calls, g.Members), c.want, .02)
		t.Logf("%s: cohesion at the start %.2f", c.group, g.Cohesion)
		if !g.Cue {
			t.Errorf("%s takes no cues", c.group)
		}
	}
}

func BenchmarkEstimate(b *testing.B) {
	s, err := load(Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s.estimate()
	}
}

func estimate(o Options) (posterior fit.Posterior, prior fit.Prior, calls []RollCall, err error) {
	s, err := load(o)
	if err != nil {
		return posterior, prior, nil, err
	}
	posterior, prior, calls = s.estimate()
	return posterior, prior, calls, nil
}
