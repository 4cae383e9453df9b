package world

import (
	"fmt"
	"time"

	"splinternet/sim"
)

// This file makes tiny worlds in which everything is equal, for tests and for checks of
// mechanisms against published models.

// Plain makes n states with equal shares of everything, full trust in one
// another and no forums, texts or firms, on one stack (the internet, at .75,
// recognised by all), from July 2018 on in quarters. Nobody has boundary
// controls, a rival, an ally, a channel or an office; salience is 1, attendance
// certain, and the stubbornness that of the parameter.
//
// Without positions all stand at .5. With n positions the world has one
// dimension, with n x d it has d. Anchors are the positions.
func Plain(n int, positions ...float64) *World {
	dim := 1
	switch {
	case len(positions) == 0:
		positions = repeat(n, .5)
	case len(positions)%n != 0:
		panic(fmt.Sprintf("world: %d positions for %d states", len(positions), n))
	default:
		dim = len(positions) / n
	}
	w := &World{
		Calendar: sim.Calendar{Start: time.Date(2018, time.July, 1, 0, 0, 0, 0, time.UTC), Tick: sim.Quarter, Ticks: 90},
		Tick:     -1, Dim: dim, Dyads: NewDyads(n),
	}
	equal := func() []float64 { return repeat(n, 1/float64(n)) }
	w.States = States{
		N:        n,
		Position: append([]float64(nil), positions...), Anchor: append([]float64(nil), positions...),
		Uncertainty: repeat(n*dim, 0), Stubbornness: repeat(n, -1), Salience: repeat(n, 1),
		Economy: equal(), Growth: repeat(n, .025), Capability: equal(), Structure: equal(), Power: equal(),
		Population: repeat(n, 1e7), Penetration: repeat(n, .6), Users: equal(), Wealth: repeat(n, 1), Democracy: repeat(n, .5),
		Offence: equal(), Diplomacy: repeat(n, 1), Attendance: repeat(n, 1),
		Control: repeat(n, 0), Threat: repeat(n, 0), Blame: repeat(n, 0), Stack: repeat(n, 1),
	}
	for i := range n {
		id := fmt.Sprintf("s%d", i)
		w.States.ID, w.States.Name = append(w.States.ID, id), append(w.States.Name, id)
		w.States.Key = append(w.States.Key, sim.Key(id))
		w.States.Office = append(w.States.Office, NoOffice)
	}
	w.TrustAll(1)
	fill(w.Dyads.Link, 1)
	w.Stacks = []Stack{{ID: "internet", Name: "The Internet", Position: repeat(dim, .75), Proposed: true, Recognition: 1, Recognised: all(n)}}
	w.Network = Network{Native: 1, Effective: 1}
	return w
}

// TrustAll lets all states trust one another as far as given, from the start; themselves
// they trust fully.
func (w *World) TrustAll(level float64) {
	fill(w.Dyads.Trust, level)
	fill(w.Dyads.TrustStart, level)
	for i := range w.States.N {
		w.Dyads.Trust[i*w.States.N+i], w.Dyads.TrustStart[i*w.States.N+i] = 1, 1
	}
}

// AddPlainStack adds a stack that exists, is recognised by all and has the quality 0,
// like the first. Every network stays on the stacks that it runs on.
func AddPlainStack(w *World, id string, position ...float64) *Stack {
	n, before := w.States.N, len(w.Stacks)
	if len(position) != w.Dim {
		panic("world: a stack needs a position in every dimension")
	}
	w.Stacks = append(w.Stacks, Stack{ID: id, Name: id, Position: position, Proposed: true, Recognition: 1, Recognised: all(n)})
	shares := make([]float64, 0, n*(before+1))
	for i := range n {
		shares = append(append(shares, w.States.Stack[i*before:i*before+before]...), 0)
	}
	w.States.Stack = shares
	return &w.Stacks[before]
}

// AddPlainFirm adds a firm of a state, or of none (Abroad), that sells a stack
// and has the given share of every state's market. It returns its number.
func AddPlainFirm(w *World, id string, home, stack int, share float64) int {
	f, n := &w.Firms, w.States.N
	position := repeat(w.Dim, .5)
	if home != Abroad {
		copy(position, w.States.Position[home*w.Dim:])
	}
	f.N++
	f.ID, f.Name, f.Key = append(f.ID, id), append(f.Name, id), append(f.Key, sim.Key(id))
	f.Home, f.Sector, f.Size = append(f.Home, home), append(f.Sector, "equipment"), append(f.Size, 1)
	f.Position, f.Stack = append(f.Position, position...), append(f.Stack, stack)
	f.Tie, f.Diplomacy = append(f.Tie, .5), append(f.Diplomacy, 0)
	f.Share, f.Ban = append(f.Share, repeat(n, share)...), append(f.Ban, repeat(n, 0)...)
	f.Served = append(f.Served, share)
	for k := range w.Forums {
		w.Forums[k].Firms = append(w.Forums[k].Firms, false)
	}
	return f.N - 1
}

// AddPlainForum adds a living, structured forum on security in the use of ICTs that
// decides by consensus and has a permanent mandate; without members every state
// belongs to it. It stands at .5, has no text and a legitimacy of .5.
func AddPlainForum(w *World, id string, members ...int) *Forum {
	n := w.States.N
	f := Forum{
		ID: id, Name: id, Key: sim.Key(id), Line: ICTSecurity, Rule: Consensus, Access: AccessClosed,
		Structured: true, MandateEnd: NoEnd, Cycle: 2, Sponsor: -1, Chair: -1,
		Members: make([]bool, n), Firms: make([]bool, w.Firms.N),
		Position: repeat(w.Dim, .5), Text: -1, Legitimacy: .5, Output: .5,
	}
	for _, i := range members {
		f.Members[i] = true
	}
	if len(members) == 0 {
		f.Members, f.Access, f.Universal = all(n), AccessStates, true
	}
	w.Forums = append(w.Forums, f)
	w.CountShared()
	return &w.Forums[len(w.Forums)-1]
}

func repeat(n int, value float64) []float64 {
	list := make([]float64, n)
	fill(list, value)
	return list
}

func fill(list []float64, value float64) {
	for k := range list {
		list[k] = value
	}
}

func all(n int) []bool {
	list := make([]bool, n)
	for k := range list {
		list[k] = true
	}
	return list
}
