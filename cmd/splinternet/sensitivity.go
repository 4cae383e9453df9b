package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/output/findings"
	"splinternet/output/frame"
	"splinternet/scenarios/studies/factors"
	"splinternet/scenarios/studies/sensitivity"
	"splinternet/sim/analysis"
)

// sensitivityOptions are the flags of sensitivity.
type sensitivityOptions struct {
	dir      string
	measures []string // none: all
	method   string
	format   string
	json     bool
}

// analyseSensitivity says which of the parameters that a sweep varied matter, and writes
// the tables into its folder.
func analyseSensitivity(c *console, o sensitivityOptions) error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	s, err := openSweep(o.dir)
	if err != nil {
		return err
	}
	a, err := s.Sensitivity(o.method, o.measures)
	if err != nil {
		return unanalysed(err, o.dir)
	}
	paths, err := a.Write(o.format)
	if err != nil {
		return failed(err, "the runs are as they were")
	}
	if o.json {
		err = a.WriteJSON(c.out)
	} else {
		err = a.WriteScreen(c.out, output.Look{Width: columns(c.out), Bold: canBold(c.out)}, o.measures != nil)
	}
	if err != nil {
		return failed(err)
	}
	c.say("wrote %s", strings.Join(paths, ", "))
	return nil
}

// checkFormat refuses formats that tables do not have.
func checkFormat(format string) error {
	if !slices.Contains(frame.Formats, format) {
		return misuse(fmt.Errorf("--format %q: allowed are csv and parquet", format), didYouMean(format, frame.Formats))
	}
	return nil
}

// openSweep reads what was swept, and says what to do where a folder is no sweep.
func openSweep(dir string) (*findings.Folder, error) {
	s, err := findings.Open(dir)
	var version *output.VersionError
	switch {
	case errors.As(err, &version):
		return nil, failed(err, "sweep again, or use the program that wrote it")
	case err != nil:
		return nil, misuse(err, folderHint(dir, err, `DIR is the folder of a sweep: "splinternet sweep --out DIR" makes one`))
	}
	return s, nil
}

// unanalysed tells apart what was asked wrongly and what the runs do not allow.
func unanalysed(err error, dir string) error {
	var name *factors.NameError
	var method *sensitivity.MethodError
	var few *analysis.TooFewError
	switch {
	case errors.As(err, &few):
		return failed(err, "sweep more points, or ask for less with --method first-order")
	case errors.As(err, &name):
		return misuse(err, didYouMean(name.Name, name.Allowed))
	case errors.As(err, &method):
		return misuse(errors.New(findings.MethodWords(method)), "without --method the analysis is the one that the design allows")
	}
	return failed(err, fmt.Sprintf("the sweep is in %s: plan.toml and points.csv say what was varied", dir))
}
