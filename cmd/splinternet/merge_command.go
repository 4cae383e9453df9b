package main

import "github.com/spf13/cobra"

const mergeHelp = `Make the tables of a sweep from the runs that its shards have finished.

It checks that no run is missing and that no two shards disagree, and says what to run
again. The tables are the same, to the byte, as those of a sweep on one machine.`

func mergeCommand(c *console) *cobra.Command {
	o := mergeOptions{}
	var quiet bool
	cmd := &cobra.Command{
		Use: "merge DIR", Short: "Make the tables of a sweep from its shards", Long: mergeHelp,
		Example: "  splinternet merge results/big\n  splinternet merge results/big --partial --format csv",
		Args:    arguments(1, 1, " DIR"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir, c.quiet = args[0], quiet
			return merge(c, o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.format, "format", "parquet", "`format` of the tables: parquet or csv")
	f.BoolVar(&o.partial, "partial", false, "make tables of what is there, though runs are missing")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the closing screen")
	f.BoolVar(&quiet, "quiet", false, "no talk on stderr but errors")
	return cmd
}
