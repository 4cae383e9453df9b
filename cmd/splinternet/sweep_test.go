package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"splinternet/models/verdict"
	"splinternet/output/frame"
	folder "splinternet/output/sweep"
	"splinternet/scenarios/studies/sweep"
)

// sweepCommands are what stories of sweeps need.
var sweepCommands = map[string]func(*testscript.TestScript, bool, []string){
	"head": firstLine, "grow": grow, "cut": cutShort, "damage": damage, "age": age,
	"same-run": sameRun, "same-hash": sameHash,
}

// head FILE TEXT checks that the first line of a file begins with a text.
func firstLine(ts *testscript.TestScript, _ bool, args []string) {
	line, _, _ := strings.Cut(ts.ReadFile(args[0]), "\n")
	if !strings.HasPrefix(line, args[1]) {
		ts.Fatalf("%s begins with %s", args[0], line)
	}
}

// grow FILE waits until a file becomes longer.
func grow(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	before := int64(-1)
	for range 1000 {
		info, err := os.Stat(path)
		ts.Check(err)
		if before < 0 {
			before = info.Size()
		}
		if info.Size() > before {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	ts.Fatalf("%s does not grow", args[0])
}

// cut FILE N takes the last N bytes off a file.
func cutShort(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	path := ts.MkAbs(args[0])
	info, err := os.Stat(path)
	ts.Check(err)
	ts.Check(os.Truncate(path, info.Size()-n))
}

// damage FILE RUN gives a run of a journal another margin, soundly written.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	run, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(folder.Rewrite(ts.MkAbs(args[0]), func(r *sweep.Record) {
		if r.Run == run {
			r.Margin += .125
		}
	}))
}

// age FILE makes a journal one of another results version.
func age(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	text := []byte(ts.ReadFile(args[0]))
	aged := bytes.Replace(text, []byte(`"results_version":1,`), []byte(`"results_version":999,`), 1)
	if bytes.Equal(aged, text) {
		ts.Fatalf("%s names no results version", args[0])
	}
	ts.Check(os.WriteFile(path, aged, 0o666))
}

// same-run FILE RUN DIR checks that a row of a table of runs is the run in a folder.
func sameRun(ts *testscript.TestScript, _ bool, args []string) {
	row := rowsByColumn(ts, args[0], args[1])
	other := rowsByColumn(ts, args[2]+"/verdicts.csv", "0")
	compared := 0
	for column, value := range other {
		if column == "run" || row[column] == "" {
			continue
		}
		if compared++; row[column] != value {
			ts.Fatalf("%s is %s in the table and %s in the run", column, row[column], value)
		}
	}
	const enough = 10 // the seed, the verdict and most headline measures
	if compared < enough {
		ts.Fatalf("only %d columns were compared", compared)
	}
}

func rowsByColumn(ts *testscript.TestScript, file, run string) map[string]string {
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(file))).ReadAll()
	ts.Check(err)
	for _, row := range rows[1:] {
		if row[0] == run {
			named := map[string]string{}
			for k, column := range rows[0] {
				named[column] = row[k]
			}
			return named
		}
	}
	ts.Fatalf("%s has no run %s", file, run)
	return nil
}

// same-hash A B checks that two manifests are of one scenario.
func sameHash(ts *testscript.TestScript, _ bool, args []string) {
	var hashes [2]string
	for k := range hashes {
		var m struct{ Scenario struct{ Hash string } }
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[k])), &m))
		hashes[k] = m.Scenario.Hash
	}
	if hashes[0] == "" || hashes[0] != hashes[1] {
		ts.Fatalf("the hashes are %q", hashes)
	}
}

// sweepFlags are options as the command line leaves them.
func sweepFlags(given ...string) sweepOptions {
	return sweepOptions{
		planFlags: planFlags{seed: 1, window: verdict.WindowYears}, format: frame.CSV, shards: 1, only: -1, workers: 2, quiet: true,
		changed:     func(flag string) bool { return slices.Contains(given, flag) },
		environment: func(string) string { return "" },
	}
}

// newSweeping prepares a sweep in a folder.
func newSweeping(tb testing.TB, o sweepOptions, dir string) *sweeping {
	tb.Helper()
	c := &console{out: io.Discard, err: io.Discard, quiet: true}
	p, err := o.planOf(c)
	if err != nil {
		tb.Fatal(err)
	}
	s := &sweeping{c: c, o: o, plan: p, dir: dir, shards: 1}
	if err := s.claim(); err != nil {
		tb.Fatal(err)
	}
	return s
}

// A run that panics is one row with an error; what its worker plays next is as if it
// had not.
func TestSweepOutlivesPanic(t *testing.T) {
	o := sweepFlags()
	o.scenario, o.set, o.vary, o.points, o.runs = "two-blocs", []string{"time.ticks=6"}, []string{"influence.bound"}, 6, 3
	var rows [2]map[string][]string
	for k := range rows {
		s := newSweeping(t, o, t.TempDir())
		if k == 1 {
			s.before = func(run int) {
				if run == 4 || run == 9 {
					panic("a mistake in the program")
				}
			}
		}
		if err := s.play(context.Background()); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(s.dir, "runs.csv"))
		if err != nil {
			t.Fatal(err)
		}
		all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		rows[k] = map[string][]string{}
		for _, row := range all {
			rows[k][row[0]] = row
		}
		if k == 1 {
			m, err := folder.Open(s.dir)
			if err != nil {
				t.Fatal(err)
			}
			want := "splinternet sweep --plan " + s.dir + " --only 4"
			if m.Failed != 2 || m.Failures[0].Command != want || m.Failures[1].Run != 9 {
				t.Errorf("failures are %+v", m.Failures)
			}
		}
	}
	for run, row := range rows[0] {
		other := rows[1][run]
		if run == "4" || run == "9" {
			if other[8] != "panic: a mistake in the program" || other[5] != "" || other[len(other)-1] != "" {
				t.Errorf("run %s, which panicked, is %q", run, other)
			}
		} else if !slices.Equal(row, other) {
			t.Errorf("run %s is\n%q\nafter a panic\n%q", run, row, other)
		}
	}
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
	p := &sweepProgress{progress: newProgress(&console{err: io.Discard}), left: 10}
	for run := range 4 {
		p.Finished(&sweep.Record{Run: run, Label: []string{"thin-consensus", "drift", "drift", ""}[run], Error: []string{"", "", "", "impossible"}[run]}, 0)
	}
	if got, want := p.line(2*time.Second), "run 4 of 10, 2.0 runs/s, 3s left: drift 67 %, thin consensus 33 %, 1 failed"; got != want {
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
		o.scenario, o.set, o.vary, o.runs, o.format = "two-blocs", []string{"time.ticks=1"}, []string{"influence.*"}, 20, frame.Parquet
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
