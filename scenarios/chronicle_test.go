package scenarios

import (
	"math"
	"os"
	"slices"
	"testing"

	"splinternet/models"
	"splinternet/models/chronicle"
	"splinternet/models/world"
	"splinternet/scenarios/spec"
)

// aloneInTheWorld are the kinds of entries in which nobody acts on anybody.
var aloneInTheWorld = []string{"label", "network"}

// Every entry of the library's scenarios says who acted or on whom, and how much, as the
// declaration of its kind has it.
func TestEntriesAreAsDeclared(t *testing.T) {
	names := []string{"baseline", "hotlines", "history-2018-2025", "h10-treaty"}
	if os.Getenv("SPLINTERNET_FULL") != "" {
		names = Names()
	}
	for _, name := range names {
		s, err := Load(name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range play(t, simulation(t, s, s.Settings), 1, models.Recording{Chronicle: true, Stride: 25}).Entries {
			if fault := faultOf(&e); fault != "" {
				t.Errorf("%s: %s: %+v", name, fault, e)
			}
		}
	}
}

// faultOf says in what an entry is not as the declaration of its kind has it, "" if it is.
func faultOf(e *world.Entry) string {
	at := slices.IndexFunc(chronicle.Kinds, func(k chronicle.Kind) bool { return k.Name == e.Kind })
	switch {
	case at < 0:
		return "the kind is not declared"
	case math.IsNaN(e.Value) || math.IsInf(e.Value, 0):
		return "the value is no number"
	case len(e.Actors)+len(e.Targets) == 0 && !slices.Contains(aloneInTheWorld, e.Kind):
		return "it has no actors and no targets"
	case len(e.Actors) > 0 && chronicle.Kinds[at].Actors == "":
		return "the kind is declared to have no actors"
	case len(e.Targets) > 0 && chronicle.Kinds[at].Targets == "":
		return "the kind is declared to have no targets"
	case slices.Contains(slices.Concat(e.Actors, e.Targets), ""):
		return "an identifier is empty"
	}
	return ""
}

// What a scenario can schedule is a declared kind of entry, and no kind is declared twice
// or without what its value is.
func TestKindsAreWhole(t *testing.T) {
	var names []string
	for _, k := range chronicle.Kinds {
		if slices.Contains(names, k.Name) || k.Doc == "" || k.Value == "" {
			t.Errorf("%+v", k)
		}
		names = append(names, k.Name)
	}
	for _, k := range spec.EventKinds() {
		if !slices.Contains(names, k.Kind) {
			t.Errorf("an entry on an event %s is not declared", k.Kind)
		}
	}
}
