// Package delegation says what a class can play in a world, and what each
// delegation is told: its role card and how it fares. It needs a world alone, no
// class.
package delegation

import (
	"strings"

	"splinternet/models/world"
)

// Agent is a delegation that a class can play.
type Agent struct {
	ID    string // state.FRA, firm.huawei, forum.un_oewg
	Name  string
	Kind  string // state, firm or forum
	First bool   // one of those that are offered first
}

// How many delegations of each kind are offered first: enough for a class of 30.
const (
	firstStates = 14
	firstFirms  = 2
	firstChairs = 1
)

// Agents lists the delegations of a world, those that matter most first: states by
// power and users, firms by their diplomatic activity and size, and the chairs of
// forums of all states that decide by consensus.
func Agents(w *world.World) []Agent {
	var list []Agent
	add := func(kind string, ids []string, name func(k int) string, weight func(k int) float64, first int) {
		for rank, k := range ranked(len(ids), weight) {
			list = append(list, Agent{kind + "." + ids[k], name(k), kind, rank < first})
		}
	}
	add("state", w.States.ID, func(k int) string { return w.States.Name[k] },
		func(k int) float64 { return w.States.Economy[k] + w.States.Capability[k] + w.States.Users[k] }, firstStates)
	add("firm", w.Firms.ID, func(k int) string { return w.Firms.Name[k] },
		func(k int) float64 {
			if w.Firms.Home[k] == world.Abroad {
				return 0
			}
			return w.Firms.Diplomacy[k] + w.Firms.Size[k]/1e3
		}, firstFirms)
	var ids, names []string
	for _, forums := range [][]world.Forum{w.Forums, w.Catalogue} {
		for k := range forums {
			if f := &forums[k]; f.Access == world.AccessStates && (f.Rule == world.Consensus || f.Rule == world.TwoThirds) {
				ids, names = append(ids, f.ID), append(names, "Chair of the "+f.Name)
			}
		}
	}
	add("forum", ids, func(k int) string { return names[k] }, func(int) float64 { return 0 }, firstChairs)
	return list
}

// Name is what a delegation is called; its identifier where there is none of it.
func Name(w *world.World, agent string) string {
	kind, id, _ := strings.Cut(agent, ".")
	switch kind {
	case "state":
		if i := w.FindState(id); i >= 0 {
			return w.States.Name[i]
		}
	case "firm":
		if f := w.FindFirm(id); f >= 0 {
			return w.Firms.Name[f]
		}
	case "forum":
		if f := Forum(w, id); f != nil {
			return "Chair of the " + f.Name
		}
	}
	return agent
}

// Forum is the forum of an identifier, which need not exist yet, or nil.
func Forum(w *world.World, id string) *world.Forum {
	for _, list := range [][]world.Forum{w.Forums, w.Catalogue} {
		for k := range list {
			if list[k].ID == id {
				return &list[k]
			}
		}
	}
	return nil
}
