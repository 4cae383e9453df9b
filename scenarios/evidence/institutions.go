package evidence

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"splinternet/models/forums"
	"splinternet/models/forums/assembly"
	"splinternet/models/forums/negotiation"
	"splinternet/models/forums/texts"
	"splinternet/models/norms"
	"splinternet/models/voting"
	"splinternet/models/voting/fit"
	"splinternet/models/world"
	"splinternet/scenarios/data"
)

func verifyInstitutions(c *checks) error {
	c.begin("Agenda setting", "Romer and Rosenthal 1978")
	for _, k := range []struct{ ideal, pivot, statusQuo, text float64 }{
		{1, .5, .2, .8}, {.6, .5, .2, .6}, {1, .5, .5, .5},
	} {
		c.add(fmt.Sprintf("setter at %g, pivot at %g, status quo at %g", k.ideal, k.pivot, k.statusQuo),
			assembly.RomerRosenthal(k.ideal, k.pivot, k.statusQuo, 0), k.text, rounding)
	}
	c.begin("Win sets", "core of majority, two thirds and unanimity on a line (Tsebelis 2002); nine members at .1 to .9")
	nine := []float64{.9, .1, .2, .3, .4, .5, .6, .7, .8}
	for _, k := range []struct {
		rule      world.DecisionRule
		low, high float64
	}{{world.Majority, .5, .5}, {world.TwoThirds, .3, .7}, {world.Consensus, .1, .9}} {
		c.add(fmt.Sprintf("%s: lower end", k.rule), assembly.Pivot(k.rule, slices.Clone(nine), 1), k.low, rounding)
		c.add(fmt.Sprintf("%s: upper end", k.rule), assembly.Pivot(k.rule, slices.Clone(nine), 0), k.high, rounding)
	}
	verifyConsensus(c)
	verifyLegitimacy(c)
	verifyRivals(c)
	verifyCascades(c)
	return verifyVotes(c)
}

func verifyConsensus(c *checks) {
	c.begin("Consensus depth", "lowest common denominator, d* = min(1, min kappa/loss); loss of a member at 0 from .2 to .6 is .32")
	for _, k := range []struct {
		name         string
		members      []float64
		kappa, depth float64
	}{
		{"one member loses", []float64{0, .5, 1}, .16, .5},
		{"the dearest loss decides", []float64{0, .1, 1}, .08, .25},
		{"isolation costs more than any loss", []float64{0, .5, 1}, .4, 1},
		{"nobody loses", []float64{.5, .6, .7}, .01, 1},
		{"isolation costs nothing", []float64{0, 1}, 0, 0},
	} {
		kappa := slices.Repeat([]float64{k.kappa}, len(k.members))
		c.add(k.name, negotiation.Depth(k.members, []float64{.6}, []float64{.2}, kappa), k.depth, rounding)
	}
	c.begin("Consensus of independent members", "p^N for N members who each accept with probability .98; share of 20 000 rounds (three standard errors)")
	for _, k := range []struct {
		members int
		share   float64
	}{{25, .60}, {193, .02}} {
		const rounds = 20000
		rng := rand.New(rand.NewPCG(1, uint64(k.members)))
		positions, kappa := make([]float64, k.members), make([]float64, k.members)
		agreed := 0.0
		for range rounds {
			for i := range kappa {
				kappa[i] = 0 // blocks any text
				if rng.Float64() < .98 {
					kappa[i] = 1
				}
			}
			if negotiation.Depth(positions, []float64{.5}, []float64{0}, kappa) > 0 {
				agreed++
			}
		}
		c.add(fmt.Sprintf("%d members", k.members), agreed/rounds, k.share, .012)
	}
}

// plainForums leaves of the mechanism what a check asks for.
func plainForums(changes ...pair) *forums.Forums {
	return set(forums.New, append([]pair{
		{"forums.practice", 0},
		{"forums.cue", 0},
		{"forums.sponsor", 0},
		{"forums.legitimacy", 0},
		{"forums.agenda", 0},
		{"forums.rivals", 0},
		{"forums.mergers", 0},
		{"forums.temper", 0},
	}, changes...)...)
}

