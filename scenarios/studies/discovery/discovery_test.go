package discovery

import (
	"errors"
	"slices"
	"testing"

	"splinternet/models/verdict"
	"splinternet/scenarios/studies/factors"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// memory is a sweep that lies in no folder: a run ends hostile above .7 of the first
// factor, unless the word is "never".
type memory struct{ *factors.Sweep }

func (m memory) Read(quantities []factors.Quantity) (*factors.Data, error) {
	spec := experiment.Spec{Name: experiment.Halton, Factors: 3, N: m.Points, Seed: 1}
	design, err := spec.Design()
	if err != nil {
		return nil, err
	}
	d := &factors.Data{Sweep: m.Sweep, Values: make([]analysis.Runs, len(quantities))}
	for _, u := range design.Points {
		level := experiment.Level(u[2], 3)
		label := verdict.Drift
		if u[0] > .7 && level != 1 {
			label = verdict.Hostile
		}
		d.X = append(d.X, []float64{u[0], u[1], m.Factors[2].Value(level)})
		d.Labels = append(d.Labels, []verdict.Label{label})
	}
	return d, nil
}

func TestDiscover(t *testing.T) {
	s := &factors.Sweep{
		Design: experiment.Halton, Measures: []string{"depth"}, Points: 600, Runs: 1,
		Factors: []factors.Factor{
			{Name: "cause", High: 1},
			{Name: "idle", High: 1},
			{Name: "word", Levels: []string{"always", "never", "often"}},
		},
	}
	o, err := Parse(s, "hostile-fragmentation")
	if err != nil {
		t.Fatal(err)
	}
	d, err := Discover(s, memory{s}, o, Search{Boxes: 1})
	if err != nil || len(d.Boxes) != 1 || len(d.Warnings) != 0 {
		t.Fatalf("%v, %+v", err, d)
	}
	box := &d.Boxes[0].Box().Box
	axes := d.Restricted(0)
	slices.Sort(axes)
	if !slices.Equal(axes, []int{0, 2}) || box.Low[0] < .6 || box.Low[0] > .75 || !slices.Equal(d.Levels(box, 2), []string{"always", "often"}) {
		t.Errorf("the box restricts %v: %+v", axes, box)
	}
	if d.Search.Alpha != .05 || d.Search.Threshold != .8 || d.Cases != 600 {
		t.Errorf("the search was %+v of %d cases", d.Search, d.Cases)
	}
	if o, err = Parse(s, "thin-consensus"); err != nil {
		t.Fatal(err)
	}
	if d, err = Discover(s, memory{s}, o, Search{}); err != nil || !slices.Equal(d.Warnings, []Warning{{Concern: None}}) {
		t.Errorf("an outcome that no run has gives %v, %+v", err, d.Warnings)
	}
	var name *factors.NameError
	if _, err := Discover(s, memory{s}, o, Search{Except: []string{"caus"}}); !errors.As(err, &name) || name.Name != "caus" {
		t.Errorf("an unknown factor gives %v", err)
	}
}
