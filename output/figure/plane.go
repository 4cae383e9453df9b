package figure

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/output"
	"splinternet/output/kind"
)

// beforeFactors and afterFactors are the columns between which the swept parameters
// stand in a table of runs.
const (
	beforeFactors = "seed"
	afterFactors  = "label"
)

// isSweep tells whether the folder holds runs at many points.
func isSweep(s *Source) bool { return s.kind == kind.Sweep }

// IsSweep tells whether the folder holds a sweep.
func (s *Source) IsSweep() bool { return isSweep(s) }

// factors are the swept parameters of a sweep, by address; nil elsewhere.
func (s *Source) factors() []string {
	if !isSweep(s) || !s.has("runs") {
		return nil
	}
	f, err := s.table("runs")
	if err != nil {
		return nil // whoever reads the table next reports it
	}
	names := f.Names()
	from, to := slices.Index(names, beforeFactors)+1, slices.Index(names, afterFactors)
	if from < 1 || to < from {
		return nil
	}
	return names[from:to]
}

// point is what came of one point of a sweep.
type point struct {
	outcome
	x, y  string
	value float64 // mean of a measure over its runs
}

// plane is a sweep seen along two of its factors.
type plane struct {
	xName, yName string
	points       []point
	xs, ys       []string // the levels, in order
	others       int      // factors that vary, too
	runs         int
}

// plane reads a sweep by two factors: those that X and Y name, else the only two.
func (s *Source) plane(figure, measure string) (*plane, error) {
	if !isSweep(s) || !s.has("runs") {
		return nil, &MissingError{
			figure, s.Dir + " holds no sweep",
			"splinternet sweep SCENARIO --vary influence.bound --vary standards.network --design grid --levels 8 --runs 20 --out DIR",
		}
	}
	factors := s.factors()
	p := &plane{xName: s.X, yName: s.Y}
	if len(factors) >= 2 {
		free := func(taken string) string {
			return factors[slices.IndexFunc(factors, func(f string) bool { return f != taken })]
		}
		if p.xName == "" {
			p.xName = free(p.yName)
		}
		if p.yName == "" {
			p.yName = free(p.xName)
		}
	}
	if len(factors) < 2 {
		return nil, &MissingError{
			figure, fmt.Sprintf("the sweep in %s varies %s, and the figure needs two factors", s.Dir, output.Count(len(factors), "factor")),
			"sweep a second one: --vary KEY=RANGE; --figure verdicts shows a few points of one factor",
		}
	}
	for _, f := range []string{p.xName, p.yName} {
		if !slices.Contains(factors, f) {
			return nil, unknown(figure, fmt.Sprintf("the sweep does not vary %q", f), "factors for --x and --y: "+strings.Join(factors, ", "))
		}
	}
	if p.xName == p.yName {
		return nil, unknown(figure, "--x and --y name the same factor", "factors: "+strings.Join(factors, ", "))
	}
	p.others = len(factors) - 2
	return p, p.read(s, figure, measure)
}

func (p *plane) read(s *Source, figure, measure string) error {
	f, err := s.table("runs")
	if err != nil {
		return err
	}
	by, err := columns(f.Words, p.xName, p.yName, "label")
	if err != nil {
		return err
	}
	var values []float64
	if measure != "" {
		if values, err = f.Numbers(measure); err != nil {
			var allowed []string
			for _, n := range f.Names() {
				if strings.HasSuffix(n, "_end") {
					allowed = append(allowed, strings.TrimSuffix(n, "_end"))
				}
			}
			return unknown(figure, fmt.Sprintf("the sweep has no measure %q", strings.TrimSuffix(measure, "_end")), "measures for --measure: "+strings.Join(allowed, ", "))
		}
	}
	index := map[[2]string]int{}
	for row, label := range by[2] {
		if label == "" {
			continue // a run that failed
		}
		key := [2]string{by[0][row], by[1][row]}
		k, ok := index[key]
		if !ok {
			k = len(p.points)
			index[key] = k
			p.points = append(p.points, point{outcome: outcome{counts: map[string]int{}}, x: key[0], y: key[1]})
		}
		p.points[k].counts[label]++
		p.points[k].runs++
		p.runs++
		if values != nil {
			p.points[k].value += values[row]
		}
	}
	if len(p.points) == 0 {
		return &MissingError{figure, "the sweep in " + s.Dir + " has no finished run", "splinternet sweep --plan " + s.Dir + " --resume"}
	}
	for k := range p.points {
		p.points[k].value /= float64(p.points[k].runs)
		p.xs, p.ys = append(p.xs, p.points[k].x), append(p.ys, p.points[k].y)
	}
	p.xs, p.ys = levels(p.xs), levels(p.ys)
	return nil
}

