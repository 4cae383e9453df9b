package main

import (
	"splinternet/output"
	"splinternet/scenarios"
)

// describe prints the methods paragraph and the tables of the ODD+D protocol of a
// scenario.
func describe(c *console, nameOrPath string, o scenarios.Options) error {
	s, err := load(c, nameOrPath, o)
	if err != nil {
		return misuse(err)
	}
	d, err := output.DescriptionOf(s)
	if err != nil {
		return misuse(err)
	}
	return d.WriteMarkdown(c.out)
}
