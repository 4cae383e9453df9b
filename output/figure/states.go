package figure

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/mds"
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

// web is the links between states at two ticks.
type web struct {
	*detail
	blocs    []bloc
	variable string
	index    map[string]int
	dates    []string
	link     [][]float64 // by date: n x n
	bridge   []float64   // of the last date, n x n
	order    []int       // states by bloc, then position
}

// web reads the links of the first run in detail.
func (s *Source) web(figure string) (*web, error) {
	d, err := s.inDetail(figure)
	if err != nil {
		return nil, err
	}
	if !s.has("links") {
		return nil, &MissingError{figure, s.Dir + " holds no links.csv", s.again("detail")}
	}
	w := &web{detail: d, blocs: d.blocs(), variable: d.position(), index: map[string]int{}}
	n := len(d.states)
	for k := range d.states {
		w.index[d.states[k].id] = k
	}
	for row, err := range s.results.ReadLinks() {
		if err != nil {
			return nil, err
		}
		if row.Run != d.run {
			if len(w.dates) > 0 {
				break
			}
			continue
		}
		if len(w.dates) == 0 || w.dates[len(w.dates)-1] != row.Date {
			w.dates = append(w.dates, row.Date)
			w.link = append(w.link, make([]float64, n*n))
			w.bridge = make([]float64, n*n)
		}
		i, oki := w.index[row.I]
		j, okj := w.index[row.J]
		if !oki || !okj {
			return nil, fmt.Errorf("links.csv of %s names states that agents.csv lacks: %s, %s", s.Dir, row.I, row.J)
		}
		at := w.link[len(w.link)-1]
		at[i*n+j], at[j*n+i] = row.Link, row.Link
		w.bridge[i*n+j], w.bridge[j*n+i] = row.Bridge, row.Bridge
	}
	if len(w.dates) == 0 {
		return nil, &MissingError{figure, "links.csv of " + s.Dir + " has no rows for the run in detail", s.again("detail")}
	}
	w.order = order(n, func(a, b int) bool {
		x, y := &d.states[a], &d.states[b]
		if x.bloc != y.bloc {
			return x.bloc < y.bloc
		}
		return x.at(w.variable, 0) > y.at(w.variable, 0)
	})
	return w, nil
}

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

// nodes is a node-link picture.
type nodes struct {
	*web
	x, y, r []float64 // in the unit of the layout
	edges   []edge
}

type edge struct {
	i, j   int
	weight float64
	bridge bool
}

// Network draws the states and their strongest links.
func Network(s *Source) (*Figure, error) {
	const name = "network"
	w, err := s.web(name)
	if err != nil {
		return nil, err
	}
	n := &nodes{web: w}
	n.layout()
	all, bridges := n.strongest(2)
	which := counted(all, "bridge between networks", "bridges between networks")
	if all > bridges {
		which = fmt.Sprintf("%d strongest of %d bridges between networks", bridges, all)
	}
	last := w.dates[len(w.dates)-1]
	return &Figure{
		Name: name, Title: "The network of interconnection",
		Caption: fmt.Sprintf("States at %s, the area of a mark being the state's share of the world's users. Places follow from classical scaling of 1 − link, so that states lie the closer the better they are connected; "+
			"grey lines are the two strongest links of each state, black ones the %s. Blocs: %s. One run (run %d, seed %d). %s",
			last, which, world.Listed(blocSizes(w.blocs)), w.run, w.seed, s.origin()),
		Alt:  fmt.Sprintf("Node-link picture of %d states coloured by bloc, with the %s.", len(w.states), which),
		Data: n.data(),
		height: func(s Style) vg.Length {
			return proportion(s, 89*mm, 118*mm)
		},
		draw: n.draw,
	}, nil
}

