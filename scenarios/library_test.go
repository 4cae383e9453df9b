package scenarios

import (
	"context"
	"os"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/scenarios/document"
	"splinternet/scenarios/library"
	"splinternet/sim"
)

// libraryRuns is how many runs stand for a scenario: few at every save, a hundred
// when the whole suite is asked for.
func libraryRuns() int {
	if os.Getenv("SPLINTERNET_FULL") != "" {
		return 100
	}
	return 4
}

// endings are the scenarios whose text says how they end.
var endings = map[string]verdict.Label{
	"liberal-convergence":      verdict.Liberal,
	"post-liberal-convergence": verdict.PostLiberal,
	"thin-consensus":           verdict.Thin,
	"managed-fragmentation":    verdict.Managed,
	"bridge-builders":          verdict.Managed,
	"hostile-fragmentation":    verdict.Hostile,
	"drift":                    verdict.Drift,
	"m0-frozen":                verdict.Thin,
}

// Every scenario of the library that says how it ends does so in at least four
// replicates of five.
func TestLibraryEndsAsItSays(t *testing.T) {
	for _, name := range Names() {
		want, says := endings[name]
		if !says {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runs := playLibrary(t, name, libraryRuns())
			agree := 0
			for _, r := range runs {
				if r.Verdict.Label == want {
					agree++
				}
			}
			if 5*agree < 4*len(runs) {
				t.Errorf("%d of %d replicates end in %s", agree, len(runs), want)
			}
		})
	}
}

// Nobody should have to guess what a scenario of the library is for, or whether it
// claims an end state.
func TestLibraryExplainsItself(t *testing.T) {
	if n := len(Names()); n < 16 {
		t.Errorf("the library holds %d scenarios", n)
	}
	for _, name := range Names() {
		root, wrong := document.Parse(name, mustSource(t, name))
		if wrong != nil {
			t.Fatal(wrong)
		}
		for _, key := range document.Headings {
			if root.Get(key) == nil {
				t.Errorf("%s says nothing of its %s", name, key)
			}
		}
		expect := root.Get("expect").Text()
		label, tested := endings[name]
		names := strings.Contains(strings.ReplaceAll(strings.ToLower(expect), "-", " "), strings.ReplaceAll(string(label), "-", " "))
		open := strings.HasPrefix(expect, "Open") || strings.Contains(expect, "end state is open")
		if tested && !names || tested == open {
			t.Errorf("%s should name the end state that it is tested for, or say that the end state is open: %q", name, expect)
		}
	}
}

func mustSource(t *testing.T, name string) string {
	t.Helper()
	text, err := library.Source(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A scenario that shows an end state reaches it with values that are plausible: the end
// states are open, and no extreme of one number makes them.
func TestShowcasesArePlausible(t *testing.T) {
	declared := models.Declarations()
	for _, name := range Names() {
		if _, says := endings[name]; !says {
			continue
		}
		s, err := Load(name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for key, value := range s.Settings.Parameters {
			if p := declared.Find(key); !p.Plausible.Contains(value) {
				t.Errorf("%s: %s is %g, outside of what is plausible, %g to %g", name, key, value, p.Plausible.Min, p.Plausible.Max)
			}
		}
	}
}

func playLibrary(t *testing.T, name string, n int, set ...string) []*models.Result {
	t.Helper()
	s, err := Load(name, Options{Set: set})
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.Simulation()
	if err != nil {
		t.Fatal(err)
	}
	var runs []*models.Result
	for r := range n {
		result, err := m.Run(context.Background(), sim.ReplicateSeed(1, r), models.Recording{})
		if err != nil {
			t.Fatal(err)
		}
		runs = append(runs, result)
	}
	return runs
}

// atTheEnd averages a measure over the last two years of all runs.
func atTheEnd(runs []*models.Result, measure string) float64 {
	sum, n := 0.0, 0.0
	for _, r := range runs {
		values := r.Series.Values[measures.Find(measure)]
		for _, x := range values[len(values)-8:] {
			sum += x
			n++
		}
	}
	return sum / n
}

// The trade-off between depth and reach: effort that moves from consensus to bridges
// buys reachability between the blocs and pays for it in depth.
func TestBridgesTradeDepthForReach(t *testing.T) {
	var reach, recovery, depth, hostility []float64
	for _, share := range []string{"0", "0.5", "1"} {
		runs := playLibrary(t, "bridge-builders", libraryRuns(), "diplomacy.bridging="+share)
		reach = append(reach, atTheEnd(runs, "effective_reachability"))
		recovery = append(recovery, atTheEnd(runs, "recovery"))
		depth = append(depth, atTheEnd(runs, "cooperation_depth"))
		hostility = append(hostility, atTheEnd(runs, "hostility"))
	}
	for k := 1; k < 3; k++ {
		if reach[k] <= reach[k-1] || recovery[k] <= recovery[k-1] || depth[k] >= depth[k-1] || hostility[k] > hostility[k-1]+.002 {
			t.Errorf("reach %.3f, recovery %.3f, depth %.3f, hostility %.3f with effort on bridges of 0, 1/2 and 1", reach, recovery, depth, hostility)
		}
	}
}
