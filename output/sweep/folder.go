package sweep

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/scenarios"
)

// Refusal is a reason why a folder cannot take a sweep.
type Refusal int

// The reasons.
const (
	Begun      Refusal = iota // it holds runs of this sweep
	Foreign                   // it holds something else
	Unreadable                // it holds a plan that cannot be read
	Other                     // it holds another sweep
)

// TakenError says why a folder cannot take a sweep.
type TakenError struct {
	Dir string
	Why Refusal
	err error
}

func (e *TakenError) Error() string {
	switch e.Why {
	case Begun:
		return e.Dir + " holds runs of this sweep already"
	case Foreign:
		return e.Dir + " is not empty and holds no sweep"
	case Unreadable:
		return fmt.Sprintf("%s holds a plan that cannot be read:\n%v", e.Dir, e.err)
	}
	return fmt.Sprintf("%s holds another sweep: %v", e.Dir, e.err)
}

// Unwrap returns what is wrong with a plan that cannot be read.
func (e *TakenError) Unwrap() error { return e.err }

// Found tells whether a folder holds the plan; it does not when it is new or empty. A
// folder that holds anything else is a *TakenError, but for a sweep that is to be
// replaced.
func Found(dir string, p *scenarios.Plan, replace bool) (bool, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("cannot use the folder of the sweep: %w", err)
	}
	if _, err := os.Stat(filepath.Join(dir, scenarios.PlanFile)); errors.Is(err, fs.ErrNotExist) {
		return false, &TakenError{Dir: dir, Why: Foreign}
	}
	other, _, err := scenarios.ReadPlan(dir)
	switch ours := p.Hash(); {
	case replace, err == nil && other.Hash() == ours:
		return true, nil
	case err != nil:
		return false, &TakenError{dir, Unreadable, err}
	default:
		return false, &TakenError{dir, Other, fmt.Errorf("its plan is %.12s, and this one is %.12s", other.Hash(), ours)}
	}
}

// Claim is how a sweep takes its folder.
type Claim struct {
	Replace bool // what is there
	Resume  bool // go on with the runs that are there
	Shards  int  // that share the work: each goes on with what is there, and replaces nothing
}

// Take prepares a folder for a sweep: it writes the plan, and leaves nothing there of
// another. Cleared tells that results were removed.
func (c Claim) Take(dir string, p *scenarios.Plan) (cleared bool, err error) {
	replace := c.Replace && c.Shards == 1
	there, err := Found(dir, p, replace)
	switch {
	case err != nil:
		return false, err
	case !there:
	case replace:
		if err := clearResults(dir); err != nil {
			return false, err
		}
		cleared = true
	case begun(dir) && !c.Resume && c.Shards == 1:
		return false, &TakenError{Dir: dir, Why: Begun}
	default:
		return false, nil
	}
	return cleared, WritePlan(dir, p)
}

// begun tells whether a folder holds journals.
func begun(dir string) bool {
	paths, err := journals(filepath.Join(dir, journalDir), 0, 1)
	return err == nil && len(paths) > 0
}

// clearResults removes the journals, the tables and the manifest of a sweep.
func clearResults(dir string) error {
	paths, err := journals(filepath.Join(dir, journalDir), 0, 1)
	if err != nil {
		return err
	}
	paths = append(paths, filepath.Join(dir, output.ManifestName))
	for _, table := range []string{Runs, Ticks} {
		for _, format := range frame.Formats {
			paths = append(paths, filepath.Join(dir, table+"."+format))
		}
	}
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// WritePlan writes a plan into the folder of its sweep.
func WritePlan(dir string, p *scenarios.Plan) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("cannot make the folder of the sweep: %w", err)
	}
	if err := output.Place(filepath.Join(dir, scenarios.PointsFile), p.WritePoints); err != nil {
		return err
	}
	return output.Place(filepath.Join(dir, scenarios.PlanFile), func(w io.Writer) error { return p.WritePlan(w, dir) })
}
