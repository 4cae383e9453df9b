package analysis

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"splinternet/sim"
)

// Prior is what is held of a parameter before the simulation is compared with
// the target: every value is as likely as another.
type Prior struct {
	Name      string
	Low, High float64 // of a continuous parameter

	// Levels, when positive, makes the parameter discrete: its values are 0 to
	// Levels-1. Categories say that these have no order (words).
	Levels     int
	Categories bool
}

// Simulate plays one simulation for each row of parameters (by prior) and
// returns the summaries of each (by target); nil or a NaN stands for one that
// failed. first numbers the first row: simulations of a whole calibration have
// consecutive numbers, from which a caller can derive seeds. How many workers
// play a batch must not matter.
type Simulate func(parameters [][]float64, first int) ([][]float64, error)

// ABC is approximate Bayesian computation: parameter values are kept when the
// summaries that they lead to lie near the target. The first round draws from the
// priors (rejection; Pritchard et al. 1999); each later one draws near the
// particles of the last and weights what comes near enough so that the prior
// still holds (population Monte Carlo; Beaumont et al. 2009, Toni et al. 2009).
type ABC struct {
	Priors  []Prior
	Target  []float64
	Weights []float64 // of each summary in the distance; nil: all 1

	// Scale divides each summary's distance to the target. nil: the median
	// absolute deviation of the summary over the draws from the priors.
	Scale []float64

	Draws     int // simulations of the first round
	Particles int // kept in each round, at least 2 and at most Draws
	Rounds    int // after the first; 0 is plain rejection

	// Tolerances are the largest distances of the rounds after the first. Where it
	// has none, the tolerance is the median distance of the last round's particles.
	Tolerances []float64

	Batch int // simulations a call; 0: Particles. Part of the definition of the result
	Most  int // simulations of a later round before it is given up; 0: 50 x Particles

	Seed     uint64
	Simulate Simulate

	// Report, when set, is told of each round when it is done.
	Report func(round Round)
}

// Particle is a kept draw.
type Particle struct {
	Values   []float64 // by prior
	Weight   float64   // all of a round add up to 1
	Distance float64
}

// Round is the outcome of one round.
type Round struct {
	Tolerance   float64 // largest distance that was kept
	Simulations int
	Failed      int
	Particles   []Particle
	Effective   float64 // size of an unweighted sample of the same worth: 1 / sum of squared weights
}

// Posterior is the outcome of a calibration.
type Posterior struct {
	Rounds []Round
	Scale  []float64 // that was used, by summary

	// GivenUp says that a further round was begun and found too few particles
	// within its tolerance; it is not among the rounds.
	GivenUp bool
}

// Last is the last round: the sharpest.
func (p *Posterior) Last() *Round { return &p.Rounds[len(p.Rounds)-1] }

func (a *ABC) check() error {
	switch {
	case len(a.Priors) == 0:
		return errors.New("a calibration needs at least one parameter")
	case len(a.Target) == 0:
		return errors.New("a calibration needs at least one target")
	case a.Weights != nil && len(a.Weights) != len(a.Target), a.Scale != nil && len(a.Scale) != len(a.Target):
		return fmt.Errorf("%d targets need as many weights and scales", len(a.Target))
	case a.Particles < 2:
		return fmt.Errorf("%d particles: at least 2", a.Particles)
	case a.Draws < a.Particles:
		return fmt.Errorf("%d draws for %d particles: at least as many", a.Draws, a.Particles)
	case a.Rounds < 0:
		return fmt.Errorf("%d rounds: at least 0", a.Rounds)
	}
	for _, p := range a.Priors {
		if p.Levels < 1 && !(p.Low < p.High) {
			return fmt.Errorf("the prior of %s has no width: %g to %g", p.Name, p.Low, p.High)
		}
	}
	return nil
}

// Run calibrates. An error of Simulate ends it; what the rounds before found is
// returned beside the error.
func (a *ABC) Run() (*Posterior, error) {
	if err := a.check(); err != nil {
		return nil, err
	}
	p := &Posterior{}
	first, err := a.reject(p)
	if err != nil {
		return nil, err
	}
	a.done(p, first)
	played := first.Simulations
	for t := range a.Rounds {
		round, err := a.population(p, t, played)
		if err != nil {
			return p, err
		}
		if round == nil {
			p.GivenUp = true
			break
		}
		played += round.Simulations
		a.done(p, round)
	}
	return p, nil
}

func (a *ABC) done(p *Posterior, r *Round) {
	squares := 0.0
	for _, particle := range r.Particles {
		r.Tolerance = max(r.Tolerance, particle.Distance)
		squares += particle.Weight * particle.Weight
	}
	r.Effective = 1 / squares
	p.Rounds = append(p.Rounds, *r)
	if a.Report != nil {
		a.Report(*r)
	}
}

