package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/frame"
)

// analysis reads a table of an analysis, or says which command makes it.
func (s *Source) analysis(figure, table, command string) (*frame.Frame, error) {
	if !s.has(table) {
		return nil, &MissingError{figure, fmt.Sprintf("%s has no table %s", s.Dir, table), command}
	}
	f, err := s.table(table)
	if err != nil {
		return nil, err
	}
	if f.Rows() == 0 {
		return nil, &MissingError{figure, fmt.Sprintf("table %s of %s has no rows", table, s.Dir), command}
	}
	return f, nil
}

// read reads columns of words and of numbers of a table that an analysis wrote.
func (s *Source) read(figure, table, command string, words, numbers []string) (f *frame.Frame, w [][]string, n [][]float64, err error) {
	if f, err = s.analysis(figure, table, command); err != nil {
		return nil, nil, nil, err
	}
	if w, err = wordColumns(f, words...); err != nil {
		return nil, nil, nil, err
	}
	n, err = columns(f, numbers...)
	return f, w, n, err
}

// chosen is the measures of a table in the order of measures.All, those of the
// verdict first, at most n; or the one that Measure names.
func (s *Source) chosen(figure string, names []string, n int) ([]string, error) {
	all := distinct(names)
	if s.Measure != "" {
		for _, m := range []string{s.Measure, s.Measure + "_end"} {
			if slices.Contains(all, m) {
				return []string{m}, nil
			}
		}
		return nil, unknown(figure, fmt.Sprintf("the table has no measure %q", s.Measure), "measures for --measure: "+strings.Join(all, ", "))
	}
	rank := func(name string) int {
		base := strings.TrimSuffix(name, "_end")
		if k := slices.Index(decisive, base); k >= 0 {
			return k
		}
		if k := measures.Find(base); k >= 0 {
			return len(decisive) + k
		}
		return 1000
	}
	slices.SortStableFunc(all, func(a, b string) int { return rank(a) - rank(b) })
	return all[:min(n, len(all))], nil
}

// decisive are the measures that decide the verdict.
var decisive = []string{"native_reachability", "cooperation_depth", "openness", "recovery", "hostility"}

// outcomeName is a measure, or an end state whose share was analysed.
func outcomeName(name string) string {
	for _, l := range verdict.Labels {
		if strings.TrimPrefix(name, "label.") == string(l) || strings.TrimPrefix(name, "share.") == string(l) {
			return "Share of " + l.Words()
		}
	}
	if strings.ContainsAny(name, "<>|&") {
		return conditionWords(name)
	}
	return measureName(strings.TrimSuffix(name, "_end"))
}

// conditionWords writes a condition on measures or end states in words.
func conditionWords(s string) string {
	byLength := slices.Clone(measures.All())
	slices.SortStableFunc(byLength, func(a, b measures.Measure) int { return len(b.Name) - len(a.Name) })
	for _, m := range byLength {
		s = strings.ReplaceAll(s, m.Name+"_end", m.Title)
		s = strings.ReplaceAll(s, m.Name, m.Title)
	}
	for _, l := range verdict.Labels {
		s = strings.ReplaceAll(s, string(l), l.Words())
	}
	s = strings.NewReplacer("<=", " ≤ ", ">=", " ≥ ", "<", " < ", ">", " > ", "|", " or ", "&", " and ").Replace(s)
	return output.Capital(strings.Join(strings.Fields(s), " "))
}

// facets lays n panels out in a row or in rows of at most cols.
func facets(n int, s Style) (cols, rows int) {
	cols = min(n, 4)
	if n > 4 {
		cols = 3
	}
	if s.narrow() {
		cols = min(n, 2)
	}
	return cols, (n + cols - 1) / cols
}

// elementary is one parameter of a Morris screening.
type elementary struct {
	parameter            string
	star, low, high, dev float64
}

// scatter is mu* against sigma, a panel for each measure.
type scatter struct {
	measures []string
	effects  [][]elementary // by measure, from large to small
	table    *frame.Frame
}

