// Package norms plays what becomes of texts after their adoption: who joins them,
// who ratifies them, who keeps to them, and when they die.
//
// A norm has a life cycle (Finnemore and Sikkink 1998): after it has emerged,
// states follow those whom they look up to, and past a tipping point of about one
// third of them in a cascade. State i endorses text n when the share of adherents
// among its peers reaches its threshold (Granovetter 1978; Watts 2002),
//
//	sum_j t_ij omega_j a_jn / sum_j t_ij omega_j >= theta_i + delta b |x_i - q_n|,  t_ij = max(0, tau_ij - tau_0) / (1 - tau_0)
//
// over the peers, those whom it trusts more than tau_0, with omega_j between one
// voice for each state and its power, theta_i drawn once from a Beta distribution,
// and b = 1 for binding texts. For voluntary ones theory has b = 0, but the record does not: votes on them and signatures of the
// Paris Call follow distance, too. Whether to join is on a government's desk in some
// years only, and nobody goes back on a recorded vote within the year.
//
// Binding texts then wait for ratification, a yearly hazard (Simmons and Elkins
// 2004),
//
//	h_in = h_0 exp(-b_1 |x_i - q_n| + b_2 peers_in + b_3 capacity_i - b_4 nearer_in)
//
// where nearer tells that another binding text on the same line, to which the
// state is a party, lies nearer to it. Those who could have ratified for long and
// have not are those who resist for reasons that no variable shows (frailty; Vaupel,
// Manton and Stallard 1979): after T years the mean hazard of the ones who are left is
//
//	h_in / (1 + nu h_in T)
//
// A treaty enters into force with the number of parties that it says itself, or else
// with a share of those who negotiated it.
//
// Whoever is covered complies more or less,
//
//	c' = c + r P (1 - c) - (e V + g d T (1 - b F)) c
//
// pressed by peers that comply (P), tempted the more the deeper the text and the
// farther its practice (T; Downs, Rocke and Barsoom 1996), the less where the text
// binds (F; Abbott and Snidal 2000), and discredited by violations that others saw
// (V). A text whose strength sum_i pi_i c_in, as a share of the power of those whom
// it is for (its parties, if it binds), stays too low for years is dead (Panke and
// Petersohn 2012).
//
// All of this happens once a year, when the General Assembly opens in September;
// compliance is reviewed every second year, for both years.
package norms

