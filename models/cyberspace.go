// Package models is the domain: what happens in cyberspace within a tick, as an
// ordered list of mechanisms, and how a run of it is played and recorded.
package models

import (
	"splinternet/models/diplomacy"
	"splinternet/models/events"
	"splinternet/models/forums"
	"splinternet/models/influence"
	"splinternet/models/interconnection"
	"splinternet/models/markets"
	"splinternet/models/measures"
	"splinternet/models/mechanism"
	"splinternet/models/norms"
	"splinternet/models/power"
	"splinternet/models/security"
	"splinternet/models/standards"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/sim"
)

// ResultsVersion changes whenever the same scenario and seed give other results.
// Tools refuse to mix results of different versions.
const ResultsVersion = 1

// Info is what a mechanism declares of itself, by its name.
type Info struct {
	Name string
	mechanism.Declaration
}

// Mechanisms lists the mechanisms in the order in which they act in a tick.
func Mechanisms() []Info {
	var list []Info
	for _, m := range newMechanisms().inOrder {
		list = append(list, Info{m.Name(), m.Declare()})
	}
	return list
}

// Find returns the description of a mechanism, or nil.
func Find(name string) *Info {
	for _, m := range Mechanisms() {
		if m.Name == name {
			return &m
		}
	}
	return nil
}

// mechanisms is one set of all mechanisms, with the parameters that they declare.
type mechanisms struct {
	parameters *sim.Parameters
	initial    int // world.initial
	inOrder    []mechanism.Mechanism

	// What is reached for outside a tick.
	events          *events.Mechanism
	power           *power.Power
	interconnection *interconnection.Interconnection
	thresholds      *verdict.Thresholds
}

// The values of world.initial.
const (
	initialMap = iota
	initialDraw
)

func newMechanisms() *mechanisms {
	set := new(sim.Parameters)
	m := &mechanisms{parameters: set}
	set.Section("world").Choice(&m.initial, sim.Parameter{
		Name: "initial", Default: initialMap, Choices: []string{"map", "draw"}, Source: sim.Data,
		Doc: "Whether replicates start from the most probable positions of the states, or draw them from the estimate's uncertainty.",
	})
	// A tick, in order. Parameters are declared in the same order.
	m.events = events.New(set)
	m.power = power.New(set)
	m.inOrder = []mechanism.Mechanism{
		m.events, m.power,
		influence.New(set),
		diplomacy.New(set),
		forums.New(set),
		norms.New(set),
		markets.New(set),
		standards.New(set),
	}
	m.interconnection = interconnection.New(set)
	m.events.Security = security.New(set)
	m.inOrder = append(m.inOrder, m.interconnection, m.events.Security)
	m.thresholds = verdict.New(set)
	return m
}

// on lists the mechanisms that act, in order.
func (m *mechanisms) on(off map[string]bool) []sim.Mechanism[*world.World] {
	var list []sim.Mechanism[*world.World]
	for _, each := range m.inOrder {
		if !off[each.Name()] {
			list = append(list, each)
		}
	}
	return list
}

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
	power.Derive(w, m.power.Weights)
	m.interconnection.Derive(w)
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
