package figure

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/measures"
	"splinternet/output/frame"
)

// enough is the number of runs from which bands are drawn; with fewer each run is a
// line of its own, because a quantile of a few runs is one of them.
const enough = 10

// shown are the measures of the figure, in order; those that the folder lacks are
// left out.
var shown = []string{
	"native_reachability", "effective_reachability", "recovery", "cooperation_depth",
	"western_power", "openness", "western_institutions", "hostility",
}

// Measures draws the headline measures over time as small multiples.
func Measures(s *Source) (*Figure, error) {
	const name = "measures"
	f, err := s.ticks(name)
	if err != nil {
		return nil, err
	}
	var chosen []string
	var all []*paths
	for _, m := range shown {
		if !f.Has(m) {
			continue
		}
		p, err := s.paths(name, m)
		if err != nil {
			return nil, err
		}
		chosen, all = append(chosen, m), append(all, p)
	}
	if len(chosen) == 0 {
		_, err := s.paths(name, shown[0])
		return nil, err
	}
	events, err := s.scheduled(most)
	if err != nil {
		return nil, err
	}
	m := &multiples{names: chosen, paths: all, events: events}
	runs := len(all[0].runs)
	return &Figure{
		Name: name, Title: "Headline measures over time",
		Caption: m.caption(runs) + " " + s.origin(),
		Alt:     m.alt(), Data: m.data(),
		height: m.height, draw: m.draw,
	}, nil
}

// most is the number of scheduled events that figures of time name.
const most = 6

// multiples are panels of measures over the same time.
type multiples struct {
	names  []string
	paths  []*paths
	events []happening
}

func (m *multiples) caption(runs int) string {
	var text string
	switch {
	case runs == 1:
		text = "One run: a single course of chance, not a distribution."
	case runs < enough:
		text = fmt.Sprintf("Each thin line is one of %d runs; the thick line is their median.", runs)
	default:
		text = fmt.Sprintf("Median (line), 50 %% band (dark) and 90 %% band (light) over %d runs.", runs)
	}
	text += " Each panel has a scale of its own."
	if len(m.events) > 0 {
		text += " Dashed lines mark the most consequential events that the scenario schedules:"
		var parts []string
		for k, e := range m.events {
			parts = append(parts, fmt.Sprintf("%s, %s", letter(k), strings.TrimSuffix(e.text, ".")))
		}
		text += " " + strings.Join(parts, "; ") + "."
	}
	return text
}

func (m *multiples) alt() string {
	var parts []string
	for k, name := range m.names {
		median := m.paths[k].quantiles(.5)[0]
		a, b := ends(median)
		parts = append(parts, fmt.Sprintf("%s goes from %s to %s", measureName(name), figures(a), figures(b)))
	}
	return "Small multiples of measures over time. " + strings.Join(parts, "; ") + "."
}

// ends are the first and the last value that were taken.
func ends(series []float64) (first, last float64) {
	first, last = math.NaN(), math.NaN()
	for _, x := range series {
		if !math.IsNaN(x) {
			if math.IsNaN(first) {
				first = x
			}
			last = x
		}
	}
	return first, last
}

func (m *multiples) data() *frame.Frame {
	var measure []string
	var at []float64
	columns := make([][]float64, 5)
	for k, name := range m.names {
		q := m.paths[k].quantiles(.05, .25, .5, .75, .95)
		for t, y := range m.paths[k].years {
			measure, at = append(measure, name), append(at, y)
			for j := range q {
				columns[j] = append(columns[j], q[j][t])
			}
		}
	}
	return &frame.Frame{Columns: []frame.Column{
		words("measure", measure), numbers("year", at), numbers("q05", columns[0]), numbers("q25", columns[1]),
		numbers("median", columns[2]), numbers("q75", columns[3]), numbers("q95", columns[4]),
	}}
}

// grid is how many columns and rows of panels there are.
func (m *multiples) grid(s Style) (cols, rows int) {
	cols = 4
	if s.narrow() {
		cols = 2
	}
	cols = min(cols, len(m.names))
	return cols, (len(m.names) + cols - 1) / cols
}

// key is the height of the list of events below the panels.
func (m *multiples) key(s Style) vg.Length {
	if len(m.events) == 0 {
		return 0
	}
	rows := 0
	for _, column := range m.keyColumns(&pen{Style: s}) {
		n := 0
		for _, lines := range column {
			n += len(lines)
		}
		rows = max(rows, n)
	}
	return vg.Length(rows)*leading*s.Small + 2*s.Gap
}

// keyColumns are the lines of the list of events, in one column or two.
func (m *multiples) keyColumns(p *pen) [][][]string {
	cols := 2
	if p.narrow() {
		cols = 1
	}
	each := (len(m.events) + cols - 1) / cols
	wide := p.Width/vg.Length(cols) - p.Gap - 1.2*p.Small
	list := make([][][]string, cols)
	for k, e := range m.events {
		list[k/each] = append(list[k/each], p.wrap(e.date[:7]+"  "+e.text, wide, p.Small))
	}
	return list
}

