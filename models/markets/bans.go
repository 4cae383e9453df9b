package markets

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// sensitivity is how much the obedience of a vendor endangers whoever depends on
// it, by sector (assumption): network equipment and security software see
// everything; platforms a part. Other sectors are not banned on these grounds: carriers
// serve at home, and need a licence to serve elsewhere.
func sensitivity(sector string) float64 {
	switch sector {
	case "equipment", "security":
		return 1
	case "platform":
		return .5
	}
	return 0
}

const (
	// trusted is the trust above which a state counts as an ally for cues,
	// whether or not there is a treaty.
	trusted = .8
	// mildest is the strength of the weakest ban that a state decides on: a
	// memorandum or a procurement rule.
	mildest = .3
	// opening is the strength of the strictest first decision: a limit. States ban outright
	// in a second step, as the United Kingdom did in January and July 2020.
	opening = .5
	// chorus is the share of world power that the allies of a state must hold to
	// count for half: one voice is no chorus.
	chorus = .15
	// great is the share of world power from which a mistrusted state counts as
	// a danger through its firms; a rival or a state that bans one's own firms
	// always does.
	great = .02
	// obedient is the tie to its home state from which mistrust of the home is a reason
	// to bar a firm: one that obeys more often than not.
	obedient = .5
	// fresh is for how many years the example of an ally is what a ban follows.
	fresh = 6
	// heat is for how many years a ban on one's own firms asks for an answer.
	heat = 3
	// step is the least by which a ban is made stronger.
	step = .3
	// present is the share of its sector from which a vendor counts in a state.
	present = .01
	// returned is by how much trust must exceed the threshold before a ban is
	// lifted, so that bans do not flicker; mended by how much what it was when the
	// ban began.
	returned, mended = .1, .15
)

// The races of a year.
const (
	banRace uint64 = iota
	liftRace
	accordRace
	officeRace
)

// The races drawn once, before the first tick.
const (
	banReluctance uint64 = iota + 100
	hardenReluctance
)

// ban is one ban in force.
type ban struct {
	firm, state int
	strength    float64
}

// change is a decision on a ban.
type change struct {
	firm, state   int
	before, after float64
	scripted      bool // the state's rule differs from the model
}

type bans struct {
	force     []ban     // in force when the year begins
	banners   []int     // the states that ban anything
	voice     []float64 // states: scratch, what the example of a banner counts
	cue       []float64 // firms x states
	grudge    []float64 // states: scratch of one firm, the strictest fresh ban of its home on a firm of theirs
	standing  []float64 // states: scratch of one firm, the strictest such ban at all
	barred    []float64 // states: scratch of one firm, their strongest restriction on firms of its home in another sector
	lead      []int     // by firm: the largest of its home and sector
	likes     [][]int   // by leading firm: itself and the others of its home and sector
	since     []int     // firms x states: the January, from 1, in which a ban was first seen; 0: none
	then      []float64 // firms x states: trust in the home in that January
	januaries int
	answer    []bool    // firms x states: when it began, the home barred a firm of the state already
	refuse    []float64 // firms x states: what the propensity must exceed for a ban
	harden    []float64 // firms x states: and for a stronger one
	own       sim.Race  // the year's draws of new bans, and of lifted ones
	lift      sim.Race
	changes   []change
}

// begin sizes the buffers and draws how reluctant every state is to bar the vendors of
// each home and sector.
func (b *bans) begin(start *sim.Tick, w *world.World) {
	n, f := w.States.N, w.Firms.N
	if len(b.cue) != n*f {
		b.cue, b.refuse, b.harden = make([]float64, n*f), make([]float64, n*f), make([]float64, n*f)
		b.since, b.then, b.answer = make([]int, n*f), make([]float64, n*f), make([]bool, n*f)
	}
	if len(b.grudge) != n {
		b.grudge, b.voice, b.barred, b.standing = make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	}
	if len(b.lead) != f {
		b.lead, b.likes = make([]int, f), make([][]int, f)
	}
	for k := range f {
		b.likes[k] = b.likes[k][:0]
	}
	clear(b.since)
	b.januaries = 0
	refuse, harden := start.Stream.Race(banReluctance), start.Stream.Race(hardenReluctance)
	for k := range f {
		b.lead[k] = lead(w, k)
		b.likes[b.lead[k]] = append(b.likes[b.lead[k]], k)
		if b.lead[k] != k || sensitivity(w.Firms.Sector[k]) == 0 {
			continue
		}
		for i := range n {
			key := pair(w, k, i)
			b.refuse[k*n+i], b.harden[k*n+i] = refuse.Uniform(key), harden.Uniform(key)
		}
	}
}

