// Package describe is the verb that describes a scenario for a paper.
package describe

import (
	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output"
	"splinternet/scenarios"
)

const help = `Describe a scenario for the methods section and the appendix of a paper, in Markdown: a
paragraph ready to paste, the tables of the ODD+D protocol filled in, what the scenario
changes, schedules and scripts, and the works behind it.`

// Command prints the methods paragraph and the tables of the ODD+D protocol of a scenario.
func Command(c *console.Console) *cobra.Command {
	o := scenarios.Options{}
	cmd := &cobra.Command{
		Use: "describe SCENARIO", Short: "Methods paragraph and ODD+D tables of a scenario", Long: help,
		Example:           "  splinternet describe new-ip > appendix.md\n  splinternet describe mine.toml --set influence.bound=0.3",
		Args:              console.Arguments(1, 1),
		ValidArgsFunction: console.Scenarios(1),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := c.Load(args[0], o)
			if err != nil {
				return console.Misuse(err)
			}
			d, err := output.DescriptionOf(s)
			if err != nil {
				return console.Misuse(err)
			}
			return d.WriteMarkdown(c.Out)
		},
	}
	console.Flags(cmd)
	console.BindScenario(cmd, &o)
	return cmd
}
