package room

import (
	"cmp"
	"fmt"
	"slices"

	"splinternet/models/world"
)

var (
	yesOrNo   = []Option{{"yes", "yes"}, {"no", "no"}}
	votes     = []Option{{"yes", "yes"}, {"abstain", "abstain"}, {"no", "no"}, {"absent", "do not take part"}}
	stances   = []Option{{"join", "go along"}, {"dissociate", "let it pass, but disown it"}, {"block", "block consensus"}}
	responses = []Option{{"none", "do nothing"}, {"protest", "protest in public"}, {"sanctions", "impose sanctions"}, {"counter-operation", "hit back in cyberspace"}, {"cross-domain", "answer outside cyberspace"}}
	bans      = []Option{{"0", "allow"}, {"0.5", "limit"}, {"1", "ban"}}
	borders   = []Option{{"0", "none: an open network"}, {"0.25", "a few filters"}, {"0.5", "many filters"}, {"1", "a wall"}}
)

// questions are what the mechanisms would ask an agent in the round to come, and
// what has to be known to put them to a class.
type questions struct {
	world *world.World
	texts map[string]TextFacts
	asked []Asked
}

// model is what the model answered to a question, or "".
func (q *questions) model(decide, about string) string {
	for _, a := range q.asked {
		if a.Decide == decide && a.About == about {
			return a.Model
		}
	}
	return ""
}

// pick makes an item of every question of a kind.
func (q *questions) pick(decide string, options []Option, title func(a *Asked) string) []Item {
	var items []Item
	for k := range q.asked {
		a := &q.asked[k]
		if a.Decide != decide {
			continue
		}
		item := Item{Decide: decide, About: a.About, Title: title(a), Options: options, Model: a.Model, Mix: a.Mix}
		if facts, ok := q.texts[a.About]; ok && (decide == "vote" || decide == "stance" || decide == "adopt" || decide == "sponsor") {
			item.Text, item.Title = &facts, facts.Title
		}
		items = append(items, item)
	}
	return items
}

// toState asks a state.
func (q *questions) toState(s *Sheet, i int) {
	s.add(Group{Name: "Votes", Help: "Texts that are put to the vote this round."},
		q.ballots()...)
	s.add(Group{Name: "Your diplomats", Help: "How your diplomats split their time. Consensus makes texts deeper, bridges win back links to those who think otherwise, bilateral work brings agreements, coalitions rival forums."},
		q.effort()...)
	s.add(Group{Name: "Vendors", Help: "Whose equipment and services may run in your networks. A ban costs links to the vendor's home."},
		q.vendors(i)...)
	s.add(Group{Name: "If you are attacked", Help: "Your standing order for incidents of this round that you blame on somebody in public."},
		Item{Decide: "answer", Title: "Answer an attack by", Options: responses})
	s.add(Group{Name: "Network", Help: "Which technical standards your networks move towards as equipment is renewed, and how closed your border is."},
		append(q.stacks(), q.border(i)...)...)
	s.add(Group{Name: "Talks by consensus", Help: "Forums of yours that decide without a vote. Whoever blocks stands alone.", More: true},
		q.pick("stance", stances, nothing)...)
	s.add(Group{Name: "Rules to adopt", Help: "Norms that you may endorse and treaties that you may ratify.", More: true},
		q.pick("adopt", yesOrNo, nothing)...)
	s.add(Group{Name: "Agreements", Help: "An agreement on conduct opens a channel between two states. It needs a yes from both.", More: true},
		q.pick("agree", yesOrNo, func(a *Asked) string {
			if j := q.world.FindState(a.About); j >= 0 {
				return "Agreement with " + q.world.States.Name[j]
			}
			return a.About
		})...)
	s.add(Group{Name: "Institutions", Help: "Mandates that end, and rival forums that the dissatisfied would found.", More: true},
		q.institutions()...)
}

// ballots asks about each text first for a vote and then for the name under it.
func (q *questions) ballots() []Item {
	names := q.pick("sponsor", yesOrNo, nothing)
	var items []Item
	for _, item := range q.pick("vote", votes, nothing) {
		items = append(items, item)
		if k := slices.IndexFunc(names, func(i Item) bool { return i.About == item.About }); k >= 0 {
			names[k].Title, names[k].Text = "Co-sponsor it", nil
			items = append(items, names[k])
		}
	}
	return items
}

