package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/frame"
)

// box is one box of scenario discovery.
type peel struct {
	outcome      string
	box          int
	step         []float64
	coverage     []float64
	density      []float64
	restricted   []float64
	chosen       int
	names        []string
	low, high    []float64 // of the box
	levels       []string
	p            []float64
	least, great []float64 // of the whole range
}

// Prim draws the trajectory of a box of scenario discovery and its limits.
func Prim(s *Source) (*Figure, error) {
	const name = "prim"
	const command = "splinternet sweep SCENARIO --vary all --points 500 --out DIR && splinternet discover DIR --for hostile-fragmentation"
	t, err := s.analysis(name, "prim_trajectory", command)
	if err != nil {
		return nil, err
	}
	b, err := s.analysis(name, "prim_boxes", command)
	if err != nil {
		return nil, err
	}
	q, err := readPeel(s, t, b)
	if err != nil {
		return nil, err
	}
	var limits []string
	for k, n := range q.names {
		limits = append(limits, parameterName(n)+" "+q.limit(k))
	}
	return &Figure{
		Name: name, Title: "Scenario discovery (PRIM)",
		Caption: fmt.Sprintf("Where the outcome “%s” comes from. Left or above: each point is a step of peeling, with the share of all such runs in the box (coverage) and the share of runs in the box that end so (density); the ring is the chosen box, with coverage %s and density %s. "+
			"Right or below: its limits in the whole range of each parameter: %s. %s", q.words(), percent(q.coverage[q.chosen]), percent(q.density[q.chosen]), world.Listed(limits), s.origin()),
		Alt: fmt.Sprintf("The chosen box for %s has coverage %s and density %s and restricts %s.", q.words(), percent(q.coverage[q.chosen]),
			percent(q.density[q.chosen]), world.Listed(limits)),
		Data: b,
		height: func(st Style) vg.Length {
			boxes := vg.Length(len(q.names))*3.1*st.Text + 3*st.Text
			if st.narrow() {
				return 58*mm + boxes
			}
			return max(62*mm*st.Text/8, boxes)
		},
		draw: q.draw,
	}, nil
}

func readPeel(s *Source, t, b *frame.Frame) (*peel, error) {
	w, err := columns(t.Words, "outcome", "chosen")
	if err != nil {
		return nil, err
	}
	n, err := columns(t.Numbers, "box", "step", "coverage", "density", "restricted")
	if err != nil {
		return nil, err
	}
	q := &peel{outcome: w[0][0], box: 1, chosen: -1}
	if s.Outcome != "" {
		k := slices.IndexFunc(w[0], func(other string) bool { return sameOutcome(other, s.Outcome) })
		if k < 0 {
			return nil, unknown("prim", fmt.Sprintf("nobody asked discover for %q in %s", s.Outcome, s.Dir),
				fmt.Sprintf("splinternet discover %s --for %s; outcomes that are there: %s", output.Quote(s.Dir), output.Quote(s.Outcome), strings.Join(distinct(w[0]), ", ")))
		}
		q.outcome = w[0][k]
	}
	for row := range w[0] {
		if w[0][row] != q.outcome || int(n[0][row]) != q.box {
			continue
		}
		if yes := w[1][row]; yes == "true" || yes == "1" {
			q.chosen = len(q.step)
		}
		q.step, q.coverage = append(q.step, n[1][row]), append(q.coverage, n[2][row])
		q.density, q.restricted = append(q.density, n[3][row]), append(q.restricted, n[4][row])
	}
	if q.chosen < 0 {
		q.chosen = len(q.step) - 1
	}
	bw, err := columns(b.Words, "outcome", "parameter", "levels")
	if err != nil {
		return nil, err
	}
	bn, err := columns(b.Numbers, "box", "low", "high", "quasi_p")
	if err != nil {
		return nil, err
	}
	for row := range bw[0] {
		if bw[0][row] == q.outcome && int(bn[0][row]) == q.box {
			q.names, q.levels = append(q.names, bw[1][row]), append(q.levels, bw[2][row])
			q.low, q.high, q.p = append(q.low, bn[1][row]), append(q.high, bn[2][row]), append(q.p, bn[3][row])
		}
	}
	if len(q.names) == 0 {
		how := "splinternet discover with another --for, or a sweep of more points"
		if others := distinct(bw[0]); len(others) > 0 {
			how = "--for draws what was found for another outcome: " + strings.Join(others, ", ")
		}
		return nil, &MissingError{"prim", fmt.Sprintf("discover found no box for %s in %s", q.outcome, s.Dir), how}
	}
	return q, q.ranges(s)
}

