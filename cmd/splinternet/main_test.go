package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/sim"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"splinternet": main})
}

// The stories of testdata/script are the promises of the command.
func TestStories(t *testing.T) {
	commands := map[string]func(*testscript.TestScript, bool, []string){
		"await": await, "json": checkJSON, "rows": compareRows, "same": sameSide, "rest": restOfRun, "status": exitsWith, "whole": allWhole,
	}
	maps.Copy(commands, sweepCommands)
	testscript.Run(t, testscript.Params{Dir: "testdata/script", Cmds: commands})
}

// await FILE waits until a file holds something: a run has been finished.
func await(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	for range 1000 {
		if info, err := os.Stat(path); err == nil && info.Size() > 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s stays empty", args[0])
}

// json FILE KEY.KEY VALUE compares a value of a JSON file; "stdout" is the last
// command's output.
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	var value any
	text := ts.ReadFile(args[0])
	if strings.Contains(text, "NaN") {
		ts.Fatalf("NaN in JSON")
	}
	ts.Check(json.Unmarshal([]byte(text), &value))
	if len(args) == 1 {
		return
	}
	for key := range strings.SplitSeq(args[1], ".") {
		object, ok := value.(map[string]any)
		if !ok || object[key] == nil {
			ts.Fatalf("%s has no %s in\n%s", args[0], args[1], text)
		}
		value = object[key]
	}
	if len(args) == 2 {
		return
	}
	found, err := json.Marshal(value)
	ts.Check(err)
	if same := string(found) == args[2]; same == neg {
		ts.Fatalf("%s is %s", args[1], found)
	}
}

// rows DIR RUN OTHER checks that the folder OTHER holds, as run 0, the rows of
// run RUN of the folder DIR, in every table that has the run.
func compareRows(ts *testscript.TestScript, _ bool, args []string) {
	for _, table := range []string{"ticks.csv", "events.csv", "verdicts.csv"} {
		one, other := rowsOf(ts, args[0]+"/"+table, args[1]), rowsOf(ts, args[2]+"/"+table, "0")
		if table != "events.csv" && one == "" || one != other {
			ts.Fatalf("%s differs:\n%s\n%s", table, one, other)
		}
	}
}

// rest WHOLE DATE PART checks that every table of the folder PART has, to the byte, the
// rows of the folder WHOLE from a date on; the verdict is the same.
func restOfRun(ts *testscript.TestScript, neg bool, args []string) {
	differ := ""
	for _, table := range []string{"ticks", "events", "verdicts", "votes", "agents", "links"} {
		var rest strings.Builder
		at := -1 // the column of the date; verdicts have none
		for line := range strings.Lines(ts.ReadFile(args[0] + "/" + table + ".csv")) {
			fields := strings.Split(line, ",") // dates stand before all texts
			if rest.Len() == 0 {
				at = slices.Index(fields, "date")
			} else if at >= 0 && fields[at] < args[1] {
				continue
			}
			rest.WriteString(line)
		}
		if got := ts.ReadFile(args[2] + "/" + table + ".csv"); got != rest.String() {
			differ += " " + table
		} else if lines := strings.Count(got, "\n"); lines < 2 && table != "votes" {
			ts.Fatalf("%s has no rows after %s", table, args[1])
		}
	}
	if same := differ == ""; same == neg {
		ts.Fatalf("what differs from %s on:%s", args[1], differ)
	}
}

// same TABLE SIDE OTHER NAME checks that the rows of a side in a table of runs are
// those of another side in another table.
func sameSide(ts *testscript.TestScript, _ bool, args []string) {
	one, other := rowsOf(ts, args[0], args[1]), rowsOf(ts, args[2], args[3])
	if one == "" || one != other {
		ts.Fatalf("%s of %s and %s of %s differ:\n%s\n%s", args[1], args[0], args[3], args[2], one, other)
	}
}

// status N ARGS... checks the exit status of a command line.
func exitsWith(ts *testscript.TestScript, _ bool, args []string) {
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec("splinternet", args[1:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, not %s", got, args[0])
	}
}

// whole DIR fails when anything below a folder is only half-written.
func allWhole(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".part") {
			err = fmt.Errorf("%s was left behind", path)
		}
		return err
	}))
}

func rowsOf(ts *testscript.TestScript, path, run string) string {
	var b strings.Builder
	for line := range strings.Lines(ts.ReadFile(path)) {
		if rest, ok := strings.CutPrefix(line, run+","); ok {
			b.WriteString(rest)
		}
	}
	return b.String()
}

// seed R prints the seed of the replicate that a story repeats; the stories
// spell it out, so it must not change unnoticed.
func TestSeedOfReplicate(t *testing.T) {
	if got := sim.ReplicateSeed(7, 2); got != 7875564127673392 {
		t.Errorf("replicate 2 of seed 7 has seed %d: change testdata/script/reproduce.txtar, too", got)
	}
}

// A second look at the seam: Main needs no process of its own.
func TestMainReturnsStatus(t *testing.T) {
	for _, c := range []struct {
		args   string
		status int
	}{
		{"version", console.Done},
		{"--help", console.Done},
		{"nonsense", console.Usage},
		{"run --runs 0", console.Usage},
		{"run no-such-scenario", console.Usage},
		{"why nowhere --state A --text B", console.Usage},
	} {
		var out, err bytes.Buffer
		if got := Main(context.Background(), strings.Fields(c.args), nil, &out, &err); got != c.status {
			t.Errorf("%s: status %d, want %d; %s", c.args, got, c.status, err.String())
		}
		if c.status == console.Done && (out.Len() == 0 || err.Len() > 0) {
			t.Errorf("%s: data %d bytes, talk %q", c.args, out.Len(), err.String())
		}
		if c.status != console.Done && (out.Len() > 0 || !strings.HasPrefix(err.String(), "splinternet: error: ")) {
			t.Errorf("%s: data %q, talk %q", c.args, out.String(), err.String())
		}
	}
}
