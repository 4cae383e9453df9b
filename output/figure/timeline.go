package figure

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/output/frame"
)

// theme is a lane of the timeline.
type theme struct {
	name  string
	kinds []string
	c     rgb
}

var themes = []theme{
	{"Votes and texts", []string{"vote", "text", "treaty", "deadlock", "proposal", "norm"}, blue},
	{"Forums", []string{"forum"}, purple},
	{"Diplomacy", []string{"agreement", "bridge", "measures", "office", "accord"}, green},
	{"Markets and standards", []string{"ban", "denial", "stack", "control", "network"}, orange},
	{"Cyber operations", []string{"incident", "response", "capability"}, vermillion},
	{"Shocks and turns", []string{"shock", "label"}, black},
}

// told is the number of sentences of a timeline.
const told = 12

// Timeline tells one run's chronicle for teaching.
func Timeline(s *Source) (*Figure, error) {
	const name = "timeline"
	if s.results == nil || !s.has("events") {
		return nil, &MissingError{name, s.Dir + " holds no events.csv: it is no folder of runs", s.commandFor("run")}
	}
	all, err := s.chronicle()
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, &MissingError{name, "nothing happened in the run: events.csv has no rows", "play it longer: --ticks"}
	}
	f, err := s.ticks(name)
	if err != nil {
		return nil, err
	}
	dates, err := f.Words("date")
	if err != nil {
		return nil, err
	}
	t := &chronicle{all: all, told: heaviest(all, told), first: year(dates[0]), last: year(dates[len(dates)-1])}
	var sentences []string
	for k, e := range t.told {
		sentences = append(sentences, fmt.Sprintf("(%d) %s: %s", k+1, e.date[:7], strings.TrimSuffix(e.text, ".")))
	}
	return &Figure{
		Name: name, Title: "Timeline of one run",
		Caption: fmt.Sprintf("What happened in run 0, %d events; the area of a mark grows with how consequential they were, all of one theme in one tick together. The %d most consequential are numbered and told below. %s",
			len(all), len(t.told), s.origin()),
		Alt:  "Timeline of events by theme. The most consequential: " + strings.Join(sentences, "; ") + ".",
		Data: t.data(), height: t.height, draw: t.draw,
	}, nil
}

type chronicle struct {
	all, told   []happening
	first, last float64
}

func (t *chronicle) data() *frame.Frame {
	var date, kind, name, actors, targets, text, by, number []string
	var value, weight []float64
	for _, e := range t.all {
		n := slices.IndexFunc(t.told, func(o happening) bool { return o.tick == e.tick && o.text == e.text })
		mark := ""
		if n >= 0 {
			mark = fmt.Sprint(n + 1)
		}
		date, kind, name = append(date, e.date), append(kind, e.kind), append(name, e.name)
		actors, targets = append(actors, strings.Join(e.actors, ";")), append(targets, strings.Join(e.targets, ";"))
		text, by, number = append(text, e.text), append(by, e.by), append(number, mark)
		value, weight = append(value, e.value), append(weight, e.weight)
	}
	return &frame.Frame{Columns: []frame.Column{
		words("date", date), words("kind", kind), words("name", name), words("actors", actors), words("targets", targets),
		numbers("value", value), words("text", text), numbers("weight", weight), words("by", by), words("number", number),
	}}
}

// lanes are the themes in which something happened.
func (t *chronicle) lanes() []theme {
	var list []theme
	for _, th := range themes {
		if slices.ContainsFunc(t.all, func(e happening) bool { return slices.Contains(th.kinds, e.kind) }) {
			list = append(list, th)
		}
	}
	return list
}

// sentences wraps what is told.
func (t *chronicle) sentences(p *pen) [][]string {
	var list [][]string
	for _, e := range t.told {
		list = append(list, p.wrap(e.text, p.Width-6.2*p.Small, p.Small))
	}
	return list
}

// The distances of lines and of lanes, in sizes of text.
const (
	leading    = 1.3
	laneHeight = 3.1
)

func (t *chronicle) height(s Style) vg.Length {
	lines := 0
	for _, l := range t.sentences(&pen{Style: s}) {
		lines += len(l)
	}
	return vg.Length(len(t.lanes()))*laneHeight*s.Text + 3.7*s.Text + vg.Length(lines)*leading*s.Small + vg.Length(len(t.told))*.35*s.Small
}

func (t *chronicle) draw(p *pen) {
	lanes := t.lanes()
	var names []string
	for _, l := range lanes {
		names = append(names, l.name)
	}
	room := p.widest(names, p.Text) + .8*p.Text
	x := years(t.first, t.last, int((p.Width-room)/(3.6*p.Text)))
	tall := laneHeight * p.Text
	p.height -= .3 * p.Text // numbers stand above the first lane
	bottom := p.height - vg.Length(len(lanes))*tall
	f := p.panel(room, bottom, p.Width-p.edge(x, p.Width-room), p.height, x, axis{max: 1})
	for _, k := range x.ticks {
		p.rule(pt(f.px(k.at), f.bottom), pt(f.px(k.at), f.top), p.guideLine())
	}
	f.xAxis(true)
	for k, l := range lanes {
		y := p.height - (vg.Length(k)+.5)*tall
		p.say(l.name, pt(room-.5*p.Text, y), right, p.Text, ink)
		// One mark for all that happened in a lane at one tick.
		sum := map[int]float64{}
		for _, e := range t.all {
			if slices.Contains(l.kinds, e.kind) {
				sum[e.tick] += e.weight
			}
		}
		for _, e := range t.all {
			if slices.Contains(l.kinds, e.kind) && sum[e.tick] >= 0 {
				p.mark(disc, pt(f.px(e.year), y), t.radius(p, sum[e.tick]), tint(l.c, .55))
				sum[e.tick] = -1
			}
		}
	}
	t.number(f, lanes, tall)
	y := bottom - p.foot(x) - 1.2*p.Text
	for k, lines := range t.sentences(p) {
		p.set(fmt.Sprint(k+1), pt(1.3*p.Small, y), right, p.Small, ink, true)
		p.set(t.told[k].date[:7], pt(1.9*p.Small, y), left, p.Small, grey, false)
		for _, l := range lines {
			p.set(l, pt(6*p.Small, y), left, p.Small, ink, false)
			y -= leading * p.Small
		}
		y -= .35 * p.Small
	}
}

func (t *chronicle) radius(p *pen, weight float64) vg.Length {
	return p.Glyph * min(.35+1.9*vg.Length(sqrt(weight)), 1.9)
}

// number marks what is told. Numbers stand above their marks, moved apart where
// dates are close.
func (t *chronicle) number(f *panel, lanes []theme, tall vg.Length) {
	p := f.pen
	for k, l := range lanes {
		y := p.height - (vg.Length(k)+.5)*tall
		var told []int
		var at []vg.Length
		for n, e := range t.told {
			if slices.Contains(l.kinds, e.kind) {
				told, at = append(told, n), append(at, f.px(e.year))
				p.mark(disc, pt(f.px(e.year), y), t.radius(p, e.weight), l.c)
			}
		}
		for i, x := range spread(at, 1.35*p.Small, f.left, f.right) {
			p.set(fmt.Sprint(told[i]+1), pt(x, y+.5*tall-.8*p.Small), middle, p.Small, ink, true)
			if x-at[i] > .5 || at[i]-x > .5 {
				p.rule(pt(x, y+.5*tall-.9*p.Small), pt(at[i], y+t.radius(p, t.told[told[i]].weight)), line{grey, .6 * p.Hair, nil})
			}
		}
	}
}
