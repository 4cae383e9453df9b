package studies

import (
	"context"
	"slices"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
)

// Headlines are the headline measures, by index in measures.All.
var Headlines = func() (list []int) {
	for k, m := range measures.All() {
		if m.Headline {
			list = append(list, k)
		}
	}
	return list
}()

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

// Quantity is what a study estimates of a scenario: the mean of a headline measure over
// the last two years of a run, or the share of runs that end with a label.
type Quantity struct {
	Measure int           // by place in Headlines, of a mean
	Label   verdict.Label // of a share; "" for a mean
}

// Means are the quantities of the headline measures, in their order.
func Means() []Quantity {
	list := make([]Quantity, len(Headlines))
	for m := range list {
		list[m].Measure = m
	}
	return list
}

// HeadlineNames are the names of the headline measures, in their order.
func HeadlineNames() []string {
	var names []string
	for _, q := range Means() {
		names = append(names, q.Name())
	}
	return names
}

// Share tells whether it is the share of runs with a label.
func (q Quantity) Share() bool { return q.Label != "" }

// Name is the name of the measure, or the label.
func (q Quantity) Name() string {
	if q.Share() {
		return string(q.Label)
	}
	return measures.All()[Headlines[q.Measure]].Name
}

// Title is the name for people.
func (q Quantity) Title() string {
	if q.Share() {
		return q.Label.Words()
	}
	return measures.All()[Headlines[q.Measure]].Title
}

// Of is the quantity of one run: a mean, or 1 for a run with the label and 0 for others.
func (q Quantity) Of(r *Reading) float64 {
	switch {
	case !q.Share():
		return r.Moments[q.Measure].End
	case r.Label == q.Label:
		return 1
	}
	return 0
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

// players are the simulations of workers, which play one batch of runs after another.
type players struct{ list []*Player }

// of is the player of worker k, counted from 0.
func (p *players) of(k int) *Player {
	for k >= len(p.list) {
		p.list = append(p.list, new(Player))
	}
	return p.list[k]
}

// headlineRecording keeps the headline measures and counts the ticks.
func headlineRecording(watch Watcher) models.Recording {
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

// labelAt is the place of a label in verdict.Labels.
func labelAt(l verdict.Label) int { return slices.Index(verdict.Labels, l) }