// Morris draws the elementary effects of a screening.
func Morris(s *Source) (*Figure, error) {
	const name = "morris"
	f, w, n, err := s.read(name, "morris", "splinternet sweep SCENARIO --vary all --design morris --out DIR && splinternet sensitivity DIR",
		[]string{"measure", "parameter"}, []string{"mu_star", "mu_star_low", "mu_star_high", "sigma", "trajectories"})
	if err != nil {
		return nil, err
	}
	c := &scatter{table: f}
	if c.measures, err = s.chosen(name, w[0], 4); err != nil {
		return nil, err
	}
	for _, m := range c.measures {
		var list []elementary
		for row := range w[0] {
			if w[0][row] == m {
				list = append(list, elementary{w[1][row], n[0][row], n[1][row], n[2][row], n[3][row]})
			}
		}
		slices.SortStableFunc(list, func(a, b elementary) int { return sign(b.star - a.star) })
		c.effects = append(c.effects, list)
	}
	var parts []string
	for k, m := range c.measures {
		parts = append(parts, fmt.Sprintf("%s: %s", outcomeName(m), parameterName(c.effects[k][0].parameter)))
	}
	return &Figure{
		Name: name, Title: "Screening of parameters (Morris)",
		Caption: fmt.Sprintf("Elementary effects of %d parameters over their ranges, from %d trajectories: mean of their sizes (μ*) with 95 %% bootstrap interval, and standard deviation (σ). "+
			"Points on or above the dashed line, σ = μ*, act through interactions or curvature. Largest effect: %s. %s", len(c.effects[0]), int(n[4][0]), strings.Join(parts, "; "), s.origin()),
		Alt:  "Scatter of the size of elementary effects against their spread. Largest effect: " + strings.Join(parts, "; ") + ".",
		Data: f,
		height: func(st Style) vg.Length {
			cols, rows := c.grid(st)
			return vg.Length(rows) * min(78*mm*st.Text/8, st.Width/vg.Length(cols)*.66*vg.Length(min(cols, 2)))
		},
		draw: c.draw,
	}, nil
}

func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// grid has panels wide enough for the names in them.
func (c *scatter) grid(s Style) (cols, rows int) {
	cols = min(2, len(c.measures))
	if s.narrow() {
		cols = 1
	}
	return cols, (len(c.measures) + cols - 1) / cols
}

func (c *scatter) draw(p *pen) {
	cols, rows := c.grid(p.Style)
	cell, tall := p.Width/vg.Length(cols), p.height/vg.Length(rows)
	for k, m := range c.measures {
		c.panel(p, k, outcomeName(m), vg.Length(k%cols)*cell, p.height-vg.Length(k/cols+1)*tall, cell, tall)
	}
}

func (c *scatter) panel(p *pen, k int, title string, left0, bottom, cell, tall vg.Length) {
	list := c.effects[k]
	var most, deviation float64
	for _, e := range list {
		most, deviation = max(most, zero(e.star), zero(e.high)), max(deviation, zero(e.dev))
	}
	y := fromZero(deviation, int(tall/(4*p.Text)), "σ")
	x := fromZero(most, max(2, int((cell-5*p.Text)/(4*p.Text))), "μ*")
	f := p.panel(left0+p.room(y), bottom+p.foot(x)+.3*p.Text, left0+cell-max(p.Text, p.edge(x, cell-p.room(y))), bottom+tall-2*p.Text, x, y)
	end := math.Min(x.max, y.max)
	p.rule(f.at(0, 0), f.at(end, end), line{grey, p.Hair, []vg.Length{2, 1.5}})
	f.axes()
	p.set(p.fit(title, cell-.5*p.Text, p.Text), pt(left0, bottom+tall-p.Text), left, p.Text, ink, true)
	var taken []vg.Rectangle
	for i := len(list) - 1; i >= 0; i-- {
		e := list[i]
		at := f.at(e.star, e.dev)
		colour := blue
		if i >= named {
			colour = tint(blue, .45)
		}
		if !math.IsNaN(e.low) && !math.IsNaN(e.high) {
			from, to := pt(f.px(max(0, e.low)), at.Y), pt(f.px(e.high), at.Y)
			p.rule(from, to, line{tint(colour, .7), p.Thin, nil})
			taken = append(taken, vg.Rectangle{Min: pt(from.X, at.Y-.6), Max: pt(to.X, at.Y+.6)})
		}
		p.mark(disc, at, .8*p.Glyph, colour)
		taken = append(taken, around(at, p.Glyph))
	}
	taken = append(taken, f.tickBoxes()...)
	for _, e := range list[:min(named, len(list))] {
		f.label(parameterName(e.parameter), f.at(e.star, e.dev), &taken)
	}
}

