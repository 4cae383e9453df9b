// Package negotiation is how the members of a forum come to a text by consensus (E5). A
// text goes as deep as the member that it costs most puts up with: beyond a first limit a
// member lets it pass and disowns it, beyond a second it blocks it. The place of a text
// moves towards the centroid of the members by power and salience, which does as well as
// elaborate bargaining models (Achen 2006), or to where challenges among them lead (Bueno
// de Mesquita 1997).
//
// The room changes the texts that members agree on, and returns what they made of them.
package negotiation

import (
	"math"

	"splinternet/models/bargaining"
	"splinternet/models/forums/texts"
	"splinternet/models/world"
	"splinternet/sim"
)

// Negotiation is the room.
type Negotiation struct {
	Parameters
	*State // in the world of the run

	proposed, standing limits    // buffers: of the text that is proposed, and of the one in force
	ground             ground    // that the members of the forum in session have in common
	small              []int     // buffer: members that block a text before anybody who cannot be overruled
	mix                []float64 // buffer: of the stacks that the members of a forum use
}

// State is what the room remembers.
type State struct {
	Failures []int     `doc:"by forum: sessions in a row without consensus on its own text"`
	Before   []float64 `doc:"by pair of states: trust at the start; empty where it does not carry depth"`
}

// Prepare takes in what the room remembers of the run, and sizes its buffers.
func (m *Negotiation) Prepare(w *world.World, s *State) {
	m.State = s
	m.proposed.size(w.States.N)
	m.standing.size(w.States.N)
}

// Begin forgets all failures, and notes the trust with which the run begins.
func (m *Negotiation) Begin(w *world.World) {
	m.Failures, m.Before = m.Failures[:0], m.Before[:0]
	if m.Trust > 0 {
		m.Before = append(m.Before, w.Dyads.Trust...)
	}
}

// failures is the number of sessions in a row without consensus on the own text of forum
// k.
func (s *State) failures(k int) *int {
	for len(s.Failures) <= k {
		s.Failures = append(s.Failures, 0)
	}
	return &s.Failures[k]
}

// InARow is the number of sessions in a row without consensus on the own text of forum k.
func (s *State) InARow(k int) int { return *s.failures(k) }

// Outcome is how a session ends for a text.
type Outcome int

// The outcomes. A forum whose rule lets it vote where consensus fails puts a new text to
// the vote, and leaves its text in force as it is: it does not vote that down.
const (
	Consensus Outcome = iota
	Deadlock
	ToVote
	Unchanged
)

// Result is what the members of a forum make of a text.
type Result struct {
	Outcome    Outcome
	Own        bool    // it was the forum's own text already
	Before     float64 // depth of the text when it was in force before; 0: it is new
	Outside    []int   // members that let it pass and disown it
	NewOutside []int   // of these, who had joined in it so far, or are asked for the first time
	Broken     []int   // of these, who had endorsed it
	Blockers   []int   // members that would rather block it than disown it
	Failures   int     // sessions in a row without consensus on the own text: before, or with this deadlock
	Cause      Cause   // of a deadlock
}

// Own lets a forum renegotiate its text, or agree on its first, and returns its number and
// what became of it. Attended is the share of a draft's depth that the attention left to
// the forum allows to work out.
func (m *Negotiation) Own(now *sim.Tick, w *world.World, k int, attended float64) (t int, r Result) {
	f, failures := &w.Forums[k], m.failures(k)
	draft, l, cause := m.draft(now, w, k, m.place(now, w, f), attended)
	if t = f.Text; t < 0 {
		t = tableOwn(w, k, draft)
	}
	r.Own, r.Failures = f.Text == t, *failures
	var disowns []bool
	passes := cause == None
	if passes {
		disowns, passes = stances(w, k, t, draft.Depth, l)
	}
	text := &w.Texts[t]
	switch {
	case passes:
		m.agree(now, f, text, draft, disowns, &r)
		*failures = 0
	case f.Rule != world.TwoThirds && f.Rule != world.Majority:
		*failures++
		r.Outcome, r.Failures, r.Cause = Deadlock, *failures, cause
		if cause != TooShallow {
			r.Blockers = l.blockers(f, draft.Depth)
		}
		reject(w, f, t)
	case text.Status == world.InForce:
		r.Outcome = Unchanged
	default:
		text.Position = append(text.Position[:0], draft.Position...)
		text.Depth = max(draft.Depth, m.MinDepth)
		r.Outcome = ToVote
	}
	return t, r
}

