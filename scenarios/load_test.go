package scenarios

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/events"
	"splinternet/models/world"
	"splinternet/scenarios/problem"
	"splinternet/scenarios/spec"

	"gonum.org/v1/gonum/stat"
)

func load(t *testing.T, text string, o Options) *Scenario {
	t.Helper()
	s, err := Parse("test.toml", text, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// problems returns the messages of a text that must not load.
func problems(t *testing.T, text string, o Options) string {
	t.Helper()
	_, err := Parse("test.toml", text, o)
	if err == nil {
		t.Fatalf("loaded, though it is wrong:\n%s\n%v", text, o)
	}
	var list problem.List
	if !errors.As(err, &list) {
		t.Fatalf("error of type %T", err)
	}
	return err.Error()
}

func event(t *testing.T, s *Scenario, name string) events.Event {
	t.Helper()
	for _, e := range s.Settings.Events {
		if e.Name == name {
			return e
		}
	}
	t.Fatalf("no event %s", name)
	return events.Event{}
}

// sound reports what must hold in every world that a scenario builds.
func sound(t *testing.T, w *world.World) {
	t.Helper()
	s := &w.States
	for name, list := range map[string][]float64{
		"economy": s.Economy, "capability": s.Capability, "users": s.Users, "offence": s.Offence,
		"power": s.Power, "structure": s.Structure,
	} {
		total := 0.0
		for _, x := range list {
			total += x
		}
		if len(list) != s.N || math.Abs(total-1) > 1e-9 {
			t.Errorf("%s: %d values that sum to %g", name, len(list), total)
		}
	}
	for i := range s.N {
		total := 0.0
		for k := range w.Stacks {
			total += s.Stack[i*len(w.Stacks)+k]
		}
		if math.Abs(total-1) > 1e-9 {
			t.Errorf("stacks of %s sum to %g", s.ID[i], total)
		}
		for f := range w.Firms.N {
			total += w.Firms.Share[f*s.N+i]
		}
		if w.Firms.N > 0 && math.Abs(total-2) > 1e-9 {
			t.Errorf("markets of %s sum to %g", s.ID[i], total-1)
		}
	}
	sizes := map[string]int{
		"position": len(s.Position) - s.N*w.Dim, "anchor": len(s.Anchor) - s.N*w.Dim, "uncertainty": len(s.Uncertainty) - s.N*w.Dim,
		"firms": len(w.Firms.Position) - w.Firms.N*w.Dim, "wealth": len(s.Wealth) - s.N, "population": len(s.Population) - s.N,
	}
	for k := range w.Forums {
		sizes["forum "+w.Forums[k].ID] = len(w.Forums[k].Position) - w.Dim + len(w.Forums[k].Members) - s.N
	}
	for k := range w.Stacks {
		sizes["stack "+w.Stacks[k].ID] = len(w.Stacks[k].Position) - w.Dim + len(w.Stacks[k].Recognised) - s.N
	}
	for what, off := range sizes {
		if off != 0 {
			t.Errorf("%s: size is off by %d", what, off)
		}
	}
}

func TestLibrary(t *testing.T) {
	for _, name := range Names() {
		s, err := Load(name, Options{})
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if s.Name != name || s.Title == "" || s.Description == "" || s.Question == "" || s.Expect == "" {
			t.Errorf("%s: title, description, question or expect is missing", name)
		}
		sound(t, s.World)
		if _, err := s.Simulation(); err != nil {
			t.Fatal(name, err)
		}
		short, _ := Load(name, Options{Ticks: 4})
		simulation, err := short.Simulation()
		if err != nil {
			t.Fatal(name, err)
		}
		result, err := simulation.Run(context.Background(), 1, models.Recording{Chronicle: true})
		if err != nil {
			t.Fatal(name, err)
		}
		for _, e := range result.Entries {
			if strings.Contains(e.Text, "could not happen") {
				t.Errorf("%s: %s", name, e.Text)
			}
		}
		if again, _ := Load(name, Options{}); !reflect.DeepEqual(s.World, again.World) || s.Hash != again.Hash {
			t.Errorf("%s: two loads differ", name)
		}
	}
}

func TestBaselineFollowsTheRecord(t *testing.T) {
	s, err := Load("baseline", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Calendar.Ticks != 90 || s.Calendar.Date(90).Year() != 2041 || s.World.States.N != 193 {
		t.Error("calendar or world", s.Calendar, s.World.States.N)
	}
	if e := event(t, s, "oewg-proposed"); e.Tick != 1 || e.Effect.(*events.Proposal).Serves != "un_oewg" {
		t.Errorf("%+v", e)
	}
	last := 0
	for k, e := range s.Settings.Events {
		if e.Tick < last {
			t.Errorf("event %d, %s, is out of order", k, e.Name)
		}
		last = e.Tick
	}
	if last > s.Calendar.Span(2.5)-1 {
		t.Error("something is scripted after 2020, in tick", last)
	}
}

const tiny = `
title = "tiny"
[time]
start = 2020-01-01
tick = "year"
ticks = 10
[[world.state]]
id = "A"
position = 0.2
economy = 3
[[world.state]]
id = "B"
position = 0.8
`

func TestSmallWorldDefaults(t *testing.T) {
	w := load(t, tiny, Options{}).World
	sound(t, w)
	if w.States.Economy[0] != .75 || w.States.Users[0] != .5 || w.States.Democracy[1] != .8 || w.States.Anchor[1] != .8 {
		t.Errorf("%+v", w.States)
	}
	if got := w.Dyads.Trust[1]; math.Abs(got-.14) > 1e-12 {
		t.Error("trust", got)
	}
	if len(w.Stacks) != 1 || w.FindGroup("west") < 0 {
		t.Error("stacks or groups", w.Stacks, w.Groups)
	}
}

func TestBlocs(t *testing.T) {
	s, err := Load("two-blocs", Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := s.World
	n := w.States.N
	pair := func(a, b string) int { return w.FindState(a)*n + w.FindState(b) }
	d := &w.Dyads
	if !d.Ally[pair("ALD", "BOR")] || d.Ally[pair("ALD", "HAR")] || !d.Rival[pair("GOR", "ALD")] || d.Rival[pair("GOR", "BOR")] {
		t.Error("allies or rivals")
	}
	g := w.Groups[w.FindGroup("league")]
	if !g.Cue || !slices.Equal(g.Members, []int{4, 5, 6}) || len(w.Groups[w.FindGroup("west")].Members) != 4 {
		t.Errorf("%+v", w.Groups)
	}
	if len(w.Catalogue) != 1 || w.Catalogue[0].ID != "working-group" || w.FindForum("working-group") >= 0 {
		t.Error("a forum that does not exist yet belongs in the catalogue")
	}
	if k := w.FindForum("open-accord"); w.Texts[w.Forums[k].Text].Adherence[0] != world.Party {
		t.Error("members of a binding forum are parties")
	}
}

func TestGenerate(t *testing.T) {
	text := "title = \"g\"\n[time]\nstart = 2020-01-01\nticks = 4\n[world.generate]\nstates = 40\nblocs = 2\nswing = 0.2\nsizes = \"zipf\"\n"
	a, b := load(t, text, Options{}), load(t, text, Options{})
	if !reflect.DeepEqual(a.World, b.World) {
		t.Error("two worlds of one table differ")
	}
	sound(t, a.World)
	w := a.World
	if w.States.N != 40 || w.States.ID[0] != "S01" || len(w.Groups[0].Members) != 16 || w.States.Economy[0] <= w.States.Economy[1] {
		t.Errorf("%v %+v", w.States.ID, w.Groups)
	}
	// The draws of a state do not depend on how many states there are.
	more := load(t, text, Options{Set: []string{"world.generate.states=60"}}).World
	if more.States.Position[0] != w.States.Position[0] || more.States.Position[38] != w.States.Position[38] {
		t.Error("draws depend on the number of states")
	}
	other := load(t, text, Options{Set: []string{"world.generate.seed=2"}}).World
	if other.States.Position[0] == w.States.Position[0] {
		t.Error("the seed does nothing")
	}
}

func TestTwoDimensions(t *testing.T) {
	s := load(t, tiny+"[[world.forum]]\nid = \"f\"\n", Options{Set: []string{"world.dimensions=2", "world.state.A.position=[0.1, 0.9]"}})
	sound(t, s.World)
	if !slices.Equal(s.World.States.Position, []float64{.1, .9, .8, .8}) {
		t.Error(s.World.States.Position)
	}
	real, err := Load("baseline", Options{Set: []string{"world.dimensions=2", "state.IND.position=[0.4, 0.7]"}})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, real.World)
	k := real.World.FindState("IND") * 2
	p := real.World.States.Position
	if p[k] != .4 || p[k+1] != .7 {
		t.Error(p[k : k+2])
	}
	// The second dimension is values at home: Indonesia is nearer to the West there than
	// in what it wants of institutions, Singapore the other way round.
	of := func(id string) (institutions, values float64) {
		i := real.World.FindState(id) * 2
		return p[i], p[i+1]
	}
	for _, id := range []string{"IDN", "ZAF", "BRA"} {
		if institutions, values := of(id); values < institutions+.1 {
			t.Errorf("%s stands at %.2f abroad and %.2f at home", id, institutions, values)
		}
	}
	if institutions, values := of("SAU"); values > institutions-.1 {
		t.Errorf("Saudi Arabia stands at %.2f abroad and %.2f at home", institutions, values)
	}
	var first, second []float64
	for i := range real.World.States.N {
		if i != k/2 {
			first, second = append(first, p[2*i]), append(second, p[2*i+1])
		}
	}
	a, b := stat.PopMeanStdDev(first, nil)
	c, d := stat.PopMeanStdDev(second, nil)
	if math.Abs(a-c) > .02 || math.Abs(b-d) > .03 { // but for clipping, alike
		t.Errorf("mean %.3f and spread %.3f, in the second dimension %.3f and %.3f", a, b, c, d)
	}
}

func TestOverrides(t *testing.T) {
	text := tiny + `
[[world.firm]]
id = "f"
home = "A"
[[world.firm]]
id = "g"
home = "B"
[[world.forum]]
id = "k"
[[world.stack]]
id = "s"
[[world.stack]]
id = "t"
proposed = false
[groups]
all = ["A", "B"]
a-few = ["group.some"]
some = { members = ["group.all"], cue = true, cohesion = 0.4 }
[state.A]
position = 0.3
users = 0.9
stacks = { t = 0.25 }
[firm.f]
tie = 0.9
size = 4
[forum.k]
legitimacy = 0.9
depth = 0.7
[stack.t]
potential = 2
`
	w := load(t, text, Options{}).World
	sound(t, w)
	s := &w.States
	if s.Position[0] != .3 || s.Anchor[0] != .3 || s.Users[0] != .9 || math.Abs(s.Users[1]-.1) > 1e-12 {
		t.Errorf("%+v", s)
	}
	if !slices.Equal(s.Stack, []float64{.75, .25, 1, 0}) {
		t.Error(s.Stack)
	}
	if online := s.Population[0] * s.Penetration[0] / (s.Population[1] * s.Penetration[1]); math.Abs(online-9) > 1e-9 {
		t.Error("population does not follow users:", online)
	}
	if w.Firms.Tie[0] != .9 || w.Firms.Size[0] != 4 || w.Forums[0].Legitimacy != .9 || w.Texts[0].Depth != .7 || w.Stacks[1].Potential != 2 {
		t.Error("firm, forum or stack")
	}
	if g := w.Groups[w.FindGroup("some")]; !g.Cue || g.Cohesion != .4 || len(g.Members) != 2 {
		t.Errorf("%+v", g)
	}
}

func TestSharesHold(t *testing.T) {
	s, err := Load("baseline", Options{Set: []string{"state.IND.economy=0.2", "state.CHN.economy=0.3"}})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, s.World)
	w := s.World
	if w.States.Economy[w.FindState("IND")] != .2 || w.States.Economy[w.FindState("CHN")] != .3 {
		t.Error("the shares that are set do not hold")
	}
}

func TestExtends(t *testing.T) {
	text := `
title = "child"
extends = "two-blocs"
[parameters]
influence.bound = 0.5
[[event]]
name = "blackout"
tick = 20
severity = 2
[[event]]
name = "aldian-ban"
remove = true
[[event]]
name = "statenet-proposed"
kind = "end"
date = 2024-01-01
forum = "union"
[[decision]]
agent = "state.HAR"
decide = "vote"
answer = "abstain"
[[world.state]]
id = "HAR"
position = 0.3
`
	s := load(t, text, Options{})
	parent, err := Load("two-blocs", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Title != "child" || s.Description != parent.Description || s.Settings.Parameters["influence.bound"] != .5 ||
		s.Settings.Parameters["security.rate"] != parent.Settings.Parameters["security.rate"] {
		t.Errorf("%+v", s.Settings.Parameters)
	}
	if e := event(t, s, "blackout"); e.Tick != 20 || e.Effect.(*events.Crisis).Severity != 2 || e.Effect.(*events.Crisis).Target != "DEL" {
		t.Errorf("%+v", e)
	}
	if e := event(t, s, "statenet-proposed"); e.Kind != "end" {
		t.Errorf("%+v", e)
	}
	if len(s.Settings.Events) != len(parent.Settings.Events)-1 || len(s.Settings.Decisions) != 1 {
		t.Error("events or decisions", len(s.Settings.Events))
	}
	if w := s.World; w.States.Position[w.FindState("HAR")] != .3 || w.States.N != 10 {
		t.Error("states")
	}
}

// Who moves the end of the run is not asked to remove the events beyond it; who
// writes an event beyond it is told.
func TestEventsBeyondTheRun(t *testing.T) {
	for _, s := range []*Scenario{
		load(t, "title = \"short\"\nextends = \"two-blocs\"\n[time]\nticks = 8\n", Options{}),
		load(t, "title = \"short\"\nextends = \"two-blocs\"\n", Options{Ticks: 8}),
		load(t, "title = \"short\"\nextends = \"two-blocs\"\n", Options{Set: []string{"time.ticks=8"}}),
	} {
		if len(s.Settings.Events) != 2 || strings.Contains(s.Text, "blackout") {
			t.Error(len(s.Settings.Events), s.Text)
		}
	}
	late := load(t, "title = \"late\"\nextends = \"two-blocs\"\n[time]\nstart = 2021-01-01\n", Options{})
	if len(late.Settings.Events) != 3 {
		t.Error("events before the start are left out", len(late.Settings.Events))
	}
	got := problems(t, "title = \"x\"\nextends = \"two-blocs\"\n[time]\nticks = 8\n[[event]]\nname = \"blackout\"\ndate = 2030-01-01\n", Options{})
	if want := "test.toml:7: event.blackout.date: 2030-01-01 is not allowed; allowed: from 2020-01-01 to 2021-12-31, or tick 0 to 7"; got != want {
		t.Error(got)
	}
}

func TestSet(t *testing.T) {
	o := Options{
		Set: []string{
			"influence.bound=0.3", "parameters.influence.noise = 0", "world.initial=draw", "state.ALD.position=.4",
			"event.blackout.date=2024-06-01", "time.ticks=40", "mechanisms.standards=false", "time.tick=month",
			"title=Set by hand", `groups.mine=["ALD", "HAR"]`, "event.blackout.severity=3",
		},
		Without: []string{"security"},
	}
	_, err := Load("two-blocs", o)
	if err == nil || !strings.HasPrefix(err.Error(), "--set: event.blackout.date: 2024-06-01 is not allowed; allowed: from 2020-01-01 to 2023-04-30") {
		t.Fatal(err)
	}
	o.Set[4] = "event.blackout.tick=3"
	s, err := Load("two-blocs", o)
	if err != nil {
		t.Fatal(err)
	}
	p := s.Settings.Parameters
	if p["influence.bound"] != .3 || p["world.initial"] != 1 || s.World.States.Position[0] != .4 || s.Calendar.Ticks != 40 ||
		!s.Settings.Off["security"] || !s.Settings.Off["standards"] || s.Title != "Set by hand" || s.World.FindGroup("mine") < 0 {
		t.Errorf("%+v", s)
	}
	if e := event(t, s, "blackout"); e.Tick != 3 || e.Effect.(*events.Crisis).Severity != 3 {
		t.Errorf("%+v", e)
	}
}

func TestSetMessages(t *testing.T) {
	for assignment, want := range map[string]string{
		"influence.bound=3":        "--set: influence.bound: 3 is not allowed; allowed: a number from 0 to 1",
		"influence.bond=0.3":       "--set: influence.bond: unknown parameter; did you mean influence.bound?",
		"influence.bound":          "--set: influence.bound: not an assignment; write key=value",
		"state.ALDI.position=.4":   `--set: state.ALDI: unknown state code "ALDI"; allowed: `,
		"event.blackot.severity=4": `--set: event.blackot.severity: there is no event of the name "blackot"; allowed: `,
		"event.blackout=4":         "--set: event.blackout: name a key of it, as in event.NAME.KEY=value",
		"event=4":                  "--set: event: 4 is not allowed; allowed: tables under the header [[event]]",
		"decision.x.level=4":       "--set: decision.x.level: decision has no keys",
		"title.x=4":                "--set: title.x: title has no keys",
		"time.ticks=many":          `--set: time.ticks: "many" is not allowed; allowed: a whole number from 1 to 12000`,
		"tme.ticks=3":              "--set: tme.ticks: unknown parameter; ",
		"a.b.c=3":                  "--set: a: unknown key",
		"time=3":                   "--set: time: 3 is not allowed; allowed: a table of keys",
		"extends=baseline":         "--set: extends: a scenario cannot change what it extends from the command line",
	} {
		_, err := Parse("test.toml", "title = \"x\"\nextends = \"two-blocs\"\n[[decision]]\nagent = \"state.HAR\"\ndecide = \"vote\"\nanswer = \"no\"\n",
			Options{Set: []string{assignment}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got\n%v\nwant\n%s", assignment, err, want)
		}
	}
	_, err := Load("two-blocs", Options{Without: []string{"securty"}})
	if err == nil || !strings.HasPrefix(err.Error(), "--without: mechanisms.securty: unknown key; ") {
		t.Error(err)
	}
	_, err = Load("two-blocs", Options{Ticks: -3})
	if err == nil || !strings.HasPrefix(err.Error(), "--ticks: time.ticks: -3 is not allowed") {
		t.Error(err)
	}
	if _, err = Load("two-bloc", Options{}); err == nil || !strings.HasSuffix(err.Error(), "did you mean two-blocs?") {
		t.Error(err)
	}
	if _, err = Load("none.toml", Options{}); err == nil || err.Error() != "none.toml: there is no such file" {
		t.Error(err)
	}
}

// The canonical text is a scenario of its own, with the same hash.
func TestCanonical(t *testing.T) {
	for _, name := range append(Names(), "testdata/full.toml") {
		s, err := Load(name, Options{Set: []string{"influence.bound=0.25", "influence.speed=1"}})
		if err != nil {
			t.Error(err)
			continue
		}
		again, err := Parse(s.Name+".toml", s.Text, Options{})
		if name == "testdata/full.toml" {
			again, err = Parse(name, s.Text, Options{})
		}
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, s.Text)
			continue
		}
		if again.Text != s.Text || again.Hash != s.Hash {
			t.Errorf("%s: the text changes when it is read again:\n%s\n%s", name, s.Text, again.Text)
		}
		if !reflect.DeepEqual(s.Settings, again.Settings) || !reflect.DeepEqual(s.World, again.World) {
			t.Errorf("%s: the scenario changes when it is read again", name)
		}
		if len(Diff(s, again)) > 0 {
			t.Error(Diff(s, again))
		}
	}
}

// Neither the order of keys nor the way to write them changes a scenario.
func TestSpellingDoesNotMatter(t *testing.T) {
	a := load(t, tiny+"[parameters]\ninfluence.bound = 1\npower.growth = 0.5\n[mechanisms]\nsecurity = true\n", Options{})
	b := load(t, `parameters = { power = { growth = 5e-1 }, influence = { bound = 1.0 } }
mechanisms.security = true
world.state = [{ economy = 3.0, id = 'A', position = 0.20 }, { position = 8.0E-1, id = "B" }]
time = { ticks = 0xA, tick = """year""", start = 2020-01-01 }
title = 'tiny'
`, Options{})
	if a.Hash != b.Hash {
		t.Errorf("%s\n%s", a.Text, b.Text)
	}
}

func TestDataFilesAreHashed(t *testing.T) {
	dir := t.TempDir()
	text := "title = \"own data\"\n[time]\nstart = 2018-07-01\nticks = 4\n[world]\nfirms = \"data/firms.csv\"\n"
	file := filepath.Join(dir, "s.toml")
	write := func(name, content string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	firms := "id,name,home_iso3,sector,revenue_usd_bn_2019,state_controlled,tech_accord_founder,charter_of_trust_founder\nacme,Acme,USA,platform,5,0,0,0\n"
	write("s.toml", text)
	write("data/firms.csv", firms)
	write("deep/child.toml", "title = \"own data\"\nextends = \"../s.toml\"\n")
	a, err := Load(file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a.World.Firms.N != 1 {
		t.Error("the own file is not read")
	}
	again, err := Parse(file, a.Text, Options{})
	if err != nil || again.Hash != a.Hash {
		t.Error("canonical text with a data file", err)
	}
	child, err := Load(filepath.Join(dir, "deep", "child.toml"), Options{})
	if err != nil || !strings.Contains(child.Text, `firms = "../data/firms.csv"`) {
		t.Error("a path is meant as seen from the file that names it", err)
	}
	write("data/firms.csv", firms+"zeta,Zeta,CHN,telecom,5,1,0,0\n")
	b, err := Load(file, Options{})
	if err != nil || a.Hash == b.Hash || a.Text != b.Text {
		t.Error("the hash does not follow the data", err)
	}
}

// --set takes an event away as an extending scenario does, and leaves the scenario
// that a variant is made of alone.
func TestSetRemovesEvents(t *testing.T) {
	base, err := Load("baseline", Options{})
	if err != nil {
		t.Fatal(err)
	}
	const set = "event.solarwinds.remove=true"
	inherited, err := Parse("x.toml", "title = \"x\"\nextends = \"baseline\"\n[[event]]\nname = \"solarwinds\"\nremove = true\n", Options{})
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := Load("baseline", Options{Set: []string{set}})
	if err != nil {
		t.Fatal(err)
	}
	varied, err := base.Variant([]string{set})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*Scenario{loaded, varied} {
		if len(s.Settings.Events) != len(base.Settings.Events)-1 || !reflect.DeepEqual(s.Settings.Events, inherited.Settings.Events) {
			t.Errorf("%d events, %d before", len(s.Settings.Events), len(base.Settings.Events))
		}
		if strings.Contains(s.Text, "solarwinds") {
			t.Error("the text still has the event")
		}
	}
	if again, err := base.Variant(nil); err != nil || again.Hash != base.Hash {
		t.Error("the scenario itself has changed", err)
	}
	if _, err := Load("baseline", Options{Set: []string{"event.solarwind.remove=true"}}); err == nil {
		t.Error("an unknown event is removed")
	}
}

// A small world without states is refused, and not an empty world.
func TestNoStates(t *testing.T) {
	got := problems(t, "title = \"x\"\n[time]\nstart = 2020-01-01\nticks = 4\n[world]\nstate = []\n", Options{})
	if !strings.Contains(got, ":5: world: lists no states") {
		t.Error(got)
	}
}

func TestDiff(t *testing.T) {
	a, err := Load("baseline", Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Load("new-ip", Options{Set: []string{"influence.bound=0.2", "event.us-huawei.remove=false"}})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, d := range Diff(a, b) {
		if d.A == d.B {
			t.Errorf("no difference: %+v", d)
		}
		keys = append(keys, d.Key)
	}
	text := strings.Join(keys, " ")
	for _, key := range []string{"title", "influence.bound", "stack.new-ip.potential", "event.new-ip-proposed.sponsors", "decision[1].agent"} {
		if !slices.Contains(keys, key) {
			t.Errorf("%s is missing in %s", key, text)
		}
	}
	if len(Diff(a, a)) > 0 {
		t.Error("a scenario differs from itself")
	}
}

func TestTemplate(t *testing.T) {
	s := load(t, Template(`My "own"`), Options{})
	if s.Title != `My "own"` {
		t.Error(s.Title)
	}
	// Everything that it offers as a comment is valid, too.
	var lines []string
	for _, line := range strings.Split(Template("x"), "\n") {
		line, _ = strings.CutPrefix(line, "# ")
		if !strings.HasPrefix(line, "A scenario") && !strings.HasPrefix(line, `"splinternet`) {
			lines = append(lines, line)
		}
	}
	load(t, strings.Join(lines, "\n"), Options{})
}

func TestEventKinds(t *testing.T) {
	for _, kind := range spec.EventKinds() {
		load(t, "title = \"x\"\nextends = \"baseline\"\n"+strings.ReplaceAll(kind.Example, "A/RES/73/27", "A/RES/73/28")+
			"[[event]]\nname = \"other\"\nkind = \"proposal\"\ndate = 2018-12-01\ntext = \"A/RES/73/28b\"\nforum = \"un_ga1\"\ntext-kind = \"views\"\nsponsors = [\"USA\"]\nposition = 0.4\n",
			Options{Set: exampleFix(kind.Kind)})
	}
	if len(spec.Decisions()) < 10 {
		t.Error("decisions are not documented")
	}
}

// exampleFix makes the example of the scripted vote be about a text of the test.
func exampleFix(kind string) []string {
	if kind == "decision" {
		return []string{"event.india-abstains.about=A/RES/73/28b"}
	}
	return nil
}

// What the model itself brings up during a run can be decided about, whatever the
// number that keeps two of a name apart.
func TestForeseen(t *testing.T) {
	decide := func(decide, about string) string {
		return "extends = \"baseline\"\n[[decision]]\nagent = \"state.IND\"\ndecide = \"" + decide + "\"\nabout = \"" + about + "\"\nanswer = \"yes\"\n"
	}
	for _, text := range []string{
		"un_oewg-text", "un_oewg-text-2", "oewg-2021-report", "paris-call", "un_ga1-2030-IND", "un_ga1-2030-IND-3", "un_ga1-2021-joint",
		"ict_security-2027-text", "ict_security-2027-2-text", "sco-text",
	} {
		load(t, decide("vote", text), Options{})
	}
	for _, forum := range []string{"cybercrime-2030", "internet_governance-2030-2"} {
		load(t, decide("renew", forum), Options{})
	}
	for _, text := range []string{
		"un_oewg-text-1", "un_oewg-text-02", "un_ga1-1999-IND", "un_ga1-2030-XXX", "un_ga1-2030", "nowhere-text", "text", "-text", "weather-2027-text",
	} {
		if got := problems(t, decide("vote", text), Options{}); !strings.Contains(got, "unknown text") {
			t.Errorf("%s: %s", text, got)
		}
	}
	for _, forum := range []string{"cybercrime-1990", "cybercrime-2030-1", "weather-2030", "cybercrime"} {
		if got := problems(t, decide("renew", forum), Options{}); !strings.Contains(got, "unknown forum") {
			t.Errorf("%s: %s", forum, got)
		}
	}
}
