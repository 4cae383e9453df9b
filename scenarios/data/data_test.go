package data

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"splinternet/models/world"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

func build(t testing.TB, o Options) *world.World {
	t.Helper()
	w, err := Build(o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.4f, want %.4f within %g", what, got, want, tolerance)
	}
}

func state(t testing.TB, w *world.World, id string) int {
	t.Helper()
	i := w.FindState(id)
	if i < 0 {
		t.Fatalf("no state %s", id)
	}
	return i
}

func TestTrustAtTheStart(t *testing.T) {
	w := build(t, Options{})
	usa, china := state(t, w, "USA"), state(t, w, "CHN")
	for _, c := range []struct {
		in         string
		usa, china float64
	}{
		{"DEU", .98, .40}, {"JPN", .98, .13}, {"BRA", .60, .53}, {"IND", .43, .32}, {"KEN", .32, .55},
	} {
		i := state(t, w, c.in) * w.States.N
		t.Logf("trust of %s in USA %.3f, in CHN %.3f", c.in, w.Dyads.Trust[i+usa], w.Dyads.Trust[i+china])
		near(t, c.in+" in USA", w.Dyads.Trust[i+usa], c.usa, .006)
		near(t, c.in+" in CHN", w.Dyads.Trust[i+china], c.china, .006)
	}
}

func TestPowerAtTheStart(t *testing.T) {
	w := build(t, Options{})
	st := &w.States
	west, openness := 0.0, 0.0
	members := w.Groups[w.FindGroup("west")].Members
	if len(members) != 41 {
		t.Errorf("the West has %d states, want 41", len(members))
	}
	for _, i := range members {
		west += st.Power[i]
	}
	for i := range st.N {
		openness += st.Power[i] * st.Position[i]
	}
	power := func(id string) float64 { return st.Power[state(t, w, id)] }
	t.Logf("power: West %.3f, USA %.3f, CHN %.3f, IND %.3f; power-weighted openness %.3f",
		west, power("USA"), power("CHN"), power("IND"), openness)
	near(t, "West", west, .57, .025)
	near(t, "USA", power("USA"), .26, .02)
	near(t, "CHN", power("CHN"), .18, .02)
	near(t, "IND", power("IND"), .043, .01)
	near(t, "openness", openness, .57, .04)
	china, russia := state(t, w, "CHN"), state(t, w, "RUS")
	// Of .9 recorded and .1 by capability, less what the floor of capable states takes.
	near(t, "offence", st.Offence[china]+st.Offence[russia]+
		st.Offence[state(t, w, "IRN")]+st.Offence[state(t, w, "PRK")], (.9*.81+.1*.29)/1.115, .01)
}

func TestDiplomacyAndOffices(t *testing.T) {
	w := build(t, Options{})
	st := &w.States
	order := make([]int, st.N)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if st.Diplomacy[a] > st.Diplomacy[b] {
			return -1
		}
		return 1
	})
	var top []string
	for _, i := range order[:9] {
		top = append(top, st.ID[i])
	}
	for _, id := range []string{"USA", "CHN", "GBR", "FRA", "RUS", "JPN", "DEU", "IND"} {
		if !slices.Contains(top, id) {
			t.Errorf("%s is not among the first in diplomacy: %v", id, top)
		}
	}
	if d := st.Diplomacy[state(t, w, "TUV")]; d > .02 {
		t.Errorf("Tuvalu has the diplomatic capacity %.3f", d)
	}
	if o := st.Office[state(t, w, "USA")]; o != -30 {
		t.Errorf("the American office opened in tick %d, want -30 (January 2011)", o)
	}
	if o := st.Office[state(t, w, "EST")]; o != world.NoOffice {
		t.Errorf("Estonia has an office in tick %d", o)
	}
}

