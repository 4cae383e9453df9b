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
	entry := eventEntry(w, f.Did)
	if f.Why != "" {
		entry.Text = f.Why
	}
	if entry.Text != "" {
		entry.Kind, entry.Name, entry.By = f.Kind(), f.Name, "scenario"
		w.Add(entry)
	}
}

// tellFailed tells that an event could not happen, and why. Nobody has acted then.
func tellFailed(w *world.World, f events.Failed) {
	w.Add(world.Entry{Kind: f.Kind(), Name: f.Name, Text: fmt.Sprintf("%s could not happen: %v.", f.Name, f.Reason), By: "scenario"})
}

// eventEntry is the entry on what an event has done. It has no sentence where it is told
// otherwise: an incident, a forum.
func eventEntry(w *world.World, did events.Deed) world.Entry {
	switch d := did.(type) {
	case events.Shocked:
		return shockedEntry(w, d)
	case events.TrustShocked:
		return trustEntry(w, d)
	case events.Tabled:
		text := &w.Texts[d.Text]
		return world.Entry{
			Actors: tabledBy(w, text), Targets: onText(w, text), Value: text.Depth, Weight: tabledWeight, Text: tabledWords(w, d),
		}
	case events.Denied:
		return deniedEntry(w, d)
	case events.Restricted:
		return restrictedEntry(w, d)
	case events.Founding:
		return world.Entry{Actors: w.IDs(d.By), Targets: []string{d.Forum}, Value: float64(d.Members)}
	case events.Closed:
		forum := &w.Forums[d.Forum]
		return world.Entry{
			Targets: []string{forum.ID}, Value: float64(-forum.Size()), Weight: closedWeight * forum.Legitimacy,
			Text: fmt.Sprintf("The %s is closed.", forum.Name),
		}
	case events.Merged:
		forum, into := &w.Forums[d.Forum], &w.Forums[d.Into]
		return world.Entry{
			Targets: []string{forum.ID, into.ID}, Value: float64(-forum.Size()), Weight: closedWeight * forum.Legitimacy,
			Text: fmt.Sprintf("The %s merges into the %s.", forum.Name, into.Name),
		}
	case events.Concluded:
		treaty := &w.Texts[d.Text]
		return world.Entry{
			Actors: w.IDs(d.Parties), Targets: []string{treaty.ID}, Value: float64(len(d.Parties)), Weight: w.WeightOf(d.Parties) * treaty.Depth,
			Text: fmt.Sprintf("%s is opened; %d states join at once.", treaty.Title, len(d.Parties)),
		}
	case events.Struck:
		return world.Entry{
			Actors: []string{w.StateID(d.Initiator)}, Targets: struck(w, d.Initiator, d.Target, d.Blamed), Value: d.Severity,
		}
	case events.Agreed:
		return agreedEntry(w, d)
	case events.Fought:
		return foughtEntry(w, d)
	case events.Launched:
		return launchedEntry(w, d)
	case events.Setting:
		return world.Entry{
			Targets: []string{d.Parameter}, Value: d.Value, Weight: settingWeight, Text: fmt.Sprintf("From now on %s is %g.", d.Parameter, d.Value),
		}
	}
	return world.Entry{}
}

func shockedEntry(w *world.World, d events.Shocked) world.Entry {
	entry := world.Entry{Value: d.Change}
	names := make([]string, len(d.Targets))
	for k, target := range d.Targets {
		names[k] = target.ID
		switch target.Kind {
		case "state":
			entry.Weight += w.WeightOf(target.States)
			entry.Targets = append(entry.Targets, w.IDs(target.States)...)
			continue
		case "firm":
			entry.Weight += firmWeight
		case "forum":
			entry.Weight += forumWeight
		case "stack":
			entry.Weight += stackWeight
		}
		_, id, _ := strings.Cut(target.ID, ".")
		entry.Targets = append(entry.Targets, id)
	}
	entry.Weight = min(1, entry.Weight/2)
	entry.Text = fmt.Sprintf("A shock changes %s of %s.", d.Variable, strings.Join(names, ", "))
	return entry
}

