package diplomacy

import (
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// efforts is what states know when they split their effort; all is scratch.
type efforts struct {
	lead    []int     // the leading states, the first by power and users first
	order   []int     // all states in that order
	leads   []int     // by state: place among the leading plus one; 0 for none
	size    []float64 // N: power and users
	worth   []float64 // N x leading: what a bridge to each of the leading states is worth
	forum   []float64 // N x Dim: where the texts of a state's forums stand
	weight  []float64 // N: their legitimacy
	between []float64 // N: nearness to the middle of the two camps
	rival   []float64 // N: mistrust of the worst rival
	share   [][world.Efforts]float64
	budget  []float64
}

func (e *efforts) resize(n int) {
	e.lead, e.order = make([]int, 0, leading), make([]int, n)
	e.leads = make([]int, n)
	e.size, e.worth = make([]float64, n), make([]float64, n*leading)
	for i := range e.order {
		e.order[i] = i
	}
	e.weight, e.between, e.rival = make([]float64, n), make([]float64, n), make([]float64, n)
	e.share, e.budget = make([][world.Efforts]float64, n), make([]float64, n)
}

func (m *Diplomacy) declareEffort(s sim.Section) {
	number(s, &m.Budget, "budget", .2, sim.Range{Min: 0, Max: 10}, sim.Range{Min: .05, Max: .5}, "capacity", sim.Assumption,
		"Effort on cyber diplomacy of a state without diplomatic capacity; a state of full capacity has 1 more.", "Barrinha and Renard 2017")
	number(s, &m.Bridging, "bridging", .25, unit, unit, "share", sim.Assumption,
		"Share of the world's diplomatic effort that goes to bridges between blocs: at 0 nobody builds any, at 1 nobody does anything else.", "the trade-off of this model: theory section 9; Burt 1992")
	number(s, &m.Temperature, "temperature", .25, sim.Range{Min: .01, Max: 100}, sim.Range{Min: .1, Max: 1}, "utility", sim.Assumption,
		"How little expected use decides what diplomats do: at low values a state does one thing, at high ones everybody splits alike.", "logit choice")
}

// splitEffort lets every state split its effort. The utilities of the four, each in
// [0, 1], with s size, d distance from the texts of the state's forums, b
// nearness to the middle of the camps, l the share of the leading networks that
// it does not reach, T threat, tau trust and c the share of its friends that are
// like-minded:
//
//	consensus  = (1 - min(1, 2d)) (1 - s/2)     those near the text, the small above all
//	bridges    = (b + l) / 2                     swing states, and the cut off
//	bilateral  = (T/(1+T) + max over rivals (1-tau)) / 2
//	coalition  = sqrt(min(1, 2d) c)              the dissatisfied who are not alone
//
// A common attraction of bridges is then found at which they take the share of
// the world's effort that the parameter says; who does more and who less remains
// the choice of states.
func (m *Diplomacy) splitEffort(w *world.World) {
	m.lookAround(w)
	e, s := &m.efforts, &w.States
	strongest := 0.0
	for _, p := range s.Power {
		strongest = max(strongest, p)
	}
	for i := range s.N {
		far := 0.0
		if e.weight[i] > 0 {
			far = min(1, 2*world.Distance(position(w, i), e.forum[i*w.Dim:i*w.Dim+w.Dim]))
		}
		lost, company := m.survey(w, i)
		size := math.Sqrt(s.Power[i] / max(strongest, 1e-300))
		e.share[i] = [world.Efforts]float64{
			world.ConsensusBuilding: (1 - far) * (1 - size/2),
			world.BridgeBuilding:    (e.between[i] + lost) / 2,
			world.Bilateral:         (s.Threat[i]/(1+s.Threat[i]) + e.rival[i]) / 2,
			world.Coalition:         math.Sqrt(far * company),
		}
		m.choose(&e.share[i])
		e.budget[i] = m.budget(w, i)
	}
	m.attract()
	for i := range s.N {
		s.Effort[i] = w.AskEffort(i, e.share[i])
	}
}

// choose replaces utilities by logit choice probabilities.
func (m *Diplomacy) choose(u *[world.Efforts]float64) {
	top, sum := slices.Max(u[:]), 0.0
	for k := range u {
		u[k] = math.Exp((u[k] - top) / m.Temperature)
		sum += u[k]
	}
	for k := range u {
		u[k] /= sum
	}
}

// lookAround derives what concerns all states: who leads, where forums stand, the
// two camps, the worst rivals.
func (m *Diplomacy) lookAround(w *world.World) {
	e, n := &m.efforts, w.States.N
	e.rank(w)
	e.placeForums(w)
	e.placeBetween(w)
	clear(e.rival)
	for _, pair := range m.rivals {
		i, j := int(pair[0]), int(pair[1])
		e.rival[i] = max(e.rival[i], 1-w.Dyads.Trust[i*n+j])
		e.rival[j] = max(e.rival[j], 1-w.Dyads.Trust[j*n+i])
	}
}

// rank puts the states in order by power and users. The order of last year is
// nearly right, so insertion does it in one pass.
func (e *efforts) rank(w *world.World) {
	for i := range e.size {
		e.size[i] = w.Weight(i)
	}
	ahead := func(i, j int) bool {
		if e.size[i] != e.size[j] {
			return e.size[i] > e.size[j]
		}
		return w.States.Key[i] < w.States.Key[j]
	}
	for k := 1; k < len(e.order); k++ {
		i, at := e.order[k], k
		for ; at > 0 && ahead(i, e.order[at-1]); at-- {
			e.order[at] = e.order[at-1]
		}
		e.order[at] = i
	}
	e.lead = append(e.lead[:0], e.order[:min(leading, len(e.order))]...)
	clear(e.leads)
	for k, i := range e.lead {
		e.leads[i] = k + 1
	}
}

// placeForums derives where the texts of each state's living forums stand, by
// legitimacy.
func (e *efforts) placeForums(w *world.World) {
	dim := w.Dim
	if len(e.forum) != w.States.N*dim {
		e.forum = make([]float64, w.States.N*dim)
	}
	clear(e.forum)
	clear(e.weight)
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive || f.Text < 0 {
			continue
		}
		for i, in := range f.Members {
			if !in {
				continue
			}
			e.weight[i] += f.Legitimacy
			for d := range dim {
				e.forum[i*dim+d] += f.Legitimacy * f.Position[d]
			}
		}
	}
	for i, weight := range e.weight {
		for d := range dim {
			if weight > 0 {
				e.forum[i*dim+d] /= weight
			}
		}
	}
}

