// Package library holds the scenarios that ship with the program, as the texts that
// people read and extend.
package library

import (
	"embed"
	"fmt"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"

	"splinternet/scenarios/problem"
)

//go:embed *.toml
var files embed.FS

// Ending is how the name of a scenario file ends.
const Ending = ".toml"

// Names lists the scenarios, sorted.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic("library: it is not embedded: " + err.Error())
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), Ending))
	}
	sort.Strings(names)
	return names
}

// Source returns the text of a scenario as it was written. The error names the
// nearest scenario.
func Source(name string) (string, error) {
	if strings.ContainsAny(name, `/\`) {
		return "", fmt.Errorf("%q is not the name of a scenario of the library", name)
	}
	text, err := files.ReadFile(name + Ending)
	if err != nil {
		return "", fmt.Errorf("unknown scenario %q%s", name, Hint(name))
	}
	return string(text), nil
}

// Entry is a scenario as a list shows it.
type Entry struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

// List reads the heads of the scenarios, and builds no worlds.
func List() []Entry {
	var list []Entry
	for _, name := range Names() {
		var e Entry
		if text, err := Source(name); err == nil {
			// A library that does not parse is a mistake that its own tests find.
			_, _ = toml.Decode(text, &e)
		}
		e.Name, e.Description = name, strings.TrimSpace(e.Description)
		list = append(list, e)
	}
	return list
}

// Hint is the tail of a message about a scenario that the library lacks.
func Hint(name string) string {
	return `; "splinternet scenario list" names the library` + problem.Hint(name, Names())
}
