package sweep

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/scenarios/studies/sweep"
	"splinternet/sim"
)

const plan = "0123456789abcdef0123456789abcdef"

// layout of a sweep of n runs, three to a point, with two measures.
func layout(n int) *Layout {
	return &Layout{
		Plan: plan, Scenario: "scenario", Size: n, Measures: []string{"recovery", "openness"}, Ticks: true,
		Factors: []frame.Heading{{Name: "influence.bound", Kind: frame.Number}, {Name: "world.initial", Kind: frame.Word}},
		Of: func(run int) (int, int, uint64) {
			return run / 3, run % 3, sim.ReplicateSeed(1, run%3)
		},
		Value: func(point, factor int) frame.Cell {
			if factor == 0 {
				return frame.Cell{Number: float64(point) / 8}
			}
			return frame.Cell{Word: []string{"map", "draw"}[point%2]}
		},
	}
}

// record is what a run gives: a function of its index, as in a real sweep.
func record(run int) *sweep.Record {
	if run%7 == 3 {
		return &sweep.Record{Run: run, Error: fmt.Sprintf("run %d was impossible", run)}
	}
	x := float64(run)
	return &sweep.Record{
		Run: run, Label: []string{"drift", "thin-consensus"}[run%2], Margin: x / 16, Borderline: run%5 == 0,
		Values: []float64{x, x + 1, x + 2, -x, math.NaN(), .5}, Ticks: []float64{x, -x, x + .5, .25}, Start: 17713, Months: 3,
	}
}

// work plays at most n runs of a shard.
func work(t interface{ Fatal(...any) }, dir string, l *Layout, shard, shards, n int) {
	w, err := Begin(dir, l, shard, shards)
	if err != nil {
		t.Fatal(err)
	}
	for k := range min(n, w.Left()) {
		if err := w.Append(record(w.Run(k))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func tables(t interface{ Fatal(...any) }, dir string, l *Layout, format string) []byte {
	tally, files, err := Assemble(dir, format, l, false)
	if err != nil {
		t.Fatal(err)
	}
	if tally.Finished != l.Size || len(files) != 2 || files[0].rows != l.Size {
		t.Fatal(tally, files)
	}
	var all []byte
	for _, name := range []string{Runs, Ticks} {
		text, err := os.ReadFile(filepath.Join(dir, name+"."+format))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	return all
}

// TestAnyLayoutGivesTheSameBytes splits the work into shards, interrupts each at will,
// tears its journal, leaves the rest to one machine or not: the tables are the same.
func TestAnyLayoutGivesTheSameBytes(t *testing.T) {
	want := map[int][]byte{}
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{1, 2, 50, 700}).Draw(t, "size")
		l := layout(size)
		if want[size] == nil {
			dir, err := os.MkdirTemp("", "whole")
			if err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(dir)
			work(t, dir, l, 0, 1, size)
			want[size] = tables(t, dir, l, frame.Parquet)
		}
		dir, err := os.MkdirTemp("", "sweep")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		shards := rapid.IntRange(1, 5).Draw(t, "shards")
		for range rapid.IntRange(0, 6).Draw(t, "sessions") {
			shard := rapid.IntRange(0, shards-1).Draw(t, "shard")
			work(t, dir, l, shard, shards, rapid.IntRange(0, size).Draw(t, "runs"))
			if torn := rapid.IntRange(0, 300).Draw(t, "torn"); torn > 0 {
				tear(t, filepath.Join(dir, journalDir, fileName(shard, shards, 1)), int64(torn))
			}
		}
		if rapid.Bool().Draw(t, "one machine ends it") {
			work(t, dir, l, 0, 1, size)
		} else {
			for shard := range shards {
				work(t, dir, l, shard, shards, size)
			}
		}
		if got := tables(t, dir, l, frame.Parquet); !bytes.Equal(got, want[size]) {
			t.Fatal("the tables differ")
		}
	})
}

// tear cuts off the end of a file.
func tear(t interface{ Fatal(...any) }, path string, n int64) {
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, max(0, info.Size()-n)); err != nil {
		t.Fatal(err)
	}
}

