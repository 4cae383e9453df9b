package markets

import (
	"fmt"
	"strings"
	"unicode"

	"splinternet/models/world"
)

// tellBans puts the year's decisions into words: one entry for each firm and kind
// of decision, however many states it was.
func (m *Markets) tellBans(w *world.World) {
	if !w.Chronicle.On {
		return
	}
	var imposed, tightened, lifted, eased []change
	for k, c := range m.bans.changes {
		switch {
		case c.before == 0:
			imposed = append(imposed, c)
		case c.after == 0:
			lifted = append(lifted, c)
		case c.after > c.before:
			tightened = append(tightened, c)
		default:
			eased = append(eased, c)
		}
		// Changes are listed by firm.
		if k+1 == len(m.bans.changes) || m.bans.changes[k+1].firm != c.firm {
			m.tellBan(w, imposed, imposing)
			m.tellBan(w, tightened, tightening)
			m.tellBan(w, eased, easing)
			m.tellBan(w, lifted, lifting)
			imposed, tightened, lifted, eased = imposed[:0], tightened[:0], lifted[:0], eased[:0]
		}
	}
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

func (m *Markets) tellBan(w *world.World, list []change, words wording) {
	if len(list) == 0 {
		return
	}
	n, firm := w.States.N, list[0].firm
	entry := world.Entry{Kind: "ban", Name: w.Firms.ID[firm]}
	names, strength := make([]string, 0, len(list)), 0.0
	for _, c := range list {
		names = append(names, w.Called(c.state))
		entry.Actors = append(entry.Actors, w.States.ID[c.state])
		change := max(c.after-c.before, c.before-c.after)
		entry.Weight += change * (w.States.Users[c.state]*w.Firms.Share[firm*n+c.state] + w.Weight(c.state)/4)
		strength += c.after / float64(len(list))
		if c.scripted {
			entry.By = w.Rules.ByState(c.state)
		}
	}
	verb, many, why := words.one, words.many, ""
	if strength >= hard {
		verb, many = words.oneHard, words.manyHard
	}
	if len(list) > 1 {
		verb = many
	}
	if words.cause {
		why = m.why(w, list)
	}
	entry.Weight = min(1, entry.Weight)
	entry.Text = fmt.Sprintf("%s %s %s%s.", enumerate(names), verb, w.Firms.Name[firm], why)
	w.Add(entry)
}

// why says whom the states follow, or what they answer. The ally named is the most
// powerful one whose ban counts for any of them, more powerful than they are.
func (m *Markets) why(w *world.World, list []change) string {
	n, d, b, firm := w.States.N, &w.Dyads, &m.bans, list[0].firm
	leader, counts, own := -1, 0.0, 0.0
	for _, c := range list {
		own = max(own, w.States.Power[c.state])
	}
	for _, c := range list {
		for _, x := range b.force {
			// Nobody follows a weaker one, or one of those who decide now.
			if x.firm != firm || w.States.Power[x.state] <= own || !d.Ally[c.state*n+x.state] && d.Trust[c.state*n+x.state] <= trusted {
				continue
			}
			if weight := w.States.Power[x.state] * x.strength; weight > counts {
				leader, counts = x.state, weight
			}
		}
	}
	home := w.Firms.Home[firm]
	if leader < 0 && home != world.Abroad {
		for _, x := range b.force {
			if x.state == home && w.Firms.Home[x.firm] == list[0].state && len(list) == 1 {
				return fmt.Sprintf(", in answer to %s, which has shut out %s", w.Called(home), w.Firms.Name[x.firm])
			}
		}
	}
	switch {
	case leader >= 0:
		return ", following " + w.Called(leader)
	case home != world.Abroad:
		return " over its ties to the government of " + w.Called(home)
	}
	return ""
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
func (m *Markets) tellRegions(w *world.World) {
	if !w.Chronicle.On || w.Standing.Bans == 0 {
		return
	}
	const least, most = .0005, .5 // of the world's users served at first; of that, what is left
	for k := range w.Firms.N {
		for g := range w.Groups {
			told := &m.told[k*len(w.Groups)+g]
			if *told || !w.Groups[g].Cue {
				continue
			}
			before, now, barred := m.market(w, k, &w.Groups[g])
			if !barred || before < least || now > most*before {
				continue
			}
			*told = true
			w.Add(world.Entry{
				Kind: "ban", Name: w.Firms.ID[k], Actors: []string{w.Firms.ID[k]}, Weight: min(1, 2*(before-now)),
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
