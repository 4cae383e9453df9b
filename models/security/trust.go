package security

import (
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

// contactParts is by what the gain of trust is divided: contact is the mean of two, link
// and channel, and moveTrust multiplies twice its positive part.
const contactParts = 4

// moveTrust applies E11 to every pair: a gain from contact, and the return to the level
// of the start, or what experience has made of it. Contact is the mean of link and channel; in the first year it is only
// measured.
func (m *Security) moveTrust(now *sim.Tick, w *world.World) {
	gain, back := sim.PerTick(m.TrustGain, now.Years)/contactParts, sim.PerTick(m.TrustReturn, now.Years)
	back = min(back, 1-contactParts*gain) // contact is worth so much at most: trust never overshoots
	n, d, level := w.States.N, &w.Dyads, m.level(w)
	if now.Index < now.PerYear {
		gain = 0
		for i := range n {
			for k := i*n + i + 1; k < i*n+n; k++ {
				d.Contact[k] += d.Link[k] / float64(now.PerYear)
			}
		}
	}
	for i := range n {
		from, to := i*n+i+1, i*n+n
		trust := d.Trust[from:to]
		start, link, contact := level[from:to][:len(trust)], d.Link[from:to][:len(trust)], d.Contact[from:to][:len(trust)]
		column := from + n - 1 // of what the other holds towards i
		for j, there := range trust {
			// Twice the positive part, without a branch that nobody could predict.
			above := link[j] - contact[j]
			more := gain * (above + math.Abs(above))
			stay, gained := 1-more-back, more+back*start[j]
			trust[j] = there*stay + gained
			d.Trust[column] = d.Trust[column]*stay + gained
			column += n
		}
	}
}

// level is what the trust of every pair i < j returns to.
func (m *Security) level(w *world.World) []float64 {
	if len(m.Level) == 0 {
		return w.Dyads.TrustStart
	}
	return m.Level
}

// ownLevel is level as a list of the run's own, which can change.
func (m *Security) ownLevel(w *world.World) []float64 {
	if len(m.Level) == 0 {
		m.Level = append(m.Level, w.Dyads.TrustStart...)
	}
	return m.Level
}

// learn lets what happened stay, once a year: the level that the trust of a pair returns
// to moves by a share of the way to the trust that the two have come to.
func (m *Security) learn(w *world.World) {
	if m.Experience == 0 {
		return
	}
	n, trust, level := w.States.N, w.Dyads.Trust, m.ownLevel(w)
	for i := range n {
		from, to := i*n+i+1, i*n+n
		there, level := trust[from:to], level[from:to]
		column := from + n - 1 // of what the other holds towards i
		for j, tau := range there {
			level[j] += m.Experience * ((tau+trust[column])/2 - level[j])
			column += n
		}
	}
}

// Estrange takes a share of the trust of two states in each other, and of the level that
// it returns to.
func (m *Security) Estrange(w *world.World, i, j int, share float64) {
	n, trust := w.States.N, w.Dyads.Trust
	i, j = min(i, j), max(i, j)
	trust[i*n+j] *= 1 - share
	trust[j*n+i] *= 1 - share
	m.ownLevel(w)[i*n+j] *= 1 - share
}
