package data

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"splinternet/models/world"
	"splinternet/scenarios/problem"
)

// TestRowOrder: neither the order of rows nor that of columns matters, in any file.
func TestRowOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	o := Options{Files: map[string]string{}}
	for _, f := range files {
		rows := content(t, f.name)
		body := rows[1:]
		rng.Shuffle(len(body), func(a, b int) { body[a], body[b] = body[b], body[a] })
		columns := rng.Perm(len(rows[0]))
		shuffled := make([][]string, len(rows))
		for k, row := range rows {
			for _, c := range columns {
				shuffled[k] = append(shuffled[k], row[c])
			}
		}
		o.Files[f.key] = write(t, f.key, shuffled)
	}
	if !reflect.DeepEqual(build(t, Options{}), build(t, o)) {
		t.Error("the order of rows changes the world")
	}
}

func content(t testing.TB, name string) [][]string {
	t.Helper()
	raw, err := embedded.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var in io.Reader = bytes.NewReader(raw)
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(in); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func write(t testing.TB, key string, rows [][]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), key+".csv")
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// small is a world of five states, one of them invented and nearly unknown.
func small(t testing.TB) Options {
	rows := content(t, "states.csv")
	kept := rows[:1]
	for _, row := range rows[1:] {
		if slices.Contains([]string{"USA", "CHN", "IND", "EST"}, row[0]) {
			kept = append(kept, row)
		}
	}
	unknown := make([]string, len(rows[0]))
	unknown[0] = "Atlantis"
	return Options{Files: map[string]string{"states": write(t, "states", append(kept, unknown))}}
}

func TestOwnStates(t *testing.T) {
	w := build(t, small(t))
	if w.States.N != 5 || w.States.ID[0] != "Atlantis" || w.States.Name[0] != "Atlantis" {
		t.Fatalf("states %v", w.States.ID)
	}
	if w.FindFirm("siemens") < 0 || w.Firms.Home[w.FindFirm("siemens")] != world.Abroad {
		t.Error("a firm whose home is not in the world is not abroad")
	}
	// Without a region, the world's median: of .896 (EST), .823 (USA), .077 (CHN)
	// and India's.
	known := []float64{w.States.Democracy[1], w.States.Democracy[2], w.States.Democracy[3], w.States.Democracy[4]}
	slices.Sort(known)
	near(t, "democracy of Atlantis", w.States.Democracy[0], (known[1]+known[2])/2, 1e-12)
	near(t, "trust in Atlantis", w.Dyads.Trust[5+0], .5, 1e-12)
}

func TestErrors(t *testing.T) {
	edit := func(name, column, value string) [][]string {
		rows := content(t, name)
		k := slices.Index(rows[0], column)
		if value == "(rename)" {
			rows[0][k] += "s"
		} else {
			rows[2][k] = value
		}
		return rows
	}
	for _, c := range []struct{ key, file, column, value, want string }{
		{"states", "states.csv", "gdp_usd", "(rename)", `column "gdp_usd" is missing (did you mean "gdp_usds"?); there are: iso3,`},
		{"states", "states.csv", "gdp_usd", "many", `.csv:3:36: gdp_usd "many" is not a number; allowed: a number from 1 on, or blank`},
		{"states", "states.csv", "vdem_polyarchy_2018", "1.2", `vdem_polyarchy_2018 1.2 is out of range; allowed: a number from 0 to 1`},
		{"states", "states.csv", "vdem_polyarchy_2018", "NaN", `out of range`},
		{"states", "states.csv", "iso3", "AFG", `.csv:3:1: state AFG comes twice`},
		{"states", "states.csv", "iso3", "", `is no identifier`},
		{"states", "states.csv", "nato", "yes", `nato "yes" is unknown; allowed: 1 (yes), 0 or blank (no)`},
		{"firms", "firms.csv", "sector", "telecon", `sector "telecon" is unknown (did you mean "telecom"?)`},
		{"forums", "forums_model.csv", "founded", "1986", `founded "1986" is no date; allowed: year-month-day`},
		{"forums", "forums_model.csv", "rule", "concensus", `(did you mean "consensus"?)`},
		{"forums", "forums_model.csv", "depth", "", `give both, or neither`},
		{"forum_members", "forum_members.csv", "iso3", "AGA", `state "AGA" is not in states.csv`},
		{"votes", "votes.csv", "vote", "maybe", `vote "maybe" is unknown; allowed: yes, no`},
		{"votes", "votes.csv", "iso3", "AFG", `votes twice`},
		{"agreement", "agreement.csv", "iso3_b", "AGO", `comes twice`},
		{"resolutions", "resolutions.csv", "kind", "treati", `(did you mean "treaty"?)`},
	} {
		_, err := Build(Options{Files: map[string]string{c.key: write(t, c.key, edit(c.file, c.column, c.value))}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s.%s = %q: got %v\nwant %s", c.key, c.column, c.value, err, c.want)
		}
	}
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Files: map[string]string{"state": "x"}}, `data file "state" is unknown (did you mean "states"?)`},
		{Options{Files: map[string]string{"states": "missing.csv"}}, `missing.csv`},
		{Options{West: []Member{{ID: "USB"}}}, `state "USB" is not in the data (did you mean "`},
	} {
		if _, err := Build(c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v\nwant %s", err, c.want)
		}
	}
}

