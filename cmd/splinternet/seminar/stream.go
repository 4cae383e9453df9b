package seminar

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"splinternet/cmd/splinternet/seminar/room"
)

// streams serves the event streams, and counts those that are open.
type streams struct {
	*desk

	mu    sync.Mutex // guards the counts
	byKey map[string]int
	all   int
}

// Limits of open streams: of one seat (a phone has one, and a few more while it
// reconnects), and of the room.
const (
	keyStreams  = 4
	roomStreams = 1000
)

func (s *streams) open(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= roomStreams || s.byKey[key] >= keyStreams {
		return false
	}
	s.all++
	s.byKey[key]++
	return true
}

func (s *streams) close(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.byKey[key]--; s.byKey[key] == 0 {
		delete(s.byKey, key)
	}
}

// news is what a stream tells. Pages compare the turn with their own and load anew
// when it differs; the rest is shown as it is.
type news struct {
	Turn   int    `json:"turn"`
	Round  int    `json:"round"`
	Change int    `json:"change"` // entries of the journal
	Filed  int    `json:"filed"`
	Of     int    `json:"of"`
	Left   int    `json:"left"` // seconds on the clock; -1 when it stands
	Latest string `json:"latest"`
}

func newsOf(state *room.State) news {
	n := news{Turn: state.Turn, Round: state.Round(), Change: state.Entries, Of: len(state.Seats), Left: secondsLeft(state.Clock)}
	for agent := range state.Seats {
		if _, ok := state.Filing(state.Round(), agent); ok {
			n.Filed++
		}
	}
	for _, i := range state.Game.Injects {
		if i.Round == state.Round() {
			n.Latest = i.Headline
		}
	}
	return n
}

func secondsLeft(c room.Timer) int {
	if c.Until.IsZero() {
		return -1
	}
	return max(0, int(time.Until(c.Until).Seconds()+.5))
}

// pulse is how often a stream says that it is alive, so that proxies keep it open.
const pulse = 15 * time.Second

// events is the stream of news. It needs a seat or the instructor's key.
func (s *streams) events(w http.ResponseWriter, r *http.Request) {
	key, _, ok := s.insider(r)
	if !ok {
		http.Error(w, "no seat", http.StatusForbidden)
		return
	}
	if !s.open(key) {
		http.Error(w, "too many open pages", http.StatusTooManyRequests)
		return
	}
	defer s.close(key)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // a proxy must hand each event on at once
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{})
	send := func(text string) bool {
		_ = control.SetWriteDeadline(time.Now().Add(requestTime))
		if _, err := fmt.Fprint(w, text); err != nil {
			return false
		}
		return control.Flush() == nil
	}
	if !send("retry: 1000\n\n") {
		return
	}
	ticker := time.NewTicker(pulse)
	defer ticker.Stop()
	for {
		changed := s.room.Watch()
		text, err := json.Marshal(newsOf(s.room.View().State))
		if err != nil || !send("data: "+string(text)+"\n\n") {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-ticker.C:
			if !send(": alive\n\n") {
				return
			}
		case <-changed:
		}
	}
}
