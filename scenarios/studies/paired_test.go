package studies

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"splinternet/models/verdict"
	"splinternet/scenarios"
)

// watched counts what it is told, and ends the play when so many runs are finished.
type watched struct {
	Unwatched
	ticks, runs atomic.Int64
	most        int
	end         func()
}

func (w *watched) Tick() { w.ticks.Add(1) }

func (w *watched) Finished(runs int) {
	if w.runs.Store(int64(runs)); runs == w.most {
		w.end()
	}
}

func twoSides(t *testing.T) (sides []Side) {
	t.Helper()
	for _, without := range [][]string{nil, {"security"}} {
		s, err := scenarios.Load("two-blocs", scenarios.Options{Ticks: 17, Without: without})
		if err != nil {
			t.Fatal(err)
		}
		sides = append(sides, Side{Name: "two-blocs", Scenario: s})
	}
	return sides
}

// A part of a longer play counts on; one that is interrupted keeps whole replicates, the
// same as in a play that was not, whatever the workers.
func TestPlay(t *testing.T) {
	sides := twoSides(t)
	whole := &Paired{Sides: sides, Size: Size{Seed: 5, Runs: 50, Workers: 2}}
	watch := new(watched)
	if err := whole.play(context.Background(), watch, 3); err != nil || len(whole.Readings) != 50 {
		t.Fatalf("%d replicates, %v", len(whole.Readings), err)
	}
	if runs, ticks := watch.runs.Load(), watch.ticks.Load(); runs != 103 || ticks < 100*17 {
		t.Errorf("told of %d runs and %d ticks; want 103 with the 3 before, and at least 1700", runs, ticks)
	}
	ctx, cancel := context.WithCancel(context.Background())
	broken := &Paired{Sides: sides, Size: Size{Seed: 5, Runs: 100000, Workers: 1}}
	playing := broken.Play(ctx, &watched{most: 14, end: cancel})
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
	p := &Paired{Sides: make([]Side, 2), Readings: [][]Reading{
		{run(1, verdict.Drift), run(3, verdict.Thin)}, {run(5, verdict.Drift), failed}, {run(2, verdict.Thin), run(5, verdict.Thin)},
	}}
	if both := p.Values(Quantity{}, 0, 1); !slices.Equal(both[0], []float64{1, 2}) || !slices.Equal(both[1], []float64{3, 5}) {
		t.Errorf("the whole replicates are %v", both)
	}
	if alone := p.Values(Quantity{}, 0)[0]; !slices.Equal(alone, []float64{1, 5, 2}) {
		t.Errorf("the first side alone has all its runs, not %v", alone)
	}
	if thin := p.Values(Quantity{Label: verdict.Thin}, 0)[0]; !slices.Equal(thin, []float64{0, 0, 1}) {
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

// A play that goes on until it is stable stops at a tenth replicate, when every side is,
// or at the most, and says what is not stable then.
func TestUntilStable(t *testing.T) {
	p := &Paired{Sides: twoSides(t), Size: Size{Seed: 1, Runs: 30, Workers: 2, UntilStable: 1e-9}}
	if err := p.Play(context.Background(), new(watched)); err != nil || len(p.Readings) != 30 {
		t.Fatalf("%d replicates, %v", len(p.Readings), err)
	}
	if len(p.steady) != 2 || len(p.steady[0].Wanting()) == 0 || len(p.Unstable) == 0 {
		t.Errorf("nothing wanting: %v", p.Unstable)
	}
	short := &Paired{Sides: twoSides(t), Size: Size{Seed: 1, Runs: 1000, Workers: 2, UntilStable: 1}}
	if err := short.Play(context.Background(), new(watched)); err != nil || len(short.Readings)%10 != 0 || len(short.Readings) == 1000 {
		t.Fatalf("%d replicates, %v", len(short.Readings), err)
	}
	if short.Runs != len(short.Readings) || !short.Complete() || short.Unstable != nil {
		t.Errorf("%d runs of %d, not stable: %v", len(short.Readings), short.Runs, short.Unstable)
	}
}