// levels are the distinct values, sorted as numbers where they are.
func levels(values []string) []string {
	values = distinct(values)
	slices.SortStableFunc(values, func(a, b string) int {
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		switch {
		case errX != nil || errY != nil:
			return strings.Compare(a, b)
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return values
}

// grid tells whether the points fill a grid, so that they can be cells.
func (p *plane) grid() bool {
	return len(p.points) == len(p.xs)*len(p.ys) && len(p.xs) <= 60 && len(p.ys) <= 60 && len(p.points) > 3
}

// runsEach words how many runs a point has.
func (p *plane) runsEach() string {
	least, most := p.points[0].runs, p.points[0].runs
	for _, q := range p.points {
		least, most = min(least, q.runs), max(most, q.runs)
	}
	if least == most {
		return output.Count(least, "run")
	}
	return fmt.Sprintf("%d to %d runs", least, most)
}

func (p *plane) words() string {
	form := "cell"
	if !p.grid() {
		form = "mark"
	}
	text := fmt.Sprintf("%d points in the plane of %s and %s, %s each", len(p.points), parameterName(p.xName), parameterName(p.yName), p.runsEach())
	if p.others > 0 {
		text += fmt.Sprintf("; %s over the whole of their ranges besides", counted(p.others, "further factor varies", "further factors vary"))
	}
	return text + fmt.Sprintf(". Each %s is a point.", form)
}

// axes are those of the plane: levels of equal size for a grid, else numbers.
func (p *plane) axes(wide, tall vg.Length, text vg.Length) (x, y axis) {
	if p.grid() {
		return categories(p.xs, parameterName(p.xName), int(wide/(2.6*text))), categories(p.ys, parameterName(p.yName), int(tall/(1.5*text)))
	}
	return numeric(p.xs, parameterName(p.xName), int(wide/(4*text))), numeric(p.ys, parameterName(p.yName), int(tall/(3*text)))
}

// categories is an axis of cells of equal size, of which at most n are named.
func categories(levels []string, label string, n int) axis {
	a := axis{max: float64(len(levels)), label: label}
	step := (len(levels) + max(n, 1) - 1) / max(n, 1)
	for k := 0; k < len(levels); k += step {
		a.ticks = append(a.ticks, tick{float64(k) + .5, levelLabel(levels[k])})
	}
	return a
}

// levelLabel is a level without digits that nobody reads.
func levelLabel(s string) string {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return plainName(s)
	}
	return strings.Replace(strconv.FormatFloat(x, 'g', 3, 64), "-", "−", 1)
}

func numeric(levels []string, label string, n int) axis {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range levels {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return categories(levels, label, n)
		}
		low, high = min(low, x), max(high, x)
	}
	return linear(low, high, n, label)
}

// place is where a level lies on an axis.
func (p *plane) place(a axis, levels []string, level string) float64 {
	if x, err := strconv.ParseFloat(level, 64); err == nil && !p.grid() && a.max != float64(len(levels)) {
		return x
	}
	return float64(slices.Index(levels, level)) + .5
}

// find is the point of a cell, or nil.
func (p *plane) find(col, row int) *point {
	for k := range p.points {
		if p.points[k].x == p.xs[col] && p.points[k].y == p.ys[row] {
			return &p.points[k]
		}
	}
	return nil
}