// sameOutcome tells whether two texts name one outcome: spaces do not matter, nor
// whether a measure's mean at the end is named as such.
func sameOutcome(a, b string) bool {
	plain := strings.NewReplacer(" ", "", "_end", "")
	return plain.Replace(a) == plain.Replace(b)
}

// ranges takes the whole ranges of the parameters from the table of runs.
func (q *peel) ranges(s *Source) error {
	for k, name := range q.names {
		low, high := q.low[k], q.high[k]
		if s.has("runs") {
			f, err := s.table("runs")
			if err != nil {
				return err
			}
			if values, err := f.Numbers(name); err == nil && len(values) > 0 {
				least, most := slices.Min(values), slices.Max(values)
				if math.IsNaN(low) {
					low = least
				}
				if math.IsNaN(high) {
					high = most
				}
				low, high = min(low, least), max(high, most)
				if math.IsNaN(q.low[k]) {
					q.low[k] = least
				}
				if math.IsNaN(q.high[k]) {
					q.high[k] = most
				}
			}
		}
		q.least, q.great = append(q.least, low), append(q.great, high)
	}
	return nil
}

func (q *peel) words() string {
	return strings.ToLower(outcomeName(q.outcome)[:1]) + outcomeName(q.outcome)[1:]
}

// limit words the limits of parameter k.
func (q *peel) limit(k int) string {
	switch {
	case q.levels[k] != "":
		return "in " + strings.ReplaceAll(q.levels[k], ";", ", ")
	case q.low[k] <= q.least[k]:
		return "up to " + figures(q.high[k])
	case q.high[k] >= q.great[k]:
		return "from " + figures(q.low[k])
	}
	return "from " + figures(q.low[k]) + " to " + figures(q.high[k])
}

func (q *peel) draw(p *pen) {
	side := p.Width
	bottom, wide := p.height-58*mm, p.Width
	if !p.narrow() {
		bottom, wide, side = 0, .46*p.Width, .5*p.Width
	}
	y := bounded(0, 1.04, 5, "Density")
	x := bounded(0, 1.04, 5, "Coverage")
	f := p.panel(p.room(y), bottom+p.foot(x)+.3*p.Text, wide-p.Text, p.height-.5*p.Text, x, y)
	for k := 1; k < len(q.step); k++ {
		p.rule(f.at(q.coverage[k-1], q.density[k-1]), f.at(q.coverage[k], q.density[k]), line{tint(grey, .6), p.Thin, nil})
	}
	most := 1.0
	for _, r := range q.restricted {
		most = max(most, r)
	}
	for k := range q.step {
		p.mark(disc, f.at(q.coverage[k], q.density[k]), .8*p.Glyph, viridis.at(q.restricted[k]/most*.9))
	}
	p.stroke(circle(f.at(q.coverage[q.chosen], q.density[q.chosen]), 1.9*p.Glyph), line{vermillion, p.Line, nil})
	f.axes()
	p.set("lighter: more parameters restricted", pt(f.left+.6*p.Text, f.bottom+.6*p.Text), left, p.Small, grey, false)
	q.limits(p, p.Width-side, side)
}

// limits draws the box, a bar in the whole range of each parameter.
func (q *peel) limits(p *pen, at, wide vg.Length) {
	y := p.height - 1.4*p.Text
	if p.narrow() {
		y = p.height - 58*mm - 1.6*p.Text
	}
	for k, name := range q.names {
		label := parameterName(name)
		limit := q.limit(k)
		p.set(p.fit(label, wide-p.widthOf(limit, p.Small)-p.Text, p.Small), pt(at, y), left, p.Small, ink, false)
		p.set(limit, pt(at+wide-.3*p.Text, y), right, p.Small, ink, true)
		whole := wide - .3*p.Text
		p.box(at, y-1.35*p.Text, whole, .75*p.Text, pale)
		a, b := 0.0, 1.0
		if span := q.great[k] - q.least[k]; span > 0 && q.levels[k] == "" {
			a, b = (q.low[k]-q.least[k])/span, (q.high[k]-q.least[k])/span
		}
		p.box(at+vg.Length(a)*whole, y-1.35*p.Text, vg.Length(max(b-a, .01))*whole, .75*p.Text, blue)
		y -= 3.1 * p.Text
	}
}
