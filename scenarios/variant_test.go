package scenarios

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"splinternet/models"
	"splinternet/scenarios/build"
	"splinternet/scenarios/data"
	"splinternet/scenarios/spec"
	"splinternet/sim"
)

// points are assignments as a sweep makes them, right and wrong.
var points = [][]string{
	nil,
	{"influence.bound=0.3"},
	{"influence.bound = .3", "standards.network=2", "influence.bound=0.25"},
	{"influence.bound=-0.1"},
	{"influence.bound"},
	{"influence.bound=1e-1", "forums.rivals=false", "world.initial=draw"},
	{"world.initial=drawn"},
	{"influence.bond=0.3", "influence.bound=0.3"},
	{"verdict.hostility=0.5"},
	{"power.economy=0.5"},
	{"parameters.influence.bound=0.2"},
	{"state.IND.position=0.4", "influence.bound=0.3"},
	{"state.IND.economy=0.4", "power.economy=0.5"},
	{"state.XXX.position=0.4"},
	{"firm.huawei.tie=0.1"},
	{"event.new-ip-proposed.date=2020-02-01"},
	{"event.new-ip-proposed.tick=3", "time.ticks=8"},
	{"world.cutoff=2016-12-31"},
	{"world.dimensions=2"},
	{"mechanisms.markets=false"},
	{"extends=x"},
}

// A variant is what Load makes of all the assignments together, to the byte, and
// has the same problems.
func TestVariantEqualsLoad(t *testing.T) {
	for name, base := range map[string]Options{
		"baseline":           {},
		"two-blocs":          {Set: []string{"influence.bound=0.9", "state.CAN.position=0.9"}},
		"testdata/full.toml": {Without: []string{"security"}, Ticks: 121, Set: []string{"verdict.hostility=0.7"}},
	} {
		s, err := Load(name, base)
		if err != nil {
			t.Fatal(err)
		}
		before := s.Text
		for _, set := range points {
			o := base
			o.Set = slices.Concat(base.Set, set)
			fresh, wrong := Load(name, o)
			variant, err := s.Variant(set)
			if fmt.Sprint(err) != fmt.Sprint(wrong) {
				t.Errorf("%s %q: the problems are\n%v\nand those of Load\n%v", name, set, err, wrong)
			}
			if wrong != nil {
				continue
			}
			if !alike(variant, fresh) {
				t.Errorf("%s %q: the variant differs from what Load makes\n%s", name, set, difference(fresh.Text, variant.Text))
			}
			if again, err := variant.Variant([]string{"influence.stubbornness=0.125"}); err != nil {
				t.Error(err)
			} else if fresh, _ := Load(name, Options{
				Set: append(o.Set, "influence.stubbornness=0.125"), Without: o.Without, Ticks: o.Ticks,
			}); !alike(again, fresh) {
				t.Errorf("%s %q: the variant of the variant differs from what Load makes", name, set)
			}
		}
		if fresh, _ := Load(name, base); s.Text != before || !alike(s, fresh) {
			t.Errorf("%s: making variants has changed the scenario", name)
		}
	}
}

// alike tells whether two scenarios are equal, but for the worlds that are kept for their
// variants.
func alike(a, b *Scenario) bool {
	own := func(s *Scenario) *Scenario {
		copied, from := *s, *s.origin
		from.worlds = nil
		copied.origin = &from
		return &copied
	}
	return reflect.DeepEqual(own(a), own(b))
}

func difference(want, got string) string {
	if want == got {
		return "their texts agree"
	}
	return "the text is\n" + got + "\ninstead of\n" + want
}

