package negotiation

import (
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// Cause is why the members of a forum find no consensus on its own text.
type Cause int

// The causes. Blocked is also that of a text that nobody would have thought to pass.
const (
	None       Cause = iota // none: nobody blocks the draft
	Blocked                 // a member blocks it, as the chair had to expect
	Misjudged               // a member blocks it of whom the chair did not expect that
	TooShallow              // what nobody blocks asks too little to be worth a signature
)

// draft is the chair's text: at the given position, as deep as the chair dares; only if
// that is not worth having, as shallow as is worth having in the hope that nobody blocks
// it. With it come the limits of the members for it, and why there is no consensus on it,
// by them.
func (m *Negotiation) draft(now *sim.Tick, w *world.World, k int, position []float64, attended float64) (world.Draft, *limits, Cause) {
	f, l, known := &w.Forums[k], &m.proposed, m.known(w, k)
	m.ground = m.common(w, f)
	m.limits(l, now, w, k, position, f.Position, known, nil)
	depth := m.aim(l, w, f)
	if depth < m.MinDepth-world.Tie {
		depth = m.MinDepth
	} else {
		depth *= attended
	}
	old, stands := inForce(w, f), false
	if depth < old-world.Tie && m.Reopening > 0 {
		if kept := m.kept(now, w, k, old, known); kept > depth+world.Tie {
			// Left where it is, it keeps more.
			position, depth, l, stands = f.Position, kept, &m.standing, true
		}
	}
	kind := world.Norm
	if f.Binding {
		kind = world.Treaty
	}
	draft, least := w.AskText(k, world.Draft{Kind: kind, Position: position, Depth: depth}), m.least(f, old)
	if draft.Depth < least-world.Tie {
		return draft, l, TooShallow
	}
	expected := l.leastBlock
	if !slices.Equal(draft.Position, position) {
		stands = false
		m.limits(l, now, w, k, draft.Position, f.Position, known, nil)
		expected = l.leastBlock
	}
	if known < 1 {
		m.show(l, now, w, k, draft.Position, stands)
	}
	switch {
	case stands && least == 0:
		return draft, l, None // nobody blocks what it has lived with
	case draft.Depth <= l.leastBlock+world.Tie:
		return draft, l, None
	case draft.Depth <= expected+world.Tie:
		return draft, l, Misjudged
	}
	return draft, l, Blocked
}

// known is the part of the moods of its members that the chair of forum k knows. One
// without ambition knows them all: it finds out what nobody disowns. Else the offices for
// cyber diplomacy of members, by their power, let it know more (on what chairs know and
// members do not: Tallberg 2010).
func (m *Negotiation) known(w *world.World, k int) float64 {
	if m.Ambition == 0 {
		return 1
	}
	if m.Offices == 0 {
		return 0
	}
	with, all := 0.0, 0.0
	for i, in := range w.Forums[k].Members {
		if !in {
			continue
		}
		all += w.States.Power[i]
		if w.States.Office[i] != world.NoOffice {
			with += w.States.Power[i]
		}
	}
	if all == 0 {
		return 0
	}
	return m.Offices * with / all
}

// aim is how deep a text the chair dares to put before members of whom it expects the
// given limits: a part of the way from what nobody disowns to what nobody blocks even in
// a bad mood, but not so deep that more than a few disown it. Without the margin for moods
// the share of sessions that fail would hang on the spread of moods alone.
func (m *Negotiation) aim(l *limits, w *world.World, f *world.Forum) float64 {
	low := l.leastJoin
	high := low + m.Ambition*max(0, l.leastBlock*math.Exp(-m.Margin*m.Temper)-low)
	if high <= low || m.few(l, w, f, high) {
		return high
	}
	for range halvings {
		if middle := (low + high) / 2; m.few(l, w, f, middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// halvings are enough to find a depth to a thousandth.
const halvings = 10

// few tells whether those who disown a text of some depth make up no more of the members,
// and of their power and users, than those who do not get a text reopened.
func (m *Negotiation) few(l *limits, w *world.World, f *world.Forum, depth float64) bool {
	weight, number, all, size := 0.0, 0.0, 0.0, 0.0
	for i, in := range f.Members {
		if !in {
			continue
		}
		all += w.Weight(i)
		size++
		if l.join[i] < depth-world.Tie {
			weight += w.Weight(i)
			number++
		}
	}
	return weight <= m.Reopening*all+world.Tie && number <= m.Reopening*size+world.Tie
}

// least is the depth below which a new text is not worth a signature in a forum that has a
// voluntary one of the old depth in force. Summits
// and clubs without a secretariat issue a text whatever it says.
func (m *Negotiation) least(f *world.Forum, old float64) float64 {
	if !f.Structured {
		return 0
	}
	return m.Worthwhile * old
}

// show makes the limits for a text of forum k those that members have, moods and all. It
// stands where the forum's text has stood, which members then bear more readily.
func (m *Negotiation) show(l *limits, now *sim.Tick, w *world.World, k int, q []float64, stands bool) {
	m.limits(l, now, w, k, q, w.Forums[k].Position, 1, nil)
	if stands {
		m.loyal(l, w, k)
	}
}

// loyal lets those who have joined in the text of forum k so far bear a deeper one before
// they disown it.
func (m *Negotiation) loyal(l *limits, w *world.World, k int) {
	f := &w.Forums[k]
	for i, in := range f.Members {
		if in && w.Texts[f.Text].Adherence[i] != world.Outside {
			l.join[i] *= m.Loyalty
		}
	}
}

// inForce is the depth of the voluntary text of a forum that is in force, 0 if it has none.
func inForce(w *world.World, f *world.Forum) float64 {
	if !f.Binding && f.Text >= 0 && w.Texts[f.Text].Status == world.InForce {
		return w.Texts[f.Text].Depth
	}
	return 0
}

// kept is how deep the voluntary text of forum k, now of the old depth, may be if it is
// left where it stands. Language once agreed is not reopened for the sake of a few who
// would disown it, as long as they do not block: then it keeps its depth. Else it is as
// deep as nobody disowns. The limits of the members for it are in m.standing, with the
// part of their moods that is known.
func (m *Negotiation) kept(now *sim.Tick, w *world.World, k int, old, known float64) float64 {
	f, l := &w.Forums[k], &m.standing
	m.limits(l, now, w, k, f.Position, f.Position, known, nil)
	m.loyal(l, w, k)
	few, number, join := 0.0, 0, old
	for i, in := range f.Members {
		if !in {
			continue
		}
		join = min(join, l.join[i])
		if l.join[i] < old-world.Tie {
			few += w.Weight(i)
			number++
		}
	}
	if l.leastBlock >= old-world.Tie && few <= m.Reopening*w.MembersWeight(f)+world.Tie && float64(number) <= m.Reopening*float64(f.Size())+world.Tie {
		return old
	}
	return join
}
