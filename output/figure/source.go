package figure

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/kind"
)

// Source is a results folder as figures see it: of runs, of a sweep, or of an
// analysis. It reads each table once.
type Source struct {
	Dir string
	// Observed are recorded votes to hold the simulated ones against, by text.
	Observed map[string]RollCall
	// By is the variable of states that the map shows, or bloc; "" is the position.
	By string
	// X and Y are the swept parameters that phase and heat show; "" takes the first.
	X, Y string
	// Measure is what heat and the analyses show; "" takes what the figure prefers.
	Measure string
	// Outcome is what prim shows of those that discover was asked for; "" takes the one
	// that was asked for last.
	Outcome string

	kind    string // format of the manifest
	header  header
	results *output.Results // of a run folder
	tables  map[string]*frame.Frame
	detail  *detail
}

// RollCall is a recorded vote: yes, no, abstain or absent, by the identifier of the
// state.
type RollCall struct {
	Title string
	Votes map[string]string
}

// header is what the manifests of all folders have in common.
type header struct {
	Format    string            `json:"format"`
	Scenario  output.Scenario   `json:"scenario"`
	Scenarios []output.Scenario `json:"scenarios"`
	Seed      uint64            `json:"seed"`
	From      *output.From      `json:"from"`
	Runs      int               `json:"runs"`
	Finished  int               `json:"finished"`
	Failed    int               `json:"failed"` // of a sweep
	Program   string            `json:"program"`
}

// MissingError says what a folder lacks for a figure, and how to get it.
type MissingError struct {
	Figure string // "": of no one figure
	What   string
	How    string // a command or what else to do; ""
}

func (e *MissingError) Error() string {
	if e.Figure == "" {
		return e.What
	}
	return fmt.Sprintf("figure %s: %s", e.Figure, e.What)
}

// OptionError is a MissingError that is owed to what was asked for: one of By, X, Y,
// Measure and Outcome names what the folder does not have.
type OptionError struct{ MissingError }

func (e *OptionError) Unwrap() error { return &e.MissingError }

// unknown makes an OptionError.
func unknown(figure, what, how string) *OptionError {
	return &OptionError{MissingError{figure, what, how}}
}

// option is a choice that a Source offers, and the flag of "plot" that makes it.
type option struct {
	flag  string
	value func(*Source) string
}

var options = []option{
	{"by", func(s *Source) string { return s.By }},
	{"x", func(s *Source) string { return s.X }},
	{"y", func(s *Source) string { return s.Y }},
	{"measure", func(s *Source) string { return s.Measure }},
	{"for", func(s *Source) string { return s.Outcome }},
}

// Open reads the manifest of a results folder.
func Open(dir string) (*Source, error) {
	s := &Source{Dir: dir, tables: map[string]*frame.Frame{}}
	_, err := output.DecodeManifest(dir, &s.header)
	if err != nil {
		return nil, err
	}
	s.kind = s.header.Format
	if !kind.Ours(s.kind) {
		return nil, fmt.Errorf("%s is no manifest of splinternet", filepath.Join(dir, output.ManifestName))
	}
	if s.kind == kind.Run {
		if s.results, err = output.Open(dir); err != nil {
			return nil, err
		}
	}
	if s.header.Scenario.Hash != "" {
		s.header.Scenarios = append([]output.Scenario{s.header.Scenario}, s.header.Scenarios...)
	}
	return s, nil
}

// IsRun tells whether the folder holds runs of one setting.
func (s *Source) IsRun() bool { return s.results != nil }

// Results is the run folder behind the source, or nil.
func (s *Source) Results() *output.Results { return s.results }

// has tells whether the folder holds a table.
func (s *Source) has(name string) bool {
	for _, format := range []string{"parquet", "csv"} {
		if info, err := os.Stat(filepath.Join(s.Dir, name+"."+format)); err == nil && info.Size() > 0 {
			return true
		}
	}
	return false
}

// table reads a table of the folder, once.
func (s *Source) table(name string) (*frame.Frame, error) {
	if f, ok := s.tables[name]; ok {
		return f, nil
	}
	f, err := frame.Read(s.Dir, name)
	if err != nil {
		return nil, err
	}
	s.tables[name] = f
	return f, nil
}

