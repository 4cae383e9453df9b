package figure

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/output/frame"
)

// lane is the life of one forum in a picture.
type lane struct {
	*life
	years    []float64
	adopted  []float64 // texts adopted after the start
	renewed  []float64 // mandates
	followed bool      // alive at the end
	begun    bool      // alive at the start
}

// spans are the stretches of ticks in which the forum lives, as half-open ranges.
func (l *lane) spans() [][2]int {
	var list [][2]int
	for t := 0; t < len(l.alive); t++ {
		if !l.alive[t] {
			continue
		}
		from := t
		for t < len(l.alive) && l.alive[t] {
			t++
		}
		list = append(list, [2]int{from, t})
	}
	return list
}

// Forums draws the lives of forums.
func Forums(s *Source) (*Figure, error) {
	const name = "forums"
	d, err := s.inDetail(name)
	if err != nil {
		return nil, err
	}
	if len(d.lives) == 0 || len(d.lives[0].ticks) < 2 {
		return nil, &MissingError{
			name, "agents.csv of " + s.Dir + " does not tell the lives of forums at every tick: the run is too short, its world has no forum, or an older program wrote it",
			s.commandFor("run"),
		}
	}
	events, err := s.chronicle()
	if err != nil {
		return nil, err
	}
	l := &lanes{detail: d}
	for k := range d.lives {
		if lane, ok := newLane(d, &d.lives[k], events); ok {
			l.list = append(l.list, lane)
		}
	}
	slices.SortStableFunc(l.list, func(a, b lane) int {
		switch x, y := a.spans()[0][0]+a.ticks[0], b.spans()[0][0]+b.ticks[0]; {
		case x != y:
			return x - y
		default:
			return strings.Compare(a.name, b.name)
		}
	})
	return &Figure{
		Name: name, Title: "The lives of forums",
		Caption: l.caption() + fmt.Sprintf(" One run (run %d, seed %d). ", d.run, d.seed) + s.origin(),
		Alt:     l.alt(), Data: l.data(),
		height: func(s Style) vg.Length {
			return vg.Length(len(l.list))*l.tall(s) + 5.2*s.Text
		},
		draw: l.draw,
	}, nil
}

func newLane(d *detail, f *life, events []happening) (lane, bool) {
	l := lane{life: f}
	for _, date := range f.dates {
		l.years = append(l.years, year(date))
	}
	spans := l.spans()
	if len(spans) == 0 {
		return l, false // never alive in the run
	}
	l.begun = f.ticks[0] == 0 && f.alive[0]
	l.followed = f.alive[len(f.alive)-1]
	mine := map[string]bool{}
	for _, t := range d.texts {
		if t.forum == f.id {
			mine[t.id] = true
		}
	}
	for _, e := range events {
		k := e.tick - f.ticks[0]
		switch {
		case k < 0 || k >= len(f.alive):
		case e.kind == "forum" && e.name == f.id && strings.Contains(e.text, " is renewed") && k > 0 && f.alive[k] && f.alive[k-1]:
			l.renewed = append(l.renewed, e.year)
		case mine[e.name] && (e.kind == "text" || e.kind == "vote" || e.kind == "treaty" && strings.Contains(e.text, "enters into force")):
			l.adopted = append(l.adopted, e.year)
		}
	}
	return l, true
}

type lanes struct {
	*detail
	list []lane
}

func (l *lanes) counts() (born, dead, merged, adopted int) {
	for k := range l.list {
		f := &l.list[k]
		if !f.begun {
			born++
		}
		switch {
		case f.merged:
			merged++
		case !f.followed:
			dead++
		}
		adopted += len(f.adopted)
	}
	return
}

func (l *lanes) caption() string {
	born, dead, merged, adopted := l.counts()
	return fmt.Sprintf("A bar is a forum with a mandate, its height the forum's legitimacy (0 to 1). Circles begin, crosses end, and diamonds fold a forum into another; "+
		"triangles are texts adopted, deepened or entering into force (%d), ticks below the bar renewals of the mandate. %d forums: %d set up or called back after the start, %d ended, %d merged.",
		adopted, len(l.list), born, dead, merged)
}

func (l *lanes) alt() string {
	born, dead, merged, adopted := l.counts()
	return fmt.Sprintf("Life lines of %d forums: %d born after the start, %d ended, %d merged into another, %d texts adopted.", len(l.list), born, dead, merged, adopted)
}

func (l *lanes) data() *frame.Frame {
	var id, name, date []string
	var alive, legitimacy []float64
	for k := range l.list {
		f := &l.list[k]
		for t := range f.dates {
			id, name, date = append(id, f.id), append(name, f.name), append(date, f.dates[t])
			a := 0.0
			if f.alive[t] {
				a = 1
			}
			alive, legitimacy = append(alive, a), append(legitimacy, f.legitimacy[t])
		}
	}
	return &frame.Frame{Columns: []frame.Column{
		words("forum", id), words("name", name), words("date", date), numbers("alive", alive), numbers("legitimacy", legitimacy),
	}}
}

