package forums

import (
	"fmt"
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// RomerRosenthal is the proposal of an agenda setter with the given ideal point
// when a pivot decides between it and the status quo (Romer and Rosenthal 1978):
// the ideal point if the pivot accepts it, else the nearest point that the pivot
// accepts. Slack is what it costs the pivot to oppose, in units of squared
// distance; the classical case is 0. Positions lie on one line.
func RomerRosenthal(ideal, pivot, statusQuo, slack float64) float64 {
	radius := math.Sqrt(max(0, (pivot-statusQuo)*(pivot-statusQuo)+slack))
	return min(pivot+radius, max(pivot-radius, ideal))
}

// Pivot is the position of the voter whose agreement decides, when the agenda
// setter stands at ideal: the median under majority, the third-quantile voter
// farther from the setter under two thirds, the most hostile voter under
// consensus. The positions are sorted in place and must not be empty.
func Pivot(rule world.DecisionRule, positions []float64, ideal float64) float64 {
	slices.Sort(positions)
	n := len(positions)
	first, last := positions[0], positions[n-1]
	switch rule {
	case world.Majority:
		return (positions[(n-1)/2] + positions[n/2]) / 2
	case world.TwoThirds:
		low, high := positions[(n-1)/3], positions[n-1-(n-1)/3]
		if math.Abs(ideal-low) > math.Abs(ideal-high) {
			return low
		}
		return high
	}
	if math.Abs(ideal-first) > math.Abs(ideal-last) {
		return first
	}
	return last
}

// leastGain is the distance from the status quo below which nobody troubles to
// table a text.
const leastGain = .05

// setAgenda lets the leading state on either side of the status quo of a line
// table a text in the General Assembly, unless one is tabled already.
func (m *Forums) setAgenda(now *sim.Tick, w *world.World) {
	clear(m.taken)
	for t := range w.Texts {
		if w.Texts[t].Status == world.Tabled || w.Texts[t].Adopted == now.Index {
			m.taken[w.Texts[t].Line]++
		}
	}
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive || f.Access != world.AccessStates || f.Rule != world.Majority || m.taken[f.Line] > 0 {
			continue
		}
		statusQuo := m.StatusQuo(w, f.Line)
		one, other := leader(w, f, statusQuo, -1), leader(w, f, statusQuo, 1)
		united := one >= 0 && other >= 0 && m.tableTogether(now, w, k, []int{one, other})
		for s, i := range []int{one, other} {
			switch {
			case i < 0:
			case united:
				// Where to talk is settled, what should hold is not.
				m.tableRules(now, w, k, i, 2*s-1, statusQuo)
			case !m.tableRival(now, w, k, float64(2*s-1)):
				m.table(now, w, k, i, statusQuo)
			}
		}
	}
}

// tableRules lets the leader of a side (-1 sovereign, 1 open) table rules of
// behaviour, every few years. They take the place of those that the side had adopted
// before.
func (m *Forums) tableRules(now *sim.Tick, w *world.World, k, i, side int, statusQuo []float64) {
	if now.Stream.Pair(w.Forums[k].Key, sim.Key(fmt.Sprint("rules", side))).Float64() >= m.Initiative {
		return
	}
	position := m.optimum(w, k, i, statusQuo, world.Norm)
	if !m.worthwhile(w, i, position, statusQuo) {
		return
	}
	draft := w.AskPropose(i, k, &world.Draft{Kind: world.Norm, Position: position, Depth: depthOf(world.Norm)})
	if draft == nil {
		return
	}
	t := Table(w, m.resolution(now, w, k, i, draft))
	w.Texts[t].Replaces = m.predecessor(w, t)
	m.cosponsor(w, t)
}

// worthwhile tells whether a text is worth tabling for state i: it moves something, and
// to the better.
func (m *Forums) worthwhile(w *world.World, i int, position, statusQuo []float64) bool {
	ideal := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	return world.Distance(position, statusQuo) >= leastGain && squared(ideal, position) < squared(ideal, statusQuo)
}

// predecessor is the text in force of the same assembly and kind that is nearest to
// text t and of the same side of the line, or "".
func (m *Forums) predecessor(w *world.World, t int) string {
	text := &w.Texts[t]
	best, id := .25, ""
	for o := range w.Texts {
		other := &w.Texts[o]
		if o == t || other.Status != world.InForce || other.Forum != text.Forum || other.Kind != world.Norm || other.Stack >= 0 {
			continue
		}
		if d := world.Distance(other.Position, text.Position); d <= best {
			best, id = d, other.ID
		}
	}
	return id
}

