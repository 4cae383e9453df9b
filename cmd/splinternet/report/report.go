// Package report is the verb that writes results as one page to read.
package report

import (
	"fmt"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/figures"
	"splinternet/output"
	"splinternet/output/report"
)

// options are the flags.
type options struct {
	dir   string
	out   string // "-" is stdout
	force bool
}

// Command writes a results folder as one page to read.
func Command(c *console.Console) *cobra.Command {
	o := options{}
	cmd := &cobra.Command{
		Use: "report DIR", Short: "Write a results folder as one page to read", Long: help,
		Example: "  splinternet report results/baseline-seed1 --out report.html",
		Args:    console.Arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir = args[0]
			return write(c, o)
		},
	}
	f := console.Flags(cmd)
	f.StringVar(&o.out, "out", "report.html", "`file` to write; - is stdout")
	f.BoolVar(&o.force, "force", false, "replace the file")
	c.BindQuiet(f)
	return cmd
}

func write(c *console.Console, o options) error {
	if o.out != "-" {
		if err := console.CheckFree(o.out, o.force, "--out FILE"); err != nil {
			return err
		}
	}
	source, err := figures.Open(o.dir)
	if err != nil {
		return err
	}
	list, err := figures.All(c, source)
	if err != nil {
		return err
	}
	r := &report.Report{Source: source, Figures: list, Scenario: report.ScenarioOf(source)}
	if o.out == "-" {
		return console.FailedIf(r.Write(c.Out))
	}
	if err := output.Place(o.out, r.Write); err != nil {
		return console.Failed(err, "--out FILE writes elsewhere")
	}
	fmt.Fprintln(c.Out, o.out)
	return nil
}

const help = `Write one self-contained web page about a folder of runs, a sweep or an analysis, for a
supervisor or a class: the question, the scenario in words, the verdict and why, the
figures with their data, the tables of an analysis, the chronicle, how the verdict depends
on its thresholds, what differs from the defaults, how to reproduce and how to cite. The
page needs no network and no script; print it to make a PDF.`
