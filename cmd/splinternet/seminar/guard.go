package seminar

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sync"
	"time"

	"splinternet/cmd/splinternet/seminar/room"
)

// The cookies. Their names carry the room's code, so that two rooms on one machine
// do not throw each other's students out.
const (
	seatCookie    = "seat"
	controlCookie = "control"
	visitCookie   = "visit"
)

func (s *Server) cookieName(kind string) string { return kind + "-" + s.code }

func (s *Server) cookie(r *http.Request, kind string) string {
	c, err := r.Cookie(s.cookieName(kind))
	if err != nil || len(c.Value) != 40 {
		return ""
	}
	return c.Value
}

// setCookie gives a key to a browser: no script can read it, no other site can send
// it along with a form, and behind HTTPS it never leaves in the clear.
func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, kind, token string) {
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName(kind), Value: token, Path: s.options.Base + "/", MaxAge: 12 * 60 * 60,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure(r),
	})
}

// visitor is the key that ties the forms of somebody without a seat to a browser;
// it is set where it is missing.
func (s *Server) visitor(w http.ResponseWriter, r *http.Request) string {
	if token := s.cookie(r, visitCookie); token != "" {
		return token
	}
	token := room.NewToken()
	s.setCookie(w, r, visitCookie, token)
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

// guard slows down whoever guesses join codes and team words: wrong guesses of one
// address, and of all together, are counted and fade.
type guard struct {
	sync.Mutex
	now     func() time.Time
	caller  map[string]*fading
	overall fading
	swept   time.Time // when addresses were last forgotten
}

// A class behind one address may mistype together; a machine that guesses is
// stopped. Of a thousand million codes, 30 a minute find none.
const (
	callerGuesses  = 20  // wrong ones at once, from one address
	overallGuesses = 200 // from all
	guessesFade    = 10  // forgotten in a minute, of each
	mostCallers    = 10000
)

type fading struct {
	count float64
	last  time.Time
}

// fade forgets what has passed and returns what is left.
func (f *fading) fade(now time.Time, perMinute float64) float64 {
	f.count = max(0, f.count-now.Sub(f.last).Minutes()*perMinute)
	f.last = now
	return f.count
}

func newGuard() *guard { return &guard{now: time.Now, caller: map[string]*fading{}} }

// allows tells whether an address may guess again.
func (g *guard) allows(caller string) bool {
	g.Lock()
	defer g.Unlock()
	now := g.now()
	if f := g.caller[caller]; f != nil && f.fade(now, guessesFade) >= callerGuesses {
		return false
	}
	return g.overall.fade(now, 3*guessesFade) < overallGuesses
}

// wrong counts a wrong guess.
func (g *guard) wrong(caller string) {
	g.Lock()
	defer g.Unlock()
	now := g.now()
	if len(g.caller) >= mostCallers && now.Sub(g.swept) > time.Minute {
		g.swept = now // looking through all is not for every guess
		for address, f := range g.caller {
			if f.fade(now, guessesFade) == 0 {
				delete(g.caller, address)
			}
		}
	}
	f := g.caller[caller]
	if f == nil {
		if len(g.caller) >= mostCallers {
			g.overall.fade(now, 3*guessesFade)
			g.overall.count++
			return
		}
		f = &fading{last: now}
		g.caller[caller] = f
	}
	f.fade(now, guessesFade)
	f.count++
	g.overall.fade(now, 3*guessesFade)
	g.overall.count++
}
