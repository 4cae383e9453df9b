package studies

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"splinternet/models"
	"splinternet/models/events"
	"splinternet/scenarios"
	"splinternet/scenarios/spec"
	"splinternet/scenarios/spelling"
)

// Side is a scenario that is played beside others, under the name that tables give it.
type Side struct {
	Name     string
	Scenario *scenarios.Scenario
	// From and Changes load the scenario again: a name of the library or a path, and
	// all that is laid over it.
	From    string
	Changes scenarios.Options
}

// Part is something that can be left out of a scenario.
type Part struct{ Kind, Name string }

// The kinds of parts.
const (
	EventPart     = "event"
	MechanismPart = "mechanism"        // left out is abolished
	FrozenPart    = "frozen mechanism" // of which what it moved stays as it is
)

// AllEvents is the mechanism that stands for all scheduled events at once.
const AllEvents = "events"

// Parts are the events of a scenario and the mechanisms of a tick, in their order,
// without those that the scenario switches off.
func Parts(s *scenarios.Scenario) []Part {
	var all []Part
	for _, e := range s.Settings.Events {
		if !s.Settings.Off[AllEvents] {
			all = append(all, Part{EventPart, e.Name})
		}
	}
	for _, m := range models.Mechanisms() {
		if !s.Settings.Off[m.Name] {
			all = append(all, Part{MechanismPart, m.Name})
		}
	}
	return all
}

// Variant is the side with further assignments key=value, under another name.
func (s *Side) Variant(name string, set []string) (Side, error) {
	v, err := s.Scenario.Variant(set)
	changes := s.Changes
	changes.Set = slices.Concat(changes.Set, set)
	return Side{name, v, s.From, changes}, err
}

// Lacking is the side without some of its parts, under the name given. The other
// parts stay as they are: an event that needs what is missing passes without
// effect. It shares the scenario's world, and keeps its text.
func (s *Side) Lacking(name string, parts []Part) Side {
	changed, changes := *s.Scenario, s.Changes
	changed.Settings.Off, changed.Settings.Abolished = map[string]bool{}, map[string]bool{}
	maps.Copy(changed.Settings.Off, s.Scenario.Settings.Off)
	maps.Copy(changed.Settings.Abolished, s.Scenario.Settings.Abolished)
	changes.Set, changes.Without, changes.Freeze = slices.Clone(changes.Set), slices.Clone(changes.Without), slices.Clone(changes.Freeze)
	var gone []string
	for _, p := range parts {
		switch p.Kind {
		case MechanismPart:
			changed.Settings.Off[p.Name], changed.Settings.Abolished[p.Name] = true, true
			changes.Without = append(changes.Without, p.Name)
		case FrozenPart:
			changed.Settings.Off[p.Name] = true
			changes.Freeze = append(changes.Freeze, p.Name)
		default:
			gone = append(gone, p.Name)
			changes.Set = append(changes.Set, "event."+p.Name+".remove=true")
		}
	}
	changed.Settings.Events = slices.DeleteFunc(slices.Clone(s.Scenario.Settings.Events), func(e events.Event) bool {
		return slices.Contains(gone, e.Name)
	})
	return Side{name, &changed, s.From, changes}
}

// Source is where scenarios come from.
type Source interface {
	Load(nameOrPath string, o scenarios.Options) (*scenarios.Scenario, error)
	// Exists tells whether a word is the path of a file.
	Exists(path string) bool
}

// Stdin is the word for a scenario that comes from standard input, or from whatever
// else a Source can read only once.
const Stdin = "-"

// SideError says that a word names no scenario.
type SideError struct {
	Word, Scenario string // the whole word, and what of it was read as a scenario
	Near           string // the word with a mechanism that may have been meant, or ""
	Err            error
}

func (e *SideError) Error() string { return e.Err.Error() }

// Unwrap returns why the scenario could not be loaded.
func (e *SideError) Unwrap() error { return e.Err }

// DoubleError says that two sides have one name, or that two come from Stdin.
type DoubleError struct {
	Name  string
	Stdin bool
}

func (e *DoubleError) Error() string {
	if e.Stdin {
		return "two sides cannot both come from stdin"
	}
	return fmt.Sprintf("two sides are called %s", e.Name)
}

// LoadSides loads the sides that words name, each a scenario with changes behind it:
// +KEY=VALUE sets a parameter, -MECHANISM abolishes a mechanism. The options are laid
// over each of them first. The error is a *SideError or a *DoubleError.
func LoadSides(from Source, words []string, o scenarios.Options) ([]Side, error) {
	var sides []Side
	stdin := false
	for _, word := range words {
		scenario, set, without := splitSide(from, word)
		if scenario == Stdin && stdin {
			return nil, &DoubleError{Name: word, Stdin: true}
		}
		stdin = stdin || scenario == Stdin
		all := scenarios.Options{
			Set: slices.Concat(o.Set, set), Without: slices.Concat(o.Without, without), Freeze: slices.Clone(o.Freeze), Ticks: o.Ticks,
		}
		s, err := from.Load(scenario, all)
		if err != nil {
			return nil, &SideError{word, scenario, nearSide(word, scenario), err}
		}
		sides = append(sides, Side{sideName(word, scenario), s, scenario, all})
	}
	for k, s := range sides {
		for _, other := range sides[:k] {
			if s.Name == other.Name {
				return nil, &DoubleError{Name: s.Name}
			}
		}
	}
	return sides, nil
}

// assignmentAt finds where a change of a side begins: a plus sign before KEY=, so
// that the plus of a number such as 1e+3 stays in its value.
var assignmentAt = regexp.MustCompile(`\+[A-Za-z][A-Za-z0-9_.-]*=`)

// splitSide takes the changes off a side: those that set a parameter, and the
// mechanisms that it leaves out.
func splitSide(from Source, word string) (scenario string, set, without []string) {
	if from.Exists(word) {
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
	return ScenarioName(scenario) + strings.TrimPrefix(word, scenario)
}

// ScenarioName is what results call a scenario: its name in the library, or that of its
// file without folder and ending.
func ScenarioName(nameOrPath string) string {
	if nameOrPath == Stdin {
		return "stdin"
	}
	return strings.TrimSuffix(filepath.Base(nameOrPath), ".toml")
}

// nearSide is the side that a word may have meant: a scenario of the library without
// the mechanism nearest to what stands behind it, or "".
func nearSide(word, scenario string) string {
	k := strings.LastIndexByte(word, '-')
	if scenario != word || k <= 0 || !slices.Contains(scenarios.Names(), word[:k]) {
		return ""
	}
	if nearest := spelling.Nearest(word[k+1:], spec.Mechanisms()); nearest != "" {
		return word[:k] + "-" + nearest
	}
	return ""
}
