package markets

import (
	"cmp"
	"math/bits"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// The races of a year.
const (
	banRace uint64 = iota
	liftRace
	accordRace
	officeRace
	denialRace
)

// The races drawn once, before the first tick.
const (
	banReluctance uint64 = iota + 100
	hardenReluctance
	denialCaution
)

// change is a decision on a ban.
type change struct {
	firm, state   int
	before, after float64
	scripted      bool // the state's rule differs from the model
}

// bans are the buffers of the year's decisions.
type bans struct {
	group       [][]int   // by firm: itself and the others of its home and sector
	force       []ban     // in force when the year begins
	banners     []int     // the states that ban anything
	voice       []float64 // states: what the example of a banner counts
	cue         []float64 // firms x states
	provocation []float64 // states, for one firm: the strictest recent ban of its home on a firm of theirs
	standing    []float64 // states, for one firm: the strictest such ban at all
	barred      []float64 // states, for one firm: their strongest restriction on firms of its home in another sector
	changes     []change
}

func (b *bans) prepare(w *world.World) {
	n, f := w.States.N, w.Firms.N
	b.cue, b.voice = world.Zeros(b.cue, n*f), world.Zeros(b.voice, n)
	b.provocation, b.standing, b.barred = world.Zeros(b.provocation, n), world.Zeros(b.standing, n), world.Zeros(b.barred, n)
	if len(b.group) != f {
		b.group = make([][]int, f)
	}
	for k := range f {
		b.group[k] = b.group[k][:0]
		for other := range f {
			if alike(w, k, other) {
				b.group[k] = append(b.group[k], other)
			}
		}
	}
}

// beginBans draws how reluctant every state is to bar the vendors of each home and
// sector, and forgets the bans of another run.
func (m *Markets) beginBans(start *sim.Tick, w *world.World) {
	n, f := w.States.N, w.Firms.N
	m.Lead, m.Refuse, m.Harden = world.Zeros(m.Lead, f), world.Zeros(m.Refuse, f*n), world.Zeros(m.Harden, f*n)
	m.Since, m.Then, m.Answer = world.Zeros(m.Since, f*n), world.Zeros(m.Then, f*n), world.Zeros(m.Answer, f*n)
	m.Januaries = 0
	refuse, harden := start.Stream.Race(banReluctance), start.Stream.Race(hardenReluctance)
	for k := range f {
		m.Lead[k] = lead(w, k, m.bans.group[k])
		if m.Lead[k] != k || m.sensitivity(w.Firms.Sector[k]) == 0 {
			continue
		}
		for i := range n {
			key := pair(w, k, i)
			m.Refuse[k*n+i], m.Harden[k*n+i] = refuse.Uniform(key), harden.Uniform(key)
		}
	}
}

// lead is the largest of the group of firm k: the one of which a state thinks when it
// thinks of such vendors.
func lead(w *world.World, k int, group []int) int {
	f, best := &w.Firms, k
	for _, other := range group {
		if f.Size[other] > f.Size[best] || f.Size[other] == f.Size[best] && f.Key[other] < f.Key[best] {
			best = other
		}
	}
	return best
}

// pair is the key of the draws of state i about firm k.
func pair(w *world.World, k, i int) uint64 { return about(w.States.Key[i], w.Firms.Key[k]) }

// about is the key of the draws of one agent about another.
func about(one, other uint64) uint64 {
	const turn = 23 // bits, so that the two keys do not cancel
	return one ^ bits.RotateLeft64(other, turn)
}

// review is the look that states take at foreign vendors in one January.
type review struct {
	*Markets
	w         *world.World
	own, lift sim.Race // draws of new bans, and of lifted ones
}

// look opens the review of a year: what is in force, and whose example counts.
func (m *Markets) look(now *sim.Tick, w *world.World) review {
	r := review{m, w, now.Stream.Race(banRace), now.Stream.Race(liftRace)}
	r.list(now.Index == 0)
	r.listDenials(now.Index == 0)
	r.deriveCues()
	m.shares.sum(w, m.shares.nest)
	return r
}

// weigh plays the year's decisions on bans and denials and tells whether anything in
// force has changed. Both read what was in force before.
func (m *Markets) weigh(now *sim.Tick, w *world.World) bool {
	m.Januaries++
	r := m.look(now, w)
	barred := r.decideBans()
	denied := r.decideDenials(now)
	if barred {
		w.CountBans()
	}
	if denied {
		w.CountDenials()
		r.listDenials(false)
	}
	r.rely()
	return barred || denied
}

// decideBans asks every state about the vendors of every home and sector and tells
// whether any ban has changed. What is decided on the largest of them holds for
// all that sell there.
func (r *review) decideBans() bool {
	w, b := r.w, &r.bans
	b.changes = b.changes[:0]
	for k := range w.Firms.N {
		if r.Lead[k] == k {
			r.ask(k)
		}
	}
	// By home and sector, so that they can be told together.
	slices.SortStableFunc(b.changes, func(x, y change) int { return cmp.Compare(r.Lead[x.firm], r.Lead[y.firm]) })
	for _, c := range b.changes {
		w.Bans(c.firm)[c.state] = c.after
		if c.before == 0 {
			w.Activity.Bans++
		}
	}
	r.tell()
	return len(b.changes) > 0
}

// ask asks every state about the group of firm k.
func (r *review) ask(k int) {
	w, sensitive := r.w, 0.0
	if w.Firms.Home[k] != world.Abroad {
		sensitive = r.sensitivity(w.Firms.Sector[k])
		r.deriveGrudges(k)
	}
	for i := range w.States.N {
		ruled := w.Rules.State != nil && w.Rules.State[i] != nil
		before := r.strictest(k, i)
		if before == 0 && !ruled && (sensitive == 0 || !r.considers(k, i)) {
			continue // nothing to decide
		}
		r.decide(k, i, before, r.wish(k, i, before, sensitive), ruled)
	}
}

// strictest is the strictest ban of state i on the group of firm k.
func (r *review) strictest(k, i int) float64 {
	strictest := 0.0
	if len(r.bans.force) == 0 {
		return strictest
	}
	for _, firm := range r.bans.group[k] {
		strictest = max(strictest, r.w.Bans(firm)[i])
	}
	return strictest
}

// sells tells whether a firm of the group of firm k has a market in state i.
func (r *review) sells(k, i int) bool {
	for _, firm := range r.bans.group[k] {
		if r.shares.inSector(r.w, firm, i) >= r.Presence {
			return true
		}
	}
	return false
}

// decide notes what state i, whose strictest ban on the group of firm k is before, makes
// of its wish: for those that sell there, or for all when it relents.
func (r *review) decide(k, i int, before, wish float64, ruled bool) {
	for _, firm := range r.bans.group[k] {
		was := r.w.Bans(firm)[i]
		model := was
		switch {
		case wish > before && r.shares.inSector(r.w, firm, i) >= r.Presence:
			model = max(was, wish)
		case wish < before:
			model = 0
		}
		if model == was && !ruled {
			continue // the model's rule keeps what is
		}
		if after := r.w.AskBan(i, firm, model); after != was {
			r.bans.changes = append(r.bans.changes, change{firm, i, was, after, after != model})
		}
	}
}

// considers tells whether state i has a reason to think of a ban on foreign firms of
// the home state of firm k: they sell there, and it mistrusts a power that they obey, faces a
// rival, or has had its own firms banned.
func (r *review) considers(k, i int) bool {
	w, n, home := r.w, r.w.States.N, r.w.Firms.Home[k]
	if home == i {
		return false
	}
	mistrusts := w.States.Power[home] >= r.HomePower && r.tie(w, k) >= r.Obedience && r.shares.today[r.shares.home[k]*n+i] < r.Threshold
	return (mistrusts || r.bans.provocation[i] > 0 || w.Dyads.Rival[home*n+i]) && r.sells(k, i)
}

// wish is the ban that state i wants on the group of firm k: the strictest in force, a
// new or stronger one, or none. Its draws are those of the pair, so that no other
// decision shifts them.
func (r *review) wish(k, i int, before, sensitive float64) float64 {
	w, n := r.w, r.w.States.N
	if home := w.Firms.Home[k]; home == world.Abroad || home == i {
		return before
	}
	c, trust, key := r.cause(k, i, sensitive), r.shares.today[r.shares.home[k]*n+i], pair(w, k, i)
	if before > 0 && r.forgives(k, i, c) {
		if r.lift.Uniform(key) <= r.Lift*(1-c.cue) {
			return 0
		}
		return before
	}
	if sensitive == 0 || !r.considers(k, i) {
		return before
	}
	reluctance := r.Refuse[k*n+i]
	strength := max(r.MildestBan, (1-trust)*(1-c.share))
	if before == 0 {
		strength = min(strength, r.FirstBan)
	} else {
		if reluctance = r.Harden[k*n+i]; strength < before+r.BanStep {
			return before
		}
	}
	if r.own.Uniform(key) > r.attention(c) || reluctance > r.propensity(c) {
		return before
	}
	return strength
}

// cause is what state i weighs when it thinks of firm k.
func (r *review) cause(k, i int, sensitive float64) cause {
	w, n, column := r.w, r.w.States.N, r.shares.home[k]*r.w.States.N+i
	trust := r.shares.today[column]
	return cause{
		sensitive: sensitive, risk: (1 - trust) * r.tie(w, k), rival: w.Dyads.Rival[w.Firms.Home[k]*n+i],
		cue: r.bans.cue[k*n+i], provocation: r.bans.provocation[i], lost: lost(r.Trust[column], trust), precedent: r.bans.barred[i],
		share: r.shares.inSector(w, k, i) * r.priceOf(r.shares.home[k], i), capacity: w.States.Diplomacy[i], market: r.market(w.States.Users[i]), seen: r.means(w.Firms.Size[k]),
	}
}

// forgives tells whether state i, which bars a firm of the group of firm k, has no reason to any more:
// it trusts their home again, or much more than when the ban began, the home bars none of
// its own, and it would not impose the ban today.
func (r *review) forgives(k, i int, c cause) bool {
	n := r.w.States.N
	trust := r.shares.today[r.shares.home[k]*n+i]
	if r.bans.standing[i] > 0 || c.sensitive > 0 && r.propensity(c) >= r.Refuse[k*n+i] {
		return false
	}
	if trust > r.Threshold+r.TrustReturned {
		return true
	}
	for _, firm := range r.bans.group[k] {
		if r.Since[firm*n+i] != 0 && trust > r.Then[firm*n+i]+r.TrustMended {
			return true
		}
	}
	return false
}
