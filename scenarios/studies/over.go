package studies

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"splinternet/models"
	"splinternet/models/verdict"
	"splinternet/scenarios"
	"splinternet/sim"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// DrawsPlan asks what changes when something is taken out of a scenario, wherever its
// parameters lie: at joint draws of them from their plausible ranges.
type DrawsPlan struct {
	Side     Side
	Size     Size // Runs are the replicates of a set
	Draws    int  // points
	Vary     []string
	Removals []Removal // none: only what the scenario does over the draws
}

// UsualVary is what draws vary: all that have a plausible range. Thresholds of the verdict
// are conventions, whose robustness every run reports.
var UsualVary = []string{"all", "-verdict.*"}

// UsualSet is the number of runs in a set: two sets of so many differ little by chance.
const UsualSet = 8

// Draws is the finding of Over. Three sets of runs are played of each point: A and B with
// what is taken out, and one without it that has the seeds of B. What taking it out changes
// is what A and the set without it differ by, less what A and B differ by, so that what has
// no effect scores zero, and chance alone does, too.
type Draws struct {
	Side     Side
	Size     Size
	Asked    int // points
	Removals []Removal
	Points   []Point // those that were played whole, in order
	Factors  int     // that vary
	Warnings []Warning
}

// Point is what one draw gives.
type Point struct {
	A, B    Set   // B is empty where nothing is taken out
	Without []Set // by removal
}

// Set sums up runs of one point.
type Set struct {
	Label verdict.Label // the most frequent; of equals the one that comes first in verdict.Labels
	First verdict.Label // of the first run
	Means []float64     // by headline measure: of the ends of the runs
	Err   error         // of a run that failed: the point does not count then
}

// DrawRemovals are what Over takes out if nobody says what: each mechanism that is on, and
// forums and norms together.
func DrawRemovals(off map[string]bool) []Removal {
	var list []Removal
	for _, m := range models.Mechanisms() {
		if !off[m.Name] {
			list = append(list, Removal{Kind: MechanismRemoval, Name: m.Name, Without: []string{m.Name}})
		}
	}
	if !off["forums"] && !off["norms"] {
		list = append(list, Together("forums", "norms"))
	}
	return list
}

// Together is the removal of several mechanisms at once.
func Together(mechanisms ...string) Removal {
	return Removal{Kind: MechanismRemoval, Name: strings.Join(mechanisms, "+"), Without: mechanisms}
}

// Zero is the removal of a coupling: a parameter at 0.
func Zero(parameters ...string) Removal {
	r := Removal{Kind: SwitchRemoval, Name: strings.Join(parameters, "+")}
	for _, name := range parameters {
		r.Set = append(r.Set, name+"=0")
	}
	return r
}

// Over plays the draws. What is whole when it is interrupted is there. Its own errors are
// a *LimitError, a *RemovalError and a problem of the scenario's with what varies.
func Over(ctx context.Context, plan DrawsPlan, watch Watcher) (*Draws, error) {
	if err := plan.Size.Check(1); err != nil {
		return nil, err
	}
	if plan.Draws < 2 {
		return nil, atLeast("over", plan.Draws, 2)
	}
	for k := range plan.Removals {
		if _, err := plan.Removals[k].of(&plan.Side); err != nil {
			return nil, err
		}
	}
	p, err := plan.lay()
	if err != nil {
		return nil, err
	}
	d := &Draws{Side: plan.Side, Size: plan.Size, Asked: plan.Draws, Removals: plan.Removals, Factors: len(p.Factors)}
	sets := plan.sets()
	runs := plan.Size.Runs
	watch.Begin(plan.Draws*sets*runs, plan.Side.Scenario.Calendar)
	defer watch.End()
	var all []Set
	_, err = experiment.Ordered(ctx, 0, plan.Draws*sets, plan.Size.Workers, func() (experiment.Job[Set], error) {
		w := &drawer{plan: &plan, points: p, watch: watch}
		return w.set, nil
	}, func(i int, s Set, failure *experiment.Failure) error {
		if failure != nil {
			s = Set{Err: failure.Err}
		}
		watch.Finished((i + 1) * runs)
		if all = append(all, s); len(all) == sets {
			d.take(all)
			all = nil
		}
		return nil
	})
	if err == nil && len(d.Points) == 0 {
		err = errors.New("no draw was played without a run that failed")
	}
	if len(d.Points) == 0 {
		return nil, err
	}
	return d, err
}

// take keeps a point unless one of its runs failed.
func (d *Draws) take(sets []Set) {
	for _, s := range sets {
		if s.Err != nil {
			return
		}
	}
	if len(sets) == 1 {
		d.Points = append(d.Points, Point{A: sets[0]})
		return
	}
	d.Points = append(d.Points, Point{A: sets[0], B: sets[1], Without: sets[2:]})
}

// sets is the number of sets of a point: A, B and one for each removal; A alone where
// nothing is taken out.
func (plan *DrawsPlan) sets() int {
	if len(plan.Removals) == 0 {
		return 1
	}
	return 2 + len(plan.Removals)
}

