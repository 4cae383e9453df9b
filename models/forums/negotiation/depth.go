package negotiation

import (
	"cmp"
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// Depth is the deepest text that nobody blocks (E5): members at the given
// positions, a text at q against a status quo at sq, and what isolation costs
// each member,
//
//	d* = min(1, min_i kappa_i / max(0, (x_i-q)^2 - (x_i-sq)^2))
//
// the lowest common denominator in closed form. The positions are those of one member
// after the other, each of as many dimensions as q.
func Depth(positions, q, sq, kappa []float64) float64 {
	dim := len(q)
	d := 1.0
	for i, k := range kappa {
		x := positions[i*dim : i*dim+dim]
		d = min(d, deepest(k, world.SquaredDistance(x, q)-world.SquaredDistance(x, sq)))
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

// deepest is the depth d at which what a text costs a member, its loss l per unit of
// depth and what it is to be bound at all, comes to the cost of standing alone:
//
//	d l + o d^2 = cost
//
// with o the obligation: the deeper a text, the more of a member's freedom of action the
// next step takes.
func (p *Parameters) deepest(cost, loss float64) float64 {
	if p.Obligation == 0 {
		return deepest(cost, loss)
	}
	if cost == 0 {
		return 0 // who bears no cost is not bound at all, even where it loses nothing
	}
	return 2 * cost / (loss + math.Sqrt(loss*loss+4*p.Obligation*cost))
}

// limits are what the members of a forum put up with of a text at one place.
type limits struct {
	join, block           []float64 // by state: the deepest text that a member does not disown, and does not block
	leastJoin, leastBlock float64   // of all members, and of full depth
}

func (l *limits) size(n int) {
	if len(l.join) != n {
		l.join, l.block = make([]float64, n), make([]float64, n)
	}
}

// blockers are the members that would rather block a text of some depth than disown it.
func (l *limits) blockers(f *world.Forum, depth float64) (list []int) {
	for i, in := range f.Members {
		if in && l.block[i] < depth-world.Tie {
			list = append(list, i)
		}
	}
	return list
}

// limits works out what the members of a forum put up with of a text at q, where the
// status quo is sq. Beyond the published rule, a
// commitment away from its own position costs a member even where the text is no
// worse for it than the status quo, and to be bound costs it something, whatever the text
// says; the parameters commitment = 0 and obligation = 0 leave that out. Known is the part
// of the moods of members that the limits are to show: 1 for what members do, less for
// what a chair expects of them. Objectors, unless nil, find company in one another.
func (m *Negotiation) limits(l *limits, now *sim.Tick, w *world.World, k int, q, sq []float64, known float64, company *objectors) {
	f := &w.Forums[k]
	// The shares of what isolation costs a member that it bears before it disowns a text,
	// and before it blocks one.
	joinFactor, blockFactor := min(1, m.Dissociation/m.Relief), max(1, (1-m.Dissociation)/(1-m.Relief))
	l.leastJoin, l.leastBlock = 1, 1
	for i, in := range f.Members {
		if !in {
			continue
		}
		x := w.Position(i)
		away := world.SquaredDistance(x, q)
		loss := max(0, away-world.SquaredDistance(x, sq)) + m.Commitment*away
		if m.ground.rivalry > 0 {
			loss *= 1 + m.ground.rivalry*m.foreign(w, i)
		}
		kappa, mood := m.ground.cost*(1-company.relieve(w, i, m.Blocking)), m.mood(now, f.Key, w.States.Key[i], known)
		l.block[i] = m.deepest(blockFactor*kappa*mood, loss)
		if m.Ambition > 0 {
			mood = 1 // it is in blocking that states surprise
		}
		l.join[i] = m.deepest(joinFactor*kappa*mood, loss)
		l.leastJoin, l.leastBlock = min(l.leastJoin, l.join[i]), min(l.leastBlock, l.block[i])
	}
	if m.Ambition > 0 {
		l.leastBlock = m.blocked(l, w, f)
	}
}

// blocked is the depth from which those who block a text are too many and too weighty to
// be overruled, of full depth.
func (m *Negotiation) blocked(l *limits, w *world.World, f *world.Forum) float64 {
	least, depth := m.Overruled*w.MembersWeight(f), 1.0
	for i, in := range f.Members {
		if in && w.Weight(i) >= least-world.Tie {
			depth = min(depth, l.block[i])
		}
	}
	m.small = m.small[:0]
	for i, in := range f.Members {
		if in && l.block[i] < depth {
			m.small = append(m.small, i)
		}
	}
	slices.SortFunc(m.small, func(a, b int) int { return cmp.Compare(l.block[a], l.block[b]) })
	together := 0.0
	for _, i := range m.small {
		if together += w.Weight(i); together >= least-world.Tie {
			return l.block[i]
		}
	}
	return depth
}

// mood is by how much a session of the forum makes the cost of isolation larger or
// smaller than usual for a member, as far as it is known: 1 wholly, 0 not at all.
func (m *Negotiation) mood(now *sim.Tick, forum, state uint64, known float64) float64 {
	if m.Temper == 0 || known == 0 {
		return 1
	}
	return math.Exp(known * m.Temper * now.Stream.Pair(forum, state).NormFloat64())
}

// objectors are the members to whom a text that a sponsor has tabled would give cause for
// a grievance. It is standing alone that costs: they find together, and the nearer they
// come to a blocking minority, the less it costs each of them to object.
type objectors struct {
	among []bool  // by state
	share float64 // of the members' power and users that is theirs
	all   float64 // power and users of all members, as a share of the world's
}

func objectorsTo(w *world.World, f *world.Forum, text *world.Text, sq []float64, grievance float64) *objectors {
	o := &objectors{among: make([]bool, len(f.Members)), all: w.MembersWeight(f)}
	for i, in := range f.Members {
		x := w.Position(i)
		if in && text.Depth*(world.SquaredDistance(x, text.Position)-world.SquaredDistance(x, sq)) > grievance+world.Tie {
			o.among[i] = true
			o.share += w.Weight(i)
		}
	}
	if o.all > 0 {
		o.share /= o.all
	}
	return o
}

// relieve is what the other objectors take from the cost that objecting has for member i,
// as a share.
func (o *objectors) relieve(w *world.World, i int, blocking float64) float64 {
	if o == nil || o.share == 0 || !o.among[i] {
		return 0
	}
	return min(1, max(0, o.share-w.Weight(i)/o.all)/blocking)
}
