package forums

import (
	"splinternet/models/world"
	"splinternet/sim"
)

// This file holds what states do before they found a forum, and what makes them do
// it. They use the forums that there are, choose among them, and try to change them;
// creation comes last (Jupille, Mattli and Snidal 2013).

// remembered is the time in years for which a failure of a forum is an occasion to
// found another.
const remembered = 5

// slight is a state that a forum on a line has gone over.
type slight struct {
	line  world.Line
	state int
}

// couldJoin tells whether state i could find what it wants by joining one of
// m.refuge: a forum by invitation that would serve it and whose members want it.
func (m *Forums) couldJoin(w *world.World, i int) bool {
	x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	for _, k := range m.refuge {
		f := &w.Forums[k]
		if f.Status == world.Alive && f.Access == world.AccessInvited && f.Rule != world.NoDecision && !f.Members[i] &&
			m.loss(w, k, x) <= m.Grievance && m.enlarges(w, f) && welcome(w, f, i) {
			return true
		}
	}
	return false
}

// occasion tells whether a forum on the line has failed a state within the last
// years: it belongs to one that found no consensus or lost its mandate, had to disown
// a text that it had joined in before, saw its own text rejected, or rules adopted
// against it.
func (m *Forums) occasion(now *sim.Tick, w *world.World, line world.Line, lead int) bool {
	since := now.Index - remembered*now.PerYear
	if last, found := m.slighted[slight{line, lead}]; found && last >= since {
		return true
	}
	for k := range w.Forums {
		f := &w.Forums[k]
		if last, found := m.failed[f.Key]; found && f.Line == line && f.Members[lead] && last >= since {
			return true
		}
	}
	for t := range w.Texts {
		if text := &w.Texts[t]; text.Line == line && w.Forums[text.Forum].Members[lead] && lost(text, lead, since) {
			return true
		}
	}
	return false
}

// lost tells whether a state has lost a vote on a text since a tick: its own text was
// rejected, or rules were adopted without it.
func lost(text *world.Text, state, since int) bool {
	switch text.Status {
	case world.Rejected:
		return text.Tabled >= since && len(text.Sponsors) > 0 && text.Sponsors[0] == state
	case world.InForce:
		return text.Adopted >= since && text.Kind == world.Norm && text.Tabled == text.Adopted && text.Adherence[state] == world.Outside
	}
	return false
}
