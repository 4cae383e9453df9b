// Package figures draws the figures of results folders for the verbs that do so.
package figures

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output"
	"splinternet/output/figure"
)

// figuresFolder is where the figures of a results folder are drawn.
const figuresFolder = "figures"

// Request is which figures of a results folder are drawn, and how.
type Request struct {
	Dir     string
	Figures []string // none: all that the folder supports
	Formats []string
	Width   string
	By      string // variable of the map
	X, Y    string // factors of a sweep
	Measure string
	Outcome string // of prim
	Out     string // "": DIR/figures
	Force   bool
}

// Draw draws figures.
func Draw(ctx context.Context, c *console.Console, r Request) error {
	style, err := r.style()
	if err != nil {
		return err
	}
	source, err := Open(r.Dir)
	if err != nil {
		return err
	}
	source.By, source.X, source.Y, source.Measure, source.Outcome = r.By, r.X, r.Y, r.Measure, r.Outcome
	list, err := figuresOf(c, source, r.Figures)
	if err != nil {
		return err
	}
	out := r.Out
	if out == "" {
		out = filepath.Join(r.Dir, figuresFolder)
	}
	if err := r.keep(list); err != nil {
		return err
	}
	for _, f := range list {
		if ctx.Err() != nil {
			return console.Failed(errors.New("interrupted: the figures that are in " + out + " are whole"))
		}
		if err := f.Files(out, r.Formats, style); err != nil {
			return console.Failed(err, "--out DIR writes elsewhere")
		}
		fmt.Fprintln(c.Out, filepath.Join(out, f.Name+"."+r.Formats[0]))
	}
	c.Say("%s, each with its data (.csv) and its caption (.txt), in %s", output.Count(len(list), "figure"), out)
	return nil
}

// style refuses words that name no width, format or figure.
func (r *Request) style() (style figure.Style, err error) {
	if style, err = figure.Paper(r.Width); err != nil {
		return style, console.Misuse(fmt.Errorf("--width: %w", err))
	}
	for _, f := range r.Formats {
		if !slices.Contains(figure.Formats(), f) {
			return style, console.Misuse(fmt.Errorf("--format %q: allowed are %s", f, strings.Join(figure.Formats(), ", ")), console.DidYouMean(f, figure.Formats()))
		}
	}
	for _, name := range r.Figures {
		if !slices.Contains(figure.Names(), name) {
			return style, console.Misuse(&figure.UnknownError{Name: name}, console.DidYouMean(name, figure.Names()), "figures: "+strings.Join(figure.Names(), ", "))
		}
	}
	return style, nil
}

// keep refuses to replace figures of other results in a folder that --out names: two
// results have figures of the same name. Those of the results' own folder follow it.
func (r *Request) keep(list []*figure.Figure) error {
	if r.Out == "" || r.Force {
		return nil
	}
	for _, f := range list {
		caption, err := os.ReadFile(filepath.Join(r.Out, f.Name+".txt"))
		if err == nil && string(caption) != f.Text() {
			return console.Misuse(fmt.Errorf("%s holds a figure %s of something else", r.Out, f.Name), "--force replaces it, --out DIR writes elsewhere")
		}
	}
	return nil
}

// Folder draws what a folder of results supports into it, as run and sweep do with
// --plot. The names of the files are talk here: the results are the data.
func Folder(ctx context.Context, c *console.Console, dir string) error {
	talk := *c
	talk.Out = io.Discard
	err := Draw(ctx, &talk, Request{Dir: dir, Formats: Formats, Width: figure.Column})
	if errors.Is(err, errNothingToDraw) {
		c.Say("no figures: %s; %s", err, hintFolder) // only sweeps come here
		return nil
	}
	return err
}

// Formats are those that are drawn unasked.
var Formats = []string{"pdf", "svg"}

// Forget removes the figures of results that are no longer those of the folder.
func Forget(c *console.Console, dir string) error {
	figures, err := figure.Remove(filepath.Join(dir, figuresFolder))
	if err != nil {
		return console.Failed(err)
	}
	if figures != nil {
		c.Say("removed the figures of the earlier results: %s", strings.Join(figures, ", "))
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

// Open opens a folder and lays the recorded votes beside it.
func Open(dir string) (*figure.Source, error) {
	source, err := figure.Open(dir)
	if err != nil {
		return nil, console.Misuse(err, console.FolderHint(dir, err, console.OfResults))
	}
	source.Observed = figure.Recorded()
	return source, nil
}

// figuresOf makes the figures that are named, or all that the folder supports.
func figuresOf(c *console.Console, source *figure.Source, names []string) ([]*figure.Figure, error) {
	if len(names) == 0 {
		list, err := All(c, source)
		if err == nil && len(list) == 0 {
			err = console.Failed(fmt.Errorf("%s is %s, and %w", source.Dir, source.Folder(), errNothingToDraw), unasked(source))
		}
		return list, err
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
		return console.Misuse(err, option.How)
	case errors.As(err, &missing):
		return console.Failed(err, missing.How)
	}
	return console.Failed(err)
}

// All makes all figures that the folder supports, and says which it has not the data for.
func All(c *console.Console, source *figure.Source) ([]*figure.Figure, error) {
	list, without, err := source.Figures()
	if err != nil {
		return nil, undrawn(err)
	}
	for _, w := range without {
		c.Say("left out: %s", w)
	}
	return list, nil
}
