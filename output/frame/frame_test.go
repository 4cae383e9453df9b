package frame

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"
)

// same tells whether two frames hold the same cells. A CSV file does not tell whole
// numbers from numbers, nor what kind of blank a blank column holds.
func same(a, b *Frame) error {
	if !slices.Equal(a.Names(), b.Names()) {
		return fmt.Errorf("columns %q and %q", a.Names(), b.Names())
	}
	if a.Rows() != b.Rows() {
		return fmt.Errorf("%d and %d rows", a.Rows(), b.Rows())
	}
	for _, name := range a.Names() {
		x, err := a.Words(name)
		if err != nil {
			return err
		}
		y, err := b.Words(name)
		if err != nil {
			return err
		}
		if !slices.Equal(x, y) {
			return fmt.Errorf("column %q: %q and %q", name, x, y)
		}
	}
	return nil
}

func anyFrame(t *rapid.T) *Frame {
	rows := rapid.IntRange(0, 30).Draw(t, "rows")
	names := rapid.SliceOfNDistinct(rapid.StringN(1, 8, -1).Filter(func(s string) bool {
		return !strings.ContainsAny(s, "\r\x00") && !strings.HasPrefix(s, "\ufeff")
	}), 1, 6, rapid.ID).Draw(t, "names")
	f := new(Frame)
	number := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-2, 2), rapid.Just(math.NaN()), rapid.Just(math.Inf(1)), rapid.Just(math.Copysign(0, -1)))
	whole := rapid.OneOf(rapid.Map(rapid.Int64Range(-maxWhole, maxWhole), func(n int64) float64 { return float64(n) }), rapid.Just(math.NaN()))
	// A letter in front keeps a column of words from looking like one of numbers.
	word := rapid.OneOf(rapid.Just(""), rapid.SampledFrom([]string{"true", "drift", `say "no", twice`, "two\nlines", " indented"}),
		rapid.Map(rapid.StringN(0, 5, -1), func(s string) string { return "w" + strings.ReplaceAll(s, "\r", "") }))
	for _, name := range names {
		c := Column{Name: name}
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			c.Numbers = rapid.SliceOfN(number, rows, rows).Draw(t, "numbers")
		case 1:
			c.Numbers, c.Whole = rapid.SliceOfN(whole, rows, rows).Draw(t, "whole numbers"), true
		default:
			c.Words = rapid.SliceOfN(word, rows, rows).Draw(t, "words")
		}
		f.Columns = append(f.Columns, c)
	}
	return f
}

// TestRoundTrip writes and reads any frame in both formats: the cells are the same in
// both, and the bytes are the same again.
func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		f := anyFrame(t)
		metadata := map[string]string{"plan": "abc", "results_version": "1", "scenario": "baseline"}
		var read []*Frame
		for _, format := range Formats {
			path := filepath.Join(dir, "t."+format)
			var texts [2][]byte
			for k := range texts {
				if err := Write(dir, "t", format, f, metadata); err != nil {
					t.Fatal(err)
				}
				texts[k], _ = os.ReadFile(path)
			}
			if len(texts[0]) == 0 || !bytes.Equal(texts[0], texts[1]) {
				t.Fatalf("%s: the same frame gives other bytes", format)
			}
			got, err := Read(dir, "t")
			if err != nil {
				t.Fatal(err)
			}
			if err := same(f, got); err != nil {
				t.Fatalf("%s: written and read: %v", format, err)
			}
			read = append(read, got)
			if entries, _ := os.ReadDir(dir); len(entries) != 1 {
				t.Fatalf("the folder holds %v", entries)
			}
		}
		if err := same(read[0], read[1]); err != nil {
			t.Fatalf("Parquet and CSV: %v", err)
		}
		for k := range f.Columns {
			for row, x := range read[0].Columns[k].Numbers {
				if y := read[1].Columns[k].Numbers; len(y) > 0 && x != y[row] && !math.IsNaN(x) {
					t.Fatalf("Parquet has %v and CSV %v", x, y[row])
				}
			}
		}
	})
}

// Row groups, pages and dictionaries begin anew within these rows.
const manyRows = 2*groupRows + 777

