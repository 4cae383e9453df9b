package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"splinternet/models"
	"splinternet/models/verdict"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
	"splinternet/sim/analysis"
)

// explainOptions are the flags of explain.
type explainOptions struct {
	playOptions
	scenario                   string
	event, mechanism           []string // only these
	eventsOnly, mechanismsOnly bool
	shapley                    bool
	permutations               int
	measures                   []string // columns of the screen
}

// allEvents is the mechanism that stands for all scheduled events at once.
const allEvents = "events"

// parts are what the options ask about, in the order of the scenario's events and
// of the mechanisms of a tick.
func (o *explainOptions) parts(s *scenarios.Scenario) ([]part, error) {
	all := partsOf(s)
	if err := o.known(all); err != nil {
		return nil, err
	}
	named := len(o.event)+len(o.mechanism) > 0
	list := slices.DeleteFunc(all, func(p part) bool {
		switch {
		case named && p.kind == eventPart:
			return !slices.Contains(o.event, p.name)
		case named:
			return !slices.Contains(o.mechanism, p.name)
		case p.kind == eventPart:
			return o.mechanismsOnly
		}
		return o.eventsOnly
	})
	if o.shapley && slices.ContainsFunc(list, func(p part) bool { return p.kind == eventPart }) {
		// A division counts nothing twice: the events stand for themselves.
		list = slices.DeleteFunc(list, func(p part) bool { return p == part{mechanismPart, allEvents} })
	}
	if len(list) == 0 {
		return nil, misuse(errors.New("the scenario has nothing of that kind: the outcome cannot be owed to it"))
	}
	return list, nil
}

// partsOf are the events and the mechanisms of a scenario that are switched on.
func partsOf(s *scenarios.Scenario) []part {
	var all []part
	for _, e := range s.Settings.Events {
		if !s.Settings.Off[allEvents] {
			all = append(all, part{eventPart, e.Name})
		}
	}
	for _, m := range models.Mechanisms() {
		if !s.Settings.Off[m.Name] {
			all = append(all, part{mechanismPart, m.Name})
		}
	}
	return all
}

// known refuses names that the scenario does not have.
func (o *explainOptions) known(all []part) error {
	for _, asked := range []struct {
		kind  string
		names []string
	}{{eventPart, o.event}, {mechanismPart, o.mechanism}} {
		var has []string
		for _, p := range all {
			if p.kind == asked.kind {
				has = append(has, p.name)
			}
		}
		for _, name := range asked.names {
			if !slices.Contains(has, name) {
				return misuse(fmt.Errorf("the scenario has no %s %q that is switched on", asked.kind, name),
					didYouMean(name, has), "it has "+strings.Join(has, ", "))
			}
		}
	}
	return nil
}

// attribute says how much of a scenario's outcome is owed to each of its parts.
func attribute(ctx context.Context, c *console, o explainOptions) error {
	began := time.Now()
	if err := o.check(kind.Explanation); err != nil {
		return err
	}
	if o.eventsOnly && o.mechanismsOnly {
		return misuse(errors.New("--events is only events, and --mechanisms only mechanisms"), "leave both out for both")
	}
	if err := checkHeadlines(o.measures...); err != nil {
		return err
	}
	sides, err := loadSides(c, []string{o.scenario}, o.overrides())
	if err != nil {
		return err
	}
	parts, err := o.parts(sides[0].Scenario)
	if err != nil {
		return err
	}
	e := &explanation{full: sides[0], parts: parts, options: o}
	if o.shapley {
		err = e.divide(ctx, c)
		if err == nil {
			err = o.deliver(c, e.finding(), began)
		}
		return err
	}
	playing := e.without(ctx, c)
	if e.runs() == 0 {
		return interrupted(playing, 0, o.runs, "run")
	}
	if err := o.deliver(c, e.finding(), began); err != nil {
		return err
	}
	return interrupted(playing, e.runs(), o.runs, "run")
}

// explanation is what is known of the parts of a scenario.
type explanation struct {
	full    side
	parts   []part
	options explainOptions
	played  *paired // the whole first, then what it was compared with

	label verdict.Label // that most runs end with
	// effects are, for every outcome and part, the outcome with the part less the
	// outcome without it.
	effects [][]analysis.Estimate
	total   []analysis.Estimate // by outcome: the whole less that without all parts; only of a division
	sets    int                 // coalitions that were played; only of a division
	exact   bool
}

