package report

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/sim/analysis"
)

// outcome is the verdict in words.
type outcome struct {
	Label, Meaning, Reason, Margin string
	Runs                           int
	Shares                         []share
	Tests                          []test
}

type share struct {
	Label, Meaning   string
	Runs             int
	Share, Low, High string
}

// test is a measure at the end against its threshold.
type test struct{ Measure, Value, Threshold, Distance, Parameter string }

// threshold is what moving one threshold would do.
type threshold struct {
	Name, Value, Lower, Higher, LowerTo, HigherTo string
	Turns                                         bool
}

// verdicts counts the end states, and what moving a threshold would do.
func (d *data) verdicts(results *output.Results) error {
	counts, n := map[verdict.Label]int{}, 0
	ends := map[string][]float64{}
	lower, higher := map[string]map[verdict.Label]int{}, map[string]map[verdict.Label]int{}
	var margins []float64
	reasons := map[verdict.Label]string{}
	headline := headlines()
	for row, err := range results.Rows(output.Verdicts) {
		if err != nil {
			return err
		}
		label := verdict.Label(row.Text("label"))
		counts[label]++
		n++
		if reasons[label] == "" {
			reasons[label] = row.Text("reason")
		}
		margins = append(margins, row.Number("margin"))
		for _, measure := range headline {
			ends[measure] = append(ends[measure], row.Number(measure+"_end"))
		}
		for _, p := range thresholds(results.Manifest) {
			count(lower, p.Name, label, verdict.Label(row.Text(p.Name+"_lower")))
			count(higher, p.Name, label, verdict.Label(row.Text(p.Name+"_higher")))
		}
	}
	if n == 0 {
		return fmt.Errorf("%s has no finished run", results.Dir)
	}
	d.Verdict = &outcome{Runs: n}
	modal := verdict.Labels[0]
	for _, l := range verdict.Labels {
		low, high := analysis.Wilson(counts[l], n)
		d.Verdict.Shares = append(d.Verdict.Shares, share{
			output.Capital(l.Words()), l.Meaning(), counts[l], percent(float64(counts[l]) / float64(n)), percent(low), percent(high),
		})
		if counts[l] > counts[modal] {
			modal = l
		}
	}
	d.Verdict.Label, d.Verdict.Meaning, d.Verdict.Reason = output.Capital(modal.Words()), modal.Meaning(), output.Capital(reasons[modal])
	d.Verdict.Margin = percent(analysis.Quantile(margins, .5))
	d.tests(results.Manifest, ends)
	for _, p := range thresholds(results.Manifest) {
		t := threshold{Name: p.Name, Value: number(p.Value)}
		t.Lower, t.LowerTo = turned(lower[p.Name], n)
		t.Higher, t.HigherTo = turned(higher[p.Name], n)
		t.Turns = t.LowerTo != "" || t.HigherTo != ""
		d.Thresholds = append(d.Thresholds, t)
	}
	return nil
}

// count notes a label that another threshold would have given.
func count(by map[string]map[verdict.Label]int, name string, label, other verdict.Label) {
	if other == label || other == "" {
		return
	}
	if by[name] == nil {
		by[name] = map[verdict.Label]int{}
	}
	by[name][other]++
}

// turned words in how many runs a threshold would turn the label, and to what.
func turned(to map[verdict.Label]int, n int) (share, labels string) {
	sum := 0
	var names []string
	for _, l := range verdict.Labels {
		if to[l] > 0 {
			sum += to[l]
			names = append(names, l.Words())
		}
	}
	if sum == 0 {
		return "no run", ""
	}
	if n == 1 {
		return "the run", strings.Join(names, ", ")
	}
	return fmt.Sprintf("%d of %d runs", sum, n), strings.Join(names, ", ")
}

func headlines() []string {
	var list []string
	for _, m := range measures.All() {
		if m.Headline {
			list = append(list, m.Name)
		}
	}
	return list
}

// named is a threshold of the verdict.
type named struct {
	Name  string
	Value float64
}

func thresholds(m *output.Manifest) []named {
	var list []named
	for _, p := range m.Parameters {
		if value, is := p.Value.(float64); is && strings.HasPrefix(p.Name, "verdict.") && models.Declarations().Find(p.Name) != nil {
			if slices.Contains(robust, p.Name) {
				list = append(list, named{p.Name, value})
			}
		}
	}
	return list
}

// robust are the thresholds that a verdict is tried with, a fifth lower and higher.
var robust = []string{
	"verdict.reachability", "verdict.depth", "verdict.openness", "verdict.recovery", "verdict.managed-reachability", "verdict.hostility",
}

// tested says which measure each threshold judges.
var tested = map[string]string{
	"verdict.reachability": "native_reachability", "verdict.depth": "cooperation_depth", "verdict.openness": "openness",
	"verdict.recovery": "recovery", "verdict.managed-reachability": "effective_reachability", "verdict.hostility": "hostility",
}

// tests compares the medians of the ends with the thresholds.
func (d *data) tests(m *output.Manifest, ends map[string][]float64) {
	for _, p := range thresholds(m) {
		name := tested[p.Name]
		k := measures.Find(name)
		if k < 0 || len(ends[name]) == 0 {
			continue
		}
		value := analysis.Quantile(ends[name], .5)
		side := "below"
		if value >= p.Value {
			side = "at or above"
		}
		distance := "–"
		if p.Value != 0 {
			distance = percent(math.Abs(value/p.Value-1)) + " " + side
		}
		d.Verdict.Tests = append(d.Verdict.Tests, test{output.Capital(measures.All()[k].Title), number(value), number(p.Value), distance, p.Name})
	}
}
