package sweep_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"

	"splinternet/models/verdict"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/scenarios/studies/sweep"
)

// memory keeps the runs of a share of a plan.
type memory struct {
	first, step, left int
	records           []*sweep.Record
	full              error // what Append says after three runs
	panics            int   // run that panics; 0 for none
	panicked          atomic.Bool
}

func (m *memory) Left() int { return m.left }
func (m *memory) Run(k int) int {
	run := m.first + k*m.step
	if run == m.panics && run > 0 && m.panicked.CompareAndSwap(false, true) {
		panic("a mistake in the program")
	}
	return run
}

func (m *memory) Append(r *sweep.Record) error {
	if m.full != nil && len(m.records) == 3 {
		return m.full
	}
	m.records = append(m.records, r)
	return nil
}

// watch counts.
type watch struct {
	studies.Unwatched
	finished []int // runs
	stop     func()
}

func (w *watch) Finished(runs int) {
	if w.finished = append(w.finished, runs); w.stop != nil {
		w.stop()
	}
}

func planOf(t *testing.T, r sweep.Request) *scenarios.Plan {
	t.Helper()
	s, err := scenarios.Load("two-blocs", scenarios.Options{Set: []string{"time.ticks=6"}})
	if err != nil {
		t.Fatal(err)
	}
	r.Scenario, r.Seed, r.Window, r.Shards = s, 1, verdict.WindowYears, 1
	if len(r.Sweep.Vary) == 0 {
		r.Sweep.Vary = scenarios.VaryFlags([]string{"influence.bound=0.2:0.8"})
	}
	p, err := sweep.NewPlan(r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A run is a function of the plan and its index: neither workers nor shares nor what
// failed before change it.
func TestPlay(t *testing.T) {
	p := planOf(t, sweep.Request{Sweep: scenarios.Sweep{Points: 4, Runs: 3}, Ticks: true, Keep: []string{"modularity"}})
	whole := &memory{step: 1, left: p.Size()}
	if err := sweep.Play(context.Background(), p, whole, 1, &watch{}); err != nil {
		t.Fatal(err)
	}
	if len(whole.records) != 12 || len(whole.records[0].Values) != 3*len(p.Measures) || len(whole.records[0].Ticks) != 6*len(p.Measures) {
		t.Fatalf("%d records, the first is %+v", len(whole.records), whole.records[0])
	}
	for shard := range 3 {
		m, w := &memory{first: shard, step: 3, left: 4, panics: 4}, &watch{}
		if err := sweep.Play(context.Background(), p, m, 2, w); err != nil {
			t.Fatal(err)
		}
		for k, got := range m.records {
			run := shard + 3*k
			if want := whole.records[run]; run == 4 {
				if got.Error != "panic: a mistake in the program" || got.Label != "" || got.Run != 4 {
					t.Errorf("the run that panicked is %+v", got)
				}
			} else if !same(got, want) {
				t.Errorf("run %d in a shard is\n%+v\nwant\n%+v", run, got, want)
			}
		}
		if want := []int{1, 2, 3, 4}; !slices.Equal(w.finished, want) {
			t.Errorf("what is finished is %v", w.finished)
		}
	}
}

// same compares records with the NaN of what was not taken.
func same(a, b *sweep.Record) bool {
	x, y := *a, *b
	x.Values, y.Values, x.Ticks, y.Ticks = nil, nil, nil, nil
	equal := func(a, b []float64) bool {
		return slices.EqualFunc(a, b, func(a, b float64) bool { return a == b || a != a && b != b })
	}
	return reflect.DeepEqual(x, y) && equal(a.Values, b.Values) && equal(a.Ticks, b.Ticks)
}

func TestPlayEnds(t *testing.T) {
	p := planOf(t, sweep.Request{Sweep: scenarios.Sweep{Points: 20}})
	full := errors.New("no room")
	m := &memory{step: 1, left: p.Size(), full: full}
	if err := sweep.Play(context.Background(), p, m, 2, &watch{}); !errors.Is(err, full) || len(m.records) != 3 {
		t.Errorf("a store that is full gives %v after %d runs", err, len(m.records))
	}
	ctx, stop := context.WithCancel(context.Background())
	m = &memory{step: 1, left: p.Size()}
	if err := sweep.Play(ctx, p, m, 2, &watch{stop: stop}); !errors.Is(err, context.Canceled) || len(m.records) == 0 || len(m.records) == p.Size() {
		t.Errorf("an interrupt gives %v after %d runs", err, len(m.records))
	}
}

func TestPlanProblems(t *testing.T) {
	s, err := scenarios.Load("two-blocs", scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	bound := scenarios.VaryFlags([]string{"influence.bound"})
	var measure *sweep.MeasureError
	if _, err := sweep.NewPlan(sweep.Request{Scenario: s, Keep: []string{"modularty"}}); !errors.As(err, &measure) || measure.Name != "modularty" {
		t.Errorf("an unknown measure gives %v", err)
	}
	if _, err := sweep.NewPlan(sweep.Request{Scenario: s}); !errors.Is(err, studies.ErrNothing) {
		t.Errorf("nothing to vary gives %v", err)
	}
	var fixed *sweep.FixedError
	if _, err := sweep.NewPlan(sweep.Request{Scenario: s, Sweep: scenarios.Sweep{Vary: bound}, Set: []string{"influence.bound = .3"}}); !errors.As(err, &fixed) || fixed.Off {
		t.Errorf("what is set and varies gives %v", err)
	}
	var size *scenarios.SizeError
	if _, err := sweep.NewPlan(sweep.Request{Scenario: s, Sweep: scenarios.Sweep{Vary: bound, Design: "grid", Points: 3}}); !errors.As(err, &size) || size.Key != "points" {
		t.Errorf("a size that does not fit gives %v", err)
	}
}

// A pilot plays every point that it asks, and says what is not stable at any of them.
func TestPilot(t *testing.T) {
	p := planOf(t, sweep.Request{Sweep: scenarios.Sweep{Points: 3}})
	size := studies.Size{Runs: studies.Least, UntilStable: 1e-9, Workers: 2}
	pilot, err := studies.Pilot(context.Background(), p, size, studies.Unwatched{})
	if err != nil || pilot.Points != 3 || pilot.Runs != studies.Least || len(pilot.Unstable) == 0 {
		t.Errorf("a pilot is %+v, %v", pilot, err)
	}
}
