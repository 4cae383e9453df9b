package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"splinternet/models"
	"splinternet/models/events"
	"splinternet/output"
	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
	"splinternet/scenarios/spelling"
)

// side is a scenario that is played beside others, under the name that tables
// give it.
type side struct {
	pairs.Side
	command string // plays it; a seed is still to be given
}

// variant is the side with further assignments key=value, under another name.
func (s *side) variant(name string, set []string) (side, error) {
	v, err := s.Scenario.Variant(set)
	return side{pairs.Side{Name: name, Scenario: v}, s.command + flagsOf(scenarios.Options{Set: set})}, err
}

// part is something that can be left out of a scenario.
type part struct{ kind, name string }

// The kinds of parts.
const (
	eventPart     = "event"
	mechanismPart = "mechanism"
)

// lacking is the side without some of its parts, under the name given. The other
// parts stay as they are: an event that needs what is missing passes without
// effect. It shares the scenario's world, and keeps its text.
func (s *side) lacking(name string, parts []part) side {
	changed := *s.Scenario
	changed.Settings.Off = map[string]bool{}
	maps.Copy(changed.Settings.Off, s.Scenario.Settings.Off)
	var gone []string
	var o scenarios.Options
	for _, p := range parts {
		if p.kind == mechanismPart {
			changed.Settings.Off[p.name] = true
			o.Without = append(o.Without, p.name)
		} else {
			gone = append(gone, p.name)
			o.Set = append(o.Set, "event."+p.name+".remove=true")
		}
	}
	changed.Settings.Events = slices.DeleteFunc(slices.Clone(s.Scenario.Settings.Events), func(e events.Event) bool {
		return slices.Contains(gone, e.Name)
	})
	return side{pairs.Side{Name: name, Scenario: &changed}, s.command + flagsOf(o)}
}

// repeat is the command that plays one run of the side again.
func (s *side) repeat(seed uint64) string { return fmt.Sprintf("%s --seed %d", s.command, seed) }

// commandOf is the command that plays a scenario with options.
func commandOf(scenario string, o scenarios.Options) string {
	return "splinternet run " + output.Quote(scenario) + flagsOf(o)
}

// flagsOf are the flags of the command line that lay options over a scenario.
func flagsOf(o scenarios.Options) string {
	var words []string
	for _, assignment := range o.Set {
		words = append(words, "--set", output.Quote(assignment))
	}
	for _, mechanism := range o.Without {
		words = append(words, "--without", mechanism)
	}
	if o.Ticks != 0 {
		words = append(words, fmt.Sprintf("--ticks %d", o.Ticks))
	}
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ")
}

// sideHelp explains how one word names a scenario with its changes.
const sideHelp = `A side is a scenario, or a scenario with changes in the same word:
"baseline+influence.bound=0.3" sets a parameter as --set does, "baseline-security"
leaves a mechanism out as --without does, and both can be repeated:
"baseline+influence.bound=0.3+standards.network=4-security".`

// assignmentAt finds where a change of a side begins: a plus sign before KEY=, so
// that the plus of a number such as 1e+3 stays in its value.
var assignmentAt = regexp.MustCompile(`\+[A-Za-z][A-Za-z0-9_.-]*=`)

// splitSide takes the changes off a side: those that set a parameter, and the
// mechanisms that it leaves out.
func splitSide(word string) (scenario string, set, without []string) {
	if _, err := os.Stat(word); err == nil {
		return word, nil, nil // a file may be called whatever it likes
	}
	parts := []string{word}
	if cuts := assignmentAt.FindAllStringIndex(word, -1); cuts != nil {
		parts = []string{word[:cuts[0][0]]}
		for k, cut := range cuts {
			end := len(word)
			if k+1 < len(cuts) {
				end = cuts[k+1][0]
			}
			parts = append(parts, word[cut[0]+1:end])
		}
	}
	for k := range parts {
		var off []string
		parts[k], off = splitOff(parts[k])
		without = append(without, off...)
	}
	return parts[0], parts[1:], without
}

// splitOff takes "-MECHANISM" off the end of a word, as often as it stands there.
func splitOff(word string) (rest string, off []string) {
	for {
		k := strings.LastIndexByte(word, '-')
		if k <= 0 || models.Find(word[k+1:]) == nil {
			return word, off
		}
		word, off = word[:k], append([]string{word[k+1:]}, off...)
	}
}

// sideName is what tables call a side: its word without folder and ending.
func sideName(word, scenario string) string {
	changes := strings.TrimPrefix(word, scenario)
	if scenario == "-" {
		return "stdin" + changes
	}
	return strings.TrimSuffix(filepath.Base(scenario), ".toml") + changes
}

// misread is a hint on a word that named no scenario: how it was read, or which
// mechanism it may have meant to leave out.
func misread(word, scenario string) string {
	if scenario != word {
		return fmt.Sprintf("%s was read as the scenario %s with changes", word, scenario)
	}
	k := strings.LastIndexByte(word, '-')
	if k <= 0 || !slices.Contains(scenarios.Names(), word[:k]) {
		return ""
	}
	var names []string
	for _, m := range models.Mechanisms() {
		names = append(names, m.Name)
	}
	if nearest := spelling.Nearest(word[k+1:], names); nearest != "" {
		return fmt.Sprintf("did you mean %s-%s, without that mechanism?", word[:k], nearest)
	}
	return ""
}

// loadSides loads the sides of a comparison; the options are laid over each of
// them first.
func loadSides(c *console, words []string, o scenarios.Options) ([]side, error) {
	var sides []side
	stdin := false
	for _, word := range words {
		scenario, set, without := splitSide(word)
		if scenario == "-" && stdin {
			return nil, misuse(errors.New("two sides cannot both come from stdin"), "write one of them into a file")
		}
		stdin = stdin || scenario == "-"
		all := scenarios.Options{
			Set: slices.Concat(o.Set, set), Without: slices.Concat(o.Without, without), Ticks: o.Ticks,
		}
		s, err := load(c, scenario, all)
		if err != nil {
			return nil, misuse(err, misread(word, scenario))
		}
		sides = append(sides, side{pairs.Side{Name: sideName(word, scenario), Scenario: s}, commandOf(scenario, all)})
	}
	for k, s := range sides {
		for _, other := range sides[:k] {
			if s.Name == other.Name {
				return nil, misuse(fmt.Errorf("two sides are called %s", s.Name), "give each side once, or under another file name")
			}
		}
	}
	return sides, nil
}
