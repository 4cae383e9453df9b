package markets

import (
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// Denied is a denial in force: one state keeps its firms' products from another.
type Denied struct {
	From, To int
	Since    int // January, counted from 1, in which it was first seen
}

// refusal is a decision on a denial.
type refusal struct {
	from, to      int
	before, after float64
	follows       int // the most powerful ally that denies already; -1: none
	scripted      bool
}

// denials are the buffers of the year's decisions.
type denials struct {
	deniers  []int // the states that deny anything
	decided  []refusal
	refused  []float64 // by home: share of what advanced economies supply that is kept from it
	reliance []float64 // by home: what its firms gain or lose in utility, logits
}

// beginDenials draws how cautious every state is.
func (m *Markets) beginDenials(start *sim.Tick, w *world.World) {
	race := start.Stream.Race(denialCaution)
	m.Caution = world.Zeros(m.Caution, w.States.N)
	for i, key := range w.States.Key {
		m.Caution[i] = race.Uniform(key)
	}
	m.Denials, m.Learnt = m.Denials[:0], world.Zeros(m.Learnt, len(m.shares.homes))
}

// listDenials brings the memory of denials up to date: of those in force, since when. Those
// of the start are taken to be old.
func (r *review) listDenials(first bool) {
	w, d := r.w, &r.denials
	d.deniers = d.deniers[:0]
	r.Denials = slices.DeleteFunc(r.Denials, func(x Denied) bool { return w.Denials(x.From)[x.To] == 0 })
	if w.Standing.Denials == 0 {
		return
	}
	since := r.Januaries
	if first {
		since = -r.ExampleYears
	}
	for i := range w.States.N {
		for j, strength := range w.Denials(i) {
			if strength == 0 {
				continue
			}
			if !slices.Contains(d.deniers, i) {
				d.deniers = append(d.deniers, i)
			}
			if !slices.ContainsFunc(r.Denials, func(x Denied) bool { return x.From == i && x.To == j }) {
				r.Denials = append(r.Denials, Denied{i, j, since})
			}
		}
	}
}

// decideDenials asks advanced economies whether they keep their firms' products from powers
// that they mistrust, and tells whether any denial has changed.
func (r *review) decideDenials(now *sim.Tick) bool {
	w, d := r.w, &r.denials
	d.decided = d.decided[:0]
	if r.Denial == 0 && w.Standing.Denials == 0 && w.Rules.State == nil {
		return false
	}
	race := now.Stream.Race(denialRace)
	for i := range w.States.N {
		ruled := w.Rules.State != nil && w.Rules.State[i] != nil
		if !ruled && !slices.Contains(d.deniers, i) && (r.Denial == 0 || w.States.Wealth[i] < r.Advanced) {
			continue
		}
		r.voices(i, d.deniers)
		for j := range w.States.N {
			if before := w.Denials(i)[j]; before > 0 || w.States.Power[j] >= r.HomePower && j != i {
				r.refuse(i, j, before, race, ruled)
			}
		}
	}
	for _, c := range d.decided {
		w.Denials(c.from)[c.to] = c.after
	}
	r.tellDenials()
	return len(d.decided) > 0
}

// refuse notes what state i decides on what it keeps from state j.
func (r *review) refuse(i, j int, before float64, race sim.Race, ruled bool) {
	w := r.w
	model, follows := before, -1
	if r.Denial > 0 {
		model, follows = r.denies(i, j, before, race.Uniform(about(w.States.Key[i], w.States.Key[j])))
	}
	after := model
	if ruled {
		after = w.AskDeny(i, j, model)
	}
	if after != before {
		r.denials.decided = append(r.denials.decided, refusal{i, j, before, after, follows, after != model})
	}
}

// denies is the share of its firms' products that state i wants to keep from state j, given
// what it keeps now and the draw of the year, and the ally whose example it follows. It
// denies if it is not too cautious for what it holds against the other,
//
//	logistic(a + b1 (1-tau) + b2 cue + b3 rival lead) >= caution
//
// with cue the voice of its allies that deny, as for bans, and lead the share of world users
// whom its firms serve, out of itself and half-lead: who holds a chokepoint can use it alone
// (Farrell and Newman 2019). It needs a rivalry or an example to begin with. It does so at the
// yearly rate
//
//	denial alert exp(-dependence price sales)
//
// with sales the share of its firms' users that live there (Bown 2020).
func (r *review) denies(i, j int, before, draw float64) (wish float64, follows int) {
	w, n := r.w, r.w.States.N
	trust, rival := w.Dyads.Trust[i*n+j], w.Dyads.Rival[i*n+j]
	cue, leader := r.example(i, j)
	lead := 0.0
	if rival {
		lead = w.States.Structure[i] / (w.States.Structure[i] + r.HalfLead)
	}
	willing := sim.LogisticCDF(r.DenialBase+r.DenialMistrust*(1-trust)+r.DenialCue*cue+r.DenialLead*lead) >= r.Caution[i]
	if before > 0 && !willing && trust > r.Threshold+r.TrustReturned {
		if draw <= r.Lift {
			return 0, -1
		}
		return before, -1
	}
	strength := 1 - trust
	switch {
	case !willing || trust >= r.Threshold || !rival && cue == 0 || w.States.Wealth[i] < r.Advanced:
		return before, -1
	case before == 0:
		strength = min(strength, r.FirstDenial)
	case strength < before+r.BanStep:
		return before, -1
	}
	if draw > r.Denial*r.alert(i, j)*math.Exp(-r.Dependence*r.price(i, j)*r.sales(i, j)) {
		return before, -1
	}
	return strength, leader
}

// alert is how far state i asks itself what it sells to state j, [0, 1]: by its diplomatic
// capacity, or because the trust that it had in the other at the start is gone.
func (r *review) alert(i, j int) float64 {
	idle := 1 - r.w.States.Diplomacy[i]
	if h := slices.Index(r.shares.homes, j); h >= 0 {
		at := h*r.w.States.N + i
		idle *= 1 - lost(r.Trust[at], r.shares.today[at])
	}
	return 1 - idle
}

// example is the voice of those that deny state j in the ears of state i, whose voices were
// worked out last, and the most powerful of them that is more powerful than itself; -1: none.
func (r *review) example(i, j int) (cue float64, leader int) {
	leader = -1
	for _, l := range r.denials.deniers {
		if voice := r.bans.voice[l]; voice > 0 && r.w.Denials(l)[j] > 0 {
			cue += voice
			if power := r.w.States.Power; power[l] > power[i] && (leader < 0 || power[l] > power[leader]) {
				leader = l
			}
		}
	}
	return cue, leader
}

// sales is the share of the users of the firms of state i that live in state j.
func (r *review) sales(i, j int) float64 {
	w, there, all := r.w, 0.0, 0.0
	for k, home := range w.Firms.Home {
		if home == i {
			there += w.States.Users[j] * w.Market(k)[j]
			all += w.Firms.Served[k]
		}
	}
	if all == 0 {
		return 0
	}
	return min(1, there/all)
}

// rely lets the industry of every home learn to do without the products of others as far as
// others deny them or bar its own,
//
//	g' = g + self-reliance E (1-g),   E = 1 - (1-refused) (1-barred)
//
// with refused the share of advanced economies that deny, by size and strength, and barred
// the share of the users of other states that are closed to its firms, by their sizes.
// Nothing is unlearnt. What its firms offer is worse by denied-cost refused (1-g), as they
// lack parts, and better by reliance-gain g, as they come to make their own (Segal 2021).
func (r *review) rely() {
	d, s := &r.denials, &r.shares
	d.refused = r.deriveRefused(d.refused)
	d.reliance = world.Zeros(d.reliance, len(s.homes))
	for h, home := range s.homes {
		shut := 1 - (1-d.refused[h])*(1-r.barredAbroad(home))
		r.Learnt[h] += r.SelfReliance * shut * (1 - r.Learnt[h])
		d.reliance[h] = r.RelianceGain*r.Learnt[h] - r.DeniedCost*d.refused[h]*(1-r.Learnt[h])
	}
	for k := range r.w.Stacks {
		r.w.Stacks[k].Reliance = r.relianceOf(k)
	}
}

// deriveRefused works out the share of what advanced economies supply that is kept from
// every home.
func (r *review) deriveRefused(refused []float64) []float64 {
	w := r.w
	refused = world.Zeros(refused, len(r.shares.homes))
	if w.Standing.Denials == 0 {
		return refused
	}
	supply := 0.0
	for i, wealth := range w.States.Wealth {
		if wealth >= r.Advanced {
			supply += w.States.Economy[i]
		}
	}
	for _, x := range r.Denials {
		if h := slices.Index(r.shares.homes, x.To); h >= 0 && w.States.Wealth[x.From] >= r.Advanced {
			refused[h] += w.States.Economy[x.From] * w.Denials(x.From)[x.To] / supply
		}
	}
	return refused
}

// barredAbroad is the share of the users of other states that are closed to the firms of a
// home, by the sizes of the firms.
func (r *review) barredAbroad(home int) float64 {
	w, closed, size := r.w, 0.0, 0.0
	for k, h := range w.Firms.Home {
		if h == home {
			size += w.Firms.Size[k]
		}
	}
	for _, x := range r.bans.force {
		if w.Firms.Home[x.firm] == home {
			closed += w.Firms.Size[x.firm] * w.States.Users[x.state] * x.strength
		}
	}
	if abroad := 1 - w.States.Users[home]; size > 0 && abroad > 0 {
		return min(1, closed/(size*abroad))
	}
	return 0
}

// relianceOf is how far those who recognise a stack have learnt to do without others.
func (r *review) relianceOf(stack int) float64 {
	learnt, all := 0.0, 0.0
	for i, yes := range r.w.Stacks[stack].Recognised {
		if yes {
			all += r.w.Weight(i)
			if h := slices.Index(r.shares.homes, i); h >= 0 {
				learnt += r.w.Weight(i) * r.Learnt[h]
			}
		}
	}
	if all == 0 {
		return 0
	}
	return learnt / all
}

// price is how much of what it cost at the start a break with state j costs state i: who
// shares less network with it has less to lose, 1 - separation (1 - link / link at the start).
func (r *review) price(i, j int) float64 {
	if r.Separation == 0 {
		return 1
	}
	h := slices.Index(r.shares.homes, i)
	if h < 0 {
		if h = slices.Index(r.shares.homes, j); h < 0 {
			return 1
		}
		j = i
	}
	return r.priceOf(h, j)
}

// priceOf is the price of a break between the h-th home and state i.
func (r *review) priceOf(h, i int) float64 {
	w, home := r.w, r.shares.homes[h]
	start := r.Linked[h*w.States.N+i]
	if r.Separation == 0 || start == 0 {
		return 1
	}
	link := w.Dyads.Link[min(i, home)*w.States.N+max(i, home)]
	return 1 - r.Separation*(1-min(1, link/start))
}

// mostDenied is the number of states that deny the state that most of them deny.
func mostDenied(w *world.World) float64 {
	if w.Standing.Denials == 0 {
		return 0
	}
	most, n := 0, w.States.N
	for j := range n {
		deniers := 0
		for i := range n {
			if w.Dyads.Denial[i*n+j] > 0 {
				deniers++
			}
		}
		most = max(most, deniers)
	}
	return float64(most)
}
