package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/frame"
)

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