func TestTable(t *testing.T) {
	dir, l := t.TempDir(), layout(8)
	work(t, dir, l, 0, 1, 8)
	tables(t, dir, l, frame.CSV)
	text, err := os.ReadFile(filepath.Join(dir, "runs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for k, want := range []string{
		"run,point,replicate,seed,influence.bound,world.initial,label,margin,borderline,error," +
			"recovery_first,recovery_last,recovery_end,openness_first,openness_last,openness_end",
		"0,0,0,1,0,map,drift,0,true,,0,1,2,0,,0.5",
		"1,0,1,4744253937173237,0,map,thin-consensus,0.0625,false,,1,2,3,-1,,0.5",
		"2,0,2," + fmt.Sprint(sim.ReplicateSeed(1, 2)) + ",0,map,drift,0.125,false,,2,3,4,-2,,0.5",
		"3,1,0,1,0.125,draw,,,,run 3 was impossible,,,,,,",
	} {
		if lines[k] != want {
			t.Errorf("line %d is\n%s\nwant\n%s", k+1, lines[k], want)
		}
	}
	text, err = os.ReadFile(filepath.Join(dir, "ticks.csv"))
	if err != nil {
		t.Fatal(err)
	}
	want := "run,point,replicate,seed,tick,date,recovery,openness\n0,0,0,1,0,2018-07-01,0,0\n0,0,0,1,1,2018-10-01,0.5,0.25\n1,0,1,4744253937173237,0,2018-07-01,1,-1\n"
	if !strings.HasPrefix(string(text), want) {
		t.Errorf("ticks are\n%.200s", text)
	}
}

// A damaged journal loses what comes after the damage, and nothing is taken for a run
// that is none.
func TestDamage(t *testing.T) {
	dir, l := t.TempDir(), layout(40)
	work(t, dir, l, 0, 1, 40)
	path := filepath.Join(dir, journalDir, fileName(0, 1, 1))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := slices.Clone(whole)
		at := rapid.IntRange(bytes.IndexByte(whole, '\n')+1, len(whole)-1).Draw(t, "at")
		text[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		r, err := newJournalReader("j", io.NopCloser(bytes.NewReader(text)))
		if err != nil {
			t.Fatal(err)
		}
		got, n := new(sweep.Record), 0
		for r.next(got) {
			if want := appendRecord(nil, record(n)); !bytes.Equal(appendRecord(nil, got), want) {
				t.Fatalf("run %d is read as %+v", n, got)
			}
			n++
		}
		if !r.torn || n >= 40 || r.good > int64(at) {
			t.Fatalf("damage at byte %d of %d is not noticed: %d runs, %d bytes are called good", at, len(whole), n, r.good)
		}
	})
}

