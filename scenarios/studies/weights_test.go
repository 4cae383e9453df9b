package studies

import "testing"

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
