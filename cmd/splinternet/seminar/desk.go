package seminar

import (
	"bytes"
	"errors"
	"fmt"
	"net"
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

// secure tells whether the browser speaks HTTPS, to us or to the proxy.
func (d *desk) secure(r *http.Request) bool {
	return r.TLS != nil || d.options.Proxied && r.Header.Get("X-Forwarded-Proto") == "https"
}

// caller is the address that a request comes from.
func (d *desk) caller(r *http.Request) string {
	if d.options.Proxied {
		// The last address is the one that the proxy itself has seen.
		list := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(list[len(list)-1]); last != "" {
			return last
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// instructor lets the instructor in; it is false when it has answered already.
func (d *desk) instructor(w http.ResponseWriter, r *http.Request) (cookie string, ok bool) {
	cookie = d.cookie(r, controlCookie)
	if !d.room.View().State.IsInstructor(cookie) {
		d.sorry(w, http.StatusForbidden, "This page is the instructor's. Its address is in the terminal in which the seminar was started.")
		return "", false
	}
	return cookie, true
}

// whose is the delegation and the pseudonym of whoever asks.
func (d *desk) whose(r *http.Request) (agent, name string, ok bool) {
	return d.room.View().State.Who(d.cookie(r, seatCookie))
}

// insider lets whoever has a seat or is the instructor look on, by the key that
// says so.
func (d *desk) insider(r *http.Request) (key string, instructor, ok bool) {
	state := d.room.View().State
	if key = d.cookie(r, controlCookie); state.IsInstructor(key) {
		return key, true, true
	}
	key = d.cookie(r, seatCookie)
	_, _, ok = state.Who(key)
	return key, false, ok
}

// show writes a page. It is made whole before any of it is sent.
func (d *desk) show(w http.ResponseWriter, status int, page string, data any) {
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
	d.show(w, status, "sorry", &v)
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
