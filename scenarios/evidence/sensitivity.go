package evidence

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"

	"splinternet/models"
	"splinternet/models/verdict"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/sim"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// Effect is how strongly a parameter moves a measure of the baseline over its plausible
// range: elementary effects (Morris 1991), and for the strongest the shares of variance
// (Sobol indices; Saltelli et al. 2010).
type Effect struct {
	Measure, Parameter string
	Source             sim.Source // whether the parameter is tied to data, literature or assumed
	MuStar             analysis.Estimate
	Sigma              float64
	Total              analysis.Estimate // NaN where it is not among the strongest
}

// Share is how often the baseline ends in a label, at its defaults and over joint draws of all
// parameters from their plausible ranges and of positions from their posterior.
type Share struct {
	Label            verdict.Label
	Default, Ranging analysis.Estimate
}

// strongest is the number of parameters that go into the Sobol indices.
const strongest = 8

// outcomes are the measures that table 6 looks at.
var outcomes = []quantity{"native_reachability", "cooperation_depth", "hostility"}

// Effort is the size of the designs of Sensitivity.
type Effort struct{ Trajectories, Rows, Draws int }

// Sensitivity screens all numeric parameters of the baseline, decomposes the variance of the
// strongest, and plays joint draws.
func Sensitivity(ctx context.Context, e Effort, workers int) ([]Effect, []Share, error) {
	baseline, err := scenarios.Load("baseline", scenarios.Options{})
	if err != nil {
		return nil, nil, err
	}
	factors := studies.SweptNumbers()
	list, err := screen(ctx, baseline, factors, e.Trajectories, workers)
	if err != nil {
		return nil, nil, err
	}
	if err := decompose(ctx, baseline, factors, list, e.Rows, workers); err != nil {
		return nil, nil, err
	}
	shares, err := ranging(ctx, baseline, factors, e.Draws, workers)
	return list, shares, err
}

// at01 is a point of the unit cube as parameter values.
func at01(factors []*sim.Parameter, u []float64) map[string]float64 {
	values := map[string]float64{}
	for k, p := range factors {
		x := p.Plausible.Min + u[k]*(p.Plausible.Max-p.Plausible.Min)
		if p.Kind == sim.Integer {
			x = math.Round(x)
		}
		values[p.Name] = x
	}
	return values
}

// outcome is what a run of a design gives.
type outcome struct {
	values []float64
	label  verdict.Label
}

// points plays one run, with the same seed, at every point.
func points(ctx context.Context, s *scenarios.Scenario, workers, n int, seed func(i int) uint64, settings func(i int) map[string]float64) ([]outcome, error) {
	list := make([]outcome, 0, n)
	keep := kept(outcomes)
	newJob := func() (experiment.Job[outcome], error) {
		m, err := s.Simulation()
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, i int) (outcome, error) {
			changed := s.Settings
			changed.Parameters = map[string]float64{}
			for name, value := range s.Settings.Parameters {
				changed.Parameters[name] = value
			}
			for name, value := range settings(i) {
				changed.Parameters[name] = value
			}
			if err := m.Adopt(s.World, changed); err != nil {
				return outcome{}, err
			}
			r, err := m.Run(ctx, seed(i), models.Recording{Keep: keep})
			if err != nil {
				return outcome{}, err
			}
			o := outcome{label: r.Verdict.Label}
			for _, q := range outcomes {
				o.values = append(o.values, mean(tail(r.Series.Of(q), 2*s.Calendar.PerYear())))
			}
			return o, nil
		}, nil
	}
	_, err := experiment.Ordered(ctx, 0, n, workers, newJob, func(_ int, o outcome, failure *experiment.Failure) error {
		if failure != nil {
			return failure
		}
		list = append(list, o)
		return nil
	})
	return list, err
}

