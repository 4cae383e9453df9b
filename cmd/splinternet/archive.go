package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/output"
	"splinternet/output/archive"
	"splinternet/output/kind"
	"splinternet/scenarios/data"
)

// archiveOptions are the flags of archive.
type archiveOptions struct {
	dir, out    string
	force, json bool
}

// deposit packs a folder of results for a repository of research data.
func deposit(c *console, o archiveOptions) error {
	if o.out == "" {
		clean, err := filepath.Abs(o.dir)
		if err != nil {
			return failed(err)
		}
		o.out = filepath.Join(filepath.Dir(filepath.Clean(o.dir)), filepath.Base(clean)+".zip")
	}
	if _, err := os.Lstat(o.out); err == nil && !o.force {
		return misuse(fmt.Errorf("%s exists already", o.out), "--force replaces it, --out FILE writes elsewhere")
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failed(err)
	}
	content, report, err := archive.Pack(o.dir, archive.Options{License: data.License()})
	var incomplete *archive.IncompleteError
	var none *output.NoResultsError
	switch {
	case errors.As(err, &none):
		return misuse(err, folderHint(o.dir, err, ofResults))
	case errors.As(err, &incomplete):
		hint := "play it again with --force, and let it finish"
		if incomplete.Format == kind.Sweep {
			hint = fmt.Sprintf("splinternet sweep --plan %s --resume finishes it", output.Quote(o.dir))
		}
		return failed(err, hint)
	case err != nil:
		return failed(err)
	}
	if err := output.WriteFile(o.out, content); err != nil {
		return failed(err, "nothing half-written was left behind; --out FILE writes elsewhere")
	}
	if o.json {
		return output.WriteJSON(c.out, struct {
			*archive.Report
			Out string `json:"out"`
		}{report, o.out})
	}
	fmt.Fprintf(c.out, "%s: %s, %d bytes, and a codebook of %s\n", o.out, output.Count(report.Files, "file"), report.Bytes, output.Count(report.Columns, "column"))
	if len(report.Unknown) > 0 {
		c.say("the codebook has no meaning for %s", strings.Join(report.Unknown, ", "))
	}
	return nil
}

func archiveCommand(c *console) *cobra.Command {
	o := archiveOptions{}
	cmd := &cobra.Command{
		Use: "archive DIR", Short: "Pack results for a repository of research data", Long: archiveHelp, Example: archiveExamples,
		Args: arguments(1, 1, " DIR"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir = args[0]
			return deposit(c, o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.out, "out", "", "zip `file` (default: DIR.zip)")
	f.BoolVar(&o.force, "force", false, "replace the file")
	f.BoolVar(&o.json, "json", false, "print one JSON object")
	return cmd
}

const archiveHelp = `Pack a folder of results, of a run, a sweep or an analysis, into a zip for a repository
such as Zenodo or CoMSES: the tables and the manifest, whose hashes are checked; each
scenario as a file that runs by itself; codebook.csv, which describes every column,
and for a run codebook-events.csv, which describes every kind of event; README.md, CITATION.cff, the terms of the data where they are used; and read.py and
read.R, which read the tables and draw a figure.

The same folder gives the same bytes.`

const archiveExamples = `  splinternet archive results/baseline-seed1
  splinternet archive results/screening --out deposit.zip`
