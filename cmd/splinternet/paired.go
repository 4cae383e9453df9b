package main

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

// paired plays several sides run by run with common random numbers: replicate r
// of every side has the same seed, so that the same agent meets the same chance
// on each of them, and what is left of a difference is owed to the sides. It
// keeps the headline measures and the verdict of every run, and nothing else.
type paired struct {
	sides   []side
	seed    uint64
	runs    int // replicates; with enough, the most
	workers int
	// enough is asked after every replicate, in their order, whether to stop
	// there; nil plays all. Because the order is fixed, it stops at the same run
	// whatever the workers.
	enough func(replicates int) bool

	players *[]*player // of the workers, kept from one play to the next; nil makes new ones

	readings [][]reading // by replicate, then by side; whole replicates only
}

// reading is what is kept of one run.
type reading struct {
	seed       uint64
	label      verdict.Label
	margin     float64
	borderline bool
	moments    []moments // by headline measure
	err        error     // of a run that failed; nothing else is there then
}

// moments sum up the series of a measure.
type moments struct {
	first, last float64
	end         float64 // mean of the last two years
	before      float64 // mean of the two years before them
}

// headlines are the headline measures, by index in measures.All.
var headlines = func() (list []int) {
	for k, m := range measures.All() {
		if m.Headline {
			list = append(list, k)
		}
	}
	return list
}()

// errEnough stops an ensemble that needs no more runs.
var errEnough = errors.New("enough")

// play plays the replicates. When it is interrupted the replicates that are
// whole are there, and the error is the context's.
func (p *paired) play(ctx context.Context, c *console) error {
	progress := newProgress(c, p.runs*len(p.sides), p.sides[0].scenario.Calendar)
	progress.begin()
	defer progress.end()
	return p.playOn(ctx, progress, 0)
}

// playOn plays as a part of something longer, of which so many runs are done.
func (p *paired) playOn(ctx context.Context, progress *progress, done int) error {
	if p.players == nil {
		p.players = new([]*player)
	}
	var row []reading
	next := 0 // worker
	_, err := experiment.Ordered(ctx, 0, p.runs*len(p.sides), p.workers, func() (experiment.Job[reading], error) {
		if next == len(*p.players) {
			*p.players = append(*p.players, new(player))
		}
		next++
		return p.worker((*p.players)[next-1], progress), nil
	}, func(i int, r reading, failure *experiment.Failure) error {
		if failure != nil {
			r = reading{seed: p.seedOf(i / len(p.sides)), err: failure.Err}
		}
		row = append(row, r)
		progress.finished(done + i + 1)
		if len(row) < len(p.sides) {
			return nil
		}
		p.readings, row = append(p.readings, row), nil
		if p.enough != nil && p.enough(len(p.readings)) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

func (p *paired) seedOf(replicate int) uint64 { return sim.ReplicateSeed(p.seed, replicate) }

// worker plays run i: side i modulo the number of sides, of replicate i divided
// by it.
func (p *paired) worker(player *player, progress *progress) experiment.Job[reading] {
	recording := headlineRecording(progress)
	return func(ctx context.Context, i int) (reading, error) {
		k, seed := i%len(p.sides), p.seedOf(i/len(p.sides))
		simulation, err := player.of(&p.sides[k])
		if err != nil {
			return reading{}, err
		}
		player.simulation = nil // one that breaks down is not used again
		result, err := simulation.Run(ctx, seed, recording)
		if err != nil {
			return reading{}, err
		}
		player.simulation = simulation
		return read(result, p.sides[k].scenario.Calendar), nil
	}
}

// player is the simulation of one worker, which goes from side to side.
type player struct {
	simulation *models.Simulation
	adopted    *scenarios.Scenario
}

// of is the simulation of a side, ready to run.
func (p *player) of(s *side) (*models.Simulation, error) {
	var err error
	switch {
	case p.simulation == nil:
		p.simulation, err = s.scenario.Simulation()
	case p.adopted != s.scenario:
		err = p.simulation.Adopt(s.scenario.World, s.scenario.Settings)
	}
	if err != nil {
		return nil, err
	}
	p.adopted = s.scenario
	return p.simulation, nil
}

// headlineRecording keeps the headline measures and counts the ticks.
func headlineRecording(progress *progress) models.Recording {
	r := models.Recording{Keep: make([]bool, len(measures.All()))}
	for _, k := range headlines {
		r.Keep[k] = true
	}
	r.Each = func(*sim.Tick, *world.World) error {
		progress.tick()
		return nil
	}
	return r
}

// read keeps what comparisons need of a run.
func read(result *models.Result, calendar sim.Calendar) reading {
	v := &result.Verdict
	r := reading{
		seed: result.Seed, label: v.Label, margin: v.Margin, borderline: v.Borderline,
		moments: make([]moments, len(headlines)),
	}
	window := calendar.Span(windowYears)
	for m, k := range headlines {
		series := result.Series.Values[k]
		last := len(series)
		r.moments[m] = moments{
			first: series[0], last: series[last-1],
			end:    mean(series[max(0, last-window):]),
			before: mean(series[max(0, last-2*window):max(0, last-window)]),
		}
	}
	return r
}

// windowYears is how much of the end of a run its means are taken over.
const windowYears = 2

// mean is NaN when there is nothing.
func mean(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	return sum / float64(len(values))
}

// failures counts the runs of a side that failed, and gives the first of them.
func (p *paired) failures(k int) (n int, first reading) {
	for _, row := range p.readings {
		if row[k].err == nil {
			continue
		}
		if n++; n == 1 {
			first = row[k]
		}
	}
	return n, first
}

// ends are the end means of a measure on the given sides, replicate by
// replicate, of those replicates in which none of these sides failed.
func (p *paired) ends(measure int, sides ...int) [][]float64 {
	return p.collect(func(r *reading) float64 { return r.moments[measure].end }, sides...)
}

// ended tells with 1 and 0 whether the runs ended with a label.
func (p *paired) ended(l verdict.Label, sides ...int) [][]float64 {
	return p.collect(func(r *reading) float64 {
		if r.label == l {
			return 1
		}
		return 0
	}, sides...)
}

func (p *paired) collect(value func(*reading) float64, sides ...int) [][]float64 {
	columns := make([][]float64, len(sides))
	for _, row := range p.readings {
		if slices.ContainsFunc(sides, func(k int) bool { return row[k].err != nil }) {
			continue
		}
		for j, k := range sides {
			columns[j] = append(columns[j], value(&row[k]))
		}
	}
	return columns
}

// counts are the runs of a side with each label, in the order of verdict.Labels,
// and how many runs did not fail.
func (p *paired) counts(k int) (counts []int, played int) {
	counts = make([]int, len(verdict.Labels))
	for _, row := range p.readings {
		if row[k].err == nil {
			counts[slices.Index(verdict.Labels, row[k].label)]++
			played++
		}
	}
	return counts, played
}
