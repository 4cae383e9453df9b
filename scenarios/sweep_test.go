package scenarios

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"splinternet/scenarios/problem"

	"pgregory.net/rapid"
)

func mustLoad(t testing.TB, name string) *Scenario {
	t.Helper()
	s, err := Load(name, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFactors(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	for _, c := range []struct {
		vary, name string
		scale      Scale
		values     int
		ends       [2]string // at 0 and at 1
	}{
		{"influence.bound=0.2:0.8", "influence.bound", Linear, 0, [2]string{"0.2", "0.8"}},
		{"security.rate = 1 : 100 : log", "security.rate", Log, 0, [2]string{"1", "100"}},
		{"standards.network=1,2,4", "standards.network", Listed, 3, [2]string{"1", "4"}},
		{"mechanisms.security=true,false", "mechanisms.security", Listed, 2, [2]string{"true", "false"}},
		{"influence.pairing=all,random-pair", "influence.pairing", Listed, 2, [2]string{"all", "random-pair"}},
		{"event.blackout.date=2022-02-10:2022-12-31", "event.blackout.date", Listed, 4, [2]string{"2022-02-10", "2022-10-01"}},
		{"event.blackout.tick=3:9", "event.blackout.tick", Whole, 7, [2]string{"3", "9"}},
		{"time.ticks=10:20", "time.ticks", Whole, 11, [2]string{"10", "20"}},
		{"state.ESK.position=0:1", "state.ESK.position", Linear, 0, [2]string{"0", "1"}},
		{"state.ESK.position + state.FEN.position=0:0.3", "state.ESK.position+state.FEN.position", Linear, 0, [2]string{"0", "0.3"}},
		{"firm.eskadron.tie=0.25,0.750", "firm.eskadron.tie", Listed, 2, [2]string{"0.25", "0.75"}},
		{"world.initial", "world.initial", Listed, 2, [2]string{"map", "draw"}},
		{"forums.rivals", "forums.rivals", Listed, 2, [2]string{"true", "false"}},
	} {
		factors, err := s.Factors(VaryFlags([]string{c.vary}))
		if err != nil {
			t.Errorf("%s: %v", c.vary, err)
			continue
		}
		f := factors[0]
		if f.Name != c.name || f.Scale != c.scale || f.Values() != c.values || f.At(0) != c.ends[0] || f.At(math.Nextafter(1, 0)) != c.ends[1] {
			t.Errorf("%s: %+v, from %s to %s", c.vary, f, f.At(0), f.At(1))
		}
		// What a plan writes of it says the same.
		again, err := s.Factors(VaryFlags([]string{f.String()}))
		if err != nil || again[0].At(.3) != f.At(.3) || again[0].Scale != f.Scale {
			t.Errorf("%s is written %s, which is %+v, %v", c.vary, f.String(), again, err)
		}
	}
}

func TestPatterns(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	names := func(vary ...string) []string {
		t.Helper()
		factors, err := s.Factors(VaryFlags(vary))
		if err != nil {
			t.Fatal(err)
		}
		return factorNames(factors)
	}
	all := names("all")
	if len(all) < 100 || !slices.Contains(all, "influence.bound") || !slices.Contains(all, "verdict.depth") {
		t.Errorf("all are %q", all)
	}
	for _, name := range names("influence.*") {
		if !strings.HasPrefix(name, "influence.") {
			t.Errorf("influence.* has %s", name)
		}
	}
	if some := names("all", "-verdict.*", "-world.initial"); slices.Contains(some, "verdict.depth") || slices.Contains(some, "world.initial") || len(some) < 90 {
		t.Errorf("all but the thresholds are %q", some)
	}
	// What is named counts, before and after a pattern.
	for _, vary := range [][]string{{"influence.*", "influence.bound=0.5:0.6"}, {"influence.bound=0.5:0.6", "influence.*"}} {
		factors, err := s.Factors(VaryFlags(vary))
		if err != nil {
			t.Fatal(err)
		}
		if k := slices.Index(factorNames(factors), "influence.bound"); factors[k].Low != .5 || len(factors) != len(names("influence.*")) {
			t.Errorf("%q: %+v", vary, factors)
		}
	}
}

// What varies of a mechanism that is off is found, unless the mechanism varies, too.
func TestIdle(t *testing.T) {
	for _, c := range []struct{ without, vary, want string }{
		{"", "influence.bound forums.*", ""},
		{"influence", "forums.isolation", ""},
		{"influence", "influence.bound influence.speed security.rate", "influence [influence.bound influence.speed]"},
		{"influence", "influence.bound mechanisms.influence=true,false", ""},
		{"security influence", "influence.bound security.rate", "influence [influence.bound]; security [security.rate]"},
		{"events", "event.blackout.date=2022-01-01:2023-01-01 influence.bound", "events [event.blackout.date]"},
	} {
		s, err := Load("two-blocs", Options{Without: strings.Fields(c.without)})
		if err != nil {
			t.Fatal(err)
		}
		factors, err := s.Factors(VaryFlags(strings.Fields(c.vary)))
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, idle := range s.Idle(factors) {
			found = append(found, fmt.Sprint(idle.Mechanism, " ", idle.Addresses))
		}
		if got := strings.Join(found, "; "); got != c.want {
			t.Errorf("without %q, %q varies: %q, want %q", c.without, c.vary, got, c.want)
		}
	}
}

// A mistake in a file of points is told with its line and column, and all at once.
func TestListingProblems(t *testing.T) {
	s, err := Load("two-blocs", Options{})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "bad.csv")
	for _, c := range []struct {
		text string
		want []string
	}{
		{"influence.bound,influence.pairing\n0.3,all\n9,some\n0.5,\n-1,all\n", []string{
			"bad.csv:3: influence.bound: 9 is not allowed", "bad.csv:5: influence.bound: -1 is not allowed", `bad.csv:3: influence.pairing: "some" is not allowed`,
		}},
		{"influence.speed,influence.bound\n0.1,0.3\n0.1,x\n", []string{`bad.csv:3: influence.bound: "x" is not allowed`}},
		{"influence.bond,influence.speed\n0.1,0.1\n0.2,0.1\n", []string{"bad.csv:1: influence.bond: unknown parameter; did you mean influence.bound?"}},
		{"influence.bound,influence.speed\n0.1,0.1\n0.2\n", []string{"bad.csv:3: has 1 cell for 2 columns"}},
		{"influence.bound;influence.speed\n0.1;0.1\n", []string{"bad.csv:1: names one column only: cells are separated by commas"}},
		{"influence.bound,influence.speed\n0.1,\n", []string{"bad.csv: influence.speed: is blank at every point"}},
		{"influence.bound\n", []string{"bad.csv: holds no point"}},
		{"influence.bound\n[1]\n", []string{`bad.csv:2: influence.bound: "[1]" is not allowed`}},
	} {
		if err := os.WriteFile(file, []byte(c.text), 0o666); err != nil {
			t.Fatal(err)
		}
		_, err := s.Listing(file)
		if err == nil {
			t.Errorf("%q was taken", c.text)
			continue
		}
		lines := strings.Split(err.Error(), "\n")
		for _, want := range c.want {
			if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, want) }) {
				t.Errorf("%q: %q lacks %q", c.text, lines, want)
			}
		}
		if len(lines) != len(c.want) {
			t.Errorf("%q: %d problems, want %d: %q", c.text, len(lines), len(c.want), lines)
		}
	}
}