import (
	"math"
	"math/rand/v2"
	"time"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

const sessionMonth = time.September

// review is the number of years between two looks at how states keep to a text.
// Half of the texts have their turn every year.
const review = 2

// Norms is the mechanism.
type Norms struct {
	Threshold, Spread            float64
	Distance, Soft               float64
	Power, Peer                  float64
	Reconsider                   float64
	Ratification, Frailty        float64
	Closeness, Peers             float64
	Capacity, Rival              float64
	Entry                        float64
	Compliance                   float64
	Violation, Gain, Enforcement float64
	Erosion, Patience            float64

	threshold []float64 // by state: theta
	voice     []float64 // by state: omega
	offence   []float64 // by state: offensive means, against the strongest
	ear       []float64 // N x N: how far each state counts as a peer of each other, [0, 1]
	attention []float64 // by state: sum_j of that times omega_j over all others
	weak      []int     // by text: years below the least strength
	opened    []int     // by text: tick since which states can adhere, however often it is agreed on anew
	told      []float64 // by text: the mean compliance last told; 0 before
	asking    []float64 // by text: how deep it was then
	covers    []int     // by text: how many states it covered at the last look
	settled   []bool    // by text: its compliance has come to rest once since the text, or the run, began
	backed    []bool    // by text: that two thirds of the world back it has been told

	// Of the text at hand.
	circle []int     // states that the text is for
	column []float64 // by state: what is summed over peers
	heard  []float64 // by state: the share of what it listens to that has it
	whole  bool      // the circle is the world
	asked  []int     // states for which it matters what they hear
	voices []voice   // of those who count
	newly  []int     // states that join
	rivals []int     // other binding texts on the line
	union  int       // the forum whose members ratify it as one, or -1
	// Who has a stake in it: its sponsors and those of its forum; and who in the other side's.
	proposers, committed []int
	leads                int // how many of the former led
}

// New declares the parameters of the mechanism.
func New(set *sim.Parameters) *Norms {
	m := new(Norms)
	s := set.Section("norms")
	unit := sim.Range{Min: 0, Max: 1}
	number := func(field *float64, name string, value float64, domain, plausible sim.Range, unit string, source sim.Source, doc, reference string) {
		s.Number(field, sim.Parameter{
			Name: name, Default: value, Domain: domain, Plausible: plausible,
			Unit: unit, Source: source, Doc: doc, Reference: reference,
		})
	}
	coefficient := sim.Range{Min: 0, Max: 20}
	const parisCall = "Paris Call: 51 states in November 2018, 74 a year later, 80 from 2021 on"
	const budapest = "parties to the Budapest Convention: 60 in July 2018, 65 at the end of 2020, 76 in October 2024"
	number(&m.Threshold, "threshold", .33, unit, sim.Range{Min: .2, Max: .5}, "share", sim.Literature,
		"Share of its peers that must have endorsed a text before a state does, on average over states.", "Finnemore and Sikkink 1998: a norm tips at about one third of states")
	number(&m.Spread, "spread", .18, sim.Range{Min: 0, Max: .5}, sim.Range{Min: .05, Max: .25}, "share", sim.Assumption,
		"Standard deviation of these thresholds over states; 0 makes all alike.", "Granovetter 1978: cascades hang on the spread as much as on the mean")
	number(&m.Distance, "distance", .4, sim.Range{Min: 0, Max: 10}, sim.Range{Min: .2, Max: .6}, "share", sim.Assumption,
		"How much a binding text at the other pole raises a state's threshold.", "Abbott and Snidal 2000")
	number(&m.Soft, "soft", .9, unit, sim.Range{Min: .5, Max: 1}, "share", sim.Data,
		"How much of that distance counts where the text is voluntary.", parisCall)
	number(&m.Power, "power", .5, unit, unit, "share", sim.Assumption,
		"How far peers count by their power rather than as one voice each.", "")
	number(&m.Peer, "peer", .5, sim.Range{Min: 0, Max: .99}, sim.Range{Min: .3, Max: .6}, "trust", sim.Assumption,
		"Trust from which another state is a peer to look up to; those trusted more count for more.", "")
	number(&m.Reconsider, "reconsider", .6, unit, sim.Range{Min: .3, Max: .8}, "share", sim.Data,
		"Share of the states outside a text that take up in a year whether to join it, its square where a vote is on record; at 1 they all follow at once, as in Granovetter's crowd.", parisCall)
	number(&m.Ratification, "ratification", .07, unit, sim.Range{Min: .03, Max: .15}, "per year", sim.Data,
		"Hazard of ratification of a state that stands at the text, without peers that ratified and without diplomatic capacity.", budapest)
	number(&m.Frailty, "frailty", 1.5, sim.Range{Min: 0, Max: 50}, sim.Range{Min: .5, Max: 3}, "variance", sim.Assumption,
		"Variance over states of what speeds or holds up ratification and no variable shows: the larger, the less those ratify who could have done so for long. At 0 all are alike.", "Vaupel, Manton and Stallard 1979")
	number(&m.Closeness, "closeness", 2, coefficient, sim.Range{Min: 1, Max: 5}, "log hazard", sim.Assumption,
		"How much the hazard of ratification falls from a state at the text to one at the other pole.", "")
	number(&m.Peers, "peers", 3, coefficient, sim.Range{Min: 1, Max: 4}, "log hazard", sim.Assumption,
		"How much it rises when all peers have ratified.", "Simmons and Elkins 2004")
	number(&m.Capacity, "capacity", 1, coefficient, sim.Range{Min: 0, Max: 2}, "log hazard", sim.Assumption,
		"How much it rises with full diplomatic capacity.", "")
	number(&m.Rival, "rival", 1, coefficient, sim.Range{Min: 0, Max: 2}, "log hazard", sim.Assumption,
		"How much it falls when the state is a party to a nearer binding text on the same line.", "Busch 2007")
	number(&m.Entry, "entry", .207, unit, sim.Range{Min: .1, Max: .35}, "share", sim.Data,
		"Share of the states which a treaty is for that must ratify before it enters into force, five at least, where it does not say a number itself.", "UN Convention against Cybercrime: 40 of 193")
	number(&m.Compliance, "compliance", .3, unit, sim.Range{Min: .1, Max: .6}, "per year", sim.Assumption,
		"Rate at which states come to comply when all their peers do.", "")
	number(&m.Violation, "violation", .15, unit, sim.Range{Min: 0, Max: .4}, "per year", sim.Assumption,
		"Rate at which a state stops complying that is blamed without end by adherents who all distrust it.", "")
	number(&m.Gain, "gain", .7, sim.Range{Min: 0, Max: 10}, sim.Range{Min: .3, Max: 1.2}, "per year", sim.Assumption,
		"Rate at which a state stops complying with a voluntary text of full depth at the other pole.", "set so that compliance stays near what states start with")
	number(&m.Enforcement, "enforcement", .4, unit, sim.Range{Min: .2, Max: .7}, "share", sim.Assumption,
		"Share of that temptation which a binding text takes away.", "Abbott and Snidal 2000")
	number(&m.Erosion, "erosion", .2, unit, sim.Range{Min: .1, Max: .35}, "share", sim.Assumption,
		"Strength (share of power, times compliance, among those whom it is for) below which a text erodes.", "Panke and Petersohn 2012")
	number(&m.Patience, "patience", 3, sim.Range{Min: 0, Max: 100}, sim.Range{Min: 2, Max: 6}, "years", sim.Assumption,
		"Years of such weakness after which a text is dead.", "")
	return m
}

// Name is "norms".
func (*Norms) Name() string { return "norms" }

// Declare says all that the rest of the program knows of the mechanism.
func (*Norms) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "Voluntary texts spread by thresholds, binding ones are ratified, enter into force and are complied with, and norms erode.",
		Reference: "Finnemore and Sikkink 1998; Granovetter 1978; Watts 2002; Simmons and Elkins 2004; Vaupel, Manton and Stallard 1979; Downs, Rocke and Barsoom 1996",
	}
}

