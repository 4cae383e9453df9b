package verdict

import (
	"math"
	"slices"
	"strings"
	"testing"

	"splinternet/models/measures"
	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// exact is the rounding of a handful of operations.
const exact = 1e-12

// limits are thresholds of the test's own: the defaults may change.
func limits() *Thresholds {
	return &Thresholds{
		Reachability: .75, Depth: .4, Openness: .55, Recovery: .25, ManagedReachability: .6, Hostility: .2,
		Window: WindowYears, Borderline: .05, Robustness: .2,
	}
}

// The decision list, its six labels and every boundary. A half is exact in binary,
// so that the boundary cases are equalities.
func TestDecide(t *testing.T) {
	limits := &Thresholds{Reachability: .75, Depth: .5, Openness: .5, Recovery: .25, ManagedReachability: .625, Hostility: .25}
	const below = .4999999
	for _, c := range []struct {
		what  string
		means Means
		want  Label
		tests int
	}{
		{"liberal", Means{Native: .9, Effective: .95, Depth: .6, Openness: .6}, Liberal, 3},
		{"liberal, all at the thresholds", Means{Native: .75, Effective: .75, Depth: .5, Openness: .5}, Liberal, 3},
		{"hostility does not divide one network", Means{Native: .8, Effective: .8, Depth: .6, Openness: .6, Hostility: 9}, Liberal, 3},
		{"post-liberal", Means{Native: .9, Effective: .95, Depth: .6, Openness: below}, PostLiberal, 3},
		{"thin", Means{Native: .9, Effective: .95, Depth: below, Openness: .9}, Thin, 2},
		{"just divided", Means{Native: .7499999, Effective: .7499999, Depth: .9, Openness: .9}, Drift, 3},
		{"hostile", Means{Native: .5, Effective: .9, Hostility: .2500001}, Hostile, 2},
		{"at the threshold of hostility", Means{Native: .5, Effective: .9, Hostility: .25}, Managed, 4},
		{"managed", Means{Native: .5, Effective: .7, Hostility: .1}, Managed, 4},
		{"managed, all at the thresholds", Means{Native: .5, Effective: .625, Hostility: .25}, Managed, 4},
		{"recovered, but too little is left", Means{Native: .25, Effective: .5, Hostility: .1}, Drift, 4},
		{"reachable, but not recovered", Means{Native: .7, Effective: .75, Hostility: .1}, Drift, 3},
		{"drift", Means{Native: .3, Effective: .3}, Drift, 3},
		{"the best of worlds", Means{Native: 1, Effective: 1, Depth: 1, Openness: 1}, Liberal, 3},
		{"the worst", Means{Hostility: 50}, Hostile, 2},
	} {
		label, tests := limits.Decide(c.means)
		if label != c.want || len(tests) != c.tests {
			t.Errorf("%s: %s after %d tests, want %s after %d", c.what, label, len(tests), c.want, c.tests)
		}
		for _, test := range tests {
			if test.Above != (test.Value >= test.Threshold) || !strings.HasPrefix(test.Parameter, "verdict.") || measures.Find(test.Measure) < 0 {
				t.Errorf("%s: test %+v", c.what, test)
			}
		}
	}
}

// The short form that labels every tick is the decision list.
func TestLabelIsDecide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := func(name string) float64 { return float64(rapid.IntRange(0, 20).Draw(t, name)) / 20 }
		thresholds := &Thresholds{
			Reachability: unit("R*"), Depth: unit("D*"), Openness: unit("V*"), Recovery: unit("rho*"), ManagedReachability: unit("RM*"), Hostility: unit("H*"),
		}
		m := Means{unit("R0"), unit("R"), unit("D"), unit("V"), unit("H")}
		if label, _ := thresholds.Decide(m); label != thresholds.label(m) {
			t.Errorf("%+v: Decide says %s, label %s", m, label, thresholds.label(m))
		}
	})
}

// run lets a judge see means that hold from tick to tick.
func run(thresholds *Thresholds, tick sim.TickLength, means func(t int) Means, ticks int) (*Judge, *measures.Series) {
	series := &measures.Series{Values: make([][]float64, len(measures.All()))}
	for k := range series.Values {
		series.Values[k] = make([]float64, ticks)
	}
	judge := NewJudge(thresholds, &world.World{Calendar: sim.Calendar{Tick: tick, Ticks: ticks}})
	for t := range ticks {
		m := means(t)
		for name, value := range map[string]float64{
			"native_reachability": m.Native, "effective_reachability": m.Effective, "cooperation_depth": m.Depth,
			"openness": m.Openness, "hostility": m.Hostility,
		} {
			series.Of(name)[t] = value
		}
		judge.Observe(t, series)
	}
	return judge, series
}

var (
	liberal = Means{Native: .9, Effective: .95, Depth: .6, Openness: .6}
	hostile = Means{Native: .1, Effective: .1, Hostility: 5}
)

