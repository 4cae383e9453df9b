package studies

import (
	"context"
	"math"

	"splinternet/sim/analysis"
)

// checkDivision refuses what the mathematics does, and settles how many orders are
// drawn.
func (e *Explanation) checkDivision() error {
	if n := len(e.Parts); n > mostParts {
		return &TooManyPartsError{n, mostParts}
	}
	if e.Permutations < 0 {
		return atLeast("permutations", e.Permutations, 0)
	}
	if len(e.Parts) > AllCoalitions && e.Permutations == 0 {
		e.Permutations = UsualPermutations
	}
	return nil
}

// divide plays the coalitions of parts that a Shapley division needs, and divides every
// outcome. All divisions see the same coalitions, so only the first has to play them.
func (e *Explanation) divide(ctx context.Context, plan *ExplanationPlan, watch Watcher) error {
	watch.Begin(e.mostCoalitions()*plan.Size.Runs, plan.Side.Scenario.Calendar)
	defer watch.End()
	c := &coalitions{plan: plan, parts: e.Parts, watch: watch, known: map[uint64]int{}}
	all := uint64(1)<<len(e.Parts) - 1
	if len(e.Parts) == mostParts {
		all = math.MaxUint64
	}
	whole, err := c.play(ctx, all)
	if err != nil {
		return err
	}
	d := *e
	d.whole(whole)
	d.Sides[0].Name = plan.Side.Name
	for _, outcome := range d.Outcomes {
		a, err := analysis.Shapley(len(d.Parts), d.Permutations, plan.Size.Seed, func(set uint64) ([]float64, error) {
			p, err := c.play(ctx, set)
			if err != nil {
				return nil, err
			}
			return p.all(outcome, 0), nil
		})
		if err != nil {
			return err
		}
		for k := range a.Players {
			a.Players[k] = unanimous(outcome, a.Players[k])
		}
		d.Effects, d.Total = append(d.Effects, a.Players), append(d.Total, a.Total)
		d.Sets, d.Exact = a.Sets, a.Exact
	}
	*e = d // a division that is whole
	return nil
}

// mostCoalitions is the most that there can be to play.
func (e *Explanation) mostCoalitions() int {
	n := len(e.Parts)
	if e.Permutations == 0 {
		return 1 << n
	}
	most := 2*e.Permutations*(n-1) + 2
	if n < 20 {
		return min(1<<n, most)
	}
	return most
}

// coalitions remembers the runs of the coalitions that were played.
type coalitions struct {
	plan    *ExplanationPlan
	parts   []Part
	watch   Watcher
	known   map[uint64]int // never ranged over
	list    []*Paired
	players players
}

// play plays the scenario with a set of its parts and without the others.
func (c *coalitions) play(ctx context.Context, set uint64) (*Paired, error) {
	if k, ok := c.known[set]; ok {
		return c.list[k], nil
	}
	var missing []Part
	for k, p := range c.parts {
		if set>>k&1 == 0 {
			missing = append(missing, p)
		}
	}
	p := &Paired{Sides: []Side{c.plan.Side.Lacking("coalition", missing)}, Size: c.plan.Size, players: &c.players}
	if err := p.play(ctx, c.watch, len(c.list)*c.plan.Size.Runs); err != nil {
		return nil, err
	}
	c.known[set] = len(c.list)
	c.list = append(c.list, p)
	return p, nil
}
