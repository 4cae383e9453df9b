package markets

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"splinternet/models/world"
	"splinternet/sim"
)

// tellBans puts the year's decisions into words: one entry for each home and sector
// and kind of decision, however many states and firms it was, unless states differ in
// the firms that they mean.
func (m *Markets) tellBans(w *world.World) {
	if !w.Chronicle.On {
		return
	}
	changes, lead := m.bans.changes, m.bans.lead
	for from, to := 0, 0; from < len(changes); from = to {
		for to = from; to < len(changes) && lead[changes[to].firm] == lead[changes[from].firm]; to++ {
		}
		for _, words := range []*wording{&imposing, &tightening, &easing, &lifting} {
			m.tellAlike(w, changes[from:to], words)
		}
	}
}

// tellAlike tells the decisions of one kind on firms of one home and sector, those of
// states that mean the same firms for the same reason together.
func (m *Markets) tellAlike(w *world.World, changes []change, words *wording) {
	var groups []group
	for i := range w.States.N {
		var of []change
		for _, c := range changes {
			if c.state == i && kindOf(c) == words {
				of = append(of, c)
			}
		}
		if len(of) == 0 {
			continue
		}
		g := group{firms: make([]int, len(of))}
		for k, c := range of {
			g.firms[k] = c.firm
		}
		if words.cause {
			g.why = m.why(w, i, of[0].firm, of[0].after)
		}
		at := slices.IndexFunc(groups, func(other group) bool { return other.why == g.why && slices.Equal(other.firms, g.firms) })
		if at < 0 {
			at, groups = len(groups), append(groups, g)
		}
		groups[at].states, groups[at].list = append(groups[at].states, i), append(groups[at].list, of...)
	}
	for k := range groups {
		m.tellBan(w, &groups[k], words)
	}
}

// group is what states decided that mean the same firms for the same reason.
type group struct {
	firms, states []int
	list          []change // by state
	why           reason
}

func kindOf(c change) *wording {
	switch {
	case c.before == 0:
		return &imposing
	case c.after == 0:
		return &lifting
	case c.after > c.before:
		return &tightening
	}
	return &easing
}

// hard is the strength from which people speak of a ban.
const hard = .75

// wording is how a decision on bans is told, for one state and for several; the
// second pair is for bans that are hard.
type wording struct {
	one, many         string
	oneHard, manyHard string
	cause             bool // whether to say why
}

var (
	imposing   = wording{"restricts", "restrict", "bans", "ban", true}
	tightening = wording{"tightens its restrictions on", "tighten their restrictions on", "now bans", "now ban", true}
	easing     = wording{"eases its restrictions on", "ease their restrictions on", "eases its ban on", "ease their bans on", false}
	lifting    = wording{"readmits", "readmit", "", "", false}
)

func (m *Markets) tellBan(w *world.World, g *group, words *wording) {
	n := w.States.N
	entry := world.Entry{Kind: "ban", Name: w.Firms.ID[g.firms[0]]}
	strength := 0.0
	for _, i := range g.states {
		entry.Actors = append(entry.Actors, w.States.ID[i])
	}
	for _, c := range g.list {
		change := max(c.after-c.before, c.before-c.after)
		entry.Weight += change * (w.States.Users[c.state]*w.Firms.Share[c.firm*n+c.state] + w.Weight(c.state)/float64(4*len(g.firms)))
		strength += c.after / float64(len(g.list))
		if c.scripted {
			entry.By = w.Rules.ByState(c.state)
		}
	}
	verb, many := words.one, words.many
	if strength >= hard {
		verb, many = words.oneHard, words.manyHard
	}
	if len(g.states) > 1 {
		verb = many
	}
	entry.Weight = min(1, entry.Weight)
	entry.Text = fmt.Sprintf("%s %s %s%s.", enumerate(names(w, g.states)), verb, enumerate(sold(w, g.firms, g.states)), g.why.text(w, g)+m.after(w, g, words))
	w.Add(entry)
}

