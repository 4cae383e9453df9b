package forums

import (
	"fmt"
	"math"
	"slices"

	"splinternet/models/voting"
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

// Persuaded is the position of the last voter whom an agenda setter at ideal wins
// over when it wants the given share of all voters, those nearest to it first. Half
// is the median voter; texts of the United Nations draw their weight from more than
// that. The positions are sorted in place and must not be empty.
func Persuaded(positions []float64, share, ideal float64) float64 {
	slices.Sort(positions)
	n := len(positions)
	voters := min(n, max(1, int(math.Ceil(share*float64(n)-1e-9))))
	if math.Abs(ideal-positions[0]) < math.Abs(ideal-positions[n-1]) {
		return positions[voters-1]
	}
	return positions[n-voters]
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
		one, other := leader(w, k, statusQuo, -1), leader(w, k, statusQuo, 1)
		settled := one >= 0 && other >= 0 && m.settle(now, w, k, one, other)
		for s, i := range []int{one, other} {
			side := float64(2*s - 1)
			switch {
			case i < 0:
			case settled:
				// Where to talk is settled, what should hold is not.
				m.tableRules(now, w, k, i, side, statusQuo)
			case !m.tableRival(now, w, k, side):
				m.table(now, w, k, i, side, statusQuo)
			}
		}
	}
}

// tableRules lets the leader of a side (-1 sovereign, 1 open) table rules of
// behaviour, every few years. They take the place of those that the side had adopted
// before.
func (m *Forums) tableRules(now *sim.Tick, w *world.World, k, i int, side float64, statusQuo []float64) {
	before := latest(w, k, statusQuo, side, anyText)
	if !m.stirs(now, w, k, side, before) {
		return
	}
	position := m.optimum(w, k, i, statusQuo, world.Norm)
	if !m.worthwhile(w, i, position, statusQuo) {
		return
	}
	stands := rulesOf(w, k, statusQuo, side)
	if stands >= 0 && world.Distance(position, w.Texts[stands].Position) < leastGain && now.Index-w.Texts[stands].Tabled < worn*now.PerYear {
		return // it would say what its own text says already
	}
	draft := w.AskPropose(i, k, &world.Draft{Kind: world.Norm, Position: position, Depth: depthOf(world.Norm)})
	if draft == nil {
		return
	}
	t := Table(w, m.resolution(now, w, k, i, draft))
	if stands >= 0 {
		w.Texts[t].Replaces = w.Texts[stands].ID
	}
	m.cosponsor(w, t)
}

// rulesOf is the last text of a side before assembly k that is a rule in force, or -1.
func rulesOf(w *world.World, k int, statusQuo []float64, side float64) int {
	return latest(w, k, statusQuo, side, func(t *world.Text) bool {
		return t.Kind == world.Norm && t.Status == world.InForce && t.Stack < 0
	})
}

// worn is the age in years from which a side has its rules affirmed again though it
// would say nothing new.
const worn = 7

// lull is the number of years for which a side lets a matter rest on which it has put
// a text to the assembly.
const lull = 3

// stirs tells whether a side comes back to a line on which nothing presses. Its last
// text there is before, or -1: then the start of the run counts like one.
func (m *Forums) stirs(now *sim.Tick, w *world.World, k int, side float64, before int) bool {
	last := 0
	if before >= 0 {
		last = w.Texts[before].Tabled
	}
	if now.Index-last < lull*now.PerYear {
		return false
	}
	return now.Stream.Pair(w.Forums[k].Key, sim.Key(fmt.Sprint("stirs", side))).Float64() < m.Initiative
}

// latest is the last text before assembly k that matches and whose author stands on a
// side (-1 sovereign, 1 open) of the status quo of its line, or -1. Texts for all sides
// do not count.
func latest(w *world.World, k int, statusQuo []float64, side float64, matches func(*world.Text) bool) int {
	for t := len(w.Texts) - 1; t >= 0; t-- {
		text := &w.Texts[t]
		if text.Forum == k && !text.Joint && len(text.Sponsors) > 0 && matches(text) && drive(w, k, text.Sponsors[0], statusQuo, side) > 0 {
			return t
		}
	}
	return -1
}

// anyText matches every text.
func anyText(*world.Text) bool { return true }

// worthwhile tells whether a text is worth tabling for state i: it moves something, and
// to the better.
func (m *Forums) worthwhile(w *world.World, i int, position, statusQuo []float64) bool {
	ideal := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	return world.Distance(position, statusQuo) >= leastGain && squared(ideal, position) < squared(ideal, statusQuo)
}

