package studies

import (
	"context"
	"fmt"
	"math"
	"strings"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/scenarios"
	"splinternet/sim"
	"splinternet/sim/experiment"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// WeightsPlan asks which parameters move anything that somebody looks at.
type WeightsPlan struct {
	Side Side
	Size Size // Runs are the replicates at each value
}

// Weights is the finding of Weigh: each swept parameter is moved alone to both ends of its
// plausible range, at the same seeds as the scenario itself.
type Weights struct {
	Side Side
	Size Size
	List []Weight // in the order of declaration
	Runs int      // that were played
}

// Weight is the largest change that one parameter makes.
type Weight struct {
	Parameter string
	Value     string  // of the end of the range that makes it
	Measure   string  // in which it is made
	Change    float64 // of the mean of the runs, as a share of the scenario's
	// Noise is what the change has to exceed to be none of chance, as the same share: the
	// half-width of the interval of the mean of the paired differences, at a level at which
	// a parameter that moves nothing passes in 5 of 100 cases after all its comparisons.
	Noise    float64
	Headline bool // whether the measure is a headline measure
	// None says that at neither end any of the measures changes by a bit.
	None bool
}

// LeastChange is the share of a measure by which a parameter has to move it to matter.
const LeastChange = .005

// Moves tells whether the parameter matters: it moves a measure by at least LeastChange,
// and by more than chance does.
func (w *Weight) Moves() bool {
	return math.Abs(w.Change) >= LeastChange && math.Abs(w.Change) > w.Noise
}

// Moving counts the parameters that matter, and those of them that move a headline
// measure.
func (w *Weights) Moving() (any, headline int) {
	for k := range w.List {
		if x := &w.List[k]; x.Moves() {
			any++
			if x.Headline {
				headline++
			}
		}
	}
	return any, headline
}

// Weighed are the measures that a parameter can move: the headline measures at the end,
// and the yearly mean of what is counted.
var weighed = func() (list []int) {
	list = append(list, Headlines...)
	for _, name := range counted {
		list = append(list, measures.Find(name))
	}
	return list
}()

// counted are the measures that count what happens in a tick, and bans and offices.
var counted = []string{"incidents", "misattributed", "escalations", "bans", "offices", "votes", "texts_adopted", "deadlocks"}

// chance is how often a parameter that moves nothing may seem to move something.
const chance = .05

// weighing is one parameter at one value.
type weighing struct {
	parameter *sim.Parameter
	value     float64
}

// SweptNumbers are the parameters that are weighed: numbers with a plausible range.
// Thresholds of the verdict are conventions that move no measure, and switches and choices
// are alternatives of structure.
func SweptNumbers() []*sim.Parameter {
	var list []*sim.Parameter
	for _, p := range models.Declarations().All() {
		numeric := p.Kind == sim.Number || p.Kind == sim.Integer
		if numeric && p.Plausible.Max > p.Plausible.Min && !strings.HasPrefix(p.Name, "verdict.") {
			list = append(list, p)
		}
	}
	return list
}

// Weigh plays all parameters at both ends. Its own error is a *LimitError.
func Weigh(ctx context.Context, plan WeightsPlan, watch Watcher) (*Weights, error) {
	if err := plan.Size.Check(2); err != nil {
		return nil, err
	}
	var list []weighing
	for _, p := range SweptNumbers() {
		list = append(list, weighing{p, p.Plausible.Min}, weighing{p, p.Plausible.Max})
	}
	sets, runs := 1+len(list), plan.Size.Runs
	watch.Begin(sets*runs, plan.Side.Scenario.Calendar)
	defer watch.End()
	var all [][][]float64 // by set, run and measure
	_, err := experiment.Ordered(ctx, 0, sets, plan.Size.Workers, func() (experiment.Job[[][]float64], error) {
		w := &weigher{plan: &plan, list: list, watch: watch}
		return w.set, nil
	}, func(i int, set [][]float64, failure *experiment.Failure) error {
		if failure != nil {
			return failure
		}
		all = append(all, set)
		watch.Finished((i + 1) * runs)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return sumUp(&plan, list, all), nil
}

// weigher plays the sets of a worker.
type weigher struct {
	plan   *WeightsPlan
	list   []weighing
	watch  Watcher
	player Player
}

// set plays set i, all at the same seeds: the first is the scenario itself, the others
// have a parameter at one end.
func (w *weigher) set(ctx context.Context, i int) ([][]float64, error) {
	side := w.plan.Side
	if i > 0 {
		x := w.list[i-1]
		v, err := side.Variant("", []string{x.parameter.Name + "=" + x.parameter.Format(x.value)})
		if err != nil {
			return nil, err
		}
		side = v
	}
	recording := headlineRecording(w.watch)
	for _, m := range weighed {
		recording.Keep[m] = true
	}
	set := make([][]float64, w.plan.Size.Runs)
	for r := range set {
		result, err := w.player.Run(ctx, side.Scenario, sim.ReplicateSeed(w.plan.Size.Seed, r), recording)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", side.Name, err)
		}
		set[r] = outcomes(result, side.Scenario)
	}
	return set, nil
}

// outcomes are the measures of one run: headline ones at the end, the others over the run.
func outcomes(result *models.Result, s *scenarios.Scenario) []float64 {
	reading := Read(result, s.Calendar)
	values := make([]float64, len(weighed))
	for k, m := range weighed {
		if k < len(Headlines) {
			values[k] = reading.Moments[k].End
		} else {
			values[k] = Mean(result.Series.Values[m])
		}
	}
	return values
}

// sumUp finds the largest change of each parameter: of the headline measures, or if it
// moves none of them beyond chance, of all.
func sumUp(plan *WeightsPlan, list []weighing, sets [][][]float64) *Weights {
	w := &Weights{Side: plan.Side, Size: plan.Size, Runs: len(sets) * plan.Size.Runs}
	for k := 0; k < len(list); k += 2 {
		best := Weight{Parameter: list[k].parameter.Name}
		same := true
		for m := range weighed {
			if m == len(Headlines) && best.Moves() {
				break
			}
			for end := range 2 {
				x := compare(sets[0], sets[1+k+end], m)
				x.Parameter, x.Value = best.Parameter, list[k].parameter.Format(list[k+end].value)
				same = same && x.None
				if best.Measure == "" || x.clearer(&best) {
					best = x
				}
			}
		}
		best.None = same
		w.List = append(w.List, best)
	}
	return w
}

// compare works out what a set of runs changes in measure m against the scenario itself,
// run by run at the same seeds.
func compare(usual, set [][]float64, m int) Weight {
	x := Weight{Measure: measures.All()[weighed[m]].Name, Headline: m < len(Headlines), None: true}
	differences := make([]float64, len(set))
	for r := range set {
		differences[r] = set[r][m] - usual[r][m]
		x.None = x.None && differences[r] == 0
	}
	level := math.Abs(Mean(column(usual, m)))
	if level == 0 {
		return x
	}
	n := float64(len(set))
	comparisons := float64(2 * len(weighed))
	quantile := distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile(1 - chance/2/comparisons)
	x.Change = Mean(differences) / level
	x.Noise = quantile * math.Sqrt(stat.Variance(differences, nil)/n) / level
	return x
}

// clearer tells whether a change stands out of chance more than another. One that is too
// small to matter comes after all that are not.
func (w *Weight) clearer(than *Weight) bool {
	large, other := math.Abs(w.Change) >= LeastChange, math.Abs(than.Change) >= LeastChange
	if large != other {
		return large
	}
	if !large {
		return math.Abs(w.Change) > math.Abs(than.Change)
	}
	return math.Abs(w.Change)*than.Noise > math.Abs(than.Change)*w.Noise
}

func column(set [][]float64, m int) []float64 {
	values := make([]float64, len(set))
	for r := range set {
		values[r] = set[r][m]
	}
	return values
}