func trustEntry(w *world.World, d events.TrustShocked) world.Entry {
	touched, others := d.States, "everybody else"
	if len(d.Toward) > 0 {
		touched, others = slices.Concat(d.States, d.Others), strings.Join(d.Toward, ", ")
	}
	return world.Entry{
		Targets: w.IDs(touched), Value: d.Change, Weight: min(1, w.WeightOf(d.States)/2),
		Text: fmt.Sprintf("Trust changes between %s and %s.", strings.Join(d.Between, ", "), others),
	}
}

func agreedEntry(w *world.World, d events.Agreed) world.Entry {
	what := "agree on channels and bridges between them"
	if d.Lapse {
		what = "let their agreement lapse"
	}
	return world.Entry{
		Actors: w.IDs(d.Parties), Value: d.Level, Weight: w.WeightOf(d.Parties) * max(d.Channel, d.Bridge, agreedWeight) / 2,
		Text: fmt.Sprintf("%s %s.", calledBriefly(w, d.Parties), what),
	}
}

func foughtEntry(w *world.World, d events.Fought) world.Entry {
	text := fmt.Sprintf("%s goes to war against %s", w.Called(d.Attackers[0]), w.Called(d.Defenders[0]))
	if with := byWeight(w, d.Defenders[1:]); len(with) > 0 {
		text += fmt.Sprintf("; %s %s with %s", calledBriefly(w, with), verb(len(with), "sides", "side"), w.Called(d.Defenders[0]))
	}
	if d.Agreements > 0 {
		text += fmt.Sprintf(". What they had agreed on cyberspace ends (%d %s)", d.Agreements, verb(d.Agreements, "agreement", "agreements"))
	}
	return world.Entry{
		Actors: w.IDs(d.Attackers), Targets: w.IDs(d.Defenders), Value: d.Change, Weight: (w.WeightOf(d.Attackers) + w.WeightOf(d.Defenders)) / 2, Text: text + ".",
	}
}

func launchedEntry(w *world.World, d events.Launched) world.Entry {
	by := calledBriefly(w, d.Sponsors)
	if by == "" {
		by = "A group of firms"
	}
	stack := &w.Stacks[d.Stack]
	return world.Entry{
		Actors: append(w.IDs(d.Sponsors), firmIDs(w, d.Firms)...), Targets: []string{stack.ID}, Value: stack.Recognition,
		Weight: max(launchedWeight, w.WeightOf(d.Sponsors)),
		Text:   fmt.Sprintf("%s %s forward %s, a new suite of network standards.", by, verb(len(d.Sponsors), "puts", "put"), stack.Name),
	}
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

// restrictedEntry says who bans, tightens or lifts a ban. What states had done of their own
// accord is no news.
func restrictedEntry(w *world.World, d events.Restricted) world.Entry {
	entry := world.Entry{Actors: w.IDs(d.States), Targets: firmIDs(w, d.Firms)}
	changed, fresh := false, d.Strength == 0
	var movers []int // who had not done so of its own accord
	for _, ban := range d.Bans {
		changed = changed || ban.After != ban.Before && min(ban.After, ban.Before) < fullBan
		fresh = fresh || ban.Before == 0
		if ban.After != ban.Before && !slices.Contains(movers, ban.State) {
			movers = append(movers, ban.State)
		}
		entry.Value += (ban.After - ban.Before) / float64(len(d.Bans))
		entry.Weight += w.States.Users[ban.State] * w.Firms.Share[ban.Firm*w.States.N+ban.State] * ban.After
	}
	if !changed {
		entry.Weight = 0
		return entry
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
	entry.Weight = min(1, entry.Weight+w.WeightOf(d.States)*d.Strength/4)
	entry.Text = fmt.Sprintf("%s %s %s.", calledBriefly(w, movers), act, strings.Join(names, " and "))
	return entry
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
