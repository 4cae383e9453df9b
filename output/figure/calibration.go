package figure

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"splinternet/models/world"
	"splinternet/output/frame"
)

// posterior is the distributions of calibrated parameters.
type posterior struct {
	list []fitted
}

type fitted struct {
	name            string
	priorLow, prior float64
	mean, low, high float64
	shrinkage       float64
	identified      bool
	bins            [histogram]float64
}

// histogram is the number of bins of a posterior.
const histogram = 20

// Calibration draws prior and posterior of each parameter.
func Calibration(s *Source) (*Figure, error) {
	const name = "calibration"
	const command = "splinternet calibrate SCENARIO --target target.toml --vary KEY=RANGE --out DIR"
	f, w, n, err := s.read(name, "calibration", command,
		[]string{"parameter", "identified"}, []string{"prior_low", "prior_high", "mean", "low", "high", "shrinkage"})
	if err != nil {
		return nil, err
	}
	sample, err := s.analysis(name, "posterior", command)
	if err != nil {
		return nil, err
	}
	q := new(posterior)
	var known []string
	size := 0
	for row := range w[0] {
		x := fitted{
			name: w[0][row], priorLow: n[0][row], prior: n[1][row], mean: n[2][row], low: n[3][row], high: n[4][row],
			shrinkage: n[5][row], identified: w[1][row] == "true" || w[1][row] == "1",
		}
		if size, err = x.take(sample); err != nil {
			return nil, err
		}
		if x.identified {
			known = append(known, parameterName(x.name))
		}
		q.list = append(q.list, x)
	}
	which := "none"
	if len(known) > 0 {
		which = world.Listed(known)
	}
	return &Figure{
		Name: name, Title: "Calibration: prior and posterior",
		Caption: fmt.Sprintf("Posterior of each calibrated parameter (bars; %d accepted draws of the last round, weighted) over its uniform prior (dashed line), with mean and 95 %% interval (mark and line). "+
			"Identified by the data: %s. %s", size, which, s.origin()),
		Alt:  "Histograms of posteriors over their priors. Identified: " + which + ".",
		Data: f,
		height: func(st Style) vg.Length {
			_, rows := facets(len(q.list), st)
			return vg.Length(rows)*34*mm*st.Text/8 + .5*st.Text
		},
		draw: q.draw,
	}, nil
}

// take reads the draws of the last round.
func (x *fitted) take(f *frame.Frame) (size int, err error) {
	c, err := columns(f.Numbers, "round", "weight", x.name)
	if err != nil {
		return 0, err
	}
	last := slices.Max(c[0])
	total := 0.0
	for row := range c[0] {
		if c[0][row] != last || math.IsNaN(c[1][row]) || math.IsNaN(c[2][row]) {
			continue
		}
		size++
		total += c[1][row]
		b := int((c[2][row] - x.priorLow) / (x.prior - x.priorLow) * histogram)
		x.bins[min(max(b, 0), histogram-1)] += c[1][row]
	}
	if total > 0 {
		for b := range x.bins {
			x.bins[b] *= histogram / total // density against that of the prior
		}
	}
	return size, nil
}

func (q *posterior) draw(p *pen) {
	cols, rows := facets(len(q.list), p.Style)
	cell, tall := p.Width/vg.Length(cols), p.height/vg.Length(rows)
	for k := range q.list {
		x := &q.list[k]
		left0, bottom := vg.Length(k%cols)*cell, p.height-vg.Length(k/cols+1)*tall
		most := 1.0
		for _, b := range x.bins {
			most = max(most, b)
		}
		ax := bounded(x.priorLow, x.prior, max(2, int(cell/(3.4*p.Text))), "")
		edge := p.edge(ax, cell-p.Text)
		half := p.widthOf(ax.ticks[0].label, p.Text) / 2
		f := p.panel(left0+half+.2*p.Text, bottom+p.foot(ax)+.4*p.Text, left0+cell-edge-.8*p.Text, bottom+tall-2.2*p.Text, ax, axis{max: 1.25 * most})
		unit := (f.right - f.left) / histogram
		colour := tint(blue, .6)
		if !x.identified {
			colour = tint(grey, .6)
		}
		for b, d := range x.bins {
			p.box(f.left+vg.Length(b)*unit, f.bottom, unit, f.py(d)-f.bottom, colour)
		}
		p.rule(pt(f.left, f.py(1)), pt(f.right, f.py(1)), line{ink, p.Hair, []vg.Length{2, 1.5}})
		y := f.py(1.15 * most)
		p.rule(pt(f.px(max(x.low, ax.min)), y), pt(f.px(min(x.high, ax.max)), y), line{black, p.Thin, nil})
		p.mark(disc, pt(f.px(x.mean), y), .8*p.Glyph, black)
		f.xAxis(true)
		p.set(p.fit(parameterName(x.name), cell-.8*p.Text, p.Small), pt(left0, bottom+tall-p.Text), left, p.Small, ink, true)
	}
}
