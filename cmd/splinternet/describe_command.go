package main

import (
	"github.com/spf13/cobra"

	"splinternet/scenarios"
)

const describeHelp = `Describe a scenario for the methods section and the appendix of a paper, in Markdown: a
paragraph ready to paste, the tables of the ODD+D protocol filled in, what the scenario
changes, schedules and scripts, and the works behind it.`

func describeCommand(c *console) *cobra.Command {
	o := scenarios.Options{}
	cmd := &cobra.Command{
		Use: "describe SCENARIO", Short: "Methods paragraph and ODD+D tables of a scenario", Long: describeHelp,
		Example:           "  splinternet describe new-ip > appendix.md\n  splinternet describe mine.toml --set influence.bound=0.3",
		Args:              arguments(1, 1, " SCENARIO"),
		ValidArgsFunction: completeScenarios(1),
		RunE:              func(_ *cobra.Command, args []string) error { return describe(c, args[0], o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringArrayVar(&o.Set, "set", nil, "set a parameter, `key=value`; repeatable")
	f.StringArrayVar(&o.Without, "without", nil, "switch a `mechanism` off; repeatable")
	f.IntVar(&o.Ticks, "ticks", 0, "number of ticks (default: the scenario's)")
	complete(cmd, "set", completeParameters)
	complete(cmd, "without", completeMechanisms)
	return cmd
}
