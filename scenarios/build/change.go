package build

import (
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/scenarios/data"
	"splinternet/scenarios/spec"
)

// groups adds the groups of the scenario, each in the place of one of the same name.
func (b *builder) groups() {
	for _, g := range b.spec.Groups {
		members := b.members(g.Members)
		if b.world == nil {
			continue
		}
		group := world.Group{ID: g.ID, Members: members, Cue: g.Cue, Cohesion: or(g.Cohesion, cohesion(b.world, members))}
		if k := b.world.FindGroup(g.ID); k >= 0 {
			b.world.Groups[k] = group
		} else {
			b.world.Groups = append(b.world.Groups, group)
		}
	}
}

// changes changes the agents that the scenario changes.
func (b *builder) changes() {
	w, c := b.world, &b.spec.Changes
	fixed := make([][]int, len(shares))
	for k := range c.States {
		if change := &c.States[k]; b.exists(change.Name) {
			i := w.FindState(change.Name.ID)
			b.changeState(i, change)
			for s, share := range shares {
				if x := share.of(change); x != nil {
					share.in(&w.States)[i] = *x
					fixed[s] = append(fixed[s], i)
				}
			}
		}
	}
	for k := range c.Firms {
		if change := &c.Firms[k]; b.exists(change.Name) {
			b.changeFirm(w.FindFirm(change.Name.ID), change)
		}
	}
	for k := range c.Forums {
		if change := &c.Forums[k]; b.exists(change.Name) {
			b.changeForum(change)
		}
	}
	for k := range c.Stacks {
		if change := &c.Stacks[k]; b.exists(change.Name) {
			s := &w.Stacks[w.FindStack(change.Name.ID)]
			copy(s.Position, change.Position)
			set(&s.Potential, change.Potential)
			set(&s.Immature, change.Immature)
		}
	}
	b.makeRoom(fixed)
}

// set changes a value where the scenario does.
func set[T any](value *T, to *T) {
	if to != nil {
		*value = *to
	}
}

// or is the value that the scenario gives, or what stands for none.
func or[T any](value *T, otherwise T) T {
	if value != nil {
		return *value
	}
	return otherwise
}

// shares are the variables of states that are shares of the world: one that is set
// holds, and those of the other states are rescaled.
var shares = []struct {
	name string
	of   func(c *spec.StateChange) *float64
	in   func(s *world.States) []float64
}{
	{"economy", func(c *spec.StateChange) *float64 { return c.Economy }, func(s *world.States) []float64 { return s.Economy }},
	{"capability", func(c *spec.StateChange) *float64 { return c.Capability }, func(s *world.States) []float64 { return s.Capability }},
	{"users", func(c *spec.StateChange) *float64 { return c.Users }, func(s *world.States) []float64 { return s.Users }},
	{"offence", func(c *spec.StateChange) *float64 { return c.Offence }, func(s *world.States) []float64 { return s.Offence }},
}

func (b *builder) changeState(i int, c *spec.StateChange) {
	s, dim := &b.world.States, b.world.Dim
	if c.Position != nil {
		copy(s.Position[i*dim:], c.Position)
		// A position that the scenario asserts is not estimated, and is held at
		// home unless it says otherwise.
		clear(s.Uncertainty[i*dim : (i+1)*dim])
		copy(s.Anchor[i*dim:], c.Position)
	}
	copy(s.Anchor[i*dim:], c.Anchor)
	set(&s.Stubbornness[i], c.Stubbornness)
	set(&s.Salience[i], c.Salience)
	set(&s.Growth[i], c.Growth)
	set(&s.Penetration[i], c.Penetration)
	set(&s.Democracy[i], c.Democracy)
	set(&s.Diplomacy[i], c.Diplomacy)
	set(&s.Attendance[i], c.Attendance)
	set(&s.Control[i], c.Control)
	for d := range dim {
		set(&s.Uncertainty[i*dim+d], c.Uncertainty)
	}
	if n := len(b.world.Stacks); c.Stacks != nil {
		b.mix(c.Stacks, stackIDs(b.world), s.Stack[i*n:(i+1)*n])
	}
}

