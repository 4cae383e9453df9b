package room

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"splinternet/models/world"
	"splinternet/scenarios"
)

// Card is the role card of a delegation: everything in it is read off the world.
type Card struct {
	Agent, Name string
	Role        string // one line: who you are
	Want        []string
	Can         []string
	Know        []string
	Friends     []string
	Rivals      []string
	Scale       float64 // position, [0, 1]
	HasScale    bool
}

// UnknownAgentError says that a scenario has no such delegation.
type UnknownAgentError struct {
	Agent string
	Known []string
}

func (e *UnknownAgentError) Error() string { return fmt.Sprintf("there is no delegation %q", e.Agent) }

// Cards makes the role cards of some delegations of a scenario, of those that are offered
// first if none is named. Its own error is an *UnknownAgentError.
func Cards(s *scenarios.Scenario, agents []string) ([]*Card, error) {
	start, err := StartOf(s)
	if err != nil {
		return nil, err
	}
	var known, first []string
	for _, a := range Agents(s.World) {
		known = append(known, a.ID)
		if a.Among {
			first = append(first, a.ID)
		}
	}
	if len(agents) == 0 {
		agents = first
	}
	var cards []*Card
	for _, agent := range agents {
		card := NewCard(start, agent)
		if card.Role == "" {
			return nil, &UnknownAgentError{agent, known}
		}
		cards = append(cards, card)
	}
	return cards, nil
}

// NewCard writes the card of an agent in a world.
func NewCard(w *world.World, agent string) *Card {
	kind, id, _ := strings.Cut(agent, ".")
	c := &Card{Agent: agent, Name: nameOf(w, agent)}
	switch kind {
	case "state":
		if i := w.FindState(id); i >= 0 {
			c.state(w, i)
		}
	case "firm":
		if f := w.FindFirm(id); f >= 0 {
			c.firm(w, f)
		}
	case "forum":
		c.chair(w, id)
	}
	return c
}

func say(list *[]string, sentence string, values ...any) {
	*list = append(*list, fmt.Sprintf(sentence, values...))
}

// camp words a position.
func camp(x float64) string {
	switch {
	case x < .2:
		return "firmly sovereign: each state rules its own network"
	case x < .4:
		return "rather sovereign"
	case x < .6:
		return "in the middle, between the camps"
	case x < .8:
		return "rather open"
	}
	return "firmly open: one network, run by all who have a stake in it"
}

// joinNames lists names for a sentence, a few at most.
func joinNames(names []string, most int) string {
	if len(names) > most {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("%d more", len(names)-most))
	}
	return world.Listed(names)
}

