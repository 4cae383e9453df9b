package studies

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"splinternet/models"
	"splinternet/scenarios"
)

// The nested models of any scenario switch off what the reference models of the
// library do.
func TestNestedModels(t *testing.T) {
	library := map[string]string{"M0": "m0-frozen", "M1": "m1-opinions", "M2": "m2-forums"}
	for _, r := range Removals(nil) {
		name := library[r.Name]
		if name == "" {
			continue
		}
		delete(library, r.Name)
		s, err := scenarios.Load(name, scenarios.Options{})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(r.Freeze)
		if off := slices.Sorted(maps.Keys(s.Settings.Off)); !slices.Equal(off, r.Freeze) {
			t.Errorf("%s is without %v, %s without %v", r.Name, r.Freeze, name, off)
		}
	}
	if len(library) > 0 {
		t.Errorf("no such models: %v", library)
	}
}

// Every removal can be made, and the ablation has a side for each.
func TestAblate(t *testing.T) {
	side := twoSides(t)[0]
	a, err := Ablate(context.Background(), AblationPlan{side, Size{Seed: 1, Runs: 2, Workers: 2}}, Unwatched{})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Sides) != len(a.Removals)+1 || len(a.Removals) <= len(models.Mechanisms())+len(nested) {
		t.Errorf("%d sides, %d removals", len(a.Sides), len(a.Removals))
	}
	order := a.BySize(0)
	for k := range order[1:] {
		before, after := a.Difference(0, order[k]+1).Value, a.Difference(0, order[k+1]+1).Value
		if max(before, -before) < max(after, -after) {
			t.Errorf("%v stands before %v", before, after)
		}
	}
	var limit *LimitError
	if _, err := Ablate(context.Background(), AblationPlan{side, Size{Seed: 1, Runs: 1, Workers: 2}}, Unwatched{}); !errors.As(err, &limit) {
		t.Errorf("one run: %v", err)
	}
}