func TestRefuse(t *testing.T) {
	dir, l := t.TempDir(), layout(20)
	work(t, dir, l, 1, 4, 20)
	var incomplete *IncompleteError
	if _, _, err := Assemble(dir, frame.CSV, l, false); !errors.As(err, &incomplete) || incomplete.Count() != 15 ||
		!slices.Equal(incomplete.Shards(4), []int{0, 2, 3}) {
		t.Errorf("missing runs give %v", err)
	}
	if tally, _, err := Assemble(dir, frame.CSV, l, true); err != nil || tally.Finished != 5 || tally.Failed != 1 {
		t.Errorf("a partial table: %+v, %v", tally, err)
	}
	other := *l
	other.Plan = "another"
	var foreign *OtherError
	if _, _, err := Assemble(dir, frame.CSV, &other, true); !errors.As(err, &foreign) || !strings.Contains(err.Error(), "another plan") {
		t.Errorf("another plan gives %v", err)
	}
	if _, err := Begin(dir, &other, 1, 4); !errors.As(err, &foreign) {
		t.Errorf("going on with another plan gives %v", err)
	}
	if _, err := Begin(dir, layout(2), 1, 4); !errors.As(err, &foreign) {
		t.Errorf("runs beyond the plan give %v", err)
	}
	work(t, dir, l, 0, 1, 20)
	path := filepath.Join(dir, journalDir, fileName(1, 4, 1))
	if err := Rewrite(path, func(r *sweep.Record) { r.Margin++ }); err != nil {
		t.Fatal(err)
	}
	// What is done already is not played again, so that the two journals share nothing.
	if _, _, err := Assemble(dir, frame.CSV, l, false); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, journalDir, fileName(0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	twice := filepath.Join(dir, journalDir, fileName(1, 4, 2))
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(twice, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Assemble(dir, frame.CSV, l, true); err != nil {
		t.Errorf("equal duplicates give %v", err)
	}
	if err := Rewrite(twice, func(r *sweep.Record) { r.Margin++ }); err != nil {
		t.Fatal(err)
	}
	var differ *DifferError
	if _, _, err := Assemble(dir, frame.CSV, l, true); !errors.As(err, &differ) || differ.Run != 1 {
		t.Errorf("different duplicates give %v", err)
	}
	if entries, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(entries) > 0 {
		t.Errorf("%v was left behind", entries)
	}
}

// Two processes cannot write one journal.
func TestLock(t *testing.T) {
	dir, l := t.TempDir(), layout(20)
	w, err := Begin(dir, l, 0, 2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(dir, l, 0, 2); err == nil {
		t.Skip("this system has no locks")
	} else if !errors.Is(err, output.ErrLocked) {
		t.Errorf("a second writer gets %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	work(t, dir, l, 0, 2, 20)
}

// fullDisk takes so many bytes and no more.
type fullDisk struct {
	*os.File
	left int
}

var errFull = errors.New("no space left on device")

func (d *fullDisk) Write(b []byte) (int, error) {
	n := min(d.left, len(b))
	d.left -= n
	if _, err := d.File.Write(b[:n]); err != nil {
		return 0, err
	}
	if n < len(b) {
		return n, errFull
	}
	return n, nil
}

// TestFullDisk fills the disk in the middle of a block: what was written before stays,
// and the work goes on when there is room again.
func TestFullDisk(t *testing.T) {
	dir, l := t.TempDir(), layout(1000)
	w, err := Begin(dir, l, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	const room = 60_000 // more than one block of runs, less than two
	w.Journal.file = &fullDisk{w.Journal.file.(*os.File), room}
	var failed error
	taken := 0
	for k := range w.Left() {
		if failed = w.Append(record(w.Run(k))); failed != nil {
			break
		}
		taken++
	}
	if !errors.Is(failed, errFull) || !strings.Contains(failed.Error(), "cannot write shard-0-of-1.journal") {
		t.Fatalf("a full disk gives %v after %d runs", failed, taken)
	}
	if again := w.Append(record(0)); again == nil {
		t.Error("a journal that failed takes more runs")
	}
	if err := w.Close(); !errors.Is(err, errFull) {
		t.Errorf("closing gives %v", err)
	}
	tally, _, err := Assemble(dir, frame.CSV, l, true)
	if err != nil || tally.Finished != w.Safe() || tally.Finished < blockRuns {
		t.Fatalf("%d runs are readable, %d were safe: %v", tally.Finished, w.Safe(), err)
	}
	work(t, dir, l, 0, 1, 1000)
	tables(t, dir, l, frame.CSV)
}

// What a journal holds is on disk after a block, whatever happens next.
func TestBlocks(t *testing.T) {
	dir, l := t.TempDir(), layout(1000)
	w, err := Begin(dir, l, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	for k := range 2*blockRuns + 10 {
		if err := w.Append(record(w.Run(k))); err != nil {
			t.Fatal(err)
		}
	}
	// The process dies here: nobody closes the journal.
	r, err := openJournal(w.Journal.path)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for r.next(new(sweep.Record)) {
		n++
	}
	if n < 2*blockRuns || w.Safe() < 2*blockRuns {
		t.Errorf("%d runs are on disk, want at least %d", n, 2*blockRuns)
	}
	r.close()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func FuzzJournal(f *testing.F) {
	header, err := Header{ResultsVersion: 1, Plan: plan, Shard: 0, Shards: 1}.line()
	if err != nil {
		f.Fatal(err)
	}
	text := slices.Clone(header)
	for run := range 4 {
		text = appendRecord(text, record(run))
	}
	f.Add(text)
	f.Add(text[:len(text)-3])
	f.Add(header)
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := newJournalReader("j", io.NopCloser(bytes.NewReader(text)))
		if err != nil {
			return
		}
		rest := text[r.good:]
		record := new(sweep.Record)
		for r.next(record) {
			rest = rest[len(r.framed)+8:]
			if record.Run%r.Shards != r.Shard {
				t.Fatalf("run %d is in the journal of shard %d of %d", record.Run, r.Shard, r.Shards)
			}
		}
		if int64(len(text)-len(rest)) != r.good {
			t.Fatalf("%d bytes are called good, %d were read", r.good, len(text)-len(rest))
		}
	})
}

func BenchmarkJournal(b *testing.B) {
	dir, l := b.TempDir(), layout(1<<30)
	w, err := Begin(dir, &Layout{Plan: plan, Size: 1 << 20, Of: l.Of}, 0, 1)
	if err != nil {
		b.Fatal(err)
	}
	r := record(0)
	for b.Loop() {
		r.Run++
		if err := w.Append(r); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
}
