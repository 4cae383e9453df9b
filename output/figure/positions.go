package figure

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"

	"splinternet/models/world"
	"splinternet/output/frame"
)

// Positions draws the trajectories of all states, by bloc.
func Positions(s *Source) (*Figure, error) {
	const name = "positions"
	d, err := s.inDetail(name)
	if err != nil {
		return nil, err
	}
	if len(d.ticks) < 2 {
		return nil, &MissingError{name, "the run has a single tick, and a trajectory needs two", "play it longer: --ticks"}
	}
	t := &trajectories{detail: d, blocs: d.blocs(), variable: d.position()}
	for _, date := range d.dates {
		t.years = append(t.years, year(date))
	}
	t.choose()
	var names []string
	for _, k := range t.named {
		names = append(names, d.states[k].name)
	}
	return &Figure{
		Name: name, Title: "Positions of states over time",
		Caption: fmt.Sprintf("Positions of %d states from sovereign and state-controlled (0) to open and multistakeholder (1), every two years, by bloc: %s. "+
			"Drawn strong: the states of greatest power in each bloc (%s). One run (run %d, seed %d). %s",
			len(d.states), world.Listed(blocSizes(t.blocs)), world.Listed(names), d.run, d.seed, s.origin()),
		Alt: t.alt(), Data: t.data(),
		height: func(s Style) vg.Length { return proportion(s, 82*mm, 100*mm) },
		draw:   t.draw,
	}, nil
}

func blocSizes(blocs []bloc) []string {
	var parts []string
	for _, b := range blocs {
		parts = append(parts, fmt.Sprintf("%s (%d)", b.name, len(b.members)))
	}
	return parts
}

type trajectories struct {
	*detail
	blocs    []bloc
	variable string
	years    []float64
	named    []int // states, by index
}

// choose names the states of greatest power of each bloc, and more of the last one,
// in which the swing states are.
func (t *trajectories) choose() {
	for b := range t.blocs {
		n := 3
		if b == len(t.blocs)-1 {
			n = 4
		}
		for _, k := range order(len(t.states), func(a, c int) bool { return t.states[a].at("power", 0) > t.states[c].at("power", 0) }) {
			if t.states[k].bloc == b && n > 0 {
				t.named = append(t.named, k)
				n--
			}
		}
	}
}

func (t *trajectories) alt() string {
	text := "Lines of the positions of states over time."
	for b, bl := range t.blocs {
		var first, last, n float64
		for k := range t.states {
			if t.states[k].bloc == b {
				first += t.states[k].at(t.variable, 0)
				last += t.states[k].at(t.variable, -1)
				n++
			}
		}
		text += fmt.Sprintf(" The mean of %s goes from %s to %s.", bl.name, decimal(first/n, 2), decimal(last/n, 2))
	}
	return text
}

func (t *trajectories) data() *frame.Frame {
	var id, name, bloc []string
	var at, position []float64
	for k := range t.states {
		st := &t.states[k]
		for i, y := range t.years {
			id, name, bloc = append(id, st.id), append(name, st.name), append(bloc, t.blocs[st.bloc].name)
			at, position = append(at, y), append(position, st.values[t.variable][i])
		}
	}
	return &frame.Frame{Columns: []frame.Column{
		words("state", id), words("name", name), words("bloc", bloc), numbers("year", at), numbers("position", position),
	}}
}

func (t *trajectories) draw(p *pen) {
	var labels []string
	for _, k := range t.named {
		labels = append(labels, t.states[k].name)
	}
	margin := min(p.widest(labels, p.Small), .3*p.Width) + 1.8*p.Text
	head := p.legendHeight(t.blocs, p.Width)
	y := bounded(0, 1, int((p.height-head)/(3.5*p.Text)), "Position (0 sovereign, 1 open)")
	x := years(t.years[0], t.years[len(t.years)-1], int((p.Width-margin-p.room(y))/(3.4*p.Text)))
	f := p.panel(p.room(y), p.foot(x), p.Width-margin, p.height-head-.5*p.Text, x, y)
	for _, strong := range []bool{false, true} {
		for k := range t.states {
			if slices.Contains(t.named, k) != strong {
				continue
			}
			c := t.blocs[t.states[k].bloc].channel
			l := line{tint(c.colour, .35), .7 * p.Thin, c.dash}
			if strong {
				l = line{c.colour, p.Line, c.dash}
			}
			f.series(t.years, t.states[k].values[t.variable], l)
		}
	}
	f.axes()
	ends := make([]vg.Length, len(t.named))
	for i, k := range t.named {
		ends[i] = f.py(t.states[k].at(t.variable, -1))
	}
	for i, y := range spread(ends, 1.12*p.Small, f.bottom, f.top) {
		st := &t.states[t.named[i]]
		c := t.blocs[st.bloc].channel
		p.mark(c.glyph, pt(f.right, ends[i]), .8*p.Glyph, c.colour)
		p.rule(pt(f.right+p.Glyph, ends[i]), pt(f.right+1.2*p.Text, y), line{tint(c.colour, .6), .7 * p.Hair, nil})
		p.say(p.fit(st.name, margin-1.6*p.Text, p.Small), pt(f.right+1.4*p.Text, y), left, p.Small, ink)
	}
	p.blocLegend(t.blocs, pt(f.left, p.height))
}

// legendHeight is what the legend of blocs needs above the data.
func (p *pen) legendHeight(blocs []bloc, _ vg.Length) vg.Length { return 1.7 * p.Text }

// blocLegend is one row: a line with the dash and the glyph of each bloc.
func (p *pen) blocLegend(blocs []bloc, at vg.Point) {
	x, y := at.X, at.Y-.7*p.Text
	for _, b := range blocs {
		p.rule(pt(x, y), pt(x+2.6*p.Text, y), line{b.colour, p.Line, b.dash})
		p.mark(b.glyph, pt(x+1.3*p.Text, y), p.Glyph, b.colour)
		x += 3 * p.Text
		p.say(b.name, pt(x, y), left, p.Text, ink)
		x += p.widthOf(b.name, p.Text) + 1.4*p.Text
	}
}

// glyphLegend is one row with the glyph of each bloc.
func (p *pen) glyphLegend(blocs []bloc, at vg.Point) {
	x, y := at.X, at.Y-.7*p.Text
	for _, b := range blocs {
		p.mark(b.glyph, pt(x, y), 1.2*p.Glyph, b.colour)
		p.say(b.name, pt(x+.9*p.Text, y), left, p.Text, ink)
		x += p.widthOf(b.name, p.Text) + 2.5*p.Text
	}
}