// A variant whose keys are all parameters shares the world, which is what makes it
// cheap; one that touches the world must not.
func TestVariantSharesTheWorld(t *testing.T) {
	s, err := Load("two-blocs", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for set, shares := range map[string]bool{
		"influence.bound=0.3": true, "world.initial=draw": true, "power.economy=0.5": false, "time.ticks=7": false,
	} {
		v, err := s.Variant([]string{set})
		if err != nil {
			t.Fatal(err)
		}
		if (v.World == s.World) != shares {
			t.Errorf("%s: the world is shared: %v; want %v", set, v.World == s.World, shares)
		}
	}
}

// One simulation that goes from variant to variant gives the results of
// simulations of their own, whatever the shapes of the worlds that it saw.
func TestAdopt(t *testing.T) {
	var cases []*Scenario
	for name, ticks := range map[string]int{"two-blocs": 25, "baseline": 9, "testdata/full.toml": 0} {
		s, err := Load(name, Options{Ticks: ticks})
		if err != nil {
			t.Fatal(err)
		}
		for _, set := range [][]string{
			nil,
			{"influence.bound=0.9", "forums.rivals=false"},
			{"mechanisms.markets=false"},
			{"mechanisms.events=false", "world.initial=draw"},
			{"security.rate=40"},
			{"world.dimensions=2"},
		} {
			v, err := s.Variant(set)
			if err != nil {
				t.Fatal(err)
			}
			cases = append(cases, v)
		}
	}
	own := make([]*models.Result, len(cases))
	play := func(m *models.Simulation) *models.Result {
		result, err := m.Run(context.Background(), 7, models.Recording{Chronicle: true, Ballots: true})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	for k, s := range cases {
		m, err := s.Simulation()
		if err != nil {
			t.Fatal(err)
		}
		own[k] = play(m)
	}
	m, err := cases[0].Simulation()
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 3 {
		for _, k := range rng.Perm(len(cases)) {
			if err := m.Adopt(cases[k].World, models.Settings{Off: map[string]bool{"nothing": true}}); err == nil {
				t.Fatal("an unknown mechanism is adopted")
			}
			if err := m.Adopt(cases[k].World, cases[k].Settings); err != nil {
				t.Fatal(err)
			}
			if got := play(m); !sameResult(got, own[k]) {
				t.Errorf("%s %q: a simulation that saw others before gives another result", cases[k].Name, cases[k].options.Set)
			}
		}
	}
}

// sameResult compares by the printed form, in which NaN is NaN, to the last digit.
func sameResult(a, b *models.Result) bool {
	return fmt.Sprint(*a) == fmt.Sprint(*b)
}

// The hash of a scenario with a file of its own follows the content of the file,
// also where the world of the old content is at hand.
func TestVariantOfOwnData(t *testing.T) {
	dir := t.TempDir()
	table, err := os.ReadFile(filepath.Join("data", "states.csv"))
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, content []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("mine.csv", table)
	write("mine.toml", []byte("title = \"mine\"\nextends = \"baseline\"\n[world]\nstates = \"mine.csv\"\n"))
	if !slices.Contains(data.FileKeys(), "states") {
		t.Fatal("the key of the file has changed")
	}
	s, err := Load(filepath.Join(dir, "mine.toml"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	last := len(table) - 1
	for table[last] == '\n' {
		last--
	}
	for table[last] != '\n' {
		last--
	}
	write("mine.csv", table[:last+1]) // a state less
	v, err := s.Variant([]string{"state.IND.position=0.5"})
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := Load(filepath.Join(dir, "mine.toml"), Options{Set: []string{"state.IND.position=0.5"}})
	if err != nil {
		t.Fatal(err)
	}
	if v.World.States.N != s.World.States.N-1 || v.Hash != fresh.Hash {
		t.Errorf("the variant has %d states; want %d, as the file has now", v.World.States.N, s.World.States.N-1)
	}
	same, _ := s.Variant([]string{"influence.bound=0.25"})
	if other, _ := v.Variant([]string{"influence.bound=0.25"}); same.Hash == other.Hash {
		t.Error("the hash does not follow the data")
	}
}

// What a variant changes stays with it, whatever it shares with others that were built
// lately.
func TestVariantsAreApart(t *testing.T) {
	s := baselineOf(t)
	brics := func(s *Scenario) int { return len(s.World.Groups[s.World.FindGroup("brics")].Members) }
	before := brics(s)
	for set, want := range map[string]int{"groups.brics=[\"IND\", \"BRA\"]": 2, "state.IND.position=0.5": before} {
		v, err := s.Variant([]string{set})
		if err != nil {
			t.Fatal(err)
		}
		if brics(v) != want || brics(s) != before {
			t.Errorf("%s: %d members, and %d in the scenario; want %d and %d", set, brics(v), brics(s), want, before)
		}
	}
	if again, err := s.Variant([]string{"state.IND.position=0.6"}); err != nil || brics(again) != before {
		t.Errorf("a later variant has another group: %v", err)
	}
}

func benchmarkPoint(b *testing.B, set func(i int) []string) {
	b.Helper()
	s := baselineOf(b)
	m, err := s.Simulation()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := range b.N {
		v, err := s.Variant(set(i))
		if err != nil {
			b.Fatal(err)
		}
		if err := m.Adopt(v.World, v.Settings); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPoint is what a design point of a sweep costs before its first run, and
// for comparison what it would cost to load the scenario each time.
func BenchmarkPoint(b *testing.B) {
	level := func(i int) float64 { return sim.Race{}.Uniform(uint64(i)) }
	var many []string
	for _, p := range spec.Parameters().All() {
		if p.Kind == sim.Number && !slices.Contains(build.Weights, p.Name) && len(many) < 20 {
			many = append(many, p.Name)
		}
	}
	b.Run("parameter", func(b *testing.B) {
		benchmarkPoint(b, func(i int) []string { return []string{fmt.Sprintf("influence.bound=%g", level(i))} })
	})
	b.Run("20 parameters", func(b *testing.B) {
		benchmarkPoint(b, func(i int) []string {
			var set []string
			for _, name := range many {
				p := spec.Parameters().Find(name).Plausible
				set = append(set, fmt.Sprintf("%s=%g", name, p.Min+(p.Max-p.Min)*level(i)))
			}
			return set
		})
	})
	b.Run("state", func(b *testing.B) {
		benchmarkPoint(b, func(i int) []string { return []string{fmt.Sprintf("state.IND.position=%g", level(i))} })
	})
	b.Run("event", func(b *testing.B) {
		benchmarkPoint(b, func(i int) []string { return []string{fmt.Sprintf("event.new-ip-proposed.tick=%d", i%20)} })
	})
	b.Run("cutoff", func(b *testing.B) {
		benchmarkPoint(b, func(i int) []string { return []string{fmt.Sprintf("world.cutoff=2017-12-%02d", 1+i%28)} })
	})
	b.Run("load", func(b *testing.B) {
		for i := range b.N {
			s, err := Load("baseline", Options{Set: []string{fmt.Sprintf("influence.bound=%g", level(i))}})
			if err != nil {
				b.Fatal(err)
			}
			if _, err := s.Simulation(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
