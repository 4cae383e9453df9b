package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
)

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
