// Package standards lets states move their networks between technical stacks
// (E8).
//
// A state steers its network towards the logit choice among the stacks that
// exist,
//
//	U_is = v_s + J sum_j w_ij a_j^s + A (1 - |x_i - xi_s|) - ban_is - C (1 - a_i^s)
//	a_i' = a_i + rho (softmax(U_i) - a_i)
//
// with w_ij the users of j weighted by i's trust in j (there is no trade data),
// its own users included. Network externalities (Katz and Shapiro 1985; Arthur
// 1989; Brock and Durlauf 2001) make adoption tip; alignment ties the choice to
// the governance that a stack embodies (Hoffmann, Lazanski and Taylor 2020). The
// quality v_s of a new stack stays immature until states recognise it as a
// standard.
package standards

import (
	"fmt"
	"math"
	"time"

	"splinternet/models/world"
	"splinternet/sim"
)

// Standards is the mechanism.
type Standards struct {
	Network     float64
	Alignment   float64
	Switching   float64
	Replacement float64
	Quality     float64
	Recognition float64
	Uptake      float64
	Ban         float64

	weighted []float64 // users x share on each stack, stack-major
	target   []float64 // N x stacks
	peers    []float64 // stacks
	barred   []float64 // N x stacks: cost of the bans in force
	sold     []float64 // N x stacks: share of the market
	bans     int       // in force when barred was derived
	known    []int     // by stack: milestones that the chronicle has told
	newly    []int     // scratch: states that come to recognise a stack
}

// New declares the parameters of the mechanism.
func New(set *sim.Parameters) *Standards {
	m := new(Standards)
	s := set.Section("standards")
	unit := sim.Range{Min: 0, Max: 1}
	s.Number(&m.Network, sim.Parameter{
		Name: "network", Default: 3, Domain: sim.Range{Min: 0, Max: 20}, Plausible: sim.Range{Min: 1, Max: 4}, Unit: "logits", Source: sim.Literature,
		Doc:       "Network effect: utility of a stack that everybody else uses.",
		Reference: "Brock and Durlauf 2001: adoption tips at 2 without alignment and switching cost",
	})
	s.Number(&m.Alignment, sim.Parameter{
		Name: "alignment", Default: 2, Domain: sim.Range{Min: 0, Max: 20}, Plausible: sim.Range{Min: 0, Max: 4}, Unit: "logits", Source: sim.Assumption,
		Doc: "Utility of a stack whose governance matches the state's position, against one at the other pole.",
	})
	s.Number(&m.Switching, sim.Parameter{
		Name: "switching", Default: 1, Domain: sim.Range{Min: 0, Max: 20}, Plausible: sim.Range{Min: .5, Max: 2}, Unit: "logits", Source: sim.Assumption,
		Doc: "Cost of moving the whole network to another stack.",
	})
	s.Number(&m.Replacement, sim.Parameter{
		Name: "replacement", Default: .15, Domain: unit, Plausible: sim.Range{Min: .08, Max: .22}, Unit: "per year", Source: sim.Assumption,
		Doc: "Share of network equipment that is replaced in a year (life of 4 to 12 years).",
	})
	s.Number(&m.Quality, sim.Parameter{
		Name: "quality", Default: 0, Domain: sim.Range{Min: -10, Max: 10}, Plausible: sim.Range{Min: -1, Max: 1.5}, Unit: "logits", Source: sim.Assumption,
		Doc: "Added to the potential quality of every stack but the first, the incumbent.",
	})
	s.Number(&m.Recognition, sim.Parameter{
		Name: "recognition", Default: .4, Domain: unit, Plausible: sim.Range{Min: .2, Max: .5}, Unit: "position", Source: sim.Assumption,
		Doc:       "How much nearer than the incumbent a proposed stack must stand to a state for the state to recognise it as a standard.",
		Reference: "set so that a circle around China and Russia accepts New IP, and India, Brazil or Indonesia do not; on record hardly anybody has",
	})
	s.Number(&m.Uptake, sim.Parameter{
		Name: "uptake", Default: .15, Domain: unit, Plausible: sim.Range{Min: .05, Max: .4}, Unit: "per year", Source: sim.Assumption,
		Doc: "Probability that a state to which a proposed stack stands so near comes to recognise it in a year.", Reference: "standards take a decade from draft to deployment",
	})
	s.Number(&m.Ban, sim.Parameter{
		Name: "ban", Default: 2, Domain: sim.Range{Min: 0, Max: 20}, Plausible: sim.Range{Min: .5, Max: 4}, Unit: "logits", Source: sim.Assumption,
		Doc: "Cost of a stack all of whose vendors the state has banned.",
	})
	return m
}

// Name is "standards".
func (*Standards) Name() string { return "standards" }

// About says what the mechanism does, and on which works it builds.
func (*Standards) About() (doc, reference string) {
	return "Networks move between technical stacks under network effects, alignment and switching cost (E8).",
		"Katz and Shapiro 1985; Arthur 1989; Brock and Durlauf 2001"
}

// Begin sizes the buffers.
func (m *Standards) Begin(_ *sim.Tick, w *world.World) {
	n, k := w.States.N, len(w.Stacks)
	if len(m.target) != n*k {
		m.weighted, m.target = make([]float64, n*k), make([]float64, n*k)
		m.barred, m.sold = make([]float64, n*k), make([]float64, n*k)
		m.peers, m.known = make([]float64, k), make([]int, k)
	}
	clear(m.known)
	m.bans = -1
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
	if m.bans != w.Standing.Bans || now.Index%now.PerYear == 0 {
		m.bars(w)
		m.bans = w.Standing.Bans
	}
	if w.Calendar.Due(now.Index, time.January) {
		m.recognise(now, w)
	}
	m.choose(w)
	m.replace(now, w)
	m.tell(w)
}

