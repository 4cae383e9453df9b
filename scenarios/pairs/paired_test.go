package pairs

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"splinternet/models/verdict"
	"splinternet/scenarios"
)

// watched counts what it is told.
type watched struct{ ticks, runs atomic.Int64 }

func (w *watched) Tick()             { w.ticks.Add(1) }
func (w *watched) Finished(runs int) { w.runs.Store(int64(runs)) }

func twoSides(t *testing.T) (sides []Side) {
	t.Helper()
	for _, without := range [][]string{nil, {"security"}} {
		s, err := scenarios.Load("two-blocs", scenarios.Options{Ticks: 17, Without: without})
		if err != nil {
			t.Fatal(err)
		}
		sides = append(sides, Side{"two-blocs", s})
	}
	return sides
}

// A play that has enough is no interruption; one that is interrupted keeps whole
// replicates, the same as in a play that was not, whatever the workers.
func TestPlay(t *testing.T) {
	sides := twoSides(t)
	whole := &Ensemble{Sides: sides, Seed: 5, Runs: 60, Workers: 2, Enough: func(n int) bool { return n == 50 }}
	var watch watched
	if err := whole.Play(context.Background(), &watch, 3); err != nil || len(whole.Readings) != 50 {
		t.Fatalf("%d replicates, %v", len(whole.Readings), err)
	}
	if runs, ticks := watch.runs.Load(), watch.ticks.Load(); runs != 103 || ticks < 100*17 {
		t.Errorf("told of %d runs and %d ticks; want 103 with the 3 before, and at least 1700", runs, ticks)
	}
	ctx, cancel := context.WithCancel(context.Background())
	broken := &Ensemble{Sides: sides, Seed: 5, Runs: 100000, Workers: 1, Enough: func(n int) bool {
		if n == 7 {
			cancel()
		}
		return false
	}}
	playing := broken.Play(ctx, &watch, 0)
	if !errors.Is(playing, context.Canceled) || len(broken.Readings) < 7 || len(broken.Readings) > 40 {
		t.Fatalf("%d replicates, %v", len(broken.Readings), playing)
	}
	for r, row := range broken.Readings {
		if len(row) != 2 || row[0].Seed != whole.Readings[r][0].Seed || !slices.Equal(row[1].Moments, whole.Readings[r][1].Moments) {
			t.Errorf("replicate %d differs from the same one of a whole play", r)
		}
	}
}

// A replicate of which a side failed is left out of what compares that side, and of
// nothing else.
func TestFailures(t *testing.T) {
	run := func(end float64, label verdict.Label) Reading {
		m := make([]Moments, len(Headlines))
		m[0].End = end
		return Reading{Label: label, Moments: m}
	}
	failed := Reading{Seed: 77, Err: errors.New("panic: no such forum")}
	p := &Ensemble{Sides: make([]Side, 2), Readings: [][]Reading{
		{run(1, verdict.Drift), run(3, verdict.Thin)}, {run(5, verdict.Drift), failed}, {run(2, verdict.Thin), run(5, verdict.Thin)},
	}}
	if both := p.Ends(0, 0, 1); !slices.Equal(both[0], []float64{1, 2}) || !slices.Equal(both[1], []float64{3, 5}) {
		t.Errorf("the whole replicates are %v", both)
	}
	if alone := p.Ends(0, 0)[0]; !slices.Equal(alone, []float64{1, 5, 2}) {
		t.Errorf("the first side alone has all its runs, not %v", alone)
	}
	if thin := p.Ended(verdict.Thin, 0)[0]; !slices.Equal(thin, []float64{0, 0, 1}) {
		t.Errorf("thin are %v", thin)
	}
	counts, played := p.Counts(1)
	if n := counts[slices.Index(verdict.Labels, verdict.Thin)]; played != 2 || n != 2 {
		t.Errorf("%d runs of the second side, %d of them thin", played, n)
	}
	if n, first := p.Failures(1); n != 1 || first.Seed != 77 {
		t.Errorf("%d failures, the first of seed %d", n, first.Seed)
	}
}

// A play that watches for stability stops at a tenth replicate, when every side is
// stable, or at the most.
func TestWatched(t *testing.T) {
	p := &Ensemble{Sides: twoSides(t), Seed: 1, Workers: 2}
	steady := p.Watched(30, 1e-9)
	if err := p.Play(context.Background(), new(watched), 0); err != nil || len(p.Readings) != 30 {
		t.Fatalf("%d replicates, %v", len(p.Readings), err)
	}
	if len(steady) != 2 || len(steady[0].Wanting()) == 0 {
		t.Errorf("nothing wanting: %v", steady)
	}
}
