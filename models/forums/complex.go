package forums

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// This file holds what makes forums a regime complex (Raustiala and Victor 2004;
// Morse and Keohane 2014): states that a forum fails shift their attention to
// another, found a rival, renew what serves them and fold together what has come
// close.

// sponsors is the number of states with the most diplomatic capacity, and with the
// most to bring to a table, that can lead the founding of a forum.
const sponsors = 20

// declareComplex declares the parameters of the regime complex.
func (m *Forums) declareComplex(s sim.Section) {
	unit := sim.Range{Min: 0, Max: 1}
	s.Switch(&m.Rivals, sim.Parameter{
		Name: "rivals", Default: 1, Source: sim.Literature,
		Doc: "Whether dissatisfied states found rival forums (E7).", Reference: "Morse and Keohane 2014",
	})
	s.Switch(&m.Mergers, sim.Parameter{
		Name: "mergers", Default: 1, Source: sim.Assumption,
		Doc: "Whether forums that have come close are folded together.",
	})
	s.Number(&m.RivalCost, sim.Parameter{
		Name: "rival-cost", Default: .02, Domain: sim.Range{Min: 0, Max: 10}, Plausible: sim.Range{Min: .02, Max: .1}, Unit: "share of world power", Source: sim.Assumption,
		Doc: "Power that a coalition must bring together to found a rival forum; effort spent on coalitions lowers it.",
	})
	s.Integer(&m.RivalMembers, sim.Parameter{
		Name: "rival-members", Default: 15, Domain: sim.Range{Min: 1, Max: 1000}, Plausible: sim.Range{Min: 10, Max: 40}, Unit: "states", Source: sim.Data,
		Doc: "States that must be dissatisfied to found a rival forum.", Reference: "co-sponsors of the Russian texts: 18 to 48",
	})
	s.Number(&m.Founding, sim.Parameter{
		Name: "founding", Default: .25, Domain: unit, Plausible: sim.Range{Min: .1, Max: .5}, Unit: "per year", Source: sim.Assumption,
		Doc:       "Probability that a coalition that could found a rival forum does so after a forum has failed its leader; without such an occasion a third of it.",
		Reference: "use, select, change, create: Jupille, Mattli and Snidal 2013",
	})
	s.Number(&m.Accession, sim.Parameter{
		Name: "accession", Default: .1, Domain: unit, Plausible: sim.Range{Min: .02, Max: .3}, Unit: "per year", Source: sim.Assumption,
		Doc:       "Probability that a dissatisfied state comes to seek entry to a forum by invitation that would serve it.",
		Reference: "regime shifting: Morse and Keohane 2014",
	})
	s.Number(&m.Enlargement, sim.Parameter{
		Name: "enlargement", Default: .2, Domain: unit, Plausible: sim.Range{Min: .1, Max: .5}, Unit: "per year", Source: sim.Data,
		Doc:       "Probability that a forum by invitation that has settled in its last new members takes in others.",
		Reference: "rounds of the BRICS: 2010, 2024; of the SCO: 2017, 2023, 2024",
	})
	s.Number(&m.Exit, sim.Parameter{
		Name: "exit", Default: .1, Domain: sim.Range{Min: 0, Max: 10}, Plausible: sim.Range{Min: .05, Max: .2}, Unit: "utility", Source: sim.Assumption,
		Doc:       "How far below nothing a forum must be worth to a member that its text does not cover before the member leaves.",
		Reference: "exit where voice has failed: Hirschman 1970",
	})
	s.Number(&m.Grievance, sim.Parameter{
		Name: "grievance", Default: .02, Domain: unit, Plausible: sim.Range{Min: .01, Max: .05}, Unit: "loss", Source: sim.Assumption,
		Doc: "Loss, depth x squared distance, under the best forum on the line from which a state is dissatisfied.",
	})
	s.Number(&m.Mandate, sim.Parameter{
		Name: "mandate", Default: 5, Domain: sim.Range{Min: .25, Max: 100}, Plausible: sim.Range{Min: 2, Max: 10}, Unit: "years", Source: sim.Data,
		Doc: "Mandate that the Assembly gives a forum that it sets up or renews.", Reference: "GGE 2 to 3 years, OEWG 2 and then 5, IGF 10",
	})
	s.Integer(&m.Permanence, sim.Parameter{
		Name: "permanence", Default: 1, Domain: sim.Range{Min: 0, Max: 1000}, Plausible: sim.Range{Min: 0, Max: 3}, Unit: "renewals", Source: sim.Data,
		Doc: "Renewals without a break after which the next mandate of a forum is permanent.", Reference: "OEWG renewed in 2020, permanent from 2025; IGF renewed in 2010 and 2015, permanent from 2025",
	})
	s.Number(&m.Merger, sim.Parameter{
		Name: "merger", Default: .12, Domain: unit, Plausible: sim.Range{Min: .05, Max: .2}, Unit: "position", Source: sim.Assumption,
		Doc: "Distance between the texts of two forums from which the two sides fold them together.",
	})
	s.Number(&m.Benefit, sim.Parameter{
		Name: "benefit", Default: .1, Domain: sim.Range{Min: 0, Max: 10}, Plausible: sim.Range{Min: .02, Max: .3}, Unit: "utility", Source: sim.Assumption,
		Doc: "What a legitimate forum of all states is worth to a member whatever its text.",
	})
	s.Number(&m.Attention, sim.Parameter{
		Name: "attention", Default: .3, Domain: unit, Plausible: sim.Range{Min: 0, Max: .6}, Unit: "share", Source: sim.Assumption,
		Doc: "Share of a text's depth that is lost when no diplomat attends to its forum, because parallel ones draw them away.",
	})
}