// named is the number of parameters that a panel names.
const named = 8

func around(at vg.Point, r vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: pt(at.X-r, at.Y-r), Max: pt(at.X+r, at.Y+r)}
}

// tickBoxes is where labels of data must not go: the labels of the axes.
func (p *panel) tickBoxes() []vg.Rectangle {
	return []vg.Rectangle{
		{Min: pt(p.left-100, p.bottom-100), Max: pt(p.right+100, p.bottom+.5)},
		{Min: pt(p.left-100, p.bottom), Max: pt(p.left+.5, p.top+100)},
	}
}

// label writes a name beside a mark where it overlaps nothing, and draws a line to
// it when that is away from the mark. When there is no room the name is left out:
// it stands in the data.
func (p *panel) label(name string, at vg.Point, taken *[]vg.Rectangle) {
	w, h := p.widthOf(name, p.Small), p.Small
	gap := 1.4 * p.Glyph
	type try struct{ x, y vg.Length } // lower left corner of the text
	var tries []try
	for ring := range 7 {
		d := gap + vg.Length(ring)*.9*h
		tries = append(tries, try{at.X + d, at.Y - h/2}, try{at.X - d - w, at.Y - h/2},
			try{at.X + .3*d, at.Y + d}, try{at.X + .3*d, at.Y - d - h}, try{at.X - .3*d - w, at.Y + d}, try{at.X - .3*d - w, at.Y - d - h},
			try{at.X - w/2, at.Y + d}, try{at.X - w/2, at.Y - d - h})
	}
	for k, t := range tries {
		box := vg.Rectangle{Min: pt(t.x, t.y), Max: pt(t.x+w, t.y+h)}
		if box.Min.X < p.left || box.Max.X > p.right+.8*p.Text || box.Max.Y > p.top+.2*h || box.Min.Y < p.bottom {
			continue
		}
		if slices.ContainsFunc(*taken, func(o vg.Rectangle) bool { return overlap(o, box) }) {
			continue
		}
		*taken = append(*taken, box)
		if k >= 8 {
			near := pt(min(max(at.X, box.Min.X), box.Max.X), min(max(at.Y, box.Min.Y), box.Max.Y))
			p.rule(at, near, line{grey, .7 * p.Hair, nil})
		}
		p.say(name, pt(t.x, t.y+h/2), left, p.Small, ink)
		return
	}
}

// estimate is a value with an interval.
type estimate struct{ value, low, high float64 }

// index is the Sobol indices of one parameter.
type index struct {
	parameter    string
	first, total estimate
}

type shareBars struct {
	measures []string
	indices  [][]index
}

// Sobol draws first-order and total indices.
func Sobol(s *Source) (*Figure, error) {
	const name = "sobol"
	f, w, n, err := s.read(name, "sobol", "splinternet sweep SCENARIO --vary KEY --vary KEY --design saltelli --out DIR && splinternet sensitivity DIR",
		[]string{"measure", "parameter"}, []string{"s1", "s1_low", "s1_high", "st", "st_low", "st_high"})
	if err != nil {
		return nil, err
	}
	b := new(shareBars)
	if b.measures, err = s.chosen(name, w[0], 4); err != nil {
		return nil, err
	}
	var parts []string
	for _, m := range b.measures {
		var list []index
		for row := range w[0] {
			if w[0][row] == m {
				list = append(list, index{w[1][row], estimate{n[0][row], n[1][row], n[2][row]}, estimate{n[3][row], n[4][row], n[5][row]}})
			}
		}
		slices.SortStableFunc(list, func(x, y index) int { return sign(y.total.value - x.total.value) })
		b.indices = append(b.indices, list[:min(8, len(list))])
		parts = append(parts, fmt.Sprintf("%s: %s (%s)", outcomeName(m), parameterName(list[0].parameter), decimal(list[0].total.value, 2)))
	}
	return &Figure{
		Name: name, Title: "Shares of variance owed to parameters (Sobol)",
		Caption: fmt.Sprintf("First-order indices (dark; a parameter alone) and total indices (light; with all interactions), with 95 %% intervals; the eight largest. "+
			"Largest total index: %s. %s", strings.Join(parts, "; "), s.origin()),
		Alt:    "Bars of sensitivity indices. Largest total index: " + strings.Join(parts, "; ") + ".",
		Data:   f,
		height: b.height, draw: b.draw,
	}, nil
}

