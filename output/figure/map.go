package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/figure/atlas"
	"splinternet/output/frame"
)

// byBloc colours the map by bloc.
const byBloc = "bloc"

// Map draws the states on a map of equal areas, coloured by the variable that By
// names or by bloc.
func Map(s *Source) (*Figure, error) {
	const name = "map"
	d, err := s.inDetail(name)
	if err != nil {
		return nil, err
	}
	m := &worldMap{detail: d, blocs: d.blocs(), variable: s.By, value: map[string]float64{}}
	if m.variable == "" || m.variable == "position" {
		m.variable = d.position()
	}
	if err := m.place(s); err != nil {
		return nil, err
	}
	last := d.dates[len(d.dates)-1]
	what := "Position from sovereign and state-controlled (0) to open and multistakeholder (1)"
	switch {
	case m.variable == byBloc:
		what = "Blocs: " + world.Listed(blocSizes(m.blocs))
	case !strings.HasPrefix(m.variable, "position"):
		what = output.Capital(plainName(m.variable))
	}
	f := &Figure{
		Name: name, Title: "Map of states",
		Caption: fmt.Sprintf("%s, at %s. Equal Earth projection; states that are too small for the outlines are dots; grey land is not in the world of the scenario. "+
			"Outlines: Natural Earth (public domain); they are no statement on borders. One run (run %d, seed %d). %s", what, last, d.run, d.seed, s.origin()),
		Alt: m.alt(), Data: m.data(),
		height: func(st Style) vg.Length { return m.tall(st) + 4*st.Text },
		draw:   m.draw,
	}
	return f, nil
}

type worldMap struct {
	*detail
	blocs    []bloc
	variable string
	value    map[string]float64 // by state
	scale    axis
}

// place finds the values, and refuses worlds whose states are invented.
func (m *worldMap) place(s *Source) error {
	known := map[string]bool{}
	for _, c := range atlas.World() {
		known[c.ID] = true
	}
	on := 0
	for k := range m.states {
		if known[m.states[k].id] {
			on++
		}
	}
	if 2*on < len(m.states) {
		return &MissingError{
			"map", fmt.Sprintf("%d of the %d states are on no map of the world: the scenario's world is invented", len(m.states)-on, len(m.states)),
			"--figure positions and --figure network show invented worlds",
		}
	}
	if m.variable == byBloc {
		return nil
	}
	low, high := math.Inf(1), math.Inf(-1)
	for k := range m.states {
		st := &m.states[k]
		x := st.at(m.variable, -1)
		if math.IsNaN(x) {
			var names []string
			for v := range st.values {
				names = append(names, v)
			}
			slices.Sort(names)
			return unknown("map", fmt.Sprintf("agents.csv of %s has no variable %s of states", s.Dir, m.variable),
				"allowed: "+byBloc+", "+strings.Join(names, ", "))
		}
		m.value[st.id] = x
		low, high = min(low, x), max(high, x)
	}
	if strings.HasPrefix(m.variable, "position") || strings.HasPrefix(m.variable, "anchor") {
		low, high = 0, 1
	}
	low, high = proper(low, high)
	m.scale = bounded(low, high, 5, "")
	return nil
}

func (m *worldMap) alt() string {
	if m.variable == byBloc {
		return "World map of states by bloc: " + world.Listed(blocSizes(m.blocs)) + "."
	}
	by := order(len(m.states), func(a, b int) bool {
		return m.value[m.states[a].id] > m.value[m.states[b].id]
	})
	name := func(k int) string {
		st := &m.states[by[k]]
		return st.name + " (" + figures(m.value[st.id]) + ")"
	}
	n := len(by)
	return fmt.Sprintf("World map of states coloured by %s. Highest: %s. Lowest: %s.", plainName(m.variable), name(0), name(n-1))
}

