package figure

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"splinternet/output/frame"
)

// paths are the values of one measure in all runs, tick by tick.
type paths struct {
	years []float64   // by tick
	runs  [][]float64 // by run, by tick
}

// paths reads a measure of ticks.csv.
func (s *Source) paths(figure, measure string) (*paths, error) {
	f, err := s.ticks(figure)
	if err != nil {
		return nil, err
	}
	if !f.Has(measure) {
		return nil, &MissingError{
			figure, fmt.Sprintf("ticks.csv of %s has no column %s", s.Dir, measure),
			"add it to the scenario's list of measures, or leave the list out, and run again",
		}
	}
	c, err := columns(f.Numbers, "run", "tick", measure)
	if err != nil {
		return nil, err
	}
	dates, err := f.Words("date")
	if err != nil {
		return nil, err
	}
	p := new(paths)
	last := math.NaN()
	for row := range c[0] {
		if c[0][row] != last {
			last = c[0][row]
			p.runs = append(p.runs, nil)
		}
		n := len(p.runs) - 1
		p.runs[n] = append(p.runs[n], c[2][row])
		if n == 0 {
			p.years = append(p.years, year(dates[row]))
		}
	}
	for _, run := range p.runs {
		if len(run) != len(p.years) {
			return nil, fmt.Errorf("ticks.csv of %s is damaged: its runs have different numbers of ticks", s.Dir)
		}
	}
	return p, nil
}

// ticks is the table of ticks, with rows.
func (s *Source) ticks(figure string) (*frame.Frame, error) {
	if s.results == nil || !s.has("ticks") {
		return nil, &MissingError{figure, s.Dir + " holds no ticks.csv: it is no folder of runs", s.commandFor("run")}
	}
	f, err := s.table("ticks")
	if err != nil {
		return nil, err
	}
	if f.Rows() == 0 {
		return nil, &MissingError{figure, "ticks.csv of " + s.Dir + " has no rows", s.commandFor("run")}
	}
	return f, nil
}

// quantiles are the quantiles of a measure over runs at every tick.
func (p *paths) quantiles(shares ...float64) [][]float64 {
	list := make([][]float64, len(shares))
	at := make([]float64, 0, len(p.runs))
	for t := range p.years {
		at = at[:0]
		for _, run := range p.runs {
			if !math.IsNaN(run[t]) {
				at = append(at, run[t])
			}
		}
		slices.Sort(at)
		for k, share := range shares {
			q := math.NaN()
			if len(at) > 0 {
				q = stat.Quantile(share, stat.LinInterp, at, nil)
			}
			list[k] = append(list[k], q)
		}
	}
	return list
}

// mean of a measure over runs at every tick.
func (p *paths) mean() []float64 {
	list := make([]float64, len(p.years))
	for t := range list {
		n := 0
		for _, run := range p.runs {
			if !math.IsNaN(run[t]) {
				list[t] += run[t]
				n++
			}
		}
		list[t] /= float64(n)
	}
	return list
}
