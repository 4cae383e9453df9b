package sweep

import (
	"fmt"
	"io"
	"path/filepath"

	"splinternet/models"
	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/scenarios"
	"splinternet/scenarios/studies/sweep"
)

// FormatVersion is the version of the folder's layout.
const FormatVersion = 1

// Manifest says what was swept and what is in the folder.
type Manifest struct {
	Format         string                `json:"format"`
	FormatVersion  int                   `json:"format_version"`
	ResultsVersion int                   `json:"results_version"`
	Program        string                `json:"program"`
	Scenario       output.Scenario       `json:"scenario"`
	Plan           string                `json:"plan"` // hash of the plan
	Design         Design                `json:"design"`
	Factors        []Factor              `json:"factors"`
	Seed           uint64                `json:"seed"`
	Points         int                   `json:"points"`
	RunsPerPoint   int                   `json:"runs_per_point"`
	Runs           int                   `json:"runs"`     // that were asked for
	Finished       int                   `json:"finished"` // that are in the tables
	Failed         int                   `json:"failed"`   // of those
	Complete       bool                  `json:"complete"`
	Borderline     int                   `json:"borderline"` // runs with a margin below 5 %
	Verdicts       map[verdict.Label]int `json:"verdicts"`
	Failures       []Failure             `json:"failures"` // the first of them
	Calendar       output.Calendar       `json:"calendar"`
	WindowYears    float64               `json:"window_years"`
	Measures       []string              `json:"measures"`
	Platform       output.Platform       `json:"platform"`
	Files          []output.File         `json:"files"`
	Performance    Performance           `json:"performance"`
}

// Design says how the points were chosen.
type Design struct {
	Name         string `json:"name"`
	Points       int    `json:"points,omitempty"`
	Trajectories int    `json:"trajectories,omitempty"`
	Base         int    `json:"base,omitempty"`
	Levels       int    `json:"levels,omitempty"`
	Candidates   int    `json:"candidates,omitempty"`
	Seed         uint64 `json:"seed"`
}

// Factor is one thing that was varied; its column in the table of runs is Name.
type Factor struct {
	Name      string   `json:"name"`
	Addresses []string `json:"addresses"`
	Vary      string   `json:"vary"`  // as --vary takes it
	Scale     string   `json:"scale"` // linear, log, whole or levels
	Low       float64  `json:"low"`   // of an interval
	High      float64  `json:"high"`
	Levels    []string `json:"levels,omitempty"`
	Group     string   `json:"group,omitempty"` // that it moves with in Morris and Saltelli designs
	Range     string   `json:"range"`           // in words
}

// Failure is a run that failed, and the command that repeats it.
type Failure struct {
	sweep.Failure
	Command string `json:"command"`
}

// Performance is what differs from one repetition to the next.
type Performance struct {
	Host    string  `json:"host"`
	Seconds float64 `json:"seconds"` // of the last session
	Workers int     `json:"workers"`
}

// newManifest begins the manifest of a plan.
func newManifest(p *scenarios.Plan, hash string) *Manifest {
	s, d := p.Scenario, p.Design
	m := &Manifest{
		Format: kind.Sweep, FormatVersion: FormatVersion, ResultsVersion: models.ResultsVersion,
		Program: output.ProgramVersion(), Platform: output.ThisPlatform(),
		Scenario: output.Scenario{Name: s.Name, Title: s.Title, Hash: s.Hash, Text: s.Core},
		Plan:     hash, Seed: p.Seed, Points: p.Points(), RunsPerPoint: p.Runs, Runs: p.Size(),
		Design: Design{
			Name: d.Name, Points: d.Points, Trajectories: d.Trajectories, Base: d.Base, Levels: d.Levels,
			Candidates: d.Candidates, Seed: d.Seed,
		},
		Calendar: output.NewCalendar(s.Calendar), WindowYears: p.Window, Measures: p.Measures,
	}
	for k := range p.Factors {
		f := &p.Factors[k]
		m.Factors = append(m.Factors, Factor{
			Name: f.Name, Addresses: f.Addresses, Vary: f.String(), Scale: string(f.Scale),
			Low: f.Low, High: f.High, Levels: f.Levels, Group: f.Group, Range: f.Range(),
		})
	}
	return m
}

// take fills in what became of the runs of a folder.
func (m *Manifest) take(dir string, t *sweep.Tally) {
	m.Finished, m.Failed, m.Borderline, m.Failures = t.Finished, t.Failed, t.Borderline, []Failure{}
	for _, f := range t.Failures {
		m.Failures = append(m.Failures, Failure{f, fmt.Sprintf("splinternet sweep --plan %s --only %d", output.Quote(dir), f.Run)})
	}
	m.Complete = m.Finished == m.Runs
	m.Verdicts = map[verdict.Label]int{}
	for _, l := range verdict.Labels {
		m.Verdicts[l] = t.Verdicts[l]
	}
}

// write describes the files that were written to the folder, and writes the manifest.
func (m *Manifest) write(dir string, tables []tableFile) error {
	for _, t := range tables {
		file, err := output.Describe(filepath.Join(dir, t.name), t.rows)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, file)
	}
	return output.Place(filepath.Join(dir, output.ManifestName), func(w io.Writer) error { return output.WriteJSON(w, m) })
}

// Open reads the manifest of a sweep's folder and refuses other formats and results
// versions.
func Open(dir string) (*Manifest, error) {
	m := new(Manifest)
	if _, err := output.DecodeManifest(dir, m); err != nil {
		return nil, err
	}
	switch {
	case m.Format != kind.Sweep:
		return nil, fmt.Errorf("%s is no manifest of a sweep%s", filepath.Join(dir, output.ManifestName), kind.Instead(m.Format))
	case m.FormatVersion != FormatVersion:
		return nil, &output.VersionError{Dir: dir, What: "format", Found: m.FormatVersion, Read: FormatVersion}
	case m.ResultsVersion != models.ResultsVersion:
		return nil, &output.VersionError{Dir: dir, What: "results", Found: m.ResultsVersion, Read: models.ResultsVersion}
	}
	return m, nil
}