// What is wrong with a file comes with its place; a state of the founding group that is
// not there, with the place that names it.
func TestProblemsHaveAPlace(t *testing.T) {
	firms := content(t, "firms.csv")
	firms[5][slices.Index(firms[0], "sector")] = "spice"
	named := problem.Place{File: "mine.toml", Line: 7, Key: "world.west"}
	path := write(t, "firms", firms)
	_, err := Build(Options{Files: map[string]string{"firms": path}, West: []Member{{ID: "USA"}, {ID: "USB", Place: named}}})
	var list problem.List
	if !errors.As(err, &list) || len(list) != 2 {
		t.Fatalf("got %v", err)
	}
	for _, p := range list {
		if p.Place != named && (p.File != path || p.Line != 6 || p.Column < 2) {
			t.Errorf("%+v", p)
		}
	}
}

// TestAllProblemsAtOnce: two mistakes in different files come in one error.
func TestAllProblemsAtOnce(t *testing.T) {
	states := content(t, "states.csv")
	states[5][slices.Index(states[0], "population")] = "-3"
	firms := content(t, "firms.csv")
	firms[5][slices.Index(firms[0], "home_iso3")] = ""
	_, err := Build(Options{Files: map[string]string{"states": write(t, "states", states), "firms": write(t, "firms", firms)}})
	if err == nil || !strings.Contains(err.Error(), "population -3") || !strings.Contains(err.Error(), "home_iso3") {
		t.Errorf("got %v", err)
	}
}

func TestMemberListsAgree(t *testing.T) {
	s, err := load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range s.forumRows {
		for _, m := range memberships {
			if m.group != row.id || len(row.listed) == 0 {
				continue
			}
			for i, in := range (&institutions{s}).members(row) {
				if in != slices.Contains(row.listed, i) {
					t.Errorf("%s: states.csv and forum_members.csv disagree on %s", row.id, s.rows[i].id)
				}
			}
		}
	}
}

func FuzzStates(f *testing.F) {
	raw, err := embedded.ReadFile("states.csv")
	if err != nil {
		f.Fatal(err)
	}
	lines := bytes.SplitAfter(raw, []byte("\n"))
	f.Add(bytes.Join(lines[:4], nil))
	f.Add([]byte("iso3\n\"A"))
	f.Add([]byte("\xef\xbb\xbfiso3,iso3\n,,\n"))
	f.Add([]byte{0x1f, 0x8b, 8})
	path := filepath.Join(f.TempDir(), "states.csv")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		bad := newCollector()
		s := &records{files: paths{"states": path}}
		s.readStates(bad)
		if bad.Err() != nil {
			return
		}
		if len(s.rows) == 0 {
			t.Fatal("no states, and no error")
		}
		for _, row := range s.rows {
			if math.IsNaN(row.gdp + row.growth + row.population + row.online + row.ideal + row.cinc + row.democracy) {
				t.Fatalf("%s has unknown values", row.id)
			}
		}
	})
}
