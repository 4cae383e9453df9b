package sweep

import (
	"context"
	"io"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/models/verdict"
	"splinternet/output/frame"
	"splinternet/scenarios/studies/sweep"
)

// sweepFlags are options as the command line leaves them.
func sweepFlags(given ...string) options {
	return options{
		planFlags: planFlags{seed: 1, window: verdict.WindowYears}, format: frame.CSV, shards: 1, only: -1, workers: 2,
		changed:     func(flag string) bool { return slices.Contains(given, flag) },
		environment: func(string) string { return "" },
	}
}

// newSweeping prepares a sweep in a folder.
func newSweeping(tb testing.TB, o options, dir string) *sweeping {
	tb.Helper()
	c := &console.Console{Out: io.Discard, Err: io.Discard, Quiet: true}
	p, err := o.planOf(c)
	if err != nil {
		tb.Fatal(err)
	}
	s := &sweeping{c: c, o: &o, plan: p, dir: dir, shards: 1}
	if err := s.claim(); err != nil {
		tb.Fatal(err)
	}
	return s
}

// BenchmarkSweep plays runs of the baseline, each at a point of its own, with all
// workers: journal and tables included. The time is that of one run.
func BenchmarkSweep(b *testing.B) {
	o := sweepFlags()
	o.vary, o.format, o.workers = []string{"influence.*", "security.*", "standards.*"}, frame.Parquet, runtime.GOMAXPROCS(0)
	o.points = b.N
	s := newSweeping(b, o, b.TempDir())
	b.ResetTimer()
	if err := s.play(context.Background()); err != nil {
		b.Fatal(err)
	}
}

func TestSweepProgressLine(t *testing.T) {
	var tally sweep.Tally
	for run := range 4 {
		tally.Add(&sweep.Record{Run: run, Label: []string{"thin-consensus", "drift", "drift", ""}[run], Error: []string{"", "", "", "impossible"}[run]}, 0)
	}
	if got, want := lineOf(&tally, 4, 10, 2*time.Second), "run 4 of 10, 2.0 runs/s, 3s left: drift 67 %, thin consensus 33 %, 1 failed"; got != want {
		t.Errorf("progress is %q, want %q", got, want)
	}
}

// TestSweepMemory plays thirty times as many runs and takes no more memory for it. By
// this, a million runs stay below 300 MB.
func TestSweepMemory(t *testing.T) {
	if os.Getenv("SPLINTERNET_FULL") == "" {
		t.Skip("set SPLINTERNET_FULL=1 to run it")
	}
	taken := func(points int) uint64 {
		o := sweepFlags()
		o.scenario, o.changes.Set, o.vary, o.runs, o.format = "two-blocs", []string{"time.ticks=1"}, []string{"influence.*"}, 20, frame.Parquet
		o.points = points
		s := newSweeping(t, o, t.TempDir())
		if err := s.play(context.Background()); err != nil {
			t.Fatal(err)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.Sys // all that was ever asked of the system
	}
	few := taken(500)
	many := taken(15_000)
	t.Logf("10 000 runs take %d MB, 300 000 runs %d MB", few>>20, many>>20)
	const spare = 40 << 20 // the points themselves, and a heap that breathes
	if many > few+spare || many > 300<<20 {
		t.Errorf("10 000 runs take %d MB, and 300 000 runs %d MB", few>>20, many>>20)
	}
}
