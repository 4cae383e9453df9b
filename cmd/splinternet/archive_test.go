package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"splinternet/cmd/splinternet/internal/console"
)

// folders are commands that make a folder of every kind that can be packed, small.
var folders = map[string]string{
	"compare":    "compare two-blocs two-blocs-security --runs 3 --ticks 6",
	"run":        "run two-blocs --runs 2 --ticks 6",
	"parquet":    "compare two-blocs two-blocs-power --runs 2 --ticks 6 --format parquet",
	"ablate":     "ablate two-blocs --runs 2 --ticks 6",
	"explain":    "explain two-blocs --runs 2 --ticks 6",
	"replicates": "replicates two-blocs --runs 20 --ticks 6",
	"calibrate":  "calibrate two-blocs --target target.toml --vary influence.bound --vary influence.pairing=all,random-pair --draws 20 --particles 10 --rounds 0 --check 4 --ticks 6",
	"sweep":      "sweep two-blocs --vary influence.bound --vary mechanisms.security=true,false --points 6 --set time.ticks=6 --format csv",
}

// call runs a command line in a folder of its own.
func call(t *testing.T, line string) {
	t.Helper()
	var out, err bytes.Buffer
	if status := Main(context.Background(), strings.Fields(line), nil, &out, &err); status != console.Done {
		t.Fatalf("%s: status %d\n%s", line, status, err.String())
	}
}

// packed makes a folder of a kind and unpacks its deposit.
func packed(t *testing.T, kind string) (unpacked string) {
	t.Helper()
	target := "[[target]]\nmeasure = \"openness\"\nvalue = 0.5\ntolerance = 0.1\n"
	if err := os.WriteFile("target.toml", []byte(target), 0o666); err != nil {
		t.Fatal(err)
	}
	call(t, folders[kind]+" --quiet --out "+kind)
	if kind == "sweep" {
		call(t, "sensitivity sweep --quiet")
	}
	call(t, "archive "+kind)
	z, err := zip.OpenReader(kind + ".zip")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	unpacked = filepath.Join("unpacked", kind)
	for _, f := range z.File {
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s has a time: %v", f.Name, f.Modified)
		}
		path := filepath.Join(unpacked, filepath.FromSlash(f.Name))
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return unpacked
}

// Every column of every table of every kind of folder is in the codebook, with a
// meaning; the scenarios load; the papers are there.
func TestDeposits(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, kind := range slices.Sorted(maps.Keys(folders)) {
		dir := packed(t, kind)
		file, err := os.Open(filepath.Join(dir, "codebook.csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(file).ReadAll()
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) < 20 {
			t.Errorf("%s: a codebook of %d columns", kind, len(rows)-1)
		}
		for _, row := range rows[1:] {
			if row[5] == "" || strings.Contains(row[5], "not described") {
				t.Errorf("%s: column %s of %s has no meaning", kind, row[1], row[0])
			}
		}
		_, errEvents := os.Stat(filepath.Join(dir, "events.csv"))
		if _, err := os.Stat(filepath.Join(dir, "codebook-events.csv")); (err == nil) != (errEvents == nil) {
			t.Errorf("%s: the kinds of events are described where there are events, and only there: %v", kind, err)
		}
		call(t, "scenario check "+filepath.Join(dir, "scenarios", "two-blocs.toml"))
		for _, name := range []string{"README.md", "CITATION.cff", "manifest.json", "read.R", "read.py"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "LICENSE-DATA")); err == nil {
			t.Errorf("%s: invented states need no terms of data", kind)
		}
	}
}

// The snippets of a deposit draw their figure, where their language is present.
// One kind of folder stands for all unless SPLINTERNET_FULL asks for them.
func TestReaderSnippets(t *testing.T) {
	kinds := []string{"compare"}
	if os.Getenv("SPLINTERNET_FULL") != "" {
		kinds = slices.Sorted(maps.Keys(folders))
	}
	for _, language := range []struct {
		name, program string
		file          string
		probe         []string // succeeds where the libraries are there
		parquet       []string
	}{
		{"Python", "python3", "read.py", []string{"-c", "import pandas, matplotlib"}, []string{"-c", "import pyarrow"}},
		{"R", "Rscript", "read.R", []string{"-e", "1"}, []string{"-e", "library(arrow)"}},
	} {
		t.Run(language.name, func(t *testing.T) {
			if out, err := exec.Command(language.program, language.probe...).CombinedOutput(); err != nil {
				t.Skipf("%s with what the snippet needs is not here: %v %s", language.name, err, bytes.TrimSpace(out))
			}
			t.Chdir(t.TempDir())
			for _, kind := range kinds {
				if kind == "parquet" && exec.Command(language.program, language.parquet...).Run() != nil {
					t.Logf("%s cannot read Parquet here", language.name)
					continue
				}
				cmd := exec.Command(language.program, language.file)
				cmd.Dir = packed(t, kind)
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", kind, err, out)
				}
				info, err := os.Stat(filepath.Join(cmd.Dir, "figure.png"))
				if err != nil || info.Size() < 1000 {
					t.Errorf("%s: no figure: %v", kind, err)
				}
			}
		})
	}
}

// What was changed after it was written, and what is not finished, is refused, with
// what to do.
func TestDepositsAreChecked(t *testing.T) {
	t.Chdir(t.TempDir())
	refused := func(line, want string) {
		t.Helper()
		var out, err bytes.Buffer
		if status := Main(context.Background(), strings.Fields(line), nil, &out, &err); status == console.Done || !strings.Contains(err.String(), want) {
			t.Errorf("%s: status %d, no %q in %s", line, status, want, err.String())
		}
	}
	call(t, folders["compare"]+" --quiet --out r")
	call(t, "archive r --out one.zip")
	call(t, "archive r --out two.zip")
	one, err := os.ReadFile("one.zip")
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile("two.zip")
	if err != nil || !bytes.Equal(one, two) {
		t.Error("the same folder gives other bytes", err)
	}
	refused("archive r --out one.zip", "one.zip exists already")
	call(t, "archive r --out one.zip --force")
	refused("archive nowhere", "there is no such folder")
	table := filepath.Join("r", "compare.csv")
	content, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(table, bytes.Replace(content, []byte("0."), []byte("1."), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	refused("archive r", "compare.csv is not the file that the manifest describes")
	manifest := filepath.Join("r", "manifest.json")
	text, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	broken := bytes.Replace(text, []byte(`"complete": true`), []byte(`"complete": false`), 1)
	if err := os.WriteFile(manifest, broken, 0o666); err != nil {
		t.Fatal(err)
	}
	refused("archive r", "r is not complete: 3 of 3 runs are finished")
	refused("archive r", "hint: play it again with --force")
	outside := bytes.Replace(text, []byte(`"name": "compare.csv"`), []byte(fmt.Sprintf(`"name": %q`, "../secret")), 1)
	if err := os.WriteFile(manifest, outside, 0o666); err != nil {
		t.Fatal(err)
	}
	refused("archive r", "does not lie in the folder")
	if _, err := os.Stat("r.zip"); err == nil {
		t.Error("a refused deposit was written")
	}
}

// A scenario of the shipped data brings the terms of these data along.
func TestDepositWithData(t *testing.T) {
	t.Chdir(t.TempDir())
	call(t, "run baseline --ticks 1 --quiet --out r")
	call(t, "archive r")
	z, err := zip.OpenReader("r.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "LICENSE-DATA" && f.UncompressedSize64 > 1000 }) {
		t.Error("no terms of the data")
	}
}