// after says how long those have been barred whom a group readmits, if that is known and
// the same for all.
func (m *Markets) after(w *world.World, g *group, words *wording) string {
	if words != &lifting {
		return ""
	}
	const several = 2
	years := 0
	for k, c := range g.list {
		since := m.bans.since[c.firm*w.States.N+c.state]
		lasted := m.bans.januaries - since
		if since <= 0 || k > 0 && lasted != years || lasted < several {
			return ""
		}
		years = lasted
	}
	return fmt.Sprintf(" after %d years", years)
}

// names are those of states, the most powerful first.
func names(w *world.World, states []int) []string {
	order := append([]int(nil), states...)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(w.States.Power[b], w.States.Power[a]) })
	names := make([]string, 0, len(order))
	for _, i := range order {
		names = append(names, w.Called(i))
	}
	return names
}

// sold are the names of firms, those that sell most to the states first.
func sold(w *world.World, firms, states []int) []string {
	users := make([]float64, len(firms))
	order := make([]int, len(firms))
	for k, firm := range firms {
		order[k] = k
		for _, i := range states {
			users[k] += w.States.Users[i] * w.Firms.Share[firm*w.States.N+i]
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(users[b], users[a]) })
	names := make([]string, 0, len(firms))
	for _, k := range order {
		names = append(names, w.Firms.Name[firms[k]])
	}
	return names
}

