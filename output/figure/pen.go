package figure

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
)

// backend is a file format that is being drawn. Lengths are in points from the
// lower left corner.
type backend interface {
	fill(p vg.Path, c color.NRGBA)
	stroke(p vg.Path, l line)
	// write sets one line of text with its baseline beginning at a point.
	write(t text, at vg.Point)
}

// line is how a path is stroked.
type line struct {
	colour color.NRGBA
	width  vg.Length
	dash   []vg.Length
}

// text is one line of text.
type text struct {
	string
	face    font.Face
	colour  color.NRGBA
	anchor  anchor // what the point that it stands at is, for formats that set type themselves
	upright bool   // turned by a quarter to the left
}

// anchor says which part of a text stands at a point: 0 its beginning, .5 its
// middle, 1 its end.
type anchor float64

const (
	left   anchor = 0
	middle anchor = .5
	right  anchor = 1
)

// fonts holds Liberation Sans, which has the widths of Arial and Helvetica.
var fonts = font.NewCache(liberation.Collection())

func sans(size vg.Length, bold bool) font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	if bold {
		f.Weight = boldWeight
	}
	return fonts.Lookup(f, size)
}

// pen draws in one style on one backend.
type pen struct {
	backend
	Style
	height vg.Length
}

func pt(x, y vg.Length) vg.Point { return vg.Point{X: x, Y: y} }

// width of a text in the size of direct labels or of ordinary text.
func (p *pen) widthOf(s string, size vg.Length) vg.Length {
	face := sans(size, false)
	return face.Width(s)
}

// widest is the width of the widest of several texts.
func (p *pen) widest(list []string, size vg.Length) vg.Length {
	var most vg.Length
	for _, s := range list {
		most = max(most, p.widthOf(s, size))
	}
	return most
}

// say sets text with its vertical middle at y.
func (p *pen) say(s string, at vg.Point, a anchor, size vg.Length, c color.NRGBA) {
	at.Y -= .36 * size // half the height of a capital
	p.set(s, at, a, size, c, false)
}

// set sets text with its baseline at y.
func (p *pen) set(s string, at vg.Point, a anchor, size vg.Length, c color.NRGBA, bold bool) {
	face := sans(size, bold)
	at.X -= vg.Length(a) * face.Width(s)
	p.write(text{s, face, c, a, false}, at)
}

// upright sets text turned by a quarter to the left, its middle at a point.
func (p *pen) upright(s string, at vg.Point, size vg.Length) {
	face := sans(size, false)
	at.X += .36 * size
	at.Y -= face.Width(s) / 2
	p.write(text{s, face, ink, middle, true}, at)
}

// haloed sets text over data: on white, so that it stays legible.
func (p *pen) haloed(s string, at vg.Point, a anchor, size vg.Length, c color.NRGBA) {
	w := p.widthOf(s, size)
	x := at.X - vg.Length(a)*w
	from, to := max(x-1, 0), min(x+w+1, p.Width)
	p.box(from, at.Y-.5*size, to-from, size, white)
	p.say(s, at, a, size, c)
}

// rule draws a straight line.
func (p *pen) rule(from, to vg.Point, l line) {
	p.stroke(vg.Path{{Type: vg.MoveComp, Pos: from}, {Type: vg.LineComp, Pos: to}}, l)
}

// poly draws a line through points.
func (p *pen) poly(points []vg.Point, l line) {
	if len(points) > 1 {
		p.stroke(through(points), l)
	}
}

func through(points []vg.Point) vg.Path {
	path := make(vg.Path, len(points))
	for k, at := range points {
		path[k] = vg.PathComp{Type: vg.LineComp, Pos: at}
	}
	path[0].Type = vg.MoveComp
	return path
}

// area fills the polygon of the points.
func (p *pen) area(points []vg.Point, c color.NRGBA) {
	if len(points) > 2 {
		p.fill(closed(points), c)
	}
}

