package scenarios

import (
	"math"
	"slices"
	"strings"

	"splinternet/models/world"
	"splinternet/sim"
)

// groups reads the named groups: a list of states, or a table with members, and
// whether they look to one another before they vote (cue). A group can name other
// groups as members, in any order.
func (l *loader) groups(r *reader) {
	if r.node == nil {
		return
	}
	pending := ordered(r.nodes)
	for len(pending) > 0 {
		waiting := pending[:0:0]
		for _, n := range pending {
			if l.waits(n, pending) {
				waiting = append(waiting, n)
			} else {
				l.group(r, n)
			}
		}
		if len(waiting) == len(pending) {
			for _, n := range waiting {
				l.at(n, "groups are members of one another in a circle")
			}
			return
		}
		pending = waiting
	}
}

// waits tells whether a group has a member group that is still to be read.
func (l *loader) waits(n *node, pending []*node) bool {
	items := n.nodes
	if n.shape == table {
		items = nil
		if members := n.get("members"); members != nil {
			items = append(members.nodes, members)
		}
	}
	for _, item := range append(items, n) {
		name, is := strings.CutPrefix(item.text(), "group.")
		if is && slices.ContainsFunc(pending, func(other *node) bool { return other.key == name }) {
			return true
		}
	}
	return false
}

func (l *loader) group(r *reader, n *node) {
	if !plainID(n.key) {
		l.at(n, "%q is not allowed; allowed: a name of letters, digits, - and _", clip(n.key))
		return
	}
	var cue bool
	fixed := math.NaN()
	holder, key := r, n.key
	if n.shape == table {
		holder, key = l.table(n), "members"
		cue = holder.flag("cue", false)
		fixed = holder.number("cohesion", share, fixed)
	}
	members := l.members(holder.items(key))
	if n.shape == table {
		if holder.get("members") == nil {
			holder.need("members", `a list of states such as ["IND", "BRA"]`)
		}
		holder.done()
	}
	if l.world != nil {
		l.setGroup(world.Group{ID: n.key, Members: members, Cue: cue, Cohesion: or(fixed, cohesion(l.world, members))})
	}
}

// setGroup adds a group, or puts it in the place of one of the same name.
func (l *loader) setGroup(g world.Group) {
	if k := l.world.FindGroup(g.ID); k >= 0 {
		l.world.Groups[k] = g
		return
	}
	l.world.Groups = append(l.world.Groups, g)
}

// overrides applies [state.ID], [firm.ID], [forum.ID] and [stack.ID].
func (l *loader) overrides(top *reader) {
	fixed := map[string]map[int]bool{}
	for _, kind := range []string{"state", "firm", "forum", "stack"} {
		section := l.table(top.has(kind))
		if section.node == nil || l.world == nil {
			continue
		}
		// In one order whatever the order of the text, for the sake of sums.
		for _, n := range ordered(section.nodes) {
			if r := l.table(n); l.known(n, kind) && r.node != nil {
				l.override(r, kind, fixed)
			}
		}
	}
	if l.world != nil && len(fixed) > 0 {
		l.rescale(top.get("state"), fixed)
		derive(l.world, l.values)
	}
}

// known reports a table for an agent that does not exist.
func (l *loader) known(n *node, kind string) bool {
	if l.ids == nil {
		return false
	}
	for _, id := range l.ids[kind] {
		if id == n.key {
			return true
		}
	}
	l.unknown(n, kind, n.key)
	return false
}

func (l *loader) override(r *reader, kind string, fixed map[string]map[int]bool) {
	switch kind {
	case "state":
		l.overrideState(r, l.world.FindState(r.node.key), fixed)
	case "firm":
		l.overrideFirm(r, l.world.FindFirm(r.node.key))
	case "forum":
		l.overrideForum(r)
	case "stack":
		l.overrideStack(r, l.world.FindStack(r.node.key))
	}
	r.done()
}

// shares are the variables of states that are shares of the world: one that is
// set holds, and those of the other states are rescaled.
var shares = []string{"economy", "capability", "users", "offence"}

