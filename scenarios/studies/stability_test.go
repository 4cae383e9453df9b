package studies

import (
	"math"
	"testing"

	"splinternet/models/verdict"
)

// fed is a tracker that has seen n runs whose first measure is value(i) and whose
// label is label(i); the other measures do not vary.
func fed(n int, value func(i int) float64, label func(i int) verdict.Label) *Steady {
	s := NewSteady(.05)
	for i := range n {
		m := make([]Moments, len(Headlines))
		m[0].End = value(i)
		s.Add(&Reading{Label: label(i), Moments: m})
	}
	return s
}

// Nothing is stable before twenty runs; what varies without end is never; an end
// state that half of the runs have takes the 93 runs after which its Wilson
// interval is ten points wide on either side.
func TestSteady(t *testing.T) {
	constant := func(int) float64 { return .5 }
	drift := func(int) verdict.Label { return verdict.Drift }
	if fed(19, constant, drift).Enough() || fed(25, constant, drift).Enough() {
		t.Error("it is asked at every tenth run from twenty on")
	}
	if s := fed(20, constant, drift); !s.Enough() {
		t.Errorf("twenty equal runs lack %v", s.Wanting())
	}
	growing := func(i int) float64 { return math.Pow(1.5, float64(i)) }
	if s := fed(200, growing, drift); s.Enough() || len(s.Wanting()) != 1 || s.Wanting()[0].Title() != "native reachability" {
		t.Errorf("what grows without end lacks %v", s.Wanting())
	}
	half := func(i int) verdict.Label { return []verdict.Label{verdict.Drift, verdict.Thin}[i%2] }
	for n, want := range map[int]bool{90: false, 100: true} {
		if s := fed(n, constant, half); s.Enough() != want {
			t.Errorf("halves after %d runs: %v", n, s.Wanting())
		}
	}
}
