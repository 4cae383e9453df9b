package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

var (
	fakeCalendar = sim.Calendar{Start: time.Date(2018, 7, 1, 0, 0, 0, 0, time.UTC), Tick: sim.Quarter, Ticks: 12}
	fakeStates   = []string{"CHN", "IND"}
)

func fakeManifest(runs int) *Manifest {
	m := NewManifest(fakeCalendar, models.Declarations(), &models.Settings{Off: map[string]bool{"influence": true}})
	m.Scenario = Scenario{Name: "fake", Title: "A fake", Text: "title = \"A fake\"\n"}
	m.Seed, m.Runs, m.Detail = 1, runs, Detail{Runs: []int{0}}
	return m
}

// fakeResult is what a run might return, without a run.
func fakeResult(seed uint64, label verdict.Label) *models.Result {
	r := &models.Result{Seed: seed}
	for k := range measures.All() {
		series := make([]float64, fakeCalendar.Ticks)
		for t := range series {
			series[t] = float64(t) / float64(k+2)
			if k%2 == 1 && t%4 != 0 {
				series[t] = nan
			}
		}
		r.Series.Values = append(r.Series.Values, series)
	}
	for range fakeCalendar.Ticks {
		r.Verdict.History = append(r.Verdict.History, label)
	}
	r.Verdict.Label, r.Verdict.Margin, r.Verdict.Reason = label, 0.25, "because"
	r.Verdict.Tests = []verdict.Test{{Measure: "r0", Value: 0.9, Threshold: 0.75, Parameter: "verdict.reachability", Above: true}}
	r.Verdict.Robust = []verdict.Robustness{{Parameter: "verdict.reachability", Lower: label, Higher: verdict.Hostile}}
	r.Entries = []world.Entry{
		{Tick: 1, Kind: "vote", Name: "A/1", Actors: []string{"state.IND", "state.CHN"}, Targets: []string{"A/1", "f"}, Value: 0.5, Text: `Yes, "and" no.`, Weight: 0.5, Yes: 1, No: 1, By: "model"},
		{Tick: 2, Kind: "shock", Name: "s", Targets: []string{"state.IND"}, Value: -0.25, Text: "Quake.", Weight: 0.1, By: "scenario"},
	}
	r.Ballots = []voting.Ballot{
		{Tick: 1, Text: "A/1", State: 1, Vote: voting.Yes, By: "model", Utility: utility(0.5, -0.25)},
		{Tick: 1, Text: "A/1", State: 0, Vote: voting.No, By: "scenario", Utility: utility(-2, 0)},
	}
	return r
}

// utility is one of two terms.
func utility(spatial, noise float64) (u voting.Utility) {
	u.Add(voting.Spatial, spatial)
	u.Add(voting.Noise, noise)
	return u
}

func fakeWorld() *world.World {
	w := &world.World{Dim: 1, Dyads: world.NewDyads(2)}
	s := &w.States
	s.N, s.ID, s.Name, s.Office = 2, fakeStates, []string{"China", "India"}, []int{world.NoOffice, 0}
	for _, v := range []*[]float64{
		&s.Position, &s.Anchor, &s.Salience, &s.Power, &s.Economy, &s.Capability, &s.Structure,
		&s.Users, &s.Offence, &s.Diplomacy, &s.Control, &s.Threat, &s.Stack,
	} {
		*v = []float64{0.25, 0.75}
	}
	w.Stacks = []world.Stack{{ID: "tcp-ip", Name: "TCP/IP", Proposed: true}}
	w.Forums = []world.Forum{{ID: "un_gge", Name: "GGE", Position: []float64{0.5}, Members: []bool{true, false}}}
	w.Firms = world.Firms{
		N: 1, ID: []string{"huawei"}, Name: []string{"Huawei"}, Size: []float64{100}, Position: []float64{0.1},
		Tie: []float64{1}, Share: []float64{1, 0.5}, Ban: []float64{0, 1},
	}
	return w
}

// write plays fake runs into a folder, with the detail of the first.
func write(t *testing.T, dir string, m *Manifest, runs int, force bool) *Summary {
	t.Helper()
	f, err := Create(dir, m, force)
	if err != nil {
		t.Fatal(err)
	}
	s := NewSummary(m, fakeCalendar, dir)
	e := NewEncoder(m, fakeCalendar, fakeStates, models.Declarations())
	for run := range runs {
		rows, result := encode(t, e, run)
		if err := f.Append(rows); err != nil {
			t.Fatal(err)
		}
		s.Add(result, fakeStates)
	}
	if err := f.Commit(1); err != nil {
		t.Fatal(err)
	}
	return s
}

