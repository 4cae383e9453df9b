package scenarios

import (
	"context"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/events"
	"splinternet/models/world"
	"splinternet/scenarios/problem"
)

func load(t *testing.T, text string, o Options) *Scenario {
	t.Helper()
	s, err := Parse("test.toml", text, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// problems returns the messages of a text that must not load.
func problems(t *testing.T, text string, o Options) string {
	t.Helper()
	_, err := Parse("test.toml", text, o)
	if err == nil {
		t.Fatalf("loaded, though it is wrong:\n%s\n%v", text, o)
	}
	var list problem.List
	if !errors.As(err, &list) {
		t.Fatalf("error of type %T", err)
	}
	return err.Error()
}

func event(t *testing.T, s *Scenario, name string) events.Event {
	t.Helper()
	for _, e := range s.Settings.Events {
		if e.Name == name {
			return e
		}
	}
	t.Fatalf("no event %s", name)
	return events.Event{}
}

// sound reports what must hold in every world that a scenario builds.
func sound(t *testing.T, w *world.World) {
	t.Helper()
	s := &w.States
	for name, list := range map[string][]float64{
		"economy": s.Economy, "capability": s.Capability, "users": s.Users, "offence": s.Offence,
		"power": s.Power, "structure": s.Structure,
	} {
		total := 0.0
		for _, x := range list {
			total += x
		}
		if len(list) != s.N || math.Abs(total-1) > 1e-9 {
			t.Errorf("%s: %d values that sum to %g", name, len(list), total)
		}
	}
	for i := range s.N {
		total := 0.0
		for k := range w.Stacks {
			total += s.Stack[i*len(w.Stacks)+k]
		}
		if math.Abs(total-1) > 1e-9 {
			t.Errorf("stacks of %s sum to %g", s.ID[i], total)
		}
		for f := range w.Firms.N {
			total += w.Firms.Share[f*s.N+i]
		}
		if w.Firms.N > 0 && math.Abs(total-2) > 1e-9 {
			t.Errorf("markets of %s sum to %g", s.ID[i], total-1)
		}
	}
	sizes := map[string]int{
		"position": len(s.Position) - s.N*w.Dim, "anchor": len(s.Anchor) - s.N*w.Dim, "uncertainty": len(s.Uncertainty) - s.N*w.Dim,
		"firms": len(w.Firms.Position) - w.Firms.N*w.Dim, "wealth": len(s.Wealth) - s.N, "population": len(s.Population) - s.N,
	}
	for k := range w.Forums {
		sizes["forum "+w.Forums[k].ID] = len(w.Forums[k].Position) - w.Dim + len(w.Forums[k].Members) - s.N
	}
	for k := range w.Stacks {
		sizes["stack "+w.Stacks[k].ID] = len(w.Stacks[k].Position) - w.Dim + len(w.Stacks[k].Recognised) - s.N
	}
	for what, off := range sizes {
		if off != 0 {
			t.Errorf("%s: size is off by %d", what, off)
		}
	}
}

func TestLibrary(t *testing.T) {
	for _, name := range Names() {
		s, err := Load(name, Options{})
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if s.Name != name || s.Title == "" || s.Description == "" || s.Question == "" || s.Expect == "" {
			t.Errorf("%s: title, description, question or expect is missing", name)
		}
		sound(t, s.World)
		if _, err := s.Simulation(); err != nil {
			t.Fatal(name, err)
		}
		short, _ := Load(name, Options{Ticks: 4})
		simulation, err := short.Simulation()
		if err != nil {
			t.Fatal(name, err)
		}
		result, err := simulation.Run(context.Background(), 1, models.Recording{Chronicle: true})
		if err != nil {
			t.Fatal(name, err)
		}
		for _, e := range result.Entries {
			if strings.Contains(e.Text, "could not happen") {
				t.Errorf("%s: %s", name, e.Text)
			}
		}
		if again, _ := Load(name, Options{}); !reflect.DeepEqual(s.World, again.World) || s.Hash != again.Hash {
			t.Errorf("%s: two loads differ", name)
		}
	}
}

func TestBaselineFollowsTheRecord(t *testing.T) {
	s, err := Load("baseline", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Calendar.Ticks != 90 || s.Calendar.Date(90).Year() != 2041 || s.World.States.N != 193 {
		t.Error("calendar or world", s.Calendar, s.World.States.N)
	}
	if e := event(t, s, "oewg-proposed"); e.Tick != 1 || e.Effect.(*events.Proposal).Serves != "un_oewg" {
		t.Errorf("%+v", e)
	}
	last := 0
	for k, e := range s.Settings.Events {
		if e.Tick < last {
			t.Errorf("event %d, %s, is out of order", k, e.Name)
		}
		last = e.Tick
	}
	if last > s.Calendar.Span(2.5)-1 {
		t.Error("something is scripted after 2020, in tick", last)
	}
}

func TestExtends(t *testing.T) {
	text := `
title = "child"
extends = "two-blocs"
[parameters]
influence.bound = 0.5
[[event]]
name = "blackout"
tick = 20
severity = 2
[[event]]
name = "aldian-ban"
remove = true
[[event]]
name = "statenet-proposed"
kind = "end"
date = 2024-01-01
forum = "union"
[[decision]]
agent = "state.HAR"
decide = "vote"
answer = "abstain"
[[world.state]]
id = "HAR"
position = 0.3
`
	s := load(t, text, Options{})
	parent, err := Load("two-blocs", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Title != "child" || s.Description != parent.Description || s.Settings.Parameters["influence.bound"] != .5 ||
		s.Settings.Parameters["security.rate"] != parent.Settings.Parameters["security.rate"] {
		t.Errorf("%+v", s.Settings.Parameters)
	}
	if e := event(t, s, "blackout"); e.Tick != 20 || e.Effect.(*events.Crisis).Severity != 2 || e.Effect.(*events.Crisis).Target != "DEL" {
		t.Errorf("%+v", e)
	}
	if e := event(t, s, "statenet-proposed"); e.Kind != "end" {
		t.Errorf("%+v", e)
	}
	if len(s.Settings.Events) != len(parent.Settings.Events)-1 || len(s.Settings.Decisions) != 1 {
		t.Error("events or decisions", len(s.Settings.Events))
	}
	if w := s.World; w.States.Position[w.FindState("HAR")] != .3 || w.States.N != 10 {
		t.Error("states")
	}
}

// Who moves the end of the run is not asked to remove the events beyond it; who
// writes an event beyond it is told.
func TestEventsBeyondTheRun(t *testing.T) {
	for _, s := range []*Scenario{
		load(t, "title = \"short\"\nextends = \"two-blocs\"\n[time]\nticks = 8\n", Options{}),
		load(t, "title = \"short\"\nextends = \"two-blocs\"\n", Options{Ticks: 8}),
		load(t, "title = \"short\"\nextends = \"two-blocs\"\n", Options{Set: []string{"time.ticks=8"}}),
	} {
		if len(s.Settings.Events) != 2 || strings.Contains(s.Text, "blackout") {
			t.Error(len(s.Settings.Events), s.Text)
		}
	}
	late := load(t, "title = \"late\"\nextends = \"two-blocs\"\n[time]\nstart = 2021-01-01\n", Options{})
	if len(late.Settings.Events) != 3 {
		t.Error("events before the start are left out", len(late.Settings.Events))
	}
	got := problems(t, "title = \"x\"\nextends = \"two-blocs\"\n[time]\nticks = 8\n[[event]]\nname = \"blackout\"\ndate = 2030-01-01\n", Options{})
	if want := "test.toml:7: event.blackout.date: 2030-01-01 is not allowed; allowed: from 2020-01-01 to 2021-12-31, or tick 0 to 7"; got != want {
		t.Error(got)
	}
}

func TestSet(t *testing.T) {
	o := Options{
		Set: []string{
			"influence.bound=0.3", "parameters.influence.noise = 0", "world.initial=draw", "state.ALD.position=.4",
			"event.blackout.date=2024-06-01", "time.ticks=40", "mechanisms.standards=false", "time.tick=month",
			"title=Set by hand", `groups.mine=["ALD", "HAR"]`, "event.blackout.severity=3",
		},
		Without: []string{"security"},
	}
	_, err := Load("two-blocs", o)
	if err == nil || !strings.HasPrefix(err.Error(), "--set: event.blackout.date: 2024-06-01 is not allowed; allowed: from 2020-01-01 to 2023-04-30") {
		t.Fatal(err)
	}
	o.Set[4] = "event.blackout.tick=3"
	s, err := Load("two-blocs", o)
	if err != nil {
		t.Fatal(err)
	}
	p := s.Settings.Parameters
	if p["influence.bound"] != .3 || p["world.initial"] != 1 || s.World.States.Position[0] != .4 || s.Calendar.Ticks != 40 ||
		!s.Settings.Off["security"] || !s.Settings.Off["standards"] || s.Title != "Set by hand" || s.World.FindGroup("mine") < 0 {
		t.Errorf("%+v", s)
	}
	if e := event(t, s, "blackout"); e.Tick != 3 || e.Effect.(*events.Crisis).Severity != 3 {
		t.Errorf("%+v", e)
	}
}

func TestSetMessages(t *testing.T) {
	for assignment, want := range map[string]string{
		"influence.bound=3":        "--set: influence.bound: 3 is not allowed; allowed: a number from 0 to 1",
		"influence.bond=0.3":       "--set: influence.bond: unknown parameter; did you mean influence.bound?",
		"influence.bound":          "--set: influence.bound: not an assignment; write key=value",
		"state.ALDI.position=.4":   `--set: state.ALDI: unknown state code "ALDI"; allowed: `,
		"event.blackot.severity=4": `--set: event.blackot.severity: there is no event of the name "blackot"; allowed: `,
		"event.blackout=4":         "--set: event.blackout: name a key of it, as in event.NAME.KEY=value",
		"event=4":                  "--set: event: 4 is not allowed; allowed: tables under the header [[event]]",
		"decision.x.level=4":       "--set: decision.x.level: decision has no keys",
		"title.x=4":                "--set: title.x: title has no keys",
		"time.ticks=many":          `--set: time.ticks: "many" is not allowed; allowed: a whole number from 1 to 12000`,
		"tme.ticks=3":              "--set: tme.ticks: unknown parameter; ",
		"a.b.c=3":                  "--set: a: unknown key",
		"time=3":                   "--set: time: 3 is not allowed; allowed: a table of keys",
		"extends=baseline":         "--set: extends: a scenario cannot change what it extends from the command line",
	} {
		_, err := Parse("test.toml", "title = \"x\"\nextends = \"two-blocs\"\n[[decision]]\nagent = \"state.HAR\"\ndecide = \"vote\"\nanswer = \"no\"\n",
			Options{Set: []string{assignment}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got\n%v\nwant\n%s", assignment, err, want)
		}
	}
	_, err := Load("two-blocs", Options{Without: []string{"securty"}})
	if err == nil || !strings.HasPrefix(err.Error(), "--without: mechanisms.securty: unknown key; ") {
		t.Error(err)
	}
	_, err = Load("two-blocs", Options{Ticks: -3})
	if err == nil || !strings.HasPrefix(err.Error(), "--ticks: time.ticks: -3 is not allowed") {
		t.Error(err)
	}
	if _, err = Load("two-bloc", Options{}); err == nil || !strings.HasSuffix(err.Error(), "did you mean two-blocs?") {
		t.Error(err)
	}
	if _, err = Load("none.toml", Options{}); err == nil || err.Error() != "none.toml: there is no such file" {
		t.Error(err)
	}
}