// Prepare does nothing yet.
func (*Norms) Prepare(*world.World) {}

// Begin sizes the buffers and draws the threshold of every state.
func (m *Norms) Begin(start *sim.Tick, w *world.World) {
	n := w.States.N
	if len(m.threshold) != n {
		m.threshold, m.voice, m.offence = make([]float64, n), make([]float64, n), make([]float64, n)
		m.attention, m.column, m.heard = make([]float64, n), make([]float64, n), make([]float64, n)
		m.ear = make([]float64, n*n)
		m.circle, m.newly, m.voices = make([]int, 0, n), make([]int, 0, n), make([]voice, 0, n)
		m.asked = make([]int, 0, n)
	}
	for i, key := range w.States.Key {
		m.threshold[i] = Beta(start.Stream.For(key), m.Threshold, m.Spread)
	}
	m.weak, m.told, m.asking, m.opened = m.weak[:0], m.told[:0], m.asking[:0], m.opened[:0]
	m.covers, m.settled, m.backed = m.covers[:0], m.settled[:0], m.backed[:0]
	m.register(w)
}

// register keeps room for every text, and since when those in force have been open.
func (m *Norms) register(w *world.World) {
	for t := range w.Texts {
		if t == len(m.weak) {
			m.weak, m.opened = append(m.weak, 0), append(m.opened, world.NotAdopted)
			m.told, m.asking = append(m.told, 0), append(m.asking, 0)
			m.covers = append(m.covers, 0)
			m.settled, m.backed = append(m.settled, false), append(m.backed, false)
		}
		if text := &w.Texts[t]; m.opened[t] == world.NotAdopted && text.Status == world.InForce {
			m.opened[t] = text.Adopted
		}
	}
}

