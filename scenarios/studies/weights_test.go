package studies

import (
	"context"
	"math"
	"os"
	"runtime"
	"testing"

	"splinternet/models/measures"
	"splinternet/scenarios"
)

// Two values of a parameter on made-up runs: the measure that stands out of chance counts,
// whatever else changes more; a measure that is no headline one counts if no other does.
func TestSumUpWeights(t *testing.T) {
	parameters := SweptNumbers()[:1]
	list := []weighing{{parameters[0], parameters[0].Plausible.Min}, {parameters[0], parameters[0].Plausible.Max}}
	last := len(weighed) - 1
	set := func(first, second, other float64) [][]float64 {
		runs := make([][]float64, 8)
		for r := range runs {
			runs[r] = make([]float64, len(weighed))
			runs[r][0], runs[r][1], runs[r][last] = first, second+(second-10)*float64(r*r), other
		}
		return runs
	}
	plan := &WeightsPlan{Size: Size{Runs: 8}}
	usual := set(1, 10, 5)
	// The second measure changes by .1 to 5: by 18.5 % in the mean, and less than chance would
	// have it.
	x := sumUp(plan, list, [][][]float64{usual, set(1.01, 10.1, 5), set(1, 10, 5)}).List[0]
	if x.Measure != HeadlineNames()[0] || math.Abs(x.Change-.01) > 1e-12 || x.Noise > 1e-12 || !x.Moves() || !x.Headline {
		t.Errorf("%+v", x)
	}
	x = sumUp(plan, list, [][][]float64{usual, set(1, 10.1, 6), set(1, 10, 5)}).List[0]
	if x.Measure != measures.All()[weighed[last]].Name || math.Abs(x.Change-.2) > 1e-12 || !x.Moves() || x.Headline {
		t.Errorf("%+v", x)
	}
	w := sumUp(plan, list, [][][]float64{usual, set(1, 10.1, 5), set(1, 10, 5)})
	if any, _ := w.Moving(); any != 0 || w.List[0].None {
		t.Errorf("%+v", w.List[0])
	}
	if x = sumUp(plan, list, [][][]float64{usual, usual, usual}).List[0]; !x.None || x.Moves() {
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
	any, headline := w.Moving()
	t.Logf("%d of %d parameters move something, %d of them a headline measure", any, len(w.List), headline)
	if n := len(w.List); n > most || float64(any) < least*float64(n) {
		t.Errorf("%d of %d parameters move something; the bars are at most %d, and %g of them", any, n, most, least)
	}
}
