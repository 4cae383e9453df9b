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
// worse for it than the status quo, and to be bound costs it something, whatever the text
// says; the parameters commitment = 0 and obligation = 0 leave that out.
func (m *Forums) limits(now *sim.Tick, w *world.World, k int, q, sq []float64) (join, block float64) {
	f := &w.Forums[k]
	joinFactor, blockFactor := m.factors()
	cost := m.Isolation * f.Legitimacy * effort(w, f.Members, world.ConsensusBuilding)
	join, block = 1, 1
	for i := range w.States.N {
		m.limit[i] = math.Inf(1)
		if !f.Members[i] {
			continue
		}
		x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
		loss := max(0, squared(x, q)-squared(x, sq)) + m.Commitment*squared(x, q)
		kappa := cost * m.temper(now, f.Key, w.States.Key[i]) * (1 - m.company(w, i))
		m.limit[i], m.veto[i] = m.deepest(joinFactor*kappa, loss), m.deepest(blockFactor*kappa, loss)
		join, block = min(join, m.limit[i]), min(block, m.veto[i])
	}
	return join, block
}

// deepest is the depth d at which what a text costs a member, its loss l per unit of
// depth and what it is to be bound at all, comes to the cost of standing alone:
//
//	d l + o d^2 = cost
//
// with o the obligation: the deeper a text, the more of a member's freedom of action the
// next step takes.
func (m *Forums) deepest(cost, loss float64) float64 {
	if m.Obligation == 0 {
		return deepest(cost, loss)
	}
	return 2 * cost / (loss + math.Sqrt(loss*loss+4*m.Obligation*cost))
}

