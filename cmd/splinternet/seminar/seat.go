package seminar

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/cmd/splinternet/seminar/room"
)

// seats serves the delegations: their sheets and results.
type seats struct{ *desk }

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
func (s *seats) seated(w http.ResponseWriter, r *http.Request) (agent, name, cookie string, ok bool) {
	cookie = s.cookie(r, seatCookie)
	agent, name, ok = s.whose(r)
	if !ok {
		if r.Method == http.MethodGet {
			s.to(w, r, "/")
			return
		}
		s.sorry(w, http.StatusForbidden, "You have no seat in this seminar. Join it with the code on the wall.")
	}
	return agent, name, cookie, ok
}

func (s *seats) show(w http.ResponseWriter, r *http.Request) {
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
	s.send(w, http.StatusOK, "seat", v)
}

func (d *desk) seatView(agent, name, cookie string) *seatView {
	v := &seatView{view: d.view("", "seat", cookie), Agent: agent, Who: name}
	v.Name = v.Play.Name(agent)
	v.Title = v.Name
	v.Seat = v.State.Seats[agent]
	v.Card = delegation.NewCard(v.Play.World, agent)
	v.Standings = delegation.Standings(v.Play.Start, v.Play.World, agent)
	round := v.State.Round()
	if v.State.Playing() {
		v.Sheet = v.View.Sheet(agent)
		v.Filing, v.Filed = v.State.Filing(round, agent)
		if v.Filed {
			v.Values = valuesOf(v.Sheet, v.State.Game.Orders[round-1][agent])
		}
	}
	if v.State.Through > 0 {
		v.Last = newTurn(v.View, v.State.Through)
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

// order files the sheet of a delegation.
func (s *seats) order(w http.ResponseWriter, r *http.Request) {
	agent, name, cookie, ok := s.seated(w, r)
	if !ok || !s.checked(w, r, cookie) {
		return
	}
	err := s.room.Do(room.File(agent, name, roundOf(r), r.PostFormValue("nonce"), r.PostForm))
	var wrong *room.RefusedError
	switch {
	case errors.As(err, &wrong):
		v := s.seatView(agent, name, cookie)
		v.Bad, v.Values = wrong.Refusals, r.PostForm
		v.Said = "Your orders are not filed yet:"
		s.send(w, http.StatusUnprocessableEntity, "seat", v)
		return
	case err != nil:
		s.refused(w, err)
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
func (s *seats) withdraw(w http.ResponseWriter, r *http.Request) {
	agent, name, cookie, ok := s.seated(w, r)
	if !ok || !s.checked(w, r, cookie) {
		return
	}
	if err := s.room.Do(room.Withdraw(agent, name, roundOf(r))); err != nil {
		s.refused(w, err)
		return
	}
	s.to(w, r, "/seat?said=withdrawn")
}
