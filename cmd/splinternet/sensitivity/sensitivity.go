// Package sensitivity is the verb that says which parameters of a sweep matter.
package sensitivity

import (
	"errors"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output/findings"
	"splinternet/output/frame"
	"splinternet/scenarios/studies/sensitivity"
)

const help = `Say which of the parameters that a sweep varied matter, and for what.

The design of the sweep decides what can be said:
  morris      elementary effects mu, mu* and sigma: a screening of many parameters
  saltelli    Sobol indices of first and total order: shares of the variance
  any other   standardised regression coefficients with R2, and first-order indices

Intervals hold 95 %. Replicates tell chance from what parameters do; runs that failed
are left out and counted. Switches, words and dates are parameters like others.

A --measure is one of the sweep's (its mean over the last years of a run), with _first,
_last or _end behind it, margin, or label=END-STATE (1 in runs that end so). The tables
go into the folder of the sweep: morris, sobol, regression or first_order, and noise.

sensitivity one-at-a-time needs no sweep: it moves each parameter of a scenario alone.`

const examples = `  splinternet sweep --vary all --vary '-verdict.*' --design morris --runs 5 --out results/screening
  splinternet sensitivity results/screening
  splinternet sensitivity results/screening --measure recovery --measure label=drift`

// options are the flags of sensitivity.
type options struct {
	dir      string
	measures []string // none: all
	method   string
	format   string
	json     bool
}

// Command says which of the parameters that a sweep varied matter, and writes the tables
// into its folder.
func Command(c *console.Console) *cobra.Command {
	o := options{}
	cmd := &cobra.Command{
		Use: "sensitivity DIR", Short: "Which parameters of a sweep matter", Long: help, Example: examples,
		Args: console.Arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir = args[0]
			return analyse(c, o)
		},
	}
	f := console.Flags(cmd)
	f.StringArrayVar(&o.measures, "measure", nil, "`quantity` to analyse and to show in full; repeatable (default: all, in short)")
	f.StringVar(&o.method, "method", sensitivity.Auto, "`method`: auto, morris, sobol, regression, first-order")
	console.BindFormat(cmd, &o.format, frame.CSV)
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the tables")
	c.BindQuiet(f)
	console.Complete(cmd, "method", console.Words(func() []string { return sensitivity.Methods }))
	cmd.AddCommand(aloneCommand(c))
	return cmd
}

func analyse(c *console.Console, o options) error {
	if err := console.CheckFormat(o.format); err != nil {
		return err
	}
	s, err := console.OpenSweep(o.dir)
	if err != nil {
		return err
	}
	a, err := s.Sensitivity(o.method, o.measures)
	var method *sensitivity.MethodError
	switch {
	case errors.As(err, &method):
		return console.Misuse(errors.New(findings.MethodWords(method)), "without --method the analysis is the one that the design allows")
	case err != nil:
		return console.Unanalysed(err, o.dir)
	}
	return c.Deliver(a, o.format, o.json, o.measures != nil)
}