// utility is what forum k is worth to state i: closeness to its text, and the
// legitimacy that it lends to those who take part.
func (m *Forums) utility(w *world.World, k, i int) float64 {
	f := &w.Forums[k]
	x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	worth := m.Benefit * f.Legitimacy * float64(membersOf(f)) / float64(w.States.N)
	if !f.Members[i] {
		worth /= 2
	}
	return worth - m.loss(w, k, x)
}

// loss is depth x squared distance under the text of a forum.
func (m *Forums) loss(w *world.World, k int, x []float64) float64 {
	f := &w.Forums[k]
	depth := m.MinDepth
	if f.Text >= 0 {
		depth = w.Texts[f.Text].Depth
	}
	return depth * squared(x, f.Position)
}

// process tells whether a forum is one of the parallel processes of a line: it
// negotiates on a mandate of the Assembly or is open to all.
func process(f *world.Forum) bool {
	return f.Status == world.Alive && f.Rule != world.Majority && f.Rule != world.NoDecision &&
		f.Access != world.AccessMultistakeholder && f.Access != world.AccessIndustry &&
		(f.Universal || f.MandateEnd != world.NoEnd)
}

// heat is the temperature of the choice between forums, in units of utility.
const heat = .05

// splitAttention works out, once a year, which share of the diplomatic capacity
// spent on a line goes to each of its parallel processes. Support for a forum
// does not exclude support for its rival; attention does.
func (m *Forums) splitAttention(w *world.World) {
	for k := range w.Forums {
		w.Forums[k].Attention = 0
	}
	for _, line := range world.Lines {
		m.rivalsOf(w, line)
		switch len(m.processes) {
		case 0:
			continue
		case 1:
			w.Forums[m.processes[0]].Attention = 1
			continue
		}
		total := 0.0
		for i, capacity := range w.States.Diplomacy {
			sum := 0.0
			for p, k := range m.processes {
				m.pull[p] = math.Exp(m.utility(w, k, i) / heat)
				sum += m.pull[p]
			}
			for p, k := range m.processes {
				w.Forums[k].Attention += capacity * m.pull[p] / sum
			}
			total += capacity
		}
		for _, k := range m.processes {
			if total > 0 {
				w.Forums[k].Attention /= total
			}
		}
	}
}