// reason is why a state decides: what moves it most, and whom it follows or what it
// answers.
type reason struct {
	kind int
	whom int  // the state followed, answered or mistrusted
	firm int  // restricted by the one answered
	out  bool // and so strictly that it is shut out
	past bool // it goes further than the one followed
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

// why is the reason for which state i decides on a firm, as strictly as it does.
func (m *Markets) why(w *world.World, i, firm int, strength float64) reason {
	n, f, b := w.States.N, &w.Firms, &m.bans
	home := f.Home[firm]
	if home == world.Abroad {
		return reason{}
	}
	column, weight := m.shares.home[firm]*n+i, sensitivity(f.Sector[firm])
	cue := weight * m.AllyCue * b.cue[b.lead[firm]*n+i]
	gone := weight * m.Grievance * lost(m.shares.trust[column], m.shares.today[column])
	answered, grudge, most := -1, 0.0, 0.0
	for _, x := range b.force {
		if x.state == home && f.Home[x.firm] == i && b.stings(w, x) {
			grudge = max(grudge, m.Retaliation*x.strength)
			if weight := x.strength * f.Size[x.firm]; weight > most { // what people remember
				answered, most = x.firm, weight
			}
		}
	}
	leader, recent := m.leader(w, i, firm, strength)
	past := false
	if leader < 0 {
		leader, recent = m.leader(w, i, firm, 0)
		past = leader >= 0
	}
	switch {
	case answered >= 0 && (leader < 0 || grudge > cue):
		return reason{kind: answers, whom: home, firm: answered, out: w.Firms.Ban[answered*n+home] >= hard}
	case leader >= 0 && cue > gone && recent:
		return reason{kind: follows, whom: leader, past: past}
	case leader >= 0 && cue > gone:
		return reason{kind: joins, past: past}
	case gone > 1: // a logit
		return reason{kind: mistrust, whom: home}
	}
	return reason{kind: ties, whom: home}
}

// text is the reason in words, for the states and firms of a group.
func (r reason) text(w *world.World, g *group) string {
	several := len(g.states) > 1
	switch r.kind {
	case follows:
		if r.past {
			return ", going further than " + w.Called(r.whom)
		}
		return ", following " + w.Called(r.whom)
	case joins:
		if r.past {
			return ", going further than " + map[bool]string{false: "its", true: "their"}[several] + " allies"
		}
		if several {
			return ", as their allies did before them"
		}
		return ", as its allies did before it"
	case answers:
		did := "restricts"
		if r.out {
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

// leader is whom state i follows: its most powerful ally, more powerful than itself,
// that bars the firm or its likes, shuts them out if such a strength does, and whether it
// has done so lately; -1: nobody.
func (m *Markets) leader(w *world.World, i, firm int, strength float64) (leader int, recent bool) {
	n, d, b := w.States.N, &w.Dyads, &m.bans
	leader, counts := -1, 0.0
	for _, x := range b.force {
		if b.lead[x.firm] != b.lead[firm] || w.States.Power[x.state] <= w.States.Power[i] || !d.Ally[i*n+x.state] && d.Trust[i*n+x.state] <= trusted {
			continue
		}
		if strength >= hard && x.strength < hard {
			continue
		}
		if weight := w.States.Power[x.state] * x.strength; weight > counts {
			leader, counts, recent = x.state, weight, b.januaries-b.since[x.firm*n+x.state] <= fresh
		}
	}
	return leader, recent
}

// tellAccord says who joins an accord and who leaves it.
func (m *Markets) tellAccord(w *world.World, forum *world.Forum) {
	if !w.Chronicle.On {
		return
	}
	for _, leaving := range []bool{false, true} {
		var names, actors []string
		weight, by := 0.0, ""
		for firm, turns := range m.accord.turn {
			if turns && forum.Firms[firm] == leaving {
				names = append(names, w.Firms.Name[firm])
				actors = append(actors, w.Firms.ID[firm])
				weight += w.Firms.Served[firm]
				if who := w.Rules.ByFirm(firm); who != "model" {
					by = who
				}
			}
		}
		if len(names) == 0 {
			continue
		}
		verb := "join"
		if leaving {
			verb = "leave"
		}
		if len(names) == 1 {
			verb += "s"
		}
		w.Add(world.Entry{
			Kind: "accord", Name: forum.ID, Actors: actors, Weight: min(1, .01+weight/5), By: by,
			Text: fmt.Sprintf("%s %s the %s.", enumerate(names), verb, forum.Name),
		})
	}
}

// tellOffice says that a firm has opened or closed a representation.
func (m *Markets) tellOffice(w *world.World, forum *world.Forum, firm int) {
	if !w.Chronicle.On {
		return
	}
	verb := "now sends representatives"
	if !forum.Firms[firm] {
		verb = "no longer sends representatives"
	}
	w.Add(world.Entry{
		Kind: "accord", Name: forum.ID, Actors: []string{w.Firms.ID[firm]}, Weight: min(1, .01+w.Firms.Served[firm]/5), By: w.Rules.ByFirm(firm),
		Text: fmt.Sprintf("%s %s to the %s.", w.Firms.Name[firm], verb, forum.Name),
	})
}

// tellRegions notes when bans have cost a firm half of its market among the
// members of a bloc, once for each firm and bloc.
func (m *Markets) tellRegions(now *sim.Tick, w *world.World) {
	if !w.Chronicle.On || w.Standing.Bans == 0 {
		return
	}
	const least, most = .0005, .5 // of the world's users served at first; of that, what is left
	for k := range w.Firms.N {
		if m.bans.lead[k] != k {
			continue // its larger like has the news
		}
		for g := range w.Groups {
			told := &m.told[k*len(w.Groups)+g]
			if *told || !w.Groups[g].Cue {
				continue
			}
			before, left, barred := m.market(w, k, &w.Groups[g])
			if now.Index == 0 {
				*told = barred // what is barred when the run begins is no news of the run
				continue
			}
			if !barred || before < least || left > most*before {
				continue
			}
			*told = true
			w.Add(world.Entry{
				Kind: "ban", Name: w.Firms.ID[k], Actors: []string{w.Firms.ID[k]}, Weight: min(1, 2*(before-left)),
				Text: fmt.Sprintf("%s has lost half of its market %s.", w.Firms.Name[k], bloc(w.Groups[g].ID)),
			})
		}
	}
}

// market is the share of world users whom a firm serves in a group, with the
// shares of the start and with those of today, and whether any member bans it.
func (m *Markets) market(w *world.World, k int, g *world.Group) (before, now float64, barred bool) {
	n := w.States.N
	for _, i := range g.Members {
		u := w.States.Users[i]
		before += u * m.shares.start[k*n+i] * m.shares.weight[m.shares.sector[k]*n+i]
		now += u * w.Firms.Share[k*n+i]
		barred = barred || w.Firms.Ban[k*n+i] > 0
	}
	return before, now, barred
}

// bloc is a place in a group as people say it: short names are abbreviations, and
// those of several words a name such as the Five Eyes.
func bloc(id string) string {
	if len(id) <= 5 {
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

// enumerate lists names for a sentence, four at most.
func enumerate(names []string) string {
	const most = 4
	if len(names) <= most {
		return world.Listed(names)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most-1], ", "), len(names)-most+1)
}