func sharesOf(s *world.States, key string) []float64 {
	return map[string][]float64{
		"economy": s.Economy, "capability": s.Capability, "users": s.Users, "offence": s.Offence,
	}[key]
}

func (l *loader) overrideState(r *reader, i int, fixed map[string]map[int]bool) {
	w := l.world
	s, dim := &w.States, w.Dim
	position, anchor := r.point("position", dim), r.point("anchor", dim)
	if position != nil {
		copy(s.Position[i*dim:], position)
		// A position that the scenario asserts is not estimated, and is held at
		// home unless it says otherwise.
		clear(s.Uncertainty[i*dim : (i+1)*dim])
		copy(s.Anchor[i*dim:], position)
	}
	if anchor != nil {
		copy(s.Anchor[i*dim:], anchor)
	}
	for _, v := range []struct {
		key    string
		field  []float64
		domain sim.Range
	}{
		{"stubbornness", s.Stubbornness, share},
		{"salience", s.Salience, salience},
		{"growth", s.Growth, growth},
		{"penetration", s.Penetration, sim.Range{Min: .001, Max: 1}},
		{"democracy", s.Democracy, share},
		{"diplomacy", s.Diplomacy, share},
		{"attendance", s.Attendance, share},
		{"control", s.Control, share},
		{"uncertainty", nil, share},
	} {
		if v.field != nil {
			v.field[i] = r.number(v.key, v.domain, v.field[i])
		} else if x := r.optional(v.key, v.domain); x != nil {
			for d := range dim {
				s.Uncertainty[i*dim+d] = *x
			}
		}
	}
	l.note(fixed, "", i)
	for _, key := range shares {
		if x := r.optional(key, share); x != nil {
			sharesOf(s, key)[i] = *x
			l.note(fixed, key, i)
		}
	}
	if n := r.has("stacks"); n != nil {
		l.mix(n, stackIDs(w), s.Stack[i*len(w.Stacks):(i+1)*len(w.Stacks)])
	}
}

func (l *loader) note(fixed map[string]map[int]bool, key string, i int) {
	if fixed[key] == nil {
		fixed[key] = map[int]bool{}
	}
	fixed[key][i] = true
}

// rescale makes room for the shares that the scenario sets.
func (l *loader) rescale(at *node, fixed map[string]map[int]bool) {
	for _, key := range shares {
		if len(fixed[key]) == 0 {
			continue
		}
		list := sharesOf(&l.world.States, key)
		set, rest := 0.0, 0.0
		for i, x := range list {
			if fixed[key][i] {
				set += x
			} else {
				rest += x
			}
		}
		if set > 1+1e-9 || len(fixed[key]) == len(list) && math.Abs(set-1) > 1e-6 {
			l.at(at, "the shares of %s that are set sum to %.4g; allowed: up to 1, or 1 when every state has one", key, set)
			continue
		}
		for i := range list {
			switch {
			case fixed[key][i]:
			case rest > 0:
				list[i] *= max(0, 1-set) / rest
			default:
				list[i] = max(0, 1-set) / float64(len(list)-len(fixed[key]))
			}
		}
	}
}

func (l *loader) overrideFirm(r *reader, f int) {
	firms, dim := &l.world.Firms, l.world.Dim
	if position := r.point("position", dim); position != nil {
		copy(firms.Position[f*dim:], position)
	}
	firms.Tie[f] = r.number("tie", share, firms.Tie[f])
	firms.Diplomacy[f] = r.number("diplomacy", share, firms.Diplomacy[f])
	if id := l.named(r, "stack", "stack"); id != "" {
		firms.Stack[f] = l.world.FindStack(id)
	}
	if size := r.optional("size", positive); size != nil {
		resizeFirm(l.world, f, *size)
	}
}

// resizeFirm gives a firm another size and, in proportion to its root, as in the
// data, another share of every market.
func resizeFirm(w *world.World, f int, size float64) {
	firms, n := &w.Firms, w.States.N
	factor := 1.0
	if firms.Size[f] > 0 {
		factor = math.Sqrt(size / firms.Size[f])
	}
	firms.Size[f] = size
	for j := range n {
		total := 0.0
		firms.Share[f*n+j] *= factor
		for k := range firms.N {
			total += firms.Share[k*n+j]
		}
		for k := range firms.N {
			if total > 0 {
				firms.Share[k*n+j] /= total
			} else {
				firms.Share[k*n+j] = 1 / float64(firms.N)
			}
		}
	}
}