func encode(t *testing.T, e *Encoder, run int) (*Rows, *models.Result) {
	t.Helper()
	recording := e.Begin(run, uint64(run+100))
	result := fakeResult(uint64(run+100), verdict.Labels[2+run%2])
	if recording.Each != nil {
		for k := range fakeCalendar.Ticks {
			if err := recording.Each(&sim.Tick{Index: k}, fakeWorld()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !recording.Ballots {
		result.Ballots = nil
	}
	return e.End(result), result
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestFolderRoundTrip(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "results", "fake")
	write(t, dir, fakeManifest(3), 3, false)
	results, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	m := results.Manifest
	if !m.Complete || m.Finished != 3 || len(m.Files) != int(tableCount) || !m.Detail.Has(0) || m.Detail.Has(1) {
		t.Errorf("manifest: %+v", m)
	}
	if c := m.Calendar; c.Start != "2018-07-01" || c.Tick != "quarter" || c.Ticks != fakeCalendar.Ticks {
		t.Errorf("calendar: %+v", c)
	}
	want := fakeResult(100, verdict.Thin)
	n := 0
	for row, err := range results.Rows(Ticks) {
		if err != nil {
			t.Fatal(err)
		}
		tick := row.Integer("tick")
		if row.Run != n/fakeCalendar.Ticks || tick != n%fakeCalendar.Ticks || row.Seed != uint64(100+row.Run) {
			t.Fatalf("row %d is run %d, seed %d, tick %d", n, row.Run, row.Seed, tick)
		}
		for k, name := range m.Measures {
			x, y := row.Number(name), want.Series.Values[k][tick]
			if math.IsNaN(x) != math.IsNaN(y) || math.Abs(x-y) > 1e-8 {
				t.Fatalf("tick %d, %s: %v, want %v", tick, name, x, y)
			}
		}
		n++
	}
	if n != 3*fakeCalendar.Ticks {
		t.Errorf("%d rows of ticks", n)
	}
}

// collect reads a whole table.
func collect[T any](t *testing.T, rows func(func(T, error) bool)) []T {
	t.Helper()
	var all []T
	for row, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

func TestReaders(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fakeManifest(2), 2, false)
	results, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	events := collect(t, results.ReadEvents())
	if e := events[0]; len(events) != 4 || e.Text != `Yes, "and" no.` || !slices.Equal(e.Actors, []string{"state.IND", "state.CHN"}) ||
		!slices.Equal(e.Targets, []string{"A/1", "f"}) || e.Value != 0.5 || e.Yes != 1 {
		t.Errorf("events: %+v", events)
	}
	if e := events[1]; e.Actors != nil || !slices.Equal(e.Targets, []string{"state.IND"}) || e.Value != -0.25 {
		t.Errorf("events: %+v", events)
	}
	votes := collect(t, results.ReadVotes())
	for row, err := range results.Rows(Votes) {
		if err != nil {
			t.Fatal(err)
		}
		for k, term := range voting.Terms {
			if got := row.Number(term.Name); got != utility(0.5, -0.25).Terms[k] {
				t.Errorf("%s is %g in votes.csv", term.Name, got)
			}
		}
		break
	}
	if v := votes[0]; len(votes) != 2 || v.State != "IND" || v.Vote != "yes" || v.Utility != utility(0.5, -0.25) || v.Date != "2018-10-01" {
		t.Errorf("votes: %+v", votes)
	}
	verdicts := 0
	for row, err := range results.Rows(Verdicts) {
		if err != nil {
			t.Fatal(err)
		}
		if verdicts++; verdicts == 2 && (row.Text("label") != "managed-fragmentation" || row.Number("margin") != 0.25 || row.Boolean("borderline")) {
			t.Errorf("the second verdict is %s", row.Text("label"))
		}
	}
	if verdicts != 2 {
		t.Errorf("%d verdicts", verdicts)
	}
	links := collect(t, results.ReadLinks())
	if l := links[1]; len(links) != 2 || l.I != "CHN" || l.J != "IND" || l.Tick != fakeCalendar.Ticks-1 {
		t.Errorf("links: %+v", links)
	}
	ticks, lives := map[int]bool{}, map[int]bool{}
	for _, a := range collect(t, results.ReadAgents()) {
		if a.Kind == "forum" && a.Variable == "legitimacy" {
			lives[a.Tick] = true
		} else if a.Kind != "forum" {
			ticks[a.Tick] = true
		}
		if a.Kind == "firm" && a.Variable == "users" && a.Value != 0.625 {
			t.Errorf("%+v", a)
		}
	}
	if len(ticks) != 3 || !ticks[0] || !ticks[8] || !ticks[11] { // first, after two years, last
		t.Errorf("agents at ticks %v", ticks)
	}
	if len(lives) != fakeCalendar.Ticks {
		t.Errorf("lives of forums at ticks %v", lives)
	}
	if names, err := results.StateNames(0); err != nil || names["IND"] != "India" || len(names) != 2 {
		t.Errorf("names: %v, %v", names, err)
	}
}

func TestInterruptedRunsStayUsable(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fakeManifest(10), 2, false)
	results, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if m := results.Manifest; m.Complete || m.Finished != 2 || m.Runs != 10 {
		t.Errorf("complete %v, finished %d of %d", m.Complete, m.Finished, m.Runs)
	}
	if n := len(collect(t, results.Rows(Verdicts))); n != 2 {
		t.Errorf("%d verdicts", n)
	}
}

func TestAbortLeavesNothing(t *testing.T) {
	base := t.TempDir()
	f, err := Create(filepath.Join(base, "a", "b"), fakeManifest(1), false)
	if err != nil {
		t.Fatal(err)
	}
	f.Abort()
	if names := list(t, base); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
}

// brokenFile is a disk that is full.
type brokenFile struct{}

func (brokenFile) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }
func (brokenFile) Close() error              { return nil }

func TestFullDiskLeavesOldResults(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fakeManifest(1), 1, false)
	before := list(t, dir)
	m := fakeManifest(2)
	f, err := Create(dir, m, true)
	if err != nil {
		t.Fatal(err)
	}
	f.tables[Events].file.Close()
	f.tables[Events].file = brokenFile{}
	rows, _ := encode(t, NewEncoder(m, fakeCalendar, fakeStates, models.Declarations()), 0)
	if err := f.Append(rows); err == nil || !strings.Contains(err.Error(), "events.csv: no space left") {
		t.Errorf("error: %v", err)
	}
	f.Abort()
	if after := list(t, dir); !slices.Equal(before, after) {
		t.Errorf("before %v, after %v", before, after)
	}
	if r, err := Open(dir); err != nil || r.Manifest.Runs != 1 {
		t.Errorf("the old results are gone: %v", err)
	}
}

