package chronicle

import (
	"fmt"
	"strings"
	"unicode"

	"splinternet/models/markets"
	"splinternet/models/world"
)

// accordWeight is what the diplomacy of firms weighs: so much in itself, and a fifth of
// the users whom they serve.
func accordWeight(served float64) float64 { return min(1, .01+served/5) }

// tellSigned says who joins an accord, or who leaves it.
func tellSigned(w *world.World, f markets.Signed) {
	var names []string
	served := 0.0
	for _, firm := range f.Firms {
		names = append(names, w.Firms.Name[firm])
		served += w.Firms.Served[firm]
	}
	verb, change := "join", len(f.Firms)
	if !f.Joined {
		verb, change = "leave", -change
	}
	if len(names) == 1 {
		verb += "s"
	}
	forum := &w.Forums[f.Forum]
	w.Add(world.Entry{
		Kind: f.Kind(), Name: forum.ID, Actors: firmIDs(w, f.Firms), Targets: []string{forum.ID}, Value: float64(change),
		Weight: accordWeight(served), By: f.By,
		Text: fmt.Sprintf("%s %s the %s.", upToFour(names), verb, forum.Name),
	})
}

// tellRepresented says that a firm has opened or closed a representation.
func tellRepresented(w *world.World, f markets.Represented) {
	verb, change := "now sends representatives", 1.
	if !f.Opened {
		verb, change = "no longer sends representatives", -1
	}
	forum := &w.Forums[f.Forum]
	w.Add(world.Entry{
		Kind: f.Kind(), Name: forum.ID, Actors: []string{w.Firms.ID[f.Firm]}, Targets: []string{forum.ID}, Value: change,
		Weight: accordWeight(w.Firms.Served[f.Firm]), By: f.By,
		Text: fmt.Sprintf("%s %s to the %s.", w.Firms.Name[f.Firm], verb, forum.Name),
	})
}

// marketsMemory is what the chronicle has said of markets.
type marketsMemory struct{ Lost []bool } // by firm and group: that the firm has lost half of its market there

// The loss of a market is news when half of it is left, of at least so many of the
// world's users at the start.
const (
	lostHalf   = .5
	largeSales = .0005
)

// tellSold notes when bans have cost a firm half of its market among the members of a
// group, once for each firm and group. What is barred when the run begins is no news of
// the run.
func tellSold(w *world.World, f markets.Sold) {
	memory := world.Slot[marketsMemory](w, "chronicle.markets")
	if len(memory.Lost) != w.Firms.N*len(w.Groups) {
		memory.Lost = make([]bool, w.Firms.N*len(w.Groups))
	}
	told := &memory.Lost[f.Firm*len(w.Groups)+f.Group]
	switch {
	case *told:
	case w.Tick == 0:
		*told = f.Barred
	case f.Barred && f.Start >= largeSales && f.Now <= lostHalf*f.Start:
		*told = true
		w.Add(world.Entry{
			Kind: f.Kind(), Name: w.Firms.ID[f.Firm], Actors: w.IDs(barring(w, f)), Targets: []string{w.Firms.ID[f.Firm]},
			Value: 1 - f.Now/f.Start, Weight: min(1, 2*(f.Start-f.Now)),
			Text: fmt.Sprintf("%s has lost half of its market %s.", w.Firms.Name[f.Firm], among(w.Groups[f.Group].ID)),
		})
	}
}

// barring are the states of a group that bar a firm, in the order of the group.
func barring(w *world.World, f markets.Sold) (states []int) {
	for _, i := range w.Groups[f.Group].Members {
		if w.Bans(f.Firm)[i] > 0 {
			states = append(states, i)
		}
	}
	return states
}

// among is a place in a group as people say it: short names are abbreviations, and
// those of several words a name such as the Five Eyes.
func among(id string) string {
	const abbreviation = 5 // letters at most
	if len(id) <= abbreviation {
		return "in the " + strings.ToUpper(id)
	}
	if !strings.Contains(id, "_") {
		return "in the " + id
	}
	before := ' '
	capital := func(r rune) rune {
		if before == ' ' {
			r = unicode.ToUpper(r)
		}
		before = r
		return r
	}
	return "among the " + strings.Map(capital, strings.ReplaceAll(id, "_", " "))
}
