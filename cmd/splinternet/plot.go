package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/output/figure"
)

// figuresFolder is where the figures of a results folder are drawn.
const figuresFolder = "figures"

// plotOptions are the flags of plot.
type plotOptions struct {
	dir     string
	figures []string // none: all that the folder supports
	formats []string
	width   string
	by      string // variable of the map
	x, y    string // factors of a sweep
	measure string
	outcome string // of prim
	out     string // "": DIR/figures
	force   bool
}

// plot draws the figures of a results folder.
func plot(ctx context.Context, c *console, o plotOptions) error {
	style, err := figure.Paper(o.width)
	if err != nil {
		return misuse(fmt.Errorf("--width: %w", err))
	}
	for _, f := range o.formats {
		if !slices.Contains(figure.Formats(), f) {
			return misuse(fmt.Errorf("--format %q: allowed are %s", f, strings.Join(figure.Formats(), ", ")), didYouMean(f, figure.Formats()))
		}
	}
	for _, name := range o.figures {
		if !slices.Contains(figure.Names(), name) {
			return misuse(&figure.UnknownError{Name: name}, didYouMean(name, figure.Names()), "figures: "+strings.Join(figure.Names(), ", "))
		}
	}
	source, err := openFigures(o.dir)
	if err != nil {
		return err
	}
	source.By, source.X, source.Y, source.Measure, source.Outcome = o.by, o.x, o.y, o.measure, o.outcome
	list, err := figuresOf(c, source, o.figures)
	if err != nil {
		return err
	}
	out := o.out
	if out == "" {
		out = filepath.Join(o.dir, figuresFolder)
	}
	if err := o.keep(list); err != nil {
		return err
	}
	for _, f := range list {
		if ctx.Err() != nil {
			return failed(errors.New("interrupted: the figures that are in " + out + " are whole"))
		}
		if err := f.Files(out, o.formats, style); err != nil {
			return failed(err, "--out DIR writes elsewhere")
		}
		fmt.Fprintln(c.out, filepath.Join(out, f.Name+"."+o.formats[0]))
	}
	c.say("%s, each with its data (.csv) and its caption (.txt), in %s", output.Count(len(list), "figure"), out)
	return nil
}

// keep refuses to replace figures of other results in a folder that --out names: two
// results have figures of the same name. Those of the results' own folder follow it.
func (o *plotOptions) keep(list []*figure.Figure) error {
	if o.out == "" || o.force {
		return nil
	}
	for _, f := range list {
		caption, err := os.ReadFile(filepath.Join(o.out, f.Name+".txt"))
		if err == nil && string(caption) != f.Text() {
			return misuse(fmt.Errorf("%s holds a figure %s of something else", o.out, f.Name), "--force replaces it, --out DIR writes elsewhere")
		}
	}
	return nil
}

// plotFolder draws what a folder of results supports into it, as run and sweep do
// with --plot. The names of the files are talk here: the results are the data.
func plotFolder(ctx context.Context, c *console, dir string) error {
	talk := *c
	talk.out = io.Discard
	err := plot(ctx, &talk, plotOptions{dir: dir, formats: []string{"pdf", "svg"}, width: figure.Column})
	if errors.Is(err, errNothingToDraw) {
		c.say("no figures: %s; %s", err, hintFolder) // only sweeps come here
		return nil
	}
	return err
}

// forgetFigures removes the figures of results that are no longer those of the folder.
func forgetFigures(c *console, dir string) error {
	figures, err := figure.Remove(filepath.Join(dir, figuresFolder))
	if err != nil {
		return failed(err)
	}
	if figures != nil {
		c.say("removed the figures of the earlier results: %s", strings.Join(figures, ", "))
	}
	return nil
}

// errNothingToDraw says that a folder supports none of the figures that are drawn
// unasked.
var errNothingToDraw = errors.New("nothing in it is drawn unasked")

// unasked says what to do about a folder of which nothing is drawn unasked.
func unasked(source *figure.Source) string {
	if source.IsSweep() {
		return hintFolder
	}
	return fmt.Sprintf("splinternet report %s writes its tables as a page to read", output.Quote(source.Dir))
}

const hintFolder = "a sweep of many factors is drawn after splinternet sensitivity or discover, or with --figure phase --x KEY --y KEY"

// ofResults says what a folder of results is.
const ofResults = `DIR is a folder that "splinternet run", "sweep" or an analysis wrote, as in: splinternet run --out DIR`

// folderHint says what to do about a folder without results: what is wanted, or how to
// end the sweep in it.
func folderHint(dir string, err error, wanted string) string {
	var none *output.NoResultsError
	if errors.As(err, &none) && none.Unfinished {
		return fmt.Sprintf("splinternet sweep --plan %s --resume ends it; splinternet merge %s --partial makes tables of what is there", output.Quote(dir), output.Quote(dir))
	}
	return wanted
}

// openFigures opens a folder and lays the recorded votes beside it.
func openFigures(dir string) (*figure.Source, error) {
	source, err := figure.Open(dir)
	if err != nil {
		return nil, misuse(err, folderHint(dir, err, ofResults))
	}
	source.Observed = figure.Recorded()
	return source, nil
}

// figuresOf makes the figures that are named, or all that the folder supports.
func figuresOf(c *console, source *figure.Source, names []string) ([]*figure.Figure, error) {
	if len(names) == 0 {
		list, without, err := source.Figures()
		if err != nil {
			return nil, undrawn(err)
		}
		for _, w := range without {
			c.say("left out: %s", w)
		}
		if len(list) == 0 {
			return nil, failed(fmt.Errorf("%s is %s, and %w", source.Dir, source.Folder(), errNothingToDraw), unasked(source))
		}
		return list, nil
	}
	var list []*figure.Figure
	for _, name := range names {
		f, err := source.Figure(name)
		var missing *figure.MissingError
		if err != nil && !errors.As(err, &missing) {
			err = fmt.Errorf("figure %s: %w", name, err)
		}
		if err != nil {
			return nil, undrawn(err)
		}
		list = append(list, f)
	}
	if err := source.Heeded(names); err != nil {
		return nil, undrawn(err)
	}
	return list, nil
}

// undrawn tells apart what was asked wrongly and what the folder does not hold.
func undrawn(err error) error {
	var option *figure.OptionError
	var missing *figure.MissingError
	switch {
	case errors.As(err, &option):
		return misuse(err, option.How)
	case errors.As(err, &missing):
		return failed(err, missing.How)
	}
	return failed(err)
}