func TestForumsAndTexts(t *testing.T) {
	w := build(t, Options{})
	text := func(id string) *world.Text {
		k := w.FindText(id)
		if k < 0 {
			t.Fatalf("no text %s", id)
		}
		return &w.Texts[k]
	}
	for k, f := range w.Forums {
		if f.Text >= 0 && w.Texts[f.Text].Forum != k {
			t.Errorf("text of %s belongs to another forum", f.ID)
		}
	}
	if k := w.FindForum("un_oewg"); k >= 0 {
		t.Error("the open-ended group exists before it is created")
	}
	if f := w.Forums[w.FindForum("un_gge")]; f.Status != world.Dormant || count(f.Members) != 25 {
		t.Errorf("un_gge is %s with %d members", f.Status, count(f.Members))
	}
	parties := 0
	budapest := text("budapest-convention")
	for _, a := range budapest.Adherence {
		if a == world.Party {
			parties++
		}
	}
	if parties != 60 || budapest.Kind != world.Treaty {
		t.Errorf("the Budapest Convention has %d parties, want 60", parties)
	}
	if w.FindText("wto-ecommerce-agreement") >= 0 || w.FindForum("wto_ecommerce") >= 0 {
		t.Error("there is an agreement on electronic commerce before anybody negotiates it")
	}
	for id, want := range map[string]int{"budapest-convention": 5, "malabo-convention": 15, "sco-agreement-2009": 0} {
		if got := text(id).Needed; got != want {
			t.Errorf("%s needs %d parties, want %d", id, got, want)
		}
	}
	state := w.FindState
	for id, want := range map[string]int{"MEX": -46, "NGA": -4, "BRA": 5, "ZAF": world.NotAdopted, "KOR": world.NotAdopted} {
		if got := budapest.Invited[state(id)]; got != want {
			t.Errorf("%s was invited to Budapest in tick %d, want %d", id, got, want)
		}
	}
	if budapest.Since[state("IRL")] != world.NotAdopted || budapest.Since[state("MEX")] != -56 || text("malabo-convention").Since != nil {
		t.Errorf("Ireland could join Budapest since tick %d, Mexico since %d", budapest.Since[state("IRL")], budapest.Since[state("MEX")])
	}
	if s := text("internet-standards").Stack; s != 0 {
		t.Errorf("internet standards recognise stack %d", s)
	}
	if n := text("gge-2015-norms"); !n.Covers(0) || n.Adopted != -11 {
		t.Errorf("norms of 2015: covers %v, adopted in %d", n.Covers(0), n.Adopted)
	}
	near(t, "First Committee", w.Forums[w.FindForum("un_ga1")].Position[0], .60, 0)
	near(t, "Third Committee", w.Forums[w.FindForum("un_ga3")].Position[0], .80, 0)
}

// The European Union ratifies the agreement on electronic commerce as one, those who did
// not support its text stay outside, and the convention of the United Nations knows who
// proposed it.
func TestConventionsOfThePresent(t *testing.T) {
	w := build(t, Options{Start: day(2026, time.January, 1)})
	trade := &w.Texts[w.FindText("wto-ecommerce-agreement")]
	if trade.AsOne != "eu" || w.FindForum(trade.AsOne) < 0 {
		t.Errorf("%q acts as one", trade.AsOne)
	}
	for id, want := range map[string]uint8{"BGR": world.Endorsed, "CHN": world.Endorsed, "JPN": world.Endorsed, "USA": world.Outside, "IDN": world.Outside, "IND": world.Outside} {
		i := w.FindState(id)
		if got := trade.Adherence[i]; got != want {
			t.Errorf("%s stands at %d, want %d", id, got, want)
		}
		if declined := id == "USA" || id == "IDN"; trade.Against[i] != declined {
			t.Errorf("%s has declined: %v", id, trade.Against[i])
		}
	}
	crime := &w.Texts[w.FindText("un-cybercrime-convention")]
	for _, i := range w.Forums[crime.Forum].Product.Proposers {
		if crime.Adherence[i] != world.Endorsed {
			t.Errorf("%s proposed the convention and has not signed it", w.StateID(i))
		}
	}
	if lead := w.Forums[crime.Forum].Sponsor; lead != w.FindState("RUS") || len(w.Forums[crime.Forum].Product.Proposers) != 8 {
		t.Errorf("led by %d with %v", lead, w.Forums[crime.Forum].Product.Proposers)
	}
}

func TestCatalogue(t *testing.T) {
	w := build(t, Options{})
	list := slices.Concat(w.Forums, w.Catalogue)
	if len(list) != 31 {
		t.Fatalf("%d forums in the catalogue", len(list))
	}
	for _, f := range list {
		if len(f.Members) != w.States.N || len(f.Firms) != w.Firms.N || math.IsNaN(f.Position[0]+f.Output) {
			t.Errorf("%s is incomplete", f.ID)
		}
		if f.ID == "un_oewg" && (f.Founded != 1 || count(f.Members) != 193 || w.StateID(f.Sponsor) != "RUS" || f.MandateEnd != 10) {
			t.Errorf("un_oewg: founded in tick %d to %d by %s", f.Founded, f.MandateEnd, w.StateID(f.Sponsor))
		}
	}
	if w.States.N != 193 || w.FindGroup("brics") < 0 {
		t.Errorf("%d states", w.States.N)
	}
}

func count(members []bool) (n int) {
	for _, in := range members {
		if in {
			n++
		}
	}
	return n
}

