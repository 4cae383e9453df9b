// Package standards lets states move their networks between technical stacks
// (E8).
//
// A state steers its network towards the logit choice among the stacks that
// exist,
//
//	U_is = v_s + q g_s + J sum_j w_ij a_j^s + A (1 - |x_i - xi_s|) - ban_is - C (1 - a_i^s)
//	a_i' = a_i + rho (softmax(U_i) - a_i)
//
// with w_ij the users of j weighted by i's trust in j (there is no trade data),
// its own users included. Network externalities (Katz and Shapiro 1985; Arthur
// 1989; Brock and Durlauf 2001) make adoption tip; alignment ties the choice to
// the governance that a stack embodies (Hoffmann, Lazanski and Taylor 2020). The
// quality v_s of a new stack stays immature until states recognise it as a
// standard, and rises by q g_s with the self-reliance g_s of those who do (Segal 2021).
package standards

import (
	"math"
	"time"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Standards is the mechanism.
type Standards struct {
	Parameters
	*State // in the world of the run

	weighted []float64 // users x share on each stack, stack-major
	target   []float64 // N x stacks
	peers    []float64 // stacks
	sold     []float64 // N x stacks: share of the market
	shut     []float64 // N: how far one firm is kept out
	joining  []int     // states that come to recognise a stack
}

// State is what the mechanism remembers.
type State struct {
	Barred []float64 `doc:"by state and stack: what the bans in force cost, logits, when they were last looked at"`
	Bans   int       `doc:"bans in force at that time"`
}

// New makes the mechanism and declares its parameters.
func New(set *sim.Parameters) *Standards { return mechanism.Parameters(set, new(Standards)) }

// Prepare sizes the buffers.
func (m *Standards) Prepare(w *world.World) {
	m.State = world.Slot[State](w, m.Name())
	n, k := w.States.N, len(w.Stacks)
	if len(m.target) != n*k {
		m.weighted, m.target, m.sold = make([]float64, n*k), make([]float64, n*k), make([]float64, n*k)
		m.peers, m.shut = make([]float64, k), make([]float64, n)
	}
}

// Begin has not looked at any bans.
func (m *Standards) Begin(_ *sim.Tick, w *world.World) {
	m.Bans = -1
	m.Barred = world.Zeros(m.Barred, w.States.N*len(w.Stacks))
}

// Step lets recognition and adoption move by one tick.
func (m *Standards) Step(now *sim.Tick, w *world.World) {
	available := 0
	for s := range w.Stacks {
		if w.Stacks[s].Proposed {
			available++
		}
	}
	if available < 2 {
		return
	}
	if len(m.Barred) == 0 { // switched on in a world that has gone on without
		m.Begin(now, w)
	}
	if m.Bans != w.Standing.Bans || now.Index%now.PerYear == 0 {
		m.bars(w)
		m.Bans = w.Standing.Bans
	}
	m.countUsers(w)
	if w.Calendar.Due(now.Index, time.January) {
		m.recognise(now, w)
	}
	m.choose(w)
	m.replace(now, w)
	m.tellCarried(w)
}

// recognise asks every state once a year whether it accepts a proposed stack as
// a standard: it must suit the state better than the incumbent, and come from others
// whom it trusts and whose vendors it does not bar; and the more of those whom the state
// trusts are on it, the likelier is the state to follow. Recognition is not taken back.
func (m *Standards) recognise(now *sim.Tick, w *world.World) {
	incumbent := &w.Stacks[0]
	for s := 1; s < len(w.Stacks); s++ {
		stack := &w.Stacks[s]
		if !stack.Proposed || stack.Recognition >= 1 {
			continue
		}
		m.joining = m.joining[:0]
		race := now.Stream.Race(sim.Key(stack.ID))
		for i := range w.States.N {
			if stack.Recognised[i] {
				continue
			}
			x := w.Position(i)
			nearer := world.Distance(x, incumbent.Position) - world.Distance(x, stack.Position)
			model := nearer > m.Recognition && m.Barred[i*len(w.Stacks)+s] == 0 && m.trusts(w, i, s) && race.Uniform(w.States.Key[i]) < m.Uptake*m.used(w, i, s)
			if w.AskRecognise(i, s, model) {
				m.joining = append(m.joining, i)
			}
		}
		for _, i := range m.joining {
			stack.Recognised[i] = true // all at once: the order of states must not decide
		}
		Recount(w, s)
		if w.Chronicle.On && len(m.joining) > 0 {
			w.Tell(Recognised{Stack: s, States: m.joining})
		}
	}
}

// used is the share of users on stack s as state i sees it, weighed by its trust.
func (m *Standards) used(w *world.World, i, s int) float64 {
	m.weighUsers(w, i)
	return m.peers[s]
}

// trusts tells whether state i trusts those who recognise stack s, on average over
// their power. A stack that nobody recognises has nobody to mistrust.
func (m *Standards) trusts(w *world.World, i, s int) bool {
	trust, total := 0.0, 0.0
	for j, yes := range w.Stacks[s].Recognised {
		if yes {
			trust += w.States.Power[j] * w.Dyads.Trust[i*w.States.N+j]
			total += w.States.Power[j]
		}
	}
	return trust >= m.Mistrust*total-world.Tie // nor may the order of the sum
}

// Recount derives the recognition of a stack from who recognises it.
func Recount(w *world.World, stack int) {
	share := 0.0
	for i, yes := range w.Stacks[stack].Recognised {
		if yes {
			share += w.Weight(i)
		}
	}
	w.Stacks[stack].Recognition = min(1, share)
}

// countUsers writes the users on each stack in every state to m.weighted.
func (m *Standards) countUsers(w *world.World) {
	n, stacks := w.States.N, len(w.Stacks)
	for s := range stacks {
		for j, u := range w.States.Users {
			m.weighted[s*n+j] = u * w.States.Stack[j*stacks+s]
		}
	}
}

// choose writes the logit choice of every state to m.target.
func (m *Standards) choose(w *world.World) {
	stacks := len(w.Stacks)
	for i := range w.States.N {
		m.weighUsers(w, i)
		x := w.Position(i)
		target := m.target[i*stacks : i*stacks+stacks]
		for s := range w.Stacks {
			stack := &w.Stacks[s]
			if !stack.Proposed {
				target[s] = math.Inf(-1)
				continue
			}
			v := stack.Quality()
			if s > 0 {
				v += m.Quality * stack.Recognition
			}
			v += m.Reliance * stack.Reliance
			target[s] = v + m.Network*m.peers[s] + m.Alignment*(1-world.Distance(x, stack.Position)) -
				m.Barred[i*stacks+s] - m.Switching*(1-w.States.Stack[i*stacks+s])
		}
		Softmax(target)
	}
}

// weighUsers writes the trust-weighted share of users on each stack, as state i
// sees it, to m.peers. The first stack's share is what the others leave.
func (m *Standards) weighUsers(w *world.World, i int) {
	n := w.States.N
	trust := w.Dyads.Trust[i*n : i*n+n]
	rest := 1.0
	for s := len(w.Stacks) - 1; s > 0; s-- {
		on, total := weigh(trust, m.weighted[s*n:s*n+n], w.States.Users)
		m.peers[s] = 0
		if total > 0 {
			m.peers[s] = on / total
		}
		rest -= m.peers[s]
	}
	m.peers[0] = rest
}

// weigh sums two columns by weights in one pass over the weights, each in two
// interleaved sums.
func weigh(weights, a, b []float64) (sumA, sumB float64) {
	a, b = a[:len(weights)], b[:len(weights)]
	var evenA, oddA, evenB, oddB float64
	k := 0
	for ; k+1 < len(weights); k += 2 {
		even, odd := weights[k], weights[k+1]
		evenA += even * a[k]
		oddA += odd * a[k+1]
		evenB += even * b[k]
		oddB += odd * b[k+1]
	}
	if k < len(weights) {
		last := weights[k]
		evenA += last * a[k]
		evenB += last * b[k]
	}
	return evenA + oddA, evenB + oddB
}

// bars derives what the bans of every state, and the denials that it suffers, cost it in each stack: the share of
// the stack's vendors, by their markets in the state, that is kept out.
func (m *Standards) bars(w *world.World) {
	stacks := len(w.Stacks)
	clear(m.Barred)
	clear(m.sold)
	for k, s := range w.Firms.Stack {
		ban := w.ShutOut(k, m.shut)
		for i, x := range w.Market(k) {
			m.sold[i*stacks+s] += x
			m.Barred[i*stacks+s] += x * ban[i]
		}
	}
	for k, x := range m.sold {
		if x > 0 {
			m.Barred[k] *= m.Ban / x
		}
	}
}

// replace moves every network towards its target as equipment is renewed.
func (m *Standards) replace(now *sim.Tick, w *world.World) {
	stacks := len(w.Stacks)
	rho := sim.PerTick(m.Replacement, now.Years)
	for i := range w.States.N {
		target := w.AskStack(i, m.target[i*stacks:i*stacks+stacks])
		share := w.States.Stack[i*stacks : i*stacks+stacks]
		for s := range share {
			share[s] += rho * (target[s] - share[s])
		}
	}
}

// tellCarried reports how far the new stacks have come.
func (m *Standards) tellCarried(w *world.World) {
	if !w.Chronicle.On {
		return
	}
	for s := 1; s < len(w.Stacks); s++ {
		w.Tell(Carried{Stack: s, Users: w.Carried(s)})
	}
}

// effective is the effective number of stacks, by their users.
func effective(w *world.World) float64 {
	squares := 0.0
	for s := range w.Stacks {
		share := w.Carried(s)
		squares += share * share
	}
	if squares == 0 {
		return 1
	}
	return 1 / squares
}

// Softmax replaces utilities by logit choice probabilities; minus infinity is an
// option that does not exist.
func Softmax(u []float64) {
	top := math.Inf(-1)
	for _, v := range u {
		top = max(top, v)
	}
	sum := 0.0
	for s, v := range u {
		u[s] = 1
		if v != top {
			u[s] = math.Exp(v - top)
		}
		sum += u[s]
	}
	for s := range u {
		u[s] /= sum
	}
}
