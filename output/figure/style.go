package figure

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
)

// Style is how a figure is set: one size of type and one set of lines for every
// figure of a paper or of a talk.
type Style struct {
	Name  string
	Width vg.Length
	// Text is the size of type; Small that of direct labels in the data.
	Text, Small vg.Length
	// Line is the width of what matters, Thin of what stands behind it, Hair of
	// axes and guides.
	Line, Thin, Hair vg.Length
	Tick             vg.Length // length of tick marks
	Gap              vg.Length // between what belongs together
	Glyph            vg.Length // radius of marks
	DPI              int       // of PNG
}

// mm is a millimetre.
const mm = vg.Millimeter

// The widths that journals set (one column, two columns) and a slide.
const (
	Column = "89mm"
	Page   = "183mm"
	Slide  = "slide"
)

// Widths lists the named widths.
func Widths() []string { return []string{Column, Page, Slide} }

// The limits of a width in millimetres: below the least no text fits, above the
// greatest it is a poster.
const (
	leastWidth = 60
	mostWidth  = 400
)

// Paper is the style of a width: 8 pt sans serif on paper, in one column (89mm) or
// two (183mm) or another width in millimetres; larger for a slide.
func Paper(width string) (Style, error) {
	if width == Slide {
		return Style{
			Name: Slide, Width: 254 * mm, Text: 14, Small: 12, Line: 2, Thin: 1.1, Hair: .9, Tick: 4, Gap: 6, Glyph: 4, DPI: 192,
		}, nil
	}
	number, is := strings.CutSuffix(width, "mm")
	value, err := strconv.ParseFloat(number, 64)
	if !is || err != nil || !(value >= leastWidth && value <= mostWidth) {
		return Style{}, fmt.Errorf("width %q: allowed are %s, or another from %dmm to %dmm",
			width, strings.Join(Widths(), ", "), leastWidth, mostWidth)
	}
	return Style{
		Name: width, Width: vg.Length(value) * mm, Text: 8, Small: 7, Line: 1.1, Thin: .6, Hair: .5, Tick: 2.5, Gap: 3.5,
		Glyph: 2.2, DPI: 300,
	}, nil
}

// narrow tells whether the figure has the width of one column.
func (s Style) narrow() bool { return s.Width < 120*mm }

// Colours that people with any common colour vision tell apart (Okabe and Ito
// 2008).
var (
	black      = color.NRGBA{0, 0, 0, 255}
	orange     = color.NRGBA{0xE6, 0x9F, 0x00, 255}
	sky        = color.NRGBA{0x56, 0xB4, 0xE9, 255}
	green      = color.NRGBA{0x00, 0x9E, 0x73, 255}
	blue       = color.NRGBA{0x00, 0x72, 0xB2, 255}
	vermillion = color.NRGBA{0xD5, 0x5E, 0x00, 255}
	purple     = color.NRGBA{0xCC, 0x79, 0xA7, 255}

	white = color.NRGBA{255, 255, 255, 255}
	ink   = color.NRGBA{0x22, 0x22, 0x22, 255} // text and axes
	grey  = color.NRGBA{0x77, 0x77, 0x77, 255} // what stands back
	pale  = color.NRGBA{0xDD, 0xDD, 0xDD, 255} // guides
)

// tint mixes a colour with white; share 1 leaves it. Figures use opaque tints in
// place of translucent fills, which LaTeX shows as dirty grey.
func tint(c color.NRGBA, share float64) color.NRGBA {
	mix := func(x uint8) uint8 { return uint8(255 - share*(255-float64(x)) + .5) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), 255}
}

// contrast is black or white, whichever reads better on a colour (WCAG 2.2
// relative luminance, with sRGB's exponent taken as 2.2).
func contrast(c color.NRGBA) color.NRGBA {
	if luminance(c) > .18 {
		return black
	}
	return white
}

// channel is one category of a figure: a colour, and the dash and the glyph that
// tell it apart without colour.
type channel struct {
	colour color.NRGBA
	dash   []vg.Length
	glyph  glyph
}

// channels are those of categories in order.
var channels = []channel{
	{blue, nil, disc},
	{vermillion, []vg.Length{4, 1.5}, square},
	{green, []vg.Length{1, 1.2}, triangle},
	{purple, []vg.Length{5, 1.5, 1, 1.5}, diamond},
	{orange, []vg.Length{2.5, 1.2}, down},
	{sky, []vg.Length{6, 2}, ring},
	{black, []vg.Length{1, 2.5}, cross},
}

// channelOf is the k-th category; those beyond the list are grey.
func channelOf(k int) channel {
	if k < len(channels) {
		return channels[k]
	}
	return channel{grey, nil, ring}
}
