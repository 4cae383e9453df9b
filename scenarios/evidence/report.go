package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"

	"splinternet/models"
	"splinternet/scenarios/data"
	"splinternet/scenarios/hindcast"
	"splinternet/scenarios/studies"
)

// Level is how much is run.
type Level string

// The levels. All have the tables 1 to 5; only Full has table 6.
const (
	Quick Level = "quick" // a few runs each: for a first look, not for conclusions
	Usual Level = "usual"
	Full  Level = "full"
)

// Report is all evidence.
type Report struct {
	Level          Level
	ResultsVersion int
	Fingerprint    string

	Verification []Check
	Hindcast     *hindcast.Result
	Series       []hindcast.SeriesResult
	Patterns     []Pattern
	PatternRuns  int
	Docking      []Check
	Claims       []Claim
	Hypotheses   []Test
	Runs         int // of each side of a hypothesis
	Effort       Effort
	Effects      []Effect
	Shares       []Share
	Weights      *studies.Weights
}

// Passed tells whether every number that has to be reproduced is.
func (r *Report) Passed() bool { return len(r.Failures()) == 0 }

// Failures names the numbers that are not reproduced.
func (r *Report) Failures() (names []string) {
	for _, c := range slices.Concat(r.Verification, r.Docking) {
		if !c.Passed() {
			names = append(names, c.Group+", "+c.Name)
		}
	}
	return names
}

// Strongest lists the parameters with the n largest effects on each measure, the largest first.
func (r *Report) Strongest(n int) (list []Effect) {
	all := len(r.Effects) / len(outcomes)
	for q := range outcomes {
		of := slices.Clone(r.Effects[q*all : q*all+all])
		sort.SliceStable(of, func(a, b int) bool { return known(of[a].MuStar.Value) > known(of[b].MuStar.Value) })
		list = append(list, of[:min(n, all)]...)
	}
	return list
}

// Fingerprint is a hash of what the evidence depends on beside the code: the version of
// results, the declarations of the parameters that are not fixed, and the data.
func Fingerprint() string {
	h := sha256.New()
	fmt.Fprintf(h, "results %d\ndata %s\n", models.ResultsVersion, data.Hash())
	for _, p := range models.Declarations().All() {
		fmt.Fprintf(h, "%s %g %g %g %g %g %v\n", p.Name, p.Default, p.Domain.Min, p.Domain.Max, p.Plausible.Min, p.Plausible.Max, p.Choices)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// size of the tables by level: seeds of the claims, runs of the patterns and of each side of a hypothesis.
func (l Level) size() (seeds, patterns, runs int, e Effort) {
	switch l {
	case Quick:
		return 20, 10, 4, Effort{}
	case Full:
		return 200, 100, 200, Effort{Trajectories: 10, Rows: 128, Draws: 200}
	}
	return 200, 100, 200, Effort{}
}

// Run makes the report with so many runs at a time; tell is called before each table.
func Run(ctx context.Context, level Level, workers int, tell func(table string)) (*Report, error) {
	seeds, patterns, runs, effort := level.size()
	r := &Report{
		Level: level, ResultsVersion: models.ResultsVersion, Fingerprint: Fingerprint(),
		PatternRuns: patterns, Runs: runs, Effort: effort,
	}
	for _, table := range []struct {
		name string
		make func() error
	}{
		{"verification", func() (err error) { r.Verification, err = Verify(); return err }},
		{"hindcast", func() (err error) {
			if r.Hindcast, err = hindcast.Run(hindcast.Options{Frozen: true}); err != nil {
				return err
			}
			r.Series, err = hindcast.Series()
			return err
		}},
		{"patterns", func() (err error) { r.Patterns, err = Patterns(ctx, patterns, workers); return err }},
		{"docking", func() (err error) { r.Docking, r.Claims, err = Dock(ctx, seeds, workers); return err }},
		{"hypotheses", func() (err error) { r.Hypotheses, err = Hypotheses(ctx, runs, workers); return err }},
		{"sensitivity", func() (err error) {
			if effort == (Effort{}) {
				return nil
			}
			if r.Effects, r.Shares, err = Sensitivity(ctx, effort, workers); err != nil {
				return err
			}
			r.Weights, err = weigh(ctx, workers)
			return err
		}},
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if table.name != "sensitivity" || level == Full {
			tell(table.name)
		}
		if err := table.make(); err != nil {
			return nil, fmt.Errorf("%s: %w", table.name, err)
		}
	}
	return r, nil
}
