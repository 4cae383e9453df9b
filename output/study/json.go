package study

import (
	"io"

	"splinternet/output"
)

// MarshalJSON writes the rows as objects.
func (t *Table) MarshalJSON() ([]byte, error) { return t.Frame.JSON("") }

// report is an analysis as one JSON object.
type report struct {
	Format         string            `json:"format"`
	ResultsVersion int               `json:"results_version"`
	Scenarios      []scenario        `json:"scenarios"`
	Seed           uint64            `json:"seed"`
	Runs           int               `json:"runs"`
	Finished       int               `json:"finished"`
	Complete       bool              `json:"complete"`
	Options        map[string]any    `json:"options"`
	Warnings       []Warning         `json:"warnings"`
	Tables         map[string]*Table `json:"tables"`
	Out            string            `json:"out"`
}

type scenario struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Hash  string `json:"hash"`
}

// WriteJSON writes the manifest's identity and the tables as one object. Dir is
// where the folder lies, or "".
func WriteJSON(w io.Writer, m *Manifest, tables []*Table, dir string) error {
	r := report{
		Format: m.Format, ResultsVersion: m.ResultsVersion, Scenarios: short(m.Scenarios), Seed: m.Seed,
		Runs: m.Runs, Finished: m.Finished, Complete: m.Complete, Options: m.Options, Warnings: m.Warnings,
		Tables: map[string]*Table{}, Out: dir,
	}
	for _, t := range tables {
		r.Tables[t.Name] = t
	}
	return output.WriteJSON(w, r)
}

func short(list []output.Scenario) []scenario {
	out := []scenario{}
	for _, s := range list {
		out = append(out, scenario{s.Name, s.Title, s.Hash})
	}
	return out
}