// overrideForum changes a forum, or one of the catalogue for when it is set up.
func (l *loader) overrideForum(r *reader) {
	w := l.world
	var f *world.Forum
	for k := range w.Catalogue {
		if w.Catalogue[k].ID == r.node.key {
			f = &w.Catalogue[k]
		}
	}
	if k := w.FindForum(r.node.key); k >= 0 {
		f = &w.Forums[k]
	}
	if f == nil {
		l.at(r.node, "the forum comes into being by an event; give its keys there")
		return
	}
	f.Legitimacy = r.number("legitimacy", share, f.Legitimacy)
	if position := r.point("position", w.Dim); position != nil {
		copy(f.Position, position)
		if f.Text >= 0 {
			copy(w.Texts[f.Text].Position, position)
		}
	}
	if depth := r.optional("depth", share); depth != nil {
		f.Output = min(1, *depth*usualCompliance/world.FullOutput)
		if f.Text >= 0 {
			w.Texts[f.Text].Depth = *depth
		}
	}
	f.Cycle = r.number("cycle", sim.Range{Min: .05, Max: 50}, f.Cycle)
	f.WesternLed = r.flag("western-led", f.WesternLed)
	if word := r.word("rule", words(world.DecisionRules)); word != "" {
		f.Rule = world.DecisionRule(word)
	}
	if word := r.word("negotiation", words(world.Negotiations)); word != "" {
		f.Negotiates = world.Negotiation(word)
	}
}

func (l *loader) overrideStack(r *reader, k int) {
	s := &l.world.Stacks[k]
	if position := r.point("position", l.world.Dim); position != nil {
		copy(s.Position, position)
	}
	s.Potential = r.number("potential", logit, s.Potential)
	s.Immature = r.number("immature", logit, s.Immature)
}

// weights are the parameters on which the initial world depends: the weights of
// economy, capability and structure in power.
var weights = []string{"power.economy", "power.capability", "power.structure"}

// derive works out, from what the scenario and the data say, what follows from
// it: population from users, wealth, structural power and the composite, by the
// weights of the scenario.
func derive(w *world.World, parameters map[string]float64) {
	s := &w.States
	online, people := 0.0, 0.0
	for i := range s.N {
		online += s.Population[i] * s.Penetration[i]
	}
	for i := range s.N {
		if s.Penetration[i] > 0 {
			s.Population[i] = online * s.Users[i] / s.Penetration[i]
		}
		people += s.Population[i]
	}
	for i := range s.N {
		s.Wealth[i] = 1
		if s.Population[i] > 0 {
			s.Wealth[i] = s.Economy[i] * people / s.Population[i]
		}
	}
	copy(s.Structure, served(w))
	weight := func(name string) float64 {
		if value, given := parameters[name]; given {
			return value
		}
		if p := declared().Find(name); p != nil {
			return p.Default
		}
		return 1
	}
	e, c, u := weight(weights[0]), weight(weights[1]), weight(weights[2])
	for i := range s.N {
		s.Power[i] = e*s.Economy[i] + c*s.Capability[i] + u*s.Structure[i]
	}
	world.Normalise(s.Power)
}

// served is the share of world users that the firms of each state serve; without
// firms of the world's own, it is the state's share of users.
func served(w *world.World) []float64 {
	f, s := &w.Firms, &w.States
	out, total := make([]float64, s.N), 0.0
	for k, home := range f.Home {
		if home == world.Abroad {
			continue
		}
		for j, u := range s.Users {
			out[home] += u * f.Share[k*s.N+j]
			total += u * f.Share[k*s.N+j]
		}
	}
	if total == 0 {
		return append(out[:0], s.Users...)
	}
	for i := range out {
		out[i] /= total
	}
	return out
}
