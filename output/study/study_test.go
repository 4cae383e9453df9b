package study

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/kind"
)

func sample() *Table {
	t := NewTable("sample", slices.Concat(Words("measure"), Numbers("mean"), Wholes("runs"))...)
	t.Row("openness", .25, 3)
	t.Row("hostility", math.NaN(), 0)
	return t
}

func files(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return strings.Join(list, " ")
}

// What is written is read again, its manifest describes it, and the same analysis
// gives the same bytes.
func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	m := New(kind.Comparison)
	m.Scenarios = []output.Scenario{{Name: "one", Hash: "h"}}
	if err := Write(dir, m, frame.CSV, []*Table{sample()}, Text{"mine.toml", "title = \"x\"\n"}); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); got != "manifest.json mine.toml sample.csv" {
		t.Fatal(got)
	}
	back, err := ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Files) != 2 || back.Files[0].Rows != 2 || back.Files[0].Name != "sample.csv" || len(back.Files[0].SHA256) != 64 {
		t.Errorf("%+v", back.Files)
	}
	f, err := frame.Read(dir, "sample")
	if err != nil {
		t.Fatal(err)
	}
	means, err := f.Numbers("mean")
	if err != nil || means[0] != .25 || !math.IsNaN(means[1]) {
		t.Errorf("%v, %v", means, err)
	}
}

// A folder is taken by anything but results of the same kind, and those only with
// force; what is replaced leaves nothing behind.
func TestCheck(t *testing.T) {
	dir := t.TempDir()
	if err := Check(dir, kind.Comparison, false); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	if err := Write(dir, New(kind.Comparison), frame.CSV, []*Table{sample()}, Text{"old.toml", ""}); err != nil {
		t.Fatal(err)
	}
	var taken *output.TakenError
	if err := Check(dir, kind.Comparison, false); !errors.As(err, &taken) || !taken.Replaceable {
		t.Errorf("results without force: %v", err)
	}
	if err := Check(dir, kind.Ablation, true); !errors.As(err, &taken) || taken.Replaceable {
		t.Errorf("results of another kind: %v", err)
	}
	if err := Check(dir, kind.Comparison, true); err != nil {
		t.Errorf("results with force: %v", err)
	}
	if err := Write(dir, New(kind.Comparison), frame.Parquet, []*Table{sample()}); err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); got != "manifest.json sample.parquet" {
		t.Error(got)
	}
}

// A manifest cannot make its replacement delete files elsewhere.
func TestForceStaysInTheFolder(t *testing.T) {
	root := t.TempDir()
	precious := filepath.Join(root, "precious")
	if err := os.WriteFile(precious, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, "r")
	m := New(kind.Comparison)
	if err := Write(dir, m, frame.CSV, []*Table{sample()}); err != nil {
		t.Fatal(err)
	}
	m.Files = append(m.Files, output.File{Name: "../precious"}, output.File{Name: precious})
	if err := writeManifest(dir, m); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, New(kind.Comparison), frame.CSV, []*Table{sample()}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(precious); err != nil {
		t.Error(err)
	}
}

// When writing fails nothing half-written stays.
func TestFailureLeavesNothing(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "r")
	bad := sample()
	bad.Name = "no/such/folder"
	if err := Write(dir, New(kind.Comparison), frame.CSV, []*Table{sample(), bad}); err == nil {
		t.Fatal("it was written")
	}
	if got := files(t, root); got != "" {
		t.Errorf("%s is left", got)
	}
}

func TestRowsThatDoNotFitPanic(t *testing.T) {
	for what, row := range map[string][]any{
		"too few": {"openness"}, "a word for a number": {"openness", "x", 1}, "a number for a word": {1., 1., 1}, "a kind": {"x", []int{}, 1},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", what)
				}
			}()
			sample().Row(row...)
		}()
	}
}

func TestJSON(t *testing.T) {
	text, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"measure":"openness","mean":0.25,"runs":3},{"measure":"hostility","mean":null,"runs":0}]`
	if string(text) != want {
		t.Errorf("%s", text)
	}
}
