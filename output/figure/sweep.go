package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/frame"
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
	by, err := wordColumns(f, p.xName, p.yName, "label")
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

// diagram is a phase diagram or a heat map.
type diagram struct {
	*plane
	measure string // of a heat map; ""
	bar     axis
}

func planeHeight(s Style) vg.Length { return proportion(s, 74*mm, 96*mm) }

// Phase draws the modal end state over two swept parameters.
func Phase(s *Source) (*Figure, error) {
	const name = "phase"
	p, err := s.plane(name, "")
	if err != nil {
		return nil, err
	}
	d := &diagram{plane: p}
	sign := "letter"
	if !p.grid() {
		sign = "shape"
	}
	var parts []string
	for _, e := range d.present() {
		n := 0
		for k := range p.points {
			if p.points[k].modal() == string(e.label) {
				n++
			}
		}
		parts = append(parts, fmt.Sprintf("%s at %d", e.label.Words(), n))
	}
	return &Figure{
		Name: name, Title: "Phase diagram of end states",
		Caption: "End state that most runs of a point reach (colour and " + sign + "), and the share of runs that do (strength of the colour). " + p.words() + s.failures() +
			" Most frequent: " + world.Listed(parts) + " points. " + s.origin(),
		Alt:  "Phase diagram: the most frequent end state is " + world.Listed(parts) + " points.",
		Data: d.data(), height: planeHeight, draw: d.draw,
	}, nil
}

// present are the end states that are modal somewhere.
func (d *diagram) present() []ending {
	var list []ending
	for _, e := range endings {
		if slices.ContainsFunc(d.points, func(p point) bool { return p.modal() == string(e.label) }) {
			list = append(list, e)
		}
	}
	return list
}

func (d *diagram) data() *frame.Frame {
	var x, y, label []string
	var runs, share, value []float64
	for k := range d.points {
		p := &d.points[k]
		x, y, label = append(x, p.x), append(y, p.y), append(label, p.modal())
		runs, share, value = append(runs, float64(p.runs)), append(share, p.share(p.modal())), append(value, p.value)
	}
	f := &frame.Frame{Columns: []frame.Column{words(d.xName, x), words(d.yName, y), numbers("runs", runs)}}
	if d.measure != "" {
		f.Columns = append(f.Columns, numbers(d.measure, value))
	} else {
		f.Columns = append(f.Columns, words("label", label), numbers("share", share))
	}
	return f
}

// strength is how strongly a share colours a cell: even a narrow majority is seen.
func strength(share float64) float64 { return .25 + .75*math.Max(0, (share-1./6)/(1-1./6)) }

func (d *diagram) draw(p *pen) {
	var side vg.Length
	if d.measure == "" {
		side = d.legendWidth(p)
	} else {
		side = .9*p.Text + p.Tick + p.widest(d.bar.labels(), p.Text) + 3.2*p.Text
	}
	x, y := d.axes(p.Width-side-5*p.Text, p.height-4*p.Text, p.Text)
	f := p.panel(p.room(y), p.foot(x), p.Width-side-1.2*p.Text, p.height-.5*p.Text, x, y)
	if d.grid() {
		d.cells(f)
	} else {
		d.marks(f)
	}
	f.axes()
	if d.measure == "" {
		d.legend(p, pt(p.Width-side, f.top))
		return
	}
	if d.grid() {
		d.contour(f)
	}
	p.bar(p.Width-side, f.bottom, .9*p.Text, f.top-f.bottom, d.bar, viridis)
}

func (d *diagram) colour(q *point) rgb {
	if d.measure != "" {
		return viridis.at(d.bar.norm(q.value))
	}
	return tint(endingOf(q.modal()).colour, strength(q.share(q.modal())))
}

func (d *diagram) cells(f *panel) {
	cols, rows := len(d.xs), len(d.ys)
	f.cells(f.left, f.bottom, f.right-f.left, f.top-f.bottom, cols, rows, func(col, row int) (rgb, bool) {
		q := d.find(col, row)
		if q == nil {
			return white, false
		}
		return d.colour(q), true
	})
	size := min((f.right-f.left)/vg.Length(cols)*.8, (f.top-f.bottom)/vg.Length(rows)*.8, f.Small)
	if d.measure != "" || size < .6*f.Small {
		return
	}
	for col := range cols {
		for row := range rows {
			if q := d.find(col, row); q != nil {
				f.say(endingOf(q.modal()).letter, f.at(float64(col)+.5, float64(row)+.5), middle, size, contrast(d.colour(q)))
			}
		}
	}
}

func (d *diagram) marks(f *panel) {
	r := f.Glyph * vg.Length(math.Max(.5, math.Min(1.6, 14/math.Sqrt(float64(len(d.points))))))
	for k := range d.points {
		q := &d.points[k]
		g := disc
		if d.measure == "" {
			g = endingOf(q.modal()).glyph
		}
		f.mark(g, f.at(d.place(f.x, d.xs, q.x), d.place(f.y, d.ys, q.y)), r, d.colour(q))
	}
}

