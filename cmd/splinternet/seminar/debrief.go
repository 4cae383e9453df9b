package seminar

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/models/measures"
	"splinternet/sim"
)

// debriefView is the page of the debrief, and the pack to print.
type debriefView struct {
	view
	Instructor bool
	Turns      []*turnView
	Compared   []compared
	ClassNow   string
	ClassEnd   string
	WithoutNow string
	WithoutEnd string
	EndYear    int
	Votes      []votePair
	Delegates  []delegate
	Decisions  []decision // that a "what if" can change
	Asked      room.Change
	Other      *room.Outcome
	OtherEnd   string
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
func (s *Server) entitled(w http.ResponseWriter, r *http.Request) (instructor, ok bool) {
	if s.room.IsInstructor(s.cookie(r, controlCookie)) {
		return true, true
	}
	state, _ := s.room.View()
	_, _, seated := s.room.Who(s.cookie(r, seatCookie))
	switch {
	case !seated:
		s.sorry(w, r, http.StatusForbidden, "The debrief is for the class. Join it with the code on the wall.")
	case !state.Debrief:
		s.sorry(w, r, http.StatusForbidden, "The debrief is not open yet.")
	default:
		return false, true
	}
	return false, false
}

func (s *Server) debrief(w http.ResponseWriter, r *http.Request) {
	instructor, ok := s.entitled(w, r)
	if !ok {
		return
	}
	v, err := s.debriefView(changeOf(r))
	if err != nil {
		s.refused(w, r, err)
		return
	}
	v.Instructor = instructor
	s.show(w, http.StatusOK, "debrief", v)
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

func (s *Server) debriefView(change room.Change) (*debriefView, error) {
	counter, err := s.room.Counter()
	if err != nil {
		return nil, err
	}
	v := &debriefView{view: s.view("Debrief", "debrief", ""), Asked: change}
	for round := 1; round <= v.State.Through; round++ {
		v.Turns = append(v.Turns, newTurn(v.State, v.Play, round))
	}
	v.ClassNow, v.WithoutNow = counter.Class.Label(), counter.Without.Label()
	v.ClassEnd, v.WithoutEnd = counter.Class.Result.Verdict.Label.Words(), counter.Without.Result.Verdict.Label.Words()
	base := s.room.Base()
	v.History, v.Otherwise = spells(counter.Class, base.Calendar), spells(counter.Without, base.Calendar)
	v.EndYear = base.Calendar.Date(base.Calendar.Ticks).AddDate(0, 0, -1).Year()
	if change.Agent != "" {
		if v.Other, err = s.room.WhatIf(change); err != nil {
			return nil, err
		}
		v.OtherEnd = v.Other.Result.Verdict.Label.Words()
		v.OtherVotes = pairVotes(counter.Class, v.Other)
	}
	v.compare(counter)
	v.Votes = pairVotes(counter.Class, counter.Without)
	if v.Figures, err = s.drawings(); err != nil {
		return nil, err
	}
	v.delegates()
	v.decisions()
	return v, nil
}

func (v *debriefView) compare(c *room.Counterfactuals) {
	for _, m := range room.Headline() {
		x := compared{
			Title: measureTitle(&m), Start: v.Play.At(m.Name, 0),
			Class: c.Class.At(m.Name), Without: c.Without.At(m.Name),
			ClassEnd: c.Class.Last(m.Name), WithoutEnd: c.Without.Last(m.Name),
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
func (s *Server) pack(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.entitled(w, r); !ok {
		return
	}
	text, err := s.packText()
	if err != nil {
		s.refused(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	// The pack is whole in itself: its style, and its drawings, lie in it.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'")
	_, _ = w.Write(text)
}

func (s *Server) packText() ([]byte, error) {
	v, err := s.debriefView(room.Change{})
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
func Pack(r *room.Room) ([]byte, error) { return New(r, Options{}).packText() }

// export hands the instructor files of the room.
func (s *Server) export(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.instructor(w, r); !ok {
		return
	}
	file := r.PathValue("file")
	var b bytes.Buffer
	var err error
	kind := "application/octet-stream"
	switch file {
	case "log.csv":
		kind, err = "text/csv; charset=utf-8", s.room.WriteLog(&b)
	case "tables.zip":
		kind, err = "application/zip", s.zip(&b)
	case "room.jsonl":
		var text []byte
		text, err = os.ReadFile(s.room.Path())
		b.Write(text)
	case "class.toml":
		b.WriteString(s.room.ClassText())
	default:
		s.sorry(w, r, http.StatusNotFound, "There is no such file.")
		return
	}
	if err != nil {
		s.refused(w, r, err)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	_, _ = w.Write(b.Bytes())
}

func (s *Server) zip(b *bytes.Buffer) error {
	extra := map[string][]byte{}
	if state, _ := s.room.View(); state.Through > 0 {
		pack, err := s.packText()
		if err != nil {
			return err
		}
		extra["debrief.html"] = pack
	}
	return s.room.Zip(b, extra)
}