// Step lets every text in force live through its year. Those of industry forums
// are left to firms.
func (m *Norms) Step(now *sim.Tick, w *world.World) {
	if !w.Calendar.Due(now.Index, sessionMonth) {
		return
	}
	m.hear(w)
	m.register(w)
	for t := range w.Texts {
		text := &w.Texts[t]
		if text.Status != world.InForce || w.Forums[text.Forum].Access == world.AccessIndustry {
			continue
		}
		m.gather(w, t)
		if text.Binding { // before others sign: nobody ratifies in the year of its signature
			m.ratify(now, w, t)
		}
		m.join(now, w, t)
		// Whoever runs a stack keeps to its standards.
		if text.Stack < 0 && (now.Date.Year()+t)%review == 0 {
			m.comply(w, t)
		}
		m.erode(w, t)
	}
}

// hear works out how much every state counts as a peer, and how much there is for
// every state to listen to.
func (m *Norms) hear(w *world.World) {
	n, strongest := w.States.N, 0.0
	for i, p := range w.States.Power {
		m.voice[i] = (1-m.Power)/float64(n) + m.Power*p
		strongest = max(strongest, w.States.Offence[i])
	}
	scale := 1 / (1 - m.Peer)
	for k, trust := range w.Dyads.Trust {
		m.ear[k] = max(0, trust-m.Peer) * scale
	}
	weighAll(m.attention, m.ear, m.voice)
	for i := range n {
		m.attention[i] -= m.voice[i] // nobody listens to itself
		m.offence[i] = 0
		if strongest > 0 {
			m.offence[i] = w.States.Offence[i] / strongest
		}
	}
}

// Admits tells whether state i may adhere to a text: everybody where the text is
// open for accession, or its forum open to all states or without states as
// members; else the members.
func Admits(f *world.Forum, t *world.Text, i int) bool {
	return t.Open || open(f) || f.Members[i]
}

// open tells whether what a forum agrees on is meant for all states.
func open(f *world.Forum) bool {
	return f.Universal || f.Access == world.AccessStates || f.Access == world.AccessMultistakeholder
}

// gather collects the states that a text is for: those who negotiate in its
// forum, everybody where the forum is open, and all who adhere. Whoever may merely
// accede is not among them.
func (m *Norms) gather(w *world.World, t int) {
	m.union = -1
	text := &w.Texts[t]
	f := &w.Forums[text.Forum]
	all := open(f)
	m.circle = m.circle[:0]
	for i := range w.States.N {
		if all || f.Members[i] || text.Adherence[i] != world.Outside {
			m.circle = append(m.circle, i)
		}
	}
	m.whole = len(m.circle) == w.States.N
}

// listen works out for those who are asked (for all of the circle, where that is not
// the world) the share of what they listen to that m.column holds. No state is a peer
// of its own.
func (m *Norms) listen(w *world.World) {
	if m.whole {
		m.listenToWorld()
		return
	}
	n := w.States.N
	m.voices = m.voices[:0]
	for _, j := range m.circle {
		m.voices = append(m.voices, voice{j, m.voice[j], m.column[j]})
	}
	for _, i := range m.circle {
		ear := m.ear[i*n : i*n+n]
		with, all := -m.column[i], -m.voice[i]
		for _, v := range m.voices {
			with += ear[v.state] * v.part
			all += ear[v.state] * v.whole
		}
		m.heard[i] = fraction(with, all)
	}
}

