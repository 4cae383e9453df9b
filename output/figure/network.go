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