// lead is the largest firm of the home and sector of firm k: the one of which a state
// thinks when it thinks of such vendors.
func lead(w *world.World, k int) int {
	f, best := &w.Firms, k
	for other := range f.N {
		if f.Home[other] != f.Home[k] || f.Sector[other] != f.Sector[k] {
			continue
		}
		if f.Size[other] > f.Size[best] || f.Size[other] == f.Size[best] && f.Key[other] < f.Key[best] {
			best = other
		}
	}
	return best
}

// decideBans asks every state about the vendors of every home and sector and tells
// whether any ban has changed. What is decided on the largest of them holds for
// all that sell there.
func (m *Markets) decideBans(now *sim.Tick, w *world.World) bool {
	n, f, b := w.States.N, &w.Firms, &m.bans
	b.changes = b.changes[:0]
	b.januaries++
	m.listBans(now, w)
	m.deriveCues(w)
	m.shares.sum(w, m.shares.nest)
	b.own, b.lift = now.Stream.Race(banRace), now.Stream.Race(liftRace)
	for k := range f.N {
		if b.lead[k] != k {
			continue
		}
		sensitive := 0.0
		if f.Home[k] != world.Abroad {
			sensitive = sensitivity(f.Sector[k])
			m.deriveGrudges(w, k)
		}
		for i := range n {
			ruled := w.Rules.State != nil && w.Rules.State[i] != nil
			before := b.stands(w, k, i)
			if before == 0 && !ruled && (sensitive == 0 || !m.minds(w, k, i)) {
				continue // nothing to decide
			}
			m.decide(w, k, i, before, m.wish(w, k, i, before, sensitive), ruled)
		}
	}
	// By home and sector, so that they can be told together.
	slices.SortStableFunc(b.changes, func(x, y change) int { return cmp.Compare(b.lead[x.firm], b.lead[y.firm]) })
	for _, c := range b.changes {
		f.Ban[c.firm*n+c.state] = c.after
		if c.before == 0 {
			w.Activity.Bans++
		}
	}
	m.tellBans(w)
	return len(b.changes) > 0
}

// stands is the strictest ban of state i on firm k and its likes.
func (b *bans) stands(w *world.World, k, i int) float64 {
	strictest := 0.0
	if len(b.force) == 0 {
		return strictest
	}
	for _, firm := range b.likes[k] {
		strictest = max(strictest, w.Firms.Ban[firm*w.States.N+i])
	}
	return strictest
}

// sells tells whether firm k or one of its likes has a market in state i.
func (m *Markets) sells(w *world.World, k, i int) bool {
	for _, firm := range m.bans.likes[k] {
		if m.shares.inSector(w, firm, i) >= present {
			return true
		}
	}
	return false
}

// decide notes what state i, whose strictest ban on firm k and its likes is before, makes
// of its wish: for those that sell there, or for all when it relents.
func (m *Markets) decide(w *world.World, k, i int, before, wish float64, ruled bool) {
	n, f, b := w.States.N, &w.Firms, &m.bans
	for _, firm := range b.likes[k] {
		was := f.Ban[firm*n+i]
		model := was
		switch {
		case wish > before && m.shares.inSector(w, firm, i) >= present:
			model = max(was, wish)
		case wish < before:
			model = 0
		}
		if model == was && !ruled {
			continue // the model's rule keeps what is
		}
		if after := w.AskBan(i, firm, model); after != was {
			b.changes = append(b.changes, change{firm, i, was, after, after != model})
		}
	}
}

// listBans notes what is in force: a list is quicker to look through.
func (m *Markets) listBans(now *sim.Tick, w *world.World) {
	n, b := w.States.N, &m.bans
	b.force, b.banners = b.force[:0], b.banners[:0]
	if w.Standing.Bans == 0 {
		return
	}
	for k := range w.Firms.N {
		for i, strength := range w.Firms.Ban[k*n : k*n+n] {
			if strength == 0 {
				b.since[k*n+i] = 0
				continue
			}
			if b.since[k*n+i] == 0 {
				b.since[k*n+i] = b.januaries
				b.answer[k*n+i] = m.barredBefore(w, i, w.Firms.Home[k])
				if h := m.shares.home[k]; h >= 0 {
					b.then[k*n+i] = m.shares.today[h*n+i]
				}
				if now.Index == 0 {
					b.since[k*n+i] = -fresh // nobody knows since when
				}
			}
			b.force = append(b.force, ban{k, i, strength})
			if !slices.Contains(b.banners, i) {
				b.banners = append(b.banners, i)
			}
		}
	}
}

