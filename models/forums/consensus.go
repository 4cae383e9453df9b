package forums

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models/bargaining"
	"splinternet/models/world"
	"splinternet/sim"
)

// relief is the share of its loss that a state escapes by disowning a text.
const relief = .75

// Depth is the deepest text that nobody blocks (E5): members at the given
// positions, a text at q against a status quo at sq, and what isolation costs
// each member,
//
//	d* = min(1, min_i kappa_i / max(0, (x_i-q)^2 - (x_i-sq)^2))
//
// the lowest common denominator in closed form. Dim is the number of dimensions
// of the positions.
func Depth(positions, q, sq, kappa []float64) float64 {
	dim := len(q)
	d := 1.0
	for i, k := range kappa {
		x := positions[i*dim : i*dim+dim]
		d = min(d, deepest(k, squared(x, q)-squared(x, sq)))
	}
	return d
}

// deepest is the depth at which a member's loss, per unit of depth, comes to the
// cost that it is ready to bear; infinite for a member that loses nothing.
func deepest(cost, loss float64) float64 {
	if loss <= 0 {
		return math.Inf(1)
	}
	return cost / loss
}

// limits writes to m.limit, for every member, the deepest text at q that it
// would neither disown nor block, and returns the least of them and how much
// deeper the text may be before somebody blocks. Beyond the published rule, a
// commitment away from its own position costs a member even where the text is no
// worse for it than the status quo; the parameter commitment = 0 leaves that out.
func (m *Forums) limits(now *sim.Tick, w *world.World, k int, q, sq []float64) (join, block float64) {
	f := &w.Forums[k]
	joinFactor := min(1, m.Dissociation/relief)
	blockFactor := max(1, (1-m.Dissociation)/(1-relief))
	patience := m.Isolation * f.Legitimacy * effort(w, f.Members, world.ConsensusBuilding)
	join, block = 1, 1
	for i := range w.States.N {
		m.limit[i] = math.Inf(1)
		if !f.Members[i] {
			continue
		}
		x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
		loss := max(0, squared(x, q)-squared(x, sq)) + m.Commitment*squared(x, q)
		kappa := patience * m.temper(now, f.Key, w.States.Key[i])
		m.limit[i] = deepest(joinFactor*kappa, loss)
		join, block = min(join, m.limit[i]), min(block, deepest(blockFactor*kappa, loss))
	}
	return join, block
}

// temper is the member's mood in this session of the forum.
func (m *Forums) temper(now *sim.Tick, forum, state uint64) float64 {
	z := now.Stream.Pair(forum, state).NormFloat64()
	if m.Temper == 0 {
		return 1
	}
	return math.Exp(m.Temper * z)
}

