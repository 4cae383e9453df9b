// Package bargaining holds published models of bargaining on a line, as mathematics
// without a world: the expected-utility model of challenges, and indices of the power to
// turn a vote.
package bargaining

import (
	"fmt"
	"math"
	"slices"
)

// Actor takes part in a negotiation on a line.
type Actor struct {
	Name       string
	Capability float64 // at least 0
	Salience   float64 // [0, 1]: how much it cares; the chance that it resists a challenge
	Position   float64 // any scale
}

// Challenge is the expected-utility model of Bueno de Mesquita (1997) as Scholz, Calbert and
// Smith (2011) replicated it, q = 1. Actors compare, in pairs and from their own point of
// view, what they expect from challenging one another's position. Who expects to
// lose concedes; each takes one offer, all at once.
//
// Where the two papers and the replication's code differ, this follows the code, whose
// figures are published: chances of success have the votes on all pairs of positions below
// the line (so that they are small and do not sum to 1), among compromises an actor takes the
// one whose weighted mean of the two positions lies lowest, and nobody capitulates, as the
// code's condition for it cannot come true. With Capitulate set, it does as the papers
// say: an actor that expects to lose more than the other expects to gain gives in.
type Challenge struct {
	Actors     []Actor
	Capitulate bool
	// Risk is how little danger moves the risk that actors take, above 1: their exponents
	// lie between (r-1)/(r+1) and its inverse. NewChallenge sets the published 3.
	Risk float64

	width float64   // of the positions at the start
	risk  []float64 // exponent by actor; 1 is neutral
}

// Offer is a move that an actor accepts.
type Offer struct {
	Actor, By int // who moves, and towards whom
	Kind      Kind
	To        float64 // where the actor goes
}

// Kind is how an offer came about.
type Kind string

// The kinds of offers, in the order in which an actor looks at them.
const (
	Confrontation Kind = "confrontation" // both expect to win, the other more: it loses
	Compromise    Kind = "compromise"    // it expects to lose less than the other to win: it meets it part of the way
	Capitulation  Kind = "capitulation"
)

// PublishedRisk is Challenge.Risk in the works that the model is from: exponents from 1/2 to 2.
const PublishedRisk = 3

// NewChallenge begins a negotiation. It takes at least one actor, of which one cares and
// can do something.
func NewChallenge(actors []Actor) (*Challenge, error) {
	c := &Challenge{Actors: slices.Clone(actors), Risk: PublishedRisk, risk: make([]float64, len(actors))}
	low, high, weight := math.Inf(1), math.Inf(-1), 0.0
	for _, a := range actors {
		if !(a.Capability >= 0) || !(a.Salience >= 0 && a.Salience <= 1) || math.IsNaN(a.Position) || math.IsInf(a.Position+a.Capability, 0) {
			return nil, fmt.Errorf("bargaining: %s has capability %g, salience %g, position %g; allowed: a capability from 0 on, a salience from 0 to 1, a finite position",
				a.Name, a.Capability, a.Salience, a.Position)
		}
		low, high = min(low, a.Position), max(high, a.Position)
		weight += a.Capability * a.Salience
	}
	if !(weight > 0) {
		return nil, fmt.Errorf("bargaining: nobody of %d actors has both capability and salience", len(actors))
	}
	c.width = high - low
	return c, nil
}

// Median is the position that no other beats when each actor's vote counts its capability,
// its salience and how much nearer the one is to it: the weighted median.
func (c *Challenge) Median() float64 {
	best := c.Actors[0].Position
	for _, a := range c.Actors[1:] {
		votes := 0.0
		for _, voter := range c.Actors {
			votes += voter.Capability * voter.Salience * (math.Abs(voter.Position-best) - math.Abs(voter.Position-a.Position))
		}
		if votes > 0 {
			best = a.Position
		}
	}
	return best
}

// Mean is the mean position by capability and salience, the benchmark that any model of
// bargaining has to beat (Achen 2006).
func (c *Challenge) Mean() float64 {
	sum, weight := 0.0, 0.0
	for _, a := range c.Actors {
		sum += a.Capability * a.Salience * a.Position
		weight += a.Capability * a.Salience
	}
	return sum / weight
}

// Round plays one round: risks, offers, moves. It returns the offers that were accepted.
func (c *Challenge) Round() []Offer {
	if c.width == 0 {
		return nil // all agree
	}
	c.takeRisks()
	chance := c.chances()
	var accepted []Offer
	for i := range c.Actors {
		if o, ok := c.best(i, chance); ok {
			accepted = append(accepted, o)
		}
	}
	for _, o := range accepted {
		c.Actors[o.Actor].Position = o.To
	}
	return accepted
}

