package play

import (
	"errors"
	"fmt"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/scenarios/studies"
)

// SideHelp explains how one word names a scenario with its changes.
const SideHelp = `A side is a scenario, or a scenario with changes in the same word:
"baseline+influence.bound=0.3" sets a parameter as --set does, "baseline-security"
leaves a mechanism out as --without does, and both can be repeated:
"baseline+influence.bound=0.3+standards.network=4-security".`

// Sides loads the sides of a comparison; the changes are laid over each of them first.
func (o *Options) Sides(words []string) ([]studies.Side, error) {
	sides, err := studies.LoadSides(o.Console, words, o.Changes)
	var side *studies.SideError
	var double *studies.DoubleError
	switch {
	case errors.As(err, &double) && double.Stdin:
		return nil, console.Misuse(err, "write one of them into a file")
	case errors.As(err, &double):
		return nil, console.Misuse(err, "give each side once, or under another file name")
	case errors.As(err, &side):
		return nil, console.Misuse(side.Err, misread(side))
	}
	return sides, err
}

// Side loads one scenario with its changes.
func (o *Options) Side(word string) (studies.Side, error) {
	sides, err := o.Sides([]string{word})
	if err != nil {
		return studies.Side{}, err
	}
	return sides[0], nil
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
