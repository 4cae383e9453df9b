package docs

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models"
)

// influence is what one mechanism writes that another reads: parts of the world.
type influence struct {
	from, to int // mechanisms, by their place in the tick
	parts    []string
}

// influences lists them, by the mechanism that is influenced. Whole lists such as
// "Texts" only say how many there are and are left out.
func influences(list []models.Info) []influence {
	var all []influence
	for to, reader := range list {
		for from, writer := range list {
			i := influence{from: from, to: to}
			for _, part := range writer.Writes {
				if from != to && strings.Contains(part, ".") && slices.Contains(reader.Reads, part) {
					i.parts = append(i.parts, part)
				}
			}
			if i.parts != nil {
				all = append(all, i)
			}
		}
	}
	return all
}

// loops counts the pairs of mechanisms that influence one another directly.
func loops(all []influence) int {
	mutual := 0
	for _, a := range all {
		for _, b := range all {
			if a.from == b.to && a.to == b.from && a.from < a.to {
				mutual++
			}
		}
	}
	return mutual
}

// loopsSection says what feeds back on what, by the declarations of the mechanisms.
func loopsSection() string {
	list := models.Mechanisms()
	all := influences(list)
	var b strings.Builder
	fmt.Fprintf(&b, "Of the %d ordered pairs of mechanisms, %d influence the other through a part of the world; %d pairs influence one another.\n\n",
		len(list)*(len(list)-1), len(all), loops(all))
	row(&b, "mechanism", "is moved by what others write")
	row(&b, "---", "---")
	for to, m := range list {
		var by []string
		for _, i := range all {
			if i.to == to {
				by = append(by, list[i.from].Name+" ("+codes(i.parts)+")")
			}
		}
		row(&b, code(m.Name), strings.Join(by, " · "))
	}
	return b.String()
}

// The measures of the picture in pixels.
const (
	loopsWidth  = 820
	loopsHeight = 640
	loopsRadius = 240
)

// loopsPicture draws the mechanisms on a circle and what each writes that another
// reads as an arrow, the wider the more parts of the world it leads through. Arrows of
// pairs that influence one another are dark.
func loopsPicture() string {
	list := models.Mechanisms()
	all := influences(list)
	var lines, boxes strings.Builder
	for _, i := range all {
		mutual := slices.ContainsFunc(all, func(o influence) bool { return o.from == i.to && o.to == i.from })
		colour, head := "#b9c6d3", "pale"
		if mutual {
			colour, head = "#2b5d8a", "dark"
		}
		x1, y1 := onCircle(i.from, len(list), loopsRadius-18)
		x2, y2 := onCircle(i.to, len(list), loopsRadius-18)
		// The way bends towards the right of its direction, so that both ways can be seen.
		mx, my := (x1+x2)/2+.12*(y1-y2), (y1+y2)/2+.12*(x2-x1)
		fmt.Fprintf(&lines, `<path d="M%.1f %.1f Q%.1f %.1f %.1f %.1f" fill="none" stroke="%s" stroke-width="%.2f" marker-end="url(#%s)"><title>%s to %s: %s</title></path>`+"\n",
			x1, y1, mx, my, x2, y2, colour, .7*math.Sqrt(float64(len(i.parts))), head, list[i.from].Name, list[i.to].Name, strings.Join(i.parts, ", "))
	}
	for k, m := range list {
		x, y := onCircle(k, len(list), loopsRadius+32)
		width := letter*float64(len(m.Name)) + 20
		fmt.Fprintf(&boxes, `<rect x="%.1f" y="%.1f" width="%.1f" height="26" rx="4" fill="#fff" stroke="#456"/>`+"\n", x-width/2, y-13, width)
		fmt.Fprintf(&boxes, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", x, y+4, m.Name)
	}
	marker := func(id, colour string) string {
		return fmt.Sprintf(`<marker id="%s" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="%s"/></marker>`, id, colour)
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
<title>What feeds back on what</title>
<defs>%s%s</defs>
%s%s</svg>
`, loopsWidth, loopsHeight, marker("pale", "#b9c6d3"), marker("dark", "#2b5d8a"), lines.String(), boxes.String())
}

// onCircle is the place of mechanism k of n on a circle about the middle, from the top
// on, clockwise.
func onCircle(k, n int, radius float64) (x, y float64) {
	angle := 2 * math.Pi * float64(k) / float64(n)
	return loopsWidth/2 + 1.25*radius*math.Sin(angle), loopsHeight/2 - radius*math.Cos(angle)
}