// makeRoom rescales the shares of the other states where the scenario sets some.
func (b *builder) makeRoom(fixed [][]int) {
	for k, share := range shares {
		if len(fixed[k]) == 0 {
			continue
		}
		list := share.in(&b.world.States)
		taken, rest := 0.0, 0.0
		for i, x := range list {
			if slices.Contains(fixed[k], i) {
				taken += x
			} else {
				rest += x
			}
		}
		if taken > 1+1e-9 || len(fixed[k]) == len(list) && math.Abs(taken-1) > 1e-6 {
			b.problems.At(b.spec.Changes.OfStates,
				"the shares of %s that are set sum to %.4g; allowed: up to 1, or 1 when every state has one", share.name, taken)
			continue
		}
		for i := range list {
			switch {
			case slices.Contains(fixed[k], i):
			case rest > 0:
				list[i] *= max(0, 1-taken) / rest
			default:
				list[i] = max(0, 1-taken) / float64(len(list)-len(fixed[k]))
			}
		}
	}
}

func (b *builder) changeFirm(f int, c *spec.FirmChange) {
	firms, dim := &b.world.Firms, b.world.Dim
	copy(firms.Position[f*dim:], c.Position)
	set(&firms.Tie[f], c.Tie)
	set(&firms.Diplomacy[f], c.Diplomacy)
	if b.exists(c.Stack) {
		firms.Stack[f] = b.world.FindStack(c.Stack.ID)
	}
	if c.Size != nil {
		resizeFirm(b.world, f, *c.Size)
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

// changeForum changes a forum, or one of the catalogue for when it is set up.
func (b *builder) changeForum(c *spec.ForumChange) {
	w := b.world
	var f *world.Forum
	for k := range w.Catalogue {
		if w.Catalogue[k].ID == c.Name.ID {
			f = &w.Catalogue[k]
		}
	}
	if k := w.FindForum(c.Name.ID); k >= 0 {
		f = &w.Forums[k]
	}
	if f == nil {
		b.problems.At(c.Name.Place, "the forum comes into being by an event; give its keys there")
		return
	}
	set(&f.Legitimacy, c.Legitimacy)
	copy(f.Position, c.Position)
	if c.Depth != nil {
		f.Output = data.Output(*c.Depth)
	}
	if f.Text >= 0 {
		copy(w.Texts[f.Text].Position, c.Position)
		set(&w.Texts[f.Text].Depth, c.Depth)
	}
	set(&f.Cycle, c.Cycle)
	set(&f.WesternLed, c.WesternLed)
	f.Rule, f.Negotiates = otherwise(c.Rule, f.Rule), otherwise(c.Negotiates, f.Negotiates)
}

// otherwise is the first word that is not blank.
func otherwise[T ~string](words ...T) T {
	for _, word := range words {
		if word != "" {
			return word
		}
	}
	return ""
}

// mix divides a row by the shares of a mix; what they leave goes to the first name.
func (b *builder) mix(m *spec.Mix, names []string, row []float64) {
	clear(row)
	row[0] = 1
	if m == nil {
		return
	}
	total := 0.0
	for k, name := range names {
		row[k] = 0
		for _, share := range m.Shares {
			if share.Name == name {
				row[k] = share.Value
			}
		}
		total += row[k]
	}
	first := false
	for _, share := range m.Shares {
		first = first || share.Name == names[0]
		if !slices.Contains(names, share.Name) {
			b.problems.UnknownKey(share.Place, share.Name, names)
		}
	}
	if total > 1+1e-9 {
		b.problems.At(m.Place, "the shares sum to %.4g; allowed: up to 1, and %s gets the rest", total, names[0])
	}
	row[0] += 1 - total
	if first && math.Abs(1-total) > 1e-9 && total <= 1 {
		b.problems.At(m.Place, "the shares sum to %.4g; allowed: 1 when %s has one, too", total, names[0])
	}
}
