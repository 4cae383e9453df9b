package figure

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/output/frame"
)

// answer is one way to vote, and how a figure shows it.
type answer struct {
	vote, name string
	channel
}

var answers = []answer{
	{"yes", "yes", channel{blue, nil, disc}},
	{"abstain", "abstain", channel{orange, nil, ring}},
	{"no", "no", channel{vermillion, nil, square}},
	{"absent", "absent", channel{tint(grey, .6), nil, cross}},
}

func answerOf(vote string) int {
	return slices.IndexFunc(answers, func(a answer) bool { return a.vote == vote })
}

// rollCall is one text that was voted on.
type rollCall struct {
	text, title string
	votes       map[string]string // simulated, by state
	observed    map[string]string // nil: there is no record
}

// split tells how far a vote divides: the lesser of yes and not yes.
func (c *rollCall) split() int {
	yes := 0
	for _, v := range c.votes {
		if v == "yes" {
			yes++
		}
	}
	return min(yes, len(c.votes)-yes)
}

// agreement is the share of states that vote as they did, among those that took
// part in both.
func (c *rollCall) agreement() (same, both int) {
	for id, v := range c.votes {
		o, ok := c.observed[id]
		if !ok || v == "absent" || o == "absent" {
			continue
		}
		both++
		if v == o {
			same++
		}
	}
	return same, both
}

// Votes draws roll calls by position: the two that divide most, those with a record
// first.
func Votes(s *Source) (*Figure, error) {
	const name = "votes"
	d, err := s.inDetail(name)
	if err != nil {
		return nil, err
	}
	calls, err := s.rollCalls(name, d)
	if err != nil {
		return nil, err
	}
	r := &rolls{detail: d, calls: calls, position: map[string]float64{}}
	for k := range d.states {
		r.position[d.states[k].id] = d.states[k].at(d.position(), 0)
	}
	return &Figure{
		Name: name, Title: "Roll calls by position",
		Caption: r.caption() + fmt.Sprintf(" One run (run %d, seed %d). ", d.run, d.seed) + s.origin(),
		Alt:     r.alt(), Data: r.data(),
		height: r.height, draw: r.draw,
	}, nil
}

func (s *Source) rollCalls(figure string, d *detail) ([]rollCall, error) {
	var calls []rollCall
	index := map[string]int{}
	if !s.has("votes") {
		return nil, &MissingError{figure, s.Dir + " holds no votes.csv", s.commandFor("detail")}
	}
	for row, err := range s.results.ReadVotes() {
		if err != nil {
			return nil, err
		}
		if row.Run != d.run {
			if len(calls) > 0 {
				break
			}
			continue
		}
		k, ok := index[row.Text]
		if !ok {
			k = len(calls)
			index[row.Text] = k
			c := rollCall{text: row.Text, votes: map[string]string{}}
			if o, is := s.Observed[row.Text]; is {
				c.observed, c.title = o.Votes, o.Title
			}
			for _, t := range d.texts {
				if t.id == row.Text && t.title != "" {
					c.title = t.title
				}
			}
			calls = append(calls, c)
		}
		calls[k].votes[row.State] = row.Vote
	}
	if len(calls) == 0 {
		return nil, &MissingError{
			figure, "nothing was put to a vote in the run in detail",
			"play it longer, or with a scenario in which a forum votes: splinternet run baseline --out DIR",
		}
	}
	chosen := order(len(calls), func(a, b int) bool {
		if x, y := calls[a].observed != nil, calls[b].observed != nil; x != y {
			return x
		}
		return calls[a].split() > calls[b].split()
	})
	chosen = chosen[:min(2, len(chosen))]
	slices.Sort(chosen)
	var list []rollCall
	for _, k := range chosen {
		list = append(list, calls[k])
	}
	return list, nil
}

type rolls struct {
	*detail
	calls    []rollCall
	position map[string]float64
}

func (r *rolls) caption() string {
	text := "Each mark is a state, stacked by its position at the start, from sovereign (0) to open (1). "
	observed := false
	for _, c := range r.calls {
		what := c.text
		if c.title != "" {
			what += " (" + c.title + ")"
		}
		text += fmt.Sprintf("%s: simulated %s", what, tally(c.votes))
		if c.observed != nil {
			observed = true
			same, both := c.agreement()
			text += fmt.Sprintf(", recorded %s; %s of the %d states that took part in both vote as recorded", tally(c.observed), percent(float64(same)/float64(max(both, 1))), both)
		}
		text += ". "
	}
	if observed {
		text += "Above the line the simulation, below it the record. Positions were estimated from recorded votes, so that agreement is calibration, not a test."
	}
	return strings.TrimSpace(text)
}

// tally words the counts of a vote.
func tally(votes map[string]string) string {
	n := make([]int, len(answers))
	for _, v := range votes {
		if k := answerOf(v); k >= 0 {
			n[k]++
		}
	}
	return fmt.Sprintf("%d yes, %d no, %d abstentions, %d absent", n[0], n[2], n[1], n[3])
}

func (r *rolls) alt() string {
	text := "Stacked marks, one for each state, by position."
	for _, c := range r.calls {
		text += fmt.Sprintf(" %s: simulated %s.", c.text, tally(c.votes))
		if c.observed != nil {
			text += fmt.Sprintf(" Recorded %s.", tally(c.observed))
		}
	}
	return text
}

