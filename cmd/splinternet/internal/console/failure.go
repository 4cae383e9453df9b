package console

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/study"
	"splinternet/scenarios/spelling"
)

// The exit statuses.
const (
	Done      = 0
	Broken    = 1  // it failed, or was interrupted
	Usage     = 2  // wrong use, or a wrong scenario
	Resumable = 75 // interrupted, and can be resumed
)

// Failure is an error with hints on what to do and the exit status that it asks for.
type Failure struct {
	Err    error
	Hints  []string
	Status int
	Trace  string // of a panic, for a report
}

func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap returns the error without its hints.
func (f *Failure) Unwrap() error { return f.Err }

// Misuse is wrong use of the command, or a wrong scenario.
func Misuse(err error, hints ...string) error {
	return &Failure{Err: err, Hints: hints, Status: Usage}
}

// Failed is something that did not work out.
func Failed(err error, hints ...string) error {
	return &Failure{Err: err, Hints: hints, Status: Broken}
}

// FailedIf is Failed where there is an error.
func FailedIf(err error) error {
	if err == nil {
		return nil
	}
	return Failed(err)
}

// Report prints an error and returns the exit status.
func Report(w io.Writer, err error) int {
	if err == nil {
		return Done
	}
	var f *Failure
	if !errors.As(err, &f) {
		f = &Failure{Err: err, Status: Broken}
	}
	// A scenario's errors come all at once, one a line.
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(w, "splinternet: error: %s\n", strings.TrimRight(line, "\n"))
	}
	for _, hint := range f.Hints {
		if hint != "" {
			fmt.Fprintf(w, "hint: %s\n", hint)
		}
	}
	if f.Trace != "" {
		fmt.Fprintf(w, "\n%s", f.Trace)
	}
	return f.Status
}

// DidYouMean is a hint with the nearest of the allowed words, or "".
func DidYouMean(word string, allowed []string) string {
	nearest := spelling.Nearest(word, allowed)
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %s?", nearest)
}

// CheckFormat refuses formats that tables do not have.
func CheckFormat(format string) error {
	if !slices.Contains(frame.Formats, format) {
		return Misuse(fmt.Errorf("--format %q: allowed are csv and parquet", format), DidYouMean(format, frame.Formats))
	}
	return nil
}

// CheckFree refuses to replace a file unless forced; flag is the one that names another.
func CheckFree(path string, force bool, flag string) error {
	if force {
		return nil
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return Misuse(fmt.Errorf("%s exists already", path), "--force replaces it, "+flag+" writes elsewhere")
	}
	return nil
}

// Refused adds to an error of a results folder what can be done about it.
func Refused(err error) error {
	var taken *output.TakenError
	var scenario *study.ScenarioError
	var other *study.WorldError
	switch {
	case errors.As(err, &scenario):
		return Misuse(err)
	case errors.As(err, &other):
		return Misuse(fmt.Errorf("the saved world is not one of this scenario: %w", err),
			"parameters, mechanisms, events and decisions may be others; the agents and the calendar may not")
	case !errors.As(err, &taken):
		return Failed(err, "--out DIR writes elsewhere")
	case taken.Replaceable:
		return Misuse(err, "--force replaces them, --out DIR writes elsewhere")
	}
	return Misuse(err, "--out DIR writes elsewhere")
}

// OfResults says what a folder of results is.
const OfResults = `DIR is a folder that "splinternet run", "sweep" or an analysis wrote, as in: splinternet run --out DIR`

// FolderHint says what to do about a folder without results: what is wanted, or how to
// end the sweep in it.
func FolderHint(dir string, err error, wanted string) string {
	var none *output.NoResultsError
	if errors.As(err, &none) && none.Unfinished {
		return fmt.Sprintf("splinternet sweep --plan %s --resume ends it; splinternet merge %s --partial makes tables of what is there", output.Quote(dir), output.Quote(dir))
	}
	return wanted
}
