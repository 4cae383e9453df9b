// Package study writes and reads the folder of an analysis that plays its own
// runs: a comparison, an ablation, an attribution, a calibration. Such a folder
// holds tables and, written last, a manifest that says what was played. It is
// small, so it is written at once when the analysis is done.
package study

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"splinternet/models"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/kind"
)

// FormatVersion is the version of the layout: of the manifest's keys and the
// tables' columns.
const FormatVersion = 1

// Manifest says what was played and what is in the folder.
type Manifest struct {
	Format         string             `json:"format"`
	FormatVersion  int                `json:"format_version"`
	ResultsVersion int                `json:"results_version"`
	Program        string             `json:"program"`
	Scenarios      []output.Scenario  `json:"scenarios"`
	Seed           uint64             `json:"seed"`
	Runs           int                `json:"runs"`     // of each scenario, that were asked for
	Finished       int                `json:"finished"` // of each scenario, that the tables are made of
	Complete       bool               `json:"complete"`
	Options        map[string]any     `json:"options"` // what else the command was asked
	Warnings       []Warning          `json:"warnings"`
	Platform       output.Platform    `json:"platform"`
	Files          []output.File      `json:"files"`
	Performance    output.Performance `json:"performance"`
}

// Warning is a reason to read a table with care, as data.
type Warning struct {
	Kind    string `json:"kind"`    // such as too-few-runs
	Subject string `json:"subject"` // the measure, scenario or part that it is about
	Text    string `json:"text"`    // a sentence
}

// New begins the manifest of an analysis.
func New(format string) *Manifest {
	return &Manifest{
		Format: format, FormatVersion: FormatVersion, ResultsVersion: models.ResultsVersion,
		Program: output.ProgramVersion(), Options: map[string]any{}, Warnings: []Warning{},
		Platform: output.ThisPlatform(),
	}
}

// Table is a table on its way into a folder.
type Table struct {
	Name  string
	Frame frame.Frame
}

// NewTable begins a table with the columns of the headings.
func NewTable(name string, headings ...frame.Heading) *Table {
	t := &Table{Name: name}
	for _, h := range headings {
		c := frame.Column{Name: h.Name, Whole: h.Kind == frame.Integer}
		if h.Kind == frame.Word {
			c.Words = []string{}
		} else {
			c.Numbers = []float64{}
		}
		t.Frame.Columns = append(t.Frame.Columns, c)
	}
	return t
}

// Words, Numbers and Wholes are headings of columns of one kind.
func Words(names ...string) []frame.Heading { return headings(frame.Word, names) }

// Numbers are headings of columns of numbers.
func Numbers(names ...string) []frame.Heading { return headings(frame.Number, names) }

// Wholes are headings of columns of whole numbers.
func Wholes(names ...string) []frame.Heading { return headings(frame.Integer, names) }

func headings(kind frame.Kind, names []string) []frame.Heading {
	list := make([]frame.Heading, len(names))
	for k, name := range names {
		list[k] = frame.Heading{Name: name, Kind: kind}
	}
	return list
}

// Row appends a row: a string, float64, int or bool for every column. It panics
// when they do not fit, because tables are laid out by the program alone.
func (t *Table) Row(cells ...any) {
	if len(cells) != len(t.Frame.Columns) {
		panic(fmt.Sprintf("study: %d cells for the %d columns of %s", len(cells), len(t.Frame.Columns), t.Name))
	}
	for k, cell := range cells {
		c := &t.Frame.Columns[k]
		switch x := cell.(type) {
		case string:
			c.Words = append(c.Words, x)
		case bool:
			c.Words = append(c.Words, fmt.Sprint(x))
		case float64:
			c.Numbers = append(c.Numbers, x)
		case int:
			c.Numbers = append(c.Numbers, float64(x))
		default:
			panic(fmt.Sprintf("study: a %T in column %s of %s", cell, c.Name, t.Name))
		}
		if (c.Words != nil) == (c.Numbers != nil) {
			panic(fmt.Sprintf("study: a %T in column %s of %s", cell, c.Name, t.Name))
		}
	}
}

