package seminar

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/cmd/splinternet/seminar/room"
)

// frontView is the page with the join code, and the one to choose a delegation.
type frontView struct {
	view
	Code      string
	Name      string
	Taken     []seatChoice
	Free      []delegation.Agent // offered first
	Others    []delegation.Agent
	Delegates int
}

type seatChoice struct {
	Agent, Name string
	Members     int
}

// front asks for the join code; whoever has a seat goes there.
func (s *Server) front(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := s.room.Who(s.cookie(r, seatCookie)); ok {
		s.to(w, r, "/seat")
		return
	}
	cookie := s.visitor(w, r)
	code := r.URL.Query().Get("code")
	v := frontView{view: s.view("Join the seminar", "front", cookie), Code: code}
	if code == "" {
		s.show(w, http.StatusOK, "front", &v)
		return
	}
	s.seats(w, r, &v, http.StatusOK)
}

// join checks the code that was typed.
func (s *Server) join(w http.ResponseWriter, r *http.Request) {
	if !s.checked(w, r, s.cookie(r, visitCookie)) {
		return
	}
	v := frontView{view: s.view("Join the seminar", "front", s.cookie(r, visitCookie)), Code: r.PostFormValue("code")}
	s.seats(w, r, &v, http.StatusOK)
}

// seats shows the delegations to whoever has the code.
func (s *Server) seats(w http.ResponseWriter, r *http.Request, v *frontView, status int) {
	if sentence, status := s.admit(r, v.State, v.Code); sentence != "" {
		v.Said = sentence
		s.show(w, status, "front", v)
		return
	}
	v.Page, v.Title = "seats", "Choose a delegation"
	for _, a := range delegation.Agents(s.room.Base().World) {
		seat := v.State.Seats[a.ID]
		switch {
		case seat != nil:
			v.Taken = append(v.Taken, seatChoice{a.ID, a.Name, len(seat.Members)})
		case a.First:
			v.Free = append(v.Free, a)
		default:
			v.Others = append(v.Others, a)
		}
	}
	s.show(w, status, "seats", v)
}

// admit says why somebody with a join code is not let in, or "".
func (s *Server) admit(r *http.Request, state *room.State, code string) (sentence string, status int) {
	caller := s.caller(r)
	switch {
	case !s.guard.allows(caller):
		return "There were too many wrong guesses. Wait a minute, look at the code on the wall, and try again.", http.StatusTooManyRequests
	case !state.CodeIs(code):
		s.guard.wrong(caller)
		return "That is not the code of this seminar. It is on the wall: six letters and digits.", http.StatusForbidden
	}
	return "", http.StatusOK
}

// claim takes a seat, or joins a team.
func (s *Server) claim(w http.ResponseWriter, r *http.Request) {
	cookie := s.cookie(r, visitCookie)
	if !s.checked(w, r, cookie) {
		return
	}
	if _, _, ok := s.room.Who(s.cookie(r, seatCookie)); ok {
		s.to(w, r, "/seat") // a second click
		return
	}
	v := frontView{view: s.view("Choose a delegation", "seats", cookie), Code: r.PostFormValue("code"), Name: r.PostFormValue("name")}
	if sentence, status := s.admit(r, v.State, v.Code); sentence != "" {
		v.Said = sentence
		s.show(w, status, "front", &v)
		return
	}
	token := room.NewToken()
	err := s.sit(r, token)
	if err != nil {
		if denied, ok := err.(*room.Denied); ok {
			v.Said = denied.Sentence
			s.seats(w, r, &v, http.StatusConflict)
			return
		}
		s.refused(w, r, err)
		return
	}
	s.setCookie(w, r, seatCookie, token)
	s.to(w, r, "/seat")
}

// sit gives the seat that a form asks for to a key.
func (s *Server) sit(r *http.Request, token string) error {
	agent, name := r.PostFormValue("agent"), r.PostFormValue("name")
	if team := r.PostFormValue("team"); team != "" {
		err := s.room.Team(team, r.PostFormValue("word"), name, token)
		if denied, ok := err.(*room.Denied); ok && strings.Contains(denied.Sentence, "team word") {
			s.guard.wrong(s.caller(r))
		}
		return err
	}
	if agent != "deal" {
		_, err := s.room.Claim(agent, name, token)
		return err
	}
	// Dealt is the first that is free; when two are dealt the same at once, the
	// second gets the next.
	var err error
	state, _ := s.room.View()
	for _, a := range delegation.Agents(s.room.Base().World) {
		if state.Seats[a.ID] != nil {
			continue
		}
		if _, err = s.room.Claim(a.ID, name, token); err == nil {
			return nil
		}
		if after, _ := s.room.View(); after.Seats[a.ID] == nil {
			return err // not because it was taken
		}
	}
	return err
}

// seatView is the page of a delegation.
type seatView struct {
	view
	Agent, Name, Who string
	Seat             *room.Seat
	Card             *delegation.Card
	Sheet            *room.Sheet
	Values           map[string][]string
	Filing           room.Filing
	Filed            bool
	Standings        []delegation.Standing
	Last             *turnView
	Answered         []room.Asked
	Paper            bool
}

// seated finds who asks; it is false when it has answered already.
func (s *Server) seated(w http.ResponseWriter, r *http.Request) (agent, name, cookie string, ok bool) {
	cookie = s.cookie(r, seatCookie)
	agent, name, ok = s.room.Who(cookie)
	if !ok {
		if r.Method == http.MethodGet {
			s.to(w, r, "/")
			return
		}
		s.sorry(w, r, http.StatusForbidden, "You have no seat in this seminar. Join it with the code on the wall.")
	}
	return agent, name, cookie, ok
}

