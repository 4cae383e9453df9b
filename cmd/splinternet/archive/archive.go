// Package archive is the verb that packs results for a repository of research data.
package archive

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output"
	"splinternet/output/archive"
	"splinternet/output/kind"
	"splinternet/scenarios/data"
)

// options are the flags of archive.
type options struct {
	dir, out    string
	force, json bool
}

// deposit packs a folder of results for a repository of research data.
func deposit(c *console.Console, o options) error {
	if o.out == "" {
		clean, err := filepath.Abs(o.dir)
		if err != nil {
			return console.Failed(err)
		}
		o.out = filepath.Join(filepath.Dir(filepath.Clean(o.dir)), filepath.Base(clean)+".zip")
	}
	if err := console.CheckFree(o.out, o.force, "--out FILE"); err != nil {
		return err
	}
	content, report, err := archive.Pack(o.dir, archive.Options{License: data.License()})
	var incomplete *archive.IncompleteError
	var none *output.NoResultsError
	switch {
	case errors.As(err, &none):
		return console.Misuse(err, console.FolderHint(o.dir, err, console.OfResults))
	case errors.As(err, &incomplete):
		hint := "play it again with --force, and let it finish"
		if incomplete.Format == kind.Sweep {
			hint = fmt.Sprintf("splinternet sweep --plan %s --resume finishes it", output.Quote(o.dir))
		}
		return console.Failed(err, hint)
	case err != nil:
		return console.Failed(err)
	}
	if err := output.WriteFile(o.out, content); err != nil {
		return console.Failed(err, "nothing half-written was left behind; --out FILE writes elsewhere")
	}
	if o.json {
		return output.WriteJSON(c.Out, struct {
			*archive.Report
			Out string `json:"out"`
		}{report, o.out})
	}
	fmt.Fprintf(c.Out, "%s: %s, %d bytes, and a codebook of %s\n", o.out, output.Count(report.Files, "file"), report.Bytes, output.Count(report.Columns, "column"))
	if len(report.Unknown) > 0 {
		c.Say("the codebook has no meaning for %s", strings.Join(report.Unknown, ", "))
	}
	return nil
}

// Command packs results for a repository of research data.
func Command(c *console.Console) *cobra.Command {
	o := options{}
	cmd := &cobra.Command{
		Use: "archive DIR", Short: "Pack results for a repository of research data", Long: help, Example: examples,
		Args: console.Arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir = args[0]
			return deposit(c, o)
		},
	}
	f := console.Flags(cmd)
	f.StringVar(&o.out, "out", "", "zip `file` (default: DIR.zip)")
	f.BoolVar(&o.force, "force", false, "replace the file")
	f.BoolVar(&o.json, "json", false, "print one JSON object")
	return cmd
}

const help = `Pack a folder of results, of a run, a sweep or an analysis, into a zip for a repository
such as Zenodo or CoMSES: the tables and the manifest, whose hashes are checked; each
scenario as a file that runs by itself; codebook.csv, which describes every column,
and for a run codebook-events.csv, which describes every kind of event; README.md, CITATION.cff, the terms of the data where they are used; and read.py and
read.R, which read the tables and draw a figure.

The same folder gives the same bytes.`

const examples = `  splinternet archive results/baseline-seed1
  splinternet archive results/screening --out deposit.zip`
