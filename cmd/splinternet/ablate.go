package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"splinternet/models"
	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/pairs"
	"splinternet/sim/analysis"
)

// ablateOptions are the flags of ablate.
type ablateOptions struct {
	playOptions
	scenario string
	measures []string // columns of the screen
	sort     string   // a measure; rows by the size of what they change in it
}

// ablation is a scenario with something taken out of it.
type ablation struct {
	kind    string // mechanism, switch or model
	name    string
	set     []string
	without []string
}

// change is what the command line would say.
func (a *ablation) change() string {
	var words []string
	for _, mechanism := range a.without {
		words = append(words, "--without "+mechanism)
	}
	for _, assignment := range a.set {
		words = append(words, "--set "+assignment)
	}
	return strings.Join(words, " ")
}

// of is the side with the ablation.
func (a *ablation) of(s *side) (side, error) {
	if len(a.set) > 0 {
		return s.variant(a.name, a.set)
	}
	var parts []part
	for _, mechanism := range a.without {
		parts = append(parts, part{mechanismPart, mechanism})
	}
	return s.lacking(a.name, parts), nil
}

// switches take one assumption out, where its absence is a known simpler model.
func switches() []ablation {
	one := func(name string, set ...string) ablation { return ablation{kind: "switch", name: name, set: set} }
	return []ablation{
		one("power-weight", "influence.power=0"),
		one("trust-weight", "influence.trust=0"),
		one("anchor", "influence.stubbornness=0"),
		one("socialisation", "influence.socialisation=0"),
		one("cue", "forums.cue=0"),
		one("rival-forums", "forums.rivals=false"),
		one("legitimacy", "forums.legitimacy=false"),
		one("network-effect", "standards.network=0"),
		one("alignment", "standards.alignment=0"),
		one("gateways", "interconnection.gateway=0"),
		one("filters", "interconnection.filter-base=0", "interconnection.filter=0"),
		one("incidents", "security.rate=0"),
		one("misattribution", "security.attribution=1"),
		one("channels", "diplomacy.channels=0", "diplomacy.measures=0"),
		one("power-shift", "power.growth=0"),
	}
}

// nested are the reference models, each of which moves more than the one before.
// M3 is the scenario itself.
var nested = []struct {
	name string
	on   []string // beside the scheduled events
}{
	{"M0", nil},
	{"M1", []string{"power", "influence", "interconnection"}},
	{"M2", []string{"power", "influence", "interconnection", "forums"}},
}

// ablations are all variants of a scenario that have something less. What it has
// switched off itself cannot be taken out again.
func ablations(off map[string]bool) []ablation {
	var list []ablation
	for _, m := range models.Mechanisms() {
		if !off[m.Name] {
			list = append(list, ablation{kind: "mechanism", name: m.Name, without: []string{m.Name}})
		}
	}
	for _, s := range switches() {
		if mechanism, _, _ := strings.Cut(s.set[0], "."); !off[mechanism] {
			list = append(list, s)
		}
	}
	for _, model := range nested {
		m := ablation{kind: "model", name: model.name}
		for _, info := range models.Mechanisms() {
			if info.Name != "events" && !off[info.Name] && !slices.Contains(model.on, info.Name) {
				m.without = append(m.without, info.Name)
			}
		}
		list = append(list, m)
	}
	return list
}

// ablate plays a scenario with one thing after the other taken out of it, all
// with shared chance.
func ablate(ctx context.Context, c *console, o ablateOptions) error {
	began := time.Now()
	if err := o.check(kind.Ablation); err != nil {
		return err
	}
	if err := checkHeadlines(append(slices.Clone(o.measures), o.sort)...); err != nil {
		return err
	}
	sides, err := loadSides(c, []string{o.scenario}, o.overrides())
	if err != nil {
		return err
	}
	a := &ablated{list: ablations(sides[0].Scenario.Settings.Off), options: o}
	for _, x := range a.list {
		v, err := x.of(&sides[0])
		if err != nil {
			return misuse(err, fmt.Sprintf("%s takes %s out with %s", sides[0].Name, x.name, x.change()))
		}
		sides = append(sides, v)
	}
	a.paired = pair(sides, o.seed, o.runs, o.workers)
	playing := a.play(ctx, c)
	if len(a.Readings) == 0 {
		return interrupted(playing, 0, a.Runs, "run")
	}
	if err := o.deliver(c, a.finding(), began); err != nil {
		return err
	}
	return interrupted(playing, len(a.Readings), a.Runs, "run")
}

