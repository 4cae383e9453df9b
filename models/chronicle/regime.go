package chronicle

import (
	"fmt"

	"splinternet/models/forums/legitimacy"
	"splinternet/models/forums/regime"
	"splinternet/models/world"
)

// tellMandated says that a forum is set up, renewed or convened again. One that a scenario
// has announced is told again only for its term.
func tellMandated(w *world.World, f regime.Mandated) {
	forum := &w.Forums[f.Forum]
	permanent := forum.MandateEnd == world.NoEnd
	if f.Announced && permanent {
		return
	}
	until := ""
	if !permanent {
		until = fmt.Sprintf(" until %d", w.Calendar.Date(forum.MandateEnd).Year())
	} else if f.Act != regime.SetUp {
		until = ", with a permanent mandate"
	}
	weight := .15 * max(w.MembersWeight(forum), legitimacy.Input(w, forum))
	if f.Act == regime.Renewed && !permanent {
		weight /= 3
	}
	verb := [...]string{regime.SetUp: "is set up", regime.Renewed: "is renewed", regime.Reconvened: "is convened again"}[f.Act]
	w.Add(world.Entry{
		Kind: f.Kind(), Name: forum.ID, Targets: []string{forum.ID}, Value: float64(forum.Size()), Weight: weight,
		Text: fmt.Sprintf("The %s %s%s.", forum.Name, verb, until),
	})
}

// tellFounded says who founds a forum outside the Assembly.
func tellFounded(w *world.World, f regime.Founded) {
	const named = 3
	forum, others := &w.Forums[f.Forum], f.Others()
	companions := byWeight(w, others)
	w.Add(world.Entry{
		Kind: f.Kind(), Name: forum.ID, Actors: w.IDs(append([]int{f.Lead}, others...)), Targets: []string{forum.ID}, Value: float64(len(f.Members)),
		Weight: .3 * w.MembersWeight(forum),
		Text: fmt.Sprintf("%s leads %d states dissatisfied with every forum on %s, among them %s, in founding one of their own: the %s.",
			w.Called(f.Lead), len(f.Members), f.Line.Words(), w.Enumerate(companions[:min(named, len(companions))]), forum.Name),
	})
}

// tellLeft says who has left a forum.
func tellLeft(w *world.World, f regime.Left) {
	if f.Blocking {
		tellMembers(w, f.Forum, f.States, -len(f.States), "blocks a text once more and leaves", "block a text once more and leave")
		return
	}
	tellMembers(w, f.Forum, f.States, -len(f.States), "leaves", "leave")
}

// What makes it news that states join or leave a forum.
const (
	memberWeight = .005 // their share of world power and users
	memberCrowd  = 4    // their number
)

// tellMembers says who has joined or left a forum. A small state more is no news, unless
// somebody has decided so. Change is that of the number of members.
func tellMembers(w *world.World, k int, states []int, change int, one, several string) {
	verb, by := one, ""
	if len(states) > 1 {
		verb = several
	}
	for _, i := range states {
		if who := w.Rules.ByState(i); who != "model" {
			by = who
		}
	}
	weight := w.WeightOf(states)
	if weight < memberWeight && len(states) < memberCrowd && by == "" {
		return
	}
	w.Add(world.Entry{
		Kind: "forum", Name: w.Forums[k].ID, Actors: w.IDs(states), Targets: []string{w.Forums[k].ID}, Value: float64(change),
		Weight: min(1, weight/2), By: by,
		Text: fmt.Sprintf("%s %s the %s.", w.Enumerate(states), verb, w.Forums[k].Name),
	})
}

// tellMerged says that a forum has been folded into another.
func tellMerged(w *world.World, f regime.Merged) {
	from, into := &w.Forums[f.From], &w.Forums[f.Into]
	w.Add(world.Entry{
		Kind: f.Kind(), Name: from.ID, Targets: []string{from.ID, into.ID}, Value: float64(-from.Size()), Weight: .5 * w.MembersWeight(into),
		Text: fmt.Sprintf("The %s is folded into the %s: one track again, on what both have in common.", from.Name, into.Name),
	})
}

// tellEnded says why a forum has ended its work.
func tellEnded(w *world.World, f regime.Ended) {
	forum := &w.Forums[f.Forum]
	why := [...]string{
		regime.Completed:    "has done its work: its text is open for states to join",
		regime.NotRenewed:   "loses its mandate, which nobody renews",
		regime.Deserted:     "sleeps: fewer than two members are left",
		regime.ReportStands: "ends with its mandate; its last report stands",
		regime.ExpertReport: "ends its work with its report",
	}[f.Why]
	w.Add(world.Entry{
		Kind: f.Kind(), Name: forum.ID, Targets: []string{forum.ID}, Value: float64(-forum.Size()), Weight: .2 * forum.Legitimacy * w.MembersWeight(forum),
		Text: fmt.Sprintf("The %s %s.", forum.Name, why),
	})
}
