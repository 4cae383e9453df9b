package delegation

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/world"
)

func (c *Card) state(w *world.World, i int) {
	s, n := &w.States, w.States.N
	x := s.Position[i*w.Dim]
	c.Scale, c.HasScale = x, true
	c.Role = fmt.Sprintf("You speak for %s, number %d of %d in power, with %s of the world's internet users.",
		s.Name[i], rankOf(s.Power, i), n, percent(s.Users[i]))
	say(&c.Want, "Rules near your own view. You stand at %.0f on a scale from 0 (sovereign) to 100 (open): %s.", 100*x, camp(x))
	c.texts(w, x)
	say(&c.Want, "A network that your people can use: today they reach the rest of the world at %s of full quality.", percent(reach(w, i)))
	if firms := homeFirms(w, i); len(firms) > 0 {
		say(&c.Want, "Open markets for your firms: %s.", joinNames(firms, 4))
	}
	if s.Economy[i] < .01 && x > .35 && x < .65 {
		say(&c.Want, "To be courted by both camps, and to belong to neither for free.")
	}
	c.means(w, i)
	c.knowledge(w, i)
	c.company(w, i)
}

// texts tells which text in force lies nearest, and which farthest.
func (c *Card) texts(w *world.World, x float64) {
	near, far := -1, -1
	gap := func(t int) float64 { d := w.Texts[t].Position[0] - x; return max(d, -d) }
	for t := range w.Texts {
		if w.Texts[t].Status != world.InForce || w.Texts[t].Title == "" {
			continue
		}
		if near < 0 || gap(t) < gap(near) {
			near = t
		}
		if far < 0 || gap(t) > gap(far) {
			far = t
		}
	}
	if near >= 0 && far != near {
		say(&c.Want, "Of the rules in force, “%s” suits you best and “%s” least.", w.Texts[near].Title, w.Texts[far].Title)
	}
}

// means tells what a state can do.
func (c *Card) means(w *world.World, i int) {
	s := &w.States
	service := "small"
	if s.Diplomacy[i] > .6 {
		service = "large"
	} else if s.Diplomacy[i] > .3 {
		service = "middling"
	}
	say(&c.Can, "Vote, and table texts. Your foreign service for cyberspace is %s.", service)
	var veto, votes []string
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive || !f.Members[i] {
			continue
		}
		switch f.Rule {
		case world.Consensus, world.RoughConsensus:
			veto = append(veto, f.Name)
		case world.Majority, world.TwoThirds:
			votes = append(votes, f.Name)
		}
	}
	if len(veto) > 0 {
		say(&c.Can, "Block consensus in: %s. Whoever blocks stands alone.", joinNames(veto, 6))
	}
	if len(votes) > 0 {
		say(&c.Can, "Be outvoted in: %s. So can others.", joinNames(votes, 4))
	}
	if f, m := largestForeign(w, i); f >= 0 {
		say(&c.Can, "Allow, limit or ban vendors. The largest foreign one in your networks is %s of %s, with %s of your market.",
			w.Firms.Name[f], w.States.Name[w.Firms.Home[f]], percent(m))
	}
	switch rank := rankOf(s.Offence, i); {
	case s.Offence[i] > 0 && rank <= 5:
		say(&c.Can, "Hit back in cyberspace: you are number %d in offensive means.", rank)
	case s.Offence[i] > 0:
		say(&c.Can, "Hit back in cyberspace, but others do it better.")
	}
}

func (c *Card) knowledge(w *world.World, i int) {
	s, n := &w.States, w.States.N
	if s.Threat[i] > .05 {
		say(&c.Know, "You have been hit by cyber operations and remember them: threat %.1f, when the mean state has %.1f.", s.Threat[i], mean(s.Threat))
	}
	var least []string
	for _, j := range ranked(n, func(j int) float64 {
		if j == i {
			return -1
		}
		return (1 - w.Dyads.Trust[i*n+j]) * s.Power[j]
	})[:min(3, n-1)] {
		least = append(least, fmt.Sprintf("%s (trust %s)", s.Name[j], percent(w.Dyads.Trust[i*n+j])))
	}
	say(&c.Know, "Of the powerful, you trust these least: %s.", joinNames(least, 3))
	below, above := 0.0, 0.0
	for j := range n {
		if s.Position[j*w.Dim] < s.Position[i*w.Dim] {
			below += s.Power[j]
		} else if j != i {
			above += s.Power[j]
		}
	}
	say(&c.Know, "States with %s of the world's power are more sovereign than you, with %s more open.", percent(below), percent(above))
	say(&c.Know, "What the network loses, world-wide: %s to different technology, %s to borders and filters, %s to bans of firms.",
		percent(w.Network.Technical), percent(w.Network.Governmental), percent(w.Network.Commercial))
}

func (c *Card) company(w *world.World, i int) {
	s, n := &w.States, w.States.N
	var groups []string
	for g := range w.Groups {
		if w.Groups[g].Cue && slices.Contains(w.Groups[g].Members, i) {
			groups = append(groups, groupName(w.Groups[g].ID))
		}
	}
	for _, j := range ranked(n, func(j int) float64 {
		if j == i || w.Dyads.Rival[i*n+j] {
			return -1
		}
		value := w.Dyads.Trust[i*n+j] * (s.Power[j] + .01)
		if w.Dyads.Ally[i*n+j] {
			value *= 2
		}
		return value
	})[:min(5, n-1)] {
		if w.Dyads.Rival[i*n+j] || w.Dyads.Trust[i*n+j] < .5 {
			continue
		}
		word := "trusted"
		if w.Dyads.Ally[i*n+j] {
			word = "ally"
		}
		say(&c.Friends, "%s (%s, trust %s)", s.Name[j], word, percent(w.Dyads.Trust[i*n+j]))
	}
	if len(groups) > 0 {
		say(&c.Friends, "You look to your groups before you vote: %s.", joinNames(groups, 6))
	}
	for _, j := range ranked(n, func(j int) float64 { return s.Power[j] }) {
		if w.Dyads.Rival[i*n+j] && len(c.Rivals) < 5 {
			say(&c.Rivals, "%s (trust %s)", s.Name[j], percent(w.Dyads.Trust[i*n+j]))
		}
	}
}

// groupName is a group as people say it: short identifiers are abbreviations, those of
// several words a name such as the Five Eyes, and any other is a word.
func groupName(id string) string {
	words := strings.FieldsFunc(id, func(r rune) bool { return r == '_' || r == '-' })
	if len(words) == 1 && len(id) <= 5 {
		return strings.ToUpper(id)
	}
	if len(words) > 1 {
		for k, word := range words {
			words[k] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return "the " + strings.Join(words, " ")
}

func homeFirms(w *world.World, i int) []string {
	var names []string
	for f, home := range w.Firms.Home {
		if home == i {
			names = append(names, w.Firms.Name[f])
		}
	}
	return names
}

func largestForeign(w *world.World, i int) (firm int, market float64) {
	firm = -1
	for f, home := range w.Firms.Home {
		if m := w.Firms.Share[f*w.States.N+i]; home != i && home != world.Abroad && m > market {
			firm, market = f, m
		}
	}
	return firm, market
}