func TestDyads(t *testing.T) {
	w := build(t, Options{})
	n := w.States.N
	at := func(a, b string) int { return state(t, w, a)*n + state(t, w, b) }
	near(t, "hotline", w.Dyads.Channel[at("USA", "RUS")], .5, 0)
	near(t, "agreement of 2015", w.Dyads.Channel[at("CHN", "USA")], .5, 0)
	near(t, "OSCE", w.Dyads.Channel[at("DEU", "RUS")], .2, 0)
	near(t, "none", w.Dyads.Channel[at("DEU", "CHN")], 0, 0)
	if !w.Dyads.Rival[at("IND", "PAK")] || w.Dyads.Rival[at("EST", "NRU")] {
		t.Error("rivalries are wrong")
	}
	for k, pair := range [][2]string{{"DEU", "FRA"}, {"USA", "JPN"}, {"AUS", "NZL"}, {"RUS", "BLR"}, {"DEU", "CHE"}, {"NGA", "ZAF"}} {
		if got := w.Dyads.Ally[at(pair[0], pair[1])]; got != (k < 4) {
			t.Errorf("ally %v: %v", pair, got)
		}
	}
	most := uint8(0)
	for i := range n {
		for j := range n {
			a, b := i*n+j, j*n+i
			if w.Dyads.Shared[a] != w.Dyads.Shared[b] || w.Dyads.Ally[a] != w.Dyads.Ally[b] ||
				w.Dyads.Rival[a] != w.Dyads.Rival[b] || w.Dyads.Channel[a] != w.Dyads.Channel[b] {
				t.Fatalf("pair %d, %d is not symmetric", i, j)
			}
			most = max(most, w.Dyads.Shared[a])
		}
	}
	near(t, "largest shared", float64(most), 8, 4)
	fresh := slices.Clone(w.Dyads.Shared)
	w.CountShared()
	if !slices.Equal(fresh, w.Dyads.Shared) {
		t.Error("Shared is not idempotent")
	}
}

// TestInvariants: shares sum to 1, everything is in its domain, nothing is NaN.
func TestInvariants(t *testing.T) {
	for _, o := range []Options{
		{},
		{Start: time.Date(2014, 3, 17, 0, 0, 0, 0, time.UTC), Calendar: sim.Calendar{Tick: sim.Month}},
		{Start: time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC), Calendar: sim.Calendar{Tick: sim.Year}},
		{West: []Member{{ID: "USA"}, {ID: "GBR"}}},
		small(t),
	} {
		w := build(t, o)
		st, n := &w.States, w.States.N
		for k, share := range [][]float64{st.Economy, st.Capability, st.Structure, st.Power, st.Users, st.Offence} {
			near(t, fmt.Sprintf("sum of share %d", k), sum(share), 1, 1e-12)
			within(t, share, 0, 1)
		}
		within(t, st.Position, .01, .99)
		within(t, st.Uncertainty, 1e-6, 1/(IdealHigh-IdealLow)+1e-12)
		within(t, st.Growth, -.5, .5)
		within(t, st.Population, 1, math.MaxFloat64)
		within(t, st.Wealth, 1e-9, math.MaxFloat64)
		for _, v := range [][]float64{
			st.Penetration, st.Democracy, st.Diplomacy, st.Attendance, st.Control, st.Stack,
			w.Firms.Position, w.Firms.Tie, w.Firms.Diplomacy, w.Firms.Share, w.Dyads.Trust, w.Dyads.Channel,
		} {
			within(t, v, 0, 1)
		}
		for j := range n {
			total := 0.0
			for f := range w.Firms.N {
				total += w.Firms.Share[f*n+j]
			}
			if w.Firms.N > 0 {
				near(t, "market of "+st.ID[j], total, 1, 1e-12)
			}
		}
		for _, f := range w.Forums {
			within(t, []float64{f.Position[0], f.Legitimacy, f.Output}, 0, 1)
			if f.AgeAtStart < 0 || f.Founded > 0 || len(f.Members) != n {
				t.Errorf("%s: age %g, founded %d", f.ID, f.AgeAtStart, f.Founded)
			}
		}
		for _, x := range w.Texts {
			within(t, x.Compliance, .05, 1)
			if x.Adopted > 0 {
				t.Errorf("%s is adopted in tick %d", x.ID, x.Adopted)
			}
		}
		for _, g := range w.Groups {
			within(t, []float64{g.Cohesion}, 0, 1)
			if !slices.IsSorted(g.Members) || len(g.Members) == 0 {
				t.Errorf("group %s: %v", g.ID, g.Members)
			}
		}
	}
}

func within(t *testing.T, values []float64, low, high float64) {
	t.Helper()
	for k, v := range values {
		if !(v >= low && v <= high) {
			t.Errorf("value %d is %g, allowed %g to %g", k, v, low, high)
			return
		}
	}
}

func TestBuildTwice(t *testing.T) {
	if !reflect.DeepEqual(build(t, Options{}), build(t, Options{})) {
		t.Error("two builds differ")
	}
}

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
	raw, err := File(name)
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
	raw, err := File("states.csv")
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

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		if _, err := Build(Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