func TestFactorProblems(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	for vary, want := range map[string]string{
		"":                                          "is nothing to vary",
		"=1:2":                                      "is nothing to vary",
		"influence.bound=":                          "is nothing to vary",
		"influence.bond=0:1":                        "did you mean influence.bound?",
		"influence.bond":                            "did you mean influence.bound?",
		"influence.bound=0:7":                       "7 is not allowed; allowed: a number from 0 to",
		"influence.bound=0.8:0.2":                   "the second number must be the greater",
		"influence.bound=0.2:0.2":                   "the second number must be the greater",
		"influence.bound=0.2:":                      "allowed: two numbers or two dates",
		"influence.bound=0:1:2":                     "is no range; write LOW:HIGH, or LOW:HIGH:log",
		"influence.bound=0:1:log":                   "must be greater than 0",
		"influence.bound=1e400:2":                   "allowed: two numbers",
		"influence.bound=nan:1":                     "allowed: two numbers",
		"influence.bound=0.1,,0.2":                  "a value is missing between commas",
		"influence.bound=0.1,0.1":                   "is listed twice",
		"influence.bound=0.1,0.10":                  "is listed twice",
		`influence.pairing="all"`:                   "without quotes",
		"influence.pairing=all,some":                `"some" is not allowed`,
		"influence.pairing=0:1":                     "is not allowed; allowed: one of all, random-pair",
		"mechanisms.securty=true,false":             "did you mean security?",
		"state.XXX.position=0:1":                    "unknown state",
		"state.ESK.position":                        "is no parameter and has no plausible range",
		"state.ESK.position+=0:1":                   "a key is missing beside +",
		"state.ESK.position+state.ESK.position=0:1": "is named twice",
		"event.blackout.date=2019-01-01:2022-01-01": "leaves the run, which goes from 2020-01-01 to 2034-12-31",
		"event.blackout.date=2022-01-01:2021-01-01": "the second date must be the later",
		"time.ticks=2.5:8":                          "2.5 is not allowed",
		"influenc.*":                                "did you mean influence.*?",
		"[":                                         "is no parameter",
		"influence.*=0:1":                           "a pattern stands for plausible ranges",
		"-influence.*":                              "takes out nothing",
		"extends=a,b":                               "cannot change what it extends",
	} {
		_, err := s.Factors([]Vary{{Text: vary, File: "f.toml", Line: 3}})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "f.toml:3: ") {
			t.Errorf("--vary %q: %v\nwant %s", vary, err, want)
		}
	}
	if _, err := s.Factors(VaryFlags([]string{"influence.bound=0:1", "influence.bound=0.5:1"})); err == nil || !strings.Contains(err.Error(), "varied twice") {
		t.Errorf("a parameter that is varied twice gives %v", err)
	}
}

