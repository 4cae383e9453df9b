package main

import (
	"errors"
	"fmt"
	"os"

	"splinternet/scenarios"
	"splinternet/scenarios/studies"
)

// sideHelp explains how one word names a scenario with its changes.
const sideHelp = `A side is a scenario, or a scenario with changes in the same word:
"baseline+influence.bound=0.3" sets a parameter as --set does, "baseline-security"
leaves a mechanism out as --without does, and both can be repeated:
"baseline+influence.bound=0.3+standards.network=4-security".`

// Load reads a scenario by name or path; "-" is stdin.
func (c *console) Load(nameOrPath string, o scenarios.Options) (*scenarios.Scenario, error) {
	return load(c, nameOrPath, o)
}

// Exists tells whether a word is the path of a file.
func (c *console) Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// loadSides loads the sides of a comparison; the options are laid over each of
// them first.
func loadSides(c *console, words []string, o scenarios.Options) ([]studies.Side, error) {
	sides, err := studies.LoadSides(c, words, o)
	var side *studies.SideError
	var double *studies.DoubleError
	switch {
	case errors.As(err, &double) && double.Stdin:
		return nil, misuse(err, "write one of them into a file")
	case errors.As(err, &double):
		return nil, misuse(err, "give each side once, or under another file name")
	case errors.As(err, &side):
		return nil, misuse(side.Err, misread(side))
	}
	return sides, err
}

// misread is a hint on a word that named no scenario: how it was read, or which
// mechanism it may have meant to leave out.
func misread(e *studies.SideError) string {
	switch {
	case e.Scenario != e.Word:
		return fmt.Sprintf("%s was read as the scenario %s with changes", e.Word, e.Scenario)
	case e.Near != "":
		return fmt.Sprintf("did you mean %s, without that mechanism?", e.Near)
	}
	return ""
}