// closed is the outline of a polygon. It ends where it begins, for formats that
// do not close paths themselves.
func closed(points []vg.Point) vg.Path {
	path := through(points)
	path.Line(points[0])
	path.Close()
	return path
}

// box fills a rectangle.
func (p *pen) box(x, y, w, h vg.Length, c color.NRGBA) {
	p.area([]vg.Point{pt(x, y), pt(x+w, y), pt(x+w, y+h), pt(x, y+h)}, c)
}

// outline strokes a rectangle.
func (p *pen) outline(x, y, w, h vg.Length, l line) {
	p.stroke(closed([]vg.Point{pt(x, y), pt(x+w, y), pt(x+w, y+h), pt(x, y+h)}), l)
}

// glyph is the form of a mark.
type glyph int

const (
	disc glyph = iota
	square
	triangle
	diamond
	down
	ring
	cross
)

// mark draws a glyph of about equal area for every form, with a white edge that
// parts it from what is below.
func (p *pen) mark(g glyph, at vg.Point, r vg.Length, c color.NRGBA) {
	edge := line{white, min(.25*r, .6), nil}
	var outline vg.Path
	switch g {
	case disc:
		outline = circle(at, r)
	case ring:
		outline = circle(at, r)
		p.fill(outline, white)
		p.stroke(circle(at, .8*r), line{c, .4 * r, nil})
		return
	case cross:
		d := .8 * r
		p.rule(pt(at.X-d, at.Y-d), pt(at.X+d, at.Y+d), line{c, .45 * r, nil})
		p.rule(pt(at.X-d, at.Y+d), pt(at.X+d, at.Y-d), line{c, .45 * r, nil})
		return
	case square:
		outline = corners(at, 1.25*r, 4, math.Pi/4)
	case diamond:
		outline = corners(at, 1.35*r, 4, 0)
	case triangle:
		outline = corners(at, 1.4*r, 3, math.Pi/2)
	case down:
		outline = corners(at, 1.4*r, 3, -math.Pi/2)
	}
	p.fill(outline, c)
	p.stroke(outline, edge)
}

// corners is a regular polygon whose first corner lies at an angle.
func corners(at vg.Point, r vg.Length, n int, angle float64) vg.Path {
	points := make([]vg.Point, n)
	for k := range points {
		a := angle + 2*math.Pi*float64(k)/float64(n)
		points[k] = pt(at.X+r*vg.Length(math.Cos(a)), at.Y+r*vg.Length(math.Sin(a)))
	}
	return closed(points)
}

// circle is a circle of four Bézier curves, which every format draws alike.
func circle(at vg.Point, r vg.Length) vg.Path {
	k := .5522847498 * r // distance of the control points: error below .03 % of r
	x, y := at.X, at.Y
	var path vg.Path
	path.Move(pt(x+r, y))
	path.CubeTo(pt(x+r, y+k), pt(x+k, y+r), pt(x, y+r))
	path.CubeTo(pt(x-k, y+r), pt(x-r, y+k), pt(x-r, y))
	path.CubeTo(pt(x-r, y-k), pt(x-k, y-r), pt(x, y-r))
	path.CubeTo(pt(x+k, y-r), pt(x+r, y-k), pt(x+r, y))
	path.Close()
	return path
}

// wrap breaks a text into lines no wider than a width, at spaces.
func (p *pen) wrap(s string, width, size vg.Length) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		longer := word
		if line != "" {
			longer = line + " " + word
		}
		if line != "" && p.widthOf(longer, size) > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	return append(lines, line)
}

// fit shortens a text to a width, with an ellipsis.
func (p *pen) fit(s string, width, size vg.Length) string {
	if p.widthOf(s, size) <= width {
		return s
	}
	runes := []rune(s)
	for n := len(runes) - 1; n > 0; n-- {
		short := strings.TrimRight(string(runes[:n]), " ,.;:–-") + "…"
		if p.widthOf(short, size) <= width {
			return short
		}
	}
	return ""
}
