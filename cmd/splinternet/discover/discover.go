// Package discover is the verb that says which conditions lead to an outcome.
package discover

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output/frame"
	"splinternet/scenarios/studies/discovery"
	"splinternet/scenarios/studies/factors"
	"splinternet/sim/analysis"
)

const help = `Say which conditions lead to an outcome: boxes of the parameters that a sweep varied in
which the outcome is frequent, found by PRIM (the patient rule induction method).

--for names the outcome: an end state (several joined by |), or a measure and a limit,
such as 'cooperation_depth<0.2'; conditions joined by & must all hold.

Each box is peeled step by step: coverage, the share of all runs with the outcome that
it holds, falls, and density, the share of its runs that have it, rises. Of the steps that
reach --threshold the one with the best balance of the two is taken; --box takes another,
and --trajectory shows them. The quasi-p-value of a condition says how likely chance makes
the box as dense without it. Further boxes are sought among the runs that are left.

A Latin hypercube or a Halton sequence of some hundred points suits best. The tables
prim_boxes and prim_trajectory go into the folder of the sweep, and keep what was found for
other outcomes.`

const examples = `  splinternet sweep --vary all --vary '-verdict.*' --points 2000 --out results/space
  splinternet discover results/space --for hostile-fragmentation
  splinternet discover results/space --for 'recovery>0.2 & cooperation_depth<0.2' --trajectory
  splinternet discover results/space --for hostile-fragmentation --box 12`

// Command says which conditions lead to an outcome, and writes the tables into the folder
// of the sweep.
func Command(c *console.Console) *cobra.Command {
	o := options{}
	cmd := &cobra.Command{
		Use: "discover DIR --for OUTCOME", Short: "Which conditions lead to an outcome", Long: help, Example: examples,
		Args: console.Arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir = args[0]
			return discover(c, o)
		},
	}
	f := console.Flags(cmd)
	f.StringVar(&o.outcome, "for", "", "`outcome`: an end state, or a measure and a limit")
	f.Float64Var(&o.search.Threshold, "threshold", .8, "density that a box should reach")
	f.Float64Var(&o.search.MinMass, "min-mass", .05, "least share of all runs in a box")
	f.Float64Var(&o.search.Alpha, "alpha", .05, "share of a box that a step peels off")
	f.IntVar(&o.search.Boxes, "boxes", 3, "number of boxes at most")
	f.StringVar(&o.box, "box", "", "`step` of the trajectory to take, for each box in turn: STEP[,STEP]")
	f.StringArrayVar(&o.search.Except, "except", nil, "leave a `parameter` unrestricted; repeatable")
	f.BoolVar(&o.way, "trajectory", false, "show the way to each box")
	console.BindFormat(cmd, &o.format, frame.CSV)
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the boxes")
	c.BindQuiet(f)
	console.Complete(cmd, "for", console.Words(factors.Labels))
	return cmd
}

// options are the flags of discover.
type options struct {
	dir     string
	outcome string
	box     string // steps, by box
	search  discovery.Search
	format  string
	json    bool
	way     bool
}

func discover(c *console.Console, o options) error {
	if err := o.check(); err != nil {
		return err
	}
	s, err := console.OpenSweep(o.dir)
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
		return console.Misuse(fmt.Errorf("--box %s: %w", o.box, err), "--trajectory shows the steps")
	case err != nil:
		return console.Unanalysed(err, o.dir)
	}
	return c.Deliver(d, o.format, o.json, o.way)
}

// check refuses flags that make no sense.
func (o *options) check() error {
	if err := console.CheckFormat(o.format); err != nil {
		return err
	}
	s := &o.search
	if o.outcome == "" {
		return console.Misuse(errors.New("--for is missing: what is to be found?"), "an end state such as --for hostile-fragmentation, or a measure and a limit such as --for 'recovery>0.2'")
	}
	if err := s.Check(); err != nil {
		return console.Misuse(fmt.Errorf("--%w", err))
	}
	if o.box == "" {
		return nil
	}
	for word := range strings.SplitSeq(o.box, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil || n < 0 {
			return console.Misuse(fmt.Errorf("--box %q: %q is no step", o.box, word), "a number for each box in turn, as in --box 12 or --box 12,8")
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
		hint = console.DidYouMean(name.Name, name.Allowed)
	}
	return console.Misuse(fmt.Errorf("--for: %w", err), hint,
		"--for takes an end state, several joined by |, or a measure and a limit such as 'recovery>0.2'; & joins conditions")
}
