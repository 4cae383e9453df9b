package figure

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/output"
)

// tick is a mark on an axis.
type tick struct {
	at    float64
	label string
}

// axis is one direction of a panel.
type axis struct {
	min, max float64
	label    string
	ticks    []tick
}

// norm is the place of a value on the axis, [0, 1] between its ends.
func (a axis) norm(x float64) float64 { return (x - a.min) / (a.max - a.min) }

// spare is the part of its range by which an axis reaches beyond the data, so that
// marks at the edge are whole.
const spare = .06

// linear is an axis over values from low to high, with room at the ends and about n
// ticks at round numbers.
func linear(low, high float64, n int, label string) axis {
	low, high = proper(low, high)
	room := spare * (high - low)
	return axis{low - room, high + room, label, ticks(low-room, high+room, n)}
}

// bounded is an axis that ends at the values themselves, for bars and shares.
func bounded(low, high float64, n int, label string) axis {
	low, high = proper(low, high)
	return axis{low, high, label, ticks(low, high, n)}
}

// fromZero is an axis from 0 to a little above the greatest value.
func fromZero(high float64, n int, label string) axis {
	if !(high > 0) {
		high = 1
	}
	return bounded(0, high*(1+spare), n, label)
}

// proper makes a range that has a length.
func proper(low, high float64) (float64, float64) {
	if !(low <= high) || math.IsInf(low, 0) || math.IsInf(high, 0) {
		return 0, 1
	}
	if high-low < 1e-9*math.Max(1, math.Abs(high)) {
		room := .05 * math.Max(.1, math.Abs(high))
		return low - room, high + room
	}
	return low, high
}

// ticks are at most n+1 round numbers in a range: multiples of 1, 2 or 5 times a
// power of ten.
func ticks(low, high float64, n int) []tick {
	n = max(n, 1)
	step := math.Pow(10, math.Floor(math.Log10((high-low)/float64(n))))
	for _, factor := range []float64{1, 2, 5, 10} {
		if (high-low)/(step*factor) <= float64(n)*1.0001 {
			step *= factor
			break
		}
	}
	decimals := max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
	var list []tick
	for k := math.Ceil(low/step - 1e-9); k*step <= high+1e-9*step; k++ {
		x := k * step
		list = append(list, tick{x, decimal(x, decimals)})
	}
	if len(list) < 2 && n < 6 {
		return ticks(low, high, n+1) // one number makes no scale
	}
	return list
}

// places is the number of decimals with which a value of that size has three
// significant digits.
func places(size float64) int {
	if !(size > 0) {
		return 2
	}
	return min(max(0, 2-int(math.Floor(math.Log10(size)))), 6)
}

// years is an axis of time in years, with room for labels of a width.
func years(from, to float64, n int) axis {
	a := axis{min: from, max: to}
	span := to - from
	step := 50.0
	for _, s := range []float64{1, 2, 5, 10, 20} {
		if span/s <= float64(max(n, 1)) {
			step = s
			break
		}
	}
	for y := math.Ceil(from/step-1e-9) * step; y <= to+1e-9; y += step {
		a.ticks = append(a.ticks, tick{y, strconv.Itoa(int(y))})
	}
	return a
}

// labels of the ticks.
func (a axis) labels() []string {
	list := make([]string, len(a.ticks))
	for k, t := range a.ticks {
		list[k] = t.label
	}
	return list
}

// decimal writes a number with a minus sign, not a hyphen. Zero has no sign.
func decimal(x float64, decimals int) string {
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return strings.Replace(s, "-", "−", 1)
}

