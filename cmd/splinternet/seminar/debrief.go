package seminar

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/models/measures"
	"splinternet/sim"
)

// debrief serves what the class came to, beside what it would have without it.
type debrief struct {
	*desk
	figures *figures
}

// debriefView is the page of the debrief, and the pack to print.
type debriefView struct {
	view
	Instructor bool
	Turns      []*turnView
	Compared   []compared
	Class      *room.Outcome
	Without    *room.Outcome
	EndYear    int
	Votes      []votePair
	Delegates  []delegate
	Decisions  []decision // that a "what if" can change
	Asked      room.Change
	Other      *room.Outcome
	OtherVotes []votePair
	Figures    []drawing
	History    []spell // of end states, with the class
	Otherwise  []spell // and without
	Standalone bool
}

// spell is a time for which the world is in one end state.
type spell struct{ From, To, Label string }

// spells sums a history of labels up.
func spells(o *room.Outcome, calendar sim.Calendar) []spell {
	var list []spell
	for t, label := range o.Result.Verdict.History {
		to := calendar.Date(t+1).AddDate(0, 0, -1).Format("January 2006")
		if n := len(list); n > 0 && list[n-1].Label == label.Words() {
			list[n-1].To = to
			continue
		}
		list = append(list, spell{calendar.Date(t).Format("January 2006"), to, label.Words()})
	}
	return list
}

// compared is a measure in the class's run and in another, where the class ended
// and where the scenario ends.
type compared struct {
	Title, Unit                string
	Start                      float64
	Class, Without, Other      float64
	ClassEnd, WithoutEnd, Last float64
}

type votePair struct {
	Title      string
	Class      string
	Without    string
	ClassYes   int
	WithoutYes int
}

type delegate struct {
	Agent, Name, Members string
	Filed, Asked, Own    int
	Standings            []delegation.Standing
	Notes                []note
}

type note struct {
	Round int
	Text  string
}

// decision is an answer of a delegation with what else it could have been.
type decision struct {
	Round        int
	Agent, Name  string
	Key          string
	Title, Given string
	Options      []room.Option
}

// entitled lets in whoever may see the debrief: the instructor, and the class once
// it is open.
func (p *debrief) entitled(w http.ResponseWriter, r *http.Request) (instructor, ok bool) {
	_, instructor, ok = p.insider(r)
	switch {
	case instructor || ok && p.room.View().State.Debrief:
		return instructor, true
	case ok:
		p.sorry(w, http.StatusForbidden, "The debrief is not open yet.")
	default:
		p.sorry(w, http.StatusForbidden, "The debrief is for the class. Join it with the code on the wall.")
	}
	return false, false
}

func (p *debrief) show(w http.ResponseWriter, r *http.Request) {
	instructor, ok := p.entitled(w, r)
	if !ok {
		return
	}
	v, err := p.page(changeOf(r))
	if err != nil {
		p.refused(w, err)
		return
	}
	v.Instructor = instructor
	p.send(w, http.StatusOK, "debrief", v)
}

// changeOf reads the "what if" of the address; there is none without an agent.
func changeOf(r *http.Request) room.Change {
	q := r.URL.Query()
	c := room.Change{Agent: q.Get("agent"), Key: q.Get("key"), Value: q.Get("value")}
	c.Round, _ = strconv.Atoi(q.Get("round")) // round 0 is nobody's
	// A choice of the list carries all three.
	if choice := strings.SplitN(q.Get("choice"), "|", 3); len(choice) == 3 {
		c.Round, _ = strconv.Atoi(choice[0])
		c.Agent, c.Key = choice[1], choice[2]
	}
	return c
}

func (p *debrief) page(change room.Change) (*debriefView, error) {
	counter, err := p.room.Counter()
	if err != nil {
		return nil, err
	}
	v := &debriefView{view: p.view("Debrief", "debrief", ""), Class: counter.Class, Without: counter.Without, Asked: change}
	for round := 1; round <= v.State.Through; round++ {
		v.Turns = append(v.Turns, newTurn(v.View, round))
	}
	calendar := v.Scenario.Calendar
	v.History, v.Otherwise = spells(v.Class, calendar), spells(v.Without, calendar)
	v.EndYear = calendar.Date(calendar.Ticks).AddDate(0, 0, -1).Year()
	if change.Agent != "" {
		if v.Other, err = p.room.WhatIf(change); err != nil {
			return nil, err
		}
		v.OtherVotes = pairVotes(v.Class, v.Other)
	}
	v.compare()
	v.Votes = pairVotes(v.Class, v.Without)
	if v.Figures, err = p.figures.of(v.View); err != nil {
		return nil, err
	}
	v.delegates()
	v.decisions()
	return v, nil
}

