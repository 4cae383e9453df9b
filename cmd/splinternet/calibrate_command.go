package main

import "github.com/spf13/cobra"

func calibrateCommand(c *console) *cobra.Command {
	o := calibrateOptions{}
	cmd := &cobra.Command{
		Use: "calibrate SCENARIO --target FILE --vary KEY=RANGE", Short: "Find the parameters with which a scenario comes near to a target",
		Long: calibrateHelp, Example: calibrateExamples,
		Args:              arguments(1, 1, " SCENARIO --target FILE --vary KEY=RANGE"),
		ValidArgsFunction: completeScenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.scenario = args[0]
			o.take(c, cmd)
			return calibrate(cmd.Context(), c, o)
		},
	}
	o.bind(cmd, 1, "number of runs of each simulation, whose mean is compared with the target")
	f := cmd.Flags()
	f.StringVar(&o.target, "target", "", "what is wanted: a TOML `file` with a table [[target]] for each thing")
	f.StringArrayVar(&o.vary, "vary", nil, "vary `key=range`, as in sweep, or a parameter over its plausible range; repeatable")
	f.IntVar(&o.draws, "draws", 500, "simulations of the first round, drawn from the ranges")
	f.IntVar(&o.particles, "particles", 100, "simulations that each round keeps, the nearest")
	f.IntVar(&o.rounds, "rounds", 2, "rounds after the first, each nearer; 0 is plain rejection")
	f.IntVar(&o.predicted, "check", 100, "simulations of the check of the result; 0 for none")
	complete(cmd, "vary", completeParameters)
	return cmd
}

const calibrateHelp = `Find the parameters with which a scenario comes near to a target, by approximate Bayesian
computation: of many draws from the ranges of --vary the nearest are kept (rejection),
and each further round draws near those that were kept and keeps what comes nearer
still (population Monte Carlo; Beaumont et al. 2009). What is kept is a sample of the
parameters that the target allows. Where it is as wide as the range, the target does not
identify the parameter, and that is said.

The target is a TOML file. A target is a measure, at a date or over some time, the tally
of a vote, or an end state; it has a value, or bounds, and a tolerance:

  [[target]]
  measure   = "native_reachability"
  at        = 2024-12-31             # or "first", "last", "end"; or from and until
  value     = 0.75                   # or at-least, at-most
  tolerance = 0.02                   # what counts as a distance of 1

The distance of a simulation is the root of the sum of squares over targets, in
tolerances. Results are checked with fresh chance, beside those of the scenario as it
is. --out DIR takes the tables and two scenarios ready to run: best.toml, the nearest,
and middle.toml, the middle of what was kept.`

const calibrateExamples = `  splinternet calibrate baseline --target record.toml --vary security.rate --vary influence.bound=0.2:0.8
  splinternet calibrate mine.toml --target record.toml --vary 'norms.*' --draws 5000 --rounds 4 --out results/fit`
