package study

import (
	"fmt"
	"io"
	"math"
	"slices"

	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/scenarios/studies"
	"splinternet/sim/analysis"
)

// Finding is what an analysis has found, as its folder holds it. The functions ...Of
// make one of the findings of package studies.
type Finding struct {
	Manifest *Manifest
	Tables   []*Table
	Raw      []*Table // written, too, but no part of the JSON object
	Texts    []Text
	tell     func(w io.Writer) // for people; see WriteScreen
}

// Write writes the folder; see the function Write.
func (f *Finding) Write(dir, format string) error {
	return Write(dir, f.Manifest, format, slices.Concat(f.Tables, f.Raw), f.Texts...)
}

// WriteJSON writes the manifest's identity and the tables as one object. Dir is where
// the folder lies, or "".
func (f *Finding) WriteJSON(w io.Writer, dir string) error {
	return WriteJSON(w, f.Manifest, f.Tables, dir)
}

// begun is the manifest of a paired play with its reasons for care.
func begun(format string, p *studies.Paired, warnings []studies.Warning) *Manifest {
	m := New(format)
	for k := range p.Sides {
		m.Scenarios = append(m.Scenarios, scenarioOf(&p.Sides[k]))
	}
	m.Seed, m.Runs, m.Finished, m.Complete = p.Seed, p.Runs, len(p.Readings), p.Complete()
	m.warn(warnings)
	return m
}

func (m *Manifest) warn(warnings []studies.Warning) {
	for _, w := range warnings {
		m.Warnings = append(m.Warnings, Warning{Kind: w.Kind(), Subject: w.Subject(), Text: Sentence(w)})
	}
}

func scenarioOf(s *studies.Side) output.Scenario {
	return output.Scenario{Name: s.Name, Title: s.Scenario.Title, Hash: s.Scenario.Hash, Text: s.Scenario.Text}
}

// runsTable is one row for every run that was played, so that whatever a table
// says can be worked out again.
func runsTable(p *studies.Paired, sideColumn string) *Table {
	t := NewTable("runs", slices.Concat(
		Words(sideColumn), Wholes("replicate"), Words("seed", "label"), Numbers("margin"),
		Words("borderline", "error"), Numbers(momentColumns()...),
	)...)
	for r, row := range p.Readings {
		for k := range row {
			t.Row(runCells(p.Sides[k].Name, r, &row[k])...)
		}
	}
	return t
}

// momentColumns are the columns of the headline measures in tables of runs.
func momentColumns() []string {
	var names []string
	for _, q := range studies.Means() {
		for _, moment := range []string{"_first", "_last", "_end"} {
			names = append(names, q.Name()+moment)
		}
	}
	return names
}

func runCells(side string, replicate int, r *studies.Reading) []any {
	cells := []any{side, replicate, fmt.Sprint(r.Seed)}
	if r.Err != nil {
		cells = append(cells, "", math.NaN(), "", r.Err.Error())
		for range momentColumns() {
			cells = append(cells, math.NaN())
		}
		return cells
	}
	cells = append(cells, string(r.Label), r.Margin, r.Borderline, "")
	for _, m := range r.Moments {
		cells = append(cells, m.First, m.Last, m.End)
	}
	return cells
}

// verdictTable is the share of each end state on every side.
func verdictTable(p *studies.Paired, name, sideColumn string) *Table {
	t := NewTable(name, slices.Concat(Words(sideColumn, "label"), Wholes("runs"), Numbers("share", "low", "high"))...)
	for k, s := range p.Sides {
		counts, played := p.Counts(k)
		for l, label := range verdict.Labels {
			e := analysis.Share(counts[l], played)
			t.Row(s.Name, string(label), counts[l], e.Value, e.Low, e.High)
		}
	}
	return t
}
