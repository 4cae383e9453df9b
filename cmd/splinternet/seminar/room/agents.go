package room

import (
	"cmp"
	"slices"

	"splinternet/models/world"
)

// Agent is a delegation that a class can play.
type Agent struct {
	ID    string // state.FRA, firm.huawei, forum.un_oewg
	Name  string
	Kind  string // state, firm or forum
	Among bool   // one of those that are offered first
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
		order := make([]int, len(ids))
		for k := range order {
			order[k] = k
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight(b), weight(a)) })
		for rank, k := range order {
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
