package figure

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"

	"splinternet/models/world"
	"splinternet/output/frame"
)

// mostCells is the number of states that a matrix shows: more would be smaller than
// a reader can see.
const mostCells = 60

// matrix is the links of the states with most users, as cells.
type matrix struct {
	*web
	shown []int
	users float64
}

// Links draws the interconnection of states as matrices, start against end.
func Links(s *Source) (*Figure, error) {
	const name = "links"
	w, err := s.web(name)
	if err != nil {
		return nil, err
	}
	m := &matrix{web: w}
	byUsers := order(len(w.states), func(a, b int) bool { return w.states[a].at("users", 0) > w.states[b].at("users", 0) })
	kept := byUsers[:min(mostCells, len(byUsers))]
	for _, k := range w.order {
		if slices.Contains(kept, k) {
			m.shown = append(m.shown, k)
			m.users += w.states[k].at("users", 0)
		}
	}
	who := fmt.Sprintf("the %d states", len(m.shown))
	if len(m.shown) < len(w.states) {
		who = fmt.Sprintf("the %d states with most users (%s of the world's)", len(m.shown), percent(m.users))
	}
	first, last := m.mean(0), m.mean(len(w.dates)-1)
	return &Figure{
		Name: name, Title: "Interconnection of states, start against end",
		Caption: fmt.Sprintf("Effective quality of interconnection (0 none, 1 full) between %s, at %s and at %s. States are ordered by bloc (%s), within a bloc from open to sovereign. "+
			"Mean over pairs %s and %s. One run (run %d, seed %d). %s",
			who, w.dates[0], w.dates[len(w.dates)-1], world.Listed(blocSizes(w.blocs)), decimal(first, 3), decimal(last, 3), w.run, w.seed, s.origin()),
		Alt:  fmt.Sprintf("Two matrices of links between states ordered by bloc. The mean link is %s at the start and %s at the end.", decimal(first, 2), decimal(last, 2)),
		Data: m.data(),
		height: func(s Style) vg.Length {
			return matrixSide(s) + 4.4*s.Text
		},
		draw: m.draw,
	}, nil
}

func (m *matrix) mean(date int) float64 {
	n, sum, pairs := len(m.states), 0.0, 0.0
	for a, i := range m.shown {
		for _, j := range m.shown[:a] {
			sum += m.link[date][i*n+j]
			pairs++
		}
	}
	return sum / math.Max(1, pairs)
}

func (m *matrix) data() *frame.Frame {
	n := len(m.states)
	var date, from, to, fromBloc, toBloc []string
	var value []float64
	for t := range m.dates {
		for _, i := range m.shown {
			for _, j := range m.shown {
				if i == j {
					continue
				}
				date, from, to = append(date, m.dates[t]), append(from, m.states[i].id), append(to, m.states[j].id)
				fromBloc, toBloc = append(fromBloc, m.blocs[m.states[i].bloc].name), append(toBloc, m.blocs[m.states[j].bloc].name)
				value = append(value, m.link[t][i*n+j])
			}
		}
	}
	return &frame.Frame{Columns: []frame.Column{
		words("date", date), words("i", from), words("j", to), words("bloc_i", fromBloc), words("bloc_j", toBloc), numbers("link", value),
	}}
}

func (m *matrix) draw(p *pen) {
	n := len(m.states)
	low, high := 1.0, 0.0
	for t := range m.dates {
		for a, i := range m.shown {
			for _, j := range m.shown[:a] {
				low, high = min(low, m.link[t][i*n+j]), max(high, m.link[t][i*n+j])
			}
		}
	}
	bar := bounded(math.Floor(low*10)/10, math.Ceil(high*10)/10, 5, "Link (quality)")
	side := matrixSide(p.Style)
	bottom := p.height - 2*p.Text - side
	panels := []int{0, len(m.dates) - 1}
	for c, t := range panels {
		x := 1.1*p.Text + vg.Length(c)*(side+1.6*p.Text)
		k := len(m.shown)
		p.cells(x, bottom, side, side, k, k, func(col, row int) (rgb, bool) {
			i, j := m.shown[k-1-row], m.shown[col]
			if i == j {
				return pale, true
			}
			return viridis.at(bar.norm(m.link[t][i*n+j])), true
		})
		p.set(m.dates[t][:4], pt(x+side/2, bottom+side+.5*p.Text), middle, p.Text, ink, true)
		m.brackets(p, x, bottom, side, c == 0)
		if len(m.dates) == 1 {
			break
		}
	}
	p.bar(p.Width-5.6*p.Text, bottom, .9*p.Text, side, bar, viridis)
	m.legend(p, pt(1.1*p.Text, bottom-1.7*p.Text))
}

// matrixSide is the side of one of two matrices beside a colour bar.
func matrixSide(s Style) vg.Length { return (s.Width - 9.2*s.Text) / 2 }

// legend names the blocs in the order of the rows.
func (m *matrix) legend(p *pen, at vg.Point) {
	for _, b := range m.blocs {
		p.rule(pt(at.X, at.Y), pt(at.X+1.6*p.Text, at.Y), line{b.colour, 1.6 * p.Line, nil})
		p.say(b.name, pt(at.X+2*p.Text, at.Y), left, p.Text, ink)
		at.X += p.widthOf(b.name, p.Text) + 3.2*p.Text
	}
}

// brackets show the blocs along the edges.
func (m *matrix) brackets(p *pen, x, y, side vg.Length, upright bool) {
	k := vg.Length(len(m.shown))
	from := 0
	for from < len(m.shown) {
		b := m.states[m.shown[from]].bloc
		to := from
		for to < len(m.shown) && m.states[m.shown[to]].bloc == b {
			to++
		}
		c := m.blocs[b]
		l := line{c.colour, 1.6 * p.Line, nil}
		a, z := vg.Length(from)/k*side+.4, vg.Length(to)/k*side-.4
		p.rule(pt(x+a, y-.4*p.Text), pt(x+z, y-.4*p.Text), l)
		if upright {
			p.rule(pt(x-.4*p.Text, y+side-a), pt(x-.4*p.Text, y+side-z), l)
		}
		if from > 0 {
			s := vg.Length(from) / k * side
			p.rule(pt(x+s, y), pt(x+s, y+side), line{white, p.Hair, nil})
			p.rule(pt(x, y+side-s), pt(x+side, y+side-s), line{white, p.Hair, nil})
		}
		from = to
	}
}
