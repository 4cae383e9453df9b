package diplomacy

import (
	"math"
	"slices"

	"splinternet/models/world"
)

// efforts is what states know when they split their effort; all is scratch.
type efforts struct {
	lead    []int       // the leading states, the first by power and users first
	order   []int       // all states in that order
	leads   []int       // by state: place among the leading plus one; 0 for none
	size    []float64   // N: power and users
	worth   []float64   // N x leading: what a bridge to each of the leading states is worth
	best    []candidate // partners of the state that chooses
	forum   []float64   // N x Dim: where the texts of a state's forums stand
	weight  []float64   // N: their legitimacy
	between []float64   // N: nearness to the middle of the two camps
	rival   []float64   // N: mistrust of the worst rival
	share   [][world.Efforts]float64
	budget  []float64
}

func (e *efforts) resize(n int) {
	e.order, e.leads, e.size = make([]int, n), make([]int, n), make([]float64, n)
	for i := range e.order {
		e.order[i] = i
	}
	e.weight, e.between, e.rival = make([]float64, n), make([]float64, n), make([]float64, n)
	e.share, e.budget = make([][world.Efforts]float64, n), make([]float64, n)
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
	e, s := &m.efforts, &w.States
	e.rank(w, m.Leading)
	e.placeForums(w)
	e.placeBetween(w)
	e.findRivals(w, m.rivals)
	strongest := 0.0
	for _, p := range s.Power {
		strongest = max(strongest, p)
	}
	for i := range s.N {
		far := 0.0
		if e.weight[i] > 0 {
			far = min(1, 2*world.Distance(w.Position(i), e.forum[i*w.Dim:i*w.Dim+w.Dim]))
		}
		lost, company := m.survey(w, i)
		size := math.Sqrt(share(s.Power[i], strongest))
		e.share[i] = [world.Efforts]float64{
			world.ConsensusBuilding: (1 - far) * (1 - size/2),
			world.BridgeBuilding:    (e.between[i] + lost) / 2,
			world.Bilateral:         (s.Threat[i]/(1+s.Threat[i]) + e.rival[i]) / 2,
			world.Coalition:         math.Sqrt(far * company),
		}
		choose(&e.share[i], m.Temperature)
		e.budget[i] = m.budget(w, i)
	}
	e.attract(m.Bridging)
	for i := range s.N {
		s.Effort[i] = w.AskEffort(i, e.share[i])
	}
}

// choose replaces utilities by logit choice probabilities.
func choose(u *[world.Efforts]float64, temperature float64) {
	top, sum := slices.Max(u[:]), 0.0
	for k := range u {
		u[k] = math.Exp((u[k] - top) / temperature)
		sum += u[k]
	}
	for k := range u {
		u[k] /= sum
	}
}

// rank puts the states in order by power and users. The order of last year is
// nearly right, so insertion does it in one pass. The first lead.
func (e *efforts) rank(w *world.World, leading int) {
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
	e.worth = world.Zeros(e.worth, len(e.order)*len(e.lead))
}

// findRivals derives how much each state mistrusts the worst of its rivals.
func (e *efforts) findRivals(w *world.World, rivals [][2]int) {
	n := w.States.N
	clear(e.rival)
	for _, pair := range rivals {
		i, j := pair[0], pair[1]
		e.rival[i] = max(e.rival[i], 1-w.Dyads.Trust[i*n+j])
		e.rival[j] = max(e.rival[j], 1-w.Dyads.Trust[j*n+i])
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
		if total > 0 {
			mean /= total
		}
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
		if high-low < world.Tie {
			continue // no camps
		}
		for i := range e.between {
			e.between[i] += max(0, 1-math.Abs(2*(at(i)-low)/(high-low)-1)) / float64(w.Dim)
		}
	}
}

// survey looks at the leading states from state i: the share of their users that
// its links lose, the share of those that it trusts, by power and trust, that
// think like it, and what a bridge to each of them is worth.
func (m *Diplomacy) survey(w *world.World, i int) (lost, company float64) {
	n, s, e := w.States.N, &w.States, &m.efforts
	users, friends := 0.0, 0.0
	x, row := w.Position(i), w.Dyads.Trust[i*n:i*n+n]
	for k, j := range e.lead {
		if j == i {
			continue
		}
		apart := world.Distance(x, w.Position(j))
		users += s.Users[j]
		lost += s.Users[j] * (1 - w.Dyads.Link[min(i, j)*n+max(i, j)])
		friend := s.Power[j] * row[j]
		friends += friend
		if near := 1 - apart/m.LikeMinded; near > 0 {
			company += friend * near
		}
		e.worth[i*len(e.lead)+k] = m.worth(w, i, j, apart, (row[j]+w.Dyads.Trust[j*n+i])/2)
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
// logits, until bridges take the given share of all budgets.
func (e *efforts) attract(bridging float64) {
	shift := 0.0
	switch bridging {
	case 0:
		shift = math.Inf(-1)
	case 1:
		shift = math.Inf(1)
	default:
		shift = e.attraction(bridging)
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
func (e *efforts) attraction(bridging float64) float64 {
	const (
		steps   = 60    // far more than it takes
		longest = 5     // logits; longer steps overshoot
		exact   = 1e-12 // logits; shorter ones change nothing
		penny   = 1e-12 // of budget: a world without any still splits it
	)
	shift := 0.0
	for range steps {
		factor := math.Exp(shift)
		mean, spread, total := 0.0, 0.0, 0.0
		for i := range e.share {
			own := shifted(e.share[i][world.BridgeBuilding], factor)
			budget := e.budget[i] + penny
			mean, spread, total = mean+budget*own, spread+budget*own*(1-own), total+budget
		}
		mean, spread = mean/total, spread/total
		if mean <= 0 || mean >= 1 || spread <= 0 {
			return shift
		}
		step := (logit(bridging) - logit(mean)) * mean * (1 - mean) / spread
		shift += min(longest, max(-longest, step))
		if math.Abs(step) < exact {
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
