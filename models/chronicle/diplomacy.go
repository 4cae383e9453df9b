package chronicle

import (
	"fmt"
	"math"
	"slices"

	"splinternet/models/diplomacy"
	"splinternet/models/security"
	"splinternet/models/world"
)

// diplomacyMemory is what the chronicle has said about diplomacy.
type diplomacyMemory struct {
	Bridges [][2]int  // pairs i < j whose bridge it has told of
	Aim     []float64 // by forum: what its measures promised when it last told of them
}

func ofDiplomacy(w *world.World) *diplomacyMemory {
	return world.Slot[diplomacyMemory](w, "chronicle.diplomacy")
}

// tellAgreed says that two states have come to an agreement.
func tellAgreed(w *world.World, f diplomacy.Agreed) {
	const leastLevel = .1 // an agreement weighs that of a thin line, whatever it opens
	on := "cooperation against cyber threats"
	if f.Restraint {
		on = "restraint in cyberspace"
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Actors: w.IDs([]int{f.I, f.J}), Value: f.Level, Weight: min(1, (w.Weight(f.I)+w.Weight(f.J))*max(leastLevel, f.Level)),
		Text: fmt.Sprintf("%s and %s agree on %s and open a direct line.", w.Called(f.I), w.Called(f.J), on),
	})
}

// responses are the rungs of the ladder as a sentence has them.
var responses = [...]string{"nothing", "a protest", "sanctions", "an operation of its own", "steps outside cyberspace"}

// tellLapsed says that an agreement has ended, and why.
func tellLapsed(w *world.World, f diplomacy.Lapsed) {
	i, j, of := int(f.Agreement.I), int(f.Agreement.J), ""
	if f.Agreement.Since != -1 {
		of = fmt.Sprintf(" of %d", w.Calendar.Date(f.Agreement.Since).Year())
	}
	why := "nobody has renewed it"
	switch rung := w.Rung(i, j); {
	case rung > world.NoResponse:
		why = "one has answered the other's operations with " + responses[rung]
	case f.Agreement.Broken:
		why = "one has blamed an operation on the other in public"
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Actors: w.IDs([]int{i, j}), Value: 0 - f.Agreement.Level, Weight: min(1, (w.Weight(i)+w.Weight(j))/2),
		Text: fmt.Sprintf("The agreement of %s and %s%s on cyberspace lapses: %s.", w.Called(i), w.Called(j), of, why),
	})
}

// tellRivalled says that two states have become rivals, or are no longer, and why. Where an
// event makes them rivals, that is told of it.
func tellRivalled(w *world.World, f security.Rivalled) {
	entry := world.Entry{
		Kind: f.Kind(), Actors: w.IDs([]int{f.I, f.J}), Value: 1, Weight: min(1, (w.Weight(f.I)+w.Weight(f.J))/2),
		Text: fmt.Sprintf("%s and %s are rivals in cyberspace by now: each holds operations of the other against it.", w.Called(f.I), w.Called(f.J)),
	}
	switch {
	case f.Rivals && f.Grievance == 0:
		return
	case !f.Rivals:
		entry.Value = -1
		entry.Text = fmt.Sprintf("The rivalry of %s and %s in cyberspace has ended: neither has anything to hold against the other any more.", w.Called(f.I), w.Called(f.J))
	}
	w.Add(entry)
}

// What makes a bridge news: what it carries of what would not pass without it, the weight
// of the two states, and what divides their networks.
const (
	carries      = .25  // from here on it is news
	disused      = .1   // below, one that was told of has fallen into disuse
	keeperWeight = .025 // of either state, shares of world power and users
	pairWeight   = .1   // of both together
	apart        = .95  // share of two networks that runs on the same stacks; below, stacks divide them
	excluded     = .15  // loss of the link by bans on firms above which these divide them
)

// divided says what keeps the networks of two states apart that a gateway can pass, "" if
// nothing does.
func divided(w *world.World, i, j int) string {
	switch {
	case w.Overlap(i, j) < apart:
		return "which run on different stacks"
	case w.Dyads.Exclusion[i*w.States.N+j] > excluded:
		return "which bans on firms keep apart"
	}
	return ""
}

// forgetBridge makes a bridge that comes again news again.
func forgetBridge(w *world.World, i, j int) {
	memory := ofDiplomacy(w)
	memory.Bridges = slices.DeleteFunc(memory.Bridges, func(pair [2]int) bool { return pair == [2]int{i, j} })
}