func (s *Server) seat(w http.ResponseWriter, r *http.Request) {
	agent, name, cookie, ok := s.seated(w, r)
	if !ok {
		return
	}
	v := s.seatView(agent, name, cookie)
	switch said := r.URL.Query().Get("said"); {
	case said == "filed" && v.Filed:
		v.Said = "Your orders are filed. You can correct them until the round closes."
	case said == "withdrawn" && !v.Filed && v.Sheet != nil:
		v.Said = "Your orders are taken back. If you file nothing, the model decides for you."
	}
	s.show(w, http.StatusOK, "seat", v)
}

func (s *Server) seatView(agent, name, cookie string) *seatView {
	v := &seatView{view: s.view("", "seat", cookie), Agent: agent, Who: name}
	v.Name = v.Play.Name(agent)
	v.Title = v.Name
	v.Seat = v.State.Seats[agent]
	v.Card = delegation.NewCard(v.Play.World, agent)
	v.Standings = delegation.Standings(v.Play.Start, v.Play.World, agent)
	round := v.State.Round()
	if v.State.Begun && !v.State.Over() {
		v.Sheet = s.room.Sheet(agent)
		v.Filing, v.Filed = v.State.Filing(round, agent)
		if v.Filed {
			v.Values = valuesOf(v.Sheet, v.State.Game.Orders[round-1][agent])
		}
	}
	if v.State.Through > 0 {
		v.Last = newTurn(v.State, v.Play, v.State.Through)
		for _, a := range v.Play.Answered(v.State.Through, agent) {
			if a.Decide != "ban" || a.Own() || a.Model != "allow" {
				v.Answered = append(v.Answered, a)
			}
		}
	}
	return v
}

// valuesOf fills a form with an order, to be corrected.
func valuesOf(sheet *room.Sheet, o *room.Order) map[string][]string {
	values := map[string][]string{}
	percent := func(x float64) []string {
		return []string{strconv.FormatFloat(float64(int(1000*x+.5))/10, 'f', -1, 64)}
	}
	for _, g := range sheet.Groups {
		for k := range g.Items {
			item := &g.Items[k]
			a := o.Find(item.Key())
			if a == nil {
				continue
			}
			switch item.Form() {
			case "mix":
				for part, x := range a.Mix {
					values[item.Key()+":"+strconv.Itoa(part+1)] = percent(x)
				}
			case "point":
				values[item.Key()+":at"], values[item.Key()+":number"] = percent(a.At), percent(a.Number)
			case "level":
				values[item.Key()] = []string{strconv.FormatFloat(a.Number, 'g', -1, 64)}
			default:
				values[item.Key()] = []string{a.Word}
			}
		}
	}
	if d := o.Draft; d != nil {
		values["draft-forum"], values["draft-title"], values["draft-kind"] = []string{d.Forum}, []string{d.Title}, []string{string(d.Kind)}
		values["draft-position"], values["draft-depth"] = percent(d.Position), percent(d.Depth)
	}
	values["note"] = []string{o.Note}
	return values
}

// Value is what a field of the sheet holds.
func (v *seatView) Value(name string) string {
	if list := v.Values[name]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// Wrong is what is wrong with a field, or "".
func (v *seatView) Wrong(name string) string {
	for _, b := range v.Bad {
		if b.Field == name {
			return b.Sentence
		}
	}
	return ""
}

// Part is the field of a part of a mix.
func (v *seatView) Part(key string, k int) string { return key + ":" + strconv.Itoa(k+1) }

// FieldID is the anchor of a field.
func (v *seatView) FieldID(name string) string { return "f-" + url.PathEscape(name) }

// Breaking are the injects of the open round.
func (v *view) Breaking() []room.Inject {
	var list []room.Inject
	for _, i := range v.State.Game.Injects {
		if i.Round == v.State.Round() {
			list = append(list, i)
		}
	}
	return list
}

// order files the sheet of a delegation.
func (s *Server) order(w http.ResponseWriter, r *http.Request) {
	agent, name, cookie, ok := s.seated(w, r)
	if !ok || !s.checked(w, r, cookie) {
		return
	}
	refusals, err := s.room.File(agent, name, roundOf(r), r.PostFormValue("nonce"), r.PostForm)
	if err != nil {
		s.refused(w, r, err)
		return
	}
	if len(refusals) > 0 {
		v := s.seatView(agent, name, cookie)
		v.Bad, v.Values = refusals, r.PostForm
		v.Said = "Your orders are not filed yet:"
		s.show(w, http.StatusUnprocessableEntity, "seat", v)
		return
	}
	s.to(w, r, "/seat?said=filed")
}

func roundOf(r *http.Request) int {
	round, err := strconv.Atoi(r.PostFormValue("round"))
	if err != nil {
		return 0
	}
	return round
}

// withdraw takes the orders of a delegation back.
func (s *Server) withdraw(w http.ResponseWriter, r *http.Request) {
	agent, name, cookie, ok := s.seated(w, r)
	if !ok || !s.checked(w, r, cookie) {
		return
	}
	if err := s.room.Withdraw(agent, name, roundOf(r)); err != nil {
		s.refused(w, r, err)
		return
	}
	s.to(w, r, "/seat?said=withdrawn")
}
