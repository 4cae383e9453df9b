package room

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/models/world"
)

// Group gathers the questions of a sheet under a heading.
type Group struct {
	Name, Help string
	More       bool // of interest to few: folded away on the page
	Items      []Item
}

// Item is one question of an order sheet.
type Item struct {
	Decide, About string
	Title         string
	Detail        string
	Options       []Option // of an answer in words, or of levels
	Parts         []string // names of the parts of a mix
	Model         string   // what the model would answer; "" where that would tell the future
	Mix           []float64
	Second        string // name of the second number of a point: depth or strength
	Text          *TextFacts
}

// Key names the question.
func (i *Item) Key() string { return key(i.Decide, i.About) }

// Form tells pages what to draw: word, level, mix or point.
func (i *Item) Form() string { return [...]string{"word", "level", "mix", "point"}[formOf(i.Decide)] }

// Option is an answer that can be chosen.
type Option struct{ Value, Label string }

// Sheet is the order sheet of a delegation for a round.
type Sheet struct {
	Agent  string
	Round  int
	Groups []Group
	Own    *DraftFacts // its text that is decided in this round
	Forums []Option    // where it can table a text for the next round; none in the last
}

// DraftFacts is a text that a delegation has tabled for the round.
type DraftFacts struct {
	ID    string
	Agent string
	Name  string // of the delegation
	Forum string // name of the forum
	Draft
}

var (
	yesOrNo = []Option{{"yes", "yes"}, {"no", "no"}}
	votes   = []Option{{"yes", "yes"}, {"abstain", "abstain"}, {"no", "no"}, {"absent", "do not take part"}}
	stances = []Option{{"join", "go along"}, {"dissociate", "let it pass, but disown it"}, {"block", "block consensus"}}
	rungs   = []Option{{"none", "do nothing"}, {"protest", "protest in public"}, {"sanctions", "impose sanctions"}, {"counter-operation", "hit back in cyberspace"}, {"cross-domain", "answer outside cyberspace"}}
	bars    = []Option{{"0", "allow"}, {"0.5", "limit"}, {"1", "ban"}}
	borders = []Option{{"0", "none: an open network"}, {"0.25", "a few filters"}, {"0.5", "many filters"}, {"1", "a wall"}}
)

// sheet makes the order sheet of an agent for the round to come.
func (p *Play) sheet(g *Game, agent string) *Sheet {
	s := &Sheet{Agent: agent, Round: p.Through + 1}
	asked := p.Answered(s.Round, agent)
	w := p.World
	kind, id, _ := strings.Cut(agent, ".")
	switch kind {
	case "state":
		p.stateSheet(s, asked, w.FindState(id))
		for _, d := range p.Drafts(g) {
			if d.Agent == agent {
				s.Own = &d
			}
		}
		if s.Round < p.Plan.Rounds {
			s.Forums = p.venues(w.FindState(id))
		}
	case "firm":
		p.firmSheet(s, asked)
	case "forum":
		s.add(Group{Name: "The chair's text", Help: "What you put to the members when your forum meets. The deeper it is, and the farther from a member, the likelier that somebody blocks it."},
			Item{Decide: "text", Title: "Where your text stands", Second: "depth", Model: modelOf(asked, "text", "")})
	}
	return s
}

func (s *Sheet) add(g Group, items ...Item) {
	if len(items) > 0 {
		g.Items = items
		s.Groups = append(s.Groups, g)
	}
}

// modelOf is what the model answered to a question, or "".
func modelOf(asked []Asked, decide, about string) string {
	for _, a := range asked {
		if a.Decide == decide && a.About == about {
			return a.Model
		}
	}
	return ""
}

// pick makes an item of every question of a kind.
func (p *Play) pick(asked []Asked, decide string, options []Option, title func(a *Asked) string) []Item {
	var items []Item
	for k := range asked {
		a := &asked[k]
		if a.Decide != decide {
			continue
		}
		item := Item{Decide: decide, About: a.About, Title: title(a), Options: options, Model: a.Model, Mix: a.Mix}
		if facts, ok := p.Texts[a.About]; ok && (decide == "vote" || decide == "stance" || decide == "adopt" || decide == "sponsor") {
			item.Text, item.Title = &facts, facts.Title
		}
		items = append(items, item)
	}
	return items
}

