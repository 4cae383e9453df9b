// Package pairs plays scenarios side by side with common random numbers, and tells
// when the runs are enough. It keeps of every run what comparisons need, and leaves to
// its caller what is told while it plays.
package pairs

import (
	"context"
	"errors"
	"slices"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

// Side is a scenario that is played beside others, under the name that tables give it.
type Side struct {
	Name     string
	Scenario *scenarios.Scenario
}

// Watch is told how far a play is; its methods are called by several workers.
type Watch interface {
	Tick()             // a tick was played
	Finished(runs int) // so many runs are finished
}

// Ensemble plays several sides run by run with common random numbers: replicate r
// of every side has the same seed, so that the same agent meets the same chance
// on each of them, and what is left of a difference is owed to the sides. It
// keeps the headline measures and the verdict of every run, and nothing else.
type Ensemble struct {
	Sides   []Side
	Seed    uint64
	Runs    int // replicates; with Enough, the most
	Workers int
	// Enough is asked after every replicate, in their order, whether to stop
	// there; nil plays all. Because the order is fixed, it stops at the same run
	// whatever the workers.
	Enough func(replicates int) bool

	Players *Players // of the workers, kept from one play to the next; nil makes new ones

	Readings [][]Reading // by replicate, then by side; whole replicates only
}

// Reading is what is kept of one run.
type Reading struct {
	Seed       uint64
	Label      verdict.Label
	Margin     float64
	Borderline bool
	Moments    []Moments // by headline measure
	Err        error     // of a run that failed; nothing else is there then
}

// Moments sum up the series of a measure.
type Moments struct {
	First, Last float64
	End         float64 // mean of the last two years
	Before      float64 // mean of the two years before them
}

// Headlines are the headline measures, by index in measures.All.
var Headlines = func() (list []int) {
	for k, m := range measures.All() {
		if m.Headline {
			list = append(list, k)
		}
	}
	return list
}()

// ErrEnough stops an ensemble that needs no more runs.
var ErrEnough = errors.New("enough")

// Players are the simulations of workers, which play one ensemble after another.
type Players struct{ list []*Player }

// Of is the player of worker k, counted from 0.
func (p *Players) Of(k int) *Player {
	for k >= len(p.list) {
		p.list = append(p.list, new(Player))
	}
	return p.list[k]
}

// Play plays the replicates. When it is interrupted the replicates that are whole are
// there, and the error is the context's. A play that is a part of something longer
// begins to count its runs at done.
func (p *Ensemble) Play(ctx context.Context, watch Watch, done int) error {
	if p.Players == nil {
		p.Players = new(Players)
	}
	var row []Reading
	next := 0 // worker
	_, err := experiment.Ordered(ctx, 0, p.Runs*len(p.Sides), p.Workers, func() (experiment.Job[Reading], error) {
		next++
		return p.worker(p.Players.Of(next-1), watch), nil
	}, func(i int, r Reading, failure *experiment.Failure) error {
		if failure != nil {
			r = Reading{Seed: p.seedOf(i / len(p.Sides)), Err: failure.Err}
		}
		row = append(row, r)
		watch.Finished(done + i + 1)
		if len(row) < len(p.Sides) {
			return nil
		}
		p.Readings, row = append(p.Readings, row), nil
		if p.Enough != nil && p.Enough(len(p.Readings)) {
			return ErrEnough
		}
		return nil
	})
	if errors.Is(err, ErrEnough) {
		return nil
	}
	return err
}

func (p *Ensemble) seedOf(replicate int) uint64 { return sim.ReplicateSeed(p.Seed, replicate) }

// worker plays run i: side i modulo the number of sides, of replicate i divided
// by it.
func (p *Ensemble) worker(player *Player, watch Watch) experiment.Job[Reading] {
	recording := headlineRecording(watch)
	return func(ctx context.Context, i int) (Reading, error) {
		s := p.Sides[i%len(p.Sides)].Scenario
		result, err := player.Run(ctx, s, p.seedOf(i/len(p.Sides)), recording)
		if err != nil {
			return Reading{}, err
		}
		return Read(result, s.Calendar), nil
	}
}

// Player is the simulation of one worker, which goes from scenario to scenario.
type Player struct {
	simulation *models.Simulation
	adopted    *scenarios.Scenario
}

// Run plays one run of a scenario. The result is valid until the next run.
func (p *Player) Run(ctx context.Context, s *scenarios.Scenario, seed uint64, recording models.Recording) (*models.Result, error) {
	simulation, err := p.of(s)
	if err != nil {
		return nil, err
	}
	p.simulation = nil // one that breaks down is not used again
	result, err := simulation.Run(ctx, seed, recording)
	if err != nil {
		return nil, err
	}
	p.simulation = simulation
	return result, nil
}

// of is the simulation of a scenario, ready to run.
func (p *Player) of(s *scenarios.Scenario) (*models.Simulation, error) {
	var err error
	switch {
	case p.simulation == nil:
		p.simulation, err = s.Simulation()
	case p.adopted != s:
		err = p.simulation.Adopt(s.World, s.Settings)
	}
	if err != nil {
		return nil, err
	}
	p.adopted = s
	return p.simulation, nil
}

// headlineRecording keeps the headline measures and counts the ticks.
func headlineRecording(watch Watch) models.Recording {
	r := models.Recording{Keep: make([]bool, len(measures.All()))}
	for _, k := range Headlines {
		r.Keep[k] = true
	}
	r.Each = func(*sim.Tick, *world.World) error {
		watch.Tick()
		return nil
	}
	return r
}

// Read keeps what comparisons need of a run, which records the headline measures.
func Read(result *models.Result, calendar sim.Calendar) Reading {
	v := &result.Verdict
	r := Reading{
		Seed: result.Seed, Label: v.Label, Margin: v.Margin, Borderline: v.Borderline,
		Moments: make([]Moments, len(Headlines)),
	}
	window := calendar.Span(verdict.WindowYears)
	for m, k := range Headlines {
		series := result.Series.Values[k]
		last := len(series)
		r.Moments[m] = Moments{
			First: series[0], Last: series[last-1],
			End:    Mean(series[max(0, last-window):]),
			Before: Mean(series[max(0, last-2*window):max(0, last-window)]),
		}
	}
	return r
}

// Mean is NaN when there is nothing.
func Mean(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	return sum / float64(len(values))
}

// Failures counts the runs of a side that failed, and gives the first of them.
func (p *Ensemble) Failures(k int) (n int, first Reading) {
	for _, row := range p.Readings {
		if row[k].Err == nil {
			continue
		}
		if n++; n == 1 {
			first = row[k]
		}
	}
	return n, first
}

// Ends are the end means of a measure on the given sides, replicate by
// replicate, of those replicates in which none of these sides failed.
func (p *Ensemble) Ends(measure int, sides ...int) [][]float64 {
	return p.Collect(func(r *Reading) float64 { return r.Moments[measure].End }, sides...)
}

// Ended tells with 1 and 0 whether the runs ended with a label.
func (p *Ensemble) Ended(l verdict.Label, sides ...int) [][]float64 {
	return p.Collect(func(r *Reading) float64 {
		if r.Label == l {
			return 1
		}
		return 0
	}, sides...)
}

// Collect is a value of every run on the given sides, replicate by replicate, of those
// replicates in which none of these sides failed.
func (p *Ensemble) Collect(value func(*Reading) float64, sides ...int) [][]float64 {
	columns := make([][]float64, len(sides))
	for _, row := range p.Readings {
		if slices.ContainsFunc(sides, func(k int) bool { return row[k].Err != nil }) {
			continue
		}
		for j, k := range sides {
			columns[j] = append(columns[j], value(&row[k]))
		}
	}
	return columns
}

// Counts are the runs of a side with each label, in the order of verdict.Labels,
// and how many runs did not fail.
func (p *Ensemble) Counts(k int) (counts []int, played int) {
	counts = make([]int, len(verdict.Labels))
	for _, row := range p.Readings {
		if row[k].Err == nil {
			counts[slices.Index(verdict.Labels, row[k].Label)]++
			played++
		}
	}
	return counts, played
}
