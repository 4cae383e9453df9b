package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"splinternet/output"
	page "splinternet/output/report" // report prints errors here
)

// reportOptions are the flags of report.
type reportOptions struct {
	dir   string
	out   string // "-" is stdout
	force bool
}

// writeReport writes a results folder as one page to read.
func writeReport(c *console, o reportOptions) error {
	if o.out != "-" && !o.force {
		if _, err := os.Stat(o.out); !errors.Is(err, fs.ErrNotExist) {
			return misuse(fmt.Errorf("%s exists already", o.out), "--force replaces it, --out FILE writes elsewhere")
		}
	}
	source, err := openFigures(o.dir)
	if err != nil {
		return err
	}
	list, without, err := source.Figures()
	if err != nil {
		return undrawn(err)
	}
	for _, w := range without {
		c.say("left out: %s", w)
	}
	r := &page.Report{Source: source, Figures: list, Scenario: page.ScenarioOf(source)}
	if o.out == "-" {
		return failedIf(r.Write(c.out))
	}
	if err := output.Place(o.out, r.Write); err != nil {
		return failed(err, "--out FILE writes elsewhere")
	}
	fmt.Fprintln(c.out, o.out)
	return nil
}

func failedIf(err error) error {
	if err == nil {
		return nil
	}
	return failed(err)
}