func (r *rolls) data() *frame.Frame {
	var text, id, name, simulated, observed []string
	var position []float64
	for _, c := range r.calls {
		for k := range r.states {
			st := &r.states[k]
			if _, voted := c.votes[st.id]; !voted {
				continue
			}
			text, id, name = append(text, c.text), append(id, st.id), append(name, st.name)
			position = append(position, r.position[st.id])
			simulated, observed = append(simulated, c.votes[st.id]), append(observed, c.observed[st.id])
		}
	}
	return &frame.Frame{Columns: []frame.Column{
		words("text", text), words("state", id), words("name", name), numbers("position", position),
		words("simulated", simulated), words("observed", observed),
	}}
}

// bins is the number of stacks, and abreast the number of marks beside one another
// in a stack.
const (
	bins    = 20
	abreast = 3
)

// stacks sorts the votes of a roll call into bins of position.
func (r *rolls) stacks(votes map[string]string) (list [bins][]int, tallest int) {
	for k := range r.states {
		id := r.states[k].id
		if a := answerOf(votes[id]); a >= 0 {
			b := min(int(r.position[id]*bins), bins-1)
			list[b] = append(list[b], a)
		}
	}
	for b := range list {
		slices.Sort(list[b])
		tallest = max(tallest, len(list[b]))
	}
	return list, tallest
}

// tallest are the heights of the stacks above and below the line of all calls, but
// enough for the words beside them.
func (r *rolls) tallest() (above, below int) {
	const least = 8
	above = least
	for _, c := range r.calls {
		_, up := r.stacks(c.votes)
		above = max(above, (up+abreast-1)/abreast)
		if c.observed != nil {
			_, down := r.stacks(c.observed)
			below = max(below, least, (down+abreast-1)/abreast)
		}
	}
	return above, below
}

// size is the distance between marks: so that stacks of all bins have room.
func (r *rolls) size(s Style) (cols int, panel, unit vg.Length) {
	cols = len(r.calls)
	if s.narrow() {
		cols = 1
	}
	panel = (s.Width-.8*s.Text)/vg.Length(cols) - 2*s.Text
	return cols, panel, panel / bins
}

func (r *rolls) height(s Style) vg.Length {
	cols, _, unit := r.size(s)
	above, below := r.tallest()
	step := r.step(s, unit, above+below)
	rows := vg.Length((len(r.calls) + cols - 1) / cols)
	return rows*(vg.Length(above+below)*step+7.2*s.Text) + 2*s.Text
}

// step is the vertical distance of marks: less than the horizontal one where
// stacks would be too tall for a page.
func (r *rolls) step(s Style, unit vg.Length, marks int) vg.Length {
	most := 75 * mm
	if s.Name == Slide {
		most = 95 * mm
	}
	return min(unit/(abreast+.4), most/vg.Length(max(marks, 1)))
}

func (r *rolls) draw(p *pen) {
	cols, wide, unit := r.size(p.Style)
	above, below := r.tallest()
	step := r.step(p.Style, unit, above+below)
	p.answerLegend(pt(0, p.height))
	tall := vg.Length(above+below)*step + 7.2*p.Text
	for k := range r.calls {
		c := &r.calls[k]
		x := vg.Length(k%cols)*(wide+2*p.Text) + 1.6*p.Text
		top := p.height - 2*p.Text - vg.Length(k/cols)*tall
		p.set(c.text, pt(x, top-p.Text), left, p.Text, ink, true)
		p.set(p.fit(c.title, wide, p.Small), pt(x, top-2.2*p.Text), left, p.Small, ink, false)
		base := top - 3*p.Text - vg.Length(above)*step
		r.marks(p, c.votes, x, base, unit, step, 1)
		p.upright("model", pt(x-.9*p.Text, base+min(vg.Length(above)*step/2, 5*p.Text)), p.Small)
		if c.observed != nil {
			r.marks(p, c.observed, x, base, unit, step, -1)
			p.upright("record", pt(x-.9*p.Text, base-min(vg.Length(below)*step/2, 5*p.Text)), p.Small)
			p.rule(pt(x, base), pt(x+wide, base), p.axisLine())
		}
		foot := base - vg.Length(below)*step - .3*p.Text
		f := p.panel(x, foot, x+wide, base, bounded(0, 1, 5, "Position (0 sovereign, 1 open)"), axis{max: 1})
		f.xAxis(true)
	}
}

// marks draws stacks upwards or downwards.
func (r *rolls) marks(p *pen, votes map[string]string, x, base, unit, step vg.Length, sign vg.Length) {
	list, _ := r.stacks(votes)
	radius := .46 * step
	for b := range list {
		for k, a := range list[b] {
			// Marks fill a stack row by row; its rows are centred.
			row := vg.Length(min(abreast, len(list[b])-k/abreast*abreast))
			aside := vg.Length(k%abreast) - (row-1)/2
			at := pt(x+(vg.Length(b)+.5)*unit+aside*step, base+sign*(vg.Length(k/abreast)+.6)*step)
			p.mark(answers[a].glyph, at, radius, answers[a].colour)
		}
	}
}

func (p *pen) answerLegend(at vg.Point) {
	x, y := at.X+.5*p.Text, at.Y-.7*p.Text
	for _, a := range answers {
		p.mark(a.glyph, pt(x, y), p.Glyph*1.1, a.colour)
		x += .9 * p.Text
		p.say(a.name, pt(x, y), left, p.Text, ink)
		x += p.widthOf(a.name, p.Text) + 1.5*p.Text
	}
}
