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
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
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
	// Noise is how much two sets of as many runs of the scenario itself differ by, as the
	// same share: 95 of 100 pairs of sets differ by less.
	Noise float64
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

// Moving counts the parameters that matter.
func (w *Weights) Moving() (n int) {
	for k := range w.List {
		if w.List[k].Moves() {
			n++
		}
	}
	return n
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

// noiseSets is the number of sets of the scenario itself from which the noise is known.
const noiseSets = 8

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
	sets, runs := noiseSets+len(list), plan.Size.Runs
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

// set plays set i: the first ones are the scenario itself at other seeds, the others have
// a parameter at one end and the seeds of the first.
func (w *weigher) set(ctx context.Context, i int) ([][]float64, error) {
	side, from := w.plan.Side, 0
	if i < noiseSets {
		from = i * w.plan.Size.Runs
	} else {
		x := w.list[i-noiseSets]
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
		result, err := w.player.Run(ctx, side.Scenario, sim.ReplicateSeed(w.plan.Size.Seed, from+r), recording)
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

// sumUp finds the largest change of each parameter.
func sumUp(plan *WeightsPlan, list []weighing, sets [][][]float64) *Weights {
	w := &Weights{Side: plan.Side, Size: plan.Size, Runs: len(sets) * plan.Size.Runs}
	usual, noise := make([]float64, len(weighed)), make([]float64, len(weighed))
	for m := range weighed {
		var values []float64
		for _, set := range sets[:noiseSets] {
			values = append(values, column(set, m)...)
		}
		usual[m] = Mean(values)
		noise[m] = analysis.NoiseOfDifference(values, plan.Size.Runs) / math.Abs(usual[m])
	}
	for k := 0; k < len(list); k += 2 {
		best := Weight{Parameter: list[k].parameter.Name, None: true}
		for end := range 2 {
			set := sets[noiseSets+k+end]
			for m := range weighed {
				change := Mean(column(set, m)) - Mean(column(sets[0], m))
				if best.None = best.None && change == 0; usual[m] == 0 {
					continue
				}
				x := Weight{
					best.Parameter, list[k].parameter.Format(list[k+end].value), measures.All()[weighed[m]].Name,
					change / math.Abs(usual[m]), noise[m], false,
				}
				if best.Measure == "" || x.clearer(&best) {
					x.None = best.None
					best = x
				}
			}
		}
		w.List = append(w.List, best)
	}
	return w
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
