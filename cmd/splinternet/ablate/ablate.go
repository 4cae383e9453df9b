// Package ablate is the verb that takes one thing after the other out of a scenario.
package ablate

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/play"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/studies"
)

// options are the flags.
type options struct {
	play.Options
	measures []string // columns of the screen
	sort     string   // a measure; rows by the size of what they change in it
	over     overOptions
}

// Command plays a scenario with one thing after the other taken out of it, all with
// shared chance.
func Command(c *console.Console) *cobra.Command {
	o := options{Options: play.Options{Console: c}}
	cmd := &cobra.Command{
		Use: "ablate SCENARIO", Short: "What changes when one thing after the other is taken out", Long: help, Example: examples,
		Args:              console.Arguments(1, 1),
		ValidArgsFunction: console.Scenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.over.draws == 0 {
				return ablate(cmd, &o, args[0])
			}
			return over(cmd, &o, args[0])
		},
	}
	o.Bind(cmd, 20, "number of runs of each variant; run i of all variants shares its chance")
	f := cmd.Flags()
	f.StringSliceVar(&o.measures, "measures", nil, "headline `measures` on the screen (default: those of the verdict)")
	f.StringVar(&o.sort, "sort", "", "order the screen by the size of what changes in this `measure`")
	o.over.bind(cmd)
	console.Complete(cmd, "measures", console.Headlines)
	console.Complete(cmd, "sort", console.Headlines)
	return cmd
}

func ablate(cmd *cobra.Command, o *options, scenario string) error {
	if err := o.over.unused(cmd); err != nil {
		return err
	}
	if err := o.Check(kind.Ablation, 2); err != nil {
		return err
	}
	if err := play.CheckHeadlines(append(slices.Clone(o.measures), o.sort)...); err != nil {
		return err
	}
	side, err := o.Side(scenario)
	if err != nil {
		return err
	}
	found, playing := studies.Ablate(cmd.Context(), studies.AblationPlan{Side: side, Size: o.Size}, console.NewProgress(o.Console))
	var removal *studies.RemovalError
	switch {
	case errors.As(playing, &removal):
		return console.Misuse(playing, fmt.Sprintf("%s takes %s out with %s", removal.Side.Name, removal.Removal.Name, study.ChangeOf(&removal.Removal)))
	case found == nil:
		return play.Interrupted(playing, 0, o.Size.Runs, "run")
	}
	if err := o.Deliver(study.AblationOf(found, o.measures, o.sort)); err != nil {
		return err
	}
	return play.Interrupted(playing, len(found.Readings), o.Size.Runs, "run")
}

const help = `Play a scenario with one thing after the other taken out of it, and say what changes:
each mechanism that is on, each assumption whose absence is a known simpler model (such
as influence that does not weigh by power), and the nested reference models: M0, in which
only scheduled events happen; M1, opinions and power only; M2, with forums. M3 is the
scenario itself. A claim is worth making only if M3 does what M1 and M2 cannot.

Run i has the same seed in every variant, and what is taken out changes no other draw.

A mechanism that is taken out is abolished: nothing of it is left (splinternet mechanisms
says what that means for each). The models freeze what they lack: it stays as it is.

--over DRAWS asks the same over the plausible ranges of the parameters: at each of so many
joint draws of them, what 8 runs (--runs) differ by from 8 others without a mechanism, less
what two such sets with everything differ by. What has no effect scores zero, and chance
alone does, too. It tells how often the most frequent end state changes, and how far the
headline measures move; and which end states the draws come to.`

const examples = `  splinternet ablate baseline
  splinternet ablate new-ip --runs 50 --sort native_reachability
  splinternet ablate mine.toml --measures openness,liberal_order --out results/ablation
  splinternet ablate baseline --over 80 --out results/over
  splinternet ablate baseline --over 80 --mechanism forums+norms --zero diplomacy.trust
  splinternet ablate baseline --over 300 --shares --runs 1`
