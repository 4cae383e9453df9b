package scenarios

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"strings"

	"splinternet/sim"
	"splinternet/sim/experiment"
)

// Plan is a sweep down to its last run: which scenario, which points, how many runs
// of each, with which seed. Run i is replicate i mod Runs of point i / Runs, and a
// function of the plan and of i alone.
type Plan struct {
	Scenario *Scenario
	Factors  []Factor
	Design   Design
	Seed     uint64
	Runs     int      // of each point
	Window   float64  // years at the end of a run that a measure's end value is the mean of
	Measures []string // what is kept of each run
	Ticks    bool     // keep the measures at every tick, too
	Shards   int      // tasks that the work is meant to be split into; changes no result

	points pointTable
}

// Design says how the points of a plan were chosen.
type Design struct {
	Name         string // one of Designs
	Points       int    // of the designs random, lhs and halton
	Trajectories int    // of a Morris design
	Base         int    // rows of a Saltelli design
	Levels       int    // of intervals in a grid or a Morris design
	Candidates   int    // trajectories that a Morris design chooses the most distant of; 0: no choice
	Seed         uint64 // of the design's own randomness
}

// Defaults where a sweep does not say more.
const (
	// tenfold points for each factor, after Loeppky, Sacks and Welch (2009).
	tenfold             = 10
	leastPoints         = 20
	defaultTrajectories = 20
	defaultBase         = 128
	defaultLevels       = 5 // of an interval in a grid
	defaultMorrisLevels = 4
)

// Settle chooses the design of a sweep over the factors and its size, where the
// sweep does not: a grid when all factors are lists, and else a Latin hypercube.
func (s Sweep) Settle(factors []Factor, seed uint64) (Design, error) {
	if s.Design == "" {
		s.Design = experiment.Grid
		for k := range factors {
			if factors[k].Scale != Listed {
				s.Design = experiment.Latin
			}
		}
		if s.Points > 0 {
			s.Design = experiment.Latin
		}
	}
	for _, z := range sizes {
		if wrong := s.misfit(z); wrong != "" {
			return Design{}, &SizeError{z.key, wrong}
		}
	}
	d := Design{Name: s.Design, Seed: seed}
	for _, z := range sizes {
		*z.in(&d) = *z.of(&s)
	}
	otherwise := func(n *int, usual int) {
		if *n == 0 {
			*n = usual
		}
	}
	switch s.Design {
	case experiment.Random, experiment.Latin, experiment.Halton:
		otherwise(&d.Points, max(leastPoints, tenfold*len(factors)))
	case experiment.Morris:
		otherwise(&d.Trajectories, defaultTrajectories)
		otherwise(&d.Levels, defaultMorrisLevels)
	case experiment.Saltelli:
		otherwise(&d.Base, defaultBase)
	case experiment.Grid:
		otherwise(&d.Levels, defaultLevels)
	}
	return d, nil
}

// coarse is the number of whole numbers from which on an interval of them counts as
// continuous for a design.
const coarse = 20

// Spec describes the design to package experiment.
func (d Design) Spec(factors []Factor) experiment.Spec {
	spec := experiment.Spec{Name: d.Name, Factors: len(factors), N: d.Points, Seed: d.Seed}
	for k := range factors {
		n := factors[k].Values()
		if factors[k].Scale == Whole && n > coarse {
			n = 0 // a step of one in a thousand would say nothing of the factor
		}
		spec.Values = append(spec.Values, n)
	}
	switch d.Name {
	case experiment.Morris:
		spec.N, spec.Levels, spec.Candidates, spec.Groups = d.Trajectories, d.Levels, d.Candidates, groupsOf(factors)
	case experiment.Saltelli:
		spec.N, spec.Groups = d.Base, groupsOf(factors)
	case experiment.Grid:
		for k, n := range spec.Values {
			if factors[k].Scale != Listed && (n == 0 || n > d.Levels) {
				spec.Values[k] = d.Levels
			}
		}
	}
	return spec
}

// groupsOf numbers the groups of factors in the order in which they first come; nil
// when each factor moves alone.
func groupsOf(factors []Factor) []int {
	numbers, list, together := map[string]int{}, make([]int, len(factors)), false
	next := 0
	for k := range factors {
		group := factors[k].Group
		if at, known := numbers[group]; known && group != "" {
			list[k], together = at, true
			continue
		}
		numbers[group], list[k] = next, next
		next++
	}
	if !together {
		return nil
	}
	return list
}