func many(t *testing.T, dir, format string) {
	t.Helper()
	w, err := Create(dir, "many", format, []Heading{{"run", Integer}, {"x", Number}, {"label", Word}, {"unlike", Word}, {"blank", Number}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for r := range manyRows {
		row := []Cell{{Number: float64(r)}, {Number: float64(r) / 8}, {Word: []string{"drift", "", "thin-consensus"}[r%3]}, {Word: fmt.Sprint("n", r)}, {Number: math.NaN()}}
		if err := w.Append(row); err != nil {
			t.Fatal(err)
		}
	}
	if w.Rows() != manyRows {
		t.Fatalf("%d rows", w.Rows())
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	w.Abort() // changes nothing any more
}

func each(dir, name string, columns []string, fn func(row []Cell) error) error {
	t, err := Open(dir, name)
	if err != nil {
		return err
	}
	return t.Each(columns, fn)
}

func TestStream(t *testing.T) {
	for _, format := range Formats {
		dir := t.TempDir()
		many(t, dir, format)
		n := 0
		err := each(dir, "many", []string{"label", "run", "unlike", "x", "blank"}, func(row []Cell) error {
			if row[0].Word != []string{"drift", "", "thin-consensus"}[n%3] || row[1].Number != float64(n) || row[2].Word != fmt.Sprint("n", n) ||
				row[3].Number != float64(n)/8 || !math.IsNaN(row[4].Number) && row[4].Word != "" {
				return fmt.Errorf("row %d is %v", n, row)
			}
			n++
			return nil
		})
		if err != nil || n != manyRows {
			t.Fatalf("%s: %d rows, %v", format, n, err)
		}
		stop := errors.New("enough")
		if err := each(dir, "many", nil, func([]Cell) error { return stop }); err != stop {
			t.Errorf("%s: the error of the caller comes back as %v", format, err)
		}
		if err := each(dir, "many", []string{"runs"}, nil); err == nil || !strings.Contains(err.Error(), `no column "runs"`) {
			t.Errorf("%s: an unknown column gives %v", format, err)
		}
		func() {
			defer func() {
				if r := recover(); r != "mine" {
					t.Errorf("%s: a panic of the caller comes back as %v", format, r)
				}
			}()
			_ = each(dir, "many", nil, func([]Cell) error { panic("mine") })
		}()
	}
}

func TestParquetFile(t *testing.T) {
	dir := t.TempDir()
	f := &Frame{Columns: []Column{
		{Name: "zeta", Numbers: []float64{1, math.NaN()}, Whole: true}, {Name: "alpha", Words: []string{"", "b"}}, {Name: "influence.bound", Numbers: []float64{.1, .2}},
	}}
	if err := Write(dir, "t", Parquet, f, map[string]string{"plan": "abc"}); err != nil {
		t.Fatal(err)
	}
	table, err := Open(dir, "t")
	if err != nil {
		t.Fatal(err)
	}
	want := []Heading{{"zeta", Integer}, {"alpha", Word}, {"influence.bound", Number}}
	if !slices.Equal(table.Columns, want) || table.Metadata["plan"] != "abc" {
		t.Errorf("columns %v, metadata %v", table.Columns, table.Metadata)
	}
}

// TestForeignParquet reads what other programs write: other types, cells that
// cannot be blank, columns that are nested.
func TestForeignParquet(t *testing.T) {
	type row struct {
		On    bool
		Few   int32
		Small float32
		Name  string
		Maybe *float64
	}
	half := .5
	dir := t.TempDir()
	if err := parquet.WriteFile(filepath.Join(dir, "t.parquet"), []row{{true, -3, .25, "x", nil}, {false, 4, 8, "", &half}}); err != nil {
		t.Fatal(err)
	}
	f, err := Read(dir, "t")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"On": {"true", "false"}, "Few": {"-3", "4"}, "Small": {"0.25", "8"}, "Name": {"x", ""}, "Maybe": {"", "0.5"},
	} {
		if got, err := f.Words(name); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	type nested struct{ List []int64 }
	if err := parquet.WriteFile(filepath.Join(dir, "n.parquet"), []nested{{[]int64{1}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir, "n"); err == nil || !strings.Contains(err.Error(), "flat") {
		t.Errorf("a nested column gives %v", err)
	}
}

func TestLookup(t *testing.T) {
	f := &Frame{Columns: []Column{
		{Name: "x", Numbers: []float64{1, math.NaN()}},
		{Name: "word", Words: []string{"a", ""}},
		{Name: "error", Words: []string{"", ""}},
	}}
	if x, err := f.Numbers("x"); err != nil || x[0] != 1 || !math.IsNaN(x[1]) {
		t.Errorf("numbers: %v, %v", x, err)
	}
	if x, err := f.Numbers("error"); err != nil || len(x) != 2 || !math.IsNaN(x[0]) {
		t.Errorf("a blank column as numbers: %v, %v", x, err)
	}
	if _, err := f.Numbers("word"); err == nil || !strings.Contains(err.Error(), `"a" in row 1`) {
		t.Errorf("words as numbers give %v", err)
	}
	if _, err := f.Words("y"); err == nil || !strings.Contains(err.Error(), "x, word, error") {
		t.Errorf("an unknown column gives %v", err)
	}
	if !f.Has("word") || f.Has("words") {
		t.Error("Has is wrong")
	}
}

func TestRefuse(t *testing.T) {
	dir := t.TempDir()
	var none *MissingError
	if _, err := Read(dir, "runs"); !errors.As(err, &none) || !strings.Contains(err.Error(), "neither runs.parquet nor runs.csv") {
		t.Errorf("a missing table gives %v", err)
	}
	column := []Heading{{"a", Integer}}
	for what, err := range map[string]error{
		"no table format": Write(dir, "t", "xls", &Frame{}, nil),
		"needs columns":   Write(dir, "t", CSV, &Frame{}, nil),
		"two columns":     Write(dir, "t", CSV, &Frame{Columns: []Column{{Name: "a", Words: []string{}}, {Name: "a", Words: []string{}}}}, nil),
		"has 2 rows":      Write(dir, "t", CSV, &Frame{Columns: []Column{{Name: "a", Words: []string{""}}, {Name: "b", Words: []string{"", ""}}}}, nil),
		"whole numbers":   Write(dir, "t", CSV, &Frame{Columns: []Column{{Name: "a", Numbers: []float64{.5}, Whole: true}}}, nil),
		"cannot write t":  func() error { _, err := Create(filepath.Join(dir, "none"), "t", CSV, column, nil); return err }(),
	} {
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: error is %v", what, err)
		}
	}
	for text, want := range map[string]string{
		"":          "is empty",
		"a,a\n1,2":  "two columns",
		"a,\n1,2":   "column 2 has no name",
		"a,b\n1\n":  "wrong number of fields",
		"a\n\"x\ny": "extraneous or missing",
	} {
		if err := os.WriteFile(filepath.Join(dir, "bad.csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(dir, "bad"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error is %v, and does not say %q", text, err, want)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "bad.parquet"), []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir, "bad"); err == nil || !strings.Contains(err.Error(), "no Parquet file") {
		t.Errorf("a CSV file called Parquet gives %v", err)
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), partSuffix) {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

// TestFullDisk writes to a device that is always full.
func TestFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("this system has no /dev/full")
	}
	for _, format := range Formats {
		dir := t.TempDir()
		if err := os.Symlink("/dev/full", filepath.Join(dir, "t."+format+partSuffix)); err != nil {
			t.Fatal(err)
		}
		err := Write(dir, "t", format, &Frame{Columns: []Column{{Name: "a", Words: []string{"x"}}}}, nil)
		if err == nil || !strings.Contains(err.Error(), "no space left") {
			t.Errorf("%s: a full disk gives %v", format, err)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 0 {
			t.Errorf("%s: %v was left behind", format, entries)
		}
	}
}

func TestRound(t *testing.T) {
	for x, want := range map[float64]float64{
		1. / 3: .333333333, -2e-10 / 3: -6.66666667e-11, 123456789: 123456789, 1234567891: 1234567890,
		0: 0, .25: .25,
	} {
		if got := Round(x); got != want {
			t.Errorf("%v is rounded to %v; want %v", x, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64().Draw(t, "x")
		if y := Round(x); Round(y) != y || math.Abs(y-x) > 5.01e-9*math.Abs(x) {
			t.Fatalf("%v is rounded to %v, and that to %v", x, y, Round(y))
		}
	})
}

func fuzzRead(f *testing.F, format string) {
	f.Fuzz(func(t *testing.T, text []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "t."+format), text, 0o600); err != nil {
			t.Fatal(err)
		}
		table, err := Read(dir, "t")
		if err != nil {
			return
		}
		for _, c := range table.Columns {
			if c.rows() != table.Rows() {
				t.Fatalf("column %q has %d rows of %d", c.Name, c.rows(), table.Rows())
			}
		}
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("run,label\n0,drift\n1,\n"))
	f.Add([]byte("\ufeffa\r\n1e5\r\n"))
	f.Add([]byte("a\n0x1p-2\n\"b\"\n"))
	fuzzRead(f, CSV)
}

func FuzzParquet(f *testing.F) {
	dir := f.TempDir()
	table := &Frame{Columns: []Column{{Name: "run", Numbers: []float64{0, 1}, Whole: true}, {Name: "label", Words: []string{"drift", ""}}}}
	if err := Write(dir, "t", Parquet, table, map[string]string{"plan": "abc"}); err != nil {
		f.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "t.parquet"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(text[:len(text)/2])
	fuzzRead(f, Parquet)
}

func BenchmarkWrite(b *testing.B) {
	for _, format := range Formats {
		b.Run(format, func(b *testing.B) {
			dir := b.TempDir()
			var columns []Heading
			for k := range 64 {
				columns = append(columns, Heading{fmt.Sprint("c", k), Number})
			}
			row := make([]Cell, len(columns))
			for b.Loop() {
				w, err := Create(dir, "t", format, columns, nil)
				if err != nil {
					b.Fatal(err)
				}
				for r := range 10000 {
					for k := range row {
						row[k].Number = math.Sin(float64(r*64 + k))
					}
					if err := w.Append(row); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Commit(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
