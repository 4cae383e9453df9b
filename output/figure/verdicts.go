package figure

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/sim/analysis"
)

// outcome is how often the runs of one scenario or point end in each way.
type outcome struct {
	name   string
	counts map[string]int
	runs   int
}

func (o *outcome) share(label string) float64 {
	return float64(o.counts[label]) / float64(max(o.runs, 1))
}

// modal is the most frequent end state; of equals the one that comes first.
func (o *outcome) modal() string {
	best := ""
	for _, l := range verdict.Labels {
		if n := o.counts[string(l)]; n > 0 && (best == "" || n > o.counts[best]) {
			best = string(l)
		}
	}
	return best
}

// Verdicts draws the shares of end states with Wilson intervals.
func Verdicts(s *Source) (*Figure, error) {
	const name = "verdicts"
	list, what, err := s.outcomes(name)
	if err != nil {
		return nil, err
	}
	v := &shares{list: list, what: what}
	least, most := list[0].runs, list[0].runs
	for _, o := range list {
		least, most = min(least, o.runs), max(most, o.runs)
	}
	runs := output.Count(most, "run")
	if least != most {
		runs = fmt.Sprintf("%d to %d runs", least, most)
	}
	each := ""
	if len(list) > 1 {
		each = " for each " + what
	}
	caution := ""
	if most < enough {
		caution = " With so few runs the intervals say more than the shares."
	}
	return &Figure{
		Name: name, Title: "Shares of end states",
		Caption: fmt.Sprintf("Share of runs that end in each end state, with 95 %% Wilson intervals; %s%s.%s A share is chance within this setting, not the probability of a future. %s", runs, each, s.failures()+caution, s.origin()),
		Alt:     v.alt(), Data: v.data(), height: v.height, draw: v.draw,
	}, nil
}

// outcomes counts the end states by scenario or point.
func (s *Source) outcomes(figure string) (list []outcome, what string, err error) {
	switch {
	case s.has("verdicts"):
		list, err = s.countLabels(figure, "verdicts", nil)
		return list, "scenario", err
	case isSweep(s) && s.has("runs"):
		factors := s.factors()
		list, err = s.countLabels(figure, "runs", factors)
		if err == nil && len(list) > mostRows {
			return nil, "", &MissingError{
				figure, fmt.Sprintf("the sweep has %d points, and the figure has room for %d", len(list), mostRows),
				"use --figure phase or --figure heat, which show many points at once",
			}
		}
		return list, "point", err
	case s.has("compare_verdicts"):
		list, err = s.countedLabels("compare_verdicts", "scenario")
		return list, "scenario", err
	case s.has("ablation_verdicts"):
		list, err = s.countedLabels("ablation_verdicts", "variant")
		for k := 1; k < len(list); k++ { // the first is the scenario as it is
			list[k].name = variantName(list[k].name)
		}
		return list, "variant", err
	}
	return nil, "", &MissingError{figure, s.Dir + " holds no table of end states (verdicts, runs, compare_verdicts or ablation_verdicts)", s.commandFor("runs")}
}

// mostRows is the number of points that a figure of rows has room for.
const mostRows = 30

// countLabels counts the labels of a table with one row a run, by factors.
func (s *Source) countLabels(figure, table string, factors []string) ([]outcome, error) {
	f, err := s.table(table)
	if err != nil {
		return nil, err
	}
	labels, err := f.Words("label")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	by, err := columns(f.Words, factors...)
	if err != nil {
		return nil, err
	}
	var list []outcome
	index := map[string]int{}
	for row, label := range labels {
		if label == "" {
			continue // a run that failed
		}
		var parts []string
		for k, factor := range factors {
			parts = append(parts, parameterName(factor)+" "+strings.Replace(by[k][row], "-", "−", 1))
		}
		name := strings.Join(parts, ", ")
		k, ok := index[name]
		if !ok {
			k = len(list)
			index[name] = k
			list = append(list, outcome{name: name, counts: map[string]int{}})
		}
		list[k].counts[label]++
		list[k].runs++
	}
	if len(list) == 0 {
		return nil, &MissingError{figure, table + " of " + s.Dir + " has no finished run", s.commandFor("runs")}
	}
	return list, nil
}

