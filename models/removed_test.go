package models

import (
	"slices"
	"testing"
)

// What is gone is not declared, what took its place is, and the list is in order.
func TestRemovedParameters(t *testing.T) {
	declared := Declarations()
	var names []string
	for _, r := range removed {
		names = append(names, r.Name)
		if declared.Find(r.Name) != nil {
			t.Errorf("%s is said to be gone, and is declared", r.Name)
		}
		for _, by := range r.By {
			if declared.Find(by) == nil {
				t.Errorf("%s is said to take the place of %s, and is not declared", by, r.Name)
			}
		}
		if len(r.By) == 0 && r.Why == "" {
			t.Errorf("%s: neither what takes its place nor why it is gone", r.Name)
		}
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("not in the order of names, or twice: %v", names)
	}
}

func TestWordsOfWhatIsRemoved(t *testing.T) {
	for want, r := range map[string]Removed{
		"it is gone: a.b takes its place":                                  {By: []string{"a.b"}},
		"it is gone: a.b and a.c take its place (they count the same)":     {By: []string{"a.b", "a.c"}, Why: "they count the same"},
		"it is gone, and nothing takes its place: no result depends on it": {Why: "no result depends on it"},
	} {
		if got := r.words(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
