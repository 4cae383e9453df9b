package output

import "splinternet/models/verdict"

// The words below are shared by all screens.

// Percent is a share as people read it.
func Percent(share float64) string { return percent(share) }

// Number is a number to read, not to compute with.
func Number(x float64) string { return short(x) }

// Words is an end state as people say it.
func Words(l verdict.Label) string { return words(l) }

// Quote makes one word of a shell command.
func Quote(s string) string { return quote(s) }

// Wrap breaks text into lines of at most width runes, at spaces.
func Wrap(text string, width int) []string { return wrap(text, width) }
