package room

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"
)

// State is what the entries of the journal come to.
type State struct {
	Setup   Setup
	Through int  // rounds that are resolved
	Begun   bool // round 1 is open
	Paused  bool
	Debrief bool // open to the class
	Seats   map[string]*Seat
	Game    Game
	Filed   []map[string]Filing // by round, from 1 at index 0
	Clock   Timer
	Keys    []string // hashes of the instructor's keys
	Turn    int      // entry with which every page went out of date
	Digest  string   // of the rounds that are resolved
	Log     []Entry  // all entries, without the scenario's text
}

// Seat is a delegation that somebody has taken.
type Seat struct {
	Agent   string
	Word    string // with which others join it
	Members []Member
}

// Member is one person in a delegation.
type Member struct {
	Name  string // a pseudonym
	Token string // hash of the key in the cookie
}

// Names are the members' pseudonyms.
func (s *Seat) Names() string {
	names := make([]string, len(s.Members))
	for k, m := range s.Members {
		names[k] = m.Name
	}
	return strings.Join(names, ", ")
}

// Filing says who filed an order, and when.
type Filing struct {
	Who   string
	Nonce string
	Time  time.Time
	Times int // filed or corrected so often
}

// Timer is the clock of the round. It is there to be looked at: a round closes
// when the instructor resolves it, or by itself when the instructor said so.
type Timer struct {
	Until   time.Time     // zero while the clock stands
	Left    time.Duration // while it stands
	Resolve bool          // close the round when time is up
}

func newState() *State { return &State{Seats: map[string]*Seat{}} }

// Round is the round that is open for orders; it is above the plan's rounds when
// all are played, and 0 before the first.
func (s *State) Round() int {
	if !s.Begun {
		return 0
	}
	return s.Through + 1
}

// Open tells whether orders are taken.
func (s *State) Open() bool { return s.Begun && !s.Over() && !s.Paused }

// Over tells whether all rounds are played.
func (s *State) Over() bool { return s.Through >= s.Setup.Plan.Rounds }

// Agents lists the delegations that are taken, sorted.
func (s *State) Agents() []string { return slices.Sorted(maps.Keys(s.Seats)) }

// Filing is who filed for a round, and when.
func (s *State) Filing(round int, agent string) (Filing, bool) {
	if round < 1 || round > len(s.Filed) {
		return Filing{}, false
	}
	f, ok := s.Filed[round-1][agent]
	return f, ok
}

// apply takes an entry in. Entries have been checked before they were written.
func (s *State) apply(e *Entry) {
	logged := *e
	switch e.Kind {
	case Opened:
		s.Setup = *e.Setup
		logged.Setup = nil
	case Keyed:
		s.Keys = append(s.Keys, e.Token)
	case Claimed:
		s.Seats[e.Agent] = &Seat{Agent: e.Agent, Word: e.Word, Members: []Member{{e.Who, e.Token}}}
	case Joined:
		seat := s.Seats[e.Agent]
		seat.Members = append(seat.Members, Member{e.Who, e.Token})
	case Freed:
		delete(s.Seats, e.Agent)
	case Began:
		s.Begun = true
	case Filed:
		s.file(e)
	case Withdrew:
		if e.Round <= len(s.Filed) {
			delete(s.Game.Orders[e.Round-1], e.Agent)
			delete(s.Filed[e.Round-1], e.Agent)
		}
	case Injected:
		s.Game.Injects = append(s.Game.Injects, *e.Inject)
	case Retracted:
		s.Game.Injects = slices.DeleteFunc(s.Game.Injects, func(i Inject) bool { return i.Name == e.Name })
	case Clock:
		s.Clock = Timer{Until: e.Until, Left: e.Left, Resolve: e.On}
	case Halted:
		s.Paused = true
	case Resumed:
		s.Paused = false
	case Resolved:
		s.Through, s.Digest = e.Round, e.Digest
		s.Clock, s.Paused = Timer{}, false
	case Back:
		s.back(e.Round)
	case Debriefed:
		s.Debrief = e.On
	}
	switch e.Kind {
	case Freed, Began, Injected, Retracted, Clock, Halted, Resumed, Resolved, Back, Debriefed:
		s.Turn = e.N
	}
	s.Log = append(s.Log, logged)
}

func (s *State) file(e *Entry) {
	for len(s.Filed) < e.Round {
		s.Filed = append(s.Filed, map[string]Filing{})
		s.Game.Orders = append(s.Game.Orders, map[string]*Order{})
	}
	before := s.Filed[e.Round-1][e.Agent]
	s.Filed[e.Round-1][e.Agent] = Filing{Who: e.Who, Nonce: e.Nonce, Time: e.Time, Times: before.Times + 1}
	s.Game.Orders[e.Round-1][e.Agent] = e.Order
}

// back opens round r again. Its orders stay, to be corrected; those of later rounds
// answered questions that may not come again, and are dropped, with what was
// injected into them. The journal keeps them all.
func (s *State) back(r int) {
	s.Through, s.Digest = r-1, ""
	s.Clock, s.Paused, s.Debrief = Timer{}, false, false
	if len(s.Filed) > r {
		s.Filed, s.Game.Orders = s.Filed[:r], s.Game.Orders[:r]
	}
	s.Game.Injects = slices.DeleteFunc(s.Game.Injects, func(i Inject) bool { return i.Round > r })
}

// clone is a copy for readers: what later entries change is copied.
func (s *State) clone() *State {
	c := *s
	c.Seats = map[string]*Seat{}
	for agent, seat := range s.Seats {
		copied := *seat
		copied.Members = slices.Clone(seat.Members)
		c.Seats[agent] = &copied
	}
	c.Game = *s.Game.clone()
	c.Filed = nil
	for _, round := range s.Filed {
		c.Filed = append(c.Filed, maps.Clone(round))
	}
	c.Keys = slices.Clone(s.Keys)
	c.Log = slices.Clip(s.Log)
	return &c
}

// NewToken makes a key that nobody can guess: 160 bits.
func NewToken() string {
	var random [20]byte
	if _, err := rand.Read(random[:]); err != nil {
		panic("room: " + err.Error()) // never returns an error, says its documentation
	}
	return hex.EncodeToString(random[:])
}

// Hash is what the journal keeps of a key, so that a room file gives nobody a seat.
func Hash(token string) string {
	sum := sha256.Sum256([]byte("splinternet seat " + token))
	return hex.EncodeToString(sum[:16])
}

// letters are those that nobody mistakes for another when they are read out.
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// NewCode makes a word of n letters to be read out: 5 bits each.
func NewCode(n int) string {
	random := make([]byte, n)
	if _, err := rand.Read(random); err != nil {
		panic("room: " + err.Error())
	}
	for k := range random {
		random[k] = letters[random[k]%32]
	}
	return string(random)
}
