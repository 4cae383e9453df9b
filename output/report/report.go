// Package report writes a results folder as one page to read: for a supervisor, a
// class, or the appendix of a paper. The page needs no network and no script; it
// reads on a phone, in the dark, by ear and on paper.
package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/output/figure"
	"splinternet/scenarios"
	"splinternet/sim"
	"splinternet/sim/analysis"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// Report is what goes into the page.
type Report struct {
	Source  *figure.Source
	Figures []*figure.Figure
	// Scenario describes the scenario in words; nil where its text cannot be read
	// again, such as for a comparison of several.
	Scenario *output.Description
}

// data is what the template shows.
type data struct {
	Title, Question, Summary, Expect, Methods string
	Verdict                                   *outcome
	Events                                    []scenarios.Item
	Figures                                   []picture
	Tables                                    []sheet // of an analysis
	Chronicle                                 []entry
	Told, All                                 int
	Thresholds                                []threshold
	Parameters                                []changed
	Off                                       []string
	Sweep                                     *swept
	Care                                      []string // warnings of an analysis
	Commands                                  string
	Again                                     string // the command of a folder that holds its own plan
	ScenarioText                              string
	Facts                                     []fact
	Works                                     []string
	Program                                   string
	Results                                   int
	Hash                                      string
}

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

type changed struct{ Name, Value, Default, Unit, Doc string }

type fact struct{ Name, Value string }

type entry struct{ Date, Text, By string }

// picture is a figure with its text alternatives.
type picture struct {
	Name, Title, Caption string
	Wide, Narrow         template.HTML
	Columns              []string
	Rows                 [][]string
	Of, Every            int
}

// Write writes the page.
func (r *Report) Write(w io.Writer) error {
	d, err := r.data()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := page.Execute(&b, d); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

func (r *Report) data() (*data, error) {
	d := &data{Results: models.ResultsVersion, Program: output.ProgramVersion()}
	d.Title = r.Source.Title()
	if s := r.Scenario; s != nil {
		d.Title, d.Question, d.Summary, d.Expect = s.Title, s.Question, s.Summary, s.Expect
		d.Methods, d.Works, d.Events, d.Hash = s.Methods(), s.Works(), s.Events, s.Hash
	}
	if results := r.Source.Results(); results != nil {
		if err := d.run(results); err != nil {
			return nil, err
		}
	} else if err := d.others(r.Source); err != nil {
		return nil, err
	}
	for _, f := range r.Figures {
		p, err := draw(f)
		if err != nil {
			return nil, fmt.Errorf("figure %s: %w", f.Name, err)
		}
		d.Figures = append(d.Figures, p)
	}
	return d, nil
}

// run fills in what only a folder of runs has.
func (d *data) run(results *output.Results) error {
	m := results.Manifest
	d.Hash, d.ScenarioText = m.Scenario.Hash, m.Scenario.Text
	d.Facts = []fact{
		{"Seed", strconv.FormatUint(m.Seed, 10)},
		{"Runs", finished(m.Finished, m.Runs)},
		{"Time", fmt.Sprintf("%d ticks of a %s from %s", m.Calendar.Ticks, m.Calendar.Tick, m.Calendar.Start)},
	}
	d.Facts = slices.Concat(scenarioFacts(m.Scenario), d.Facts, programFacts(m.Program, m.ResultsVersion, m.Platform))
	d.Commands = fmt.Sprintf("splinternet run scenario.toml --seed %d --runs %d", m.Seed, m.Runs)
	for _, x := range m.Mechanisms {
		if !x.On {
			d.Off = append(d.Off, x.Name)
		}
	}
	if err := d.verdicts(results); err != nil {
		return err
	}
	d.parameters(m)
	return d.chronicle(results)
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

// parameters lists those that differ from their defaults.
func (d *data) parameters(m *output.Manifest) {
	declared := models.Declarations()
	for _, p := range m.Parameters {
		known := declared.Find(p.Name)
		if known == nil {
			continue
		}
		value, standard := fmt.Sprint(p.Value), known.Format(known.Default)
		if x, is := p.Value.(float64); is {
			if x == known.Default {
				continue
			}
			value = number(x)
			if known.Kind != sim.Choice {
				standard = number(known.Default)
			}
		}
		if value != standard {
			d.Parameters = append(d.Parameters, changed{p.Name, value, standard, known.Unit, known.Doc})
		}
	}
}

// most is the number of events that the page tells.
const most = 40

// chronicle takes the most consequential events of the first run, in order of time.
func (d *data) chronicle(results *output.Results) error {
	type weighted struct {
		entry
		weight float64
	}
	var all []weighted
	for row, err := range results.ReadEvents() {
		if err != nil {
			return err
		}
		if row.Run > 0 {
			break
		}
		by := ""
		if row.By == "scenario" {
			by = "scheduled"
		}
		all = append(all, weighted{entry{row.Date[:min(7, len(row.Date))], row.Text, by}, row.Weight})
	}
	d.All = len(all)
	order := make([]int, len(all))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case all[a].weight > all[b].weight:
			return -1
		case all[a].weight < all[b].weight:
			return 1
		}
		return a - b
	})
	order = order[:min(most, len(order))]
	slices.Sort(order)
	for _, k := range order {
		d.Chronicle = append(d.Chronicle, all[k].entry)
	}
	d.Told = len(order)
	return nil
}

// The page shows at most so many rows of a figure's data; a figure whose drawing is
// larger is drawn once, not for wide and narrow screens each.
const (
	mostRows  = 60
	mostBytes = 160e3
)

// draw draws a figure for wide screens and paper, and for narrow ones.
func draw(f *figure.Figure) (picture, error) {
	p := picture{Name: f.Name, Title: f.Title, Caption: f.Caption}
	for _, width := range []string{figure.Page, figure.Column} {
		style, err := figure.Paper(width)
		if err != nil {
			return p, err
		}
		svg, err := f.Render("svg", style)
		if err != nil {
			return p, err
		}
		if width == figure.Page {
			p.Wide = template.HTML(svg) // drawn by this program, which escapes texts
			if len(svg) > mostBytes {
				break
			}
			continue
		}
		// One page, one identifier: that of the narrow drawing has an ending.
		narrow := strings.NewReplacer(`"`+f.Name+"-title", `"`+f.Name+"-narrow-title", " "+f.Name+"-desc", " "+f.Name+"-narrow-desc",
			`id="`+f.Name+"-desc", `id="`+f.Name+"-narrow-desc").Replace(string(svg))
		p.Narrow = template.HTML(narrow)
	}
	p.table(f)
	return p, nil
}

// table takes rows of the figure's data at equal distances.
func (p *picture) table(f *figure.Figure) {
	p.Of = f.Data.Rows()
	p.Every = (p.Of + mostRows - 1) / mostRows
	p.Every = max(p.Every, 1)
	p.Columns = f.Data.Names()
	for row := 0; row < p.Of; row += p.Every {
		p.Rows = append(p.Rows, cells(f.Data, row))
	}
}

// number is a number to read, with a minus sign.
func number(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strings.NewReplacer("-", "−", "+Inf", "∞", "Inf", "∞").Replace(strconv.FormatFloat(x, 'g', 4, 64))
}

func percent(share float64) string {
	return output.PercentIn("\u202f", share)
}