// figures writes a number with about three significant digits.
func figures(x float64) string {
	size := math.Abs(x)
	switch {
	case math.IsNaN(x):
		return "–"
	case size >= 1e5 || size > 0 && size < 1e-3:
		s := strconv.FormatFloat(x, 'e', 1, 64)
		mantissa, exponent, _ := strings.Cut(s, "e")
		n, _ := strconv.Atoi(exponent)
		return strings.Replace(mantissa, "-", "−", 1) + " × 10^" + strings.Replace(strconv.Itoa(n), "-", "−", 1)
	case size >= 100:
		return decimal(x, 0)
	case size >= 10:
		return decimal(x, 1)
	case size >= 1:
		return decimal(x, 2)
	}
	return decimal(x, 3)
}

// percent writes a share, with a thin space before the sign.
func percent(share float64) string {
	return output.PercentIn("\u202f", share)
}

// panel is a rectangle in which data are drawn to two axes.
type panel struct {
	*pen
	left, bottom, right, top vg.Length
	x, y                     axis
}

func (p *pen) panel(left, bottom, right, top vg.Length, x, y axis) *panel {
	return &panel{p, left, bottom, right, top, x, y}
}

func (p *panel) px(x float64) vg.Length {
	return p.left + vg.Length(p.x.norm(x))*(p.right-p.left)
}

func (p *panel) py(y float64) vg.Length {
	return p.bottom + vg.Length(p.y.norm(y))*(p.top-p.bottom)
}

func (p *panel) at(x, y float64) vg.Point { return pt(p.px(x), p.py(y)) }

// room is what the labels of a vertical axis need to the left of it.
func (p *pen) room(y axis) vg.Length {
	w := p.widest(y.labels(), p.Text) + p.Tick + .55*p.Text
	if y.label != "" {
		w += 1.5 * p.Text
	}
	return w
}

// edge is what the last label of a horizontal axis of about a length needs to the
// right of it.
func (p *pen) edge(x axis, length vg.Length) vg.Length {
	if len(x.ticks) == 0 {
		return .3 * p.Text
	}
	last := x.ticks[len(x.ticks)-1]
	half := p.widthOf(last.label, p.Text) / 2
	away := .9 * vg.Length(1-x.norm(last.at)) * length
	return max(.3*p.Text, half-away+.15*p.Text)
}

// foot is what the labels of a horizontal axis need below it.
func (p *pen) foot(x axis) vg.Length {
	h := p.Tick + 1.25*p.Text
	if len(x.ticks) == 0 {
		h = .3 * p.Text
	}
	if x.label != "" {
		h += 1.45 * p.Text
	}
	return h
}

func (p *pen) axisLine() line { return line{ink, p.Hair, nil} }

func (p *pen) guideLine() line { return line{pale, p.Hair, nil} }

// axes draws both axes with ticks and labels.
func (p *panel) axes() {
	p.xAxis(true)
	p.yAxis(true)
}

// xAxis draws the horizontal axis, with or without labels.
func (p *panel) xAxis(labels bool) {
	p.rule(pt(p.left-p.Hair/2, p.bottom), pt(p.right+p.Hair/2, p.bottom), p.axisLine())
	for _, t := range p.x.ticks {
		x := p.px(t.at)
		p.rule(pt(x, p.bottom), pt(x, p.bottom-p.Tick), p.axisLine())
		if labels {
			p.set(t.label, pt(x, p.bottom-p.Tick-p.Text), middle, p.Text, ink, false)
		}
	}
	if labels && p.x.label != "" {
		p.set(p.x.label, pt((p.left+p.right)/2, p.bottom-p.foot(p.x)+.3*p.Text), middle, p.Text, ink, false)
	}
}

// yAxis draws the vertical axis, with or without labels.
func (p *panel) yAxis(labels bool) {
	p.rule(pt(p.left, p.bottom-p.Hair/2), pt(p.left, p.top+p.Hair/2), p.axisLine())
	for _, t := range p.y.ticks {
		y := p.py(t.at)
		p.rule(pt(p.left, y), pt(p.left-p.Tick, y), p.axisLine())
		if labels {
			p.say(t.label, pt(p.left-p.Tick-.35*p.Text, y), right, p.Text, ink)
		}
	}
	if labels && p.y.label != "" {
		x := p.left - p.room(p.y) + .6*p.Text
		p.upright(p.y.label, pt(x, (p.bottom+p.top)/2), p.Text)
	}
}

