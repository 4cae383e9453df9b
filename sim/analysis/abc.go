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

// stay is the probability that the kernel leaves a discrete parameter as it is.
const stay = .7

// kernel proposes values near the particles of a round: normal steps with twice
// the particles' weighted variance (Beaumont et al. 2009), and jumps of discrete
// parameters to any other value.
type kernel struct {
	priors    []Prior
	particles []Particle
	sum       []float64 // running sum of weights
	sd        []float64 // by prior
}

func newKernel(priors []Prior, particles []Particle) *kernel {
	k := &kernel{priors: priors, particles: particles}
	total := 0.0
	for _, p := range particles {
		total += p.Weight
		k.sum = append(k.sum, total)
	}
	for j, p := range priors {
		_, sd := weighted(particles, j)
		if p.Levels < 1 && sd == 0 {
			sd = (p.High - p.Low) / 1000 // all particles in one place: let them out
		}
		k.sd = append(k.sd, math.Sqrt2*sd)
	}
	return k
}

// weighted is the mean and the standard deviation of value j of particles.
func weighted(particles []Particle, j int) (mean, sd float64) {
	total := 0.0
	for _, p := range particles {
		mean += p.Weight * p.Values[j]
		total += p.Weight
	}
	mean /= total
	for _, p := range particles {
		sd += p.Weight * (p.Values[j] - mean) * (p.Values[j] - mean)
	}
	return mean, math.Sqrt(sd / total)
}

// propose draws a particle and a step from it, both anew until the prior allows
// the place: so that proposals have the kernel's density, cut at the prior's
// ends and up to a constant.
func (k *kernel) propose(rng *rand.Rand) []float64 {
	values := make([]float64, len(k.priors))
	for {
		u := rng.Float64() * k.sum[len(k.sum)-1]
		at, _ := slices.BinarySearch(k.sum, u)
		from := k.particles[min(at, len(k.particles)-1)].Values
		allowed := true
		for j, p := range k.priors {
			if p.Levels > 0 {
				values[j] = from[j]
				if p.Levels > 1 && rng.Float64() >= stay {
					values[j] = float64((int(from[j]) + 1 + rng.IntN(p.Levels-1)) % p.Levels)
				}
				continue
			}
			values[j] = from[j] + k.sd[j]*rng.NormFloat64()
			allowed = allowed && values[j] >= p.Low && values[j] <= p.High
		}
		if allowed {
			return values
		}
	}
}

// density is the density of proposals at a place, up to a constant.
func (k *kernel) density(values []float64) float64 {
	sum := 0.0
	for _, particle := range k.particles {
		exponent, product := 0.0, particle.Weight
		for j, p := range k.priors {
			switch {
			case p.Levels < 1:
				z := (values[j] - particle.Values[j]) / k.sd[j]
				exponent -= z * z / 2
			case p.Levels > 1 && values[j] == particle.Values[j]:
				product *= stay
			case p.Levels > 1:
				product *= (1 - stay) / float64(p.Levels-1)
			}
		}
		sum += product * math.Exp(exponent)
	}
	return sum
}

// leastShrinkage is the narrowing below which a parameter is not called
// identified, however large the sample.
const leastShrinkage = .1

// Marginal is what a round says of one parameter.
type Marginal struct {
	Mean, Low, High float64 // Low and High hold the central 95 %; all NaN for words

	// Shrinkage is the share of the prior's variance that is gone (of its entropy,
	// for words): 1 the parameter is known, 0 nothing was learnt, below 0 the
	// target pushes to both ends.
	Shrinkage float64

	// Identified: the target narrows the parameter by more than a tenth and by
	// more than twice what chance does to a sample of this effective size.
	Identified bool
}

// Marginal sums up parameter j.
func (r *Round) Marginal(priors []Prior, j int) Marginal {
	p := priors[j]
	if p.Levels > 0 && p.Categories {
		return r.words(p.Levels, j)
	}
	spread := (p.High - p.Low) * (p.High - p.Low) / 12
	if p.Levels > 0 {
		spread = float64(p.Levels*p.Levels-1) / 12
	}
	mean, sd := weighted(r.Particles, j)
	m := Marginal{Mean: mean, Shrinkage: 1 - sd*sd/spread}
	if spread == 0 {
		m.Shrinkage = 0 // a single value: there was nothing to learn
	}
	m.Low, m.High = r.quantile(j, .025), r.quantile(j, .975)
	// The variance of a uniform sample's variance: (kurtosis 9/5 - 1) / n.
	m.Identified = m.Shrinkage > max(leastShrinkage, 2*math.Sqrt(.8/r.Effective))
	return m
}

func (r *Round) words(levels, j int) Marginal {
	share := make([]float64, levels)
	for _, p := range r.Particles {
		share[int(p.Values[j])] += p.Weight
	}
	entropy := 0.0
	for _, q := range share {
		if q > 0 {
			entropy -= q * math.Log(q)
		}
	}
	m := Marginal{Mean: math.NaN(), Low: math.NaN(), High: math.NaN()}
	if levels > 1 {
		m.Shrinkage = 1 - entropy/math.Log(float64(levels))
		// Miller (1955): a sample of n lacks (levels-1)/2n of the entropy.
		m.Identified = m.Shrinkage > max(leastShrinkage, float64(levels-1)/r.Effective/math.Log(float64(levels)))
	}
	return m
}

// quantile is the least value below or at which a share p of the weight lies.
func (r *Round) quantile(j int, p float64) float64 {
	sorted := append([]Particle(nil), r.Particles...)
	slices.SortStableFunc(sorted, func(a, b Particle) int { return cmp.Compare(a.Values[j], b.Values[j]) })
	sum := 0.0
	for _, particle := range sorted {
		if sum += particle.Weight; sum >= p {
			return particle.Values[j]
		}
	}
	return sorted[len(sorted)-1].Values[j]
}
