package main

import (
	"github.com/spf13/cobra"

	"splinternet/output/frame"
	"splinternet/scenarios/studies/factors"
)

const discoverHelp = `Say which conditions lead to an outcome: boxes of the parameters that a sweep varied in
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

const discoverExamples = `  splinternet sweep --vary all --vary '-verdict.*' --points 2000 --out results/space
  splinternet discover results/space --for hostile-fragmentation
  splinternet discover results/space --for 'recovery>0.2 & cooperation_depth<0.2' --trajectory
  splinternet discover results/space --for hostile-fragmentation --box 12`

func discoverCommand(c *console) *cobra.Command {
	o := discoverOptions{}
	var quiet bool
	cmd := &cobra.Command{
		Use: "discover DIR --for OUTCOME", Short: "Which conditions lead to an outcome", Long: discoverHelp, Example: discoverExamples,
		Args: arguments(1, 1, " DIR --for OUTCOME"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir, c.quiet = args[0], quiet
			return discover(c, o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.outcome, "for", "", "`outcome`: an end state, or a measure and a limit")
	f.Float64Var(&o.search.Threshold, "threshold", .8, "density that a box should reach")
	f.Float64Var(&o.search.MinMass, "min-mass", .05, "least share of all runs in a box")
	f.Float64Var(&o.search.Alpha, "alpha", .05, "share of a box that a step peels off")
	f.IntVar(&o.search.Boxes, "boxes", 3, "number of boxes at most")
	f.StringVar(&o.box, "box", "", "`step` of the trajectory to take, for each box in turn: STEP[,STEP]")
	f.StringArrayVar(&o.search.Except, "except", nil, "leave a `parameter` unrestricted; repeatable")
	f.BoolVar(&o.way, "trajectory", false, "show the way to each box")
	f.StringVar(&o.format, "format", frame.CSV, "`format` of the tables: csv or parquet")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the boxes")
	f.BoolVar(&quiet, "quiet", false, "no talk on stderr but errors")
	complete(cmd, "for", completeWords(factors.Labels))
	complete(cmd, "format", completeWords(func() []string { return frame.Formats }))
	return cmd
}
