package voting

import (
	"math"
	"testing"

	"splinternet/sim"
)

func TestOdds(t *testing.T) {
	for _, c := range [][3]float64{{0, -1, 1}, {3, -2, 5}, {-40, -1, 1}, {40, -1, 1}, {0, -700, 700}, {1, 2, 2}, {800, 0, 1}} {
		o := Cuts{c[1], c[2]}.Odds(c[0])
		if s := o[No] + o[Abstain] + o[Yes]; math.Abs(s-1) > 1e-12 || o[No] < 0 || o[Abstain] < 0 || o[Yes] < 0 {
			t.Errorf("%v: %v sums to %g", c, o, s)
		}
	}
	quartiles := Cuts{-math.Log(3), math.Log(3)}.Odds(0)
	for vote, want := range (Odds{.25, .5, .25}) {
		if off := quartiles[vote] - want; math.Abs(off) > 1e-15 {
			t.Errorf("quartiles: the probability of %s is off by %g", Vote(vote), off)
		}
	}
	// Far out the difference of two probabilities near 1 would be lost.
	if abstain := (Cuts{0, 1}).Odds(50)[Abstain]; !(abstain > 1e-22) {
		t.Errorf("abstention in the tail is %g", abstain)
	}
}

// From a term's declaration follow its column, what the codebook says of it, and what
// `why` says: none may be left blank, nor a name be given twice.
func TestTermsAreDeclared(t *testing.T) {
	names := map[string]bool{Total.Name: true}
	for k, d := range Terms {
		if d.Name == "" || d.Title == "" || d.Doc == "" || d.Pro == "" || d.Con == "" || d.Pro == d.Con {
			t.Errorf("term %d is declared as %+v", k, d)
		}
		if names[d.Name] {
			t.Errorf("two columns are called %s", d.Name)
		}
		names[d.Name] = true
	}
	if columns := Columns(); len(columns) != len(names) {
		t.Errorf("columns %v", columns)
	}
	if got, want := Terms[Spatial].Meaning(false, "the draft"), "the draft is nearer to its position than the text is"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A utility is the sum of what was added, and without a term it is what the others
// are.
func TestUtility(t *testing.T) {
	var u Utility
	for k := range Terms {
		u.Add(Term(k), 1)
		u.Add(Term(k), float64(k))
	}
	for k := range Terms {
		if u.Terms[k] != float64(k+1) || u.Without(Term(k)) != u.Sum-float64(k+1) {
			t.Errorf("%s: %+v", Terms[k].Name, u)
		}
	}
}

// Votes follow the cut-points: yes from the upper one on, no below the lower.
func TestVotesFollowCuts(t *testing.T) {
	for y, want := range map[float64]Vote{1: Yes, 0: Yes, -.1: Abstain, -3: Abstain, -3.1: No, math.Inf(-1): No} {
		if got := Band(3).Vote(y); got != want {
			t.Errorf("utility %g: %s, want %s", y, got, want)
		}
	}
}

// The frequencies of votes that are cast are the odds, as noise is a logistic variate:
// on a grid of uniform variates, to its width.
func TestOddsAreFrequencies(t *testing.T) {
	const n = 20000
	cuts := Band(2)
	for _, y := range []float64{-4, -1, 0, 1.5} {
		var count Odds
		for k := range n {
			var b Ballot
			b.Utility.Add(Spatial, y)
			b.Cast(cuts, sim.Logistic((float64(k)+.5)/n), .5, 1)
			count[b.Vote] += 1. / n
		}
		for vote, p := range cuts.Odds(y) {
			if math.Abs(count[vote]-p) > 2./n {
				t.Errorf("utility %g: %g vote %s, odds %g", y, count[vote], Vote(vote), p)
			}
		}
	}
	var b Ballot
	if b.Cast(cuts, 9, .8, .8); b.Vote != Yes {
		t.Errorf("who attends votes %s", b.Vote)
	}
	if b.Cast(cuts, 9, .8, .79); b.Vote != Absent {
		t.Errorf("who does not attend votes %s", b.Vote)
	}
}

// LogOdds is the logarithm of Odds, and Slopes are its derivatives.
func TestLogOdds(t *testing.T) {
	const step = 1e-5
	for _, vote := range []Vote{No, Abstain, Yes} {
		for _, y := range []float64{-3, .2, 4} {
			c := Cuts{-1, .7}
			at := func(low, high float64) float64 { return Cuts{c.Low + low, c.High + high}.LogOdds(vote, y) }
			if d := at(0, 0) - math.Log(c.Odds(y)[vote]); math.Abs(d) > 1e-12 {
				t.Errorf("%s at %g: off by %g", vote, y, d)
			}
			s := c.Slopes(vote, y)
			low, high := (at(step, 0)-at(-step, 0))/(2*step), (at(0, step)-at(0, -step))/(2*step)
			if math.Abs(s.Low-low) > 1e-8 || math.Abs(s.High-high) > 1e-8 {
				t.Errorf("%s at %g: %+v, by differences %g, %g", vote, y, s, low, high)
			}
			if bend := (at(step, step) - 2*at(0, 0) + at(-step, -step)) / (step * step); math.Abs(s.Bend()-bend) > 1e-4 {
				t.Errorf("%s at %g: bend %g, by differences %g", vote, y, s.Bend(), bend)
			}
		}
	}
}
