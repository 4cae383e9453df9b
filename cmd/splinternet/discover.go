package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"splinternet/output"
	"splinternet/scenarios/studies/discovery"
	"splinternet/scenarios/studies/factors"
	"splinternet/sim/analysis"
)

// discoverOptions are the flags of discover.
type discoverOptions struct {
	dir     string
	outcome string
	box     string // steps, by box
	search  discovery.Search
	format  string
	json    bool
	way     bool
}

// discover says which conditions lead to an outcome, and writes the tables into the
// folder of the sweep.
func discover(c *console, o discoverOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	s, err := openSweep(o.dir)
	if err != nil {
		return err
	}
	outcome, err := discovery.Parse(&s.Sweep, o.outcome)
	if err != nil {
		return unwanted(err)
	}
	d, err := s.Discover(outcome, o.search)
	var step *analysis.StepError
	switch {
	case errors.As(err, &step):
		return misuse(fmt.Errorf("--box %s: %w", o.box, err), "--trajectory shows the steps")
	case err != nil:
		return unanalysed(err, o.dir)
	}
	paths, err := d.Write(o.format)
	if err != nil {
		return failed(err, "the runs are as they were")
	}
	if o.json {
		err = d.WriteJSON(c.out)
	} else {
		err = d.WriteScreen(c.out, output.Look{Width: columns(c.out), Bold: canBold(c.out)}, o.way)
	}
	if err != nil {
		return failed(err)
	}
	c.say("wrote %s", strings.Join(paths, ", "))
	return nil
}

// check refuses flags that make no sense.
func (o *discoverOptions) check() error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	s := &o.search
	switch {
	case o.outcome == "":
		return misuse(errors.New("--for is missing: what is to be found?"), "an end state such as --for hostile-fragmentation, or a measure and a limit such as --for 'recovery>0.2'")
	case !(s.Alpha > 0 && s.Alpha < .5):
		return misuse(fmt.Errorf("--alpha %g: above 0 and below 0.5", s.Alpha))
	case !(s.MinMass > 0 && s.MinMass < 1):
		return misuse(fmt.Errorf("--min-mass %g: above 0 and below 1", s.MinMass))
	case !(s.Threshold > 0 && s.Threshold <= 1):
		return misuse(fmt.Errorf("--threshold %g: above 0 and at most 1", s.Threshold))
	case s.Boxes < 1:
		return misuse(fmt.Errorf("--boxes %d: at least 1", s.Boxes))
	}
	if o.box == "" {
		return nil
	}
	for word := range strings.SplitSeq(o.box, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 0 {
			return misuse(fmt.Errorf("--box %q: %q is no step", o.box, word), "a number for each box in turn, as in --box 12 or --box 12,8")
		}
		s.Steps = append(s.Steps, n)
	}
	return nil
}

// unwanted words what is wrong with --for.
func unwanted(err error) error {
	var name *factors.NameError
	hint := ""
	if errors.As(err, &name) {
		hint = didYouMean(name.Name, name.Allowed)
	}
	return misuse(fmt.Errorf("--for: %w", err), hint,
		"--for takes an end state, several joined by |, or a measure and a limit such as 'recovery>0.2'; & joins conditions")
}