// wary is the trust in those who recognise a stack below which a state does not join
// them.
const wary = .35

// recognise asks every state once a year whether it accepts a proposed stack as
// a standard: it must suit the state better than the incumbent, and come from others
// whom it trusts and whose vendors it does not bar. Recognition is not taken back.
func (m *Standards) recognise(now *sim.Tick, w *world.World) {
	incumbent := &w.Stacks[0]
	for s := 1; s < len(w.Stacks); s++ {
		stack := &w.Stacks[s]
		if !stack.Proposed || stack.Recognition >= 1 {
			continue
		}
		m.newly = m.newly[:0]
		race := now.Stream.Race(sim.Key(stack.ID))
		for i := range w.States.N {
			if stack.Recognised[i] {
				continue
			}
			x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
			nearer := world.Distance(x, incumbent.Position) - world.Distance(x, stack.Position)
			model := nearer > m.Recognition && m.barred[i*len(w.Stacks)+s] == 0 && race.Uniform(w.States.Key[i]) < m.Uptake && m.trusts(w, i, s)
			if w.AskRecognise(i, s, model) {
				m.newly = append(m.newly, i)
			}
		}
		for _, i := range m.newly {
			stack.Recognised[i] = true // all at once: the order of states must not decide
		}
		Recount(w, s)
		m.tellRecognised(w, s)
	}
}

// trusts tells whether state i trusts those who recognise stack s, on average over
// their power. A stack that nobody recognises has nobody to be wary of.
func (m *Standards) trusts(w *world.World, i, s int) bool {
	trust, total := 0.0, 0.0
	for j, yes := range w.Stacks[s].Recognised {
		if yes {
			trust += w.States.Power[j] * w.Dyads.Trust[i*w.States.N+j]
			total += w.States.Power[j]
		}
	}
	return trust >= wary*total-1e-9 // nor may the order of the sum
}

// tellRecognised says who has come to accept a stack as a standard, if they weigh
// something.
func (m *Standards) tellRecognised(w *world.World, s int) {
	const news = .01 // of world power and users
	weight := w.WeightOf(m.newly)
	if !w.Chronicle.On || weight < news {
		return
	}
	verb := "recognises"
	if len(m.newly) > 1 {
		verb = "recognise"
	}
	w.Add(world.Entry{
		Kind: "stack", Name: w.Stacks[s].ID, Actors: w.IDs(m.newly), Weight: min(1, weight/2),
		Text: fmt.Sprintf("%s %s %s as a standard; states with %.0f %% of the world's power and users do so by now.", w.Enumerate(m.newly), verb, w.Stacks[s].Name, 100*w.Stacks[s].Recognition),
	})
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

// choose writes the logit choice of every state to m.target.
func (m *Standards) choose(w *world.World) {
	n, stacks := w.States.N, len(w.Stacks)
	for s := range stacks {
		for j, u := range w.States.Users {
			m.weighted[s*n+j] = u * w.States.Stack[j*stacks+s]
		}
	}
	for i := range n {
		m.lookAround(w, i)
		x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
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
			target[s] = v + m.Network*m.peers[s] + m.Alignment*(1-world.Distance(x, stack.Position)) -
				m.barred[i*stacks+s] - m.Switching*(1-w.States.Stack[i*stacks+s])
		}
		Softmax(target)
	}
}

// lookAround writes the trust-weighted share of users on each stack, as state i
// sees it, to m.peers. The first stack's share is what the others leave.
func (m *Standards) lookAround(w *world.World, i int) {
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

// bars derives what the bans of every state cost it in each stack: the share of
// the stack's vendors, by their markets in the state, that is barred.
func (m *Standards) bars(w *world.World) {
	f, n, stacks := &w.Firms, w.States.N, len(w.Stacks)
	clear(m.barred)
	clear(m.sold)
	for k := range f.N {
		s := f.Stack[k]
		share, ban := f.Share[k*n:k*n+n], f.Ban[k*n:k*n+n]
		for i, x := range share {
			m.sold[i*stacks+s] += x
			m.barred[i*stacks+s] += x * ban[i]
		}
	}
	for k, x := range m.sold {
		if x > 0 {
			m.barred[k] *= m.Ban / x
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

// milestones are the shares of the world's users on a new stack that the chronicle
// notes.
var milestones = [...]struct {
	share float64
	words string
}{{.1, "a tenth of the world's users: networks split"}, {.25, "a quarter of the world's users"}, {.5, "half of the world's users"}}

// tell notes the ticks in which a new stack first carries a tenth, a quarter and half
// of the world.
func (m *Standards) tell(w *world.World) {
	if !w.Chronicle.On {
		return
	}
	stacks := len(w.Stacks)
	for s := 1; s < stacks; s++ {
		carried := 0.0
		for i, u := range w.States.Users {
			carried += u * w.States.Stack[i*stacks+s]
		}
		for m.known[s] < len(milestones) && carried >= milestones[m.known[s]].share {
			w.Add(world.Entry{
				Kind: "stack", Name: w.Stacks[s].ID, Weight: carried,
				Text: fmt.Sprintf("%s carries %s.", w.Stacks[s].Name, milestones[m.known[s]].words),
			})
			m.known[s]++
		}
	}
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