// rivalsOf lists the parallel processes of a line in m.processes.
func (m *Forums) rivalsOf(w *world.World, line world.Line) {
	m.processes = m.processes[:0]
	for k := range w.Forums {
		if w.Forums[k].Line == line && process(&w.Forums[k]) {
			m.processes = append(m.processes, k)
		}
	}
	for len(m.pull) < len(m.processes) {
		m.pull = append(m.pull, 0)
	}
}

// attended is the share of a draft's depth that the attention left to the forum
// allows to work out.
func (m *Forums) attended(f *world.Forum) float64 {
	if !process(f) || f.Attention == 0 {
		return 1
	}
	return 1 - m.Attention*(1-f.Attention)
}

// idle is what becomes of one kind of diplomacy by itself when nobody works at it
// (assumption).
const idle = .25

// most is how much harder than usual members can work at one kind of diplomacy.
const most = 2.0

// effort is how hard the members of a forum work at one kind of diplomacy, by
// their capacity: 1 when they do as much of it as is usual, idle when they do none.
func effort(w *world.World, members []bool, kind world.DiplomaticEffort) float64 {
	if len(w.States.Effort) == 0 {
		return 1 // nobody has said how diplomats split their time
	}
	sum, total := 0.0, 0.0
	for i, in := range members {
		if in {
			sum += w.States.Diplomacy[i] * w.States.Effort[i][kind]
			total += w.States.Diplomacy[i]
		}
	}
	if total == 0 {
		return 1
	}
	return min(most, idle+(1-idle)*sum/total/world.UsualEffort[kind])
}

// dissatisfied lists in m.coalition the states on one side of the line's texts
// (-1 sovereign, 1 open) whom even the best of its forums fails by more than the
// grievance, who have not chosen one on the other side, could not join another that would
// serve them, and whom a forum at their common centre would fail less.
func (m *Forums) dissatisfied(w *world.World, line world.Line, side float64) {
	m.coalition, m.losses = m.coalition[:0], m.losses[:0]
	m.refuges(w, line)
	statusQuo := m.StatusQuo(w, line)
	for i := range w.States.N {
		x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
		if side*(lean(x)-lean(statusQuo)) <= 0 {
			continue
		}
		loss := m.leastLoss(w, i, statusQuo)
		if w.AskFound(i, line, loss > m.Grievance && !m.committed(w, i, side, statusQuo) && !m.couldJoin(w, i)) {
			m.coalition, m.losses = append(m.coalition, i), append(m.losses, loss)
		}
	}
	// Those whom the centre does not serve leave, which moves the centre: once
	// more is enough for the coalitions of the data.
	for range 2 {
		m.agreeOnCentre(w)
	}
}

// committed tells whether a state belongs to one of m.refuge on the other side of the
// line's texts that it has joined by choice.
func (m *Forums) committed(w *world.World, i int, side float64, statusQuo []float64) bool {
	for _, k := range m.refuge {
		if f := &w.Forums[k]; f.Access == world.AccessInvited && f.Members[i] && side*(lean(f.Position)-lean(statusQuo)) < 0 {
			return true
		}
	}
	return false
}

// agreeOnCentre drops from the coalition whom a forum at its centre would serve no
// better than what there is.
func (m *Forums) agreeOnCentre(w *world.World) {
	if len(m.coalition) == 0 {
		return
	}
	centre := m.middle(w)
	stay := 0
	for c, i := range m.coalition {
		x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
		if depthOf(world.Norm)*squared(x, centre) < min(m.losses[c], m.Grievance) {
			m.coalition[stay], m.losses[stay] = i, m.losses[c]
			stay++
		}
	}
	m.coalition, m.losses = m.coalition[:stay], m.losses[:stay]
}

