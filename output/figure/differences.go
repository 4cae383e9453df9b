package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/frame"
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

// dots is differences of many variants, a panel for each measure.
type dots struct {
	measures []string
	variants []string
	base     string
	at       map[[2]string]estimate // by measure and variant
}

// Ablation draws what changes when a part of the model is left out.
func Ablation(s *Source) (*Figure, error) {
	const name = "ablation"
	f, w, n, err := s.read(name, "ablation", "splinternet ablate SCENARIO --runs 20 --out DIR",
		[]string{"variant", "measure"}, []string{"difference", "low", "high", "runs"})
	if err != nil {
		return nil, err
	}
	d := &dots{base: w[0][0], at: map[[2]string]estimate{}}
	if d.measures, err = s.chosen(name, w[1], 4); err != nil {
		return nil, err
	}
	for row := range w[0] {
		if w[0][row] == d.base {
			continue
		}
		d.at[[2]string{w[1][row], w[0][row]}] = estimate{n[0][row], n[1][row], n[2][row]}
	}
	d.variants = d.sorted(slices.DeleteFunc(distinct(w[0]), func(v string) bool { return v == d.base }))
	if len(d.variants) == 0 {
		return nil, &MissingError{name, "the table holds the reference alone", "splinternet ablate SCENARIO --runs 20 --out DIR"}
	}
	var shownNames []string
	for _, m := range d.measures {
		shownNames = append(shownNames, measureName(m))
	}
	return &Figure{
		Name: name, Title: "What each part of the model contributes",
		Caption: fmt.Sprintf("Difference of %s (means of the last two years) from “%s” when one part is left out, with 95 %% intervals over %d pairs of runs with the same chance. "+
			"Rows are in order of the size of the first difference. %s", world.Listed(shownNames), d.base, int(n[3][0]), s.origin()),
		Alt: d.alt(), Data: f,
		height: func(st Style) vg.Length { return vg.Length(len(d.variants))*1.45*st.Text + 6.6*st.Text },
		draw:   d.draw,
	}, nil
}

// sorted puts variants in order of the size of their first difference; the
// reference models M0 to M2 come first.
func (d *dots) sorted(variants []string) []string {
	size := func(v string) float64 {
		if len(v) == 2 && v[0] == 'M' {
			return 1e9 - float64(v[1])
		}
		return math.Abs(zero(d.at[[2]string{d.measures[0], v}].value))
	}
	slices.SortStableFunc(variants, func(a, b string) int { return sign(size(b) - size(a)) })
	return variants
}

func (d *dots) alt() string {
	var parts []string
	for _, m := range d.measures {
		best := slices.MaxFunc(d.variants, func(a, b string) int {
			return sign(math.Abs(zero(d.at[[2]string{m, a}].value)) - math.Abs(zero(d.at[[2]string{m, b}].value)))
		})
		parts = append(parts, fmt.Sprintf("%s changes most without %s (%s)", measureName(m), plainName(best), signed(d.at[[2]string{m, best}].value)))
	}
	return "Differences of variants from the reference with intervals. " + strings.Join(parts, "; ") + "."
}

// variantName words a variant of an ablation: a reference model, or what is left out.
func variantName(v string) string {
	if len(v) == 2 && v[0] == 'M' {
		return "Model " + v
	}
	return "Without " + plainName(v)
}

func (d *dots) draw(p *pen) {
	var names []string
	for _, v := range d.variants {
		names = append(names, variantName(v))
	}
	shownMeasures := d.measures
	if p.narrow() {
		shownMeasures = shownMeasures[:min(2, len(shownMeasures))]
	}
	room := min(p.widest(names, p.Small), .38*p.Width) + .8*p.Text
	gap := 2.6 * p.Text
	wide := (p.Width - room - 1.6*p.Text - vg.Length(len(shownMeasures)-1)*gap) / vg.Length(len(shownMeasures))
	rows := float64(len(d.variants))
	for c, m := range shownMeasures {
		low, high := 0.0, 0.0
		for _, v := range d.variants {
			e := d.at[[2]string{m, v}]
			low, high = min(low, zero(e.low), zero(e.value)), max(high, zero(e.high), zero(e.value))
		}
		x := linear(low, high, max(2, int(wide/(3.6*p.Text))), "")
		at := room + vg.Length(c)*(wide+gap)
		f := p.panel(at, p.foot(x)+1.5*p.Text, at+wide, p.height-2.6*p.Text, x, axis{max: rows})
		p.rule(pt(f.px(0), f.bottom), pt(f.px(0), f.top), line{grey, p.Hair, []vg.Length{2, 1.5}})
		for k, v := range d.variants {
			y := f.py(rows - float64(k) - .5)
			if c == 0 {
				p.say(p.fit(names[k], room-.7*p.Text, p.Small), pt(room-.5*p.Text, y), right, p.Small, ink)
			}
			e, ok := d.at[[2]string{m, v}]
			if !ok || math.IsNaN(e.value) {
				continue
			}
			known := e.low > 0 || e.high < 0
			colour, form := grey, ring
			if known {
				colour, form = blue, disc
			}
			if !math.IsNaN(e.low) {
				p.rule(pt(f.px(e.low), y), pt(f.px(e.high), y), line{colour, p.Line, nil})
			}
			p.mark(form, pt(f.px(e.value), y), .9*p.Glyph, colour)
		}
		f.xAxis(true)
		for n, l := range p.wrap(measureName(m), wide+.8*gap, p.Small) {
			p.set(l, pt((f.left+f.right)/2, f.top+1.6*p.Small-vg.Length(n)*1.1*p.Small), middle, p.Small, ink, true)
		}
	}
	p.set("Difference from the scenario as it is (rings: sign not known)", pt(p.Width, .4*p.Text), right, p.Small, ink, false)
}

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

