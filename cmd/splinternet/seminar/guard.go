package seminar

import (
	"sync"
	"time"
)

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