func (p *Play) stateSheet(s *Sheet, asked []Asked, i int) {
	w := p.World
	s.add(Group{Name: "Votes", Help: "Texts that are put to the vote this round."},
		p.ballots(asked)...)
	s.add(Group{Name: "Your diplomats", Help: "How your diplomats split their time. Consensus makes texts deeper, bridges win back links to those who think otherwise, bilateral work brings agreements, coalitions rival forums."},
		p.effort(asked)...)
	s.add(Group{Name: "Vendors", Help: "Whose equipment and services may run in your networks. A ban costs links to the vendor's home."},
		p.vendors(i)...)
	s.add(Group{Name: "If you are attacked", Help: "Your standing order for incidents of this round that you blame on somebody in public."},
		Item{Decide: "answer", Title: "Answer an attack by", Options: rungs})
	s.add(Group{Name: "Network", Help: "Which technical standards your networks move towards as equipment is renewed, and how closed your border is."},
		append(p.stacks(asked), p.border(asked, i)...)...)
	s.add(Group{Name: "Talks by consensus", Help: "Forums of yours that decide without a vote. Whoever blocks stands alone.", More: true},
		p.pick(asked, "stance", stances, nothing)...)
	s.add(Group{Name: "Rules to adopt", Help: "Norms that you may endorse and treaties that you may ratify.", More: true},
		p.pick(asked, "adopt", yesOrNo, nothing)...)
	s.add(Group{Name: "Agreements", Help: "An agreement on conduct opens a channel between two states. It needs a yes from both.", More: true},
		p.pick(asked, "agree", yesOrNo, func(a *Asked) string {
			if j := w.FindState(a.About); j >= 0 {
				return "Agreement with " + w.States.Name[j]
			}
			return a.About
		})...)
	s.add(Group{Name: "Institutions", Help: "Mandates that end, and rival forums that the dissatisfied would found.", More: true},
		p.institutions(asked)...)
}

// ballots asks about each text first for a vote and then for the name under it.
func (p *Play) ballots(asked []Asked) []Item {
	names := p.pick(asked, "sponsor", yesOrNo, nothing)
	var items []Item
	for _, item := range p.pick(asked, "vote", votes, nothing) {
		items = append(items, item)
		if k := slices.IndexFunc(names, func(i Item) bool { return i.About == item.About }); k >= 0 {
			names[k].Title, names[k].Text = "Co-sponsor it", nil
			items = append(items, names[k])
		}
	}
	return items
}

func (p *Play) institutions(asked []Asked) []Item {
	var items []Item
	for _, q := range []struct{ decide, title string }{
		{"renew", "Renew the mandate of the "}, {"join", "Join the "}, {"leave", "Leave the "},
	} {
		items = append(items, p.pick(asked, q.decide, yesOrNo, func(a *Asked) string { return q.title + p.forum(a.About) })...)
	}
	return append(items, p.pick(asked, "found", yesOrNo, func(a *Asked) string {
		return "Join in founding a rival forum on " + world.Line(a.About).Words()
	})...)
}

func nothing(*Asked) string { return "" }

func (p *Play) effort(asked []Asked) []Item {
	item := Item{Decide: "effort", Title: "Percent of their time", Parts: world.EffortNames}
	for _, a := range asked {
		if a.Decide == "effort" {
			item.Model, item.Mix = a.Model, a.Mix
			return []Item{item}
		}
	}
	return nil // nobody asks: diplomacy is off, or it is not January in this round
}

// most is how many vendors a sheet lists.
const most = 6

// vendors lists the firms that a state might ban: those banned, and the largest
// in its market whose home is another state. What is not asked about is left out.
func (p *Play) vendors(i int) []Item {
	w := p.World
	f, n := &w.Firms, w.States.N
	type vendor struct {
		firm   int
		weight float64
	}
	var list []vendor
	for k := range f.N {
		home := f.Home[k]
		if home == i || home == world.Abroad {
			continue
		}
		weight := f.Share[k*n+i] * (1.2 - w.Dyads.Trust[i*n+home])
		if f.Sector[k] == "equipment" || f.Sector[k] == "telecom" || f.Sector[k] == "security" {
			weight *= 3
		}
		if f.Ban[k*n+i] > 0 {
			weight += 10
		}
		list = append(list, vendor{k, weight})
	}
	slices.SortStableFunc(list, func(a, b vendor) int { return cmp.Compare(b.weight, a.weight) })
	var items []Item
	for _, v := range list[:min(most, len(list))] {
		k := v.firm
		items = append(items, Item{
			Decide: "ban", About: f.ID[k], Title: f.Name[k], Options: bars,
			Detail: fmt.Sprintf("%s of %s, %s of your market, now: %s", f.Sector[k], w.States.Name[f.Home[k]], percent(f.Share[k*n+i]), banWords(f.Ban[k*n+i])),
		})
	}
	return items
}

