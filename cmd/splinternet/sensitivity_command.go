package main

import (
	"github.com/spf13/cobra"

	"splinternet/output/frame"
	"splinternet/scenarios/studies/sensitivity"
)

const sensitivityHelp = `Say which of the parameters that a sweep varied matter, and for what.

The design of the sweep decides what can be said:
  morris      elementary effects mu, mu* and sigma: a screening of many parameters
  saltelli    Sobol indices of first and total order: shares of the variance
  any other   standardised regression coefficients with R2, and first-order indices

Intervals hold 95 %. Replicates tell chance from what parameters do; runs that failed
are left out and counted. Switches, words and dates are parameters like others.

A --measure is one of the sweep's (its mean over the last years of a run), with _first,
_last or _end behind it, margin, or label=END-STATE (1 in runs that end so). The tables
go into the folder of the sweep: morris, sobol, regression or first_order, and noise.`

const sensitivityExamples = `  splinternet sweep --vary all --vary '-verdict.*' --design morris --runs 5 --out results/screening
  splinternet sensitivity results/screening
  splinternet sensitivity results/screening --measure recovery --measure label=drift`

func sensitivityCommand(c *console) *cobra.Command {
	o := sensitivityOptions{}
	var quiet bool
	cmd := &cobra.Command{
		Use: "sensitivity DIR", Short: "Which parameters of a sweep matter", Long: sensitivityHelp, Example: sensitivityExamples,
		Args: arguments(1, 1, " DIR"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir, c.quiet = args[0], quiet
			return analyseSensitivity(c, o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringArrayVar(&o.measures, "measure", nil, "`quantity` to analyse and to show in full; repeatable (default: all, in short)")
	f.StringVar(&o.method, "method", sensitivity.Auto, "`method`: auto, morris, sobol, regression, first-order")
	f.StringVar(&o.format, "format", frame.CSV, "`format` of the tables: csv or parquet")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the tables")
	f.BoolVar(&quiet, "quiet", false, "no talk on stderr but errors")
	complete(cmd, "method", completeWords(func() []string { return sensitivity.Methods }))
	complete(cmd, "format", completeWords(func() []string { return frame.Formats }))
	return cmd
}
