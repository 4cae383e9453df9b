// Package explain is the verb that says what an outcome is owed to.
package explain

import (
	"context"
	"errors"
	"strings"

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
	plan     studies.ExplanationPlan // but for its side and its size
	measures []string                // columns of the screen
}

// Command says how much of a scenario's outcome is owed to each of its parts.
func Command(c *console.Console) *cobra.Command {
	o := options{Options: play.Options{Console: c}}
	cmd := &cobra.Command{
		Use: "explain SCENARIO", Short: "What an outcome is owed to: events and mechanisms", Long: help, Example: examples,
		Args:              console.Arguments(1, 1),
		ValidArgsFunction: console.Scenarios(1),
		RunE:              func(cmd *cobra.Command, args []string) error { return o.explain(cmd.Context(), args[0]) },
	}
	o.Bind(cmd, 20, "number of runs with and without each part; run i of all shares its chance")
	f, parts := cmd.Flags(), &o.plan.Select
	f.StringSliceVar(&parts.Events, "event", nil, "only this `event` of the scenario; repeatable")
	f.StringSliceVar(&parts.Mechanisms, "mechanism", nil, "only this `mechanism`; repeatable")
	f.BoolVar(&parts.OnlyEvents, "events", false, "only events")
	f.BoolVar(&parts.OnlyMechanisms, "mechanisms", false, "only mechanisms")
	f.BoolVar(&o.plan.Shapley, "shapley", false, "divide the change among the parts by Shapley's value")
	f.IntVar(&o.plan.Permutations, "permutations", 0, "orders that are drawn for it (default: all of up to 6 parts, else 10)")
	f.StringSliceVar(&o.measures, "measures", nil, "headline `measures` on the screen (default: those of the verdict)")
	console.Complete(cmd, "event", console.Events)
	console.Complete(cmd, "mechanism", console.Mechanisms)
	console.Complete(cmd, "measures", console.Headlines)
	return cmd
}

func (o *options) explain(ctx context.Context, scenario string) (err error) {
	if err := o.Check(kind.Explanation, 2); err != nil {
		return err
	}
	if o.plan.Select.OnlyEvents && o.plan.Select.OnlyMechanisms {
		return console.Misuse(errors.New("--events is only events, and --mechanisms only mechanisms"), "leave both out for both")
	}
	if err := play.CheckHeadlines(o.measures...); err != nil {
		return err
	}
	o.plan.Size = o.Size
	if o.plan.Side, err = o.Side(scenario); err != nil {
		return err
	}
	found, playing := studies.Explain(ctx, o.plan, console.NewProgress(o.Console))
	if found == nil {
		return o.unexplained(playing)
	}
	if err := o.Deliver(study.ExplanationOf(found, o.measures)); err != nil {
		return err
	}
	return play.Interrupted(playing, len(found.Readings), o.Size.Runs, "run")
}

// unexplained words why there is nothing to tell.
func (o *options) unexplained(err error) error {
	var unknown *studies.UnknownPartError
	var many *studies.TooManyPartsError
	switch {
	case errors.As(err, &unknown):
		return console.Misuse(err, console.DidYouMean(unknown.Part.Name, unknown.Has), "it has "+strings.Join(unknown.Has, ", "))
	case errors.As(err, &many):
		return console.Misuse(err, "--events, --mechanisms, --event NAME and --mechanism NAME choose")
	case errors.Is(err, studies.ErrNoParts):
		return console.Misuse(err)
	case o.plan.Shapley && errors.Is(err, context.Canceled):
		return console.Failed(errors.New("interrupted: a division needs all its coalitions, and nothing was written"),
			"fewer --permutations, or fewer parts, take less time")
	}
	return play.Interrupted(err, 0, o.Size.Runs, "run")
}

const help = `Say how much of what comes out of a scenario is owed to each scheduled event and each
mechanism: its runs are repeated, with the same chance, without one part after the other.

What is owed to a part is the outcome with it less the outcome without it. Parts act
through one another, so these need not sum to the change. --shapley divides the change
itself: a part is owed what it adds on average over all orders in which the parts can
come in, and the sum is the difference between the scenario and one without these parts.
It plays many sets of parts: all of up to 6 parts, else those of --permutations drawn
orders and their reverses. Choose the parts that you ask about.`

const examples = `  splinternet explain baseline
  splinternet explain baseline --event solarwinds
  splinternet explain new-ip --mechanisms --shapley
  splinternet explain mine.toml --events --out results/owed`
