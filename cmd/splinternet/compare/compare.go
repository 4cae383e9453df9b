// Package compare is the verb that plays scenarios side by side.
package compare

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/play"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/studies"
)

// Command plays scenarios side by side with shared chance and says where they differ from
// the first.
func Command(c *console.Console) *cobra.Command {
	o, stable := play.Options{Console: c}, play.Stable{}
	cmd := &cobra.Command{
		Use: "compare A B [C...]", Short: "Where scenarios differ in what comes out of them", Long: help, Example: examples,
		Args:              console.AtLeast(2),
		ValidArgsFunction: console.Scenarios(99),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := stable.Check(cmd.Flags().Changed); err != nil {
				return err
			}
			return compare(cmd.Context(), &o, &stable, args)
		},
	}
	o.Bind(cmd, 30, "number of runs of each side; run i of all sides shares its chance")
	stable.Bind(cmd)
	return cmd
}

func compare(ctx context.Context, o *play.Options, stable *play.Stable, words []string) error {
	if err := o.Check(kind.Comparison, 2); err != nil {
		return err
	}
	sides, err := o.Sides(words)
	if err != nil {
		return err
	}
	plan := studies.ComparisonPlan{Sides: sides, Size: stable.Of(o.Size)}
	found, playing := studies.Compare(ctx, plan, console.NewProgress(o.Console))
	var ticks *studies.TickError
	switch {
	case errors.As(playing, &ticks):
		return console.Misuse(playing, "give both the same time.tick, for instance --set time.tick="+ticks.A.Scenario.Calendar.Tick.String())
	case found == nil:
		return play.Interrupted(playing, 0, plan.Size.Runs, "run")
	}
	stable.Tell(o.Console, found.Unstable)
	if err := o.Deliver(study.ComparisonOf(found)); err != nil {
		return err
	}
	return play.Interrupted(playing, len(found.Readings), found.Runs, "run")
}

const help = `Play scenarios side by side and say where they differ from the first: the difference of
every headline measure (means of the last two years) with its 95 % interval and effect
size, the share of each end state, and which runs end otherwise than the run of the same
seed does on the first side.

Run i has the same seed on every side, so the same state meets the same chance there, and
what is left of a difference is owed to the scenarios. There are no p-values: runs are
free, so that any difference however small could be made significant.

` + play.SideHelp

const examples = `  splinternet compare baseline new-ip --runs 100
  splinternet compare baseline baseline+influence.bound=0.3 baseline-security
  splinternet compare baseline new-ip --until-stable
  splinternet compare baseline mine.toml --out results/mine --format parquet`
