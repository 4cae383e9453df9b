package ablate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/play"
	"splinternet/models"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/spec"
	"splinternet/scenarios/studies"
)

// overOptions are the flags of an ablation over draws of the parameters.
type overOptions struct {
	draws      int
	mechanisms []string // each a mechanism, or several joined by +
	zero       []string // each a parameter, or several joined by +
	shares     bool
	vary       []string
}

func (o *overOptions) bind(cmd *cobra.Command) {
	f := cmd.Flags()
	console.Whole(f, &o.draws, "over", 2, 0, "ask it at so many joint `draws` of the parameters from their plausible ranges")
	f.StringSliceVar(&o.mechanisms, "mechanism", nil, "with --over: only without this `mechanism`; a+b without both; repeatable")
	f.StringSliceVar(&o.zero, "zero", nil, "with --over: a `parameter` at 0, such as a coupling; a+b both; repeatable")
	f.BoolVar(&o.shares, "shares", false, "with --over: take nothing out, and tell which end states the draws come to")
	f.StringArrayVar(&o.vary, "vary", nil, "with --over: what the draws vary, as sweep has it (default: all but thresholds of the verdict)")
	console.Complete(cmd, "mechanism", console.Mechanisms)
	console.Complete(cmd, "zero", console.Parameters)
}

// unused refuses flags that mean nothing without --over.
func (o *overOptions) unused(cmd *cobra.Command) error {
	for _, name := range []string{"mechanism", "zero", "shares", "vary"} {
		if cmd.Flags().Changed(name) {
			return console.Misuse(fmt.Errorf("--%s goes with --over", name), "--over 80 asks at 80 joint draws of the parameters")
		}
	}
	return nil
}

// removals are what the flags take out.
func (o *overOptions) removals(off map[string]bool) ([]studies.Removal, error) {
	named := len(o.mechanisms)+len(o.zero) > 0
	switch {
	case o.shares && named:
		return nil, console.Misuse(errors.New("--shares takes nothing out, and --mechanism and --zero do"))
	case o.shares:
		return nil, nil
	case !named:
		return studies.DrawRemovals(off), nil
	}
	var list []studies.Removal
	for _, word := range o.mechanisms {
		names := strings.Split(word, "+")
		for _, name := range names {
			if models.Find(name) == nil {
				return nil, console.Misuse(fmt.Errorf("there is no mechanism %q", name), console.DidYouMean(name, spec.Mechanisms()))
			}
			if off[name] {
				return nil, console.Misuse(fmt.Errorf("%s is off in the scenario and cannot be taken out of it", name))
			}
		}
		list = append(list, studies.Together(names...))
	}
	for _, word := range o.zero {
		names := strings.Split(word, "+")
		for _, name := range names {
			if p := spec.Parameters().Find(name); p == nil {
				return nil, console.Misuse(fmt.Errorf("unknown parameter %s%s", name, spec.ParameterHint(name)))
			} else if !p.Domain.Contains(0) {
				return nil, console.Misuse(fmt.Errorf("%s cannot be 0; allowed: %s", name, p.Allowed()))
			}
		}
		list = append(list, studies.Zero(names...))
	}
	return list, nil
}

// over plays the ablation over draws.
func over(cmd *cobra.Command, o *options, scenario string) error {
	if cmd.Flags().Changed("sort") {
		return console.Misuse(errors.New("--sort orders the screen of an ablation without --over"))
	}
	if !cmd.Flags().Changed("runs") {
		o.Size.Runs = studies.UsualSet
	}
	if err := o.Check(kind.Draws, 1); err != nil {
		return err
	}
	if err := play.CheckHeadlines(o.measures...); err != nil {
		return err
	}
	side, err := o.Side(scenario)
	if err != nil {
		return err
	}
	plan := studies.DrawsPlan{Side: side, Size: o.Size, Draws: o.over.draws, Vary: o.over.vary}
	if plan.Removals, err = o.over.removals(side.Scenario.Settings.Off); err != nil {
		return err
	}
	found, playing := studies.Over(cmd.Context(), plan, console.NewProgress(o.Console))
	if found == nil {
		return play.Interrupted(playing, 0, o.over.draws, "draw")
	}
	if err := o.Deliver(study.DrawsOf(found, o.measures)); err != nil {
		return err
	}
	return play.Interrupted(playing, len(found.Points), o.over.draws, "draw")
}
