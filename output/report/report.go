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
	"splinternet/output"
	"splinternet/output/figure"
	"splinternet/scenarios"
	"splinternet/sim"
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

// heading is what the page says of the scenario, and what made the results.
type heading struct {
	Title, Question, Summary, Expect, Methods string
	Program                                   string
	Results                                   int // their version
	Hash                                      string
}

// data is what the template shows.
type data struct {
	heading
	Verdict      *outcome
	Events       []scenarios.Item
	Figures      []picture
	Tables       []sheet // of an analysis
	Chronicle    []entry
	Told, All    int
	Thresholds   []threshold
	Parameters   []changed
	Off          []string
	Sweep        *swept
	Care         []string // warnings of an analysis
	Commands     string
	Again        string // the command of a folder that holds its own plan
	ScenarioText string
	Facts        []fact
	Works        []string
}

type changed struct{ Name, Value, Default, Unit, Doc string }

type fact struct{ Name, Value string }

type entry struct{ Date, Text, By string }

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
	d := &data{heading: heading{Results: models.ResultsVersion, Program: output.ProgramVersion()}}
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
	if m.From != nil {
		d.Facts = append(d.Facts, fact{"Gone on from", m.From.String()}, fact{"Hash of the saved world (SHA-256)", m.From.SHA256})
		d.Commands += " --from " + output.Quote(m.From.File)
	}
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