// barredBefore tells whether a home state has barred a firm of state i for a year or more.
func (m *Markets) barredBefore(w *world.World, i, home int) bool {
	if home == world.Abroad {
		return false
	}
	for k, h := range w.Firms.Home {
		if at := k*w.States.N + home; h == i && w.Firms.Ban[at] > 0 && m.bans.since[at] != 0 && m.bans.since[at] < m.bans.januaries {
			return true
		}
	}
	return false
}

// stings tells whether a ban asks the home of the firm for an answer: it is fresh, and no
// answer itself: the first of two who bar each other has nothing to answer (assumption).
func (b *bans) stings(w *world.World, x ban) bool {
	at := x.firm*w.States.N + x.state
	return b.januaries-b.since[at] < heat && !b.answer[at]
}

// deriveCues works out, for every firm and state, the power-weighted share of the
// state's allies that ban the firm,
//
//	cue = sum_j pi_j tau_ij (1-|x_i-x_j|) ban_fj / (chorus + sum_j pi_j)
//
// over its treaty allies j and those that it trusts more than .8. States learn from
// those who think alike (Grossback, Nicholson-Crotty and Peterson 2004), so that the
// word of a distant ally counts for less, and so does that of a few weak ones.
func (m *Markets) deriveCues(w *world.World) {
	n, d, b := w.States.N, &w.Dyads, &m.bans
	position := func(i int) []float64 { return w.States.Position[i*w.Dim : i*w.Dim+w.Dim] }
	clear(b.cue)
	for i := range n {
		trust, ally := d.Trust[i*n:i*n+n], d.Ally[i*n:i*n+n]
		looks := false
		for _, j := range b.banners {
			b.voice[j] = 0
			if (ally[j] || trust[j] > trusted) && j != i {
				b.voice[j], looks = w.States.Power[j]*trust[j]*(1-world.Distance(position(i), position(j))), true
			}
		}
		if !looks {
			continue
		}
		total := chorus
		for j, tau := range trust {
			if (ally[j] || tau > trusted) && j != i {
				total += w.States.Power[j]
			}
		}
		for _, j := range b.banners {
			b.voice[j] /= total
		}
		for _, x := range b.force {
			b.cue[x.firm*n+i] += b.voice[x.state] * x.strength
		}
	}
}

// deriveGrudges works out how strongly the home state of firm k bans a firm of
// each state, how strongly by a ban that asks for an answer, and how strongly each state bars firms of this home in another sector.
func (m *Markets) deriveGrudges(w *world.World, k int) {
	b, f := &m.bans, &w.Firms
	clear(b.grudge)
	clear(b.standing)
	clear(b.barred)
	for _, x := range b.force {
		home := f.Home[x.firm]
		if home == world.Abroad {
			continue
		}
		if x.state == f.Home[k] {
			b.standing[home] = max(b.standing[home], x.strength)
			if b.stings(w, x) {
				b.grudge[home] = max(b.grudge[home], x.strength)
			}
		}
		if home == f.Home[k] && f.Sector[x.firm] != f.Sector[k] {
			b.barred[x.state] = max(b.barred[x.state], x.strength)
		}
	}
}

// pair is the key of the draws of state i about firm k.
func pair(w *world.World, k, i int) uint64 {
	return w.States.Key[i] ^ bits.RotateLeft64(w.Firms.Key[k], 23)
}

// minds tells whether state i has a reason to think of a ban on foreign firms of
// the home state of firm k: they sell there, and it mistrusts a power that they obey, faces a
// rival, or has had its own firms banned.
func (m *Markets) minds(w *world.World, k, i int) bool {
	n, home := w.States.N, w.Firms.Home[k]
	if home == i {
		return false
	}
	mistrusts := w.States.Power[home] >= great && m.tie(w, k) >= obedient && m.shares.today[m.shares.home[k]*n+i] < m.Threshold
	return (mistrusts || m.bans.grudge[i] > 0 || w.Dyads.Rival[home*n+i]) && m.sells(w, k, i)
}

