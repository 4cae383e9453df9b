package room

import (
	"fmt"
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

// sheet makes the order sheet of an agent for the round to come.
func (p *Play) sheet(g *Game, agent string) *Sheet {
	s := &Sheet{Agent: agent, Round: p.Through + 1}
	q := &questions{p.World, p.Texts, p.Answered(s.Round, agent)}
	kind, id, _ := strings.Cut(agent, ".")
	switch kind {
	case "state":
		state := p.World.FindState(id)
		q.toState(s, state)
		for _, d := range p.Drafts(g) {
			if d.Agent == agent {
				s.Own = &d
			}
		}
		if s.Round < p.Plan.Rounds {
			s.Forums = venues(p.World, state)
		}
	case "firm":
		q.toFirm(s)
	case "forum":
		s.add(Group{Name: "The chair's text", Help: "What you put to the members when your forum meets. The deeper it is, and the farther from a member, the likelier that somebody blocks it."},
			Item{Decide: "text", Title: "Where your text stands", Second: "depth", Model: q.model("text", "")})
	}
	return s
}

func (s *Sheet) add(g Group, items ...Item) {
	if len(items) > 0 {
		g.Items = items
		s.Groups = append(s.Groups, g)
	}
}

// forumName is the name of a forum, which need not exist yet.
func forumName(w *world.World, id string) string {
	if f := delegation.Forum(w, id); f != nil {
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
			list = append(list, DraftFacts{ID: draftID(p.Through, agent), Agent: agent, Name: p.Name(agent), Forum: forumName(p.World, d.Forum), Draft: *d})
		}
	}
	return list
}

// Name is what an agent is called.
func (p *Play) Name(agent string) string { return delegation.Name(p.World, agent) }

// venues are the forums in which a state can table a text.
func venues(w *world.World, i int) []Option {
	var list []Option
	for k := range w.Forums {
		f := &w.Forums[k]
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
