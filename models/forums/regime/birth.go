package regime

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/world"
	"splinternet/sim"
)

// FoundOutside lets coalitions found forums of their own on lines that the Assembly does
// not treat.
func (m *Regime) FoundOutside(now *sim.Tick, w *world.World) {
	for _, line := range world.Lines {
		if line == world.Industry || line == world.Rights || assembly(w, line) >= 0 {
			continue
		}
		for _, side := range Sides {
			c, founds := m.Rival(now, w, line, side)
			if !founds {
				continue
			}
			f := m.Charter(now, w, &c, false)
			k := add(now, w, &f)
			w.Changed(k)
			if w.Chronicle.On {
				w.Tell(Founded{k, c})
			}
		}
	}
}

// Charter is the forum that a coalition wants, at its centre: open to all under the
// Assembly, else for its own members.
func (m *Regime) Charter(now *sim.Tick, w *world.World, c *Coalition, open bool) world.Forum {
	id, name := named(now, w, c, open)
	f := world.Forum{
		ID: id, Name: name, Key: sim.Key(id), Line: c.Line, Rule: world.Consensus, Access: world.AccessInvited,
		Structured: true, Universal: open, WesternLed: western(w, c.Lead), Cycle: 1, Sponsor: c.Lead, Chair: -1, Text: -1,
		Members: make([]bool, w.States.N), Firms: make([]bool, w.Firms.N), Position: middle(w, c.Members), Legitimacy: m.NewLegitimacy,
		MandateEnd: world.NoEnd,
	}
	if open {
		f.Access = world.AccessStates
	}
	for i := range f.Members {
		f.Members[i] = open || slices.Contains(c.Members, i)
	}
	return f
}

// named is the identifier and the name of a coalition's forum.
func named(now *sim.Tick, w *world.World, c *Coalition, open bool) (id, name string) {
	year := now.Date.Year()
	id = world.FoundedID(c.Line, year)
	for number := 2; w.FindForum(id) >= 0; number++ {
		id = world.NumberedID(world.FoundedID(c.Line, year), number)
	}
	if open {
		return id, fmt.Sprintf("UN Working Group on %s of %d", c.Line.Words(), year)
	}
	return id, fmt.Sprintf("%s-led %s Forum (%d)", w.States.Name[c.Lead], subject(c.Line), year)
}

// subject is the line as the name of a forum has it.
func subject(line world.Line) string {
	switch line {
	case world.ICTSecurity:
		return "ICT Security"
	case world.Confidence:
		return "Confidence-Building"
	case world.InternetGovernance:
		return "Internet Policy" // an Internet Governance Forum there is already
	}
	return strings.ToUpper(string(line[:1])) + string(line[1:])
}

// westernGroup is the founding coalition of the liberal order among the groups of states.
const westernGroup = "west"

// western tells whether a state belongs to the founding coalition of the liberal
// order.
func western(w *world.World, i int) bool {
	g := w.FindGroup(westernGroup)
	return g >= 0 && slices.Contains(w.Groups[g].Members, i)
}

// add adds a forum to the world.
func add(now *sim.Tick, w *world.World, template *world.Forum) int {
	f := *template
	f.Members = slices.Clone(template.Members)
	f.Firms = slices.Clone(template.Firms)
	f.Position = slices.Clone(template.Position)
	f.Founded, f.AgeAtStart, f.Text = now.Index, 0, -1
	w.Forums = append(w.Forums, f)
	return len(w.Forums) - 1
}

// Found adds a forum that a scenario or the catalogue describes, with a mandate of the
// given years from now (0: permanent), or wakes the one of its name. It returns the
// forum's number. Announced says that a scenario tells of it in words of its own.
func Found(now *sim.Tick, w *world.World, template *world.Forum, mandate float64, announced bool) int {
	if k := w.FindForum(template.ID); k >= 0 {
		reconvene(now, w, k, mandate)
		return k
	}
	k := add(now, w, template)
	entrust(now, w, k, mandate, SetUp)
	if w.Chronicle.On {
		w.Tell(Mandated{k, SetUp, announced})
	}
	return k
}

// FindOrFound wakes the forum of that identifier, or founds it from the world's
// catalogue, with a mandate of the given years from now (0: permanent). It
// returns the forum's number, or -1 if no such forum is known.
func FindOrFound(now *sim.Tick, w *world.World, id string, mandate float64) int {
	if k := w.FindForum(id); k >= 0 {
		reconvene(now, w, k, mandate)
		return k
	}
	for c := range w.Catalogue {
		if w.Catalogue[c].ID == id {
			return Found(now, w, &w.Catalogue[c], mandate, false)
		}
	}
	return -1
}

// reconvene renews the mandate of a forum, or convenes it again where it has ended.
func reconvene(now *sim.Tick, w *world.World, k int, mandate float64) {
	f := &w.Forums[k]
	if f.Status == world.Alive && f.MandateEnd == world.NoEnd && mandate == 0 {
		return // it is there for good already
	}
	act := Renewed
	if f.Status != world.Alive && now.Index-f.MandateEnd >= now.PerYear {
		act = Reconvened // sooner, it has only been waiting for its new mandate
	}
	Entrust(now, w, k, mandate, act)
}
