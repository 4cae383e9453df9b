// Package influence moves the positions of states (E2).
//
// States are pulled towards the power- and trust-weighted mean of those whose
// position lies within a bound of their own, and back towards their domestic
// anchor:
//
//	x_i' = clip( x_i + mu_i [ (1-sigma_i)(sum_j W_ij x_j - x_i) + sigma_i (a_i - x_i) ] + eta_i )
//	W_ij ~ 1[|x_i-x_j| <= eps] pi_j^a ((1-b) + b tau_ij) (1 + phi n_ij)
//
// with salience scaling the speed mu_i. Known models are limits of this one
// equation: DeGroot (1974) for eps = 1, sigma = 0; Friedkin and Johnsen (1990)
// for eps = 1; Hegselmann and Krause (2002) for mu = 1, a = b = phi = sigma = 0.
// The random-pair form is Deffuant et al. (2000). Socialisation in structured
// forums (phi) follows Bearce and Bondanella (2007).
package influence

import (
	"cmp"
	"math"
	"slices"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// negligible is the share of all weight below which a state would drown in the
// rounding of sums over all others: differences of prefix sums keep 16 digits of
// the total, not of the state. It chooses between two ways to the same result.
const negligible = 1e-6

// Influence is the mechanism.
type Influence struct {
	Parameters
	*State // in the world of the run

	weight  []float64    // power weight of each state
	sorted  []float64    // positions in their order
	plain   []float64    // in that order, the part of the weight that is there whatever trust
	trusted []float64    // in that order, the part that trust multiplies
	factor  [256]float64 // by number of shared forums
	byKey   []int32      // states by key: an order that relabelling leaves alone
	prefix  []float64    // sums of weights in the order of positions
	prefixX []float64
	next    []float64
}

// State is what the mechanism remembers.
type State struct {
	Order []int32 `doc:"states by position when they were last put in order: those at the same place keep theirs"`
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Influence { return mechanism.Parameters(set, new(Influence)) }

// Prepare sizes the buffers and orders states by key.
func (m *Influence) Prepare(w *world.World) {
	m.State = world.Slot[State](w, m.Name())
	n := w.States.N
	if len(m.byKey) != n {
		m.byKey = make([]int32, n)
		m.weight, m.sorted = make([]float64, n), make([]float64, n)
		m.plain, m.trusted = make([]float64, n), make([]float64, n)
		m.prefix, m.prefixX = make([]float64, n+1), make([]float64, n+1)
	}
	if len(m.next) != len(w.States.Position) {
		m.next = make([]float64, len(w.States.Position))
	}
	for i := range m.byKey {
		m.byKey[i] = int32(i)
	}
	key := w.States.Key
	slices.SortFunc(m.byKey, func(a, b int32) int {
		return cmp.Or(cmp.Compare(key[a], key[b]), cmp.Compare(a, b))
	})
}

// Begin starts from the order of states.
func (m *Influence) Begin(_ *sim.Tick, w *world.World) {
	m.Order = world.Zeros(m.Order, w.States.N)
	for i := range m.Order {
		m.Order[i] = int32(i)
	}
}

// Step moves all positions by one tick.
func (m *Influence) Step(now *sim.Tick, w *world.World) {
	speed := sim.PerTick(m.Speed, now.Years)
	m.socialise(w)
	if m.Pairing == RandomPair {
		m.meetPairs(now, w, speed)
	} else {
		m.target(w)
		m.approach(w, speed)
	}
	m.disturb(now, w)
	calm := sim.PerTick(m.Attention, now.Years)
	for i, s := range w.States.Salience {
		w.States.Salience[i] = s + calm*(1-s)
	}
}

// target writes each state's influenced position, sum_j W_ij x_j, to m.next.
func (m *Influence) target(w *world.World) {
	total, least := 0.0, math.Inf(1)
	for i, p := range w.States.Power {
		weight := powered(p, m.Power)
		m.weight[i] = weight
		total, least = total+weight, min(least, weight)
	}
	switch {
	case w.Dim > 1:
		m.targetMany(w)
	case m.Trust == 0 && m.Socialisation == 0 && least >= negligible*total:
		m.sort(w.States.Position)
		m.targetSorted(w.States.Position)
	default:
		m.targetWeighted(w)
	}
}

// powered is p^a, without the cost of math.Pow for the usual exponents.
func powered(p, a float64) float64 {
	switch a {
	case 0:
		return 1
	case 1:
		return p
	}
	return math.Pow(p, a)
}

// sort brings m.Order into the order of positions. Positions move little in a
// tick, so insertion is nearly linear.
func (m *Influence) sort(x []float64) {
	order := m.Order
	for k := 1; k < len(order); k++ {
		i := order[k]
		j := k
		for ; j > 0 && x[order[j-1]] > x[i]; j-- {
			order[j] = order[j-1]
		}
		order[j] = i
	}
}

// targetSorted is the case where weights depend on the influencing state only:
// neighbours form a window of the sorted positions, and prefix sums give its
// mean in constant time.
func (m *Influence) targetSorted(x []float64) {
	m.prefix[0], m.prefixX[0] = 0, 0
	for k, j := range m.Order {
		m.prefix[k+1] = m.prefix[k] + m.weight[j]
		m.prefixX[k+1] = m.prefixX[k] + m.weight[j]*x[j]
	}
	lo, hi := 0, 0
	for _, i := range m.Order {
		lo, hi = m.window(x, x[i], lo, hi)
		if sum := m.prefix[hi] - m.prefix[lo]; sum > 0 {
			m.next[i] = (m.prefixX[hi] - m.prefixX[lo]) / sum
		} else {
			m.next[i] = x[i]
		}
	}
}

// window advances [lo, hi), the range of m.Order within the bound of position at.
func (m *Influence) window(x []float64, at float64, lo, hi int) (int, int) {
	bound := m.Bound + world.Tie // opinions at exactly the bound are neighbours, whatever rounding does
	for lo < len(m.Order) && at-x[m.Order[lo]] > bound {
		lo++
	}
	for hi < len(m.Order) && x[m.Order[hi]]-at <= bound {
		hi++
	}
	return lo, hi
}

// targetWeighted is the general case in one dimension: the neighbours of a state
// are a window of the sorted positions here, too, so that no state beyond the
// bound is looked at, but their weights are summed one by one.
func (m *Influence) targetWeighted(w *world.World) {
	n, order := w.States.N, m.Order
	m.sort(w.States.Position)
	x, weight, trusted := m.sorted[:len(order)], m.plain[:len(order)], m.trusted[:len(order)]
	for k, j := range order { // whatever trust; in proportion to it
		x[k], weight[k], trusted[k] = w.States.Position[j], (1-m.Trust)*m.weight[j], m.Trust*m.weight[j]
	}
	lo, hi := 0, 0
	for k, i := range order {
		at, row := x[k], int(i)*n
		lo, hi = m.window(w.States.Position, at, lo, hi)
		near := neighbours{order[lo:hi], x[lo:hi], weight[lo:hi], trusted[lo:hi]}
		sum, moment := near.weigh(w.Dyads.Trust[row:row+n], w.Dyads.Shared[row:row+n], &m.factor)
		if sum > 0 {
			m.next[i] = moment / sum
		} else {
			m.next[i] = at
		}
	}
}

// neighbours are the states within the bound, by position.
type neighbours struct {
	state              []int32
	x, weight, trusted []float64
}

// weigh sums their weights and their weighted positions, each in two interleaved
// sums to keep both adders of the processor busy.
func (b neighbours) weigh(trust []float64, shared []uint8, factor *[256]float64) (sum, moment float64) {
	state := b.state
	x, weight, trusted := b.x[:len(state)], b.weight[:len(state)], b.trusted[:len(state)]
	var sum2, moment2 float64
	k := 0
	for ; k+1 < len(state); k += 2 {
		j := state[k]
		one := factor[shared[j]] * (weight[k] + trusted[k]*trust[j])
		sum += one
		moment += one * x[k]
		j = state[k+1]
		two := factor[shared[j]] * (weight[k+1] + trusted[k+1]*trust[j])
		sum2 += two
		moment2 += two * x[k+1]
	}
	if k < len(state) {
		j := state[k]
		one := factor[shared[j]] * (weight[k] + trusted[k]*trust[j])
		sum += one
		moment += one * x[k]
	}
	return sum + sum2, moment + moment2
}

// socialise tabulates the weight that shared forums add to a pair, by their
// number: 1 + socialisation x number over the largest number of any pair.
func (m *Influence) socialise(w *world.World) {
	most := max(1, w.Dyads.MostShared)
	for number := range m.factor {
		m.factor[number] = 1 + m.Socialisation*min(1, float64(number)/float64(most))
	}
}

// targetMany is the case of several dimensions: the distance is the root mean
// square over dimensions, so that the bound means the same in any number of them.
func (m *Influence) targetMany(w *world.World) {
	n, dim, x := w.States.N, w.Dim, w.States.Position
	limit := m.limit(dim)
	for i := range n {
		target := m.next[i*dim : i*dim+dim]
		clear(target)
		sum := 0.0
		for j := range n {
			distance := 0.0
			for d := range dim {
				gap := x[i*dim+d] - x[j*dim+d]
				distance += gap * gap
			}
			if distance > limit {
				continue
			}
			k := m.weight[j] * m.factor[w.Dyads.Shared[i*n+j]] * (1 - m.Trust + m.Trust*w.Dyads.Trust[i*n+j])
			sum += k
			for d := range dim {
				target[d] += k * x[j*dim+d]
			}
		}
		for d := range dim {
			if sum > 0 {
				target[d] /= sum
			} else {
				target[d] = x[i*dim+d]
			}
		}
	}
}

// limit is the bound as a sum of squares over dimensions.
func (m *Influence) limit(dim int) float64 {
	return (m.Bound + world.Tie) * (m.Bound + world.Tie) * float64(dim)
}

// approach moves every state towards its target and its anchor at once.
func (m *Influence) approach(w *world.World, speed float64) {
	s := &w.States
	for k, x := range s.Position {
		i := k / w.Dim
		mu := min(1, speed*s.Salience[i])
		sigma := m.stubborn(s.Stubbornness[i])
		s.Position[k] = clip(x + mu*((1-sigma)*(m.next[k]-x)+sigma*(s.Anchor[k]-x)))
	}
}

func (m *Influence) stubborn(own float64) float64 {
	if own < 0 {
		return m.Stubbornness
	}
	return own
}

// meetPairs lets as many random pairs meet as there are states, one after the
// other; a pair within the bound moves together and keeps its mean. The anchor
// pulls afterwards.
func (m *Influence) meetPairs(now *sim.Tick, w *world.World, speed float64) {
	s, dim := &w.States, w.Dim
	rng := now.Stream.Whole()
	for range s.N {
		i := int(m.byKey[rng.IntN(s.N)])
		j := int(m.byKey[rng.IntN(s.N)])
		if i != j {
			m.meet(s.Position[i*dim:i*dim+dim], s.Position[j*dim:j*dim+dim], speed)
		}
	}
	for k, x := range s.Position {
		sigma := m.stubborn(s.Stubbornness[k/dim])
		mu := min(1, speed*s.Salience[k/dim])
		s.Position[k] = clip(x + mu*sigma*(s.Anchor[k]-x))
	}
}

// meet moves the positions of a pair towards each other by the share mu of their
// gap when they lie within the bound.
func (m *Influence) meet(a, b []float64, mu float64) {
	distance := 0.0
	for d := range a {
		distance += (a[d] - b[d]) * (a[d] - b[d])
	}
	if distance > m.limit(len(a)) {
		return
	}
	for d := range a {
		step := min(mu, .5) * (b[d] - a[d])
		a[d], b[d] = a[d]+step, b[d]-step
	}
}

// disturb adds domestic shocks, drawn for every state whether it uses them or not.
func (m *Influence) disturb(now *sim.Tick, w *world.World) {
	if m.Noise == 0 {
		return
	}
	s, scale := &w.States, m.Noise*math.Sqrt(now.Years)
	for i, key := range s.Key {
		rng := now.Stream.For(key)
		for d := range w.Dim {
			k := i*w.Dim + d
			s.Position[k] = clip(s.Position[k] + scale*rng.NormFloat64())
		}
	}
}

func clip(x float64) float64 { return min(1, max(0, x)) }
