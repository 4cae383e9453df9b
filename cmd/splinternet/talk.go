package main

// All that the program says beside its data is said here: errors and hints,
// lower-case and without a full stop, and news of what it does.

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"splinternet/scenarios/spelling"

	"golang.org/x/term"
)

// The exit statuses.
const (
	exitDone      = 0
	exitFailed    = 1
	exitUsage     = 2
	exitResumable = 75 // interrupted, and can be resumed
)

// console is where a verb reads and writes.
type console struct {
	in    io.Reader
	out   io.Writer // data
	err   io.Writer // talk
	quiet bool      // no news
}

// say tells news on a line of its own, unless it is to be quiet.
func (c *console) say(format string, values ...any) {
	if !c.quiet {
		fmt.Fprintf(c.err, format+"\n", values...)
	}
}

// warn tells what may be a mistake and is no error, unless it is to be quiet.
func (c *console) warn(format string, values ...any) {
	c.say("splinternet: warning: "+format, values...)
}

// failure is an error with hints on what to do and the exit status that it asks
// for.
type failure struct {
	err    error
	hints  []string
	status int
	trace  string // of a panic, for a report
}

func (f *failure) Error() string { return f.err.Error() }

func (f *failure) Unwrap() error { return f.err }

// misuse is wrong use of the command, or a wrong scenario.
func misuse(err error, hints ...string) error {
	return &failure{err: err, hints: hints, status: exitUsage}
}

// failed is something that did not work out.
func failed(err error, hints ...string) error {
	return &failure{err: err, hints: hints, status: exitFailed}
}

// report prints an error and returns the exit status.
func report(w io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	var f *failure
	if !errors.As(err, &f) {
		f = &failure{err: err, status: exitFailed}
	}
	// A scenario's errors come all at once, one a line.
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(w, "splinternet: error: %s\n", strings.TrimRight(line, "\n"))
	}
	for _, hint := range f.hints {
		if hint != "" {
			fmt.Fprintf(w, "hint: %s\n", hint)
		}
	}
	if f.trace != "" {
		fmt.Fprintf(w, "\n%s", f.trace)
	}
	return f.status
}

// didYouMean is a hint with the nearest of the allowed words, or "".
func didYouMean(word string, allowed []string) string {
	nearest := spelling.Nearest(word, allowed)
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %s?", nearest)
}

// terminal returns the terminal behind a writer, if there is one.
func terminal(w io.Writer) (file *os.File, ok bool) {
	file, ok = w.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

// columns is the width of the terminal, kept readable; 80 elsewhere.
func columns(w io.Writer) int {
	if file, ok := terminal(w); ok {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
			return max(60, min(width, 100))
		}
	}
	return 80
}

// canBold tells whether bold type is understood and welcome (no-color.org).
func canBold(w io.Writer) bool {
	_, ok := terminal(w)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