func (p *Play) stacks(asked []Asked) []Item {
	w := p.World
	var items []Item
	for _, a := range asked {
		if a.Decide == "stack" {
			parts := partsOf(w, "stack")
			for k := range parts {
				parts[k] = w.Stacks[k].Name
				if parts[k] == "" {
					parts[k] = w.Stacks[k].ID
				}
			}
			items = append(items, Item{Decide: "stack", Title: "Steer your networks to, in percent", Parts: parts, Model: a.Model, Mix: a.Mix})
		}
	}
	return append(items, p.pick(asked, "recognise", yesOrNo, func(a *Asked) string {
		return "Recognise " + p.stack(a.About) + " as a standard (for good)"
	})...)
}

func (p *Play) stack(id string) string {
	if s := p.World.FindStack(id); s >= 0 && p.World.Stacks[s].Name != "" {
		return p.World.Stacks[s].Name
	}
	return id
}

func (p *Play) border(asked []Asked, i int) []Item {
	if model := modelOf(asked, "control", ""); model != "" {
		return []Item{{
			Decide: "control", Title: "Controls at your border", Options: borders, Model: model,
			Detail: "now " + percent(p.World.States.Control[i]),
		}}
	}
	return nil
}

// forum is the name of a forum, which need not exist yet.
func (p *Play) forum(id string) string {
	if f := delegation.Forum(p.World, id); f != nil {
		return f.Name
	}
	return id
}

// Drafts lists the texts that the class tabled in the last round: they are decided
// in the one that is open.
func (p *Play) Drafts(g *Game) []DraftFacts {
	var list []DraftFacts
	for _, agent := range g.agents(p.Through) {
		if d := g.order(p.Through, agent).Draft; d != nil {
			list = append(list, DraftFacts{ID: draftID(p.Through, agent), Agent: agent, Name: p.Name(agent), Forum: p.forum(d.Forum), Draft: *d})
		}
	}
	return list
}

// venues are the forums in which a state can table a text.
func (p *Play) venues(i int) []Option {
	var list []Option
	for k := range p.World.Forums {
		f := &p.World.Forums[k]
		if f.Status != world.Alive || !f.Members[i] || f.Rule == world.NoDecision {
			continue
		}
		how := "decides by consensus"
		switch f.Rule {
		case world.Majority:
			how = "votes by majority"
		case world.TwoThirds:
			how = "two thirds"
		}
		list = append(list, Option{f.ID, fmt.Sprintf("%s (%s; %s)", f.Name, f.Line.Words(), how)})
	}
	return list
}

func (p *Play) firmSheet(s *Sheet, asked []Asked) {
	w := p.World
	if len(w.Stacks) > 1 && modelOf(asked, "sell", "") != "" {
		var options []Option
		for k := range w.Stacks {
			if w.Stacks[k].Proposed {
				options = append(options, Option{w.Stacks[k].ID, p.stack(w.Stacks[k].ID)})
			}
		}
		s.add(Group{Name: "Products", Help: "The technical standards that your products run on."},
			Item{Decide: "sell", Title: "Sell products for", Options: options, Model: modelOf(asked, "sell", "")})
	}
	if model := modelOf(asked, "lobby", ""); model != "" {
		s.add(Group{Name: "Lobbying", Help: "Where you want the states in whose markets you sell to move, and how hard you push."},
			Item{Decide: "lobby", Title: "Lobby for", Second: "strength", Model: model})
	}
	s.add(Group{Name: "Accords", Help: "Norms of the private sector that you may sign, or stay in."},
		p.pick(asked, "sponsor", yesOrNo, nothing)...)
	s.add(Group{Name: "Offices", Help: "Forums of states where your lobbyists sit, or could."},
		p.pick(asked, "represent", yesOrNo, func(a *Asked) string { return "Keep an office at the " + p.forum(a.About) })...)
}

// Name is what an agent is called.
func (p *Play) Name(agent string) string { return delegation.Name(p.World, agent) }
