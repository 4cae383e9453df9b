package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Heat draws the mean of a measure over two swept parameters.
func Heat(s *Source) (*Figure, error) {
	const name = "heat"
	measure := s.Measure
	if measure == "" {
		measure = "native_reachability"
	}
	if !strings.HasSuffix(measure, "_first") && !strings.HasSuffix(measure, "_last") && !strings.HasSuffix(measure, "_end") {
		measure += "_end"
	}
	p, err := s.plane(name, measure)
	if err != nil {
		return nil, err
	}
	d := &diagram{plane: p, measure: measure}
	low, high := math.Inf(1), math.Inf(-1)
	for _, q := range p.points {
		low, high = min(low, q.value), max(high, q.value)
	}
	low, high = proper(low, high)
	d.bar = bounded(low, high, 6, measureAxis(measure))
	contours := ""
	if p.grid() {
		contours = " Lines are contours at the values that the colour bar names."
	}
	return &Figure{
		Name: name, Title: measureAxis(measure) + " over two parameters",
		Caption: fmt.Sprintf("%s, mean over runs, from %s to %s. %s%s %s", measureAxis(measure), figures(low), figures(high), p.words(), s.failures()+contours, s.origin()),
		Alt:     fmt.Sprintf("Heat map of %s, which lies between %s and %s.", measureAxis(measure), figures(low), figures(high)),
		Data:    d.data(), height: planeHeight, draw: d.draw,
	}, nil
}

// surface is the plane as gonum/plot's contour sees it.
type surface struct{ *diagram }

func (s surface) Dims() (c, r int)   { return len(s.xs), len(s.ys) }
func (s surface) X(c int) float64    { return float64(c) + .5 }
func (s surface) Y(r int) float64    { return float64(r) + .5 }
func (s surface) Z(c, r int) float64 { return s.find(c, r).value }

// contour draws lines of equal value at the ticks of the colour bar.
func (d *diagram) contour(f *panel) {
	if len(d.xs) < 3 || len(d.ys) < 3 {
		return
	}
	var at []float64
	for _, t := range d.bar.ticks {
		if t.at > d.bar.min && t.at < d.bar.max {
			at = append(at, t.at)
		}
	}
	if len(at) == 0 {
		return
	}
	p := plot.New()
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = f.x.min, f.x.max, f.y.min, f.y.max
	lines := new(capture)
	plotter.NewContour(surface{d}, at, nil).Plot(draw.Canvas{
		Canvas: lines, Rectangle: vg.Rectangle{Min: pt(f.left, f.bottom), Max: pt(f.right, f.top)},
	}, p)
	for _, path := range lines.paths {
		f.stroke(path, line{white, 2.2 * f.Thin, nil})
	}
	for _, path := range lines.paths {
		f.stroke(path, line{black, f.Thin, nil})
	}
}

// capture is a canvas that keeps the paths that are stroked on it.
type capture struct{ paths []vg.Path }

func (c *capture) Stroke(p vg.Path)                       { c.paths = append(c.paths, slices.Clone(p)) }
func (c *capture) SetLineWidth(vg.Length)                 {}
func (c *capture) SetLineDash([]vg.Length, vg.Length)     {}
func (c *capture) SetColor(color.Color)                   {}
func (c *capture) Rotate(float64)                         {}
func (c *capture) Translate(vg.Point)                     {}
func (c *capture) Scale(float64, float64)                 {}
func (c *capture) Push()                                  {}
func (c *capture) Pop()                                   {}
func (c *capture) Fill(vg.Path)                           {}
func (c *capture) FillString(font.Face, vg.Point, string) {}
func (c *capture) DrawImage(vg.Rectangle, image.Image)    {}
