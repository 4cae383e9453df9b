package chronicle

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"splinternet/models/markets"
	"splinternet/models/world"
)

// outright is the strength from which people speak of a ban.
const outright = .75

// decisive is the weight, in logits, from which lost trust is given as a reason.
const decisive = 1

// banWords is how a decision on bans is told, for one state and for several; the
// second pair is for bans that are outright.
type banWords struct {
	one, many                 string
	oneOutright, manyOutright string
	cause                     bool // whether to say why
}

var (
	imposing   = banWords{"restricts", "restrict", "bans", "ban", true}
	tightening = banWords{"tightens its restrictions on", "tighten their restrictions on", "now bans", "now ban", true}
	easing     = banWords{"eases its restrictions on", "ease their restrictions on", "eases its ban on", "ease their bans on", false}
	lifting    = banWords{"readmits", "readmit", "", "", false}
)

func wordsOf(d *markets.Decision) *banWords {
	switch {
	case d.Before == 0:
		return &imposing
	case d.After == 0:
		return &lifting
	case d.After > d.Before:
		return &tightening
	}
	return &easing
}

// tellRestricted puts the year's decisions on vendors of one home and sector into words: one
// entry for each kind of decision, however many states and firms it was, unless states
// differ in the firms that they mean, or in their reason.
func tellRestricted(w *world.World, f markets.Restricted) {
	for _, words := range []*banWords{&imposing, &tightening, &easing, &lifting} {
		groups := sameBans(w, f.Decisions, words)
		for k := range groups {
			tellBans(w, &groups[k], words)
		}
	}
}

// bans is what states decided that mean the same firms for the same reason.
type bans struct {
	firms, states []int
	list          []markets.Decision // by state
	why           reason
}

// sameBans groups the decisions of one kind, in the order of the states.
func sameBans(w *world.World, decisions []markets.Decision, words *banWords) (groups []bans) {
	for i := range w.States.N {
		var of []markets.Decision
		var firms []int
		for k := range decisions {
			if d := &decisions[k]; d.State == i && wordsOf(d) == words {
				of, firms = append(of, *d), append(firms, d.Firm)
			}
		}
		if len(of) == 0 {
			continue
		}
		var why reason
		if words.cause {
			why = reasonOf(w, &of[0])
		}
		at := slices.IndexFunc(groups, func(other bans) bool { return other.why == why && slices.Equal(other.firms, firms) })
		if at < 0 {
			at, groups = len(groups), append(groups, bans{firms: firms, why: why})
		}
		groups[at].states, groups[at].list = append(groups[at].states, i), append(groups[at].list, of...)
	}
	return groups
}

func tellBans(w *world.World, g *bans, words *banWords) {
	entry := world.Entry{Kind: "ban", Name: w.Firms.ID[g.firms[0]], Actors: w.IDs(g.states), Targets: firmIDs(w, g.firms)}
	strength := 0.0
	for _, d := range g.list {
		change := max(d.After-d.Before, d.Before-d.After)
		entry.Weight += change * (w.States.Users[d.State]*w.Market(d.Firm)[d.State] + w.Weight(d.State)/float64(4*len(g.firms)))
		strength += d.After / float64(len(g.list))
		entry.Value += (d.After - d.Before) / float64(len(g.list))
		if d.By != "model" {
			entry.By = d.By
		}
	}
	verb, many := words.one, words.many
	if strength >= outright {
		verb, many = words.oneOutright, words.manyOutright
	}
	if len(g.states) > 1 {
		verb = many
	}
	entry.Weight = min(1, entry.Weight)
	why := g.why.text(w, g)
	if words == &lifting {
		why += after(g)
	}
	entry.Text = fmt.Sprintf("%s %s %s%s.", upToFour(powerfulFirst(w, g.states)), verb, upToFour(soldMostFirst(w, g.firms, g.states)), why)
	w.Add(entry)
}

// after says how long those have been barred whom a group readmits, if that is known and
// the same for all.
func after(g *bans) string {
	const several = 2
	years := g.list[0].Years
	if years < several || slices.ContainsFunc(g.list, func(d markets.Decision) bool { return d.Years != years }) {
		return ""
	}
	return fmt.Sprintf(" after %d years", years)
}

// powerfulFirst are the names of states, the most powerful first.
func powerfulFirst(w *world.World, states []int) []string {
	order := append([]int(nil), states...)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(w.States.Power[b], w.States.Power[a]) })
	names := make([]string, 0, len(order))
	for _, i := range order {
		names = append(names, w.Called(i))
	}
	return names
}

