package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/measures"
)

// forest is differences with intervals, a row for each measure.
type forest struct {
	rows  []string // measures
	sides []string
	base  string
	at    map[[2]string]estimate // by measure and side
}

// Compare draws the differences of scenarios from the first.
func Compare(s *Source) (*Figure, error) {
	const name = "compare"
	f, w, n, err := s.read(name, "compare", "splinternet compare A B --runs 50 --out DIR",
		[]string{"measure", "a", "b"}, []string{"difference", "low", "high", "runs"})
	if err != nil {
		return nil, err
	}
	r := &forest{rows: ranked(distinct(w[0])), base: w[1][0], at: map[[2]string]estimate{}}
	for row := range w[0] {
		if w[1][row] != r.base {
			continue
		}
		if !slices.Contains(r.sides, w[2][row]) {
			r.sides = append(r.sides, w[2][row])
		}
		r.at[[2]string{w[0][row], w[2][row]}] = estimate{n[0][row], n[1][row], n[2][row]}
	}
	if len(r.sides) > 6 {
		return nil, &MissingError{name, fmt.Sprintf("%d scenarios are compared, and the figure has room for 6", len(r.sides)), "compare fewer at a time"}
	}
	return &Figure{
		Name: name, Title: "Differences between scenarios",
		Caption: fmt.Sprintf("Difference of each measure (mean of the last two years, in its own unit) from “%s”, with 95 %% intervals over %d pairs of runs with the same chance. "+
			"An interval that touches the line leaves the sign open. %s", r.base, int(n[3][0]), s.origin()),
		Alt: r.alt(), Data: f, height: r.height, draw: r.draw,
	}, nil
}

// ranked sorts measures as measures.All does.
func ranked(names []string) []string {
	slices.SortStableFunc(names, func(a, b string) int {
		return measures.Find(strings.TrimSuffix(a, "_end")) - measures.Find(strings.TrimSuffix(b, "_end"))
	})
	return names
}

func (r *forest) alt() string {
	var parts []string
	for _, side := range r.sides {
		var of []string
		for _, m := range r.rows {
			if e := r.at[[2]string{m, side}]; e.low > 0 || e.high < 0 {
				of = append(of, fmt.Sprintf("%s %s", measureName(m), signed(e.value)))
			}
		}
		if len(of) == 0 {
			of = []string{"no difference whose sign is known"}
		}
		parts = append(parts, side+": "+strings.Join(of, ", "))
	}
	return fmt.Sprintf("Differences from %s with intervals. %s.", r.base, strings.Join(parts, "; "))
}

// plus writes a difference with its sign.
func plus(x float64, decimals int) string {
	if s := decimal(x, decimals); x > 0 && strings.Trim(s, "0.") != "" {
		return "+" + s
	} else {
		return s
	}
}

func signed(x float64) string {
	if x > 0 {
		return "+" + figures(x)
	}
	return figures(x)
}

func (r *forest) rowHeight(s Style) vg.Length {
	return max(1.9*s.Text, vg.Length(len(r.sides))*1.25*s.Small)
}

func (r *forest) height(s Style) vg.Length {
	return vg.Length(len(r.rows))*(r.rowHeight(s)+.5*s.Text) + 4*s.Text + vg.Length(len(r.sides))*1.35*s.Text
}

func (r *forest) draw(p *pen) {
	var names, texts []string
	low, high := 0.0, 0.0
	for _, m := range r.rows {
		names = append(names, measureName(m))
		for _, side := range r.sides {
			e := r.at[[2]string{m, side}]
			low, high = min(low, zero(e.low), zero(e.value)), max(high, zero(e.high), zero(e.value))
		}
	}
	digits := min(places(max(high, -low)), 4)
	for _, e := range r.at {
		texts = append(texts, r.text(e, p, digits))
	}
	head := vg.Length(len(r.sides)) * 1.35 * p.Text
	for k, side := range r.sides {
		c := channelOf(k)
		y := p.height - (vg.Length(k)+.7)*1.35*p.Text
		p.rule(pt(.2*p.Text, y), pt(1.8*p.Text, y), line{c.colour, p.Line, nil})
		p.mark(c.glyph, pt(p.Text, y), p.Glyph, c.colour)
		p.say(p.fit(side, p.Width-2.6*p.Text, p.Text), pt(2.5*p.Text, y), left, p.Text, ink)
	}
	room := min(p.widest(names, p.Text), .36*p.Width) + .8*p.Text
	margin := p.widest(texts, p.Small) + p.Text
	x := linear(low, high, max(2, int((p.Width-room-margin)/(4.2*p.Text))), "Difference from "+r.base)
	x.label = p.fit(x.label, p.Width-room, p.Text)
	rows := float64(len(r.rows))
	f := p.panel(room, p.foot(x)+.3*p.Text, p.Width-margin, p.height-head-.6*p.Text, x, axis{max: rows})
	p.rule(pt(f.px(0), f.bottom), pt(f.px(0), f.top), line{grey, p.Hair, []vg.Length{2, 1.5}})
	f.xAxis(true)
	for k, m := range r.rows {
		y := f.py(rows - float64(k) - .5)
		p.say(p.fit(names[k], room-.7*p.Text, p.Text), pt(room-.5*p.Text, y), right, p.Text, ink)
		for i, side := range r.sides {
			e := r.at[[2]string{m, side}]
			at := y + (vg.Length(len(r.sides)-1)/2-vg.Length(i))*1.15*p.Small
			c := channelOf(i)
			if !math.IsNaN(e.low) && !math.IsNaN(e.high) {
				p.rule(pt(f.px(e.low), at), pt(f.px(e.high), at), line{c.colour, p.Line, nil})
			}
			if !math.IsNaN(e.value) {
				p.mark(c.glyph, pt(f.px(e.value), at), p.Glyph, c.colour)
			}
			p.say(r.text(e, p, digits), pt(p.Width-.2*p.Text, at), right, p.Small, ink)
		}
	}
}

func (r *forest) text(e estimate, p *pen, digits int) string {
	if p.narrow() || math.IsNaN(e.low) {
		return plus(e.value, digits)
	}
	return fmt.Sprintf("%s [%s, %s]", plus(e.value, digits), decimal(e.low, digits), decimal(e.high, digits))
}
