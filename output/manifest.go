package output

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/output/kind"
	"splinternet/sim"
)

// FormatVersion is the version of the folder's layout: of the manifest's keys and
// the tables' columns. What the numbers mean is versioned by
// models.ResultsVersion.
const FormatVersion = 1

// Manifest says what was run and what is in the folder.
type Manifest struct {
	Format         string      `json:"format"`
	FormatVersion  int         `json:"format_version"`
	ResultsVersion int         `json:"results_version"`
	Program        string      `json:"program"` // version of the program
	Scenario       Scenario    `json:"scenario"`
	Seed           uint64      `json:"seed"`
	From           *From       `json:"from,omitempty"` // where runs went on that do not begin at the start
	Runs           int         `json:"runs"`           // that were asked for
	Finished       int         `json:"finished"`       // that are in the tables
	Complete       bool        `json:"complete"`
	Calendar       Calendar    `json:"calendar"`
	Detail         Detail      `json:"detail"`   // runs with votes, agents and links
	Measures       []string    `json:"measures"` // columns of ticks.csv
	Stride         int         `json:"stride"`   // ticks between costly measures
	Mechanisms     []Mechanism `json:"mechanisms"`
	Parameters     []Parameter `json:"parameters"` // in order of declaration; fixed ones where they are not at their value
	Platform       Platform    `json:"platform"`
	Files          []File      `json:"files"`
	Performance    Performance `json:"performance"`
}

// From is the saved world from which runs went on.
type From struct {
	File     string `json:"file"`     // its name, without folder
	SHA256   string `json:"sha256"`   // of the file
	Tick     int    `json:"tick"`     // at whose end the world stood; the tables have the ticks after it
	Date     string `json:"date"`     // of that end: the first day in the tables
	Seed     uint64 `json:"seed"`     // of the run that it was saved from
	Scenario string `json:"scenario"` // hash of the scenario of that run
}

// String says in words where runs went on.
func (f *From) String() string {
	return fmt.Sprintf("%s, a world as it was on %s in a run of seed %d", f.File, f.Date, f.Seed)
}

// Scenario identifies what was run: the text alone repeats it.
type Scenario struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Hash  string `json:"hash"`
	Text  string `json:"text"`
}

// Calendar is sim.Calendar as a file has it.
type Calendar struct {
	Start string `json:"start"`
	Tick  string `json:"tick"`
	Ticks int    `json:"ticks"`
}

// Mechanism tells whether a mechanism was on.
type Mechanism struct {
	Name string `json:"name"`
	On   bool   `json:"on"`
	Gone bool   `json:"abolished,omitempty"` // beside off: nothing of it was left
}

// Parameter is a parameter's value: a number, a bool or a word.
type Parameter struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// Platform is where the run was made: bits agree within one of them.
type Platform struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
	Go   string `json:"go"`
}

// File is a table of the folder, or a saved world.
type File struct {
	Name   string `json:"name"`
	Rows   int    `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Describe reads a file to say how long it is and what it hashes to.
func Describe(path string, rows int) (File, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return File{}, err
	}
	return File{Name: filepath.Base(path), Rows: rows, Bytes: n, SHA256: hex.EncodeToString(h.Sum(nil))}, nil
}

// ThisPlatform is where the program runs.
func ThisPlatform() Platform {
	return Platform{OS: runtime.GOOS, Arch: runtime.GOARCH, Go: runtime.Version()}
}

// NewCalendar writes a calendar the way that files have it.
func NewCalendar(c sim.Calendar) Calendar {
	return Calendar{Start: c.Start.Format(time.DateOnly), Tick: c.Tick.String(), Ticks: c.Ticks}
}

// Performance is what differs from one repetition to the next.
type Performance struct {
	Seconds float64 `json:"seconds"`
	Workers int     `json:"workers"`
}

// Detail names the runs whose votes, agents and links are written.
type Detail struct {
	All  bool
	Runs []int
}

// Has tells whether a run is among them.
func (d Detail) Has(run int) bool { return d.All || slices.Contains(d.Runs, run) }

// MarshalJSON writes "all" or the list of runs.
func (d Detail) MarshalJSON() ([]byte, error) {
	if d.All {
		return []byte(`"all"`), nil
	}
	return json.Marshal(append([]int{}, d.Runs...))
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Detail) UnmarshalJSON(text []byte) error {
	if string(text) == `"all"` {
		d.All = true
		return nil
	}
	return json.Unmarshal(text, &d.Runs)
}

// NewManifest begins the manifest of a simulation. Scenario, seed, runs, detail
// and the measures to keep are the caller's to fill in.
func NewManifest(calendar sim.Calendar, parameters *sim.Parameters, s *models.Settings) *Manifest {
	m := &Manifest{
		Format: kind.Run, FormatVersion: FormatVersion, ResultsVersion: models.ResultsVersion,
		Program:  ProgramVersion(),
		Calendar: NewCalendar(calendar), Platform: ThisPlatform(),
		Measures: Keep(nil),
	}
	for _, info := range models.Mechanisms() {
		m.Mechanisms = append(m.Mechanisms, Mechanism{info.Name, !s.Off[info.Name], s.Abolished[info.Name]})
	}
	for _, p := range parameters.WithFixed() {
		if value := parameters.Value(p.Name); !p.Fixed || value != p.Default {
			m.Parameters = append(m.Parameters, Parameter{p.Name, parameterValue(p, value)})
		}
	}
	return m
}

func parameterValue(p *sim.Parameter, value float64) any {
	switch p.Kind {
	case sim.Switch:
		return value != 0
	case sim.Choice:
		return p.Format(value)
	}
	return value
}

// Keep returns the measures to keep, in the order of measures.All: those named
// and the headline ones; all when none is named.
func Keep(named []string) []string {
	var kept []string
	for _, m := range measures.All() {
		if len(named) == 0 || m.Headline || slices.Contains(named, m.Name) {
			kept = append(kept, m.Name)
		}
	}
	return kept
}

// Number returns the value of a parameter that is a number.
func (m *Manifest) Number(name string) (float64, bool) {
	for _, p := range m.Parameters {
		if p.Name == name {
			x, ok := p.Value.(float64)
			return x, ok
		}
	}
	if p := models.Declarations().Find(name); p != nil && p.Fixed {
		return p.Default, true // the manifest lists fixed numbers only where they differ
	}
	return 0, false
}

func readManifest(dir string) (*Manifest, error) {
	m := new(Manifest)
	if _, err := DecodeManifest(dir, m); err != nil {
		return nil, err
	}
	return m, nil
}

// ProgramVersion is the version that the program was built from.
func ProgramVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version := info.Main.Version
	if version == "" || version == "(devel)" {
		version = "development"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && version == "development" {
			version += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return version
}