func (v *debriefView) compare() {
	for _, m := range room.Headline() {
		x := compared{
			Title: measureTitle(&m), Start: v.Play.At(m.Name, 0),
			Class: v.Class.At(m.Name), Without: v.Without.At(m.Name),
			ClassEnd: v.Class.Last(m.Name), WithoutEnd: v.Without.Last(m.Name),
		}
		if v.Other != nil {
			x.Other, x.Last = v.Other.At(m.Name), v.Other.Last(m.Name)
		}
		v.Compared = append(v.Compared, x)
	}
}

func measureTitle(m *measures.Measure) string {
	return strings.ToUpper(m.Title[:1]) + m.Title[1:]
}

// pairVotes lays the votes of two courses side by side, by text.
func pairVotes(class, other *room.Outcome) []votePair {
	tally := func(o *room.Outcome, name string) (string, int) {
		for _, e := range o.Votes {
			if e.Name == name {
				return fmt.Sprintf("%d yes, %d no, %d abstain", e.Yes, e.No, e.Abstain), e.Yes
			}
		}
		return "not voted on", 0
	}
	var list []votePair
	seen := map[string]bool{}
	for _, o := range []*room.Outcome{class, other} {
		for _, e := range o.Votes {
			if seen[e.Name] {
				continue
			}
			seen[e.Name] = true
			p := votePair{Title: e.Name}
			if k := o.End.FindText(e.Name); k >= 0 && o.End.Texts[k].Title != "" {
				p.Title = o.End.Texts[k].Title
			}
			p.Class, p.ClassYes = tally(class, e.Name)
			p.Without, p.WithoutYes = tally(other, e.Name)
			list = append(list, p)
		}
	}
	return list
}

func (v *debriefView) delegates() {
	for _, agent := range v.State.Players() {
		d := delegate{Agent: agent, Name: v.Play.Name(agent), Standings: delegation.Standings(v.Play.Start, v.Play.World, agent)}
		if seat := v.State.Seats[agent]; seat != nil {
			d.Members = seat.Names()
		}
		for round := 1; round <= v.State.Through; round++ {
			if _, ok := v.State.Filing(round, agent); ok {
				d.Filed++
				if text := v.State.Game.Orders[round-1][agent].Note; text != "" {
					d.Notes = append(d.Notes, note{round, text})
				}
			}
			for _, a := range v.Play.Answered(round, agent) {
				d.Asked++
				if a.Own() {
					d.Own++
				}
			}
		}
		v.Delegates = append(v.Delegates, d)
	}
}

// decisions lists what was decided otherwise than the model would have: changing
// anything else is a run of the same decision.
func (v *debriefView) decisions() {
	for round := 1; round <= v.State.Through && round <= len(v.State.Game.Orders); round++ {
		for _, agent := range v.State.Players() {
			order := v.State.Game.Orders[round-1][agent]
			if order.Empty() {
				continue
			}
			name := v.Play.Name(agent)
			v.Decisions = append(v.Decisions, decision{Round: round, Agent: agent, Name: name, Title: "all orders"})
			if order.Draft != nil {
				v.Decisions = append(v.Decisions, decision{Round: round, Agent: agent, Name: name, Key: "draft", Title: "its text", Given: order.Draft.Title})
			}
			for k := range order.Answers {
				a := &order.Answers[k]
				v.Decisions = append(v.Decisions, decision{
					Round: round, Agent: agent, Name: name, Key: a.Key(), Title: decidingWords(a.Decide) + " " + a.About,
					Given: a.Words(nil), Options: room.OptionsOf(a.Decide),
				})
			}
		}
	}
}

// Choice is the value of a decision in the list.
func (d *decision) Choice() string { return fmt.Sprintf("%d|%s|%s", d.Round, d.Agent, d.Key) }

// Chosen is the choice that is asked about.
func (v *debriefView) Chosen() string {
	return fmt.Sprintf("%d|%s|%s", v.Asked.Round, v.Asked.Agent, v.Asked.Key)
}

// pack is the debrief as one page to print.
func (p *debrief) pack(w http.ResponseWriter, r *http.Request) {
	if _, ok := p.entitled(w, r); !ok {
		return
	}
	text, err := p.packText()
	if err != nil {
		p.refused(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	// The pack is whole in itself: its style, and its drawings, lie in it.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'")
	_, _ = w.Write(text)
}

func (p *debrief) packText() ([]byte, error) {
	v, err := p.page(room.Change{})
	if err != nil {
		return nil, err
	}
	v.Standalone, v.Page = true, "pack"
	var b bytes.Buffer
	if err := pages["pack"].ExecuteTemplate(&b, "pack", v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Pack is the debrief of a room as one page to print.
func Pack(r *room.Room) ([]byte, error) {
	return (&debrief{newDesk(r, Options{}), new(figures)}).packText()
}