// draft is the chair's text: at the given position, as deep as nobody disowns; only if that is not worth having, as
// shallow as is worth having in the hope that nobody blocks.
func (m *Forums) draft(now *sim.Tick, w *world.World, k int, position, sq []float64) (world.Draft, bool) {
	join, block := m.limits(now, w, k, position, sq)
	depth := join * m.attended(&w.Forums[k])
	if join < m.MinDepth {
		depth = m.MinDepth
	}
	kind := world.Norm
	if w.Forums[k].Binding {
		kind = world.Treaty
	}
	model := world.Draft{Kind: kind, Position: position, Depth: depth}
	draft := w.AskText(k, model)
	if !slices.Equal(draft.Position, position) {
		_, block = m.limits(now, w, k, draft.Position, sq)
	}
	return draft, draft.Depth <= block
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
		for d := range position {
			position[d] += weight * w.States.Position[i*w.Dim+d]
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

// compromise is the position that the members would come to in time.
func (m *Forums) compromise(w *world.World, f *world.Forum) []float64 {
	if f.Negotiates != world.Challenges {
		return centroid(w, f)
	}
	position := make([]float64, w.Dim)
	for d := range position {
		var actors []bargaining.Actor
		for i, in := range f.Members {
			if in {
				actors = append(actors, bargaining.Actor{
					Name: w.StateID(i), Capability: w.States.Power[i], Position: w.States.Position[i*w.Dim+d],
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

// negotiateOwn lets a forum renegotiate its text, or agree on its first. The text
// moves part of the way to the members' centroid by power and salience, which does
// as well as elaborate bargaining models (Achen 2006), or else to where challenges
// among them lead.
func (m *Forums) negotiateOwn(now *sim.Tick, w *world.World, k int) {
	f := &w.Forums[k]
	sq := f.Position
	position := m.compromise(w, f)
	pull := min(1, m.Compromise*effort(w, f.Members, world.ConsensusBuilding))
	for d, x := range position {
		position[d] = sq[d] + pull*(x-sq[d])
	}
	draft, passes := m.draft(now, w, k, position, sq)
	t := f.Text
	if t < 0 {
		id, title := titled(f)
		t = Table(w, world.Text{
			ID: id, Title: title, Line: f.Line, Kind: draft.Kind, Forum: k,
			Position: draft.Position, Depth: draft.Depth, Binding: f.Binding, Stack: -1,
		})
	}
	passes = passes && !m.stances(w, k, t, draft.Depth)
	if !passes && (f.Rule == world.TwoThirds || f.Rule == world.Majority) {
		m.voteInstead(now, w, t, draft)
		return
	}
	if !passes {
		m.deadlock(w, k, t)
		return
	}
	m.agree(now, w, k, t, draft)
}

// product names what the work of a forum results in.
func product(f *world.Forum) string {
	if !f.Binding {
		return "report of the " + f.Name
	}
	if _, subject, found := strings.Cut(f.Name, "Committee on a "); found {
		return "UN " + subject // such as a committee on a cybercrime convention
	}
	return "convention of the " + f.Name
}

// stances asks every member and marks it in the ballots; it tells whether one
// blocks. A state whose limit lies below the depth disowns the text.
func (m *Forums) stances(w *world.World, k, t int, depth float64) (blocked bool) {
	for i, in := range w.Forums[k].Members {
		if !in {
			continue
		}
		stance := world.Join
		if m.limit[i] < depth {
			stance = world.Dissociate
		}
		stance = w.AskStance(i, t, stance)
		switch stance {
		case world.Block:
			blocked = true
		case world.Dissociate:
			m.limit[i] = -1
		case world.Join:
			m.limit[i] = math.Inf(1)
		}
	}
	return blocked
}

// agree adopts the draft as the forum's text. Depth moves by at most one step a
// session, so that a text in force neither leaps nor collapses.
func (m *Forums) agree(now *sim.Tick, w *world.World, k, t int, draft world.Draft) {
	f, text := &w.Forums[k], &w.Texts[t]
	old := text.Depth
	depth := draft.Depth
	if text.Status == world.InForce {
		depth = min(old+m.Pace, max(old-m.Pace, depth))
		if text.Binding {
			depth = max(old, depth) // protocols may deepen a treaty, no session undoes it
		}
	}
	disowned := 0
	for i, in := range f.Members {
		switch {
		case !in:
		case m.limit[i] < 0:
			disowned++
			if text.Adherence[i] == world.Endorsed {
				text.Adherence[i] = world.Outside
			}
		case text.Adherence[i] == world.Outside:
			text.Adherence[i] = world.Endorsed
		}
	}
	text.Position = append(text.Position[:0], draft.Position...)
	text.Depth = depth
	m.adopt(now, w, t)
	m.tellAgreed(w, k, t, old, disowned)
}

// voteInstead is the fallback of a forum that may vote when consensus fails.
func (m *Forums) voteInstead(now *sim.Tick, w *world.World, t int, draft world.Draft) {
	text := &w.Texts[t]
	if text.Status == world.InForce {
		return // the old text stands; a forum does not vote its own text down
	}
	text.Position = append(text.Position[:0], draft.Position...)
	text.Depth = max(draft.Depth, m.MinDepth)
	m.decideByVote(now, w, t)
}

// negotiateTabled treats a text that a sponsor has put before a forum that
// works by consensus: it passes if nobody blocks it.
func (m *Forums) negotiateTabled(now *sim.Tick, w *world.World, t int) {
	text := &w.Texts[t]
	k := text.Forum
	sq := text.StatusQuo
	if sq == nil {
		sq = w.Forums[k].Position
	}
	_, block := m.limits(now, w, k, text.Position, sq)
	if m.stances(w, k, t, text.Depth) || text.Depth > block {
		if w.Forums[k].Rule == world.TwoThirds {
			m.decideByVote(now, w, t)
			return
		}
		text.Status = world.Rejected
		m.deadlock(w, k, t)
		return
	}
	for i, in := range w.Forums[k].Members {
		if in && m.limit[i] >= 0 {
			text.Adherence[i] = world.Endorsed
		}
	}
	m.adopt(now, w, t)
	m.tellAgreed(w, k, t, 0, 0)
}

// deadlock notes a session without agreement.
func (m *Forums) deadlock(w *world.World, k, t int) {
	w.Activity.Deadlocks++
	text := &w.Texts[t]
	if text.Status == world.Tabled {
		text.Status = world.Rejected
		if w.Forums[k].Text == t {
			w.Forums[k].Text = -1
		}
	}
	if w.Chronicle.On {
		f := &w.Forums[k]
		w.Add(world.Entry{
			Kind: "deadlock", Name: f.ID, Actors: names(w, text.Sponsors), Weight: .3 * f.Legitimacy * share(w, f),
			Text: fmt.Sprintf("The %s finds no consensus on %s.", f.Name, text.Called()),
		})
	}
}

// share is the share of world power and users among the members.
func share(w *world.World, f *world.Forum) float64 {
	sum := 0.0
	for i, in := range f.Members {
		if in {
			sum += w.Weight(i)
		}
	}
	return sum
}

// counted is a number with the word that goes with it.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// tellAgreed says what members have agreed on: the first text of a forum, and later
// every step of a quarter in what it asks. Sessions that change little are no news.
func (m *Forums) tellAgreed(w *world.World, k, t int, before float64, disowned int) {
	if !w.Chronicle.On {
		return
	}
	f, text := &w.Forums[k], &w.Texts[t]
	const grade, great = .25, .08 // of depth; of world power and users
	if before > 0 && math.Floor(before/grade) == math.Floor(text.Depth/grade) && m.disavowed(w, k) < great {
		return
	}
	change := math.Abs(text.Depth - before)
	sentence := ""
	switch {
	case before == 0:
		sentence = fmt.Sprintf("The %s agrees by consensus on %s: %s.", f.Name, text.Called(), w.Terms(text.Position, text.Depth))
	case text.Depth > before:
		sentence = fmt.Sprintf("The %s asks more of its members: its text now stands at %s.", f.Name, w.Terms(text.Position, text.Depth))
	case text.Depth < before:
		aim := "all can live with it"
		if disowned > 0 {
			aim = "nobody blocks it"
		}
		sentence = fmt.Sprintf("The %s waters down its text, so that %s: %s.", f.Name, aim, w.Terms(text.Position, text.Depth))
	default:
		sentence = fmt.Sprintf("The %s confirms its text: %s.", f.Name, w.Terms(text.Position, text.Depth))
	}
	if disowned > 0 {
		sentence += " " + m.disowners(w, k, disowned)
	}
	w.Add(world.Entry{
		Kind: "text", Name: text.ID, Actors: names(w, text.Sponsors), Text: sentence,
		Weight: min(1, max(change, .05)*share(w, f)),
	})
}

// disavowed is the share of world power and users of the members that disown a text.
func (m *Forums) disavowed(w *world.World, k int) (weight float64) {
	for i, in := range w.Forums[k].Members {
		if in && m.limit[i] < 0 {
			weight += w.Weight(i)
		}
	}
	return weight
}

// disowners names the weightiest of the members that let a text pass and disown it,
// in the words of the United Nations: they dissociate themselves from the consensus.
func (m *Forums) disowners(w *world.World, k, count int) string {
	var list []int
	for i, in := range w.Forums[k].Members {
		if in && m.limit[i] < 0 {
			list = append(list, i)
		}
	}
	verb := "dissociate themselves"
	if count == 1 {
		verb = "dissociates itself"
	}
	return fmt.Sprintf("%s %s from it.", w.Enumerate(list), verb)
}