func (b *shareBars) grid(s Style) (cols int) {
	if s.narrow() {
		return 1
	}
	return min(2, len(b.measures))
}

// rowsOf is the number of rows of the panels in each line of panels.
func (b *shareBars) rowsOf(s Style) []int {
	cols := b.grid(s)
	var list []int
	for k := 0; k < len(b.measures); k += cols {
		most := 0
		for _, l := range b.indices[k:min(k+cols, len(b.measures))] {
			most = max(most, len(l))
		}
		list = append(list, most)
	}
	return list
}

func (b *shareBars) height(s Style) vg.Length {
	h := vg.Length(0)
	for _, rows := range b.rowsOf(s) {
		h += vg.Length(rows)*1.6*s.Text + 6*s.Text
	}
	return h + 1.6*s.Text
}

func (b *shareBars) draw(p *pen) {
	cols := b.grid(p.Style)
	gap := 1.5 * p.Text
	cell := (p.Width - vg.Length(cols-1)*gap) / vg.Length(cols)
	y := p.height - 1.6*p.Text
	x := vg.Length(0)
	for _, i := range []struct {
		c    rgb
		name string
	}{{blue, "alone (first order)"}, {tint(blue, .35), "with interactions (total)"}} {
		p.box(x, p.height-1.1*p.Text, 1.4*p.Text, .8*p.Text, i.c)
		p.set(i.name, pt(x+1.8*p.Text, p.height-p.Text), left, p.Text, ink, false)
		x += p.widthOf(i.name, p.Text) + 3.4*p.Text
	}
	for line, rows := range b.rowsOf(p.Style) {
		h := vg.Length(rows)*1.6*p.Text + 6*p.Text
		for k := line * cols; k < min((line+1)*cols, len(b.measures)); k++ {
			b.panel(p, k, vg.Length(k%cols)*(cell+gap), y-h, cell, h)
		}
		y -= h
	}
}

func (b *shareBars) panel(p *pen, k int, at, bottom, cell, tall vg.Length) {
	list := b.indices[k]
	var names []string
	most := 0.0
	for _, i := range list {
		names = append(names, parameterName(i.parameter))
		most = max(most, zero(i.total.value), zero(i.total.high), zero(i.first.high))
	}
	room := min(p.widest(names, p.Small), .5*cell) + .8*p.Text
	x := fromZero(min(most, 1.5), max(2, int((cell-room)/(4*p.Text))), "Share of variance")
	rows := float64(len(list))
	f := p.panel(at+room, bottom+p.foot(x)+.6*p.Text, at+cell-p.edge(x, cell-room), bottom+tall-1.9*p.Text, x, axis{max: rows})
	p.set(p.fit(outcomeName(b.measures[k]), cell, p.Text), pt(at, bottom+tall-1.2*p.Text), left, p.Text, ink, true)
	unit := (f.top - f.bottom) / vg.Length(rows)
	for r, i := range list {
		y := f.py(rows - float64(r) - .5)
		p.say(p.fit(names[r], room-.7*p.Text, p.Small), pt(f.left-.5*p.Text, y), right, p.Small, ink)
		for _, bar := range []struct {
			estimate
			y    vg.Length
			c, l rgb
		}{{i.first, y + .19*unit, blue, black}, {i.total, y - .19*unit, tint(blue, .35), black}} {
			w := f.px(min(max(0, zero(bar.value)), x.max)) - f.left
			p.box(f.left, bar.y-.17*unit, w, .34*unit, bar.c)
			if !math.IsNaN(bar.low) {
				p.rule(pt(f.px(max(0, bar.low)), bar.y), pt(f.px(min(bar.high, x.max)), bar.y), line{bar.l, p.Thin, nil})
			}
		}
	}
	f.xAxis(true)
	f.yAxis(false)
}

// box is one box of scenario discovery.
type peel struct {
	outcome      string
	box          int
	step         []float64
	coverage     []float64
	density      []float64
	restricted   []float64
	chosen       int
	names        []string
	low, high    []float64 // of the box
	levels       []string
	p            []float64
	least, great []float64 // of the whole range
}

