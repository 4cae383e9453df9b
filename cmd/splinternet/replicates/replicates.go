// Package replicates is the verb that says how many runs of a scenario are enough.
package replicates

import (
	"context"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/play"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/studies"
)

// Command says how many runs of a scenario are enough.
func Command(c *console.Console) *cobra.Command {
	o := play.Options{Console: c}
	var epsilon float64
	cmd := &cobra.Command{
		Use: "replicates SCENARIO", Short: "How many runs of a scenario are enough", Long: help, Example: examples,
		Args:              console.Arguments(1, 1),
		ValidArgsFunction: console.Scenarios(1),
		RunE:              func(cmd *cobra.Command, args []string) error { return replicates(cmd.Context(), &o, args[0], epsilon) },
	}
	o.Bind(cmd, 200, "number of runs to look at")
	cmd.Flags().Float64Var(&epsilon, "epsilon", play.UsualEpsilon, "change of a coefficient of variation that counts as none")
	return cmd
}

func replicates(ctx context.Context, o *play.Options, scenario string, epsilon float64) error {
	if err := o.Check(kind.Replicates, studies.Least); err != nil {
		return err
	}
	side, err := o.Side(scenario)
	if err != nil {
		return err
	}
	found, playing := studies.Replicates(ctx, studies.SizingPlan{Side: side, Size: o.Size, Epsilon: epsilon}, console.NewProgress(o.Console))
	if found == nil {
		return play.Interrupted(playing, 0, o.Size.Runs, "run")
	}
	if err := o.Deliver(study.SizingOf(found)); err != nil {
		return err
	}
	return play.Interrupted(playing, len(found.Readings), o.Size.Runs, "run")
}

const help = `Play a scenario often, and say how many runs would have been enough: from where on the
coefficient of variation of every headline measure no longer changes by --epsilon (Lee
et al. 2015; .05 for a look, .01 for a paper), and the share of every end state is known
to ten percentage points. A number counts only if at least as many runs follow it.

"run", "sweep" and "compare" have --until-stable, which asks the same as they go on.`

const examples = `  splinternet replicates baseline
  splinternet replicates mine.toml --runs 1000 --epsilon 0.01 --out results/size`
