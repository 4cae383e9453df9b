package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"splinternet/models"
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
	aged := bytes.Replace(text, fmt.Appendf(nil, `"results_version":%d,`, models.ResultsVersion), []byte(`"results_version":999,`), 1)
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