func verifyLegitimacy(c *checks) {
	c.begin("Legitimacy", "L' = L + lambda(omega In + (1-omega) Out - L): half-life ln 2 / -ln(1-lambda) years")
	const rate, omega, in, out = .3, .4, .75, .2
	w := world.Plain(4)
	w.States.Users = []float64{.5, .5, 0, 0}
	f := world.AddPlainForum(w, "club", 0, 1) // half of the states, all users
	f.Rule, f.Legitimacy, f.Output = world.NoDecision, .9, out
	m := plainForums(pair{"forums.legitimacy", 1}, pair{"forums.legitimacy-rate", rate}, pair{"forums.legitimacy-input", omega})
	aim := omega*in + (1-omega)*out
	half := math.Log(2) / -math.Log(1-rate)
	begin(w, 1, m)
	gap, crossed := f.Legitimacy-aim, 0.0
	const ticks = 400
	for k := range ticks {
		f.Output = out * math.Exp2(w.Calendar.Years()/(m.Legitimacy.Memory*f.Cycle)) // held up against forgetting
		w.Tick = k
		before := f.Legitimacy - aim
		m.Step(at(w, 1, m.Name(), k), w)
		if now := f.Legitimacy - aim; crossed == 0 && now <= gap/2 {
			// Between two ticks the gap falls geometrically.
			crossed = w.Calendar.Years() * (float64(k) + math.Log(before/(gap/2))/math.Log(before/now))
		}
	}
	c.add("half-life in years at a rate of .3", crossed, half, 1e-6)
	c.add("where it comes to rest", f.Legitimacy, aim, 1e-6)
}

// verifyRivals plays the founding of forums at its limits (Morse and Keohane 2014): ten states,
// a council in the middle and an assembly, for twenty years.
func verifyRivals(c *checks) {
	c.begin("Rival forums", "never founded by states of one mind, nor where nobody may; always, at no cost, by two camps")
	one, two := slices.Repeat([]float64{.5}, 10), slices.Concat(slices.Repeat([]float64{.1}, 5), slices.Repeat([]float64{.9}, 5))
	for _, k := range []struct {
		name      string
		positions []float64
		rivals    bool
		founded   bool
	}{
		{"one mind", one, true, false},
		{"two camps, forums.rivals = false", two, false, false},
		{"two camps, at no cost", two, true, true},
	} {
		w := world.Plain(10, k.positions...)
		world.AddPlainForum(w, "council")
		world.AddPlainForum(w, "assembly").Rule = world.Majority
		play(w, 1, 80, plainForums(pair{"forums.rivals", number(k.rivals)}, pair{"forums.rival-cost", 0},
			pair{"forums.rival-members", 1}, pair{"forums.grievance", .001}))
		c.holds(k.name, len(w.Forums) > 2, k.founded)
	}
}

func verifyCascades(c *checks) {
	c.begin("Thresholds", "Granovetter 1978: who joins of 100")
	crowd := func(joined []bool, _ int) float64 {
		n := 0.0
		for _, in := range joined {
			n += number(in)
		}
		return n / float64(len(joined)-1)
	}
	for _, k := range []struct{ second, join float64 }{{1, 100}, {2, 1}} {
		thresholds := make([]float64, 100)
		for i := range thresholds {
			thresholds[i] = float64(i) / 99
		}
		thresholds[1] = k.second / 99
		c.add(fmt.Sprintf("thresholds 0, %g, 2, ..., 99", k.second), float64(norms.Cascade(make([]bool, 100), thresholds, crowd)), k.join, 0)
	}
	c.begin("Global cascades", "Watts 2002: Poisson graphs, threshold .18, for about 1 < z < 6")
	most := 0
	for k := 1; norms.Vulnerable(k, .18); k++ {
		most = k
	}
	c.add("neighbours of a vulnerable node at most", float64(most), 5, 0)
	low, high := cascadeWindow(.18)
	c.add("lower end of the window by the condition sum k(k-1) rho p = z", low, 1, .1)
	c.add("upper end of the window", high, 6, .4)
	for _, k := range []struct {
		z      float64
		global bool
	}{{.5, false}, {2, true}, {4, true}, {9, false}, {12, false}} {
		c.holds(fmt.Sprintf("a global cascade on 600 nodes at z = %g", k.z), globalCascade(k.z, .18), k.global)
	}
}