// distances are those of every actor from every position, in widths, to the power of the
// actor's risk. Row-major: actor, position.
func (c *Challenge) distances() []float64 {
	n := len(c.Actors)
	d := make([]float64, n*n)
	for i, a := range c.Actors {
		for j, b := range c.Actors {
			d[i*n+j] = math.Abs(a.Position-b.Position) / c.width
			if r := c.risk[i]; r != 1 {
				d[i*n+j] = math.Pow(d[i*n+j], r)
			}
		}
	}
	return d
}

// chances are those of the position of i against that of j.
func (c *Challenge) chances() []float64 {
	n := len(c.Actors)
	distance := c.distances()
	all := 0.0
	sorted := make([]float64, n)
	for a, actor := range c.Actors {
		// The sum of |x-y| over all pairs, from the sorted values in linear time.
		copy(sorted, distance[a*n:a*n+n])
		slices.Sort(sorted)
		sum := 0.0
		for k, x := range sorted {
			sum += x * float64(2*k-n+1)
		}
		all += 2 * sum * actor.Capability * actor.Salience
	}
	p := make([]float64, n*n)
	for i := range n {
		for j := range n {
			if c.Actors[i].Position == c.Actors[j].Position || all == 0 {
				continue
			}
			votes := 0.0
			for a, actor := range c.Actors {
				votes += actor.Capability * actor.Salience * max(0, distance[a*n+j]-distance[a*n+i])
			}
			p[i*n+j] = votes / all
		}
	}
	return p
}

// expected is what i expects of challenging j, seen with the risk r. The status quo is certain (q = 1).
func (c *Challenge) expected(i, j int, r float64, chance []float64) float64 {
	half := .5 * math.Abs(c.Actors[i].Position-c.Actors[j].Position) / c.width
	success, failure, statusQuo := utility(.5-half, r), utility(.5+half, r), utility(.5, r)
	p, s := chance[i*len(c.Actors)+j], c.Actors[j].Salience
	return s*(p*success+(1-p)*failure) + (1-s)*success - statusQuo
}

// utility is that of an outcome at a distance in widths, on the published scale from -2 to 2,
// which cancels in all that actors compare.
func utility(distance, r float64) float64 { return 2 - 4*math.Pow(distance, r) }

// takeRisks sets how actors see chances: the more danger their position is in, by what all others expect
// of challenging it, the more risk they take.
func (c *Challenge) takeRisks() {
	n := len(c.Actors)
	for i := range c.risk {
		c.risk[i] = 1
	}
	chance := c.chances()
	danger := make([]float64, n)
	for i := range danger {
		for j := range n {
			if j != i {
				danger[i] += c.expected(j, i, 1, chance)
			}
		}
	}
	low, high := slices.Min(danger), slices.Max(danger)
	if high == low {
		return
	}
	for i, d := range danger {
		acceptance := (2*d - high - low) / (high - low)
		c.risk[i] = (1 - acceptance/c.Risk) / (1 + acceptance/c.Risk)
	}
}

// best is the offer that actor i takes, if there is one.
func (c *Challenge) best(i int, chance []float64) (Offer, bool) {
	var found [3]bool
	var offers [3]Offer
	var keys [3]float64
	own := c.Actors[i].Position
	for j, other := range c.Actors {
		if other.Position == own {
			continue
		}
		o, key, ok := c.offer(i, j, chance)
		if !ok {
			continue
		}
		k := slices.Index([]Kind{Confrontation, Compromise, Capitulation}, o.Kind)
		if !found[k] || key < keys[k] {
			found[k], offers[k], keys[k] = true, o, key
		}
	}
	for k := range offers {
		if found[k] {
			return offers[k], true
		}
	}
	return Offer{}, false
}

// offer is what j can get of i, with the key by which i prefers it to others of its kind.
func (c *Challenge) offer(i, j int, chance []float64) (o Offer, key float64, ok bool) {
	own, other := c.Actors[i].Position, c.Actors[j].Position
	gain, threat := c.expected(i, j, c.risk[i], chance), c.expected(j, i, c.risk[i], chance)
	o = Offer{Actor: i, By: j, To: other}
	key = math.Abs(own - other)
	switch {
	case threat > gain && gain > 0:
		o.Kind = Confrontation
	case threat > 0 && gain < 0 && threat > -gain:
		o.Kind, o.To = Compromise, own+(other-own)*math.Abs(gain/threat)
		key = (math.Abs(gain)*own + math.Abs(threat)*other) / (math.Abs(gain) + math.Abs(threat))
	case c.Capitulate && threat > 0 && gain < 0 && threat < -gain:
		o.Kind = Capitulation
	default:
		return o, 0, false
	}
	return o, key, true
}