// hopeful tells whether a text can expect more votes for it than against it, and than
// abstentions: a text that would be lost, or leave most cold, is kept in the drawer. Where it costs little to oppose a kind of
// text, it may have no place at which it wins.
func (m *Forums) hopeful(now *sim.Tick, w *world.World, text world.Text) bool {
	t := Table(w, text)
	yes, no, abstain := 0.0, 0.0, 0.0
	for i, odds := range m.Predict(now, w, t) {
		if w.Forums[text.Forum].Members[i] {
			yes, no, abstain = yes+odds[voting.Yes], no+odds[voting.No], abstain+odds[voting.Abstain]
		}
	}
	w.Texts = w.Texts[:t]
	return yes > max(no, abstain)
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
	pivot := 0.0
	if f.Rule == world.Majority {
		pivot = Persuaded(m.scale, m.Consent, length)
	} else {
		pivot = Pivot(f.Rule, m.scale, length)
	}
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

// drive is how much a member has to gain on a side of the status quo, and the means to
// act on it: diplomatic capacity x salience x distance. It is 0 on the other side, and
// too near to the status quo to matter.
func drive(w *world.World, k, i int, statusQuo []float64, side float64) float64 {
	gap := side * (lean(w.States.Position[i*w.Dim:i*w.Dim+w.Dim]) - lean(statusQuo))
	if !w.Forums[k].Members[i] || gap < leastGain {
		return 0
	}
	return gap * w.States.Diplomacy[i] * w.States.Salience[i]
}

// penholder is the share of the strongest drive with which a state that has the pen
// keeps it: who has drafted before knows the file and has the
// co-sponsors (assumption).
const penholder = 1. / 3

// leader is the member on one side of the status quo who acts for it: whoever holds
// the pen, or has a much stronger drive; -1 if the side is empty.
func leader(w *world.World, k int, statusQuo []float64, side float64) int {
	best, who := 0.0, -1
	for i := range w.States.N {
		if d := drive(w, k, i, statusQuo, side); d > best {
			best, who = d, i
		}
	}
	if pen := pen(w, k, statusQuo, side); pen >= 0 && drive(w, k, pen, statusQuo, side) >= penholder*best {
		return pen
	}
	return who
}

// pen is the author of the last text of a side in the assembly, or, before there is
// one, the state of the side that called the youngest forum on the line into being; -1
// if there is neither.
func pen(w *world.World, k int, statusQuo []float64, side float64) int {
	if t := latest(w, k, statusQuo, side, anyText); t >= 0 {
		return w.Texts[t].Sponsors[0]
	}
	who, youngest := -1, 0
	for l := range w.Forums {
		f := &w.Forums[l]
		if f.Line == w.Forums[k].Line && f.Sponsor >= 0 && drive(w, k, f.Sponsor, statusQuo, side) > 0 && (who < 0 || f.Founded > youngest) {
			who, youngest = f.Sponsor, f.Founded
		}
	}
	return who
}

// table works out what state i proposes for its side in forum k, asks its rule, and
// puts the text on the table: support for the process that it backs, or where there is
// none, now and then, a request for reports.
func (m *Forums) table(now *sim.Tick, w *world.World, k, i int, side float64, statusQuo []float64) {
	f := &w.Forums[k]
	kind := world.Support
	serves := m.favourite(w, f.Line, i)
	if serves < 0 {
		kind = world.Views
	}
	if serves < 0 || !due(now, &w.Forums[serves]) && !m.contested(w, f.Line) {
		if !m.stirs(now, w, k, side, latest(w, k, statusQuo, side, anyText)) {
			return
		}
	}
	position := m.optimum(w, k, i, statusQuo, kind)
	if !m.worthwhile(w, i, position, statusQuo) {
		return
	}
	model := world.Draft{Kind: kind, Position: position, Depth: depthOf(kind)}
	if kind == world.Views && !m.hopeful(now, w, m.resolution(now, w, k, i, &model)) {
		return
	}
	draft := w.AskPropose(i, k, &model)
	if draft == nil {
		return
	}
	text := m.resolution(now, w, k, i, draft)
	if draft.Kind == world.Support && serves >= 0 {
		text.Serves = w.Forums[serves].ID
		if w.AskRenew(i, serves, true) {
			text.Mandate, text.Lasting = m.renewal(now, &w.Forums[serves])
		}
		text.Title = fmt.Sprintf("%s resolution of %d in support of the %s", world.Possessive(w.Called(i)), now.Date.Year(), w.Forums[serves].Name)
	}
	m.cosponsor(w, Table(w, text))
}

// settle lets both sides act as one when they back the same forum, as Russia and the
// United States did in 2021, or when the forums that they back have come so close that
// they can be folded together. A text is tabled only if a mandate has to be renewed or a
// forum folded in. It tells whether they are one.
func (m *Forums) settle(now *sim.Tick, w *world.World, k, one, other int) bool {
	into, from := m.favourite(w, w.Forums[k].Line, one), m.favourite(w, w.Forums[k].Line, other)
	if into < 0 || from < 0 || into != from && !m.compatible(w, into, from) {
		return false
	}
	if membersOf(&w.Forums[from]) > membersOf(&w.Forums[into]) {
		into, from = from, into
	}
	if from == into && !due(now, &w.Forums[into]) {
		return true
	}
	authors := []int{one, other}
	if !cordial(w, one, other) {
		between := facilitator(now, w, k, one, other)
		if between < 0 {
			return false
		}
		authors = []int{between}
	}
	return m.tableForAll(now, w, k, into, from, authors)
}

// tableForAll tables a text that both sides can live with: it renews the forum into,
// and folds the forum from into it, where that is another.
func (m *Forums) tableForAll(now *sim.Tick, w *world.World, k, into, from int, authors []int) bool {
	backed := &w.Forums[into]
	draft := world.Draft{Kind: world.Support, Position: backed.Position, Depth: depthOf(world.Support)}
	for _, i := range authors {
		if w.AskPropose(i, k, &draft) == nil {
			return false
		}
	}
	text := world.Text{
		ID: fmt.Sprintf("%s-%d-joint", w.Forums[k].ID, now.Date.Year()), Line: w.Forums[k].Line, Kind: world.Support,
		Title: fmt.Sprintf("%s resolution of %d for all sides on the %s", world.Possessive(w.Called(authors[0])), now.Date.Year(), backed.Name),
		Forum: k, Sponsors: authors, Position: slices.Clone(backed.Position), Depth: depthOf(world.Support),
		Serves: backed.ID, Joint: true, Stack: -1,
	}
	if len(authors) > 1 {
		text.Title = fmt.Sprintf("the joint resolution of %s and %s of %d on the %s", w.Called(authors[0]), w.Called(authors[1]), now.Date.Year(), backed.Name)
	}
	text.Mandate, text.Lasting = m.renewal(now, backed)
	if from != into {
		text.Merges = w.Forums[from].ID
	}
	Table(w, text)
	return true
}

// usual is the share of their trust at the start from which relations between two
// states count as no worse than usual.
const usual = .9

// cordial tells whether two states are on such terms that they table a text together:
// neither punishes the other, and they trust each other no less than usual.
func cordial(w *world.World, i, j int) bool {
	d, there, back := &w.Dyads, i*w.States.N+j, j*w.States.N+i
	return max(d.Ladder[there], d.Ladder[back]) <= world.Protest &&
		d.Trust[there]+d.Trust[back] >= usual*(d.TrustStart[there]+d.TrustStart[back])
}

// stature is the least diplomatic capacity of a state that speaks for all sides, as a
// share of that of the weaker of their leaders.
const stature = .6

// facilitator is a state between two that are not on terms, which tables what all
// sides can live with, as Singapore did in 2024: it is drawn from those of some stature,
// in proportion to the square of the trust that both have in it, times its diplomatic
// capacity, times how near it stands to the middle between them. -1 if there is none.
func facilitator(now *sim.Tick, w *world.World, k, one, other int) int {
	s, d := &w.States, &w.Dyads
	place := func(i int) float64 { return lean(s.Position[i*w.Dim : i*w.Dim+w.Dim]) }
	low, high := place(one), place(other)
	least := stature * min(s.Diplomacy[one], s.Diplomacy[other])
	weights := make([]float64, s.N)
	for i := range weights {
		middle := min(place(i)-low, high-place(i))
		if w.Forums[k].Members[i] && middle > 0 && s.Diplomacy[i] >= least {
			weight := min(d.Trust[one*s.N+i], d.Trust[other*s.N+i]) * s.Diplomacy[i] * middle
			weights[i] = weight * weight
		}
	}
	return now.Stream.Race(sim.Key("facilitator of "+w.Forums[k].ID)).Pick(s.Key, weights)
}

// due tells whether the mandate of a forum ends within a year.
func due(now *sim.Tick, f *world.Forum) bool {
	return f.MandateEnd != world.NoEnd && f.MandateEnd <= now.Index+now.PerYear && !f.Binding // a committee that drafts a treaty ends with it
}

// renewal is the mandate in years that a text of support gives its forum, or that it
// is to last: nothing before the old one ends within the year, and a lasting one when
// the forum has been renewed often enough.
func (m *Forums) renewal(now *sim.Tick, f *world.Forum) (years float64, lasting bool) {
	switch {
	case !due(now, f):
		return 0, false
	case f.Renewals >= m.Permanence:
		return 0, true
	}
	return m.Mandate, false
}

// contested tells whether rival processes treat a line.
func (m *Forums) contested(w *world.World, line world.Line) bool {
	m.rivalsOf(w, line)
	return len(m.processes) > 1
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