// refuges lists in m.refuge the forums on the line that negotiate, and those of all
// states that have done their work and left a text.
func (m *Forums) refuges(w *world.World, line world.Line) {
	m.refuge = m.refuge[:0]
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Line != line || f.Rule == world.Majority && f.Access == world.AccessStates {
			continue
		}
		left := f.Status == world.Dormant && f.Universal && f.Text >= 0 && w.Texts[f.Text].Status == world.InForce
		if f.Status == world.Alive || left {
			m.refuge = append(m.refuge, k)
		}
	}
}

// leastLoss is the loss of a state under the one of m.refuge that suits it best
// among those open to it; a line without such a forum leaves it with the status
// quo.
func (m *Forums) leastLoss(w *world.World, i int, statusQuo []float64) float64 {
	x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	least, found := math.Inf(1), false
	for _, k := range m.refuge {
		if f := &w.Forums[k]; f.Members[i] || f.Access == world.AccessMultistakeholder {
			least, found = min(least, m.loss(w, k, x)), true
		}
	}
	if !found {
		return m.MinDepth * squared(x, statusQuo)
	}
	return least
}

// rival tells whether a coalition on one side of a line is strong enough to found
// a forum of its own, and who leads it: of those whom enough follow, the member that
// brings most to the table.
func (m *Forums) rival(now *sim.Tick, w *world.World, line world.Line, side float64) (lead int, ready bool) {
	// A line that has not seen a creation counts from the start.
	if !m.Rivals || now.Index-m.born[line] < 2*now.PerYear {
		return -1, false
	}
	m.dissatisfied(w, line, side)
	if len(m.coalition) < max(1, m.RivalMembers) {
		return -1, false
	}
	willing, centre := slices.Clone(m.coalition), m.middle(w)
	candidates := append([]int(nil), m.coalition...)
	slices.SortStableFunc(candidates, func(a, b int) int { return cmp.Compare(standing(w, b), standing(w, a)) })
	for _, lead := range candidates {
		x := w.States.Position[lead*w.Dim : lead*w.Dim+w.Dim]
		if credible(w, lead) && world.Distance(x, centre) <= central && m.follow(w, willing, lead) {
			return lead, m.resolved(now, line, side, m.occasion(now, w, line, lead))
		}
	}
	return -1, false
}

// central is the distance from the centre of a coalition up to which one of its members
// speaks for it (assumption).
const central = .1

// follow leaves in m.coalition those of the willing who follow a leader: nobody a rival of
// its, or one that mistrusts it. It tells whether they suffice to found a forum.
func (m *Forums) follow(w *world.World, willing []int, lead int) bool {
	n, power := w.States.N, 0.0
	joined := make([]bool, n)
	m.coalition = m.coalition[:0]
	for _, i := range willing {
		if i == lead || !w.Dyads.Rival[i*n+lead] && w.Dyads.Trust[i*n+lead] >= wary {
			m.coalition = append(m.coalition, i)
			joined[i] = true
			power += w.States.Power[i]
		}
	}
	return len(m.coalition) >= max(1, m.RivalMembers) && power > m.RivalCost*(2-effort(w, joined, world.Coalition))
}

// credible tells whether a state can lead the founding of a forum: it is among those
// with the most diplomatic capacity, and among those who bring the most to a table.
func credible(w *world.World, lead int) bool {
	abler, weightier := 0, 0
	for i, d := range w.States.Diplomacy {
		if d > w.States.Diplomacy[lead] {
			abler++
		}
		if standing(w, i) > standing(w, lead) {
			weightier++
		}
	}
	return abler < sponsors && weightier < sponsors
}

// quiet is the part of the probability of founding that is left where no forum has
// failed the leader of late.
const quiet = 1. / 3

// resolved tells whether a coalition that could found a forum makes up its mind to
// do so this year.
func (m *Forums) resolved(now *sim.Tick, line world.Line, side float64, occasion bool) bool {
	probability := m.Founding
	if !occasion {
		probability *= quiet
	}
	return now.Stream.Pair(sim.Key(string(line)), sim.Key(fmt.Sprint("founding", side))).Float64() < probability
}