// series draws a line through points; gaps (NaN) in y are bridged, because a
// measure may be taken at some ticks only.
func (p *panel) series(x, y []float64, l line) {
	var points []vg.Point
	for k := range x {
		if !math.IsNaN(y[k]) {
			points = append(points, p.at(x[k], y[k]))
		}
	}
	p.poly(thin(points), l)
}

// band fills between two series.
func (p *panel) band(x, low, high []float64, c color.NRGBA) {
	var up, back []vg.Point
	for k := range x {
		if math.IsNaN(low[k]) || math.IsNaN(high[k]) {
			continue
		}
		up = append(up, p.at(x[k], high[k]))
		back = append(back, p.at(x[k], low[k]))
	}
	for k := len(back) - 1; k >= 0; k-- {
		up = append(up, back[k])
	}
	p.area(up, c)
}

// thin leaves out points that no reader could see: those within a tenth of a point
// of the line between their neighbours that stay (Ramer 1972; Douglas and Peucker
// 1973).
func thin(points []vg.Point) []vg.Point {
	if len(points) < 3 {
		return points
	}
	const visible = .1
	keep := make([]bool, len(points))
	keep[0], keep[len(points)-1] = true, true
	type span struct{ a, b int }
	for open := []span{{0, len(points) - 1}}; len(open) > 0; {
		s := open[len(open)-1]
		open = open[:len(open)-1]
		far, at := visible, -1
		for k := s.a + 1; k < s.b; k++ {
			if d := distance(points[k], points[s.a], points[s.b]); d > far {
				far, at = d, k
			}
		}
		if at >= 0 {
			keep[at] = true
			open = append(open, span{s.a, at}, span{at, s.b})
		}
	}
	var list []vg.Point
	for k, yes := range keep {
		if yes {
			list = append(list, points[k])
		}
	}
	return list
}

// distance of a point from the line through two others.
func distance(p, a, b vg.Point) float64 {
	dx, dy := float64(b.X-a.X), float64(b.Y-a.Y)
	length := math.Hypot(dx, dy)
	if length == 0 {
		return math.Hypot(float64(p.X-a.X), float64(p.Y-a.Y))
	}
	return math.Abs(dx*float64(p.Y-a.Y)-dy*float64(p.X-a.X)) / length
}

// spread moves the places of labels apart, so that neighbours are at least gap
// away from each other and all lie between low and high, and keeps their order. It
// moves each as little as its group allows.
func spread(at []vg.Length, gap, low, high vg.Length) []vg.Length {
	order := make([]int, len(at))
	for k := range order {
		order[k] = k
	}
	sortBy(order, func(a, b int) bool { return at[a] < at[b] })
	type group struct {
		sum   vg.Length // of the places that the first member would like to have
		n     int
		first vg.Length
	}
	var groups []group
	for k, i := range order {
		g := group{at[i], 1, at[i]}
		_ = k
		groups = append(groups, g)
		for len(groups) > 0 {
			last := &groups[len(groups)-1]
			mean := last.sum / vg.Length(last.n)
			last.first = min(max(mean, low), max(low, high-gap*vg.Length(last.n-1)))
			if len(groups) < 2 {
				break
			}
			prev := &groups[len(groups)-2]
			if prev.first+gap*vg.Length(prev.n) <= last.first {
				break
			}
			// What the members of the later group want, seen from the first of the
			// earlier one.
			prev.sum += last.sum - gap*vg.Length(prev.n*last.n)
			prev.n += last.n
			groups = groups[:len(groups)-1]
		}
	}
	moved := make([]vg.Length, len(at))
	k := 0
	for _, g := range groups {
		for j := range g.n {
			moved[order[k]] = g.first + gap*vg.Length(j)
			k++
		}
	}
	return moved
}
