package studies

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"splinternet/scenarios"
)

// library is a Source without files.
type library struct{}

func (library) Load(name string, o scenarios.Options) (*scenarios.Scenario, error) {
	return scenarios.Load(name, o)
}
func (library) Exists(string) bool { return false }

// A word names a scenario and its changes; signs of numbers, and names that look
// like changes, stay what they are.
func TestSplitSide(t *testing.T) {
	for word, want := range map[string]string{
		"baseline":                                    "baseline | | ",
		"baseline+influence.bound=0.3":                "baseline | influence.bound=0.3 | ",
		"baseline-security":                           "baseline |  | security",
		"new-ip":                                      "new-ip |  | ",
		"new-ip-power-markets":                        "new-ip |  | power markets",
		"a/b+security.rate=1e+3-power+x.y=-2":         "a/b | security.rate=1e+3 x.y=-2 | power",
		"a+event.brics-turns.date=2021-01-01-markets": "a | event.brics-turns.date=2021-01-01 | markets",
		"my.toml-security+firm.huawei.tie=0.5":        "my.toml | firm.huawei.tie=0.5 | security",
		"-":                                           "- |  | ",
		"-security":                                   "-security |  | ",
		"--security":                                  "- |  | security",
	} {
		scenario, set, without := splitSide(library{}, word)
		got := scenario + " | " + strings.Join(set, " ") + " | " + strings.Join(without, " ")
		if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

// Sides know how they are loaded again; words that name none say what may have been
// meant.
func TestLoadSides(t *testing.T) {
	sides, err := LoadSides(library{}, []string{"two-blocs", "two-blocs-security"}, scenarios.Options{Ticks: 20})
	if err != nil {
		t.Fatal(err)
	}
	other := &sides[1]
	if other.Name != "two-blocs-security" || other.From != "two-blocs" || !other.Scenario.Settings.Off["security"] || other.Scenario.Calendar.Ticks != 20 {
		t.Errorf("%+v", other)
	}
	less := other.Lacking("less", []Part{{MechanismPart, "markets"}, {EventPart, "aldian-ban"}})
	if !slices.Equal(less.Changes.Without, []string{"security", "markets"}) || !slices.Equal(less.Changes.Set, []string{"event.aldian-ban.remove=true"}) {
		t.Errorf("%+v", less.Changes)
	}
	if len(less.Scenario.Settings.Events) != len(other.Scenario.Settings.Events)-1 || other.Scenario.Settings.Off["markets"] {
		t.Error("an event stays, or the side that lacks nothing was changed")
	}
	var side *SideError
	if _, err := LoadSides(library{}, []string{"two-blocs-secrity"}, scenarios.Options{}); !errors.As(err, &side) || side.Near != "two-blocs-security" {
		t.Errorf("%v", err)
	}
	if _, err := LoadSides(library{}, []string{"two-blocs+influence.bond=1"}, scenarios.Options{}); !errors.As(err, &side) || side.Scenario != "two-blocs" {
		t.Errorf("%v", err)
	}
	var double *DoubleError
	if _, err := LoadSides(library{}, []string{"two-blocs", "two-blocs"}, scenarios.Options{}); !errors.As(err, &double) || double.Name != "two-blocs" {
		t.Errorf("%v", err)
	}
}