// tellBridged notes, in January, the bridges between networks that something divides which
// have come to carry a quarter of what would not pass, one state with many of them after
// another, and those told of that carry less than a tenth again. Bridges of states of little
// weight are left out.
func tellBridged(w *world.World, f diplomacy.Bridged) {
	memory := ofDiplomacy(w)
	var built [][2]int
	for _, b := range f.Bridges {
		i, j := b.I, b.J
		level, told := w.Dyads.Bridge[i*w.States.N+j], slices.Contains(memory.Bridges, [2]int{i, j})
		switch least, both := min(w.Weight(i), w.Weight(j)), w.Weight(i)+w.Weight(j); {
		case told && level < disused:
			forgetBridge(w, i, j)
			w.Add(world.Entry{
				Kind: f.Kind(), Actors: w.IDs([]int{i, j}), Value: level, Weight: min(1, both*carries),
				Text: fmt.Sprintf("The gateway between the networks of %s and %s has fallen into disuse: hardly any traffic passes over it.", w.Called(i), w.Called(j)),
			})
		case !told && level >= carries && least >= keeperWeight && both >= pairWeight && divided(w, i, j) != "":
			built = append(built, [2]int{i, j})
		}
	}
	for len(built) > 0 {
		keeper := keeper(w, built)
		built = slices.DeleteFunc(built, func(pair [2]int) bool {
			kept := pair[0] == keeper || pair[1] == keeper
			if kept {
				memory.Bridges = append(memory.Bridges, pair)
			}
			return kept
		})
		tellKeeper(w, f, keeper)
	}
}

// keeper is the state that has most of some bridges, of several with as many the
// weightiest.
func keeper(w *world.World, built [][2]int) int {
	keeper, most := -1, 0
	for _, pair := range built {
		for _, i := range pair {
			number := 0
			for _, other := range built {
				if other[0] == i || other[1] == i {
					number++
				}
			}
			if number > most || number == most && w.Weight(i) > w.Weight(keeper) {
				keeper, most = i, number
			}
		}
	}
	return keeper
}

// tellKeeper tells of the gateways of one state: the new ones, and with them those that it
// was told to keep before.
func tellKeeper(w *world.World, f diplomacy.Bridged, keeper int) {
	memory := ofDiplomacy(w)
	var partners []int
	least, highest, weight := 1.0, 0.0, w.Weight(keeper)
	for _, b := range f.Bridges {
		if b.I != keeper && b.J != keeper || !slices.Contains(memory.Bridges, [2]int{b.I, b.J}) {
			continue
		}
		partner := b.I + b.J - keeper
		partners = append(partners, partner)
		weight += w.Weight(partner)
		level := w.Dyads.Bridge[b.I*w.States.N+b.J]
		least, highest = min(least, level), max(highest, level)
	}
	slices.Sort(partners)
	text := fmt.Sprintf("%s and %s have built a gateway between their networks, %s: it carries %.0f %% of what would not pass without it.",
		w.Called(keeper), w.Enumerate(partners), divided(w, keeper, partners[0]), 100*highest)
	if len(partners) > 1 {
		text = fmt.Sprintf("%s now keeps gateways to %s: they carry %.0f to %.0f %% of what would not pass between their networks without them.",
			w.Called(keeper), w.Enumerate(partners), 100*least, 100*highest)
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Actors: w.IDs(append([]int{keeper}, partners...)), Value: highest, Weight: min(1, weight*highest), Text: text,
	})
}

// promisedStep is the change of a channel that measures promise which is news.
const promisedStep = .25

// tellPromised notes when the measures of a forum promise notably more, or less.
func tellPromised(w *world.World, f diplomacy.Promised) {
	memory := ofDiplomacy(w)
	for len(memory.Aim) <= f.Forum {
		memory.Aim = append(memory.Aim, 0)
	}
	change := f.Aim - memory.Aim[f.Forum]
	if !f.Start && math.Abs(change) < promisedStep {
		return
	}
	memory.Aim[f.Forum] = f.Aim
	if f.Start {
		return
	}
	forum, weight := &w.Forums[f.Forum], 0.0
	for i, in := range forum.Members {
		if in {
			weight += w.Weight(i)
		}
	}
	text := fmt.Sprintf("The %s gives its confidence-building measures more weight: its members open lines to one another.", forum.Name)
	if change < 0 {
		text = fmt.Sprintf("The confidence-building measures of the %s lose their weight: lines between its members fall silent.", forum.Name)
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Name: forum.ID, Actors: []string{forum.ID}, Value: change, Weight: min(1, weight*math.Abs(change)), Text: text,
	})
}
