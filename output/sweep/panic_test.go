package sweep

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"splinternet/models/verdict"
	"splinternet/output/frame"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/scenarios/studies/sweep"
)

// breaking is work of which some runs panic when they are begun.
type breaking struct {
	*Work
	runs  []int
	mutex sync.Mutex
}

func (b *breaking) Run(k int) int {
	run := b.Work.Run(k)
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if at := slices.Index(b.runs, run); at >= 0 {
		b.runs = slices.Delete(b.runs, at, at+1) // it is asked for its index once more
		panic("a mistake in the program")
	}
	return run
}

// played plays a plan into a folder, with runs that panic, and returns its table of runs
// by the index of the run.
func played(t *testing.T, dir string, panics ...int) map[string][]string {
	t.Helper()
	s, err := scenarios.Load("two-blocs", scenarios.Options{Set: []string{"time.ticks=6"}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := sweep.NewPlan(sweep.Request{
		Scenario: s, Seed: 1, Window: verdict.WindowYears, Shards: 1,
		Sweep: scenarios.Sweep{Vary: scenarios.VaryFlags([]string{"influence.bound"}), Points: 6, Runs: 3},
	})
	if err != nil {
		t.Fatal(err)
	}
	w, err := Begin(dir, LayoutOf(p), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := sweep.Play(context.Background(), p, &breaking{Work: w, runs: panics}, 2, studies.Unwatched{}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Finish(dir, frame.CSV, p, false, Performance{}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "runs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for _, row := range all {
		rows[row[0]] = row
	}
	return rows
}

// A run that panics is one row with an error; what its worker plays next is as if it
// had not.
func TestSweepOutlivesPanic(t *testing.T) {
	dir := t.TempDir()
	sound, broken := played(t, t.TempDir()), played(t, dir, 4, 9)
	m, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := "splinternet sweep --plan " + dir + " --only 4"
	if m.Failed != 2 || m.Failures[0].Command != want || m.Failures[1].Run != 9 {
		t.Errorf("failures are %+v", m.Failures)
	}
	for run, row := range sound {
		other := broken[run]
		if run == "4" || run == "9" {
			if other[8] != "panic: a mistake in the program" || other[5] != "" || other[len(other)-1] != "" {
				t.Errorf("run %s, which panicked, is %q", run, other)
			}
		} else if !slices.Equal(row, other) {
			t.Errorf("run %s is\n%q\nafter a panic\n%q", run, row, other)
		}
	}
}