// lay draws the points as a sweep does: a Latin hypercube over what varies.
func (plan *DrawsPlan) lay() (*scenarios.Plan, error) {
	vary := plan.Vary
	if vary == nil {
		vary = UsualVary
	}
	s := plan.Side.Scenario
	factors, err := s.Factors(scenarios.VaryFlags(vary))
	if err != nil {
		return nil, err
	}
	p := &scenarios.Plan{
		Scenario: s, Factors: factors, Seed: plan.Size.Seed, Runs: plan.Size.Runs,
		Design: scenarios.Design{Name: experiment.Latin, Points: plan.Draws, Seed: plan.Size.Seed},
	}
	return p, p.Lay()
}

// drawer plays the sets of a worker.
type drawer struct {
	plan   *DrawsPlan
	points *scenarios.Plan
	watch  Watcher
	player Player
}

// set plays set i: A or B of a point, or that without one of the removals.
func (w *drawer) set(ctx context.Context, i int) (Set, error) {
	sets, runs := w.plan.sets(), w.plan.Size.Runs
	point, which := i/sets, i%sets
	side, err := w.plan.Side.Variant("", w.points.Assignments(point))
	if err != nil {
		return Set{}, fmt.Errorf("draw %d: %w", point+1, err)
	}
	from := 0 // of the seeds of A
	if which > 0 {
		from = runs
	}
	if which > 1 {
		if side, err = w.plan.Removals[which-2].of(&side); err != nil {
			return Set{}, fmt.Errorf("draw %d: %w", point+1, err)
		}
	}
	own := sim.ReplicateSeed(w.plan.Size.Seed, point)
	recording := headlineRecording(w.watch)
	s := Set{Means: make([]float64, len(Headlines))}
	counts := make([]int, len(verdict.Labels))
	for r := range runs {
		result, err := w.player.Run(ctx, side.Scenario, sim.ReplicateSeed(own, from+r), recording)
		if err != nil {
			return Set{}, err
		}
		reading := Read(result, side.Scenario.Calendar)
		if r == 0 {
			s.First = reading.Label
		}
		counts[labelAt(reading.Label)]++
		for m := range s.Means {
			s.Means[m] += reading.Moments[m].End / float64(runs)
		}
	}
	s.Label = verdict.Labels[mostOf(counts)]
	return s, nil
}

// mostOf is the place of the largest count, the first of equals.
func mostOf(counts []int) int {
	best := 0
	for l, n := range counts {
		if n > counts[best] {
			best = l
		}
	}
	return best
}

// resamples is the number of bootstrap samples behind an interval.
const resamples = 2000

// over is the mean of something over the points, with the bootstrap's interval.
func (d *Draws) over(of func(p *Point) float64) analysis.Estimate {
	values := make([]float64, len(d.Points))
	for k := range d.Points {
		values[k] = of(&d.Points[k])
	}
	return analysis.BootstrapMean(values, resamples, d.Size.Seed)
}

// Relabelled is the share of points whose most frequent label changes without a removal,
// less the share that changes between the two sets with it.
func (d *Draws) Relabelled(removal int) analysis.Estimate {
	return d.over(func(p *Point) float64 {
		return number(p.A.Label != p.Without[removal].Label) - number(p.A.Label != p.B.Label)
	})
}

// Moved is the mean over points of how far a headline measure lies from that of set A
// without a removal, less how far it lies in set B.
func (d *Draws) Moved(removal, measure int) analysis.Estimate {
	return d.over(func(p *Point) float64 {
		a := p.A.Means[measure]
		return distance(a, p.Without[removal].Means[measure]) - distance(a, p.B.Means[measure])
	})
}

// Shift is the mean over points of a headline measure without a removal, less that with it
// at the same seeds.
func (d *Draws) Shift(removal, measure int) analysis.Estimate {
	return d.over(func(p *Point) float64 { return p.Without[removal].Means[measure] - p.B.Means[measure] })
}

// Chance is the share of points whose most frequent label differs between the two sets
// with everything.
func (d *Draws) Chance() analysis.Estimate {
	n := 0
	for k := range d.Points {
		if d.Points[k].A.Label != d.Points[k].B.Label {
			n++
		}
	}
	return analysis.Share(n, len(d.Points))
}

// Shares are, by verdict.Labels, the share of points that come to each label: by the most
// frequent of set A, or by its first run alone.
func (d *Draws) Shares(single bool) []analysis.Estimate {
	list := make([]analysis.Estimate, len(verdict.Labels))
	for l, label := range verdict.Labels {
		n := 0
		for k := range d.Points {
			if a := &d.Points[k].A; !single && a.Label == label || single && a.First == label {
				n++
			}
		}
		list[l] = analysis.Share(n, len(d.Points))
	}
	return list
}

// Correlation is that of two headline measures over the points, by the means of set A.
func (d *Draws) Correlation(x, y int) analysis.Estimate {
	a, b := make([]float64, len(d.Points)), make([]float64, len(d.Points))
	for k := range d.Points {
		a[k], b[k] = d.Points[k].A.Means[x], d.Points[k].A.Means[y]
	}
	return analysis.Correlation(a, b)
}

func number(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

func distance(a, b float64) float64 { return max(a-b, b-a) }
