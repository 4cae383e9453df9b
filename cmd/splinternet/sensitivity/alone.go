package sensitivity

import (
	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/play"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/studies"
)

// aloneCommand moves each parameter alone.
func aloneCommand(c *console.Console) *cobra.Command {
	o := play.Options{Console: c}
	cmd := &cobra.Command{
		Use: "one-at-a-time SCENARIO", Short: "What each parameter moves alone, over its plausible range", Long: aloneHelp,
		Example:           "  splinternet sensitivity one-at-a-time baseline\n  splinternet sensitivity one-at-a-time baseline --runs 16 --out results/weights",
		Args:              console.Arguments(1, 1),
		ValidArgsFunction: console.Scenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.Check(kind.Weights, 2); err != nil {
				return err
			}
			side, err := o.Side(args[0])
			if err != nil {
				return err
			}
			found, err := studies.Weigh(cmd.Context(), studies.WeightsPlan{Side: side, Size: o.Size}, console.NewProgress(o.Console))
			if err != nil {
				return play.Interrupted(err, 0, o.Size.Runs, "run")
			}
			return o.Deliver(study.WeightsOf(found))
		},
	}
	o.Bind(cmd, studies.UsualSet, "number of runs at each end of a range, with the seeds of the scenario itself")
	return cmd
}

const aloneHelp = `Move each swept number alone to both ends of its plausible range, all else as the
scenario has it, and tell the largest change of a measure: of the headline measures at
the end of a run, and of incidents, wrong attributions, escalations, bans, offices,
votes, texts adopted and deadlocks over the run.

A parameter moves something if that change is at least half a percent, and more than
the noise: what two sets of so many runs of the scenario itself differ by in 95 of 100
cases. The runs at an end have the seeds of those of the scenario, so that a change
that is small and certain shows. Among so many measures some exceed the noise by
chance; a change of one and a half times the noise is beyond doubt.`
