package seminar

import (
	"errors"
	"net/http"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/cmd/splinternet/seminar/room"
)

// front lets students in, and gives them seats.
type front struct {
	*desk
	guard *guard
}

// frontView is the page with the join code, and the one to choose a delegation.
type frontView struct {
	view
	Code   string
	Name   string
	Taken  []seatChoice
	Free   []delegation.Agent // offered first
	Others []delegation.Agent
}

type seatChoice struct {
	Agent, Name string
	Members     int
}

// ask asks for the join code; whoever has a seat goes there.
func (f *front) ask(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := f.whose(r); ok {
		f.to(w, r, "/seat")
		return
	}
	cookie := f.visitor(w, r)
	code := r.URL.Query().Get("code")
	v := frontView{view: f.view("Join the seminar", "front", cookie), Code: code}
	if code == "" {
		f.send(w, http.StatusOK, "front", &v)
		return
	}
	f.seats(w, r, &v, http.StatusOK)
}

// join checks the code that was typed.
func (f *front) join(w http.ResponseWriter, r *http.Request) {
	if !f.checked(w, r, f.cookie(r, visitCookie)) {
		return
	}
	v := frontView{view: f.view("Join the seminar", "front", f.cookie(r, visitCookie)), Code: r.PostFormValue("code")}
	f.seats(w, r, &v, http.StatusOK)
}

// seats shows the delegations to whoever has the code.
func (f *front) seats(w http.ResponseWriter, r *http.Request, v *frontView, status int) {
	if sentence, status := f.admit(r, v.State, v.Code); sentence != "" {
		v.Said = sentence
		f.send(w, status, "front", v)
		return
	}
	v.Page, v.Title = "seats", "Choose a delegation"
	for _, a := range delegation.Agents(v.Scenario.World) {
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
	f.send(w, status, "seats", v)
}

// admit says why somebody with a join code is not let in, or "".
func (f *front) admit(r *http.Request, state *room.State, code string) (sentence string, status int) {
	caller := f.caller(r)
	switch {
	case !f.guard.allows(caller):
		return "There were too many wrong guesses. Wait a minute, look at the code on the wall, and try again.", http.StatusTooManyRequests
	case !state.CodeIs(code):
		f.guard.wrong(caller)
		return "That is not the code of this seminar. It is on the wall: six letters and digits.", http.StatusForbidden
	}
	return "", http.StatusOK
}

// claim takes a seat, or joins a team.
func (f *front) claim(w http.ResponseWriter, r *http.Request) {
	cookie := f.cookie(r, visitCookie)
	if !f.checked(w, r, cookie) {
		return
	}
	if _, _, ok := f.whose(r); ok {
		f.to(w, r, "/seat") // a second click
		return
	}
	v := frontView{view: f.view("Choose a delegation", "seats", cookie), Code: r.PostFormValue("code"), Name: r.PostFormValue("name")}
	if sentence, status := f.admit(r, v.State, v.Code); sentence != "" {
		v.Said = sentence
		f.send(w, status, "front", &v)
		return
	}
	token := room.NewToken()
	err := f.sit(r, token)
	var denied *room.Denied
	switch {
	case errors.As(err, &denied):
		v.Said = denied.Sentence
		f.seats(w, r, &v, http.StatusConflict)
		return
	case err != nil:
		f.refused(w, err)
		return
	}
	f.setCookie(w, r, seatCookie, token)
	f.to(w, r, "/seat")
}

// sit gives the seat that a form asks for to a key.
func (f *front) sit(r *http.Request, token string) error {
	agent, name := r.PostFormValue("agent"), r.PostFormValue("name")
	if team := r.PostFormValue("team"); team != "" {
		err := f.room.Do(room.Team(team, r.PostFormValue("word"), name, token))
		var denied *room.Denied
		if errors.As(err, &denied) && denied.Guessed {
			f.guard.wrong(f.caller(r))
		}
		return err
	}
	if agent != "deal" {
		return f.room.Do(room.Claim(agent, name, token))
	}
	// Dealt is the first that is free; when two are dealt the same at once, the
	// second gets the next.
	var err error
	before := f.room.View()
	for _, a := range delegation.Agents(before.Scenario.World) {
		if before.State.Seats[a.ID] != nil {
			continue
		}
		if err = f.room.Do(room.Claim(a.ID, name, token)); err == nil {
			return nil
		}
		if f.room.View().State.Seats[a.ID] == nil {
			return err // not because it was taken
		}
	}
	return err
}
