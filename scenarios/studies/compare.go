package studies

import (
	"context"
	"fmt"
	"math"
	"slices"

	"splinternet/sim/analysis"
)

// ComparisonPlan asks where sides differ from the first of them.
type ComparisonPlan struct {
	Sides []Side
	Size  Size
}

// Comparison is the finding of Compare.
type Comparison struct {
	*Paired
	Differences [][]Difference // from the first side: by side after it, then by headline measure
	Warnings    []Warning
}

// TickError says that two sides have ticks of different length: chance is shared tick
// by tick, so they cannot be paired.
type TickError struct{ A, B Side }

func (e *TickError) Error() string {
	return fmt.Sprintf("%s has ticks of a %s and %s of a %s: chance is shared tick by tick, so they cannot be paired",
		e.A.Name, e.A.Scenario.Calendar.Tick, e.B.Name, e.B.Scenario.Calendar.Tick)
}

// Compare plays sides replicate by replicate with common random numbers. Its own errors
// are a *LimitError and a *TickError.
func Compare(ctx context.Context, plan ComparisonPlan, watch Watcher) (*Comparison, error) {
	if err := plan.Size.Check(2); err != nil {
		return nil, err
	}
	warnings, err := comparable(plan.Sides)
	if err != nil {
		return nil, err
	}
	p := &Paired{Sides: plan.Sides, Size: plan.Size}
	playing := p.Play(ctx, watch)
	if len(p.Readings) == 0 {
		return nil, playing
	}
	c := &Comparison{Paired: p, Warnings: warnings}
	for k := 1; k < len(p.Sides); k++ {
		row := make([]Difference, len(Headlines))
		for m := range row {
			row[m] = p.Difference(m, k)
		}
		c.Differences = append(c.Differences, row)
	}
	c.caution()
	return c, playing
}

// comparable refuses sides that cannot be paired, and warns of those that can be,
// but with less in common than one would think.
func comparable(sides []Side) ([]Warning, error) {
	var warnings []Warning
	first := &sides[0]
	for k := range sides[1:] {
		s := &sides[k+1]
		a, b := first.Scenario.Calendar, s.Scenario.Calendar
		switch {
		case a.Tick != b.Tick:
			return nil, &TickError{*first, *s}
		case !a.Start.Equal(b.Start) || a.Ticks != b.Ticks:
			warnings = append(warnings, OtherCalendars{first, s})
		}
		one, other := &first.Scenario.World.States, &s.Scenario.World.States
		if both := common(one.ID, other.ID); both < max(one.N, other.N) {
			warnings = append(warnings, OtherWorlds{first, s, both})
		}
	}
	return warnings, nil
}

// common counts the words that both lists have.
func common(a, b []string) (n int) {
	for _, word := range a {
		if slices.Contains(b, word) {
			n++
		}
	}
	return n
}

// caution gathers the reasons to read the comparison with care.
func (c *Comparison) caution() {
	if !c.Complete() {
		c.warn(Incomplete{len(c.Readings), c.Runs})
	}
	c.warn(c.failedRuns()...)
	c.warn(fewRuns(len(c.Readings))...)
	c.warnShares()
	for k := 1; k < len(c.Sides); k++ {
		c.warnSigns(k)
	}
	for k := range c.Sides {
		c.warnMoving(k)
	}
}

func (c *Comparison) warn(list ...Warning) { c.Warnings = append(c.Warnings, list...) }

// failedRuns tell of runs that failed, side by side.
func (p *Paired) failedRuns() []Warning {
	var list []Warning
	for k := range p.Sides {
		if n, first := p.Failures(k); n > 0 {
			list = append(list, FailedRuns{&p.Sides[k], n, first})
		}
	}
	return list
}

// fewRuns warns of intervals of too few runs.
func fewRuns(n int) []Warning {
	if n >= Few {
		return nil
	}
	return []Warning{FewRuns{n}}
}

// warnShares tells of the share of a label that is known least.
func (c *Comparison) warnShares() {
	widest, of := 0.0, 0
	for k := range c.Sides {
		counts, played := c.Counts(k)
		for _, n := range counts {
			low, high := analysis.Wilson(n, played)
			if half := (high - low) / 2; n > 0 && half > widest {
				widest, of = half, k
			}
		}
	}
	if widest > Rough {
		// At half of all runs an interval is widest: n = z^2 / (4 h^2).
		need := int(math.Ceil(1.96 * 1.96 / (4 * Rough * Rough)))
		c.warn(RoughShares{&c.Sides[of], widest, need})
	}
}

// warnSigns names the measures whose difference could be none.
func (c *Comparison) warnSigns(side int) {
	var unknown []UnknownSign
	for m, q := range Means() {
		d := &c.Differences[side-1][m]
		if d.None || !d.Crosses() || d.N < 2 || max(math.Abs(d.Low), math.Abs(d.High)) < Negligible {
			continue
		}
		unknown = append(unknown, UnknownSign{q, needed(d.Estimate)})
	}
	if len(unknown) > 0 {
		c.warn(UnknownSigns{&c.Sides[0], &c.Sides[side], unknown})
	}
}

// needed is the number of runs with which the interval would leave zero, if the
// difference is as it is estimated; 0 where that is beyond any use.
func needed(e analysis.Estimate) int {
	half := (e.High - e.Low) / 2
	n := float64(e.N) * half * half / (e.Value * e.Value)
	if !(n <= beyondUse) {
		return 0
	}
	return int(math.Ceil(n))
}

// warnMoving names the measures that have not come to rest when a side ends.
func (c *Comparison) warnMoving(side int) {
	var moving []Move
	for m, q := range Means() {
		change := analysis.Mean(c.collect(func(r *Reading) float64 { return r.Moments[m].End - r.Moments[m].Before }, side)[0])
		if !change.Crosses() && math.Abs(change.Value) > Drift {
			moving = append(moving, Move{q, change})
		}
	}
	if len(moving) > 0 {
		c.warn(Moving{&c.Sides[side], moving})
	}
}