// Prim draws the trajectory of a box of scenario discovery and its limits.
func Prim(s *Source) (*Figure, error) {
	const name = "prim"
	const command = "splinternet sweep SCENARIO --vary all --points 500 --out DIR && splinternet discover DIR --for hostile-fragmentation"
	t, err := s.analysis(name, "prim_trajectory", command)
	if err != nil {
		return nil, err
	}
	b, err := s.analysis(name, "prim_boxes", command)
	if err != nil {
		return nil, err
	}
	q, err := readPeel(s, t, b)
	if err != nil {
		return nil, err
	}
	var limits []string
	for k, n := range q.names {
		limits = append(limits, parameterName(n)+" "+q.limit(k))
	}
	return &Figure{
		Name: name, Title: "Scenario discovery (PRIM)",
		Caption: fmt.Sprintf("Where the outcome “%s” comes from. Left or above: each point is a step of peeling, with the share of all such runs in the box (coverage) and the share of runs in the box that end so (density); the ring is the chosen box, with coverage %s and density %s. "+
			"Right or below: its limits in the whole range of each parameter: %s. %s", q.words(), percent(q.coverage[q.chosen]), percent(q.density[q.chosen]), world.Listed(limits), s.origin()),
		Alt: fmt.Sprintf("The chosen box for %s has coverage %s and density %s and restricts %s.", q.words(), percent(q.coverage[q.chosen]),
			percent(q.density[q.chosen]), world.Listed(limits)),
		Data: b,
		height: func(st Style) vg.Length {
			boxes := vg.Length(len(q.names))*3.1*st.Text + 3*st.Text
			if st.narrow() {
				return 58*mm + boxes
			}
			return max(62*mm*st.Text/8, boxes)
		},
		draw: q.draw,
	}, nil
}

func readPeel(s *Source, t, b *frame.Frame) (*peel, error) {
	w, err := wordColumns(t, "outcome", "chosen")
	if err != nil {
		return nil, err
	}
	n, err := columns(t, "box", "step", "coverage", "density", "restricted")
	if err != nil {
		return nil, err
	}
	q := &peel{outcome: w[0][0], box: 1, chosen: -1}
	if s.Outcome != "" {
		k := slices.IndexFunc(w[0], func(other string) bool { return sameOutcome(other, s.Outcome) })
		if k < 0 {
			return nil, unknown("prim", fmt.Sprintf("nobody asked discover for %q in %s", s.Outcome, s.Dir),
				fmt.Sprintf("splinternet discover %s --for %s; outcomes that are there: %s", output.Quote(s.Dir), output.Quote(s.Outcome), strings.Join(distinct(w[0]), ", ")))
		}
		q.outcome = w[0][k]
	}
	for row := range w[0] {
		if w[0][row] != q.outcome || int(n[0][row]) != q.box {
			continue
		}
		if yes := w[1][row]; yes == "true" || yes == "1" {
			q.chosen = len(q.step)
		}
		q.step, q.coverage = append(q.step, n[1][row]), append(q.coverage, n[2][row])
		q.density, q.restricted = append(q.density, n[3][row]), append(q.restricted, n[4][row])
	}
	if q.chosen < 0 {
		q.chosen = len(q.step) - 1
	}
	bw, err := wordColumns(b, "outcome", "parameter", "levels")
	if err != nil {
		return nil, err
	}
	bn, err := columns(b, "box", "low", "high", "quasi_p")
	if err != nil {
		return nil, err
	}
	for row := range bw[0] {
		if bw[0][row] == q.outcome && int(bn[0][row]) == q.box {
			q.names, q.levels = append(q.names, bw[1][row]), append(q.levels, bw[2][row])
			q.low, q.high, q.p = append(q.low, bn[1][row]), append(q.high, bn[2][row]), append(q.p, bn[3][row])
		}
	}
	if len(q.names) == 0 {
		how := "splinternet discover with another --for, or a sweep of more points"
		if others := distinct(bw[0]); len(others) > 0 {
			how = "--for draws what was found for another outcome: " + strings.Join(others, ", ")
		}
		return nil, &MissingError{"prim", fmt.Sprintf("discover found no box for %s in %s", q.outcome, s.Dir), how}
	}
	return q, q.ranges(s)
}

