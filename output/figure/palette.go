package figure

import (
	"image/color"
	"math"

	"splinternet/models/verdict"
)

// scale is a table of colours from low to high.
type scale []color.NRGBA

// at is the colour of a share in [0, 1], linearly between the table's.
func (s scale) at(x float64) color.NRGBA {
	x = math.Max(0, math.Min(1, x)) * float64(len(s)-1)
	k := min(int(x), len(s)-2)
	t := x - float64(k)
	mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-t) + float64(b)*t + .5) }
	a, b := s[k], s[k+1]
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// viridis and cividis are perceptually uniform and rise in lightness, so that they
// survive grey print (van der Walt and Smith 2015; Nunez, Anderton and Renslow
// 2018). The tables hold every seventeenth of 256 colours.
var (
	viridis = table("440154481a6c472f7d414487" +
		"39568c31688e2a788e23888e" +
		"1f988b22a88435b77954c568" +
		"7ad151a5db36d2e21bfde725")
	cividis = table("00224e002e6c1e3a6f35456c" +
		"47516c575d6d666970757575" +
		"848279948e77a59c74b7a96e" +
		"c8b866dbc75aeed649fee838")
)

// table reads colours written as rrggbb one after another.
func table(hex string) scale {
	digit := func(c byte) uint8 {
		if c >= 'a' {
			return c - 'a' + 10
		}
		return c - '0'
	}
	var s scale
	for k := 0; k+6 <= len(hex); k += 6 {
		var rgb [3]uint8
		for j := range rgb {
			rgb[j] = digit(hex[k+2*j])<<4 | digit(hex[k+2*j+1])
		}
		s = append(s, color.NRGBA{rgb[0], rgb[1], rgb[2], 255})
	}
	return s
}

// luminance is the relative luminance of a colour, [0, 1] (WCAG 2.2, with the
// exponent of sRGB taken as 2.2).
func luminance(c color.NRGBA) float64 {
	linear := func(x uint8) float64 { return math.Pow(float64(x)/255, 2.2) }
	return .2126*linear(c.R) + .7152*linear(c.G) + .0722*linear(c.B)
}

// ending is how figures show an end state.
type ending struct {
	label  verdict.Label
	letter string // in cells, so that it reads without colour
	channel
}

var endings = []ending{
	{verdict.Liberal, "L", channel{blue, nil, disc}},
	{verdict.PostLiberal, "P", channel{purple, nil, diamond}},
	{verdict.Thin, "T", channel{sky, nil, ring}},
	{verdict.Managed, "M", channel{green, nil, triangle}},
	{verdict.Hostile, "H", channel{vermillion, nil, square}},
	{verdict.Drift, "D", channel{color.NRGBA{0x8A, 0x8A, 0x8A, 255}, nil, down}},
}

// endingOf finds the end state of a label; an unknown one is black.
func endingOf(label string) ending {
	for _, e := range endings {
		if string(e.label) == label {
			return e
		}
	}
	return ending{verdict.Label(label), "?", channel{black, nil, cross}}
}
