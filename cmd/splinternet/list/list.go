// Package list holds the verbs that list what the model declares: parameters, mechanisms
// and measures.
package list

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output"
	"splinternet/output/declared"
)

// Mechanisms lists what moves the world in a tick.
func Mechanisms(c *console.Console) *cobra.Command {
	return command(c, "mechanisms", "What moves the world in a tick, in order", declared.Mechanisms, func(w io.Writer, list []declared.Mechanism) {
		fmt.Fprintln(w, "mechanism\twhat it does\twithout it\treference")
		for _, m := range list {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", m.Name, m.Doc, m.Without, console.OrNothing(m.Reference))
		}
	})
}

// Measures lists what is observed.
func Measures(c *console.Console) *cobra.Command {
	return command(c, "measures", "What is observed: the columns of ticks.csv", declared.Measures, func(w io.Writer, list []declared.Measure) {
		fmt.Fprintln(w, "measure\tunit\ttaken\tmeaning")
		for _, m := range list {
			taken := "each tick"
			if m.Headline {
				taken = "headline"
			}
			if m.Costly {
				taken = "at a stride"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", m.Name, console.OrNothing(m.Unit), taken, m.Doc)
		}
	})
}

// command is a command that prints a list, as a table or as JSON.
func command[T any](c *console.Console, name, short string, all func() []T, rows func(w io.Writer, list []T)) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: name, Short: short, Args: console.Arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return output.WriteJSON(c.Out, all())
			}
			w := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
			rows(w, all())
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