// countedLabels reads a table with one row for each label of a scenario.
func (s *Source) countedLabels(table, by string) ([]outcome, error) {
	f, err := s.table(table)
	if err != nil {
		return nil, err
	}
	w, err := columns(f.Words, by, "label")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	n, err := columns(f.Numbers, "runs")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	var list []outcome
	for row := range w[0] {
		k := slices.IndexFunc(list, func(o outcome) bool { return o.name == w[0][row] })
		if k < 0 {
			k = len(list)
			list = append(list, outcome{name: w[0][row], counts: map[string]int{}})
		}
		list[k].counts[w[1][row]] = int(n[0][row]) // runs that end so
		list[k].runs += int(n[0][row])
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s of %s has no rows", table, s.Dir)
	}
	return list, nil
}

// shares is end states in rows, or points in rows and end states in columns.
type shares struct {
	list []outcome
	what string
}

// labels are the end states that occur; all for a single scenario.
func (v *shares) labels() []ending {
	var list []ending
	for _, e := range endings {
		if len(v.list) == 1 || slices.ContainsFunc(v.list, func(o outcome) bool { return o.counts[string(e.label)] > 0 }) {
			list = append(list, e)
		}
	}
	return list
}

func (v *shares) alt() string {
	var parts []string
	for _, o := range v.list {
		name := o.name
		if name != "" {
			name += ": "
		}
		var of []string
		for _, e := range endings {
			if o.counts[string(e.label)] > 0 {
				of = append(of, fmt.Sprintf("%s in %s of runs", e.label.Words(), percent(o.share(string(e.label)))))
			}
		}
		parts = append(parts, name+world.Listed(of))
	}
	return "Shares of end states. " + strings.Join(parts, "; ") + "."
}

func (v *shares) data() *frame.Frame {
	var name, label []string
	var runs, share, low, high []float64
	for _, o := range v.list {
		for _, e := range v.labels() {
			l, h := analysis.Wilson(o.counts[string(e.label)], o.runs)
			name, label = append(name, o.name), append(label, string(e.label))
			runs, share = append(runs, float64(o.runs)), append(share, o.share(string(e.label)))
			low, high = append(low, l), append(high, h)
		}
	}
	return &frame.Frame{Columns: []frame.Column{
		words(v.what, name), words("label", label), numbers("runs", runs), numbers("share", share), numbers("low", low), numbers("high", high),
	}}
}

func (v *shares) height(s Style) vg.Length {
	if len(v.list) == 1 {
		return vg.Length(len(v.labels()))*2*s.Text + 4.4*s.Text
	}
	rows := vg.Length(len(v.list))
	if v.grouped(s) {
		return rows*vg.Length(len(v.labels())+1)*1.4*s.Text + 4.4*s.Text
	}
	return rows*1.7*s.Text + 6.4*s.Text
}

// grouped tells whether the end states of a point stand below one another, because
// side by side there is no room for them.
func (v *shares) grouped(s Style) bool { return s.narrow() && len(v.labels()) > 3 && len(v.list) <= 8 }

func (v *shares) draw(p *pen) {
	if len(v.list) == 1 {
		v.single(p)
		return
	}
	if v.grouped(p.Style) {
		v.groups(p)
		return
	}
	v.facets(p)
}

// groups draws the end states of each point below its name.
func (v *shares) groups(p *pen) {
	labels := v.labels()
	var names []string
	for _, e := range labels {
		names = append(names, output.Capital(e.label.Words()))
	}
	room := p.widest(names, p.Small) + .8*p.Text
	x := shareAxis(5, "Runs (%)")
	each := float64(len(labels) + 1)
	f := p.panel(room, p.foot(x), p.Width-1.2*p.Text, p.height-.3*p.Text, x, axis{max: each * float64(len(v.list))})
	for k := range v.list {
		o := &v.list[k]
		top := f.y.max - each*float64(k)
		p.say(p.fit(o.name, p.Width, p.Text), pt(0, f.py(top-.5)), left, p.Text, ink)
		for i, e := range labels {
			y := f.py(top - float64(i) - 1.5)
			p.rule(pt(f.left, y), pt(f.right, y), p.guideLine())
			p.say(names[i], pt(room-.5*p.Text, y), right, p.Small, ink)
			v.interval(f, o, e, y)
		}
	}
	f.xAxis(true)
	f.yAxis(false)
}