// columns reads columns of a table: of its numbers, or of its words.
func columns[T float64 | string](read func(name string) ([]T, error), names ...string) ([][]T, error) {
	var list [][]T
	for _, name := range names {
		values, err := read(name)
		if err != nil {
			return nil, err
		}
		list = append(list, values)
	}
	return list, nil
}

// origin is the last sentence of every caption: where the data come from.
func (s *Source) origin() string {
	var names []string
	for _, sc := range s.header.Scenarios {
		name := sc.Title
		if name == "" {
			name = sc.Name
		}
		names = append(names, fmt.Sprintf("“%s” (%s)", name, shortHash(sc.Hash)))
	}
	if len(names) == 0 {
		return ""
	}
	word := "Scenario "
	if len(names) > 1 {
		word = "Scenarios "
	}
	from := ""
	if f := s.header.From; f != nil {
		from = ", gone on from " + f.String()
	}
	return word + world.Listed(names) + fmt.Sprintf(", seed %d%s; splinternet, results version %d.", s.header.Seed, from, models.ResultsVersion)
}

func shortHash(hash string) string {
	return "hash " + hash[:min(12, len(hash))]
}

// runs words how many runs there are.
func (s *Source) runs() int {
	if s.results != nil {
		return s.results.Manifest.Finished
	}
	return s.header.Runs
}

// failures is a sentence on the runs that failed, for a caption with shares or means.
func (s *Source) failures() string {
	if s.header.Failed == 0 {
		return ""
	}
	return fmt.Sprintf(" %d of %s failed and count nowhere.", s.header.Failed, output.Count(s.header.Finished, "run"))
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// year is a date as a number of years.
func year(date string) float64 {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return math.NaN()
	}
	begin := time.Date(d.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	return float64(d.Year()) + d.Sub(begin).Hours()/24/365.25
}

// measureName is the title of a measure, and measureAxis that with its unit.
func measureName(name string) string {
	if k := measures.Find(name); k >= 0 {
		return output.Capital(measures.All()[k].Title)
	}
	return output.Capital(plainName(name))
}

func measureAxis(name string) string {
	base, kind := name, ""
	for _, end := range []string{"_first", "_last", "_end"} {
		if rest, is := strings.CutSuffix(name, end); is && measures.Find(rest) >= 0 {
			base, kind = rest, map[string]string{"_first": ", at the start", "_last": ", at the end", "_end": ", last two years"}[end]
		}
	}
	title := measureName(base) + kind
	if k := measures.Find(base); k >= 0 {
		switch unit := measures.All()[k].Unit; unit {
		case "", "ratio", "slope":
		case "share":
			title += " (share)"
		case "count":
			title += " (number)"
		default:
			title += " (" + unit + ")"
		}
	}
	return title
}

// parameterName is an address of a parameter as a figure writes it.
func parameterName(address string) string { return output.Capital(plainName(address)) }

// commandFor words a command that would make what is missing.
func (s *Source) commandFor(what string) string {
	name := s.header.Scenario.Name
	if name == "" {
		name = "SCENARIO"
	}
	switch what {
	case "runs":
		return fmt.Sprintf("splinternet run %s --runs 100 --out DIR", name)
	case "detail":
		return fmt.Sprintf("splinternet run %s --detail 0 --out DIR", name)
	}
	return fmt.Sprintf("splinternet %s %s --out DIR", what, name)
}

// Title is the title of the scenario, or the kind of the folder where there are
// several scenarios.
func (s *Source) Title() string {
	if len(s.header.Scenarios) == 1 {
		return titleOf(s.header.Scenarios[0])
	}
	var names []string
	for _, sc := range s.header.Scenarios {
		names = append(names, sc.Name)
	}
	if names == nil {
		return output.Capital(s.Folder())
	}
	return output.Capital(s.Folder()) + " of " + world.Listed(names)
}

func titleOf(sc output.Scenario) string {
	if sc.Title != "" {
		return sc.Title
	}
	return sc.Name
}

// ScenarioText is the text of the only scenario of the folder, or "".
func (s *Source) ScenarioText() string {
	if len(s.header.Scenarios) != 1 {
		return ""
	}
	return s.header.Scenarios[0].Text
}
