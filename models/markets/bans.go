package markets

import (
	"math"
	"math/bits"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// sensitivity is how much the obedience of a vendor endangers whoever depends on
// it, by sector (assumption): network equipment and security software see
// everything; carriers, which serve mostly at home, infrastructure and platforms
// a part. Other sectors are not banned on these grounds.
func sensitivity(sector string) float64 {
	switch sector {
	case "equipment", "security":
		return 1
	case "telecom", "infrastructure", "platform":
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
	// chorus is the share of world power that the allies of a state must hold to
	// count for half: one voice is no chorus.
	chorus = .15
	// great is the share of world power from which a mistrusted state counts as
	// a danger through its firms; a rival or a state that bans one's own firms
	// always does.
	great = .02
	// step is the least by which a ban is made stronger.
	step = .2
	// present is the share of its sector from which a vendor counts in a state.
	present = .02
	// returned is by how much trust must exceed the threshold before a ban is
	// lifted, so that bans do not flicker.
	returned = .1
)

// The races of a year.
const (
	banRace uint64 = iota
	liftRace
	accordRace
	officeRace
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
	force   []ban     // in force when the year begins
	banners []int     // the states that ban anything
	voice   []float64 // states: scratch, what the example of a banner counts
	cue     []float64 // firms x states
	grudge  []float64 // states: scratch of one firm
	own     sim.Race  // the year's draws of new bans, and of lifted ones
	lift    sim.Race
	changes []change
}

func (b *bans) begin(w *world.World) {
	n, f := w.States.N, w.Firms.N
	if len(b.cue) != n*f {
		b.cue = make([]float64, n*f)
	}
	if len(b.grudge) != n {
		b.grudge, b.voice = make([]float64, n), make([]float64, n)
	}
}

// decideBans asks every state about every firm and tells whether any ban has
// changed.
func (m *Markets) decideBans(now *sim.Tick, w *world.World) bool {
	n, f, b := w.States.N, &w.Firms, &m.bans
	b.changes = b.changes[:0]
	m.listBans(w)
	m.deriveCues(w)
	m.shares.sum(w, m.shares.nest)
	b.own, b.lift = now.Stream.Race(banRace), now.Stream.Race(liftRace)
	for k := range f.N {
		sensitive := 0.0
		if f.Home[k] != world.Abroad {
			sensitive = sensitivity(f.Sector[k])
		}
		m.deriveGrudges(w, k)
		// No hazard without allies and grudges is higher than this, of rivals or others.
		seen := means(f.Size[k])
		ceiling := m.hazard(cause{sensitive: sensitive, risk: m.tie(w, k), capacity: 1, market: 1, seen: 1})
		rivals := m.hazard(cause{sensitive: sensitive, risk: m.tie(w, k), rival: true, capacity: 1, market: 1, seen: 1})
		for i := range n {
			ruled := w.Rules.State != nil && w.Rules.State[i] != nil
			before := f.Ban[k*n+i]
			if before == 0 && !ruled {
				if sensitive == 0 || !m.minds(w, k, i) {
					continue // nothing to decide
				}
				if b.cue[k*n+i] == 0 && b.grudge[i] == 0 {
					u := b.own.Uniform(pair(w, k, i))
					if u > rivals || u > ceiling && !w.Dyads.Rival[f.Home[k]*n+i] {
						continue
					}
				}
			}
			model := m.wish(w, k, i, sensitive, seen)
			if model == before && !ruled {
				continue // the model's rule keeps what is
			}
			after := w.AskBan(i, k, model)
			if after != before {
				b.changes = append(b.changes, change{k, i, before, after, after != model})
			}
		}
	}
	for _, c := range b.changes {
		f.Ban[c.firm*n+c.state] = c.after
		if c.before == 0 {
			w.Activity.Bans++
		}
	}
	m.tellBans(w)
	return len(b.changes) > 0
}

// listBans notes what is in force: a list is quicker to look through.
func (m *Markets) listBans(w *world.World) {
	n, b := w.States.N, &m.bans
	b.force, b.banners = b.force[:0], b.banners[:0]
	if w.Standing.Bans == 0 {
		return
	}
	for k := range w.Firms.N {
		for i, strength := range w.Firms.Ban[k*n : k*n+n] {
			if strength > 0 {
				b.force = append(b.force, ban{k, i, strength})
				if !slices.Contains(b.banners, i) {
					b.banners = append(b.banners, i)
				}
			}
		}
	}
}

// deriveCues works out, for every firm and state, the power-weighted share of the
// state's allies that ban the firm,
//
//	cue = sum_j pi_j tau_ij ban_fj / (chorus + sum_j pi_j)
//
// over its treaty allies j and those that it trusts more than .8. The word of a
// distant ally counts for less, and so does that of a few weak ones.
func (m *Markets) deriveCues(w *world.World) {
	n, d, b := w.States.N, &w.Dyads, &m.bans
	clear(b.cue)
	for i := range n {
		trust, ally := d.Trust[i*n:i*n+n], d.Ally[i*n:i*n+n]
		looks := false
		for _, j := range b.banners {
			b.voice[j] = 0
			if (ally[j] || trust[j] > trusted) && j != i {
				b.voice[j], looks = w.States.Power[j]*trust[j], true
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
// each state.
func (m *Markets) deriveGrudges(w *world.World, k int) {
	b, f := &m.bans, &w.Firms
	clear(b.grudge)
	for _, x := range b.force {
		if home := f.Home[x.firm]; x.state == f.Home[k] && home != world.Abroad {
			b.grudge[home] = max(b.grudge[home], x.strength)
		}
	}
}

// pair is the key of the draws of state i about firm k.
func pair(w *world.World, k, i int) uint64 {
	return w.States.Key[i] ^ bits.RotateLeft64(w.Firms.Key[k], 23)
}

// minds tells whether state i has a reason to think of a ban on foreign firms of
// the home state of firm k: it mistrusts a power whose firm sells there, faces a rival,
// or has had its own firms banned.
func (m *Markets) minds(w *world.World, k, i int) bool {
	n, home := w.States.N, w.Firms.Home[k]
	if home == i {
		return false
	}
	if m.bans.grudge[i] > 0 || w.Dyads.Rival[home*n+i] {
		return true
	}
	// Without a rivalry nobody bars a vendor that hardly sells there.
	return w.States.Power[home] >= great && m.shares.today[m.shares.home[k]*n+i] < m.Threshold && m.shares.inSector(w, k, i) >= present
}

// wish is the ban that state i wants on firm k: the one in force, a new or
// stronger one, or none. Its draws are those of the pair, so that no other
// decision shifts them.
func (m *Markets) wish(w *world.World, k, i int, sensitive, seen float64) float64 {
	n, f, b := w.States.N, &w.Firms, &m.bans
	home, before := f.Home[k], f.Ban[k*n+i]
	if home == world.Abroad || home == i {
		return before
	}
	trust, cue, grudge := m.shares.today[m.shares.home[k]*n+i], b.cue[k*n+i], b.grudge[i]
	key := pair(w, k, i)
	if before > 0 && trust > m.Threshold+returned && grudge == 0 {
		if b.lift.Uniform(key) <= m.Lift*(1-cue) {
			return 0
		}
		return before
	}
	if sensitive == 0 || !m.minds(w, k, i) {
		return before
	}
	c := cause{
		sensitive: sensitive, risk: (1 - trust) * m.tie(w, k), rival: w.Dyads.Rival[home*n+i], cue: cue, grudge: grudge,
		capacity: w.States.Diplomacy[i], market: w.States.Users[i] / (w.States.Users[i] + negligible), seen: seen,
	}
	u := b.own.Uniform(key)
	if u > .05 && m.utility(c) < -3 { // logistic(-3) is .047, and dependence lowers it
		return before
	}
	if precedent(w, k, i) {
		c.seen = 1
	}
	if c.share = m.shares.inSector(w, k, i); u > m.hazard(c) {
		return before
	}
	strength := max(mildest, (1-trust)*(1-c.share))
	if before > 0 && strength < before+step {
		return before
	}
	return strength
}

// cause is what a state weighs when it thinks of a ban.
type cause struct {
	sensitive float64 // of the sector, v
	risk      float64 // (1-tau) tie
	cue       float64 // of its allies
	share     float64 // of the firm in its sector
	grudge    float64 // ban of the home state on its own firms
	capacity  float64 // diplomatic capacity of the state
	rival     bool    // whether the home state is a recorded rival
	market    float64 // how far there is a market to forbid anything in, [0, 1]
	seen      float64 // how far the firm is in the public eye, [0, 1]
}

// negligible is the share of world users at which a state is half a market: a hundred
// thousand in 2018. Islands with one operator have nothing to ban.
const negligible = 2.5e-5

// precedent tells whether a state restricts another firm of the same home and sector
// already: what is law against one is soon law against its likes.
func precedent(w *world.World, k, i int) bool {
	f, n := &w.Firms, w.States.N
	for other := range f.N {
		if other != k && f.Home[other] == f.Home[k] && f.Ban[other*n+i] > 0 && f.Sector[other] == f.Sector[k] {
			return true
		}
	}
	return false
}

// hazard is the yearly probability of a ban,
//
//	attention x logistic(a0 + v (a1 risk + a2 cue + a5 rival) - a3 share + a4 grudge)
//
// Attention is 1 in the plain form. A state takes the question up by its own
// capacity, because allies have, because its own firms were banned, or because it
// faces a rival: small
// states do not lead, those without a market do not follow, and nobody thinks of
// a vendor that is not in the public eye before its like is restricted.
func (m *Markets) hazard(c cause) float64 {
	return m.attention(c) / (1 + math.Exp(-m.utility(c)))
}

func (m *Markets) attention(c cause) float64 {
	idle := (1 - c.cue) * (1 - c.capacity) * (1 - c.grudge)
	if c.rival {
		idle /= 2 // a rival's vendor is a matter of security before any diplomat looks at it
	}
	return (1 - m.Attention*idle) * (1 - m.Attention*(1-c.market*c.seen))
}

func (m *Markets) utility(c cause) float64 {
	security := m.Mistrust*c.risk + m.AllyCue*c.cue
	if c.rival {
		security += m.Rivalry
	}
	return m.Ban + c.sensitive*security - m.Dependence*c.share + m.Retaliation*c.grudge
}
