package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"splinternet/scenarios"
)

var update = flag.Bool("update", false, "write the golden hashes of the tables anew (with SPLINTERNET_FULL=1)")

// golden holds, by table, the columns that are compared, and, by scenario, length,
// seed and table, the hash of their content.
const golden = "testdata/unchanged.csv"

// The tables of every library scenario are what they were, to the byte: whoever
// means to change no result sees here whether it is so. Whoever means to change
// results writes the hashes anew and says so in the commit:
//
//	SPLINTERNET_FULL=1 go test ./cmd/splinternet -run TestTablesAreUnchanged -update
//
// A column that is new is not compared until then. Without SPLINTERNET_FULL a few
// scenarios are played for three years.
func TestTablesAreUnchanged(t *testing.T) {
	full := os.Getenv("SPLINTERNET_FULL") != ""
	if *update && !full {
		t.Fatal("-update writes all hashes: it goes with SPLINTERNET_FULL=1")
	}
	want, columns := readGolden(t)
	var rows [][]string
	for _, s := range scenarios.Names() {
		quick := slices.Contains([]string{"baseline", "baseline-2025", "new-ip", "two-blocs", "big-tech-diplomacy", "liberal-convergence"}, s)
		for _, seed := range []string{"1", "2"} {
			for _, length := range []string{"12", "all"} {
				if !full && (length == "all" || seed == "2" || !quick) {
					continue
				}
				for _, hash := range playAndHash(t, s, seed, length, columns) {
					row := append([]string{s, length, seed}, hash...)
					rows = append(rows, row)
					if *update {
						continue
					}
					if key := strings.Join(row[:4], ","); want[key] != row[4] {
						t.Errorf("%s: the content is not what it was", key)
					}
				}
			}
		}
	}
	if *update {
		writeGolden(t, columns, rows)
	}
	if full && len(rows) != len(want) && !*update {
		t.Errorf("%d tables are compared, %d were there", len(rows), len(want))
	}
}

// playAndHash plays a scenario and hashes its tables. Where columns has no list for
// a table, it takes that of the table.
func playAndHash(t *testing.T, scenario, seed, length string, columns map[string][]string) (hashes [][]string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "r")
	line := fmt.Sprintf("run %s --seed %s --detail all --quiet --out %s", scenario, seed, dir)
	if length != "all" {
		line += " --ticks " + length
	}
	call(t, line)
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(files) < 6 {
		t.Fatalf("%s: tables %v, error %v", line, files, err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		hash, all := hashColumns(t, file, columns[name])
		if columns[name] == nil {
			columns[name] = all
		}
		hashes = append(hashes, []string{name, hash})
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	return hashes
}

// hashColumns hashes the named columns of a table, in that order; nil names all.
func hashColumns(t *testing.T, file string, names []string) (hash string, all []string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table := csv.NewReader(bufio.NewReaderSize(f, 1<<20))
	header, err := table.Read()
	if err != nil {
		t.Fatal(err)
	}
	if names == nil {
		names = header
	}
	places := make([]int, len(names))
	for k, name := range names {
		if places[k] = slices.Index(header, name); places[k] < 0 {
			t.Errorf("%s has no column %s any more", filepath.Base(file), name)
			return "", header
		}
	}
	table.ReuseRecord = true
	sum := sha256.New()
	to := bufio.NewWriter(sum)
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for _, k := range places {
			to.WriteString(row[k])
			to.WriteByte(0)
		}
		to.WriteByte('\n')
	}
	to.Flush()
	return hex.EncodeToString(sum.Sum(nil)[:8]), header
}

func readGolden(t *testing.T) (hashes map[string]string, columns map[string][]string) {
	t.Helper()
	hashes, columns = map[string]string{}, map[string][]string{}
	if *update {
		return hashes, columns
	}
	text, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSpace(line), ",")
		if fields[0] == "columns" {
			columns[fields[1]] = fields[2:]
		} else {
			hashes[strings.Join(fields[:4], ",")] = fields[4]
		}
	}
	return hashes, columns
}

func writeGolden(t *testing.T, columns map[string][]string, rows [][]string) {
	t.Helper()
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		fmt.Fprintf(&b, "columns,%s,%s\n", name, strings.Join(columns[name], ","))
	}
	for _, row := range rows {
		b.WriteString(strings.Join(row, ",") + "\n")
	}
	if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}