func TestOverwriting(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fakeManifest(1), 1, false)
	note := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(note, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	var taken *TakenError
	if _, err := Create(dir, fakeManifest(1), false); !errors.As(err, &taken) || !taken.Replaceable {
		t.Errorf("results are not protected: %v", err)
	}
	write(t, dir, fakeManifest(2), 2, true)
	if text, err := os.ReadFile(note); err != nil || string(text) != "mine" {
		t.Errorf("a file of the user is gone: %v", err)
	}
	if r, err := Open(dir); err != nil || r.Manifest.Runs != 2 {
		t.Errorf("not replaced: %v", err)
	}
}

func TestForeignFoldersAreNeverTouched(t *testing.T) {
	for name, text := range map[string]string{"notes.txt": "mine", ManifestName: `{"name": "a web page"}`, "ticks.csv": "a,b"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		var taken *TakenError
		if _, err := Create(dir, fakeManifest(1), true); !errors.As(err, &taken) || taken.Replaceable {
			t.Errorf("%s: %v", name, err)
		}
		if names := list(t, dir); !slices.Equal(names, []string{name}) {
			t.Errorf("%s: folder holds %v", name, names)
		}
	}
}

// Another run that is writing, or one that was killed, is noticed.
func TestUnfinishedTables(t *testing.T) {
	dir := t.TempDir()
	other, err := Create(dir, fakeManifest(1), false)
	if err != nil {
		t.Fatal(err)
	}
	// While somebody writes there, force does not help, where the system has locks.
	var taken *TakenError
	if _, err := Create(dir, fakeManifest(1), false); !errors.As(err, &taken) || taken.Replaceable && runtime.GOOS != "windows" {
		t.Fatalf("error: %v", err)
	}
	for _, p := range other.tables { // as when the program is killed
		p.file.Close()
	}
	if _, err := Create(dir, fakeManifest(1), false); !errors.As(err, &taken) || !taken.Replaceable {
		t.Fatalf("error: %v", err)
	}
	write(t, dir, fakeManifest(1), 1, true)
}

func TestUnwritableFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below")} {
		if _, err := Create(dir, fakeManifest(1), true); err == nil {
			t.Errorf("%s: no error", dir)
		}
	}
}