// Means look back two years, whatever the tick.
func TestWindow(t *testing.T) {
	for tick, span := range map[sim.TickLength]int{sim.Month: 24, sim.Quarter: 8, sim.Year: 2} {
		judge, series := run(limits(), tick, func(t int) Means { return Means{Openness: float64(t)} }, 3*span)
		if judge.span != span {
			t.Errorf("%s: a window of %d ticks, want %d", tick, judge.span, span)
		}
		// The mean of the last span integers.
		modeltest.Near(t, "window mean", means(series, 3*span-1, span).Openness, 3*float64(span)-1-float64(span-1)/2, exact)
		modeltest.Near(t, "mean of the first tick", means(series, 0, span).Openness, 0, exact)
	}
}

// A label must hold for two years to replace another.
func TestHysteresis(t *testing.T) {
	const turn, span = 20, 8
	judge, series := run(limits(), sim.Quarter, func(t int) Means {
		if t < turn {
			return liberal
		}
		return hostile
	}, 60)
	// The mean of the window calls the world hostile from some tick on: the decision
	// list alone would switch there, the history does two years less a tick later.
	first := slices.IndexFunc(series.Of("hostility"), func(h float64) bool { return h > 0 })
	for first < 60 && judge.thresholds.label(means(series, first, span)) != Hostile {
		first++
	}
	switched := slices.Index(judge.History, Hostile)
	if switched != first+span-1 {
		t.Errorf("switched in tick %d, want %d", switched, first+span-1)
	}
	for k, label := range judge.History {
		want := Liberal
		if k >= switched {
			want = Hostile
		}
		if label != want {
			t.Errorf("tick %d: %s", k, label)
		}
	}
	if v := judge.Verdict(series); v.Label != Hostile || len(v.History) != 60 || v.History[0] != Liberal {
		t.Errorf("verdict %+v", v)
	}
}

// A spell that the window mean calls by another name for less than two years
// leaves the label alone, and the count starts anew after a relapse.
func TestSpellsPass(t *testing.T) {
	now := limits()
	judge := NewJudge(now, &world.World{Calendar: sim.Calendar{Tick: sim.Year, Ticks: 20}}) // two ticks
	series := &measures.Series{Values: make([][]float64, len(measures.All()))}
	for k := range series.Values {
		series.Values[k] = make([]float64, 20)
	}
	// Depth alternates so that the window mean does, too: thin for one tick in three.
	for tick := range 20 {
		series.Of("native_reachability")[tick] = .9
		series.Of("effective_reachability")[tick] = .9
		series.Of("openness")[tick] = .9
		series.Of("cooperation_depth")[tick] = []float64{.9, .39, .39}[tick%3]
		_, before, changed := judge.Observe(tick, series)
		if changed || tick == 0 && before != "" {
			t.Errorf("tick %d: changed from %s to %s", tick, before, judge.Present)
		}
	}
	if slices.Contains(judge.History, Thin) {
		t.Errorf("history %v", judge.History)
	}
}

func TestObserveTellsOfChange(t *testing.T) {
	judge := NewJudge(limits(), &world.World{Calendar: sim.Calendar{Tick: sim.Year, Ticks: 9}})
	series := &measures.Series{Values: make([][]float64, len(measures.All()))}
	for k := range series.Values {
		series.Values[k] = make([]float64, 9)
	}
	var told []int
	for tick := range 9 {
		m := liberal
		if tick >= 3 {
			m = hostile
		}
		series.Of("native_reachability")[tick] = m.Native
		series.Of("effective_reachability")[tick] = m.Effective
		series.Of("cooperation_depth")[tick] = m.Depth
		series.Of("openness")[tick] = m.Openness
		series.Of("hostility")[tick] = m.Hostility
		if now, before, changed := judge.Observe(tick, series); changed {
			told = append(told, tick)
			if now != Hostile || before != Liberal {
				t.Errorf("from %s to %s", before, now)
			}
		}
	}
	if len(told) != 1 {
		t.Errorf("told of a change in ticks %v", told)
	}
}

// The margin is the least relative distance of the tests that were made.
func TestMargin(t *testing.T) {
	for _, c := range []struct {
		what       string
		means      Means
		margin     float64
		borderline bool
	}{
		{"reachability decides", Means{Native: .78, Effective: .9, Depth: .8, Openness: .9}, .03 / .75, true},
		{"depth decides", Means{Native: 1, Effective: 1, Depth: .3, Openness: .56}, .25, false},
		{"an untested measure does not", Means{Native: 1, Effective: 1, Depth: .2, Openness: .55}, 1. / 3, false},
		{"hostility", Means{Native: .3, Effective: .3, Hostility: .21}, .05, false},
		{"recovery", Means{Native: .5, Effective: .62}, .04, true},
	} {
		judge, series := run(limits(), sim.Quarter, func(int) Means { return c.means }, 10)
		v := judge.Verdict(series)
		modeltest.Near(t, "margin when "+c.what, v.Margin, c.margin, 1e-9)
		if c.margin != .05 && v.Borderline != c.borderline { // at .05 rounding decides
			t.Errorf("%s: borderline is %v", c.what, v.Borderline)
		}
	}
}