func (c *Card) state(w *world.World, i int) {
	s, n := &w.States, w.States.N
	x := s.Position[i*w.Dim]
	c.Scale, c.HasScale = x, true
	c.Role = fmt.Sprintf("You speak for %s, number %d of %d in power, with %s of the world's internet users.",
		s.Name[i], rankOf(s.Power, i), n, percent(s.Users[i]))
	say(&c.Want, "Rules near your own view. You stand at %.0f on a scale from 0 (sovereign) to 100 (open): %s.", 100*x, camp(x))
	c.texts(w, x)
	say(&c.Want, "A network that your people can use: today they reach the rest of the world at %s of full quality.", percent(Reach(w, i)))
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

func (c *Card) firm(w *world.World, f int) {
	firms, n := &w.Firms, w.States.N
	home := "abroad"
	if h := firms.Home[f]; h != world.Abroad {
		home = w.States.Name[h]
	}
	x := firms.Position[f*w.Dim]
	c.Scale, c.HasScale = x, true
	c.Role = fmt.Sprintf("You speak for %s, a firm of %s (%s). You serve %s of the world's internet users.", firms.Name[f], home, strings.ReplaceAll(firms.Sector[f], "_", " "), percent(firms.Served[f]))
	say(&c.Want, "Markets without bans, and rules near your own view: %.0f on a scale from 0 (sovereign) to 100 (open), %s.", 100*x, camp(x))
	var markets, bans []string
	for _, i := range ranked(n, func(i int) float64 { return firms.Share[f*n+i] * w.States.Users[i] })[:min(5, n)] {
		markets = append(markets, w.States.Name[i])
	}
	for i := range n {
		if firms.Ban[f*n+i] > 0 {
			bans = append(bans, w.States.Name[i])
		}
	}
	say(&c.Want, "Your main markets: %s.", joinNames(markets, 5))
	say(&c.Can, "Lobby the states that you serve, and sign, or leave, accords of the private sector.")
	if len(w.Stacks) > 1 {
		say(&c.Can, "Choose the technical standards that your products run on.")
	}
	if len(bans) > 0 {
		say(&c.Know, "You are limited or banned in %s.", joinNames(bans, 6))
	} else {
		say(&c.Know, "Nobody bans you yet.")
	}
	say(&c.Know, "Others think that you obey your home state to %s.", percent(firms.Tie[f]))
	for other := range firms.N {
		if other != f && firms.Home[other] == firms.Home[f] && len(c.Friends) < 5 && firms.Home[f] != world.Abroad {
			say(&c.Friends, "%s, of the same country", firms.Name[other])
		}
		if other != f && firms.Sector[other] == firms.Sector[f] && firms.Home[other] != firms.Home[f] && len(c.Rivals) < 5 {
			say(&c.Rivals, "%s, in the same business", firms.Name[other])
		}
	}
}

func (c *Card) chair(w *world.World, id string) {
	var f *world.Forum
	for _, list := range [][]world.Forum{w.Forums, w.Catalogue} {
		for k := range list {
			if list[k].ID == id && f == nil {
				f = &list[k]
			}
		}
	}
	if f == nil {
		return
	}
	c.Role = fmt.Sprintf("You chair the %s, on %s. It decides by %s.", f.Name, f.Line.Words(), strings.ReplaceAll(string(f.Rule), "_", " "))
	if w.FindForum(id) < 0 {
		c.Role += " It does not exist yet: a text has to set it up first."
	}
	say(&c.Want, "A text that passes, and that is worth having: a chair is remembered for results.")
	say(&c.Can, "Write the draft that the members get to see: where it stands, and how much it asks of them.")
	say(&c.Can, "Talk to everybody. You have no vote.")
	var xs []float64
	var low, high []string
	order := ranked(w.States.N, func(i int) float64 { return w.States.Power[i] })
	for _, i := range order {
		x := w.States.Position[i*w.Dim]
		if len(f.Members) == w.States.N && !f.Members[i] && w.FindForum(id) >= 0 {
			continue
		}
		xs = append(xs, x)
		if x < .35 {
			low = append(low, w.States.Name[i])
		}
		if x > .65 {
			high = append(high, w.States.Name[i])
		}
	}
	slices.Sort(xs)
	if len(xs) > 0 {
		say(&c.Know, "Your members stand between %.0f and %.0f on the scale from 0 (sovereign) to 100 (open); half of them are below %.0f.", 100*xs[0], 100*xs[len(xs)-1], 100*xs[len(xs)/2])
	}
	say(&c.Know, "Sovereign side, the powerful first: %s.", orNobody(low))
	say(&c.Know, "Open side: %s.", orNobody(high))
	say(&c.Know, "The deeper the text and the farther from a member, the likelier that it disowns or blocks it. Your forum's legitimacy, %s, is what isolation costs.", percent(f.Legitimacy))
}

func orNobody(names []string) string {
	if len(names) == 0 {
		return "nobody"
	}
	return joinNames(names, 5)
}

// Reach is how well a state's users reach those of all others: the mean quality of
// its links by their users, [0, 1].
func Reach(w *world.World, i int) float64 {
	n, sum, users := w.States.N, 0.0, 0.0
	for j, u := range w.States.Users {
		if j != i {
			sum += u * w.Dyads.Link[min(i, j)*n+max(i, j)]
			users += u
		}
	}
	if users == 0 {
		return 1
	}
	return sum / users
}

// Trusted is how far others trust a state, by their power, [0, 1].
func Trusted(w *world.World, i int) float64 {
	n, sum, power := w.States.N, 0.0, 0.0
	for j, p := range w.States.Power {
		if j != i {
			sum += p * w.Dyads.Trust[j*n+i]
			power += p
		}
	}
	if power == 0 {
		return 1
	}
	return sum / power
}

// Nearness is how near the rules in force are to a state's position: the mean over
// lines of the nearest text's closeness, [0, 1].
func Nearness(w *world.World, i int) float64 {
	x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	sum, lines := 0.0, 0.0
	for _, line := range world.Lines {
		total, texts := 0.0, 0.0
		for t := range w.Texts {
			if text := &w.Texts[t]; text.Line == line && text.Status == world.InForce {
				total += text.Depth * (1 - world.Distance(x, text.Position))
				texts += text.Depth
			}
		}
		if texts > 0 {
			sum += total / texts
			lines++
		}
	}
	if lines == 0 {
		return 0
	}
	return sum / lines
}

// Standing is how a state fares: what it can be proud of, or not.
type Standing struct {
	Measure, Help string
	Start, Now    float64
}

// Standings are the standing of a delegation at the start and now; states have
// three.
func (p *Play) Standings(agent string) []Standing {
	kind, id, _ := strings.Cut(agent, ".")
	i := p.World.FindState(id)
	if kind != "state" || i < 0 {
		return nil
	}
	return []Standing{
		{"Reach", "how well your users reach the rest of the world", Reach(p.Start, i), Reach(p.World, i)},
		{"Rules near you", "how near the rules in force are to your view", Nearness(p.Start, i), Nearness(p.World, i)},
		{"Trust in you", "how far others trust you, by their power", Trusted(p.Start, i), Trusted(p.World, i)},
	}
}

// ranked lists 0 to n-1, the largest value first.
func ranked(n int, value func(k int) float64) []int {
	order := make([]int, n)
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(value(b), value(a)) })
	return order
}

func rankOf(values []float64, i int) int {
	rank := 1
	for _, x := range values {
		if x > values[i] {
			rank++
		}
	}
	return rank
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	return sum / float64(max(1, len(values)))
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