func (d *diagram) legendWidth(p *pen) vg.Length {
	var most vg.Length
	for _, e := range d.present() {
		most = max(most, p.widest(strings.Fields(output.Capital(e.label.Words())), p.Small))
	}
	return max(most, p.widthOf("Share of runs", p.Small)) + 2.2*p.Text
}

func (d *diagram) legend(p *pen, at vg.Point) {
	y := at.Y - .6*p.Text
	for _, e := range d.present() {
		if d.grid() {
			p.box(at.X, y-.6*p.Text, 1.4*p.Text, 1.2*p.Text, e.colour)
			p.say(e.letter, pt(at.X+.7*p.Text, y), middle, p.Small, contrast(e.colour))
		} else {
			p.mark(e.glyph, pt(at.X+.7*p.Text, y), 1.2*p.Glyph, e.colour)
		}
		for _, word := range strings.Fields(output.Capital(e.label.Words())) {
			p.say(word, pt(at.X+2*p.Text, y), left, p.Small, ink)
			y -= 1.1 * p.Small
		}
		y -= .7 * p.Text
	}
	y -= .3 * p.Text
	p.say("Share of runs", pt(at.X, y), left, p.Small, ink)
	for _, share := range []float64{1, .75, .5, .25} {
		y -= 1.25 * p.Text
		p.box(at.X, y-.6*p.Text, 1.4*p.Text, 1.2*p.Text, tint(grey, strength(share)))
		p.say(percent(share), pt(at.X+2*p.Text, y), left, p.Small, ink)
	}
}

// Heat draws the mean of a measure over two swept parameters.
func Heat(s *Source) (*Figure, error) {
	const name = "heat"
	measure := s.Measure
	if measure == "" {
		measure = "native_reachability"
	}
	if !strings.HasSuffix(measure, "_first") && !strings.HasSuffix(measure, "_last") && !strings.HasSuffix(measure, "_end") {
		measure += "_end"
	}
	p, err := s.plane(name, measure)
	if err != nil {
		return nil, err
	}
	d := &diagram{plane: p, measure: measure}
	low, high := math.Inf(1), math.Inf(-1)
	for _, q := range p.points {
		low, high = min(low, q.value), max(high, q.value)
	}
	low, high = proper(low, high)
	d.bar = bounded(low, high, 6, measureAxis(measure))
	contours := ""
	if p.grid() {
		contours = " Lines are contours at the values that the colour bar names."
	}
	return &Figure{
		Name: name, Title: measureAxis(measure) + " over two parameters",
		Caption: fmt.Sprintf("%s, mean over runs, from %s to %s. %s%s %s", measureAxis(measure), figures(low), figures(high), p.words(), s.failures()+contours, s.origin()),
		Alt:     fmt.Sprintf("Heat map of %s, which lies between %s and %s.", measureAxis(measure), figures(low), figures(high)),
		Data:    d.data(), height: planeHeight, draw: d.draw,
	}, nil
}

// surface is the plane as gonum/plot's contour sees it.
type surface struct{ *diagram }

func (s surface) Dims() (c, r int)   { return len(s.xs), len(s.ys) }
func (s surface) X(c int) float64    { return float64(c) + .5 }
func (s surface) Y(r int) float64    { return float64(r) + .5 }
func (s surface) Z(c, r int) float64 { return s.find(c, r).value }

// contour draws lines of equal value at the ticks of the colour bar.
func (d *diagram) contour(f *panel) {
	if len(d.xs) < 3 || len(d.ys) < 3 {
		return
	}
	var at []float64
	for _, t := range d.bar.ticks {
		if t.at > d.bar.min && t.at < d.bar.max {
			at = append(at, t.at)
		}
	}
	if len(at) == 0 {
		return
	}
	p := plot.New()
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = f.x.min, f.x.max, f.y.min, f.y.max
	lines := new(capture)
	plotter.NewContour(surface{d}, at, nil).Plot(draw.Canvas{
		Canvas: lines, Rectangle: vg.Rectangle{Min: pt(f.left, f.bottom), Max: pt(f.right, f.top)},
	}, p)
	for _, path := range lines.paths {
		f.stroke(path, line{white, 2.2 * f.Thin, nil})
	}
	for _, path := range lines.paths {
		f.stroke(path, line{black, f.Thin, nil})
	}
}

// capture is a canvas that keeps the paths that are stroked on it.
type capture struct{ paths []vg.Path }

func (c *capture) Stroke(p vg.Path)                       { c.paths = append(c.paths, slices.Clone(p)) }
func (c *capture) SetLineWidth(vg.Length)                 {}
func (c *capture) SetLineDash([]vg.Length, vg.Length)     {}
func (c *capture) SetColor(color.Color)                   {}
func (c *capture) Rotate(float64)                         {}
func (c *capture) Translate(vg.Point)                     {}
func (c *capture) Scale(float64, float64)                 {}
func (c *capture) Push()                                  {}
func (c *capture) Pop()                                   {}
func (c *capture) Fill(vg.Path)                           {}
func (c *capture) FillString(font.Face, vg.Point, string) {}
func (c *capture) DrawImage(vg.Rectangle, image.Image)    {}