// placeBetween derives how near each state stands to the middle of the two camps:
// those below and those above the mean position of the world, by power, seen from
// the mean of each camp. It is 1 in the middle and 0 at and beyond the camps.
func (e *efforts) placeBetween(w *world.World) {
	clear(e.between)
	for d := range w.Dim {
		at := func(i int) float64 { return w.States.Position[i*w.Dim+d] }
		mean, total := 0.0, 0.0
		for i, p := range w.States.Power {
			mean, total = mean+p*at(i), total+p
		}
		mean /= max(total, 1e-300)
		var sum, weight [2]float64
		for i, p := range w.States.Power {
			camp := 0
			if at(i) > mean {
				camp = 1
			}
			sum[camp], weight[camp] = sum[camp]+p*at(i), weight[camp]+p
		}
		if weight[0] == 0 || weight[1] == 0 {
			continue
		}
		low, high := sum[0]/weight[0], sum[1]/weight[1]
		if high-low < 1e-9 {
			continue // no camps
		}
		for i := range e.between {
			e.between[i] += max(0, 1-math.Abs(2*(at(i)-low)/(high-low)-1)) / float64(w.Dim)
		}
	}
}

// nearby is the distance up to which states count as like-minded.
const nearby = .25

// survey looks at the leading states from state i: the share of their users that
// its links lose, the share of those that it trusts, by power and trust, that
// think like it, and what a bridge to each of them is worth.
func (m *Diplomacy) survey(w *world.World, i int) (lost, company float64) {
	n, s, e := w.States.N, &w.States, &m.efforts
	users, friends := 0.0, 0.0
	x, row := position(w, i), w.Dyads.Trust[i*n:i*n+n]
	for k, j := range e.lead {
		if j == i {
			e.worth[i*leading+k] = 0
			continue
		}
		apart := world.Distance(x, position(w, j))
		users += s.Users[j]
		lost += s.Users[j] * (1 - w.Dyads.Link[min(i, j)*n+max(i, j)])
		friend := s.Power[j] * row[j]
		friends += friend
		if near := 1 - apart/nearby; near > 0 {
			company += friend * near
		}
		e.worth[i*leading+k] = m.worth(w, i, j, apart, (row[j]+w.Dyads.Trust[j*n+i])/2)
	}
	return share(lost, users), share(company, friends)
}

// share is a part of a whole, within [0, 1] whatever rounding does.
func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(1, max(0, part/whole))
}

// attract shifts all states between bridges and the rest, by the same number of
// logits, until bridges take the share of all budgets that the parameter says.
func (m *Diplomacy) attract() {
	e, shift := &m.efforts, 0.0
	switch m.Bridging {
	case 0:
		shift = math.Inf(-1)
	case 1:
		shift = math.Inf(1)
	default:
		shift = m.attraction()
	}
	for i := range e.share {
		own := &e.share[i]
		before := own[world.BridgeBuilding]
		after := shifted(before, math.Exp(shift))
		rest := 0.0
		if before < 1 {
			rest = (1 - after) / (1 - before)
		}
		for k := range own {
			own[k] *= rest
		}
		own[world.BridgeBuilding] = after
	}
}

// attraction is the shift that gives bridges their share, found in logits, where
// the response of the mean is nearly straight (Newton's method).
func (m *Diplomacy) attraction() float64 {
	e, shift := &m.efforts, 0.0
	for range 60 {
		factor := math.Exp(shift)
		mean, spread, total := 0.0, 0.0, 0.0
		for i := range e.share {
			own := shifted(e.share[i][world.BridgeBuilding], factor)
			budget := e.budget[i] + 1e-12 // a world without any budget still splits it
			mean, spread, total = mean+budget*own, spread+budget*own*(1-own), total+budget
		}
		mean, spread = mean/total, spread/total
		if mean <= 0 || mean >= 1 || spread <= 0 {
			return shift
		}
		step := (logit(m.Bridging) - logit(mean)) * mean * (1 - mean) / spread
		shift += min(5, max(-5, step))
		if math.Abs(step) < 1e-12 {
			break
		}
	}
	return shift
}

// shifted is a share after its odds have been multiplied by a factor.
func shifted(share, factor float64) float64 {
	if math.IsInf(factor, 1) {
		return 1
	}
	return share * factor / (1 - share + share*factor)
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