// tableRival puts a text before the Assembly that sets up a forum for the
// dissatisfied (competitive regime creation). It tells whether it did.
func (m *Forums) tableRival(now *sim.Tick, w *world.World, k int, side float64) bool {
	line := w.Forums[k].Line
	lead, ready := m.rival(now, w, line, side)
	if !ready {
		return false
	}
	m.born[line] = now.Index
	position := m.middle(w)
	f := m.newForum(w, now, line, lead, position, true)
	w.Catalogue = append(slices.Clip(w.Catalogue), f)
	Table(w, world.Text{
		ID: fmt.Sprintf("%s-%d-%s", w.Forums[k].ID, now.Date.Year(), w.StateID(lead)), Line: line, Kind: world.Create,
		Title: fmt.Sprintf("%s resolution of %d setting up a working group on %s", world.Possessive(w.Called(lead)), now.Date.Year(), line.Words()),
		Forum: k, Sponsors: append([]int{lead}, cosponsors(m.coalition, lead)...), Position: position, Depth: depthOf(world.Create),
		Serves: f.ID, Mandate: m.Mandate, Stack: -1,
	})
	return true
}

// cosponsors are the other states of a coalition.
func cosponsors(coalition []int, lead int) []int {
	var others []int
	for _, i := range coalition {
		if i != lead {
			others = append(others, i)
		}
	}
	return others
}

// middle is the power-weighted centre of the coalition.
func (m *Forums) middle(w *world.World) []float64 {
	position, total := make([]float64, w.Dim), 0.0
	for _, i := range m.coalition {
		total += w.States.Power[i]
		for d := range position {
			position[d] += w.States.Power[i] * w.States.Position[i*w.Dim+d]
		}
	}
	for d := range position {
		position[d] /= total
	}
	return position
}

// newForum is a forum that the coalition wants: open to all under the Assembly,
// else for its own members.
func (m *Forums) newForum(w *world.World, now *sim.Tick, line world.Line, lead int, position []float64, open bool) world.Forum {
	id := fmt.Sprintf("%s-%d", line, now.Date.Year())
	name := fmt.Sprintf("UN Working Group on %s of %d", line.Words(), now.Date.Year())
	if !open {
		name = fmt.Sprintf("%s-led %s Forum (%d)", w.States.Name[lead], subject(line), now.Date.Year())
	}
	for number := 2; w.FindForum(id) >= 0; number++ {
		id = fmt.Sprintf("%s-%d-%d", line, now.Date.Year(), number)
	}
	f := world.Forum{
		ID: id, Name: name, Key: sim.Key(id), Line: line, Rule: world.Consensus, Access: world.AccessInvited,
		Structured: true, Universal: open, WesternLed: m.western(w, lead), Cycle: 1, Sponsor: lead, Chair: -1, Text: -1,
		Members: make([]bool, w.States.N), Firms: make([]bool, w.Firms.N), Position: slices.Clone(position), Legitimacy: .3,
		MandateEnd: world.NoEnd,
	}
	if open {
		f.Access = world.AccessStates
		for i := range f.Members {
			f.Members[i] = true
		}
	} else {
		for _, i := range m.coalition {
			f.Members[i] = true
		}
	}
	return f
}

// subject is the line as the name of a forum has it.
func subject(line world.Line) string {
	switch line {
	case world.ICTSecurity:
		return "ICT Security"
	case world.Confidence:
		return "Confidence-Building"
	case world.InternetGovernance:
		return "Internet Policy" // an Internet Governance Forum there is already
	}
	return capital(string(line))
}

// companions are the three weightiest members of a coalition beside its leader, to
// name in a sentence.
func companions(w *world.World, coalition []int, lead int) []int {
	others := cosponsors(coalition, lead)
	slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(w.Weight(b), w.Weight(a)) })
	return others[:min(3, len(others))]
}

// western tells whether a state belongs to the founding coalition of the liberal
// order.
func (m *Forums) western(w *world.World, i int) bool {
	g := w.FindGroup("west")
	return g >= 0 && slices.Contains(w.Groups[g].Members, i)
}