func TestOtherVersionsAreRefused(t *testing.T) {
	for what, change := range map[string]func(*Manifest){
		"format":  func(m *Manifest) { m.FormatVersion++ },
		"results": func(m *Manifest) { m.ResultsVersion++ },
	} {
		dir := t.TempDir()
		m := fakeManifest(1)
		change(m)
		write(t, dir, m, 1, false)
		var version *VersionError
		if _, err := Open(dir); !errors.As(err, &version) || version.What != what {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestBrokenTableIsReported(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, fakeManifest(1), 1, false)
	path := filepath.Join(dir, "votes.csv")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte("-0.25"), []byte("x"), 1)
	if err := os.WriteFile(path, text, 0o666); err != nil {
		t.Fatal(err)
	}
	results, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range results.ReadVotes() {
		if err != nil {
			if !strings.Contains(err.Error(), "votes.csv:2: noise") {
				t.Errorf("error: %v", err)
			}
			return
		}
	}
	t.Error("no error")
}

func TestSummary(t *testing.T) {
	s := write(t, t.TempDir(), fakeManifest(3), 3, false)
	s.Dir = "results/fake"
	if s.Modal() != verdict.Thin || s.counts[verdict.Managed] != 1 {
		t.Errorf("modal %s, counts %v", s.Modal(), s.counts)
	}
	if s.next != (swing{"A/1", "IND"}) {
		t.Errorf("next: %v", s.next)
	}
	var screen strings.Builder
	if err := s.WriteScreen(&screen, Look{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"THIN CONSENSUS in 67 % of runs", "33 %   6 % to 79 %", "Median margin over runs 25 %",
		"2018 Q4  Yes, \"and\" no.", "why results/fake --state IND --text A/1",
	} {
		if !strings.Contains(screen.String(), want) {
			t.Errorf("the screen lacks %q:\n%s", want, screen.String())
		}
	}
}

func TestSummaryJSON(t *testing.T) {
	s := write(t, t.TempDir(), fakeManifest(1), 1, false)
	var text bytes.Buffer
	if err := s.WriteJSON(&text); err != nil {
		t.Fatal(err)
	}
	var o struct {
		Verdict struct {
			Label  string
			Share  map[string]float64
			Margin float64
		}
		Measures map[string]struct{ First, Last, Mean *float64 }
	}
	if err := json.Unmarshal(text.Bytes(), &o); err != nil {
		t.Fatalf("%v in %s", err, text.String())
	}
	if o.Verdict.Label != "thin-consensus" || len(o.Verdict.Share) != 6 || o.Verdict.Share["thin-consensus"] != 1 || o.Verdict.Margin != 0.25 {
		t.Errorf("verdict: %+v", o.Verdict)
	}
	first := measures.All()[0].Name
	if m := o.Measures[first]; *m.First != 0 || *m.Last != 5.5 || *m.Mean != 3.75 {
		t.Errorf("%s: %v %v %v", first, *m.First, *m.Last, *m.Mean)
	}
}

// Of equally consequential events the earlier is told; all in order of time.
func TestTopEvents(t *testing.T) {
	var entries []world.Entry
	for k := range 8 {
		entries = append(entries, world.Entry{Tick: k, Weight: 0.1})
	}
	entries[7].Weight = 0.9
	var got []int
	for _, e := range topEvents(entries) {
		got = append(got, e.Tick)
	}
	if !slices.Equal(got, []int{0, 1, 2, 3, 7}) {
		t.Errorf("ticks %v", got)
	}
}

// Saved worlds are files of the folder like tables: listed, replaced, and gone when the
// folder is given up.
func TestSavedWorldsBelongToTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	begin := func() *Folder {
		m := fakeManifest(1)
		f, err := Create(dir, m, true)
		if err != nil {
			t.Fatal(err)
		}
		e := NewEncoder(m, fakeCalendar, fakeStates, models.Declarations())
		e.Begin(0, 1)
		e.Attach("run0-2019-01-01.world", []byte("a world"))
		if err := f.Append(e.End(fakeResult(1, verdict.Drift))); err != nil {
			t.Fatal(err)
		}
		return f
	}
	begin().Abort()
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something is left: %v", err)
	}
	f := begin()
	if err := f.Commit(1); err != nil {
		t.Fatal(err)
	}
	last := f.manifest.Files[len(f.manifest.Files)-1]
	if described, err := Describe(filepath.Join(dir, "run0-2019-01-01.world"), 0); err != nil || described != last || last.Bytes != 7 {
		t.Errorf("the manifest lists %+v, and there is %+v; %v", last, described, err)
	}
	f, err := Create(dir, fakeManifest(1), true)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(1); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "run0-2019-01-01.world")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the world of earlier results is there: %v", err)
	}
}