// layout places the states by classical scaling of the dissimilarities 1 - link
// (Torgerson 1952), which needs no chance, and then moves marks apart that overlap.
func (w *nodes) layout() {
	n := len(w.states)
	at := w.link[len(w.link)-1]
	d := mat.NewSymDense(n, nil)
	for i := range n {
		for j := range i {
			d.SetSym(i, j, 1-at[i*n+j])
		}
	}
	var places mat.Dense
	dims, _ := mds.TorgersonScaling(&places, nil, d)
	w.x, w.y, w.r = make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range n {
		if dims > 0 {
			w.x[i] = places.At(i, 0)
		}
		if dims > 1 {
			w.y[i] = places.At(i, 1)
		}
		w.r[i] = math.Sqrt(math.Max(w.states[i].at("users", -1), 1e-4))
	}
	w.ranks()
	w.orient()
	w.part()
}

// ranks stretches the crowded middle: half of each coordinate is its rank.
func (w *nodes) ranks() {
	for _, v := range [][]float64{w.x, w.y} {
		low, high := slices.Min(v), slices.Max(v)
		if high-low < 1e-9 {
			high = low + 1
		}
		place := make([]float64, len(v))
		for rank, k := range order(len(v), func(a, b int) bool { return v[a] < v[b] }) {
			place[k] = float64(rank) / math.Max(1, float64(len(v)-1))
		}
		for k := range v {
			v[k] = .5*(v[k]-low)/(high-low) + .5*place[k]
		}
	}
}

// orient turns the first bloc to the left and to the top: the axes of scaling have
// no sign, and rounding could turn them.
func (w *nodes) orient() {
	for _, v := range [][]float64{w.x, w.y} {
		sum, n := 0.0, 0.0
		for k := range v {
			if w.states[k].bloc == 0 {
				sum += v[k]
				n++
			}
		}
		if n > 0 && sum/n > .5 {
			for k := range v {
				v[k] = 1 - v[k]
			}
		}
	}
}

// scale of a mark's radius against the picture: the world's users in one mark would
// have this radius.
const whole = .12

// part moves overlapping marks apart, both by half of the overlap.
func (w *nodes) part() {
	n := len(w.x)
	for range 120 {
		moved := false
		for i := range n {
			for j := range i {
				dx, dy := w.x[i]-w.x[j], w.y[i]-w.y[j]
				gap := math.Hypot(dx, dy)
				need := whole*(w.r[i]+w.r[j]) + .014
				if gap >= need {
					continue
				}
				if gap < 1e-9 { // the same place: part them by their numbers
					dx, dy, gap = float64(i-j), 1, math.Hypot(float64(i-j), 1)
				}
				move := (need - gap) / 2
				if gap > need {
					move = need / 2
				}
				w.x[i] += dx / gap * move
				w.y[i] += dy / gap * move
				w.x[j] -= dx / gap * move
				w.y[j] -= dy / gap * move
				moved = true
			}
		}
		if !moved {
			return
		}
	}
}

// mostBridges is the number of bridges that are drawn.
const mostBridges = 40

// strongest keeps the k strongest links of each state, and the strongest bridges. It
// returns how many bridges there are and how many are kept.
func (w *nodes) strongest(k int) (bridges, kept int) {
	n := len(w.states)
	at := w.link[len(w.link)-1]
	keep := make([]bool, n*n)
	for i := range n {
		best := order(n, func(a, b int) bool { return at[i*n+a] > at[i*n+b] })
		left := k
		for _, j := range best {
			if j != i && left > 0 {
				keep[min(i, j)*n+max(i, j)] = true
				left--
			}
		}
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			if w.bridge[i*n+j] > 0 {
				bridges++
			}
			if keep[i*n+j] {
				w.edges = append(w.edges, edge{i, j, at[i*n+j], false})
			}
		}
	}
	built := make([]int, 0, bridges)
	for i := range n {
		for j := i + 1; j < n; j++ {
			if w.bridge[i*n+j] > 0 {
				built = append(built, i*n+j)
			}
		}
	}
	sortBy(built, func(a, b int) bool { return w.bridge[a] > w.bridge[b] })
	built = built[:min(mostBridges, len(built))]
	for _, e := range built {
		w.edges = append(w.edges, edge{e / n, e % n, at[e], true})
	}
	return bridges, len(built)
}