// createOutside lets coalitions found forums of their own on lines that the
// Assembly does not treat.
func (m *Forums) createOutside(now *sim.Tick, w *world.World) {
	for _, line := range world.Lines {
		if line == world.Industry || line == world.Rights || m.assembly(w, line) >= 0 {
			continue
		}
		for _, side := range []float64{-1, 1} {
			lead, ready := m.rival(now, w, line, side)
			if !ready {
				continue
			}
			m.born[line] = now.Index
			f := m.newForum(w, now, line, lead, m.middle(w), false)
			k := found(now, w, &f)
			w.Changed(k)
			if w.Chronicle.On {
				w.Add(world.Entry{
					Kind: "forum", Name: f.ID, Actors: w.IDs(append([]int{lead}, cosponsors(m.coalition, lead)...)), Weight: .3 * share(w, &w.Forums[k]),
					Text: fmt.Sprintf("%s leads %d states dissatisfied with every forum on %s, among them %s, in founding one of their own: the %s.", w.Called(lead), len(m.coalition), line.Words(), w.Enumerate(companions(w, m.coalition, lead)), f.Name),
				})
			}
		}
	}
}

// assembly is the forum of all states that votes on the line, or -1.
func (m *Forums) assembly(w *world.World, line world.Line) int {
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Line == line && f.Status == world.Alive && f.Access == world.AccessStates && f.Rule == world.Majority {
			return k
		}
	}
	return -1
}

// compatible tells whether the texts of two forums have come close enough to fold
// the forums together.
func (m *Forums) compatible(w *world.World, k, l int) bool {
	return m.Mergers && k != l && w.Forums[k].Text >= 0 && w.Forums[l].Text >= 0 &&
		world.Distance(w.Forums[k].Position, w.Forums[l].Position) <= m.Merger
}

// merge folds forum k into forum l: everybody becomes a member, and what both
// texts share is as deep as the shallower of them.
func (m *Forums) merge(w *world.World, k, l int) {
	from, to := &w.Forums[k], &w.Forums[l]
	from.Status = world.Merged
	for i, in := range from.Members {
		to.Members[i] = to.Members[i] || in
	}
	if from.Text >= 0 && to.Text >= 0 && from.Text != to.Text {
		a, b := &w.Texts[from.Text], &w.Texts[to.Text]
		b.Depth = min(a.Depth, b.Depth)
		for d := range b.Position {
			b.Position[d] = (a.Position[d] + b.Position[d]) / 2
		}
		copy(to.Position, b.Position)
		if !a.Binding {
			a.Status = world.Lapsed
		}
	}
	w.Changed(k)
	w.Changed(l)
	if w.Chronicle.On {
		w.Add(world.Entry{
			Kind: "forum", Name: from.ID, Weight: .5 * share(w, to),
			Text: fmt.Sprintf("The %s is folded into the %s: one track again, on what both have in common.", from.Name, to.Name),
		})
	}
}

// endMandates decides what becomes of forums whose mandate runs out: on lines
// that the Assembly does not treat the members may renew it themselves; else the
// forum is folded into a close one, or goes to sleep.
func (m *Forums) endMandates(now *sim.Tick, w *world.World) {
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive || f.MandateEnd > now.Index {
			continue
		}
		if m.finished(w, f) {
			m.retire(w, k, "has done its work: its text is open for states to join")
			continue
		}
		if m.assembly(w, f.Line) < 0 && m.renewed(w, k) {
			mandate := m.Mandate
			if f.Renewals >= m.Permanence {
				mandate = 0
			}
			entrust(now, w, k, mandate, renewing)
			continue
		}
		if l := m.heir(w, k); l >= 0 {
			m.merge(w, k, l)
			continue
		}
		m.retire(w, k, "loses its mandate, which nobody renews")
	}
}

// finished tells whether a forum was there to draft one binding text, and has.
func (m *Forums) finished(w *world.World, f *world.Forum) bool {
	return f.Binding && f.MandateEnd != world.NoEnd && f.Text >= 0 && w.Texts[f.Text].Status == world.InForce
}