// posterior is the distributions of calibrated parameters.
type posterior struct {
	list []fitted
}

type fitted struct {
	name            string
	priorLow, prior float64
	mean, low, high float64
	shrinkage       float64
	identified      bool
	bins            [histogram]float64
}

// histogram is the number of bins of a posterior.
const histogram = 20

// Calibration draws prior and posterior of each parameter.
func Calibration(s *Source) (*Figure, error) {
	const name = "calibration"
	const command = "splinternet calibrate SCENARIO --target target.toml --vary KEY=RANGE --out DIR"
	f, w, n, err := s.read(name, "calibration", command,
		[]string{"parameter", "identified"}, []string{"prior_low", "prior_high", "mean", "low", "high", "shrinkage"})
	if err != nil {
		return nil, err
	}
	sample, err := s.analysis(name, "posterior", command)
	if err != nil {
		return nil, err
	}
	q := new(posterior)
	var known []string
	size := 0
	for row := range w[0] {
		x := fitted{
			name: w[0][row], priorLow: n[0][row], prior: n[1][row], mean: n[2][row], low: n[3][row], high: n[4][row],
			shrinkage: n[5][row], identified: w[1][row] == "true" || w[1][row] == "1",
		}
		if size, err = x.take(sample); err != nil {
			return nil, err
		}
		if x.identified {
			known = append(known, parameterName(x.name))
		}
		q.list = append(q.list, x)
	}
	which := "none"
	if len(known) > 0 {
		which = world.Listed(known)
	}
	return &Figure{
		Name: name, Title: "Calibration: prior and posterior",
		Caption: fmt.Sprintf("Posterior of each calibrated parameter (bars; %d accepted draws of the last round, weighted) over its uniform prior (dashed line), with mean and 95 %% interval (mark and line). "+
			"Identified by the data: %s. %s", size, which, s.origin()),
		Alt:  "Histograms of posteriors over their priors. Identified: " + which + ".",
		Data: f,
		height: func(st Style) vg.Length {
			_, rows := facets(len(q.list), st)
			return vg.Length(rows)*34*mm*st.Text/8 + .5*st.Text
		},
		draw: q.draw,
	}, nil
}

// take reads the draws of the last round.
func (x *fitted) take(f *frame.Frame) (size int, err error) {
	c, err := columns(f, "round", "weight", x.name)
	if err != nil {
		return 0, err
	}
	last := slices.Max(c[0])
	total := 0.0
	for row := range c[0] {
		if c[0][row] != last || math.IsNaN(c[1][row]) || math.IsNaN(c[2][row]) {
			continue
		}
		size++
		total += c[1][row]
		b := int((c[2][row] - x.priorLow) / (x.prior - x.priorLow) * histogram)
		x.bins[min(max(b, 0), histogram-1)] += c[1][row]
	}
	if total > 0 {
		for b := range x.bins {
			x.bins[b] *= histogram / total // density against that of the prior
		}
	}
	return size, nil
}

func (q *posterior) draw(p *pen) {
	cols, rows := facets(len(q.list), p.Style)
	cell, tall := p.Width/vg.Length(cols), p.height/vg.Length(rows)
	for k := range q.list {
		x := &q.list[k]
		left0, bottom := vg.Length(k%cols)*cell, p.height-vg.Length(k/cols+1)*tall
		most := 1.0
		for _, b := range x.bins {
			most = max(most, b)
		}
		ax := bounded(x.priorLow, x.prior, max(2, int(cell/(3.4*p.Text))), "")
		edge := p.edge(ax, cell-p.Text)
		half := p.widthOf(ax.ticks[0].label, p.Text) / 2
		f := p.panel(left0+half+.2*p.Text, bottom+p.foot(ax)+.4*p.Text, left0+cell-edge-.8*p.Text, bottom+tall-2.2*p.Text, ax, axis{max: 1.25 * most})
		unit := (f.right - f.left) / histogram
		colour := tint(blue, .6)
		if !x.identified {
			colour = tint(grey, .6)
		}
		for b, d := range x.bins {
			p.box(f.left+vg.Length(b)*unit, f.bottom, unit, f.py(d)-f.bottom, colour)
		}
		p.rule(pt(f.left, f.py(1)), pt(f.right, f.py(1)), line{ink, p.Hair, []vg.Length{2, 1.5}})
		y := f.py(1.15 * most)
		p.rule(pt(f.px(max(x.low, ax.min)), y), pt(f.px(min(x.high, ax.max)), y), line{black, p.Thin, nil})
		p.mark(disc, pt(f.px(x.mean), y), .8*p.Glyph, black)
		f.xAxis(true)
		p.set(p.fit(parameterName(x.name), cell-.8*p.Text, p.Small), pt(left0, bottom+tall-p.Text), left, p.Small, ink, true)
	}
}
