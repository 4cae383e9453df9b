package scenarios

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"splinternet/scenarios/spec"
)

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
