package seminar

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"strings"

	"splinternet/cmd/splinternet/seminar/room"
)

// The cookies. Their names carry the room's code, so that two rooms on one machine
// do not throw each other's students out.
const (
	seatCookie    = "seat"
	controlCookie = "control"
	visitCookie   = "visit"
)

func (d *desk) cookieName(kind string) string { return kind + "-" + d.code }

func (d *desk) cookie(r *http.Request, kind string) string {
	c, err := r.Cookie(d.cookieName(kind))
	if err != nil || len(c.Value) != 40 {
		return ""
	}
	return c.Value
}

// setCookie gives a key to a browser: no script can read it, no other site can send
// it along with a form, and behind HTTPS it never leaves in the clear.
func (d *desk) setCookie(w http.ResponseWriter, r *http.Request, kind, token string) {
	http.SetCookie(w, &http.Cookie{
		Name: d.cookieName(kind), Value: token, Path: d.options.Base + "/", MaxAge: 12 * 60 * 60,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: d.secure(r),
	})
}

// visitor is the key that ties the forms of somebody without a seat to a browser;
// it is set where it is missing.
func (d *desk) visitor(w http.ResponseWriter, r *http.Request) string {
	if token := d.cookie(r, visitCookie); token != "" {
		return token
	}
	token := room.NewToken()
	d.setCookie(w, r, visitCookie, token)
	return token
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

// formToken is what a form has to bring along. It follows from the key in the
// cookie, which other sites cannot read, and outlives a restart of the server.
func formToken(cookie string) string {
	mac := hmac.New(sha256.New, []byte(cookie))
	mac.Write([]byte("splinternet form"))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// genuine tells whether a form was made for the key in the cookie.
func genuine(r *http.Request, cookie string) bool {
	return cookie != "" && hmac.Equal([]byte(formToken(cookie)), []byte(r.PostFormValue("form")))
}
