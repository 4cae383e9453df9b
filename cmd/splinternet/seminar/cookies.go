package seminar

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"

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
