package main

import (
	"strings"

	"github.com/spf13/cobra"

	"splinternet/output/figure"
	"splinternet/scenarios/studies/factors"
)

func plotCommand(c *console) *cobra.Command {
	o := plotOptions{}
	var quiet bool
	cmd := &cobra.Command{
		Use: "plot DIR", Short: "Draw the figures of a results folder", Long: plotHelp(), Example: plotExamples,
		Args: arguments(1, 1, " DIR [--figure NAME]..."),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.dir, c.quiet = args[0], quiet
			return plot(cmd.Context(), c, o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringArrayVar(&o.figures, "figure", nil, "`name` of a figure; repeatable (default: all that the folder supports)")
	f.StringSliceVar(&o.formats, "format", []string{"pdf", "svg"}, "`formats`: pdf, svg, png, tex")
	f.StringVar(&o.width, "width", figure.Column, "89mm (one column), 183mm (two), slide, or another width in mm")
	f.StringVar(&o.by, "by", "", "`variable` of states that the map shows, or bloc (default: position)")
	f.StringVar(&o.x, "x", "", "swept `parameter` across phase and heat (default: the first)")
	f.StringVar(&o.y, "y", "", "swept `parameter` up phase and heat (default: the next)")
	f.StringVar(&o.measure, "measure", "", "`measure` of heat, morris, sobol, ablation and explain")
	f.StringVar(&o.outcome, "for", "", "`outcome` of prim (default: the one that discover was asked for last)")
	f.StringVar(&o.out, "out", "", "folder of the figures (default: DIR/figures)")
	f.BoolVar(&o.force, "force", false, "replace figures of other results in the folder of --out")
	f.BoolVar(&quiet, "quiet", false, "no talk on stderr but errors")
	complete(cmd, "figure", completeWords(figure.Names))
	complete(cmd, "for", completeWords(factors.Labels))
	complete(cmd, "format", completeWords(figure.Formats))
	complete(cmd, "width", completeWords(figure.Widths))
	return cmd
}

func plotHelp() string {
	var b strings.Builder
	b.WriteString(`Draw figures for papers and slides from a folder of runs, a sweep or an analysis:
NAME.pdf and NAME.svg (or what --format names), with their data as NAME.csv and a
caption to paste as NAME.txt. The same folder gives the same files.

Figures:
`)
	for _, a := range figure.Catalogue() {
		b.WriteString("  " + a.Name + strings.Repeat(" ", max(1, 15-len(a.Name))) + a.About + " (" + a.From + ")\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

const plotExamples = `  splinternet plot results/baseline-seed1
  splinternet plot results/baseline-seed1 --figure measures --width 183mm --format pdf,tex
  splinternet plot results/baseline-seed1 --width slide --format png --out slides`
