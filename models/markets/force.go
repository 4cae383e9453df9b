package markets

import (
	"math"
	"slices"

	"splinternet/models/world"
)

// ban is one ban in force.
type ban struct {
	firm, state int
	strength    float64
}

// list notes what is in force: a list is quicker to look through. What is in force
// when the run begins is taken to have been for longer than an example is fresh.
func (r *review) list(first bool) {
	w, n, b := r.w, r.w.States.N, &r.bans
	b.force, b.banners = b.force[:0], b.banners[:0]
	if w.Standing.Bans == 0 {
		return
	}
	for k := range w.Firms.N {
		for i, strength := range w.Bans(k) {
			at := k*n + i
			if strength == 0 {
				r.Since[at] = 0
				continue
			}
			if r.Since[at] == 0 {
				r.Since[at] = r.Januaries
				r.Answer[at] = r.barredBefore(i, w.Firms.Home[k])
				if h := r.shares.home[k]; h >= 0 {
					r.Then[at] = r.shares.today[h*n+i]
				}
				if first {
					r.Since[at] = -r.ExampleYears
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
func (r *review) barredBefore(i, home int) bool {
	if home == world.Abroad {
		return false
	}
	for k, h := range r.w.Firms.Home {
		if at := k*r.w.States.N + home; h == i && r.w.Firms.Ban[at] > 0 && r.Since[at] != 0 && r.Since[at] < r.Januaries {
			return true
		}
	}
	return false
}

// age is the number of years for which a state has barred a firm.
func (r *review) age(firm, state int) int { return r.Januaries - r.Since[firm*r.w.States.N+state] }

// provokes tells whether a ban asks the home of the firm for an answer: it is fresh, and no
// answer itself: the first of two who bar each other has nothing to answer (assumption).
func (r *review) provokes(x ban) bool {
	return r.age(x.firm, x.state) < r.AnswerYears && !r.Answer[x.firm*r.w.States.N+x.state]
}

// follows tells whether state i looks to the example of state j.
func (r *review) follows(i, j int) bool {
	at := i*r.w.States.N + j
	return j != i && r.ally(r.w.Dyads.Ally[at], r.w.Dyads.Trust[at])
}

// ally tells whether a state with which there is a hard alliance, or which is trusted so
// much, is an ally.
func (p *Parameters) ally(treaty bool, trust float64) bool { return treaty || trust > p.AllyTrust }

// deriveCues works out, for every firm and state, the power-weighted share of the
// state's allies that ban the firm,
//
//	cue = sum_j pi_j tau_ij (1-|x_i-x_j|) (1-|d_i-d_j|) ban_fj / (p + sum_j pi_j)
//
// over its treaty allies j and those that it trusts as much, with d democracy and p
// ally-power. States learn from those who think alike (Grossback, Nicholson-Crotty and
// Peterson 2004) and are governed alike (Simmons and Elkins 2004), so that the word of a
// distant ally counts for less, as it does with a government that is close to others in how
// it rules, and so does that of a few weak ones.
func (r *review) deriveCues() {
	n, b := r.w.States.N, &r.bans
	clear(b.cue)
	for i := range n {
		if !r.voices(i, b.banners) {
			continue
		}
		for _, x := range b.force {
			b.cue[x.firm*n+i] += b.voice[x.state] * x.strength
		}
	}
}

// alikeness is how much two states think alike: by where they stand, and by how they are
// governed, [0, 1].
func alikeness(w *world.World, i, j int) float64 {
	return (1 - world.Distance(w.Position(i), w.Position(j))) * (1 - math.Abs(w.States.Democracy[i]-w.States.Democracy[j]))
}

// voices works out what the example of each of those who act counts for state i, and tells
// whether any of them is an ally.
func (r *review) voices(i int, actors []int) bool {
	w, n, voice := r.w, r.w.States.N, r.bans.voice
	trust, treaty := w.Dyads.Trust[i*n:i*n+n], w.Dyads.Ally[i*n:i*n+n]
	looks := false
	for _, j := range actors {
		voice[j] = 0
		if r.follows(i, j) {
			voice[j], looks = w.States.Power[j]*trust[j]*alikeness(w, i, j), true
		}
	}
	if !looks {
		return false
	}
	total := r.AllyPower
	for j, tau := range trust {
		if j != i && r.ally(treaty[j], tau) {
			total += w.States.Power[j]
		}
	}
	for _, j := range actors {
		voice[j] /= total
	}
	return true
}

// deriveGrudges works out how strongly the home state of firm k bans a firm of each
// state, or denies the state its own firms' products, how strongly by a decision that asks
// for an answer, and how strongly each state bars firms of this home in another sector.
func (r *review) deriveGrudges(k int) {
	b, f := &r.bans, &r.w.Firms
	clear(b.provocation)
	clear(b.standing)
	clear(b.barred)
	for _, x := range b.force {
		home := f.Home[x.firm]
		if home == world.Abroad {
			continue
		}
		if x.state == f.Home[k] {
			b.standing[home] = max(b.standing[home], x.strength)
			if r.provokes(x) {
				b.provocation[home] = max(b.provocation[home], x.strength)
			}
		}
		if home == f.Home[k] && f.Sector[x.firm] != f.Sector[k] {
			b.barred[x.state] = max(b.barred[x.state], x.strength)
		}
	}
	for _, x := range r.Denials { // who is denied answers by bans
		if x.From == f.Home[k] {
			strength := r.w.Denials(x.From)[x.To]
			b.standing[x.To] = max(b.standing[x.To], strength)
			if r.Januaries-x.Since < r.AnswerYears {
				b.provocation[x.To] = max(b.provocation[x.To], strength)
			}
		}
	}
}
