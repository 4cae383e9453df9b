package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
)

// elementary is one parameter of a Morris screening.
type elementary struct {
	parameter            string
	star, low, high, dev float64
}

// scatter is mu* against sigma, a panel for each measure.
type scatter struct {
	measures []string
	effects  [][]elementary // by measure, from large to small
}

// Morris draws the elementary effects of a screening.
func Morris(s *Source) (*Figure, error) {
	const name = "morris"
	f, w, n, err := s.read(name, "morris", "splinternet sweep SCENARIO --vary all --design morris --out DIR && splinternet sensitivity DIR",
		[]string{"measure", "parameter"}, []string{"mu_star", "mu_star_low", "mu_star_high", "sigma", "trajectories"})
	if err != nil {
		return nil, err
	}
	c := new(scatter)
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
