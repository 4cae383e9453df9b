// Package models is the domain: what happens in cyberspace within a tick, as an
// ordered list of mechanisms, and how a run of it is played and recorded.
package models

import (
	"splinternet/models/cyberspace"
	"splinternet/models/interconnection"
	"splinternet/models/measures"
	"splinternet/models/mechanism"
	"splinternet/models/power"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/sim"
)

// ResultsVersion changes whenever the same scenario and seed give other results.
// Tools refuse to mix results of different versions.
const ResultsVersion = 2

// Info is what a mechanism declares of itself, by its name.
type Info = cyberspace.Declared

// Mechanisms lists the mechanisms in the order in which they act in a tick.
func Mechanisms() []Info { return cyberspace.List() }

// Find returns the description of a mechanism, or nil.
func Find(name string) *Info {
	for _, m := range Mechanisms() {
		if m.Name == name {
			return &m
		}
	}
	return nil
}

// mechanisms is one set of all mechanisms, with the parameters that they declare and
// those of the world and the verdict.
type mechanisms struct {
	*cyberspace.Mechanisms
	parameters *sim.Parameters
	initial    int // world.initial
	thresholds *verdict.Thresholds
}

// The values of world.initial.
const (
	initialMap = iota
	initialDraw
)

func newMechanisms() *mechanisms {
	set := new(sim.Parameters)
	m := &mechanisms{parameters: set}
	set.Declare("world", sim.ChoiceAt(&m.initial, sim.Parameter{
		Name: "initial", Default: initialMap, Choices: []string{"map", "draw"}, Source: sim.Data,
		Doc: "Whether replicates start from the most probable positions of the states, or draw them from the estimate's uncertainty.",
	}))
	m.Mechanisms = cyberspace.New(set)
	m.thresholds = verdict.New(set)
	return m
}

// on lists the mechanisms that act, in order, with those that are abolished.
func (m *mechanisms) on(s *Settings) []sim.Mechanism[*world.World] {
	m.Power.NoOffices = s.Abolished["diplomacy"]
	var list []sim.Mechanism[*world.World]
	for _, each := range m.InOrder {
		switch abolisher, has := each.(mechanism.Abolisher); {
		case !s.Off[each.Name()]:
			list = append(list, each)
		case s.Abolished[each.Name()] && has:
			list = append(list, abolished{abolisher})
		}
	}
	return list
}

// abolished stands in a tick where a mechanism that is abolished would act.
type abolished struct{ mechanism.Abolisher }

// Begin takes away what the mechanism would begin with.
func (m abolished) Begin(start *sim.Tick, w *world.World) {
	m.Abolisher.Begin(start, w)
	m.Abolish(w)
}

// Step takes away what others have brought back.
func (m abolished) Step(_ *sim.Tick, w *world.World) { m.Abolish(w) }

// layOut completes a world for a run: positions drawn if replicates draw them,
// and everything that follows from the rest, whichever mechanisms are off.
func (m *mechanisms) layOut(seed uint64, w *world.World) {
	w.Tick = -1
	if m.initial == initialDraw {
		drawPositions(seed, w)
	}
	if len(w.States.Effort) != w.States.N {
		w.States.Effort = make([][world.Efforts]float64, w.States.N)
	}
	for i := range w.States.Effort {
		w.States.Effort[i] = world.UsualEffort
	}
	power.Derive(w, m.Power.Weights)
	m.Interconnection.Derive(w)
	w.DeriveUse()
}

// complete derives, once for all runs of a scenario, what follows from its initial
// world whatever a run draws.
func complete(w *world.World) {
	interconnection.DeriveExclusion(w)
	w.CountShared()
	w.Dyads.MarkAll(w.States.N)
	w.CountChannels()
	w.CountBans()
}

// drawPositions draws positions and anchors from the normal approximation of
// their posterior.
func drawPositions(seed uint64, w *world.World) {
	stream := sim.NewStream(seed, "world", -1)
	s := &w.States
	for i, key := range s.Key {
		rng := stream.For(key)
		for d := range w.Dim {
			k := i*w.Dim + d
			shift := rng.NormFloat64() * s.Uncertainty[k]
			s.Position[k] = min(1, max(0, s.Position[k]+shift))
			s.Anchor[k] = min(1, max(0, s.Anchor[k]+shift))
		}
	}
}

// Declarations returns all declared parameters with their defaults.
func Declarations() *sim.Parameters { return newMechanisms().parameters }

// keepAtLeast makes sure that the measures which a verdict needs are kept.
func keepAtLeast(keep []bool) []bool {
	if keep == nil {
		return nil
	}
	kept := append([]bool(nil), keep...)
	for _, name := range verdict.Required {
		kept[measures.Find(name)] = true
	}
	return kept
}