// Check tells, before anything is played, whether the folder can take the results:
// it is new or empty, or holds an analysis of the same format and force replaces
// it. The error of a folder that is taken is an *output.TakenError.
func Check(dir, format string, force bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot use the results folder: %w", err)
	}
	old, err := ReadManifest(dir)
	if err != nil || old.Format != format {
		return &output.TakenError{Dir: dir, What: "is not empty and holds no results of this kind"}
	}
	if !force {
		return &output.TakenError{Dir: dir, What: "holds results already", Replaceable: true}
	}
	return nil
}

// Text is a file of the folder that is no table, such as a scenario.
type Text struct{ Name, Content string }

// Write writes the tables, the texts and, last, the manifest, whose list of files
// it fills in. Results that were there go first, so that a manifest always
// describes the files beside it. When writing fails nothing of it stays.
func Write(dir string, m *Manifest, format string, tables []*Table, texts ...Text) error {
	made := output.Missing(dir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("cannot make the results folder: %w", err)
	}
	var written []string
	err := clear(dir, m.Format)
	for _, t := range tables {
		if err != nil {
			break
		}
		var file output.File
		if file, err = writeTable(dir, m, format, t); err == nil {
			m.Files = append(m.Files, file)
			written = append(written, file.Name)
		}
	}
	for _, t := range texts {
		if err != nil {
			break
		}
		if err = output.WriteFile(filepath.Join(dir, t.Name), []byte(t.Content)); err == nil {
			written = append(written, t.Name)
			var file output.File
			file, err = output.Describe(filepath.Join(dir, t.Name), 0)
			m.Files = append(m.Files, file)
		}
	}
	if err == nil {
		err = writeManifest(dir, m)
	}
	if err != nil {
		for _, name := range written {
			os.Remove(filepath.Join(dir, name))
		}
		for _, dir := range made {
			os.Remove(dir) // refused while anything is in it
		}
	}
	return err
}

// clear takes the results away that are to be replaced.
func clear(dir, format string) error {
	old, err := ReadManifest(dir)
	if err != nil || old.Format != format {
		return nil // Check found the folder free
	}
	for _, name := range append([]string{output.ManifestName}, names(old.Files)...) {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("cannot replace old results: %w", err)
		}
	}
	return nil
}

// names are those of files in the folder itself, whatever a manifest claims.
func names(files []output.File) []string {
	var list []string
	for _, f := range files {
		if f.Name != "" && f.Name == filepath.Base(f.Name) && !strings.HasPrefix(f.Name, ".") {
			list = append(list, f.Name)
		}
	}
	return list
}

func writeTable(dir string, m *Manifest, format string, t *Table) (output.File, error) {
	metadata := map[string]string{
		"format": m.Format, "results_version": fmt.Sprint(m.ResultsVersion), "seed": fmt.Sprint(m.Seed),
	}
	for k, s := range m.Scenarios {
		metadata[fmt.Sprintf("scenario_%d", k+1)] = s.Name + " " + s.Hash
	}
	if err := frame.Write(dir, t.Name, format, &t.Frame, metadata); err != nil {
		return output.File{}, err
	}
	return output.Describe(filepath.Join(dir, t.Name+"."+format), t.Frame.Rows())
}

func writeManifest(dir string, m *Manifest) error {
	return output.Place(filepath.Join(dir, output.ManifestName), func(w io.Writer) error { return output.WriteJSON(w, m) })
}

// ReadManifest reads the manifest of an analysis.
func ReadManifest(dir string) (*Manifest, error) {
	m := new(Manifest)
	if _, err := output.DecodeManifest(dir, m); err != nil {
		return nil, err
	}
	if !slices.Contains(kind.Studies, m.Format) {
		return nil, fmt.Errorf("%s is no manifest of an analysis", filepath.Join(dir, output.ManifestName))
	}
	return m, nil
}

// Since is the performance of an analysis that began then.
func Since(began time.Time, workers int) output.Performance {
	return output.Performance{Seconds: time.Since(began).Seconds(), Workers: workers}
}
