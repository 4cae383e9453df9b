package studies

import (
	"context"
	"errors"
	"math"
	"slices"

	"splinternet/models/verdict"
	"splinternet/sim"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// Paired plays several sides run by run with common random numbers: replicate r of
// every side has the same seed, so that the same agent meets the same chance on each
// of them, and what is left of a difference is owed to the sides. It keeps the
// headline measures and the verdict of every run, and nothing else.
type Paired struct {
	Sides []Side
	Size

	Readings [][]Reading // by replicate, then by side; whole replicates only
	Unstable []Quantity  // what was not stable when the most runs were played

	players *players // kept from one play to the next; nil makes new ones
	steady  []*Steady
}

// errEnough stops a play that needs no more runs.
var errEnough = errors.New("enough")

// Play plays the replicates. When it is interrupted those that are whole are there, and
// the error is the context's. A play that stopped because it was stable is one of the
// size that it has: Runs says it.
func (p *Paired) Play(ctx context.Context, watch Watcher) error {
	watch.Begin(p.Runs*len(p.Sides), p.Sides[0].Scenario.Calendar)
	defer watch.End()
	return p.play(ctx, watch, 0)
}

// play begins to count its runs at done, as a part of something longer.
func (p *Paired) play(ctx context.Context, watch Watcher, done int) error {
	if p.players == nil {
		p.players = new(players)
	}
	if p.UntilStable > 0 {
		p.steady = nil
		for range p.Sides {
			p.steady = append(p.steady, NewSteady(p.UntilStable))
		}
	}
	var row []Reading
	next := 0 // worker
	_, err := experiment.Ordered(ctx, 0, p.Runs*len(p.Sides), p.Workers, func() (experiment.Job[Reading], error) {
		next++
		return p.worker(p.players.of(next-1), watch), nil
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
		return p.enough()
	})
	if err == nil || errors.Is(err, errEnough) {
		p.settle()
		return nil
	}
	return err
}

// enough is asked after every replicate, in their order, whether to stop there. Because
// the order is fixed, it stops at the same run whatever the workers.
func (p *Paired) enough() error {
	if p.steady == nil {
		return nil
	}
	all := true
	last := p.Readings[len(p.Readings)-1]
	for k, s := range p.steady {
		s.Add(&last[k])
		all = s.Enough() && all
	}
	if all {
		return errEnough
	}
	return nil
}

// settle closes a play that was to stop when it is stable.
func (p *Paired) settle() {
	if p.steady == nil {
		return
	}
	if len(p.Readings) == p.Runs {
		p.Unstable = nil
		for _, s := range p.steady {
			for _, q := range s.Wanting() {
				if !slices.Contains(p.Unstable, q) {
					p.Unstable = append(p.Unstable, q)
				}
			}
		}
	}
	p.Runs = len(p.Readings)
}

// Complete tells whether all replicates were played.
func (p *Paired) Complete() bool { return len(p.Readings) == p.Runs }

func (p *Paired) seedOf(replicate int) uint64 { return sim.ReplicateSeed(p.Seed, replicate) }

// worker plays run i: side i modulo the number of sides, of replicate i divided
// by it.
func (p *Paired) worker(player *Player, watch Watcher) experiment.Job[Reading] {
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

// Failures counts the runs of a side that failed, and gives the first of them.
func (p *Paired) Failures(side int) (n int, first Reading) {
	for _, row := range p.Readings {
		if row[side].Err == nil {
			continue
		}
		if n++; n == 1 {
			first = row[side]
		}
	}
	return n, first
}

// Values are those of a quantity on the given sides, replicate by replicate, of those
// replicates in which none of these sides failed.
func (p *Paired) Values(q Quantity, sides ...int) [][]float64 { return p.collect(q.Of, sides...) }

func (p *Paired) collect(value func(*Reading) float64, sides ...int) [][]float64 {
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

// all are the values of every run of a side, NaN for one that failed.
func (p *Paired) all(q Quantity, side int) []float64 {
	list := make([]float64, len(p.Readings))
	for r, row := range p.Readings {
		if list[r] = math.NaN(); row[side].Err == nil {
			list[r] = q.Of(&row[side])
		}
	}
	return list
}

// Counts are the runs of a side with each label, in the order of verdict.Labels,
// and how many runs did not fail.
func (p *Paired) Counts(side int) (counts []int, played int) {
	counts = make([]int, len(verdict.Labels))
	for _, row := range p.Readings {
		if row[side].Err == nil {
			counts[labelAt(row[side].Label)]++
			played++
		}
	}
	return counts, played
}

// Modal is the label that most runs of a side end with; of equals, the one that
// comes first in verdict.Labels.
func (p *Paired) Modal(side int) verdict.Label {
	counts, _ := p.Counts(side)
	best := 0
	for l, n := range counts {
		if n > counts[best] {
			best = l
		}
	}
	return verdict.Labels[best]
}

// Difference is what a measure differs by between the first side and another.
type Difference struct {
	analysis.Estimate         // of the other less the first
	MeanA, MeanB      float64 // of the first side and of the other
	EffectSize        float64 // Cohen's d
	PairedEffectSize  float64 // Cohen's d_z
	None              bool    // not one run differs
}

// Difference compares a side with the first in the end mean of a headline measure.
func (p *Paired) Difference(measure, side int) Difference {
	ends := p.Values(Quantity{Measure: measure}, 0, side)
	a, b := ends[0], ends[1]
	return Difference{
		Estimate: analysis.PairedDifference(a, b), MeanA: Mean(a), MeanB: Mean(b),
		EffectSize: analysis.CohenD(a, b), PairedEffectSize: analysis.PairedD(a, b),
		None: !slices.ContainsFunc(analysis.Differences(a, b), func(x float64) bool { return x != 0 }),
	}
}

// Transitions counts runs by their label on the first side and then on another, by
// place in verdict.Labels.
func (p *Paired) Transitions(side int) [][]int {
	counts := make([][]int, len(verdict.Labels))
	for k := range counts {
		counts[k] = make([]int, len(verdict.Labels))
	}
	for _, row := range p.Readings {
		if row[0].Err == nil && row[side].Err == nil {
			counts[labelAt(row[0].Label)][labelAt(row[side].Label)]++
		}
	}
	return counts
}

// Unmoved is the number of pairs of runs, of the first side and another, and how many
// of them end with the same label.
func (p *Paired) Unmoved(side int) (same, pairs int) {
	for from, counts := range p.Transitions(side) {
		for to, n := range counts {
			if pairs += n; from == to {
				same += n
			}
		}
	}
	return same, pairs
}