func (m *worldMap) data() *frame.Frame {
	var id, name, bloc []string
	var value []float64
	for k := range m.states {
		st := &m.states[k]
		id, name, bloc = append(id, st.id), append(name, st.name), append(bloc, m.blocs[st.bloc].name)
		value = append(value, m.value[st.id])
	}
	f := &frame.Frame{Columns: []frame.Column{words("state", id), words("name", name), words("bloc", bloc)}}
	if m.variable != byBloc {
		f.Columns = append(f.Columns, numbers(m.variable, value))
	}
	return f
}

// The part of the sphere that is shown: no state lies south of it.
const (
	south = -56.
	north = 84.
)

func (m *worldMap) tall(s Style) vg.Length {
	_, top := atlas.EqualEarth(atlas.Point{Lat: north})
	_, bottom := atlas.EqualEarth(atlas.Point{Lat: south})
	wide, _ := atlas.EqualEarth(atlas.Point{Lon: 180})
	return vg.Length((top-bottom)/(2*wide)) * s.Width
}

// tints of blocs on a map, where there is neither dash nor glyph: they differ in
// lightness.
func (m *worldMap) blocTint(k int) rgb {
	light := []float64{1, .62, .28, .8, .45}
	return tint(m.blocs[k].colour, light[k%len(light)])
}

func (m *worldMap) colour(id string) (c rgb, ok bool) {
	k := slices.IndexFunc(m.states, func(s state) bool { return s.id == id })
	switch {
	case k < 0:
		return pale, false
	case m.variable == byBloc:
		return m.blocTint(m.states[k].bloc), true
	}
	return viridis.at(m.scale.norm(m.value[id])), true
}

func (m *worldMap) draw(p *pen) {
	wide, _ := atlas.EqualEarth(atlas.Point{Lon: 180})
	_, bottom := atlas.EqualEarth(atlas.Point{Lat: south})
	unit := (p.Width - 2*p.Glyph) / vg.Length(2*wide)
	base := p.height - m.tall(p.Style)
	place := func(g atlas.Point) vg.Point {
		x, y := atlas.EqualEarth(g)
		return pt(p.Width/2+vg.Length(x)*unit, base+vg.Length(y-bottom)*unit)
	}
	for _, c := range atlas.World() {
		colour, _ := m.colour(c.ID)
		for _, r := range c.Rings {
			points := make([]vg.Point, len(r))
			for k, g := range r {
				points[k] = place(g)
			}
			points = thin(points)
			p.area(points, colour)
			if len(points) > 2 {
				p.stroke(closed(points), line{white, .5 * p.Hair, nil})
			}
		}
	}
	for _, c := range atlas.World() {
		if colour, ok := m.colour(c.ID); ok && c.Dot != nil {
			p.mark(disc, place(*c.Dot), .62*p.Glyph, colour)
			p.stroke(circle(place(*c.Dot), .62*p.Glyph), line{grey, .5 * p.Hair, nil})
		}
	}
	m.legend(p)
}

func (m *worldMap) legend(p *pen) {
	if m.variable == byBloc {
		x := vg.Length(0)
		for k, b := range m.blocs {
			p.box(x, 1.2*p.Text, 1.4*p.Text, .9*p.Text, m.blocTint(k))
			p.outline(x, 1.2*p.Text, 1.4*p.Text, .9*p.Text, line{ink, .5 * p.Hair, nil})
			p.say(b.name, pt(x+1.8*p.Text, 1.65*p.Text), left, p.Text, ink)
			x += p.widthOf(b.name, p.Text) + 3.2*p.Text
		}
		return
	}
	label := output.Capital(plainName(m.variable))
	if strings.HasPrefix(m.variable, "position") {
		label = "Position (0 sovereign, 1 open)"
	}
	a := m.scale
	a.label = label
	wide := .5 * p.Width
	x, y := (p.Width-wide)/2, p.foot(a)
	const steps = 64
	p.cells(x, y, wide, .8*p.Text, steps, 1, func(col, _ int) (rgb, bool) { return viridis.at((float64(col) + .5) / steps), true })
	f := p.panel(x, y, x+wide, y, a, axis{max: 1})
	f.xAxis(true)
	p.outline(x, y, wide, .8*p.Text, line{ink, p.Hair, nil})
}
