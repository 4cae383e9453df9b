package chronicle

import (
	"fmt"

	"splinternet/models/events"
	"splinternet/models/markets"
	"splinternet/models/world"
)

// cutOff is the share of products kept back from which people speak of cutting a state off.
const cutOff = .75

// withheld is what states decided on what they keep from one state for the same reason.
type withheld struct {
	states  []int
	list    []markets.Withholding
	act     int // one of the acts
	follows int // the ally followed; -1: none
}

// The acts.
const (
	denying int = iota
	widening
	cuttingOff
	narrowing
	selling
)

// denialWords are the acts in words, for one state and for several; "%s" is the state that
// is denied.
var denialWords = [...][2]string{
	denying:    {"keeps advanced technology from %s", "keep advanced technology from %s"},
	widening:   {"keeps more of its technology from %s", "keep more of their technology from %s"},
	cuttingOff: {"cuts %s off from its technology", "cut %s off from their technology"},
	narrowing:  {"keeps less of its technology from %s", "keep less of their technology from %s"},
	selling:    {"sells its technology to %s again", "sell their technology to %s again"},
}

func actOf(before, after float64) int {
	switch {
	case after == 0:
		return selling
	case after < before:
		return narrowing
	case after >= cutOff:
		return cuttingOff
	case before == 0:
		return denying
	}
	return widening
}

// tellWithheld puts the year's decisions on what is kept from one state into words: one entry
// for each kind of decision and example followed.
func tellWithheld(w *world.World, f markets.Withheld) {
	var groups []withheld
	for _, d := range f.Decisions {
		act, follows := actOf(d.Before, d.After), d.Follows
		if act == narrowing || act == selling || d.By != "model" {
			follows = -1
		}
		at := 0
		for at < len(groups) && (groups[at].act != act || groups[at].follows != follows) {
			at++
		}
		if at == len(groups) {
			groups = append(groups, withheld{act: act, follows: follows})
		}
		groups[at].states, groups[at].list = append(groups[at].states, d.State), append(groups[at].list, d)
	}
	for k := range groups {
		tellDenial(w, f.From, &groups[k])
	}
}

func tellDenial(w *world.World, from int, g *withheld) {
	entry := world.Entry{Kind: "denial", Name: w.States.ID[from], Actors: w.IDs(g.states), Targets: []string{w.States.ID[from]}}
	for _, d := range g.list {
		change := d.After - d.Before
		entry.Value += change / float64(len(g.list))
		entry.Weight += max(change, -change) * w.Weight(d.State)
		if d.By != "model" {
			entry.By = d.By
		}
	}
	entry.Weight = min(1, entry.Weight)
	entry.Text = fmt.Sprintf("%s %s%s.", upToFour(powerfulFirst(w, g.states)), deniedWords(g.act, len(g.states), w.Called(from)), followedWords(w, g.follows))
	w.Add(entry)
}

func deniedWords(act, states int, whom string) string {
	return fmt.Sprintf(verb(states, denialWords[act][0], denialWords[act][1]), whom)
}

func followedWords(w *world.World, leader int) string {
	if leader < 0 {
		return ""
	}
	return ", following " + w.Called(leader)
}

// deniedEntry is the entry on a denial of a scenario.
func deniedEntry(w *world.World, d events.Denied) world.Entry {
	entry := world.Entry{Actors: w.IDs(d.States), Targets: w.IDs(d.Targets), Value: d.Change, Weight: min(1, max(d.Change, -d.Change)*w.WeightOf(d.States))}
	if d.Change != 0 {
		before := d.Strength - d.Change
		entry.Text = fmt.Sprintf("%s %s.", calledBriefly(w, d.States), deniedWords(actOf(max(0, before), d.Strength), len(d.States), calledBriefly(w, d.Targets)))
	}
	return entry
}
