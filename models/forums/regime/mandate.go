package regime

import (
	"splinternet/models/world"
	"splinternet/sim"
)

// Act is how a forum comes to a mandate.
type Act int

// The acts.
const (
	SetUp Act = iota
	Renewed
	Reconvened
)

// Entrust gives a forum a mandate of the given years from now; 0 is permanent.
func Entrust(now *sim.Tick, w *world.World, k int, mandate float64, act Act) {
	entrust(now, w, k, mandate, act)
	if w.Chronicle.On {
		w.Tell(Mandated{Forum: k, Act: act})
	}
}

func entrust(now *sim.Tick, w *world.World, k int, mandate float64, act Act) {
	f := &w.Forums[k]
	if f.Status != world.Alive || act == SetUp { // the work of one that is renewed goes on
		f.Status, f.Entrusted = world.Alive, now.Index
	}
	f.Report = 0
	if act == Renewed && f.MandateEnd > now.Index && f.MandateEnd != world.NoEnd {
		f.Report = f.MandateEnd // the old mandate runs to its end and reports before the new one begins
	}
	f.MandateEnd = world.NoEnd
	f.Renewals++
	if act != Renewed {
		f.Renewals = 0
	}
	if mandate > 0 {
		f.MandateEnd = now.Index + w.Calendar.Span(mandate)
	}
	w.Changed(k)
}

// Due tells whether the mandate of a forum ends within a year.
func Due(now *sim.Tick, f *world.Forum) bool {
	return f.MandateEnd != world.NoEnd && f.MandateEnd <= now.Index+now.PerYear && !f.Binding // a committee that drafts a treaty ends with it
}

// Renewal is the mandate in years that a text of support gives its forum, or that it
// is to last: nothing before the old one ends within the year, and a lasting one when
// the forum has been renewed often enough.
func (m *Regime) Renewal(now *sim.Tick, f *world.Forum) (years float64, lasting bool) {
	switch {
	case !Due(now, f):
		return 0, false
	case f.Renewals >= m.Permanence:
		return 0, true
	}
	return m.Mandate, false
}

// Reason is why a forum ends its work.
type Reason int

// The reasons.
const (
	Completed    Reason = iota // it was there to draft a treaty, and has
	NotRenewed                 // its mandate has ended, and nobody renews it
	Deserted                   // fewer than two members are left
	ReportStands               // its mandate has ended, under which it has agreed on a report
	ExpertReport               // its mandate has ended; it has no states that could agree on more than its text
)

// EndMandates decides what becomes of forums whose mandate runs out: on lines
// that the Assembly does not treat the members may renew it themselves; else the
// forum is folded into a close one, or goes to sleep.
func (m *Regime) EndMandates(now *sim.Tick, w *world.World) {
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive || f.MandateEnd > now.Index {
			continue
		}
		if f.Binding && f.Text >= 0 && w.Texts[f.Text].Status == world.InForce {
			m.retire(w, k, Completed)
			continue
		}
		if assembly(w, f.Line) < 0 && m.membersRenew(w, k) {
			mandate := m.Mandate
			if f.Renewals >= m.Permanence {
				mandate = 0
			}
			Entrust(now, w, k, mandate, Renewed)
			continue
		}
		if l := m.successor(w, k); l >= 0 {
			Merge(w, k, l)
			continue
		}
		m.retire(w, k, NotRenewed)
	}
}

// membersRenew tells whether more members want the forum renewed than want it gone.
// A forum without state members lives on as long as it is thought legitimate.
func (m *Regime) membersRenew(w *world.World, k int) bool {
	f := &w.Forums[k]
	if f.Size() == 0 {
		return f.Legitimacy >= m.RenewalLegitimacy-world.Tie
	}
	balance := 0
	for i, in := range f.Members {
		if !in {
			continue
		}
		if w.AskRenew(i, k, m.Worth(w, k, i) > world.Tie) {
			balance++
		} else {
			balance--
		}
	}
	return balance > 0
}

// retire sends a forum to sleep, for the reason given or because its report is done.
func (m *Regime) retire(w *world.World, k int, why Reason) {
	f := &w.Forums[k]
	f.Status = world.Dormant
	switch ended := f.MandateEnd <= w.Tick && f.Text >= 0; {
	case ended && !f.Binding && f.Entrusted > 0 && w.Texts[f.Text].Adopted >= f.Entrusted:
		why = ReportStands
	case ended && f.Size() == 0:
		why = ExpertReport
	default:
		m.NoteFailure(k, w.Tick)
	}
	w.Changed(k)
	if w.Chronicle.On {
		w.Tell(Ended{k, why})
	}
}

// Compatible tells whether the texts of two forums have come close enough to fold
// the forums together.
func (m *Regime) Compatible(w *world.World, k, l int) bool {
	return m.Mergers && k != l && w.Forums[k].Text >= 0 && w.Forums[l].Text >= 0 &&
		world.Distance(w.Forums[k].Position, w.Forums[l].Position) <= m.Merger+world.Tie
}

// successor is the living process on the same line, close enough to take the forum in,
// with the most attention, or -1.
func (m *Regime) successor(w *world.World, k int) int {
	best, successor := -1.0, -1
	for l := range w.Forums {
		f := &w.Forums[l]
		if f.Line == w.Forums[k].Line && parallel(f) && m.Compatible(w, k, l) && f.Attention > best+world.Tie {
			best, successor = f.Attention, l
		}
	}
	return successor
}

// Merge folds a forum into another: everybody becomes a member, and what both
// texts share is as deep as the shallower of them.
func Merge(w *world.World, from, into int) {
	old, to := &w.Forums[from], &w.Forums[into]
	old.Status = world.Merged
	for i, in := range old.Members {
		to.Members[i] = to.Members[i] || in
	}
	if old.Text >= 0 && to.Text >= 0 && old.Text != to.Text {
		a, b := &w.Texts[old.Text], &w.Texts[to.Text]
		b.Depth = min(a.Depth, b.Depth)
		for d := range b.Position {
			b.Position[d] = (a.Position[d] + b.Position[d]) / 2
		}
		copy(to.Position, b.Position)
		if !a.Binding {
			a.Status = world.Lapsed
		}
	}
	w.Changed(from)
	w.Changed(into)
	if w.Chronicle.On {
		w.Tell(Merged{from, into})
	}
}