// wish is the ban that state i wants on firm k and its likes: the strictest in force, a
// new or stronger one, or none. Its draws are those of the pair, so that no other
// decision shifts them.
func (m *Markets) wish(w *world.World, k, i int, before, sensitive float64) float64 {
	n, f, b := w.States.N, &w.Firms, &m.bans
	home := f.Home[k]
	if home == world.Abroad || home == i {
		return before
	}
	column := m.shares.home[k]*n + i
	trust, grudge, key := m.shares.today[column], b.grudge[i], pair(w, k, i)
	c := cause{
		sensitive: sensitive, risk: (1 - trust) * m.tie(w, k), rival: w.Dyads.Rival[home*n+i], cue: b.cue[k*n+i], grudge: grudge,
		lost: lost(m.shares.trust[column], trust), precedent: b.barred[i], share: m.shares.inSector(w, k, i),
		capacity: w.States.Diplomacy[i], market: market(w.States.Users[i]), seen: means(f.Size[k]),
	}
	if before > 0 && m.forgives(w, k, i, c) {
		if b.lift.Uniform(key) <= m.Lift*(1-c.cue) {
			return 0
		}
		return before
	}
	if sensitive == 0 || !m.minds(w, k, i) {
		return before
	}
	reluctance := b.refuse[k*n+i]
	strength := max(mildest, (1-trust)*(1-c.share))
	if before == 0 {
		strength = min(strength, opening)
	} else {
		if reluctance = b.harden[k*n+i]; strength < before+step {
			return before
		}
	}
	if b.own.Uniform(key) > m.attention(c) || reluctance > m.propensity(c) {
		return before
	}
	return strength
}

// forgives tells whether state i, which bars firm k or its likes, has no reason to any more:
// it trusts their home again, or much more than when the ban began, the home bars none of
// its own, and it would not impose the ban today.
func (m *Markets) forgives(w *world.World, k, i int, c cause) bool {
	n, b, trust := w.States.N, &m.bans, m.shares.today[m.shares.home[k]*w.States.N+i]
	if b.standing[i] > 0 || c.sensitive > 0 && m.propensity(c) >= b.refuse[k*n+i] {
		return false
	}
	if trust > m.Threshold+returned {
		return true
	}
	for _, firm := range b.likes[k] {
		if b.since[firm*n+i] != 0 && trust > b.then[firm*n+i]+mended {
			return true
		}
	}
	return false
}

// lost is the share of its trust at the start that a state has lost.
func lost(start, trust float64) float64 {
	if trust >= start {
		return 0
	}
	return 1 - trust/start
}

// cause is what a state weighs when it thinks of a ban.
type cause struct {
	sensitive float64 // of the sector, v
	risk      float64 // (1-tau) tie
	cue       float64 // of its allies
	share     float64 // of the firm in its sector
	grudge    float64 // fresh ban of the home state on its own firms
	lost      float64 // share of its trust in the home state that is gone
	capacity  float64 // diplomatic capacity of the state
	rival     bool    // whether the home state is a recorded rival
	precedent float64 // its strongest restriction on firms of the home in another sector
	market    float64 // how far there is a market to forbid anything in, [0, 1]
	seen      float64 // how far the firm is in the public eye, [0, 1]
}

// market is how far a state with the given share of world users has a market to
// forbid anything in, [0, 1].
func market(users float64) float64 {
	const negligible = 1e-4 // half a market: four hundred thousand in 2018. Islands with one operator have nothing to ban.
	return users * users / (users*users + negligible*negligible)
}

// propensity is the share of states in this situation that bar the vendor once they
// ask themselves,
//
//	logistic(a0 + v (a1 risk + a2 cue + a5 rival + a6 lost) + a4 grudge + a7 precedent)
//
// A state that does not is of those that put up with it, and remains so until
// its situation changes: a split population, or cure model (Schmidt and Witte
// 1989), which is a threshold model for a given state (Granovetter 1978).
func (m *Markets) propensity(c cause) float64 {
	return sim.LogisticCDF(m.utility(c))
}

func (m *Markets) utility(c cause) float64 {
	security := m.Mistrust*c.risk + m.AllyCue*c.cue + m.Grievance*c.lost
	if c.rival {
		security += m.Rivalry
	}
	return m.Ban + c.sensitive*security + m.Retaliation*c.grudge + m.Precedent*c.precedent
}

// attention is the yearly probability that a state asks itself: 1 in the plain form.
// It takes the question up by its own capacity, because allies have, because its
// own firms were banned, or because it faces a rival. Small states do not lead,
// those without a market do not follow, nobody thinks of a vendor that is not in
// the public eye before its like is restricted, and who has much of it installed
// puts the question off.
func (m *Markets) attention(c cause) float64 {
	idle := (1 - c.cue) * (1 - c.capacity) * (1 - c.grudge)
	if c.rival {
		idle /= 2 // a rival's vendor is a matter of security before any diplomat looks at it
	}
	seen := max(c.seen, c.precedent) // what is law against one is soon law against its likes
	return (1 - m.Attention*idle) * (1 - m.Attention*(1-c.market*seen)) * math.Exp(-m.Dependence*c.share)
}