// sameOutcome tells whether two texts name one outcome: spaces do not matter, nor
// whether a measure's mean at the end is named as such.
func sameOutcome(a, b string) bool {
	plain := strings.NewReplacer(" ", "", "_end", "")
	return plain.Replace(a) == plain.Replace(b)
}

// ranges takes the whole ranges of the parameters from the table of runs.
func (q *peel) ranges(s *Source) error {
	for k, name := range q.names {
		low, high := q.low[k], q.high[k]
		if s.has("runs") {
			f, err := s.table("runs")
			if err != nil {
				return err
			}
			if values, err := f.Numbers(name); err == nil && len(values) > 0 {
				least, most := slices.Min(values), slices.Max(values)
				if math.IsNaN(low) {
					low = least
				}
				if math.IsNaN(high) {
					high = most
				}
				low, high = min(low, least), max(high, most)
				if math.IsNaN(q.low[k]) {
					q.low[k] = least
				}
				if math.IsNaN(q.high[k]) {
					q.high[k] = most
				}
			}
		}
		q.least, q.great = append(q.least, low), append(q.great, high)
	}
	return nil
}

func (q *peel) words() string {
	return strings.ToLower(outcomeName(q.outcome)[:1]) + outcomeName(q.outcome)[1:]
}

// limit words the limits of parameter k.
func (q *peel) limit(k int) string {
	switch {
	case q.levels[k] != "":
		return "in " + strings.ReplaceAll(q.levels[k], ";", ", ")
	case q.low[k] <= q.least[k]:
		return "up to " + figures(q.high[k])
	case q.high[k] >= q.great[k]:
		return "from " + figures(q.low[k])
	}
	return "from " + figures(q.low[k]) + " to " + figures(q.high[k])
}

func (q *peel) draw(p *pen) {
	side := p.Width
	bottom, wide := p.height-58*mm, p.Width
	if !p.narrow() {
		bottom, wide, side = 0, .46*p.Width, .5*p.Width
	}
	y := bounded(0, 1.04, 5, "Density")
	x := bounded(0, 1.04, 5, "Coverage")
	f := p.panel(p.room(y), bottom+p.foot(x)+.3*p.Text, wide-p.Text, p.height-.5*p.Text, x, y)
	for k := 1; k < len(q.step); k++ {
		p.rule(f.at(q.coverage[k-1], q.density[k-1]), f.at(q.coverage[k], q.density[k]), line{tint(grey, .6), p.Thin, nil})
	}
	most := 1.0
	for _, r := range q.restricted {
		most = max(most, r)
	}
	for k := range q.step {
		p.mark(disc, f.at(q.coverage[k], q.density[k]), .8*p.Glyph, viridis.at(q.restricted[k]/most*.9))
	}
	p.stroke(circle(f.at(q.coverage[q.chosen], q.density[q.chosen]), 1.9*p.Glyph), line{vermillion, p.Line, nil})
	f.axes()
	p.set("lighter: more parameters restricted", pt(f.left+.6*p.Text, f.bottom+.6*p.Text), left, p.Small, grey, false)
	q.limits(p, p.Width-side, side)
}

// limits draws the box, a bar in the whole range of each parameter.
func (q *peel) limits(p *pen, at, wide vg.Length) {
	y := p.height - 1.4*p.Text
	if p.narrow() {
		y = p.height - 58*mm - 1.6*p.Text
	}
	for k, name := range q.names {
		label := parameterName(name)
		limit := q.limit(k)
		p.set(p.fit(label, wide-p.widthOf(limit, p.Small)-p.Text, p.Small), pt(at, y), left, p.Small, ink, false)
		p.set(limit, pt(at+wide-.3*p.Text, y), right, p.Small, ink, true)
		whole := wide - .3*p.Text
		p.box(at, y-1.35*p.Text, whole, .75*p.Text, pale)
		a, b := 0.0, 1.0
		if span := q.great[k] - q.least[k]; span > 0 && q.levels[k] == "" {
			a, b = (q.low[k]-q.least[k])/span, (q.high[k]-q.least[k])/span
		}
		p.box(at+vg.Length(a)*whole, y-1.35*p.Text, vg.Length(max(b-a, .01))*whole, .75*p.Text, blue)
		y -= 3.1 * p.Text
	}
}