func (w *nodes) data() *frame.Frame {
	var id, name, bloc []string
	var x, y, users []float64
	for k := range w.states {
		st := &w.states[k]
		id, name, bloc = append(id, st.id), append(name, st.name), append(bloc, w.blocs[st.bloc].name)
		x, y, users = append(x, w.x[k]), append(y, w.y[k]), append(users, st.at("users", -1))
	}
	return &frame.Frame{Columns: []frame.Column{
		words("state", id), words("name", name), words("bloc", bloc), numbers("x", x), numbers("y", y), numbers("users", users),
	}}
}

func (w *nodes) draw(p *pen) {
	head := p.legendHeight(w.blocs, p.Width)
	box := p.height - head
	// One scale in both directions; what is wider than high is stretched by hand.
	lowX, highX := slices.Min(w.x), slices.Max(w.x)
	lowY, highY := slices.Min(w.y), slices.Max(w.y)
	var margin, sx, sy vg.Length
	for range 3 { // the margin depends on the scale, and the scale on the margin
		sx = (p.Width - 2*margin) / vg.Length(max(highX-lowX, 1e-9))
		sy = (box - 2*margin) / vg.Length(max(highY-lowY, 1e-9))
		margin = 1.4*vg.Length(whole*slices.Max(w.r))*min(sx, sy) + .6*p.Text
	}
	place := func(k int) vg.Point {
		return pt(margin+vg.Length(w.x[k]-lowX)*sx, box-margin-vg.Length(w.y[k]-lowY)*sy)
	}
	for _, strong := range []bool{false, true} {
		for _, e := range w.edges {
			if e.bridge != strong {
				continue
			}
			l := line{tint(grey, .25+.35*e.weight), .5 * p.Hair, nil}
			if strong {
				l = line{black, .8 * p.Hair, nil}
			}
			p.rule(place(e.i), place(e.j), l)
		}
	}
	bySize := order(len(w.states), func(a, b int) bool { return w.r[a] > w.r[b] })
	unit := min(sx, sy)
	for _, k := range bySize {
		c := w.blocs[w.states[k].bloc].channel
		p.mark(c.glyph, place(k), max(vg.Length(w.r[k]*whole)*unit, .45*p.Glyph), c.colour)
	}
	w.names(p, bySize, place, unit)
	p.glyphLegend(w.blocs, pt(.5*p.Text, p.height))
}

// names labels the largest states where there is room.
func (w *nodes) names(p *pen, bySize []int, place func(int) vg.Point, unit vg.Length) {
	var taken []vg.Rectangle
	n := 10
	if !p.narrow() {
		n = 22
	}
	for _, k := range bySize[:min(n, len(bySize))] {
		name := w.states[k].name
		at, half := place(k), p.widthOf(name, p.Small)/2
		r := max(vg.Length(w.r[k]*whole)*unit, .45*p.Glyph)
		for _, dy := range []vg.Length{r + .65*p.Small, -r - .65*p.Small, r + 1.6*p.Small, -r - 1.6*p.Small} {
			x := min(max(at.X, half), p.Width-half)
			box := vg.Rectangle{Min: pt(x-half, at.Y+dy-.5*p.Small), Max: pt(x+half, at.Y+dy+.5*p.Small)}
			if box.Max.Y > p.height-1.8*p.Text || slices.ContainsFunc(taken, func(o vg.Rectangle) bool { return overlap(o, box) }) {
				continue
			}
			taken = append(taken, box)
			p.haloed(name, pt(x, at.Y+dy), middle, p.Small, ink)
			break
		}
	}
}

func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}
