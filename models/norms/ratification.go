package norms

import (
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// Hazard of ratification within a year: of a state at the given distance from the
// text, with a share of its peers and a capacity in [0, 1].
func (p *Parameters) Hazard(distance, peers, capacity float64, nearer bool) float64 {
	score := -p.Closeness*distance + p.Peers*peers + p.Capacity*capacity
	if nearer {
		score -= p.Rival
	}
	return p.Ratification * math.Exp(score)
}

// Frail is the mean hazard of those who are left after they could have ratified at
// hazard h for the given number of years: under frailty that is gamma distributed over
// states with mean 1 and the variance of the parameter, h / (1 + variance h years)
// (Vaupel, Manton and Stallard 1979).
func (p *Parameters) Frail(h, years float64) float64 { return h / (1 + p.Frailty*h*years) }

// Needed is the number of parties with which a treaty for the given number of
// states enters into force that does not say it itself.
func (p *Parameters) Needed(states int) int {
	return max(1, min(states, p.FewestParties), int(math.Ceil(p.Entry*float64(states)-world.Tie)))
}

// waited is the number of years for which state i could have ratified the text. Whoever
// is invited to has asked for it (Budapest Convention, Article 37), so that its time
// begins anew.
func (u *turn) waited(i int) float64 {
	since := u.Opened[u.t]
	if u.text.Since != nil {
		since = max(since, u.text.Since[i])
	}
	if u.invited(i) {
		since = max(since, u.text.Invited[i])
	}
	return float64(u.now.Index-since) * u.now.Years
}

// invited tells whether state i has been invited to accede to the text, and so has asked
// for it.
func (u *turn) invited(i int) bool {
	invited := u.text.Invited
	return invited != nil && invited[i] != world.NotAdopted && invited[i] <= u.now.Index
}

// union is the forum whose members ratify text t as one, since they have left it to
// the forum to conclude such treaties, or -1.
func union(w *world.World, t int) int {
	text, product := &w.Texts[t], &w.Forums[w.Texts[t].Forum].Product
	id := text.AsOne
	if id == "" && text.ID == product.ID {
		id = product.AsOne
	}
	if id == "" {
		return -1
	}
	k := w.FindForum(id)
	if k >= 0 && w.Forums[k].Status != world.Alive {
		return -1
	}
	return k
}

// asOne tells whether state i is one of those that ratify the text as one.
func (u *turn) asOne(i int) bool { return u.union >= 0 && u.w.Forums[u.union].Members[i] }

// stakes are who and what sways states for or against ratifying a text.
type stakes struct {
	proposers []int // who has a stake in it
	leads     int   // how many of the first of them led
	rivals    []int // other binding texts in force on its line
}

// stakes lists who has a stake in the text: its sponsors, whoever called its forum into
// being, and the sponsors of the resolution that set the forum up, the leads first; and
// the other binding texts on its line.
func (u *turn) stakes() (s stakes) {
	u.list = u.list[:0]
	if u.forum.Sponsor >= 0 {
		u.list = append(u.list, u.forum.Sponsor)
	}
	if len(u.text.Sponsors) > 0 {
		u.list = append(u.list, u.text.Sponsors[0])
	}
	s.leads = len(u.list)
	u.list = append(append(u.list, u.text.Sponsors...), u.forum.Product.Proposers...)
	for r := range u.w.Texts {
		founding := &u.w.Texts[r]
		if founding.Serves == u.forum.ID && founding.Adopted != world.NotAdopted && (founding.Kind == world.Create || founding.Kind == world.Treaty) {
			u.list = append(u.list, founding.Sponsors...)
		}
	}
	end := len(u.list)
	for r := range u.w.Texts {
		other := &u.w.Texts[r]
		if r != u.t && other.Binding && other.Status == world.InForce && other.Line == u.text.Line {
			u.list = append(u.list, r)
		}
	}
	s.proposers, s.rivals = u.list[:end], u.list[end:]
	return s
}

// hazard is that of state i for the text in this year. Whoever proposed the text, or the
// forum that drafted it, wants it as it is and needs nobody's example; what holds up others
// does not hold up those who led.
func (u *turn) hazard(i int, s stakes) float64 {
	waited, capacity := u.waited(i), u.w.States.Diplomacy[i]
	if k := slices.Index(s.proposers, i); k >= 0 {
		h := u.Hazard(0, 1, capacity, false)
		if k < s.leads {
			return h
		}
		return u.Frail(h, waited)
	}
	distance := world.Distance(u.w.Position(i), u.text.Position)
	if (distance > u.OtherPole || u.opposed(i) || s.leads > 0 && u.foes(u.w, i, s.proposers[0])) && !u.invited(i) {
		return 0
	}
	return u.Frail(u.Hazard(distance, u.peerShare[i], capacity, u.boundNearer(i, s.rivals))*u.need(i), waited)
}

// need is how much more than at the start state i needs the text: it seeks help against
// cybercrime as far as it suffers from it.
func (u *turn) need(i int) float64 {
	if u.text.Line != world.Cybercrime {
		return 1
	}
	return u.w.Crime.Pull(i)
}

// boundNearer tells whether state i is a party to a rival text that lies nearer to
// it than the text.
func (u *turn) boundNearer(i int, rivals []int) bool {
	x := u.w.Position(i)
	for _, r := range rivals {
		rival := &u.w.Texts[r]
		if rival.Adherence[i] == world.Party && world.Distance(x, rival.Position) < world.Distance(x, u.text.Position) {
			return true
		}
	}
	return false
}

// may tells whether state i can ratify the text.
func (u *turn) may(i int) bool {
	a := u.text.Adherence[i]
	return a < world.Ratified && (a == world.Endorsed || u.text.Open && !u.settled(i)) && Admits(u.forum, u.text, i)
}

// concludes tells whether those who ratify the text as one do so this year, in one draw: at
// the hazard of the mean of them who has the means of the ablest. What holds up one of them
// for no reason that shows is lost in the mean of many. Whoever joins them later takes over
// what they are bound by.
func (u *turn) concludes(race sim.Race) bool {
	position := u.mean
	clear(position)
	pending, bound, peers, capacity := 0.0, 0.0, 0.0, 0.0
	for i, a := range u.text.Adherence {
		switch {
		case !u.asOne(i):
		case a >= world.Ratified:
			bound++
		case u.may(i):
			pending++
			peers += u.peerShare[i]
			capacity = max(capacity, u.w.States.Diplomacy[i])
			for d, x := range u.w.Position(i) {
				position[d] += x
			}
		}
	}
	if pending == 0 || bound > pending {
		return bound > pending
	}
	for d := range position {
		position[d] /= pending
	}
	distance := world.Distance(position, u.text.Position)
	h := u.Hazard(distance, peers/pending, capacity, false)
	return distance <= u.OtherPole && race.Uniform(u.w.Forums[u.union].Key) <= 1-math.Exp(-h)
}

// ratify asks every state that signed a binding text, or may accede to it, whether
// it ratifies this year. Every state has its draw for every text, used or not. In the
// first year after its adoption no parliament is through with a treaty.
func (u *turn) ratify() {
	parties, inForce, asked := 0, false, u.deciding[:0]
	for j, a := range u.text.Adherence {
		u.column[j] = 0
		if a >= world.Ratified {
			u.column[j] = u.voice[j]
			parties++
		} else if a == world.Endorsed || u.text.Open {
			asked = append(asked, j)
		}
		inForce = inForce || a == world.Party
	}
	if len(asked) == 0 {
		return
	}
	// Whoever may accede looks at the whole world, others at those whom it is for.
	u.shareOfPeers(u.addressees, u.whole || u.text.Open, asked)
	race, s := u.now.Stream.Race(sim.Key(u.text.ID)), u.stakes()
	early := u.now.Index-u.Opened[u.t] < u.now.PerYear
	together := !early && u.union >= 0 && u.concludes(race)
	joining := u.joining[:0]
	for i, a := range u.text.Adherence {
		if a >= world.Ratified || a == world.Outside && !u.text.Open || !Admits(u.forum, u.text, i) {
			continue
		}
		model := together
		if !u.asOne(i) {
			model = !early && race.Uniform(u.w.States.Key[i]) <= 1-math.Exp(-u.hazard(i, s))
		}
		if u.w.AskAdopt(i, u.t, model && u.may(i)) {
			joining = append(joining, i)
		}
	}
	u.deposit(joining, parties, inForce)
}

// deposit takes in the ratifications of the year, and brings the treaty into force
// once there are enough.
func (u *turn) deposit(joining []int, before int, inForce bool) {
	fact := Ratified{Text: u.t, States: joining, AsOne: u.union, Before: before, Parties: before + len(joining), Needed: u.needed(), InForce: inForce}
	level := world.Ratified
	if inForce {
		level = world.Party
	}
	for _, i := range joining {
		u.adhere(i, level)
	}
	u.admit(joining)
	fact.Deposited = u.deposited()
	enters := !inForce && fact.Deposited >= fact.Needed
	if enters {
		for i, a := range u.text.Adherence {
			if a == world.Ratified {
				u.text.Adherence[i] = world.Party
			}
		}
	}
	switch {
	case !u.w.Chronicle.On:
	case enters:
		u.w.Tell(EnteredIntoForce{Text: u.t, States: joining, AsOne: u.union, Parties: fact.Parties})
	case len(joining) > 0:
		u.w.Tell(fact)
	}
}

// admit makes those who acceded to a forum's convention members of its committee,
// where that is by invitation.
func (u *turn) admit(joining []int) {
	if u.forum.Access != world.AccessInvited || u.forum.Text != u.t {
		return
	}
	for _, i := range joining {
		u.w.Enter(u.text.Forum, i)
	}
}

// deposited is the number of ratifications of the text. Those who ratify as one deposit one.
func (u *turn) deposited() int {
	count, one := 0, 0
	for i, a := range u.text.Adherence {
		switch {
		case a < world.Ratified:
		case u.asOne(i):
			one = 1
		default:
			count++
		}
	}
	return count + one
}

// ratifiers is the number of those whom the text is for, with those who act as one
// counted once.
func (u *turn) ratifiers() int {
	count, one := 0, 0
	for _, i := range u.addressees {
		if u.asOne(i) {
			one = 1
		} else {
			count++
		}
	}
	return count + one
}

// needed is the number of parties with which the text enters into force: the one that
// it says itself, if that is known.
func (u *turn) needed() int {
	product := &u.forum.Product
	switch {
	case u.text.Needed > 0:
		return u.text.Needed
	case product.Needed > 0 && u.text.ID == product.ID:
		return product.Needed
	}
	return u.Needed(u.ratifiers())
}
