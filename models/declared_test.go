package models_test

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
)

// borrowed are memories that a mechanism changes though they are another's, with the
// reason why it may.
var borrowed = map[string][]string{
	"events": {"security"}, // incidents of a scenario go through security
}

// identity are the parts that say who and what there is, when and by what rules. Every
// mechanism may read them, and none declares it.
var identity = []string{
	"Calendar", "Tick", "Dim", "Rules.State", "Rules.Firm", "Rules.Chair", "Rules.Future",
	"States.N", "States.ID", "States.Name", "States.Key", "Firms.N", "Firms.ID", "Firms.Name", "Firms.Key",
	"Forums", "Forums.ID", "Forums.Name", "Forums.Key", "Catalogue", "Catalogue.ID", "Catalogue.Name", "Catalogue.Key",
	"Texts", "Texts.ID", "Texts.Title", "Stacks", "Stacks.ID", "Stacks.Name", "Groups", "Groups.ID",
}

// A mechanism declares what there is, by its name.
func TestDeclarationsNameWhatIs(t *testing.T) {
	parts := world.Parts()
	for _, part := range identity {
		if !slices.Contains(parts, part) {
			t.Errorf("the world has no part %s", part)
		}
	}
	for _, m := range models.Every() {
		d := m.Declare()
		for _, part := range slices.Concat(d.Reads, d.Writes) {
			if !slices.Contains(parts, part) {
				t.Errorf("%s declares %s, which is no part of the world", m.Name(), part)
			}
		}
		for k, part := range d.Reads {
			if slices.Contains(d.Reads[:k], part) {
				t.Errorf("%s declares twice that it reads %s", m.Name(), part)
			}
		}
		for _, ask := range d.Asks {
			if agent, decide, _ := strings.Cut(ask, "."); world.FindQuestion(agent, decide) == nil {
				t.Errorf("%s asks %s, which is no decision", m.Name(), ask)
			}
		}
		if len(d.Writes) == 0 {
			t.Errorf("%s does not say what it writes", m.Name())
		}
	}
}

// In whole runs a mechanism writes nothing but what it declares, and does the same
// whatever stands in the parts that it does not declare to read.
func TestMechanismsDoWhatTheyDeclare(t *testing.T) {
	type play struct {
		scenario string
		options  scenarios.Options
	}
	plays := []play{
		{"baseline", scenarios.Options{Ticks: 9}},
		{"history-2018-2025", scenarios.Options{Ticks: 9}},
		{"attribution-crisis", scenarios.Options{Ticks: 9, Without: []string{"security"}}},
		{"history-2018-2025", scenarios.Options{Ticks: 18, Set: []string{"security.experience=0.05", "security.rivalry-turn=0.2", "diplomacy.offices=0.5"}}},
		{"new-ip", scenarios.Options{Ticks: 9, Set: []string{"world.dimensions=2"}}},
		{"baseline", scenarios.Options{Ticks: 9, Set: []string{"crime.rate=0.5"}}},
		{"baseline", scenarios.Options{Ticks: 9, Set: []string{
			"security.restraint=0.9", "security.breach=0.5", "security.covert=0.5", "security.offices=0.4", "security.separation=1", "security.reach-of-the-day=true", "security.rate=60",
		}}},
		{"attribution-crisis", scenarios.Options{Ticks: 9, Set: []string{"security.breach=0.5", "security.offices=0.4", "security.separation=1", "security.covert=0.5"}}},
	}
	if os.Getenv("SPLINTERNET_FULL") != "" {
		plays = nil
		for _, name := range scenarios.Names() {
			plays = append(plays, play{name, scenarios.Options{Ticks: 24}})
		}
	}
	for _, p := range plays {
		s, err := scenarios.Load(p.scenario, p.options)
		if err != nil {
			t.Fatal(err)
		}
		simulation, err := s.Simulation()
		if err != nil {
			t.Fatal(err)
		}
		const seed = 3
		simulation.Watch(func(m mechanism.Mechanism) sim.Mechanism[*world.World] {
			d := m.Declare()
			return &watched{t: t, Mechanism: m, seed: seed, reads: slices.Concat(identity, d.Reads, d.Writes), writes: d.Writes}
		})
		if _, err := simulation.Run(context.Background(), seed, models.Recording{Chronicle: true}); err != nil {
			t.Fatal(err)
		}
	}
}

// watched is a mechanism whose every step is compared with what it declares.
type watched struct {
	mechanism.Mechanism
	t             failer
	seed          uint64
	reads, writes []string
	before, other world.World // memory
}

// failer is the part of a test that says what is wrong.
type failer interface {
	Errorf(format string, args ...any)
}

// Prepare must not change the world.
func (m *watched) Prepare(w *world.World) {
	m.before.CopyFrom(w)
	m.Mechanism.Prepare(w)
	if parts := world.Changed(&m.before, w); len(parts) > 0 {
		m.t.Errorf("%s changes %v when it is prepared", m.Name(), parts)
	}
}

