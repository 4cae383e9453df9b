package study

import (
	"bytes"
	"encoding/json"
	"io"
	"math"

	"splinternet/output"
	"splinternet/output/frame"
)

// MarshalJSON writes the rows as objects whose keys stand in the order of the
// columns. What has no number in JSON, a blank or an infinity, is null.
func (t *Table) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('[')
	for r := range t.Frame.Rows() {
		if r > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('{')
		for k := range t.Frame.Columns {
			c := &t.Frame.Columns[k]
			if k > 0 {
				b.WriteByte(',')
			}
			name, _ := json.Marshal(c.Name) // a string always can
			b.Write(name)
			b.WriteByte(':')
			var value any
			if c.Words != nil {
				value = c.Words[r]
			} else if x := frame.Round(c.Numbers[r]); !math.IsNaN(x) && !math.IsInf(x, 0) {
				value = x
			}
			text, err := json.Marshal(value)
			if err != nil {
				return nil, err
			}
			b.Write(text)
		}
		b.WriteByte('}')
	}
	b.WriteByte(']')
	return b.Bytes(), nil
}

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