// tall is the height of a lane: in one column names have two lines.
func (l *lanes) tall(s Style) vg.Length {
	if s.narrow() {
		return 2.15 * s.Small
	}
	return 1.5 * s.Text
}

func (l *lanes) draw(p *pen) {
	var names []string
	for k := range l.list {
		names = append(names, l.list[k].name)
	}
	wide := min(p.widest(names, p.Small), .42*p.Width)
	first, last := l.list[0].years[0], l.list[0].years[len(l.list[0].years)-1]
	for k := range l.list {
		first = min(first, l.list[k].years[0])
	}
	left0 := wide + .8*p.Text
	x := years(first, last, int((p.Width-left0)/(3.6*p.Text)))
	head := 1.9 * p.Text
	f := p.panel(left0, p.foot(x), p.Width-max(p.edge(x, p.Width-left0), p.Glyph), p.height-head, x, axis{max: 1})
	for _, t := range x.ticks {
		p.rule(pt(f.px(t.at), f.bottom), pt(f.px(t.at), f.top), p.guideLine())
	}
	f.xAxis(true)
	tall := (f.top - f.bottom) / vg.Length(len(l.list))
	for k := range l.list {
		lane := &l.list[k]
		y := f.top - (vg.Length(k)+.5)*tall
		lines := []string{p.fit(lane.name, wide, p.Small)}
		if p.narrow() {
			lines = p.wrap(lane.name, wide, p.Small)
			if len(lines) > 2 {
				lines = []string{lines[0], p.fit(strings.Join(lines[1:], " "), wide, p.Small)}
			}
		}
		for n, name := range lines {
			p.say(name, pt(left0-.5*p.Text, y+(vg.Length(len(lines)-1)/2-vg.Length(n))*p.Small), right, p.Small, ink)
		}
		l.lane(f, lane, y, tall)
	}
	l.legend(p, pt(0, p.height))
}

// lane draws one life.
func (l *lanes) lane(f *panel, lane *lane, y, tall vg.Length) {
	p := f.pen
	for n, s := range lane.spans() {
		var up, back []vg.Point
		for t := s[0]; t < s[1]; t++ {
			half := vg.Length(lane.legitimacy[t]) * .40 * min(tall, 1.5*p.Text)
			up = append(up, pt(f.px(lane.years[t]), y+half))
			back = append(back, pt(f.px(lane.years[t]), y-half))
		}
		up, back = thin(up), thin(back)
		slices.Reverse(back)
		p.area(append(up, back...), tint(blue, .45))
		from := pt(f.px(lane.years[s[0]]), y)
		if !(n == 0 && lane.begun) {
			p.mark(ring, from, .8*p.Glyph, blue)
		}
		if s[1] < len(lane.alive) {
			to := pt(f.px(lane.years[s[1]-1]), y)
			if lane.merged && n == len(lane.spans())-1 {
				p.mark(diamond, to, p.Glyph, purple)
			} else {
				p.mark(cross, to, p.Glyph, vermillion)
			}
		}
	}
	for _, at := range lane.renewed {
		p.rule(pt(f.px(at), y-.42*tall), pt(f.px(at), y-.16*tall), line{ink, p.Hair, nil})
	}
	for _, at := range lane.adopted {
		p.mark(triangle, pt(f.px(at), y), .62*p.Glyph, black)
	}
}

func (l *lanes) legend(p *pen, at vg.Point) {
	x, y := at.X+p.Text, at.Y-.7*p.Text
	items := []struct {
		g    glyph
		c    rgb
		name string
	}{
		{ring, blue, "set up"}, {cross, vermillion, "ended"}, {diamond, purple, "merged"}, {triangle, black, "text"},
	}
	for _, i := range items {
		p.mark(i.g, pt(x, y), p.Glyph, i.c)
		p.say(i.name, pt(x+.9*p.Text, y), left, p.Text, ink)
		x += p.widthOf(i.name, p.Text) + 2.3*p.Text
	}
	p.rule(pt(x, y-.3*p.Text), pt(x, y+.3*p.Text), line{ink, p.Hair, nil})
	p.say("renewed", pt(x+.6*p.Text, y), left, p.Text, ink)
	x += p.widthOf("renewed", p.Text) + 2*p.Text
	if !p.narrow() {
		p.box(x, y-.3*p.Text, 2*p.Text, .6*p.Text, tint(blue, .45))
		p.say("legitimacy (height)", pt(x+2.5*p.Text, y), left, p.Text, ink)
	}
}