// Tabled treats a text that a sponsor has put before a forum that works by consensus: it
// passes if nobody blocks it. Grievance is the loss that members take for one.
func (m *Negotiation) Tabled(now *sim.Tick, w *world.World, t int, grievance float64) (r Result) {
	text := &w.Texts[t]
	k := text.Forum
	f := &w.Forums[k]
	sq := text.StatusQuo
	if sq == nil {
		sq = f.Position
	}
	l := &m.proposed
	m.ground = m.common(w, f)
	m.limits(l, now, w, k, text.Position, sq, 1, objectorsTo(w, f, text, sq, grievance))
	disowns, passes := stances(w, k, t, text.Depth, l)
	r.Own, r.Failures = f.Text == t, *m.failures(k)
	switch {
	case passes && text.Depth <= l.leastBlock+world.Tie:
		for i, in := range f.Members {
			if in && disowns[i] {
				r.NewOutside = append(r.NewOutside, i)
			} else if in {
				text.Adherence[i] = world.Endorsed
			}
		}
		r.Outside = r.NewOutside
	case f.Rule == world.TwoThirds:
		r.Outcome = ToVote
	default:
		r.Outcome, r.Cause, r.Blockers = Deadlock, Blocked, l.blockers(f, text.Depth)
		reject(w, f, t)
	}
	return r
}

// tableOwn puts the first draft of a forum's own text on its table.
func tableOwn(w *world.World, k int, draft world.Draft) int {
	f := &w.Forums[k]
	id, title := f.Work()
	text := world.Text{
		ID: id, Title: title, Line: f.Line, Kind: draft.Kind, Forum: k, Own: true,
		Position: draft.Position, Depth: draft.Depth, Binding: f.Binding, Stack: -1,
	}
	if old := w.FindText(id); old >= 0 && w.Texts[old].Title == title {
		text.Revives = id
	}
	return texts.Table(w, text)
}

// reject drops a text on which there is no consensus. One in force stands.
func reject(w *world.World, f *world.Forum, t int) {
	w.Activity.Deadlocks++
	if w.Texts[t].Status != world.Tabled {
		return
	}
	w.Texts[t].Status = world.Rejected
	if f.Text == t {
		f.Text = -1
	}
}

// place is where the session moves the text of a forum: part of the way to where its
// members would come in time.
func (m *Negotiation) place(now *sim.Tick, w *world.World, f *world.Forum) []float64 {
	position := m.compromise(w, f)
	pull := m.Compromise * m.Effort(w, f.Members, world.ConsensusBuilding)
	if f.MandateEnd == now.Index {
		// The session in which the report is due. Where members know already that they
		// go on, nothing presses them.
		pull *= m.Deadline
	}
	pull = min(1, pull)
	for d, x := range position {
		position[d] = f.Position[d] + pull*(x-f.Position[d])
	}
	return position
}

// compromise is the position that the members would come to in time.
func (m *Negotiation) compromise(w *world.World, f *world.Forum) []float64 {
	if f.Negotiates != world.Challenges {
		return centroid(w, f)
	}
	position := make([]float64, w.Dim)
	for d := range position {
		var actors []bargaining.Actor
		for i, in := range f.Members {
			if in {
				actors = append(actors, bargaining.Actor{
					Name: w.StateID(i), Capability: w.States.Power[i], Position: w.Position(i)[d],
					Salience: min(1, w.States.Salience[i]/2), // salience is 1 in normal times, and grows in a crisis
				})
			}
		}
		talks, err := bargaining.NewChallenge(actors)
		if err != nil {
			return centroid(w, f) // nobody is there who cares and has power
		}
		for range m.Rounds {
			talks.Round()
		}
		position[d] = talks.Median()
	}
	return position
}

