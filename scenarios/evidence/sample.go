package evidence

import (
	"context"
	"fmt"
	"math"
	"strings"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

// A quantity is something read off a run, by name:
//
//	measure           mean of its last two years
//	first:measure     mean of its first three years
//	label:LABEL       1 if the run ends in that state
//	wrong             share of incidents for which the wrong state is blamed
//	yes:TEXT          share of yes among the votes on a text
//	coverage:TEXT     share of world power and users that a text covers at the end, 0 without the text
//	compliance:TEXT   mean compliance of its adherents at the end
//	legitimacy:FORUM  legitimacy of a forum at the end
//
// It is NaN where the run has no such thing.
type quantity = string

// side is one side of a comparison: a scenario of the library with changes.
type side struct {
	scenario string
	changes  string // TOML that extends it
}

// text is the side as a scenario file.
func (s side) text() string {
	return fmt.Sprintf("title = %q\nextends = %q\n%s", "One side of a comparison", s.scenario, s.changes)
}

// sampler plays sides with the same seeds, each only once for all that is asked of it.
type sampler struct {
	runs       int
	workers    int
	quantities map[side][]quantity
	values     map[side]map[quantity][]float64
}

func newSampler(runs, workers int) *sampler {
	return &sampler{
		runs: runs, workers: workers,
		quantities: map[side][]quantity{}, values: map[side]map[quantity][]float64{},
	}
}

// want asks for a quantity of a side before play.
func (s *sampler) want(of side, q quantity) {
	for _, known := range s.quantities[of] {
		if known == q {
			return
		}
	}
	s.quantities[of] = append(s.quantities[of], q)
}

// of returns a quantity of a side by replicate, played on first use.
func (s *sampler) of(ctx context.Context, of side, q quantity) ([]float64, error) {
	if s.values[of] == nil {
		values, err := s.play(ctx, of, s.quantities[of])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", of.scenario, err)
		}
		s.values[of] = values
	}
	values, ok := s.values[of][q]
	if !ok {
		return nil, fmt.Errorf("%s was not asked for %s", of.scenario, q)
	}
	return values, nil
}

func (s *sampler) play(ctx context.Context, of side, quantities []quantity) (map[quantity][]float64, error) {
	loaded, err := scenarios.Parse("evidence.toml", of.text(), scenarios.Options{})
	if err != nil {
		return nil, err
	}
	values := map[quantity][]float64{}
	for _, q := range quantities {
		values[q] = make([]float64, 0, s.runs)
	}
	newJob := func() (experiment.Job[[]float64], error) {
		m, err := loaded.Simulation()
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, i int) ([]float64, error) {
			return observe(ctx, m, loaded.Calendar, sim.ReplicateSeed(1, i), quantities)
		}, nil
	}
	_, err = experiment.Ordered(ctx, 0, s.runs, s.workers, newJob, func(_ int, row []float64, failure *experiment.Failure) error {
		if failure != nil {
			return failure
		}
		for k, q := range quantities {
			values[q] = append(values[q], row[k])
		}
		return nil
	})
	return values, err
}

// observe plays one run and reads the quantities.
func observe(ctx context.Context, m *models.Simulation, calendar sim.Calendar, seed uint64, quantities []quantity) ([]float64, error) {
	row := make([]float64, len(quantities))
	for k := range row {
		row[k] = math.NaN()
	}
	record := models.Recording{
		Stride: 4, Keep: kept(quantities),
		Each: func(now *sim.Tick, w *world.World) error {
			if now.Index == calendar.Ticks-1 {
				for k, q := range quantities {
					if kind, name, ok := strings.Cut(q, ":"); ok {
						row[k] = atTheEnd(w, kind, name)
					}
				}
			}
			return nil
		},
	}
	for _, q := range quantities {
		record.Chronicle = record.Chronicle || strings.HasPrefix(q, "yes:")
	}
	r, err := m.Run(ctx, seed, record)
	if err != nil {
		return nil, err
	}
	perYear := calendar.PerYear()
	for k, q := range quantities {
		kind, name, qualified := strings.Cut(q, ":")
		switch {
		case q == "wrong":
			row[k] = total(r.Series.Of("misattributed")) / total(r.Series.Of("incidents"))
		case !qualified:
			row[k] = mean(tail(r.Series.Of(q), 2*perYear))
		case kind == "first":
			row[k] = mean(r.Series.Of(name)[:min(3*perYear, calendar.Ticks)])
		case kind == "label":
			row[k] = number(string(r.Verdict.Label) == name)
		case kind == "yes":
			for _, e := range r.Entries {
				if e.Kind == "vote" && e.Name == name {
					row[k] = float64(e.Yes) / float64(e.Yes+e.No+e.Abstain)
				}
			}
		}
	}
	return row, nil
}

// kept are the measures that the quantities need: structural ones are costly.
func kept(quantities []quantity) []bool {
	keep := make([]bool, len(measures.All()))
	mark := func(name string) {
		if k := measures.Find(name); k >= 0 {
			keep[k] = true
		}
	}
	for _, q := range quantities {
		kind, name, qualified := strings.Cut(q, ":")
		switch {
		case q == "wrong":
			mark("misattributed")
			mark("incidents")
		case !qualified:
			mark(q)
		case kind == "first":
			mark(name)
		}
	}
	return keep
}

// atTheEnd reads what only the world at the end knows.
func atTheEnd(w *world.World, kind, name string) float64 {
	switch kind {
	case "legitimacy":
		if k := w.FindForum(name); k >= 0 {
			return w.Forums[k].Legitimacy
		}
	case "coverage":
		t := w.FindText(name)
		if t < 0 {
			return 0
		}
		covered := 0.0
		for i := range w.States.N {
			if w.Texts[t].Covers(i) {
				covered += w.Weight(i)
			}
		}
		return covered
	case "compliance":
		t := w.FindText(name)
		if t < 0 {
			return math.NaN()
		}
		sum, n := 0.0, 0.0
		for i := range w.States.N {
			if w.Texts[t].Covers(i) {
				sum += w.Texts[t].Compliance[i]
				n++
			}
		}
		return sum / n
	}
	return math.NaN()
}

func tail(x []float64, n int) []float64 { return x[max(0, len(x)-n):] }

// mean of what is known: structural measures are read once a year and blank between.
func mean(x []float64) float64 {
	sum, n := 0.0, 0.0
	for _, v := range x {
		if !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	return sum / n
}

// powerOf is the share of world power that a group has at the start of a side.
func powerOf(of side, group string) (float64, error) {
	s, err := scenarios.Parse("evidence.toml", of.text(), scenarios.Options{})
	if err != nil {
		return 0, err
	}
	k := s.World.FindGroup(group)
	if k < 0 {
		return 0, fmt.Errorf("%s has no group %s", of.scenario, group)
	}
	sum := 0.0
	for _, i := range s.World.Groups[k].Members {
		sum += s.World.States.Power[i]
	}
	return sum, nil
}