// listenToWorld is listen where the circle is the world. Most texts have few adherents,
// or few who are still to join: then only these are looked at.
func (m *Norms) listenToWorld() {
	m.voices = m.voices[:0]
	for j, x := range m.column {
		if x != 0 {
			m.voices = append(m.voices, voice{j, m.voice[j], x})
		}
	}
	if n := len(m.column); 2*len(m.asked)*len(m.voices) < n*n {
		weighFew(m.heard, m.ear, m.asked, m.voices)
	} else {
		weighAll(m.heard, m.ear, m.column)
	}
	for _, i := range m.asked {
		m.heard[i] = fraction(m.heard[i]-m.column[i], m.attention[i])
	}
}

// voice is a state as those who listen hear it.
type voice struct {
	state       int
	whole, part float64
}

// fraction is part/whole within [0, 1]; of nothing it is 0.
func fraction(part, whole float64) float64 {
	if whole < 1e-12 {
		return 0
	}
	return min(1, max(0, part/whole))
}

// weighAll writes the product of a square matrix and a column to sums. It takes
// four rows at a time, whose sums do not wait for one another.
func weighAll(sums, matrix, column []float64) {
	n := len(column)
	i := 0
	for ; i+4 <= n; i += 4 {
		row := func(k int) []float64 { return matrix[(i+k)*n : (i+k)*n+n][:len(column)] }
		first, second, third, fourth := row(0), row(1), row(2), row(3)
		var a, b, c, d float64
		for k, x := range column {
			a += x * first[k]
			b += x * second[k]
			c += x * third[k]
			d += x * fourth[k]
		}
		sums[i], sums[i+1], sums[i+2], sums[i+3] = a, b, c, d
	}
	for ; i < n; i++ {
		sum := 0.0
		for k, x := range column {
			sum += x * matrix[i*n+k]
		}
		sums[i] = sum
	}
}

// weighFew does what weighAll does for some of the rows, where most of the column is
// zero: it looks at the others only.
func weighFew(sums, matrix []float64, rows []int, column []voice) {
	n := len(sums)
	row := func(k int) []float64 { return matrix[rows[k]*n : rows[k]*n+n] }
	k := 0
	for ; k+4 <= len(rows); k += 4 {
		first, second, third, fourth := row(k), row(k+1), row(k+2), row(k+3)
		var a, b, c, d float64
		for _, v := range column {
			a += v.part * first[v.state]
			b += v.part * second[v.state]
			c += v.part * third[v.state]
			d += v.part * fourth[v.state]
		}
		sums[rows[k]], sums[rows[k+1]], sums[rows[k+2]], sums[rows[k+3]] = a, b, c, d
	}
	for ; k < len(rows); k++ {
		sum, last := 0.0, row(k)
		for _, v := range column {
			sum += v.part * last[v.state]
		}
		sums[rows[k]] = sum
	}
}

// Beta draws from the Beta distribution of the given mean and standard deviation,
// as the share of one gamma variate in two. A deviation of 0, or a mean at the
// edge, gives the mean; one that no such distribution has gives the widest.
func Beta(rng *rand.Rand, mean, deviation float64) float64 {
	room := mean * (1 - mean)
	const least = 1e-6 // below it the square of the deviation drowns in rounding
	if deviation <= least || room <= 0 {
		return mean
	}
	// Less spread than this no run could tell from none.
	size := min(1e9, max(.02, room/(deviation*deviation)-1))
	a, b := gamma(rng, mean*size), gamma(rng, (1-mean)*size)
	if a+b == 0 {
		return mean
	}
	return a / (a + b)
}

// gamma draws from the gamma distribution of the given shape (Marsaglia and Tsang
// 2000).
func gamma(rng *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(rng, shape+1) * math.Pow(1-rng.Float64(), 1/shape)
	}
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rng.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(1-rng.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