// Robustness lists the label at a fifth less and a fifth more of each threshold.
func TestRobustness(t *testing.T) {
	now := limits()
	m := Means{Native: .7, Effective: .74, Depth: .45, Openness: .5, Hostility: .21}
	want := map[string][2]Label{
		"reachability":         {PostLiberal, Hostile}, // .6 lets the network count as one
		"depth":                {Hostile, Hostile},
		"openness":             {Hostile, Hostile},
		"recovery":             {Hostile, Hostile},
		"managed-reachability": {Hostile, Hostile},
		"hostility":            {Hostile, Drift}, // .24 calls .21 calm
	}
	judge, series := run(now, sim.Quarter, func(int) Means { return m }, 10)
	v := judge.Verdict(series)
	if len(v.Robust) != len(want) {
		t.Fatalf("%d thresholds moved", len(v.Robust))
	}
	for _, r := range v.Robust {
		if w := want[strings.TrimPrefix(r.Parameter, "verdict.")]; r.Lower != w[0] || r.Higher != w[1] {
			t.Errorf("%s: %s and %s, want %v", r.Parameter, r.Lower, r.Higher, w)
		}
	}
	// The three thresholds that this world does not test, each where it decides.
	for _, c := range []struct {
		parameter     string
		means         Means
		lower, higher Label
	}{
		{"verdict.depth", Means{Native: .95, Effective: .95, Depth: .45, Openness: .9}, Liberal, Thin},
		{"verdict.openness", Means{Native: .95, Effective: .95, Depth: .9, Openness: .5}, Liberal, PostLiberal},
		{"verdict.recovery", Means{Native: .5, Effective: .62}, Managed, Drift},
		{"verdict.managed-reachability", Means{Native: .3, Effective: .55}, Managed, Drift},
	} {
		list := now.robust(c.means)
		k := slices.IndexFunc(list, func(r Robustness) bool { return r.Parameter == c.parameter })
		if k < 0 || list[k].Lower != c.lower || list[k].Higher != c.higher {
			t.Errorf("%s: %+v", c.parameter, list)
		}
	}
	if *now != *limits() {
		t.Error("the thresholds themselves moved")
	}
}

func TestReasonNamesWhatDecided(t *testing.T) {
	for _, c := range []struct {
		means Means
		words []string
	}{
		{liberal, []string{"one network", "openness", "at or above"}},
		{Means{Native: .9, Effective: .9, Depth: .1}, []string{"one network", "cooperation depth", "below"}},
		{hostile, []string{"divided network", "hostility", "at or above"}},
		{Means{Native: .5, Effective: .8}, []string{"divided network", "effective reachability", "at or above"}},
		{Means{Native: .3, Effective: .3}, []string{"split, with too few bridges and without hostility"}},
	} {
		judge, series := run(limits(), sim.Quarter, func(int) Means { return c.means }, 9)
		v := judge.Verdict(series)
		for _, word := range c.words {
			if !strings.Contains(v.Reason, word) {
				t.Errorf("%s: %q does not say %q", v.Label, v.Reason, word)
			}
		}
	}
}

func TestLabelsHaveMeanings(t *testing.T) {
	seen := map[string]bool{}
	for _, label := range Labels {
		meaning := label.Meaning()
		if meaning == "" || seen[meaning] {
			t.Errorf("%s means %q", label, meaning)
		}
		seen[meaning] = true
	}
	if len(Labels) != 6 {
		t.Errorf("%d labels", len(Labels))
	}
}

func TestDeclarations(t *testing.T) {
	set := new(sim.Parameters)
	thresholds := New(set)
	modeltest.Set(t, set, map[string]float64{
		"verdict.reachability": .7, "verdict.depth": .3, "verdict.openness": .5,
		"verdict.recovery": .2, "verdict.managed-reachability": .65, "verdict.hostility": 2,
	})
	if want := (Thresholds{
		Reachability: .7, Depth: .3, Openness: .5, Recovery: .2, ManagedReachability: .65, Hostility: 2,
		Window: WindowYears, Borderline: .05, Robustness: .2,
	}); *thresholds != want {
		t.Errorf("%+v", *thresholds)
	}
	for _, name := range Required {
		if measures.Find(name) < 0 {
			t.Errorf("the verdict needs %s, which nobody measures", name)
		}
	}
	v := NewJudge(thresholds, &world.World{Calendar: sim.Calendar{Tick: sim.Quarter}}).Verdict(&measures.Series{})
	if v.Label != Drift || math.IsNaN(v.Margin) {
		t.Errorf("a run without ticks ends as %+v", v)
	}
}
