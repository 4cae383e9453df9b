package main

import "github.com/spf13/cobra"

func compareCommand(c *console) *cobra.Command {
	o := compareOptions{}
	cmd := &cobra.Command{
		Use: "compare A B [C...]", Short: "Where scenarios differ in what comes out of them", Long: compareHelp, Example: compareExamples,
		Args:              atLeast(2, " A B [C...]"),
		ValidArgsFunction: completeScenarios(99),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.sides = args
			o.take(c, cmd)
			if err := o.stable.check(cmd.Flags().Changed); err != nil {
				return err
			}
			return compare(cmd.Context(), c, o)
		},
	}
	o.bind(cmd, 30, "number of runs of each side; run i of all sides shares its chance")
	o.stable.bind(cmd)
	return cmd
}

const compareHelp = `Play scenarios side by side and say where they differ from the first: the difference of
every headline measure (means of the last two years) with its 95 % interval and effect
size, the share of each end state, and which runs end otherwise than the run of the same
seed does on the first side.

Run i has the same seed on every side, so the same state meets the same chance there, and
what is left of a difference is owed to the scenarios. There are no p-values: runs are
free, so that any difference however small could be made significant.

` + sideHelp

const compareExamples = `  splinternet compare baseline new-ip --runs 100
  splinternet compare baseline baseline+influence.bound=0.3 baseline-security
  splinternet compare baseline new-ip --until-stable
  splinternet compare baseline mine.toml --out results/mine --format parquet`
