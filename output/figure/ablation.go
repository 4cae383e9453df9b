package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/world"
)

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
