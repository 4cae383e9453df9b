package spec

import (
	"slices"
	"strings"
	"testing"
	"time"

	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// What is documented of an event is read, and what is read is documented.
func TestEventKeys(t *testing.T) {
	for _, kind := range EventKinds() {
		n, wrong := document.Parse("x", strings.TrimPrefix(kind.Example, "[[event]]\n"))
		if wrong != nil {
			t.Fatal(wrong)
		}
		c := new(problem.Collector)
		start := time.Date(2018, 7, 1, 0, 0, 0, 0, time.UTC)
		r := &reader{problems: c, root: n, spec: &Spec{Calendar: sim.Calendar{Start: start, Tick: sim.Quarter, Ticks: 90}, World: World{Dim: 1}}}
		table := document.Read(c, n)
		(&eventReader{r, map[string]*document.Node{}}).read(table)
		if err := c.Err(); err != nil {
			t.Errorf("%s: %v", kind.Kind, err)
		}
		var documented []string
		for _, key := range append(CommonKeys(), kind.Keys...) {
			documented = append(documented, key.Key)
		}
		for _, key := range table.Known() {
			if !slices.Contains(documented, key) {
				t.Errorf("%s: %s is read but not documented", kind.Kind, key)
			}
		}
		for _, key := range documented {
			if !slices.Contains(table.Known(), key) {
				t.Errorf("%s: %s is documented but not read", kind.Kind, key)
			}
		}
	}
}