// resolution is the text that state i tables in an assembly on its line.
func (m *Forums) resolution(now *sim.Tick, w *world.World, k, i int, draft *world.Draft) world.Text {
	f := &w.Forums[k]
	what := fmt.Sprintf("resolution of %d on ", now.Date.Year())
	switch draft.Kind {
	case world.Norm:
		what += "rules for "
	case world.Views:
		what = fmt.Sprintf("request of %d for reports on ", now.Date.Year())
	}
	return world.Text{
		ID: fmt.Sprintf("%s-%d-%s", f.ID, now.Date.Year(), w.StateID(i)), Line: f.Line, Kind: draft.Kind,
		Title: world.Possessive(w.Called(i)) + " " + what + f.Line.Words(),
		Forum: k, Sponsors: []int{i}, Position: draft.Position, Depth: draft.Depth, Stack: -1,
	}
}

// signing is the distance from a text up to which a state puts its name to it.
const signing = .12

// cosponsor asks every member of the assembly whether it puts its name to a text:
// those near to it who trust its author do.
func (m *Forums) cosponsor(w *world.World, t int) {
	text := &w.Texts[t]
	lead := text.Sponsors[0]
	Cosponsor(w, t, func(i int) bool {
		x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
		return w.Dyads.Trust[i*w.States.N+lead] >= .5 && world.Distance(x, text.Position) <= signing
	})
}

// Cosponsor asks the members of a text's forum whether they co-sponsor it, and adds
// those who do.
func Cosponsor(w *world.World, t int, model func(i int) bool) {
	text := &w.Texts[t]
	authors := text.Sponsors
	text.Sponsors = slices.Clone(authors) // the scenario may hold them, too
	for i, in := range w.Forums[text.Forum].Members {
		if in && !slices.Contains(authors, i) && w.AskSponsor(i, t, model(i)) {
			text.Sponsors = append(text.Sponsors, i)
		}
	}
}

// optimum is where state i would place a text of a kind: as near to its own position
// as the pivot goes along. In several dimensions it moves on the line from the status
// quo to its position, and the pivot is the voter in the middle of that line.
func (m *Forums) optimum(w *world.World, k, i int, statusQuo []float64, kind world.TextKind) []float64 {
	f := &w.Forums[k]
	ideal := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	position := slices.Clone(ideal)
	length := math.Sqrt(squared(ideal, statusQuo)) // as losses measure it: by the mean over dimensions
	if length < 1e-12 {
		return position
	}
	// along is the place of x on the line, 0 at the status quo and length at the ideal.
	along := func(x []float64) float64 {
		sum := 0.0
		for d := range x {
			sum += (x[d] - statusQuo[d]) * (ideal[d] - statusQuo[d])
		}
		return sum / length / float64(len(x))
	}
	m.scale = m.scale[:0]
	for j := range w.States.N {
		if f.Members[j] {
			m.scale = append(m.scale, along(w.States.Position[j*w.Dim:j*w.Dim+w.Dim]))
		}
	}
	pivot := Pivot(f.Rule, m.scale, length)
	place := RomerRosenthal(length, pivot, 0, m.cost(kind)/max(1, m.Slope))
	for d := range ideal {
		position[d] = clip(statusQuo[d] + place/length*(ideal[d]-statusQuo[d]))
	}
	return position
}

