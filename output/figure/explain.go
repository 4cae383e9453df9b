package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/output"
)

// fall is a waterfall, or bars from zero where effects do not add up.
type fall struct {
	measure string
	parts   []string
	effects []estimate
	adds    bool
	rest    int // parts that are drawn as one
}

// mostParts is the number of parts that an explanation draws.
const mostParts = 14

// Explain draws how much of an outcome is owed to each event and mechanism.
func Explain(s *Source) (*Figure, error) {
	const name = "explain"
	f, w, n, err := s.read(name, "explain", "splinternet explain SCENARIO --runs 20 --out DIR",
		[]string{"measure", "part", "kind", "method"}, []string{"effect", "low", "high", "runs"})
	if err != nil {
		return nil, err
	}
	chosen, err := s.chosen(name, w[0], 1)
	if err != nil {
		return nil, err
	}
	e := &fall{measure: chosen[0], adds: slices.Contains(w[3], "shapley")}
	type effect struct {
		part string
		estimate
	}
	var all []effect
	runs := 0
	for row := range w[0] {
		if w[0][row] == e.measure && (!e.adds || w[3][row] == "shapley") {
			all = append(all, effect{e.partName(w[1][row], w[2][row]), estimate{n[0][row], n[1][row], n[2][row]}})
			runs = int(n[3][row])
		}
	}
	slices.SortStableFunc(all, func(a, b effect) int { return sign(math.Abs(zero(b.value)) - math.Abs(zero(a.value))) })
	rest := estimate{0, math.NaN(), math.NaN()}
	for k, x := range all {
		if k < mostParts {
			e.parts, e.effects = append(e.parts, x.part), append(e.effects, x.estimate)
		} else {
			rest.value += zero(x.value)
			e.rest++
		}
	}
	if e.rest > 0 && e.adds {
		e.parts, e.effects = append(e.parts, output.Count(e.rest, "other part")), append(e.effects, rest)
	}
	how := "the outcome with it, less the outcome without it; effects of parts that act through one another need not add up"
	if e.adds {
		how = "what it adds on average over all orders in which the parts can come in (Shapley value), so that the bars add up to the whole change"
	}
	return &Figure{
		Name: name, Title: "What the outcome is owed to",
		Caption: fmt.Sprintf("%s: what is owed to each event and mechanism, %s. Bars with 95 %% intervals over %d runs; the %d largest. %s",
			outcomeName(e.measure), how, runs, min(mostParts, len(all)), s.origin()),
		Alt: e.alt(), Data: f,
		height: func(st Style) vg.Length { return vg.Length(len(e.parts))*1.7*st.Text + 5*st.Text },
		draw:   e.draw,
	}, nil
}

func (e *fall) partName(part, kind string) string {
	if kind == "mechanism" {
		return output.Capital(plainName(part)) + " (mechanism)"
	}
	return output.Capital(eventName(part))
}

func (e *fall) alt() string {
	var parts []string
	for k := range e.parts[:min(5, len(e.parts))] {
		parts = append(parts, fmt.Sprintf("%s %s", e.parts[k], signed(e.effects[k].value)))
	}
	return fmt.Sprintf("Bars of what %s is owed to. Largest: %s.", outcomeName(e.measure), strings.Join(parts, ", "))
}

func (e *fall) draw(p *pen) {
	low, high, sum := 0.0, 0.0, 0.0
	var texts []string
	starts := make([]float64, len(e.effects))
	for k, x := range e.effects {
		if e.adds {
			starts[k] = sum
			sum += zero(x.value)
			low, high = min(low, sum), max(high, sum)
		}
		for _, v := range []float64{x.value, x.low, x.high} {
			low, high = min(low, starts[k]+zero(v)), max(high, starts[k]+zero(v))
		}
	}
	digits := places(max(high, -low))
	for _, x := range e.effects {
		texts = append(texts, plus(x.value, digits))
	}
	room := min(p.widest(e.parts, p.Small), .42*p.Width) + .8*p.Text
	margin := p.widest(texts, p.Small) + p.Text
	x := linear(low, high, max(3, int((p.Width-room-margin)/(3.6*p.Text))), outcomeName(e.measure)+": change")
	rows := float64(len(e.parts))
	f := p.panel(room, p.foot(x)+.3*p.Text, p.Width-margin, p.height-.4*p.Text, x, axis{max: rows})
	unit := (f.top - f.bottom) / vg.Length(rows)
	p.rule(pt(f.px(0), f.bottom), pt(f.px(0), f.top), line{grey, p.Hair, nil})
	for k, v := range e.effects {
		y := f.py(rows - float64(k) - .5)
		c := blue
		if v.value < 0 {
			c = vermillion
		}
		a, b := f.px(starts[k]), f.px(starts[k]+zero(v.value))
		p.box(min(a, b), y-.32*unit, max(a, b)-min(a, b), .64*unit, tint(c, .8))
		if e.adds && k+1 < len(e.effects) {
			p.rule(pt(b, y-.32*unit), pt(b, y-.68*unit), line{grey, p.Hair, nil})
		}
		if !math.IsNaN(v.low) && !math.IsNaN(v.high) {
			p.rule(pt(f.px(starts[k]+v.low), y), pt(f.px(starts[k]+v.high), y), line{black, p.Thin, nil})
		}
		p.say(p.fit(e.parts[k], room-.7*p.Text, p.Small), pt(room-.5*p.Text, y), right, p.Small, ink)
		p.say(texts[k], pt(p.Width-.2*p.Text, y), right, p.Small, ink)
	}
	f.xAxis(true)
}