// factors are the shares of what isolation costs a member that it bears before it
// disowns a text, and before it blocks one.
func (m *Forums) factors() (join, block float64) {
	return min(1, m.Dissociation/relief), max(1, (1-m.Dissociation)/(1-relief))
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
	if old := m.inForce(w, k); depth < old && m.Reopening > 0 {
		switch stands, join := m.stands(now, w, k, old, sq); {
		case stands:
			position, depth, block = sq, old, math.Inf(1)
		case join > depth:
			position, depth, block = sq, join, math.Inf(1) // watered down where it is, it keeps more
		default:
			m.limits(now, w, k, position, sq) // stands has overwritten them
		}
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

// loyalty is how much deeper a text may be for a member that has joined in it than for
// one that is asked for the first time: nobody drops what it has signed on a whim.
const loyalty = 1.6

// inForce is the depth of the voluntary text of forum k that is in force, 0 if it has none.
func (*Forums) inForce(w *world.World, k int) float64 {
	if f := &w.Forums[k]; !f.Binding && f.Text >= 0 && w.Texts[f.Text].Status == world.InForce {
		return w.Texts[f.Text].Depth
	}
	return 0
}

// stands tells whether the members rather leave their voluntary text of the old depth
// as it is than adopt a shallower one: language once agreed is not reopened for the sake
// of a few who would disown it, as long as they do not block. It returns, too, how deep
// the text may be at sq, where it stands, that nobody disowns it. Afterwards m.limit and
// m.veto are those of the text in force.
func (m *Forums) stands(now *sim.Tick, w *world.World, k int, old float64, sq []float64) (bool, float64) {
	f := &w.Forums[k]
	_, block := m.limits(now, w, k, sq, sq)
	few, number, join := 0.0, 0, old
	for i, in := range f.Members {
		if !in {
			continue
		}
		if w.Texts[f.Text].Adherence[i] != world.Outside {
			m.limit[i] *= loyalty
		}
		join = min(join, m.limit[i])
		if m.limit[i] < old {
			few += w.Weight(i)
			number++
		}
	}
	return block >= old && few <= m.Reopening*share(w, f) && float64(number) <= m.Reopening*float64(membersOf(f)), join
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
	pull := min(1, m.Compromise*effort(w, f.Members, world.ConsensusBuilding)*deadline(now, f))
	for d, x := range position {
		position[d] = sq[d] + pull*(x-sq[d])
	}
	draft, passes := m.draft(now, w, k, position, sq)
	m.findBlockers(w, k, draft.Depth)
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
		m.stuck[f.Key]++
		m.deadlock(w, k, t)
		m.goOn(w, k)
		return
	}
	m.agree(now, w, k, t, draft)
	m.stuck[f.Key] = 0
}

// findBlockers lists in m.newly the members that would rather block a text of that
// depth than disown it.
func (m *Forums) findBlockers(w *world.World, k int, depth float64) {
	m.newly = m.newly[:0]
	for i, in := range w.Forums[k].Members {
		if in && m.veto[i] < depth {
			m.newly = append(m.newly, i)
		}
	}
}

// patience is the number of sessions in a row that a club of the like-minded waits for
// who blocks its text, and pillar the share of its weight that it cannot go on without.
const patience, pillar = 2, .1

// goOn lets a club of states that seek consensus part with those who block it time and
// again, unless it is nothing without them. Organisations with a secretariat and
// treaties do not.
func (m *Forums) goOn(w *world.World, k int) {
	f := &w.Forums[k]
	if f.Access != world.AccessInvited || f.Structured || f.Binding || m.stuck[f.Key] < patience || w.WeightOf(m.newly) > pillar*share(w, f) {
		return
	}
	stay := m.newly[:0]
	for _, i := range m.newly {
		if w.AskLeave(i, k, true) {
			stay = append(stay, i)
		}
	}
	m.newly = stay
	for _, i := range m.newly {
		w.Exit(k, i)
	}
	m.tellMembers(w, k, "blocks a text once more and leaves", "block a text once more and leave")
}

// deadline is how much farther than in other sessions members come in the one in which
// the report of their mandate is due (the deadline effect: Roth, Murnighan and
// Schoumaker 1988). Where they know already that they go on, nothing presses them.
func deadline(now *sim.Tick, f *world.Forum) float64 {
	if f.MandateEnd == now.Index {
		return 2
	}
	return 1
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

// agree adopts the draft as the forum's text. The depth of a text in force moves by a
// share of the way only, so that it neither leaps nor collapses.
func (m *Forums) agree(now *sim.Tick, w *world.World, k, t int, draft world.Draft) {
	f, text := &w.Forums[k], &w.Texts[t]
	old, depth := 0.0, draft.Depth
	if text.Status == world.InForce {
		old = text.Depth
		depth = old + m.step(now, f, depth-old)
		if text.Binding {
			depth = max(old, depth) // protocols may deepen a treaty, no session undoes it
		}
	}
	m.newly = m.newly[:0]
	for i, in := range f.Members {
		switch {
		case !in:
		case m.limit[i] < 0:
			if old == 0 || text.Adherence[i] == world.Endorsed {
				m.newly = append(m.newly, i)
			}
			if text.Adherence[i] == world.Endorsed {
				text.Adherence[i] = world.Outside
				m.slighted[slight{f.Line, i}] = now.Index
			}
		case text.Adherence[i] == world.Outside:
			text.Adherence[i] = world.Endorsed
		}
	}
	text.Position = append(text.Position[:0], draft.Position...)
	text.Depth = depth
	m.adopt(now, w, t)
	m.tellAgreed(now, w, k, t, old)
}

// crumbs is the change of depth over which nobody haggles (assumption).
const crumbs = .05

// step is the part of the way to another depth that this session covers: in some more
// comes about than in others, and a short way is gone at once.
func (m *Forums) step(now *sim.Tick, f *world.Forum, way float64) float64 {
	if math.Abs(way) <= crumbs {
		return way
	}
	part := min(1, m.Pace*m.temper(now, f.Key, sim.Key("pace"))) * way
	return math.Copysign(max(crumbs, math.Abs(part)), way)
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

// blocking is the share of the power and users of the members that suffices to object to a
// tabled text at no cost: without them two thirds could not carry it either.
const blocking = 1. / 3

// negotiateTabled treats a text that a sponsor has put before a forum that
// works by consensus: it passes if nobody blocks it.
func (m *Forums) negotiateTabled(now *sim.Tick, w *world.World, t int) {
	text := &w.Texts[t]
	k := text.Forum
	sq := text.StatusQuo
	if sq == nil {
		sq = w.Forums[k].Position
	}
	block := m.inCompany(now, w, k, text, sq)
	if m.stances(w, k, t, text.Depth) || text.Depth > block {
		if w.Forums[k].Rule == world.TwoThirds {
			m.decideByVote(now, w, t)
			return
		}
		text.Status = world.Rejected
		m.deadlock(w, k, t)
		return
	}
	m.newly = m.newly[:0]
	for i, in := range w.Forums[k].Members {
		switch {
		case in && m.limit[i] >= 0:
			text.Adherence[i] = world.Endorsed
		case in:
			m.newly = append(m.newly, i)
		}
	}
	m.adopt(now, w, t)
	m.tellAgreed(now, w, k, t, 0)
}

// inCompany is how deep a text that a sponsor has tabled may be before somebody blocks it.
// It is standing alone that costs: those whom the text would give cause for a grievance
// find together, and the nearer they come to a blocking minority, the less it costs each of
// them to object.
func (m *Forums) inCompany(now *sim.Tick, w *world.World, k int, text *world.Text, sq []float64) (block float64) {
	f := &w.Forums[k]
	all := share(w, f)
	m.against = 0
	for i, in := range f.Members {
		x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
		if m.objects[i] = in && text.Depth*(squared(x, text.Position)-squared(x, sq)) > m.Grievance; m.objects[i] {
			m.against += w.Weight(i)
		}
	}
	m.against /= max(all, 1e-300)
	m.all = all
	_, block = m.limits(now, w, k, text.Position, sq)
	m.against = 0
	return block
}

// company is what the others who object to the text at hand take from the cost that
// objecting has for member i, as a share.
func (m *Forums) company(w *world.World, i int) float64 {
	if m.against == 0 || !m.objects[i] {
		return 0
	}
	return min(1, max(0, m.against-w.Weight(i)/m.all)/blocking)
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
