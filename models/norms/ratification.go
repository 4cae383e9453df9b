package norms

import (
	"math"

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
	m.findRivals(w, t)
	// Whoever may accede looks at the whole world, others at those whom it is for.
	m.whole = m.whole || text.Open
	m.listen(w)
	m.whole = len(m.circle) == w.States.N
	race := now.Stream.Race(sim.Key(text.ID))
	early := now.Index-m.opened[t] < now.PerYear
	m.newly = m.newly[:0]
	for i, a := range text.Adherence {
		if a >= world.Ratified || a == world.Outside && !text.Open || !Admits(f, text, i) {
			continue
		}
		distance := world.Distance(w.States.Position[i*w.Dim:i*w.Dim+w.Dim], text.Position)
		h := m.Frail(m.Hazard(distance, m.heard[i], w.States.Diplomacy[i], m.boundNearer(w, t, i)), m.waited(now, w, t, i))
		model := !early && !(a == world.Outside && settled(f, t, i)) &&
			(distance <= beyond || invited(now, text, i)) && race.Uniform(w.States.Key[i]) <= 1-math.Exp(-h)
		if w.AskAdopt(i, t, model) {
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
	if !inForce && total >= needed {
		for i, a := range text.Adherence {
			if a == world.Ratified {
				text.Adherence[i] = world.Party
			}
		}
		m.tellInForce(w, t, total)
		return
	}
	if len(m.newly) > 0 {
		m.tellRatified(w, t, parties, needed, inForce)
	}
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
	return m.Needed(len(m.circle))
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
