package chronicle

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/events"
	"splinternet/models/world"
)

// How consequential the chronicle takes it to be what a scenario does, [0, 1].
const (
	settingWeight  = .05
	tabledWeight   = .02
	firmWeight     = .05
	forumWeight    = .1
	stackWeight    = .2
	launchedWeight = .1 // at least
	agreedWeight   = .1 // at least, per power and users of the parties
	closedWeight   = .3 // of a forum that is fully legitimate
)

// fullBan is the strength of a ban from which people speak of one, whatever is added to
// it.
const fullBan = .75

// tellHappened tells what a scenario does: in the scenario's own words, if it has any.
func tellHappened(w *world.World, f events.Happened) {
	text, weight := eventWords(w, f.Did)
	if f.Why != "" {
		text = f.Why
	}
	if text != "" {
		w.Add(world.Entry{Kind: f.Kind(), Name: f.Name, Text: text, Weight: weight, By: "scenario"})
	}
}

// tellFailed tells that an event could not happen, and why.
func tellFailed(w *world.World, f events.Failed) {
	w.Add(world.Entry{Kind: f.Kind(), Name: f.Name, Text: fmt.Sprintf("%s could not happen: %v.", f.Name, f.Reason), By: "scenario"})
}

// eventWords are the sentence for what an event has done, and how consequential it is.
// They are empty where it is told otherwise: an incident, a forum.
func eventWords(w *world.World, did events.Deed) (text string, weight float64) {
	switch d := did.(type) {
	case events.Shocked:
		return shockedWords(w, d)
	case events.TrustShocked:
		others := "everybody else"
		if len(d.Toward) > 0 {
			others = strings.Join(d.Toward, ", ")
		}
		return fmt.Sprintf("Trust changes between %s and %s.", strings.Join(d.Between, ", "), others), min(1, w.WeightOf(d.States)/2)
	case events.Tabled:
		return tabledWords(w, d), tabledWeight
	case events.Restricted:
		return restrictedWords(w, d)
	case events.Closed:
		forum := &w.Forums[d.Forum]
		return fmt.Sprintf("The %s is closed.", forum.Name), closedWeight * forum.Legitimacy
	case events.Merged:
		forum := &w.Forums[d.Forum]
		return fmt.Sprintf("The %s merges into the %s.", forum.Name, w.Forums[d.Into].Name), closedWeight * forum.Legitimacy
	case events.Concluded:
		treaty := &w.Texts[d.Text]
		return fmt.Sprintf("%s is opened; %d states join at once.", treaty.Title, len(d.Parties)), w.WeightOf(d.Parties) * treaty.Depth
	case events.Agreed:
		what := "agree on channels and bridges between them"
		if d.Lapse {
			what = "let their agreement lapse"
		}
		return fmt.Sprintf("%s %s.", calledBriefly(w, d.Parties), what), w.WeightOf(d.Parties) * max(d.Channel, d.Bridge, agreedWeight) / 2
	case events.Launched:
		by := calledBriefly(w, d.Sponsors)
		if by == "" {
			by = "A group of firms"
		}
		return fmt.Sprintf("%s %s forward %s, a new suite of network standards.", by, verb(len(d.Sponsors), "puts", "put"), w.Stacks[d.Stack].Name),
			max(launchedWeight, w.WeightOf(d.Sponsors))
	case events.Setting:
		return fmt.Sprintf("From now on %s is %g.", d.Parameter, d.Value), settingWeight
	}
	return "", 0
}

func shockedWords(w *world.World, d events.Shocked) (text string, weight float64) {
	names := make([]string, len(d.Targets))
	for k, target := range d.Targets {
		names[k] = target.ID
		switch target.Kind {
		case "state":
			weight += w.WeightOf(target.States)
		case "firm":
			weight += firmWeight
		case "forum":
			weight += forumWeight
		case "stack":
			weight += stackWeight
		}
	}
	return fmt.Sprintf("A shock changes %s of %s.", d.Variable, strings.Join(names, ", ")), min(1, weight/2)
}

func tabledWords(w *world.World, d events.Tabled) string {
	var sponsors []string
	if len(d.Sponsors) > 0 {
		sponsors = append(sponsors, calledBriefly(w, d.Sponsors))
	}
	for _, f := range d.Firms {
		sponsors = append(sponsors, w.Firms.Name[f])
	}
	by := strings.Join(sponsors, " and ")
	if by == "" {
		by = "A sponsor"
	}
	text := &w.Texts[d.Text]
	return fmt.Sprintf("%s %s %s in the %s.", by, verb(len(d.Sponsors)+len(d.Firms), "tables", "table"), text.Called(), w.Forums[text.Forum].Name)
}

// restrictedWords say who bans, tightens or lifts a ban. What states had done of their own
// accord is no news.
func restrictedWords(w *world.World, d events.Restricted) (text string, weight float64) {
	changed, fresh := false, d.Strength == 0
	var movers []int // who had not done so of its own accord
	for _, ban := range d.Bans {
		changed = changed || ban.After != ban.Before && min(ban.After, ban.Before) < fullBan
		fresh = fresh || ban.Before == 0
		if ban.After != ban.Before && !slices.Contains(movers, ban.State) {
			movers = append(movers, ban.State)
		}
		weight += w.States.Users[ban.State] * w.Firms.Share[ban.Firm*w.States.N+ban.State] * ban.After
	}
	if !changed {
		return "", 0
	}
	slices.Sort(movers)
	names := make([]string, len(d.Firms))
	for k, f := range d.Firms {
		names[k] = w.Firms.Name[f]
	}
	act := verb(len(movers), "restricts", "restrict")
	switch {
	case !fresh && d.Strength >= 1: // of their own accord they had gone half of the way
		act = verb(len(movers), "now bans", "now ban")
	case !fresh:
		act = verb(len(movers), "tightens its restrictions on", "tighten their restrictions on")
	case d.Strength == 0:
		act = verb(len(movers), "readmits", "readmit")
	case d.Strength >= 1:
		act = verb(len(movers), "bans", "ban")
	}
	return fmt.Sprintf("%s %s %s.", calledBriefly(w, movers), act, strings.Join(names, " and ")), min(1, weight+w.WeightOf(d.States)*d.Strength/4)
}

// calledBriefly names up to four states for a sentence, in their order, and how many
// more there are.
func calledBriefly(w *world.World, states []int) string {
	const named = 4
	names := make([]string, 0, named)
	for _, i := range states {
		if len(names) == named {
			return strings.Join(names, ", ") + fmt.Sprintf(" and %d more", len(states)-named)
		}
		names = append(names, w.Called(i))
	}
	return world.Listed(names)
}

// verb is the form of a verb that goes with the number of subjects.
func verb(subjects int, one, many string) string {
	if subjects <= 1 {
		return one
	}
	return many
}
