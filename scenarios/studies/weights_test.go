package studies

import (
	"context"
	"os"
	"runtime"
	"testing"

	"splinternet/scenarios"
)

// Two values of a parameter on made-up runs: the measure that stands out of chance counts,
// whatever else changes more.
func TestSumUpWeights(t *testing.T) {
	parameters := SweptNumbers()[:1]
	list := []weighing{{parameters[0], parameters[0].Plausible.Min}, {parameters[0], parameters[0].Plausible.Max}}
	set := func(first, second float64) [][]float64 {
		runs := make([][]float64, 2)
		for r := range runs {
			runs[r] = make([]float64, len(weighed))
			runs[r][0], runs[r][1] = first, second+float64(2*r-1) // the second measure varies by chance
		}
		return runs
	}
	var sets [][][]float64
	for range noiseSets {
		sets = append(sets, set(1, 10))
	}
	plan := &WeightsPlan{Size: Size{Runs: 2}}
	w := sumUp(plan, list, append(sets, set(1.01, 10.1), set(1, 10.2)))
	if x := w.List[0]; x.Measure != HeadlineNames()[0] || x.Change < .0099 || x.Change > .0101 || x.Noise != 0 || !x.Moves() {
		t.Errorf("%+v", x)
	}
	// The second measure has variance 16/15 and a mean of 10: two sets of 2 differ by 1.96
	// root 16/15 in 95 of 100 cases, a fifth of it; .2 is less.
	w = sumUp(plan, list, append(sets, set(1, 10.1), set(1, 10.2)))
	if x := w.List[0]; x.Change < .0199 || x.Change > .0201 || x.Noise < .202 || x.Noise > .203 || x.Moves() || x.None || w.Moving() != 0 {
		t.Errorf("%+v", x)
	}
	w = sumUp(plan, list, append(sets, set(1, 10), set(1, 10)))
	if x := w.List[0]; !x.None || x.Moves() {
		t.Errorf("%+v", x)
	}
}

// The bars for the parameters: there are few, and nearly all of them move something in the
// baseline beyond chance.
func TestParametersMatter(t *testing.T) {
	if os.Getenv("SPLINTERNET_FULL") == "" {
		t.Skip("plays the baseline at both ends of every range: two minutes of one core")
	}
	const most, least = 120, .85
	baseline, err := scenarios.Load("baseline", scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := Weigh(context.Background(), WeightsPlan{
		Side: Side{Name: "baseline", Scenario: baseline, From: "baseline"},
		Size: Size{Seed: 1, Runs: UsualSet, Workers: runtime.GOMAXPROCS(0)},
	}, Unwatched{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range w.List {
		if !x.Moves() {
			t.Logf("%s at %s moves %s by %.2f %%, noise %.2f %%", x.Parameter, x.Value, x.Measure, 100*x.Change, 100*x.Noise)
		}
	}
	if n := len(w.List); n > most || float64(w.Moving()) < least*float64(n) {
		t.Errorf("%d of %d parameters move something; the bars are at most %d, and %g of them", w.Moving(), n, most, least)
	}
}
