// Package forums plays the institutions in which states negotiate. Four rooms do the work:
// assembly sets agendas (E3) and votes (E4), negotiation seeks consensus (E5), regime is
// where forums come and go (E7), legitimacy what states think of them (E6). This package
// is the one mechanism that they make: it says when which of them acts, and brings into
// force what has been decided.
package forums

import (
	"time"

	"splinternet/models/forums/assembly"
	"splinternet/models/forums/legitimacy"
	"splinternet/models/forums/negotiation"
	"splinternet/models/forums/regime"
	"splinternet/models/forums/texts"
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Forums is the mechanism.
type Forums struct {
	Parameters
	*State // in the world of the run

	Votes      assembly.Votes
	Agenda     assembly.Agenda
	Talks      negotiation.Negotiation
	Regime     regime.Regime
	Legitimacy legitimacy.Parameters
	Depths     texts.Depths
}

// State is what the rooms remember.
type State struct {
	Votes  assembly.State    `doc:"the draws of a whole run behind what the model does not know of votes"`
	Talks  negotiation.State `doc:"the failures of forums to find consensus"`
	Regime regime.State      `doc:"what has become of forums and who was disappointed by them"`
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Forums {
	m := new(Forums)
	m.Agenda.Votes, m.Agenda.Regime, m.Agenda.Depths = &m.Votes, &m.Regime, &m.Depths
	m.Regime.Talks, m.Regime.Depths = &m.Talks.Parameters, &m.Depths
	return mechanism.Parameters(set, m)
}

// Prepare takes in what the rooms remember, and sizes their buffers.
func (m *Forums) Prepare(w *world.World) {
	m.State = world.Slot[State](w, m.Name())
	m.Votes.Prepare(w, &m.State.Votes)
	m.Talks.Prepare(w, &m.State.Talks)
	m.Regime.State = &m.State.Regime
}

// Begin lays out what the rooms remember.
func (m *Forums) Begin(start *sim.Tick, w *world.World) {
	m.Votes.Begin(start)
	m.Talks.Begin(w)
	m.Regime.Begin(w)
	if w.Chronicle.On {
		w.Tell(Opened{Term: m.Regime.Mandate})
	}
}

// Step decides what is on the table, holds the sessions that are due, lets
// mandates end and moves legitimacy.
func (m *Forums) Step(now *sim.Tick, w *world.World) {
	if w.Calendar.Due(now.Index, time.Month(m.AssemblyMonth)) {
		m.Regime.SplitAttention(w)
		m.Regime.Leave(w)
		m.Regime.Close(w)
		for _, line := range world.Lines {
			m.Regime.Enlarge(now, w, line)
		}
		if m.Agenda.On {
			m.Agenda.Set(now, w)
		}
		m.Regime.FoundOutside(now, w)
	}
	m.vote(now, w)
	for k := range w.Forums {
		if f := &w.Forums[k]; f.Status == world.Alive && m.meets(now, w, f) {
			m.hold(now, w, k)
		}
	}
	if w.Chronicle.On {
		w.Tell(SessionsOver{})
	}
	m.Regime.EndMandates(now, w)
	m.Legitimacy.Step(now, w)
}

// meets tells whether a forum that negotiates has a session in this tick: every
// Cycle years in its month, but for the first years of a new mandate, and once more
// when its mandate ends.
func (m *Forums) meets(now *sim.Tick, w *world.World, f *world.Forum) bool {
	if f.Rule == world.NoDecision || f.Votes() || regime.Alone(f) {
		return false
	}
	if reports(now, f) {
		return true
	}
	if f.Binding && f.MandateEnd != world.NoEnd {
		return false // a committee that drafts a treaty adopts it at the end
	}
	if !w.Calendar.Due(now.Index, time.Month(m.SessionMonth)) || f.Founded == now.Index {
		return false
	}
	if f.MandateEnd != world.NoEnd && f.Entrusted > 0 && now.Index-f.Entrusted < m.Preparation*now.PerYear {
		return false // under a fresh mandate it organises its work first
	}
	if f.Report > 0 && now.Index >= f.Report && now.Index-f.Report < now.PerYear {
		return false // it has just reported
	}
	cycle := max(1, int(f.Cycle+.5))
	founded := w.Calendar.Date(max(f.Founded, farBack)).Year()
	return (now.Date.Year()-founded)%cycle == 0
}

// farBack is a tick that calendars can still date, long before any forum was founded.
const farBack = -1 << 14

// reports tells whether a mandate of the forum ends in this tick: its report is due.
func reports(now *sim.Tick, f *world.Forum) bool {
	return f.MandateEnd == now.Index || f.Report == now.Index && f.Report > 0
}

// vote decides the tabled texts of forums that vote.
func (m *Forums) vote(now *sim.Tick, w *world.World) {
	for t := range w.Texts {
		if w.Texts[t].Status == world.Tabled && w.Forums[w.Texts[t].Forum].Rule == world.Majority {
			m.decide(now, w, t)
		}
	}
}

// decide puts a text to the vote and adopts it if it passes.
func (m *Forums) decide(now *sim.Tick, w *world.World, t int) {
	if m.Votes.Decide(now, w, t) {
		m.adopt(now, w, t)
	}
}

// hold plays one session of a forum: tabled texts first, then the forum's own.
func (m *Forums) hold(now *sim.Tick, w *world.World, k int) {
	for t := range w.Texts {
		if w.Texts[t].Status == world.Tabled && w.Texts[t].Forum == k {
			m.conclude(now, w, k, t, m.Talks.Tabled(now, w, t, m.Regime.Grievance))
		}
	}
	if w.Forums[k].Size() == 0 {
		keep(w, k)
		return
	}
	t, result := m.Talks.Own(now, w, k, m.Regime.Attended(&w.Forums[k]))
	if regime.UnitedNations(w, &w.Forums[k]) {
		w.Activity.Sessions++
		if result.Outcome != negotiation.Consensus {
			w.Activity.Failed++
		}
	}
	m.conclude(now, w, k, t, result)
	if w.Chronicle.On {
		w.Tell(negotiation.Met{Forum: k, Failures: m.Talks.InARow(k), Term: m.Regime.Mandate})
	}
}

// conclude brings about what follows from what the members of a forum made of a text.
func (m *Forums) conclude(now *sim.Tick, w *world.World, k, t int, r negotiation.Result) {
	switch r.Outcome {
	case negotiation.Consensus:
		m.Regime.NoteDisowned(w, w.Forums[k].Line, r.Broken)
		m.adopt(now, w, t)
		if w.Chronicle.On {
			w.Tell(negotiation.Agreed{Forum: k, Text: t, Result: r, Report: reports(now, &w.Forums[k]), Term: m.Regime.Mandate})
		}
	case negotiation.Deadlock:
		m.Regime.NoteFailure(k, now.Index)
		if w.Chronicle.On {
			w.Tell(negotiation.Deadlocked{Forum: k, Text: t, Result: r, Report: r.Own && reports(now, &w.Forums[k])})
		}
		regime.Exit(w, k, m.Talks.PartsWith(w, k, r), true)
	case negotiation.ToVote:
		m.decide(now, w, t)
	}
}

// keep lets a forum without state members stand by its text: its work is done by
// engineers and firms, whom the model does not play.
func keep(w *world.World, k int) {
	f := &w.Forums[k]
	switch {
	case f.Text < 0:
	case f.Access == world.AccessIndustry: // firms keep to what they signed
		f.Output = min(1, w.Texts[f.Text].Depth/world.FullOutput)
	default:
		f.Output = legitimacy.Output(w, f.Text)
	}
}
