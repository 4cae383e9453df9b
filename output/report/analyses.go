package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/output/figure"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/output/sweep"
	"splinternet/sim/analysis"
)

// swept is what a sweep varied, and how its runs ended.
type swept struct {
	Factors    []factor
	Shares     []share
	Runs       int // with a verdict
	Failed     int
	Borderline string
}

type factor struct{ Name, Range string }

// others fills in what a folder says that is not one of runs.
func (d *data) others(source *figure.Source) error {
	if source.Kind() == kind.Sweep {
		m, err := sweep.Open(source.Dir)
		if err != nil {
			return err
		}
		d.sweep(m)
		return d.sweepTables(source.Dir)
	}
	m, err := study.ReadManifest(source.Dir)
	if err != nil {
		return err
	}
	d.analysis(m)
	return d.studyTables(source.Dir, m)
}

func (d *data) sweep(m *sweep.Manifest) {
	sound := m.Finished - m.Failed
	s := &swept{Runs: sound, Failed: m.Failed, Borderline: percent(float64(m.Borderline) / float64(max(1, sound)))}
	for _, f := range m.Factors {
		s.Factors = append(s.Factors, factor{f.Name, f.Range})
	}
	for _, l := range verdict.Labels {
		if n := m.Verdicts[l]; n > 0 {
			low, high := analysis.Wilson(n, sound)
			s.Shares = append(s.Shares, share{
				output.Capital(l.Words()), l.Meaning(), n, percent(float64(n) / float64(sound)), percent(low), percent(high),
			})
		}
	}
	d.Sweep = s
	d.Facts = append(scenarioFacts(m.Scenario),
		fact{"Design", m.Design.Name},
		fact{"Points", strconv.Itoa(m.Points)},
		fact{"Runs of a point", strconv.Itoa(m.RunsPerPoint)},
		fact{"Runs", finished(m.Finished, m.Runs)},
		fact{"Seed", strconv.FormatUint(m.Seed, 10)},
		fact{"Hash of the plan", m.Plan},
	)
	d.Facts = append(d.Facts, programFacts(m.Program, m.ResultsVersion, m.Platform)...)
	d.Again = "splinternet sweep --plan FOLDER --out again"
}

func (d *data) analysis(m *study.Manifest) {
	for _, s := range m.Scenarios {
		d.Facts = append(d.Facts, scenarioFacts(s)...)
	}
	d.Facts = append(d.Facts, fact{"Runs", finished(m.Finished, m.Runs)}, fact{"Seed", strconv.FormatUint(m.Seed, 10)})
	for _, key := range slices.Sorted(maps.Keys(m.Options)) {
		if text, err := json.Marshal(m.Options[key]); err == nil {
			d.Facts = append(d.Facts, fact{"Option " + key, string(text)})
		}
	}
	d.Facts = append(d.Facts, programFacts(m.Program, m.ResultsVersion, m.Platform)...)
	for _, w := range m.Warnings {
		d.Care = append(d.Care, w.Text) // which may begin with a scenario's name
	}
}

func scenarioFacts(s output.Scenario) []fact {
	name := s.Name
	if s.Title != "" {
		name = fmt.Sprintf("%s (%s)", s.Title, s.Name)
	}
	return []fact{{"Scenario", name}, {"Hash of the scenario (SHA-256)", s.Hash}}
}

func programFacts(program string, results int, on output.Platform) []fact {
	return []fact{
		{"Program", program},
		{"Results version", strconv.Itoa(results)},
		{"Platform", on.OS + ", " + on.Arch + ", " + on.Go},
	}
}

func finished(n, asked int) string {
	if n == asked {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d of the %d that were asked for", n, asked)
}