func (q *questions) institutions() []Item {
	var items []Item
	for _, about := range []struct{ decide, title string }{
		{"renew", "Renew the mandate of the "}, {"join", "Join the "}, {"leave", "Leave the "},
	} {
		items = append(items, q.pick(about.decide, yesOrNo, func(a *Asked) string { return about.title + forumName(q.world, a.About) })...)
	}
	return append(items, q.pick("found", yesOrNo, func(a *Asked) string {
		return "Join in founding a rival forum on " + world.Line(a.About).Words()
	})...)
}

// nothing leaves the title to the text that is asked about.
func nothing(*Asked) string { return "" }

func (q *questions) effort() []Item {
	item := Item{Decide: "effort", Title: "Percent of their time", Parts: world.EffortNames}
	for _, a := range q.asked {
		if a.Decide == "effort" {
			item.Model, item.Mix = a.Model, a.Mix
			return []Item{item}
		}
	}
	return nil // nobody asks: diplomacy is off, or it is not January in this round
}

// mostVendors is how many vendors a sheet lists.
const mostVendors = 6

// vendors lists the firms that a state might ban: those banned, and the largest
// in its market whose home is another state.
func (q *questions) vendors(i int) []Item {
	f, n := &q.world.Firms, q.world.States.N
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
		weight := f.Share[k*n+i] * (1.2 - q.world.Dyads.Trust[i*n+home])
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
	for _, v := range list[:min(mostVendors, len(list))] {
		k := v.firm
		items = append(items, Item{
			Decide: "ban", About: f.ID[k], Title: f.Name[k], Options: bans,
			Detail: fmt.Sprintf("%s of %s, %s of your market, now: %s", f.Sector[k], q.world.States.Name[f.Home[k]], percent(f.Share[k*n+i]), banWords(f.Ban[k*n+i])),
		})
	}
	return items
}

func (q *questions) stacks() []Item {
	var items []Item
	for _, a := range q.asked {
		if a.Decide == "stack" {
			parts := partsOf(q.world, "stack")
			for k := range parts {
				parts[k] = q.stackName(parts[k])
			}
			items = append(items, Item{Decide: "stack", Title: "Steer your networks to, in percent", Parts: parts, Model: a.Model, Mix: a.Mix})
		}
	}
	return append(items, q.pick("recognise", yesOrNo, func(a *Asked) string {
		return "Recognise " + q.stackName(a.About) + " as a standard (for good)"
	})...)
}

func (q *questions) stackName(id string) string {
	if s := q.world.FindStack(id); s >= 0 && q.world.Stacks[s].Name != "" {
		return q.world.Stacks[s].Name
	}
	return id
}

func (q *questions) border(i int) []Item {
	if model := q.model("control", ""); model != "" {
		return []Item{{
			Decide: "control", Title: "Controls at your border", Options: borders, Model: model,
			Detail: "now " + percent(q.world.States.Control[i]),
		}}
	}
	return nil
}

// toFirm asks a firm.
func (q *questions) toFirm(s *Sheet) {
	if len(q.world.Stacks) > 1 && q.model("sell", "") != "" {
		var options []Option
		for k := range q.world.Stacks {
			if q.world.Stacks[k].Proposed {
				options = append(options, Option{q.world.Stacks[k].ID, q.stackName(q.world.Stacks[k].ID)})
			}
		}
		s.add(Group{Name: "Products", Help: "The technical standards that your products run on."},
			Item{Decide: "sell", Title: "Sell products for", Options: options, Model: q.model("sell", "")})
	}
	if model := q.model("lobby", ""); model != "" {
		s.add(Group{Name: "Lobbying", Help: "Where you want the states in whose markets you sell to move, and how hard you push."},
			Item{Decide: "lobby", Title: "Lobby for", Second: "strength", Model: model})
	}
	s.add(Group{Name: "Accords", Help: "Norms of the private sector that you may sign, or stay in."},
		q.pick("sponsor", yesOrNo, nothing)...)
	s.add(Group{Name: "Offices", Help: "Forums of states where your lobbyists sit, or could."},
		q.pick("represent", yesOrNo, func(a *Asked) string { return "Keep an office at the " + forumName(q.world, a.About) })...)
}
