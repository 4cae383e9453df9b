package figure

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/world"
	"splinternet/output/frame"
)

// Fragmentation draws the loss of native reachability by cause as stacked areas.
func Fragmentation(s *Source) (*Figure, error) {
	const name = "fragmentation"
	causes := []cause{
		{"technical_loss", "Technical", "different technical stacks", blue},
		{"governmental_loss", "Governmental", "controls, filters, sanctions", orange},
		{"commercial_loss", "Commercial", "excluded firms", tint(purple, .45)},
	}
	a := &stack{causes: causes}
	data := &frame.Frame{}
	runs := 0
	for k := range causes {
		p, err := s.paths(name, causes[k].measure)
		if err != nil {
			return nil, err
		}
		runs = len(p.runs)
		a.years = p.years
		a.values = append(a.values, p.mean())
		if k == 0 {
			data.Columns = append(data.Columns, numbers("year", p.years))
		}
		data.Columns = append(data.Columns, numbers(causes[k].measure, a.values[k]))
	}
	what := "One run."
	if runs > 1 {
		what = fmt.Sprintf("Means over %d runs.", runs)
	}
	var parts []string
	for k, c := range causes {
		first, last := ends(a.values[k])
		parts = append(parts, fmt.Sprintf("%s (%s) from %s to %s", strings.ToLower(c.name), c.means, decimal(first, 3), decimal(last, 3)))
	}
	return &Figure{
		Name: name, Title: "Fragmentation by cause",
		Caption: "Loss of native reachability, as a share of all links weighted by users, by cause (Shapley shares; the three add up to the whole loss): " +
			world.Listed(parts) + ". " + what + " " + s.origin(),
		Alt:  "Stacked areas over time of three causes of fragmentation: " + world.Listed(parts) + ".",
		Data: data,
		height: func(s Style) vg.Length {
			return proportion(s, 60*mm, 72*mm)
		},
		draw: a.draw,
	}, nil
}

// proportion is the height of a figure in one column and in two; a slide has the
// form of a screen.
func proportion(s Style, column, page vg.Length) vg.Length {
	switch {
	case s.Name == Slide:
		return 138 * mm
	case s.narrow():
		return column
	}
	return page
}

type cause struct {
	measure, name, means string
	colour               color.NRGBA
}

// stack is areas on top of one another.
type stack struct {
	causes []cause
	years  []float64
	values [][]float64
}

func (a *stack) draw(p *pen) {
	n := len(a.years)
	levels := [][]float64{make([]float64, n)}
	top := 0.0
	for _, v := range a.values {
		level := make([]float64, n)
		for t := range level {
			level[t] = levels[len(levels)-1][t] + max(0, zero(v[t]))
			top = max(top, level[t])
		}
		levels = append(levels, level)
	}
	y := fromZero(top, int(p.height/(3.5*p.Text)), "Loss of native reachability (share)")
	legend := p.Text * 1.9
	x := years(a.years[0], a.years[n-1], int((p.Width-p.room(y))/(3.4*p.Text)))
	f := p.panel(p.room(y), p.foot(x), p.Width-p.edge(x, p.Width-p.room(y)), p.height-legend, x, y)
	for k := range a.values {
		f.band(a.years, levels[k], levels[k+1], a.causes[k].colour)
	}
	for k := 1; k < len(levels); k++ {
		f.series(a.years, levels[k], line{white, f.Thin, nil})
	}
	f.series(a.years, levels[len(levels)-1], line{ink, f.Thin, nil})
	f.axes()
	at := f.left
	for _, c := range a.causes {
		p.box(at, p.height-1.1*p.Text, 1.4*p.Text, .8*p.Text, c.colour)
		p.outline(at, p.height-1.1*p.Text, 1.4*p.Text, .8*p.Text, line{ink, .5 * p.Hair, nil})
		at += 1.8 * p.Text
		p.set(c.name, pt(at, p.height-p.Text), left, p.Text, ink, false)
		at += p.widthOf(c.name, p.Text) + 1.3*p.Text
	}
	a.direct(f, levels)
}

// direct writes the names into areas that have room for them.
func (a *stack) direct(f *panel, levels [][]float64) {
	for k, c := range a.causes {
		at := len(a.years) / 2
		thick := vg.Length((levels[k+1][at]-levels[k][at])/(f.y.max-f.y.min)) * (f.top - f.bottom)
		if thick > 1.6*f.Text {
			f.say(c.name, f.at(a.years[at], (levels[k][at]+levels[k+1][at])/2), middle, f.Text, contrast(c.colour))
		}
	}
}

func zero(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}