// centroid is the mean position of the members, weighted by power and salience.
func centroid(w *world.World, f *world.Forum) []float64 {
	position, total := make([]float64, w.Dim), 0.0
	for i, in := range f.Members {
		if !in {
			continue
		}
		weight := w.States.Power[i] * w.States.Salience[i]
		total += weight
		for d, x := range w.Position(i) {
			position[d] += weight * x
		}
	}
	for d := range position {
		if total > 0 {
			position[d] /= total
		} else {
			position[d] = .5
		}
	}
	return position
}

// stances asks every member what it does about a text of some depth. It returns, by state,
// who disowns it, as the model has it where the depth is beyond the limit, and whether
// nobody blocks it.
func stances(w *world.World, k, t int, depth float64, l *limits) (disowns []bool, passes bool) {
	disowns, passes = make([]bool, w.States.N), true
	for i, in := range w.Forums[k].Members {
		if !in {
			continue
		}
		stance := world.Join
		if l.join[i] < depth-world.Tie {
			stance = world.Dissociate
		}
		switch w.AskStance(i, t, stance) {
		case world.Block:
			passes = false
		case world.Dissociate:
			disowns[i] = true
		}
	}
	return disowns, passes
}

// agree makes the draft the forum's text. The depth of a text in force moves by a
// share of the way only, so that it neither leaps nor collapses.
func (m *Negotiation) agree(now *sim.Tick, f *world.Forum, text *world.Text, draft world.Draft, disowns []bool, r *Result) {
	depth := draft.Depth
	if text.Status == world.InForce {
		r.Before = text.Depth
		depth = r.Before + m.step(now, f, depth-r.Before)
		if text.Binding {
			depth = max(r.Before, depth) // protocols may deepen a treaty, no session undoes it
		}
	}
	for i, in := range f.Members {
		endorsed := text.Adherence[i] == world.Endorsed
		switch {
		case !in:
		case disowns[i]:
			r.Outside = append(r.Outside, i)
			if r.Before == 0 || endorsed {
				r.NewOutside = append(r.NewOutside, i)
			}
			if endorsed {
				text.Adherence[i] = world.Outside
				r.Broken = append(r.Broken, i)
			}
		case text.Adherence[i] == world.Outside:
			text.Adherence[i] = world.Endorsed
		}
	}
	text.Position = append(text.Position[:0], draft.Position...)
	text.Depth = depth
}

// step is the part of the way to another depth that this session covers: in some more
// comes about than in others, and a short way is gone at once.
func (m *Negotiation) step(now *sim.Tick, f *world.Forum, way float64) float64 {
	if math.Abs(way) <= m.LeastStep {
		return way
	}
	part := min(1, m.Pace*m.mood(now, f.Key, sim.Key("pace"), 1)) * way
	return math.Copysign(max(m.LeastStep, math.Abs(part)), way)
}

// PartsWith lets a club of states that seek consensus part with those who block it time
// and again, unless it is nothing without them, and returns those who leave. Organisations
// with a secretariat and treaties do not.
func (m *Negotiation) PartsWith(w *world.World, k int, r Result) (leave []int) {
	f := &w.Forums[k]
	if !r.Own || f.Access != world.AccessInvited || f.Structured || f.Binding || r.Failures < m.Patience ||
		w.WeightOf(r.Blockers) > m.Indispensable*w.MembersWeight(f)+world.Tie {
		return nil
	}
	for _, i := range r.Blockers {
		if w.AskLeave(i, k, true) {
			leave = append(leave, i)
		}
	}
	return leave
}
