package modeltest

import (
	"slices"

	"splinternet/models/world"
)

// Permute returns the same world with its states in another order: state k of
// the result is state order[k] of the original.
func Permute(w *world.World, order []int) *world.World {
	c := w.Clone()
	to := make([]int, w.States.N) // where each state of the original goes
	for k, i := range order {
		to[i] = k
	}
	permuteStates(c, order)
	permuteDyads(c, order, to)
	permuteOthers(c, order, to)
	return c
}

func permuteStates(c *world.World, order []int) {
	s := &c.States
	s.ID, s.Name, s.Key = rows(s.ID, 1, order), rows(s.Name, 1, order), rows(s.Key, 1, order)
	s.Office = rows(s.Office, 1, order)
	if s.Region != nil {
		s.Region = rows(s.Region, 1, order)
	}
	s.Effort = rows(s.Effort, 1, order)
	for _, list := range []*[]float64{
		&s.Stubbornness, &s.Salience, &s.Economy, &s.Growth, &s.Capability, &s.Structure, &s.Power, &s.Population, &s.Penetration,
		&s.Users, &s.Wealth, &s.Democracy, &s.Offence, &s.Diplomacy, &s.Attendance, &s.Control, &s.Threat, &s.Blame,
	} {
		*list = rows(*list, 1, order)
	}
	for _, list := range []*[]float64{&s.Position, &s.Anchor, &s.Uncertainty} {
		*list = rows(*list, c.Dim, order)
	}
	s.Stack = rows(s.Stack, len(c.Stacks), order)
}

func permuteDyads(c *world.World, order, to []int) {
	d, n := &c.Dyads, c.States.N
	for _, m := range []*[]float64{&d.Trust, &d.TrustStart, &d.Channel, &d.Bridge, &d.Denial, &d.Exclusion} {
		*m = square(*m, order)
	}
	// Only the half above the diagonal holds anything: read both halves from it.
	for _, m := range []*[]float64{&d.Contact, &d.Link} {
		whole := slices.Clone(*m)
		for i := range n {
			for j := range i {
				whole[i*n+j] = whole[j*n+i]
			}
		}
		*m = square(whole, order)
	}
	d.Rival, d.Ally, d.Shared, d.Ladder = square(d.Rival, order), square(d.Ally, order), square(d.Shared, order), square(d.Ladder, order)
	marks := world.NewDyads(n)
	for _, pair := range d.Marked {
		marks.Mark(n, to[pair[0]], to[pair[1]])
	}
	marks.Trust, marks.TrustStart, marks.Contact, marks.Rival, marks.Ally = d.Trust, d.TrustStart, d.Contact, d.Rival, d.Ally
	marks.Shared, marks.MostShared, marks.Channel, marks.Bridge, marks.Ladder = d.Shared, d.MostShared, d.Channel, d.Bridge, d.Ladder
	marks.Denial, marks.Exclusion, marks.Link = d.Denial, d.Exclusion, d.Link
	for _, a := range d.Agreements {
		i, j := to[a.I], to[a.J]
		a.I, a.J = int32(min(i, j)), int32(max(i, j))
		marks.Agreements = append(marks.Agreements, a)
	}
	for _, e := range d.Ended {
		i, j := to[e.I], to[e.J]
		marks.Ended = append(marks.Ended, world.Ending{I: int32(min(i, j)), J: int32(max(i, j)), Tick: e.Tick})
	}
	for _, war := range d.Wars {
		i, j := to[war.I], to[war.J]
		marks.Wars = append(marks.Wars, world.War{I: int32(min(i, j)), J: int32(max(i, j)), Until: war.Until})
	}
	marks.Turned = d.Turned
	c.Dyads = marks
}

// permuteOthers renumbers the states that firms, stacks, forums, texts and groups name.
func permuteOthers(c *world.World, order, to []int) {
	n := c.States.N
	state := func(i int) int {
		if i < 0 {
			return i
		}
		return to[i]
	}
	for k, home := range c.Firms.Home {
		if k == 0 {
			c.Firms.Home = slices.Clone(c.Firms.Home)
		}
		c.Firms.Home[k] = state(home)
		copy(c.Firms.Share[k*n:k*n+n], rows(c.Firms.Share[k*n:k*n+n], 1, order))
		copy(c.Firms.Ban[k*n:k*n+n], rows(c.Firms.Ban[k*n:k*n+n], 1, order))
	}
	for k := range c.Stacks {
		c.Stacks[k].Recognised = rows(c.Stacks[k].Recognised, 1, order)
	}
	for k := range c.Forums {
		f := &c.Forums[k]
		f.Members, f.Region = rows(f.Members, 1, order), rows(f.Region, 1, order)
		f.Sponsor, f.Chair = state(f.Sponsor), state(f.Chair)
	}
	for k := range c.Texts {
		t := &c.Texts[k]
		t.Adherence, t.Compliance = rows(t.Adherence, 1, order), rows(t.Compliance, 1, order)
		for a, i := range t.Sponsors {
			t.Sponsors[a] = state(i)
		}
	}
	if c.Crime.Exists() {
		c.Crime.Share, c.Crime.Loss = square(c.Crime.Share, order), rows(c.Crime.Loss, 1, order)
		c.Crime.Hosts, c.Crime.Quarrel = rows(c.Crime.Hosts, 1, order), rows(c.Crime.Quarrel, 1, order)
		c.Crime.Before = rows(c.Crime.Before, 1, order)
	}
	for k := range c.Crime.Waves {
		wave := &c.Crime.Waves[k]
		wave.Host, wave.Victim = to[wave.Host], to[wave.Victim]
	}
	for k := range c.Groups {
		c.Groups[k].Members = slices.Clone(c.Groups[k].Members)
		for a, i := range c.Groups[k].Members {
			c.Groups[k].Members[a] = to[i]
		}
		slices.Sort(c.Groups[k].Members)
	}
}

// rows picks the rows of a list of rows of the given width; a list that is left
// empty stays so.
func rows[T any](list []T, width int, order []int) []T {
	if len(list) == 0 {
		return list
	}
	picked := make([]T, 0, len(list))
	for _, i := range order {
		picked = append(picked, list[i*width:i*width+width]...)
	}
	return picked
}

func square[T any](matrix []T, order []int) []T {
	n := len(order)
	picked := make([]T, 0, n*n)
	for _, i := range order {
		for _, j := range order {
			picked = append(picked, matrix[i*n+j])
		}
	}
	return picked
}