// ablated is an ablation that has been played: side k+1 is that of list[k].
type ablated struct {
	*paired
	list    []ablation
	options ablateOptions
}

func (a *ablated) finding() *finding {
	m := study.New(kind.Ablation)
	a.identify(m)
	m.Scenarios = m.Scenarios[:1] // the others are this one with a change that the table names
	m.Warnings = append(m.Warnings, a.failureWarnings()...)
	m.Warnings = append(m.Warnings, fewRuns(len(a.Readings))...)
	t := study.NewTable("ablation", slices.Concat(study.Words("variant", "measure"),
		study.Numbers("mean", "difference", "low", "high"), study.Wholes("runs"), study.Words("kind", "change"))...)
	for m, name := range headlineNames() {
		full := analysis.Mean(a.Ends(m, 0)[0])
		t.Row(a.sides[0].Name, name, full.Value, 0., math.NaN(), math.NaN(), full.N, "reference", "")
	}
	for k := range a.list {
		x := &a.list[k]
		for m, name := range headlineNames() {
			d := a.difference(m, k+1)
			t.Row(x.name, name, d.meanB, d.Value, d.Low, d.High, d.N, x.kind, x.change())
		}
	}
	return &finding{
		manifest: m, tables: []*study.Table{t, a.verdictTable("ablation_verdicts", "variant")},
		raw: []*study.Table{a.runsTable("variant")}, tell: a.tell,
	}
}

// tell prints one row for each variant, in groups or by the size of what it
// changes.
func (a *ablated) tell(w io.Writer) {
	columns := columnsOf(a.options.measures)
	fmt.Fprintf(w, "%s: %s, %s of each variant, paired by their seeds\n", a.sides[0].Name, span(a.sides[0].Scenario.Calendar), output.Count(len(a.Readings), "run"))
	fmt.Fprintf(w, "What changes in the mean of the last two years when something is taken out, with half\nthe width of the 95 %% interval; = is no change in any run, ? a sign that is not known.\n\n")
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	columnHeads(t, columns, "same end", "state")
	fmt.Fprintf(t, "%s", a.sides[0].Name)
	for _, m := range columns {
		fmt.Fprintf(t, "\t%.3f", pairs.Mean(a.Ends(m, 0)[0]))
	}
	fmt.Fprintf(t, "\t\n")
	kind := ""
	for _, k := range a.order() {
		if x := a.list[k]; a.options.sort == "" && x.kind != kind {
			kind = x.kind
			fmt.Fprintf(t, "%s%s\n", groupWords[kind], strings.Repeat("\t", len(columns)+1))
		}
		a.tellRow(t, columns, k)
	}
	t.Flush()
}

var groupWords = map[string]string{"mechanism": "Mechanisms", "switch": "Assumptions", "model": "Models"}

// order is that of the list, or the size of the effect on a measure.
func (a *ablated) order() []int {
	order := make([]int, len(a.list))
	size := make([]float64, len(a.list))
	m := slices.Index(headlineNames(), a.options.sort)
	for k := range order {
		order[k] = k
		if m >= 0 {
			size[k] = math.Abs(a.difference(m, k+1).Value)
		}
	}
	slices.SortStableFunc(order, func(x, y int) int {
		switch {
		case size[x] > size[y]:
			return -1
		case size[x] < size[y]:
			return 1
		}
		return 0
	})
	return order
}

func (a *ablated) tellRow(t io.Writer, columns []int, k int) {
	name := a.list[k].name
	if a.options.sort != "" && a.list[k].kind == "mechanism" {
		name = "without " + name
	}
	fmt.Fprintf(t, "  %s", name)
	for _, m := range columns {
		d := a.difference(m, k+1)
		fmt.Fprintf(t, "\t%s", shortly(d.Estimate, d.none))
	}
	same, all := 0, 0
	for from, counts := range a.transitions(k + 1) {
		for to, n := range counts {
			if all += n; from == to {
				same += n
			}
		}
	}
	fmt.Fprintf(t, "\t%s\n", output.Percent(float64(same)/float64(all)))
}
