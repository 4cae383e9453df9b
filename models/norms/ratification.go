package norms

import (
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// fewest is the number of parties that no treaty does without (Budapest
// Convention).
const fewest = 5

// Hazard of ratification within a year: of a state at the given distance from the
// text, with a share of its peers and a capacity in [0, 1].
func (m *Norms) Hazard(distance, peers, capacity float64, nearer bool) float64 {
	score := -m.Closeness*distance + m.Peers*peers + m.Capacity*capacity
	if nearer {
		score -= m.Rival
	}
	return m.Ratification * math.Exp(score)
}

// Frail is the mean hazard of those who are left after they could have ratified at
// hazard h for the given number of years: under frailty that is gamma distributed over
// states with mean 1 and the variance of the parameter, h / (1 + variance h years)
// (Vaupel, Manton and Stallard 1979).
func (m *Norms) Frail(h, years float64) float64 { return h / (1 + m.Frailty*h*years) }

// waited is the number of years for which state i could have ratified text t. Whoever
// is invited to has asked for it (Budapest Convention, Article 37), so that its time
// begins anew.
func (m *Norms) waited(now *sim.Tick, w *world.World, t, i int) float64 {
	since := m.opened[t]
	text := &w.Texts[t]
	if text.Since != nil {
		since = max(since, text.Since[i])
	}
	if invited(now, text, i) {
		since = max(since, text.Invited[i])
	}
	return float64(now.Index-since) * now.Years
}

// invited tells whether state i has been invited to accede to a text, and so has asked
// for it.
func invited(now *sim.Tick, text *world.Text, i int) bool {
	return text.Invited != nil && text.Invited[i] != world.NotAdopted && text.Invited[i] <= now.Index
}

// beyond is the distance from which a text is that of the other pole, which nobody
// binds itself to unless it has asked to, nor endorses, however many others have: those
// who resist a norm (Bloomfield 2016) are not shamed into it.
const beyond = .5

// together is the forum whose members ratify text t as one, since they have left it to
// the forum to conclude such treaties, or -1.
func together(w *world.World, t int) int {
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

// acts tells whether state i is one of those that ratify the text at hand as one.
func (m *Norms) acts(w *world.World, i int) bool { return m.union >= 0 && w.Forums[m.union].Members[i] }

// findProposers lists who has a stake in text t: its sponsors, whoever called its forum
// into being, and the sponsors of the resolution that set the forum up. The leads come
// first.
func (m *Norms) findProposers(w *world.World, t int) {
	text, f := &w.Texts[t], &w.Forums[w.Texts[t].Forum]
	m.proposers = m.proposers[:0]
	if f.Sponsor >= 0 {
		m.proposers = append(m.proposers, f.Sponsor)
	}
	if len(text.Sponsors) > 0 {
		m.proposers = append(m.proposers, text.Sponsors[0])
	}
	m.leads = len(m.proposers)
	m.proposers = append(append(m.proposers, text.Sponsors...), f.Product.Proposers...)
	for r := range w.Texts {
		founding := &w.Texts[r]
		if founding.Serves == f.ID && founding.Adopted != world.NotAdopted && (founding.Kind == world.Create || founding.Kind == world.Treaty) {
			m.proposers = append(m.proposers, founding.Sponsors...)
		}
	}
}

// hazard is that of state i for text t in this year. Whoever proposed the text, or the
// forum that drafted it, wants it as it is and needs nobody's example; what holds up others
// does not hold up those who led.
func (m *Norms) hazard(now *sim.Tick, w *world.World, t, i int) float64 {
	text := &w.Texts[t]
	waited := m.waited(now, w, t, i)
	if k := slices.Index(m.proposers, i); k >= 0 {
		h := m.Hazard(0, 1, w.States.Diplomacy[i], false)
		if k < m.leads {
			return h
		}
		return m.Frail(h, waited)
	}
	distance := world.Distance(w.States.Position[i*w.Dim:i*w.Dim+w.Dim], text.Position)
	if (distance > beyond || m.leads > 0 && foes(w, i, m.proposers[0])) && !invited(now, text, i) {
		return 0
	}
	return m.Frail(m.Hazard(distance, m.heard[i], w.States.Diplomacy[i], m.boundNearer(w, t, i)), waited)
}

// may tells whether state i can ratify text t.
func may(w *world.World, t, i int) bool {
	text := &w.Texts[t]
	f, a := &w.Forums[text.Forum], text.Adherence[i]
	return a < world.Ratified && (a == world.Endorsed || text.Open && !settled(f, t, i)) && Admits(f, text, i)
}

// concludes tells whether those who ratify text t as one do so this year, in one draw: at
// the hazard of the mean of them who has the means of the ablest. What holds up one of them
// for no reason that shows is lost in the mean of many. Whoever joins them later takes over
// what they are bound by.
func (m *Norms) concludes(now *sim.Tick, w *world.World, t int, race sim.Race) bool {
	position := make([]float64, w.Dim)
	pending, bound, peers, capacity := 0.0, 0.0, 0.0, 0.0
	for i, a := range w.Texts[t].Adherence {
		switch {
		case !m.acts(w, i):
		case a >= world.Ratified:
			bound++
		case may(w, t, i):
			pending++
			peers += m.heard[i]
			capacity = max(capacity, w.States.Diplomacy[i])
			for d := range position {
				position[d] += w.States.Position[i*w.Dim+d]
			}
		}
	}
	if pending == 0 || bound > pending {
		return bound > pending
	}
	for d := range position {
		position[d] /= pending
	}
	distance := world.Distance(position, w.Texts[t].Position)
	h := m.Hazard(distance, peers/pending, capacity, false)
	return distance <= beyond && race.Uniform(w.Forums[m.union].Key) <= 1-math.Exp(-h)
}

// ratify asks every state that signed a binding text, or may accede to it, whether
// it ratifies this year. Every state has its draw for every text, used or not. In the
// first year after its adoption no parliament is through with a treaty.
func (m *Norms) ratify(now *sim.Tick, w *world.World, t int) {
	text := &w.Texts[t]
	f := &w.Forums[text.Forum]
	parties, inForce := 0, false
	m.asked = m.asked[:0]
	for j, a := range text.Adherence {
		m.column[j] = 0
		if a >= world.Ratified {
			m.column[j] = m.voice[j]
			parties++
		} else if a == world.Endorsed || text.Open {
			m.asked = append(m.asked, j)
		}
		inForce = inForce || a == world.Party
	}
	if len(m.asked) == 0 {
		return
	}
	m.union = together(w, t)
	m.findRivals(w, t)
	m.findProposers(w, t)
	// Whoever may accede looks at the whole world, others at those whom it is for.
	m.whole = m.whole || text.Open
	m.listen(w)
	m.whole = len(m.circle) == w.States.N
	race := now.Stream.Race(sim.Key(text.ID))
	early := now.Index-m.opened[t] < now.PerYear
	asOne := !early && m.union >= 0 && m.concludes(now, w, t, race)
	m.newly = m.newly[:0]
	for i, a := range text.Adherence {
		if a >= world.Ratified || a == world.Outside && !text.Open || !Admits(f, text, i) {
			continue
		}
		model := asOne
		if !m.acts(w, i) {
			model = !early && race.Uniform(w.States.Key[i]) <= 1-math.Exp(-m.hazard(now, w, t, i))
		}
		if w.AskAdopt(i, t, model && may(w, t, i)) {
			m.newly = append(m.newly, i)
		}
	}
	m.deposit(w, t, parties, inForce)
}

// deposit takes in the ratifications of the year, and brings the treaty into force
// once there are enough.
func (m *Norms) deposit(w *world.World, t, parties int, inForce bool) {
	text := &w.Texts[t]
	needed := m.needed(w, t)
	level := world.Ratified
	if inForce {
		level = world.Party
	}
	for _, i := range m.newly {
		adhere(w, t, i, level)
	}
	total := parties + len(m.newly)
	if len(m.newly) > 0 {
		m.admit(w, t)
	}
	deposited := m.deposited(w, t)
	if !inForce && deposited >= needed {
		for i, a := range text.Adherence {
			if a == world.Ratified {
				text.Adherence[i] = world.Party
			}
		}
		m.tellInForce(w, t, total)
		return
	}
	if len(m.newly) > 0 {
		m.tellRatified(w, t, standing{parties, total, deposited, needed, inForce})
	}
}

// standing is how far a treaty has come.
type standing struct {
	before, parties   int // states bound before this year and now
	deposited, needed int // ratifications, of those who act as one once
	inForce           bool
}

// deposited is the number of ratifications of text t. Those who ratify as one deposit one.
func (m *Norms) deposited(w *world.World, t int) int {
	count, one := 0, 0
	for i, a := range w.Texts[t].Adherence {
		switch {
		case a < world.Ratified:
		case m.acts(w, i):
			one = 1
		default:
			count++
		}
	}
	return count + one
}

// ratifiers is the number of those whom the text at hand is for, with those who act as one
// counted once.
func (m *Norms) ratifiers(w *world.World) int {
	count, one := 0, 0
	for _, i := range m.circle {
		if m.acts(w, i) {
			one = 1
		} else {
			count++
		}
	}
	return count + one
}

// needed is the number of parties with which text t enters into force: the one that
// it says itself, if that is known.
func (m *Norms) needed(w *world.World, t int) int {
	text, product := &w.Texts[t], &w.Forums[w.Texts[t].Forum].Product
	switch {
	case text.Needed > 0:
		return text.Needed
	case product.Needed > 0 && text.ID == product.ID:
		return product.Needed
	}
	return m.Needed(m.ratifiers(w))
}

// Needed is the number of parties with which a treaty for the given number of
// states enters into force that does not say it itself.
func (m *Norms) Needed(states int) int {
	return max(1, min(states, fewest), int(math.Ceil(m.Entry*float64(states)-1e-9)))
}

// admit makes those who acceded to a forum's convention members of its committee,
// where that is by invitation.
func (m *Norms) admit(w *world.World, t int) {
	f := &w.Forums[w.Texts[t].Forum]
	if f.Access != world.AccessInvited || f.Text != t {
		return
	}
	for _, i := range m.newly {
		w.Enter(w.Texts[t].Forum, i)
	}
}

// findRivals lists the other binding texts in force on the line of text t.
func (m *Norms) findRivals(w *world.World, t int) {
	m.rivals = m.rivals[:0]
	for r := range w.Texts {
		other := &w.Texts[r]
		if r != t && other.Binding && other.Status == world.InForce && other.Line == w.Texts[t].Line {
			m.rivals = append(m.rivals, r)
		}
	}
}

// boundNearer tells whether state i is a party to a rival text that lies nearer to
// it than text t.
func (m *Norms) boundNearer(w *world.World, t, i int) bool {
	x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	for _, r := range m.rivals {
		rival := &w.Texts[r]
		if rival.Adherence[i] == world.Party && world.Distance(x, rival.Position) < world.Distance(x, w.Texts[t].Position) {
			return true
		}
	}
	return false
}
