package delegation

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/world"
)

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
	f := Forum(w, id)
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