// Step must change what is declared only, and the same in a world that differs in what
// is not declared.
func (m *watched) Step(now *sim.Tick, w *world.World) {
	m.before.CopyFrom(w)
	m.Mechanism.Step(now, w)
	for _, part := range world.Changed(&m.before, w) {
		if !slices.Contains(m.writes, part) {
			m.t.Errorf("tick %d: %s writes %s, which it does not declare", now.Index, m.Name(), part)
			m.writes = append(m.writes, part) // say it once
		}
	}
	for _, owner := range world.ChangedSlots(&m.before, w) {
		if !m.owns(owner) && !strings.HasPrefix(owner, "chronicle.") {
			m.t.Errorf("tick %d: %s changes what %s remembers", now.Index, m.Name(), owner)
		}
	}
	var rest []string
	for _, part := range world.Parts() {
		if !slices.Contains(m.reads, part) {
			rest = append(rest, part)
		}
	}
	if m.differs(now, w, rest) == "" {
		return
	}
	for _, part := range rest {
		if what := m.differs(now, w, []string{part}); what != "" {
			m.t.Errorf("tick %d: %s reads %s, which it does not declare: then %s", now.Index, m.Name(), part, what)
			m.reads = append(m.reads, part) // say it once
		}
	}
}

func (m *watched) owns(slot string) bool {
	return slot == m.Name() || slices.Contains(borrowed[m.Name()], slot)
}

// differs plays the step once more with other values in some parts, and says what of
// the outcome differs from that in w.
func (m *watched) differs(now *sim.Tick, w *world.World, parts []string) (what string) {
	other := &m.other
	other.CopyFrom(&m.before)
	other.Chronicle.On = false
	for _, part := range parts {
		perturb(reflect.ValueOf(other).Elem(), strings.Split(part, "."))
	}
	again := *now
	again.Stream = sim.NewStream(m.seed, m.Name(), now.Index)
	defer func() {
		if wrong := recover(); wrong != nil {
			what = fmt.Sprintf("it panics: %v", wrong)
		}
		m.Mechanism.Prepare(w) // its memory is that of the run again
	}()
	m.Mechanism.Prepare(other)
	m.Mechanism.Step(&again, other)
	for _, part := range world.Changed(w, other) {
		if !slices.Contains(parts, part) {
			return part + " is another"
		}
	}
	for _, owner := range world.ChangedSlots(w, other) {
		if m.owns(owner) {
			return "what " + owner + " remembers is another"
		}
	}
	return ""
}

// perturb changes the values of one part a little, within their domains as far as they
// have one. Lists are copied first, because worlds share what no run changes.
func perturb(v reflect.Value, path []string) {
	if len(path) > 0 && v.Kind() == reflect.Struct {
		perturb(v.FieldByName(path[0]), path[1:])
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(list, v)
		v.Set(list)
		for k := range list.Len() {
			perturb(list.Index(k), path)
		}
	case reflect.Array:
		for k := range v.Len() {
			perturb(v.Index(k), path)
		}
	case reflect.Struct:
		for k := range v.NumField() {
			perturb(v.Field(k), nil)
		}
	case reflect.Float64:
		if x := v.Float(); x >= 0 && x <= 1 {
			v.SetFloat(.99*x + .005)
		} else {
			v.SetFloat(.99 * x)
		}
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int32:
		v.SetInt(v.Int() + 1)
	case reflect.Uint8:
		v.SetUint(v.Uint() ^ 1)
	}
}

// The test itself must bite: a mechanism that reads or writes more than it declares is
// found out.
func TestWatchBites(t *testing.T) {
	w := world.Plain(3)
	for what, c := range map[string]struct {
		step func(w *world.World)
		want bool
	}{
		"nothing but what it declares":      {func(w *world.World) { w.States.Threat[0] += w.States.Salience[0] }, false},
		"writing what it does not declare":  {func(w *world.World) { w.States.Control[1] += .1 }, true},
		"reading what it does not declare":  {func(w *world.World) { w.States.Threat[0] += w.Dyads.TrustStart[1] }, true},
		"counting on what it does not read": {func(w *world.World) { w.States.Threat[int(w.States.Democracy[0])] = 1 }, false},
		"the memory of another":             {func(w *world.World) { world.Slot[struct{ X int }](w, "another").X++ }, true},
	} {
		inner := new(faults)
		m := &watched{t: inner, Mechanism: fake{step: c.step}, reads: slices.Concat(identity, []string{"States.Salience", "States.Threat"}), writes: []string{"States.Threat"}}
		m.Step(&sim.Tick{Stream: sim.NewStream(0, "fake", 0)}, w.Clone())
		if (inner.count > 0) != c.want {
			t.Errorf("%s: found out %v", what, inner.count > 0)
		}
	}
}

// faults counts them.
type faults struct{ count int }

func (f *faults) Errorf(string, ...any) { f.count++ }

// fake is a mechanism that does what it is told.
type fake struct {
	mechanism.Mechanism
	step func(w *world.World)
}

func (fake) Name() string                       { return "fake" }
func (fake) Prepare(*world.World)               {}
func (f fake) Step(_ *sim.Tick, w *world.World) { f.step(w) }
