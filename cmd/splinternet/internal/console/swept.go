package console

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"splinternet/output"
	"splinternet/output/findings"
	"splinternet/scenarios/studies/factors"
	"splinternet/sim/analysis"
)

// OpenSweep reads what was swept, and says what to do where a folder is no sweep.
func OpenSweep(dir string) (*findings.Folder, error) {
	s, err := findings.Open(dir)
	var version *output.VersionError
	switch {
	case errors.As(err, &version):
		return nil, Failed(err, "sweep again, or use the program that wrote it")
	case err != nil:
		return nil, Misuse(err, FolderHint(dir, err, `DIR is the folder of a sweep: "splinternet sweep --out DIR" makes one`))
	}
	return s, nil
}

// Unanalysed tells apart what was asked wrongly of a sweep and what its runs do not allow.
func Unanalysed(err error, dir string) error {
	var name *factors.NameError
	var few *analysis.TooFewError
	switch {
	case errors.As(err, &few):
		return Failed(err, "sweep more points, or ask for less with --method first-order")
	case errors.As(err, &name):
		return Misuse(err, DidYouMean(name.Name, name.Allowed))
	}
	return Failed(err, fmt.Sprintf("the sweep is in %s: plan.toml and points.csv say what was varied", dir))
}

// Analysis is what was found out about the runs of a sweep.
type Analysis interface {
	Write(format string) (paths []string, err error)
	WriteJSON(w io.Writer) error
	WriteScreen(w io.Writer, look output.Look, full bool) error
}

// Deliver writes the tables of an analysis into the folder of its sweep, and prints it; full
// is whether a page shows more than the usual.
func (c *Console) Deliver(a Analysis, format string, asJSON, full bool) error {
	paths, err := a.Write(format)
	if err != nil {
		return Failed(err, "the runs are as they were")
	}
	if asJSON {
		err = a.WriteJSON(c.Out)
	} else {
		err = a.WriteScreen(c.Out, c.Look(), full)
	}
	if err != nil {
		return Failed(err)
	}
	c.Say("wrote %s", strings.Join(paths, ", "))
	return nil
}