// Lay chooses the points of the plan by its design.
func (p *Plan) Lay() error {
	spec := p.Design.Spec(p.Factors)
	size, err := spec.Size()
	if err != nil {
		return err
	}
	if err := p.checkSize(size); err != nil {
		return err
	}
	design, err := spec.Design()
	if err != nil {
		return err
	}
	p.points = newPoints(p.Factors, size)
	for i, row := range design.Points {
		for k := range p.Factors {
			p.points.set(i, k, p.Factors[k].At(row[k]))
		}
	}
	return nil
}

func (p *Plan) checkSize(points int) error {
	if points < 1 || p.Runs < 1 {
		return fmt.Errorf("a plan needs at least one point and one run of each")
	}
	if p.Runs > maxRuns/points {
		return fmt.Errorf("%d points of %d runs each are more than %d runs", points, p.Runs, maxRuns)
	}
	return nil
}

// Points is the number of points.
func (p *Plan) Points() int { return p.points.n }

// Size is the number of runs.
func (p *Plan) Size() int { return p.Points() * p.Runs }

// Of is the point, the replicate and the seed of a run. All points share the seeds of
// their replicates, so that what differs between two points is not chance.
func (p *Plan) Of(run int) (point, replicate int, seed uint64) {
	replicate = run % p.Runs
	return run / p.Runs, replicate, sim.ReplicateSeed(p.Seed, replicate)
}

// Cell is the value of a factor at a point, in the language of scenarios; blank where
// the scenario's own value stands.
func (p *Plan) Cell(point, factor int) string { return p.points.cell(point, factor) }

// Number is the value of a factor at a point, when all its values are numbers; NaN
// where the scenario's own value stands.
func (p *Plan) Number(point, factor int) float64 { return p.points.columns[factor].number(point) }

// Numeric tells whether all values of a factor are numbers.
func (p *Plan) Numeric(factor int) bool { return p.points.columns[factor].numeric }

// WholeNumbers tells whether all values of a factor are whole numbers below 2^53.
func (p *Plan) WholeNumbers(factor int) bool {
	c := &p.points.columns[factor]
	list := c.numbers
	if list == nil {
		list = c.values
	}
	for _, x := range list {
		if !math.IsNaN(x) && (x != math.Trunc(x) || math.Abs(x) > MaxSeed) {
			return false
		}
	}
	return c.numeric
}

// Assignments are what makes the scenario of a point, as --set takes them.
func (p *Plan) Assignments(point int) []string {
	var list []string
	for k := range p.Factors {
		if value := p.Cell(point, k); value != "" {
			list = append(list, p.Factors[k].Assignments(value)...)
		}
	}
	return list
}

// At is the scenario of a point.
func (p *Plan) At(point int) (*Scenario, error) { return p.Scenario.Variant(p.Assignments(point)) }

// planVersion is the version of the plan's format, and part of its hash.
const planVersion = 1

// Hash identifies all that the results of the plan depend on, beside the results
// version: the scenario, the points, the seeds, and what is kept. In hexadecimal
// digits.
func (p *Plan) Hash() string {
	h := sha256.New()
	out := bufio.NewWriter(h)
	fmt.Fprintf(out, "%s %d\nscenario %s\nseed %d\nruns %d\nwindow %s\nmeasures %s\nticks %t\n",
		planFormat, planVersion, p.Scenario.Hash, p.Seed, p.Runs, cell(p.Window), strings.Join(p.Measures, " "), p.Ticks)
	_ = p.WritePoints(out) // a hash takes everything
	_ = out.Flush()
	return hex.EncodeToString(h.Sum(nil))
}

// WritePoints writes the points as CSV: a column for each factor, a row for each point.
func (p *Plan) WritePoints(w io.Writer) error {
	out := bufio.NewWriter(w)
	for k := range p.Factors {
		if k > 0 {
			out.WriteByte(',')
		}
		out.WriteString(p.Factors[k].Name)
	}
	out.WriteByte('\n')
	for i := range p.Points() {
		for k := range p.Factors {
			if k > 0 {
				out.WriteByte(',')
			} else if len(p.Factors) == 1 && p.Cell(i, k) == "" {
				out.WriteString(`""`) // an empty line would be skipped
			}
			out.WriteString(p.Cell(i, k))
		}
		out.WriteByte('\n')
	}
	return out.Flush()
}
