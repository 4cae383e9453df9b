package main

import (
	"strings"

	"github.com/spf13/cobra"

	"splinternet/scenarios"
)

func explainCommand(c *console) *cobra.Command {
	o := explainOptions{}
	cmd := &cobra.Command{
		Use: "explain SCENARIO", Short: "What an outcome is owed to: events and mechanisms", Long: explainHelp, Example: explainExamples,
		Args:              arguments(1, 1, " SCENARIO"),
		ValidArgsFunction: completeScenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.scenario = args[0]
			o.take(c, cmd)
			return attribute(cmd.Context(), c, o)
		},
	}
	o.bind(cmd, 20, "number of runs with and without each part; run i of all shares its chance")
	f := cmd.Flags()
	f.StringSliceVar(&o.event, "event", nil, "only this `event` of the scenario; repeatable")
	f.StringSliceVar(&o.mechanism, "mechanism", nil, "only this `mechanism`; repeatable")
	f.BoolVar(&o.eventsOnly, "events", false, "only events")
	f.BoolVar(&o.mechanismsOnly, "mechanisms", false, "only mechanisms")
	f.BoolVar(&o.shapley, "shapley", false, "divide the change among the parts by Shapley's value")
	f.IntVar(&o.permutations, "permutations", 0, "orders that are drawn for it (default: all of up to 6 parts, else 10)")
	f.StringSliceVar(&o.measures, "measures", nil, "headline `measures` on the screen (default: those of the verdict)")
	complete(cmd, "event", completeEvents)
	complete(cmd, "mechanism", completeMechanisms)
	complete(cmd, "measures", completeHeadlines)
	return cmd
}

// completeEvents offers the events of the scenario that is named already.
func completeEvents(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	s, err := scenarios.Load(args[0], scenarios.Options{})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	for _, e := range s.Settings.Events {
		if strings.HasPrefix(e.Name, prefix) {
			words = append(words, e.Name+"\t"+e.Why)
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

const explainHelp = `Say how much of what comes out of a scenario is owed to each scheduled event and each
mechanism: its runs are repeated, with the same chance, without one part after the other.

What is owed to a part is the outcome with it less the outcome without it. Parts act
through one another, so these need not sum to the change. --shapley divides the change
itself: a part is owed what it adds on average over all orders in which the parts can
come in, and the sum is the difference between the scenario and one without these parts.
It plays many sets of parts: all of up to 6 parts, else those of --permutations drawn
orders and their reverses. Choose the parts that you ask about.`

const explainExamples = `  splinternet explain baseline
  splinternet explain baseline --event solarwinds
  splinternet explain new-ip --mechanisms --shapley
  splinternet explain mine.toml --events --out results/owed`