// soldMostFirst are the names of firms, those that sell most to the states first.
func soldMostFirst(w *world.World, firms, states []int) []string {
	sales := func(firm int) (users float64) {
		for _, i := range states {
			users += w.States.Users[i] * w.Market(firm)[i]
		}
		return users
	}
	order := append([]int(nil), firms...)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sales(b), sales(a)) })
	names := make([]string, 0, len(order))
	for _, firm := range order {
		names = append(names, w.Firms.Name[firm])
	}
	return names
}

// reason is why a state decides: what moves it most, and whom it follows or what it
// answers.
type reason struct {
	kind     int
	whom     int  // the state followed, answered or mistrusted
	firm     int  // restricted by the one answered
	outright bool // so strictly that it is shut out
	further  bool // it goes further than the one followed
}

// The kinds of reasons.
const (
	unsaid   int = iota
	follows      // the fresh example of an ally
	joins        // that of allies, known for years
	answers      // a ban on a firm of its own
	mistrust     // what has become of its trust
	ties         // what it holds against the firm
)

// reasonOf is the reason of a state for a ban as strict as it decides on.
func reasonOf(w *world.World, d *markets.Decision) reason {
	home := w.Firms.Home[d.Firm]
	if home == world.Abroad {
		return reason{}
	}
	leader := followed(w, d.Examples, d.After)
	further := false
	if leader == nil {
		leader = followed(w, d.Examples, 0)
		further = leader != nil
	}
	answered := remembered(w, d.Provoked)
	switch {
	case answered >= 0 && (leader == nil || d.Provocation > d.Allies):
		return reason{kind: answers, whom: home, firm: answered, outright: w.Bans(answered)[home] >= outright}
	case leader != nil && d.Allies > d.Lost && leader.Fresh:
		return reason{kind: follows, whom: leader.State, further: further}
	case leader != nil && d.Allies > d.Lost:
		return reason{kind: joins, further: further}
	case d.Lost > decisive:
		return reason{kind: mistrust, whom: home}
	}
	return reason{kind: ties, whom: home}
}

// followed is the example that a state follows: that of its most powerful ally, which
// shuts the vendors out if a ban of the given strength does; nil: nobody's.
func followed(w *world.World, examples []markets.Example, strength float64) (leader *markets.Example) {
	counts := 0.0
	for k := range examples {
		e := &examples[k]
		if strength >= outright && e.Strength < outright {
			continue
		}
		if weight := w.States.Power[e.State] * e.Strength; weight > counts {
			leader, counts = e, weight
		}
	}
	return leader
}

// remembered is the firm of a list that people remember as the one that was barred: the
// largest, the more strictly the more; -1: there is none.
func remembered(w *world.World, list []markets.Barred) int {
	firm, counts := -1, 0.0
	for _, b := range list {
		if weight := b.Strength * w.Firms.Size[b.Firm]; weight > counts {
			firm, counts = b.Firm, weight
		}
	}
	return firm
}

// text is the reason in words, for the states and firms of a group.
func (r reason) text(w *world.World, g *bans) string {
	several := len(g.states) > 1
	switch r.kind {
	case follows:
		if r.further {
			return ", going further than " + w.Called(r.whom)
		}
		return ", following " + w.Called(r.whom)
	case joins:
		if r.further {
			return ", going further than " + map[bool]string{false: "its", true: "their"}[several] + " allies"
		}
		if several {
			return ", as their allies did before them"
		}
		return ", as its allies did before it"
	case answers:
		did := "restricts"
		if r.outright {
			did = "has shut out"
		}
		return fmt.Sprintf(", in answer to %s, which %s %s", w.Called(r.whom), did, w.Firms.Name[r.firm])
	case mistrust:
		if several {
			return ", as their trust in " + w.Called(r.whom) + " is gone"
		}
		return ", as its trust in " + w.Called(r.whom) + " is gone"
	case ties:
		if len(g.firms) > 1 {
			return " over their ties to the government of " + w.Called(r.whom)
		}
		return " over its ties to the government of " + w.Called(r.whom)
	}
	return ""
}

// upToFour lists names for a sentence, four at most.
func upToFour(names []string) string {
	const most = 4
	if len(names) <= most {
		return world.Listed(names)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most-1], ", "), len(names)-most+1)
}