// TestUnit turns coordinates into values and back.
func TestUnit(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	factors, err := s.Factors(VaryFlags([]string{
		"influence.bound=0.2:0.8", "security.rate=0.5:200:log", "time.ticks=5:12", "mechanisms.forums=true,false", "standards.network=1,2,4",
	}))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		f := factors[rapid.IntRange(0, len(factors)-1).Draw(t, "factor")]
		u := rapid.Float64Range(0, 1).Draw(t, "u")
		value := f.At(u)
		back, err := unit(&f, value)
		if err != nil {
			t.Fatal(err)
		}
		tolerance := 1e-7
		if n := f.Values(); n > 0 {
			tolerance = .5/float64(n) + 1e-12
		}
		if math.Abs(back-u) > tolerance || f.At(back) != value {
			t.Fatalf("%s: %g is %s, and that is %g, which is %s", f.Name, u, value, back, f.At(back))
		}
	})
	for k := range factors {
		if _, err := unit(&factors[k], "nonsense"); err == nil {
			t.Errorf("%s takes nonsense", factors[k].Name)
		}
	}
}

// unit is the coordinate of a value: the inverse of At. The value of a discrete
// factor is taken for the middle of its part.
func unit(f *Factor, value string) (float64, error) {
	if f.Scale == Listed {
		k := slices.Index(f.Levels, value)
		if k < 0 {
			return 0, fmt.Errorf("%q is no level of %s", value, f.Name)
		}
		return (float64(k) + .5) / float64(len(f.Levels)), nil
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || !(x >= f.Low && x <= f.High) {
		return 0, fmt.Errorf("%q is not in the range of %s, %s", value, f.Name, f.Range())
	}
	switch {
	case f.Scale == Whole:
		return (x - f.Low + .5) / float64(f.Values()), nil
	case f.Scale == Log:
		return (math.Log(x) - math.Log(f.Low)) / (math.Log(f.High) - math.Log(f.Low)), nil
	}
	return (x - f.Low) / (f.High - f.Low), nil
}

// The sweep that a scenario proposes is part of its text and not of its hash.
func TestSweepTable(t *testing.T) {
	const plain = "title = \"T\"\nextends = \"two-blocs\"\n"
	const table = "[sweep]\npoints = 9\nvary = [\"influence.bound=0.2:0.8\", \"mechanisms.forums=true,false\"]\n"
	a, err := Parse("a.toml", plain, Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse("b.toml", plain+table, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a.Hash != b.Hash || a.Text != b.Core || b.Text == b.Core || a.Sweep != nil || b.Sweep.Points != 9 || len(b.Sweep.Vary) != 2 {
		t.Errorf("%+v\n%s", b.Sweep, b.Text)
	}
	again, err := Parse("c.toml", b.Text, Options{})
	if err != nil || again.Text != b.Text {
		t.Errorf("%v\n%s\n%s", err, again.Text, b.Text)
	}
	v, err := b.Variant([]string{"influence.bound=0.5"})
	if err != nil || !strings.HasSuffix(v.Text, b.Text[len(b.Core):]) {
		t.Errorf("%v: a variant lost its sweep", err)
	}
	for text, want := range map[string]string{
		"[sweep]\npoints = 9\n":                                            "s.toml:3: sweep.vary: is missing",
		"[sweep]\nvary = []\n":                                             "there is nothing to vary",
		"[sweep]\nvary = [3]\n":                                            "allowed: a list of texts in quotes",
		"[sweep]\nvary = [\"all\"]\ndesign = \"lsh\"\n":                    "did you mean lhs?",
		"[sweep]\nvary = [\"all\"]\nruns = 0\n":                            "sweep.runs: 0 is not allowed",
		"[sweep]\nvary = [\"all\"]\nseed = 3\n":                            "sweep.seed: unknown key",
		"[sweep]\nvary = [\"all\"]\npoints = 3\ndesign = \"morris\"\n":     "a morris design has no points",
		"[sweep]\nvary = [\n\"influence.bound\",\n\"influence.bond\"\n]\n": "s.toml:6: influence.bond: unknown parameter",
	} {
		if _, err := Parse("s.toml", plain+text, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v\nwant %s", text, err, want)
		}
	}
}

func TestSettle(t *testing.T) {
	s := mustLoad(t, "two-blocs")
	interval, err := s.Factors(VaryFlags([]string{"influence.bound", "standards.network=1,2", "influence.speed"}))
	if err != nil {
		t.Fatal(err)
	}
	lists, err := s.Factors(VaryFlags([]string{"mechanisms.forums=true,false", "standards.network=1,2,4"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		sweep   Sweep
		factors []Factor
		want    Design
		size    int
	}{
		{Sweep{}, interval, Design{Name: "lhs", Points: 30, Seed: 1}, 30},
		{Sweep{}, lists, Design{Name: "grid", Levels: 5, Seed: 1}, 6},
		{Sweep{Points: 7}, lists, Design{Name: "lhs", Points: 7, Seed: 1}, 7},
		{Sweep{Design: "grid", Levels: 4}, interval, Design{Name: "grid", Levels: 4, Seed: 1}, 4 * 2 * 4},
		{Sweep{Design: "morris"}, interval, Design{Name: "morris", Trajectories: 20, Levels: 4, Seed: 1}, 20 * 4},
		{Sweep{Design: "saltelli", Base: 8}, interval, Design{Name: "saltelli", Base: 8, Seed: 1}, 8 * 5},
	} {
		d, err := c.sweep.Settle(c.factors, 1)
		if err != nil || d != c.want {
			t.Errorf("%+v: %+v, %v", c.sweep, d, err)
			continue
		}
		spec := d.Spec(c.factors)
		if size, err := spec.Size(); err != nil || size != c.size {
			t.Errorf("%+v: %d points, %v; want %d", c.sweep, size, err, c.size)
		}
	}
	over := Sweep{Design: "morris", Trajectories: 9, Runs: 3}.Over(Sweep{Design: "lhs", Points: 4})
	if over.Trajectories != 0 || over.Points != 4 || over.Runs != 3 {
		t.Errorf("another design keeps the size of the first: %+v", over)
	}
}

// Whatever is asked for is answered with factors or with problems, and a factor that
// is accepted can be written and read again.
func FuzzVary(f *testing.F) {
	for _, seed := range append(mixed, "all", "net: influence.*", "a:b:c=1:2", "-verdict.*", "a=1:2:log", "x=,", "event.blackout.date=2022-01-01:2022-02-01", "title=a,b", "time.tick=month,year") {
		f.Add(seed)
	}
	s := mustLoad(f, "two-blocs")
	f.Fuzz(func(t *testing.T, text string) {
		factors, err := s.Factors(VaryFlags([]string{text}))
		if err != nil {
			if len(err.(problem.List)) == 0 || err.Error() == "" {
				t.Fatal("an error without a problem")
			}
			return
		}
		for k := range factors {
			again, err := s.Factors(VaryFlags([]string{factors[k].String()}))
			if err != nil || len(again) != 1 || again[0].At(.4) != factors[k].At(.4) {
				t.Fatalf("%q is written %q, and read with %v", text, factors[k].String(), err)
			}
		}
	})
}