// design plays a design over some of the factors and returns the runs by outcome.
func design(ctx context.Context, s *scenarios.Scenario, factors []*sim.Parameter, spec experiment.Spec, workers int) (experiment.Design, []analysis.Runs, error) {
	spec.Factors, spec.Seed = len(factors), 1
	d, err := spec.Design()
	if err != nil {
		return experiment.Design{}, nil, err
	}
	results, err := points(ctx, s, workers, len(d.Points), func(int) uint64 { return 1 },
		func(i int) map[string]float64 { return at01(factors, d.Points[i]) })
	if err != nil {
		return *d, nil, err
	}
	runs := make([]analysis.Runs, len(outcomes))
	for q := range runs {
		for _, o := range results {
			runs[q] = append(runs[q], []float64{o.values[q]})
		}
	}
	return *d, runs, nil
}

func screen(ctx context.Context, s *scenarios.Scenario, factors []*sim.Parameter, trajectories, workers int) ([]Effect, error) {
	d, runs, err := design(ctx, s, factors, experiment.Spec{Name: experiment.Morris, N: trajectories}, workers)
	if err != nil {
		return nil, err
	}
	var list []Effect
	for q, measure := range outcomes {
		effects, _, err := analysis.MorrisEffects(analysis.MorrisDesign{Positions: d.Points}, runs[q], 1)
		if err != nil {
			return nil, err
		}
		none := analysis.Estimate{Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
		for k, p := range factors {
			list = append(list, Effect{measure, p.Name, p.Source, effects[k].MuStar, effects[k].Sigma, none})
		}
	}
	return list, nil
}

// decompose finds the total Sobol indices of the parameters with the strongest effects, relative
// to the sum of effects on the same measure; the others keep their defaults.
func decompose(ctx context.Context, s *scenarios.Scenario, factors []*sim.Parameter, list []Effect, rows, workers int) error {
	n := len(factors)
	weight := make([]float64, n)
	for q := range outcomes {
		sum := 0.0
		for _, e := range list[q*n : q*n+n] {
			sum += known(e.MuStar.Value)
		}
		for k, e := range list[q*n : q*n+n] {
			weight[k] += known(e.MuStar.Value) / max(sum, 1e-300)
		}
	}
	order := make([]int, n)
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool { return weight[order[a]] > weight[order[b]] })
	order = order[:min(strongest, n)]
	slices.Sort(order)
	var chosen []*sim.Parameter
	for _, k := range order {
		chosen = append(chosen, factors[k])
	}
	_, runs, err := design(ctx, s, chosen, experiment.Spec{Name: experiment.Saltelli, N: rows}, workers)
	if err != nil {
		return err
	}
	for q := range outcomes {
		indices, _, err := analysis.SobolIndices(runs[q], len(chosen), 1)
		if err != nil {
			return err
		}
		for a, k := range order {
			list[q*n+k].Total = indices[a].Total
		}
	}
	return nil
}

// known is x, or 0 where there is none.
func known(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

// ranging compares the end states at the defaults with those over joint draws.
func ranging(ctx context.Context, s *scenarios.Scenario, factors []*sim.Parameter, draws, workers int) ([]Share, error) {
	spec := experiment.Spec{Name: experiment.Latin, Factors: len(factors), N: draws, Seed: 2}
	d, err := spec.Design()
	if err != nil {
		return nil, err
	}
	seed := func(i int) uint64 { return sim.ReplicateSeed(1, i) }
	drawn, err := points(ctx, s, workers, draws, seed, func(i int) map[string]float64 {
		values := at01(factors, d.Points[i])
		values["world.initial"] = 1 // draw
		return values
	})
	if err != nil {
		return nil, err
	}
	fixed, err := points(ctx, s, workers, draws, seed, func(int) map[string]float64 { return nil })
	if err != nil {
		return nil, err
	}
	var list []Share
	for _, label := range verdict.Labels {
		count := func(of []outcome) analysis.Estimate {
			n := 0
			for _, o := range of {
				if o.label == label {
					n++
				}
			}
			return analysis.Share(n, len(of))
		}
		list = append(list, Share{label, count(fixed), count(drawn)})
	}
	if len(drawn) != draws {
		return nil, fmt.Errorf("%d of %d draws were played", len(drawn), draws)
	}
	return list, nil
}