func shareAxis(n int, label string) axis {
	a := bounded(0, 1, n, label)
	for k := range a.ticks {
		a.ticks[k].label = strconv.Itoa(int(math.Round(100 * a.ticks[k].at)))
	}
	return a
}

func (v *shares) single(p *pen) {
	labels := v.labels()
	var names []string
	for _, e := range labels {
		names = append(names, output.Capital(e.label.Words()))
	}
	room := p.widest(names, p.Text) + .8*p.Text
	x := shareAxis(5, "Runs (%)")
	o := &v.list[0]
	counts := make([]string, len(labels))
	for k, e := range labels {
		counts[k] = fmt.Sprintf("%d of %d", o.counts[string(e.label)], o.runs)
	}
	f := p.panel(room, p.foot(x), p.Width-p.widest(counts, p.Small)-1.6*p.Text, p.height-.3*p.Text, x, axis{max: float64(len(labels))})
	f.xAxis(true)
	f.yAxis(false)
	for k, e := range labels {
		y := f.py(float64(len(labels)-k) - .5)
		p.say(names[k], pt(room-.5*p.Text, y), right, p.Text, ink)
		v.interval(f, o, e, y)
		p.say(counts[k], pt(p.Width, y), right, p.Small, ink)
	}
}

// interval draws a share and its interval in a row.
func (v *shares) interval(f *panel, o *outcome, e ending, y vg.Length) {
	low, high := analysis.Wilson(o.counts[string(e.label)], o.runs)
	f.rule(pt(f.px(low), y), pt(f.px(high), y), line{e.colour, f.Line, nil})
	for _, x := range []float64{low, high} {
		f.rule(pt(f.px(x), y-.6*f.Glyph), pt(f.px(x), y+.6*f.Glyph), line{e.colour, f.Line, nil})
	}
	f.mark(e.glyph, pt(f.px(o.share(string(e.label))), y), 1.25*f.Glyph, e.colour)
}

// facets draws a row for each point and a panel for each end state.
func (v *shares) facets(p *pen) {
	labels := v.labels()
	var names []string
	for _, o := range v.list {
		names = append(names, o.name)
	}
	most := vg.Length(.4)
	if p.narrow() {
		most = .36
	}
	room := min(p.widest(names, p.Small), most*p.Width) + .8*p.Text
	gap := 2.2 * p.Text
	wide := (p.Width - room - .9*p.Text - vg.Length(len(labels)-1)*gap) / vg.Length(len(labels))
	x := shareAxis(max(1, min(4, int(wide/(2.6*p.Text)))), "")
	bottom, top := p.foot(x)+1.3*p.Text, p.height-2.8*p.Text
	rows := float64(len(v.list))
	for c, e := range labels {
		at := room + vg.Length(c)*(wide+gap)
		f := p.panel(at, bottom, at+wide, top, x, axis{max: rows})
		for k := range v.list {
			y := f.py(rows - float64(k) - .5)
			p.rule(pt(f.left, y), pt(f.right, y), p.guideLine())
			v.interval(f, &v.list[k], e, y)
			if c == 0 {
				p.say(p.fit(names[k], room-.8*p.Text, p.Small), pt(room-.5*p.Text, y), right, p.Small, ink)
			}
		}
		f.xAxis(true)
		f.yAxis(false)
		for n, l := range p.wrap(output.Capital(e.label.Words()), wide+gap-.2*p.Text, p.Small) {
			p.set(l, pt((f.left+f.right)/2, top+1.7*p.Small-vg.Length(n)*1.1*p.Small), middle, p.Small, ink, false)
		}
	}
	p.set("Runs (%)", pt((room+p.Width)/2, .3*p.Text), middle, p.Text, ink, false)
}