// lean is where a position stands between sovereign and open: its mean over
// dimensions.
func lean(x []float64) float64 {
	if len(x) == 1 {
		return x[0]
	}
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// leader is the member on one side of the status quo with the most to gain and
// the means to act on it: diplomatic capacity x salience x distance, or -1.
func leader(w *world.World, f *world.Forum, statusQuo []float64, side float64) int {
	best, who := 0.0, -1
	for i := range w.States.N {
		gap := side * (lean(w.States.Position[i*w.Dim:i*w.Dim+w.Dim]) - lean(statusQuo))
		if !f.Members[i] || gap < leastGain {
			continue
		}
		drive := gap * w.States.Diplomacy[i] * w.States.Salience[i]
		if drive > best {
			best, who = drive, i
		}
	}
	return who
}

// table works out what state i proposes in forum k, asks its rule, and puts the
// text on the table.
func (m *Forums) table(now *sim.Tick, w *world.World, k, i int, statusQuo []float64) {
	f := &w.Forums[k]
	kind := world.Support
	serves := m.favourite(w, f.Line, i)
	if serves < 0 {
		// Nothing hangs on it, so that it is asked for now and then only.
		if now.Stream.Pair(f.Key, w.States.Key[i]).Float64() >= m.Initiative {
			return
		}
		kind = world.Views
	}
	position := m.optimum(w, k, i, statusQuo, kind)
	if !m.worthwhile(w, i, position, statusQuo) {
		return
	}
	draft := w.AskPropose(i, k, &world.Draft{Kind: kind, Position: position, Depth: depthOf(kind)})
	if draft == nil {
		return
	}
	text := m.resolution(now, w, k, i, draft)
	if draft.Kind == world.Support && serves >= 0 {
		text.Serves = w.Forums[serves].ID
		if w.AskRenew(i, serves, true) {
			text.Mandate = m.renewal(now, &w.Forums[serves])
		}
		text.Title = fmt.Sprintf("%s resolution of %d in support of the %s", world.Possessive(w.Called(i)), now.Date.Year(), w.Forums[serves].Name)
	}
	m.cosponsor(w, Table(w, text))
}

// tableTogether lets both sides act as one when they back the same forum, as
// Russia and the United States did in 2021, or when the forums that they back have
// come so close that they can be folded together. They table a text only if a
// mandate has to be renewed or a forum folded in. It tells whether they are one.
func (m *Forums) tableTogether(now *sim.Tick, w *world.World, k int, sponsors []int) bool {
	into, from := m.favourite(w, w.Forums[k].Line, sponsors[0]), m.favourite(w, w.Forums[k].Line, sponsors[1])
	if into < 0 || from < 0 || into != from && !m.compatible(w, into, from) {
		return false
	}
	if membersOf(&w.Forums[from]) > membersOf(&w.Forums[into]) {
		into, from = from, into
	}
	backed := &w.Forums[into]
	mandate := m.renewal(now, backed)
	if from == into && mandate == 0 {
		return true
	}
	draft := world.Draft{Kind: world.Support, Position: backed.Position, Depth: depthOf(world.Support)}
	for _, i := range sponsors {
		if w.AskPropose(i, k, &draft) == nil {
			return false
		}
	}
	text := world.Text{
		ID: fmt.Sprintf("%s-%d-joint", w.Forums[k].ID, now.Date.Year()), Line: w.Forums[k].Line, Kind: world.Support,
		Title: fmt.Sprintf("the joint resolution of %s and %s of %d on the %s", w.Called(sponsors[0]), w.Called(sponsors[1]), now.Date.Year(), backed.Name),
		Forum: k, Sponsors: sponsors, Position: slices.Clone(backed.Position), Depth: depthOf(world.Support),
		Serves: backed.ID, Mandate: mandate, Joint: true, Stack: -1,
	}
	if from != into {
		text.Merges = w.Forums[from].ID
	}
	Table(w, text)
	return true
}

// renewal is the mandate in years that a text of support gives its forum: a new
// one when the old one ends within the year, else none.
func (m *Forums) renewal(now *sim.Tick, f *world.Forum) float64 {
	if f.MandateEnd == world.NoEnd || f.MandateEnd > now.Index+now.PerYear || f.Binding {
		return 0 // a committee that drafts a treaty ends with it
	}
	return m.Mandate
}

// favourite is the process on the line that is worth most to state i, or -1.
func (m *Forums) favourite(w *world.World, line world.Line, i int) int {
	best, who := math.Inf(-1), -1
	for k := range w.Forums {
		if w.Forums[k].Line != line || !process(&w.Forums[k]) {
			continue
		}
		if u := m.utility(w, k, i); u > best {
			best, who = u, k
		}
	}
	return who
}

// depthOf is the stringency of a resolution of each kind; treaties set their own.
func depthOf(kind world.TextKind) float64 {
	switch kind {
	case world.Views:
		return .05
	case world.Treaty:
		return .4
	case world.Norm:
		return .2
	}
	return .1
}

// Table puts a text on the table of its forum. Texts tabled under an identifier
// that exists get a number behind it.
func Table(w *world.World, t world.Text) int {
	id := t.ID
	for number := 2; w.FindText(t.ID) >= 0; number++ {
		t.ID = fmt.Sprintf("%s-%d", id, number)
	}
	t.Status, t.Adopted, t.Tabled = world.Tabled, world.NotAdopted, w.Tick
	t.Adherence = make([]uint8, w.States.N)
	t.Compliance = make([]float64, w.States.N)
	w.Texts = append(w.Texts, t)
	return len(w.Texts) - 1
}

// StatusQuo is where the line stands: the mean position of the texts in force on
// it, weighted by depth and by the power and users that they cover. A line
// without texts stands at the centroid of the states.
func (m *Forums) StatusQuo(w *world.World, line world.Line) []float64 {
	position, total := make([]float64, w.Dim), 0.0
	for t := range w.Texts {
		text := &w.Texts[t]
		if text.Line != line || text.Status != world.InForce {
			continue
		}
		weight := text.Depth * coverage(w, text)
		total += weight
		for d := range position {
			position[d] += weight * text.Position[d]
		}
	}
	if total == 0 {
		for i, p := range w.States.Power {
			total += p
			for d := range position {
				position[d] += p * w.States.Position[i*w.Dim+d]
			}
		}
	}
	for d := range position {
		position[d] /= total
	}
	return position
}

// coverage is the share of world power and users in the states that the text
// covers.
func coverage(w *world.World, t *world.Text) float64 {
	least, sum := t.Least(), 0.0
	power, users := w.States.Power[:len(t.Adherence)], w.States.Users[:len(t.Adherence)]
	for i, level := range t.Adherence {
		if level >= least {
			sum += (power[i] + users[i]) / 2
		}
	}
	return sum
}

// squared is the mean squared difference over dimensions.
func squared(x, y []float64) float64 {
	sum := 0.0
	for d := range x {
		sum += (x[d] - y[d]) * (x[d] - y[d])
	}
	return sum / float64(len(x))
}

func clip(x float64) float64 { return min(1, max(0, x)) }