// outcomes are the headline measures and, last, the share of runs that end with
// the label that most end with.
func (e *explanation) outcomes() []string { return append(headlineNames(), string(e.label)) }

func (e *explanation) runs() int { return len(e.played.Readings) }

// without plays the scenario whole and without one part after the other.
func (e *explanation) without(ctx context.Context, c *console) error {
	sides := []side{e.full}
	for _, p := range e.parts {
		sides = append(sides, e.full.lacking(p.name, []part{p}))
	}
	e.played = pair(sides, e.options.seed, e.options.runs, e.options.workers)
	playing := e.played.play(ctx, c)
	e.label = e.played.modal(0)
	for _, outcome := range e.outcomes() {
		row := make([]analysis.Estimate, len(e.parts))
		for k := range e.parts {
			values := e.played.Collect(e.value(outcome), 0, k+1)
			row[k] = unanimous(outcome, analysis.PairedDifference(values[1], values[0]))
		}
		e.effects = append(e.effects, row)
	}
	return playing
}

// unanimous widens the interval of a change of share that every run makes: that
// all of a few runs do is no proof that all do, and Wilson's interval says how many.
func unanimous(outcome string, e analysis.Estimate) analysis.Estimate {
	if slices.Contains(headlineNames(), outcome) || e.Value == 0 || e.Low != e.High {
		return e
	}
	low, _ := analysis.Wilson(e.N, e.N)
	e.Low, e.High = min(e.Value, low*e.Value), max(e.Value, low*e.Value)
	return e
}

// modal is the label that most runs of a side end with; of equals, the one that
// comes first in verdict.Labels.
func (p *paired) modal(side int) verdict.Label {
	counts, _ := p.Counts(side)
	best := 0
	for l, n := range counts {
		if n > counts[best] {
			best = l
		}
	}
	return verdict.Labels[best]
}

// value reads an outcome from a run.
func (e *explanation) value(outcome string) func(*pairs.Reading) float64 {
	if m := slices.Index(headlineNames(), outcome); m >= 0 {
		return func(r *pairs.Reading) float64 { return r.Moments[m].End }
	}
	return func(r *pairs.Reading) float64 {
		if r.Label == e.label {
			return 1
		}
		return 0
	}
}

// divide plays the coalitions of parts that a Shapley division needs.
func (e *explanation) divide(ctx context.Context, c *console) error {
	if err := e.checkDivision(); err != nil {
		return err
	}
	played := &coalitions{e: e, known: map[uint64]int{}}
	progress := newProgress(c, e.upperBound()*e.options.runs, e.full.Scenario.Calendar)
	progress.begin()
	err := e.shapley(ctx, played, progress)
	progress.end()
	if errors.Is(err, context.Canceled) {
		return failed(errors.New("interrupted: a division needs all its coalitions, and nothing was written"),
			"fewer --permutations, or fewer parts, take less time")
	}
	if err != nil {
		return failed(err)
	}
	return nil
}

// checkDivision refuses what the mathematics does, in the words of the flags.
func (e *explanation) checkDivision() error {
	const most = 64
	if n := len(e.parts); n > most {
		return misuse(fmt.Errorf("%d parts are too many for a division; allowed: up to %d", n, most),
			"--events, --mechanisms, --event NAME and --mechanism NAME choose")
	}
	if e.options.permutations < 0 {
		return misuse(fmt.Errorf("--permutations %d: at least 1, or 0 for all coalitions of up to %d parts", e.options.permutations, allCoalitions))
	}
	if len(e.parts) > allCoalitions && e.options.permutations == 0 {
		e.options.permutations = usualPermutations
	}
	return nil
}

// allCoalitions is the number of parts up to which all coalitions are played
// unless permutations are asked for; with more, usualPermutations are drawn.
const (
	allCoalitions     = 6
	usualPermutations = 10
)

// upperBound is the most coalitions that there can be.
func (e *explanation) upperBound() int {
	n := len(e.parts)
	if e.options.permutations == 0 {
		return 1 << n
	}
	most := 2*e.options.permutations*(n-1) + 2
	if n < 20 {
		return min(1<<n, most)
	}
	return most
}

