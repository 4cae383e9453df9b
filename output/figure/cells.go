package figure

import (
	"image/color"

	"gonum.org/v1/plot/vg"
)

type rgb = color.NRGBA

// cells fills a grid of cols x rows, row 0 at the bottom. Neighbours in a row of the
// same colour are one rectangle, and each reaches a little under the next, so that
// no viewer shows a seam. A cell for which ok is false is left white.
func (p *pen) cells(x, y, w, h vg.Length, cols, rows int, colour func(col, row int) (c rgb, ok bool)) {
	const under = .35
	cw, ch := w/vg.Length(cols), h/vg.Length(rows)
	for row := rows - 1; row >= 0; row-- {
		bottom, height := y+vg.Length(row)*ch, ch
		if row > 0 {
			bottom, height = bottom-under, height+under
		}
		for col := 0; col < cols; {
			c, ok := colour(col, row)
			to := col + 1
			for to < cols {
				next, also := colour(to, row)
				if next != c || also != ok {
					break
				}
				to++
			}
			if ok {
				width := vg.Length(to-col) * cw
				if to < cols {
					width += under
				}
				p.box(x+vg.Length(col)*cw, bottom, width, height, c)
			}
			col = to
		}
	}
}

// bar is a colour bar with its axis on the right.
func (p *pen) bar(x, y, w, h vg.Length, a axis, s scale) {
	const steps = 64
	p.cells(x, y, w, h, 1, steps, func(_, row int) (rgb, bool) {
		return s.at((float64(row) + .5) / steps), true
	})
	p.outline(x, y, w, h, line{ink, p.Hair, nil})
	f := p.panel(x, y, x+w, y+h, axis{}, a)
	for _, t := range a.ticks {
		at := f.py(t.at)
		p.rule(pt(x+w, at), pt(x+w+p.Tick, at), p.axisLine())
		p.say(t.label, pt(x+w+p.Tick+.35*p.Text, at), left, p.Text, ink)
	}
	if a.label != "" {
		p.upright(a.label, pt(x+w+p.Tick+.7*p.Text+p.widest(a.labels(), p.Text)+.6*p.Text, y+h/2), p.Text)
	}
}
