// Package plot is the verb that draws figures.
package plot

import (
	"strings"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/figures"
	"splinternet/output/figure"
	"splinternet/scenarios/studies/factors"
)

// Command draws the figures of a results folder.
func Command(c *console.Console) *cobra.Command {
	r := figures.Request{}
	cmd := &cobra.Command{
		Use: "plot DIR", Short: "Draw the figures of a results folder", Long: help(), Example: examples,
		Args: console.Arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r.Dir = args[0]
			return figures.Draw(cmd.Context(), c, r)
		},
	}
	f := console.Flags(cmd)
	f.StringArrayVar(&r.Figures, "figure", nil, "`name` of a figure; repeatable (default: all that the folder supports)")
	f.StringSliceVar(&r.Formats, "format", figures.Formats, "`formats`: pdf, svg, png, tex")
	f.StringVar(&r.Width, "width", figure.Column, "89mm (one column), 183mm (two), slide, or another width in mm")
	f.StringVar(&r.By, "by", "", "`variable` of states that the map shows, or bloc (default: position)")
	f.StringVar(&r.X, "x", "", "swept `parameter` across phase and heat (default: the first)")
	f.StringVar(&r.Y, "y", "", "swept `parameter` up phase and heat (default: the next)")
	f.StringVar(&r.Measure, "measure", "", "`measure` of heat, morris, sobol, ablation and explain")
	f.StringVar(&r.Outcome, "for", "", "`outcome` of prim (default: the one that discover was asked for last)")
	f.StringVar(&r.Out, "out", "", "folder of the figures (default: DIR/figures)")
	f.BoolVar(&r.Force, "force", false, "replace figures of other results in the folder of --out")
	c.BindQuiet(f)
	console.Complete(cmd, "figure", console.Words(figure.Names))
	console.Complete(cmd, "for", console.Words(factors.Labels))
	console.Complete(cmd, "format", console.Words(figure.Formats))
	console.Complete(cmd, "width", console.Words(figure.Widths))
	return cmd
}

func help() string {
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

const examples = `  splinternet plot results/baseline-seed1
  splinternet plot results/baseline-seed1 --figure measures --width 183mm --format pdf,tex
  splinternet plot results/baseline-seed1 --width slide --format png --out slides`
