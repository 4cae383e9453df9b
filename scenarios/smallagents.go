package scenarios

import (
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// smallStacks reads [[world.stack]]; without any there is today's internet alone.
func (l *loader) smallStacks(r *reader, w *world.World) {
	for _, t := range r.each("stack") {
		s := world.Stack{
			ID: l.newID(t), Name: t.text("name"), Position: t.point("position", w.Dim),
			Potential: t.number("potential", logit, 0), Immature: t.number("immature", logit, 0),
			Proposed: t.flag("proposed", true),
		}
		if s.Proposed {
			s.Recognition = 1
		}
		if s.Name == "" {
			s.Name = s.ID
		}
		if s.Position == nil {
			s.Position = slices.Repeat([]float64{.75}, w.Dim)
		}
		t.done()
		w.Stacks = append(w.Stacks, s)
	}
	if len(w.Stacks) == 0 {
		w.Stacks = []world.Stack{{
			ID: "internet", Name: "Internet", Position: slices.Repeat([]float64{.75}, w.Dim), Proposed: true, Recognition: 1,
		}}
	}
	if !w.Stacks[0].Proposed {
		l.at(r.get("stack"), "the first stack must be in use: proposed = false is not allowed for it")
	}
}

// shareStacks puts the networks of the states on stacks: as stacks says, and for
// the rest on the first.
func (l *loader) shareStacks(specs []stateSpec) {
	w := l.world
	s := len(w.Stacks)
	w.States.Stack = make([]float64, w.States.N*s)
	for i := range specs {
		row := w.States.Stack[i*s : (i+1)*s]
		l.mix(specs[i].stacks, stackIDs(w), row)
	}
}

// mix reads shares by name into row; what they leave goes to
// the first name.
func (l *loader) mix(n *node, names []string, row []float64) {
	clear(row)
	row[0] = 1
	if n == nil {
		return
	}
	r := l.table(n)
	total := 0.0
	for k, name := range names {
		row[k] = r.number(name, share, 0)
		total += row[k]
	}
	r.done()
	if total > 1+1e-9 {
		l.at(n, "the shares sum to %.4g; allowed: up to 1, and %s gets the rest", total, names[0])
	}
	row[0] += 1 - total
	if r.get(names[0]) != nil && math.Abs(1-total) > 1e-9 && total <= 1 {
		l.at(n, "the shares sum to %.4g; allowed: 1 when %s has one, too", total, names[0])
	}
}

// smallFirms reads [[world.firm]] and divides the markets.
func (l *loader) smallFirms(r *reader) {
	w := l.world
	f := &w.Firms
	var bias []float64
	l.ids = map[string][]string{"state": w.States.ID, "stack": stackIDs(w)}
	for _, t := range r.each("firm") {
		home := world.Abroad
		if id := l.named(t, "home", "state"); id != "" {
			home = w.FindState(id)
		}
		id, name := l.newID(t), t.text("name")
		if name == "" {
			name = id
		}
		sector := t.text("sector")
		if sector == "" {
			sector = "platform"
		}
		position := t.point("position", w.Dim)
		if position == nil && home >= 0 {
			position = slices.Clone(w.States.Position[home*w.Dim : (home+1)*w.Dim])
		} else if position == nil {
			position = slices.Repeat([]float64{.5}, w.Dim)
		}
		f.N++
		f.ID, f.Name, f.Key = append(f.ID, id), append(f.Name, name), append(f.Key, sim.Key(id))
		f.Home, f.Sector = append(f.Home, home), append(f.Sector, sector)
		f.Size, f.Position = append(f.Size, t.number("size", positive, 1)), append(f.Position, position...)
		f.Stack = append(f.Stack, max(0, w.FindStack(l.named(t, "stack", "stack"))))
		f.Tie, f.Diplomacy = append(f.Tie, t.number("tie", share, .5)), append(f.Diplomacy, t.number("diplomacy", share, 0))
		bias = append(bias, t.number("home-bias", logit, 1.5))
		t.done()
	}
	l.ids = nil
	f.Ban = make([]float64, f.N*w.States.N)
	divide(w, bias)
}

func stackIDs(w *world.World) []string {
	var ids []string
	for k := range w.Stacks {
		ids = append(ids, w.Stacks[k].ID)
	}
	return ids
}

// divide gives the firms their market shares: the root of the size times
// exp(home bias + 2 x trust in the home), as in the data.
func divide(w *world.World, bias []float64) {
	f, n := &w.Firms, w.States.N
	f.Share = make([]float64, f.N*n)
	for j := range n {
		column := make([]float64, f.N)
		for k := range column {
			trust, home := .5, 0.0
			if f.Home[k] != world.Abroad {
				trust = w.Dyads.Trust[j*n+f.Home[k]]
			}
			if f.Home[k] == j {
				home = bias[k]
			}
			column[k] = math.Sqrt(f.Size[k]) * math.Exp(home+2*trust)
		}
		if len(column) > 0 {
			world.Normalise(column)
		}
		for k := range column {
			f.Share[k*n+j] = column[k]
		}
	}
}

// smallForums reads [[world.forum]]: forums that exist, with a text in force, and
// those that a text or an event can set up.
func (l *loader) smallForums(r *reader) {
	w := l.world
	l.ids = map[string][]string{"state": w.States.ID, "firm": w.Firms.ID, "group": groupIDs(w)}
	for _, t := range r.each("forum") {
		f := world.Forum{ID: l.newID(t), Text: -1, Sponsor: -1, Chair: -1}
		exists := t.flag("exists", true)
		depth := l.forumKeys(t, &f)
		t.done()
		if !exists {
			w.Catalogue = append(w.Catalogue, f)
			continue
		}
		f.AgeAtStart = ageOfOld
		f.Founded = -int(ageOfOld * float64(l.calendar.PerYear()))
		if depth > 0 {
			f.Text = len(w.Texts)
			w.Texts = append(w.Texts, textOf(w, &f, len(w.Forums), depth))
		}
		w.Forums = append(w.Forums, f)
	}
	l.ids = nil
	w.CountShared()
}

// ageOfOld is the age in years of the forums of a small world.
const ageOfOld = 10

// textOf is the text that a forum stands for at the start of a small world: its
// members have joined, and comply the better the nearer they stand.
func textOf(w *world.World, f *world.Forum, forum int, depth float64) world.Text {
	n := w.States.N
	t := world.Text{
		ID: f.ID + "-text", Title: "Text of " + f.Name, Line: f.Line, Kind: world.Norm, Forum: forum,
		Position: slices.Clone(f.Position), Depth: depth, Binding: f.Binding, Open: f.Binding && f.Access == world.AccessInvited, Stack: -1,
		Adopted: f.Founded, Adherence: make([]uint8, n), Compliance: make([]float64, n),
	}
	if f.Binding {
		t.Kind = world.Treaty
	}
	for i := range n {
		switch {
		case f.Members[i] && f.Binding:
			t.Adherence[i] = world.Party
		case f.Members[i], f.Access == world.AccessMultistakeholder:
			t.Adherence[i] = world.Endorsed
		}
		gap := 0.0
		for d, x := range t.Position {
			gap += math.Abs(w.States.Position[i*w.Dim+d] - x)
		}
		t.Compliance[i] = min(max(1-gap/float64(w.Dim), .05), 1)
	}
	return t
}

// forumKeys reads what defines a forum, over what f already is, and returns the
// depth of the text that it stands for.
func (l *loader) forumKeys(r *reader, f *world.Forum) (depth float64) {
	w := l.world
	fresh := f.Name == ""
	if name := r.text("title"); name != "" {
		f.Name = name
	} else if fresh {
		f.Name = f.ID
	}
	f.Key = sim.Key(f.ID)
	f.Line = world.Line(otherwise(r.word("line", words(world.Lines)), string(f.Line), string(world.ICTSecurity)))
	f.Rule = world.DecisionRule(otherwise(r.word("rule", words(world.DecisionRules)), string(f.Rule), string(world.Consensus)))
	f.Negotiates = world.Negotiation(otherwise(r.word("negotiation", words(world.Negotiations)), string(f.Negotiates), string(world.Centroid)))
	listed, access := r.has("members"), r.word("access", words(world.Accesses))
	usual := world.AccessStates
	if listed != nil {
		usual = world.AccessClosed
	}
	f.Access = world.Access(otherwise(access, string(f.Access), string(usual)))
	l.membersOf(r, f, fresh)
	f.Universal = r.flag("universal", f.Universal || fresh && f.Access == world.AccessStates)
	f.Structured = r.flag("structured", f.Structured || fresh)
	f.WesternLed = r.flag("western-led", f.WesternLed)
	f.Binding = r.flag("binding", f.Binding)
	if fresh {
		f.Legitimacy, f.Cycle, f.MandateEnd = .5, usualCycle, world.NoEnd
	}
	f.Legitimacy = r.number("legitimacy", share, f.Legitimacy)
	f.Cycle = r.number("cycle", sim.Range{Min: .05, Max: 50}, f.Cycle)
	if years := r.number("mandate", sim.Range{Min: 0, Max: 200}, 0); years > 0 {
		f.MandateEnd = l.calendar.Span(years)
	}
	if position := r.point("position", max(1, l.dim())); position != nil {
		f.Position = position
	} else if fresh && w != nil {
		f.Position = centre(w, f.Members)
	}
	depth = r.number("depth", share, usualDepth)
	if fresh || r.get("depth") != nil {
		f.Output = min(1, depth*usualCompliance/world.FullOutput)
	}
	return depth
}

func (l *loader) dim() int {
	if l.world == nil {
		return 1
	}
	return l.world.Dim
}

// membersOf reads the members of a forum.
func (l *loader) membersOf(r *reader, f *world.Forum, fresh bool) {
	w := l.world
	items := r.items("members")
	listed := l.members(items)
	firms := l.allNamed(r, "firms", "firm")
	sponsor, chair := l.named(r, "sponsor", "state"), l.named(r, "chair", "state")
	if w == nil {
		return
	}
	if sponsor != "" {
		f.Sponsor = w.FindState(sponsor)
	}
	if chair != "" {
		f.Chair = w.FindState(chair)
	}
	if fresh || items != nil || r.get("access") != nil {
		all := f.Access == world.AccessStates
		f.Members = slices.Repeat([]bool{all && items == nil}, w.States.N)
		for _, i := range listed {
			f.Members[i] = true
		}
	}
	if fresh || firms != nil {
		f.Firms = make([]bool, w.Firms.N)
		for _, id := range firms {
			f.Firms[w.FindFirm(id)] = true
		}
	}
}

func otherwise(words ...string) string {
	for _, word := range words {
		if word != "" {
			return word
		}
	}
	return ""
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for k, word := range list {
		out[k] = string(word)
	}
	return out
}

// centre is the mean position of the members, or the middle without any.
func centre(w *world.World, members []bool) []float64 {
	out, n := make([]float64, w.Dim), 0.0
	for i, in := range members {
		if !in {
			continue
		}
		n++
		for d := range out {
			out[d] += w.States.Position[i*w.Dim+d]
		}
	}
	for d := range out {
		if n > 0 {
			out[d] /= n
		} else {
			out[d] = .5
		}
	}
	return out
}
