package main

import "github.com/spf13/cobra"

func replicatesCommand(c *console) *cobra.Command {
	o := replicatesOptions{}
	cmd := &cobra.Command{
		Use: "replicates SCENARIO", Short: "How many runs of a scenario are enough", Long: replicatesHelp, Example: replicatesExamples,
		Args:              arguments(1, 1, " SCENARIO"),
		ValidArgsFunction: completeScenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.scenario = args[0]
			o.take(c, cmd)
			return replicates(cmd.Context(), c, o)
		},
	}
	o.bind(cmd, 200, "number of runs to look at")
	cmd.Flags().Float64Var(&o.epsilon, "epsilon", usualEpsilon, "change of a coefficient of variation that counts as none")
	return cmd
}

const replicatesHelp = `Play a scenario often, and say how many runs would have been enough: from where on the
coefficient of variation of every headline measure no longer changes by --epsilon (Lee
et al. 2015; .05 for a look, .01 for a paper), and the share of every end state is known
to ten percentage points. A number counts only if at least as many runs follow it.

"run", "sweep" and "compare" have --until-stable, which asks the same as they go on.`

const replicatesExamples = `  splinternet replicates baseline
  splinternet replicates mine.toml --runs 1000 --epsilon 0.01 --out results/size`
