// Package console is where the verbs of the command line read and write. All that the
// program says beside its data goes through it: errors and hints, lower-case and without
// a full stop, and news of what it does. It also holds what command lines have in
// common: numbers of arguments, flags, completion and progress.
package console

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"splinternet/output"
	"splinternet/scenarios"
)

// Console is where a verb reads and writes.
type Console struct {
	In    io.Reader
	Out   io.Writer // data
	Err   io.Writer // talk
	Quiet bool      // no news
}

// Say tells news on a line of its own, unless it is to be quiet.
func (c *Console) Say(format string, values ...any) {
	if !c.Quiet {
		fmt.Fprintf(c.Err, format+"\n", values...)
	}
}

// Warn tells what may be a mistake and is no error, unless it is to be quiet.
func (c *Console) Warn(format string, values ...any) {
	c.Say("splinternet: warning: "+format, values...)
}

// Load reads a scenario by name or path; "-" is what comes in.
func (c *Console) Load(nameOrPath string, o scenarios.Options) (*scenarios.Scenario, error) {
	if nameOrPath != "-" {
		return scenarios.Load(nameOrPath, o)
	}
	text, err := io.ReadAll(c.In)
	if err != nil {
		return nil, err
	}
	return scenarios.Parse("stdin", string(text), o)
}

// Exists tells whether a word is the path of a file.
func (c *Console) Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Columns is the width of a page of data.
func (c *Console) Columns() int { return columns(c.Out) }

// Look is how the terminal shows a page of data.
func (c *Console) Look() output.Look {
	_, screen := Terminal(c.Out)
	// Bold type has to be understood and welcome (no-color.org).
	bold := screen && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return output.Look{Width: c.Columns(), Bold: bold}
}

// Terminal returns the terminal behind a writer, if there is one.
func Terminal(w io.Writer) (file *os.File, ok bool) {
	file, ok = w.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

// columns is the width of the terminal, kept readable; 80 elsewhere.
func columns(w io.Writer) int {
	if file, ok := Terminal(w); ok {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
			return max(60, min(width, 100))
		}
	}
	return 80
}

// OrNothing fills a cell of a table: a dash where there is nothing.
func OrNothing(s string) string {
	if s == "" {
		return "-"
	}
	return strings.ReplaceAll(s, "\n", " ")
}
