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

// Info describes a mechanism to people.
type Info struct {
	Name      string
	Doc       string
	Reference string
}

// Mechanisms lists the mechanisms in the order in which they act in a tick.
func Mechanisms() []Info {
	return []Info{
		{"events", "What the scenario schedules: shocks, proposals, bans, forums, crises, agreements.", ""},
		{"power", "Growth with convergence, spread of internet use, composite power (E1); spread of cyber-diplomacy offices and of offensive capability.", "Singer, Bremer and Stuckey 1972; Strange 1988; Barro and Sala-i-Martin 1992; Bass 1969; Smeets 2022"},
		{"influence", "Positions move under anchored, power- and trust-weighted bounded-confidence influence (E2).", "DeGroot 1974; Friedkin and Johnsen 1990; Hegselmann and Krause 2002; Deffuant et al. 2000"},
		{"diplomacy", "States split their diplomatic effort; bridges between blocs, bilateral agreements and confidence-building measures form and lapse.", "Barrinha and Renard 2017; Burt 1992; Borghard and Lonergan 2018"},
		{"forums", "Agenda setting (E3), votes with abstention (E4), consensus and its lowest common denominator (E5), legitimacy (E6).", "Romer and Rosenthal 1978; Bailey, Strezhnev and Voeten 2017; Scharpf 1988, 1999"},
		{"norms", "Voluntary texts spread by thresholds, binding ones are ratified, enter into force and are complied with, and norms erode.", "Finnemore and Sikkink 1998; Granovetter 1978; Watts 2002; Simmons and Elkins 2004; Downs, Rocke and Barsoom 1996"},
		{"markets", "Market shares, vendor bans that spread among allies, lobbying, accords and representations of firms.", "Anderson, de Palma and Thisse 1992; Grossman and Helpman 1994; Hurel and Lobato 2018; Gorwa and Peez 2020"},
		{"standards", "Networks move between technical stacks under network effects, alignment and switching cost (E8).", "Katz and Shapiro 1985; Arthur 1989; Brock and Durlauf 2001"},
		{"interconnection", "Quality of links from stacks, policies and bans (E9); boundary controls.", "Drake, Cerf and Kleinwächter 2016; Mueller 2017"},
		{"security", "Incidents, attribution and response (E10), and trust (E11).", "Valeriano and Maness 2014; Edwards et al. 2017; Kreps and Schneider 2019"},
	}
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

	events          *events.Mechanism
	power           *power.Power
	influence       *influence.Influence
	diplomacy       *diplomacy.Diplomacy
	forums          *forums.Forums
	norms           *norms.Norms
	markets         *markets.Markets
	standards       *standards.Standards
	interconnection *interconnection.Interconnection
	security        *security.Security
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
	m.power = power.New(set)
	m.influence = influence.New(set)
	m.diplomacy = diplomacy.New(set)
	m.forums = forums.New(set)
	m.norms = norms.New(set)
	m.markets = markets.New(set)
	m.standards = standards.New(set)
	m.interconnection = interconnection.New(set)
	m.security = security.New(set)
	m.thresholds = verdict.New(set)
	m.events = &events.Mechanism{Parameters: set, Security: m.security}
	return m
}

// on lists the mechanisms that act, in order. The events mechanism also opens
// the tick, so switching it off only drops the events.
func (m *mechanisms) on(off map[string]bool) []sim.Mechanism[*world.World] {
	var list []sim.Mechanism[*world.World]
	for _, mechanism := range []sim.Mechanism[*world.World]{
		m.events, m.power, m.influence, m.diplomacy, m.forums, m.norms, m.markets, m.standards, m.interconnection, m.security,
	} {
		if mechanism.Name() == "events" || !off[mechanism.Name()] {
			list = append(list, mechanism)
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
	m.power.Derive(w)
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