func (m *multiples) height(s Style) vg.Length {
	_, rows := m.grid(s)
	one := 31 * mm
	if s.Name == Slide {
		one = 50 * mm
	}
	return vg.Length(rows)*one + 2*s.Text + m.key(s)
}

func (m *multiples) draw(p *pen) {
	cols, rows := m.grid(p.Style)
	first := m.paths[0].years
	gap := 1.2 * p.Text
	foot := p.foot(axis{ticks: []tick{{}}})
	head := 2.1 * p.Text
	key := m.key(p.Style)
	cell := (p.Width - vg.Length(cols-1)*gap) / vg.Length(cols)
	tall := (p.height - key - foot) / vg.Length(rows)

	axes := make([]axis, len(m.names))
	var room vg.Length
	for k, name := range m.names {
		axes[k] = m.axisOf(k, name)
		room = max(room, p.room(axes[k]))
	}
	time := years(first[0], first[len(first)-1], int((cell-room)/(3*p.Text)))
	edge := p.edge(time, cell-room)
	for k, name := range m.names {
		col, row := k%cols, k/cols
		x := vg.Length(col) * (cell + gap)
		y := p.height - vg.Length(row+1)*tall
		f := p.panel(x+room, y+.5*p.Text, x+cell-edge, y+tall-head, time, axes[k])
		m.panel(f, k)
		f.yAxis(true)
		below := k+cols >= len(m.names)
		f.xAxis(below)
		p.set(p.fit(measureName(name), cell, p.Text), pt(x, y+tall-p.Text), left, p.Text, ink, true)
	}
	m.drawKey(p, key)
}

// axisOf is the vertical axis of a measure: its range over runs, but never so
// narrow that nothing looks like much.
func (m *multiples) axisOf(k int, name string) axis {
	low, high := math.Inf(1), math.Inf(-1)
	var q [][]float64
	if len(m.paths[k].runs) >= enough {
		q = m.paths[k].quantiles(.05, .95)
	} else {
		q = m.paths[k].runs
	}
	for _, series := range q {
		for _, x := range series {
			if !math.IsNaN(x) {
				low, high = min(low, x), max(high, x)
			}
		}
	}
	const least = .1
	if high-low < least {
		middle := (low + high) / 2
		low, high = middle-least/2, middle+least/2
	}
	if i := measures.Find(name); i >= 0 {
		bound := measures.All()[i]
		if low < bound.Min {
			low, high = bound.Min, bound.Min+max(high-bound.Min, least)
		}
		if high > bound.Max {
			low, high = bound.Max-max(bound.Max-low, least), bound.Max
		}
	}
	return linear(low, high, 4, "")
}

func (m *multiples) panel(f *panel, k int) {
	for _, e := range m.events {
		x := f.px(e.year)
		f.rule(pt(x, f.bottom), pt(x, f.top), line{grey, f.Hair, []vg.Length{1.5, 1.5}})
	}
	m.letters(f)
	p := m.paths[k]
	switch {
	case len(p.runs) >= enough:
		q := p.quantiles(.05, .25, .5, .75, .95)
		f.band(p.years, q[0], q[4], tint(blue, .22))
		f.band(p.years, q[1], q[3], tint(blue, .5))
		f.series(p.years, q[2], line{tint(blue, 1), f.Line, nil})
	case len(p.runs) > 1:
		for _, run := range p.runs {
			f.series(p.years, run, line{tint(blue, .4), f.Hair, nil})
		}
		f.series(p.years, p.quantiles(.5)[0], line{blue, f.Line, nil})
	default:
		f.series(p.years, p.runs[0], line{blue, f.Line, nil})
	}
}

// letters names the dashed lines. Lines that are too close for a letter each have
// one label together; the list tells them apart by date.
func (m *multiples) letters(f *panel) {
	for from := 0; from < len(m.events); {
		to := from
		for to+1 < len(m.events) && f.px(m.events[to+1].year)-f.px(m.events[to].year) < 1.1*f.Small {
			to++
		}
		text := letter(from)
		if to > from {
			text += "–" + letter(to)
		}
		x := (f.px(m.events[from].year) + f.px(m.events[to].year)) / 2
		half := f.widthOf(text, f.Small) / 2
		f.set(text, pt(min(max(x, f.left+half), f.right-half), f.top+.25*f.Small), middle, f.Small, grey, false)
		from = to + 1
	}
}

func letter(k int) string { return string(rune('a' + k)) }

// drawKey lists the events below the panels.
func (m *multiples) drawKey(p *pen, height vg.Length) {
	n := 0
	for c, column := range m.keyColumns(p) {
		x := vg.Length(c) * (p.Width / 2)
		y := height - p.Gap - p.Small
		for _, lines := range column {
			p.set(letter(n), pt(x, y), left, p.Small, ink, true)
			n++
			for _, text := range lines {
				p.set(text, pt(x+1.2*p.Small, y), left, p.Small, ink, false)
				y -= leading * p.Small
			}
		}
	}
}
