package scenarios

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"splinternet/models/verdict"
	"splinternet/sim/experiment"
)

func planFor(t testing.TB, s *Scenario, sw Sweep, vary ...string) *Plan {
	t.Helper()
	factors, err := s.Factors(VaryFlags(vary))
	if err != nil {
		t.Fatal(err)
	}
	design, err := sw.Settle(factors, 3)
	if err != nil {
		t.Fatal(err)
	}
	p := &Plan{
		Scenario: s, Factors: factors, Design: design, Seed: 3, Runs: 2, Window: verdict.WindowYears,
		Measures: []string{"recovery", "openness"}, Shards: 4,
	}
	if err := p.Lay(); err != nil {
		t.Fatal(err)
	}
	return p
}

func writeTo(t testing.TB, p *Plan, dir string) {
	t.Helper()
	var plan, points bytes.Buffer
	if err := p.WritePlan(&plan, dir); err != nil {
		t.Fatal(err)
	}
	if err := p.WritePoints(&points); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{PlanFile: plan.Bytes(), PointsFile: points.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

var mixed = []string{
	"influence.bound=0.2:0.8", "standards.network=1,2,4", "mechanisms.security=true,false",
	"event.blackout.date=2022-02-10:2022-12-31", "state.ESK.position+state.FEN.position=0:0.3", "time.ticks=20:29",
}

// TestPlanRoundTrip writes plans of every design and reads them.
func TestPlanRoundTrip(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	hashes := map[string]string{}
	for _, design := range experiment.Designs {
		sw := Sweep{Design: design}
		if design == experiment.Grid {
			sw.Levels = 2
		}
		p := planFor(t, s, sw, mixed...)
		dir := t.TempDir()
		writeTo(t, p, dir)
		got, notes, err := ReadPlan(dir)
		if err != nil || len(notes) > 0 {
			t.Fatalf("%s: %v %v", design, err, notes)
		}
		if got.Hash() != p.Hash() || got.Design != p.Design || got.Size() != p.Size() || got.Shards != 4 || got.Scenario.Hash != s.Hash || got.Scenario.Name != s.Name {
			t.Errorf("%s: %+v\n%+v", design, got, p)
		}
		if other := hashes[p.Hash()]; other != "" {
			t.Errorf("%s and %s have one hash", design, other)
		}
		hashes[p.Hash()] = design
		for _, i := range []int{0, p.Points() / 2, p.Points() - 1} {
			a, err := p.At(i)
			if err != nil {
				t.Fatalf("%s: point %d: %v", design, i, err)
			}
			b, err := got.At(i)
			if err != nil || a.Hash != b.Hash {
				t.Errorf("%s: point %d is another scenario, %v", design, i, err)
			}
		}
	}
}

// What is in a group moves together in the designs that know groups, each over its own
// range, and is in the group still when the plan is read.
func TestGroupsOfAPlan(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	vary := []string{"influence.bound", "net: interconnection.*", "-interconnection.gateway", " net:standards.network=1,2,4", "verdict:verdict.depth"}
	for _, design := range []string{experiment.Morris, experiment.Saltelli, experiment.Latin} {
		p := planFor(t, s, Sweep{Design: design}, vary...)
		members := 0
		for k := range p.Factors {
			if f := &p.Factors[k]; f.Group == "net" {
				members++
			} else if f.Name == "influence.bound" && f.Group != "" || f.Name == "verdict.depth" && f.Group != "verdict" {
				t.Errorf("%s is in group %q", f.Name, f.Group)
			}
		}
		if members < 4 || members != len(p.Factors)-2 {
			t.Fatalf("%d of %d factors are in the group", members, len(p.Factors))
		}
		want := map[string]int{experiment.Morris: 20 * 4, experiment.Saltelli: 128 * 5, experiment.Latin: 10 * len(p.Factors)}[design]
		if p.Points() != want {
			t.Errorf("%s: %d points, want %d for three groups", design, p.Points(), want)
		}
		dir := t.TempDir()
		writeTo(t, p, dir)
		got, notes, err := ReadPlan(dir)
		if err != nil || len(notes) > 0 {
			t.Fatalf("%s: %v %v", design, err, notes)
		}
		for k := range p.Factors {
			if got.Factors[k].Group != p.Factors[k].Group || got.Factors[k].Name != p.Factors[k].Name {
				t.Errorf("%s is read as %s", p.Factors[k].String(), got.Factors[k].String())
			}
		}
	}
}

// A Morris design that chooses among candidates is another, and is known again.
func TestCandidatesOfAPlan(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	plain := planFor(t, s, Sweep{Design: experiment.Morris, Trajectories: 5}, mixed...)
	chosen := planFor(t, s, Sweep{Design: experiment.Morris, Trajectories: 5, Candidates: 40}, mixed...)
	if chosen.Hash() == plain.Hash() || chosen.Points() != plain.Points() {
		t.Errorf("%d points, and %d with candidates", plain.Points(), chosen.Points())
	}
	dir := t.TempDir()
	writeTo(t, chosen, dir)
	if got, notes, err := ReadPlan(dir); err != nil || len(notes) > 0 || got.Design != chosen.Design {
		t.Errorf("%v, %v", err, notes)
	}
	sw := Sweep{Design: experiment.Latin, Candidates: 40}
	if _, err := sw.Settle(plain.Factors, 1); err == nil || !strings.Contains(err.Error(), "a lhs design has no candidates") {
		t.Error(err)
	}
}

// The hash covers what results depend on, and nothing else.
func TestPlanHash(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	base := planFor(t, s, Sweep{Points: 5}, mixed...)
	variants := map[string]func(p *Plan){
		"seed": func(p *Plan) { p.Seed++ }, "runs": func(p *Plan) { p.Runs++ }, "window": func(p *Plan) { p.Window++ },
		"measures": func(p *Plan) { p.Measures = p.Measures[:1] }, "ticks": func(p *Plan) { p.Ticks = true },
	}
	for what, change := range variants {
		p := *base
		if change(&p); p.Hash() == base.Hash() {
			t.Errorf("another value of %s gives the same hash", what)
		}
	}
	p := *base
	if p.Shards++; p.Hash() != base.Hash() {
		t.Error("the number of shards changes the hash")
	}
	moved := planFor(t, s, Sweep{Points: 5}, append([]string{"influence.bound=0.2:0.81"}, mixed[1:]...)...)
	if moved.Hash() == base.Hash() {
		t.Error("other points give the same hash")
	}
}

func TestRunsOfAPlan(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	p := planFor(t, s, Sweep{Points: 5}, mixed...)
	seeds := map[uint64]bool{}
	for run := range p.Size() {
		point, replicate, seed := p.Of(run)
		if point*p.Runs+replicate != run {
			t.Errorf("run %d is replicate %d of point %d", run, replicate, point)
		}
		seeds[seed] = true
	}
	if len(seeds) != p.Runs || !seeds[p.Seed] {
		t.Errorf("%d seeds for %d replicates: points do not share chance", len(seeds), p.Runs)
	}
	if got := p.Assignments(0); len(got) != 7 || !strings.HasPrefix(got[0], "influence.bound=0.") || !strings.HasPrefix(got[5], "state.FEN.position=0") {
		t.Errorf("point 0 is %q", got)
	}
}

func TestPlanProblems(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	p := planFor(t, s, Sweep{Points: 5}, mixed...)
	dir := t.TempDir()
	writeTo(t, p, dir)
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	plan, points := read(PlanFile), read(PointsFile)
	for _, c := range []struct{ file, old, new, want string }{
		{PlanFile, `"splinternet-plan"`, `"something"`, "is no plan of a sweep"},
		{PlanFile, "version  = 1", "version  = 2", "plan version 2, and this program reads version 1"},
		{PlanFile, "runs     = 2", "runs     = 0", "plan.toml:7: runs: 0 is not allowed"},
		{PlanFile, "seed     = 3", "sead     = 3", "sead: unknown key; allowed"},
		{PlanFile, `"recovery"`, `"recovry"`, "did you mean recovery?"},
		{PlanFile, `"openness"`, `"recovery"`, `"recovery" is named twice`},
		{PlanFile, "influence.bound", "influence.bond", "did you mean influence.bound?"},
		{PlanFile, `name = "lhs"`, `name = "lsh"`, "did you mean lhs?"},
		{PlanFile, "ticks = 60", "ticks = 0", "time.ticks: 0 is not allowed"},
		{PlanFile, "[design]", "[design", "not valid TOML"},
		{PointsFile, "influence.bound,", "influence.speed,", "the columns must be the factors of plan.toml"},
		{PointsFile, points[strings.IndexByte(points, '\n'):], "\n", "holds no point"},
		{PointsFile, "\n0.", "\nx0.", "is not allowed; allowed: a number, or nothing"},
		{PointsFile, "\n0.", "\n0.1,0.", "has 7 cells for 6 columns"},
		{PointsFile, points, "", "is empty"},
	} {
		texts := map[string]string{PlanFile: plan, PointsFile: points}
		changed := strings.Replace(texts[c.file], c.old, c.new, 1)
		if changed == texts[c.file] {
			t.Fatalf("%q is not in %s", c.old, c.file)
		}
		texts[c.file] = changed
		for name, text := range texts {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := ReadPlan(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: %v\nwant %s", c.new, c.old, err, c.want)
		}
	}
}

// Points that are not those of the design and its factors are a list.
func TestEditedPlan(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	for what, change := range map[string][3]string{
		"a point":             {PointsFile, "\n0.", "\n0.1"},
		"a range":             {PlanFile, "=0.2:0.8", "=0.1:0.8"},
		"the design":          {PlanFile, `name = "lhs"`, `name = "random"`},
		"the design's number": {PlanFile, "points = 5", "points = 6"},
	} {
		p := planFor(t, s, Sweep{Points: 5}, mixed...)
		dir := t.TempDir()
		writeTo(t, p, dir)
		path := filepath.Join(dir, change[0])
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		edited := strings.Replace(string(text), change[1], change[2], 1)
		if edited == string(text) {
			t.Fatalf("%s is not in %s", change[1], change[0])
		}
		if err := os.WriteFile(path, []byte(edited), 0o600); err != nil {
			t.Fatal(err)
		}
		got, notes, err := ReadPlan(dir)
		if err != nil || len(notes) != 1 || got.Design != (Design{Name: List}) {
			t.Errorf("with %s edited: %+v, %v, %v", what, got, notes, err)
		}
		if what != "a point" && got.Hash() != p.Hash() {
			t.Errorf("with %s edited the points are the same, and the hash is not", what)
		}
	}
}

// A scenario with data files of its own is found again from the folder of its plan.
func TestPlanOfOwnData(t *testing.T) {
	dir := t.TempDir()
	content, err := os.ReadFile("data/firms.csv")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"own/firms.csv": string(content),
		"own/mine.toml": "title = \"Own\"\nextends = \"baseline\"\ntime.ticks = 4\nworld.firms = \"firms.csv\"\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := mustLoad(t, filepath.Join(dir, "own", "mine.toml"))
	p := planFor(t, s, Sweep{Points: 3}, "influence.bound")
	to := filepath.Join(dir, "results", "sweep")
	if err := os.MkdirAll(to, 0o700); err != nil {
		t.Fatal(err)
	}
	writeTo(t, p, to)
	got, notes, err := ReadPlan(to)
	if err != nil || len(notes) > 0 || got.Hash() != p.Hash() {
		t.Fatalf("%v %v", err, notes)
	}
	if err := os.WriteFile(filepath.Join(dir, "own", "firms.csv"), append(content, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, notes, err := ReadPlan(to); err != nil || len(notes) != 1 || !strings.Contains(notes[0], "has been edited") {
		t.Errorf("other data give %v, %v", notes, err)
	}
}

// Any plan and any points are answered with a plan or with problems.
func FuzzPlan(f *testing.F) {
	s, err := Parse("tiny.toml", tiny, Options{})
	if err != nil {
		f.Fatal(err)
	}
	p := planFor(f, s, Sweep{Points: 3}, "influence.bound", "mechanisms.forums=true,false")
	var plan, points bytes.Buffer
	if err := p.WritePlan(&plan, "."); err != nil {
		f.Fatal(err)
	}
	if err := p.WritePoints(&points); err != nil {
		f.Fatal(err)
	}
	f.Add(plan.String(), points.String())
	f.Add(strings.ReplaceAll(plan.String(), "lhs", "grid"), points.String())
	f.Add("format = 'splinternet-plan'\nversion = 1", "a\n1\n")
	f.Fuzz(func(t *testing.T, plan, points string) {
		if strings.Contains(plan, "baseline") || len(plan) > 1<<16 {
			t.Skip("the data are built and tested elsewhere, and slow")
		}
		dir := t.TempDir()
		for name, text := range map[string]string{PlanFile: plan, PointsFile: points} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		p, _, err := ReadPlan(dir)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without words")
			}
			return
		}
		if p.Points() > 1000 {
			t.Skip("large")
		}
		writeTo(t, p, dir)
		again, _, err := ReadPlan(dir)
		if err != nil {
			t.Fatalf("%v\n%s", err, plan)
		}
		if again.Hash() != p.Hash() {
			t.Fatalf("a plan that was written has another hash:\n%s", plan)
		}
	})
}
