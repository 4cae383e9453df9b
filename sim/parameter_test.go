package sim

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// knobs is a mechanism's fields, one of each kind.
type knobs struct {
	rate   float64
	count  int
	on     bool
	choice int
}

func declare() (*knobs, *Parameters) {
	k, set := new(knobs), new(Parameters)
	set.Declare("m", NumberAt(&k.rate, Parameter{Name: "rate", Default: .25, Domain: Range{-1, 2}, Plausible: Range{0, 1}, Unit: "per year"}))
	set.Declare("m", IntegerAt(&k.count, Parameter{Name: "count", Default: 3, Domain: Range{1, 10}, Plausible: Range{2, 5}}))
	set.Declare("m", SwitchAt(&k.on, Parameter{Name: "on", Default: 1}))
	set.Declare("m", ChoiceAt(&k.choice, Parameter{Name: "choice", Default: 1, Choices: []string{"red", "green", "blue"}}))
	return k, set
}

func TestParameters(t *testing.T) {
	k, set := declare()
	if *k != (knobs{.25, 3, true, 1}) {
		t.Errorf("declaring does not set defaults: %+v", *k)
	}
	if got := set.Names(); !slices.Equal(got, []string{"m.choice", "m.count", "m.on", "m.rate"}) {
		t.Errorf("names are %q", got)
	}
	if len(set.All()) != 4 || set.All()[0].Name != "m.rate" || set.Find("m.on").Kind != Switch || set.Find("on") != nil {
		t.Error("declarations are lost or out of order")
	}
	var before []float64
	for _, p := range set.WithFixed() {
		before = append(before, p.Default)
	}
	for name, value := range map[string]float64{"m.rate": 2, "m.count": 10, "m.on": 0, "m.choice": 2} {
		if err := set.Set(name, value); err != nil {
			t.Error(err)
		}
		if got := set.Value(name); got != value {
			t.Errorf("%s is %g after being set to %g", name, got, value)
		}
	}
	if *k != (knobs{2, 10, false, 2}) {
		t.Errorf("setting does not reach the mechanism: %+v", *k)
	}
	for name, value := range map[string]float64{
		"m.rate": 2.5, "m.count": 2.5, "m.on": .5, "m.choice": 3, "m.none": 1,
	} {
		if err := set.Set(name, value); err == nil {
			t.Errorf("%s takes %g", name, value)
		}
	}
	for _, value := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if err := set.Set("m.rate", value); err == nil {
			t.Errorf("m.rate takes %g", value)
		}
	}
	if *k != (knobs{2, 10, false, 2}) {
		t.Errorf("a refused value changes the mechanism: %+v", *k)
	}
	set.Restore(before)
	if *k != (knobs{.25, 3, true, 1}) {
		t.Errorf("restoring gives %+v", *k)
	}
}

func TestParameterCheck(t *testing.T) {
	_, set := declare()
	for _, c := range []struct {
		name    string
		value   float64
		allowed string
	}{
		{"m.rate", 2.01, "a number from -1 to 2 (per year)"},
		{"m.rate", math.NaN(), "a number from -1 to 2 (per year)"},
		{"m.rate", math.Inf(1), "a number from -1 to 2 (per year)"},
		{"m.count", 2.5, "a whole number from 1 to 10"},
		{"m.count", 0, "a whole number from 1 to 10"},
		{"m.on", .5, "true or false"},
		{"m.choice", 3, "one of red, green, blue"},
	} {
		if err := set.Find(c.name).Check(c.value); err == nil || !strings.Contains(err.Error(), c.allowed) {
			t.Errorf("%s = %g: error %v does not say %q", c.name, c.value, err, c.allowed)
		}
	}
}

// TestParameterRoundTrip writes any value that a parameter can have.
func TestParameterRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, set := declare()
		p := rapid.SampledFrom(set.All()).Draw(t, "parameter")
		value := rapid.Float64Range(p.Domain.Min, p.Domain.Max).Draw(t, "value")
		if p.Kind != Number {
			value = math.Round(value)
		}
		text := p.Format(value)
		read := map[string]float64{"false": 0, "true": 1, "red": 0, "green": 1, "blue": 2}
		got, word := read[text]
		if !word {
			got, _ = strconv.ParseFloat(text, 64)
		}
		if got != value {
			t.Fatalf("%s: %g is written %q, which is %g", p.Name, value, text, got)
		}
		if err := p.Check(p.Domain.Max + rapid.Float64Range(1e-6, 1e6).Draw(t, "too much")); err == nil {
			t.Fatalf("%s takes more than %g", p.Name, p.Domain.Max)
		}
	})
}

func TestDeclarePanics(t *testing.T) {
	var x float64
	for what, p := range map[string]Parameter{
		"declared twice":      {Name: "rate", Default: 0, Domain: Range{0, 1}, Plausible: Range{0, 1}},
		"default":             {Name: "a", Default: 2, Domain: Range{0, 1}, Plausible: Range{0, 1}},
		"leaves its domain":   {Name: "b", Default: 1, Domain: Range{0, 1}, Plausible: Range{0, 2}},
		"plausible range":     {Name: "c", Default: 1, Domain: Range{0, 1}, Plausible: Range{1, .5}},
		"default of m.unset:": {Name: "unset", Default: math.NaN(), Domain: Range{0, 1}, Plausible: Range{0, 1}},
	} {
		func() {
			defer func() {
				if r := recover(); r == nil || !strings.Contains(r.(string), what) {
					t.Errorf("%s: panic %v", what, r)
				}
			}()
			_, set := declare()
			set.Declare("m", NumberAt(&x, p))
		}()
	}
}