// cascadeWindow finds the mean degrees between which vulnerable nodes percolate.
func cascadeWindow(threshold float64) (low, high float64) {
	percolate := func(z float64) bool {
		sum, p := 0.0, math.Exp(-z)
		for k := 1; k < 200; k++ {
			p *= z / float64(k)
			if norms.Vulnerable(k, threshold) {
				sum += float64(k*(k-1)) * p
			}
		}
		return sum > z
	}
	const step = .001
	for z := step; z < 20; z += step {
		if percolate(z) {
			if low == 0 {
				low = z
			}
			high = z
		}
	}
	return low, high
}

// globalCascade tells whether any of 40 single seeds takes a quarter of a Poisson graph.
func globalCascade(z, threshold float64) bool {
	const n = 600
	rng := rand.New(rand.NewPCG(1, uint64(z*10)))
	neighbours := make([][]int, n)
	for i := range n {
		for j := range i {
			if rng.Float64() < z/n {
				neighbours[i], neighbours[j] = append(neighbours[i], j), append(neighbours[j], i)
			}
		}
	}
	thresholds := slices.Repeat([]float64{threshold}, n)
	around := func(joined []bool, i int) float64 {
		if len(neighbours[i]) == 0 {
			return 0
		}
		in := 0.0
		for _, j := range neighbours[i] {
			in += number(joined[j])
		}
		return in / float64(len(neighbours[i]))
	}
	for seed := range 40 {
		joined := make([]bool, n)
		joined[seed] = true
		if norms.Cascade(joined, thresholds, around) > n/4 {
			return true
		}
	}
	return false
}

func verifyVotes(c *checks) error {
	c.begin("Vote", "the spatial model is an ordered logit with slope 2 beta (q - sq) (McCullagh 1980)")
	const slope, band, q, sq = 20., 4., .1, .6
	w := world.Plain(3, 0, .5, 1)
	world.AddPlainForum(w, "assembly").Rule = world.Majority
	t := texts.Table(w, world.Text{
		ID: "text", Title: "text", Line: world.ICTSecurity, Kind: world.Create, Position: []float64{q}, StatusQuo: []float64{sq}, Depth: .1, Stack: -1,
	})
	m := plainForums(pair{"forums.slope", slope}, pair{"forums.abstention", band}, pair{"forums.create", 0})
	begin(w, 1, m)
	odds := m.Votes.Predict(at(w, 1, m.Name(), 0), w, &w.Texts[t])
	logit := func(p float64) float64 { return math.Log(p / (1 - p)) }
	c.add("slope per unit of position", logit(odds[1][voting.Yes])-logit(odds[0][voting.Yes]), 2*slope*(q-sq)*.5, 1e-6)
	c.add("band of abstention in logits", -logit(odds[1][voting.No])-logit(odds[1][voting.Yes]), band, 1e-6)
	c.add("position at which yes and its alternatives are equally likely", .5-logit(odds[1][voting.Yes])/(2*slope*(q-sq)), (q+sq)/2, 1e-9)

	c.begin("Vote", "ordered logit on the ideal points of the session, six roll calls of 2018 and 2019")
	calls, err := data.RollCalls(data.Options{})
	if err != nil {
		return err
	}
	for _, k := range []struct {
		id              string
		year            int
		slope, accuracy float64
	}{
		{"A/RES/73/27", 2018, -5.77, .905},
		{"A/RES/73/187", 2018, -5.36, .823},
		{"A/RES/73/266", 2018, 2.37, .867},
		{"A/RES/74/28", 2019, 2.84, .939},
		{"A/RES/74/29", 2019, -6.10, .939},
		{"A/RES/74/247", 2019, -4.02, .744},
	} {
		x, err := data.IdealPoints(k.year)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(calls, func(c data.RollCall) bool { return c.ID == k.id })
		votes := slices.Clone(calls[i].Votes)
		for j := range x {
			if math.IsNaN(x[j]) {
				x[j], votes[j] = 0, voting.Absent
			}
		}
		logit, err := fit.Logit(x, votes)
		if err != nil {
			return err
		}
		right, n := 0., 0.
		for j, v := range votes {
			if v != voting.Absent {
				n++
				right += number(logit.At(x[j]).Likeliest() == v)
			}
		}
		c.add(k.id+": slope", logit.Slope, k.slope, .02)
		c.add(k.id+": share predicted in sample", right/n, k.accuracy, .006)
	}
	return nil
}