// retire sends a forum to sleep.
func (m *Forums) retire(w *world.World, k int, why string) {
	f := &w.Forums[k]
	f.Status = world.Dormant
	if f.MandateEnd <= w.Tick && !f.Binding && f.Text >= 0 && f.Entrusted > 0 && w.Texts[f.Text].Adopted >= f.Entrusted {
		why = "ends with its mandate; its last report stands"
	} else if f.MandateEnd <= w.Tick && f.Text >= 0 && membersOf(f) == 0 {
		why = "ends its work with its report" // that of experts, who had nothing to agree on with states
	} else {
		m.failed[f.Key] = w.Tick
	}
	w.Changed(k)
	if w.Chronicle.On {
		w.Add(world.Entry{
			Kind: "forum", Name: f.ID, Weight: .2 * f.Legitimacy * share(w, f),
			Text: fmt.Sprintf("The %s %s.", f.Name, why),
		})
	}
}

// leave lets members go whom the text of a forum does not cover and to whom the
// forum is worth less than nothing (exit, where voice has failed; Hirschman 1970).
// Nobody leaves a forum of all states, where one merely disowns what is decided.
func (m *Forums) leave(w *world.World) {
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive || f.Universal || f.Access != world.AccessClosed && f.Access != world.AccessInvited {
			continue
		}
		m.newly = m.newly[:0]
		for i, in := range f.Members {
			if !in {
				continue
			}
			model := f.Text >= 0 && !w.Texts[f.Text].Binding && w.Texts[f.Text].Adherence[i] == world.Outside && m.utility(w, k, i) < -m.Exit
			if w.AskLeave(i, k, model) {
				m.newly = append(m.newly, i)
			}
		}
		for _, i := range m.newly {
			w.Exit(k, i)
		}
		m.tellMembers(w, k, "leaves", "leave")
		if len(m.newly) > 0 && membersOf(f) == 0 {
			m.retire(w, k, "has no members any more")
		}
	}
}

// tellMembers says who has joined or left a forum.
func (m *Forums) tellMembers(w *world.World, k int, one, several string) {
	if len(m.newly) == 0 || !w.Chronicle.On {
		return
	}
	const news, crowd = .005, 4 // of world power and users; states
	verb, weight, by := one, 0.0, ""
	if len(m.newly) > 1 {
		verb = several
	}
	for _, i := range m.newly {
		weight += w.Weight(i)
		if who := w.Rules.ByState(i); who != "model" {
			by = who
		}
	}
	if weight < news && len(m.newly) < crowd && by == "" {
		return // a small state more is no news
	}
	w.Add(world.Entry{
		Kind: "forum", Name: w.Forums[k].ID, Actors: w.IDs(m.newly), Weight: min(1, weight/2), By: by,
		Text: fmt.Sprintf("%s %s the %s.", w.Enumerate(m.newly), verb, w.Forums[k].Name),
	})
}

// renewed tells whether more members want the forum renewed than want it gone.
// A forum without state members lives on as long as it is thought legitimate.
func (m *Forums) renewed(w *world.World, k int) bool {
	f := &w.Forums[k]
	if membersOf(f) == 0 {
		return f.Legitimacy >= .4
	}
	balance := 0
	for i, in := range f.Members {
		if !in {
			continue
		}
		if w.AskRenew(i, k, m.utility(w, k, i) > 0) {
			balance++
		} else {
			balance--
		}
	}
	return balance > 0
}

// heir is the living process on the same line, close enough to take the forum in,
// with the most attention, or -1.
func (m *Forums) heir(w *world.World, k int) int {
	best, who := -1.0, -1
	for l := range w.Forums {
		f := &w.Forums[l]
		if f.Line == w.Forums[k].Line && process(f) && m.compatible(w, k, l) && f.Attention > best {
			best, who = f.Attention, l
		}
	}
	return who
}
