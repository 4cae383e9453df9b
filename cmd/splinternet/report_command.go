package main

import "github.com/spf13/cobra"

func reportCommand(c *console) *cobra.Command {
	o := reportOptions{}
	var quiet bool
	cmd := &cobra.Command{
		Use: "report DIR", Short: "Write a results folder as one page to read", Long: reportHelp,
		Example: "  splinternet report results/baseline-seed1 --out report.html",
		Args:    arguments(1, 1, " DIR [--out FILE]"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir, c.quiet = args[0], quiet
			return writeReport(c, o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.out, "out", "report.html", "`file` to write; - is stdout")
	f.BoolVar(&o.force, "force", false, "replace the file")
	f.BoolVar(&quiet, "quiet", false, "no talk on stderr but errors")
	return cmd
}

const reportHelp = `Write one self-contained web page about a folder of runs, a sweep or an analysis, for a
supervisor or a class: the question, the scenario in words, the verdict and why, the
figures with their data, the tables of an analysis, the chronicle, how the verdict depends
on its thresholds, what differs from the defaults, how to reproduce and how to cite. The
page needs no network and no script; print it to make a PDF.`
