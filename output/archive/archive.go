// Package archive packs a folder of results for a repository of research data,
// such as Zenodo or CoMSES: the results as they are, the scenario as a file that
// runs, and what a reader needs who has never heard of the program.
//
// The same folder gives the same bytes: the zip holds no times.
package archive

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/kind"
)

// manifest is what all manifests have in common.
type manifest struct {
	Format         string            `json:"format"`
	ResultsVersion int               `json:"results_version"`
	Program        string            `json:"program"`
	Scenario       output.Scenario   `json:"scenario"`
	Scenarios      []output.Scenario `json:"scenarios"`
	Factors        []struct {
		Name  string `json:"name"`
		Range string `json:"range"`
	} `json:"factors"`
	Seed     uint64        `json:"seed"`
	From     *output.From  `json:"from"`
	Runs     int           `json:"runs"`
	Finished int           `json:"finished"`
	Complete bool          `json:"complete"`
	Files    []output.File `json:"files"`
}

// IncompleteError says that a folder is not finished.
type IncompleteError struct {
	Dir, Format    string
	Finished, Runs int
}

func (e *IncompleteError) Error() string {
	return fmt.Sprintf("%s is not complete: %d of %d runs are finished", e.Dir, e.Finished, e.Runs)
}

// Options is what a deposit needs beside the folder.
type Options struct {
	// License is the terms of the data that ship with the program, which is packed
	// where a scenario uses them.
	License string
}

// Report is what was packed.
type Report struct {
	Files   int      `json:"files"`
	Bytes   int      `json:"bytes"`
	Columns int      `json:"columns"` // in the codebook
	Unknown []string `json:"unknown"` // columns that the codebook has no meaning for
	Figure  string   `json:"figure"`  // what the reader snippets draw
}

// deposit is a folder that is being packed.
type deposit struct {
	dir      string
	options  Options
	manifest manifest
	files    map[string][]byte // by name in the zip
	factors  map[string]column
	report   Report
}

// Pack reads a folder, checks it against its manifest and returns the bytes of the
// zip. It refuses folders that are not complete, with an *IncompleteError, and
// files that are not what the manifest says.
func Pack(dir string, o Options) ([]byte, *Report, error) {
	d := &deposit{dir: dir, options: o, files: map[string][]byte{}, factors: map[string]column{}}
	for _, step := range []func() error{d.read, d.verify, d.extras, d.scenarios, d.codebook, d.snippets, d.papers} {
		if err := step(); err != nil {
			return nil, nil, err
		}
	}
	content, err := d.zip()
	d.report.Files, d.report.Bytes = len(d.files), len(content)
	return content, &d.report, err
}

// read reads the manifest.
func (d *deposit) read() error {
	m := &d.manifest
	text, err := output.DecodeManifest(d.dir, m)
	if err != nil {
		return err
	}
	if !kind.Ours(m.Format) || len(m.Files) == 0 {
		return fmt.Errorf("%s is no manifest of results of splinternet", filepath.Join(d.dir, output.ManifestName))
	}
	if !m.Complete {
		return &IncompleteError{d.dir, m.Format, m.Finished, m.Runs}
	}
	if len(m.Scenarios) == 0 {
		m.Scenarios = []output.Scenario{m.Scenario}
	}
	for _, f := range m.Factors {
		c, _ := varied(f.Name)
		d.factors[f.Name] = column{c.unit, f.Range, strings.TrimSpace("varied: " + c.meaning)}
	}
	d.files[output.ManifestName] = text
	return nil
}

// verify takes in the files that the manifest lists, if they are what it says.
func (d *deposit) verify() error {
	for _, f := range d.manifest.Files {
		if f.Name != filepath.Base(f.Name) || strings.HasPrefix(f.Name, ".") {
			return fmt.Errorf("the manifest lists %q, which does not lie in the folder", f.Name)
		}
		content, err := os.ReadFile(filepath.Join(d.dir, f.Name))
		if err != nil {
			return fmt.Errorf("the manifest lists a file that cannot be read: %w", err)
		}
		sum := sha256.Sum256(content)
		if hex.EncodeToString(sum[:]) != f.SHA256 {
			return fmt.Errorf("%s is not the file that the manifest describes: its SHA-256 is another", filepath.Join(d.dir, f.Name))
		}
		d.files[f.Name] = content
	}
	return nil
}

// kept are the endings of files that belong to results though no manifest lists
// them: the plan of a sweep, tables of later analyses, figures.
var kept = []string{".csv", ".parquet", ".toml", ".svg", ".png", ".pdf", ".eps", ".tex"}

func (d *deposit) extras() error {
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !slices.Contains(kept, filepath.Ext(e.Name())) || d.files[e.Name()] != nil {
			continue
		}
		if d.files[e.Name()], err = os.ReadFile(filepath.Join(d.dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// scenarios writes the texts of the scenarios as files that run.
func (d *deposit) scenarios() error {
	for _, s := range d.manifest.Scenarios {
		d.files["scenarios/"+fileName(s.Name)+".toml"] = []byte(s.Text)
	}
	return nil
}

// fileName is a name that every file system takes.
func fileName(name string) string {
	return regexp.MustCompile(`[^A-Za-z0-9._=+-]+`).ReplaceAllString(name, "_")
}

// tables are the tables among the files, by name.
func (d *deposit) tables() []string {
	var list []string
	for name := range d.files {
		if ext := filepath.Ext(name); !strings.Contains(name, "/") && (ext == ".csv" || ext == ".parquet") {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// The files that describe the tables.
const (
	codebookName = "codebook.csv"
	kindsName    = "codebook-events.csv"
)

// codebook describes every column of every table, and the kinds of events.
func (d *deposit) codebook() error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"table", "column", "type", "unit", "range", "meaning"}) // to memory
	for _, file := range d.tables() {
		t, err := frame.OpenFile(filepath.Join(d.dir, file))
		if err != nil {
			return err
		}
		table := strings.TrimSuffix(file, filepath.Ext(file))
		for _, h := range t.Columns {
			c, known := d.describe(table, h.Name)
			if !known {
				c.meaning = "not described by this version of the program"
				d.report.Unknown = append(d.report.Unknown, table+"."+h.Name)
			}
			kind := map[frame.Kind]string{frame.Number: "number", frame.Integer: "whole number", frame.Word: "text"}[h.Kind]
			_ = w.Write([]string{table, h.Name, kind, c.unit, c.span, c.meaning})
			d.report.Columns++
		}
	}
	w.Flush()
	if slices.Contains(d.tables(), output.Events.String()+".csv") {
		d.files[kindsName] = kindsOfEvents()
	}
	d.files[codebookName] = b.Bytes()
	return w.Error()
}

// usesData tells whether a scenario starts from the data that ship with the
// program: it lists no states of its own.
func (d *deposit) usesData() bool {
	return slices.ContainsFunc(d.manifest.Scenarios, func(s output.Scenario) bool {
		return !strings.Contains(s.Text, "[[world.state]]")
	})
}

// papers writes what tells a stranger what this is.
func (d *deposit) papers() error {
	d.files["README.md"] = []byte(d.readme())
	d.files["CITATION.cff"] = []byte(d.citation())
	if d.usesData() {
		d.files["LICENSE-DATA"] = []byte(d.options.License)
	}
	return nil
}

// zip packs the files in the order of their names, without times.
func (d *deposit) zip() ([]byte, error) {
	var names []string
	for name := range d.files {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestCompression) })
	for _, name := range names {
		file, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := file.Write(d.files[name]); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}