// coalitions remembers the runs of the coalitions that were played.
type coalitions struct {
	e       *explanation
	known   map[uint64]int // never ranged over
	list    []*paired
	players pairs.Players
}

// play plays the scenario with a set of its parts and without the others.
func (s *coalitions) play(ctx context.Context, set uint64, progress *progress) (*paired, error) {
	if k, ok := s.known[set]; ok {
		return s.list[k], nil
	}
	var missing []part
	for k, p := range s.e.parts {
		if set>>k&1 == 0 {
			missing = append(missing, p)
		}
	}
	o := &s.e.options
	p := pair([]side{s.e.full.lacking("coalition", missing)}, o.seed, o.runs, o.workers)
	p.Players = &s.players
	if err := p.Play(ctx, progress, len(s.list)*o.runs); err != nil {
		return nil, err
	}
	s.known[set] = len(s.list)
	s.list = append(s.list, p)
	return p, nil
}

// shapley divides every outcome. All divisions see the same coalitions, so only
// the first has to play them.
func (e *explanation) shapley(ctx context.Context, played *coalitions, progress *progress) error {
	all := uint64(1)<<len(e.parts) - 1
	if len(e.parts) == 64 {
		all = math.MaxUint64
	}
	whole, err := played.play(ctx, all, progress)
	if err != nil {
		return err
	}
	e.played, e.label = whole, whole.modal(0)
	e.played.sides[0].Name = e.full.Name
	for _, outcome := range e.outcomes() {
		value := e.value(outcome)
		a, err := analysis.Shapley(len(e.parts), e.options.permutations, e.options.seed, func(set uint64) ([]float64, error) {
			p, err := played.play(ctx, set, progress)
			if err != nil {
				return nil, err
			}
			return p.sample(value), nil
		})
		if err != nil {
			return err
		}
		for k := range a.Players {
			a.Players[k] = unanimous(outcome, a.Players[k])
		}
		e.effects, e.total = append(e.effects, a.Players), append(e.total, a.Total)
		e.sets, e.exact = a.Sets, a.Exact
	}
	return nil
}

// sample is a value of every run of the first side, NaN for one that failed.
func (p *paired) sample(value func(*pairs.Reading) float64) []float64 {
	list := make([]float64, len(p.Readings))
	for r, row := range p.Readings {
		if list[r] = math.NaN(); row[0].Err == nil {
			list[r] = value(&row[0])
		}
	}
	return list
}

func (e *explanation) method() string {
	if e.options.shapley {
		return "shapley"
	}
	return "without"
}

func (e *explanation) finding() *finding {
	m := study.New(kind.Explanation)
	e.played.identify(m)
	m.Scenarios = m.Scenarios[:1]
	m.Options["method"] = e.method()
	if e.options.shapley {
		m.Options["permutations"], m.Options["coalitions"] = e.options.permutations, e.sets
	}
	m.Warnings = append(append(m.Warnings, e.played.failureWarnings()...), fewRuns(e.runs())...)
	t := study.NewTable("explain", slices.Concat(study.Words("measure", "part", "kind"),
		study.Numbers("effect", "low", "high"), study.Wholes("runs"), study.Words("method"))...)
	for o, outcome := range e.outcomes() {
		for k, p := range e.parts {
			x := e.effects[o][k]
			t.Row(outcome, p.name, p.kind, x.Value, x.Low, x.High, x.N, e.method())
		}
	}
	changed := study.NewTable("explain_changes", slices.Concat(study.Words("measure"), study.Numbers("first", "end", "change"))...)
	for o, name := range headlineNames() {
		x := e.change(o)
		changed.Row(name, x.from, x.to, x.to-x.from)
	}
	return &finding{
		manifest: m, tables: []*study.Table{t, changed},
		raw: []*study.Table{e.played.runsTable("without")}, tell: e.tell,
	}
}

// change is how a measure moves in the whole scenario.
type change struct{ from, to float64 }

func (e *explanation) change(measure int) change {
	first := e.played.Collect(func(r *pairs.Reading) float64 { return r.Moments[measure].First }, 0)[0]
	return change{pairs.Mean(first), pairs.Mean(e.played.Ends(measure, 0)[0])}
}
