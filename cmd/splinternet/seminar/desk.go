package seminar

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"splinternet/cmd/splinternet/seminar/room"
)

// desk is what the pages of all kinds need: the room, how it is served, who asks,
// and how one answers.
type desk struct {
	room    *room.Room
	options Options
	code    string     // to join
	talk    sync.Mutex // guards options.Talk
}

func newDesk(r *room.Room, o Options) *desk {
	o.Base = strings.TrimSuffix(o.Base, "/")
	return &desk{room: r, options: o, code: r.View().State.Setup.Code}
}

// send answers with a page. It is made whole before any of it is sent.
func (d *desk) send(w http.ResponseWriter, status int, page string, data any) {
	var b bytes.Buffer
	if err := pages[page].ExecuteTemplate(&b, "frame", data); err != nil {
		d.tell(err)
		http.Error(w, "This page could not be made.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // whoever has gone does not need it
}

// sorry shows a page with one sentence.
func (d *desk) sorry(w http.ResponseWriter, status int, sentence string) {
	v := d.view("Sorry", "sorry", "")
	v.Said = sentence
	d.send(w, status, "sorry", &v)
}

// refused answers a form that was not accepted: a sentence for whoever sent it, or
// what went wrong inside.
func (d *desk) refused(w http.ResponseWriter, err error) {
	var denied *room.Denied
	if errors.As(err, &denied) {
		d.sorry(w, http.StatusConflict, denied.Sentence)
		return
	}
	d.tell(err)
	d.sorry(w, http.StatusInternalServerError, "That could not be stored, so it has not happened. Tell your instructor.")
}

// read reads a form, within the limits. It is false when it has answered already.
func (d *desk) read(w http.ResponseWriter, r *http.Request) bool {
	err := r.ParseForm()
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		d.sorry(w, http.StatusRequestEntityTooLarge, "That is too much text. Shorten it and send it again.")
		return false
	case err != nil:
		d.sorry(w, http.StatusBadRequest, "That form could not be read. Load the page anew and try again.")
		return false
	}
	return true
}

// checked reads a form and makes sure that it was made for this browser.
func (d *desk) checked(w http.ResponseWriter, r *http.Request, cookie string) bool {
	if !d.read(w, r) {
		return false
	}
	if !genuine(r, cookie) {
		d.sorry(w, http.StatusForbidden, "This form is not from your page of the seminar, or that page is too old. Load it anew and fill it in there.")
		return false
	}
	return true
}

// to sends a browser to another page of the seminar.
func (d *desk) to(w http.ResponseWriter, r *http.Request, path string) {
	http.Redirect(w, r, d.options.Base+path, http.StatusSeeOther)
}

// tell notes what went wrong inside.
func (d *desk) tell(err error) {
	if d.options.Talk == nil {
		return
	}
	d.talk.Lock()
	defer d.talk.Unlock()
	fmt.Fprintf(d.options.Talk, "splinternet: %v\n", err)
}
