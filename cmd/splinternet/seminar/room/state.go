package room

import (
	"maps"
	"slices"
)

// State is what the entries of the journal come to. Once a room has it, it does not
// change: the next entry makes another.
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
	Entries int      // of the journal
	Turn    int      // entry with which every page went out of date
	Digest  string   // of the rounds that are resolved
}

// Round is the round that is open for orders; it is above the plan's rounds when
// all are played, and 0 before the first.
func (s *State) Round() int {
	if !s.Begun {
		return 0
	}
	return s.Through + 1
}

// Playing tells whether a round is open.
func (s *State) Playing() bool { return s.Begun && !s.Over() }

// Open tells whether orders are taken.
func (s *State) Open() bool { return s.Playing() && !s.Paused }

// Over tells whether all rounds are played.
func (s *State) Over() bool { return s.Through >= s.Setup.Plan.Rounds }

// Agents lists the delegations that are taken, sorted.
func (s *State) Agents() []string { return slices.Sorted(maps.Keys(s.Seats)) }

// Players are the delegations that somebody has, or that have filed.
func (s *State) Players() []string {
	list := s.Agents()
	for round := range s.Game.Orders {
		for _, agent := range s.Game.agents(round + 1) {
			if s.Seats[agent] == nil {
				list = append(list, agent)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

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
	switch e.Kind {
	case Opened:
		s.Setup = *e.Setup
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
	s.Entries++
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

// with is the state after one entry more.
func (s *State) with(e *Entry) *State {
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
	c.apply(e)
	return &c
}
