package scenarios

import (
	"math"
	"os"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/measures"
)

// conduct are the couplings of security at full strength.
const conduct = "security.restraint=.9 security.breach=.5 security.covert=.5 security.offices=.4 security.separation=1 security.reach-of-the-day=true security.escalation=.06"

// sums are those of a measure over each run.
func sums(results []*models.Result, measure string) []float64 {
	list := make([]float64, len(results))
	for n, r := range results {
		for _, x := range r.Series.Values[measures.Find(measure)] {
			list[n] += x
		}
	}
	return list
}

// differ is the mean difference of paired runs, and half of its interval of 95 %.
func differ(a, b []float64) (mean, half float64) {
	n := float64(len(a))
	square := 0.0
	for k := range a {
		mean += (b[k] - a[k]) / n
	}
	for k := range a {
		square += (b[k] - a[k] - mean) * (b[k] - a[k] - mean)
	}
	return mean, 1.96 * math.Sqrt(square/(n-1)/n)
}

// At full strength rules lower incidents, the spread of capability raises them, certain
// attribution does not raise escalations, offices lower misattributions, and where
// networks have come apart states answer more.
func TestConductFollowsPolitics(t *testing.T) {
	if os.Getenv("SPLINTERNET_FULL") == "" {
		t.Skip("400 runs; SPLINTERNET_FULL=1 plays them")
	}
	const runs = 40
	for _, c := range []struct {
		what, scenario, one, other, measure string
		falls                               bool // the other has less, beyond doubt; else more
		least                               bool // it is enough that it has no more beyond doubt
	}{
		{"no restraint", "baseline", "", "security.restraint=0", "incidents", false, false},
		{"spread", "baseline", "power.offence-diffusion=0", "power.offence-diffusion=4", "incidents", false, false},
		{"certain attribution", "baseline", "", "security.attribution=1", "escalations", true, true},
		{"offices", "baseline", "security.offices=0", "", "misattributed", true, false},
		{"separation", "new-ip", "security.separation=0", "", "escalations", false, false},
	} {
		var lists [2][]float64
		for k, set := range []string{c.one, c.other} {
			lists[k] = sums(playLibrary(t, c.scenario, runs, strings.Fields(conduct+" "+set)...), c.measure)
		}
		mean, half := differ(lists[0], lists[1])
		t.Logf("%s: %s %+.1f +- %.1f", c.what, c.measure, mean, half)
		switch {
		case c.falls && c.least && mean-half > 0, c.falls && !c.least && mean+half >= 0, !c.falls && mean-half <= 0:
			t.Errorf("%s: %s %+.1f +- %.1f", c.what, c.measure, mean, half)
		}
	}
}
