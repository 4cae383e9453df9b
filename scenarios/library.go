package scenarios

import (
	"embed"
	"fmt"
	"path"
	"sort"
	"strings"
)

//go:embed library/*.toml
var library embed.FS

// Names lists the scenarios of the library, sorted.
func Names() []string {
	entries, err := library.ReadDir("library")
	if err != nil {
		panic("scenarios: the library is not embedded: " + err.Error())
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ending))
	}
	sort.Strings(names)
	return names
}

// Source returns the text of a scenario of the library as it was written.
func Source(name string) (string, error) {
	if strings.ContainsAny(name, `/\`) {
		return "", fmt.Errorf("%q is not the name of a scenario of the library", name)
	}
	text, err := library.ReadFile(path.Join("library", name+ending))
	if err != nil {
		return "", fmt.Errorf("unknown scenario %q%s", name, libraryHint(name))
	}
	return string(text), nil
}
