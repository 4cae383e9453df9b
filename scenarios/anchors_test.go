package scenarios

import (
	"math"
	"testing"

	"splinternet/models"
)

// Thresholds of the verdict stand where reference worlds lie, as the model reads them.
func TestThresholdsStandWhereReferenceWorldsLie(t *testing.T) {
	first := func(scenario, measure string) float64 {
		sum := 0.0
		runs := playLibrary(t, scenario, libraryRuns())
		for _, r := range runs {
			sum += meanOf(r.Series.Of(measure)[:8]) / float64(len(runs))
		}
		return sum
	}
	end := func(scenario, measure string) float64 {
		return atTheEnd(playLibrary(t, scenario, libraryRuns()), measure)
	}
	threshold := func(name string) float64 { return models.Declarations().Find("verdict." + name).Default }
	for _, c := range []struct {
		name            string
		anchor, allowed float64
	}{
		{"reachability", (first("baseline", "native_reachability") + end("two-blocs", "native_reachability")) / 2, .015},
		{"depth", end("m3-uncoupled", "cooperation_depth"), .015},
		{"hostility", war(t, "hostility"), .05},
		{"recovery", 1.5 * end("two-blocs", "recovery"), .03},
	} {
		if got := threshold(c.name); math.Abs(got-c.anchor) > c.allowed {
			t.Errorf("the threshold of %s is %g, and the reference worlds say %.3f", c.name, got, c.anchor)
		}
	}
}

// war is the mean of a measure over 2022 and 2023 in the coded history.
func war(t *testing.T, measure string) float64 {
	sum := 0.0
	runs := playLibrary(t, "history-2018-2025", libraryRuns())
	for _, r := range runs {
		sum += meanOf(r.Series.Of(measure)[14:22]) / float64(len(runs))
	}
	return sum
}

func meanOf(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	return sum / float64(len(values))
}