// reject draws from the priors and keeps the nearest.
func (a *ABC) reject(p *Posterior) (*Round, error) {
	rng := sim.NewStream(a.Seed, "analysis abc", 0).Whole()
	draws := make([][]float64, a.Draws)
	for i := range draws {
		draws[i] = make([]float64, len(a.Priors))
		for k := range a.Priors {
			draws[i][k] = a.Priors[k].draw(rng)
		}
	}
	summaries := make([][]float64, 0, a.Draws)
	for at := 0; at < a.Draws; at += a.batch() {
		part, err := a.play(draws[at:min(at+a.batch(), a.Draws)], at)
		if err != nil {
			return nil, err
		}
		summaries = append(summaries, part...)
	}
	if p.Scale = a.Scale; p.Scale == nil {
		p.Scale = deviations(summaries, len(a.Target))
	}
	round := &Round{Simulations: a.Draws}
	var all []Particle
	for i, s := range summaries {
		d := a.distance(s, p.Scale)
		if math.IsNaN(d) {
			round.Failed++
			continue
		}
		all = append(all, Particle{draws[i], 1 / float64(a.Particles), d})
	}
	if len(all) < a.Particles {
		return nil, fmt.Errorf("only %d of %d simulations came to an end, too few for %d particles", len(all), a.Draws, a.Particles)
	}
	slices.SortStableFunc(all, func(x, y Particle) int { return cmp.Compare(x.Distance, y.Distance) })
	round.Particles = all[:a.Particles]
	return round, nil
}

// population is round t after the first, or nil when it is given up.
func (a *ABC) population(p *Posterior, t, played int) (*Round, error) {
	last := p.Last()
	tolerance := a.tolerance(last, t)
	rng := sim.NewStream(a.Seed, "analysis abc", t+1).Whole()
	k := newKernel(a.Priors, last.Particles)
	most := a.Most
	if most == 0 {
		most = 50 * a.Particles
	}
	round := &Round{}
	for len(round.Particles) < a.Particles {
		if round.Simulations >= most {
			return nil, nil
		}
		proposals := make([][]float64, min(a.batch(), most-round.Simulations))
		for i := range proposals {
			proposals[i] = k.propose(rng)
		}
		summaries, err := a.play(proposals, played+round.Simulations)
		if err != nil {
			return nil, err
		}
		round.Simulations += len(proposals)
		for i, s := range summaries {
			switch d := a.distance(s, p.Scale); {
			case math.IsNaN(d):
				round.Failed++
			case d <= tolerance && len(round.Particles) < a.Particles:
				round.Particles = append(round.Particles, Particle{proposals[i], 1 / k.density(proposals[i]), d})
			}
		}
	}
	total := 0.0
	for _, particle := range round.Particles {
		total += particle.Weight
	}
	for i := range round.Particles {
		round.Particles[i].Weight /= total
	}
	return round, nil
}

func (a *ABC) tolerance(last *Round, t int) float64 {
	if t < len(a.Tolerances) {
		return a.Tolerances[t]
	}
	distances := make([]float64, len(last.Particles))
	for i, p := range last.Particles {
		distances[i] = p.Distance
	}
	return Quantile(distances, .5)
}

func (a *ABC) batch() int {
	if a.Batch > 0 {
		return a.Batch
	}
	return a.Particles
}

func (a *ABC) play(rows [][]float64, first int) ([][]float64, error) {
	summaries, err := a.Simulate(rows, first)
	if err == nil && len(summaries) != len(rows) {
		err = fmt.Errorf("%d simulations gave %d results", len(rows), len(summaries))
	}
	return summaries, err
}

// distance is Euclidean over the scaled and weighted summaries; NaN for a
// simulation that failed.
func (a *ABC) distance(summary, scale []float64) float64 {
	if len(summary) != len(a.Target) {
		return math.NaN()
	}
	square := 0.0
	for k, s := range summary {
		weight := 1.0
		if a.Weights != nil {
			weight = a.Weights[k]
		}
		z := (s - a.Target[k]) / scale[k]
		square += weight * z * z
	}
	return math.Sqrt(square)
}

// deviations is the median absolute deviation of each summary; its standard
// deviation where more than half are equal, and 1 where all are.
func deviations(summaries [][]float64, n int) []float64 {
	scale := make([]float64, n)
	for k := range scale {
		var column []float64
		for _, s := range summaries {
			if len(s) == n && !math.IsNaN(s[k]) {
				column = append(column, s[k])
			}
		}
		_, sd, _ := moments(column)
		centre := Quantile(column, .5)
		for i := range column {
			column[i] = math.Abs(column[i] - centre)
		}
		if scale[k] = Quantile(column, .5); !(scale[k] > 0) {
			scale[k] = sd
		}
		if !(scale[k] > 0) {
			scale[k] = 1
		}
	}
	return scale
}

func (p *Prior) draw(rng *rand.Rand) float64 {
	if p.Levels > 0 {
		return float64(rng.IntN(p.Levels))
	}
	return p.Low + (p.High-p.Low)*rng.Float64()
}
